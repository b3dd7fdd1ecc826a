// Playlists of HLS: what the muxer wrote is read and summed up, and the master playlist is written from it. Pure rules over text.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>
#include "base/result.h"

namespace confer::media {

/// A piece of the one file that a playlist is about.
struct Segment {
  double seconds = 0;
  std::uint64_t from = 0, bytes = 0;
  bool operator==(const Segment&) const = default;
};
struct MediaPlaylist {
  std::string file;          ///< beside the playlist
  std::uint64_t header = 0;  ///< bytes in front of the first segment
  std::vector<Segment> segments;
  double length() const;
  std::int64_t peak_bits_per_second() const;     ///< of the segment with the most
  std::int64_t average_bits_per_second() const;  ///< of all together
};
/// Errors: invalid – it is not whole, its segments do not follow one another, or they are in several files.
Result<MediaPlaylist> read_media_playlist(std::string_view text);

struct Variant {
  std::string playlist, codec;  ///< "720p.m3u8", "avc1.64001f"
  int width = 0, height = 0;
  double frame_rate = 0;
  std::int64_t peak = 0, average = 0;  ///< bits a second, with the sound
};
/// Players begin with the first. `sound_playlist`: empty when there is no sound.
std::string master_playlist(const std::vector<Variant>& variants, std::string_view sound_playlist);

/// "avc1.64001f" of an MP4's beginning (RFC 6381, 3.3); empty when it holds no H.264.
std::string avc_codec_in(std::string_view head);

}  // namespace confer::media
