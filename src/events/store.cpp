// The only C++ of events/ that runs SQL.
#include "events/store.h"
#include <nlohmann/json.hpp>
#include "base/json_fields.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "events/sql.h"

namespace confer::events::store {
namespace {

namespace sql = confer::sql::events;

struct EventRow {
  Event e;
  std::string languages, off, extra;
  auto columns() {
    return std::tie(e.id, e.series, e.parent, e.kind, e.slug, e.acronym, e.guid, e.title, e.subtitle, e.description, e.place, e.zone, e.start, e.end, e.year,
                    e.attendance, e.capacity, e.day_start_hour, languages, e.color, off, e.shown_merged, e.is_public, e.change_over_minutes, e.banner,
                    e.banner_level, extra, e.version);
  }
};

std::vector<std::string> words(std::string_view text, char separator) {
  std::vector<std::string> out;
  for (auto part : split(text, separator))
    if (!part.empty()) out.emplace_back(part);
  return out;
}

Result<Event> event_of(EventRow row) {
  row.e.languages = words(row.languages, ',');
  if (row.e.languages.empty()) row.e.languages = {"en"};
  auto off = words(row.off, ' ');
  for (Feature f : all_features())
    if (std::ranges::find(off, name_of(f)) != off.end()) row.e.off.insert(f);
  TRY_ASSIGN(row.e.extra, extra_from_json(row.extra));
  return std::move(row.e);
}

Result<std::vector<Event>> events_of(Result<std::vector<EventRow>> rows) {
  TRY_ASSIGN(auto list, std::move(rows));
  std::vector<Event> out;
  out.reserve(list.size());
  for (auto& row : list) {
    TRY_ASSIGN(Event e, event_of(std::move(row)));
    out.push_back(std::move(e));
  }
  return out;
}

Result<std::optional<Event>> event_if(Result<std::optional<EventRow>> row) {
  TRY_ASSIGN(auto found, std::move(row));
  if (!found) return std::nullopt;
  TRY_ASSIGN(Event e, event_of(std::move(*found)));
  return std::optional(std::move(e));
}

std::string features_text(const std::set<Feature>& off) {
  std::vector<std::string> names;
  for (Feature f : off) names.emplace_back(name_of(f));
  return join(names, " ");
}

struct SeriesRow : Series {
  auto columns() { return std::tie(id, slug, title, description, version); }
};
struct RoomRow : Room {
  std::string open_json, extra_json;
  auto columns() {
    return std::tie(id, event, code, guid, name, description, position, capacity, accessibility, hidden, stream_url, captions_url, open_json, extra_json,
                    version);
  }
};
struct TrackRow : Track {
  auto columns() { return std::tie(id, event, code, guid, name, description, color, position, version); }
};
struct TypeRow : SessionType {
  auto columns() { return std::tie(id, event, code, name, length, position, version); }
};
template <class IdType>
struct RemovedRow : Removed<IdType> {
  auto columns() { return std::tie(this->id, this->code, this->guid, this->name); }
};
struct PageRow : InfoPage {
  auto columns() { return std::tie(id, event, slug, title, body, position, in_navigation, is_public, updated_at, version); }
};

std::string windows_json(const std::vector<OpeningWindow>& windows) {
  JsonWriter w;
  w.begin_array();
  for (const auto& o : windows) w.begin_array().value(to_text(o.from)).value(to_text(o.to)).end_array();
  return w.end_array().take();
}

Result<std::vector<OpeningWindow>> windows_of(const std::string& json) {
  auto parsed = nlohmann::json::parse(json, nullptr, false);
  std::vector<OpeningWindow> out;
  if (!parsed.is_array()) return fail(ErrorCode::internal, "A room's opening windows cannot be read.", json.substr(0, 80));
  for (const auto& pair : parsed) {
    if (!pair.is_array() || pair.size() != 2 || !pair[0].is_string() || !pair[1].is_string())
      return fail(ErrorCode::internal, "A room's opening windows cannot be read.", json.substr(0, 80));
    OpeningWindow window;
    TRY_ASSIGN(window.from, parse_wall_time(pair[0].get<std::string>()));
    TRY_ASSIGN(window.to, parse_wall_time(pair[1].get<std::string>()));
    out.push_back(window);
  }
  return out;
}

/// Rows of a derived type as their plain base.
template <class Plain, class Row>
Result<std::vector<Plain>> plain(Result<std::vector<Row>> rows) {
  TRY_ASSIGN(auto list, std::move(rows));
  std::vector<Plain> out;
  out.reserve(list.size());
  for (auto& row : list) out.push_back(std::move(static_cast<Plain&>(row)));
  return out;
}
template <class Plain, class Row>
Result<std::optional<Plain>> plain(Result<std::optional<Row>> row) {
  TRY_ASSIGN(auto found, std::move(row));
  if (!found) return std::nullopt;
  return std::optional<Plain>(std::move(static_cast<Plain&>(*found)));
}

Result<bool> changed(Result<std::int64_t> rows) {
  TRY_ASSIGN(std::int64_t n, std::move(rows));
  return n == 1;
}
template <class IdType>
Result<IdType> made(Result<std::int64_t> id) {
  TRY_ASSIGN(std::int64_t n, std::move(id));
  return IdType{n};
}

}  // namespace

Result<std::vector<Series>> list_series(db::Tx& tx) { return plain<Series>(tx.all<SeriesRow>(sql::list_series)); }
Result<std::optional<Series>> find_series(db::Tx& tx, std::string_view slug) { return plain<Series>(tx.find<SeriesRow>(sql::find_series, slug)); }
Result<std::optional<Series>> find_series(db::Tx& tx, SeriesId id) { return plain<Series>(tx.find<SeriesRow>(sql::find_series_by_id, id)); }
Result<SeriesId> add(db::Tx& tx, const Series& s) { return made<SeriesId>(tx.one<std::int64_t>(sql::add_series, s.slug, s.title, s.description, tx.now())); }
Result<bool> change(db::Tx& tx, const Series& s) { return changed(tx.run(sql::change_series, s.id, s.version, s.slug, s.title, s.description)); }

Result<std::vector<Event>> list_events(db::Tx& tx) { return events_of(tx.all<EventRow>(sql::list_events)); }
Result<std::vector<Event>> list_events(db::Tx& tx, SeriesId series) { return events_of(tx.all<EventRow>(sql::list_events_of_series, series)); }
Result<std::vector<Event>> list_summits(db::Tx& tx, EventId parent) { return events_of(tx.all<EventRow>(sql::list_summits, parent)); }
Result<std::optional<Event>> find_event(db::Tx& tx, std::string_view slug) { return event_if(tx.find<EventRow>(sql::find_event, slug)); }
Result<std::optional<Event>> find_event(db::Tx& tx, EventId id) { return event_if(tx.find<EventRow>(sql::find_event_by_id, id)); }

Result<EventId> add(db::Tx& tx, const Event& e) {
  return made<EventId>(tx.one<std::int64_t>(sql::add_event, e.series, e.parent, e.kind, e.slug, e.acronym, e.guid, e.title, e.subtitle, e.description, e.place,
                                            e.zone.empty() ? std::nullopt : std::optional(e.zone), e.start, e.end, e.year, e.attendance, e.capacity,
                                            e.day_start_hour, join(e.languages, ","), e.color, features_text(e.off), e.shown_merged, e.is_public,
                                            e.change_over_minutes, extra_to_json(e.extra), tx.now()));
}
Result<bool> change(db::Tx& tx, const Event& e) {
  return changed(tx.run(sql::change_event, e.id, e.version, e.series, e.parent, e.kind, e.slug, e.acronym, e.guid, e.title, e.subtitle, e.description, e.place,
                        e.zone.empty() ? std::nullopt : std::optional(e.zone), e.start, e.end, e.year, e.attendance, e.capacity, e.day_start_hour,
                        join(e.languages, ","), e.color, features_text(e.off), e.shown_merged, e.is_public, e.change_over_minutes, extra_to_json(e.extra)));
}
Result<void> set_banner(db::Tx& tx, EventId event, const LocalizedText& text, int level) {
  TRY(tx.run(sql::set_banner, event, text, level));
  return {};
}

Result<std::vector<Room>> list_rooms(db::Tx& tx, EventId event) {
  TRY_ASSIGN(auto rows, tx.all<RoomRow>(sql::list_rooms, event));
  for (auto& row : rows) {
    TRY_ASSIGN(row.open, windows_of(row.open_json));
    TRY_ASSIGN(row.extra, extra_from_json(row.extra_json));
  }
  return plain<Room>(Result<std::vector<RoomRow>>(std::move(rows)));
}
Result<std::vector<Track>> list_tracks(db::Tx& tx, EventId event) { return plain<Track>(tx.all<TrackRow>(sql::list_tracks, event)); }
Result<std::vector<SessionType>> list_session_types(db::Tx& tx, EventId event) { return plain<SessionType>(tx.all<TypeRow>(sql::list_session_types, event)); }
Result<std::vector<InfoPage>> list_pages(db::Tx& tx, EventId event) { return plain<InfoPage>(tx.all<PageRow>(sql::list_pages, event)); }
Result<std::optional<InfoPage>> find_page(db::Tx& tx, EventId event, std::string_view slug) {
  return plain<InfoPage>(tx.find<PageRow>(sql::find_page, event, slug));
}

Result<std::vector<Removed<RoomId>>> removed_rooms(db::Tx& tx, EventId event) {
  return plain<Removed<RoomId>>(tx.all<RemovedRow<RoomId>>(sql::removed_rooms, event));
}
Result<std::vector<Removed<TrackId>>> removed_tracks(db::Tx& tx, EventId event) {
  return plain<Removed<TrackId>>(tx.all<RemovedRow<TrackId>>(sql::removed_tracks, event));
}
Result<std::vector<Removed<SessionTypeId>>> removed_session_types(db::Tx& tx, EventId event) {
  return plain<Removed<SessionTypeId>>(tx.all<RemovedRow<SessionTypeId>>(sql::removed_session_types, event));
}
Result<std::vector<std::string>> room_codes(db::Tx& tx, EventId event) { return tx.all<std::string>(sql::room_codes, event); }
Result<std::vector<std::string>> track_codes(db::Tx& tx, EventId event) { return tx.all<std::string>(sql::track_codes, event); }
Result<std::vector<std::string>> session_type_codes(db::Tx& tx, EventId event) { return tx.all<std::string>(sql::session_type_codes, event); }
Result<void> free_page_slug(db::Tx& tx, EventId event, std::string_view slug) {
  TRY(tx.run(sql::free_page_slug, event, slug));
  return {};
}

Result<RoomId> add(db::Tx& tx, const Room& r) {
  return made<RoomId>(tx.one<std::int64_t>(sql::add_room, r.event, r.code, r.guid, r.name, r.description, r.position, r.capacity, r.accessibility, r.hidden,
                                           r.stream_url, r.captions_url, windows_json(r.open), extra_to_json(r.extra)));
}
Result<TrackId> add(db::Tx& tx, const Track& t) {
  return made<TrackId>(tx.one<std::int64_t>(sql::add_track, t.event, t.code, t.guid, t.name, t.description, t.color, t.position));
}
Result<SessionTypeId> add(db::Tx& tx, const SessionType& t) {
  return made<SessionTypeId>(tx.one<std::int64_t>(sql::add_session_type, t.event, t.code, t.name, t.length, t.position));
}
Result<PageId> add(db::Tx& tx, const InfoPage& p) {
  return made<PageId>(tx.one<std::int64_t>(sql::add_page, p.event, p.slug, p.title, p.body, p.position, p.in_navigation, p.is_public, tx.now()));
}
Result<bool> change(db::Tx& tx, const Room& r) {
  return changed(tx.run(sql::change_room, r.event, r.id, r.version, r.guid, r.name, r.description, r.position, r.capacity, r.accessibility, r.hidden,
                        r.stream_url, r.captions_url, windows_json(r.open), extra_to_json(r.extra)));
}
Result<bool> change(db::Tx& tx, const Track& t) {
  return changed(tx.run(sql::change_track, t.event, t.id, t.version, t.guid, t.name, t.description, t.color, t.position));
}
Result<bool> change(db::Tx& tx, const SessionType& t) {
  return changed(tx.run(sql::change_session_type, t.event, t.id, t.version, t.name, t.length, t.position));
}
Result<bool> change(db::Tx& tx, const InfoPage& p) {
  return changed(tx.run(sql::change_page, p.event, p.id, p.version, p.slug, p.title, p.body, p.position, p.in_navigation, p.is_public, tx.now()));
}
Result<bool> remove(db::Tx& tx, EventId event, RoomId id) { return changed(tx.run(sql::remove_room, event, id, tx.now())); }
Result<bool> remove(db::Tx& tx, EventId event, TrackId id) { return changed(tx.run(sql::remove_track, event, id, tx.now())); }
Result<bool> remove(db::Tx& tx, EventId event, SessionTypeId id) { return changed(tx.run(sql::remove_session_type, event, id, tx.now())); }
Result<bool> remove(db::Tx& tx, EventId event, PageId id) { return changed(tx.run(sql::remove_page, event, id, tx.now())); }
Result<bool> restore(db::Tx& tx, EventId event, RoomId id) { return changed(tx.run(sql::restore_room, event, id)); }
Result<bool> restore(db::Tx& tx, EventId event, TrackId id) { return changed(tx.run(sql::restore_track, event, id)); }
Result<bool> restore(db::Tx& tx, EventId event, SessionTypeId id) { return changed(tx.run(sql::restore_session_type, event, id)); }
Result<bool> restore(db::Tx& tx, EventId event, PageId id) { return changed(tx.run(sql::restore_page, event, id)); }

Result<bool> is_guid_taken(db::Tx& tx, std::string_view guid, EventId but) {
  TRY_ASSIGN(const auto n, tx.one<std::int64_t>(sql::event_guid_is_taken, guid, but.value));
  return n > 0;
}
Result<std::vector<std::string>> bad_parents(db::Tx& tx) { return tx.all<std::string>(sql::bad_parents); }
Result<std::vector<std::string>> events_without_zone(db::Tx& tx) { return tx.all<std::string>(sql::events_without_zone); }

}  // namespace confer::events::store
