// Opens encoders that match a stream, and runs decoder and encoder one behind the other.
#include "media/recode.h"
#include <algorithm>
extern "C" {
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
}

namespace confer::media {

namespace {

const char* h264_profile(int profile) {
  switch (profile & ~(FF_PROFILE_H264_CONSTRAINED | FF_PROFILE_H264_INTRA)) {
    case FF_PROFILE_H264_BASELINE:
      return "baseline";
    case FF_PROFILE_H264_MAIN:
      return "main";
    case FF_PROFILE_H264_HIGH_10:
      return "high10";
    case FF_PROFILE_H264_HIGH_422:
      return "high422";
    case FF_PROFILE_H264_HIGH_444_PREDICTIVE:
      return "high444";
    default:
      return "high";
  }
}

const char* encoder_name(AVCodecID id, Effort effort) {
  switch (id) {
    case AV_CODEC_ID_H264:
      return "libx264";
    case AV_CODEC_ID_HEVC:
      return "libx265";
    case AV_CODEC_ID_VP9:
      return "libvpx-vp9";
    case AV_CODEC_ID_AV1:
      return effort == Effort::joint ? "libaom-av1" : "libsvtav1";
    default:
      return nullptr;
  }
}

/// Frames: more than most joints have, and few enough for players to find a beginning where a whole file is encoded like another.
constexpr int joint_group = 250;

void set(AVCodecContext& context, const char* name, const std::string& value) { av_opt_set(context.priv_data, name, value.c_str(), 0); }

void set_options(AVCodecContext& context, AVCodecID codec, int profile, Effort effort, unsigned parameter_set) {
  const bool joint = effort == Effort::joint;
  switch (codec) {
    case AV_CODEC_ID_H264: {
      set(context, "preset", "veryfast");
      set(context, "crf", joint ? "11" : "20");
      set(context, "profile", joint ? h264_profile(profile) : "high");
      std::string params = "sps-id=" + std::to_string(parameter_set) + ":bframes=0:scenecut=0";
      if (joint) params += ":ref=1";
      set(context, "x264-params", params);
      break;
    }
    case AV_CODEC_ID_HEVC:
      set(context, "preset", "veryfast");
      set(context, "crf", joint ? "14" : "22");
      set(context, "x265-params",
          "bframes=0:open-gop=0:repeat-headers=1:log-level=none:scenecut=0" + std::string(joint ? ":keyint=" + std::to_string(joint_group) : ""));
      break;
    case AV_CODEC_ID_VP9:
      set(context, "crf", joint ? "12" : "30");
      set(context, "deadline", "realtime");
      set(context, "cpu-used", "5");
      set(context, "lag-in-frames", "0");
      set(context, "row-mt", "1");
      break;
    case AV_CODEC_ID_AV1:
      set(context, "crf", joint ? "8" : "32");
      if (joint) {
        set(context, "usage", "realtime");
        set(context, "cpu-used", "6");
        set(context, "lag-in-frames", "0");
      } else {
        set(context, "preset", "10");
      }
      break;
    default:
      break;
  }
}

}  // namespace

std::string why_not_joined(const AVStream& stream) {
  const AVCodecParameters& codec = *stream.codecpar;
  const std::string name = avcodec_get_name(codec.codec_id);
  if (encoder_name(codec.codec_id, Effort::joint) == nullptr) return "Pictures of the codec " + name + " cannot be encoded here.";
  if (codec.field_order != AV_FIELD_UNKNOWN && codec.field_order != AV_FIELD_PROGRESSIVE) return "The picture is interlaced.";
  const AVPixFmtDescriptor* format = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(codec.format));
  if (format == nullptr) return "The file does not say how its pixels are stored.";
  const bool is_plain = format->nb_components == 3 && (format->flags & AV_PIX_FMT_FLAG_RGB) == 0 && format->log2_chroma_w == 1 && format->log2_chroma_h == 1;
  if (!is_plain || (format->comp[0].depth != 8 && codec.codec_id != AV_CODEC_ID_HEVC && codec.codec_id != AV_CODEC_ID_AV1))
    return std::string("Pixels are stored as ") + format->name + ", which players take in one piece only.";
  return "";
}

Result<Codec> open_picture_encoder(const Form& form, bool in_header) {
  const AVStream& like = form.like;
  const Effort effort = form.effort;
  const AVCodecParameters& from = *like.codecpar;
  const char* const name = encoder_name(from.codec_id, effort);
  const AVCodec* codec = avcodec_find_encoder_by_name(name == nullptr ? encoder_name(AV_CODEC_ID_H264, effort) : name);
  if (codec == nullptr) return fail(ErrorCode::unavailable, "An encoder is not installed.", name == nullptr ? "" : name);
  Codec context(avcodec_alloc_context3(codec));
  ASSERT(context != nullptr);
  context->width = from.width;
  context->height = from.height;
  context->sample_aspect_ratio = from.sample_aspect_ratio;
  // What is encoded in full is made such that every player takes it.
  context->pix_fmt = effort == Effort::whole ? AV_PIX_FMT_YUV420P : static_cast<AVPixelFormat>(from.format);
  context->color_range = from.color_range;
  context->color_primaries = from.color_primaries;
  context->color_trc = from.color_trc;
  context->colorspace = from.color_space;
  context->chroma_sample_location = from.chroma_location;
  context->time_base = form.base;
  context->framerate = like.avg_frame_rate;
  context->max_b_frames = 0;
  context->bit_rate = 0;
  const int rate = std::max(1, static_cast<int>(av_q2d(like.avg_frame_rate) + 0.5));
  context->gop_size = effort == Effort::joint ? joint_group : 2 * rate;
  if (from.codec_id == AV_CODEC_ID_H264 && from.level > 0 && effort == Effort::joint) context->level = from.level;
  // libaom tells its sequence header beside its first packet, and only so: Matroska takes no picture without it.
  if (in_header || codec->id == AV_CODEC_ID_AV1) context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  if (effort == Effort::whole && from.field_order != AV_FIELD_UNKNOWN && from.field_order != AV_FIELD_PROGRESSIVE) {
    context->flags |= AV_CODEC_FLAG_INTERLACED_DCT | AV_CODEC_FLAG_INTERLACED_ME;
    context->field_order = from.field_order;
  }
  set_options(*context, codec->id, from.profile, effort, form.parameter_set);
  if (const int opened = avcodec_open2(context.get(), codec, nullptr); opened < 0)
    return av_failure(ErrorCode::invalid, std::string("Pictures like these cannot be encoded by ") + codec->name, opened);
  return context;
}

