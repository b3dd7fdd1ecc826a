// What a media file says of itself: streams, lengths, start times.
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include "base/result.h"
#include "base/time.h"

namespace confer::media {

using std::chrono::microseconds;

/// A fraction, for frame rates and time bases; 0/1 when nobody knows.
struct Ratio {
  int num = 0, den = 1;
  bool operator==(const Ratio&) const = default;
  double value() const { return den == 0 ? 0 : static_cast<double>(num) / den; }
};

enum class StreamKind : unsigned char { video = 0, audio = 1, captions = 2, other = 3 };
std::string_view name_of(StreamKind kind);

struct Stream {
  int index = 0;  ///< in its container
  StreamKind kind = StreamKind::other;
  std::string codec;     ///< ffmpeg's name: "h264", "aac"
  std::string profile;   ///< "High"; may be empty
  std::string language;  ///< as it stands there: "eng"; empty or "und" where nobody said
  microseconds starts{}, length{};
  std::int64_t bits_per_second = 0;  ///< 0: not known
  int width = 0, height = 0;         ///< of the picture as it is stored
  Ratio frame_rate;                  ///< average
  bool is_interlaced = false;
  int sample_rate = 0, channels = 0;
};

struct Probed {
  std::string container;  ///< ffmpeg's name of the demuxer: "mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm", "mpegts"
  std::uint64_t size_bytes = 0;
  microseconds starts{};               ///< the earliest time stamp in it
  microseconds length{};               ///< 0: not known (a file that still grows, or was cut off)
  std::optional<Instant> recorded_at;  ///< `creation_time`, where a recorder wrote one
  std::vector<Stream> streams;
  const Stream* find(StreamKind kind) const;  ///< the first of them; null when there is none
};

/// Looks into a file in this process: for the program that is started for that alone. Errors: not_found; invalid – not media, with ffmpeg's reason.
Result<Probed> look_into(const std::string& path);
/// The same by a process of its own, with limits, for files from anywhere. Errors: as above; unavailable – it took too long or too much.
Result<Probed> probe(const std::string& path);

std::string to_json(const Probed& probed);
/// Errors: invalid – not what `to_json` wrote.
Result<Probed> read_probed(std::string_view json);

}  // namespace confer::media
