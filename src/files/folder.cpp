// The store in a local folder.
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <system_error>

#include "base/log.h"
#include "base/random.h"
#include "files/durable.h"
#include "files/files.h"

namespace confer::files {
namespace {

namespace fs = std::filesystem;

/// Another process may be writing a younger one.
constexpr auto leftover_age = std::chrono::hours(24);

bool is_hex(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}
bool is_hash(std::string_view text) { return text.size() == 64 && is_hex(text); }

std::unexpected<Error> no_such_file(const Hash& hash) { return fail(ErrorCode::not_found, "There is no such file.", "hash " + hash.hex.substr(0, 64)); }

}  // namespace

Result<Hash> hash_of_file(const std::string& path) {
  TRY_ASSIGN(Descriptor descriptor, Descriptor::open(path, O_RDONLY));
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  std::string buffer(std::size_t{1} << 18U, '\0');
  while (true) {
    TRY_ASSIGN(const std::size_t got, descriptor.read_some(buffer, path));
    if (got == 0) break;
    crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(buffer.data()), got);
  }
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256_final(&state, digest.data());
  std::array<char, crypto_hash_sha256_BYTES * 2 + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  return Hash{hex.data()};
}

namespace {

class Folder final : public Store {
 public:
  explicit Folder(std::string root) : root_(std::move(root)) {}

  Result<Hash> put(std::string_view bytes) override {
    Hash hash{sha256_hex(bytes)};
    TRY_ASSIGN(const bool there, is_stored(hash));
    if (there) return hash;
    const std::string temporary = temporary_path();
    TRY(create_synced(temporary, bytes));
    TRY(place(temporary, hash));
    return hash;
  }

  Result<Hash> put_file(const std::string& path) override {
    TRY_ASSIGN(Hash hash, hash_of_file(path));
    TRY_ASSIGN(const bool there, is_stored(hash));
    if (there) {
      if (::unlink(path.c_str()) != 0) return system_failure("removed", path, errno);
      return hash;
    }
    TRY(sync_file(path));
    TRY(ensure_folder(folder_of(place_of(hash))));
    if (::rename(path.c_str(), place_of(hash).c_str()) == 0) {
      TRY(sync_folder(folder_of(place_of(hash))));
      return hash;
    }
    if (errno != EXDEV) return system_failure("renamed", path, errno);
    // Another file system: copied. What was hashed and what is copied may differ when somebody still writes: so the copy is hashed as well.
    const std::string temporary = temporary_path();
    std::error_code error;
    fs::copy_file(path, temporary, error);
    if (error) return system_failure("copied", path, error.value());
    TRY_ASSIGN(Hash copied, hash_of_file(temporary));
    TRY(sync_file(temporary));
    TRY(place(temporary, copied));
    if (::unlink(path.c_str()) != 0) return system_failure("removed", path, errno);
    return copied;
  }

  Result<std::string> get(const Hash& hash) const override {
    if (!is_hash(hash.hex)) return no_such_file(hash);
    auto bytes = read_file(place_of(hash), std::size_t{1} << 40U);
    if (!bytes && bytes.error().code == ErrorCode::not_found) return no_such_file(hash);
    return bytes;
  }

  Result<std::string> path(const Hash& hash) const override {
    if (!has(hash)) return no_such_file(hash);
    return place_of(hash);
  }

  bool has(const Hash& hash) const override {
    struct stat about{};
    return is_hash(hash.hex) && ::stat(place_of(hash).c_str(), &about) == 0 && S_ISREG(about.st_mode);
  }

  Result<void> remove(const Hash& hash) override {
    if (!is_hash(hash.hex)) return no_such_file(hash);
    const std::string place = place_of(hash);
    if (::unlink(place.c_str()) != 0) {
      if (errno == ENOENT) return no_such_file(hash);
      return system_failure("removed", place, errno);
    }
    return sync_folder(folder_of(place));
  }

  Result<void> each(const std::function<Result<void>(const Hash&, std::uint64_t size_bytes)>& file) const override {
    try {
      for (const auto& folder : fs::directory_iterator(root_)) {
        const std::string start = folder.path().filename().string();
        if (start.size() != 2 || !is_hex(start) || !folder.is_directory()) continue;
        for (const auto& entry : fs::directory_iterator(folder.path())) {
          Hash hash{start + entry.path().filename().string()};
          if (is_hash(hash.hex) && entry.is_regular_file()) TRY(file(hash, entry.file_size()));
        }
      }
    } catch (const fs::filesystem_error& error) {
      return system_failure("listed", root_, error.code().value());
    }
    return {};
  }

