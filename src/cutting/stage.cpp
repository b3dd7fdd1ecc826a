// Marks of the stage timer, and what they say about a cut's ends (stage.h).
#include "cutting/stage.h"
#include <algorithm>
#include "cutting/store.h"
#include "journal/journal.h"
#include "people/who.h"

namespace confer::cutting {
namespace {

/// A thumb is late when a talk begins, and early or late when it ends: so much is kept before the one and after the other.
constexpr seconds thumb{3};
/// What was heard so near to a mark is the same moment, and more exact.
constexpr seconds same_moment{20};
constexpr double is_heard = 0.5, is_sure = 0.95, is_marked = 0.9;

Found with_mark(Found heard, Instant marked, milliseconds kept) {
  if (heard.confidence >= is_heard && std::chrono::abs(heard.at - marked) <= same_moment) {
    heard.confidence = std::max(heard.confidence, is_sure);
    heard.because.emplace_back("The stage timer says so, too.");
    return heard;
  }
  return {.at = marked + kept, .confidence = is_marked, .because = {"The stage timer says so."}};
}

}  // namespace

Result<std::vector<StageMarks>> stage_marks_of(db::Tx& tx, EventId event) { return store::stage_marks_of(tx, event); }

StageMarks marks_of(const std::vector<StageMarks>& all, std::int64_t slot) {
  const auto found = std::ranges::find(all, slot, &StageMarks::slot);
  return found == all.end() ? StageMarks{.slot = slot, .began = {}, .ended = {}} : *found;
}

Result<void> mark(db::Tx& tx, const Actor& actor, const events::Event& event, std::int64_t slot, Mark which, bool is_back) {
  TRY(require(actor, Right::media, events::scope_of(event)));
  TRY_ASSIGN(const auto all, stage_marks_of(tx, event.id));
  auto marks = marks_of(all, slot);
  const auto at = is_back ? std::nullopt : std::optional(tx.now());
  (which == Mark::began ? marks.began : marks.ended) = at;
  // Who begins again has not ended.
  if (which == Mark::began) marks.ended.reset();
  TRY(store::put_stage_marks(tx, event.id, marks));
  return journal::record(tx, who(actor),
                         is_back                ? "stage.mark_taken_back"
                         : which == Mark::began ? "stage.began"
                                                : "stage.ended",
                         event.series.value, event.id.value, "slot:" + std::to_string(slot), "{}");
}

Ends with_marks(Ends heard, const StageMarks& marks, const footage::Span& within) {
  const auto is_within = [&](const std::optional<Instant>& at) { return at && within.from <= *at && *at <= within.to; };
  if (is_within(marks.began)) heard.begins = with_mark(std::move(heard.begins), *marks.began, -thumb);
  if (is_within(marks.ended)) heard.ends = with_mark(std::move(heard.ends), *marks.ended, thumb);
  return heard;
}

}  // namespace confer::cutting