Result<Recoder> Recoder::open(const VideoReader& reader, const Form& form, std::vector<std::int64_t> frames, int threads, Overlay overlay) {
  Recoder out;
  TRY_ASSIGN(out.decoder_, reader.decoder(threads));
  TRY_ASSIGN(out.encoder_, open_picture_encoder(form, false));
  out.base_ = reader.stream().time_base;
  out.frames_ = std::move(frames);
  out.overlay_ = std::move(overlay);
  return out;
}

Result<void> Recoder::feed(const AVPacket& packet, const Sink& sink) {
  // A packet that cannot be decoded leaves a hole, which `drain_decoder` fills.
  if (avcodec_send_packet(decoder_.get(), &packet) == AVERROR(EAGAIN)) {
    TRY(drain_decoder(sink));
    avcodec_send_packet(decoder_.get(), &packet);
  }
  return drain_decoder(sink);
}

Result<void> Recoder::drain_decoder(const Sink& sink) {
  Frame frame = new_frame();
  while (true) {
    const int got = avcodec_receive_frame(decoder_.get(), frame.get());
    if (got == AVERROR(EAGAIN) || got == AVERROR_EOF) return {};
    if (got < 0) continue;  // the next call tells of the next frame
    const std::int64_t shown_at = frame->best_effort_timestamp;
    if (frame->width != encoder_->width || frame->height != encoder_->height || (last_ != nullptr && frame->format != last_->format))
      return fail(ErrorCode::invalid, "The picture changes its size or format within the two times: cut the file there first.");
    while (next_ < frames_.size() && frames_[next_] < shown_at) {
      ++repeated_;
      TRY(encode(last_ != nullptr ? *last_ : *frame, frames_[next_], sink));
    }
    if (next_ < frames_.size() && frames_[next_] == shown_at) TRY(encode(*frame, shown_at, sink));
    if (last_ == nullptr) last_ = new_frame();
    av_frame_unref(last_.get());
    av_frame_move_ref(last_.get(), frame.get());
  }
}

Result<void> Recoder::encode(const AVFrame& frame, std::int64_t shown_at, const Sink& sink) {
  Frame copy(av_frame_clone(&frame));
  ASSERT(copy != nullptr);
  if (frame.format != encoder_->pix_fmt) {
    converter_.reset(sws_getCachedContext(converter_.release(), frame.width, frame.height, static_cast<AVPixelFormat>(frame.format), frame.width, frame.height,
                                          encoder_->pix_fmt, SWS_BICUBIC, nullptr, nullptr, nullptr));
    copy = new_frame();
    if (converter_ == nullptr || sws_scale_frame(converter_.get(), copy.get(), &frame) < 0)
      return fail(ErrorCode::invalid, "The pixels of a frame are stored in a way that cannot be read.");
  }
  if (overlay_.plate != nullptr && !overlay_.plate->lay_over(*copy, overlay_.strength(shown_at)))
    return fail(ErrorCode::invalid, "A name plate cannot be laid over the recording’s pixels.");
  copy->pts = av_rescale_q(shown_at, base_, encoder_->time_base);
  copy->pict_type = AV_PICTURE_TYPE_NONE;
  ++next_;
  if (const int sent = avcodec_send_frame(encoder_.get(), copy.get()); sent < 0) return av_failure(ErrorCode::internal, "A frame could not be encoded", sent);
  return drain_encoder(sink);
}

Result<void> Recoder::drain_encoder(const Sink& sink) {
  const Packet packet = new_packet();
  while (true) {
    const int got = avcodec_receive_packet(encoder_.get(), packet.get());
    if (got == AVERROR(EAGAIN) || got == AVERROR_EOF) return {};
    if (got < 0) return av_failure(ErrorCode::internal, "A frame could not be encoded", got);
    packet->pts = av_rescale_q(packet->pts, encoder_->time_base, base_);
    TRY(sink(*packet));
    av_packet_unref(packet.get());
  }
}

Result<void> Recoder::finish(const Sink& sink) {
  avcodec_send_packet(decoder_.get(), nullptr);
  TRY(drain_decoder(sink));
  if (last_ == nullptr) return fail(ErrorCode::invalid, "None of the pictures around a cut can be decoded.");
  while (next_ < frames_.size()) {
    ++repeated_;
    TRY(encode(*last_, frames_[next_], sink));
  }
  avcodec_send_frame(encoder_.get(), nullptr);
  return drain_encoder(sink);
}

}  // namespace confer::media
