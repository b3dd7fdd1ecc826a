// An event's front page, what is now, its information pages, changes, print, the attendee's own schedule, and its files.
#include <algorithm>
#include "base/text.h"
#include "html/markdown.h"
#include "site/pages.h"
#include "site/session.h"

namespace confer::site {
namespace {

using html::translate;
using html::translate_plural;

std::vector<const ShownSlot*> running(const Content& c) {
  std::vector<const ShownSlot*> out;
  for (const auto& s : c.slots)
    if (!s.cancelled && s.start <= c.now && c.now < s.end) out.push_back(&s);
  return out;
}

void fill_keynotes(html::View& view, const Making& m) {
  constexpr int most = 8;
  int count = 0;
  html::View* keynotes = nullptr;
  for (const auto& s : m.content.slots) {
    if (!is_keynote(s) || s.talk == nullptr || ++count > most) continue;
    if (keynotes == nullptr) keynotes = &view.add("KEYNOTES");
    fill_session(keynotes->add("SESSION"), m.content, s, m.language, {.day = true});
  }
}

void fill_day_panels(html::View& view, const Making& m) {
  const auto& c = m.content;
  if (c.days.empty()) return;
  auto& days = view.add("DAYS");
  days.set("ZONE_NOTE", zone_note(c, m.language));
  for (const Date day : c.days) {
    long sessions = 0;
    WallTime first = WallTime::max(), last = WallTime::min();
    for (const auto& s : c.slots) {
      if (s.day != day) continue;
      sessions += s.slot->kind == programme::SlotKind::break_ ? 0 : 1;
      first = std::min(first, s.slot->start);
      last = std::max(last, s.end_local);
    }
    auto& panel = days.add("DAY");
    panel.set("HREF", m.base() + "/schedule/" + to_text(day))
        .set("WEEKDAY", format_date(day, m.language, "EEEE"))
        .set("DATE", format_date(day, m.language, "dMMMM"));
    panel.set("BEGINS_MS", to_ms(begin_of(c, day))).set("TIMES", clock_text(first) + "–" + clock_text(last));
    if (sessions > 0) panel.add("SESSIONS").set("COUNT", translate_plural("%1 session", "%1 sessions", sessions, m.language));
  }
}

void fill_archived_talks(html::View& view, const Making& m) {
  const auto& c = m.content;
  if (!c.slots.empty() || c.talks.empty()) return;
  auto& list = view.add("ARCHIVE");
  list.set("COUNT", translate_plural("%1 talk", "%1 talks", static_cast<long>(c.talks.size()), m.language));
  for (const auto* talk : c.talks) {
    auto& row = list.add("TALK");
    row.set("HREF", talk_href(c, *talk, m.language)).set("TITLE", talk->title);
    fill_people(row, c, *c.sources.front(), *talk, m.language);
    for (const auto& link : talk->links)
      if (link.kind == programme::LinkKind::media) {
        row.add("VIDEO").set("VIDEO_HREF", link.url);
        break;
      }
  }
}

/// One card of "now & next": a room with what runs in it and what comes.
void fill_now_slot(html::View& view, const Making& m, const ShownSlot& s) {
  view.set("TIMES", time_range(s))
      .set("START_MS", to_ms(s.start))
      .set("END_MS", to_ms(s.end))
      .set("START_TEXT", clock_text(s.slot->start))
      .set("END_TEXT", clock_text(s.end_local));
  view.set("START_LOCAL", to_text(s.slot->start));
  auto& title = view.add(s.talk != nullptr ? "LINKED" : "UNLINKED");
  title.set("TITLE", shown_title(s, m.language));
  if (s.talk != nullptr) title.set("HREF", talk_href(s, m.language));
  if (s.talk != nullptr && !s.talk->credits.empty()) view.add("BY").set("NAMES", join(names_of(*s.talk, m.language), ", "));
  if (s.track != nullptr) view.add("TRACK").set("TRACK_NAME", name_in(*s.track, *s.from, m.language));
  if (s.talk != nullptr && m.content.event.has(events::Feature::stars)) view.add("STAR").set("TALK_CODE", s.talk->code);
  if (s.day != m.content.today()) view.add("OTHER_DAY").set("DAY", format_date(s.day, m.language, "EEEE"));
}

/// These pages change with the clock, which is no news: only a release is.
std::string state_of_moment(const Content& c) { return "r" + std::to_string(c.programme().revision); }

}  // namespace

void Making::add(std::string_view path, html::Page page, std::string_view template_name, const html::View& view, OtherHosts hosts) const {
  page.body = html::render(template_name, view, language);
  out.push_back({.path = base() + std::string(path), .body = chrome(page), .hosts = std::move(hosts)});
}

void make_event_home(const Making& m) {
  const auto& c = m.content;
  html::View view;
  view.set("TITLE", event_title(c.event, m.language)).set("FACTS", event_facts(c.event, m.language));
  if (const auto& text = c.event.subtitle.in(m.language, c.languages.front()); !text.empty()) view.add("SUBTITLE").set("SUBTITLE_TEXT", text);
  if (auto text = html::markdown(c.event.description.in(m.language, c.languages.front())); !text.empty())
    view.add("DESCRIPTION").set_html("DESCRIPTION_HTML", text);
  const auto now = running(c);
  if (!now.empty()) {
    auto& section = view.add("NOW").set("NOW_HREF", m.base() + "/now");
    for (const auto* s : now) fill_session(section.add("SESSION"), c, *s, m.language, {.parts = false});
  }
  fill_day_panels(view, m);
  fill_keynotes(view, m);
  fill_archived_talks(view, m);
  // Not "SUMMIT": a session below has a section of that name, and a section that a row lacks is looked for outside.
  for (const auto& summit : c.summits)
    view.add("SUMMIT_PANEL")
        .set("HREF", base_of(summit, page_languages(summit), m.language))
        .set("NAME", event_title(summit, m.language))
        .set("SUMMIT_FACTS", event_facts(summit, m.language));
  if (!c.summits.empty()) view.show("SUMMITS");
  if (c.parent) view.add("PARENT").set("HREF", base_of(*c.parent, page_languages(*c.parent), m.language)).set("NAME", event_title(*c.parent, m.language));
  if (!c.pages.empty()) view.show("INFO");
  for (const auto& page : c.pages)
    view.add("INFO_PAGE")
        .set("HREF", m.base() + "/pages/" + page.slug)
        .set("NAME", page.title.in(m.language, c.languages.front()))
        .set("LINE", html::markdown_summary(page.body.in(m.language, c.languages.front()), 90));
  if (c.released && !c.slots.empty())
    view.add("TAKE_AWAY")
        .set("CALENDAR_HREF", "/" + c.event.slug + "/schedule.ics")
        .set("MY_HREF", m.base() + "/my")
        .set("EXPORTS_HREF", m.base() + "/exports")
        .set("CHANGES_HREF", m.base() + "/changes");
  view.show_if(!c.released && c.event.kind != events::EventKind::archived, "NOT_RELEASED");
  auto page = m.page("", Section::home, event_title(c.event, m.language));
  page.description = html::markdown_summary(c.event.description.in(m.language, c.languages.front()), 200);
  if (page.description.empty()) page.description = event_facts(c.event, m.language);
  page.json_ld = event_json_ld(c, m.language);
  page.facts.clear();  // they stand below the title
  page.state = state_of_moment(c);
  add_islands(page, m.content.event, {"stars.js", "now.js", "live.js", "zone.js", "offline.js"});
  m.add("", std::move(page), "site/event.html", view);
}

void make_now_page(const Making& m) {
  const auto& c = m.content;
  if (c.slots.empty()) return;
  html::View view;
  view.set("ZONE_NOTE", zone_note(c, m.language)).set("REVISION", c.programme().revision);
  view.set("NOW_DATE", format_date(day_of(c.zone.to_wall(c.now), c.event.day_start_hour), m.language)).set("MADE_MS", to_ms(c.now));
  bool anything = false;
  for (const auto& s : c.slots)
    if (s.room == nullptr && !s.cancelled && s.start <= c.now && c.now < s.end) fill_now_slot(view.add("EVERYWHERE"), m, s);
  for (const auto* room : c.rooms) {
    const ShownSlot *now = nullptr, *next = nullptr;
    for (const auto& s : c.slots) {
      if (s.room != room || s.cancelled || s.end <= c.now) continue;
      if (s.start <= c.now)
        now = now == nullptr ? &s : now;
      else if (next == nullptr)
        next = &s;
    }
    if (now == nullptr && next == nullptr) continue;
    anything = true;
    auto& card = view.add("CARD");
    card.set("ROOM_CODE", room->code).set("ROOM_NAME", room_name(*room, *c.sources.front(), m.language)).set("ROOM_HREF", m.base() + "/rooms/" + room->code);
    card.set("CLASS", now != nullptr ? track_class(c, *now) : "");
    if (now != nullptr)
      fill_now_slot(card.add("RUNNING"), m, *now);
    else
      card.show("NOTHING");
    if (next != nullptr) fill_now_slot(card.add("NEXT"), m, *next);
  }
  view.show_if(!anything, "OVER").set("SCHEDULE_HREF", m.base() + "/schedule");
  auto page = m.page("/now", Section::now, std::string(translate("Now & next", m.language)));
  page.description = translate("What runs now at %1, room by room, and what comes next.", m.language, {event_title(c.event, m.language)});
  page.state = state_of_moment(c);
  add_islands(page, m.content.event, {"stars.js", "now.js", "live.js", "zone.js", "offline.js"});
  m.add("/now", std::move(page), "site/now.html", view);
}

std::string change_text(const Content& c, const programme::Change& change, std::string_view language) {
  const auto& p = c.programme();
  const auto place = [&](const std::string& room, WallTime start) {
    const auto* found = p.room(room);
    const std::string name = found != nullptr ? name_in(*found, *c.sources.front(), language)
                             : room.empty()   ? std::string(translate("all rooms", language))
                                              : room;
    return translate("%1, %2 in %3", language, {format_date(std::chrono::floor<std::chrono::days>(start), language, "EEEdMMM"), clock_text(start), name});
  };
  using programme::ChangeKind;
  switch (change.kind) {
    case ChangeKind::added:
      return translate("New: %1", language, {place(change.new_room, change.new_start)});
    case ChangeKind::removed:
      return std::string(translate("Not in the programme any more", language));
    case ChangeKind::cancelled:
      return std::string(translate("Cancelled", language));
    case ChangeKind::reinstated:
      return translate("Takes place after all: %1", language, {place(change.new_room, change.new_start)});
    case ChangeKind::moved:
    case ChangeKind::retimed:
      if (change.old_room == change.new_room && change.old_start == change.new_start && change.old_length == change.new_length)
        return translate("The time zone was corrected: %1 (%2)", language, {place(change.new_room, change.new_start), p.conference.zone});
      if (change.old_room == change.new_room && change.old_start == change.new_start)
        return translate("Now %1 minutes long, was %2", language, {std::to_string(change.new_length.count()), std::to_string(change.old_length.count())});
      return translate("Now %1; was %2", language, {place(change.new_room, change.new_start), place(change.old_room, change.old_start)});
    case ChangeKind::edited:
      if (change.of == programme::ChangeOf::room) return std::string(translate("What is said about this room changed", language));
      if (change.of == programme::ChangeOf::track) return std::string(translate("What is said about this track changed", language));
      return std::string(translate("Its description changed", language));
  }
  return {};
}

void make_changes_page(const Making& m, const std::vector<ReleaseNote>& notes) {
  const auto& c = m.content;
  if (!c.released) return;
  html::View view;
  view.set("ATOM_HREF", "/" + c.event.slug + "/releases.atom");
  for (const auto& note : notes) {
    auto& release = view.add("RELEASE");
    release.set("NAME", note.release.name).set("REVISION", note.release.revision).set("HREF", m.base() + "/releases/" + percent_encoded(note.release.name));
    const WallTime at = c.zone.to_wall(note.release.released_at);
    release.set("WHEN", format_date(std::chrono::floor<std::chrono::days>(at), m.language) + ", " + clock_text(at))
        .set("WHEN_UTC", to_text(note.release.released_at));
    if (!note.release.comment.empty()) release.add("COMMENT").set("COMMENT_TEXT", note.release.comment);
    if (note.first)
      release.show("FIRST");
    else if (note.changes.empty())
      release.show("NOTHING");
    else
      release.show("SOME");
    for (const auto& change : note.changes) {
      auto& row = release.add("CHANGE");
      const auto* talk = c.programme().talk(change.talk);
      auto& title = row.add(talk != nullptr ? "LINKED" : "UNLINKED");
      title.set("TITLE", change.title);
      if (talk != nullptr) title.set("HREF", talk_href(c, *talk, m.language));
      row.set("WHAT", change_text(c, change, m.language));
    }
  }
  auto page = m.page("/changes", Section::changes, std::string(translate("Changes", m.language)));
  page.description = translate("What changed in the programme of %1, release by release.", m.language, {event_title(c.event, m.language)});
  add_islands(page, m.content.event, {"live.js", "offline.js"});
  m.add("/changes", std::move(page), "site/changes.html", view);
}

void make_info_pages(const Making& m) {
  const auto& c = m.content;
  for (const auto& info : c.pages) {
    html::View view;
    const auto& body = info.body.in(m.language, c.languages.front());
    view.set("TITLE", info.title.in(m.language, c.languages.front())).set_html("BODY", html::markdown(body));
    if (info.updated_at != Instant{}) {
      const auto day = std::chrono::floor<std::chrono::days>(c.zone.to_wall(info.updated_at));
      view.add("UPDATED").set("UPDATED_TEXT", format_date(day, m.language)).set("UPDATED_DATE", to_text(day));
    }
    auto page = info_page(c, m.language, info);
    page.description = html::markdown_summary(body, 200);
    add_islands(page, m.content.event, {"live.js", "offline.js"});
    m.add("/pages/" + info.slug, std::move(page), "site/info.html", view);
  }
}

void make_print_pages(const Making& m) {
  const auto& c = m.content;
  if (c.slots.empty()) return;
  html::View view;
  view.set("TITLE", event_title(c.event, m.language)).set("FACTS", event_facts(c.event, m.language)).set("ZONE_NOTE", zone_note(c, m.language));
  view.set("REVISION", translate("Programme %1 (revision %2)", m.language, {c.programme().version, std::to_string(c.programme().revision)}));
  std::vector<const ShownSlot*> all;
  for (const auto& s : c.slots) all.push_back(&s);
  fill_days(view, c, all, m.language, true);
  for (const auto* room : c.rooms) {
    if (std::ranges::none_of(c.slots, [&](const ShownSlot& s) { return s.room == room; })) continue;
    view.add("DOOR").set("HREF", m.base() + "/print/doors/" + room->code).set("NAME", room_name(*room, *c.sources.front(), m.language));
  }
  auto whole = m.page("/print", Section::none, std::string(translate("Programme to print", m.language)));
  whole.facts.clear();  // they stand below the title
  m.add("/print", std::move(whole), "site/print.html", view);
  for (const auto* room : c.rooms) {
    html::View sheets;
    Date day{};
    html::View* sheet = nullptr;
    for (const auto& s : c.slots) {
      if (s.room != room) continue;
      if (sheet == nullptr || s.day != day) {
        day = s.day;
        sheet = &sheets.add("SHEET").set("ROOM_NAME", room_name(*room, *c.sources.front(), m.language)).set("DAY_TEXT", format_date(day, m.language));
      }
      auto& row = sheet->add("SLOT");
      row.set("START_LOCAL", to_text(s.slot->start))
          .set("START", clock_text(s.slot->start))
          .set("END", clock_text(s.end_local))
          .set("TITLE", shown_title(s, m.language));
      if (s.talk != nullptr && !s.talk->credits.empty()) row.add("BY").set("NAMES", join(names_of(*s.talk, m.language), ", "));
      row.show_if(s.cancelled, "CANCELLED").show_if(s.cancelled, "IS_CANCELLED").show_if(s.talk != nullptr && s.talk->do_not_record, "NOT_RECORDED");
    }
    if (sheet == nullptr) continue;
    const std::string path = "/print/doors/" + room->code;
    auto page = m.page(path, Section::none, translate("Door sheet: %1", m.language, {room_name(*room, *c.sources.front(), m.language)}));
    page.indexable = false;
    m.add(path, std::move(page), "site/door.html", sheets);
  }
}

void make_my_page(const Making& m) {
  const auto& c = m.content;
  if (c.slots.empty() || !c.event.has(events::Feature::stars)) return;
  html::View view;
  view.set("SCHEDULE_HREF", m.base() + "/schedule")
      .set("CALENDAR_HREF", "/" + c.event.slug + "/schedule.ics")
      .set("PRINT_HREF", m.base() + "/print")
      .set("EVENT", c.event.slug)
      .set("INDEX_HREF", m.base() + "/index.json");
  view.set("ZONE_NOTE", zone_note(c, m.language));
  auto page = m.page("/my", Section::my, std::string(translate("My schedule", m.language)));
  page.indexable = false;
  add_islands(page, m.content.event, {"my.js", "stars.js", "now.js", "live.js", "zone.js", "offline.js"});
  m.add("/my", std::move(page), "site/my.html", view);
}

void make_exports_page(const Making& m) {
  const auto& c = m.content;
  if (!c.released) return;
  const std::string base = "/" + c.event.slug;
  const auto& own = *c.sources.front();
  html::View view;
  struct File {
    std::string_view name, what;
  };
  static constexpr File files[] = {
      {"schedule.ics", html::translatable("Calendar (iCalendar): subscribe to it, and your calendar follows every change")},
      {"schedule.json", html::translatable("schedule.json: for companion apps and video tools")},
      {"schedule.xml", html::translatable("schedule.xml: for companion apps such as Giggity and EventFahrplan")},
      {"schedule2.json", html::translatable("schedule2.json: the same with breaks and cancellations")},
      {"schedule.csv", html::translatable("Table (CSV): for spreadsheets")},
      {"schedule.txt", html::translatable("Plain text: for a terminal")},
  };
  for (const auto& file : files)
    view.add("FILE")
        .set("HREF", base + "/" + std::string(file.name))
        .set("URL", c.base_url + base + "/" + std::string(file.name))
        .set("WHAT", translate(file.what, m.language));
  if (!c.slots.empty()) {
    if (!own.programme.tracks.empty()) view.show("TRACKS");
    for (const auto& track : own.programme.tracks)
      view.add("TRACK").set("HREF", base + "/tracks/" + track.code + ".ics").set("NAME", name_in(track, own, m.language));
    if (!c.rooms.empty()) view.show("ROOMS");
    for (const auto* room : c.rooms) view.add("ROOM").set("HREF", base + "/rooms/" + room->code + ".ics").set("NAME", room_name(*room, own, m.language));
  }
  if (c.event.has(events::Feature::embed))
    view.add("EMBED")
        .set("URL", c.base_url + "/embed/" + c.event.slug + ".json")
        .set("HREF", "/embed/" + c.event.slug + ".json")
        .set("SCRIPT_URL", c.base_url + "/embed.js")
        .set("PAGE_URL", c.base_url + m.base() + "/schedule")
        .set("NAME", translate("Schedule of %1", m.language, {event_title(c.event, m.language)}));
  if (c.event.has(events::Feature::api))
    view.add("API").set("URL", c.base_url + "/api/v1/events/" + c.event.slug + "/schedule").set("HREF", "/api/v1/events/" + c.event.slug + "/schedule");
  auto page = m.page("/exports", Section::none, std::string(translate("For apps and programs", m.language)));
  m.add("/exports", std::move(page), "site/exports.html", view);
}

}  // namespace confer::site
