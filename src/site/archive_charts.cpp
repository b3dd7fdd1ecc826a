// Charts over the years, drawn as SVG in percentages, so that their words keep their size on any screen (archive_frame.h).
#include <algorithm>
#include <array>
#include <map>
#include <set>
#include "base/text.h"
#include "site/archive_frame.h"

namespace confer::site {
namespace {

using html::translate;

/// The drawing, in per cent of its height: what is above stays free for figures, below stand the years.
constexpr double top = 9, bottom = 88;
/// So many colours are told apart; what comes after is "other".
constexpr std::size_t colours = 6;
constexpr int longest_gap = 40;  ///< years between two talks that are drawn as time: a wrong date in 1970 must not make a desert of it

/// "12.35"
std::string percent(double value) {
  const auto hundredths = static_cast<long>(value * 100 + 0.5);
  const auto cents = hundredths % 100;
  return std::to_string(hundredths / 100) + "." + (cents < 10 ? "0" : "") + std::to_string(cents);
}

/// Where columns stand, in per cent of the width.
struct Places {
  double step, width;
  explicit Places(std::size_t count) : step(100.0 / static_cast<double>(count)), width(std::min(step * 0.72, 9.0)) {}
  double middle(std::size_t i) const { return (static_cast<double>(i) + 0.5) * step; }
  double start(std::size_t i) const { return middle(i) - width / 2; }
};

/// A phone has room for about eight years' names: the last, and each `n`th before it.
bool always_named(std::size_t i, std::size_t count) {
  constexpr std::size_t room = 8;
  const std::size_t each = (count + room - 1) / room;
  return (count - 1 - i) % each == 0;
}

void fill_year(html::View& view, const Asked& asked, const Places& places, std::size_t i, std::size_t count, int year) {
  auto& label = view.add("YEAR");
  label.set("MIDDLE", percent(places.middle(i))).set("YEAR_TEXT", year).set("YEAR_HREF", year_href(asked.language, year));
  label.show_if(!always_named(i, count), "SOMETIMES");
}

}  // namespace

void fill_columns(html::View& view, const Asked& asked, std::vector<Column> columns, const ColumnWords& words) {
  std::erase_if(columns, [](const Column& c) { return c.year == 0; });
  std::ranges::sort(columns, std::less(), &Column::year);
  if (columns.size() < 2) return;
  std::vector<Column> all;
  for (const auto& column : columns) {
    if (!all.empty() && column.year - all.back().year <= longest_gap)
      for (int year = all.back().year + 1; year < column.year; ++year) all.push_back({.year = year});
    all.push_back(column);
  }
  const auto most = std::max<std::int64_t>(1, std::ranges::max(all, {}, &Column::value).value);
  const std::string_view language = asked.language;
  auto& chart = view.add("CHART");
  chart.set("CHART_TITLE", words.title).set("VALUE_WORD", words.value).set("PART_WORD", words.part);
  chart.set("BASE_Y", percent(bottom));
  chart.show_if(!words.part.empty(), "PARTS");
  chart.set("CHART_LABEL", translate("%1, from %2 to %3; at most %4 in a year", language,
                                     {words.title, std::to_string(all.front().year), std::to_string(all.back().year), format_number(most, language)}));
  const Places places(all.size());
  const auto tall = [&](std::int64_t value) { return (bottom - top) * static_cast<double>(value) / static_cast<double>(most); };
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto& column = all[i];
    fill_year(chart, asked, places, i, all.size(), column.year);
    if (column.value == 0) continue;
    auto& bar = chart.add("BAR");
    const double height = std::max(0.6, tall(column.value));
    bar.set("X", percent(places.start(i))).set("W", percent(places.width)).set("Y", percent(bottom - height)).set("H", percent(height));
    bar.set("MIDDLE", percent(places.middle(i))).set("TEXT_Y", percent(bottom - height - 2)).set("VALUE", format_number(column.value, language));
    if (column.part > 0) bar.add("PART").set("PART_Y", percent(bottom - tall(column.part))).set("PART_H", percent(tall(column.part)));
    auto& row = chart.add("ROW");
    row.set("YEAR_TEXT", column.year).set("YEAR_HREF", year_href(asked.language, column.year)).set("VALUE", format_number(column.value, language));
    if (!words.part.empty()) row.add("PART").set("PART_VALUE", format_number(column.part, language));
  }
}

void fill_shares(html::View& view, const Asked& asked, const std::vector<archive::YearShare>& shares, std::string (*name)(std::string_view, std::string_view),
                 const ShareWords& words) {
  std::map<std::string, std::int64_t> totals;
  std::map<int, std::map<std::string, std::int64_t>> by_year;
  for (const auto& share : shares)
    if (share.year != 0) totals[share.what] += share.talks, by_year[share.year][share.what] += share.talks;
  constexpr std::size_t least_years = 3;
  if (by_year.size() < least_years || totals.size() < 2) return;
  std::vector<std::string> names;
  for (const auto& [what, count] : totals) names.push_back(what);
  std::ranges::sort(names, [&](const auto& a, const auto& b) { return std::pair(-totals[a], a) < std::pair(-totals[b], b); });
  const std::string_view language = asked.language;
  const std::size_t shown = std::min(names.size(), colours);
  const bool has_others = names.size() > shown;
  const std::size_t rows = shown + (has_others ? 1 : 0);
  const auto row_name = [&](std::size_t row) { return row < shown ? name(names[row], language) : std::string(translate("others", language)); };
  const auto value_of = [&](const std::map<std::string, std::int64_t>& year, std::size_t row) {
    std::int64_t value = 0;
    for (std::size_t i = row; i < (row < shown ? row + 1 : names.size()); ++i)
      if (const auto found = year.find(names[i]); found != year.end()) value += found->second;
    return value;
  };
  auto& chart = view.add("SHARES");
  chart.set("CHART_TITLE", words.title).set("WHAT_WORD", words.what).set("BASE_Y", percent(bottom));
  chart.set("CHART_LABEL",
            translate("%1, from %2 to %3", language, {words.title, std::to_string(by_year.begin()->first), std::to_string(by_year.rbegin()->first)}));
  for (std::size_t row = 0; row < rows; ++row) {
    chart.add("KEY").set("KEY_CLASS", "chart-" + std::to_string(row + 1)).set("KEY_NAME", row_name(row));
    chart.add("HEAD").set("KEY_NAME", row_name(row));
  }
  const Places places(by_year.size());
  std::size_t i = 0;
  for (const auto& [year, values] : by_year) {
    std::int64_t all = 0;
    for (const auto& [what, count] : values) all += count;
    fill_year(chart, asked, places, i, by_year.size(), year);
    auto& table_row = chart.add("ROW");
    table_row.set("YEAR_TEXT", year).set("YEAR_HREF", year_href(asked.language, year));
    double y = bottom;
    for (std::size_t row = 0; row < rows; ++row) {
      const auto value = value_of(values, row);
      table_row.add("CELL").set("VALUE", value == 0 ? "–" : format_number(value, language));
      if (value == 0) continue;
      const double height = (bottom - 2) * static_cast<double>(value) / static_cast<double>(std::max<std::int64_t>(1, all));
      y -= height;
      chart.add("BOX")
          .set("BOX_CLASS", "chart-" + std::to_string(row + 1))
          .set("X", percent(places.start(i)))
          .set("W", percent(places.width))
          .set("Y", percent(y))
          .set("H", percent(height));
    }
    ++i;
  }
}

}  // namespace confer::site
