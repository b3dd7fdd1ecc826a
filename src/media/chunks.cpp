// Divides a row of pictures (chunks.h).
#include "media/chunks.h"
#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace confer::media {

namespace {

std::int64_t in_us(double seconds) { return static_cast<std::int64_t>(std::llround(seconds * 1e6)); }

/// The first picture of the next chunk, or the number of pictures.
std::size_t next_start(std::span<const Picture> pictures, std::size_t from, std::int64_t length) {
  std::size_t any = pictures.size();
  for (std::size_t i = from + 1; i < pictures.size(); ++i) {
    const std::int64_t after = pictures[i].at_us - pictures[from].at_us;
    if (after < length) continue;
    if (pictures[i].is_key) return i;
    if (any == pictures.size()) any = i;
    if (after >= 2 * length) return any;
  }
  return any;
}

}  // namespace

std::vector<Chunk> plan_chunks(std::span<const Picture> pictures, double seconds) {
  std::vector<Chunk> chunks;
  const std::int64_t length = std::max<std::int64_t>(in_us(seconds), 1);
  for (std::size_t from = 0; from < pictures.size();) {
    const std::size_t next = next_start(pictures, from, length);
    const bool is_short = pictures.back().at_us - pictures[from].at_us < length / 4;
    if (next == pictures.size() && is_short && !chunks.empty())
      chunks.back().count += next - from;
    else
      chunks.push_back({from, next - from});
    from = next;
  }
  return chunks;
}

std::vector<std::size_t> segment_starts(std::span<const Picture> pictures, double seconds) {
  std::vector<std::size_t> starts;
  if (pictures.empty()) return starts;
  starts.push_back(0);
  std::int64_t due = in_us(seconds);
  for (std::size_t i = 1; i < pictures.size(); ++i) {
    if (!pictures[i].is_key || pictures[i].at_us - pictures[0].at_us < due) continue;
    starts.push_back(i);
    due += in_us(seconds);
  }
  return starts;
}

std::string difference_of(std::span<const Picture> source, std::span<const Picture> made, std::int64_t tolerance_us) {
  if (source.size() != made.size()) return fmt::format("It has {} pictures instead of {}.", made.size(), source.size());
  for (std::size_t i = 0; i < source.size(); ++i) {
    const std::int64_t wanted = source[i].at_us - source[0].at_us, found = made[i].at_us - made[0].at_us;
    if (std::abs(wanted - found) > tolerance_us)
      return fmt::format("Picture {} is shown at {} instead of {} seconds.", i + 1, seconds_text(found), seconds_text(wanted));
  }
  return {};
}

std::string seconds_text(std::int64_t us) { return fmt::format("{}{}.{:06}", us < 0 ? "-" : "", std::abs(us) / 1000000, std::abs(us) % 1000000); }

}  // namespace confer::media
