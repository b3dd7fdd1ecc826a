// Reading and writing dates, times and instants as text; everything that needs a zone is in zone.cpp.
#include "base/time.h"
#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include "base/text.h"

namespace confer {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hours;
using std::chrono::local_days;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::array<std::string_view, 7> weekday_names = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> month_names = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// Reads a text from left to right; once something did not fit, everything after it fails too.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}
  bool ok() const { return ok_; }
  bool done() const { return ok_ && rest_.empty(); }
  bool next_is(std::string_view any_of) const { return !rest_.empty() && any_of.contains(rest_.front()); }

  /// Exactly `count` digits.
  int number(std::size_t count) {
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (!next_is("0123456789")) {
        ok_ = false;
        return 0;
      }
      value = value * 10 + (rest_.front() - '0');
      rest_.remove_prefix(1);
    }
    return value;
  }
  /// One of the characters.
  char one_of(std::string_view any_of) {
    if (!next_is(any_of)) {
      ok_ = false;
      return '\0';
    }
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }
  bool skip(char c) {
    if (!next_is({&c, 1})) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void expect(std::string_view text) {
    if (rest_.starts_with(text))
      rest_.remove_prefix(text.size());
    else
      ok_ = false;
  }
  void need(bool condition) { ok_ = ok_ && condition; }
  /// Index of the name that stands here.
  template <std::size_t N>
  unsigned name(const std::array<std::string_view, N>& names, std::size_t length = std::string_view::npos) {
    for (unsigned i = 0; i < N; ++i) {
      const auto name = names[i].substr(0, length);
      if (!rest_.starts_with(name)) continue;
      rest_.remove_prefix(name.size());
      return i;
    }
    ok_ = false;
    return 0;
  }

  /// "2027-05-04"
  local_days date() {
    const int year = number(4);
    one_of("-");
    const int month = number(2);
    one_of("-");
    const int day = number(2);
    return date_of(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
  }
  local_days date_of(int year, unsigned month, unsigned day) {
    const year_month_day ymd{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
    need(year > 0 && ymd.ok());
    return ok_ ? local_days{ymd} : local_days{};
  }
  /// "10:30"
  minutes clock() {
    const int hour = number(2);
    one_of(":");
    const int minute = number(2);
    need(hour < 24 && minute < 60);
    return hours{hour} + minutes{minute};
  }
  /// "15" of "10:30:15"; a leap second counts as the second after it.
  seconds second() {
    const int value = number(2);
    need(value <= 60);
    return seconds{value};
  }
  /// ".25" or ",25"; nothing when there is no fraction. What is beyond milliseconds is cut.
  milliseconds fraction() {
    if (!next_is(".,")) return {};
    rest_.remove_prefix(1);
    need(next_is("0123456789"));
    int value = 0, scale = 1000;
    while (next_is("0123456789")) {
      const int digit = number(1);
      if (scale > 1) {
        scale /= 10;
        value += digit * scale;
      }
    }
    return milliseconds{value};
  }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

std::unexpected<Error> not_understood(std::string_view text, std::string_view expected) {
  return fail(ErrorCode::invalid, fmt::format("\"{}\" is not {}.", ellipsis(repair_utf8(text), 40), expected));
}

template <class Duration>
std::string date_text(std::chrono::local_time<Duration> t) {
  const year_month_day ymd{floor<days>(t)};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
}

/// "2027-05-04T08:30:00", with milliseconds when there are any.
std::string date_time_text(std::chrono::local_time<milliseconds> t) {
  const auto day = floor<days>(t);
  const std::chrono::hh_mm_ss clock{t - day};
  std::string out = fmt::format("{}T{:02}:{:02}:{:02}", date_text(day), clock.hours().count(), clock.minutes().count(), clock.seconds().count());
  if (clock.subseconds().count() != 0) out += fmt::format(".{:03}", clock.subseconds().count());
  return out;
}

class SystemClock final : public Clock {
 public:
  Instant now() const override { return floor<milliseconds>(std::chrono::system_clock::now()); }
};

}  // namespace

Result<WallTime> parse_wall_time(std::string_view text) {
  Reader in(text);
  const Date date = in.date();
  in.one_of("T ");
  const minutes clock = in.clock();
  if (in.skip(':')) in.expect("00");
  if (!in.done()) return not_understood(text, "a date and time such as 2027-05-04T10:30");
  return date + clock;
}

Result<Date> parse_date(std::string_view text) {
  Reader in(text);
  const Date date = in.date();
  if (!in.done()) return not_understood(text, "a date such as 2027-05-04");
  return date;
}

Result<Instant> parse_instant(std::string_view text) {
  Reader in(text);
  const Date date = in.date();
  in.one_of("Tt ");
  auto local = date + in.clock() + milliseconds{0};
  in.one_of(":");
  local += in.second();
  local += in.fraction();
  minutes offset{0};
  if (!in.skip('Z') && !in.skip('z')) {
    const char sign = in.one_of("+-");
    offset = in.clock() * (sign == '-' ? -1 : 1);
  }
  if (!in.done()) return not_understood(text, "a time with its offset from UTC such as 2027-05-04T10:30:00+02:00");
  return Instant{local.time_since_epoch() - offset};
}

Result<OffsetTime> parse_offset_time(std::string_view text) {
  Reader in(text);
  const Date date = in.date();
  in.one_of("Tt ");
  OffsetTime out{.wall = date + in.clock(), .offset = {}};
  if (in.skip(':')) {
    in.second();
    in.fraction();
  }
  if (in.skip('Z') || in.skip('z')) {
    out.offset = minutes{0};
  } else if (in.ok() && !in.done()) {
    const char sign = in.one_of("+-");
    const int hour = in.number(2);
    int minute = 0;
    if (in.ok() && !in.done()) {
      in.skip(':');
      minute = in.number(2);
    }
    in.need(hour < 24 && minute < 60);
    out.offset = (hours{hour} + minutes{minute}) * (sign == '-' ? -1 : 1);
  }
  if (!in.done()) return not_understood(text, "a date and time such as 2027-05-04T10:30:00+02:00");
  return out;
}

std::string to_text(WallTime t) { return date_text(t) + "T" + clock_text(t); }

std::string to_text(Date d) { return date_text(d); }

std::string to_text(Instant t) { return date_time_text(std::chrono::local_time<milliseconds>{t.time_since_epoch()}) + "Z"; }

std::string clock_text(WallTime t) {
  const auto minute_of_day = (t - floor<days>(t)).count();
  return fmt::format("{:02}:{:02}", minute_of_day / 60, minute_of_day % 60);
}

std::string offset_text(minutes offset) {
  const auto size = std::abs(offset.count());
  return fmt::format("{}{:02}:{:02}", offset.count() < 0 ? '-' : '+', size / 60, size % 60);
}

std::string http_date(Instant t) {
  const auto day = floor<days>(t);
  const year_month_day ymd{day};
  const std::chrono::hh_mm_ss clock{floor<seconds>(t) - day};
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", weekday_names[std::chrono::weekday{day}.c_encoding()].substr(0, 3),
                     static_cast<unsigned>(ymd.day()), month_names[static_cast<unsigned>(ymd.month()) - 1], static_cast<int>(ymd.year()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count());
}

std::optional<Instant> parse_http_date(std::string_view text) {
  // RFC 9110 § 5.6.7: the fixed form, and the two obsolete ones that a recipient must still read.
  const auto comma = text.find(',');
  Reader in(text);
  int year = 0;
  unsigned month = 0, day = 0;
  std::chrono::milliseconds clock{0};
  const auto read_clock = [&] {
    clock = in.clock();
    in.one_of(":");
    clock += in.second();
  };
  if (comma == 3) {  // Sun, 06 Nov 1994 08:49:37 GMT
    in.name(weekday_names, 3);
    in.expect(", ");
    day = static_cast<unsigned>(in.number(2));
    in.expect(" ");
    month = in.name(month_names) + 1;
    in.expect(" ");
    year = in.number(4);
    in.expect(" ");
    read_clock();
    in.expect(" GMT");
  } else if (comma != std::string_view::npos) {  // Sunday, 06-Nov-94 08:49:37 GMT
    in.name(weekday_names);
    in.expect(", ");
    day = static_cast<unsigned>(in.number(2));
    in.expect("-");
    month = in.name(month_names) + 1;
    in.expect("-");
    year = in.number(2);
    year += year < 70 ? 2000 : 1900;
    in.expect(" ");
    read_clock();
    in.expect(" GMT");
  } else {  // Sun Nov  6 08:49:37 1994
    in.name(weekday_names, 3);
    in.expect(" ");
    month = in.name(month_names) + 1;
    in.expect(" ");
    day = static_cast<unsigned>(in.skip(' ') ? in.number(1) : in.number(2));
    in.expect(" ");
    read_clock();
    in.expect(" ");
    year = in.number(4);
  }
  const Date date = in.date_of(year, month, day);
  if (!in.done()) return std::nullopt;
  return Instant{date.time_since_epoch() + clock};
}

Date day_of(WallTime t, int day_start_hour) { return floor<days>(t - hours{day_start_hour}); }

WallTime wall_end(const Zone& zone, WallTime start, minutes length) { return zone.to_wall(zone.to_instant_lenient(start) + length); }

std::string rfc3339(const Zone& zone, WallTime wall) { return rfc3339(zone, zone.to_instant_lenient(wall)); }

std::string rfc3339(const Zone& zone, Instant t) {
  const minutes offset = zone.offset_at(t);
  return date_time_text(std::chrono::local_time<milliseconds>{t.time_since_epoch() + offset}) + offset_text(offset);
}

const Clock& Clock::system() {
  static const SystemClock clock;
  return clock;
}

}  // namespace confer
