// A plate with words, laid over some seconds of a recording: who speaks.
#pragma once
#include <cstdint>
#include <vector>
#include "media/card.h"

namespace confer::media {

struct PlateWish {
  CardWish card;  ///< an SVG, or a PNG, whose ground is empty
  double at = 3;  ///< seconds after the first recorded picture, cut-outs not counted
  /// How much of it is seen so long after the first recorded picture: 0 before and after it, 1 between, rising and falling for a third of a second.
  double strength_at(double seconds) const;
};
constexpr double latest_plate = 3600;  ///< seconds

/// A plate as pictures of one form take it.
class Plate {
 public:
  /// Drawn in the size of `like`'s pictures, in the pixels of `encoder`. Errors: as `card_of_file`; invalid – its times, or pixels that nothing can be laid
  /// over.
  static Result<Plate> draw(const PlateWish& wish, const AVStream& like, const AVCodecContext& encoder);
  /// False when the frame's pixels are of another form than the plate's: it stays as it is.
  bool lay_over(AVFrame& frame, double strength) const;

 private:
  /// How much of the picture below each sample hides, of 255.
  struct Mask {
    int width = 0, height = 0;
    std::vector<std::uint8_t> share;
  };
  Frame picture_ = nullptr;  ///< over black
  Mask luma_, chroma_;
  int depth_ = 8;
  bool is_full_range_ = false;
};

}  // namespace confer::media
