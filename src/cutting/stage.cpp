// Marks of the stage timer, and what they say about a cut's ends (stage.h).
#include "cutting/stage.h"
#include <algorithm>
#include "base/json_writer.h"
#include "cutting/first_plan.h"
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

/// Has the ends listened for again where that was all that set them: marks come late, and are taken back.
Result<void> propose_again(db::Tx& tx, const events::Event& event, std::int64_t slot, std::string_view part) {
  TRY_ASSIGN(auto cut, part.empty() ? store::find(tx, event.id, slot) : store::find(tx, event.id, slot, part));
  if (!cut || (cut->stage != Stage::proposed && cut->stage != Stage::making && cut->stage != Stage::review)) return {};
  if (!cut->plan.guess && !cut->plan.is_guessed) return {};
  TRY_ASSIGN(const auto footage, footage::load_footage(tx, event, tx.now()));
  TRY_ASSIGN(const auto settings, settings_of(tx, event.id));
  TRY_ASSIGN(const auto all, stage_marks_of(tx, event.id));
  auto first = first_plan(footage, slot, part, settings.padding, marks_of(all, slot, part));
  if (!first || first->plan == cut->plan) return {};
  cut->plan = std::move(first->plan);
  cut->doubts = std::move(first->doubts);
  if (cut->stage == Stage::review) cut->stage = Stage::making;
  TRY_ASSIGN(const bool done, store::change(tx, *cut));
  if (!done) return fail(ErrorCode::conflict, "The cut of this talk changed at the same moment. Press again.");
  return cut->stage == Stage::making ? queue_preview(tx, *cut) : Result<void>();
}

}  // namespace

Result<std::vector<StageMarks>> stage_marks_of(db::Tx& tx, EventId event) { return store::stage_marks_of(tx, event); }

StageMarks marks_of(const std::vector<StageMarks>& all, std::int64_t slot, std::string_view part) {
  const auto found = std::ranges::find_if(all, [&](const StageMarks& marks) { return marks.slot == slot && marks.part == part; });
  return found == all.end() ? StageMarks{.slot = slot, .part = std::string(part), .began = {}, .ended = {}} : *found;
}

Result<void> mark(db::Tx& tx, const Actor& actor, const events::Event& event, std::int64_t slot, std::string_view part, Mark which, bool is_back) {
  TRY(require(actor, Right::media, events::scope_of(event)));
  TRY_ASSIGN(const auto all, stage_marks_of(tx, event.id));
  auto marks = marks_of(all, slot, part);
  auto& marked = which == Mark::began ? marks.began : marks.ended;
  const auto before = marked;
  marked = is_back ? std::nullopt : std::optional(tx.now());
  // Who begins again has not ended.
  if (which == Mark::began) marks.ended.reset();
  std::vector<StageMarks> changed{marks};
  // Nobody ends a part where the next one comes on: whoever begins ends what was on.
  for (auto other : all) {
    const bool follows = other.slot == slot && !other.part.empty() && other.part != part && (which == Mark::began ? !part.empty() : part.empty());
    if (!follows) continue;
    if (!is_back && other.began && !other.ended)
      other.ended = tx.now();
    else if (is_back && before && other.ended == before)
      other.ended.reset();
    else
      continue;
    changed.push_back(other);
  }
  for (const auto& one : changed) {
    TRY(store::put_stage_marks(tx, event.id, one));
    TRY(propose_again(tx, event, slot, one.part));
  }
  return journal::record(tx, who(actor),
                         is_back                ? "stage.mark_taken_back"
                         : which == Mark::began ? "stage.began"
                                                : "stage.ended",
                         event.series.value, event.id.value, "slot:" + std::to_string(slot),
                         JsonWriter().begin_object().field("part", part).end_object().take());
}

Ends with_marks(Ends heard, const StageMarks& marks, const footage::Span& within) {
  const auto is_within = [&](const std::optional<Instant>& at) { return at && within.from <= *at && *at <= within.to; };
  if (is_within(marks.began)) heard.begins = with_mark(std::move(heard.begins), *marks.began, -thumb);
  if (is_within(marks.ended)) heard.ends = with_mark(std::move(heard.ends), *marks.ended, thumb);
  return heard;
}

}  // namespace confer::cutting
