// Looks at a finished cut as a player would, and compares it with the recording.
#pragma once
#include <optional>
#include <string>
#include <vector>
#include "media/cut.h"
#include "media/plan.h"
#include "media/video_reader.h"

namespace confer::media {

/// What was written, frame by frame, in the order of writing.
struct Written {
  Placed placed;
  std::optional<std::size_t> still;  ///< instead of the recording: which of the cards it is
  std::size_t file = 0;              ///< which of the recording's files it is from
  std::int64_t recorded_at = 0;      ///< when that file shows it, in its ticks
  bool is_copied = false;
  std::string hash;  ///< copied: of its picture
  double plate = 0;  ///< how much of the name plate lies over it
};

/// What the result is compared with.
struct Originals {
  const std::vector<std::string>& recording;  ///< the files that were cut
  const std::vector<const AVFrame*>& stills;  ///< the cards as they were given to the encoder
  const Plate* plate = nullptr;               ///< null when there is none
};
/// Fills the part of `report` about the finished file at `path`, objections included. `base`: of what `written` counts. `wants_sound`: it must have some, as
/// long as the picture. Errors: invalid – it cannot be read at all.
Result<void> prove(const std::string& path, const Originals& originals, const std::vector<Written>& written, AVRational base, bool wants_sound, int threads,
                   CutReport& report);

}  // namespace confer::media
