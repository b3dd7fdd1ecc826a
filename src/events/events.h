// Events: series, editions, summits inside them, and the rooms, tracks and types that a programme is made of.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>
#include "base/localized_text.h"
#include "base/time.h"
#include "db/database.h"
#include "ids/ids.h"
#include "people/rights.h"

namespace confer::events {

struct Series {
  SeriesId id;
  std::string slug;
  LocalizedText title, description;
  std::int64_t version = 1;
};

enum class EventKind : unsigned char { edition = 0, summit = 1, archived = 2 };
/// What can be switched off for an event.
enum class Feature : unsigned char { stars, live, search, speakers_page, embed, feedback_links, api };
std::string_view name_of(Feature f);
std::vector<Feature> all_features();

struct Event {
  EventId id;
  SeriesId series;
  EventId parent;  ///< of a summit; it shares the parent's zone and rooms
  EventKind kind = EventKind::edition;
  std::string slug;     ///< in URLs: [a-z0-9-], 2 to 60
  std::string acronym;  ///< in exports: [a-z0-9_]{4,}
  std::string guid;
  LocalizedText title, subtitle, description, place;
  std::string zone;  ///< IANA; empty only when archived
  std::optional<Date> start, end;
  std::optional<int> year, attendance, capacity;
  int day_start_hour = 4;
  std::vector<std::string> languages = {"en"};
  std::string color = "#1f5f8b";
  std::set<Feature> off;
  bool shown_merged = true;  ///< a summit: its slots also stand in the edition's schedule
  bool is_public = false;
  int change_over_minutes = 5;
  LocalizedText banner;
  int banner_level = 0;  ///< 0 information, 1 warning, 2 emergency
  std::map<std::string, std::string> extra;
  std::int64_t version = 1;
  bool has(Feature f) const { return !off.contains(f); }
};

struct OpeningWindow {
  WallTime from{}, to{};
  bool operator==(const OpeningWindow&) const = default;
};
struct Room {
  RoomId id;
  EventId event;
  std::string code, guid;
  LocalizedText name, description;
  int position = 0;
  std::optional<int> capacity;
  std::string accessibility;
  bool hidden = false;
  std::string stream_url, captions_url;
  std::vector<OpeningWindow> open;
  std::map<std::string, std::string> extra;
  std::int64_t version = 1;
};
struct Track {
  TrackId id;
  EventId event;
  std::string code, guid;
  LocalizedText name, description;
  std::string color;
  int position = 0;
  std::int64_t version = 1;
};
struct SessionType {
  SessionTypeId id;
  EventId event;
  std::string code;
  LocalizedText name;
  minutes length{30};
  int position = 0;
  std::int64_t version = 1;
};
struct InfoPage {
  PageId id;
  EventId event;
  std::string slug;
  LocalizedText title, body;  ///< body: Markdown
  int position = 0;
  bool in_navigation = true, is_public = true;
  Instant updated_at{};
  std::int64_t version = 1;
};

// ---- reading

Result<std::vector<Series>> list_series(db::Tx& tx);
Result<std::optional<Series>> find_series(db::Tx& tx, std::string_view slug);
Result<std::optional<Series>> find_series(db::Tx& tx, SeriesId id);
Result<std::vector<Event>> list_events(db::Tx& tx);                   ///< by start, newest first; unknown dates last
Result<std::vector<Event>> list_events(db::Tx& tx, SeriesId series);  ///< by year and start
Result<std::vector<Event>> list_summits(db::Tx& tx, EventId parent);
Result<std::optional<Event>> find_event(db::Tx& tx, std::string_view slug);
Result<std::optional<Event>> find_event(db::Tx& tx, EventId id);
/// Errors: not_found.
Result<Event> require_event(db::Tx& tx, std::string_view slug);
Result<Event> require_event(db::Tx& tx, EventId id);
/// Errors: invalid – the event has no zone (it is only archived).
Result<Zone> zone_of(const Event& event);
Scope scope_of(const Event& event);
Scope scope_of(const Series& series);

/// The event's rooms; for a summit, its edition's rooms and then its own.
Result<std::vector<Room>> list_rooms(db::Tx& tx, const Event& event);
Result<std::vector<Track>> list_tracks(db::Tx& tx, const Event& event);
Result<std::vector<SessionType>> list_session_types(db::Tx& tx, const Event& event);
Result<std::vector<InfoPage>> list_pages(db::Tx& tx, const Event& event);
Result<std::optional<InfoPage>> find_page(db::Tx& tx, const Event& event, std::string_view slug);

/// What was removed and could be brought back: the names that an import must not make again behind an organiser's back.
template <class IdType>
struct Removed {
  IdType id;
  std::string code, guid;  ///< a session type has no GUID
  LocalizedText name;
};
Result<std::vector<Removed<RoomId>>> removed_rooms(db::Tx& tx, const Event& event);  ///< of the event itself, not of a summit's edition
Result<std::vector<Removed<TrackId>>> removed_tracks(db::Tx& tx, const Event& event);
Result<std::vector<Removed<SessionTypeId>>> removed_session_types(db::Tx& tx, const Event& event);

// ---- writing. `id` 0 adds, else changes the row of that `version`; the new row comes back.
// Errors of all: forbidden/not_found by right; invalid with problems by field; conflict – changed by someone else meanwhile, or a slug is taken. What was
// removed keeps its code, so a new room of its name gets another one; a removed page gives its slug up.

Result<Series> save_series(db::Tx& tx, const Actor& actor, Series series);
Result<Event> save_event(db::Tx& tx, const Actor& actor, Event event);
Result<Room> save_room(db::Tx& tx, const Actor& actor, const Event& event, Room room);
Result<Track> save_track(db::Tx& tx, const Actor& actor, const Event& event, Track track);
Result<SessionType> save_session_type(db::Tx& tx, const Actor& actor, const Event& event, SessionType type);
Result<InfoPage> save_page(db::Tx& tx, const Actor& actor, const Event& event, InfoPage page);
/// Removed rows are kept as deleted and can be brought back by `restore_…`. That nothing stands in a room any more is for the caller to see: slots are the
/// programme's.
Result<void> remove_room(db::Tx& tx, const Actor& actor, const Event& event, RoomId id);
Result<void> remove_track(db::Tx& tx, const Actor& actor, const Event& event, TrackId id);
Result<void> remove_session_type(db::Tx& tx, const Actor& actor, const Event& event, SessionTypeId id);
Result<void> remove_page(db::Tx& tx, const Actor& actor, const Event& event, PageId id);
Result<void> restore_room(db::Tx& tx, const Actor& actor, const Event& event, RoomId id);
Result<void> restore_track(db::Tx& tx, const Actor& actor, const Event& event, TrackId id);
Result<void> restore_session_type(db::Tx& tx, const Actor& actor, const Event& event, SessionTypeId id);
Result<void> restore_page(db::Tx& tx, const Actor& actor, const Event& event, PageId id);
Result<void> set_banner(db::Tx& tx, const Actor& actor, const Event& event, LocalizedText text, int level);

/// A new edition with the rooms, tracks, types and pages of `from`, all dates moved so that it starts on `start`. Not public yet.
Result<Event> copy_event(db::Tx& tx, const Actor& actor, const Event& from, std::string slug, LocalizedText title, Date start);

/// Contrast of a colour against white and black text, and on our page backgrounds (WCAG 2.2 § 1.4.11: 3:1 for a bar).
struct Contrast {
  double with_white, with_black, on_light_page, on_dark_page;
};
Result<Contrast> contrast_of(std::string_view color);
/// Makes [a-z0-9_]{4,} of any text: for an acronym.
std::string acronym_from(std::string_view text);

/// A list of what is wrong with stored data.
Result<std::vector<std::string>> check(db::Tx& tx);

}  // namespace confer::events
