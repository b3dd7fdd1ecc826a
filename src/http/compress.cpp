// Compressing bytes for sending: gzip and brotli.
#include "http/compress.h"
#include <brotli/encode.h>
#include <libdeflate.h>
#include <array>
#include <memory>

namespace confer::http {

namespace {

struct Free {
  void operator()(libdeflate_compressor* compressor) const { libdeflate_free_compressor(compressor); }
};
using Compressor = std::unique_ptr<libdeflate_compressor, Free>;

std::string gzip_by(libdeflate_compressor* compressor, std::string_view bytes) {
  if (compressor == nullptr) return {};
  const std::size_t most = libdeflate_gzip_compress_bound(compressor, bytes.size());
  const auto compress = [&](char* to) { return libdeflate_gzip_compress(compressor, bytes.data(), bytes.size(), to, most); };
  // The bound is some times what comes out: small pages are made in a place that stays, and copied.
  thread_local std::array<char, std::size_t{64} << 10U> small;
  if (most <= small.size()) return {small.data(), compress(small.data())};
  std::string out;
  out.resize_and_overwrite(most, [&](char* to, std::size_t) { return compress(to); });
  return out;
}

}  // namespace

std::string gzip(std::string_view bytes, int level) {
  constexpr int largest_kept = 9;
  if (level > largest_kept) return gzip_by(Compressor(libdeflate_alloc_compressor(level)).get(), bytes);  // some megabytes, seldom needed
  // Thousands of small pages follow each other: each would pay for fresh memory.
  thread_local std::array<Compressor, largest_kept + 1> all_kept;
  Compressor& kept = all_kept.at(static_cast<std::size_t>(level));
  if (kept == nullptr) kept.reset(libdeflate_alloc_compressor(level));
  return gzip_by(kept.get(), bytes);
}

std::string brotli(std::string_view bytes, int quality) {
  std::size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
  if (size == 0) return {};
  std::string out(size, '\0');
  const bool done = BrotliEncoderCompress(quality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                          &size, reinterpret_cast<std::uint8_t*>(out.data())) == BROTLI_TRUE;
  out.resize(done ? size : 0);
  return out;
}

}  // namespace confer::http
