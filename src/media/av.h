// FFmpeg's libraries, as far as we hold what they hand out: owners that free, errors as values.
#pragma once
extern "C" {
#include <libavcodec/avcodec.h>
#include <libavcodec/bsf.h>
#include <libavformat/avformat.h>
#include <libavutil/frame.h>
}
#include <memory>
#include <string>
#include "base/result.h"

namespace confer::media {

struct FreePacket {
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
};
struct FreeFrame {
  void operator()(AVFrame* frame) const { av_frame_free(&frame); }
};
struct FreeCodec {
  void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }
};
struct FreeParameters {
  void operator()(AVCodecParameters* parameters) const { avcodec_parameters_free(&parameters); }
};
struct CloseInput {
  void operator()(AVFormatContext* context) const { avformat_close_input(&context); }
};
using Packet = std::unique_ptr<AVPacket, FreePacket>;
using Frame = std::unique_ptr<AVFrame, FreeFrame>;
using Codec = std::unique_ptr<AVCodecContext, FreeCodec>;
using Parameters = std::unique_ptr<AVCodecParameters, FreeParameters>;
using Input = std::unique_ptr<AVFormatContext, CloseInput>;

Packet new_packet();
Frame new_frame();
Parameters new_parameters();

/// "Invalid data found when processing input".
std::string av_reason(int code);
/// `message` for the person, FFmpeg's reason behind it.
std::unexpected<Error> av_failure(ErrorCode code, const std::string& message, int av_code);

/// Opens a local file (no address, nothing it refers to) and finds its streams. Errors: not_found; invalid – it is not media.
Result<Input> open_input(const std::string& path);

/// From its first time stamp to its end, in seconds on its clock. Errors: as above; invalid – it does not say how long it is.
struct Extent {
  double from = 0, to = 0;
};
Result<Extent> extent_of(const std::string& path);

/// `base`: of the packets it will get. `threads` 1 or more.
Result<Codec> open_decoder(const AVCodecParameters& parameters, AVRational base, int threads);

}  // namespace confer::media
