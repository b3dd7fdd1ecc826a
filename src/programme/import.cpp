// Bringing a file's programme into the draft, and again, without losing what was edited here.
#include "programme/formats/import.h"
#include <algorithm>
#include "base/json_writer.h"
#include "people/who.h"
#include "programme/import_steps.h"
#include "programme/importing.h"
#include "programme/store.h"

namespace confer::programme {

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

/// Most formats have one language for names and descriptions, and do not say which: it is the event's first.
void Import::speak_the_events_language() {
  const std::string from = file_.conference.languages.empty() ? "en" : file_.conference.languages.front();
  const auto retag = [&](LocalizedText& text) {
    if (text.empty() || (!carried_.one_language && (text.all().size() > 1 || text.exactly_in(from) == nullptr))) return;
    text = LocalizedText(language_, text.in(from));
  };
  if (from == language_ || carried_.format.empty()) return;
  retag(file_.conference.title);
  retag(file_.conference.subtitle);
  for (Room& room : file_.rooms) {
    retag(room.name);
    retag(room.description);
  }
  for (Track& track : file_.tracks) retag(track.name);
  for (SessionType& type : file_.types) retag(type.name);
  for (Slot& slot : file_.slots) retag(slot.title);
}

Result<void> Import::take_conference() {
  // A file that was written here names the event's own address.
  for (const char* key : {"url", "base_url"})
    if (const auto address = file_.conference.extra.find(key); address != file_.conference.extra.end()) {
      std::string_view text = std::string_view(address->second).substr(1, address->second.size() - 2);
      if (text.ends_with("/schedule")) text.remove_suffix(std::string_view("/schedule").size());
      if (text.ends_with('/')) text.remove_suffix(1);
      if (!text.ends_with("/" + event_.slug)) continue;
      file_.conference.extra.erase(address);
      // Where it stood in the file that was imported, the address of old stays.
      if (const auto here = draft_.conference.extra.find(key); here != draft_.conference.extra.end()) file_.conference.extra.insert(*here);
    }
  const auto fields = conference_fields(language_);
  TRY_ASSIGN(const Fields* base, base_of("conference", event_.guid));
  // The event was made (by hand or from this file) before the first import: its own facts stand.
  if (base == nullptr) {
    Conference told = file_.conference;
    // An event made from a file that has no title is called by its address until one comes: nobody has edited that here.
    if (told.title.empty()) told.title = draft_.conference.title;
    return remember_new("conference", event_.guid, told, fields);
  }
  Conference here = draft_.conference;
  TRY_ASSIGN(bool changed, merge_into(here, file_.conference, fields, "conference", event_.guid, here.title.in(language_)));
  if (!changed) return {};
  event_.title = here.title;
  event_.subtitle = here.subtitle;
  event_.start = here.start;
  event_.end = here.end;
  event_.extra = here.extra;
  TRY_ASSIGN(event_, naming("event", event_.slug, events::save_event(tx_, actor_, event_)));
  return {};
}

/// Another system that answers with an empty schedule is being repaired, or is not the one that was meant.
Result<void> Import::refuse_to_empty(const Imported& imported) const {
  const auto planned = std::ranges::count_if(slots_, [](const DraftSlot& slot) { return static_cast<bool>(slot.talk); });
  if (!imported.whole || planned == 0 || !file_.talks.empty() || !file_.slots.empty()) return {};
  return fail(ErrorCode::invalid, "There is no session in the file, and the event has " + std::to_string(planned) +
                                      ": the schedule would be empty, so nothing was imported. Remove the slots here if that is meant.");
}

Result<ImportReport> Import::run(const Imported& imported) {
  file_ = imported.programme;
  report_.oddities = imported.oddities;
  carried_ = imported.carried;
  language_ = event_.languages.empty() ? "en" : event_.languages.front();
  TRY(load());
  speak_the_events_language();
  for (const Talk& talk : file_.talks) ++origins_[talk.origin_url];
  if (imported.zone_told) TRY(match_zone());
  if (imported.strict && !report_.oddities.empty())
    return fail_at(report_.oddities.front().place, report_.oddities.front().message + " Nothing was imported, as no oddity is allowed.");
  TRY(refuse_to_empty(imported));
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
  report_.rooms = std::move(after.rooms);
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

Result<ImportReport> run_import(db::Tx& tx, const Actor& actor, events::Event event, const Imported& imported, const Progress& progress) {
  return Import(tx, actor, std::move(event), progress).run(imported);
}

}  // namespace confer::programme
