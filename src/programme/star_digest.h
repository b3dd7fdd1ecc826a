// Whether a phone and the server know the same stars, said in 128 characters: so only what differs travels. web/shared/digest.ts counts the same.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>
#include "programme/stars.h"

namespace confer::programme {

inline constexpr std::size_t star_parts = 16;
/// The marks fall into parts by their talk's code; of each part the sum of its marks' hashes, modulo 2³². The order of the marks does not matter.
using StarDigest = std::array<std::uint32_t, star_parts>;

/// In which part a talk's mark counts. Less than `star_parts`.
std::size_t star_part_of(std::string_view talk);
StarDigest digest_of(const std::vector<StarMark>& marks);
/// From eight hexadecimal digits a part. Nothing: the text is no digest.
std::optional<StarDigest> parse_star_digest(std::string_view text);

}  // namespace confer::programme