  Result<std::int64_t> forget_others(const std::set<std::string>& kept, std::chrono::hours age) override {
    const auto oldest = fs::file_time_type::clock::now() - age;
    std::vector<Hash> others;
    TRY(each([&](const Hash& hash, std::uint64_t) -> Result<void> {
      std::error_code problem;
      if (const auto put = fs::last_write_time(place_of(hash), problem); !kept.contains(hash.hex) && !problem && put < oldest) others.push_back(hash);
      return {};
    }));
    for (const auto& hash : others)
      if (auto done = remove(hash); !done && done.error().code != ErrorCode::not_found) return std::unexpected(std::move(done).error());
    return static_cast<std::int64_t>(others.size());
  }

  Result<bool> is_whole(const Hash& hash) const override {
    TRY(path(hash));
    TRY_ASSIGN(const Hash real, hash_of_file(place_of(hash)));
    return real == hash;
  }
  Result<std::vector<Hash>> damaged() const override {
    std::vector<Hash> found;
    TRY(each([&](const Hash& hash, std::uint64_t) -> Result<void> {
      TRY_ASSIGN(const Hash real, hash_of_file(place_of(hash)));
      if (real != hash) found.push_back(hash);
      return {};
    }));
    std::ranges::sort(found, {}, &Hash::hex);
    return found;
  }

  // Whoever sees this folder sees all of it.

  Result<void> deliver(const Hash& hash, const Watch&) override {
    TRY_ASSIGN(const bool whole, is_whole(hash));
    if (!whole) return fail(ErrorCode::conflict, "What was stored is not what was made.", "hash " + hash.hex);
    return {};
  }
  Result<void> name(db::Tx&, const Hash& hash) override {
    if (!has(hash)) return fail(ErrorCode::unavailable, "A stored file went away meanwhile.", "hash " + hash.hex);
    return {};
  }
  Result<Place> find(db::Tx&, const Hash& hash) const override {
    TRY_ASSIGN(auto path_here, path(hash));
    return Place{.path = std::move(path_here), .source = {}};
  }
  Result<std::string> fetch(const Hash& hash, const Watch&) override { return path(hash); }
  Result<std::int64_t> withdraw_others(const std::set<std::string>&, const Watch&) override { return 0; }
  Result<std::int64_t> forget_copies() override { return 0; }
  bool is_shared() const override { return false; }

  Result<void> prepare() {
    if (sodium_init() < 0) return fail(ErrorCode::internal, "The hash function cannot be used on this machine.", "sodium_init");
    TRY(ensure_folder(root_ + "/tmp"));
    std::error_code error;
    const auto oldest = fs::file_time_type::clock::now() - leftover_age;
    std::int64_t removed = 0;
    for (fs::directory_iterator entry(root_ + "/tmp", error), end; !error && entry != end; entry.increment(error)) {
      std::error_code ignored;  // another process may have been first
      if (entry->last_write_time(ignored) < oldest && !ignored && fs::remove(entry->path(), ignored)) ++removed;
    }
    if (error) return system_failure("listed", root_ + "/tmp", error.value());
    if (removed > 0) log(LogTopic::files, "unfinished files of an earlier run removed", {{"count", removed}});
    return {};
  }

 private:
  std::string place_of(const Hash& hash) const { return root_ + "/" + hash.hex.substr(0, 2) + "/" + hash.hex.substr(2); }
  std::string temporary_path() const { return root_ + "/tmp/" + random_uuid(); }

  /// True when whole and synced. A damaged file is not "there": it is replaced.
  Result<bool> is_stored(const Hash& hash) const {
    if (!has(hash)) return false;
    TRY_ASSIGN(const Hash real, hash_of_file(place_of(hash)));
    if (real != hash) {
      log(LogTopic::files, LogLevel::warning, "damaged file replaced by a whole one", {{"hash", hash.hex}});
      return false;
    }
    // It counts as put now: `forget_others` must not take what was just acknowledged.
    std::error_code ignored;
    fs::last_write_time(place_of(hash), fs::file_time_type::clock::now(), ignored);
    // Whoever put it may not have come to syncing the folder yet, and we acknowledge it too.
    TRY(sync_folder(folder_of(place_of(hash))));
    return true;
  }

  Result<void> place(const std::string& temporary, const Hash& hash) const {
    auto placed = ensure_folder(folder_of(place_of(hash)));
    if (placed) placed = move_durably(temporary, place_of(hash));
    if (!placed) ::unlink(temporary.c_str());
    return placed;
  }

  std::string root_;
};

}  // namespace

Result<std::unique_ptr<Store>> open_folder(const std::string& root) {
  auto folder = std::make_unique<Folder>(root);
  TRY(folder->prepare());
  return folder;
}

}  // namespace confer::files
