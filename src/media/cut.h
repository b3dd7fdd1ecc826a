// A cut of a recording: exact to the frame, with as little as possible encoded a second time, and a report that proves it.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>
#include "base/result.h"
#include "media/sound.h"

namespace confer::media {

/// Times in seconds; 0 is the file's first time stamp. A frame belongs to a piece when it is shown at or after `from` and before `to`, to half a millisecond.
struct Piece {
  double from = 0, to = 0;
};

struct CutWish {
  std::string in, out;  ///< `out`'s ending says the container: .mp4, .m4v, .mov, .mkv, .webm (VP9, AV1)
  Piece whole;
  std::vector<Piece> dropped;  ///< pieces that go, in the middle of it
  bool has_sound = true;
  SoundWish sound;
  bool encode_everything = false;  ///< no copying, for comparisons
  int threads = 0;                 ///< 0: as many as there are processors
};

/// Where copied and encoded frames meet, and how well.
struct Joint {
  double at = 0;            ///< seconds into the result
  std::int64_t frames = 0;  ///< decoded and compared, on both sides
  std::int64_t equal = 0;   ///< copied ones among them that are decoded to exactly the same pixels
  std::int64_t copied = 0;
  double worst_psnr = 0;  ///< dB of luma, of the encoded ones against the recording; 100 when there are none
  bool operator==(const Joint&) const = default;
};

struct CutReport {
  std::string video_codec;
  std::vector<Piece> pieces;  ///< as they were cut: from the first frame's time to the end of the last one
  std::int64_t frames = 0, copied = 0, encoded = 0;
  std::int64_t repeated = 0;  ///< frames that could not be decoded, and show their neighbour
  std::vector<std::string> encoded_in_full_because;
  double length = 0;  ///< seconds
  std::optional<SoundReport> sound;
  double cpu_plan = 0, cpu_sound = 0, cpu_picture = 0, cpu_proof = 0;  ///< seconds
  // What the finished file was found to be.
  std::int64_t frames_found = 0, copied_equal = 0;  ///< copied_equal: copied frames whose coded bytes are the recording's
  std::vector<Joint> joints;
  double picture_begins = 0, picture_ends = 0, sound_begins = 0, sound_ends = 0;
  std::vector<std::string> objections;  ///< what is not as it must be; empty: proved
};

/// Writes `out` whole or not at all. Errors: not_found; invalid – the file or the times, with the reason; unavailable – disk; internal – the result is not what
/// was planned (nothing is left then).
Result<CutReport> cut(const CutWish& wish, const std::function<void(double part)>& progress = {});

std::string to_json(const CutReport& report, const CutWish& wish);

/// "97.36", "1:37.36", "00:01:37.360": seconds. Errors: invalid.
Result<double> parse_time(std::string_view text);
std::string time_text(double seconds);  ///< "0:01:37.360"

}  // namespace confer::media
