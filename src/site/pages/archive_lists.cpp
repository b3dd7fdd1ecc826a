// The archive by series, speaker, topic, language and year.
#include <algorithm>
#include <charconv>
#include "base/text.h"
#include "events/events.h"
#include "html/markdown.h"
#include "keeping/likeness.h"
#include "site/archive_frame.h"
#include "site/archive_parts.h"
#include "site/event_frame.h"

namespace confer::site {
namespace {

using archive::Filter;
using html::translate;

constexpr int most_tags = 30, most_heard = 24;

std::string as_it_is(std::string_view name, std::string_view) { return std::string(name); }

ColumnWords talks_by_year(std::string_view language) {
  return {std::string(translate("Talks by year", language)), std::string(translate("Talks", language)), std::string(translate("With video", language))};
}

Result<void> fill_years(html::View& view, const Asked& asked, const Filter& filter) {
  TRY_ASSIGN(const auto years, archive::count_years(asked.tx, filter));
  std::vector<Column> columns;
  for (const auto& year : years) columns.push_back({.year = year.year, .value = year.talks, .part = year.with_video});
  fill_columns(view, asked, std::move(columns), talks_by_year(asked.language));
  return {};
}

void add_feed(html::Page& page, const std::string& path) {
  page.feeds = {{.href = path + "/feed.atom", .type = "application/atom+xml"}, {.href = path + "/podcast.rss", .type = "application/rss+xml"}};
}

std::string days_of(const archive::EventCount& event, std::string_view language) {
  return event.first ? format_date_range(*event.first, event.last.value_or(*event.first), language) : std::string{};
}

std::string title_of(const archive::EventCount& event, std::string_view language) {
  const auto& title = event.title.in(language);
  return title.empty() ? event.slug : title;
}

std::string hours_text(std::chrono::seconds length, std::string_view language) {
  const auto hours = std::chrono::round<std::chrono::hours>(length).count();
  return hours == 0 ? "–" : format_number(hours, language);
}

}  // namespace

Result<Made> archive_series_list(const Asked& asked) {
  const std::string_view language = asked.language;
  TRY_ASSIGN(auto all, archive::count_series(asked.tx));
  std::ranges::sort(all, {}, [&](const archive::SeriesCount& s) { return collation_key(s.title.in(language), language); });
  html::View view;
  view.show_if(all.empty(), "NO_TALKS").show_if(!all.empty(), "TALKS");
  for (const auto& series : all)
    view.add("SERIES")
        .set("HREF", series_href(asked.language, series.slug))
        .set("NAME", series.title.in(language).empty() ? series.slug : series.title.in(language))
        .set("YEARS", years_text(series.first_year, series.last_year))
        .set("EDITIONS", format_number(series.events, language))
        .set("NUMBER", format_number(series.talks, language))
        .set("VIDEOS", format_number(series.with_video, language));
  auto page = archive_page(asked, "/archive/series", ArchiveSection::series, std::string(translate("Series", language)));
  page.description = translate("Conferences that come back, with all their editions.", language);
  return finished(asked, std::move(page), "site/archive/series_list.html", view);
}

Result<Made> archive_series(const Asked& asked) {
  const std::string_view language = asked.language;
  TRY_ASSIGN(const auto series, events::find_series(asked.tx, asked.request.param("name")));
  if (!series) return fail(ErrorCode::not_found, "There is no such series.");
  TRY_ASSIGN(const auto editions, archive::count_events(asked.tx, series->id));
  if (editions.empty()) return fail(ErrorCode::not_found, "There is no such series.");
  const Filter filter{.series = series->id};
  const std::string path = "/archive/series/" + series->slug;
  const std::string title = series->title.in(language).empty() ? series->slug : series->title.in(language);
  TRY_ASSIGN(const auto sums, archive::sums_of(asked.tx, filter));
  html::View view;
  view.set("TITLE", title).set("SUMS", sums_text(sums, language));
  if (auto text = html::markdown(series->description.in(language)); !text.empty()) view.add("DESCRIPTION").set_html("DESCRIPTION_HTML", text);
  for (const auto& edition : editions) {
    auto& row = view.add("EDITION");
    row.set("HREF", event_href(asked.language, edition.slug)).set("NAME", title_of(edition, language));
    row.set("YEAR_TEXT", edition.year == 0 ? std::string("–") : std::to_string(edition.year)).set("NUMBER", format_number(edition.talks, language));
    row.set("VIDEOS", format_number(edition.with_video, language)).set("HOURS", hours_text(edition.length, language));
    if (const auto when = days_of(edition, language); !when.empty()) row.add("WHEN").set("WHEN_TEXT", when);
  }
  TRY(fill_years(view, asked, filter));
  TRY_ASSIGN(const auto languages, archive::languages_by_year(asked.tx, series->id));
  fill_shares(view, asked, languages, language_words,
              {std::string(translate("Languages over the years", language)), std::string(translate("Language", language))});
  constexpr int topics = 6;
  TRY_ASSIGN(const auto topics_by_year, archive::tags_by_year(asked.tx, series->id, topics));
  fill_shares(view, asked, topics_by_year, as_it_is, {std::string(translate("Topics over the years", language)), std::string(translate("Topic", language))});
  TRY_ASSIGN(const auto tags, archive::count_tags(asked.tx, filter, most_tags));
  fill_tags(view, asked, tags);
  TRY_ASSIGN(const auto heard, archive::count_most_heard(asked.tx, filter, most_heard));
  fill_most_heard(view, asked, heard);
  TRY(fill_list(view, asked, path, filter));
  auto page = archive_page(asked, path, ArchiveSection::series, title);
  page.trail = {archive_link(asked), {asked.prefix() + "/archive/series", std::string(translate("Series", language))}};
  page.description = translate("All editions of %1", language, {title}) + ": " + sums_text(sums, language);
  add_feed(page, path);
  return finished(asked, std::move(page), "site/archive/series.html", view);
}

Result<Made> archive_speakers(const Asked& asked) {
  const std::string_view language = asked.language;
  constexpr std::size_t longest = 60;
  const std::string starts = ellipsis(tidy_line(asked.request.query.get("starts")), longest);
  const archive::Page page_of{.number = asked.page_number(), .size = 120};
  const std::string folded = fold(starts);
  TRY_ASSIGN(const auto people, archive::list_speakers(asked.tx, folded, page_of));
  TRY_ASSIGN(const auto total, archive::count_speakers(asked.tx, folded));
  if (people.empty() && page_of.number > 1) return fail(ErrorCode::not_found, "There is no such page.");
  html::View view;
  const std::string path = "/archive/speakers", own = asked.prefix() + path;
  view.set("ACTION", own).set("STARTS", starts);
  for (char letter = 'a'; letter <= 'z'; ++letter) {
    auto& item = view.add("LETTER");
    item.set("HREF", own + "?starts=" + std::string(1, letter)).set("LETTER_TEXT", std::string(1, static_cast<char>(letter - 'a' + 'A')));
    item.show_if(folded == std::string(1, letter), "HERE");
  }
  if (starts.empty() && page_of.number == 1) {
    TRY_ASSIGN(const auto heard, archive::count_most_heard(asked.tx, {}, most_heard));
    fill_most_heard(view, asked, heard);
  }
  view.show_if(people.empty(), "NO_SPEAKERS");
  for (const auto& one : people)
    view.add("PERSON")
        .set("HREF", speaker_href(asked.language, one.speaker.slug))
        .set("NAME", one.speaker.name)
        .set("YEARS", years_text(one.first_year, one.last_year))
        .set("NUMBER", format_number(one.talks, language));
  fill_pager(view, own, starts.empty() ? "?" : "?starts=" + percent_encoded(starts) + "&", page_of.number, page_of.size, total, language);
  auto page = archive_page(asked, path, ArchiveSection::speakers, std::string(translate("Speakers", language)));
  page.indexable = starts.empty();
  return finished(asked, std::move(page), "site/archive/speakers.html", view);
}

Result<Made> archive_speaker(const Asked& asked) {
  const std::string_view language = asked.language;
  TRY_ASSIGN(const auto speaker, archive::find_speaker(asked.tx, asked.request.param("name")));
  if (!speaker) return fail(ErrorCode::not_found, "There is no such speaker.");
  if (speaker->merged_into) {
    TRY_ASSIGN(const auto other, archive::find_speaker(asked.tx, speaker->merged_into));
    if (other) return Made{.moved_to = speaker_href(asked.language, other->slug)};
  }
  if (speaker->name.empty()) return fail(ErrorCode::not_found, "There is no such speaker.");
  const Filter filter{.speaker = speaker->id};
  const std::string path = "/archive/speakers/" + speaker->slug;
  TRY_ASSIGN(const auto sums, archive::sums_of(asked.tx, filter));
  if (sums.talks == 0) return fail(ErrorCode::not_found, "There is no such speaker.");
  html::View view;
  view.set("TITLE", speaker->name).set("SUMS", sums_text(sums, language));
  if (!keeping::is_nobody(speaker->name))
    view.add("WISHES")
        .set("REMOVAL_HREF", asked.prefix() + path + "/removal")
        .set("CLAIM_HREF", asked.prefix() + path + "/claim")
        .show_if(!speaker->person, "MAY_CLAIM");
  if (!speaker->other_names.empty()) view.add("OTHER_NAMES").set("NAMES", join(speaker->other_names, ", "));
  constexpr std::int64_t enough_for_chart = 6;
  if (sums.talks >= enough_for_chart) TRY(fill_years(view, asked, filter));
  TRY_ASSIGN(const auto tags, archive::count_tags(asked.tx, filter, most_tags / 2));
  fill_tags(view, asked, tags);
  TRY(fill_list(view, asked, path, filter));
  auto page = archive_page(asked, path, ArchiveSection::speakers, speaker->name);
  page.trail = {archive_link(asked), {asked.prefix() + "/archive/speakers", std::string(translate("Speakers", language))}};
  page.description = translate("Talks by %1", language, {speaker->name}) + ": " + sums_text(sums, language);
  add_feed(page, path);
  return finished(asked, std::move(page), "site/archive/speaker.html", view);
}

Result<Made> archive_tags(const Asked& asked) {
  const std::string_view language = asked.language;
  constexpr int most = 300, topics = 6;
  TRY_ASSIGN(auto tags, archive::count_tags(asked.tx, {}, most));
  const bool all = tags.size() < static_cast<std::size_t>(most);
  std::ranges::sort(tags, {}, [&](const archive::TagCount& t) { return collation_key(t.tag.name, language); });
  html::View view;
  view.set("LEAD", all ? std::string(translate("Words that talks are filed under.", language))
                       : translate("Words that talks are filed under: the %1 most frequent.", language, {std::to_string(most)}));
  fill_tags(view, asked, tags);
  TRY_ASSIGN(const auto by_year, archive::tags_by_year(asked.tx, {}, topics));
  fill_shares(view, asked, by_year, as_it_is, {std::string(translate("Topics over the years", language)), std::string(translate("Topic", language))});
  auto page = archive_page(asked, "/archive/tags", ArchiveSection::tags, std::string(translate("Topics", language)));
  page.description = translate("Words that talks are filed under.", language);
  return finished(asked, std::move(page), "site/archive/tags.html", view);
}

Result<Made> archive_tag(const Asked& asked) {
  const std::string_view language = asked.language;
  TRY_ASSIGN(const auto tag, archive::find_tag(asked.tx, asked.request.param("name")));
  if (!tag) return fail(ErrorCode::not_found, "There is no such topic.");
  const Filter filter{.tag = tag->id};
  const std::string path = "/archive/tags/" + tag->slug;
  TRY_ASSIGN(const auto sums, archive::sums_of(asked.tx, filter));
  if (sums.talks == 0) return fail(ErrorCode::not_found, "There is no such topic.");
  html::View view;
  view.set("TITLE", tag->name).set("SUMS", sums_text(sums, language));
  TRY(fill_years(view, asked, filter));
  TRY(fill_list(view, asked, path, filter));
  auto page = archive_page(asked, path, ArchiveSection::tags, tag->name);
  page.trail = {archive_link(asked), {asked.prefix() + "/archive/tags", std::string(translate("Topics", language))}};
  page.description = translate("Talks about %1", language, {tag->name}) + ": " + sums_text(sums, language);
  add_feed(page, path);
  return finished(asked, std::move(page), "site/archive/things.html", view);
}

Result<Made> archive_language(const Asked& asked) {
  const std::string_view language = asked.language;
  const std::string& tag = asked.request.param("name");
  const Filter filter{.language = tag};
  TRY_ASSIGN(const auto sums, archive::sums_of(asked.tx, filter));
  if (sums.talks == 0) return fail(ErrorCode::not_found, "There is no talk in this language.");
  const std::string path = "/archive/languages/" + tag, title = language_words(tag, language);
  html::View view;
  view.set("TITLE", title).set("SUMS", sums_text(sums, language));
  TRY_ASSIGN(const auto shares, archive::languages_by_year(asked.tx));
  std::vector<Column> columns;
  for (const auto& share : shares)
    if (share.what == (tag == "und" ? "" : tag)) columns.push_back({.year = share.year, .value = share.talks});
  auto words = talks_by_year(language);
  words.part.clear();
  fill_columns(view, asked, std::move(columns), words);
  TRY(fill_list(view, asked, path, filter));
  auto page = archive_page(asked, path, ArchiveSection::none, title);
  page.trail = {archive_link(asked)};
  page.description = sums_text(sums, language);
  return finished(asked, std::move(page), "site/archive/things.html", view);
}

Result<Made> archive_years(const Asked& asked) {
  const std::string_view language = asked.language;
  TRY_ASSIGN(auto years, archive::count_years(asked.tx));
  TRY_ASSIGN(const auto events, archive::count_events(asked.tx));
  std::erase_if(years, [](const archive::YearCount& one) { return one.year == 0; });
  std::ranges::sort(years, std::greater<>(), &archive::YearCount::year);
  html::View view;
  view.show_if(years.empty(), "NO_TALKS").show_if(!years.empty(), "TALKS");
  TRY(fill_years(view, asked, {}));
  for (const auto& one : years)
    view.add("YEAR")
        .set("HREF", year_href(asked.language, one.year))
        .set("NAME", one.year)
        .set("EDITIONS", format_number(std::ranges::count(events, one.year, &archive::EventCount::year), language))
        .set("NUMBER", format_number(one.talks, language))
        .set("VIDEOS", format_number(one.with_video, language));
  auto page = archive_page(asked, "/archive/years", ArchiveSection::none, std::string(translate("Years", language)));
  page.trail = {archive_link(asked)};
  page.description = translate("All talks by the year in which they were given.", language);
  return finished(asked, std::move(page), "site/archive/years.html", view);
}

Result<Made> archive_year(const Asked& asked) {
  const std::string_view language = asked.language;
  const std::string& text = asked.request.param("year");
  int year = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), year);
  constexpr int first = 1900, last = 9999;
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || year < first || year > last)
    return fail(ErrorCode::not_found, "There is no such page.");
  const Filter filter{.year = year};
  TRY_ASSIGN(const auto sums, archive::sums_of(asked.tx, filter));
  if (sums.talks == 0) return fail(ErrorCode::not_found, "There is no talk of this year.");
  html::View view;
  view.set("TITLE", year).set("SUMS", sums_text(sums, language));
  TRY_ASSIGN(const auto years, archive::count_years(asked.tx));
  int earlier = 0, later = 0;
  for (const auto& one : years) {
    if (one.year < year) earlier = std::max(earlier, one.year);
    if (one.year > year && (later == 0 || one.year < later)) later = one.year;
  }
  view.show_if(earlier != 0 || later != 0, "STEPS");
  if (earlier != 0) view.add("EARLIER").set("HREF", year_href(asked.language, earlier)).set("NAME", earlier);
  if (later != 0) view.add("LATER").set("HREF", year_href(asked.language, later)).set("NAME", later);
  TRY_ASSIGN(auto events, archive::count_events(asked.tx));
  std::erase_if(events, [&](const archive::EventCount& e) { return e.year != year; });
  std::ranges::sort(events, {}, [&](const archive::EventCount& e) { return collation_key(title_of(e, language), language); });
  view.show_if(!events.empty() && asked.page_number() == 1, "EVENTS");
  for (const auto& event : events)
    view.add("EVENT_ITEM")
        .set("HREF", event_href(asked.language, event.slug))
        .set("NAME", title_of(event, language))
        .set("WHEN_TEXT", event.first ? format_date(*event.first, language, "MMMd") : "")
        .set("NUMBER", format_number(event.talks, language));
  const std::string path = "/archive/years/" + std::to_string(year);
  TRY(fill_list(view, asked, path, filter));
  auto page = archive_page(asked, path, ArchiveSection::none, std::to_string(year));
  page.trail = {archive_link(asked), {prefix_of(asked.language) + "/archive/years", std::string(translate("Years", language))}};
  page.description = translate("Conferences and talks of %1", language, {std::to_string(year)}) + ": " + sums_text(sums, language);
  return finished(asked, std::move(page), "site/archive/things.html", view);
}

}  // namespace confer::site
