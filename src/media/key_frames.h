// Decodes the key frames of a recording, which costs little: for what the picture is like, not for exact times.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>
#include "media/line.h"
#include "media/video_reader.h"

namespace confer::media {

/// A picture's brightness, made small.
struct Gray {
  int width = 0, height = 0;
  std::vector<std::uint8_t> pixels;
};
Result<Gray> shrink(const AVFrame& frame, int width, int height);
/// The share of pixels, 0 to 1, that are brighter or darker by more than noise is. Both must be of one size.
double difference(const Gray& one, const Gray& other);

class KeyFrames {
 public:
  /// `at`: seconds from the file's zero.
  using Sink = std::function<Result<void>(const AVFrame& frame, double at)>;
  /// Errors: not_found; invalid – there is no picture, or no decoder.
  static Result<KeyFrames> open(const std::string& path, int threads);
  /// Those from the last one at or before `whole.from` to `whole.to`, none closer than `apart` seconds after another. What cannot be decoded is left out.
  Result<void> each(Piece whole, double apart, const Sink& sink);
  const AVStream& stream() const { return reader_.stream(); }
  double zero_seconds() const { return static_cast<double>(reader_.zero()) * av_q2d(reader_.stream().time_base); }

 private:
  explicit KeyFrames(VideoReader reader) : reader_(std::move(reader)) {}
  VideoReader reader_;
  int threads_ = 1;
};

}  // namespace confer::media
