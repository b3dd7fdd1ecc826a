// When a speaker is there, as an organiser's form shows and sends it (organiser_availability_form.h).
#include "programme/organiser_availability_form.h"
#include <algorithm>
#include "base/text.h"
#include "events/organiser_form.h"

namespace confer::programme {
namespace {

OpeningWindow whole(Date day, int day_start_hour) {
  const WallTime begin = WallTime(day + std::chrono::hours(day_start_hour));
  return {begin, begin + std::chrono::days(1)};
}

/// "01:30" of a day that begins at 04:00 is the night after it.
Result<WallTime> time_on(Date day, std::string_view clock, int day_start_hour) {
  TRY_ASSIGN(WallTime t, parse_wall_time(to_text(day) + "T" + std::string(clock)));
  return t < whole(day, day_start_hour).from ? t + std::chrono::days(1) : t;
}

/// Sorted, and what touches made one.
std::vector<OpeningWindow> merged(std::vector<OpeningWindow> windows) {
  std::ranges::sort(windows, {}, &OpeningWindow::from);
  std::vector<OpeningWindow> out;
  for (const auto& window : windows)
    if (!out.empty() && window.from <= out.back().to)
      out.back().to = std::max(out.back().to, window.to);
    else
      out.push_back(window);
  return out;
}

std::vector<OpeningWindow> without(const std::vector<OpeningWindow>& windows, const OpeningWindow& gap) {
  std::vector<OpeningWindow> out;
  for (const auto& window : windows) {
    if (gap.to <= window.from || window.to <= gap.from) {
      out.push_back(window);
      continue;
    }
    if (window.from < gap.from) out.push_back({window.from, gap.from});
    if (gap.to < window.to) out.push_back({gap.to, window.to});
  }
  return out;
}

/// No window at all means "always": who is never there gets one in which nothing takes place.
std::vector<OpeningWindow> never(const std::vector<Date>& days, int day_start_hour) {
  const WallTime begin = whole(days.front(), day_start_hour).from;
  return {{begin - minutes(1), begin}};
}

std::string day_in_words(Date day) { return format_date(day, "en", "MMMEd"); }

}  // namespace

DaysThere days_there(std::vector<OpeningWindow> windows, const std::vector<Date>& days, int day_start_hour) {
  DaysThere there;
  const bool always = windows.empty();
  windows = merged(std::move(windows));
  for (Date day : days) {
    DayThere one{.day = day};
    if (!always) {
      const auto bounds = whole(day, day_start_hour);
      std::vector<OpeningWindow> here;
      for (const auto& window : windows)
        if (window.from < bounds.to && bounds.from < window.to) here.push_back({std::max(window.from, bounds.from), std::min(window.to, bounds.to)});
      one.away = here.empty();
      if (!here.empty() && here.front().from != bounds.from) one.from = clock_text(here.front().from);
      if (!here.empty() && here.back().to != bounds.to) one.until = clock_text(here.back().to);
      for (std::size_t i = 1; i < here.size(); ++i) there.gaps.push_back({here[i - 1].to, here[i].from});
    }
    there.days.push_back(std::move(one));
  }
  return there;
}

Result<std::vector<OpeningWindow>> windows_in_form(const http::Fields& form, const std::vector<Date>& days, int day_start_hour) {
  std::vector<FieldProblem> problems;
  std::vector<OpeningWindow> windows, all;
  for (Date day : days) {
    const auto field = [&](std::string_view name) { return std::string(name) + "_" + to_text(day); };
    const auto bounds = whole(day, day_start_hour);
    all.push_back(bounds);
    if (form.has(field("away"))) continue;
    OpeningWindow window = bounds;
    for (auto [name, end] : {std::pair{"from", &window.from}, {"until", &window.to}}) {
      const auto typed = trim(form.get(field(name)));
      if (typed.empty()) continue;
      if (auto t = time_on(day, typed, day_start_hour); t)
        *end = *t;
      else
        problems.push_back({field(name), t.error().message});
    }
    if (window.to <= window.from)
      problems.push_back({field("until"), day_in_words(day) + ": “until” must be later than “from”."});
    else
      windows.push_back(window);
  }
  for (std::string_view line : split(form.get("gaps"), '\n')) {
    if (trim(line).empty()) continue;
    if (auto gap = events::window_of_line(line); gap)
      windows = without(windows, {gap->first, gap->second});
    else
      problems.push_back({"gaps", gap.error().message});
  }
  if (!problems.empty()) return std::unexpected(Error{ErrorCode::invalid, "Some fields need another look.", {}, {}, std::move(problems)});
  windows = merged(std::move(windows));
  if (windows == merged(all)) return std::vector<OpeningWindow>{};
  if (windows.empty() && !days.empty()) return never(days, day_start_hour);
  return windows;
}

std::vector<OpeningWindow> windows_away_on(std::vector<OpeningWindow> windows, Date day, const std::vector<Date>& days, int day_start_hour) {
  if (windows.empty())
    for (Date other : days) windows.push_back(whole(other, day_start_hour));
  auto there = without(merged(std::move(windows)), whole(day, day_start_hour));
  if (there.empty()) return never(days, day_start_hour);
  return there;
}

std::vector<OpeningWindow> windows_only_on(Date day, const std::vector<Date>& days, int day_start_hour) {
  if (days == std::vector<Date>{day}) return {};
  return {whole(day, day_start_hour)};
}

std::string gaps_to_lines(const std::vector<OpeningWindow>& gaps) {
  std::string lines;
  for (const auto& gap : gaps) lines += events::window_to_line(gap.from, gap.to) + "\n";
  return lines;
}

std::string in_words(const DaysThere& there) {
  std::vector<std::string> words;
  for (const auto& day : there.days) {
    if (day.away) words.push_back("not " + day_in_words(day.day));
    if (!day.from.empty() || !day.until.empty())
      words.push_back(day_in_words(day.day) + (day.from.empty() ? "" : " from " + day.from) + (day.until.empty() ? "" : " until " + day.until));
  }
  for (const auto& gap : there.gaps)
    words.push_back("away " + format_date(std::chrono::floor<std::chrono::days>(gap.from), "en", "MMMEd") + " " + clock_text(gap.from) + "–" +
                    clock_text(gap.to));
  if (words.empty()) return "always";
  if (std::ranges::all_of(there.days, &DayThere::away)) return "never";
  return join(words, "; ");
}

}  // namespace confer::programme
