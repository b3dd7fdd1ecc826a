// Writes containers by FFmpeg's library; the file has its name only when it is whole and on disk.
#include "media/muxer.h"
#include <unistd.h>
#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <limits>
#include <memory>
extern "C" {
#include <libavutil/mem.h>
#include <libavutil/pixdesc.h>
}
#include "files/durable.h"

namespace confer::media {

namespace {

const char* format_of(const std::string& path) {
  const std::string ending = std::filesystem::path(path).extension().string();
  if (ending == ".mp4" || ending == ".m4v") return "mp4";
  if (ending == ".mov") return "mov";
  if (ending == ".mkv") return "matroska";
  if (ending == ".webm") return "webm";
  return nullptr;
}

}  // namespace

Muxer::Muxer(Muxer&& other) noexcept
    : part_(std::move(other.part_)),
      has_lengths_(other.has_lengths_),
      context_(std::exchange(other.context_, nullptr)),
      base_(other.base_),
      sound_(other.sound_),
      next_sound_(other.next_sound_),
      is_finished_(other.is_finished_) {}

Muxer::~Muxer() {
  if (context_ == nullptr) return;
  avio_closep(&context_->pb);
  avformat_free_context(context_);
  if (!is_finished_) unlink(part_.c_str());
}

Result<void> check_container(const std::string& path) {
  if (format_of(path) != nullptr) return {};
  return fail(ErrorCode::invalid, "“" + path + "” must end in .mp4, .m4v, .mov, .mkv or .webm.");
}

Result<Muxer> Muxer::open(const std::string& path, const AVStream& picture, AVRational base, const AVCodecParameters& coded,
                          const std::vector<std::uint8_t>& headers, const Sound* sound, const std::vector<Chapter>& chapters, double length) {
  const char* const format = format_of(path);
  ASSERT(format != nullptr);
  Muxer out;
  out.part_ = path + ".part";
  out.base_ = base;
  out.sound_ = sound;
  if (avformat_alloc_output_context2(&out.context_, nullptr, format, out.part_.c_str()) < 0)
    return fail(ErrorCode::internal, "The container is not known.", format);
  AVStream* video = avformat_new_stream(out.context_, nullptr);
  ASSERT(video != nullptr);
  avcodec_parameters_copy(video->codecpar, &coded);
  AVCodecParameters& parameters = *video->codecpar;
  // In MP4, HEVC whose parameter sets stand before the pictures is called hev1.
  parameters.codec_tag =
      coded.codec_id == AV_CODEC_ID_HEVC && (std::strcmp(format, "mp4") == 0 || std::strcmp(format, "mov") == 0) ? MKTAG('h', 'e', 'v', '1') : 0;
  std::vector<std::uint8_t> configuration = headers;
  if (coded.codec_id == AV_CODEC_ID_HEVC && !headers.empty()) {
    const AVPixFmtDescriptor* pixels = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(parameters.format));
    configuration = hevc_configuration(headers, 1, pixels == nullptr ? 8 : pixels->comp[0].depth);
    if (configuration.empty()) return fail(ErrorCode::invalid, "The recording's parameter sets cannot be read.");
    out.has_lengths_ = true;
  }
  if (!configuration.empty()) {
    av_freep(&parameters.extradata);
    parameters.extradata = static_cast<std::uint8_t*>(av_mallocz(configuration.size() + AV_INPUT_BUFFER_PADDING_SIZE));
    ASSERT(parameters.extradata != nullptr);
    std::memcpy(parameters.extradata, configuration.data(), configuration.size());
    parameters.extradata_size = static_cast<int>(configuration.size());
  }
  video->time_base = base;
  video->avg_frame_rate = picture.avg_frame_rate;
  video->sample_aspect_ratio = picture.sample_aspect_ratio;
  for (int i = 0; i < picture.nb_side_data; ++i) {
    const AVPacketSideData& from = picture.side_data[i];
    if (std::uint8_t* to = av_stream_new_side_data(video, from.type, from.size)) std::memcpy(to, from.data, from.size);
  }
  if (sound != nullptr) {
    AVStream* audio = avformat_new_stream(out.context_, nullptr);
    ASSERT(audio != nullptr);
    avcodec_parameters_copy(audio->codecpar, sound->parameters.get());
    audio->time_base = sound->time_base;
  }
  if (const int opened = avio_open(&out.context_->pb, ("file:" + out.part_).c_str(), AVIO_FLAG_WRITE); opened < 0)
    return av_failure(ErrorCode::invalid, "“" + path + "” cannot be written", opened);
  // MP4 plans a track for them when its header is written.
  out.set_chapters(chapters, length);
  AVDictionary* options = nullptr;
  av_dict_set(&options, "movflags", "+faststart", 0);
  const int begun = avformat_write_header(out.context_, &options);
  av_dict_free(&options);
  if (begun < 0) return av_failure(ErrorCode::invalid, std::string("A .") + format + " file does not take this picture or sound", begun);
  return out;
}

void Muxer::set_chapters(const std::vector<Chapter>& chapters, double length) {
  if (chapters.empty()) return;
  constexpr int per_second = 1000;
  context_->chapters = static_cast<AVChapter**>(av_calloc(chapters.size(), sizeof(AVChapter*)));
  ASSERT(context_->chapters != nullptr);
  for (std::size_t i = 0; i < chapters.size(); ++i) {
    auto* chapter = static_cast<AVChapter*>(av_mallocz(sizeof(AVChapter)));
    ASSERT(chapter != nullptr);
    const double ends = i + 1 < chapters.size() ? chapters[i + 1].at : std::max(length, chapters[i].at);
    chapter->id = static_cast<std::int64_t>(i) + 1;
    chapter->time_base = AVRational{1, per_second};
    chapter->start = std::llround(chapters[i].at * per_second);
    chapter->end = std::llround(ends * per_second);
    av_dict_set(&chapter->metadata, "title", chapters[i].title.c_str(), 0);
    context_->chapters[context_->nb_chapters++] = chapter;
  }
}

