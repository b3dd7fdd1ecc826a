// Rows of events/ and the SQL that reads and writes them.
#pragma once
#include "events/events.h"

namespace confer::events::store {

Result<std::vector<Series>> list_series(db::Tx& tx);
Result<std::optional<Series>> find_series(db::Tx& tx, std::string_view slug);
Result<std::optional<Series>> find_series(db::Tx& tx, SeriesId id);
Result<SeriesId> add(db::Tx& tx, const Series& s);
/// False when the row is not there at that version; the same for all `change`, `remove` and `restore` below.
Result<bool> change(db::Tx& tx, const Series& s);

Result<std::vector<Event>> list_events(db::Tx& tx);
Result<std::vector<Event>> list_events(db::Tx& tx, SeriesId series);
Result<std::vector<Event>> list_summits(db::Tx& tx, EventId parent);
Result<std::optional<Event>> find_event(db::Tx& tx, std::string_view slug);
Result<std::optional<Event>> find_event(db::Tx& tx, EventId id);
Result<EventId> add(db::Tx& tx, const Event& e);
Result<bool> change(db::Tx& tx, const Event& e);
/// By another event, also a removed one.
Result<bool> is_guid_taken(db::Tx& tx, std::string_view guid, EventId but);
Result<void> set_banner(db::Tx& tx, EventId event, const LocalizedText& text, int level);

Result<std::vector<Room>> list_rooms(db::Tx& tx, EventId event);
Result<std::vector<Track>> list_tracks(db::Tx& tx, EventId event);
Result<std::vector<SessionType>> list_session_types(db::Tx& tx, EventId event);
Result<std::vector<InfoPage>> list_pages(db::Tx& tx, EventId event);
Result<std::optional<InfoPage>> find_page(db::Tx& tx, EventId event, std::string_view slug);
Result<std::vector<Removed<RoomId>>> removed_rooms(db::Tx& tx, EventId event);
Result<std::vector<Removed<TrackId>>> removed_tracks(db::Tx& tx, EventId event);
Result<std::vector<Removed<SessionTypeId>>> removed_session_types(db::Tx& tx, EventId event);
/// Codes in use, of removed rows too: releases name them for ever. Rooms: of the edition and its summits together, which share them.
Result<std::vector<std::string>> room_codes(db::Tx& tx, EventId event);
Result<std::vector<std::string>> track_codes(db::Tx& tx, EventId event);
Result<std::vector<std::string>> session_type_codes(db::Tx& tx, EventId event);
/// A removed page of this slug gets another one.
Result<void> free_page_slug(db::Tx& tx, EventId event, std::string_view slug);
Result<RoomId> add(db::Tx& tx, const Room& r);
Result<TrackId> add(db::Tx& tx, const Track& t);
Result<SessionTypeId> add(db::Tx& tx, const SessionType& t);
Result<PageId> add(db::Tx& tx, const InfoPage& p);
Result<bool> change(db::Tx& tx, const Room& r);
Result<bool> change(db::Tx& tx, const Track& t);
Result<bool> change(db::Tx& tx, const SessionType& t);
Result<bool> change(db::Tx& tx, const InfoPage& p);
Result<bool> remove(db::Tx& tx, EventId event, RoomId id);
Result<bool> remove(db::Tx& tx, EventId event, TrackId id);
Result<bool> remove(db::Tx& tx, EventId event, SessionTypeId id);
Result<bool> remove(db::Tx& tx, EventId event, PageId id);
Result<bool> restore(db::Tx& tx, EventId event, RoomId id);
Result<bool> restore(db::Tx& tx, EventId event, TrackId id);
Result<bool> restore(db::Tx& tx, EventId event, SessionTypeId id);
Result<bool> restore(db::Tx& tx, EventId event, PageId id);

Result<std::vector<std::string>> bad_parents(db::Tx& tx);
Result<std::vector<std::string>> events_without_zone(db::Tx& tx);

}  // namespace confer::events::store
