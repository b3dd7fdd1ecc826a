#include "http/page_file.h"
#include <sys/mman.h>
#include <unistd.h>
#include <cerrno>

namespace confer::http {

std::shared_ptr<const PageFile> PageFile::of(std::string_view bytes) {
  if (bytes.size() < least) return nullptr;
  const int descriptor = memfd_create("confer-body", MFD_CLOEXEC);
  if (descriptor < 0) return nullptr;
  std::shared_ptr<const PageFile> made(new PageFile(descriptor, bytes.size()));
  while (!bytes.empty()) {
    const ssize_t count = write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return nullptr;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return made;
}

PageFile::~PageFile() { close(descriptor_); }

}  // namespace confer::http
