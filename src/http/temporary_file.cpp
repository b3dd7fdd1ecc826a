// A file under a name of its own for bytes that are on their way somewhere.
#include "http/temporary_file.h"
#include <fcntl.h>
#include <unistd.h>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

namespace confer::http {

Result<TemporaryFile> TemporaryFile::create(const std::string& folder) {
  TemporaryFile file;
  file.path_ = folder + "/confer-upload-XXXXXX";
  file.descriptor_ = mkostemp(file.path_.data(), O_CLOEXEC);
  if (file.descriptor_ < 0)
    return fail(ErrorCode::unavailable, "The upload cannot be stored just now.", "cannot create a file in the upload folder: " + std::string(strerror(errno)));
  return file;
}

Result<void> TemporaryFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return fail(ErrorCode::unavailable, "The upload cannot be stored just now.", "cannot write an upload: " + std::string(strerror(errno)));
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

void TemporaryFile::close() {
  if (descriptor_ >= 0) ::close(descriptor_);
  descriptor_ = -1;
}

void remove_stale_temporary_files(const std::string& folder) {
  namespace fs = std::filesystem;
  std::error_code error;
  const auto oldest = fs::file_time_type::clock::now() - std::chrono::hours(24);
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    std::error_code ignored;
    if (at->path().filename().string().starts_with("confer-upload-") && at->last_write_time(ignored) < oldest && !ignored) fs::remove(at->path(), ignored);
  }
}

}  // namespace confer::http
