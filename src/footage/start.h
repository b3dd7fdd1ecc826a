// When a recording began: by its file's name, else by its container, else by the file's time.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include "base/time.h"
#include "footage/names.h"

namespace confer::footage {

using std::chrono::milliseconds;

enum class StartSource : unsigned char { unknown = 0, name = 1, container = 2, file_time = 3 };
/// "its name", to be shown behind "by".
std::string_view in_words(StartSource source);

/// What is known of a file when its start is asked.
struct Told {
  std::optional<NamedTime> named;
  std::optional<Instant> recorded_at;  ///< by its container
  Instant modified_at{};
  std::optional<milliseconds> length;
};
struct Start {
  std::optional<Instant> at;  ///< by the recorder's own clock
  StartSource source = StartSource::unknown;
  std::string doubt;  ///< a sentence where the night of a clock change left a choice; else empty
};
/// `zone` is the recorder's. A wall time that the zone has twice, or not at all, is settled by the container's or the file's time, and said.
Start start_of(const Told& told, const Zone& zone);

/// How exactly a start of this source is known: names and most containers tell whole seconds.
milliseconds exactness_of(StartSource source, Instant at);

}  // namespace confer::footage
