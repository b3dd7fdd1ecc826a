// Content-addressed storage: what is put in is found under the hash of its bytes, synced before it is acknowledged.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "db/database.h"
#include "http/message.h"

namespace confer::files {

/// A stored file's name: SHA-256 of its bytes, 64 hexadecimal digits.
struct Hash {
  std::string hex;
  bool operator==(const Hash&) const = default;
};

/// What takes minutes tells how far it is, and asks whether it is to stop. Either may be empty.
struct Watch {
  std::function<void(double part)> progress;
  std::function<bool()> stopping;
};
/// Where a file is sent from: the path of a file here, or what is read piece by piece from elsewhere.
struct Place {
  std::string path;
  std::shared_ptr<http::Source> source;
};

/// One face: a local folder (`<root>/ab/cdef…`, `open_folder`), or that and a store that others see, too (shared.h).
class Store {
 public:
  virtual ~Store() = default;
  /// On disk and synced (file and folder) when it returns. Putting the same bytes again changes nothing.
  virtual Result<Hash> put(std::string_view bytes) = 0;
  /// Takes over a file (an upload) by renaming where it can; `path` is gone then. Errors: not_found.
  virtual Result<Hash> put_file(const std::string& path) = 0;
  /// Errors: not_found.
  virtual Result<std::string> get(const Hash& hash) const = 0;
  /// A path for sending the file. Errors: not_found.
  virtual Result<std::string> path(const Hash& hash) const = 0;
  virtual bool has(const Hash& hash) const = 0;
  /// Reads it all back: true when its bytes match its name. Errors: not_found.
  virtual Result<bool> is_whole(const Hash& hash) const = 0;
  /// Removes it for good: for erasure.
  virtual Result<void> remove(const Hash& hash) = 0;
  virtual Result<void> each(const std::function<Result<void>(const Hash&, std::uint64_t size_bytes)>& file) const = 0;
  /// Removes files whose hash is not in `kept` and that were not put within `age`; returns how many. For bytes that nothing names any more.
  virtual Result<std::int64_t> forget_others(const std::set<std::string>& kept, std::chrono::hours age) = 0;
  /// Every file whose bytes do not match its name, or that is cut short.
  virtual Result<std::vector<Hash>> damaged() const = 0;

  // ---- what others are to see: recordings

  /// Brings it to where it can be seen from everywhere, and reads back what is there. Only then may a row name it, by `name`; until then it is kept for a day.
  /// Errors: not_found; conflict – what is there is not what was brought, and was removed again; unavailable – it cannot be brought now.
  virtual Result<void> deliver(const Hash& hash, const Watch& watch) = 0;
  /// In the transaction whose rows name it. Errors: unavailable – it is not there any more.
  virtual Result<void> name(db::Tx& tx, const Hash& hash) = 0;
  /// Errors: not_found.
  virtual Result<Place> find(db::Tx& tx, const Hash& hash) const = 0;
  /// A path here, where it is brought when it lies elsewhere: for jobs. Errors: not_found; unavailable.
  virtual Result<std::string> fetch(const Hash& hash, const Watch& watch) = 0;
  /// Removes what lies elsewhere and has no name in `kept` any more; returns how many.
  virtual Result<std::int64_t> withdraw_others(const std::set<std::string>& kept, const Watch& watch) = 0;
  /// Removes copies here of what lies elsewhere, was read back and was put here longer ago than the settings want; returns how many.
  virtual Result<std::int64_t> forget_copies() = 0;
  /// Whether others see what is delivered only by this.
  virtual bool is_shared() const = 0;
};

/// Creates the folder when it is not there.
Result<std::unique_ptr<Store>> open_folder(const std::string& root);

/// Writes a file so that it is either the old or the new one after a crash: temporary file, fsync, rename, fsync of the folder. What is no file but a device or
/// a pipe stays one, and gets the bytes.
Result<void> write_durably(const std::string& path, std::string_view bytes);
/// Of a file anywhere, however long. Errors: not_found.
Result<Hash> hash_of_file(const std::string& path);
/// Errors: not_found; invalid – longer than `max_bytes`, or a folder.
Result<std::string> read_file(const std::string& path, std::size_t max_bytes);

}  // namespace confer::files
