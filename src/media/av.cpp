// Opens files and decoders of FFmpeg's libraries.
#include "media/av.h"
#include <unistd.h>
#include <array>
#include <filesystem>
extern "C" {
#include <libavutil/dict.h>
#include <libavutil/log.h>
}

namespace confer::media {

Packet new_packet() {
  Packet packet(av_packet_alloc());
  ASSERT(packet != nullptr);
  return packet;
}

Frame new_frame() {
  Frame frame(av_frame_alloc());
  ASSERT(frame != nullptr);
  return frame;
}

Parameters new_parameters() {
  Parameters parameters(avcodec_parameters_alloc());
  ASSERT(parameters != nullptr);
  return parameters;
}

std::string av_reason(int code) {
  std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
  av_strerror(code, text.data(), text.size());
  return text.data();
}

std::unexpected<Error> av_failure(ErrorCode code, const std::string& message, int av_code) { return fail(code, message + " (" + av_reason(av_code) + ")"); }

Result<Input> open_input(const std::string& path) {
  av_log_set_level(AV_LOG_QUIET);  // what is wrong is told in a sentence of ours
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return fail(ErrorCode::not_found, "There is no file “" + path + "”.");
  AVDictionary* options = nullptr;
  // A playlist or a reference inside of a file must lead nowhere else.
  av_dict_set(&options, "protocol_whitelist", "file", 0);
  av_dict_set(&options, "format_whitelist", "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mpegts,mpeg,avi,flv,ogg,wav,mp3,aac,flac,mxf,asf", 0);
  AVFormatContext* context = nullptr;
  const int opened = avformat_open_input(&context, ("file:" + path).c_str(), nullptr, &options);
  av_dict_free(&options);
  if (opened < 0) return av_failure(ErrorCode::invalid, "“" + path + "” cannot be read as a recording", opened);
  Input input(context);
  if (input->nb_streams > 64) return fail(ErrorCode::invalid, "“" + path + "” has more than 64 streams.");
  if (const int found = avformat_find_stream_info(context, nullptr); found < 0)
    return av_failure(ErrorCode::invalid, "“" + path + "” has no streams that can be read", found);
  return input;
}

Result<Extent> extent_of(const std::string& path) {
  TRY_ASSIGN(const Input input, open_input(path));
  if (input->duration == AV_NOPTS_VALUE || input->duration <= 0) return fail(ErrorCode::invalid, "“" + path + "” does not say how long it is.");
  const double from = input->start_time == AV_NOPTS_VALUE ? 0 : static_cast<double>(input->start_time) / AV_TIME_BASE;
  return Extent{from, from + static_cast<double>(input->duration) / AV_TIME_BASE};
}

Result<Codec> open_decoder(const AVCodecParameters& parameters, AVRational base, int threads) {
  const AVCodec* codec = avcodec_find_decoder(parameters.codec_id);
  if (codec == nullptr) return fail(ErrorCode::invalid, std::string("There is no decoder for ") + avcodec_get_name(parameters.codec_id) + ".");
  Codec context(avcodec_alloc_context3(codec));
  if (context == nullptr || avcodec_parameters_to_context(context.get(), &parameters) < 0)
    return fail(ErrorCode::internal, "The decoder could not be set up.", codec->name);
  context->pkt_timebase = base;
  context->thread_count = threads;
  // A picture larger than any camera's is an attack on the memory.
  context->max_pixels = std::int64_t{8192} * 8192;
  if (const int opened = avcodec_open2(context.get(), codec, nullptr); opened < 0)
    return av_failure(ErrorCode::invalid, std::string("The decoder for ") + codec->name + " does not start", opened);
  return context;
}

}  // namespace confer::media
