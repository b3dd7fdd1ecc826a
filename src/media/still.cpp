// Draws, converts, and encodes one picture many times (still.h).
#include "media/still.h"
#include <algorithm>
#include <cmath>
#include <memory>
extern "C" {
#include <libavutil/pixdesc.h>
}

namespace confer::media {

namespace {

/// A camera's; else what a time stamp of a damaged file may claim.
constexpr double slowest_rate = 1, fastest_rate = 240;

AVRational usual_rate(const AVStream& stream) {
  for (const AVRational rate : {stream.avg_frame_rate, stream.r_frame_rate})
    if (rate.num > 0 && rate.den > 0 && av_q2d(rate) >= slowest_rate && av_q2d(rate) <= fastest_rate) return rate;
  return {25, 1};
}

/// By what colours become brightness and colour; what is not told is what players take it for.
int matrix_of(const AVCodecContext& encoder) {
  constexpr int high_definition = 720;
  switch (encoder.colorspace) {
    case AVCOL_SPC_BT709:
      return SWS_CS_ITU709;
    case AVCOL_SPC_BT2020_NCL:
    case AVCOL_SPC_BT2020_CL:
      return SWS_CS_BT2020;
    case AVCOL_SPC_SMPTE240M:
      return SWS_CS_SMPTE240M;
    case AVCOL_SPC_UNSPECIFIED:
      return encoder.height >= high_definition ? SWS_CS_ITU709 : SWS_CS_ITU601;
    default:
      return SWS_CS_ITU601;
  }
}

Result<void> give_coded(AVCodecContext& encoder, const Recoder::Sink& sink) {
  const Packet packet = new_packet();
  while (true) {
    const int got = avcodec_receive_packet(&encoder, packet.get());
    if (got == AVERROR(EAGAIN) || got == AVERROR_EOF) return {};
    if (got < 0) return av_failure(ErrorCode::internal, "A card could not be encoded", got);
    TRY(sink(*packet));
    av_packet_unref(packet.get());
  }
}

}  // namespace

Result<Frame> in_pixels_of(const AVCodecContext& encoder, const AVFrame& picture) {
  const std::unique_ptr<SwsContext, decltype(&sws_freeContext)> context(
      sws_getContext(picture.width, picture.height, static_cast<AVPixelFormat>(picture.format), picture.width, picture.height, encoder.pix_fmt,
                     SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INP | SWS_BITEXACT, nullptr, nullptr, nullptr),
      &sws_freeContext);
  Frame out = new_frame();
  if (context == nullptr) return fail(ErrorCode::invalid, "A card cannot be drawn in the recording’s pixels.");
  const bool is_full = encoder.color_range == AVCOL_RANGE_JPEG;
  sws_setColorspaceDetails(context.get(), sws_getCoefficients(SWS_CS_DEFAULT), 1, sws_getCoefficients(matrix_of(encoder)), is_full ? 1 : 0, 0, 1 << 16,
                           1 << 16);
  if (sws_scale_frame(context.get(), out.get(), &picture) < 0) return fail(ErrorCode::invalid, "A card cannot be drawn in the recording’s pixels.");
  out->color_range = encoder.color_range;
  out->colorspace = encoder.colorspace;
  out->sample_aspect_ratio = encoder.sample_aspect_ratio;
  return out;
}

Result<Still> plan_still(const CardWish& card, const AVStream& like, AVRational base) {
  if (!(card.seconds > 0 && card.seconds <= longest_card)) return fail(ErrorCode::invalid, "A card is shown for more than 0 and at most 60 seconds.");
  Still still;
  TRY_ASSIGN(still.picture, card_of_file(card.path, card.words, like.codecpar->width, like.codecpar->height, like.codecpar->sample_aspect_ratio));
  const AVRational lasts = av_inv_q(usual_rate(like));
  const std::int64_t count = std::max<std::int64_t>(1, std::llround(card.seconds / av_q2d(lasts)));
  Run run{Run::Means::encode, 0, 0, {}};
  for (std::int64_t i = 0; i < count; ++i) run.frames.push_back(av_rescale_q(i, lasts, base));
  still.plan.ends = av_rescale_q(count, lasts, base);
  still.plan.runs.push_back(std::move(run));
  return still;
}

Result<void> encode_still(Still& still, const Form& form, const Recoder::Sink& sink) {
  TRY_ASSIGN(const auto encoder, open_picture_encoder(form, false));
  TRY_ASSIGN(still.picture, in_pixels_of(*encoder, *still.picture));
  for (const auto shown_at : still.plan.runs.front().frames) {
    const Frame copy(av_frame_clone(still.picture.get()));
    ASSERT(copy != nullptr);
    copy->pts = shown_at;
    copy->pict_type = AV_PICTURE_TYPE_NONE;
    if (const int sent = avcodec_send_frame(encoder.get(), copy.get()); sent < 0) return av_failure(ErrorCode::internal, "A card could not be encoded", sent);
    TRY(give_coded(*encoder, sink));
  }
  avcodec_send_frame(encoder.get(), nullptr);
  return give_coded(*encoder, sink);
}

}  // namespace confer::media
