// The sound of a cut: chosen, measured (EBU R 128), brought to its loudness, encoded in one piece.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>
#include "media/av.h"

namespace confer::media {

/// Which channels are heard. `automatic` measures and decides.
enum class Channels : unsigned char { automatic = 0, both = 1, left = 2, right = 3, inverted = 4, mono = 5 };
std::string_view name_of(Channels channels);
std::optional<Channels> find_channels(std::string_view name);

struct SoundWish {
  Channels channels = Channels::automatic;
  std::optional<double> loudness = -16;  ///< LUFS, integrated; empty: as it was recorded
  double offset_seconds = 0;             ///< the sound comes so much later than it was recorded
  int stream = 0;                        ///< which of the file's sound streams, from 0
  bool is_opus = false;                  ///< Opus instead of AAC
};

/// A piece of a file's time, in seconds on the clock of its time stamps.
struct Stretch {
  double from = 0, to = 0;
  std::size_t file = 0;
  bool is_silent = false;  ///< silence, of no file
  bool follows = false;    ///< another file's sound goes on here where that of the stretch before ends
};

struct SoundReport {
  Channels channels = Channels::both;              ///< heard
  std::string because;                             ///< why, when it was decided here
  double level_left = 0, level_right = 0;          ///< mean level, dBFS
  double correlation = 0;                          ///< of both channels, -1 to 1
  double loudness_before = 0, loudness_after = 0;  ///< LUFS; after: decoded again
  double gain_db = 0, limited_db = 0;              ///< one gain for all; the most that the limiter took away
  double true_peak_after = 0;                      ///< dBTP, decoded again
  double filled_seconds = 0;                       ///< silence where the file has no sound
  bool is_silent = false;
};

/// Encoded sound that begins at 0: its packets, in order, with the encoder's own delay in front (negative times).
struct Sound {
  Parameters parameters;
  AVRational time_base{1, 48000};
  std::vector<Packet> packets;
  SoundReport report;
};

/// The sound of these stretches one after the other, to the sample as long as they are; those that follow each other in one piece. Empty when no file has any.
/// `progress` is told from 0 to 1, and never less than before. Errors: invalid – it cannot be decoded; there is no such stream.
Result<std::optional<Sound>> cut_sound(const std::vector<std::string>& paths, const std::vector<Stretch>& stretches, const SoundWish& wish,
                                       const std::function<void(double part)>& progress = {});

}  // namespace confer::media
