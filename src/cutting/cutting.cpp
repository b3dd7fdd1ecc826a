// What is known of cuts, and who decides what (cutting.h).
#include "cutting/cutting.h"
#include <algorithm>
#include "base/json_writer.h"
#include "base/text.h"
#include "cutting/first_plan.h"
#include "cutting/jobs.h"
#include "cutting/notices.h"
#include "cutting/store.h"
#include "html/template.h"
#include "journal/journal.h"
#include "people/who.h"
#include "recordings/embargo.h"
#include "recordings/recordings.h"
#include "talks/talks.h"

namespace confer::cutting {
namespace {

using html::translatable;

constexpr std::chrono::hours longest_cut{12};
constexpr std::size_t longest_note = 2000, longest_license = 100;
constexpr seconds most_padding{3600};

std::unexpected<Error> changed_meanwhile() {
  return fail(ErrorCode::conflict, std::string(translatable("This cut changed meanwhile. Load the page again to see how it is now, and decide then.")));
}

Result<void> note(db::Tx& tx, const journal::Who& by, std::string_view fact, const events::Event& event, const Cut& cut) {
  return journal::record(tx, by, fact, event.series.value, event.id.value, "talk:" + cut.talk_code,
                         JsonWriter().begin_object().field("slot", cut.slot).field("revision", cut.revision).end_object().take());
}

Result<void> store_change(db::Tx& tx, Cut& cut) {
  TRY_ASSIGN(const bool done, store::change(tx, cut));
  if (!done) return changed_meanwhile();
  ++cut.version;
  return {};
}

/// The second gate: what must not be recorded is not cut either.
Result<void> require_may_be_cut(talks::Consent consent) {
  if (talks::may_be_cut(consent)) return {};
  return fail(ErrorCode::forbidden, "The speakers do not allow this talk to be recorded (" + std::string(talks::in_words(consent)) + "): it is not cut.");
}
Result<void> require_may_be_cut(const footage::PlannedSlot& slot) {
  TRY(require_may_be_cut(slot.consent));
  for (const auto& part : slot.parts)
    if (!talks::may_be_cut(part.consent))
      return fail(ErrorCode::forbidden, "The speakers of the part “" + part.title + "” do not allow it to be recorded (" +
                                            std::string(talks::in_words(part.consent)) + "): the whole is not cut. Its other parts can be.");
  return {};
}
Result<void> require_may_be_cut(db::Tx& tx, const events::Event& event, const Cut& cut) {
  TRY_ASSIGN(const auto talk, talks::require_talk(tx, event.id, cut.talk_code));
  TRY_ASSIGN(const auto consent, talks::whole_consent_of(tx, talk));
  return require_may_be_cut(consent);
}

Result<void> check_times(const Plan& plan) {
  std::vector<FieldProblem> p;
  if (plan.span.to <= plan.span.from) p.push_back({"to", std::string(translatable("The end must come after the beginning."))});
  if (plan.span.length() > longest_cut) p.push_back({"to", "A cut is at most 12 hours long."});
  if (plan.sources.empty()) p.push_back({"from", "There is no footage at that time."});
  for (const auto& dropped : plan.dropped)
    if (dropped.to <= dropped.from || dropped.from <= plan.span.from || dropped.to >= plan.span.to)
      p.push_back({"dropped", std::string(translatable("A piece that goes must lie between the beginning and the end, and begin before it ends."))});
  if (std::chrono::abs(plan.sound_offset) > seconds(10)) p.push_back({"sound_offset", "Sound can be moved by ten seconds at most."});
  if (!p.empty()) return std::unexpected(Error{ErrorCode::invalid, std::string(translatable("Some fields need another look.")), {}, {}, std::move(p)});
  return {};
}

/// Good looks at exactly this plan, by different people.
bool has_enough(const std::vector<Look>& looks, const Cut& cut, const Settings& settings) {
  std::vector<std::string> by;
  for (const auto& look : looks) {
    const std::string who = look.person ? std::to_string(look.person.value) : look.name;
    if (look.is_good && look.plan_key == key_of(cut.plan) && std::ranges::find(by, who) == by.end()) by.push_back(who);
  }
  return by.size() >= (settings.needs_two ? 2U : 1U);
}

/// A speaker has found it good as it is planned now.
Result<talks::Approval> approval_of(db::Tx& tx, const Cut& cut) {
  TRY_ASSIGN(const auto looks, store::looks_at(tx, cut.id));
  const bool approved = std::ranges::any_of(looks, [&](const Look& look) { return look.is_good && look.is_speaker && look.plan_key == key_of(cut.plan); });
  return approved ? talks::Approval::given : talks::Approval::open;
}

}  // namespace

Result<std::vector<Cut>> list_cuts(db::Tx& tx, const events::Event& event) { return store::cuts_of(tx, event.id); }

Result<Cut> require_cut(db::Tx& tx, const events::Event& event, std::int64_t slot, std::string_view part) {
  TRY_ASSIGN(auto cut, part.empty() ? store::find(tx, event.id, slot) : store::find(tx, event.id, slot, part));
  if (!cut) return fail(ErrorCode::not_found, "Nothing has been cut of this slot yet.");
  return std::move(*cut);
}

Result<std::string> told_beside_preview(db::Tx& tx, const Cut& cut, std::string_view name) {
  if (cut.preview.hash.empty()) return std::string();
  TRY_ASSIGN(const auto files, store::files_beside(tx, cut.id, cut.preview.hash));
  const auto found = std::ranges::find(files, name, &store::MadeFile::name);
  return found == files.end() ? std::string() : found->told;
}
Result<std::optional<std::string>> find_beside_preview(db::Tx& tx, const Cut& cut, std::string_view name) {
  if (cut.preview.hash.empty()) return std::nullopt;
  TRY_ASSIGN(const auto files, store::files_beside(tx, cut.id, cut.preview.hash));
  const auto found = std::ranges::find(files, name, &store::MadeFile::name);
  return found == files.end() ? std::nullopt : std::optional(found->hash);
}

Result<std::optional<std::string>> find_file(db::Tx& tx, TalkId talk, media::Profile profile, std::string_view name) {
  TRY_ASSIGN(const auto cut, store::find_published(tx, talk));
  if (!cut) return std::nullopt;
  TRY_ASSIGN(const auto files, store::files_of(tx, cut->id, cut->published_hash, profile));
  const auto found = std::ranges::find(files, name, &store::MadeFile::name);
  return found == files.end() ? std::nullopt : std::optional(found->hash);
}
Result<std::optional<Cut>> find_published(db::Tx& tx, TalkId talk) { return store::find_published(tx, talk); }
Result<std::vector<Look>> looks_at(db::Tx& tx, CutId id) { return store::looks_at(tx, id); }

Result<Settings> settings_of(db::Tx& tx, EventId event) {
  TRY_ASSIGN(auto found, store::settings_of(tx, event));
  return found.value_or(Settings{});
}

Result<Settings> save_settings(db::Tx& tx, const Actor& actor, const events::Event& event, Settings settings) {
  TRY(require(actor, Right::media, events::scope_of(event)));
  std::vector<FieldProblem> p;
  for (const auto& [value, field] : {std::pair{settings.padding.before, "before"}, {settings.padding.after, "after"}})
    if (value < seconds(0) || value > most_padding) p.push_back({field, "Between 0 and 3600 seconds."});
  for (const auto& [value, field] : {std::pair{settings.title_card, "title_card"},
                                     {settings.end_card, "end_card"},
                                     {settings.apology_card, "apology_card"},
                                     {settings.name_plate, "name_plate"}})
    if (value < seconds(0) || value > longest_card) p.push_back({field, "Between 0 and 60 seconds."});
  settings.license = tidy_line(settings.license);
  if (auto fits = check_text(settings.license, "license", longest_license); !fits) p.push_back(fits.error().problems.front());
  if (!p.empty()) return std::unexpected(Error{ErrorCode::invalid, std::string(translatable("Some fields need another look.")), {}, {}, std::move(p)});
  TRY_ASSIGN(const auto before, store::settings_of(tx, event.id));
  if ((before ? before->version : 0) != settings.version) return changed_meanwhile();
  if (before) {
    TRY_ASSIGN(const bool done, store::change(tx, event.id, settings));
    if (!done) return changed_meanwhile();
  } else {
    TRY(store::add(tx, event.id, settings));
  }
  ++settings.version;
  if (!before || before->embargoed_until != settings.embargoed_until) TRY(recordings::move_event_embargo(tx, actor, event, settings.embargoed_until));
  TRY(journal::record(tx, who(actor), "cuts.settings_changed", event.series.value, event.id.value, "event:" + event.slug));
  return settings;
}

Result<bool> may_be_published(db::Tx& tx, const Cut& cut) {
  TRY_ASSIGN(const auto talk, talks::find_talk(tx, cut.talk_code));
  if (!talk || talk->event != cut.event) return false;  // a part that is not in the schedule any more
  TRY_ASSIGN(const auto approval, approval_of(tx, cut));
  if (cut.block) {
    TRY_ASSIGN(const auto consent, talks::whole_consent_of(tx, *talk));
    return talks::may_be_published(consent, approval);
  }
  if (!talks::may_be_published(talks::consent_of(*talk), approval)) return false;
  TRY_ASSIGN(const auto parts, talks::parts_of(tx, cut.talk));
  for (const auto& part : parts) {
    TRY_ASSIGN(const auto of_part, store::find(tx, cut.event, cut.slot, part.code));
    auto seen = talks::Approval::open;
    if (of_part) {
      TRY_ASSIGN(seen, approval_of(tx, *of_part));
    }
    if (!talks::may_be_published(talks::consent_of(part), seen)) return false;
  }
  return true;
}

Result<Cut> begin_cut(db::Tx& tx, const Actor& actor, const events::Event& event, const footage::EventFootage& all, std::int64_t slot,
                      std::string_view part_code) {
  TRY(require(actor, Right::media, events::scope_of(event)));
  const auto planned = find_planned(all, slot, part_code);
  if (planned.slot == nullptr) return fail(ErrorCode::not_found, "There is no such talk in the schedule.");
  if (planned.part == nullptr && !part_code.empty()) return fail(ErrorCode::not_found, "There is no such part in the schedule.");
  if (planned.part == nullptr)
    TRY(require_may_be_cut(*planned.slot));
  else
    TRY(require_may_be_cut(planned.part->consent));
  TRY_ASSIGN(const auto before, planned.part == nullptr ? store::find(tx, event.id, slot) : store::find(tx, event.id, slot, part_code));
  if (before) return fail(ErrorCode::conflict, "This talk has a cut already.");
  TRY_ASSIGN(const auto settings, settings_of(tx, event.id));
  TRY_ASSIGN(const auto marks, stage_marks_of(tx, event.id));
  auto first = first_plan(all, slot, part_code, settings.padding, marks_of(marks, slot, part_code));
  if (!first) return fail(ErrorCode::invalid, "There is no footage of this talk yet.");
  TRY_ASSIGN(const auto talk, talks::require_talk(tx, event.id, planned.part == nullptr ? planned.slot->talk : planned.part->talk));
  Cut cut;
  cut.event = event.id;
  cut.slot = slot;
  cut.talk = talk.id;
  cut.talk_code = talk.code;
  cut.title = talk.title;
  cut.block = talk.part_of;
  cut.plan = std::move(first->plan);
  cut.doubts = std::move(first->doubts);
  TRY_ASSIGN(cut.id, store::add(tx, cut));
  cut.version = 1;
  TRY(note(tx, who(actor), "cut.proposed", event, cut));
  return cut;
}

Result<Cut> ask_for(db::Tx& tx, const Actor& actor, const events::Event& event, Cut cut, Plan plan) {
  TRY(require(actor, Right::media, events::scope_of(event)));
  TRY(require_may_be_cut(tx, event, cut));
  std::ranges::sort(plan.dropped, {}, &footage::Span::from);
  TRY(check_times(plan));
  if (cut.stage == Stage::published) ++cut.revision;
  cut.problem.clear();
  cut.plan = std::move(plan);
  // What was made for this very plan is not made again.
  cut.stage = !cut.preview.hash.empty() && cut.preview.key == key_of(cut.plan) ? Stage::review : Stage::making;
  TRY(store_change(tx, cut));
  if (cut.stage == Stage::making) TRY(queue_preview(tx, cut));
  TRY(note(tx, who(actor), "cut.asked", event, cut));
  return cut;
}

Result<Cut> stop(db::Tx& tx, const Actor& actor, const events::Event& event, Cut cut, std::string why) {
  TRY(require(actor, Right::media, events::scope_of(event)));
  why = tidy_line(why);
  if (auto fits = check_text(why, "note", longest_note); !fits) return std::unexpected(fits.error());
  if (!cut.published_hash.empty()) {
    TRY_ASSIGN(auto recording, recordings::find_recording(tx, cut.talk));
    if (recording) {
      TRY(take_out(tx, cut, *recording));
      TRY(take_out_links(tx, cut, *recording));
      recording->status = recordings::Status::not_allowed;
      TRY(recordings::save_recording(tx, actor, event, cut.talk_code, std::move(*recording)));
    }
    cut.published_hash.clear();
    cut.poster_hash.clear();
    cut.published_at.reset();
  }
  cut.stage = Stage::stopped;
  cut.problem = std::move(why);
  TRY(store_change(tx, cut));
  TRY(note(tx, who(actor), "cut.stopped", event, cut));
  return cut;
}

namespace {

/// What the whole of a block waited for may have been this look at one of its parts.
Result<void> go_on_with_whole(db::Tx& tx, const events::Event& event, const Cut& part) {
  TRY_ASSIGN(auto whole, store::find(tx, event.id, part.slot));
  if (!whole || whole->stage != Stage::review) return {};
  TRY_ASSIGN(const auto settings, settings_of(tx, event.id));
  TRY_ASSIGN(const auto looks, store::looks_at(tx, whole->id));
  TRY_ASSIGN(const bool allowed, may_be_published(tx, *whole));
  if (!allowed || !has_enough(looks, *whole, settings)) return {};
  whole->stage = Stage::publishing;
  TRY(store_change(tx, *whole));
  return queue_publishing(tx, *whole);
}

}  // namespace

Result<Cut> judge(db::Tx& tx, const events::Event& event, Cut cut, const Viewer& viewer, const Verdict& verdict) {
  if (cut.stage != Stage::review) return fail(ErrorCode::conflict, std::string(translatable("This cut waits for no look now.")));
  Look look{.revision = cut.revision,
            .plan_key = {},
            .name = viewer.name,
            .person = viewer.person,
            .is_speaker = viewer.is_speaker,
            .is_good = verdict.is_good,
            .note = std::string(trim(verdict.note)),
            .at = {}};
  std::vector<FieldProblem> p;
  if (auto fits = check_text(look.note, "note", longest_note); !fits) p.push_back(fits.error().problems.front());
  const auto& shown = cut.preview.span;
  if (verdict.is_good) {
    if (!verdict.saw_beginning) p.push_back({"saw_beginning", std::string(translatable("Look at the beginning first."))});
    if (!verdict.saw_end) p.push_back({"saw_end", std::string(translatable("Look at the end first."))});
    if (verdict.span.from < shown.from || verdict.span.to > shown.to)
      p.push_back({"from", std::string(translatable("The ends can be moved as far as the preview goes."))});
  } else if (look.note.empty()) {
    p.push_back({"note", std::string(translatable("Say what is wrong, so that it can be put right."))});
  }
  if (!p.empty()) return std::unexpected(Error{ErrorCode::invalid, std::string(translatable("Some fields need another look.")), {}, {}, std::move(p)});
  if (verdict.is_good) {
    cut.plan.span = verdict.span;
    cut.plan.is_guessed = false;
    if (verdict.channels) cut.plan.channels = *verdict.channels;
    TRY(check_times(cut.plan));
  }
  look.plan_key = key_of(cut.plan);
  TRY(store::add(tx, cut.id, look));
  const journal::Who by = viewer.person ? journal::Who{viewer.person.value, "person"} : journal::Who{0, "a review link"};
  if (!verdict.is_good) {
    cut.stage = Stage::wrong;
  } else {
    TRY_ASSIGN(const auto settings, settings_of(tx, event.id));
    TRY_ASSIGN(const auto looks, store::looks_at(tx, cut.id));
    TRY_ASSIGN(const bool allowed, may_be_published(tx, cut));
    // Of "review first" it waits on for a speaker, and with two pairs of eyes for the other one.
    if (allowed && has_enough(looks, cut, settings)) cut.stage = Stage::publishing;
  }
  cut.problem.clear();
  TRY(store_change(tx, cut));
  if (cut.stage == Stage::publishing) TRY(queue_publishing(tx, cut));
  TRY(note(tx, by, verdict.is_good ? "cut.found_good" : "cut.found_wrong", event, cut));
  if (cut.block && verdict.is_good) TRY(go_on_with_whole(tx, event, cut));
  return cut;
}

Result<std::vector<std::string>> named_hashes(db::Tx& tx) { return store::named_hashes(tx); }

Result<std::string> export_person(db::Tx& tx, PersonId person) {
  TRY_ASSIGN(const auto looks, store::looks_of_person(tx, person));
  JsonWriter w;
  w.begin_array();
  for (const auto& look : looks) w.begin_object().field("good", look.is_good).field("note", look.note).field("at", to_text(look.at)).end_object();
  return w.end_array().take();
}
Result<void> erase_person(db::Tx& tx, PersonId person) { return store::forget_person(tx, person); }

Result<std::vector<std::string>> check(db::Tx& tx) {
  std::vector<std::string> problems;
  TRY_ASSIGN(const auto foreign, store::cuts_of_foreign_talks(tx));
  for (const auto& code : foreign) problems.push_back("cutting: a cut of " + code + " belongs to another event");
  return problems;
}

}  // namespace confer::cutting
