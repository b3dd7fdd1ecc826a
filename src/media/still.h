// A picture that stands still for some seconds, encoded like the recording that it stands beside.
#pragma once
#include <vector>
#include "media/card.h"
#include "media/plan.h"
#include "media/recode.h"

namespace confer::media {

/// What is shown before or after what was recorded.
struct CardWish {
  std::string path;  ///< .svg with places for `words`, or .png
  CardWords words;
  double seconds = 0;
};
constexpr double longest_card = 60;  ///< seconds

struct Still {
  Frame picture;  ///< drawn; once it is encoded, as it was given to the encoder
  SpanPlan plan;  ///< in the ticks of `Form::base`, from 0
};

/// Drawn in the size of `like`'s pictures, as many frames as its rate has in that time (at least one). Errors: as `card_of_file`; invalid – the time.
Result<Still> plan_still(const CardWish& card, const AVStream& like, AVRational base);
/// `sink` gets coded pictures; their pts is when they are shown, from 0.
Result<void> encode_still(Still& still, const Form& form, const Recoder::Sink& sink);

}  // namespace confer::media
