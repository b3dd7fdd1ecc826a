// How the keeper's pages tell time.
#pragma once
#include <string>
#include "base/time.h"

namespace confer::keeping {

/// "May 4, 2027, 10:30" in UTC.
inline std::string moment(Instant t) {
  const auto wall = Zone().to_wall(t);
  return format_date(std::chrono::floor<std::chrono::days>(wall), "en", "yMMMd") + ", " + clock_text(wall);
}
/// "today", "1 day ago", "12 days ago".
inline std::string age(Instant t, Instant now) {
  const auto days = std::chrono::floor<std::chrono::days>(now - t).count();
  if (days < 1) return "today";
  return days == 1 ? "1 day ago" : std::to_string(days) + " days ago";
}

}  // namespace confer::keeping
