// Chapters of a cut (chapters.h).
#include "cutting/chapters.h"
#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>
#include "base/json_writer.h"
#include "base/text.h"

namespace confer::cutting {
namespace {

constexpr seconds least_apart{60};
constexpr int most_by_itself = 20;
constexpr seconds shortest{1};
constexpr std::size_t longest_title = 200, most_marks = 100;
constexpr std::int64_t s_per_minute = 60, s_per_hour = 3600;

std::string clock_of(milliseconds place) {
  const std::int64_t s = std::chrono::round<seconds>(std::max(place, milliseconds(0))).count();
  const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  const std::string rest = two(s % s_per_minute);
  if (s < s_per_hour) return std::to_string(s / s_per_minute) + ":" + rest;
  return std::to_string(s / s_per_hour) + ":" + two(s % s_per_hour / s_per_minute) + ":" + rest;
}

/// "2:05", "1:02:05".
std::optional<milliseconds> place_in(std::string_view clock) {
  const auto parts = split(clock, ':');
  if (parts.size() < 2 || parts.size() > 3) return std::nullopt;
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    constexpr std::size_t most_digits = 4;
    const auto part = parts[i];
    if (part.empty() || part.size() > most_digits || !std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
    const std::int64_t value = std::stoll(std::string(part));
    if (i > 0 && value >= s_per_minute) return std::nullopt;
    sum = sum * s_per_minute + value;
  }
  return seconds(sum);
}

}  // namespace

std::string to_json(const Chapters& chapters) {
  if (chapters.seen.empty() && !chapters.own) return {};
  JsonWriter w;
  w.begin_object().key("seen").begin_array();
  for (const auto& one : chapters.seen) w.begin_array().value(to_ms(one.at)).value(one.share).end_array();
  w.end_array();
  if (chapters.own) {
    w.key("own").begin_array();
    for (const auto& mark : *chapters.own) w.begin_array().value(to_ms(mark.at)).value(mark.title).end_array();
    w.end_array();
  }
  return w.end_object().take();
}

Result<Chapters> chapters_of_json(std::string_view text) {
  Chapters chapters;
  if (text.empty()) return chapters;
  try {
    const auto json = nlohmann::json::parse(text);
    for (const auto& one : json.at("seen")) chapters.seen.push_back({instant_of_ms(one.at(0).get<std::int64_t>()), one.at(1).get<double>()});
    if (json.contains("own")) {
      chapters.own.emplace();
      for (const auto& one : json.at("own")) chapters.own->push_back({instant_of_ms(one.at(0).get<std::int64_t>()), one.at(1).get<std::string>()});
    }
    return chapters;
  } catch (const nlohmann::json::exception& e) {
    return fail(ErrorCode::internal, "Stored chapters of a cut cannot be read.", e.what());
  }
}

std::vector<Chapters::Mark> marks_of_changes(const std::vector<Chapters::Change>& seen, const footage::Span& span) {
  const milliseconds apart = std::max<milliseconds>(least_apart, span.length() / most_by_itself);
  auto strongest = seen;
  std::ranges::sort(strongest, {}, [](const Chapters::Change& change) { return std::pair(-change.share, change.at); });
  std::vector<Chapters::Mark> marks;
  for (const auto& change : strongest) {
    if (change.at - span.from < least_apart || span.to - change.at < least_apart) continue;
    if (std::ranges::any_of(marks, [&](const Chapters::Mark& mark) { return std::chrono::abs(mark.at - change.at) < apart; })) continue;
    marks.push_back({.at = change.at, .title = {}});
  }
  std::ranges::sort(marks, {}, &Chapters::Mark::at);
  return marks;
}

milliseconds place_of(Instant at, const Plan& plan) {
  milliseconds gone{0};
  for (const auto& dropped : plan.dropped)
    if (at > dropped.from) gone += std::min(at, dropped.to) - dropped.from;
  return at - plan.span.from - gone;
}

Instant moment_of(milliseconds place, const Plan& plan) {
  Instant at = plan.span.from + place;
  for (const auto& dropped : plan.dropped)
    if (at >= dropped.from) at += dropped.length();
  return at;
}

std::vector<media::Chapter> in_video(std::vector<Chapters::Mark> marks, const Plan& plan, milliseconds title_card, std::string_view first) {
  std::ranges::sort(marks, {}, &Chapters::Mark::at);
  const milliseconds end = place_of(plan.span.to, plan);
  std::vector<std::pair<milliseconds, std::string>> placed{{milliseconds(0), std::string(first)}};
  for (auto& mark : marks) {
    const milliseconds place = std::max(milliseconds(0), place_of(mark.at, plan));
    if (end - place < shortest) break;
    // What would be shorter than a second gives way to what follows it.
    if (place - placed.back().first < shortest)
      placed.back().second = std::move(mark.title);
    else
      placed.emplace_back(place, std::move(mark.title));
  }
  if (placed.size() < 2) return {};
  std::vector<media::Chapter> chapters;
  constexpr double ms_per_s = 1000;
  for (auto& [place, title] : placed) {
    const auto at = chapters.empty() ? milliseconds(0) : place + title_card;
    chapters.push_back({.at = static_cast<double>(at.count()) / ms_per_s, .title = std::move(title)});
  }
  return chapters;
}

std::string to_lines(const std::vector<Chapters::Mark>& marks, const Plan& plan) {
  std::string lines;
  for (const auto& mark : marks) lines += clock_of(place_of(mark.at, plan)) + " " + mark.title + "\n";
  return lines;
}

Result<std::vector<Chapters::Mark>> marks_of_lines(std::string_view lines, const Plan& plan) {
  std::vector<Chapters::Mark> marks;
  const auto wrong = [](std::string sentence) {
    return fail(Error{ErrorCode::invalid, "Some fields need another look.", {}, {}, {{"chapters", std::move(sentence)}}});
  };
  milliseconds last{-1};
  for (std::string_view line : split(lines, '\n')) {
    line = trim(line);
    if (line.empty()) continue;
    const auto space = std::min(line.find(' '), line.size());
    const auto place = place_in(line.substr(0, space));
    std::string title = tidy_line(line.substr(space));
    const std::string shown = "“" + ellipsis(line, 40) + "”";
    if (!place || title.empty()) return wrong(shown + " is not written as: 2:05 Title");
    if (*place <= last) return wrong(shown + " must come after the chapter before it.");
    if (moment_of(*place, plan) >= plan.span.to) return wrong(shown + " begins after the end.");
    if (auto fits = check_text(title, "chapters", longest_title); !fits) return wrong(shown + ": " + fits.error().problems.front().message);
    last = *place;
    marks.push_back({.at = moment_of(*place, plan), .title = std::move(title)});
  }
  if (marks.size() > most_marks) return wrong("There are at most " + std::to_string(most_marks) + " chapters.");
  return marks;
}

}  // namespace confer::cutting
