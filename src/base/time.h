// Instants and plans: the only file that turns wall time into instants and back.
#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include "base/result.h"

namespace confer {

/// A fact's time: UTC, milliseconds. Stored in columns `*_at_ms`.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
/// A plan's time: what the clock on the venue's wall shows. Stored in columns `*_local` as '2027-05-04T10:30'.
using WallTime = std::chrono::local_time<std::chrono::minutes>;
/// A calendar day. Stored as '2027-05-04'.
using Date = std::chrono::local_days;
using std::chrono::minutes;

inline std::int64_t to_ms(Instant t) { return t.time_since_epoch().count(); }
inline Instant instant_of_ms(std::int64_t ms) { return Instant{std::chrono::milliseconds{ms}}; }

/// Strict: "2027-05-04T10:30" (a 'T' or one space; optional ":00" seconds). Errors: invalid – with the text and the form expected.
Result<WallTime> parse_wall_time(std::string_view text);
Result<Date> parse_date(std::string_view text);
/// RFC 3339 with an offset or Z; fractions of a second are cut to milliseconds.
Result<Instant> parse_instant(std::string_view text);
/// An ISO 8601 date-time split into its wall time and, when one was written, its UTC offset ("Z", "+02:00", "+0200", "+02"). Seconds may be absent, and are
/// cut.
struct OffsetTime {
  WallTime wall;
  std::optional<minutes> offset;
};
Result<OffsetTime> parse_offset_time(std::string_view text);

std::string to_text(WallTime t);          ///< "2027-05-04T10:30"
std::string to_text(Date d);              ///< "2027-05-04"
std::string to_text(Instant t);           ///< "2027-05-04T08:30:00Z" (milliseconds only when not 0)
std::string clock_text(WallTime t);       ///< "10:30"
std::string offset_text(minutes offset);  ///< "+02:00"
/// "Sun, 06 Nov 1994 08:49:37 GMT", for HTTP and mail (RFC 9110 § 5.6.7).
std::string http_date(Instant t);
std::optional<Instant> parse_http_date(std::string_view text);

/// The conference day of a wall time when a day starts at `day_start_hour` (04: a party at 01:00 belongs to the evening before).
Date day_of(WallTime t, int day_start_hour);

/// An IANA time zone, by ICU's own data. Cheap to copy, safe to share between threads; conversions are a binary search, so ask as often as you like.
/// Offsets are whole minutes: the seconds that some local mean times had before 1972 are cut.
class Zone {
 public:
  /// UTC.
  Zone();
  /// Errors: invalid – not a zone that ICU knows. Links ("Asia/Calcutta") are kept as written.
  static Result<Zone> find(std::string_view name);
  /// UTC and every zone that is a place, under IANA's name of today, sorted: for choosing one.
  static const std::vector<std::string>& all_names();

  const std::string& name() const;
  /// Errors: invalid – the zone skips this wall time; conflict – it happens twice and `offset` does not say which.
  Result<Instant> to_instant(WallTime wall, std::optional<minutes> offset = {}) const;
  /// For showing plans that a change of law made impossible: a skipped time moves forward by the gap, a repeated one is its first occurrence.
  Instant to_instant_lenient(WallTime wall) const;
  /// Cut to the minute.
  WallTime to_wall(Instant t) const;
  minutes offset_at(Instant t) const;
  /// Short name at that time in a language: "CEST", "GMT+9".
  std::string short_name(Instant t, std::string_view language) const;
  /// A long name without daylight detail: "Central European Time".
  std::string long_name(std::string_view language) const;
  /// The instants in [from, to) at which the offset changes, with the offset from then on: for VTIMEZONE.
  struct Transition {
    Instant at;
    minutes before, after;
  };
  std::vector<Transition> transitions(Instant from, Instant to) const;
  bool operator==(const Zone& other) const { return name() == other.name(); }

 private:
  struct Impl;
  std::shared_ptr<const Impl> impl_;
};

/// Local start plus real length, as wall time at the end (an hour more or less across a clock change).
WallTime wall_end(const Zone& zone, WallTime start, minutes length);
/// "2027-05-04T10:30:00+02:00".
std::string rfc3339(const Zone& zone, WallTime wall);
std::string rfc3339(const Zone& zone, Instant t);

/// "Tuesday, 4 May 2027" and its short forms, Gregorian in every language, "en" meaning British English (ICU skeletons: "yMMMMEEEEd", "MMMEd", "EEEd").
std::string format_date(Date d, std::string_view language, std::string_view skeleton = "yMMMMEEEEd");
/// "4–9 May 2027", "30 April – 2 May 2027"; one day alone as that day.
std::string format_date_range(Date first, Date last, std::string_view language, std::string_view skeleton = "yMMMMd");

/// Where instants come from. Nobody else reads the machine's clock; a test sets its own.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
  static const Clock& system();
};

}  // namespace confer
