// The schedule: a day as grid and as list, all days, and what one track, room or type has.
#include <algorithm>
#include <unordered_map>
#include "base/text.h"
#include "html/assets.h"
#include "html/markdown.h"
#include "html/number.h"
#include "site/pages.h"
#include "site/session.h"

namespace confer::site {
namespace {

using html::translate;
using html::translate_plural;

constexpr int max_columns = 60;  ///< of web/styles' generated places

std::vector<const ShownSlot*> slots_of(const Content& c, Date day) {
  std::vector<const ShownSlot*> out;
  for (const auto& shown : c.slots)
    if (shown.day == day) out.push_back(&shown);
  return out;
}

std::string group_note(const std::vector<const ShownSlot*>& slots, std::string_view language) {
  const auto talks = std::ranges::count_if(slots, [](const ShownSlot* s) { return s->talk != nullptr; });
  return talks > 1 ? translate_plural("%1 session", "%1 sessions", talks, language) : "";
}

void fill_legend(html::View& view, const Content& c, const std::vector<const ShownSlot*>& slots, std::string_view language) {
  std::vector<std::pair<std::string, const ShownSlot*>> tracks;
  for (const auto* s : slots)
    if (s->track != nullptr && std::ranges::find(tracks, track_class(c, *s), &std::pair<std::string, const ShownSlot*>::first) == tracks.end())
      tracks.emplace_back(track_class(c, *s), s);
  if (tracks.empty()) return;
  std::ranges::sort(tracks, {}, [&](const auto& t) { return std::tuple(t.second->from != c.sources.front().get(), t.second->track->position, t.first); });
  auto& legend = view.add("LEGEND");
  for (const auto& [name, s] : tracks)
    legend.add("LEGEND_TRACK")
        .set("CLASS", name)
        .set("NAME", name_in(*s->track, *s->from, language))
        .set("HREF", base_of(*s->from, language) + "/tracks/" + s->track->code);
}

/// The rooms that the day uses, in their order.
std::vector<const programme::Room*> rooms_of(const Content& c, const std::vector<const ShownSlot*>& slots) {
  std::vector<const programme::Room*> rooms;
  for (const auto* room : c.rooms)
    if (std::ranges::any_of(slots, [&](const ShownSlot* s) { return s->room == room; })) rooms.push_back(room);
  return rooms;
}

void fill_grid(html::View& view, const Content& c, const std::vector<const ShownSlot*>& slots, const std::vector<const programme::Room*>& rooms,
               std::string_view language) {
  using std::chrono::hours;
  const WallTime first = std::chrono::floor<hours>(slots.front()->slot->start);
  WallTime last = first + hours(1);
  for (const auto* s : slots) last = std::max(last, s->slot->start + s->slot->length);
  last = std::min(WallTime(std::chrono::ceil<hours>(last)), first + hours(24));
  auto& grid = view.add("GRID");
  grid.set("ROOMS", rooms.size()).set("AXIS_ROWS", (last - first).count() / 5).set("ZONE", c.zone.short_name(slots.front()->start, language));
  grid.set("FIRST_MS", to_ms(c.zone.to_instant_lenient(first)));
  std::unordered_map<const programme::Room*, int> column;
  const std::string base = base_of(c, language);
  for (const auto* room : rooms) {
    const int number = static_cast<int>(column.size()) + 1;
    column[room] = number;
    auto& head = grid.add("ROOM_HEAD");
    head.set("COLUMN", number).set("NAME", room_name(*room, *c.sources.front(), language)).set("HREF", base + "/rooms/" + room->code);
    if (room->capacity) head.add("SEATS").set("SEATS_TEXT", translate_plural("%1 seat", "%1 seats", *room->capacity, language));
  }
  WallTime hour = first;
  const auto add_hours_until = [&](WallTime t) {
    for (; hour <= t && hour < last; hour += hours(1)) {
      auto& row = grid.add("ROW_OF");
      row.add("HOUR").set("ROW", (hour - first).count() / 5 + 1).set("HOUR_LOCAL", to_text(hour)).set("HOUR_TEXT", clock_text(hour));
    }
  };
  for (const auto* s : slots) {
    add_hours_until(s->slot->start);
    fill_cell(grid.add("ROW_OF").add("CELL"), c, *s, language, first, s->room == nullptr ? 0 : column[s->room]);
  }
  add_hours_until(last);
}

/// Without its year, which the title of the page says: it has a phone's width.
std::string day_title(Date day, std::string_view language) { return format_date(day, language, "EEEEdMMMM"); }

struct DayPage {
  Date day;
  bool as_grid;
  std::string path;
  bool front = false;  ///< "/schedule" itself
};

void make_day(const Making& m, const DayPage& wanted) {
  const auto& c = m.content;
  const auto slots = slots_of(c, wanted.day);
  const auto rooms = rooms_of(c, slots);
  const bool as_grid = wanted.as_grid && !rooms.empty() && static_cast<int>(rooms.size()) <= max_columns;
  html::View view;
  view.set("HEADING", day_title(wanted.day, m.language));
  fill_day_tabs(view, c, m.language, wanted.day, wanted.as_grid ? "" : "/list");
  const std::string day_href = m.base() + "/schedule/" + to_text(wanted.day);
  if (as_grid)
    view.add("TO_LIST").set("HREF", day_href + "/list");
  else if (!wanted.as_grid)
    view.add("TO_GRID").set("HREF", day_href);
  view.set("NOW_HREF", m.base() + "/now").set("CALENDAR_HREF", "/" + c.event.slug + "/schedule.ics").set("ZONE_NOTE", zone_note(c, m.language));
  view.set("ALL_HREF", m.base() + "/list").show("TO_ALL");
  view.set("DATE", to_text(wanted.day));
  fill_legend(view, c, slots, m.language);
  if (as_grid)
    fill_grid(view, c, slots, rooms, m.language);
  else
    fill_days(view, c, slots, m.language, false);

  auto page = m.page(wanted.path, Section::schedule, translate("Schedule of %1", m.language, {format_date(wanted.day, m.language)}));
  if (wanted.front) page.canonical = c.base_url + day_href;
  page.description =
      translate("What is on at %1 on %2: talks, rooms and times.", m.language, {event_title(c.event, m.language), format_date(wanted.day, m.language)});
  if (as_grid) page.styles.insert(page.styles.begin(), "grid.css");
  add_islands(page, m.content.event, {"stars.js", "now.js", "live.js", "zone.js", "find.js", "offline.js"});
  m.add(wanted.path, std::move(page), "site/schedule.html", view);
}

void make_all_days(const Making& m) {
  const auto& c = m.content;
  std::vector<const ShownSlot*> slots;
  for (const auto& shown : c.slots) slots.push_back(&shown);
  html::View view;
  view.set("HEADING", translate("All days", m.language));
  fill_day_tabs(view, c, m.language, std::nullopt, "/list");
  view.set("NOW_HREF", m.base() + "/now").set("CALENDAR_HREF", "/" + c.event.slug + "/schedule.ics").set("ZONE_NOTE", zone_note(c, m.language));
  view.set("DATE", "");
  fill_legend(view, c, slots, m.language);
  fill_days(view, c, slots, m.language, true);
  auto page = m.page("/list", Section::schedule, std::string(translate("Schedule of all days", m.language)));
  add_islands(page, m.content.event, {"stars.js", "now.js", "live.js", "zone.js", "find.js", "offline.js"});
  m.add("/list", std::move(page), "site/schedule.html", view);
}

struct Selection {
  std::string path, title, kind, description_html, calendar;
  std::string room_code;  ///< of a room's page
  std::vector<std::pair<std::string, std::string>> facts;
  SessionOptions options;
};

void make_selection(const Making& m, const Selection& wanted, const std::vector<const ShownSlot*>& slots, std::string_view css) {
  const auto& c = m.content;
  html::View view;
  view.set("HEADING", wanted.title).set("KIND", wanted.kind).set("CLASS", css).set("ZONE_NOTE", zone_note(c, m.language)).set("NOW_HREF", m.base() + "/now");
  view.show(css.empty() ? "NO_COLOUR" : "COLOUR");
  if (!wanted.room_code.empty()) view.add("NOW_CARD").set("ROOM_CODE", wanted.room_code);
  if (!wanted.description_html.empty()) view.add("DESCRIPTION").set_html("DESCRIPTION_HTML", wanted.description_html);
  if (!wanted.calendar.empty()) view.add("CALENDAR").set("CALENDAR_HREF", wanted.calendar);
  if (!wanted.facts.empty()) {
    auto& facts = view.add("FACTS");
    for (const auto& [name, text] : wanted.facts) {
      auto& fact = facts.add("FACT_ROW");
      fact.set("FACT_NAME", name);
      if (text.starts_with("http"))
        fact.add("FACT_LINK").set("FACT_VALUE", text);
      else
        fact.add("FACT_PLAIN").set("FACT_VALUE", text);
    }
  }
  Date day{};
  html::View* section = nullptr;
  for (const auto* s : slots) {
    if (section == nullptr || s->day != day) {
      day = s->day;
      section = &view.add("DAY_SECTION").set("DAY_TEXT", format_date(day, m.language)).set("DAY_HREF", m.base() + "/schedule/" + to_text(day));
    }
    fill_session(section->add("SESSION"), c, *s, m.language, wanted.options);
  }
  view.show_if(slots.empty(), "NOTHING");
  auto page = m.page(wanted.path, Section::schedule, wanted.title);
  page.trail = {{m.base() + "/schedule", std::string(translate("Schedule", m.language))}};
  page.description = translate("%1 at %2: sessions, rooms and times.", m.language, {wanted.title, event_title(c.event, m.language)});
  add_islands(page, m.content.event, {"stars.js", "now.js", "live.js", "zone.js", "offline.js"});
  m.add(wanted.path, std::move(page), "site/selection.html", view);
}

}  // namespace

void fill_day_tabs(html::View& view, const Content& content, std::string_view language, std::optional<Date> here, std::string_view suffix) {
  if (content.days.size() < 2) return;
  auto& tabs = view.add("TABS");
  const std::string base = base_of(content, language) + "/schedule/";
  for (const Date day : content.days) {
    auto& tab = tabs.add("TAB");
    tab.set("HREF", base + to_text(day) + std::string(suffix))
        .set("DAY", format_date(day, language, "EEEE"))
        .set("DATE_TEXT", format_date(day, language, "dMMMM"));
    tab.set("BEGINS_MS", to_ms(begin_of(content, day)));
    if (here == day) tab.show("CURRENT");
  }
}

void fill_days(html::View& view, const Content& content, const std::vector<const ShownSlot*>& slots, std::string_view language, bool name_days) {
  for (std::size_t i = 0; i < slots.size();) {
    const Date day = slots[i]->day;
    auto& section = view.add("DAY_SECTION");
    if (name_days)
      section.add("DAY_HEAD")
          .set("DAY_TEXT", format_date(day, language))
          .set("DAY_HREF", base_of(content, language) + "/schedule/" + to_text(day))
          .set("DAY_ID", to_text(day));
    while (i < slots.size() && slots[i]->day == day) {
      std::vector<const ShownSlot*> group;
      const WallTime start = slots[i]->slot->start;
      for (; i < slots.size() && slots[i]->slot->start == start && slots[i]->day == day; ++i) group.push_back(slots[i]);
      auto& time = section.add("TIME_GROUP");
      const std::string clock = clock_text(start);
      time.set("GROUP_ID", (name_days ? to_text(day) + "-" : "") + replace_all(clock, ":", "")).set("GROUP_LOCAL", to_text(start)).set("GROUP_TIME", clock);
      time.set("GROUP_MS", to_ms(group.front()->start));
      if (const auto note = group_note(group, language); !note.empty()) time.add("GROUP_NOTE").set("NOTE", note);
      for (const auto* s : group) fill_session(time.add("SESSION"), content, *s, language, {});
    }
  }
}

void make_schedule_pages(const Making& m) {
  for (const Date day : m.content.days) {
    make_day(m, {.day = day, .as_grid = true, .path = "/schedule/" + to_text(day)});
    make_day(m, {.day = day, .as_grid = false, .path = "/schedule/" + to_text(day) + "/list"});
  }
  if (!m.content.days.empty()) make_all_days(m);
}

void make_schedule_front(const Making& m) {
  const auto& c = m.content;
  if (const auto day = c.today()) return make_day(m, {.day = *day, .as_grid = true, .path = "/schedule", .front = true});
  html::View view;
  view.set("HOME_HREF", m.base());
  m.add("/schedule", m.page("/schedule", Section::schedule, std::string(translate("Schedule", m.language))), "site/not_released.html", view);
}

void make_track_room_type_pages(const Making& m) {
  const auto& c = m.content;
  const auto& own = *c.sources.front();
  if (c.slots.empty()) return;
  const auto chosen = [&](auto wanted) {
    std::vector<const ShownSlot*> out;
    for (const auto& shown : c.slots)
      if (wanted(shown)) out.push_back(&shown);
    return out;
  };
  for (const auto& track : own.programme.tracks) {
    const Selection page{.path = "/tracks/" + track.code,
                         .title = name_in(track, own, m.language),
                         .kind = std::string(translate("Track", m.language)),
                         .description_html = html::markdown(track.description.in(m.language, c.languages.front())),
                         .calendar = "/" + c.event.slug + "/tracks/" + track.code + ".ics",
                         .room_code = {},
                         .facts = {},
                         .options = {.track = false, .text = true}};
    make_selection(m, page, chosen([&](const ShownSlot& s) { return s.track == &track; }), track_class(c, own, track.code));
  }
  for (const auto* room : c.rooms) {
    Selection page{.path = "/rooms/" + room->code,
                   .title = room_name(*room, own, m.language),
                   .kind = std::string(translate("Room", m.language)),
                   .description_html = html::markdown(room->description.in(m.language, c.languages.front())),
                   .calendar = "/" + c.event.slug + "/rooms/" + room->code + ".ics",
                   .room_code = room->code,
                   .facts = {},
                   .options = {.room = false, .text = true}};
    const auto fact = [&](std::string_view name, const std::string& text) {
      if (!text.empty()) page.facts.emplace_back(name, text);
    };
    if (room->capacity) fact(translate("Seats", m.language), html::number_text(*room->capacity, m.language));
    fact(translate("Access", m.language), room->accessibility);
    fact(translate("Live stream", m.language), room->stream_url);
    fact(translate("Live captions", m.language), room->captions_url);
    // A slot in all rooms is one in this room too, but for the edition's rooms only: a summit's breaks are its own.
    // On a day when nothing takes place in it, nobody looks for its coffee breaks.
    const auto is_used_on = [&](Date day) { return std::ranges::any_of(c.slots, [&](const ShownSlot& s) { return s.room == room && s.day == day; }); };
    std::vector<Date> days;
    std::ranges::copy_if(c.days, std::back_inserter(days), is_used_on);
    const auto is_shared = [&](const ShownSlot& s) {
      return s.room == nullptr && s.from == c.sources.front().get() && std::ranges::binary_search(days, s.day);
    };
    make_selection(m, page, chosen([&](const ShownSlot& s) { return s.room == room || is_shared(s); }), "");
  }
  for (const auto& type : own.programme.types) {
    const Selection page{.path = "/types/" + type.code,
                         .title = name_in(type, own, m.language),
                         .kind = std::string(translate("Type of session", m.language)),
                         .description_html = {},
                         .calendar = {},
                         .room_code = {},
                         .facts = {},
                         .options = {.type = false, .text = true}};
    make_selection(m, page, chosen([&](const ShownSlot& s) { return s.type == &type; }), "");
  }
}

}  // namespace confer::site
