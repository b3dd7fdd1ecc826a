// When a speaker is there, as an organiser's form shows and sends it: day by day, with gaps.
#pragma once
#include <string>
#include <vector>
#include "http/message.h"
#include "programme/model.h"

namespace confer::programme {

/// One day of the event; it begins at the event's own hour. Times are clock texts, empty: from its beginning, to its end.
struct DayThere {
  Date day{};
  bool away = false;
  std::string from, until;
  bool operator==(const DayThere&) const = default;
};
struct DaysThere {
  std::vector<DayThere> days;
  std::vector<OpeningWindow> gaps;  ///< within days: away in between
  bool operator==(const DaysThere&) const = default;
};

/// What stored windows mean day by day; no windows: there on all days.
DaysThere days_there(std::vector<OpeningWindow> windows, const std::vector<Date>& days, int day_start_hour);
/// The windows to store: none when the speaker is there all the time. Never there is one window before the first day.
/// Errors: invalid – "until" not after "from", or a gap not written as two times; by field ("from_2027-05-04", "gaps").
Result<std::vector<OpeningWindow>> windows_in_form(const http::Fields& form, const std::vector<Date>& days, int day_start_hour);
/// The same on all days but that one. Never there is as above.
std::vector<OpeningWindow> windows_away_on(std::vector<OpeningWindow> windows, Date day, const std::vector<Date>& days, int day_start_hour);
/// There on that day, all of it, and on no other.
std::vector<OpeningWindow> windows_only_on(Date day, const std::vector<Date>& days, int day_start_hour);
/// "2027-05-04 12:00–13:00", one line a gap.
std::string gaps_to_lines(const std::vector<OpeningWindow>& gaps);
/// "always", "never", or "Tue, 4 May from 14:00; not Wed, 5 May".
std::string in_words(const DaysThere& there);

}  // namespace confer::programme
