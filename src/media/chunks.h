// Where a long encoding is divided, so that each part is made by a call of its own and a crash costs one of them. Pure rules over times of pictures.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace confer::media {

/// One picture of a file.
struct Picture {
  std::int64_t at_us = 0;  ///< when it is shown, microseconds
  bool is_key = false;     ///< a decoder can begin with it
  bool operator==(const Picture&) const = default;
};

/// Pictures from `first` on, `count` of them, in order of showing.
struct Chunk {
  std::size_t first = 0, count = 0;
  bool operator==(const Chunk&) const = default;
};

/// Chunks of about `seconds`, none shorter than a quarter of that where there is more than one. Each begins with a key frame when one comes within twice that
/// length: then nothing before it is decoded in vain. Together they are all pictures, each once.
std::vector<Chunk> plan_chunks(std::span<const Picture> pictures, double seconds);

/// The pictures with which segments of HLS begin: as ffmpeg's muxer does it, the first key frame at or after each multiple of `seconds`.
std::vector<std::size_t> segment_starts(std::span<const Picture> pictures, double seconds);

/// What of a file's times is not as in its source: a count, or the first picture that is more than `tolerance_us` off (both counted from their first picture).
/// Empty when they agree.
std::string difference_of(std::span<const Picture> source, std::span<const Picture> made, std::int64_t tolerance_us);

/// "12.345678"
std::string seconds_text(std::int64_t us);

}  // namespace confer::media
