// What a file's name tells: when its recording began, of which room and stream. Patterns are written as the names are.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include "base/result.h"

namespace confer::footage {

using WallSecond = std::chrono::local_time<std::chrono::seconds>;

/// A pattern such as "{room}-{year}-{month}-{day}_{hour}-{minute}-{second}*". It fits the end of a path from the start or from behind a slash.
///
/// `{year}` is four digits, `{month}` `{day}` `{hour}` `{minute}` `{second}` are two each; `{room}` and `{stream}` are some characters, `*` any number of them,
/// none of them a slash; `{utc}` is nothing, or a Z, and says that the time is UTC. All else stands for itself.
class NamePattern {
 public:
  /// Errors: invalid – with the pattern and the place in it.
  static Result<NamePattern> parse(std::string_view text);
  const std::string& text() const { return text_; }

  enum class Field : unsigned char { literal, any, year, month, day, hour, minute, second, room, stream, utc };
  struct Part {
    Field field = Field::literal;
    std::string literal;
  };
  const std::vector<Part>& parts() const { return parts_; }

 private:
  std::string text_;
  std::vector<Part> parts_;
};

struct NamedTime {
  WallSecond wall{};
  bool is_utc = false;
  std::string room, stream;  ///< as they stand there; may be empty
  bool operator==(const NamedTime&) const = default;
};

/// What `path` tells by the first pattern that fits and names a time that a clock can show; nothing when none does.
std::optional<NamedTime> time_in_name(std::string_view path, const std::vector<NamePattern>& patterns);
/// What recorders write by themselves: C3VOC, veyepar, OBS, Zoom, SReview, and times run together as cameras and ffmpeg have them.
const std::vector<NamePattern>& usual_patterns();
/// One pattern a line; empty lines are read past. Errors: invalid – as `parse`, with the line.
Result<std::vector<NamePattern>> patterns_of_lines(std::string_view lines);

}  // namespace confer::footage
