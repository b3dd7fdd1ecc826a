// /api/v1: where to begin; series, events and information pages.
#include <algorithm>
#include <map>
#include "api/api.h"
#include "api/asked.h"
#include "api/write.h"
#include "html/template.h"

namespace confer::api {
namespace {

/// Series and events by their row numbers, for the addresses that things are referred to by.
struct Names {
  std::map<SeriesId, std::string> series;
  std::map<EventId, std::string> events;
};

Result<Names> read_names(db::Tx& tx, const std::vector<events::Event>& all) {
  Names names;
  TRY_ASSIGN(auto series, events::list_series(tx));
  for (auto& s : series) names.series.emplace(s.id, s.slug);
  for (const auto& e : all) names.events.emplace(e.id, e.slug);
  return names;
}

/// The events that the actor may know of, by first day; those without a day last.
Result<std::vector<events::Event>> visible_events(db::Tx& tx, const http::Request& request) {
  TRY_ASSIGN(auto all, events::list_events(tx));
  std::erase_if(all, [&](const events::Event& e) { return !is_visible(actor_of(request), e); });
  return all;
}

std::string key_of(const events::Event& e) { return (e.start ? to_text(*e.start) : "9999") + " " + e.slug; }

void write_one(JsonWriter& w, const events::Event& e, const Names& names, const Web& web, const std::string& language) {
  const auto series = names.series.find(e.series);
  const auto parent = names.events.find(e.parent);  // one that the actor may not know of is not named
  write_event_summary(w, e, series == names.series.end() ? "" : series->second, parent == names.events.end() ? "" : parent->second, web.sign_in.base_url,
                      language);
}

bool has_visible(const Actor& actor, const events::Series& series, const std::vector<events::Event>& visible) {
  return std::ranges::any_of(visible, [&](const events::Event& e) { return e.series == series.id; }) || belongs_to(actor, events::scope_of(series));
}

void write_banner(JsonWriter& w, const events::Event& e, const std::string& language) {
  static constexpr std::string_view levels[] = {"information", "warning", "emergency"};
  w.key("banner");
  if (e.banner.empty()) {
    w.null();
    return;
  }
  w.begin_object().field("level", levels[std::clamp(e.banner_level, 0, 2)]);
  write_text(w, "text", e.banner, language);
  w.end_object();
}

void write_whole(JsonWriter& w, const Reading& r, const std::vector<programme::Release>& releases, const std::string& language) {
  const auto& e = r.event();
  w.field("acronym", e.acronym).field("guid", e.guid);
  write_text(w, "description", e.description, language);
  w.key("attendance");
  e.attendance ? w.value(*e.attendance) : w.null();
  w.key("capacity");
  e.capacity ? w.value(*e.capacity) : w.null();
  w.field("day_start_hour", e.day_start_hour).key("languages").begin_array();
  for (const auto& tag : e.languages) w.value(tag);
  w.end_array().field("color", e.color).key("features").begin_array();
  for (const auto feature : events::all_features())
    if (e.has(feature)) w.value(events::name_of(feature));
  w.end_array();
  write_banner(w, e, language);
  w.key("summits").begin_array();
  for (const auto& summit : r.content.summits) w.value(summit.slug);
  w.end_array().key("release");
  if (releases.empty()) {
    w.null();
  } else {
    w.begin_object();
    write_release(w, releases.front(), true);
    w.end_object();
  }
  w.key("rooms").begin_array();
  for (const auto* room : r.rooms) write_room(w, *room, language);
  w.end_array().key("tracks").begin_array();
  for (const auto& track : r.programme().tracks) write_track(w, track, language);
  w.end_array().key("types").begin_array();
  for (const auto& type : r.programme().types) write_type(w, type, language);
  w.end_array();
}

}  // namespace

Result<http::Response> index(const Web& web, http::Request& request) {
  TRY(Asked::read(request));
  JsonWriter w;
  w.begin_object().field("version", "v1").field("site", web.sign_in.base_url).field("document", "/api/v1/openapi.json").field("reference", "/api");
  w.field("series", "/api/v1/series").field("events", "/api/v1/events").key("languages").begin_array();
  for (const auto& tag : html::languages()) w.value(tag);
  return answer(request, w.end_array().end_object().take());
}

Result<http::Response> list_series(const Web& web, http::Request& request) {
  TRY_ASSIGN(const auto asked, Asked::read(request, {"limit", "after"}));
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto visible, visible_events(tx, request));
  TRY_ASSIGN(auto series, events::list_series(tx));
  std::ranges::sort(series, {}, &events::Series::slug);
  Pages pages(request, asked);
  for (const auto& s : series)
    if (has_visible(actor_of(request), s, visible)) pages.item(s.slug, [&](JsonWriter& w) { write_series(w, s, web.sign_in.base_url, asked.language); });
  return pages.finish();
}

