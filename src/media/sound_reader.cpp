// Decodes sound and puts it where its time stamps say.
#include "media/sound_reader.h"
#include <algorithm>
#include <array>
#include <cmath>
extern "C" {
#include <libavutil/channel_layout.h>
}
#include "media/limiter.h"

namespace confer::media {

namespace {

/// Time stamps jitter by less; what is more is a hole or an overlap.
constexpr double jitter_seconds = 0.02;
/// Codecs need some packets before they decode right.
constexpr double run_up_seconds = 0.25;

}  // namespace

Result<SoundReader> SoundReader::open(const std::string& path, int nth) {
  SoundReader out;
  TRY_ASSIGN(out.input_, open_input(path));
  out.stream_ = -1;
  for (unsigned i = 0; i < out.input_->nb_streams; ++i) {
    AVStream& stream = *out.input_->streams[i];
    if (stream.codecpar->codec_type == AVMEDIA_TYPE_AUDIO && nth-- == 0)
      out.stream_ = static_cast<int>(i);
    else
      stream.discard = AVDISCARD_ALL;
  }
  if (out.stream_ < 0) return fail(ErrorCode::not_found, "The file has no such sound.");
  const AVStream& stream = *out.input_->streams[out.stream_];
  TRY_ASSIGN(out.decoder_, open_decoder(*stream.codecpar, stream.time_base, 1));
  return out;
}

Result<void> SoundReader::take(const AVFrame& frame) {
  if (resampler_ == nullptr || frame.sample_rate != in_rate_ || frame.format != in_format_ || frame.ch_layout.nb_channels != in_channels_) {
    SwrContext* context = nullptr;
    AVChannelLayout stereo = AV_CHANNEL_LAYOUT_STEREO;
    AVChannelLayout from = frame.ch_layout;
    if (from.order == AV_CHANNEL_ORDER_UNSPEC) av_channel_layout_default(&from, frame.ch_layout.nb_channels);
    if (swr_alloc_set_opts2(&context, &stereo, AV_SAMPLE_FMT_FLTP, sound_rate, &from, static_cast<AVSampleFormat>(frame.format), frame.sample_rate, 0,
                            nullptr) < 0)
      return fail(ErrorCode::invalid, "The sound's channels cannot be read.");
    resampler_.reset(context);
    // One channel is heard on both sides as loud as it is.
    if (frame.ch_layout.nb_channels == 1) {
      const std::array<double, 2> weights{1, 1};
      swr_set_matrix(context, weights.data(), 1);
    }
    if (const int started = swr_init(context); started < 0) return av_failure(ErrorCode::invalid, "The sound cannot be brought to 48 kHz", started);
    in_rate_ = frame.sample_rate;
    in_format_ = frame.format;
    in_channels_ = frame.ch_layout.nb_channels;
  }
  const double delay = static_cast<double>(swr_get_delay(resampler_.get(), 1000000)) / 1e6;
  const int room = swr_get_out_samples(resampler_.get(), frame.nb_samples);
  left_.resize(static_cast<std::size_t>(std::max(room, 0)));
  right_.resize(left_.size());
  std::array<std::uint8_t*, 2> out{reinterpret_cast<std::uint8_t*>(left_.data()), reinterpret_cast<std::uint8_t*>(right_.data())};
  const int got = swr_convert(resampler_.get(), out.data(), room, const_cast<const std::uint8_t**>(frame.extended_data),
                              frame.nb_samples);  // NOLINT: FFmpeg reads it, and its C has no const there
  if (got < 0) return av_failure(ErrorCode::invalid, "The sound cannot be brought to 48 kHz", got);
  left_.resize(static_cast<std::size_t>(got));
  right_.resize(left_.size());
  const AVRational base = input_->streams[stream_]->time_base;
  const double told = frame.best_effort_timestamp == AV_NOPTS_VALUE ? expected_ : static_cast<double>(frame.best_effort_timestamp) * av_q2d(base) - delay;
  begins_ = has_expected_ && std::fabs(told - expected_) < jitter_seconds ? expected_ : told;
  expected_ = begins_ + static_cast<double>(got) / sound_rate;
  has_expected_ = true;
  return {};
}

Result<void> SoundReader::silence(std::size_t count, const Sink& sink) {
  static const std::vector<float> nothing(4096, 0);
  for (; count > 0; count -= std::min(count, nothing.size())) TRY(sink(nothing.data(), nothing.data(), std::min(count, nothing.size()), false));
  return {};
}

Result<void> SoundReader::read(double from, std::size_t count, const Sink& sink) {
  const AVStream& stream = *input_->streams[stream_];
  const auto target = static_cast<std::int64_t>((from - run_up_seconds) / av_q2d(stream.time_base));
  if (av_seek_frame(input_.get(), stream_, target, AVSEEK_FLAG_BACKWARD) < 0) av_seek_frame(input_.get(), stream_, target, AVSEEK_FLAG_ANY);
  avcodec_flush_buffers(decoder_.get());
  resampler_.reset();
  has_expected_ = false;
  std::size_t given = 0;
  const Packet packet = new_packet();
  const Frame frame = new_frame();
  bool is_over = false;
  while (given < count) {
    const int got = avcodec_receive_frame(decoder_.get(), frame.get());
    if (got == 0) {
      TRY(take(*frame));
      // How many samples of the stretch lie before this frame's.
      const auto place = static_cast<std::int64_t>(std::llround((begins_ - from) * sound_rate));
      const std::int64_t end = place + static_cast<std::int64_t>(left_.size());
      if (end <= static_cast<std::int64_t>(given)) continue;
      if (place > static_cast<std::int64_t>(given)) {
        const std::size_t hole = std::min(count - given, static_cast<std::size_t>(place) - given);
        TRY(silence(hole, sink));
        given += hole;
      }
      if (given >= count) break;
      const auto skip = static_cast<std::size_t>(static_cast<std::int64_t>(given) - place);
      const std::size_t some = std::min(count - given, left_.size() - skip);
      TRY(sink(left_.data() + skip, right_.data() + skip, some, true));
      given += some;
      continue;
    }
    if (got == AVERROR_EOF || is_over) break;
    if (av_read_frame(input_.get(), packet.get()) < 0) {
      is_over = avcodec_send_packet(decoder_.get(), nullptr) < 0;  // what the decoder still holds comes next, then its end
      continue;
    }
    if (packet->stream_index == stream_) avcodec_send_packet(decoder_.get(), packet.get());
    av_packet_unref(packet.get());
  }
  return silence(count - given, sink);
}

}  // namespace confer::media
