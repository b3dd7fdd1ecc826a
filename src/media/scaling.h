// Pictures in another size or with other pixels, and as JPEG.
#pragma once
#include <string>
#include "media/av.h"

namespace confer::media {

/// The same picture, scaled by areas. Errors: invalid – its pixels cannot be read.
Result<Frame> scaled(const AVFrame& frame, int width, int height, AVPixelFormat format);
/// How high a picture is that is shown `width` wide: pixels need not be square. Even, at least 2.
int height_for(const AVFrame& frame, int width);
/// An empty (black) picture for JPEG.
Result<Frame> black(int width, int height);
/// Puts a picture of `black`'s format into another at a place; both coordinates are even.
void paste(const AVFrame& small, AVFrame& into, int x, int y);
/// `quality` 2 (best) to 31. The same bytes for the same picture. `frame`: of `black`'s format.
Result<std::string> to_jpeg(const AVFrame& frame, int quality);
constexpr AVPixelFormat jpeg_format = AV_PIX_FMT_YUVJ420P;

}  // namespace confer::media
