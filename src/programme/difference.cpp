// Compares two programmes slot by slot (by GUID), and talk by talk, room by room, track by track (by code).
#include "programme/difference.h"
#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace confer::programme {
namespace {

/// What a slot is the same slot by: its GUID, or its number where a programme has none yet.
std::string key_of(const Slot& slot) { return slot.guid.empty() ? "#" + std::to_string(slot.number) : slot.guid; }

std::map<std::string, const Slot*> public_slots(const Programme& programme) {
  std::map<std::string, const Slot*> found;
  for (const Slot& slot : programme.slots)
    if (is_public(programme, slot)) found.emplace(key_of(slot), &slot);
  return found;
}

template <class T>
void compare(std::vector<std::string>& fields, const char* name, const T& before, const T& after) {
  if (before != after && (fields.empty() || fields.back() != name)) fields.emplace_back(name);
}

std::vector<std::string> changed_fields(const Talk& a, const Talk& b) {
  std::vector<std::string> fields;
  compare(fields, "title", a.title, b.title);
  compare(fields, "subtitle", a.subtitle, b.subtitle);
  compare(fields, "abstract", a.abstract, b.abstract);
  compare(fields, "description", a.description, b.description);
  compare(fields, "speakers", a.credits, b.credits);
  compare(fields, "track", a.track, b.track);
  compare(fields, "type", a.type, b.type);
  compare(fields, "language", a.language, b.language);
  compare(fields, "level", a.level, b.level);
  compare(fields, "tags", a.tags, b.tags);
  compare(fields, "recording", a.do_not_record, b.do_not_record);
  compare(fields, "recording", a.do_not_stream, b.do_not_stream);
  compare(fields, "license", a.license, b.license);
  compare(fields, "logo", a.logo_url, b.logo_url);
  compare(fields, "links", a.links, b.links);
  compare(fields, "attachments", a.attachments, b.attachments);
  compare(fields, "feedback", a.feedback_url, b.feedback_url);
  compare(fields, "origin", a.origin_url, b.origin_url);
  return fields;
}

std::vector<std::string> changed_fields(const Room& a, const Room& b) {
  std::vector<std::string> fields;
  compare(fields, "name", a.name, b.name);
  compare(fields, "description", a.description, b.description);
  compare(fields, "seats", a.capacity, b.capacity);
  compare(fields, "accessibility", a.accessibility, b.accessibility);
  compare(fields, "stream", a.stream_url, b.stream_url);
  compare(fields, "captions", a.captions_url, b.captions_url);
  return fields;
}

std::vector<std::string> changed_fields(const Track& a, const Track& b) {
  std::vector<std::string> fields;
  compare(fields, "name", a.name, b.name);
  compare(fields, "description", a.description, b.description);
  compare(fields, "colour", a.color, b.color);
  return fields;
}

class Comparison {
 public:
  Comparison(const Programme& before, const Programme& after) : before_(before), after_(after) {
    if (before.conference.zone == after.conference.zone) return;
    const auto old_zone = Zone::find(before.conference.zone), zone = Zone::find(after.conference.zone);
    if (old_zone && zone) zones_ = std::pair(*old_zone, *zone);
  }

  std::vector<Change> run() {
    const auto old_slots = public_slots(before_), new_slots = public_slots(after_);
    for (const Slot& slot : after_.slots) {
      const std::string key = key_of(slot);
      if (const auto now = new_slots.find(key); now == new_slots.end() || now->second != &slot) continue;
      const auto old = old_slots.find(key);
      old == old_slots.end() ? appeared(slot) : stayed(*old->second, slot);
    }
    for (const auto& [key, slot] : old_slots)
      if (!new_slots.contains(key)) add(ChangeKind::removed, slot, nullptr, {});
    std::ranges::sort(changes_, [&](const Change& a, const Change& b) { return rank(a) < rank(b); });
    std::vector<Change> all = edits(before_.rooms, after_.rooms, ChangeOf::room);
    std::ranges::move(edits(before_.tracks, after_.tracks, ChangeOf::track), std::back_inserter(all));
    std::ranges::move(changes_, std::back_inserter(all));
    return all;
  }

