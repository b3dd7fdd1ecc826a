// An import's rooms, tracks, session types and people.
#include <array>
#include "base/random.h"
#include "programme/importing.h"

namespace confer::programme {
namespace {

/// Colours for tracks that a file brings without one; each reads with white or black text.
constexpr std::array<std::string_view, 8> palette{"#1f5f8b", "#8b3a1f", "#2f6f3e", "#6b3fa0", "#946200", "#a02f5f", "#2f6f73", "#55606b"};

}  // namespace

/// A summit uses its edition's rooms; a file that tells of the summit does not change what the edition says of them.
void Import::compare_with_edition(const events::Room& row, const Room& file) {
  const Room& here = *draft_.room(row.code);
  for (const auto& field : room_fields(language_))
    if (const std::string told = field.text(file); !told.empty() && told != field.text(here))
      report_.conflicts.push_back({"room", row.guid, here.name.in("en"), field.name, field.text(here), told});
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

Result<void> Import::add_room(const Room& file) {
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
  TRY_ASSIGN(room, naming("room", file.name.in(language_), events::save_room(tx_, actor_, event_, std::move(room))));
  room_keys_[file.code] = room.code;
  ++report_.added;
  TRY(remember_new("room", room.guid, file, room_fields(language_)));
  rooms_.push_back(std::move(room));
  return {};
}

Result<void> Import::take_rooms() {
  const auto fields = room_fields(language_);
  for (const Room& file : file_.rooms) {
    auto row = find_same(rooms_, file, [&](const auto& t) { return draft_.room(t.code) != nullptr; });
    if (row == rooms_.end()) {
      if (const auto removed = find_same(removed_rooms_, file, [](const auto&) { return true; }); removed != removed_rooms_.end()) {
        room_keys_[file.code] = removed->code;
        waiting_rooms_.emplace(removed->code, *removed);
        continue;
      }
      TRY(add_room(file));
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
    TRY_ASSIGN(bool changed, merge_into(here, file, fields, "room", row->guid, here.name.in(language_)));
    if (!changed) continue;
    row->name = here.name;
    row->description = here.description;
    row->capacity = here.capacity;
    row->accessibility = here.accessibility;
    row->stream_url = here.stream_url;
    row->extra = here.extra;
    TRY_ASSIGN(*row, naming("room", here.name.in(language_), events::save_room(tx_, actor_, event_, *row)));
  }
  return {};
}

Result<void> Import::take_tracks() {
  const auto fields = track_fields(language_);
  for (Track& file : file_.tracks) {
    auto row = find_same(tracks_, file, [&](const auto& t) { return draft_.track(t.code) != nullptr; });
    if (row == tracks_.end()) {
      // Talks can be read without it, so it stays removed, and its talks come without one.
      if (const auto removed = find_same(removed_tracks_, file, [](const auto&) { return true; }); removed != removed_tracks_.end()) {
        list_as_removed("track", removed->guid, removed->name.in(language_));
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
      TRY_ASSIGN(track, naming("track", file.name.in(language_), events::save_track(tx_, actor_, event_, std::move(track))));
      track_keys_[file.code] = track.code;
      ++report_.added;
      TRY(remember_new("track", track.guid, file, fields));
      tracks_.push_back(std::move(track));
      continue;
    }
    track_keys_[file.code] = row->code;
    const Track* before = draft_.track(row->code);
    if (before == nullptr) continue;  // the file names it twice
    Track here = *before;
    // A track always has a colour here: a file without one says nothing of it.
    if (file.color.empty()) file.color = here.color;
    TRY_ASSIGN(bool changed, merge_into(here, file, fields, "track", row->guid, here.name.in(language_)));
    if (!changed) continue;
    row->name = here.name;
    row->description = here.description;
    row->color = here.color;
    TRY_ASSIGN(*row, naming("track", here.name.in(language_), events::save_track(tx_, actor_, event_, *row)));
  }
  return {};
}

/// The type of that name, made where there is none; of one that was removed here its talks come without.
Result<void> Import::take_type(const SessionType& file) {
  if (type_keys_.contains(file.code) || removed_types_told_.contains(file.code)) return {};
  const auto same = [&](const auto& t) { return is_same_name(t.name, file.name); };
  if (const auto row = std::ranges::find_if(types_, same); row != types_.end()) {
    type_keys_[file.code] = row->code;
    ++report_.unchanged;
    return {};
  }
  if (const auto removed = std::ranges::find_if(removed_types_, same); removed != removed_types_.end()) {
    removed_types_told_.insert(file.code);
    list_as_removed("type", removed->code, removed->name.in(language_));
    return {};
  }
  events::SessionType type{.id = {}, .event = event_.id, .code = {}, .name = file.name, .length = file.length, .position = static_cast<int>(types_.size()) + 1};
  TRY_ASSIGN(type, naming("session type", file.name.in(language_), events::save_session_type(tx_, actor_, event_, std::move(type))));
  type_keys_[file.code] = type.code;
  ++report_.added;
  types_.push_back(std::move(type));
  return {};
}

Result<void> Import::take_types() {
  // A format with a few words for types names many that nobody needs: they are made when a talk does.
  if (carried_.type_as != nullptr) return {};
  for (const SessionType& file : file_.types) TRY(take_type(file));
  return {};
}

/// A format without GUIDs of people, and one that numbers them anew, tells by their names whom it means: those who are credited here for the same talk, and,
/// where it has nothing but names, the one person of the event who is called so.
void Import::recognise_people(const std::map<std::string, people::Person>& persons) {
  std::map<std::string, std::set<std::string>> by_name;
  for (const Talk& talk : draft_.talks)
    for (const Credit& credit : talk.credits)
      if (!credit.person_code.empty()) by_name[fold(credit.name)].insert(credit.person_guid);
  std::map<std::string, std::string> renamed;
  for (Talk& talk : file_.talks) {
    const auto row = row_of(talk);
    const Talk* here = row == talks_.end() ? nullptr : draft_.talk(row->code);
    for (Credit& credit : talk.credits) {
      const std::string name = fold(credit.name);
      const bool is_told = is_uuid(credit.person_guid);
      if (!is_told) credit.person_guid = name_uuid(event_.guid, "person:" + name);
      if (persons.contains(credit.person_guid) || renamed.contains(credit.person_guid)) continue;
      const auto same = [&](const Credit& one) { return !one.person_code.empty() && fold(one.name) == name; };
      if (here != nullptr)
        if (const auto found = std::ranges::find_if(here->credits, same); found != here->credits.end()) renamed[credit.person_guid] = found->person_guid;
      if (const auto found = by_name.find(name); !is_told && found != by_name.end() && found->second.size() == 1)
        renamed[credit.person_guid] = *found->second.begin();
    }
  }
  for (Talk& talk : file_.talks)
    for (Credit& credit : talk.credits)
      if (const auto found = renamed.find(credit.person_guid); found != renamed.end()) credit.person_guid = found->second;
}

/// Everybody who is credited becomes a person without a login: the clash rules, speaker pages and notices need to know who is who.
Result<void> Import::take_people() {
  std::set<std::string> asked;
  for (const auto* talks : {&draft_.talks, &file_.talks})
    for (const Talk& talk : *talks)
      for (const Credit& credit : talk.credits)
        if (is_uuid(credit.person_guid)) asked.insert(credit.person_guid);
  for (const Talk& talk : file_.talks)
    for (const Credit& credit : talk.credits) asked.insert(name_uuid(event_.guid, "person:" + fold(credit.name)));
  TRY_ASSIGN(auto known, people::people_with_guids(tx_, {asked.begin(), asked.end()}));
  std::map<std::string, people::Person> persons;
  for (auto& person : known) {
    person_ids_[person.guid] = person.id;
    persons.emplace(person.guid, std::move(person));
  }
  recognise_people(persons);
  std::map<std::string, const Credit*> by_guid;
  for (const Talk& talk : file_.talks)
    for (const Credit& credit : talk.credits) {
      // Some tell a life once, at the first of a person's talks or at the last.
      const Credit*& one = by_guid[credit.person_guid];
      if (one == nullptr || (one->biography.empty() && !credit.biography.empty())) one = &credit;
    }
  std::int64_t done = 0;
  for (const auto& [guid, credit] : by_guid) {
    if (progress_) progress_("people", done++, static_cast<std::int64_t>(by_guid.size()));
    TRY_ASSIGN(const Fields* base, base_of("person", guid));
    Fields said = base == nullptr ? Fields{} : *base;
    if (carried_.tells("person", "biography")) said["biography"] = credit->biography;
    if (carried_.tells("person", "avatar_url")) said["avatar_url"] = credit->avatar_url;
    auto here = persons.find(guid);
    if (here == persons.end()) {
      people::PersonForm form{.name = tidy_line(credit->name), .biography = credit->biography, .avatar_url = credit->avatar_url};
      TRY_ASSIGN(auto person, naming("person", form.name, people::add_person(tx_, form, guid)));
      person_ids_[guid] = person.id;
      ++report_.added;
      TRY(remember("person", guid, said));
      continue;
    }
    const people::Person& person = here->second;
    people::PersonForm form{person.name, person.biography, person.avatar_url, person.contact_email, person.language};
    bool changed = false;
    for (auto [name, text] : {std::pair<std::string_view, std::string*>{"biography", &form.biography}, {"avatar_url", &form.avatar_url}}) {
      if (!carried_.tells("person", name)) continue;
      const std::string& incoming = said.find(name)->second;
      const std::string* last = base != nullptr && base->contains(name) ? &base->find(name)->second : nullptr;
      const Outcome outcome = outcome_of(*text, incoming, last);
      if (outcome == Outcome::conflict) report_.conflicts.push_back({"person", guid, person.name, std::string(name), *text, incoming});
      if (outcome != Outcome::take) continue;
      *text = incoming;
      changed = true;
    }
    ++(changed ? report_.updated : report_.unchanged);
    if (changed) TRY(people::change_person(tx_, person.id, person.version, form));
    TRY(remember("person", guid, said));
  }
  return {};
}

}  // namespace confer::programme
