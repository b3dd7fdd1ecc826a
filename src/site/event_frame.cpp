// Name, navigation, languages, footer and banner of an event's pages (event_frame.h).
#include "site/event_frame.h"
#include <algorithm>
#include "base/text.h"
#include "html/assets.h"
#include "html/template.h"
#include "site/archive_frame.h"

namespace confer::site {
namespace {

using events::Feature;
using html::Here;
using html::translate;

html::Page frame(const Content& c, std::string_view language, std::string_view path, Section section, std::string title) {
  const std::string base = base_of(c, language);
  html::Page page;
  page.title = title;
  page.language = language;
  page.canonical = c.base_url + base + std::string(path);
  page.site_title = event_title(c.event, language);
  page.home = base;
  page.facts = event_facts(c.event, language);
  page.event = c.event.slug;
  page.banner = c.event.banner.in(language, c.languages.front());
  page.banner_level = c.event.banner_level;
  page.styles = {"/" + c.event.slug + "/theme.css"};
  if (c.event.kind != events::EventKind::archived) page.manifest_href = base + "/manifest.webmanifest";
  if (c.languages.size() > 1)
    for (const auto& other : c.languages) page.alternates.push_back({other, base_of(c, other) + std::string(path)});
  if (c.event.has(Feature::search) && c.released) page.search_href = base + "/search";
  if (c.released) page.feeds.push_back({.href = "/" + c.event.slug + "/releases.atom", .type = "application/atom+xml"});

  const auto entry = [&](std::string_view below, std::string_view text, bool here) {
    const std::string href = base + std::string(below);
    page.navigation.push_back({href, std::string(text), !here ? Here::no : below == path ? Here::page : Here::section});
  };
  if (!c.slots.empty()) {
    entry("/schedule", translate("Schedule", language), section == Section::schedule);
    entry("/now", translate("Now & next", language), section == Section::now);
    if (c.event.has(Feature::stars)) entry("/my", translate("My schedule", language), section == Section::my);
  }
  if (!c.speakers.empty() && c.event.has(Feature::speakers_page)) entry("/speakers", translate("Speakers", language), section == Section::speakers);
  for (const auto& info : c.pages)
    if (info.in_navigation) entry("/pages/" + info.slug, info.title.in(language, c.languages.front()), path == "/pages/" + info.slug);
  if (c.parent) page.navigation.push_back({base_of(*c.parent, page_languages(*c.parent), language), event_title(*c.parent, language), Here::no});
  for (const auto& summit : c.summits) page.navigation.push_back({base_of(summit, page_languages(summit), language), event_title(summit, language), Here::no});

  const auto foot = [&](std::string href, std::string_view text) { page.footer.push_back({std::move(href), std::string(text)}); };
  const std::string export_base = "/" + c.event.slug;
  if (c.released) {
    foot(export_base + "/schedule.ics", translate("Calendar", language));
    foot(base + "/exports", translate("For apps and programs", language));
    foot(base + "/changes", translate("Changes", language));
    foot(base + "/print", translate("Print", language));
  }
  const std::string home = language == html::languages().front() ? "" : "/" + std::string(language);
  const bool only_archived = c.event.kind == events::EventKind::archived && !c.released;
  if (only_archived) page.search_href = prefix_of(language) + "/archive/search";
  if (c.series && only_archived)
    foot(series_href(language, c.series->slug), translate("All editions of %1", language, {c.series->title.in(language)}));
  else if (c.series)
    foot(home + "/series/" + c.series->slug, translate("All editions of %1", language, {c.series->title.in(language)}));
  foot(prefix_of(language) + "/archive", translate("The archive", language));
  foot(home.empty() ? "/" : home, translate("All conferences here", language));
  foot("/account", translate("Your account", language));
  return page;
}

}  // namespace

html::Page event_page(const Content& content, std::string_view language, std::string_view path, Section section, std::string title) {
  return frame(content, language, path, section, std::move(title));
}

html::Page info_page(const Content& content, std::string_view language, const events::InfoPage& info) {
  return frame(content, language, "/pages/" + info.slug, Section::none, info.title.in(language, content.languages.front()));
}

void add_islands(html::Page& page, const events::Event& event, std::initializer_list<std::string_view> names) {
  const auto is_off = [&](std::string_view name) {
    if (name == "live.js") return !event.has(Feature::live);
    return (name == "stars.js" || name == "my.js") && !event.has(Feature::stars);
  };
  const auto use = [&](std::string_view name) {
    if (!is_off(name) && html::find_asset_by_name(name) != nullptr) page.scripts.emplace_back(name);
  };
  use("in_sight.js");
  for (const auto name : names) use(name);
}

std::string event_title(const events::Event& event, std::string_view language) {
  const auto& title = event.title.in(language, event.languages.empty() ? "en" : event.languages.front());
  return title.empty() ? event.slug : title;
}

std::string event_facts(const events::Event& event, std::string_view language) {
  std::vector<std::string> facts;
  if (event.start)
    facts.push_back(format_date_range(*event.start, event.end.value_or(*event.start), language));
  else if (event.year)
    facts.push_back(std::to_string(*event.year));
  if (const auto& place = event.place.in(language, event.languages.empty() ? "en" : event.languages.front()); !place.empty()) facts.push_back(place);
  return join(facts, ", ");
}

std::string zone_note(const Content& content, std::string_view language) {
  const Instant at = content.slots.empty() ? content.now : content.slots.front().start;
  return translate("Times are in %1 (%2)", language, {content.zone.name(), content.zone.short_name(at, language)});
}

std::string time_range(const ShownSlot& shown) { return clock_text(shown.slot->start) + "–" + clock_text(shown.end_local); }

}  // namespace confer::site
