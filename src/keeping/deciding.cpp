// What the keeper decides, and takes back (keeping.h).
#include <algorithm>
#include <nlohmann/json.hpp>
#include "archive/archive.h"
#include "archive/names.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "html/template.h"
#include "jobs/jobs.h"
#include "journal/journal.h"
#include "keeping/corrections.h"
#include "keeping/many.h"
#include "keeping/store.h"
#include "mail/mail.h"
#include "people/who.h"
#include "search/search.h"

namespace confer::keeping {
namespace {

using html::translate;
using Json = nlohmann::json;

/// What decisions leave to be done once for all of them, before the commit.
struct Aftermath {
  std::set<EventId> events;
  bool erased = false;
};

Result<Case> require_case(db::Tx& tx, KeeperCaseId id, State state) {
  TRY_ASSIGN(auto found, store::list(tx, {.state = state, .kind = {}, .one = id, .limit = 1, .offset = 0}));
  // The decided ones hold what was taken back, too.
  if (!found.empty() && (found.front().state == State::open) == (state == State::open)) return std::move(found.front());
  return fail(ErrorCode::conflict,
              state == State::open ? "This was decided meanwhile, or does not wait any more. Load the page again." : "This is open again already.");
}

std::string fact_data(const Case& c) {
  JsonWriter w;
  return w.begin_object().field("case", c.id.value).field("kind", name_of(c.kind)).end_object().take();
}

std::string subject_of(const Case& c) {
  if (c.kind == Kind::many) return "case:" + std::to_string(c.id.value);
  return c.talk ? "talk:" + c.talk_code : "speaker:" + std::to_string(c.speaker.value);
}

Result<void> touch_name(db::Tx& tx, SpeakerId name, Aftermath& after) {
  TRY_ASSIGN(const auto events, archive::events_of_name(tx, name));
  after.events.insert(events.begin(), events.end());
  return {};
}

// ---- accepting: each returns what taking it back needs

Result<std::string> accept_names(db::Tx& tx, const Case& c, Aftermath& after) {
  TRY_ASSIGN(const auto joined, archive::join_names(tx, c.speaker, c.other));
  for (const SpeakerId name : joined.moved) TRY(touch_name(tx, name, after));
  JsonWriter w;
  w.begin_object().field("page", joined.page.value).key("moved").begin_array();
  for (const SpeakerId name : joined.moved) w.value(name.value);
  return w.end_array().end_object().take();
}

Result<std::string> accept_correction(db::Tx& tx, const Actor& actor, const Case& c, const Decision& decision, Aftermath& after) {
  TRY_ASSIGN(const Correctable before, require_correctable(tx, c.talk));
  Correctable changed = before;
  std::vector<std::string> names;
  for (const auto& change : c.changes) {
    if (decision.parts && !decision.parts->contains(change.field)) continue;
    const auto present = value_of(change.field, before);
    if (!is_same(change.field, present, change.was) && !is_same(change.field, present, change.now))
      return fail(ErrorCode::conflict,
                  "“" + std::string(words_of_field(change.field)) + "” of “" + before.talk.title +
                      "” was changed since the correction was written. Look at the talk, then untick the field or decline the correction.");
    std::string problem;
    if (!set_value(change.field, change.now, changed, problem)) return fail(ErrorCode::conflict, std::string(words_of_field(change.field)) + ": " + problem);
    names.push_back(change.field);
  }
  // Only a note was written: there is nothing to apply, and the answer says what was done.
  if (names.empty() && c.changes.empty()) return std::string();
  if (names.empty()) return fail(ErrorCode::conflict, "No field of the correction was chosen. Choose one, or decline it.");
  TRY_ASSIGN(const EventId event, store_corrected(tx, actor, before, changed, "archive.corrected", c.id));
  after.events.insert(event);
  return remembered(names, before, changed);
}

Result<std::string> accept_claim(db::Tx& tx, const Case& c) {
  TRY_ASSIGN(const auto speaker, archive::find_speaker(tx, c.speaker));
  if (!c.asked_by) return fail(ErrorCode::conflict, "The account that claimed the name is gone.");
  if (!speaker || speaker->name.empty()) return fail(ErrorCode::conflict, "This name is not there any more.");
  if (speaker->person && speaker->person != c.asked_by)
    return fail(ErrorCode::conflict, "Somebody else has claimed “" + speaker->name + "”. Take that claim back first.");
  TRY(archive::set_claimant(tx, c.speaker, c.asked_by));
  JsonWriter w;
  return w.begin_object().field("person", c.asked_by.value).end_object().take();
}

/// Where a name stands in a programme of ours, whose releases name it too.
Result<void> require_only_archived(db::Tx& tx, SpeakerId name) {
  TRY_ASSIGN(const auto ids, archive::events_of_name(tx, name));
  for (const EventId id : ids) {
    TRY_ASSIGN(const auto event, events::find_event(tx, id));
    if (event && event->kind != events::EventKind::archived)
      return fail(ErrorCode::conflict,
                  "The name also stands in the programme of “" + event->title.in("en") +
                      "”, which was released here. Erase the person there first (Organise, Speakers, Erase): that takes them out of its releases and out of "
                      "the archive. Then accept this for what is left.");
  }
  return {};
}

Result<std::string> accept_removal(db::Tx& tx, const Case& c, const Decision& decision, Aftermath& after) {
  TRY_ASSIGN(const auto talks_of_name, archive::talks_of_names(tx, {c.speaker}));
  const bool asked_for_talks = static_cast<Removal>(c.reason) == Removal::talks;
  std::map<std::string, EventId> gone;
  for (const auto& talk : talks_of_name) {
    if (decision.parts ? !decision.parts->contains(talk.code) : !asked_for_talks) continue;
    TRY_ASSIGN(const auto found, talks::find_talk(tx, talk.code));
    if (!found) continue;
    TRY_ASSIGN(const auto event, events::find_event(tx, found->event));
    if (event && event->kind != events::EventKind::archived)
      return fail(ErrorCode::conflict, "“" + talk.title + "” belongs to a programme that its organisers keep; it is removed there.");
    TRY(talks::put_away(tx, found->event, found->id));
    after.events.insert(found->event);
    gone.emplace(talk.code, found->event);
  }
  const bool name_goes = !decision.parts || decision.parts->contains("name");
  if (!name_goes && gone.empty()) return fail(ErrorCode::conflict, "Nothing of the removal was chosen. Choose the name or a talk, or decline it.");
  if (name_goes) {
    TRY(require_only_archived(tx, c.speaker));
    TRY(store::forget_name(tx, c.speaker));
    TRY_ASSIGN(const auto events, archive::erase_name(tx, c.speaker));
    after.events.insert(events.begin(), events.end());
    after.erased = true;
    // A name that is erased cannot come back; nor does what went with it.
    return std::string();
  }
  JsonWriter w;
  w.begin_object().key("talks").begin_object();
  for (const auto& [code, event] : gone) w.field(code, event.value);
  return w.end_object().end_object().take();
}

Result<std::string> accept(db::Tx& tx, const Actor& actor, const Case& c, const Decision& decision, Aftermath& after) {
  switch (c.kind) {
    case Kind::names:
      return accept_names(tx, c, after);
    case Kind::correction:
      return accept_correction(tx, actor, c, decision, after);
    case Kind::claim:
      return accept_claim(tx, c);
    case Kind::removal:
      return accept_removal(tx, c, decision, after);
    case Kind::many:
      break;
  }
  return std::string();
}

// ---- the answer

struct Words {
  std::string_view about, accepted, declined;
};
Words words_for(Kind kind) {
  switch (kind) {
    case Kind::claim:
      return {html::translatable("You told us that you are this speaker."),
              html::translatable("Your claim was accepted. What you suggest for your talks from now on is marked as yours."),
              html::translatable("Your claim was not accepted.")};
    case Kind::removal:
      return {html::translatable("You asked for a removal from the archive."),
              html::translatable("It was done. Pages, search, feeds and exports follow within minutes."), html::translatable("It was not done.")};
    case Kind::names:
    case Kind::correction:
    case Kind::many:
      break;
  }
  return {html::translatable("You suggested a correction."), html::translatable("It was applied. Thank you!"), html::translatable("It was not applied.")};
}

Result<std::int64_t> answer_by_mail(db::Tx& tx, const people::SignIn& surroundings, const Case& c, const Decision& decision) {
  if (c.email.empty() || c.kind == Kind::names) return 0;
  const auto to = Email::parse(c.email);
  if (!to) return 0;
  const auto words = words_for(c.kind);
  mail::Message message;
  message.to = *to;
  message.person = c.asked_by.value;
  message.subject = tidy_line(std::string(translate("Your request about the archive", c.language)));
  message.language = c.language;
  message.kind = "archive_answer";
  message.text = std::string(translate(words.about, c.language)) + "\n";
  // A name that was just erased is not written once more.
  if (c.kind == Kind::correction) message.text += c.talk_title + "\n" + surroundings.base_url + c.talk_path + "\n";
  if (c.kind == Kind::claim) message.text += c.speaker_name + "\n" + surroundings.base_url + "/archive/speakers/" + c.speaker_slug + "\n";
  message.text += "\n" + std::string(translate(decision.accept ? words.accepted : words.declined, c.language)) + "\n";
  if (!decision.answer.empty()) message.text += "\n" + decision.answer + "\n";
  message.text += "\n" + translate("What you wrote and your address are forgotten here after %1 days.", c.language, {std::to_string(kept_for.count())}) + "\n";
  return mail::queue(tx, message, surroundings.mail);
}

Result<void> finish(db::Tx& tx, const Aftermath& after) {
  for (const EventId event : after.events) TRY(archive::index_event(tx, event));
  if (after.erased) {
    TRY(search::wipe_removed(tx));
    TRY(jobs::enqueue(tx, {.kind = jobs::wipe_kind, .input = "{}", .run_at = {}, .max_attempts = 30, .event = 0, .unique_key = jobs::wipe_kind}));
  }
  return {};
}

/// The names of the fields that could not be put back.
Result<std::vector<std::string>> undo_accepted(db::Tx& tx, const Actor& actor, const Case& c, Aftermath& after) {
  if (c.undo.empty()) {
    if (c.kind == Kind::correction && c.changes.empty() && !c.note.empty()) return std::vector<std::string>{};
    return fail(ErrorCode::conflict, c.kind == Kind::removal ? "A name that was erased cannot be brought back: nothing of it is kept."
                                                             : "This cannot be taken back any more: what stood there before was forgotten.");
  }
  if (c.kind == Kind::correction) {
    TRY_ASSIGN(const Correctable before, require_correctable(tx, c.talk));
    Correctable changed = before;
    TRY_ASSIGN(auto left, put_back(c.undo, changed));
    TRY_ASSIGN(const EventId event, store_corrected(tx, actor, before, changed, "archive.correction_undone", c.id));
    after.events.insert(event);
    return left;
  }
  if (c.kind == Kind::many) return undo_many(tx, actor, c);
  const auto json = Json::parse(c.undo, nullptr, false);
  if (!json.is_object()) return fail(ErrorCode::internal, "What was done cannot be read any more.", c.undo);
  if (c.kind == Kind::names) {
    archive::Joined joined{.page = SpeakerId{json.value("page", std::int64_t{0})}, .moved = {}};
    for (const auto& id : json.value("moved", std::vector<std::int64_t>{})) joined.moved.emplace_back(id);
    if (joined.moved.empty()) return fail(ErrorCode::internal, "What was done cannot be read any more.", c.undo);
    for (const SpeakerId name : joined.moved) TRY(touch_name(tx, name, after));
    TRY(archive::part_names(tx, joined));
  } else if (c.kind == Kind::claim) {
    TRY_ASSIGN(const auto speaker, archive::find_speaker(tx, c.speaker));
    if (!speaker || speaker->person != PersonId{json.value("person", std::int64_t{0})})
      return fail(ErrorCode::conflict, "The claim does not stand any more as it was accepted: the name was joined or claimed otherwise since.");
    TRY(archive::set_claimant(tx, c.speaker, {}));
  } else {
    for (const auto& [code, number] : json.value("talks", std::map<std::string, std::int64_t>{})) {
      const EventId event{number};
      TRY_ASSIGN(const auto talk, talks::find_removed(tx, event, code));
      if (!talk) continue;
      TRY(talks::bring_back(tx, event, *talk));
      after.events.insert(event);
    }
  }
  return std::vector<std::string>{};
}

}  // namespace

std::string_view name_of(Kind kind) {
  static constexpr std::array<std::string_view, 5> names{"names", "correction", "claim", "removal", "many"};
  return names.at(static_cast<std::size_t>(kind));
}
std::string_view words_of(Kind kind) {
  static constexpr std::array<std::string_view, 5> words{"Names", "Corrections", "Claims", "Removals", "Changes of many"};
  return words.at(static_cast<std::size_t>(kind));
}

Result<std::vector<Case>> list_cases(db::Tx& tx, const CaseFilter& filter) { return store::list(tx, filter); }
Result<std::map<Kind, Waiting>> count_waiting(db::Tx& tx) { return store::count_waiting(tx); }

Result<void> decide(db::Database& db, const Actor& actor, const people::SignIn& surroundings, std::span<const Decision> decisions) {
  TRY(require(actor, Right::archive, Scope{}));
  TRY_ASSIGN(auto tx, db.begin_write());
  Aftermath after;
  for (const auto& decision : decisions) {
    constexpr std::size_t longest_answer = 5000;
    TRY(check_text(decision.answer, "answer", longest_answer));
    TRY_ASSIGN(const Case c, require_case(tx, decision.id, State::open));
    std::string undo;
    if (decision.accept) {
      TRY_ASSIGN(undo, accept(tx, actor, c, decision, after));
    }
    TRY_ASSIGN(const auto mail, answer_by_mail(tx, surroundings, c, decision));
    TRY_ASSIGN(const bool done, store::decide(tx, c, decision.accept ? State::accepted : State::declined, actor.person, decision.answer, mail, undo));
    if (!done) return fail(ErrorCode::conflict, "This was decided meanwhile. Load the page again.");
    TRY(journal::record(tx, who(actor), decision.accept ? "archive.accepted" : "archive.declined", 0, 0, subject_of(c), fact_data(c)));
  }
  TRY(finish(tx, after));
  return tx.commit();
}

Result<std::vector<std::string>> take_back(db::Database& db, const Actor& actor, KeeperCaseId id) {
  TRY(require(actor, Right::archive, Scope{}));
  TRY_ASSIGN(auto tx, db.begin_write());
  TRY_ASSIGN(const Case c, require_case(tx, id, State::accepted));
  Aftermath after;
  if (c.kind == Kind::many && c.state == State::declined) return fail(ErrorCode::conflict, "This was taken back already.");
  std::vector<std::string> left;
  if (c.state == State::accepted) {
    TRY_ASSIGN(left, undo_accepted(tx, actor, c, after));
  }
  // What never waited does not wait now.
  if (c.kind == Kind::many)
    TRY(store::close_many(tx, id, actor.person));
  else
    TRY(store::reopen(tx, id, actor.person));
  TRY(journal::record(tx, who(actor), "archive.taken_back", 0, 0, subject_of(c), fact_data(c)));
  TRY(finish(tx, after));
  TRY(tx.commit());
  return left;
}

}  // namespace confer::keeping
