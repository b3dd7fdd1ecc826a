// Bytes that the kernel sends as they lie in memory.
#pragma once
#include <memory>
#include <string_view>

namespace confer::http {

/// A file without a name that holds one large body: sendfile hands its pages to the socket, where sendmsg would copy them
/// (docs/decisions/ready-bytes.md has the figures).
class PageFile {
 public:
  static constexpr std::size_t least = 16 << 10;  ///< below it, the second system call costs what the copy does
  /// Null for what is smaller, and when the kernel gives none: the bytes are copied then.
  static std::shared_ptr<const PageFile> of(std::string_view bytes);
  PageFile(const PageFile&) = delete;
  PageFile& operator=(const PageFile&) = delete;
  ~PageFile();
  int descriptor() const { return descriptor_; }
  std::size_t size() const { return size_; }

 private:
  PageFile(int descriptor, std::size_t size) : descriptor_(descriptor), size_(size) {}
  int descriptor_;
  std::size_t size_;
};

}  // namespace confer::http
