// Scales and encodes single pictures.
#include "media/scaling.h"
#include <algorithm>
#include <cmath>
#include <memory>
extern "C" {
#include <libavutil/imgutils.h>
#include <libswscale/swscale.h>
}

namespace confer::media {

Result<Frame> scaled(const AVFrame& frame, int width, int height, AVPixelFormat format) {
  const std::unique_ptr<SwsContext, decltype(&sws_freeContext)> context(
      sws_getContext(frame.width, frame.height, static_cast<AVPixelFormat>(frame.format), width, height, format, SWS_AREA | SWS_BITEXACT, nullptr, nullptr,
                     nullptr),
      &sws_freeContext);
  Frame out = new_frame();
  if (context == nullptr || sws_scale_frame(context.get(), out.get(), &frame) < 0)
    return fail(ErrorCode::invalid, "The pixels of a frame are stored in a way that cannot be read.");
  return out;
}

int height_for(const AVFrame& frame, int width) {
  const double pixel = frame.sample_aspect_ratio.num > 0 && frame.sample_aspect_ratio.den > 0 ? av_q2d(frame.sample_aspect_ratio) : 1;
  const double height = width * static_cast<double>(frame.height) / (std::max(1, frame.width) * pixel);
  return std::clamp(static_cast<int>(std::lround(height / 2)) * 2, 2, 8192);
}

Result<Frame> black(int width, int height) {
  Frame out = new_frame();
  out->width = width;
  out->height = height;
  out->format = jpeg_format;
  if (av_frame_get_buffer(out.get(), 0) < 0) return fail(ErrorCode::unavailable, "There is not enough memory for the picture.");
  for (int plane = 0; plane < 3; ++plane)
    std::fill_n(out->data[plane], static_cast<std::ptrdiff_t>(out->linesize[plane]) * (plane == 0 ? height : height / 2),
                static_cast<std::uint8_t>(plane == 0 ? 0 : 128));
  return out;
}

void paste(const AVFrame& small, AVFrame& into, int x, int y) {
  for (int plane = 0; plane < 3; ++plane) {
    const int half = plane == 0 ? 1 : 2;
    av_image_copy_plane(into.data[plane] + static_cast<std::ptrdiff_t>(y / half) * into.linesize[plane] + x / half, into.linesize[plane], small.data[plane],
                        small.linesize[plane], small.width / half, small.height / half);
  }
}

Result<std::string> to_jpeg(const AVFrame& frame, int quality) {
  const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_MJPEG);
  if (codec == nullptr) return fail(ErrorCode::unavailable, "The encoder for JPEG is not installed.");
  const Codec context(avcodec_alloc_context3(codec));
  ASSERT(context != nullptr);
  context->width = frame.width;
  context->height = frame.height;
  context->pix_fmt = jpeg_format;
  context->time_base = {1, 25};
  context->thread_count = 1;
  context->flags |= AV_CODEC_FLAG_QSCALE | AV_CODEC_FLAG_BITEXACT;
  context->global_quality = FF_QP2LAMBDA * quality;
  if (const int opened = avcodec_open2(context.get(), codec, nullptr); opened < 0)
    return av_failure(ErrorCode::internal, "The encoder for JPEG does not start", opened);
  const Frame copy(av_frame_clone(&frame));
  ASSERT(copy != nullptr);
  copy->pts = 0;
  copy->quality = context->global_quality;
  copy->pict_type = AV_PICTURE_TYPE_NONE;
  const Packet packet = new_packet();
  avcodec_send_frame(context.get(), copy.get());
  avcodec_send_frame(context.get(), nullptr);
  if (const int got = avcodec_receive_packet(context.get(), packet.get()); got < 0)
    return av_failure(ErrorCode::internal, "A picture could not be encoded", got);
  return std::string(reinterpret_cast<const char*>(packet->data), static_cast<std::size_t>(packet->size));
}

}  // namespace confer::media
