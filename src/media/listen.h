// Listens to a recording and looks at its key frames: levels, speech, applause, silences, changes of the picture.
#pragma once
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include "base/result.h"
#include "media/line.h"
#include "media/listening.h"
#include "media/propose.h"

namespace confer::media {

struct ListenWish {
  std::string path;
  std::vector<Source> sources;                              ///< instead of `path`: several files of one recorder, on a common line of time
  Piece whole{0, std::numeric_limits<double>::infinity()};  ///< seconds, as `cut` counts
  bool has_picture = true;                                  ///< look at the key frames
  int stream = 0;                                           ///< which of the file's sound streams
  int threads = 1;
};

/// In this process. Errors: not_found; invalid – it is not media, or has neither sound nor picture there.
Result<Listening> listen(const ListenWish& wish);

/// One line; `proposal` stands in it where there is one.
std::string to_json(const Listening& listening, const std::optional<Proposal>& proposal = {});
/// Of the moments only level and peak are told, so `understand` has nothing to add. Errors: invalid – not what `to_json` wrote.
Result<Listening> read_listening(std::string_view json);

}  // namespace confer::media
