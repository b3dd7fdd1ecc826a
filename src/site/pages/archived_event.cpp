// An edition that is only archived: its talks in order, the editions before and after.
#include "site/archived_event.h"
#include <algorithm>
#include "base/text.h"
#include "html/markdown.h"
#include "html/theme.h"
#include "site/archive_frame.h"
#include "site/archive_parts.h"
#include "site/event_frame.h"
#include "site/files_of_event.h"
#include "site/pages.h"
#include "talks/talks.h"

namespace confer::site {
namespace {

using html::translate;

constexpr int most_tags = 24;
/// Most editions fit on one page: a booklet is not turned over every fifty talks.
constexpr int talks_a_page = 200;

void fill_steps(html::View& view, const Asked& asked, const Content& c, const std::vector<archive::EventCount>& editions) {
  const auto here = std::ranges::find(editions, c.event.id, &archive::EventCount::id);
  if (here == editions.end() || editions.size() < 2) return;
  view.show("STEPS");
  const auto step = [&](std::string_view section, const archive::EventCount& edition) {
    const auto& title = edition.title.in(asked.language);
    view.add(section).set("HREF", event_href(asked.language, edition.slug)).set("NAME", title.empty() ? edition.slug : title);
  };
  if (const auto earlier = std::next(here); earlier != editions.end()) step("EARLIER", *earlier);
  if (here != editions.begin()) step("LATER", *std::prev(here));
}

/// Talks under their days; under one heading where days are not known.
Result<void> fill_talks(html::View& view, const Asked& asked, const Content& c) {
  const archive::Page page{.number = asked.page_number(), .size = talks_a_page};
  TRY_ASSIGN(const auto list, archive::list_talks(asked.tx, {.event = c.event.id}, page));
  if (list.rows.empty() && page.number > 1) return fail(ErrorCode::not_found, "There is no such page.");
  const bool has_days = std::ranges::any_of(list.rows, [](const archive::Row& row) { return row.day.has_value(); });
  html::View* group = nullptr;
  std::optional<Date> day;
  for (const auto& row : list.rows) {
    if (group == nullptr || (has_days && row.day != day)) {
      day = row.day;
      group = &view.add("GROUP");
      const bool is_known = has_days && day && *day != Date{};
      group->set("GROUP_TITLE", is_known ? format_date(*day, asked.language) : std::string(translate("Talks", asked.language)));
    }
    fill_row(group->add("TALK"), asked.language, row, {.event = false, .day = false});
  }
  view.show_if(list.rows.empty(), "NO_TALKS");
  fill_pager(view, base_of(c, asked.language), "?", page.number, page.size, list.total, asked.language);
  return {};
}

Result<Made> front_page(const Asked& asked, const Content& c) {
  const std::string_view language = asked.language;
  const auto& fallback = c.languages.front();
  const archive::Filter filter{.event = c.event.id};
  TRY_ASSIGN(const auto sums, archive::sums_of(asked.tx, filter));
  html::View view;
  view.set("TITLE", event_title(c.event, language)).set("FACTS", event_facts(c.event, language)).set("SUMS", sums_text(sums, language));
  if (const auto& text = c.event.subtitle.in(language, fallback); !text.empty()) view.add("SUBTITLE").set("SUBTITLE_TEXT", text);
  if (auto text = html::markdown(c.event.description.in(language, fallback)); !text.empty()) view.add("DESCRIPTION").set_html("DESCRIPTION_HTML", text);
  TRY_ASSIGN(const auto editions, archive::count_events(asked.tx, c.event.series));
  fill_steps(view, asked, c, editions);
  if (c.series) view.add("SERIES_LINK").set("SERIES_HREF", series_href(asked.language, c.series->slug)).set("SERIES_NAME", c.series->title.in(language));
  TRY_ASSIGN(const auto languages, archive::count_languages(asked.tx, filter));
  if (languages.size() > 1)
    for (const auto& one : languages)
      view.add("LANGUAGE")
          .set("HREF", language_href(asked.language, one.language))
          .set("NAME", language_words(one.language, language))
          .set("NUMBER", format_number(one.talks, language));
  TRY_ASSIGN(const auto tags, archive::count_tags(asked.tx, filter, most_tags));
  fill_tags(view, asked, tags);
  for (const auto& page : c.pages)
    view.add("INFO_PAGE").set("HREF", base_of(c, language) + "/pages/" + page.slug).set("NAME", page.title.in(language, fallback));
  view.show_if(!c.pages.empty(), "INFO");
  TRY(fill_talks(view, asked, c));
  auto page = event_page(c, language, "", Section::home, event_title(c.event, language));
  page.trail = {archive_link(asked)};
  if (c.series) page.trail.push_back({series_href(asked.language, c.series->slug), c.series->title.in(language)});
  page.description = html::markdown_summary(c.event.description.in(language, fallback), 200);
  if (page.description.empty()) page.description = join({event_facts(c.event, language), sums_text(sums, language)}, " · ");
  page.json_ld = event_json_ld(c, language);
  const std::string feeds = "/archive/events/" + c.event.slug;
  page.feeds.push_back({.href = feeds + "/feed.atom", .type = "application/atom+xml"});
  page.feeds.push_back({.href = feeds + "/podcast.rss", .type = "application/rss+xml"});
  return finished(asked, std::move(page), "site/archive/event.html", view);
}

Result<Made> info_page_of(const Asked& asked, const Content& c, std::string_view below) {
  Documents out;
  make_info_pages({.chrome = asked.web.chrome, .content = c, .language = asked.language, .out = out});
  for (auto& document : out)
    if (document.path == base_of(c, asked.language) + std::string(below)) return Made{.body = std::move(document.body)};
  return fail(ErrorCode::not_found, "There is no such page.");
}

/// Speakers of the past have their page in the archive.
Result<Made> speaker_of(const Asked& asked, const Content& c, std::string_view key) {
  TRY_ASSIGN(const auto talks, talks::list_talks(asked.tx, c.event.id));
  for (const auto& talk : talks)
    for (const auto& credit : talk.credits) {
      if (credit.name.empty() || (credit.person_code != key && !(key.size() >= 8 && credit.guid.starts_with(key)))) continue;
      TRY_ASSIGN(const auto rows, archive::rows_of(asked.tx, std::span(&talk.code, 1)));
      for (const auto& row : rows)
        for (const auto& speaker : row.speakers)
          if (speaker.name == credit.name) return Made{.moved_to = speaker_href(asked.language, speaker.slug)};
    }
  return fail(ErrorCode::not_found, "There is no such page.");
}

}  // namespace

EventPath event_path(std::string_view path) {
  const auto segment = [&] {
    path.remove_prefix(std::min<std::size_t>(1, path.size()));
    const auto end = std::min(path.find('/'), path.size());
    const auto first = path.substr(0, end);
    path.remove_prefix(end);
    return first;
  };
  std::string_view first = segment();
  if (std::ranges::find(html::languages(), first) != html::languages().end()) first = segment();
  return {std::string(first), std::string(path)};
}

Result<Content> archived_event(const Asked& asked, std::string_view slug) {
  TRY_ASSIGN(const auto event, events::find_event(asked.tx, slug));
  if (!event || !event->is_public) return fail(ErrorCode::not_found, "There is no such page.");
  TRY_ASSIGN(const bool on_demand, is_on_demand(asked.tx, *event));
  if (!on_demand) return fail(ErrorCode::not_found, "There is no such page.");
  TRY_ASSIGN(Content c, content_of(asked.tx, *event, std::nullopt, asked.base_url()));
  // Nobody wrote its pages: only our own words are in a language, and we have them in all.
  for (const auto& language : html::languages())
    if (std::ranges::find(c.languages, language) == c.languages.end()) c.languages.push_back(language);
  return c;
}

Result<Made> archived_event_page(const Asked& asked) {
  const auto [slug, below] = event_path(asked.request.path);
  TRY_ASSIGN(const Content c, archived_event(asked, slug));
  // Its own first language has no prefix.
  const bool has_prefix = !asked.request.path.starts_with("/" + c.event.slug);
  Asked own{.web = asked.web, .tx = asked.tx, .request = asked.request, .language = has_prefix ? asked.language : c.languages.front()};
  if (below == "/theme.css") {
    if (has_prefix) return Made{.moved_to = "/" + c.event.slug + below};
    return Made{.content_type = "text/css; charset=utf-8", .body = html::theme_css(c.event.color, {})};
  }
  if (has_prefix && asked.language == c.languages.front()) return Made{.moved_to = base_of(c, asked.language) + below};
  if (below.empty()) return front_page(own, c);
  if (below == "/") return Made{.moved_to = base_of(c, own.language)};
  if (below.starts_with("/pages/")) return info_page_of(own, c, below);
  if (below.starts_with("/talks/")) return archived_talk(asked);
  if (below == "/speakers") return Made{.moved_to = base_of(c, own.language)};
  constexpr std::string_view speakers = "/speakers/";
  if (below.starts_with(speakers)) return speaker_of(own, c, std::string_view(below).substr(speakers.size()));
  return fail(ErrorCode::not_found, "There is no such page.");
}

}  // namespace confer::site
