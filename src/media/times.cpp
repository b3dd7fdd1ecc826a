// Reads and writes times.
#include "media/times.h"
#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include "base/text.h"

namespace confer::media {

Result<double> parse_time(std::string_view text) {
  const auto refused = [&] { return fail(ErrorCode::invalid, "“" + std::string(text) + "” is not a time; write 97.36, 1:37.36 or 0:01:37.360."); };
  const auto parts = split(text, ':');
  if (parts.empty() || parts.size() > 3) return refused();
  double seconds = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool is_last = i + 1 == parts.size();
    const auto digits = parts[i].substr(0, parts[i].find('.'));
    const auto fraction = digits.size() < parts[i].size() ? parts[i].substr(digits.size() + 1) : std::string_view{};
    const auto is_digits = [](std::string_view s) { return std::ranges::all_of(s, [](char c) { return c >= '0' && c <= '9'; }); };
    if (digits.empty() || digits.size() > 6 || fraction.size() > 9 || !is_digits(digits) || !is_digits(fraction)) return refused();
    if (!is_last && digits.size() != parts[i].size()) return refused();
    const double value = std::strtod(std::string(parts[i]).c_str(), nullptr);
    if (i > 0 && value >= 60) return refused();
    seconds = seconds * 60 + value;
  }
  return seconds;
}

std::string time_text(double seconds) {
  const auto ms = static_cast<std::int64_t>(std::llround(seconds * 1000));
  return fmt::format("{}:{:02}:{:02}.{:03}", ms / 3600000, ms / 60000 % 60, ms / 1000 % 60, ms % 1000);
}

}  // namespace confer::media
