// Times and lengths of a plan, as the recording team reads and writes them.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include "cutting/cutting.h"

namespace confer::cutting {

/// "12.5", and "12,5" as it is typed as well.
std::optional<milliseconds> seconds_in(std::string_view typed);
/// "10:00:30.120", in the zone.
std::string clock_with_ms(Instant at, const Zone& zone);
/// Back, on the day of `near`, the closest of yesterday, today and tomorrow. Errors: invalid.
Result<Instant> instant_of_clock(std::string_view text, Instant near, const Zone& zone);
/// "10:12:00–10:14:30.5", a line each. Errors: invalid – the line.
Result<std::vector<footage::Span>> spans_of_lines(const std::string& lines, Instant near, const Zone& zone);
/// How much later the sound comes: "-120 ms", "-120", "3 frames" of a picture that has so many a second (0: not known). Errors: invalid.
Result<milliseconds> sound_offset_of(const std::string& text, double frame_rate);

}  // namespace confer::cutting
