// What a cut's chapters follow from, and who sets them (cutting.h).
#include <algorithm>
#include "base/json_writer.h"
#include "base/text.h"
#include "cutting/chapters.h"
#include "cutting/store.h"
#include "html/template.h"
#include "journal/journal.h"
#include "recordings/recordings.h"
#include "talks/talks.h"

namespace confer::cutting {
namespace {

/// Where each part begins: as it is cut, else as it is planned.
Result<std::vector<Chapters::Mark>> marks_of_parts(db::Tx& tx, const events::Event& event, const Cut& cut) {
  TRY_ASSIGN(const auto all, footage::load_footage(tx, event, tx.now()));
  std::vector<Chapters::Mark> marks;
  for (const auto& room : all.rooms)
    for (const auto& slot : room.slots) {
      if (slot.number != cut.slot) continue;
      for (const auto& part : slot.parts) {
        TRY_ASSIGN(const auto own, store::find(tx, event.id, cut.slot, part.talk));
        const bool is_known = own && !own->plan.guess && own->stage != Stage::stopped;
        marks.push_back({.at = is_known ? own->plan.span.from : part.span.from, .title = part.title});
      }
    }
  std::ranges::sort(marks, {}, &Chapters::Mark::at);
  return marks;
}

/// In the talk's language, where the program speaks it.
std::string language_of(const talks::Talk& talk, const events::Event& event) {
  const auto& spoken = html::languages();
  const std::string& language = talk.language.empty() ? event.languages.front() : talk.language;
  return std::ranges::find(spoken, language) == spoken.end() ? std::string("en") : language;
}

}  // namespace

Result<std::vector<Chapters::Mark>> marks_of(db::Tx& tx, const events::Event& event, const Cut& cut) {
  if (cut.chapters.own) return *cut.chapters.own;
  if (!cut.block) {
    TRY_ASSIGN(auto parts, marks_of_parts(tx, event, cut));
    // The seconds before its first word are the first part's too.
    if (!parts.empty() && parts.front().at - cut.plan.span.from < std::chrono::minutes(1)) parts.front().at = std::min(parts.front().at, cut.plan.span.from);
    if (!parts.empty()) return parts;
  }
  auto marks = marks_of_changes(cut.chapters.seen, cut.plan.span);
  if (marks.empty()) return marks;
  TRY_ASSIGN(const auto talk, talks::find_talk(tx, cut.talk));
  const std::string language = talk ? language_of(*talk, event) : std::string("en");
  // What is before the first change is the first part.
  for (std::size_t i = 0; i < marks.size(); ++i) marks[i].title = html::translate("Part %1", language, {std::to_string(i + 2)});
  return marks;
}

Result<std::vector<media::Chapter>> chapters_of(db::Tx& tx, const events::Event& event, const Cut& cut, milliseconds title_card) {
  TRY_ASSIGN(auto marks, marks_of(tx, event, cut));
  return in_video(std::move(marks), cut.plan, title_card, cut.title);
}

Result<Cut> set_chapters(db::Tx& tx, const events::Event& event, Cut cut, const Viewer& viewer, std::string_view lines) {
  if (cut.stage == Stage::stopped) return fail(ErrorCode::forbidden, std::string(html::translatable("This cut was stopped: it has no chapters.")));
  TRY_ASSIGN(auto marks, marks_of_lines(lines, cut.plan));
  cut.chapters.own.reset();
  // What was left as it is found by itself goes on following that.
  TRY_ASSIGN(const auto found, marks_of(tx, event, cut));
  if (!marks.empty() && to_lines(marks, cut.plan) != to_lines(found, cut.plan)) cut.chapters.own = std::move(marks);
  TRY_ASSIGN(const bool done, store::change(tx, cut));
  if (!done)
    return fail(ErrorCode::conflict, std::string(html::translatable("This cut changed meanwhile. Load the page again to see how it is now, and decide then.")));
  ++cut.version;
  const journal::Who by = viewer.person ? journal::Who{viewer.person.value, "person"} : journal::Who{0, "a review link"};
  TRY(journal::record(tx, by, "cut.chapters_set", event.series.value, event.id.value, "talk:" + cut.talk_code,
                      JsonWriter().begin_object().field("slot", cut.slot).field("revision", cut.revision).end_object().take()));
  // While a correction is under way, what is online has another plan: it gets them with the correction.
  if (cut.stage != Stage::published) return cut;
  TRY_ASSIGN(auto recording, recordings::find_recording(tx, cut.talk));
  if (!recording) return cut;
  TRY_ASSIGN(recording->chapters, chapters_of(tx, event, cut, cut.online_title));
  TRY(recordings::save_recording(tx, system_actor("cutting"), event, cut.talk_code, std::move(*recording)));
  return cut;
}

}  // namespace confer::cutting
