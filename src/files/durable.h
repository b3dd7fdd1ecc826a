// The system calls behind durable files, with their errors as sentences.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "files/files.h"

namespace confer::files {

/// not_found for a missing file, unavailable for a full disk, else internal; `doing` is a participle: "opened".
std::unexpected<Error> system_failure(std::string_view doing, const std::string& path, int error_number);

/// An open file; closed when it goes.
class Descriptor {
 public:
  static Result<Descriptor> open(const std::string& path, int flags, unsigned mode = 0);
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { close(); }
  /// Takes over what a system call opened; a negative number is none.
  explicit Descriptor(int number) : number_(number) {}
  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }
  void close();
  Result<void> write_all(std::string_view bytes, const std::string& path);
  /// 0 at the end of the file.
  Result<std::size_t> read_some(std::span<char> buffer, const std::string& path);
  Result<void> sync(const std::string& path);

 private:
  int number_;
};

std::string folder_of(const std::string& path);
Result<void> sync_folder(const std::string& folder);
Result<void> sync_file(const std::string& path);
/// A new file with these bytes, synced; its folder is not. Removed again when it fails.
Result<void> create_synced(const std::string& path, std::string_view bytes);
/// Renames over what is there and syncs the target's folder. Both must be on one file system.
Result<void> move_durably(const std::string& from, const std::string& to);
/// The same, never over what is there, and from another file system by a copy. Errors: conflict – the name is taken.
Result<void> move_durably_new(const std::string& from, const std::string& to);
/// Creates what is missing of the path, each level synced.
Result<void> ensure_folder(const std::string& folder);

}  // namespace confer::files