Result<void> Muxer::write(const AVPacket& packet, const Placed& placed) {
  TRY(write_sound(static_cast<double>(placed.decoded_at) * av_q2d(base_)));
  Packet copy(av_packet_clone(&packet));
  if (copy != nullptr && has_lengths_) {
    const auto bytes = with_lengths({packet.data, static_cast<std::size_t>(packet.size)}, NalCodec::hevc);
    copy = new_packet();
    if (av_new_packet(copy.get(), static_cast<int>(bytes.size())) < 0) return fail(ErrorCode::unavailable, "There is not enough memory.");
    std::memcpy(copy->data, bytes.data(), bytes.size());
    copy->flags = packet.flags;
  }
  if (copy == nullptr) return fail(ErrorCode::unavailable, "There is not enough memory.");
  // What is known of the recording stays said of the whole.
  if (context_->streams[0]->codecpar->extradata_size > 0 && av_packet_get_side_data(copy.get(), AV_PKT_DATA_NEW_EXTRADATA, nullptr) != nullptr)
    av_packet_free_side_data(copy.get());
  copy->stream_index = 0;
  copy->pts = placed.shown_at;
  copy->dts = placed.decoded_at;
  copy->duration = placed.lasts;
  copy->pos = -1;
  copy->flags &= ~AV_PKT_FLAG_DISCARD;
  av_packet_rescale_ts(copy.get(), base_, context_->streams[0]->time_base);
  return give(*copy);
}

Result<void> Muxer::give(AVPacket& packet) {
  if (const int written = av_interleaved_write_frame(context_, &packet); written < 0)
    return av_failure(written == AVERROR(ENOSPC) ? ErrorCode::unavailable : ErrorCode::internal, "The file could not be written", written);
  return {};
}

Result<void> Muxer::write_sound(double until_seconds) {
  if (sound_ == nullptr) return {};
  for (; next_sound_ < sound_->packets.size(); ++next_sound_) {
    const AVPacket& packet = *sound_->packets[next_sound_];
    if (static_cast<double>(packet.dts) * av_q2d(sound_->time_base) > until_seconds) return {};
    const Packet copy(av_packet_clone(&packet));
    if (copy == nullptr) return fail(ErrorCode::unavailable, "There is not enough memory.");
    copy->stream_index = 1;
    av_packet_rescale_ts(copy.get(), sound_->time_base, context_->streams[1]->time_base);
    TRY(give(*copy));
  }
  return {};
}

Result<void> Muxer::finish() {
  TRY(write_sound(std::numeric_limits<double>::infinity()));
  if (const int written = av_write_trailer(context_); written < 0) return av_failure(ErrorCode::unavailable, "The file could not be finished", written);
  if (const int closed = avio_closep(&context_->pb); closed < 0) return av_failure(ErrorCode::unavailable, "The file could not be finished", closed);
  TRY(files::sync_file(part_));
  is_finished_ = true;
  return {};
}

Result<void> write_sound(const std::string& path, const Sound& sound) {
  struct Free {
    void operator()(AVFormatContext* context) const {
      avio_closep(&context->pb);
      avformat_free_context(context);
    }
  };
  const std::string part = path + ".part";
  AVFormatContext* made = nullptr;
  if (avformat_alloc_output_context2(&made, nullptr, "ipod", part.c_str()) < 0) return fail(ErrorCode::internal, "The container is not known.", "ipod");
  const std::unique_ptr<AVFormatContext, Free> context(made);
  const auto write = [&]() -> Result<void> {
    AVStream* audio = avformat_new_stream(context.get(), nullptr);
    ASSERT(audio != nullptr);
    avcodec_parameters_copy(audio->codecpar, sound.parameters.get());
    audio->codecpar->codec_tag = 0;
    audio->time_base = sound.time_base;
    context->flags |= AVFMT_FLAG_BITEXACT;
    if (const int opened = avio_open(&context->pb, ("file:" + part).c_str(), AVIO_FLAG_WRITE); opened < 0)
      return av_failure(ErrorCode::unavailable, "“" + path + "” cannot be written", opened);
    if (const int begun = avformat_write_header(context.get(), nullptr); begun < 0)
      return av_failure(ErrorCode::internal, "The sound could not be written", begun);
    for (const auto& packet : sound.packets) {
      const Packet copy(av_packet_clone(packet.get()));
      if (copy == nullptr) return fail(ErrorCode::unavailable, "There is not enough memory.");
      copy->stream_index = 0;
      av_packet_rescale_ts(copy.get(), sound.time_base, audio->time_base);
      if (const int written = av_write_frame(context.get(), copy.get()); written < 0)
        return av_failure(ErrorCode::unavailable, "The sound could not be written", written);
    }
    if (const int written = av_write_trailer(context.get()); written < 0) return av_failure(ErrorCode::unavailable, "The sound could not be written", written);
    if (const int closed = avio_closep(&context->pb); closed < 0) return av_failure(ErrorCode::unavailable, "The sound could not be written", closed);
    TRY(files::sync_file(part));
    return files::move_durably(part, path);
  };
  auto done = write();
  if (!done) unlink(part.c_str());
  return done;
}

}  // namespace confer::media
