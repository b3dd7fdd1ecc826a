// Lays out what is read of each file, and joins files where they meet.
#include "media/sound_line.h"
#include <algorithm>
#include <cmath>
#include "media/limiter.h"

namespace confer::media {

namespace {

/// On both sides of a border: recorders part their files where a picture is *decoded*, some frames before it is shown, and sound in whole packets.
constexpr std::size_t border_half = sound_rate / 4;
/// On both sides of a border where both files have sound.
constexpr std::ptrdiff_t crossfade_half = sound_rate / 400;

}  // namespace

Result<SoundLine> SoundLine::open(const std::vector<std::string>& paths, const std::vector<Stretch>& stretches, const SoundWish& wish) {
  SoundLine out;
  out.readers_.resize(paths.size());
  bool has_sound = false;
  for (const auto& stretch : stretches) {
    if (stretch.is_silent || out.readers_[stretch.file]) continue;
    auto reader = SoundReader::open(paths[stretch.file], wish.stream);
    if (!reader && reader.error().code != ErrorCode::not_found) return std::unexpected(std::move(reader).error());
    if (!reader) continue;
    has_sound = true;
    out.readers_[stretch.file] = *std::move(reader);
  }
  if (!has_sound) return fail(ErrorCode::not_found, "The recording has no such sound.");
  // Counted from the beginning of all, so that no rounding adds up.
  std::vector<std::int64_t> counts;
  double sum = 0;
  std::int64_t given = 0;
  for (const auto& stretch : stretches) {
    sum += stretch.to - stretch.from;
    const std::int64_t end = std::llround(sum * sound_rate);
    counts.push_back(end - given);
    given = end;
  }
  const std::int64_t offset = std::llround(wish.offset_seconds * sound_rate);
  for (std::size_t first = 0, end = 0; first < stretches.size(); first = end) {
    std::int64_t length = 0;
    for (end = first; end < stretches.size() && (end == first || stretches[end].follows); ++end) length += counts[end];
    // Sound that comes later is that of an earlier time, of the file before if need be.
    const std::int64_t wanted_from = -offset, wanted_to = length - offset;
    std::int64_t at = 0;
    bool is_first = true;
    for (std::size_t i = first; i < end; at += counts[i++]) {
      const std::int64_t from = i == first ? wanted_from : std::max(at, wanted_from), to = i + 1 == end ? wanted_to : std::min(at + counts[i], wanted_to);
      if (to <= from) continue;
      out.tapes_.push_back({stretches[i].file, stretches[i].from + static_cast<double>(from - at) / sound_rate, static_cast<std::size_t>(to - from),
                            stretches[i].is_silent, !is_first});
      is_first = false;
    }
  }
  return out;
}

bool SoundLine::is_mono() const {
  return std::ranges::all_of(readers_, [](const auto& reader) { return !reader || reader->is_mono(); });
}

std::size_t SoundLine::samples() const {
  std::size_t all = 0;
  for (const auto& tape : tapes_) all += tape.count;
  return all;
}

double SoundLine::filled_seconds() const { return static_cast<double>(filled_) / sound_rate; }

Result<SoundLine::Excerpt> SoundLine::excerpt(std::size_t file, double from, std::size_t count) {
  Excerpt out;
  if (readers_[file])
    TRY(readers_[file]->read(from, count, [&](const float* left, const float* right, std::size_t some, bool is_there) -> Result<void> {
      out.left.insert(out.left.end(), left, left + some);
      out.right.insert(out.right.end(), right, right + some);
      out.is_there.insert(out.is_there.end(), some, is_there);
      return {};
    }));
  out.left.resize(count);
  out.right.resize(count);
  out.is_there.resize(count);
  return out;
}

Result<void> SoundLine::read_border(const Tape& before, const Tape& after, std::size_t half,
                                    const std::function<Result<void>(const float*, const float*, std::size_t)>& put) {
  TRY_ASSIGN(auto one, excerpt(before.file, before.from + static_cast<double>(before.count - half) / sound_rate, 2 * half));
  TRY_ASSIGN(const auto other, excerpt(after.file, after.from - static_cast<double>(half) / sound_rate, 2 * half));
  for (std::size_t i = 0; i < 2 * half; ++i) {
    const std::ptrdiff_t beyond = static_cast<std::ptrdiff_t>(i) - static_cast<std::ptrdiff_t>(half);
    float part = static_cast<float>(std::clamp(beyond + crossfade_half, std::ptrdiff_t{0}, 2 * crossfade_half)) / (2 * crossfade_half);
    if (!one.is_there[i])
      part = 1;
    else if (!other.is_there[i])
      part = 0;
    one.left[i] += part * (other.left[i] - one.left[i]);
    one.right[i] += part * (other.right[i] - one.right[i]);
    filled_ += one.is_there[i] || other.is_there[i] ? 0 : 1;
  }
  return put(one.left.data(), one.right.data(), 2 * half);
}

Result<void> SoundLine::read(const Sink& sink) {
  filled_ = 0;
  std::size_t at = 0, of = 0, taken = 0;  // taken: of this tape, at the border before
  for (std::size_t t = 0; t < tapes_.size(); ++t) {
    const Tape& tape = tapes_[t];
    if (!tape.follows) {
      at = of = 0;
      for (std::size_t i = t; i < tapes_.size() && (i == t || tapes_[i].follows); ++i) of += tapes_[i].count;
      taken = 0;
    }
    const auto put = [&](const float* left, const float* right, std::size_t count) -> Result<void> {
      TRY(sink(left, right, count, at, of));
      at += count;
      return {};
    };
    const bool is_followed = t + 1 < tapes_.size() && tapes_[t + 1].follows;
    const std::size_t half = is_followed ? std::min({border_half, tape.count - taken, tapes_[t + 1].count / 2}) : 0;
    const auto whole = [&](const float* left, const float* right, std::size_t count, bool is_there) -> Result<void> {
      filled_ += is_there ? 0 : count;
      return put(left, right, count);
    };
    const std::size_t count = tape.count - taken - half;
    if (tape.is_silent) {
      TRY(SoundReader::silence(count, [&](const float* left, const float* right, std::size_t some, bool) { return put(left, right, some); }));
    } else if (readers_[tape.file]) {
      TRY(readers_[tape.file]->read(tape.from + static_cast<double>(taken) / sound_rate, count, whole));
    } else {
      TRY(SoundReader::silence(count, whole));
    }
    if (half > 0) TRY(read_border(tape, tapes_[t + 1], half, put));
    taken = half;
  }
  return {};
}

}  // namespace confer::media
