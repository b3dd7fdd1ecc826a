// Proposes where a talk begins and ends in a recording, from its plan and from what is heard and seen (rules).
#pragma once
#include <string>
#include <vector>
#include "media/listening.h"

namespace confer::media {

struct ProposeWish {
  double begins = 0, ends = 0;     ///< as planned, in seconds on the recording's clock
  double early = 300, late = 900;  ///< seconds: how far from the plan a beginning or an end may lie
  double lead = 1, tail = 1.5;     ///< seconds that are kept before the first word and after the last sound
};

struct Proposed {
  double at = 0;
  double confidence = 0;             ///< 0 to 1: below 0.5 somebody should look
  std::vector<std::string> because;  ///< in words
  bool operator==(const Proposed&) const = default;
};

struct Proposal {
  Proposed begins, ends;
};

/// Within what was listened to; the end is never before the beginning. Where nothing is found, the plan.
Proposal propose(const Listening& listening, const ProposeWish& wish);

}  // namespace confer::media
