// A bucket of an S3-compatible store, by libcurl, which also signs (docs/decisions/store.md). Every call asks another machine: in jobs, and for the bytes of a
// recording that lies nowhere else.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/secret.h"
#include "files/files.h"

namespace confer::files {

enum class Addressing : unsigned char {
  path,  ///< https://host/bucket/key
  host,  ///< https://bucket.host/key
};

struct BucketSettings {
  std::string endpoint;  ///< "https://s3.example.org", without a path
  std::string name, region = "us-east-1", key;
  Secret<std::string> secret;
  std::string prefix;  ///< of all keys; empty, or ends with "/"
  Addressing addressing = Addressing::path;
  std::uint64_t part_bytes = 16 << 20;  ///< of a file that comes in parts. S3 asks for 5 MiB at least and 10,000 parts at most
};
/// What is wrong with them, a sentence; empty: nothing.
std::string wrong_with(const BucketSettings& settings);

/// Safe for several threads. Errors of all: unavailable – the store is away, or refuses (the message is for people, and holds no key); not_found – there is no
/// such object.
class Bucket {
 public:
  explicit Bucket(BucketSettings settings);
  ~Bucket();
  Bucket(const Bucket&) = delete;
  Bucket& operator=(const Bucket&) = delete;

  /// Nothing when there is none.
  Result<std::optional<std::uint64_t>> size_of(const std::string& key) const;
  /// So many bytes, no fewer.
  Result<std::string> read(const std::string& key, std::uint64_t first, std::size_t count) const;
  using Take = std::function<Result<void>(std::string_view piece)>;
  /// All of it, piece by piece.
  Result<void> read_all(const std::string& key, const Take& take, const Watch& watch) const;
  /// What is there already is replaced in one step.
  Result<void> put(const std::string& key, std::string_view bytes) const;
  Result<void> remove(const std::string& key) const;

  // A long file comes in parts; what came stays there until the upload is completed or given up.
  struct Part {
    int number = 0;  ///< from 1
    std::string etag;
    std::uint64_t size_bytes = 0;
  };
  Result<std::string> begin_upload(const std::string& key) const;
  /// Errors: not_found – the store does not know the upload (any more).
  Result<std::vector<Part>> parts_of(const std::string& key, const std::string& upload) const;
  Result<Part> put_part(const std::string& key, const std::string& upload, int number, std::string_view bytes) const;
  Result<void> complete_upload(const std::string& key, const std::string& upload, const std::vector<Part>& parts) const;
  /// Of one that is not known nothing is left to give up.
  Result<void> abort_upload(const std::string& key, const std::string& upload) const;

  const BucketSettings& settings() const { return settings_; }

 private:
  struct Asked;
  struct Answered;
  struct Idle;
  Result<Answered> ask(const Asked& asked) const;
  BucketSettings settings_;
  std::unique_ptr<Idle> idle_;  ///< connections that are open still
};

}  // namespace confer::files
