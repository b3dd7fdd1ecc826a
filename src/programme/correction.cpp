// Quick corrections: an 08:50 emergency becomes a release of its own, and stands in the draft too.
#include <algorithm>
#include <charconv>
#include "base/text.h"
#include "people/who.h"
#include "programme/programme.h"
#include "programme/release_steps.h"
#include "programme/store.h"

namespace confer::programme {
namespace {

using What = Correction::What;

Slot* slot_of(Programme& p, std::int64_t number) {
  auto found = std::ranges::find(p.slots, number, &Slot::number);
  return found == p.slots.end() ? nullptr : &*found;
}

WallTime end_of(const Slot& slot) { return slot.start + slot.length; }

bool overlap(const Slot& a, const Slot& b) { return a.start < end_of(b) && b.start < end_of(a); }

/// What else stands there: a moved session may not land on another one.
const Slot* occupant(const Programme& p, const Slot& moved) {
  for (const auto& other : p.slots)
    if (other.number != moved.number && other.state != SlotState::cancelled && other.kind == SlotKind::talk && other.room == moved.room &&
        overlap(other, moved))
      return &other;
  return nullptr;
}

Result<void> refuse_occupied(const Programme& p, const Slot& moved) {
  const Slot* other = occupant(p, moved);
  if (other == nullptr) return {};
  const Talk* talk = p.talk(other->talk);
  return fail(ErrorCode::conflict, "The place is taken from " + clock_text(other->start) + " to " + clock_text(end_of(*other)) + " by “" +
                                       (talk != nullptr ? talk->title : "another session") + "”. Choose another room or time, or swap the two.");
}

/// To begin with; `require_changes` looks at what is really changed.
Result<void> require_somewhere(const Actor& actor, const events::Event& event) {
  const Scope scope = events::scope_of(event);
  return may_somewhere(actor, Right::programme, scope) ? Result<void>{} : require(actor, Right::programme, scope);
}

std::unexpected<Error> no_slot() { return fail(ErrorCode::not_found, "This session is not in the current release."); }

Result<void> move(Programme& p, const Correction& c) {
  Slot* slot = slot_of(p, c.slot);
  if (slot == nullptr) return no_slot();
  if (!c.room.empty()) {
    if (p.room(c.room) == nullptr) return fail(ErrorCode::not_found, "There is no such room.");
    slot->room = c.room;
  }
  if (c.start) slot->start = *c.start;
  if (c.length) slot->length = *c.length;
  if (!c.note.empty()) slot->note = c.note;
  return refuse_occupied(p, *slot);
}

Result<void> swap(Programme& p, const Correction& c) {
  Slot* a = slot_of(p, c.slot);
  Slot* b = slot_of(p, c.other);
  if (a == nullptr || b == nullptr) return no_slot();
  if (a == b) return fail(ErrorCode::invalid, "Choose two different sessions to swap.");
  std::swap(a->room, b->room);
  std::swap(a->start, b->start);
  if (!c.note.empty()) a->note = b->note = c.note;
  TRY(refuse_occupied(p, *a));
  return refuse_occupied(p, *b);
}

/// With another room given, all that was to come moves there; else it is cancelled.
Result<void> close_room(Programme& p, const Correction& c) {
  if (p.room(c.room) == nullptr || (!c.to_room.empty() && p.room(c.to_room) == nullptr)) return fail(ErrorCode::not_found, "There is no such room.");
  if (c.room == c.to_room) return fail(ErrorCode::invalid, "Choose another room than the closed one.");
  for (auto& slot : p.slots) {
    if (slot.room != c.room || slot.kind != SlotKind::talk || slot.state == SlotState::cancelled) continue;
    if (c.start && end_of(slot) <= *c.start) continue;
    if (c.until && slot.start >= *c.until) continue;
    if (!c.note.empty()) slot.note = c.note;
    if (c.to_room.empty()) {
      slot.state = SlotState::cancelled;
    } else {
      slot.room = c.to_room;
      TRY(refuse_occupied(p, slot));
    }
  }
  return {};
}

Result<void> edit_talk(Programme& p, const Correction& c) {
  auto talk = std::ranges::find(p.talks, c.talk, &Talk::code);
  if (talk == p.talks.end()) return fail(ErrorCode::not_found, "This talk is not in the current release.");
  if (!c.title.empty()) {
    talk->title = tidy_line(c.title);
    talk->slug = slugify(talk->title);
    if (talk->slug.empty()) talk->slug = "talk";
  }
  if (!c.abstract.empty()) talk->abstract = c.abstract;
  return {};
}

Result<void> edit_files(Programme& p, const Correction& c) {
  auto talk = std::ranges::find(p.talks, c.talk, &Talk::code);
  if (talk == p.talks.end()) return fail(ErrorCode::not_found, "This talk is not in the current release.");
  talk->attachments = c.attachments;
  return {};
}

Result<void> set_state(Programme& p, const Correction& c, SlotState state) {
  Slot* slot = slot_of(p, c.slot);
  if (slot == nullptr) return no_slot();
  slot->state = state;
  slot->note = c.note;
  return state == SlotState::cancelled ? Result<void>{} : refuse_occupied(p, *slot);
}

/// The next name after "1.0" is "1.0.1"; after the correction "1.0.1" it is "1.0.2".
std::string correction_name(const store::ReleaseRow& last) {
  const auto dot = last.name.rfind('.');
  int n = 0;
  if (last.correction && dot != std::string::npos) {
    const char* end = last.name.data() + last.name.size();
    if (std::from_chars(last.name.data() + dot + 1, end, n).ptr == end) return last.name.substr(0, dot + 1) + std::to_string(n + 1);
  }
  return last.name + ".1";
}

/// The same change in the draft's rows: every slot and talk that the correction touched gets the corrected values.
Result<void> change_draft(db::Tx& tx, const Actor& actor, const events::Event& event, const Programme& before, const Programme& next) {
  TRY_ASSIGN(auto slots, store::list_slots(tx, event.id));
  TRY_ASSIGN(auto rooms, events::list_rooms(tx, event));
  for (const auto& slot : next.slots) {
    auto old = std::ranges::find(before.slots, slot.number, &Slot::number);
    auto row = std::ranges::find(slots, SlotId{slot.number}, &DraftSlot::id);
    if (old == before.slots.end() || *old == slot || row == slots.end()) continue;
    DraftSlot changed = *row;
    auto room = std::ranges::find(rooms, slot.room, &events::Room::code);
    if (old->room != slot.room && room != rooms.end()) changed.room = room->id;
    if (old->start != slot.start) changed.start = slot.start;
    if (old->length != slot.length) changed.length = slot.length;
    if (old->note != slot.note) changed.note = slot.note;
    if (old->state != slot.state) changed.state = slot.state;
    TRY(store::change(tx, event.id, changed));
  }
  for (const auto& talk : next.talks) {
    const Talk* old = before.talk(talk.code);
    if (old == nullptr || *old == talk) continue;
    if (old->title == talk.title && old->abstract == talk.abstract) continue;
    TRY_ASSIGN(auto row, talks::require_talk(tx, event.id, talk.code));
    row.title = talk.title;
    row.abstract = talk.abstract;
    TRY(talks::save_talk(tx, actor, event, std::move(row)));
  }
  return {};
}

/// Who is limited to tracks may correct what is in them, and nothing else.
Result<void> require_changes(db::Tx& tx, const Actor& actor, const events::Event& event, const Programme& before, const Programme& next) {
  const Scope scope = events::scope_of(event);
  if (may(actor, Right::programme, scope)) return {};
  TRY_ASSIGN(auto tracks, events::list_tracks(tx, event));
  const auto require_talk = [&](const std::string& code) {
    Scope of_talk = scope;
    const Talk* talk = before.talk(code);
    auto track = std::ranges::find(tracks, talk != nullptr ? talk->track : "", &events::Track::code);
    if (track != tracks.end()) of_talk.track = track->id;
    return require(actor, Right::programme, of_talk);
  };
  for (const auto& slot : next.slots) {
    auto old = std::ranges::find(before.slots, slot.number, &Slot::number);
    if (old == before.slots.end() || *old != slot) TRY(require_talk(slot.talk));
  }
  for (const auto& talk : next.talks) {
    const Talk* old = before.talk(talk.code);
    if (old == nullptr || *old != talk) TRY(require_talk(talk.code));
  }
  return {};
}

/// An edition and its summits share rooms: what moves may not land on a session of another one.
Result<void> refuse_occupied_elsewhere(db::Tx& tx, const events::Event& event, const Programme& before, const Programme& next) {
  TRY_ASSIGN(auto around, surroundings(tx, event));
  if (around.elsewhere.empty()) return {};
  for (const auto& slot : next.slots) {
    const auto old = std::ranges::find(before.slots, slot.number, &Slot::number);
    const bool stays = old != before.slots.end() && !is_elsewhere(*old, slot) && old->length == slot.length && old->state != SlotState::cancelled;
    if (stays || slot.state == SlotState::cancelled) continue;
    for (const auto& clash : clashes_of(next, slot, {}, around))
      if (clash.rule == Rule::room_twice && !clash.other_event.empty()) return fail(ErrorCode::conflict, clash.message + " Choose another room or time.");
  }
  return {};
}

/// Stores `next` as a correction of the last release, and the same change in the draft.
Result<Release> release_correction(db::Tx& tx, const Actor& actor, const events::Event& event, const store::ReleaseRow& last, const Programme& before,
                                   Programme next, std::string comment) {
  if (is_same_programme(before, next)) return fail(ErrorCode::conflict, "This changes nothing: the programme says so already.");
  TRY(require_changes(tx, actor, event, before, next));
  TRY(refuse_occupied_elsewhere(tx, event, before, next));
  TRY(change_draft(tx, actor, event, before, next));
  return add_release(tx, actor, event, std::move(next), before, {correction_name(last), std::move(comment), true});
}

std::string_view verb(What what) {
  switch (what) {
    case What::cancel:
      return "Cancelled";
    case What::reinstate:
      return "Takes place again";
    case What::move:
      return "Moved";
    case What::swap:
      return "Swapped";
    case What::close_room:
      return "Room closed";
    case What::edit_talk:
      return "Text corrected";
    case What::edit_files:
      return "Files changed";
  }
  return "";
}

}  // namespace

Result<Programme> with_correction(Programme p, const Correction& c) {
  switch (c.what) {
    case What::cancel:
      TRY(set_state(p, c, SlotState::cancelled));
      break;
    case What::reinstate:
      TRY(set_state(p, c, SlotState::planned));
      break;
    case What::move:
      TRY(move(p, c));
      break;
    case What::swap:
      TRY(swap(p, c));
      break;
    case What::close_room:
      TRY(close_room(p, c));
      break;
    case What::edit_talk:
      TRY(edit_talk(p, c));
      break;
    case What::edit_files:
      TRY(edit_files(p, c));
      break;
  }
  TRY_ASSIGN(Zone zone, Zone::find(p.conference.zone));
  for (const auto& slot : p.slots)
    if (auto ok = zone.to_instant(slot.start); !ok && slot.number == c.slot) return std::unexpected(std::move(ok).error());
  put_in_order(p);
  return p;
}

Result<Release> correct(db::Database& db, const Actor& actor, EventId event_id, const Correction& correction, std::string_view base_url) {
  TRY_ASSIGN(db::Tx tx, db.begin_write());
  TRY_ASSIGN(auto event, events::require_event(tx, event_id));
  TRY(require_somewhere(actor, event));
  TRY(check_text(correction.note, "note", 500));
  TRY_ASSIGN(auto last, store::last_release(tx, event.id));
  TRY_ASSIGN(auto before, current_programme(tx, event, base_url));
  if (!last || !before) return fail(ErrorCode::conflict, "Nothing is released yet: change the draft and release it.");
  TRY_ASSIGN(Programme next, with_correction(*before, correction));
  TRY_ASSIGN(Release release, release_correction(tx, actor, event, *last, *before, std::move(next), std::string(verb(correction.what))));
  TRY(tx.commit());
  return release;
}

Result<Release> publish_files(db::Database& db, const Actor& actor, EventId event_id, std::string_view talk, std::string_view base_url) {
  std::vector<Link> attachments;
  {
    TRY_ASSIGN(auto tx, db.begin_read());
    TRY_ASSIGN(const auto event, events::require_event(tx, event_id));
    TRY_ASSIGN(const Programme draft, load_draft(tx, event, base_url));
    const Talk* here = draft.talk(talk);
    if (here == nullptr) return fail(ErrorCode::not_found, "There is no such talk in this event.");
    attachments = here->attachments;
  }
  Correction files;
  files.what = What::edit_files;
  files.talk = talk;
  files.attachments = std::move(attachments);
  return correct(db, actor, event_id, files, base_url);
}

Result<Release> undo_correction(db::Database& db, const Actor& actor, EventId event_id, int revision) {
  TRY_ASSIGN(db::Tx tx, db.begin_write());
  TRY_ASSIGN(auto event, events::require_event(tx, event_id));
  TRY(require_somewhere(actor, event));
  TRY_ASSIGN(auto last, store::last_release(tx, event.id));
  TRY_ASSIGN(auto before, current_programme(tx, event, ""));
  if (!last || !before || last->revision != revision || !last->correction)
    return fail(ErrorCode::conflict, "Something else was released since, so this cannot be taken back in one step. Make the opposite change.");
  TRY_ASSIGN(auto releases, store::list_releases(tx, event.id));
  auto earlier = std::ranges::find(releases, revision - 1, &Release::revision);
  if (earlier == releases.end()) return fail(ErrorCode::conflict, "There is no release before this one.");
  TRY_ASSIGN(auto then, released_programme(tx, event, earlier->name, ""));
  if (!then) return fail(ErrorCode::conflict, "There is no release before this one.");
  TRY_ASSIGN(Release release, release_correction(tx, actor, event, *last, *before, std::move(*then), "Taken back: " + last->name));
  TRY(tx.commit());
  return release;
}

}  // namespace confer::programme
