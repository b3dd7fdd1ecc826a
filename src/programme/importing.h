// One import on its way, for the files that do its steps: rooms and people, then talks and slots (import.cpp has the order).
#pragma once
#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include "base/progress.h"
#include "base/text.h"
#include "people/people.h"
#include "programme/merge.h"
#include "programme/programme.h"

namespace confer::programme {

/// True when the two have a name in common, in whatever language.
inline bool is_same_name(const LocalizedText& a, const LocalizedText& b) {
  return std::ranges::any_of(
      a.all(), [&](const auto& one) { return std::ranges::any_of(b.all(), [&](const auto& other) { return fold(one.second) == fold(other.second); }); });
}

/// The one with the GUID, else the one with the same name; but two in one file that have a GUID each are two, whatever their names.
template <class Things, class Thing, class WasHere>
auto find_same(Things& here, const Thing& file, WasHere was_here) {
  auto found = std::ranges::find_if(here, [&](const auto& t) { return !file.guid.empty() && t.guid == file.guid; });
  if (found == here.end())
    found = std::ranges::find_if(here, [&](const auto& t) { return is_same_name(t.name, file.name) && (file.guid.empty() || was_here(t)); });
  return found;
}

template <class Things>
auto id_with_code(const Things& things, const std::string& code) {
  auto found = std::ranges::find_if(things, [&](const auto& t) { return t.code == code; });
  return found == things.end() ? decltype(found->id){} : found->id;
}

/// What cannot be stored is told with the thing that it is of: room “Hall”, capacity: ….
template <class T>
Result<T> naming(std::string_view kind, const std::string& title, Result<T> result) {
  if (result || result.error().problems.empty()) return result;
  Error error = std::move(result).error();
  const FieldProblem& problem = error.problems.front();
  error.message = std::string(kind) + " “" + ellipsis(title, 60) + "”, " + problem.field + ": " + problem.message + " Nothing was imported.";
  return fail(std::move(error));
}

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
  using Keys = std::map<std::string, std::string>;  ///< code in the file → code here

  Result<void> load();
  void speak_the_events_language();
  Result<void> match_zone();
  Result<void> refuse_to_empty(const Imported& imported) const;
  Result<void> take_conference();
  Result<void> take_rooms();
  Result<void> take_tracks();
  Result<void> take_types();
  Result<void> take_people();
  Result<void> take_talks();
  Result<void> take_slots();
  Result<void> drop_vanished();
  Result<void> take_type(const SessionType& file);
  std::vector<talks::Talk>::iterator row_of(const Talk& file);
  void recognise_people(const std::map<std::string, people::Person>& persons);
  Result<void> fit_talk(Talk& file, const talks::Talk* row);
  bool may_be_elsewhere(const Slot& slot) const;
  void list_as_removed(std::string_view kind, const std::string& guid, const std::string& name);
  void compare_with_edition(const events::Room& row, const Room& file);
  Result<void> add_room(const Room& file);
  Result<void> bring_back_room(const std::string& code);
  std::string file_title(const Slot& slot) const;

  Result<const Fields*> base_of(std::string_view kind, const std::string& guid);
  Result<void> remember(std::string_view kind, const std::string& guid, const Fields& fields);
  /// Merges `file` into `here`, counts, remembers. True when `here` changed and must be saved.
  template <class T>
  Result<void> remember_new(std::string_view kind, const std::string& guid, const T& file, const std::vector<FieldOf<T>>& fields) {
    TRY_ASSIGN(const Fields* base, base_of(kind, guid));
    return remember(kind, guid, told(file, base, fields, kind, carried_));
  }
  template <class T>
  Result<bool> merge_into(T& here, const T& file, const std::vector<FieldOf<T>>& fields, std::string_view kind, const std::string& guid,
                          const std::string& title) {
    TRY_ASSIGN(const Fields* base, base_of(kind, guid));
    MergeResult merged = merge(here, file, base, fields, carried_, kind, guid, title);
    std::ranges::move(merged.conflicts, std::back_inserter(report_.conflicts));
    ++(merged.changed ? report_.updated : report_.unchanged);
    TRY(remember(kind, guid, told(file, base, fields, kind, carried_)));
    return merged.changed;
  }

  db::Tx& tx_;
  events::Event event_;
  Actor actor_;
  const Progress& progress_;
  Programme file_;
  Carried carried_;
  std::string language_;  ///< the event's first
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
  std::set<std::string> removed_types_told_;
  std::map<std::string, int> origins_;  ///< how many talks of the file came from an address: only one that is a talk's own tells which it is
  ImportReport report_;
};

}  // namespace confer::programme
