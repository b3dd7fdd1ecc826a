// Sound as two channels of 48 kHz, placed by its time stamps.
#pragma once
#include <functional>
#include <string>
#include <vector>
extern "C" {
#include <libswresample/swresample.h>
}
#include "media/av.h"

namespace confer::media {

class SoundReader {
 public:
  /// `left`, `right`: the next `count` samples. `is_there` false: silence, because the file has nothing there.
  using Sink = std::function<Result<void>(const float* left, const float* right, std::size_t count, bool is_there)>;
  /// Errors: not_found – the file has no such stream; invalid – there is no decoder.
  static Result<SoundReader> open(const std::string& path, int nth);
  bool is_mono() const { return decoder_->ch_layout.nb_channels == 1; }
  /// `count` samples from a time on (seconds on the clock of the time stamps), to the sample; silence where there is no sound.
  Result<void> read(double from, std::size_t count, const Sink& sink);
  static Result<void> silence(std::size_t count, const Sink& sink);

 private:
  Result<void> take(const AVFrame& frame);

  struct FreeResampler {
    void operator()(SwrContext* context) const { swr_free(&context); }
  };
  Input input_;
  int stream_ = 0;
  Codec decoder_;
  std::unique_ptr<SwrContext, FreeResampler> resampler_;
  int in_rate_ = 0, in_format_ = -1, in_channels_ = 0;
  std::vector<float> left_, right_;   ///< of the frame at hand
  double begins_ = 0, expected_ = 0;  ///< seconds: where that frame's sound belongs; where the last one ended
  bool has_expected_ = false;
};

}  // namespace confer::media
