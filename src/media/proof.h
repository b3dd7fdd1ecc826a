// Looks at a finished cut as a player would, and compares it with the recording.
#pragma once
#include <string>
#include <vector>
#include "media/cut.h"
#include "media/plan.h"
#include "media/video_reader.h"

namespace confer::media {

/// What was written, frame by frame, in the order of writing.
struct Written {
  Placed placed;
  std::int64_t recorded_at = 0;  ///< when the recording shows it
  bool is_copied = false;
  std::string hash;  ///< copied: of its picture
};

/// Fills the part of `report` about the finished file at `path`, objections included. `recording`: the file that was cut. `wants_sound`: it must have some, as
/// long as the picture. Errors: invalid – it cannot be read at all.
Result<void> prove(const std::string& path, const std::string& recording, const std::vector<Written>& written, AVRational base, bool wants_sound, int threads,
                   CutReport& report);

}  // namespace confer::media
