// The archive's front page: what is new, what there is, and where to begin.
#include <algorithm>
#include <array>
#include "base/text.h"
#include "keeping/likeness.h"
#include "site/archive_frame.h"
#include "site/archive_parts.h"

namespace confer::site {
namespace {

using html::translate;

constexpr std::size_t most_series = 12;
constexpr int most_tags = 36, most_newest = 12;

std::string as_it_is(std::string_view name, std::string_view) { return std::string(name); }

void fill_figures(html::View& view, const archive::Totals& totals, std::string_view language) {
  const auto figure = [&](std::int64_t number, std::string_view word) {
    if (number > 0) view.add("FIGURE").set("FIGURE_NUMBER", format_number(number, language)).set("FIGURE_WORD", word);
  };
  figure(totals.talks, translate("Talks", language));
  figure(totals.with_video, translate("With video", language));
  figure(std::chrono::round<std::chrono::hours>(totals.length).count(), translate("Hours", language));
  figure(totals.events, translate("Conferences", language));
  figure(totals.speakers, translate("Speakers", language));
  figure(totals.languages, translate("Languages", language));
}

/// Words that find something here: a frequent topic, somebody who is often heard, a year of a series.
void fill_examples(html::View& view, const Asked& asked, const std::vector<archive::TagCount>& tags, const std::vector<archive::SpeakerCount>& heard,
                   int last_year) {
  std::vector<std::string> examples;
  if (!tags.empty()) examples.push_back(tags[std::min<std::size_t>(tags.size() - 1, 3)].tag.name);
  if (!heard.empty()) examples.push_back("speaker:\"" + heard.front().speaker.name + "\"");
  if (last_year != 0) examples.push_back("year:" + std::to_string(last_year));
  for (std::size_t i = 0; i < examples.size(); ++i)
    view.add("EXAMPLE")
        .set("EXAMPLE_HREF", asked.prefix() + "/archive/search?q=" + percent_encoded(examples[i]))
        .set("EXAMPLE_TEXT", examples[i])
        .show_if(i + 1 < examples.size(), "SEPARATOR");
}

Result<void> fill_over_the_years(html::View& view, const Asked& asked) {
  TRY_ASSIGN(const auto years, archive::count_years(asked.tx));
  std::vector<Column> columns;
  for (const auto& year : years) columns.push_back({.year = year.year, .value = year.talks, .part = year.with_video});
  for (const auto& year : years)
    if (year.year != 0) view.add("YEAR_LINK").set("HREF", year_href(asked.language, year.year)).set("YEAR_TEXT", year.year);
  fill_columns(view, asked, std::move(columns),
               {std::string(translate("Talks by year", asked.language)), std::string(translate("Talks", asked.language)),
                std::string(translate("With video", asked.language))});
  TRY_ASSIGN(const auto languages, archive::languages_by_year(asked.tx));
  fill_shares(view, asked, languages, language_words,
              {std::string(translate("Languages over the years", asked.language)), std::string(translate("Language", asked.language))});
  constexpr int topics = 6;
  TRY_ASSIGN(const auto tags, archive::tags_by_year(asked.tx, {}, topics));
  fill_shares(view, asked, tags, as_it_is, {std::string(translate("Topics over the years", asked.language)), std::string(translate("Topic", asked.language))});
  return {};
}

}  // namespace

void fill_search_form(html::View& view, const Asked& asked, std::string_view text) {
  view.set("SEARCH_ACTION", asked.prefix() + "/archive/search").set("QUERY", text);
}

void fill_tags(html::View& view, const Asked& asked, const std::vector<archive::TagCount>& tags) {
  view.show_if(!tags.empty(), "TAGS");
  for (const auto& tag : tags)
    view.add("TAG").set("HREF", tag_href(asked.language, tag.tag.slug)).set("NAME", tag.tag.name).set("NUMBER", format_number(tag.talks, asked.language));
}

void fill_most_heard(html::View& view, const Asked& asked, const std::vector<archive::SpeakerCount>& speakers) {
  view.show_if(!speakers.empty(), "HEARD");
  for (const auto& one : speakers) {
    // "Various speakers" are nobody.
    if (keeping::is_nobody(one.speaker.name)) continue;
    view.add("SPEAKER")
        .set("HREF", speaker_href(asked.language, one.speaker.slug))
        .set("NAME", one.speaker.name)
        .set("NUMBER", format_number(one.talks, asked.language));
  }
}

Result<Made> archive_home(const Asked& asked) {
  const std::string_view language = asked.language;
  TRY_ASSIGN(const auto totals, archive::totals(asked.tx));
  html::View view;
  fill_search_form(view, asked, "");
  const std::string years = years_text(totals.first_year, totals.last_year);
  view.set("LEAD", totals.talks == 0 ? std::string(translate("Talks of past conferences, with their recordings.", language))
                                     : translate("Every talk of every edition, %1: read about it, watch it, find the next one.", language, {years}));
  view.set("SURPRISE_HREF", asked.prefix() + "/archive/surprise")
      .set("SERIES_HREF", asked.prefix() + "/archive/series")
      .set("TAGS_HREF", asked.prefix() + "/archive/tags");
  view.show_if(totals.talks == 0, "NOTHING").show_if(totals.talks > 0, "FILLED");
  fill_figures(view, totals, language);
  // By the day they were given, since what came in last (the feed's order) may be an edition of long ago. Who comes here wants to watch.
  TRY_ASSIGN(auto newest, archive::list_talks(asked.tx, {.only_with_video = true}, {.size = most_newest}));
  if (newest.rows.empty()) {
    TRY_ASSIGN(newest, archive::list_talks(asked.tx, {}, {.size = most_newest}));
  }
  for (const auto& row : newest.rows) fill_row(view.add("TALK"), asked.language, row);
  TRY_ASSIGN(const auto series, archive::count_series(asked.tx));
  for (std::size_t i = 0; i < std::min(series.size(), most_series); ++i)
    view.add("SERIES")
        .set("HREF", series_href(asked.language, series[i].slug))
        .set("NAME", series[i].title.in(language))
        .set("YEARS", years_text(series[i].first_year, series[i].last_year))
        .set("NUMBER", format_number(series[i].talks, language));
  TRY_ASSIGN(auto tags, archive::count_tags(asked.tx, {}, most_tags));
  TRY_ASSIGN(const auto heard, archive::count_most_heard(asked.tx, {}, 1));
  fill_examples(view, asked, tags, heard, totals.last_year);
  std::ranges::sort(tags, {}, [&](const archive::TagCount& t) { return collation_key(t.tag.name, language); });
  fill_tags(view, asked, tags);
  TRY_ASSIGN(const auto languages, archive::count_languages(asked.tx));
  for (const auto& one : languages)
    view.add("LANGUAGE")
        .set("HREF", language_href(asked.language, one.language))
        .set("NAME", language_words(one.language, language))
        .set("NUMBER", format_number(one.talks, language));
  TRY(fill_over_the_years(view, asked));
  auto page = archive_page(asked, "/archive", ArchiveSection::home, std::string(translate("The archive", language)));
  page.description = translate("Talks of past conferences, with their recordings.", language);
  page.scripts.emplace_back("archive_find.js");
  return finished(asked, std::move(page), "site/archive/home.html", view);
}

Result<http::Response> archive_surprise(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  // The hour of the clock is random enough for a talk, and nobody has to be told apart for it.
  TRY_ASSIGN(const auto row, archive::any_talk(tx, static_cast<std::uint64_t>(to_ms(request.received)) * 2'654'435'761u));
  const bool english = request.language.empty() || request.language == html::languages().front() || !request.path.starts_with("/" + request.language + "/");
  const std::string prefix = english ? "" : "/" + request.language;
  return http::Response::see_other(row ? prefix + archive::path_of(*row) : prefix + "/archive");
}

}  // namespace confer::site