Result<http::Response> show_series(const Web& web, http::Request& request) {
  TRY_ASSIGN(const auto asked, Asked::read(request));
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto visible, visible_events(tx, request));
  TRY_ASSIGN(const auto series, events::find_series(tx, request.param("series")));
  if (!series || !has_visible(actor_of(request), *series, visible)) return fail(ErrorCode::not_found, "There is no such page.");
  JsonWriter w;
  write_series(w, *series, web.sign_in.base_url, asked.language);
  return answer(request, w.take());
}

Result<http::Response> list_events(const Web& web, http::Request& request) {
  TRY_ASSIGN(const auto asked, Asked::read(request, {"limit", "after", "series"}));
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(auto visible, visible_events(tx, request));
  TRY_ASSIGN(const auto names, read_names(tx, visible));
  std::ranges::sort(visible, {}, key_of);
  const auto& wanted = request.query.get("series");
  Pages pages(request, asked);
  for (const auto& e : visible) {
    if (const auto series = names.series.find(e.series); !wanted.empty() && (series == names.series.end() || series->second != wanted)) continue;
    pages.item(key_of(e), [&](JsonWriter& w) {
      w.begin_object();
      write_one(w, e, names, web, asked.language);
      w.end_object();
    });
  }
  return pages.finish();
}

Result<http::Response> show_event(const Web& web, http::Request& request) {
  TRY_ASSIGN(const auto asked, Asked::read(request, {"draft", "release"}));
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(auto reading, read_programme(tx, web, request, asked));
  TRY_ASSIGN(const auto visible, visible_events(tx, request));
  TRY_ASSIGN(const auto names, read_names(tx, visible));
  TRY_ASSIGN(const auto releases, programme::list_releases(tx, reading.event()));
  TRY_ASSIGN(reading.content.summits, events::list_summits(tx, reading.event().id));
  std::erase_if(reading.content.summits, [&](const events::Event& e) { return !is_visible(actor_of(request), e); });
  JsonWriter w;
  w.begin_object();
  write_one(w, reading.event(), names, web, asked.language);
  write_whole(w, reading, releases, asked.language);
  return answer(request, w.end_object().take());
}

Result<http::Response> list_pages(const Web& web, http::Request& request) {
  TRY_ASSIGN(const auto asked, Asked::read(request, {"limit", "after"}));
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto event, require_event(tx, request));
  TRY_ASSIGN(auto list, events::list_pages(tx, event));
  std::ranges::sort(list, {}, &events::InfoPage::slug);
  Pages pages(request, asked);
  for (const auto& page : list)
    if (page.is_public) pages.item(page.slug, [&](JsonWriter& w) { write_page(w, page, web.sign_in.base_url, event, asked.language); });
  return pages.finish();
}

Result<http::Response> show_page(const Web& web, http::Request& request) {
  TRY_ASSIGN(const auto asked, Asked::read(request));
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto event, require_event(tx, request));
  TRY_ASSIGN(const auto page, events::find_page(tx, event, request.param("page")));
  if (!page || !page->is_public) return fail(ErrorCode::not_found, "There is no such page.");
  JsonWriter w;
  write_page(w, *page, web.sign_in.base_url, event, asked.language);
  return answer(request, w.take());
}

}  // namespace confer::api
