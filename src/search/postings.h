// Which documents have a word, and in which fields how often: a few bytes a document.
#pragma once
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

namespace confer::search {

/// The parts of a document. `transcript` has no order of words: no phrases are found in it.
enum Field : unsigned char { title_field, names_field, tags_field, place_field, body_field, transcript_field };
constexpr std::size_t fields = 6;

/// How often a word stands in each field of one document; more than 255 is 255.
using Counts = std::array<std::uint8_t, fields>;

inline std::size_t write_number(std::uint8_t* out, std::uint32_t number) {
  std::size_t size = 0;
  while (number >= 0x80) {
    out[size++] = static_cast<std::uint8_t>(number | 0x80U);
    number >>= 7U;
  }
  out[size++] = static_cast<std::uint8_t>(number);
  return size;
}
inline std::uint32_t read_number(const std::uint8_t*& at) {
  std::uint32_t number = *at++;
  if (number < 0x80) return number;
  number &= 0x7FU;
  for (unsigned shift = 7;; shift += 7) {
    const std::uint32_t byte = *at++;
    number |= (byte & 0x7FU) << shift;
    if (byte < 0x80) return number;
  }
}

/// Grows at its end only; up to 16 bytes need no memory of their own (six words of ten stand in one document).
class Postings {
 public:
  Postings() = default;
  Postings(Postings&& from) noexcept { take(from); }
  Postings& operator=(Postings&& from) noexcept {
    if (this == &from) return *this;
    free_own();
    take(from);
    return *this;
  }
  Postings(const Postings&) = delete;
  Postings& operator=(const Postings&) = delete;
  ~Postings() { free_own(); }

  /// `document` is greater than all before. One entry: the distance to the one before, doubled, odd when the word stands once in the body and nowhere
  /// else (most do); otherwise a byte with the fields, bit 6 set when it stands once in each, and a count for each field.
  void add(std::uint32_t document, const Counts& counts) {
    std::uint8_t entry[16];
    std::uint8_t which = 0;
    bool once = true;
    for (std::size_t f = 0; f < fields; ++f) {
      if (counts[f] == 0) continue;
      which |= static_cast<std::uint8_t>(1U << f);
      once = once && counts[f] == 1;
    }
    const bool usual = once && which == 1U << body_field;
    std::size_t size = write_number(entry, (document - last_) << 1U | (usual ? 1U : 0U));
    if (!usual) {
      entry[size++] = static_cast<std::uint8_t>(which | (once ? 0x40U : 0U));
      for (std::size_t f = 0; f < fields && !once; ++f) {
        if (counts[f] > 0) entry[size++] = counts[f];
      }
    }
    append(entry, size);
    last_ = document;
  }

  /// Calls `use(document, counts)` for each.
  template <class Use>
  void each(Use use) const {
    static constexpr Counts in_body{0, 0, 0, 0, 1, 0};
    const std::uint8_t* at = data();
    const std::uint8_t* const end = at + size_;
    std::uint32_t document = 0;
    while (at < end) {
      const std::uint32_t step = read_number(at);
      document += step >> 1U;
      if ((step & 1U) != 0) {
        use(document, in_body);
        continue;
      }
      const std::uint8_t which = *at++;
      const bool once = (which & 0x40U) != 0;
      Counts counts{};
      for (unsigned left = which & 0x3FU; left != 0; left &= left - 1) counts[static_cast<std::size_t>(std::countr_zero(left))] = once ? 1 : *at++;
      use(document, counts);
    }
  }
  std::size_t bytes() const { return capacity_ > inside ? capacity_ : 0; }

 private:
  static constexpr std::uint32_t inside = 16;
  std::uint8_t* data() { return capacity_ > inside ? own_ : here_; }
  const std::uint8_t* data() const { return capacity_ > inside ? own_ : here_; }
  void append(const std::uint8_t* from, std::size_t size) {
    if (size_ + size > capacity_) {
      const std::uint32_t wanted = capacity_ + capacity_ / 2 + 16;
      auto* grown = static_cast<std::uint8_t*>(std::malloc(wanted));
      if (grown == nullptr) throw std::bad_alloc();
      std::memcpy(grown, data(), size_);
      free_own();
      own_ = grown;
      capacity_ = wanted;
    }
    std::memcpy(data() + size_, from, size);
    size_ += static_cast<std::uint32_t>(size);
  }
  void free_own() {
    if (capacity_ > inside) std::free(own_);
  }
  void take(Postings& from) {
    std::memcpy(here_, from.here_, inside);
    size_ = std::exchange(from.size_, 0);
    capacity_ = std::exchange(from.capacity_, inside);
    last_ = from.last_;
  }
  union {
    std::uint8_t* own_;
    std::uint8_t here_[inside]{};
  };
  std::uint32_t size_ = 0, capacity_ = inside, last_ = 0;
};

}  // namespace confer::search
