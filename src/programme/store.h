// Rows of the schedule and the SQL that reads and writes them. Stars have star_store.h.
#pragma once
#include "programme/programme.h"
#include "programme/sync.h"

namespace confer::programme::store {

Result<std::vector<DraftSlot>> list_slots(db::Tx& tx, EventId event);
Result<std::optional<DraftSlot>> find_slot(db::Tx& tx, EventId event, SlotId id);
Result<SlotId> add(db::Tx& tx, EventId event, const DraftSlot& slot);
/// False when the row is not there at that version.
Result<bool> change(db::Tx& tx, EventId event, const DraftSlot& slot);
Result<bool> remove(db::Tx& tx, EventId event, SlotId id);
Result<bool> restore(db::Tx& tx, EventId event, SlotId id);
Result<std::optional<SlotId>> removed_slot(db::Tx& tx, EventId event, std::string_view guid);

struct ReleaseRow : Release {
  bool correction = false;
};
Result<std::vector<ReleaseRow>> list_releases(db::Tx& tx, EventId event);
Result<std::optional<ReleaseRow>> last_release(db::Tx& tx, EventId event);
Result<std::optional<std::string>> last_snapshot(db::Tx& tx, EventId event);
Result<std::optional<std::string>> snapshot(db::Tx& tx, EventId event, std::string_view name);
Result<ReleaseId> add(db::Tx& tx, EventId event, const ReleaseRow& release, const std::string& snapshot);
Result<bool> is_name_taken(db::Tx& tx, EventId event, std::string_view name);

Result<std::map<std::string, CalendarStamp>> list_stamps(db::Tx& tx, EventId event);
Result<void> put_stamp(db::Tx& tx, EventId event, std::string_view slot_guid, const CalendarStamp& stamp);

Result<std::map<std::string, Severity>> list_severities(db::Tx& tx, EventId event);
Result<void> put_severity(db::Tx& tx, EventId event, std::string_view rule, Severity severity);
/// By person code.
Result<std::map<std::string, std::vector<OpeningWindow>>> list_availabilities(db::Tx& tx, EventId event);
Result<void> replace_availabilities(db::Tx& tx, EventId event, PersonId person, const std::vector<OpeningWindow>& windows);

/// (kind, GUID) → what the last import said, as a JSON object of texts.
Result<std::map<std::pair<std::string, std::string>, std::string>> list_bases(db::Tx& tx, EventId event);
Result<void> put_base(db::Tx& tx, EventId event, std::string_view kind, std::string_view guid, const std::string& fields);

Result<void> remove_base(db::Tx& tx, std::string_view kind, std::string_view guid);

struct StoredText {
  std::int64_t id = 0;  ///< of a release
  EventId event;        ///< of a base, with kind and guid
  std::string kind, guid, text;
};
/// Releases and import bases whose text contains `word`: for erasure.
Result<std::vector<StoredText>> snapshots_naming(db::Tx& tx, std::string_view word);
Result<std::vector<StoredText>> bases_naming(db::Tx& tx, std::string_view word);
Result<void> replace_snapshot(db::Tx& tx, std::int64_t release, const std::string& snapshot);
Result<void> forget_availabilities(db::Tx& tx, PersonId person);
struct PersonWindow {
  std::string event;
  WallTime from{}, to{};
};
Result<std::vector<PersonWindow>> availabilities_of(db::Tx& tx, PersonId person);
Result<std::vector<std::int64_t>> slots_of_foreign_talks(db::Tx& tx);
Result<std::vector<std::int64_t>> slots_of_foreign_rooms(db::Tx& tx);
Result<std::vector<std::int64_t>> slots_of_removed_talks(db::Tx& tx);
Result<std::vector<std::int64_t>> slots_of_removed_rooms(db::Tx& tx);
/// (event, slot GUID)
Result<std::vector<std::pair<std::string, std::string>>> stamps_without_slots(db::Tx& tx);
struct RoomUse {
  std::string event;
  std::int64_t slots = 0;
};
/// The events whose drafts have slots in the room; what waits with a removed talk does not count.
Result<std::vector<RoomUse>> uses_of_room(db::Tx& tx, RoomId room);
/// Whether the room is the event's, or its edition's. Where writers work side by side (PostgreSQL), nobody removes it before this transaction ends.
Result<bool> hold_room(db::Tx& tx, EventId event, RoomId room);
struct SnapshotText {
  std::string event, name, text;
};
Result<std::vector<SnapshotText>> all_snapshots(db::Tx& tx);

Result<std::optional<SyncSource>> find_source(db::Tx& tx, EventId event);
Result<std::vector<SyncSource>> due_sources(db::Tx& tx);
Result<void> put_source(db::Tx& tx, const SyncSource& source);
Result<void> note_source(db::Tx& tx, EventId event, const SyncNote& note);
Result<bool> remove_source(db::Tx& tx, EventId event);
Result<void> forget_reports(db::Tx& tx);

}  // namespace confer::programme::store
