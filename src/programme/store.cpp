// The only C++ of programme/ that runs SQL, but for stars.
#include "programme/store.h"
#include <nlohmann/json.hpp>
#include "base/json_fields.h"
#include "base/json_writer.h"
#include "programme/sql.h"

namespace confer::programme::store {
namespace {

namespace sql = confer::sql::programme;

struct SlotRow : DraftSlot {
  std::string parts_json, extra_json;
  auto columns() { return std::tie(id, guid, kind, state, talk, room, start, length, title, note, parts_json, extra_json, version); }
};

std::string parts_to_json(const std::vector<Part>& parts) {
  JsonWriter w;
  w.begin_array();
  for (const auto& part : parts) {
    w.begin_object().field("anchor", part.anchor).field("title", part.title).field("offset", part.offset.count()).field("length", part.length.count());
    w.key("speakers").raw(list_to_json(part.speakers)).end_object();
  }
  return w.end_array().take();
}

Result<std::vector<Part>> parts_from_json(const std::string& json) {
  auto parsed = nlohmann::json::parse(json, nullptr, false);
  if (!parsed.is_array()) return fail(ErrorCode::internal, "A block’s parts cannot be read.", json.substr(0, 80));
  std::vector<Part> parts;
  for (const auto& item : parsed) {
    if (!item.is_object()) return fail(ErrorCode::internal, "A block’s parts cannot be read.", json.substr(0, 80));
    Part part{item.value("anchor", ""), item.value("title", ""), {}, minutes(item.value("offset", 0)), minutes(item.value("length", 0))};
    if (item.contains("speakers")) {
      TRY_ASSIGN(part.speakers, list_from_json(item["speakers"].dump()));
    }
    parts.push_back(std::move(part));
  }
  return parts;
}

Result<DraftSlot> slot_of(SlotRow row) {
  TRY_ASSIGN(row.parts, parts_from_json(row.parts_json));
  TRY_ASSIGN(row.extra, extra_from_json(row.extra_json));
  return std::move(static_cast<DraftSlot&>(row));
}

Result<bool> changed(Result<std::int64_t> rows) {
  TRY_ASSIGN(std::int64_t n, std::move(rows));
  return n == 1;
}

struct FullRelease : ReleaseRow {
  auto columns() { return std::tie(id, revision, name, comment, correction, released_at, released_by); }
};

struct SourceRow : SyncSource {
  auto columns() { return std::tie(event, url, every_minutes, release_changes, etag, last_modified, last_at, last_result, last_report, enabled); }
};

std::string like(std::string_view word) { return "%" + std::string(word) + "%"; }

}  // namespace

Result<std::vector<DraftSlot>> list_slots(db::Tx& tx, EventId event) {
  TRY_ASSIGN(auto rows, tx.all<SlotRow>(sql::list_slots, event));
  std::vector<DraftSlot> slots;
  slots.reserve(rows.size());
  for (auto& row : rows) {
    TRY_ASSIGN(DraftSlot slot, slot_of(std::move(row)));
    slots.push_back(std::move(slot));
  }
  return slots;
}

Result<std::optional<DraftSlot>> find_slot(db::Tx& tx, EventId event, SlotId id) {
  TRY_ASSIGN(auto row, tx.find<SlotRow>(sql::find_slot, event, id));
  if (!row) return std::nullopt;
  TRY_ASSIGN(DraftSlot slot, slot_of(std::move(*row)));
  return std::optional(std::move(slot));
}

Result<SlotId> add(db::Tx& tx, EventId event, const DraftSlot& s) {
  TRY_ASSIGN(auto id, tx.one<std::int64_t>(sql::add_slot, event, s.guid, s.kind, s.state, s.talk, s.room, s.start, s.length, s.title, s.note,
                                           parts_to_json(s.parts), extra_to_json(s.extra)));
  return SlotId{id};
}
Result<bool> change(db::Tx& tx, EventId event, const DraftSlot& s) {
  return changed(tx.run(sql::change_slot, event, s.id, s.version, s.kind, s.state, s.talk, s.room, s.start, s.length, s.title, s.note, parts_to_json(s.parts),
                        extra_to_json(s.extra)));
}
Result<bool> remove(db::Tx& tx, EventId event, SlotId id) { return changed(tx.run(sql::remove_slot, event, id, tx.now())); }
Result<bool> restore(db::Tx& tx, EventId event, SlotId id) { return changed(tx.run(sql::restore_slot, event, id)); }
Result<std::optional<SlotId>> removed_slot(db::Tx& tx, EventId event, std::string_view guid) {
  return tx.find<SlotId>(sql::removed_slot_with_guid, event, guid);
}

Result<std::vector<ReleaseRow>> list_releases(db::Tx& tx, EventId event) {
  TRY_ASSIGN(auto rows, tx.all<FullRelease>(sql::list_releases, event));
  return std::vector<ReleaseRow>(rows.begin(), rows.end());
}
Result<std::optional<ReleaseRow>> last_release(db::Tx& tx, EventId event) {
  TRY_ASSIGN(auto row, tx.find<FullRelease>(sql::last_release, event));
  if (!row) return std::nullopt;
  return std::optional<ReleaseRow>(std::move(*row));
}
Result<std::optional<std::string>> last_snapshot(db::Tx& tx, EventId event) { return tx.find<std::string>(sql::last_snapshot, event); }
Result<std::optional<std::string>> snapshot(db::Tx& tx, EventId event, std::string_view name) { return tx.find<std::string>(sql::snapshot, event, name); }
Result<ReleaseId> add(db::Tx& tx, EventId event, const ReleaseRow& r, const std::string& text) {
  TRY_ASSIGN(auto id, tx.one<std::int64_t>(sql::add_release, event, r.revision, r.name, r.comment, r.correction, text, r.released_at, r.released_by));
  return ReleaseId{id};
}
Result<bool> is_name_taken(db::Tx& tx, EventId event, std::string_view name) {
  TRY_ASSIGN(auto n, tx.one<std::int64_t>(sql::release_name_taken, event, name));
  return n > 0;
}

Result<std::map<std::string, CalendarStamp>> list_stamps(db::Tx& tx, EventId event) {
  using Row = std::tuple<std::string, int, Instant>;
  TRY_ASSIGN(auto rows, tx.all<Row>(sql::list_stamps, event));
  std::map<std::string, CalendarStamp> stamps;
  for (auto& [guid, sequence, at] : rows) stamps[guid] = {sequence, at};
  return stamps;
}
Result<void> put_stamp(db::Tx& tx, EventId event, std::string_view guid, const CalendarStamp& stamp) {
  TRY(tx.run(sql::put_stamp, event, guid, stamp.sequence, stamp.changed_at));
  return {};
}

Result<std::map<std::string, Severity>> list_severities(db::Tx& tx, EventId event) {
  using Row = std::tuple<std::string, Severity>;
  TRY_ASSIGN(auto rows, tx.all<Row>(sql::list_severities, event));
  std::map<std::string, Severity> out;
  for (auto& [rule, severity] : rows) out[rule] = severity;
  return out;
}
Result<void> put_severity(db::Tx& tx, EventId event, std::string_view rule, Severity severity) {
  TRY(tx.run(sql::put_severity, event, rule, severity));
  return {};
}

Result<std::map<std::string, std::vector<OpeningWindow>>> list_availabilities(db::Tx& tx, EventId event) {
  using Row = std::tuple<std::string, WallTime, WallTime>;
  TRY_ASSIGN(auto rows, tx.all<Row>(sql::list_availabilities, event));
  std::map<std::string, std::vector<OpeningWindow>> out;
  for (auto& [code, from, to] : rows) out[code].push_back({from, to});
  return out;
}
Result<void> replace_availabilities(db::Tx& tx, EventId event, PersonId person, const std::vector<OpeningWindow>& windows) {
  TRY(tx.run(sql::remove_availabilities, event, person));
  for (const auto& window : windows) TRY(tx.run(sql::add_availability, event, person, window.from, window.to));
  return {};
}

Result<std::map<std::pair<std::string, std::string>, std::string>> list_bases(db::Tx& tx, EventId event) {
  using Row = std::tuple<std::string, std::string, std::string>;
  TRY_ASSIGN(auto rows, tx.all<Row>(sql::list_bases, event));
  std::map<std::pair<std::string, std::string>, std::string> out;
  for (auto& [kind, guid, fields] : rows) out[{kind, guid}] = std::move(fields);
  return out;
}
Result<void> put_base(db::Tx& tx, EventId event, std::string_view kind, std::string_view guid, const std::string& fields) {
  TRY(tx.run(sql::put_base, event, kind, guid, fields));
  return {};
}

Result<void> remove_base(db::Tx& tx, std::string_view kind, std::string_view guid) {
  TRY(tx.run(sql::remove_base, kind, guid));
  return {};
}

Result<std::vector<StoredText>> snapshots_naming(db::Tx& tx, std::string_view word) {
  using Row = std::tuple<std::int64_t, EventId, std::string>;
  TRY_ASSIGN(auto rows, tx.all<Row>(sql::snapshots_naming, like(word)));
  std::vector<StoredText> out;
  for (auto& [id, event, text] : rows) out.push_back({id, event, {}, {}, std::move(text)});
  return out;
}
Result<std::vector<StoredText>> bases_naming(db::Tx& tx, std::string_view word) {
  using Row = std::tuple<EventId, std::string, std::string, std::string>;
  TRY_ASSIGN(auto rows, tx.all<Row>(sql::bases_naming, like(word)));
  std::vector<StoredText> out;
  for (auto& [event, kind, guid, text] : rows) out.push_back({0, event, std::move(kind), std::move(guid), std::move(text)});
  return out;
}
Result<bool> hold_room(db::Tx& tx, EventId event, RoomId room) {
  TRY_ASSIGN(const auto n, tx.one<std::int64_t>(sql::hold_room, event, room));
  return n > 0;
}
Result<void> replace_snapshot(db::Tx& tx, std::int64_t release, const std::string& text) {
  TRY(tx.run(sql::replace_snapshot, release, text));
  return {};
}
Result<void> forget_availabilities(db::Tx& tx, PersonId person) {
  TRY(tx.run(sql::forget_availabilities, person));
  return {};
}
Result<std::vector<PersonWindow>> availabilities_of(db::Tx& tx, PersonId person) {
  struct Row : PersonWindow {
    auto columns() { return std::tie(event, from, to); }
  };
  TRY_ASSIGN(auto rows, tx.all<Row>(sql::availabilities_of_person, person));
  return std::vector<PersonWindow>(rows.begin(), rows.end());
}
Result<std::vector<std::int64_t>> slots_of_foreign_talks(db::Tx& tx) { return tx.all<std::int64_t>(sql::slots_of_foreign_talks); }
Result<std::vector<std::int64_t>> slots_of_foreign_rooms(db::Tx& tx) { return tx.all<std::int64_t>(sql::slots_of_foreign_rooms); }
Result<std::vector<std::int64_t>> slots_of_removed_talks(db::Tx& tx) { return tx.all<std::int64_t>(sql::slots_of_removed_talks); }
Result<std::vector<std::int64_t>> slots_of_removed_rooms(db::Tx& tx) { return tx.all<std::int64_t>(sql::slots_of_removed_rooms); }
Result<std::vector<std::pair<std::string, std::string>>> stamps_without_slots(db::Tx& tx) {
  using Row = std::tuple<std::string, std::string>;
  TRY_ASSIGN(auto rows, tx.all<Row>(sql::stamps_without_slots));
  std::vector<std::pair<std::string, std::string>> out;
  for (auto& [event, guid] : rows) out.emplace_back(std::move(event), std::move(guid));
  return out;
}
Result<std::vector<RoomUse>> uses_of_room(db::Tx& tx, RoomId room) {
  struct Row : RoomUse {
    auto columns() { return std::tie(event, slots); }
  };
  TRY_ASSIGN(auto rows, tx.all<Row>(sql::uses_of_room, room));
  return std::vector<RoomUse>(rows.begin(), rows.end());
}
Result<std::vector<SnapshotText>> all_snapshots(db::Tx& tx) {
  struct Row : SnapshotText {
    auto columns() { return std::tie(event, name, text); }
  };
  TRY_ASSIGN(auto rows, tx.all<Row>(sql::all_snapshots));
  return std::vector<SnapshotText>(rows.begin(), rows.end());
}

Result<std::optional<SyncSource>> find_source(db::Tx& tx, EventId event) {
  TRY_ASSIGN(auto row, tx.find<SourceRow>(sql::find_sync_source, event));
  if (!row) return std::nullopt;
  return std::optional<SyncSource>(std::move(*row));
}
Result<std::vector<SyncSource>> due_sources(db::Tx& tx) {
  TRY_ASSIGN(auto rows, tx.all<SourceRow>(sql::due_sync_sources, tx.now()));
  return std::vector<SyncSource>(rows.begin(), rows.end());
}
Result<void> put_source(db::Tx& tx, const SyncSource& s) {
  TRY(tx.run(sql::put_sync_source, s.event, s.url, s.every_minutes, s.release_changes, s.enabled));
  return {};
}
Result<void> note_source(db::Tx& tx, EventId event, const SyncNote& note) {
  TRY(tx.run(sql::note_sync, event, tx.now(), note.result, note.etag, note.last_modified, note.report));
  return {};
}
Result<bool> remove_source(db::Tx& tx, EventId event) {
  TRY_ASSIGN(auto rows, tx.run(sql::remove_sync_source, event));
  return rows > 0;
}
Result<void> forget_reports(db::Tx& tx) {
  TRY(tx.run(sql::forget_sync_reports));
  return {};
}

}  // namespace confer::programme::store
