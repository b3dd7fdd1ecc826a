// Home and series pages (home.h).
#include "site/home.h"
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include "archive/archive.h"
#include "base/text.h"
#include "html/assets.h"
#include "html/markdown.h"
#include "html/number.h"
#include "html/template.h"
#include "programme/programme.h"
#include "site/content.h"
#include "site/event_frame.h"
#include "site/files_of_event.h"

namespace confer::site {
namespace {

using events::Event;
using events::EventKind;
using html::translate;
using html::translate_plural;

enum class When : unsigned char { running, upcoming, past };

When when_is(const Event& e, Instant now) {
  if (!e.start) return When::past;
  const auto zone = events::zone_of(e);
  const Date today = day_of(zone ? zone->to_wall(now) : Zone().to_wall(now), e.day_start_hour);
  if (today < *e.start) return When::upcoming;
  return today > e.end.value_or(*e.start) ? When::past : When::running;
}

int year_of(const Event& e) {
  if (e.year) return *e.year;
  return e.start ? static_cast<int>(std::chrono::year_month_day(*e.start).year()) : 0;
}

std::string home_path(std::string_view language) { return language == html::languages().front() ? "/" : "/" + std::string(language); }
std::string prefix(std::string_view language) { return language == html::languages().front() ? "" : "/" + std::string(language); }
std::string event_href(const Event& e, std::string_view language) { return base_of(e, page_languages(e), language); }

/// A text that an import or the demonstration left beside the event's own fields: "memory" and its like.
std::string extra_text(const Event& e, const std::string& name, std::string_view language) {
  const auto found = e.extra.find(name);
  if (found == e.extra.end()) return {};
  if (auto text = LocalizedText::from_json(found->second)) return text->in(language);
  const auto tree = nlohmann::json::parse(found->second, nullptr, false);
  return tree.is_number_integer() ? std::to_string(tree.get<std::int64_t>()) : std::string{};
}

html::Page plain_page(std::string_view base_url, std::string_view path, std::string_view language, std::string title) {
  html::Page page;
  page.title = std::move(title);
  page.language = language;
  page.site_title = translate("Conferences", language);
  page.home = home_path(language);
  page.canonical = std::string(base_url) + (path.empty() ? home_path(language) : prefix(language) + std::string(path));
  for (const auto& other : html::languages()) page.alternates.push_back({other, path.empty() ? home_path(other) : prefix(other) + std::string(path)});
  if (page.alternates.size() < 2) page.alternates.clear();
  page.footer.push_back({"/account", std::string(translate("Your account", language))});
  return page;
}

void fill_event(html::View& row, const Event& e, std::string_view language) {
  row.set("HREF", event_href(e, language)).set("NAME", event_title(e, language)).set("FACTS", event_facts(e, language));
  if (const auto& line = e.subtitle.in(language, e.languages.empty() ? "en" : e.languages.front()); !line.empty()) row.add("LINE").set("LINE_TEXT", line);
}

/// Series whose editions are programmed here have a page of their own; others only stand in the archive.
bool is_held_here(const events::Series& series, const std::vector<Event>& all) {
  return std::ranges::any_of(all, [&](const Event& e) { return e.series == series.id && e.kind != EventKind::archived; });
}

void add_home(Documents& out, const html::Chrome& chrome, std::string_view base_url, const std::vector<Event>& all, const std::vector<events::Series>& series,
              Instant now, std::string_view language) {
  html::View view;
  bool anything = false;
  for (const auto when : {When::running, When::upcoming}) {
    html::View* section = nullptr;
    std::vector<const Event*> some;
    for (const auto& e : all)
      if (!e.parent && when_is(e, now) == when) some.push_back(&e);
    std::ranges::sort(some, {}, [](const Event* e) { return e->start; });
    for (const auto* e : some) {
      if (section == nullptr) section = &view.add(when == When::running ? "RUNNING" : "UPCOMING");
      auto& row = section->add("EVENT");
      fill_event(row, *e, language);
      row.set("SCHEDULE_HREF", event_href(*e, language) + "/schedule").set("NOW_HREF", event_href(*e, language) + "/now");
      anything = true;
    }
  }
  for (const auto& s : series) {
    if (!is_held_here(s, all)) continue;
    html::View* section = nullptr;
    for (const auto& e : all) {
      if (e.series != s.id || e.parent || when_is(e, now) != When::past) continue;
      if (section == nullptr) section = &view.add("SERIES").set("SERIES_HREF", prefix(language) + "/series/" + s.slug).set("SERIES_NAME", s.title.in(language));
      section->add("EVENT").set("HREF", event_href(e, language)).set("NAME", event_title(e, language)).set("FACTS", event_facts(e, language));
      anything = true;
    }
  }
  const bool has_archive = std::ranges::any_of(all, [&](const Event& e) { return e.kind == EventKind::archived || when_is(e, now) == When::past; });
  if (has_archive) view.add("ARCHIVE").set("ARCHIVE_HREF", prefix(language) + "/archive").set("SEARCH_ACTION", prefix(language) + "/archive/search");
  view.show_if(!anything && !has_archive, "NOTHING");
  auto page = plain_page(base_url, "", language, std::string(translate("Conferences", language)));
  page.description = translate("Conferences with their schedules, speakers and archives.", language);
  page.body = html::render("site/home.html", view, language);
  out.push_back({.path = home_path(language), .body = chrome(page)});
}

/// Bars of attendance over the years; figures stand in the table beside it too.
void fill_chart(html::View& view, const std::vector<const Event*>& editions, std::string_view language) {
  std::vector<const Event*> known;
  int most = 0;
  for (const auto* e : editions)
    if (e->attendance && year_of(*e) != 0) known.push_back(e), most = std::max(most, *e->attendance);
  if (known.size() < 2) return;
  constexpr int width = 720, height = 260, bottom = 28, top = 24, start = 8;
  const int step = (width - start) / static_cast<int>(known.size());
  const int bar = std::min(56, step * 7 / 10);
  auto& chart = view.add("CHART");
  chart.set("WIDTH", width).set("HEIGHT", height).set("BASE_Y", height - bottom);
  chart.set("LABEL", translate("Attendance from %1 to %2: from %3 to %4 people", language,
                               {std::to_string(year_of(*known.front())), std::to_string(year_of(*known.back())), std::to_string(*known.front()->attendance),
                                std::to_string(*known.back()->attendance)}));
  for (std::size_t i = 0; i < known.size(); ++i) {
    const int x = start + static_cast<int>(i) * step + (step - bar) / 2;
    const int tall = std::max(1, *known[i]->attendance * (height - bottom - top) / std::max(1, most));
    auto& one = chart.add("BAR");
    one.set("X", x)
        .set("Y", height - bottom - tall)
        .set("W", bar)
        .set("H", tall)
        .set("MIDDLE", x + bar / 2)
        .set("TEXT_Y", height - bottom - tall - 7)
        .set("YEAR_Y", height - 8);
    one.set("VALUE", html::number_text(*known[i]->attendance, language)).set("YEAR", year_of(*known[i]));
  }
}

/// Talks that visitors can find: of the current release, or in the archive.
Result<std::size_t> count_talks(db::Tx& tx, const Event& e, const std::vector<archive::EventCount>& archived) {
  if (e.kind != EventKind::archived) {
    TRY_ASSIGN(const auto p, programme::current_programme(tx, e, ""));
    if (p) return p->talks.size();
  }
  const auto found = std::ranges::find(archived, e.id, &archive::EventCount::id);
  return found == archived.end() ? 0 : static_cast<std::size_t>(found->talks);
}

Result<void> add_series(Documents& out, db::Tx& tx, const html::Chrome& chrome, std::string_view base_url, const events::Series& s) {
  TRY_ASSIGN(auto events, events::list_events(tx, s.id));
  std::erase_if(events, [](const Event& e) { return !e.is_public || e.parent; });
  std::vector<const Event*> editions;
  for (const auto& e : events) editions.push_back(&e);
  std::ranges::sort(editions, {}, [](const Event* e) { return std::tuple(year_of(*e), e->start, e->slug); });
  std::map<std::int64_t, std::string> talk_counts;
  TRY_ASSIGN(const auto archived, archive::count_events(tx, s.id));
  for (const auto* e : editions) {
    auto& talks = talk_counts[e->id.value] = extra_text(*e, "talk_count", "en");
    if (!talks.empty()) continue;
    TRY_ASSIGN(const auto count, count_talks(tx, *e, archived));
    talks = count == 0 ? "–" : std::to_string(count);
  }
  for (const auto& language : html::languages()) {
    html::View view;
    view.set("TITLE", s.title.in(language));
    if (!archived.empty()) view.add("ARCHIVE").set("ARCHIVE_HREF", prefix(language) + "/archive/series/" + s.slug);
    if (auto text = html::markdown(s.description.in(language)); !text.empty()) view.add("DESCRIPTION").set_html("DESCRIPTION_HTML", text);
    fill_chart(view, editions, language);
    if (!editions.empty())
      view.show("EDITIONS");
    else
      view.show("NOTHING");
    for (auto it = editions.rbegin(); it != editions.rend(); ++it) {
      const Event& e = **it;
      auto& row = view.add("EDITION");
      row.set("HREF", event_href(e, language))
          .set("NAME", event_title(e, language))
          .set("YEAR", year_of(e) == 0 ? std::string("–") : std::to_string(year_of(e)));
      row.set("PLACE", e.place.in(language, e.languages.empty() ? "en" : e.languages.front()))
          .set("PEOPLE", e.attendance ? html::number_text(*e.attendance, language) : "–");
      row.set("TALKS", talk_counts[e.id.value]);
      auto memory = extra_text(e, "memory", language);
      if (memory.empty()) memory = e.subtitle.in(language, e.languages.empty() ? "en" : e.languages.front());
      if (!memory.empty()) row.add("MEMORY").set("MEMORY_TEXT", memory);
    }
    auto page = plain_page(base_url, "/series/" + s.slug, language, s.title.in(language));
    page.trail = {{home_path(language), std::string(translate("Conferences", language))}};
    page.description = html::markdown_summary(s.description.in(language), 200);
    page.body = html::render("site/series.html", view, language);
    out.push_back({.path = prefix(language) + "/series/" + s.slug, .body = chrome(page)});
  }
  return {};
}

}  // namespace

Result<Documents> make_home_documents(db::Tx& tx, const html::Chrome& chrome, std::string_view base_url) {
  Documents out;
  TRY_ASSIGN(auto all, events::list_events(tx));
  std::erase_if(all, [](const Event& e) { return !e.is_public; });
  TRY_ASSIGN(const auto series, events::list_series(tx));
  for (const auto& language : html::languages()) add_home(out, chrome, base_url, all, series, tx.now(), language);
  for (const auto& s : series)
    if (is_held_here(s, all)) TRY(add_series(out, tx, chrome, base_url, s));
  std::vector<std::string> own;
  for (const auto& document : out) own.push_back(document.path);
  make_sitemap("/sitemap-home.xml", base_url, own, out);
  out.push_back(
      {.path = "/robots.txt",
       .content_type = "text/plain; charset=utf-8",
       .body = "User-agent: *\nDisallow: /api/\nDisallow: /organise/\nDisallow: /account\nDisallow: /archive/search\nDisallow: /archive/surprise\nSitemap: " +
               std::string(base_url) + "/sitemap.xml\n"});
  return out;
}

Result<Instant> next_home_edge(db::Tx& tx) {
  TRY_ASSIGN(const auto all, events::list_events(tx));
  Instant next = Instant::max();
  for (const auto& e : all) {
    if (!e.is_public || !e.start || when_is(e, tx.now()) == When::past) continue;
    TRY_ASSIGN(const Zone zone, events::zone_of(e));
    const Date tomorrow = day_of(zone.to_wall(tx.now()), e.day_start_hour) + std::chrono::days(1);
    next = std::min(next, zone.to_instant_lenient(WallTime(tomorrow) + std::chrono::hours(e.day_start_hour)));
  }
  return next;
}

}  // namespace confer::site