 private:
  void add(ChangeKind kind, const Slot* old, const Slot* now, std::vector<std::string> fields) {
    const Slot& slot = now ? *now : *old;
    Change change{};
    change.kind = kind;
    change.talk = slot.talk;
    change.title = title_of(now ? after_ : before_, slot, language());
    change.slot = slot.number;
    change.slot_guid = slot.guid;
    if (old) std::tie(change.old_room, change.old_start, change.old_length) = std::tie(old->room, old->start, old->length);
    if (now) std::tie(change.new_room, change.new_start, change.new_length) = std::tie(now->room, now->start, now->length);
    change.fields = std::move(fields);
    changes_.push_back(std::move(change));
  }

  static bool is_hidden(const Room& room) { return room.hidden; }
  static bool is_hidden(const Track&) { return false; }

  template <class Thing>
  std::vector<Change> edits(const std::vector<Thing>& before, const std::vector<Thing>& after, ChangeOf of) const {
    std::vector<Change> found;
    for (const Thing& now : after) {
      const auto old = std::ranges::find(before, now.code, &Thing::code);
      if (old == before.end() || is_hidden(*old) || is_hidden(now)) continue;
      auto fields = changed_fields(*old, now);
      if (fields.empty()) continue;
      Change change{};
      change.kind = ChangeKind::edited;
      change.title = now.name.in(language());
      if (of == ChangeOf::room) change.old_room = change.new_room = now.code;
      change.fields = std::move(fields);
      change.of = of;
      found.push_back(std::move(change));
    }
    return found;
  }

  void appeared(const Slot& slot) {
    if (!is_cancelled(after_, slot)) add(ChangeKind::added, nullptr, &slot, {});
  }

  bool is_retimed(const Slot& old, const Slot& now) const {
    if (old.start != now.start || old.length != now.length) return true;
    return zones_ && zones_->first.to_instant_lenient(old.start) != zones_->second.to_instant_lenient(now.start);
  }

  void stayed(const Slot& old, const Slot& now) {
    const bool was = is_cancelled(before_, old), is = is_cancelled(after_, now);
    if (!was && is)
      add(ChangeKind::cancelled, &old, &now, {});
    else if (was && !is)
      add(ChangeKind::reinstated, &old, &now, {});
    else if (old.room != now.room)
      add(ChangeKind::moved, &old, &now, {});
    else if (is_retimed(old, now))
      add(ChangeKind::retimed, &old, &now, {});
    std::vector<std::string> fields;
    const Talk *old_talk = before_.talk(old.talk), *talk = after_.talk(now.talk);
    if (old.talk != now.talk || old.kind != now.kind)
      fields.emplace_back("talk");
    else if (old_talk && talk && told_.insert(talk->code).second)  // of several slots of one talk, the first tells what was edited
      fields = changed_fields(*old_talk, *talk);
    if (old.title != now.title) fields.emplace_back("title");
    if (old.note != now.note) fields.emplace_back("note");
    if (old.parts != now.parts) fields.emplace_back("parts");
    if (!fields.empty()) add(ChangeKind::edited, &old, &now, std::move(fields));
  }

  std::string_view language() const { return after_.conference.languages.empty() ? std::string_view("en") : after_.conference.languages.front(); }

  /// Where a change stands in the list: by when it now is (or was), then the room's place, then what tells two apart.
  std::tuple<WallTime, int, std::int64_t, std::string, ChangeKind> rank(const Change& change) const {
    const bool gone = change.kind == ChangeKind::removed;
    const Room* room = (gone ? before_ : after_).room(gone ? change.old_room : change.new_room);
    return {gone ? change.old_start : change.new_start, room ? room->position : -1, change.slot, change.slot_guid, change.kind};
  }

  const Programme &before_, &after_;
  std::optional<std::pair<Zone, Zone>> zones_;  ///< when the two differ
  std::set<std::string> told_;
  std::vector<Change> changes_;
};

}  // namespace

std::vector<Change> difference(const Programme& before, const Programme& after) { return Comparison(before, after).run(); }

bool concerns_attendees(const Change& change) { return change.kind != ChangeKind::edited; }

bool is_elsewhere(const Slot& before, const Slot& after) { return before.room != after.room || before.start != after.start; }

}  // namespace confer::programme
