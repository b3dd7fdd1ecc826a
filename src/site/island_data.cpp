// What islands, the service worker and the embeddable schedule read (files_of_event.h; README.md has the fields).
#include <algorithm>
#include <unordered_map>
#include "base/json_writer.h"
#include "base/random.h"
#include "base/text.h"
#include "html/assets.h"
#include "html/theme.h"
#include "site/files_of_event.h"
#include "site/session.h"

namespace confer::site {
namespace {

constexpr std::string_view json_type = "application/json";

/// Each thing once, in the order of first use; the columns hold its place.
struct Table {
  std::vector<std::string> rows;
  std::unordered_map<std::string, int> places;
  int place_of(const std::string& key, const auto& make) {
    if (key.empty()) return -1;
    const auto [at, fresh] = places.emplace(key, static_cast<int>(rows.size()));
    if (fresh) rows.push_back(make());
    return at->second;
  }
};

std::string row_of(std::initializer_list<std::string> values) {
  JsonWriter w;
  w.begin_array();
  for (const auto& value : values) w.value(value);
  return w.end_array().take();
}

void write_table(JsonWriter& w, std::string_view name, const Table& table) {
  w.key(name).begin_array();
  for (const auto& row : table.rows) w.raw(row);
  w.end_array();
}

int state_of(const ShownSlot& s) { return s.cancelled ? 1 : s.slot->state == programme::SlotState::moved ? 2 : 0; }

std::string index_json(const Content& c, std::string_view language) {
  Table rooms, tracks, types, bases, speakers;
  for (const auto* room : c.rooms) rooms.place_of(room->code, [&] { return row_of({room->code, room_name(*room, *c.sources.front(), language)}); });
  struct Places {
    int room, track, type, base;
    std::vector<int> speakers;
  };
  std::vector<Places> places;
  places.reserve(c.slots.size());
  for (const auto& s : c.slots) {
    Places p{-1, -1, -1, 0, {}};
    if (s.room != nullptr) p.room = rooms.places.at(s.room->code);
    if (s.track != nullptr) {
      const std::string css = track_class(c, s);
      p.track = tracks.place_of(css, [&] { return row_of({css, name_in(*s.track, *s.from, language)}); });
    }
    if (s.type != nullptr) p.type = types.place_of(s.type->code, [&] { return row_of({s.type->code, name_in(*s.type, *s.from, language)}); });
    const std::string base = base_of(*s.from, language);
    p.base = bases.place_of(base, [&] { return json_quoted(base); });
    if (s.talk != nullptr)
      for (const auto& name : names_of(*s.talk, language)) p.speakers.push_back(speakers.place_of(name, [&] { return json_quoted(name); }));
    places.push_back(std::move(p));
  }
  JsonWriter w;
  w.begin_object()
      .field("event", c.event.slug)
      .field("title", event_title(c.event, language))
      .field("language", language)
      .field("revision", c.programme().revision);
  w.field("version", c.programme().version)
      .field("released_at", to_ms(c.programme().released_at))
      .field("zone", c.zone.name())
      .field("day_start_hour", c.event.day_start_hour);
  write_table(w, "rooms", rooms);
  write_table(w, "tracks", tracks);
  write_table(w, "types", types);
  write_table(w, "bases", bases);
  write_table(w, "speakers", speakers);
  w.key("days").begin_array();
  for (const Date day : c.days) w.value(to_text(day));
  w.end_array();
  w.key("slots").begin_object();
  const auto column = [&](std::string_view name, auto value) {
    w.key(name).begin_array();
    for (std::size_t i = 0; i < c.slots.size(); ++i) value(c.slots[i], places[i]);
    w.end_array();
  };
  column("id", [&](const ShownSlot& s, const Places&) { w.value(s.slot->number); });
  column("talk", [&](const ShownSlot& s, const Places&) { w.value(s.talk != nullptr ? s.talk->code : std::string{}); });
  column("slug", [&](const ShownSlot& s, const Places&) { w.value(s.talk != nullptr ? s.talk->slug : std::string{}); });
  column("title", [&](const ShownSlot& s, const Places&) { w.value(shown_title(s, language)); });
  column("speakers", [&](const ShownSlot&, const Places& p) {
    w.begin_array();
    for (const int speaker : p.speakers) w.value(speaker);
    w.end_array();
  });
  column("room", [&](const ShownSlot&, const Places& p) { w.value(p.room); });
  column("track", [&](const ShownSlot&, const Places& p) { w.value(p.track); });
  column("type", [&](const ShownSlot&, const Places& p) { w.value(p.type); });
  column("base", [&](const ShownSlot&, const Places& p) { w.value(p.base); });
  column("day", [&](const ShownSlot& s, const Places&) { w.value(std::ranges::lower_bound(c.days, s.day) - c.days.begin()); });
  column("start", [&](const ShownSlot& s, const Places&) { w.value(to_ms(s.start)); });
  column("end", [&](const ShownSlot& s, const Places&) { w.value(to_ms(s.end)); });
  column("local", [&](const ShownSlot& s, const Places&) { w.value(clock_text(s.slot->start)); });
  column("kind", [&](const ShownSlot& s, const Places&) { w.value(static_cast<int>(s.slot->kind)); });
  column("state", [&](const ShownSlot& s, const Places&) { w.value(state_of(s)); });
  return w.end_object().end_object().take();
}

std::string details_json(const Content& c) {
  JsonWriter w;
  w.begin_object().field("revision", c.programme().revision).key("talks").begin_object();
  for (const auto* talk : c.talks) {
    w.key(talk->code).begin_object();
    if (!talk->subtitle.empty()) w.field("subtitle", talk->subtitle);
    if (const auto& text = c.texts->html(talk->abstract); !text.empty()) w.field("abstract", text);
    if (talk->description != talk->abstract)
      if (const auto& text = c.texts->html(talk->description); !text.empty()) w.field("description", text);
    if (!talk->language.empty()) w.field("language", talk->language);
    if (!talk->level.empty()) w.field("level", talk->level);
    if (talk->do_not_record) w.field("do_not_record", true);
    if (!talk->credits.empty()) {
      const auto& keys = c.speaker_keys.at(talk);
      w.key("speakers").begin_array();
      for (const auto& key : keys) w.value(key);
      w.end_array();
    }
    w.end_object();
  }
  w.end_object().key("speakers").begin_object();
  for (const auto& speaker : c.speakers) {
    w.key(speaker.key).begin_object().field("name", speaker.name);
    if (const auto& text = c.texts->html(speaker.biography, 3); !text.empty()) w.field("biography", text);
    w.end_object();
  }
  return w.end_object().end_object().take();
}

std::string manifest(const Content& c, std::string_view language) {
  const std::string base = base_of(c, language);
  JsonWriter w;
  w.begin_object().field("name", event_title(c.event, language)).field("short_name", ellipsis(event_title(c.event, language), 16)).field("lang", language);
  w.field("dir", is_right_to_left(language) ? "rtl" : "ltr")
      .field("id", "/" + c.event.slug)
      .field("start_url", base + "/now")
      .field("scope", "/")
      .field("display", "standalone");
  w.field("theme_color", c.event.color).field("background_color", "#fcfbf8");
  w.key("icons").begin_array();
  const auto icon = [&](std::string_view name, std::string_view sizes, std::string_view type, std::string_view purpose) {
    if (html::find_asset_by_name(name) == nullptr) return;
    w.begin_object().field("src", html::asset_url(name)).field("sizes", sizes).field("type", type).field("purpose", purpose).end_object();
  };
  icon("icon.svg", "any", "image/svg+xml", "any");
  icon("icon-192.png", "192x192", "image/png", "any");
  icon("icon-512.png", "512x512", "image/png", "any");
  icon("icon-maskable-512.png", "512x512", "image/png", "maskable");
  return w.end_array().end_object().take();
}

}  // namespace

void make_island_data(const Content& c, std::string_view language, Documents& out) {
  const std::string base = base_of(c, language);
  if (c.event.kind != events::EventKind::archived)
    out.push_back({.path = base + "/manifest.webmanifest", .content_type = "application/manifest+json", .body = manifest(c, language)});
  if (!c.released) return;
  out.push_back({.path = base + "/index.json", .content_type = std::string(json_type), .body = index_json(c, language)});
  out.push_back({.path = base + "/details.json", .content_type = std::string(json_type), .body = details_json(c)});
}

void make_theme(const Content& c, Documents& out) {
  std::vector<html::NamedColour> colours;
  for (const auto& source : c.sources)
    for (const auto& track : source->programme.tracks)
      if (!track.color.empty()) colours.push_back({track_class(c, *source, track.code).substr(std::string_view("track-").size()), track.color});
  out.push_back({.path = "/" + c.event.slug + "/theme.css", .content_type = "text/css; charset=utf-8", .body = html::theme_css(c.event.color, colours)});
}

void make_embed(const Content& c, Documents& out) {
  if (!c.released || !c.event.has(events::Feature::embed)) return;
  const std::string_view language = c.languages.front();
  JsonWriter w;
  w.begin_object()
      .field("event", c.event.slug)
      .field("title", event_title(c.event, language))
      .field("language", language)
      .field("url", c.base_url + base_of(c, language));
  w.field("zone", c.zone.name()).field("revision", c.programme().revision).field("color", c.event.color);
  w.key("days").begin_array();
  for (const Date day : c.days) w.begin_object().field("date", to_text(day)).field("name", format_date(day, language)).end_object();
  w.end_array().key("slots").begin_array();
  for (const auto& s : c.slots) {
    w.begin_object()
        .field("day", to_text(s.day))
        .field("start", rfc3339(c.zone, s.slot->start))
        .field("end", rfc3339(c.zone, s.end))
        .field("times", time_range(s))
        .field("title", shown_title(s, language));
    if (s.talk != nullptr) w.field("url", c.base_url + talk_href(s, language));
    if (s.talk != nullptr && !s.talk->credits.empty()) w.field("speakers", join(names_of(*s.talk, language), ", "));
    if (s.room != nullptr) w.field("room", room_name(*s.room, *s.from, language));
    if (s.track != nullptr) w.field("track", name_in(*s.track, *s.from, language)).field("color", s.track->color);
    if (s.cancelled)
      w.field("state", "cancelled");
    else if (s.slot->state == programme::SlotState::moved)
      w.field("state", "moved");
    w.end_object();
  }
  out.push_back({.path = "/embed/" + c.event.slug + ".json",
                 .content_type = std::string(json_type),
                 .body = w.end_array().end_object().take(),
                 .for_all_origins = true,
                 .last_modified = c.programme().released_at});
}

void make_revision(const Content& c, std::string_view pages_hash, Documents& out) {
  JsonWriter w;
  w.begin_object()
      .field("event", c.event.slug)
      .field("revision", c.programme().revision)
      .field("version", c.programme().version)
      .field("released_at", to_ms(c.programme().released_at));
  w.field("pages", pages_hash).key("banner").begin_object().field("level", c.event.banner_level).key("text").begin_object();
  for (const auto& language : c.languages)
    if (const auto& text = c.event.banner.in(language, c.languages.front()); !text.empty()) w.field(language, text);
  w.end_object().end_object().end_object();
  out.push_back({.path = "/" + c.event.slug + "/revision.json", .content_type = std::string(json_type), .body = w.take()});
}

void make_offline_list(const Content& c, const std::vector<Hashed>& documents, Documents& out) {
  if (!c.released) return;
  for (const auto& language : c.languages) {
    const std::string base = base_of(c, language);
    const std::string talks = base + "/talks/", files = "/" + c.event.slug + "/";
    JsonWriter pages, details;
    pages.begin_array();
    details.begin_array();
    for (const auto& document : documents) {
      const bool in_language = document.path == base || document.path.starts_with(base + "/");
      const bool shared = document.path == files + "theme.css";
      if (!in_language && !shared) continue;
      if (document.path.ends_with(".ics") || document.path.contains("/print") || document.path.ends_with(".atom") || document.path.contains("/schedule.") ||
          document.path.contains("/schedule2."))
        continue;
      (document.path.starts_with(talks) || document.path.starts_with(base + "/speakers/") ? details : pages)
          .begin_array()
          .value(document.path)
          .value(document.hash)
          .end_array();
    }
    JsonWriter w;
    w.begin_object()
        .field("event", c.event.slug)
        .field("language", language)
        .field("revision", c.programme().revision)
        .key("pages")
        .raw(pages.end_array().take());
    w.key("details").raw(details.end_array().take()).key("assets").begin_array();
    for (const std::string_view name : {"site.css", "grid.css", "icons.svg", "icon.svg"})
      if (html::find_asset_by_name(name) != nullptr) w.value(html::asset_url(name));
    for (const auto* asset : html::list_assets())
      if (asset->name.ends_with(".js") || asset->name.ends_with(".woff2")) w.value(asset->path);
    out.push_back({.path = base + "/offline.json", .content_type = std::string(json_type), .body = w.end_array().end_object().take()});
  }
}

}  // namespace confer::site
