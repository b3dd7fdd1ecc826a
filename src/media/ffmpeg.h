// The ffmpeg program and its ffprobe, started with limits: what they may read and write is named each time, and their word is not taken for the result.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>
#include "base/result.h"
#include "media/chunks.h"

namespace confer::media {

using Stopping = std::function<bool()>;

/// One call. `words` are what stands behind the options that every call has; file names among them begin with "file:".
struct FfmpegCall {
  std::vector<std::string> words;
  std::vector<std::string> reads, writes;  ///< as media::Limits has them
  double media_seconds = 0;                ///< of what is worked on; time limits grow with it
  std::function<void(double seconds, std::int64_t pictures)> on_progress;
};
/// What a call came to.
struct FfmpegEnded {
  double seconds = 0;
  std::int64_t pictures = 0;
  double cpu_seconds = 0;
  std::string complaints;  ///< what it said of errors while it went on
};
/// Errors: unavailable – it is not installed, was stopped, or took too much; internal – it failed, with its last words.
Result<FfmpegEnded> run_ffmpeg(const FfmpegCall& call, const Stopping& stopping);
/// "ffmpeg version 5.1.9-0+deb12u1 …": of the program that would run. Errors: unavailable.
Result<std::string> ffmpeg_version();

/// The packets of one stream (of sound too), in order of showing. Discarded ones (outside of an edit list) are not among them.
struct Listing {
  std::vector<Picture> pictures;
  std::int64_t file_starts_us = 0;  ///< the file's first time stamp, which seeking counts from
  std::int64_t ends_us = 0;         ///< when the last packet ends, where its length is known
  int time_base_num = 1, time_base_den = 1000;
  std::string codec;  ///< "h264"
  int width = 0, height = 0;
  double frame_rate = 0;  ///< average; 0: not known
  double length() const { return pictures.empty() ? 0 : static_cast<double>(ends_us - pictures.front().at_us) / 1e6; }
};
/// `stream`: "V:0" (the first picture that is no cover), "a:0". Empty when the file has none. Errors: invalid – not media.
Result<Listing> list_packets(const std::string& path, const std::string& stream, const Stopping& stopping);

}  // namespace confer::media
