// Bringing a file's programme into the draft, and again, without losing what was edited here.
#include "programme/formats/import.h"
#include <algorithm>
#include <map>
#include <set>
#include "base/json_writer.h"
#include "base/random.h"
#include "base/text.h"
#include "people/people.h"
#include "people/who.h"
#include "programme/import_steps.h"
#include "programme/merge.h"
#include "programme/programme.h"
#include "programme/store.h"

namespace confer::programme {
namespace {

using Keys = std::map<std::string, std::string>;  ///< code in the file → code here

/// Colours for tracks that a file brings without one; each reads with white or black text.
constexpr std::array<std::string_view, 8> palette{"#1f5f8b", "#8b3a1f", "#2f6f3e", "#6b3fa0", "#946200", "#a02f5f", "#2f6f73", "#55606b"};

/// One import on its way: what is here, what the file says, what was decided.
class Import {
 public:
  Import(db::Tx& tx, const Actor& actor, events::Event event, const Progress& progress)
      : tx_(tx), event_(std::move(event)), actor_(actor), progress_(progress) {
    // Who may import the programme may make the rooms, tracks and types that it names.
    actor_.memberships.push_back({.series = {}, .event = event_.id, .rights = {Right::organise, Right::programme}, .limited_to_tracks = false, .tracks = {}});
  }
  Result<ImportReport> run(const Imported& imported);

 private:
  Result<void> load();
  Result<void> match_zone();
  Result<void> take_conference();
  Result<void> take_rooms();
  Result<void> take_tracks();
  Result<void> take_types();
  Result<void> take_people();
  Result<void> take_talks();
  Result<void> take_slots();
  Result<void> drop_vanished();
  void list_as_removed(std::string_view kind, const std::string& guid, const std::string& name);
  void compare_with_edition(const events::Room& row, const Room& file);
  Result<void> bring_back_room(const std::string& code);
  std::string file_title(const Slot& slot) const;

  Result<const Fields*> base_of(std::string_view kind, const std::string& guid);
  Result<void> remember(std::string_view kind, const std::string& guid, const Fields& fields);
  /// Merges `file` into `here`, counts, remembers. True when `here` changed and must be saved.
  template <class T>
  Result<bool> merge_into(T& here, const T& file, const std::vector<FieldOf<T>>& fields, std::string_view kind, const std::string& guid,
                          const std::string& title);

