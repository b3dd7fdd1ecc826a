// The programme's part of exporting, erasing and checking.
#include <algorithm>
#include <set>
#include "base/json_writer.h"
#include "base/text.h"
#include "people/people.h"
#include "programme/merge.h"
#include "programme/programme.h"
#include "programme/star_store.h"
#include "programme/stars.h"
#include "programme/store.h"

namespace confer::programme {
namespace {

/// Somebody as releases know them.
struct Named {
  people::Person person;
  std::set<std::string> names;    ///< as they are printed
  std::set<EventId> credited_in;  ///< there, a name that was only typed is theirs
};

bool is_of(const Credit& credit, const Named& who, EventId event) {
  if (credit.person_code == who.person.code || credit.person_guid == who.person.guid) return true;
  return credit.person_code.empty() && who.names.contains(credit.name) && who.credited_in.contains(event);
}

/// A release is never changed but for this: the law's right to be forgotten wins over our history.
bool blank_person(Programme& p, const Named& who, EventId event) {
  bool changed = false;
  for (auto& talk : p.talks)
    for (auto& credit : talk.credits) {
      if (!is_of(credit, who, event)) continue;
      credit = Credit{.name = {}, .role = credit.role, .person_code = {}, .person_guid = {}, .biography = {}, .avatar_url = {}, .extra = {}};
      changed = true;
    }
  for (auto& slot : p.slots)
    for (auto& part : slot.parts)
      for (auto& speaker : part.speakers)
        if (who.names.contains(speaker)) {
          speaker.clear();
          changed = true;
        }
  return changed;
}

/// As it stands in a JSON text.
std::string unquoted_json(const std::string& text) {
  const std::string quoted = json_quoted(text);
  return quoted.substr(1, quoted.size() - 2);
}

}  // namespace

Result<std::vector<EventId>> forget_file(db::Tx& tx, const talks::StoredFile& file) {
  std::vector<EventId> touched;
  TRY_ASSIGN(auto rows, store::snapshots_naming(tx, file.code));
  for (auto& row : rows) {
    TRY_ASSIGN(Programme p, from_json(row.text));
    std::size_t gone = 0;
    for (auto& talk : p.talks) gone += std::erase_if(talk.attachments, [&](const Link& link) { return talks::file_code_of(link.url) == file.code; });
    if (gone == 0) continue;
    TRY(store::replace_snapshot(tx, row.id, to_json(p)));
    touched.push_back(row.event);
  }
  return touched;
}

Result<void> erase_file(db::Database& db, files::Store& files, const Actor& actor, EventId event_id, std::string_view code) {
  files::Hash hash;
  {
    TRY_ASSIGN(auto tx, db.begin_write());
    TRY_ASSIGN(const auto event, events::require_event(tx, event_id));
    TRY_ASSIGN(const auto file, talks::find_file(tx, code));
    if (!file) return fail(ErrorCode::not_found, "There is no such file.");
    TRY_ASSIGN(hash, talks::erase_file(tx, actor, event, code));
    TRY(forget_file(tx, *file));
    TRY(tx.commit());
  }
  return talks::forget_bytes(db, files, {hash});
}

Result<std::string> export_person(db::Tx& tx, PersonId id) {
  TRY_ASSIGN(auto marks, star_store::marks_of(tx, id));
  JsonWriter w;
  w.begin_object().key("stars").begin_array();
  for (const auto& mark : marks) w.begin_object().field("talk", mark.talk).field("starred", mark.starred).field("at", to_text(mark.at)).end_object();
  w.end_array();
  TRY_ASSIGN(auto windows, store::availabilities_of(tx, id));
  w.key("availabilities").begin_array();
  for (const auto& window : windows)
    w.begin_object().field("event", window.event).field("from", to_text(window.from)).field("to", to_text(window.to)).end_object();
  return w.end_array().end_object().take();
}

/// Before `people::erase_person`: the person's name and GUID are needed to find them in releases.
Result<std::vector<EventId>> erase_person(db::Tx& tx, PersonId id) {
  std::vector<EventId> touched;
  TRY(star_store::remove_of(tx, id));
  TRY(store::forget_availabilities(tx, id));
  // They name speakers in passing, and the next fetch writes a new one.
  TRY(store::forget_reports(tx));
  TRY_ASSIGN(auto person, people::find_person(tx, id));
  if (!person) return touched;
  Named who{*person, {}, {}};
  if (!person->name.empty()) who.names.insert(person->name);
  TRY_ASSIGN(const auto talks, talks::talks_of(tx, id));
  for (const auto& talk : talks) {
    who.credited_in.insert(talk.event);
    for (const auto& credit : talk.credits)
      if (credit.person == id && !credit.name.empty()) who.names.insert(credit.name);
  }
  std::vector<std::string> marks{person->code};
  for (const auto& name : who.names) marks.push_back(unquoted_json(name));
  for (const auto& mark : marks) {
    TRY_ASSIGN(auto rows, store::snapshots_naming(tx, mark));
    for (auto& row : rows) {
      TRY_ASSIGN(Programme p, from_json(row.text));
      if (!blank_person(p, who, row.event)) continue;
      TRY(store::replace_snapshot(tx, row.id, to_json(p)));
      touched.push_back(row.event);
    }
  }
  // What the last import said of the person: its own row goes, and the credits of talks forget the printed name.
  TRY(store::remove_base(tx, "person", person->guid));
  TRY_ASSIGN(auto bases, store::bases_naming(tx, person->name));
  for (auto& row : bases) {
    TRY_ASSIGN(Fields fields, fields_from_json(row.text));
    bool changed = false;
    for (auto& [name, text] : fields) {
      if (person->name.empty() || text.find(person->name) == std::string::npos) continue;
      if (name != "credits" && name != "roles" && name != "parts") continue;
      text = replace_all(text, person->name, "");
      changed = true;
    }
    if (changed) TRY(store::put_base(tx, row.event, row.kind, row.guid, fields_to_json(fields)));
  }
  return touched;
}

Result<std::vector<std::string>> check(db::Tx& tx) {
  std::vector<std::string> problems;
  TRY_ASSIGN(auto foreign, store::slots_of_foreign_talks(tx));
  for (auto id : foreign) problems.push_back("programme: slot " + std::to_string(id) + " holds a talk of another event");
  TRY_ASSIGN(foreign, store::slots_of_foreign_rooms(tx));
  for (auto id : foreign) problems.push_back("programme: slot " + std::to_string(id) + " stands in a room of another event");
  TRY_ASSIGN(auto orphans, store::slots_of_removed_talks(tx));
  for (auto id : orphans) problems.push_back("programme: slot " + std::to_string(id) + " holds a removed talk");
  TRY_ASSIGN(auto roomless, store::slots_of_removed_rooms(tx));
  for (auto id : roomless) problems.push_back("programme: slot " + std::to_string(id) + " stands in a removed room");
  TRY_ASSIGN(auto stamps, store::stamps_without_slots(tx));
  for (const auto& [event, guid] : stamps) problems.push_back("programme: a calendar stamp of " + event + " is of no slot: " + guid);
  TRY_ASSIGN(auto releases, store::all_snapshots(tx));
  for (const auto& release : releases) {
    auto p = from_json(release.text);
    if (!p) problems.push_back("programme: release " + release.name + " of " + release.event + " cannot be read: " + p.error().message);
  }
  return problems;
}

}  // namespace confer::programme
