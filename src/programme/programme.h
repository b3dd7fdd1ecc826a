// The programme: the draft, its releases, imports, and the attendees' stars.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include "base/progress.h"
#include "db/database.h"
#include "events/events.h"
#include "ids/ids.h"
#include "people/rights.h"
#include "programme/clashes.h"
#include "programme/difference.h"
#include "programme/format.h"
#include "programme/model.h"
#include "talks/talks.h"

namespace confer::programme {

/// The draft as plain data. `base_url` ("https://conf.example.org") goes into the conference's url.
Result<Programme> load_draft(db::Tx& tx, const events::Event& event, std::string_view base_url);
/// Rules and surroundings as the organiser set them.
Result<RuleSettings> rule_settings(db::Tx& tx, const events::Event& event);
Result<void> set_rule(db::Tx& tx, const Actor& actor, const events::Event& event, Rule rule, Severity severity);
/// The severities that `from` sets, in `to` as well.
Result<void> copy_rules(db::Tx& tx, EventId from, EventId to);
/// As `events::remove_room`. Errors: conflict – slots of a draft stand in the room, of the event itself or of a summit that shares it; says how many and where.
Result<void> remove_room(db::Tx& tx, const Actor& actor, const events::Event& event, RoomId room);
Result<Surroundings> surroundings(db::Tx& tx, const events::Event& event);
Result<void> set_availability(db::Tx& tx, const Actor& actor, const events::Event& event, PersonId person, std::vector<OpeningWindow> windows);

// ---- slots

/// A row of the draft. `number` is the id in exports.
struct DraftSlot {
  SlotId id;
  std::string guid;
  SlotKind kind = SlotKind::talk;
  SlotState state = SlotState::planned;
  TalkId talk;
  RoomId room;  ///< 0: all rooms (breaks, blockers)
  WallTime start{};
  minutes length{30};
  LocalizedText title;
  std::string note;
  std::vector<Part> parts;
  std::map<std::string, std::string> extra;
  std::int64_t version = 1;
};
Result<std::vector<DraftSlot>> list_slots(db::Tx& tx, const events::Event& event);
Result<DraftSlot> require_slot(db::Tx& tx, const events::Event& event, SlotId id);
/// `id` 0 adds. Errors: as events' writers; invalid – a time that the zone skips or repeats; conflict – a rule of severity `block_placing` is broken (problems
/// name each).
Result<DraftSlot> save_slot(db::Tx& tx, const Actor& actor, const events::Event& event, DraftSlot slot);
/// Several at once, all or none: rules of severity `block_placing` are asked when all have changed. Errors: as `save_slot`.
Result<void> save_slots(db::Tx& tx, const Actor& actor, const events::Event& event, std::vector<DraftSlot> slots);
Result<void> remove_slot(db::Tx& tx, const Actor& actor, const events::Event& event, SlotId id);
Result<void> restore_slot(db::Tx& tx, const Actor& actor, const events::Event& event, SlotId id);
/// The two exchange room and start. Errors: conflict as above.
Result<void> swap_slots(db::Tx& tx, const Actor& actor, const events::Event& event, SlotId a, SlotId b);

// ---- releases

struct Release {
  ReleaseId id;
  int revision = 0;
  std::string name, comment;
  Instant released_at{};
  PersonId released_by;
};
Result<std::vector<Release>> list_releases(db::Tx& tx, const events::Event& event);  ///< newest first
/// A release is never changed, but what it says of where it is found (slug, acronym, address) is the event's of today: `base_url` as in `load_draft`.
Result<std::optional<Programme>> current_programme(db::Tx& tx, const events::Event& event, std::string_view base_url);
Result<std::optional<Programme>> released_programme(db::Tx& tx, const events::Event& event, std::string_view name, std::string_view base_url);
/// What calendars were told with this release, by slot GUID.
Result<std::map<std::string, CalendarStamp>> calendar_stamps(db::Tx& tx, const events::Event& event, const Programme& released);

/// Freezes the draft as a named, immutable release.
/// Speakers whose slot moved are told afterwards, by the reaction to `schedule.released`.
/// Errors: conflict – the name is taken, nothing has changed, or clashes of severity `block_release` or worse (problems name each); invalid – no name.
Result<Release> release_schedule(db::Database& db, const Actor& actor, EventId event, std::string name, std::string comment, std::string_view base_url);
/// Draft slots and talks become what the release says. Talks that the release does not know keep their text and lose their slots.
/// Removed talks come back. Returns what could not be restored, a sentence each: what a talk refers to and is not there any more.
Result<std::vector<std::string>> reset_draft(db::Database& db, const Actor& actor, EventId event, std::string_view release);

/// A quick correction (DESIGN.md § 4.7): a new release made from a copy of the last one with just this change, and the same change in the draft, in one
/// transaction. The release is named "<last>.1", "<last>.2", ….
struct Correction {
  enum class What : unsigned char { cancel, reinstate, move, swap, close_room, edit_talk, edit_files } what = What::cancel;
  std::int64_t slot = 0, other = 0;  ///< slot numbers
  std::string room;                  ///< move: to this room's code; close_room: this room
  std::string to_room;               ///< close_room: what was to come moves there; empty: it is cancelled
  std::optional<WallTime> start;     ///< move: to this time; close_room: from this time on
  std::optional<WallTime> until;     ///< close_room: what starts then or later stays; none: for good
  std::optional<minutes> length;
  std::string note;                   ///< public: "The speaker is ill."
  std::string talk, title, abstract;  ///< edit_talk; empty: unchanged
  std::vector<Link> attachments;      ///< edit_files: all that the talk has now
};
Result<Release> correct(db::Database& db, const Actor& actor, EventId event, const Correction& correction, std::string_view base_url);
/// A talk's files as they stand in the draft, as a correction of the last release: slides go online without anything else that the draft holds.
Result<Release> publish_files(db::Database& db, const Actor& actor, EventId event, std::string_view talk, std::string_view base_url);
/// Takes the correction of that revision back by one more release, in the draft too.
/// Errors: conflict – it is not the last release any more, or was none.
Result<Release> undo_correction(db::Database& db, const Actor& actor, EventId event, int revision);
/// Pure: the programme with the correction made. Errors: not_found, conflict (the other place is taken), invalid.
Result<Programme> with_correction(Programme programme, const Correction& correction);

// ---- import

/// One field that differs between what is here and what the file says.
struct FieldConflict {
  std::string kind, key, title;  ///< "talk", its GUID, its title
  std::string field, here, file;
};
struct ImportReport {
  int added = 0, updated = 0, unchanged = 0;  ///< rooms, tracks, types, people, talks and slots
  int removed = 0;                            ///< slots that an earlier import brought and the file has no more; talks are never removed
  std::vector<Change> changes;                ///< what the draft's difference will be
  std::vector<FieldConflict> conflicts;       ///< edited here and in the file: what is here was kept
  std::vector<Oddity> oddities;
  std::vector<Room> rooms;  ///< as they will be: what `changes` names
  std::string to_json() const;
};
/// Looks only: what importing would do.
Result<ImportReport> preview_import(db::Database& db, const Actor& actor, EventId event, const Imported& imported);
/// One transaction: all or nothing. Matches by GUID, else by origin URL; a second import of the same file changes nothing.
/// Errors: invalid – an oddity, where `imported` allows none.
Result<ImportReport> import_programme(db::Database& db, const Actor& actor, EventId event, const Imported& imported, const Progress& progress = {});
/// The same, and the event is made from what the file says of it when there is none of that slug; the series too (default: named as the event).
Result<ImportReport> import_event(db::Database& db, const Actor& actor, std::string_view slug, std::string_view series, const Imported& imported,
                                  const Progress& progress = {});
/// Looks only, at an event that need not be there yet.
Result<ImportReport> preview_event(db::Database& db, const Actor& actor, std::string_view slug, std::string_view series, const Imported& imported,
                                   const Progress& progress = {});

// ---- stars: see stars.h

Result<std::string> export_person(db::Tx& tx, PersonId id);
/// The events whose releases named the person, now or once: what is kept of their pages elsewhere names the person still.
Result<std::vector<EventId>> erase_person(db::Tx& tx, PersonId id);
/// Every release forgets the file, as if it had never been there. Returns the events whose releases changed.
Result<std::vector<EventId>> forget_file(db::Tx& tx, const talks::StoredFile& file);
/// A talk's file for good: its bytes, its name, and what releases say of it. Its address answers "gone" from then on. The caller draws public pages again.
/// Errors: not_found; forbidden – the actor may not change its talk; gone – it was erased before.
Result<void> erase_file(db::Database& db, files::Store& files, const Actor& actor, EventId event, std::string_view code);
Result<std::vector<std::string>> check(db::Tx& tx);

}  // namespace confer::programme
