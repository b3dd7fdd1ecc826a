// Finding and listing what events/ owns.
#include <algorithm>
#include "events/events.h"
#include "events/store.h"

namespace confer::events {

std::string_view name_of(Feature f) {
  switch (f) {
    case Feature::stars:
      return "stars";
    case Feature::live:
      return "live";
    case Feature::search:
      return "search";
    case Feature::speakers_page:
      return "speakers_page";
    case Feature::embed:
      return "embed";
    case Feature::feedback_links:
      return "feedback_links";
    case Feature::api:
      return "api";
  }
  return "";
}

std::vector<Feature> all_features() {
  return {Feature::stars, Feature::live, Feature::search, Feature::speakers_page, Feature::embed, Feature::feedback_links, Feature::api};
}

Result<std::vector<Series>> list_series(db::Tx& tx) { return store::list_series(tx); }
Result<std::optional<Series>> find_series(db::Tx& tx, std::string_view slug) { return store::find_series(tx, slug); }
Result<std::optional<Series>> find_series(db::Tx& tx, SeriesId id) { return store::find_series(tx, id); }
Result<std::vector<Event>> list_events(db::Tx& tx) { return store::list_events(tx); }
Result<std::vector<Event>> list_events(db::Tx& tx, SeriesId series) { return store::list_events(tx, series); }
Result<std::vector<Event>> list_summits(db::Tx& tx, EventId parent) { return store::list_summits(tx, parent); }
Result<std::optional<Event>> find_event(db::Tx& tx, std::string_view slug) { return store::find_event(tx, slug); }
Result<std::optional<Event>> find_event(db::Tx& tx, EventId id) { return store::find_event(tx, id); }

Result<Event> require_event(db::Tx& tx, std::string_view slug) {
  TRY_ASSIGN(auto found, store::find_event(tx, slug));
  if (!found) return fail(ErrorCode::not_found, "There is no such event.");
  return std::move(*found);
}

Result<Event> require_event(db::Tx& tx, EventId id) {
  TRY_ASSIGN(auto found, store::find_event(tx, id));
  if (!found) return fail(ErrorCode::not_found, "There is no such event.");
  return std::move(*found);
}

Result<Zone> zone_of(const Event& event) {
  if (event.zone.empty()) return fail(ErrorCode::invalid, "This event is only archived: it has no time zone.");
  return Zone::find(event.zone);
}

Scope scope_of(const Event& event) { return {.series = event.series, .event = event.id, .parent = event.parent, .track = {}, .is_public = event.is_public}; }
Scope scope_of(const Series& series) { return {.series = series.id, .event = {}, .parent = {}, .track = {}, .is_public = true}; }

namespace {

/// What a summit sees: its edition's things first, then its own.
template <class T>
Result<std::vector<T>> with_parents(db::Tx& tx, const Event& event, Result<std::vector<T>> (*list)(db::Tx&, EventId)) {
  if (!event.parent) return list(tx, event.id);
  TRY_ASSIGN(auto all, list(tx, event.parent));
  TRY_ASSIGN(auto own, list(tx, event.id));
  std::ranges::move(own, std::back_inserter(all));
  return all;
}

}  // namespace

Result<std::vector<Room>> list_rooms(db::Tx& tx, const Event& event) { return with_parents<Room>(tx, event, store::list_rooms); }
Result<std::vector<Removed<RoomId>>> removed_rooms(db::Tx& tx, const Event& event) { return store::removed_rooms(tx, event.id); }
Result<std::vector<Removed<TrackId>>> removed_tracks(db::Tx& tx, const Event& event) { return store::removed_tracks(tx, event.id); }
Result<std::vector<Removed<SessionTypeId>>> removed_session_types(db::Tx& tx, const Event& event) { return store::removed_session_types(tx, event.id); }
Result<std::vector<Track>> list_tracks(db::Tx& tx, const Event& event) { return store::list_tracks(tx, event.id); }
Result<std::vector<SessionType>> list_session_types(db::Tx& tx, const Event& event) { return store::list_session_types(tx, event.id); }
Result<std::vector<InfoPage>> list_pages(db::Tx& tx, const Event& event) { return store::list_pages(tx, event.id); }
Result<std::optional<InfoPage>> find_page(db::Tx& tx, const Event& event, std::string_view slug) { return store::find_page(tx, event.id, slug); }

Result<std::vector<std::string>> check(db::Tx& tx) {
  std::vector<std::string> problems;
  TRY_ASSIGN(auto parents, store::bad_parents(tx));
  for (const auto& slug : parents) problems.push_back("events: " + slug + " lies in an event that is removed, of another series or a summit itself");
  TRY_ASSIGN(auto zones, store::events_without_zone(tx));
  for (const auto& slug : zones) problems.push_back("events: " + slug + " has no time zone or no valid dates");
  TRY_ASSIGN(auto all, store::list_events(tx));
  for (const auto& e : all)
    if (!e.zone.empty() && !Zone::find(e.zone)) problems.push_back("events: " + e.slug + " has the unknown time zone " + e.zone);
  return problems;
}

}  // namespace confer::events
