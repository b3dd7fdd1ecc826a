// What is published, in a bucket (shared.h).
#include "files/shared.h"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>

#include "base/log.h"
#include "base/random.h"
#include "files/durable.h"
#include "files/stored_store.h"

namespace confer::files {
namespace {

namespace fs = std::filesystem;

/// What was brought for rows that were never written.
constexpr std::chrono::hours unnamed_stays{24};

std::string key_of(const Hash& hash) { return hash.hex.substr(0, 2) + "/" + hash.hex.substr(2); }

/// SHA-256 of what comes in pieces.
class Hashing {
 public:
  Hashing() { crypto_hash_sha256_init(&state_); }
  void add(std::string_view piece) { crypto_hash_sha256_update(&state_, reinterpret_cast<const unsigned char*>(piece.data()), piece.size()); }
  Hash end() {
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256_final(&state_, digest.data());
    std::array<char, crypto_hash_sha256_BYTES * 2 + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
    return Hash{hex.data()};
  }

 private:
  crypto_hash_sha256_state state_{};
};

/// Bytes of an object, while it is sent.
class Object final : public http::Source {
 public:
  Object(std::shared_ptr<const Bucket> bucket, std::string key, std::uint64_t size) : bucket_(std::move(bucket)), key_(std::move(key)), size_(size) {}
  std::uint64_t size() const override { return size_; }
  Result<std::string> read(std::uint64_t first, std::size_t count) override { return bucket_->read(key_, first, count); }

 private:
  std::shared_ptr<const Bucket> bucket_;
  std::string key_;
  std::uint64_t size_;
};

class Shared final : public Store {
 public:
  Shared(std::unique_ptr<Store> here, std::string folder, SharedSettings settings, db::Database& db)
      : here_(std::move(here)),
        folder_(std::move(folder)),
        copies_stay_(settings.copies_stay),
        db_(db),
        bucket_(std::make_shared<const Bucket>(std::move(settings.bucket))) {}

  // What is put stays here first.
  Result<Hash> put(std::string_view bytes) override { return here_->put(bytes); }
  Result<Hash> put_file(const std::string& path) override { return here_->put_file(path); }
  Result<std::string> get(const Hash& hash) const override { return here_->get(hash); }
  Result<std::string> path(const Hash& hash) const override { return here_->path(hash); }
  bool has(const Hash& hash) const override { return here_->has(hash); }
  Result<bool> is_whole(const Hash& hash) const override { return here_->is_whole(hash); }
  Result<void> remove(const Hash& hash) override { return here_->remove(hash); }
  Result<void> each(const std::function<Result<void>(const Hash&, std::uint64_t)>& file) const override { return here_->each(file); }
  Result<std::int64_t> forget_others(const std::set<std::string>& kept, std::chrono::hours age) override { return here_->forget_others(kept, age); }
  Result<std::vector<Hash>> damaged() const override { return here_->damaged(); }
  bool is_shared() const override { return true; }

  Result<void> deliver(const Hash& hash, const Watch& watch) override {
    // Whether it is there at all costs one small request; what follows reads the whole file.
    TRY(bucket_->size_of(key_of(hash)));
    TRY(here_->deliver(hash, watch));
    TRY_ASSIGN(const auto path, here_->path(hash));
    std::error_code error;
    const std::uint64_t size = fs::file_size(path, error);
    if (error) return system_failure("read", path, error.value());
    TRY_ASSIGN(const auto row, begin(hash, size));
    if (row.is_there()) {
      // The same bytes were brought before.
      const auto same = holds(hash, watch);
      if (same && *same) return {};
      if (!same && same.error().code != ErrorCode::not_found) return std::unexpected(same.error());
      TRY(store([&](db::Tx& tx) { return stored::set_upload(tx, hash.hex, {}); }));
    }
    if (size <= bucket_->settings().part_bytes) {
      TRY_ASSIGN(const auto bytes, here_->get(hash));
      TRY(bucket_->put(key_of(hash), bytes));
    } else {
      TRY(send_parts(hash, path, size, row.is_there() ? std::string() : row.upload_id, watch));
    }
    TRY_ASSIGN(const bool same, holds(hash, watch));
    if (!same) {
      log(LogTopic::files, LogLevel::warning, "the store holds something else than it was sent", {{"hash", hash.hex}});
      TRY(bucket_->remove(key_of(hash)));
      TRY(store([&](db::Tx& tx) { return stored::set_upload(tx, hash.hex, {}); }));
      return fail(ErrorCode::conflict, "What lies in the store is not what was sent there: it is sent again.", "hash " + hash.hex);
    }
    return store([&](db::Tx& tx) -> Result<void> {
      TRY_ASSIGN(const bool is_ours, stored::set_verified(tx, hash.hex));
      if (!is_ours) return being_removed();
      return {};
    });
  }

  Result<void> name(db::Tx& tx, const Hash& hash) override {
    TRY_ASSIGN(const bool is_there, stored::set_named(tx, hash.hex));
    if (!is_there) return fail(ErrorCode::unavailable, "A stored file went away meanwhile.", "hash " + hash.hex);
    return {};
  }

