// Tests of base/time.h without zones: reading and writing.
#include "base/time.h"
#include <gtest/gtest.h>
#include "support/property.h"

namespace confer {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;

std::string read_wall(std::string_view text) {
  auto read = parse_wall_time(text);
  return read ? to_text(*read) : std::string(name_of(read.error().code)) + ": " + read.error().message;
}

std::string read_date(std::string_view text) {
  auto read = parse_date(text);
  return read ? to_text(*read) : std::string(name_of(read.error().code)) + ": " + read.error().message;
}

std::string read_instant(std::string_view text) {
  auto read = parse_instant(text);
  return read ? to_text(*read) : std::string(name_of(read.error().code));
}

std::string read_offset(std::string_view text) {
  auto read = parse_offset_time(text);
  if (!read) return std::string(name_of(read.error().code));
  return to_text(read->wall) + (read->offset ? " " + offset_text(*read->offset) : " none");
}

std::string read_http(std::string_view text) {
  auto read = parse_http_date(text);
  return read ? to_text(*read) : "nothing";
}

TEST(wall_time, when_well_formed_then_read) {
  EXPECT_EQ(read_wall("2027-05-04T10:30"), "2027-05-04T10:30");
  EXPECT_EQ(read_wall("2027-05-04 10:30"), "2027-05-04T10:30");
  EXPECT_EQ(read_wall("2027-05-04T10:30:00"), "2027-05-04T10:30");
  EXPECT_EQ(read_wall("2028-02-29T23:59"), "2028-02-29T23:59");
  EXPECT_EQ(read_wall("1969-12-31T00:00"), "1969-12-31T00:00");
}

TEST(wall_time, when_malformed_then_refused_with_the_form_expected) {
  EXPECT_EQ(read_wall("tomorrow"), "invalid: \"tomorrow\" is not a date and time such as 2027-05-04T10:30.");
  for (const char* bad : {"",
                          "2027-05-04",
                          "2027-05-04T",
                          "2027-05-04  10:30",
                          "2027-05-04T10:30:01",
                          "2027-05-04T10:30Z",
                          "2027-05-04T10:30 ",
                          " 2027-05-04T10:30",
                          "2027-02-29T10:30",
                          "2027-13-01T10:30",
                          "2027-00-01T10:30",
                          "2027-05-00T10:30",
                          "2027-05-04T24:00",
                          "2027-05-04T10:60",
                          "2027-5-4T10:30",
                          "0000-05-04T10:30",
                          "2027-05-04T1:30",
                          "2027-05-04T+1:30",
                          "２027-05-04T10:30",
                          "2027-05-04T10:30:"})
    EXPECT_EQ(read_wall(bad).substr(0, 8), "invalid:") << bad;
}

TEST(date, read_and_refused) {
  EXPECT_EQ(read_date("2027-05-04"), "2027-05-04");
  EXPECT_EQ(read_date("2027-05-4"), "invalid: \"2027-05-4\" is not a date such as 2027-05-04.");
  EXPECT_EQ(read_date("2027-05-04T10:30"), "invalid: \"2027-05-04T10:30\" is not a date such as 2027-05-04.");
  EXPECT_EQ(read_date(std::string(3000, 'x')), "invalid: \"" + std::string(39, 'x') + "…\" is not a date such as 2027-05-04.");
}

TEST(instant, reads_rfc_3339) {
  EXPECT_EQ(read_instant("2027-05-04T10:30:00+02:00"), "2027-05-04T08:30:00Z");
  EXPECT_EQ(read_instant("2027-05-04T10:30:00-04:30"), "2027-05-04T15:00:00Z");
  EXPECT_EQ(read_instant("2027-05-04t10:30:00z"), "2027-05-04T10:30:00Z");
  EXPECT_EQ(read_instant("2027-05-04 10:30:00Z"), "2027-05-04T10:30:00Z");
  EXPECT_EQ(read_instant("2027-05-04T10:30:00.5Z"), "2027-05-04T10:30:00.500Z");
  EXPECT_EQ(read_instant("2027-05-04T10:30:00.0129999999999Z"), "2027-05-04T10:30:00.012Z");
  EXPECT_EQ(read_instant("1969-12-31T23:59:59.999Z"), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(read_instant("2016-12-31T23:59:60Z"), "2017-01-01T00:00:00Z");
  for (const char* bad : {"2027-05-04T10:30:00", "2027-05-04T10:30Z", "2027-05-04T10:30:00.Z", "2027-05-04T10:30:61Z", "2027-05-04T10:30:00+0200",
                          "2027-05-04T10:30:00+24:00", "2027-05-04T10:30:00Zx", ""})
    EXPECT_EQ(read_instant(bad), "invalid") << bad;
}

TEST(offset_time, reads_what_schedules_write) {
  EXPECT_EQ(read_offset("2019-08-21T10:30:00+02:00"), "2019-08-21T10:30 +02:00");
  EXPECT_EQ(read_offset("2019-08-21T10:30:00+0200"), "2019-08-21T10:30 +02:00");
  EXPECT_EQ(read_offset("2019-08-21T10:30-03"), "2019-08-21T10:30 -03:00");
  EXPECT_EQ(read_offset("2019-08-21T10:30:00Z"), "2019-08-21T10:30 +00:00");
  EXPECT_EQ(read_offset("2019-08-21T10:30:15.25"), "2019-08-21T10:30 none");
  EXPECT_EQ(read_offset("2019-08-21 10:30"), "2019-08-21T10:30 none");
  for (const char* bad :
       {"", "2019-08-21", "2019-08-21T10:30:00+2", "2019-08-21T10:30:00+02:", "2019-08-21T10:30:00+02:60", "2019-08-21T10:30:00+02:00x", "2019-08-21T10:30x"})
    EXPECT_EQ(read_offset(bad), "invalid") << bad;
}

TEST(http_date, writes_and_reads_the_three_forms) {
  const Instant example = parse_instant("1994-11-06T08:49:37Z").value();  // the example of RFC 9110 § 5.6.7
  EXPECT_EQ(http_date(example), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(http_date(example + milliseconds{999}), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(read_http("Sun, 06 Nov 1994 08:49:37 GMT"), "1994-11-06T08:49:37Z");
  EXPECT_EQ(read_http("Sunday, 06-Nov-94 08:49:37 GMT"), "1994-11-06T08:49:37Z");
  EXPECT_EQ(read_http("Sun Nov  6 08:49:37 1994"), "1994-11-06T08:49:37Z");
  EXPECT_EQ(read_http("Sun Nov 16 08:49:37 1994"), "1994-11-16T08:49:37Z");
  for (const char* bad :
       {"", "Sun, 06 Nov 1994 08:49:37", "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT ", "0", "-1"})
    EXPECT_EQ(read_http(bad), "nothing") << bad;
}

TEST(time_text, pads_and_signs) {
  EXPECT_EQ(clock_text(parse_wall_time("2027-05-04T00:05").value()), "00:05");
  EXPECT_EQ(clock_text(parse_wall_time("1969-05-04T23:05").value()), "23:05");
  EXPECT_EQ(offset_text(minutes{330}), "+05:30");
  EXPECT_EQ(offset_text(minutes{-150}), "-02:30");
  EXPECT_EQ(offset_text(minutes{0}), "+00:00");
}

TEST(conference_day, starts_at_its_own_hour) {
  const struct {
    const char* wall;
    int start;
    const char* day;
  } rows[] = {
      {"2027-05-05T01:00", 4, "2027-05-04"}, {"2027-05-05T03:59", 4, "2027-05-04"}, {"2027-05-05T04:00", 4, "2027-05-05"},
      {"2027-05-05T23:59", 4, "2027-05-05"}, {"2027-05-05T00:00", 0, "2027-05-05"}, {"2027-03-01T00:30", 6, "2027-02-28"},
      {"1970-01-01T03:00", 4, "1969-12-31"},
  };
  for (const auto& row : rows) EXPECT_EQ(to_text(day_of(parse_wall_time(row.wall).value(), row.start)), row.day) << row.wall;
}

TEST(time_text, when_written_then_read_back_equal) {
  test::for_random_cases(2000, [](test::Random& random) {
    const Instant t = instant_of_ms(random.between(-62'135'596'800'000, 253'402'300'799'999));  // years 1 to 9999
    EXPECT_EQ(parse_instant(to_text(t)), t);
    const auto whole = std::chrono::floor<std::chrono::seconds>(t);
    EXPECT_EQ(parse_http_date(http_date(t)), whole);
    const WallTime wall{std::chrono::floor<minutes>(t.time_since_epoch())};
    EXPECT_EQ(parse_wall_time(to_text(wall)), wall);
    const Date day = day_of(wall, 0);
    EXPECT_EQ(parse_date(to_text(day)), day);
    const minutes offset{random.between(-1439, 1439)};
    const auto split = parse_offset_time(to_text(wall) + ":00" + offset_text(offset)).value();
    EXPECT_EQ(split.wall, wall);
    EXPECT_EQ(split.offset, offset);
    const int start = static_cast<int>(random.between(0, 12));
    const Date conference_day = day_of(wall, start);
    EXPECT_LE(conference_day + hours{start}, wall);
    EXPECT_LT(wall, conference_day + hours{start} + days{1});
  });
}

TEST(time_text, when_text_is_random_then_nothing_breaks) {
  test::for_random_cases(5000, [](test::Random& random) {
    std::string text = "2027-05-04T10:30:00.000+02:00";
    for (auto changes = random.between(1, 3); changes > 0; --changes) {
      const auto at = static_cast<std::size_t>(random.between(0, static_cast<std::int64_t>(text.size())));
      text.replace(at, static_cast<std::size_t>(random.between(0, 3)), random.text(2));
    }
    // Whoever accepts it must be able to write it down again.
    if (auto read = parse_instant(text)) EXPECT_EQ(parse_instant(to_text(*read)), *read);
    if (auto read = parse_offset_time(text)) EXPECT_EQ(parse_wall_time(to_text(read->wall)), read->wall);
    if (auto read = parse_wall_time(text)) EXPECT_EQ(parse_wall_time(to_text(*read)), *read);
  });
}

TEST(clock, tells_a_time_that_moves_forward) {
  const Instant first = Clock::system().now();
  EXPECT_GT(first, parse_instant("2024-01-01T00:00:00Z").value());
  EXPECT_GE(Clock::system().now(), first);
}

}  // namespace
}  // namespace confer
