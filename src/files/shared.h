// A store that other machines see, too: what is published lies in a bucket, and a copy here for as long as it is wanted.
#pragma once
#include <chrono>
#include <memory>

#include "files/bucket.h"
#include "files/files.h"

namespace confer::files {

struct SharedSettings {
  BucketSettings bucket;
  std::chrono::days copies_stay{30};  ///< how long a file that lies in the bucket is kept here, too
};
/// `here` keeps everything that is put, and is asked first; `folder` is where it keeps it. What is delivered goes to the bucket, which the table `stored_files`
/// tells of, so that nobody has to ask the bucket what it has.
std::unique_ptr<Store> open_shared(std::unique_ptr<Store> here, std::string folder, SharedSettings settings, db::Database& db);

/// The server's folder, by a file in it that a row tells of too: a worker that has another one would keep what nobody else sees.
Result<void> mark_folder(db::Database& db, const std::string& folder);
Result<bool> is_marked(db::Database& db, const std::string& folder);

/// What lies in the bucket, or is on its way in or out.
Result<std::vector<std::string>> known_elsewhere(db::Tx& tx);

/// What the rows say and the bucket does not hold, a sentence each: for `confer check`. Nothing of a store that is not shared.
Result<std::vector<std::string>> missing_in_bucket(db::Database& db, const BucketSettings& settings);

/// The answer that sends a file, with ranges, from wherever it lies. Errors: not_found.
Result<http::Response> response_of(db::Tx& tx, const Store& store, const Hash& hash, std::string content_type);

}  // namespace confer::files
