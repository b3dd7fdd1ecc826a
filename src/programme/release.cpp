// Freezing the draft as a named release, and going back to one.
#include <algorithm>
#include <map>
#include <set>
#include "base/json_writer.h"
#include "base/text.h"
#include "people/who.h"
#include "programme/programme.h"
#include "programme/release_steps.h"
#include "programme/store.h"

namespace confer::programme {
namespace {

/// A release stands for ever, but not where it is found: the address is that of this installation today, also after a restore elsewhere or a new slug.
Result<std::optional<Programme>> parsed(Result<std::optional<std::string>> text, const events::Event& event, std::string_view base_url) {
  TRY_ASSIGN(auto found, std::move(text));
  if (!found) return std::nullopt;
  TRY_ASSIGN(Programme p, from_json(*found));
  p.conference.slug = event.slug;
  p.conference.acronym = event.acronym;
  p.conference.url = address_of(event, base_url);
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

using Places = std::map<std::string, Slot>;  ///< by slot GUID

/// Where people may remember each slot to be: in the full release in front of this one. A correction belongs to the full release that it corrects, so it
/// looks at the one in front of that, and at that for what was new in it.
Result<Places> remembered_places(db::Tx& tx, EventId event, bool correction) {
  TRY_ASSIGN(auto releases, store::list_releases(tx, event));
  std::erase_if(releases, &store::ReleaseRow::correction);
  const std::size_t from = correction && releases.size() > 1 ? 1 : 0;
  Places places;
  for (std::size_t i = from + 1; i-- > 0;) {
    if (i >= releases.size()) continue;
    TRY_ASSIGN(auto text, store::snapshot(tx, event, releases[i].name));
    if (!text) continue;
    TRY_ASSIGN(Programme then, from_json(*text));
    for (auto& slot : then.slots)
      if (i == from || !places.contains(slot.guid)) places[slot.guid] = std::move(slot);
  }
  return places;
}

void mark_moved(Programme& next, const Programme& before, const Places& remembered, bool correction) {
  for (auto& slot : next.slots) {
    if (slot.kind != SlotKind::talk || slot.state == SlotState::cancelled) continue;
    const auto old = std::ranges::find(before.slots, slot.guid, &Slot::guid);
    const bool untouched = old != before.slots.end() && old->state != SlotState::cancelled && !is_elsewhere(*old, slot);
    if (correction ? untouched : slot.state == SlotState::moved) continue;  // carried, or marked by hand in the draft
    const auto then = remembered.find(slot.guid);
    slot.state = then != remembered.end() && is_elsewhere(then->second, slot) ? SlotState::moved : SlotState::planned;
  }
}

template <class Thing>
std::set<std::string> renamed(const std::vector<Thing>& before, const std::vector<Thing>& after) {
  std::set<std::string> codes;
  for (const Thing& now : after) {
    const auto old = std::ranges::find(before, now.code, &Thing::code);
    if (old != before.end() && old->name != now.name) codes.insert(now.code);
  }
  return codes;
}

/// Raises SEQUENCE of every slot that calendars must show differently: what changed of it, its talk's words, the name of its room or track. What goes out of
/// the programme is raised too: the last word about it is that it is cancelled.
Result<void> stamp(db::Tx& tx, EventId event, const Programme& before, Programme& next) {
  TRY_ASSIGN(auto stamps, store::list_stamps(tx, event));
  std::set<std::string> changed, removed, edited_talks;
  for (const auto& change : difference(before, next)) {
    (change.kind == ChangeKind::removed ? removed : changed).insert(change.slot_guid);
    if (change.kind == ChangeKind::edited && !change.talk.empty()) edited_talks.insert(change.talk);
  }
  const auto rooms = renamed(before.rooms, next.rooms), tracks = renamed(before.tracks, next.tracks);
  const auto is_changed = [&](const Slot& slot) {
    if (changed.contains(slot.guid) || removed.contains(slot.guid) || rooms.contains(slot.room)) return true;
    const Talk* talk = next.talk(slot.talk);
    return talk != nullptr && (edited_talks.contains(talk->code) || tracks.contains(talk->track));
  };
  const auto raise = [&](const std::string& guid) -> Result<void> {
    auto [known, fresh] = stamps.try_emplace(guid, CalendarStamp{0, tx.now()});
    if (!fresh) known->second = {known->second.sequence + 1, tx.now()};
    return store::put_stamp(tx, event, guid, known->second);
  };
  for (const auto& slot : next.slots) {
    if (!stamps.contains(slot.guid) || is_changed(slot)) TRY(raise(slot.guid));
    removed.erase(slot.guid);
    next.stamps[slot.guid] = stamps.at(slot.guid);
  }
  for (const auto& guid : removed) {
    TRY(raise(guid));
    next.stamps[guid] = stamps.at(guid);
  }
  return {};
}

Result<void> refuse_clashes(db::Tx& tx, const events::Event& event, const Programme& draft) {
  TRY_ASSIGN(auto settings, rule_settings(tx, event));
  TRY_ASSIGN(auto around, surroundings(tx, event));
  Error error{ErrorCode::conflict,
              "The draft still has clashes that its rules forbid to release. Solve them, or let the rules only warn (the page “Rules”).",
              {},
              {},
              {}};
  for (const auto& clash : find_clashes(draft, settings, around))
    if (clash.severity >= Severity::block_release) error.problems.push_back({"clash", clash.message});
  if (!error.problems.empty()) return std::unexpected(std::move(error));
  return {};
}

Result<void> check_request(db::Tx& tx, const events::Event& event, const ReleaseRequest& request) {
  if (trim(request.name).empty())
    return std::unexpected(Error{ErrorCode::invalid, "A release needs a name, such as 1.0.", {}, {}, {{"name", "Give the release a name, such as 1.0."}}});
  TRY(check_text(request.name, "name", 60));
  TRY(check_text(request.comment, "comment", 2000));
  TRY_ASSIGN(bool taken, store::is_name_taken(tx, event.id, request.name));
  if (taken)
    return std::unexpected(
        Error{ErrorCode::conflict, "There is a release of this name already.", {}, {}, {{"name", "There is a release “" + request.name + "” already."}}});
  return {};
}

}  // namespace

Result<Release> add_release(db::Tx& tx, const Actor& actor, const events::Event& event, Programme next, const std::optional<Programme>& before,
                            ReleaseRequest request) {
  TRY(check_request(tx, event, request));
  TRY_ASSIGN(const auto remembered, remembered_places(tx, event.id, request.correction));
  mark_moved(next, before.value_or(Programme{}), remembered, request.correction);
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
  next.stamps.clear();
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

Result<std::optional<Programme>> current_programme(db::Tx& tx, const events::Event& event, std::string_view base_url) {
  return parsed(store::last_snapshot(tx, event.id), event, base_url);
}
Result<std::optional<Programme>> released_programme(db::Tx& tx, const events::Event& event, std::string_view name, std::string_view base_url) {
  return parsed(store::snapshot(tx, event.id, name), event, base_url);
}
Result<std::map<std::string, CalendarStamp>> calendar_stamps(db::Tx& tx, const events::Event& event, const Programme& released) {
  if (!released.stamps.empty()) return released.stamps;
  TRY_ASSIGN(auto stamps, store::list_stamps(tx, event.id));
  // What changed later was not yet said then; how often it had changed before is not known, and 0 is never more than a later release says.
  for (auto& [guid, stamp] : stamps)
    if (stamp.changed_at > released.released_at) stamp = {0, released.released_at};
  return stamps;
}

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
  ReleaseRequest wanted{tidy_line(name), std::move(comment), false};
  TRY(check_request(tx, event, wanted));
  TRY_ASSIGN(Programme draft, releasable(tx, event, base_url));
  TRY(refuse_clashes(tx, event, draft));
  TRY_ASSIGN(auto before, current_programme(tx, event, base_url));
  if (before && is_same_programme(*before, draft)) return fail(ErrorCode::conflict, "Nothing has changed since release " + before->version + ".");
  TRY_ASSIGN(Release release, add_release(tx, actor, event, std::move(draft), before, std::move(wanted)));
  TRY(tx.commit());
  return release;
}

bool is_same_programme(Programme a, Programme b) {
  for (Programme* p : {&a, &b}) {
    p->version.clear();
    p->revision = 0;
    p->released_at = {};
    p->stamps.clear();
    for (auto& slot : p->slots)
      if (slot.state == SlotState::moved) slot.state = SlotState::planned;
    put_in_order(*p);
  }
  return a == b;
}

}  // namespace confer::programme
