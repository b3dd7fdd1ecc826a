// Feeds a decoder with key frames alone.
#include "media/key_frames.h"
#include <algorithm>
#include <cstdlib>
#include <optional>
#include "media/scaling.h"

namespace confer::media {

namespace {

/// Values (of 255) that a pixel differs by when the picture there is another one: more than a codec's noise.
constexpr int other_pixel = 16;

}  // namespace

Result<Gray> shrink(const AVFrame& frame, int width, int height) {
  TRY_ASSIGN(const Frame small, scaled(frame, width, height, AV_PIX_FMT_GRAY8));
  Gray out{width, height, {}};
  for (int y = 0; y < height; ++y) {
    const std::uint8_t* line = small->data[0] + static_cast<std::ptrdiff_t>(y) * small->linesize[0];
    out.pixels.insert(out.pixels.end(), line, line + width);
  }
  return out;
}

double difference(const Gray& one, const Gray& other) {
  ASSERT(one.pixels.size() == other.pixels.size() && !one.pixels.empty());
  std::size_t count = 0;
  for (std::size_t i = 0; i < one.pixels.size(); ++i) count += std::abs(one.pixels[i] - other.pixels[i]) > other_pixel ? 1 : 0;
  return static_cast<double>(count) / static_cast<double>(one.pixels.size());
}

Result<KeyFrames> KeyFrames::open(const std::string& path, int threads) {
  TRY_ASSIGN(auto reader, VideoReader::open(path));
  KeyFrames out(std::move(reader));
  out.threads_ = threads;
  return out;
}

Result<void> KeyFrames::each(Piece whole, double apart, const Sink& sink) {
  const double tick = av_q2d(reader_.stream().time_base);
  const auto time = [&](std::int64_t shown_at) { return static_cast<double>(shown_at - reader_.zero()) * tick; };
  if (whole.from > 0) TRY(reader_.wind_before(reader_.zero() + static_cast<std::int64_t>(whole.from / tick)));
  TRY_ASSIGN(const auto decoder, reader_.decoder(threads_));
  decoder->skip_frame = AVDISCARD_NONKEY;
  // No waiting for pictures that would be shown earlier: there are none.
  decoder->flags |= AV_CODEC_FLAG_LOW_DELAY;
  const Packet packet = new_packet();
  const Frame frame = new_frame();
  std::optional<double> last;
  const auto drain = [&]() -> Result<void> {
    while (avcodec_receive_frame(decoder.get(), frame.get()) == 0)
      if (frame->best_effort_timestamp != AV_NOPTS_VALUE && frame->width > 0) TRY(sink(*frame, time(frame->best_effort_timestamp)));
    return {};
  };
  while (true) {
    TRY_ASSIGN(const bool is_there, reader_.read(*packet));
    if (!is_there) break;
    if ((packet->flags & AV_PKT_FLAG_KEY) == 0 || packet->pts == AV_NOPTS_VALUE) continue;
    const double at = time(packet->pts);
    if (at >= whole.to) break;
    if (last && at - *last < apart) continue;
    last = at;
    if (avcodec_send_packet(decoder.get(), packet.get()) == AVERROR(EAGAIN)) {
      TRY(drain());
      avcodec_send_packet(decoder.get(), packet.get());
    }
    TRY(drain());
  }
  avcodec_send_packet(decoder.get(), nullptr);
  return drain();
}

}  // namespace confer::media
