// Freezing the draft as a named release, and going back to one.
#include <algorithm>
#include <set>
#include "base/json_writer.h"
#include "base/text.h"
#include "people/who.h"
#include "programme/programme.h"
#include "programme/release_steps.h"
#include "programme/store.h"

namespace confer::programme {
namespace {

Result<std::optional<Programme>> parsed(Result<std::optional<std::string>> text) {
  TRY_ASSIGN(auto found, std::move(text));
  if (!found) return std::nullopt;
  TRY_ASSIGN(Programme p, from_json(*found));
  return std::optional(std::move(p));
}

/// A release says what is certain: talks that are not accepted are left out with their slots, and so is what nobody may see.
void leave_out_the_unreleased(Programme& p) {
  std::set<std::string> shown;
  std::erase_if(p.talks, [&](const Talk& t) {
    const bool out = t.state == TalkState::draft || t.state == TalkState::submitted;
    if (!out) shown.insert(t.code);
    return out;
  });
  std::erase_if(p.slots, [&](const Slot& s) { return s.kind == SlotKind::talk && !shown.contains(s.talk); });
}

/// A cancelled talk's slots are shown as cancelled.
void cancel_slots_of_cancelled_talks(Programme& p) {
  for (auto& slot : p.slots)
    if (const Talk* talk = p.talk(slot.talk); talk != nullptr && talk->state == TalkState::cancelled) slot.state = SlotState::cancelled;
}

/// A slot that this release moves, or an earlier one did, is shown as moved.
void mark_moved(Programme& next, const Programme& before) {
  std::set<std::string> moved;
  for (const auto& change : difference(before, next))
    if (change.kind == ChangeKind::moved || change.kind == ChangeKind::retimed) moved.insert(change.slot_guid);
  for (const auto& slot : before.slots)
    if (slot.state == SlotState::moved) moved.insert(slot.guid);
  for (auto& slot : next.slots)
    if (slot.state == SlotState::planned && slot.kind == SlotKind::talk && moved.contains(slot.guid)) slot.state = SlotState::moved;
}

/// Raises SEQUENCE of every slot that calendars must show differently.
Result<void> stamp(db::Tx& tx, EventId event, const Programme& before, const Programme& next) {
  TRY_ASSIGN(auto stamps, store::list_stamps(tx, event));
  std::set<std::string> changed;
  std::set<std::string> edited_talks;
  for (const auto& change : difference(before, next)) {
    changed.insert(change.slot_guid);
    if (change.kind == ChangeKind::edited) edited_talks.insert(change.talk);
  }
  for (const auto& slot : next.slots) {
    auto known = stamps.find(slot.guid);
    if (known == stamps.end())
      TRY(store::put_stamp(tx, event, slot.guid, {0, tx.now()}));
    else if (changed.contains(slot.guid) || (!slot.talk.empty() && edited_talks.contains(slot.talk)))
      TRY(store::put_stamp(tx, event, slot.guid, {known->second.sequence + 1, tx.now()}));
  }
  return {};
}

Result<void> refuse_clashes(db::Tx& tx, const events::Event& event, const Programme& draft) {
  TRY_ASSIGN(auto settings, rule_settings(tx, event));
  TRY_ASSIGN(auto around, surroundings(tx, event));
  Error error{ErrorCode::conflict, "The draft still has clashes that its rules forbid to release.", {}, {}, {}};
  for (const auto& clash : find_clashes(draft, settings, around))
    if (clash.severity >= Severity::block_release) error.problems.push_back({"clash", clash.message});
  if (!error.problems.empty()) return std::unexpected(std::move(error));
  return {};
}

}  // namespace

Result<Release> add_release(db::Tx& tx, const Actor& actor, const events::Event& event, Programme next, const std::optional<Programme>& before,
                            ReleaseRequest request) {
  if (trim(request.name).empty())
    return std::unexpected(Error{ErrorCode::invalid, "A release needs a name, such as 1.0.", {}, {}, {{"name", "Give the release a name, such as 1.0."}}});
  TRY(check_text(request.name, "name", 60));
  TRY(check_text(request.comment, "comment", 2000));
  TRY_ASSIGN(bool taken, store::is_name_taken(tx, event.id, request.name));
  if (taken)
    return std::unexpected(
        Error{ErrorCode::conflict, "There is a release of this name already.", {}, {}, {{"name", "There is a release “" + request.name + "” already."}}});
  if (before) mark_moved(next, *before);
  next.version = request.name;
  next.revision = before ? before->revision + 1 : 1;
  next.released_at = tx.now();
  put_in_order(next);
  store::ReleaseRow row;
  row.revision = next.revision;
  row.name = request.name;
  row.comment = request.comment;
  row.correction = request.correction;
  row.released_at = tx.now();
  row.released_by = actor.person;
  TRY(stamp(tx, event.id, before.value_or(Programme{}), next));
  TRY_ASSIGN(row.id, store::add(tx, event.id, row, to_json(next)));
  TRY(journal::record(
      tx, who(actor), "schedule.released", event.series.value, event.id.value, "event:" + event.slug,
      JsonWriter().begin_object().field("revision", row.revision).field("name", row.name).field("correction", row.correction).end_object().take()));
  return static_cast<Release&>(row);
}

Result<std::vector<Release>> list_releases(db::Tx& tx, const events::Event& event) {
  TRY_ASSIGN(auto rows, store::list_releases(tx, event.id));
  return std::vector<Release>(rows.begin(), rows.end());
}

Result<std::optional<Programme>> current_programme(db::Tx& tx, const events::Event& event) { return parsed(store::last_snapshot(tx, event.id)); }
Result<std::optional<Programme>> released_programme(db::Tx& tx, const events::Event& event, std::string_view name) {
  return parsed(store::snapshot(tx, event.id, name));
}
Result<std::map<std::string, CalendarStamp>> calendar_stamps(db::Tx& tx, const events::Event& event) { return store::list_stamps(tx, event.id); }

Result<Programme> releasable(db::Tx& tx, const events::Event& event, std::string_view base_url) {
  TRY_ASSIGN(Programme draft, load_draft(tx, event, base_url));
  leave_out_the_unreleased(draft);
  cancel_slots_of_cancelled_talks(draft);
  return draft;
}

Result<Release> release_schedule(db::Database& db, const Actor& actor, EventId event_id, std::string name, std::string comment, std::string_view base_url) {
  TRY_ASSIGN(db::Tx tx, db.begin_write());
  TRY_ASSIGN(auto event, events::require_event(tx, event_id));
  TRY(require(actor, Right::programme, events::scope_of(event)));
  TRY_ASSIGN(Programme draft, releasable(tx, event, base_url));
  TRY(refuse_clashes(tx, event, draft));
  TRY_ASSIGN(auto before, current_programme(tx, event));
  if (before && is_same_programme(*before, draft)) return fail(ErrorCode::conflict, "Nothing has changed since release " + before->version + ".");
  TRY_ASSIGN(Release release, add_release(tx, actor, event, std::move(draft), before, {tidy_line(name), std::move(comment), false}));
  TRY(tx.commit());
  return release;
}

bool is_same_programme(Programme a, Programme b) {
  for (Programme* p : {&a, &b}) {
    p->version.clear();
    p->revision = 0;
    p->released_at = {};
    for (auto& slot : p->slots)
      if (slot.state == SlotState::moved) slot.state = SlotState::planned;
    put_in_order(*p);
  }
  return a == b;
}

Result<void> reset_draft(db::Database& db, const Actor& actor, EventId event_id, std::string_view release) {
  TRY_ASSIGN(db::Tx tx, db.begin_write());
  TRY_ASSIGN(auto event, events::require_event(tx, event_id));
  TRY(require(actor, Right::programme, events::scope_of(event)));
  TRY_ASSIGN(auto then, released_programme(tx, event, release));
  if (!then) return fail(ErrorCode::not_found, "There is no release of this name.");
  TRY_ASSIGN(auto slots, store::list_slots(tx, event.id));
  TRY_ASSIGN(auto talks, talks::list_talks(tx, event.id));
  TRY_ASSIGN(auto rooms, events::list_rooms(tx, event));
  TRY_ASSIGN(auto tracks, events::list_tracks(tx, event));
  TRY_ASSIGN(auto types, events::list_session_types(tx, event));
  auto id_of = [](const auto& list, const std::string& code) {
    auto found = std::ranges::find(list, code, [](const auto& item) { return item.code; });
    return found == list.end() ? decltype(list.front().id){} : found->id;
  };
  for (const auto& talk : then->talks) {
    auto found = std::ranges::find(talks, talk.code, &talks::Talk::code);
    if (found == talks.end()) continue;
    talks::Talk next = *found;
    next.title = talk.title;
    next.subtitle = talk.subtitle;
    next.abstract = talk.abstract;
    next.description = talk.description;
    next.track = id_of(tracks, talk.track);
    next.type = id_of(types, talk.type);
    next.language = talk.language;
    next.level = talk.level;
    next.tags = talk.tags;
    next.state = static_cast<talks::State>(talk.state);
    TRY(talks::save_talk(tx, actor, event, std::move(next)));
  }
  std::set<std::string> kept;
  for (const auto& slot : then->slots) kept.insert(slot.guid);
  for (const auto& slot : slots)
    if (!kept.contains(slot.guid)) TRY(store::remove(tx, event.id, slot.id));
  for (const auto& slot : then->slots) {
    DraftSlot next{.id = {},
                   .guid = slot.guid,
                   .kind = slot.kind,
                   .state = slot.state == SlotState::moved ? SlotState::planned : slot.state,
                   .talk = slot.talk.empty() ? TalkId{} : id_of(talks, slot.talk),
                   .room = slot.room.empty() ? RoomId{} : id_of(rooms, slot.room),
                   .start = slot.start,
                   .length = slot.length,
                   .title = slot.title,
                   .note = slot.note,
                   .parts = slot.parts,
                   .extra = slot.extra};
    if (slot.kind == SlotKind::talk && (!next.talk || !next.room)) continue;  // its talk or room was removed since
    auto here = std::ranges::find(slots, slot.guid, &DraftSlot::guid);
    TRY_ASSIGN(auto removed, store::removed_slot(tx, event.id, slot.guid));
    if (here != slots.end()) {
      next.id = here->id;
      next.version = here->version;
      TRY(store::change(tx, event.id, next));
    } else if (removed) {
      TRY(store::restore(tx, event.id, *removed));
      TRY_ASSIGN(DraftSlot old, require_slot(tx, event, *removed));
      next.id = old.id;
      next.version = old.version;
      TRY(store::change(tx, event.id, next));
    } else {
      TRY(store::add(tx, event.id, next));
    }
  }
  TRY(journal::record(tx, who(actor), "draft.reset", event.series.value, event.id.value, "event:" + event.slug,
                      JsonWriter().begin_object().field("release", release).end_object().take()));
  return tx.commit();
}

}  // namespace confer::programme
