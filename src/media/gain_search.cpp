// Goes by what is missing, further where that brought nothing, and between two gains of which one was too little and one too much.
#include "media/gain_search.h"
#include <algorithm>
#include <cmath>

namespace confer::media {

GainSearch::GainSearch(double wanted, double first, double most) : wanted_(wanted), gain_(first), most_(std::min(most, first + most_further_db)) {}

bool GainSearch::try_after(double loudness) {
  const double missing = wanted_ - loudness;
  if (std::fabs(missing) <= near || (missing > 0 && gain_ >= most_)) return false;
  (missing > 0 ? too_little_ : too_much_) = gain_;
  // Where more gain brings nothing, something is held by the limiter: twice as far each time, until the rest has come up to it.
  constexpr double hardly = 0.3;
  const double went = last_ ? gain_ - last_->gain : 0;
  const bool is_held = missing > 0 && went > 0 && std::fabs(loudness - last_->loudness) < hardly * went;
  last_ = Tried{gain_, loudness};
  double next = std::min(gain_ + (is_held ? 2 * std::max(missing, went) : missing), most_);
  if (too_little_ && too_much_ && *too_little_ < *too_much_ && (next <= *too_little_ || next >= *too_much_)) next = (*too_little_ + *too_much_) / 2;
  constexpr double nothing = 0.05;
  if (std::fabs(next - gain_) < nothing) return false;
  gain_ = next;
  return true;
}

}  // namespace confer::media
