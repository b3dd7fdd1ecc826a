// What can be heard and seen in a recording, moment by moment, and what follows from that: speech, applause, silence (rules).
#pragma once
#include <string>
#include <vector>

namespace confer::media {

/// From `from` to `to`, in seconds on the recording's clock.
struct Heard {
  double from = 0, to = 0;
  double length() const { return to - from; }
  bool operator==(const Heard&) const = default;
};

constexpr int moments_per_second = 20;

/// A twentieth of a second of the louder channel.
struct Moment {
  float level_db = -120;  ///< RMS, dBFS
  float peak_db = -120;
  float bright = 0;  ///< share of the energy above about 1.8 kHz, 0 to 1
  float voiced = 0;  ///< likeness to itself one period (80 to 400 Hz) later, 0 to 1
};

/// The picture is another one at `at` than at `after`: key frames, between which nothing was decoded.
struct Change {
  double after = 0, at = 0;
  double share = 0;  ///< of the picture that changed
  bool operator==(const Change&) const = default;
};

struct Listening {
  double from = 0, to = 0;  ///< seconds on the recording's clock
  std::vector<Moment> moments;
  double level_left = -120, level_right = -120, correlation = 0;  ///< as in SoundReport
  bool has_sound = false;
  double floor_db = -120;  ///< what the room sounds like when nobody speaks
  std::vector<Heard> speech, applause, silences;
  std::vector<Change> changes;
  double cpu_sound = 0, cpu_picture = 0;  ///< seconds
};

/// Fills floor, speech, applause and silences from the moments.
///
/// Speech has syllables: within a second its level moves, and where it is loud it is mostly voiced. Applause is loud, bright, unvoiced and steady for more than
/// a second. A hum, a beep or music that is held is neither. The thresholds were found with synthesised speech, noise and tones
/// (tests/media/listening_test.cpp).
void understand(Listening& listening);

/// Puts what was heard in a file that begins at `begins` behind what was heard before it on a common line of time. What goes on over the border is one; between
/// them it is still.
void append(Listening& line, const Listening& part, double begins);

/// The key frames' differences as changes: those that stand out from what the picture does all the time. `shares`: with the time of each key frame, from the
/// second on the share that differs from the one before.
struct KeyLook {
  double at = 0, share = 0;
};
std::vector<Change> find_changes(const std::vector<KeyLook>& looks);

}  // namespace confer::media
