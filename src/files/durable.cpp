// Writing files so that a crash leaves the old or the new bytes, never half of them.
#include "files/durable.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "base/random.h"

namespace confer::files {

std::unexpected<Error> system_failure(std::string_view doing, const std::string& path, int error_number) {
  const std::string reason = std::generic_category().message(error_number);
  const auto code = error_number == ENOENT                             ? ErrorCode::not_found
                    : error_number == ENOSPC || error_number == EDQUOT ? ErrorCode::unavailable
                                                                       : ErrorCode::internal;
  std::string message = "The file could not be " + std::string(doing) + ": " + reason + ".";
  if (code == ErrorCode::not_found) message = "There is no such file.";
  if (code == ErrorCode::unavailable) message = "The disk is full: nothing was changed. Free some space and try again.";
  return fail(code, std::move(message), path + ": " + std::string(doing) + ": " + reason);
}

void Descriptor::close() {
  if (number_ >= 0) ::close(number_);
  number_ = -1;
}

Result<Descriptor> Descriptor::open(const std::string& path, int flags, unsigned mode) {
  int number = -1;
  do number = ::open(path.c_str(), flags | O_CLOEXEC, static_cast<mode_t>(mode));
  while (number < 0 && errno == EINTR);
  if (number < 0) return system_failure("opened", path, errno);
  return Descriptor(number);
}

Result<void> Descriptor::write_all(std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(number_, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return system_failure("written", path, errno);
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Result<std::size_t> Descriptor::read_some(std::span<char> buffer, const std::string& path) {
  while (true) {
    const ssize_t got = ::read(number_, buffer.data(), buffer.size());
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) return system_failure("read", path, errno);
  }
}

Result<void> Descriptor::sync(const std::string& path) {
  // After a failed fsync the kernel may have dropped the pages, and a second one would report success: so it is not tried again.
  if (::fsync(number_) != 0) return system_failure("synced", path, errno);
  return {};
}

std::string folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

Result<void> sync_folder(const std::string& folder) {
  TRY_ASSIGN(Descriptor descriptor, Descriptor::open(folder, O_RDONLY | O_DIRECTORY));
  return descriptor.sync(folder);
}

Result<void> sync_file(const std::string& path) {
  TRY_ASSIGN(Descriptor descriptor, Descriptor::open(path, O_RDONLY));
  return descriptor.sync(path);
}

Result<void> create_synced(const std::string& path, std::string_view bytes) {
  TRY_ASSIGN(Descriptor descriptor, Descriptor::open(path, O_WRONLY | O_CREAT | O_EXCL, 0644));
  auto written = descriptor.write_all(bytes, path);
  if (written) written = descriptor.sync(path);
  if (!written) ::unlink(path.c_str());
  return written;
}

Result<void> move_durably(const std::string& from, const std::string& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return system_failure("renamed", to, errno);
  return sync_folder(folder_of(to));
}

Result<void> ensure_folder(const std::string& folder) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (fs::is_directory(folder, error)) return {};
  const std::string parent = folder_of(folder);
  if (parent != folder && parent != ".") TRY(ensure_folder(parent));
  if (::mkdir(folder.c_str(), 0755) != 0 && errno != EEXIST) return system_failure("created", folder, errno);
  return sync_folder(parent);
}

Result<void> move_durably_new(const std::string& from, const std::string& to) {
  const auto taken = [&] { return fail(ErrorCode::conflict, "There is a file of this name already.", to); };
  const auto place = [&](const std::string& path) -> Result<void> {
    if (::renameat2(AT_FDCWD, path.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return sync_folder(folder_of(to));
    if (errno == EEXIST) return taken();
    if (errno != EINVAL && errno != ENOSYS) return system_failure("renamed", path, errno);
    // A file system that cannot do it in one step: the name is claimed first, and then replaced.
    const Descriptor claim(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
    if (!claim.is_open()) return errno == EEXIST ? taken() : system_failure("created", to, errno);
    auto moved = move_durably(path, to);
    if (!moved) ::unlink(to.c_str());
    return moved;
  };
  struct stat source{}, target{};
  if (::stat(from.c_str(), &source) != 0) return system_failure("renamed", from, errno);
  if (::stat(folder_of(to).c_str(), &target) != 0) return system_failure("opened", folder_of(to), errno);
  if (source.st_dev == target.st_dev) return place(from);
  if (::access(to.c_str(), F_OK) == 0) return taken();  // before all of it is copied
  const std::string part = to + ".part-" + random_code() + random_code();
  std::error_code error;
  std::filesystem::copy_file(from, part, error);
  auto moved = error ? Result<void>(system_failure("copied", from, error.value())) : sync_file(part);
  if (moved) moved = place(part);
  if (!moved) {
    ::unlink(part.c_str());
    return moved;
  }
  if (::unlink(from.c_str()) != 0) return system_failure("removed", from, errno);
  return {};
}

Result<void> write_durably(const std::string& path, std::string_view bytes) {
  // A pipe or a device (/dev/stdout, /dev/null) is written to: a renamed file would take its place for everybody.
  struct stat there{};
  if (::stat(path.c_str(), &there) == 0 && !S_ISREG(there.st_mode) && !S_ISDIR(there.st_mode)) {
    TRY_ASSIGN(auto device, Descriptor::open(path, O_WRONLY));
    return device.write_all(bytes, path);
  }
  const std::string temporary = path + ".new-" + random_code() + random_code();
  TRY(create_synced(temporary, bytes));
  auto moved = move_durably(temporary, path);
  if (!moved) ::unlink(temporary.c_str());
  return moved;
}

Result<std::string> read_file(const std::string& path, std::size_t max_bytes) {
  TRY_ASSIGN(Descriptor descriptor, Descriptor::open(path, O_RDONLY));
  struct stat about{};
  if (::fstat(descriptor.number(), &about) != 0) return system_failure("read", path, errno);
  if (S_ISDIR(about.st_mode)) return fail(ErrorCode::invalid, "This is a folder, not a file.", path);
  std::string bytes;
  // One byte more than may be, so that a file that is exactly as long as allowed is told from one that is longer. Pipes have no size.
  std::size_t filled = 0;
  bytes.resize(std::min(max_bytes, static_cast<std::size_t>(S_ISREG(about.st_mode) ? about.st_size : 65536)) + 1);
  while (true) {
    if (filled == bytes.size()) {
      if (filled > max_bytes) return fail(ErrorCode::invalid, "The file is larger than the " + std::to_string(max_bytes) + " bytes allowed here.", path);
      bytes.resize(std::min(max_bytes + 1, bytes.size() * 2));
    }
    TRY_ASSIGN(const std::size_t got, descriptor.read_some(std::span(bytes).subspan(filled), path));
    if (got == 0) break;
    filled += got;
  }
  bytes.resize(filled);
  return bytes;
}

}  // namespace confer::files
