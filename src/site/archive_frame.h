// What surrounds the archive's pages, and what they have in common: rows of talks, page numbers, charts, sums.
#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include "archive/archive.h"
#include "html/page.h"
#include "html/template.h"
#include "site/archive_pages.h"
#include "site/content.h"

namespace confer::site {

/// The entry of the navigation that a page of the archive belongs to.
enum class ArchiveSection : unsigned char { none, home, series, speakers, tags, search };

/// `path` is the page's place in every language: "/archive/tags/web". The same with `?page=2` is another page.
html::Page archive_page(const Asked& asked, std::string_view path, ArchiveSection section, std::string title);
/// Draws the template into the page and the chrome around it.
Made finished(const Asked& asked, html::Page page, std::string_view template_name, const html::View& view);
html::Link archive_link(const Asked& asked);

// ---- addresses, in the language of the page
std::string prefix_of(std::string_view language);  ///< "" for the first one, and for those that the program does not speak; else "/de"
std::string talk_href(std::string_view language, const archive::Row& row);
std::string event_href(std::string_view language, std::string_view slug);
std::string speaker_href(std::string_view language, std::string_view slug);
std::string tag_href(std::string_view language, std::string_view slug);
std::string series_href(std::string_view language, std::string_view slug);
std::string year_href(std::string_view language, int year);
std::string language_href(std::string_view language, std::string_view of_talks);  ///< empty: of unknown language

// ---- words
/// "32 min", "1 h 5 min"; empty for 0.
std::string length_text(std::chrono::seconds length, std::string_view language);
/// "PT32M14S" (ISO 8601).
std::string iso_duration(std::chrono::seconds length);
/// A language's name in the page's language; "Unknown language" for none.
std::string language_words(std::string_view tag, std::string_view language);
/// "719 talks, 702 with video, 330 hours".
std::string sums_text(const archive::Sums& sums, std::string_view language);
std::string years_text(int first, int last);

// ---- parts
/// What a list of talks leaves out because its heading says it.
struct RowOptions {
  bool event = true;
  bool people = true;
  bool day = true;
};
/// Fills site/archive/row.html.
void fill_row(html::View& view, std::string_view language, const archive::Row& row, const RowOptions& options = {});
/// One page of a list: rows as TALK, and the pager. Errors: not_found – there is no such page.
Result<void> fill_list(html::View& view, const Asked& asked, std::string_view path, const archive::Filter& filter, const RowOptions& options = {});
/// Links to the pages of a list: fills site/archive/pager.html in section PAGER. `query` is what stands before "page=": "?q=x&", "?".
void fill_pager(html::View& view, std::string_view path, std::string_view query, int page, int size, std::int64_t total, std::string_view language);

/// Columns over the years: fills site/archive/chart.html in a section CHART, with its table. Nothing for less than two years.
struct Column {
  int year = 0;
  std::int64_t value = 0, part = 0;  ///< `part` of `value` is drawn stronger
};
struct ColumnWords {
  std::string title, value, part;  ///< "Talks by year", "Talks", "With video"
};
void fill_columns(html::View& view, const Asked& asked, std::vector<Column> columns, const ColumnWords& words);
/// Shares over the years, of the most frequent things: fills site/archive/shares.html in a section SHARES.
struct ShareWords {
  std::string title, what;  ///< "Languages over the years", "Language"
};
void fill_shares(html::View& view, const Asked& asked, const std::vector<archive::YearShare>& shares, std::string (*name)(std::string_view, std::string_view),
                 const ShareWords& words);

}  // namespace confer::site
