// Draws a plate over nothing, and blends it sample by sample (plate.h).
#include "media/plate.h"
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>
extern "C" {
#include <libavutil/pixdesc.h>
}
#include "media/still.h"

namespace confer::media {

namespace {

constexpr double fade = 1.0 / 3;  ///< seconds
constexpr int opaque = 255;
/// Strength is counted in these.
constexpr int whole_strength = 256;

/// `below` and `laid` count from `zero`: black of brightness, grey of colour. What is laid is weighted by its share already.
template <typename Sample>
void blend(AVFrame& frame, const AVFrame& laid, int plane, int width, int height, const std::vector<std::uint8_t>& share, int zero, int most, int strength) {
  for (int y = 0; y < height; ++y) {
    auto* below = reinterpret_cast<Sample*>(frame.data[plane] + static_cast<std::ptrdiff_t>(y) * frame.linesize[plane]);
    const auto* over = reinterpret_cast<const Sample*>(laid.data[plane] + static_cast<std::ptrdiff_t>(y) * laid.linesize[plane]);
    const std::uint8_t* hides = share.data() + static_cast<std::ptrdiff_t>(y) * width;
    for (int x = 0; x < width; ++x) {
      if (hides[x] == 0) continue;
      const int change = opaque * (over[x] - zero) - hides[x] * (below[x] - zero);
      const double by = static_cast<double>(change) * strength / (opaque * whole_strength);
      below[x] = static_cast<Sample>(std::clamp(static_cast<int>(std::lround(below[x] + by)), 0, most));
    }
  }
}

}  // namespace

double PlateWish::strength_at(double seconds) const {
  const double since = seconds - at, left = at + card.seconds - seconds;
  return std::clamp(std::min(since, left) / fade, 0.0, 1.0);
}

Result<Plate> Plate::draw(const PlateWish& wish, const AVStream& like, const AVCodecContext& encoder) {
  if (!(wish.card.seconds > 0 && wish.card.seconds <= longest_card))
    return fail(ErrorCode::invalid, "A name plate is shown for more than 0 and at most 60 seconds.");
  if (!(wish.at >= 0 && wish.at <= latest_plate)) return fail(ErrorCode::invalid, "A name plate is shown within the first hour.");
  const AVPixFmtDescriptor* format = av_pix_fmt_desc_get(encoder.pix_fmt);
  if (format == nullptr || format->nb_components != 3 || format->comp[0].plane != 0 || format->comp[1].plane != 1 || format->comp[2].plane != 2)
    return fail(ErrorCode::invalid, "Nothing can be laid over the recording’s pixels.");
  TRY_ASSIGN(const auto drawn,
             card_of_file(wish.card.path, wish.card.words, like.codecpar->width, like.codecpar->height, like.codecpar->sample_aspect_ratio, Ground::none));
  Plate out;
  out.depth_ = format->comp[0].depth;
  out.is_full_range_ = encoder.color_range == AVCOL_RANGE_JPEG || encoder.pix_fmt == AV_PIX_FMT_YUVJ420P;
  out.luma_ = {drawn->width, drawn->height, {}};
  out.chroma_ = {AV_CEIL_RSHIFT(drawn->width, format->log2_chroma_w), AV_CEIL_RSHIFT(drawn->height, format->log2_chroma_h), {}};
  const auto share = [&](int x, int y) { return drawn->data[0][static_cast<std::ptrdiff_t>(y) * drawn->linesize[0] + static_cast<std::ptrdiff_t>(x) * 4 + 3]; };
  for (int y = 0; y < drawn->height; ++y)
    for (int x = 0; x < drawn->width; ++x) out.luma_.share.push_back(share(x, y));
  const int wide = 1 << format->log2_chroma_w, high = 1 << format->log2_chroma_h;
  for (int y = 0; y < out.chroma_.height; ++y)
    for (int x = 0; x < out.chroma_.width; ++x) {
      int sum = 0, count = 0;
      for (int v = y * high; v < std::min((y + 1) * high, drawn->height); ++v)
        for (int u = x * wide; u < std::min((x + 1) * wide, drawn->width); ++u, ++count) sum += share(u, v);
      out.chroma_.share.push_back(static_cast<std::uint8_t>((sum + count / 2) / count));
    }
  // Cairo's colours are weighted by how much they hide: without that number they are the plate over black.
  drawn->format = AV_PIX_FMT_BGR0;
  TRY_ASSIGN(out.picture_, in_pixels_of(encoder, *drawn));
  return out;
}

bool Plate::lay_over(AVFrame& frame, double strength) const {
  const int by = static_cast<int>(std::lround(strength * whole_strength));
  if (frame.format != picture_->format || frame.width != picture_->width || frame.height != picture_->height) return false;
  if (by == 0) return true;
  if (av_frame_make_writable(&frame) < 0) return false;
  const int black = is_full_range_ ? 0 : 16 << (depth_ - 8), grey = 128 << (depth_ - 8), most = (1 << depth_) - 1;
  for (int plane = 0; plane < 3; ++plane) {
    const Mask& mask = plane == 0 ? luma_ : chroma_;
    const int zero = plane == 0 ? black : grey;
    if (depth_ > 8)
      blend<std::uint16_t>(frame, *picture_, plane, mask.width, mask.height, mask.share, zero, most, by);
    else
      blend<std::uint8_t>(frame, *picture_, plane, mask.width, mask.height, mask.share, zero, most, by);
  }
  return true;
}

}  // namespace confer::media
