// Times and lengths of a plan as text (plan_words.h).
#include "cutting/pages/plan_words.h"
#include <algorithm>
#include <charconv>
#include <cmath>
#include "base/text.h"
#include "events/organiser_frame.h"

namespace confer::cutting {
namespace {

constexpr double ms_a_second = 1000;

}  // namespace

std::optional<milliseconds> seconds_in(std::string_view typed) {
  const std::string text = replace_all(std::string(trim(typed)), ",", ".");
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  constexpr double most = 1e6;
  if (text.empty() || read.ec != std::errc{} || read.ptr != text.data() + text.size() || !(std::abs(value) < most)) return std::nullopt;
  return milliseconds(std::llround(value * ms_a_second));
}

std::string clock_with_ms(Instant at, const Zone& zone) {
  const auto part = at - std::chrono::floor<seconds>(at);
  // ".120" of "0.120"
  return footage::clock_with_seconds(at, zone) + fixed(static_cast<double>(part.count()) / ms_a_second, 3).substr(1);
}

Result<Instant> instant_of_clock(std::string_view text, Instant near, const Zone& zone) {
  const auto parts = split(trim(text), ':');
  const auto refused = [&] { return fail(ErrorCode::invalid, "“" + ellipsis(text, 40) + "” is not a time such as 10:00:30 or 10:00:30.250."); };
  if (parts.size() < 2 || parts.size() > 3) return refused();
  const auto hours = events::number_in(parts[0]), minutes = events::number_in(parts[1]);
  const auto rest = parts.size() == 3 ? seconds_in(parts[2]) : std::optional(milliseconds(0));
  constexpr int hours_a_day = 24, minutes_an_hour = 60;
  if (!hours || !minutes || !rest || *hours < 0 || *hours >= hours_a_day || *minutes < 0 || *minutes >= minutes_an_hour || *rest < milliseconds(0) ||
      *rest >= std::chrono::minutes(1))
    return refused();
  const auto day = std::chrono::floor<std::chrono::days>(zone.to_wall(near));
  Instant best{};
  for (const int other : {0, -1, 1}) {
    const WallTime wall = WallTime(day + std::chrono::days(other)) + std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
    const Instant at = zone.to_instant_lenient(wall) + *rest;
    if (best == Instant{} || std::chrono::abs(at - near) < std::chrono::abs(best - near)) best = at;
  }
  return best;
}

Result<std::vector<footage::Span>> spans_of_lines(const std::string& lines, Instant near, const Zone& zone) {
  std::vector<footage::Span> spans;
  for (const auto line : split(lines, '\n')) {
    const std::string text = replace_all(std::string(trim(line)), "–", "-");
    if (text.empty()) continue;
    const auto hyphen = text.find('-');
    if (hyphen == std::string::npos) return fail(ErrorCode::invalid, "“" + ellipsis(text, 40) + "” is no piece such as 10:12:00–10:14:30.");
    footage::Span span;
    TRY_ASSIGN(span.from, instant_of_clock(text.substr(0, hyphen), near, zone));
    TRY_ASSIGN(span.to, instant_of_clock(text.substr(hyphen + 1), near, zone));
    spans.push_back(span);
  }
  return spans;
}

Result<milliseconds> sound_offset_of(const std::string& text, double frame_rate) {
  const std::string plain = replace_all(std::string(trim(text)), "−", "-");
  const auto unit_at = std::min(plain.find_first_not_of("-0123456789"), plain.size());
  const auto number = events::number_in(plain.substr(0, unit_at));
  const auto unit = trim(std::string_view(plain).substr(unit_at));
  const bool is_frames = unit == "f" || unit == "frame" || unit == "frames";
  constexpr std::int64_t most = 10'000;
  if (!number || std::abs(*number) > most || (!is_frames && !unit.empty() && unit != "ms"))
    return fail(ErrorCode::invalid, "Between -10000 and 10000 milliseconds, or as many frames: -120 ms, 3 frames.");
  if (is_frames && frame_rate <= 0)
    return fail(ErrorCode::invalid, "How many frames a second has is known when it has been cut once. Say it in milliseconds for now.");
  const milliseconds offset(is_frames ? std::llround(static_cast<double>(*number) * ms_a_second / frame_rate) : *number);
  if (std::chrono::abs(offset) > milliseconds(most)) return fail(ErrorCode::invalid, "Between -10000 and 10000 milliseconds; so many frames are more.");
  return offset;
}

}  // namespace confer::cutting
