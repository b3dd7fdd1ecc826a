// Playlists of HLS as RFC 8216 has them (hls.h).
#include "media/hls.h"
#include <fmt/format.h>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include "base/text.h"

namespace confer::media {

namespace {

template <class T>
bool read_number(std::string_view text, T& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size();
}

/// "735917@867"
bool read_range(std::string_view text, std::uint64_t& bytes, std::uint64_t& from) {
  const auto at = text.find('@');
  return at != std::string_view::npos && read_number(text.substr(0, at), bytes) && read_number(text.substr(at + 1), from);
}

/// The text in quotation marks behind a name: URI="source.mp4".
std::string_view quoted(std::string_view line, std::string_view name) {
  const std::string begin = std::string(name) + "=\"";
  const auto from = line.find(begin);
  if (from == std::string_view::npos) return {};
  const auto rest = line.substr(from + begin.size());
  return rest.substr(0, rest.find('"'));
}

std::int64_t bits_per_second(std::uint64_t bytes, double seconds) {
  return seconds <= 0 ? 0 : static_cast<std::int64_t>(std::ceil(static_cast<double>(bytes) * 8 / seconds));
}

}  // namespace

double MediaPlaylist::length() const {
  return std::accumulate(segments.begin(), segments.end(), 0.0, [](double sum, const Segment& s) { return sum + s.seconds; });
}

std::int64_t MediaPlaylist::peak_bits_per_second() const {
  std::int64_t peak = 0;
  // RFC 8216, 4.3.4.2: what lasts less than half the target says nothing of the peak, such as a last segment of one picture.
  const double longest = segments.empty() ? 0 : std::ranges::max(segments, {}, &Segment::seconds).seconds;
  for (const auto& segment : segments)
    if (segment.seconds >= longest / 2) peak = std::max(peak, bits_per_second(segment.bytes, segment.seconds));
  return peak;
}

std::int64_t MediaPlaylist::average_bits_per_second() const {
  return bits_per_second(std::accumulate(segments.begin(), segments.end(), std::uint64_t{0}, [](std::uint64_t sum, const Segment& s) { return sum + s.bytes; }),
                         length());
}

Result<MediaPlaylist> read_media_playlist(std::string_view text) {
  const auto refused = [](std::string_view why) { return fail(ErrorCode::invalid, "The playlist is not as it must be: " + std::string(why)); };
  MediaPlaylist out;
  Segment next;
  std::uint64_t end = 0;
  bool has_begun = false, has_ended = false;
  // What lies beyond is no segment, and its bits a second would be no number.
  constexpr double shortest = 1e-6, longest = 86400;
  constexpr std::uint64_t most_bytes = std::uint64_t{1} << 40U;
  for (const auto raw : split(text, '\n')) {
    const auto line = trim(raw);
    if (line.empty()) continue;
    if (!has_begun) {
      if (line != "#EXTM3U") return refused("it does not begin with #EXTM3U.");
      has_begun = true;
    } else if (line.starts_with("#EXT-X-MAP:")) {
      std::uint64_t from = 0;
      if (!read_range(quoted(line, "BYTERANGE"), out.header, from) || from != 0) return refused("its header is not at the beginning of the file.");
      out.file = quoted(line, "URI");
      end = out.header;
    } else if (line.starts_with("#EXTINF:")) {
      const auto value = line.substr(8, line.find(',') - 8);
      if (!read_number(value, next.seconds) || !(next.seconds >= shortest && next.seconds <= longest))
        return refused("“" + std::string(line) + "” is no length.");
    } else if (line.starts_with("#EXT-X-BYTERANGE:")) {
      if (!read_range(line.substr(17), next.bytes, next.from) || next.bytes > most_bytes) return refused("“" + std::string(line) + "” is no piece of a file.");
    } else if (line == "#EXT-X-ENDLIST") {
      has_ended = true;
    } else if (!line.starts_with('#')) {
      if (line != out.file) return refused("its segments are in several files.");
      if (next.from != end || next.bytes == 0 || next.seconds <= 0) return refused("its segments do not follow one another.");
      end += next.bytes;
      out.segments.push_back(std::exchange(next, {}));
    }
  }
  if (!has_ended || out.segments.empty()) return refused("its end is missing.");
  return out;
}

std::string master_playlist(const std::vector<Variant>& variants, std::string_view sound_playlist) {
  std::string out = "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n";
  const bool has_sound = !sound_playlist.empty();
  if (has_sound)
    out += fmt::format("#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"sound\",NAME=\"sound\",DEFAULT=YES,AUTOSELECT=YES,CHANNELS=\"2\",URI=\"{}\"\n", sound_playlist);
  for (const auto& v : variants) {
    out += fmt::format("#EXT-X-STREAM-INF:BANDWIDTH={},AVERAGE-BANDWIDTH={},CODECS=\"{}{}\",RESOLUTION={}x{}", v.peak, v.average, v.codec,
                       has_sound ? ",mp4a.40.2" : "", v.width, v.height);
    if (v.frame_rate > 0) out += fmt::format(",FRAME-RATE={:.3f}", v.frame_rate);
    out += has_sound ? ",AUDIO=\"sound\"\n" : "\n";
    out += v.playlist + "\n";
  }
  return out;
}

std::string avc_codec_in(std::string_view head) {
  const auto at = head.find("avcC");
  if (at == std::string_view::npos || at + 8 > head.size()) return {};
  const auto byte = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(head[at + 4 + i])); };
  return fmt::format("avc1.{:02x}{:02x}{:02x}", byte(1), byte(2), byte(3));
}

}  // namespace confer::media
