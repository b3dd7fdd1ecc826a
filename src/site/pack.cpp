// Ready bytes in a file (pack.h). Strings with their lengths in front; the end is a hash of all before it.
#include "site/pack.h"
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <utility>
#include "base/random.h"
#include "files/files.h"

namespace confer::site {
namespace {

constexpr std::string_view format = "confer-rendered-2";
constexpr std::size_t max_bytes = std::size_t{2} << 30, hash_length = 22;

class Writer {
 public:
  void number(std::uint64_t value) { out_.append(reinterpret_cast<const char*>(&value), sizeof value); }
  void text(std::string_view value) {
    number(value.size());
    out_ += value;
  }
  std::string take() {
    out_ += content_hash(out_);
    return std::move(out_);
  }

 private:
  std::string out_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}
  std::uint64_t number() {
    std::uint64_t value = 0;
    if (rest_.size() < sizeof value) return sound_ = false, 0;
    std::memcpy(&value, rest_.data(), sizeof value);
    rest_.remove_prefix(sizeof value);
    return value;
  }
  std::string text() {
    const auto size = number();
    if (size > rest_.size()) return sound_ = false, std::string{};
    std::string value(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return value;
  }
  bool is_sound() const { return sound_; }

 private:
  std::string_view rest_;
  bool sound_ = true;
};

}  // namespace

Result<void> write_pack(const std::string& path, std::string_view key, const ReadyMap& documents) {
  Writer w;
  w.text(format);
  w.text(key);
  w.number(documents.size());
  for (const auto& [address, ready] : documents) {
    w.text(address);
    for (const auto* part : {&ready->content_type, &ready->etag, &ready->cache_control, &ready->identity, &ready->gzip, &ready->brotli, &ready->head_identity,
                             &ready->head_gzip, &ready->head_brotli, &ready->unchanged_identity, &ready->unchanged_gzip, &ready->unchanged_brotli})
      w.text(*part);
    w.number(static_cast<std::uint64_t>(to_ms(ready->last_modified)));
    w.number(ready->is_pressed ? 1 : 0);
    w.number(ready->headers.size());
    for (const auto& [name, value] : ready->headers) {
      w.text(name);
      w.text(value);
    }
  }
  std::error_code problem;
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), problem);
  const std::string next = path + ".new";
  const std::string bytes = w.take();
  std::ofstream file(next, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) return fail(ErrorCode::unavailable, "Rendered pages cannot be kept on disk.", next);
  std::filesystem::rename(next, path, problem);
  if (problem) return fail(ErrorCode::unavailable, "Rendered pages cannot be kept on disk.", path + ": " + problem.message());
  return {};
}

std::optional<ReadyMap> read_pack(const std::string& path, std::string_view key) {
  const auto bytes = files::read_file(path, max_bytes);
  if (!bytes || bytes->size() < hash_length) return std::nullopt;
  const auto body = std::string_view(*bytes).substr(0, bytes->size() - hash_length);
  Reader r(body);
  if (r.text() != format || r.text() != key || content_hash(body) != std::string_view(*bytes).substr(body.size())) return std::nullopt;
  ReadyMap out;
  const auto count = r.number();
  out.reserve(count);
  for (std::uint64_t i = 0; i < count && r.is_sound(); ++i) {
    std::string address = r.text();
    auto ready = std::make_shared<http::Ready>();
    for (auto* part : {&ready->content_type, &ready->etag, &ready->cache_control, &ready->identity, &ready->gzip, &ready->brotli, &ready->head_identity,
                       &ready->head_gzip, &ready->head_brotli, &ready->unchanged_identity, &ready->unchanged_gzip, &ready->unchanged_brotli})
      *part = r.text();
    ready->last_modified = instant_of_ms(static_cast<std::int64_t>(r.number()));
    ready->is_pressed = r.number() != 0;
    for (auto headers = r.number(); headers > 0 && r.is_sound(); --headers) {
      std::string name = r.text();
      ready->headers.emplace_back(std::move(name), r.text());
    }
    http::share_pages(*ready);
    out.emplace(std::move(address), std::move(ready));
  }
  if (!r.is_sound()) return std::nullopt;
  return out;
}

}  // namespace confer::site