  Result<Place> find(db::Tx& tx, const Hash& hash) const override {
    if (auto path_here = here_->path(hash)) return Place{.path = std::move(*path_here), .source = {}};
    TRY_ASSIGN(const auto row, stored::find(tx, hash.hex));
    if (!row || !row->is_there()) return fail(ErrorCode::not_found, "There is no such file.", "hash " + hash.hex);
    return Place{.path = {}, .source = std::make_shared<Object>(bucket_, key_of(hash), row->size_bytes)};
  }

  Result<std::string> fetch(const Hash& hash, const Watch& watch) override {
    if (auto path_here = here_->path(hash)) return path_here;
    const std::string part = folder_ + "/tmp/" + random_uuid();
    TRY_ASSIGN(Descriptor file, Descriptor::open(part, O_WRONLY | O_CREAT | O_EXCL, 0644));
    Hashing hashing;
    auto read = bucket_->read_all(
        key_of(hash),
        [&](std::string_view piece) {
          hashing.add(piece);
          return file.write_all(piece, part);
        },
        watch);
    if (read && hashing.end() != hash) read = fail(ErrorCode::unavailable, "What the store gave is not what lies there.", "hash " + hash.hex);
    if (read) {
      const auto put = here_->put_file(part);
      if (put) return here_->path(hash);
      read = std::unexpected(put.error());
    }
    ::unlink(part.c_str());
    return std::unexpected(std::move(read).error());
  }

  Result<std::int64_t> withdraw_others(const std::set<std::string>& kept, const Watch& watch) override {
    std::vector<stored::Row> going;
    {
      TRY_ASSIGN(auto tx, db_.begin_read());
      TRY_ASSIGN(auto rows, stored::list(tx));
      for (auto& row : rows) {
        const bool is_old = row.changed_at < tx.now() - unnamed_stays;
        const bool is_left = row.state == stored::State::named || (row.state == stored::State::coming && is_old);
        if (row.state == stored::State::going || (is_left && !kept.contains(row.hash))) going.push_back(std::move(row));
      }
    }
    std::int64_t count = 0;
    for (const auto& row : going) {
      if (watch.stopping && watch.stopping()) return fail(ErrorCode::unavailable, "The work was interrupted, and begins again.");
      // Its state says so before it is not there any more: nobody brings it again meanwhile, and counts on it.
      bool is_ours = true;
      if (row.state != stored::State::going)
        TRY(store([&](db::Tx& tx) -> Result<void> {
          TRY_ASSIGN(is_ours, stored::set_going(tx, row));
          return {};
        }));
      if (!is_ours) continue;
      const std::string key = key_of({row.hash});
      if (!row.upload_id.empty()) TRY(bucket_->abort_upload(key, row.upload_id));
      TRY(bucket_->remove(key));
      TRY(store([&](db::Tx& tx) { return stored::forget(tx, row.hash); }));
      ++count;
    }
    return count;
  }

  Result<std::int64_t> forget_copies() override {
    std::set<std::string> kept;
    {
      TRY_ASSIGN(auto tx, db_.begin_read());
      TRY_ASSIGN(const auto rows, stored::list(tx));
      std::set<std::string> elsewhere;
      for (const auto& row : rows)
        if (row.is_there() && row.state == stored::State::named) elsewhere.insert(row.hash);
      TRY(here_->each([&](const Hash& hash, std::uint64_t) -> Result<void> {
        if (!elsewhere.contains(hash.hex)) kept.insert(hash.hex);
        return {};
      }));
    }
    return here_->forget_others(kept, copies_stay_);
  }

 private:
  static std::unexpected<Error> being_removed() {
    return fail(ErrorCode::unavailable, "The same file is just being removed from the store: it is sent when that is done.");
  }

  Result<void> store(const std::function<Result<void>(db::Tx&)>& write) const {
    TRY_ASSIGN(auto tx, db_.begin_write());
    TRY(write(tx));
    return tx.commit();
  }

  /// Its row as it was, which says from now on that it is on its way.
  Result<stored::Row> begin(const Hash& hash, std::uint64_t size) const {
    TRY_ASSIGN(auto tx, db_.begin_write());
    TRY_ASSIGN(auto row, stored::find(tx, hash.hex));
    TRY_ASSIGN(const bool is_ours, stored::put(tx, hash.hex, size));
    if (!is_ours) return being_removed();
    TRY(tx.commit());
    return std::move(row).value_or(stored::Row{});
  }

  /// Reads all of it back. Errors: not_found.
  Result<bool> holds(const Hash& hash, const Watch& watch) const {
    Hashing hashing;
    TRY(bucket_->read_all(
        key_of(hash),
        [&](std::string_view piece) -> Result<void> {
          hashing.add(piece);
          return {};
        },
        watch));
    return hashing.end() == hash;
  }

