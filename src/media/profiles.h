// What files are made of a cut, and with which settings: the whole of what an encoder is told stands here.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace confer::media {

enum class Profile : unsigned char {
  mp4 = 0,       ///< the cut itself
  webm_vp9 = 1,  ///< VP9 and Opus
  webm_av1 = 2,  ///< AV1 and Opus
  opus = 3,      ///< sound only, Opus in Ogg
  m4a = 4,       ///< sound only: the cut's AAC as it is
  hls = 5        ///< a folder: the cut's own picture, smaller ones below it, the sound once
};
std::string_view name_of(Profile profile);                   ///< "webm-vp9"
std::optional<Profile> find_profile(std::string_view name);  ///< by that name
std::string_view ending_of(Profile profile);                 ///< ".webm"; of HLS's master playlist for `hls`
std::string_view media_type_of(Profile profile);             ///< "video/webm"
std::vector<std::string> profile_names();

/// How long a viewer waits at most for a picture after a jump, and how long a segment of HLS is.
constexpr double group_seconds = 5, segment_seconds = 6;
/// What each chunk's encoder may use. Fixed, because the result of some depends on it.
constexpr int encoder_threads = 2;

/// A smaller picture of HLS.
struct Rung {
  int height = 0;
  int most_kbit = 0;  ///< a second, at most over two seconds
  std::string name() const { return std::to_string(height) + "p"; }
  bool operator==(const Rung&) const = default;
};
/// Those that are smaller than the source, the largest first.
std::vector<Rung> rungs_below(int height);

/// Options of the ffmpeg program for the picture. `frame_rate`: of the source, for the distance of key frames.
std::vector<std::string> picture_settings(Profile profile, double frame_rate);
std::vector<std::string> picture_settings(const Rung& rung);
/// … for the sound. `codec`: the source's, as ffmpeg calls it.
std::vector<std::string> sound_settings(Profile profile, std::string_view codec);

}  // namespace confer::media
