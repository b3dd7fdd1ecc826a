// Reads pictures, coded as they are.
#include "media/video_reader.h"
#include <algorithm>

namespace confer::media {

Result<VideoReader> VideoReader::open(const std::string& path) {
  VideoReader reader;
  reader.path_ = path;
  TRY_ASSIGN(reader.input_, open_input(path));
  AVFormatContext& input = *reader.input_;
  // Pictures without a time stamp of their own get the one that follows from their order.
  input.flags |= AVFMT_FLAG_GENPTS;
  reader.stream_ = -1;
  for (unsigned i = 0; i < input.nb_streams; ++i) {
    AVStream& stream = *input.streams[i];
    if (reader.stream_ < 0 && stream.codecpar->codec_type == AVMEDIA_TYPE_VIDEO && (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) == 0)
      reader.stream_ = static_cast<int>(i);
    else
      stream.discard = AVDISCARD_ALL;
  }
  if (reader.stream_ < 0) return fail(ErrorCode::invalid, "“" + path + "” has no picture.");
  const AVCodecParameters& codec = *reader.stream().codecpar;
  if (codec.width <= 0 || codec.height <= 0) return fail(ErrorCode::invalid, "“" + path + "” does not say how large its picture is.");
  if (codec.codec_id == AV_CODEC_ID_H264) reader.nal_codec_ = NalCodec::h264;
  if (codec.codec_id == AV_CODEC_ID_HEVC) reader.nal_codec_ = NalCodec::hevc;
  if (reader.nal_codec_ && codec.extradata_size > 0 && codec.extradata[0] == 1) {
    const char* const name = *reader.nal_codec_ == NalCodec::h264 ? "h264_mp4toannexb" : "hevc_mp4toannexb";
    AVBSFContext* filter = nullptr;
    if (av_bsf_alloc(av_bsf_get_by_name(name), &filter) < 0) return fail(ErrorCode::internal, "A filter is missing.", name);
    reader.filter_.reset(filter);
    avcodec_parameters_copy(filter->par_in, &codec);
    filter->time_base_in = reader.stream().time_base;
    if (const int started = av_bsf_init(filter); started < 0)
      return av_failure(ErrorCode::invalid, "The parameter sets of “" + path + "” cannot be read", started);
  }
  return reader;
}

std::int64_t VideoReader::zero() const {
  // Sound often begins some milliseconds before the picture, which nobody means who counts frames.
  const std::int64_t of_picture = stream().start_time;
  if (input_->start_time == AV_NOPTS_VALUE) return of_picture == AV_NOPTS_VALUE ? 0 : of_picture;
  const std::int64_t of_all = av_rescale_q(input_->start_time, AVRational{1, AV_TIME_BASE}, stream().time_base);
  return of_picture != AV_NOPTS_VALUE && static_cast<double>(of_picture - of_all) * av_q2d(stream().time_base) < 0.1 ? of_picture : of_all;
}

Result<Codec> VideoReader::decoder(int threads) const { return open_decoder(filter_ ? *filter_->par_out : *stream().codecpar, stream().time_base, threads); }

Result<void> VideoReader::seek(std::int64_t time) {
  if (filter_) av_bsf_flush(filter_.get());
  at_end_ = false;
  int moved = av_seek_frame(input_.get(), stream_, time, AVSEEK_FLAG_BACKWARD);
  if (moved < 0) moved = av_seek_frame(input_.get(), stream_, time, AVSEEK_FLAG_ANY);
  if (moved < 0) return av_failure(ErrorCode::unavailable, "The file cannot be wound", moved);
  return {};
}

Result<std::optional<std::int64_t>> VideoReader::wind_before(std::int64_t time) {
  const Packet packet = new_packet();
  // Containers lead to a picture that *looks* like a start, and some to none: a few steps back, and what follows tells.
  for (const double back : {0.0, 12.0, 60.0}) {
    const std::int64_t target = time - static_cast<std::int64_t>(back / av_q2d(stream().time_base));
    if (target <= zero() || !seek(target)) break;
    while (true) {
      TRY_ASSIGN(const bool is_there, read(*packet));
      const Coded coded = is_there ? describe(*packet) : Coded{};
      if (!is_there || coded.shown_at > time) break;
      if (!coded.is_start) continue;
      TRY(seek(target));
      return target;
    }
  }
  TRY_ASSIGN(*this, open(std::string(path_)));
  return std::nullopt;
}

Result<bool> VideoReader::read(AVPacket& packet) {
  av_packet_unref(&packet);
  while (true) {
    if (filter_) {
      const int filtered = av_bsf_receive_packet(filter_.get(), &packet);
      if (filtered == 0) return true;
      if (filtered == AVERROR_EOF) return false;
      if (filtered != AVERROR(EAGAIN)) return av_failure(ErrorCode::invalid, "A picture in the file is broken", filtered);
    }
    const int got = at_end_ ? AVERROR_EOF : av_read_frame(input_.get(), &packet);
    if (got < 0) {
      // What was cut off in the middle ends like any other file: the frames tell how much there is.
      damaged_ = damaged_ || got != AVERROR_EOF;
      if (!filter_ || at_end_) return false;
      at_end_ = true;
      av_bsf_send_packet(filter_.get(), nullptr);
      continue;
    }
    if (packet.stream_index != stream_ || packet.size == 0) {
      av_packet_unref(&packet);
      continue;
    }
    if ((packet.flags & AV_PKT_FLAG_CORRUPT) != 0) damaged_ = true;
    if (!filter_) return true;
    if (av_bsf_send_packet(filter_.get(), &packet) < 0) {
      damaged_ = true;
      av_packet_unref(&packet);
    }
  }
}

Coded VideoReader::describe(const AVPacket& packet) const {
  Coded out{packet.pts == AV_NOPTS_VALUE ? packet.dts : packet.pts, packet.duration, (packet.flags & AV_PKT_FLAG_KEY) != 0};
  if (nal_codec_) {
    const auto nals = split_nals({packet.data, static_cast<std::size_t>(packet.size)}, *nal_codec_);
    out.is_start = std::ranges::any_of(nals, [&](const Nal& nal) { return nal.is_start(*nal_codec_); });
  }
  return out;
}

}  // namespace confer::media
