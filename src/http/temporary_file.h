// A file under a name of its own for bytes that are on their way somewhere.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include "base/result.h"

namespace confer::http {

/// Owns the descriptor; the file stays until somebody unlinks its path.
class TemporaryFile {
 public:
  /// Made in `folder` as "confer-upload-…", readable by us only. Errors: unavailable.
  static Result<TemporaryFile> create(const std::string& folder);
  TemporaryFile() = default;
  TemporaryFile(TemporaryFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)), path_(std::move(other.path_)) {}
  TemporaryFile& operator=(TemporaryFile&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    std::swap(path_, other.path_);
    return *this;
  }
  ~TemporaryFile() { close(); }
  /// Errors: unavailable – the disk is full or fails.
  Result<void> write(std::string_view bytes);
  void close();
  bool is_open() const { return descriptor_ >= 0; }
  const std::string& path() const { return path_; }

 private:
  int descriptor_ = -1;
  std::string path_;
};

/// Removes files in `folder` that a crash left behind: those older than a day.
void remove_stale_temporary_files(const std::string& folder);

}  // namespace confer::http