  /// `upload`: of an attempt that was interrupted; what came then is not sent again.
  Result<void> send_parts(const Hash& hash, const std::string& path, std::uint64_t size, std::string upload, const Watch& watch) const {
    const std::string key = key_of(hash);
    std::vector<Bucket::Part> there;
    if (!upload.empty()) {
      auto parts = bucket_->parts_of(key, upload);
      if (!parts && parts.error().code != ErrorCode::not_found) return std::unexpected(std::move(parts).error());
      if (parts)
        there = std::move(*parts);
      else
        upload.clear();
    }
    if (upload.empty()) {
      TRY_ASSIGN(upload, bucket_->begin_upload(key));
      TRY(store([&](db::Tx& tx) { return stored::set_upload(tx, hash.hex, upload); }));
    }
    TRY_ASSIGN(Descriptor file, Descriptor::open(path, O_RDONLY));
    const std::uint64_t part_bytes = bucket_->settings().part_bytes;
    std::vector<Bucket::Part> parts;
    std::string bytes;
    for (std::uint64_t first = 0; first < size; first += part_bytes) {
      if (watch.stopping && watch.stopping()) return fail(ErrorCode::unavailable, "The work was interrupted, and begins again.");
      const int number = static_cast<int>(first / part_bytes) + 1;
      const std::uint64_t count = std::min(part_bytes, size - first);
      const auto known = std::ranges::find(there, number, &Bucket::Part::number);
      if (known != there.end() && known->size_bytes == count) {
        parts.push_back(*known);
      } else {
        bytes.resize(count);
        if (::pread(file.number(), bytes.data(), count, static_cast<off_t>(first)) != static_cast<ssize_t>(count)) return system_failure("read", path, errno);
        TRY_ASSIGN(auto part, bucket_->put_part(key, upload, number, bytes));
        parts.push_back(std::move(part));
      }
      if (watch.progress) watch.progress(static_cast<double>(first + count) / static_cast<double>(size));
    }
    auto completed = bucket_->complete_upload(key, upload, parts);
    if (!completed && completed.error().code == ErrorCode::not_found)
      return fail(ErrorCode::unavailable, "The store has forgotten what it was sent: it is sent again.", completed.error().detail);
    return completed;
  }

  std::unique_ptr<Store> here_;
  const std::string folder_;
  const std::chrono::days copies_stay_;
  db::Database& db_;
  const std::shared_ptr<const Bucket> bucket_;
};

}  // namespace

std::unique_ptr<Store> open_shared(std::unique_ptr<Store> here, std::string folder, SharedSettings settings, db::Database& db) {
  return std::make_unique<Shared>(std::move(here), std::move(folder), std::move(settings), db);
}

namespace {
constexpr std::size_t longest_mark = 100;
std::string file_of_mark(const std::string& folder) { return folder + "/mark"; }
}  // namespace

Result<void> mark_folder(db::Database& db, const std::string& folder) {
  std::string mark;
  {
    TRY_ASSIGN(auto tx, db.begin_write());
    TRY_ASSIGN(mark, stored::mark(tx));
    if (mark.empty()) {
      mark = random_uuid();
      TRY(stored::put_mark(tx, mark));
    }
    TRY(tx.commit());
  }
  // A folder that was moved or restored is the server's all the same.
  if (read_file(file_of_mark(folder), longest_mark).value_or("") == mark) return {};
  return write_durably(file_of_mark(folder), mark);
}

Result<bool> is_marked(db::Database& db, const std::string& folder) {
  TRY_ASSIGN(auto tx, db.begin_read());
  TRY_ASSIGN(const auto mark, stored::mark(tx));
  return !mark.empty() && read_file(file_of_mark(folder), longest_mark).value_or("") == mark;
}

Result<std::vector<std::string>> known_elsewhere(db::Tx& tx) {
  TRY_ASSIGN(auto rows, stored::list(tx));
  std::vector<std::string> hashes;
  for (auto& row : rows) hashes.push_back(std::move(row.hash));
  return hashes;
}

Result<std::vector<std::string>> missing_in_bucket(db::Database& db, const BucketSettings& settings) {
  std::vector<stored::Row> rows;
  {
    TRY_ASSIGN(auto tx, db.begin_read());
    TRY_ASSIGN(rows, stored::list(tx));
  }
  const Bucket bucket(settings);
  std::vector<std::string> problems;
  for (const auto& row : rows) {
    if (!row.is_there()) continue;
    const auto size = bucket.size_of(key_of({row.hash}));
    if (!size) return std::vector<std::string>{"store: " + size.error().message};
    if (!*size)
      problems.push_back("store: " + row.hash + " is not there");
    else if (**size != row.size_bytes)
      problems.push_back("store: " + row.hash + " is " + std::to_string(**size) + " bytes long there, and should be " + std::to_string(row.size_bytes));
  }
  return problems;
}

Result<http::Response> response_of(db::Tx& tx, const Store& store, const Hash& hash, std::string content_type) {
  TRY_ASSIGN(auto place, store.find(tx, hash));
  if (place.source) return http::Response::remote(std::move(place.source), hash.hex, std::move(content_type));
  return http::Response::file(std::move(place.path), std::move(content_type)).with_header("ETag", "\"" + hash.hex + "\"");
}

}  // namespace confer::files
