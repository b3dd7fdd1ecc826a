// Whether two recordings heard the same, and how far apart their times are: by how loud it was (rules).
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace confer::media {

/// Levels in dBFS (RMS of the louder channel), `moments_per_second` of them a second, from a recording's beginning.
using Levels = std::vector<float>;

struct CommonSound {
  double lag = 0;       ///< seconds: what `other` has at t, `one` has at t + lag
  double likeness = 0;  ///< 0 to 1: correlation of how the level moves, where both were there
  double common = 0;    ///< seconds in which both were there
};

/// Nothing when they have less than a minute in common, or nothing speaks for one lag rather than another (silence, a beat that repeats). How loud each of them
/// is does not matter, nor what only one of them hears now and then.
std::optional<CommonSound> find_common_sound(const Levels& one, const Levels& other);

/// Whole dB, a character a moment. What cannot be read is silence.
std::string to_text(const Levels& levels);
Levels read_levels(std::string_view text);

}  // namespace confer::media
