// Frame, addresses, words and rows of the archive's pages (archive_frame.h).
#include "site/archive_frame.h"
#include <algorithm>
#include "base/text.h"
#include "html/assets.h"

namespace confer::site {

using html::Here;
using html::translate;
using html::translate_plural;

html::Page archive_page(const Asked& asked, std::string_view path, ArchiveSection section, std::string title) {
  html::Page page;
  const std::string_view language = asked.language;
  page.title = std::move(title);
  page.language = language;
  page.site_title = translate("Archive", language);
  page.home = asked.prefix() + "/archive";
  const int number = asked.page_number();
  const std::string query = number > 1 ? "?page=" + std::to_string(number) : "";
  page.canonical = std::string(asked.base_url()) + asked.prefix() + std::string(path) + query;
  if (html::languages().size() > 1)
    for (const auto& other : html::languages())
      page.alternates.push_back({other, (other == html::languages().front() ? "" : "/" + other) + std::string(path) + query});
  const auto entry = [&](std::string_view href, std::string_view text, ArchiveSection of) {
    page.navigation.push_back({asked.prefix() + std::string(href), std::string(text), section != of ? Here::no : href == path ? Here::page : Here::section});
  };
  entry("/archive", translate("Newest", language), ArchiveSection::home);
  entry("/archive/series", translate("Series", language), ArchiveSection::series);
  entry("/archive/speakers", translate("Speakers", language), ArchiveSection::speakers);
  entry("/archive/tags", translate("Topics", language), ArchiveSection::tags);
  entry("/archive/search", translate("Search", language), ArchiveSection::search);
  page.footer.push_back({asked.prefix().empty() ? "/" : asked.prefix(), std::string(translate("All conferences here", language))});
  page.feeds = {{.href = "/archive/feed.atom", .type = "application/atom+xml"}, {.href = "/archive/podcast.rss", .type = "application/rss+xml"}};
  for (const std::string_view name : {"in_sight.js", "offline.js"})
    if (html::find_asset_by_name(name) != nullptr) page.scripts.emplace_back(name);
  return page;
}

Made finished(const Asked& asked, html::Page page, std::string_view template_name, const html::View& view) {
  page.body = html::render(template_name, view, page.language);
  return {.body = asked.web.chrome(page)};
}

html::Link archive_link(const Asked& asked) { return {asked.prefix() + "/archive", std::string(translate("Archive", asked.language))}; }

std::string prefix_of(std::string_view language) {
  const auto& spoken = html::languages();
  return language == spoken.front() || std::ranges::find(spoken, language) == spoken.end() ? "" : "/" + std::string(language);
}
std::string talk_href(std::string_view language, const archive::Row& row) { return prefix_of(language) + archive::path_of(row); }
std::string event_href(std::string_view language, std::string_view slug) { return prefix_of(language) + "/" + std::string(slug); }
std::string speaker_href(std::string_view language, std::string_view slug) { return prefix_of(language) + "/archive/speakers/" + std::string(slug); }
std::string tag_href(std::string_view language, std::string_view slug) { return prefix_of(language) + "/archive/tags/" + std::string(slug); }
std::string series_href(std::string_view language, std::string_view slug) { return prefix_of(language) + "/archive/series/" + std::string(slug); }
std::string year_href(std::string_view language, int year) { return prefix_of(language) + "/archive/years/" + std::to_string(year); }
std::string language_href(std::string_view language, std::string_view of_talks) {
  return prefix_of(language) + "/archive/languages/" + (of_talks.empty() ? "und" : std::string(of_talks));
}

std::string length_text(std::chrono::seconds length, std::string_view language) {
  const auto whole = std::chrono::round<std::chrono::minutes>(length).count();
  if (length.count() <= 0) return {};
  constexpr long hour = 60;
  if (whole < 1) return translate("%1 s", language, {std::to_string(length.count())});
  if (whole < hour) return translate("%1 min", language, {std::to_string(whole)});
  if (whole % hour == 0) return translate("%1 h", language, {std::to_string(whole / hour)});
  return translate("%1 h %2 min", language, {std::to_string(whole / hour), std::to_string(whole % hour)});
}

std::string iso_duration(std::chrono::seconds length) {
  const std::chrono::hh_mm_ss parts(length);
  std::string out = "PT";
  if (parts.hours().count() > 0) out += std::to_string(parts.hours().count()) + "H";
  if (parts.minutes().count() > 0) out += std::to_string(parts.minutes().count()) + "M";
  if (parts.seconds().count() > 0 || out.size() == 2) out += std::to_string(parts.seconds().count()) + "S";
  return out;
}

std::string language_words(std::string_view tag, std::string_view language) {
  if (tag.empty() || tag == "und") return std::string(translate("Language unknown", language));
  return name_of_language(tag, language);
}

std::string sums_text(const archive::Sums& sums, std::string_view language) {
  std::vector<std::string> parts = {translate_plural("%1 talk", "%1 talks", static_cast<long>(sums.talks), language)};
  if (sums.with_video > 0) parts.push_back(translate("%1 with video", language, {format_number(sums.with_video, language)}));
  if (const auto hours = std::chrono::round<std::chrono::hours>(sums.length).count(); hours > 1)
    parts.push_back(translate("%1 hours", language, {format_number(hours, language)}));
  return join(parts, ", ");
}

std::string years_text(int first, int last) {
  if (first == 0) return last == 0 ? "" : std::to_string(last);
  return first == last || last == 0 ? std::to_string(first) : std::to_string(first) + "–" + std::to_string(last);
}

void fill_row(html::View& view, std::string_view language, const archive::Row& row, const RowOptions& options) {
  view.set("HREF", talk_href(language, row)).set("TITLE", row.title.empty() ? translate("Untitled", language) : row.title);
  if (is_language_tag(row.language) && row.language != language) view.add("ROW_LANG").set("TALK_LANG", row.language);
  if (options.people && !row.speakers.empty()) {
    auto& people = view.add("ROW_PEOPLE");
    for (std::size_t i = 0; i < row.speakers.size(); ++i) {
      auto& person = people.add("PERSON");
      const auto& speaker = row.speakers[i];
      if (speaker.name.empty())
        person.add("PERSON_PLAIN").set("NAME", translate("a speaker", language));
      else
        person.add("PERSON_LINKED").set("NAME", speaker.name).set("PERSON_HREF", speaker_href(language, speaker.slug));
      person.show_if(i + 1 < row.speakers.size(), "SEPARATOR");
    }
  }
  const std::string length = length_text(row.length, language);
  if (options.event)
    view.add("ROW_EVENT")
        .set("EVENT_HREF", event_href(language, row.event_slug))
        .set("EVENT_NAME", row.event_title.in(language).empty() ? row.event_slug : row.event_title.in(language));
  if (options.day && row.day && *row.day != Date{}) view.add("ROW_DAY").set("DAY_TEXT", format_date(*row.day, language, "yMMMd"));
  if (!row.language.empty() && row.language != language) view.add("ROW_FACT").set("FACT_TEXT", language_words(row.language, language));
  if (row.has_video)
    view.add("ROW_VIDEO").set("LENGTH", length);
  else if (!length.empty())
    view.add("ROW_LENGTH").set("LENGTH", length);
  view.show_if(!row.has_video, "ROW_NO_VIDEO");
}

Result<void> fill_list(html::View& view, const Asked& asked, std::string_view path, const archive::Filter& filter, const RowOptions& options) {
  const archive::Page page{.number = asked.page_number()};
  TRY_ASSIGN(const auto list, archive::list_talks(asked.tx, filter, page));
  if (list.rows.empty() && page.number > 1) return fail(ErrorCode::not_found, "There is no such page.");
  for (const auto& row : list.rows) fill_row(view.add("TALK"), asked.language, row, options);
  view.show_if(list.rows.empty(), "NO_TALKS").show_if(!list.rows.empty(), "TALKS");
  fill_pager(view, asked.prefix() + std::string(path), "?", page.number, page.size, list.total, asked.language);
  return {};
}

void fill_pager(html::View& view, std::string_view path, std::string_view query, int page, int size, std::int64_t total, std::string_view language) {
  const auto last = static_cast<int>((total + size - 1) / size);
  if (last < 2) return;
  auto& pager = view.add("PAGER");
  const auto href = [&](int number) {
    if (number > 1) return std::string(path) + std::string(query) + "page=" + std::to_string(number);
    return std::string(path) + std::string(query.size() > 1 ? query.substr(0, query.size() - 1) : "");
  };
  const auto first_shown = static_cast<std::int64_t>(page - 1) * size + 1;
  pager.set("RANGE", translate("%1–%2 of %3", language,
                               {format_number(first_shown, language), format_number(std::min(total, first_shown + size - 1), language),
                                format_number(total, language)}));
  if (page > 1) pager.add("PREVIOUS").set("PAGE_HREF", href(page - 1));
  if (page < last) pager.add("NEXT").set("PAGE_HREF", href(page + 1));
  // The first, the last, and two on each side of this one.
  constexpr int beside = 2;
  int before = 0;
  for (int number = 1; number <= last; ++number) {
    if (number != 1 && number != last && (number < page - beside || number > page + beside)) continue;
    auto& item = pager.add("NUMBER");
    item.show_if(number != before + 1, "GAP");
    item.add(number == page ? "HERE" : "OTHER").set("PAGE_HREF", href(number)).set("PAGE_NUMBER", number);
    before = number;
  }
}

}  // namespace confer::site
