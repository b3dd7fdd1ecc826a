// A picture that stands still for some seconds, encoded like the recording that it stands beside.
#pragma once
#include <vector>
#include "media/card.h"
#include "media/plan.h"
#include "media/recode.h"

namespace confer::media {

struct Still {
  Frame picture;  ///< drawn; once it is encoded, as it was given to the encoder
  SpanPlan plan;  ///< in the ticks of `Form::base`, from 0
};

/// Drawn in the size of `like`'s pictures, as many frames as its rate has in that time (at least one). Errors: as `card_of_file`; invalid – the time.
Result<Still> plan_still(const CardWish& card, const AVStream& like, AVRational base);
/// A drawn picture as this encoder takes it. Errors: invalid – it has pixels that nothing can be drawn in.
Result<Frame> in_pixels_of(const AVCodecContext& encoder, const AVFrame& picture);
/// `sink` gets coded pictures; their pts is when they are shown, from 0.
Result<void> encode_still(Still& still, const Form& form, const Recoder::Sink& sink);

}  // namespace confer::media