  db::Tx& tx_;
  events::Event event_;
  Actor actor_;
  const Progress& progress_;
  Programme file_;
  Programme draft_;
  std::vector<events::Room> rooms_;
  std::vector<events::Track> tracks_;
  std::vector<events::SessionType> types_;
  std::vector<events::Removed<RoomId>> removed_rooms_;
  std::vector<events::Removed<TrackId>> removed_tracks_;
  std::vector<events::Removed<SessionTypeId>> removed_types_;
  std::map<std::string, events::Removed<RoomId>> waiting_rooms_;  ///< removed here, in the file: comes back when a session needs it; by code
  std::vector<talks::Talk> talks_;
  std::vector<DraftSlot> slots_;
  std::map<std::pair<std::string, std::string>, std::string> bases_;
  std::map<std::pair<std::string, std::string>, Fields> parsed_;
  Keys room_keys_, track_keys_, type_keys_, talk_keys_;
  std::map<std::string, PersonId> person_ids_;  ///< by GUID
  std::set<std::string> seen_slots_;
  ImportReport report_;
};

Result<void> Import::load() {
  TRY_ASSIGN(draft_, load_draft(tx_, event_, ""));
  TRY_ASSIGN(rooms_, events::list_rooms(tx_, event_));
  TRY_ASSIGN(tracks_, events::list_tracks(tx_, event_));
  TRY_ASSIGN(types_, events::list_session_types(tx_, event_));
  TRY_ASSIGN(removed_rooms_, events::removed_rooms(tx_, event_));
  TRY_ASSIGN(removed_tracks_, events::removed_tracks(tx_, event_));
  TRY_ASSIGN(removed_types_, events::removed_session_types(tx_, event_));
  TRY_ASSIGN(talks_, talks::list_talks(tx_, event_.id));
  TRY_ASSIGN(slots_, store::list_slots(tx_, event_.id));
  TRY_ASSIGN(bases_, store::list_bases(tx_, event_.id));
  return {};
}

Result<const Fields*> Import::base_of(std::string_view kind, const std::string& guid) {
  const std::pair key{std::string(kind), guid};
  auto stored = bases_.find(key);
  if (stored == bases_.end()) return nullptr;
  auto known = parsed_.find(key);
  if (known == parsed_.end()) {
    TRY_ASSIGN(Fields fields, fields_from_json(stored->second));
    known = parsed_.emplace(key, std::move(fields)).first;
  }
  return &known->second;
}

Result<void> Import::remember(std::string_view kind, const std::string& guid, const Fields& fields) {
  std::string json = fields_to_json(fields);
  auto& known = bases_[{std::string(kind), guid}];
  if (known == json) return {};
  known = json;
  return store::put_base(tx_, event_.id, kind, guid, json);
}

template <class T>
Result<bool> Import::merge_into(T& here, const T& file, const std::vector<FieldOf<T>>& fields, std::string_view kind, const std::string& guid,
                                const std::string& title) {
  TRY_ASSIGN(const Fields* base, base_of(kind, guid));
  MergeResult merged = merge(here, file, base, fields, kind, guid, title);
  std::ranges::move(merged.conflicts, std::back_inserter(report_.conflicts));
  ++(merged.changed ? report_.updated : report_.unchanged);
  TRY(remember(kind, guid, fields_of(file, fields)));
  return merged.changed;
}

/// A slot stands at wall time in the event's zone: where the file's is another, its moments are kept, not its clock times.
Result<void> Import::match_zone() {
  if (event_.zone.empty() || file_.conference.zone == event_.zone) return {};
  TRY_ASSIGN(const Zone from, Zone::find(file_.conference.zone));
  TRY_ASSIGN(const Zone to, Zone::find(event_.zone));
  int changed = 0;
  for (Slot& slot : file_.slots) {
    const WallTime here = to.to_wall(from.to_instant_lenient(slot.start));
    changed += here == slot.start ? 0 : 1;
    slot.start = here;
  }
  if (changed > 0)
    report_.oddities.push_back({"time zone differs", "conference.time_zone_name",
                                "The file’s times are in " + from.name() + ", the event is in " + to.name() + ": " + std::to_string(changed) +
                                    (changed == 1 ? " session was" : " sessions were") + " moved on the clock, so that each stays at its moment."});
  return {};
}

void Import::list_as_removed(std::string_view kind, const std::string& guid, const std::string& name) {
  report_.conflicts.push_back({std::string(kind), guid, name, "(whole " + std::string(kind) + ")", "removed here", "in the file"});
}

Result<void> Import::take_conference() {
  Conference here = draft_.conference;
  TRY_ASSIGN(const Fields* base, base_of("conference", event_.guid));
  const bool first = base == nullptr;
  if (first) {
    // The event was made (by hand or from this file) before the first import: its own facts stand.
    return remember("conference", event_.guid, fields_of(file_.conference, conference_fields()));
  }
  TRY_ASSIGN(bool changed, merge_into(here, file_.conference, conference_fields(), "conference", event_.guid, here.title.in("en")));
  if (!changed) return {};
  event_.title = here.title;
  event_.subtitle = here.subtitle;
  event_.start = here.start;
  event_.end = here.end;
  event_.extra = here.extra;
  TRY_ASSIGN(event_, events::save_event(tx_, actor_, event_));
  return {};
}

/// The one with the GUID, else the one with the same name; but two in one file that have a GUID each are two, whatever their names.
template <class Things, class Thing, class WasHere>
auto find_same(Things& here, const Thing& file, WasHere was_here) {
  auto found = std::ranges::find_if(here, [&](const auto& t) { return !file.guid.empty() && t.guid == file.guid; });
  if (found == here.end())
    found = std::ranges::find_if(here, [&](const auto& t) { return fold(t.name.in("en")) == fold(file.name.in("en")) && (file.guid.empty() || was_here(t)); });
  return found;
}

/// A summit uses its edition's rooms; a file that tells of the summit does not change what the edition says of them.
void Import::compare_with_edition(const events::Room& row, const Room& file) {
  const Room& here = *draft_.room(row.code);
  for (const auto& field : room_fields())
    if (const std::string told = field.text(file); !told.empty() && told != field.text(here))
      report_.conflicts.push_back({"room", row.guid, here.name.in("en"), std::string(field.name), field.text(here), told});
  ++report_.unchanged;
}

Result<void> Import::bring_back_room(const std::string& code) {
  const auto room = waiting_rooms_.find(code);
  if (room == waiting_rooms_.end()) return {};
  TRY(events::restore_room(tx_, actor_, event_, room->second.id));
  waiting_rooms_.erase(room);
  ++report_.updated;
  TRY_ASSIGN(rooms_, events::list_rooms(tx_, event_));
  return {};
}

Result<void> Import::take_rooms() {
  for (const Room& file : file_.rooms) {
    auto row = find_same(rooms_, file, [&](const auto& t) { return draft_.room(t.code) != nullptr; });
    if (row == rooms_.end()) {
      if (const auto removed = find_same(removed_rooms_, file, [](const auto&) { return true; }); removed != removed_rooms_.end()) {
        room_keys_[file.code] = removed->code;
        waiting_rooms_.emplace(removed->code, *removed);
        continue;
      }
      events::Room room{.id = {},
                        .event = event_.id,
                        .code = {},
                        .guid = file.guid,
                        .name = file.name,
                        .description = file.description,
                        .position = file.position != 0 ? file.position : static_cast<int>(rooms_.size()) + 1,
                        .capacity = file.capacity,
                        .accessibility = file.accessibility,
                        .hidden = file.hidden,
                        .stream_url = file.stream_url,
                        .captions_url = file.captions_url,
                        .open = {},
                        .extra = file.extra};
      TRY_ASSIGN(room, events::save_room(tx_, actor_, event_, std::move(room)));
      room_keys_[file.code] = room.code;
      ++report_.added;
      TRY(remember("room", room.guid, fields_of(file, room_fields())));
      rooms_.push_back(std::move(room));
      continue;
    }
    room_keys_[file.code] = row->code;
    const Room* before = draft_.room(row->code);
    if (before == nullptr) continue;  // the file names it twice
    if (row->event != event_.id) {
      compare_with_edition(*row, file);
      continue;
    }
    Room here = *before;
    TRY_ASSIGN(bool changed, merge_into(here, file, room_fields(), "room", row->guid, here.name.in("en")));
    if (!changed) continue;
    row->name = here.name;
    row->description = here.description;
    row->capacity = here.capacity;
    row->accessibility = here.accessibility;
    row->stream_url = here.stream_url;
    row->extra = here.extra;
    TRY_ASSIGN(*row, events::save_room(tx_, actor_, event_, *row));
  }
  return {};
}

Result<void> Import::take_tracks() {
  for (const Track& file : file_.tracks) {
    auto row = find_same(tracks_, file, [&](const auto& t) { return draft_.track(t.code) != nullptr; });
    if (row == tracks_.end()) {
      // Talks can be read without it, so it stays removed, and its talks come without one.
      if (const auto removed = find_same(removed_tracks_, file, [](const auto&) { return true; }); removed != removed_tracks_.end()) {
        list_as_removed("track", removed->guid, removed->name.in("en"));
        continue;
      }
      events::Track track{.id = {},
                          .event = event_.id,
                          .code = {},
                          .guid = file.guid,
                          .name = file.name,
                          .description = file.description,
                          .color = file.color.empty() ? std::string(palette[tracks_.size() % palette.size()]) : file.color,
                          .position = file.position != 0 ? file.position : static_cast<int>(tracks_.size()) + 1};
      TRY_ASSIGN(track, events::save_track(tx_, actor_, event_, std::move(track)));
      track_keys_[file.code] = track.code;
      ++report_.added;
      TRY(remember("track", track.guid, fields_of(file, track_fields())));
      tracks_.push_back(std::move(track));
      continue;
    }
    track_keys_[file.code] = row->code;
    const Track* before = draft_.track(row->code);
    if (before == nullptr) continue;  // the file names it twice
    Track here = *before;
    TRY_ASSIGN(bool changed, merge_into(here, file, track_fields(), "track", row->guid, here.name.in("en")));
    if (!changed) continue;
    row->name = here.name;
    row->description = here.description;
    if (!here.color.empty()) row->color = here.color;
    TRY_ASSIGN(*row, events::save_track(tx_, actor_, event_, *row));
  }
  return {};
}

Result<void> Import::take_types() {
  for (const SessionType& file : file_.types) {
    auto row = std::ranges::find_if(types_, [&](const auto& t) { return fold(t.name.in("en")) == fold(file.name.in("en")); });
    if (row != types_.end()) {
      type_keys_[file.code] = row->code;
      ++report_.unchanged;
      continue;
    }
    const auto removed = std::ranges::find_if(removed_types_, [&](const auto& t) { return fold(t.name.in("en")) == fold(file.name.in("en")); });
    if (removed != removed_types_.end()) {
      list_as_removed("type", removed->code, removed->name.in("en"));
      continue;
    }
    events::SessionType type{
        .id = {}, .event = event_.id, .code = {}, .name = file.name, .length = file.length, .position = static_cast<int>(types_.size()) + 1};
    TRY_ASSIGN(type, events::save_session_type(tx_, actor_, event_, std::move(type)));
    type_keys_[file.code] = type.code;
    ++report_.added;
    types_.push_back(std::move(type));
  }
  return {};
}

/// Everybody who is credited becomes a person without a login: the clash rules, speaker pages and notices need to know who is who.
Result<void> Import::take_people() {
  std::map<std::string, Credit*> by_guid;
  for (Talk& talk : file_.talks)
    for (Credit& credit : talk.credits) {
      if (!is_uuid(credit.person_guid)) credit.person_guid = name_uuid(event_.guid, "person:" + fold(credit.name));
      by_guid.emplace(credit.person_guid, &credit);
    }
  std::vector<std::string> guids;
  for (const auto& [guid, credit] : by_guid) guids.push_back(guid);
  TRY_ASSIGN(auto known, people::people_with_guids(tx_, guids));
  std::map<std::string, people::Person> persons;
  for (auto& person : known) persons.emplace(person.guid, std::move(person));
  std::int64_t done = 0;
  for (const auto& [guid, credit] : by_guid) {
    if (progress_) progress_("people", done++, static_cast<std::int64_t>(by_guid.size()));
    const Fields said{{"biography", credit->biography}, {"avatar_url", credit->avatar_url}};
    auto here = persons.find(guid);
    if (here == persons.end()) {
      people::PersonForm form{.name = tidy_line(credit->name), .biography = credit->biography, .avatar_url = credit->avatar_url};
      TRY_ASSIGN(auto person, people::add_person(tx_, form, guid));
      person_ids_[guid] = person.id;
      ++report_.added;
      TRY(remember("person", guid, said));
      continue;
    }
    const people::Person& person = here->second;
    person_ids_[guid] = person.id;
    TRY_ASSIGN(const Fields* base, base_of("person", guid));
    people::PersonForm form{person.name, person.biography, person.avatar_url, person.contact_email, person.language};
    bool changed = false;
    for (auto [name, text] : {std::pair<std::string_view, std::string*>{"biography", &form.biography}, {"avatar_url", &form.avatar_url}}) {
      const std::string& incoming = said.find(name)->second;
      const std::string* last = base != nullptr && base->contains(name) ? &base->find(name)->second : nullptr;
      if (*text == incoming || (last != nullptr && *last == incoming) || (last == nullptr && incoming.empty())) continue;
      if ((last != nullptr && *last == *text) || (last == nullptr && text->empty())) {
        *text = incoming;
        changed = true;
      } else {
        report_.conflicts.push_back({"person", guid, person.name, std::string(name), *text, incoming});
      }
    }
    ++(changed ? report_.updated : report_.unchanged);
    if (changed) TRY(people::change_person(tx_, person.id, person.version, form));
    TRY(remember("person", guid, said));
  }
  return {};
}

std::vector<talks::Credit> credit_rows(const std::vector<Credit>& credits, const std::map<std::string, PersonId>& ids) {
  std::vector<talks::Credit> out;
  for (const auto& c : credits) {
    auto id = ids.find(c.person_guid);
    out.push_back({.person = id == ids.end() ? PersonId{} : id->second,
                   .person_code = {},
                   .name = c.name,
                   .role = static_cast<talks::CreditRole>(c.role),
                   .guid = c.person_guid,
                   .biography = {},
                   .avatar_url = {},
                   .extra = c.extra});
  }
  return out;
}

std::vector<talks::Link> link_rows(const std::vector<Link>& links) {
  std::vector<talks::Link> out;
  for (const auto& link : links)
    if (link.url.starts_with("http://") || link.url.starts_with("https://") || link.url.starts_with("/"))
      out.push_back({link.url, link.title, static_cast<int>(link.kind)});
  return out;
}

template <class Things>
auto id_with_code(const Things& things, const std::string& code) {
  auto found = std::ranges::find_if(things, [&](const auto& t) { return t.code == code; });
  return found == things.end() ? decltype(found->id){} : found->id;
}

Result<void> Import::take_talks() {
  TRY_ASSIGN(auto removed_list, talks::removed_guids(tx_, event_.id));
  const std::set<std::string> removed(removed_list.begin(), removed_list.end());
  std::int64_t done = 0;
  for (Talk& file : file_.talks) {
    if (progress_) progress_("talks", done++, static_cast<std::int64_t>(file_.talks.size()));
    file.track = track_keys_.contains(file.track) ? track_keys_[file.track] : "";
    file.type = type_keys_.contains(file.type) ? type_keys_[file.type] : "";
    if (file.guid.empty()) file.guid = name_uuid(event_.guid, "talk:" + file.title);
    if (removed.contains(file.guid)) {
      list_as_removed("talk", file.guid, file.title);
      continue;
    }
    auto row = std::ranges::find(talks_, file.guid, &talks::Talk::guid);
    if (row == talks_.end() && !file.origin_url.empty()) row = std::ranges::find(talks_, file.origin_url, &talks::Talk::origin_url);
    const bool is_new = row == talks_.end();
    Talk here = is_new ? file : *draft_.talk(row->code);
    // Uploaded files are not the import's: an export that comes back names them by their addresses here.
    std::erase_if(here.attachments, [](const Link& link) { return link.url.starts_with('/') && talks::file_code_of(link.url); });
    if (!is_new)
      std::erase_if(file.attachments, [&](const Link& link) {
        const auto code = talks::file_code_of(link.url);
        return code && std::ranges::find(row->files, *code, &talks::StoredFile::code) != row->files.end();
      });
    bool changed = true;
    if (is_new) {
      ++report_.added;
      TRY(remember("talk", file.guid, fields_of(file, talk_fields())));
    } else {
      TRY_ASSIGN(changed, merge_into(here, file, talk_fields(), "talk", row->guid, here.title));
      talk_keys_[file.code] = row->code;
    }
    if (!changed) continue;
    talks::Talk next = is_new ? talks::Talk{} : *row;
    next.guid = is_new ? file.guid : row->guid;
    next.title = here.title.empty() ? "(without a title)" : here.title;
    next.subtitle = here.subtitle;
    next.abstract = here.abstract;
    next.description = here.description;
    next.track = id_with_code(tracks_, here.track);
    next.type = id_with_code(types_, here.type);
    next.language = is_language_tag(here.language) ? here.language : "";
    next.level = here.level;
    next.tags = here.tags;
    next.do_not_record = here.do_not_record;
    next.do_not_stream = here.do_not_stream;
    next.license = here.license;
    next.logo_url = here.logo_url.starts_with("http") ? here.logo_url : "";
    next.feedback_url = here.feedback_url.starts_with("http") ? here.feedback_url : "";
    next.origin_url = here.origin_url.starts_with("http") ? here.origin_url : "";
    next.links = link_rows(here.links);
    next.attachments = link_rows(here.attachments);
    next.extra = here.extra;
    next.state = is_new ? static_cast<talks::State>(here.state) : next.state;
    next.credits = credit_rows(here.credits, person_ids_);
    std::erase_if(next.credits, [](const talks::Credit& c) { return tidy_line(c.name).empty(); });
    TRY_ASSIGN(next, talks::save_talk(tx_, actor_, event_, std::move(next)));
    talk_keys_[file.code] = next.code;
    if (is_new) talks_.push_back(std::move(next));
  }
  return {};
}

/// What the talk of a slot is called here; the slot's own title where it has none.
std::string Import::file_title(const Slot& slot) const {
  const auto talk = std::ranges::find(talks_, slot.talk, &talks::Talk::code);
  return slot.talk.empty() || talk == talks_.end() ? slot.title.in("en") : talk->title;
}

Result<void> Import::take_slots() {
  std::int64_t done = 0;
  for (Slot& file : file_.slots) {
    if (progress_) progress_("slots", done++, static_cast<std::int64_t>(file_.slots.size()));
    if (!file.talk.empty() && !talk_keys_.contains(file.talk)) continue;  // its talk was removed here
    file.talk = file.talk.empty() ? "" : talk_keys_[file.talk];
    file.room = room_keys_.contains(file.room) ? room_keys_[file.room] : "";
    if (file.guid.empty()) file.guid = name_uuid(event_.guid, "slot:" + file.talk + to_text(file.start) + file.room);
    seen_slots_.insert(file.guid);
    auto row = std::ranges::find(slots_, file.guid, &DraftSlot::guid);
    const bool is_new = row == slots_.end();
    Slot here = file;
    bool changed = true;
    std::optional<SlotId> removed;
    if (is_new) {
      const Fields said = fields_of(file, slot_fields());
      TRY_ASSIGN(const Fields* base, base_of("slot", file.guid));
      TRY_ASSIGN(removed, store::removed_slot(tx_, event_.id, file.guid));
      const bool was_dropped = base != nullptr && base->empty();  // by an import, as its file had it no more
      const bool removed_here = removed && !was_dropped;
      if (removed_here && (base == nullptr || *base != said))
        report_.conflicts.push_back(
            {"slot", file.guid, file_title(file), "(whole slot)", "removed here", base == nullptr ? "in the file" : "changed in the file"});
      TRY(remember("slot", file.guid, said));
      if (removed_here) continue;
      ++report_.added;
    } else {
      auto model = std::ranges::find(draft_.slots, file.guid, &Slot::guid);
      if (model == draft_.slots.end()) continue;
      here = *model;
      const Talk* talk = draft_.talk(here.talk);
      TRY_ASSIGN(changed, merge_into(here, file, slot_fields(), "slot", file.guid, talk != nullptr ? talk->title : here.title.in("en")));
    }
    if (!changed) continue;
    TRY(bring_back_room(here.room));
    DraftSlot next = is_new ? DraftSlot{} : *row;
    if (removed) {
      TRY(store::restore(tx_, event_.id, *removed));
      TRY_ASSIGN(next, require_slot(tx_, event_, *removed));
    }
    next.guid = file.guid;
    next.kind = here.kind;
    next.state = here.state;
    next.talk = is_new ? id_with_code(talks_, here.talk) : next.talk;
    next.room = id_with_code(rooms_, here.room);
    next.start = here.start;
    next.length = here.length;
    next.title = here.title;
    next.note = here.note;
    next.parts = here.parts;
    next.extra = here.extra;
    if (next.id)
      TRY(store::change(tx_, event_.id, next));
    else
      TRY(store::add(tx_, event_.id, next));
  }
  for (const auto& [code, room] : waiting_rooms_) list_as_removed("room", room.guid, room.name.in("en"));
  return {};
}

/// A slot that an earlier import brought and that the file has no more goes, unless it was edited here.
/// Most formats carry no breaks, none carries blockers: a kind that the file has none of is not missing from it.
Result<void> Import::drop_vanished() {
  std::set<SlotKind> carried{SlotKind::talk};
  for (const Slot& slot : file_.slots) carried.insert(slot.kind);
  for (const Slot& slot : draft_.slots) {
    if (seen_slots_.contains(slot.guid) || !carried.contains(slot.kind)) continue;
    TRY_ASSIGN(const Fields* base, base_of("slot", slot.guid));
    if (base == nullptr || base->empty()) continue;
    if (*base != fields_of(slot, slot_fields())) {
      const Talk* talk = draft_.talk(slot.talk);
      report_.conflicts.push_back(
          {"slot", slot.guid, talk != nullptr ? talk->title : slot.title.in("en"), "(whole slot)", "edited here", "not in the file any more"});
      continue;
    }
    TRY(store::remove(tx_, event_.id, SlotId{slot.number}));
    TRY(remember("slot", slot.guid, {}));  // so that it comes back when the file has it again
    ++report_.removed;
  }
  return {};
}

Result<ImportReport> Import::run(const Imported& imported) {
  file_ = imported.programme;
  report_.oddities = imported.oddities;
  TRY(load());
  if (imported.zone_told) TRY(match_zone());
  if (imported.strict && !report_.oddities.empty())
    return fail_at(report_.oddities.front().place, report_.oddities.front().message + " Nothing was imported, as no oddity is allowed.");
  TRY(take_conference());
  TRY(take_rooms());
  TRY(take_tracks());
  TRY(take_types());
  TRY(take_people());
  TRY(take_talks());
  TRY(take_slots());
  if (imported.whole) TRY(drop_vanished());
  TRY_ASSIGN(Programme after, load_draft(tx_, event_, ""));
  report_.changes = difference(draft_, after);
  if (report_.added + report_.updated + report_.removed > 0)
    TRY(journal::record(tx_, who(actor_), "schedule.imported", event_.series.value, event_.id.value, "event:" + event_.slug,
                        JsonWriter()
                            .begin_object()
                            .field("added", report_.added)
                            .field("updated", report_.updated)
                            .field("removed", report_.removed)
                            .field("conflicts", report_.conflicts.size())
                            .field("oddities", report_.oddities.size())
                            .end_object()
                            .take()));
  return std::move(report_);
}

}  // namespace

Result<ImportReport> run_import(db::Tx& tx, const Actor& actor, events::Event event, const Imported& imported, const Progress& progress) {
  return Import(tx, actor, std::move(event), progress).run(imported);
}

}  // namespace confer::programme
