// Encodes the frames of a run anew, so that they stand beside copied ones.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>
extern "C" {
#include <libswscale/swscale.h>
}
#include "media/av.h"
#include "media/plate.h"
#include "media/video_reader.h"

namespace confer::media {

/// `joint`: some frames beside copied ones, as good as these. `whole`: all of a video.
enum class Effort : unsigned char { joint, whole };

/// What encoded pictures are like: `like`'s codec, profile, level, size, format, colours.
struct Form {
  const AVStream& like;
  AVRational base;  ///< of what the encoder counts
  Effort effort = Effort::joint;
  unsigned parameter_set = 0;  ///< H.264's id for its own sets, so that both stand in one file
};

/// Errors: invalid – there is no encoder for this kind of picture, with the reason.
Result<Codec> open_picture_encoder(const Form& form, bool in_header);
/// Why pictures of this stream cannot be encoded so that they stand beside copied ones; empty when they can.
std::string why_not_joined(const AVStream& stream);

/// What is laid over frames before they are encoded.
struct Overlay {
  const Plate* plate = nullptr;
  std::function<double(std::int64_t)> strength;  ///< by when a frame is shown, in the reader's ticks
};

/// Decodes what it is fed with and encodes the frames that are wanted.
class Recoder {
 public:
  using Sink = std::function<Result<void>(AVPacket&)>;
  /// `frames`: when each is shown, rising, in the reader's ticks.
  static Result<Recoder> open(const VideoReader& reader, const Form& form, std::vector<std::int64_t> frames, int threads, Overlay overlay = {});
  /// `sink` gets coded pictures in the order of showing; their pts is when they are shown, in the reader's ticks.
  Result<void> feed(const AVPacket& packet, const Sink& sink);
  /// The rest. A wanted frame that could not be decoded is its neighbour once more.
  Result<void> finish(const Sink& sink);
  std::int64_t repeated() const { return repeated_; }

 private:
  Result<void> drain_decoder(const Sink& sink);
  Result<void> encode(const AVFrame& frame, std::int64_t shown_at, const Sink& sink);
  Result<void> drain_encoder(const Sink& sink);

  struct FreeConverter {
    void operator()(SwsContext* context) const { sws_freeContext(context); }
  };
  Codec decoder_, encoder_;
  Overlay overlay_;
  AVRational base_{1, 1};  ///< the reader's
  std::unique_ptr<SwsContext, FreeConverter> converter_;
  std::vector<std::int64_t> frames_;
  std::size_t next_ = 0;
  Frame last_ = nullptr;
  std::int64_t repeated_ = 0;
};

}  // namespace confer::media
