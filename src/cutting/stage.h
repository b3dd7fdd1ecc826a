// The stage timer: when each talk really began and ended, by who is in the room.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include "cutting/jobs.h"

namespace confer::cutting {

/// Of one slot, as in exports, or of one part of a block.
struct StageMarks {
  std::int64_t slot = 0;
  std::string part;  ///< the code of the part's talk; empty: the slot as a whole
  std::optional<Instant> began, ended;
};
Result<std::vector<StageMarks>> stage_marks_of(db::Tx& tx, EventId event);
/// Empty ones where nothing was marked.
StageMarks marks_of(const std::vector<StageMarks>& all, std::int64_t slot, std::string_view part = {});

enum class Mark { began, ended };
/// Now; a second time it is that moment. A part that begins ends the one before it, and the whole's end a part that is on. `is_back`: it was a mistake, and is
/// taken back with what it had ended. Of a cut whose ends nobody has set or looked at yet, the proposal follows. Errors: by right (media).
Result<void> mark(db::Tx& tx, const Actor& actor, const events::Event& event, std::int64_t slot, std::string_view part, Mark which, bool is_back);

/// What was heard, and the marks: a surer end that was heard within some seconds of its mark stays, else the mark is the end. Marks outside of `within` are of
/// something else.
Ends with_marks(Ends heard, const StageMarks& marks, const footage::Span& within);

}  // namespace confer::cutting
