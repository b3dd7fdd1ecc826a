// Bytes that stay where they are until all of them go.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace confer::search {

class Arena {
 public:
  /// Aligned for `Align` bytes.
  template <std::size_t Align = 1>
  std::uint8_t* allocate(std::size_t size) {
    std::size_t begin = (used_ + Align - 1) / Align * Align;
    if (blocks_.empty() || begin + size > room_) {
      room_ = size > block ? size : block;
      blocks_.push_back(std::make_unique_for_overwrite<std::uint8_t[]>(room_));
      bytes_ += room_;
      begin = 0;
    }
    used_ = begin + size;
    return blocks_.back().get() + begin;
  }
  std::string_view keep(std::string_view text) {
    if (text.empty()) return {};
    auto* to = allocate(text.size());
    std::memcpy(to, text.data(), text.size());
    return {reinterpret_cast<const char*>(to), text.size()};
  }
  std::size_t bytes() const { return bytes_; }

 private:
  static constexpr std::size_t block = std::size_t{1} << 18U;
  std::vector<std::unique_ptr<std::uint8_t[]>> blocks_;
  std::size_t used_ = 0, room_ = 0, bytes_ = 0;
};

}  // namespace confer::search
