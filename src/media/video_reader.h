// The packets of a file's picture, in the order of the file, with start codes where the codec has them.
#pragma once
#include <optional>
#include <string>
#include <vector>
#include "media/av.h"
#include "media/nal.h"
#include "media/plan.h"

namespace confer::media {

struct FreeFilter {
  void operator()(AVBSFContext* context) const { av_bsf_free(&context); }
};

class VideoReader {
 public:
  /// The first stream with moving pictures. Errors: invalid – there is none, or its codec is not one that is known here.
  static Result<VideoReader> open(const std::string& path);
  /// To a packet at or before this time, if the container finds one; the next `read` goes on there. Errors: unavailable.
  Result<void> seek(std::int64_t time);
  /// So that what is read next begins at or before a start that is shown at or before `time`; where the container finds none, with the file's beginning. What
  /// it was wound to (empty: the beginning), for winding another reader of the same file.
  Result<std::optional<std::int64_t>> wind_before(std::int64_t time);
  /// False at the end. Errors: invalid – the file is broken there.
  Result<bool> read(AVPacket& packet);
  /// What the plan needs of a packet.
  Coded describe(const AVPacket& packet) const;

  const AVStream& stream() const { return *input_->streams[stream_]; }
  /// The file's zero: when its first frame is shown, or when its sound begins, where that is more than a tenth of a second earlier. In this stream's time base.
  std::int64_t zero() const;
  /// A decoder of the packets that `read` gives.
  Result<Codec> decoder(int threads) const;
  /// Null for codecs without NAL units.
  const NalCodec* nal_codec() const { return nal_codec_ ? &*nal_codec_ : nullptr; }
  bool has_damage() const { return damaged_; }

 private:
  std::string path_;
  Input input_;
  int stream_ = 0;
  std::optional<NalCodec> nal_codec_;
  std::unique_ptr<AVBSFContext, FreeFilter> filter_;
  bool at_end_ = false, damaged_ = false;
};

}  // namespace confer::media
