// Chapters of a cut: what they follow from, and where they lie in the video. Pure.
#pragma once
#include <string>
#include <string_view>
#include <vector>
#include "cutting/cutting.h"
#include "media/chapter.h"

namespace confer::cutting {

/// As stored; empty for none.
std::string to_json(const Chapters& chapters);
/// Errors: internal.
Result<Chapters> chapters_of_json(std::string_view json);

/// Of what was seen those that make chapters, without titles: the strongest changes first, none within a minute of the beginning, the end or one that was
/// taken, and of long talks as far apart as a twentieth of them, so that there are twenty at most.
std::vector<Chapters::Mark> marks_of_changes(const std::vector<Chapters::Change>& seen, const footage::Span& span);

/// Where a moment lies in what is cut, without cards; of one that goes out, where it went. Negative: before the beginning.
milliseconds place_of(Instant at, const Plan& plan);
/// And back.
Instant moment_of(milliseconds place, const Plan& plan);

/// As the video has them, `title_card` before it. The first begins at 0: it is the mark that lies at the beginning or before it, else `first`. What lies behind
/// the end is left out, and what would be shorter than a second. One alone is no list: none then.
std::vector<media::Chapter> in_video(std::vector<Chapters::Mark> marks, const Plan& plan, milliseconds title_card, std::string_view first);

/// "2:05 Questions", a line each, by the time since the cut's beginning without cards; and back.
std::string to_lines(const std::vector<Chapters::Mark>& marks, const Plan& plan);
/// Errors: invalid – with the line, for "chapters".
Result<std::vector<Chapters::Mark>> marks_of_lines(std::string_view lines, const Plan& plan);

}  // namespace confer::cutting
