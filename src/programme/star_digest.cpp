// Sums over marks (star_digest.h).
#include "programme/star_digest.h"
#include <charconv>
#include <string>

namespace confer::programme {
namespace {

/// FNV-1a, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/), then MurmurHash3's last step (Appleby, 2011, fmix32): texts that differ in their last
/// character alone would otherwise give hashes whose sums could be the same.
std::uint32_t hash_of(std::string_view text) {
  std::uint32_t h = 2166136261u;
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 16777619u;
  h = (h ^ (h >> 16)) * 0x85ebca6bu;
  h = (h ^ (h >> 13)) * 0xc2b2ae35u;
  return h ^ (h >> 16);
}

}  // namespace

std::size_t star_part_of(std::string_view talk) { return hash_of(talk) % star_parts; }

StarDigest digest_of(const std::vector<StarMark>& marks) {
  StarDigest sums{};
  for (const auto& mark : marks) sums[star_part_of(mark.talk)] += hash_of(mark.talk + (mark.starred ? '+' : '-') + std::to_string(to_ms(mark.at)));
  return sums;
}

std::optional<StarDigest> parse_star_digest(std::string_view text) {
  if (text.size() != 8 * star_parts) return std::nullopt;
  StarDigest sums{};
  for (std::size_t part = 0; part < star_parts; ++part) {
    const char* begin = text.data() + 8 * part;
    const auto [end, error] = std::from_chars(begin, begin + 8, sums[part], 16);
    if (error != std::errc() || end != begin + 8) return std::nullopt;
  }
  return sums;
}

}  // namespace confer::programme
