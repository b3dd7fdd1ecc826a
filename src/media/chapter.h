// Chapters of a video, as players list them.
#pragma once
#include <string>
#include <string_view>
#include <vector>
#include "base/result.h"

namespace confer::media {

struct Chapter {
  double at = 0;  ///< seconds from the video's beginning; it lasts until the next one
  std::string title;
  bool operator==(const Chapter&) const = default;
};
std::string to_json(const std::vector<Chapter>& chapters);
/// [{"at": 12.5, "title": "Questions"}], in order. Errors: invalid – it is none.
Result<std::vector<Chapter>> chapters_of_json(std::string_view json);

}  // namespace confer::media
