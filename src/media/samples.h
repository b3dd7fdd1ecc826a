// Short samples of each choice of channels, so that somebody can hear which is right.
#pragma once
#include <limits>
#include <optional>
#include <string>
#include <vector>
#include "base/result.h"
#include "media/line.h"
#include "media/listening.h"
#include "media/sound.h"

namespace confer::media {

struct SamplesWish {
  std::string path;
  std::string folder;                                       ///< where they are written; made when it is not there
  Piece whole{0, std::numeric_limits<double>::infinity()};  ///< where to look for somebody who speaks
  std::optional<double> at;                                 ///< instead: from this time on
  double length = 10;
  int stream = 0;
};

struct Sample {
  Channels channels = Channels::both;
  std::string file;  ///< "left.m4a", within the folder
};

struct Samples {
  double at = 0, length = 0;
  bool is_speech = false;  ///< somebody was heard there
  SoundReport automatic;   ///< what would be chosen, and why: measured over this sample
  std::vector<Sample> samples;
};

/// Writes both.m4a, left.m4a, right.m4a, inverted.m4a and mono.m4a, each at −16 LUFS. Errors: not_found; invalid – there is no such sound there.
Result<Samples> make_samples(const SamplesWish& wish);
std::string to_json(const Samples& samples);

/// From when on most of `length` seconds is speech: of equal ones the nearest to the middle. Empty where nobody speaks.
std::optional<double> find_speech(const Listening& listening, double length);

}  // namespace confer::media
