// Exports, calendars and feeds of an event (files_of_event.h).
#include "site/files_of_event.h"
#include <algorithm>
#include <functional>
#include <optional>
#include <unordered_map>
#include "base/text.h"
#include "html/markdown.h"
#include "html/template.h"
#include "site/session.h"

namespace confer::site {
namespace {

programme::Generator generator(const Content& c) { return {.name = "Confer", .version = {}, .url = c.base_url}; }

programme::CalendarOptions calendar(const Content& c, std::string name, std::string_view path) {
  return {.name = std::move(name), .source_url = c.base_url + std::string(path), .language = c.languages.front(), .wanted = {}, .subscribable = true};
}

Document calendar_file(const Content& c, std::string path, const programme::CalendarOptions& options) {
  return {.path = std::move(path),
          .content_type = "text/calendar; charset=utf-8",
          .body = programme::write_ical(c.programme(), c.stamps, options),
          .for_all_origins = true,
          .last_modified = c.programme().released_at};
}

std::string xml(std::string_view text) { return html::escape(text); }

constexpr std::string_view ending = ".ics";

/// What stands in the calendar of one room, track, speaker or talk. Nothing: there is no such thing.
std::optional<programme::CalendarOptions> options_of(const Content& c, std::string_view kind, std::string_view code) {
  const auto& own = *c.sources.front();
  std::optional<std::string> name;
  std::function<bool(const programme::Slot&, const programme::Talk*)> wanted;
  if (kind == "rooms") {
    for (const auto* room : c.rooms)
      if (room->code == code) name = room_name(*room, own, c.languages.front());
    wanted = [code](const programme::Slot& slot, const programme::Talk*) { return slot.room == code; };
  } else if (kind == "tracks") {
    for (const auto& track : own.programme.tracks)
      if (track.code == code) name = name_in(track, own, c.languages.front());
    wanted = [code](const programme::Slot&, const programme::Talk* talk) { return talk != nullptr && talk->track == code; };
  } else if (kind == "talks") {
    for (const auto* talk : c.talks)
      if (talk->code == code && c.slots_of_talk.contains(talk->code)) name = talk->title;
    wanted = [code](const programme::Slot& slot, const programme::Talk*) { return slot.talk == code; };
  } else if (kind == "speakers" && c.event.has(events::Feature::speakers_page)) {
    const auto speaker = std::ranges::find(c.speakers, code, &Speaker::key);
    if (speaker == c.speakers.end()) return std::nullopt;
    name = speaker->name;
    wanted = [&speaker = *speaker](const programme::Slot&, const programme::Talk* talk) {
      return std::ranges::find(speaker.talks, talk) != speaker.talks.end();
    };
  }
  if (!name) return std::nullopt;
  auto options = calendar(c, event_title(c.event, c.languages.front()) + ": " + *name,
                          "/" + c.event.slug + "/" + std::string(kind) + "/" + std::string(code) + std::string(ending));
  options.wanted = std::move(wanted);
  options.subscribable = kind != "talks";
  return options;
}

}  // namespace

ExportFile export_file(const Content& c, const programme::Programme& p, std::string_view name) {
  if (name == "schedule.json") return {"application/json", programme::write_schedule_json(p, generator(c))};
  if (name == "schedule.xml") return {"application/xml; charset=utf-8", programme::write_schedule_xml(p, generator(c))};
  if (name == "schedule2.json") return {"application/json", programme::write_schedule2_json(p, generator(c))};
  if (name == "schedule.csv") return {"text/csv; charset=utf-8", programme::write_csv(p)};
  if (name == "schedule.txt") return {"text/plain; charset=utf-8", programme::write_text(p, c.languages.front())};
  if (name == "schedule.ics")
    return {"text/calendar; charset=utf-8",
            programme::write_ical(p, c.stamps, calendar(c, event_title(c.event, c.languages.front()), "/" + c.event.slug + "/schedule.ics"))};
  return {};
}

ExportFile calendar_of(const Content& c, std::string_view kind, std::string_view file) {
  if (!file.ends_with(ending) || c.sources.empty()) return {};
  const auto options = options_of(c, kind, file.substr(0, file.size() - ending.size()));
  if (!options) return {};
  return {"text/calendar; charset=utf-8", programme::write_ical(c.programme(), c.stamps, *options)};
}

void make_exports(const Content& c, Documents& out) {
  if (!c.released) return;
  const std::string base = "/" + c.event.slug;
  const auto& p = c.programme();
  for (const std::string_view name : {"schedule.json", "schedule.xml", "schedule2.json", "schedule.csv", "schedule.txt", "schedule.ics"}) {
    auto file = export_file(c, p, name);
    out.push_back({.path = base + "/" + std::string(name),
                   .content_type = std::move(file.content_type),
                   .body = std::move(file.body),
                   .for_all_origins = true,
                   .last_modified = p.released_at});
  }
  if (c.slots.empty()) return;
  const auto& own = *c.sources.front();
  const std::string title = event_title(c.event, c.languages.front());
  // A thousand talks have a calendar each: asking each of them about a thousand slots would be a good part of the work.
  std::unordered_map<std::string_view, std::vector<const programme::Slot*>> slots_of;
  for (const auto& slot : p.slots) slots_of[slot.talk].push_back(&slot);
  const auto add = [&](std::string_view kind, const std::string& code) {
    if (const auto options = options_of(c, kind, code))
      out.push_back(calendar_file(c, base + "/" + std::string(kind) + "/" + code + std::string(ending), *options));
  };
  const auto add_slots = [&](const std::string& path, const std::string& name, bool subscribable, std::vector<const programme::Slot*> slots) {
    auto options = calendar(c, title + ": " + name, path);
    options.slots = std::move(slots);
    options.subscribable = subscribable;
    out.push_back(calendar_file(c, path, options));
  };
  for (const auto* room : c.rooms) add("rooms", room->code);
  for (const auto& track : own.programme.tracks) add("tracks", track.code);
  if (c.event.has(events::Feature::speakers_page))
    for (const auto& speaker : c.speakers) {
      std::vector<const programme::Slot*> theirs;
      for (const auto* talk : speaker.talks) theirs.insert(theirs.end(), slots_of[talk->code].begin(), slots_of[talk->code].end());
      std::ranges::sort(theirs);  // they stand in one list: by address is in the programme's order
      add_slots(base + "/speakers/" + speaker.key + ".ics", speaker.name, true, std::move(theirs));
    }
  for (const auto* talk : c.talks)
    if (c.slots_of_talk.contains(talk->code)) add_slots(base + "/talks/" + talk->code + ".ics", talk->title, false, slots_of[talk->code]);
}

void make_atom(const Content& c, const std::vector<ReleaseNote>& notes, Documents& out) {
  if (!c.released) return;
  const std::string_view language = c.languages.front();
  const std::string base = c.base_url + base_of(c, language);
  const std::string self = c.base_url + "/" + c.event.slug + "/releases.atom";
  std::string feed = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"" + std::string(language) + "\">\n";
  feed += "<title>" + xml(html::translate("Changes of %1", language, {event_title(c.event, language)})) + "</title>\n<id>" + xml(self) +
          "</id>\n<link rel=\"self\" href=\"" + xml(self) + "\"/>\n<link href=\"" + xml(base + "/changes") + "\"/>\n<updated>" +
          to_text(c.programme().released_at) + "</updated>\n<author><name>" + xml(event_title(c.event, language)) + "</name></author>\n";
  for (const auto& note : notes) {
    const std::string href = base + "/releases/" + percent_encoded(note.release.name);
    std::string content = note.release.comment.empty() ? "" : "<p>" + xml(note.release.comment) + "</p>";
    if (note.first) content += "<p>" + xml(html::translate("The first release of the programme.", language)) + "</p>";
    if (!note.changes.empty()) content += "<ul>";
    for (const auto& change : note.changes) content += "<li>" + xml(change.title) + ": " + xml(change_text(c, change, language)) + "</li>";
    if (!note.changes.empty()) content += "</ul>";
    feed += "<entry><title>" + xml(html::translate("Programme %1", language, {note.release.name})) + "</title><id>" + xml(href) + "</id><link href=\"" +
            xml(href) + "\"/><updated>" + to_text(note.release.released_at) + "</updated><content type=\"html\">" + xml(content) + "</content></entry>\n";
  }
  feed += "</feed>\n";
  out.push_back({.path = "/" + c.event.slug + "/releases.atom",
                 .content_type = "application/atom+xml; charset=utf-8",
                 .body = std::move(feed),
                 .for_all_origins = true,
                 .last_modified = c.programme().released_at});
}

void make_sitemap(std::string path, std::string_view base_url, const std::vector<std::string>& paths, Documents& out) {
  std::string sitemap = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
  for (const auto& page : paths) sitemap += "<url><loc>" + xml(std::string(base_url) + page) + "</loc></url>\n";
  out.push_back({.path = std::move(path), .content_type = "application/xml; charset=utf-8", .body = sitemap + "</urlset>\n"});
}

}  // namespace confer::site
