// Where a recording's start is from, and the nights on which clocks change.
#include "footage/start.h"
#include <gtest/gtest.h>

namespace confer::footage {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

const Zone berlin = Zone::find("Europe/Berlin").value();
Instant at(std::string_view text) { return parse_instant(text).value(); }
NamedTime named(std::string_view wall, int second, bool is_utc = false) {
  return {.wall = parse_wall_time(wall).value() + seconds(second), .is_utc = is_utc, .room = {}, .stream = {}};
}

TEST(Start, when_several_sources_then_name_before_container_before_file) {
  Told told{.named = named("2027-05-04T10:30", 5), .recorded_at = at("2027-05-04T08:00:00Z"), .modified_at = at("2027-05-04T09:00:00Z"), .length = hours(1)};
  auto start = start_of(told, berlin);
  EXPECT_EQ(start.at, at("2027-05-04T08:30:05Z"));
  EXPECT_EQ(start.source, StartSource::name);
  EXPECT_EQ(start.doubt, "");
  told.named->is_utc = true;
  EXPECT_EQ(start_of(told, berlin).at, at("2027-05-04T10:30:05Z"));
  told.named.reset();
  start = start_of(told, berlin);
  EXPECT_EQ(start.at, at("2027-05-04T08:00:00Z"));
  EXPECT_EQ(start.source, StartSource::container);
  told.recorded_at.reset();
  told.modified_at = at("2027-05-04T09:30:00Z");
  start = start_of(told, berlin);
  EXPECT_EQ(start.at, at("2027-05-04T08:30:00Z"));
  EXPECT_EQ(start.source, StartSource::file_time);
  told.length.reset();
  EXPECT_EQ(start_of(told, berlin).at, std::nullopt);
  EXPECT_EQ(start_of(told, berlin).source, StartSource::unknown);
}

TEST(Start, when_the_night_has_the_time_twice_then_the_container_decides) {
  Told told{.named = named("2027-10-31T02:30", 7), .recorded_at = at("2027-10-31T01:30:09Z"), .modified_at = {}, .length = {}};
  auto start = start_of(told, berlin);
  EXPECT_EQ(start.at, at("2027-10-31T01:30:07Z"));
  EXPECT_EQ(start.source, StartSource::name);
  EXPECT_EQ(start.doubt, "That night has this time twice in Europe/Berlin: the second was taken, by what the recorder wrote into it.");
  told.recorded_at = at("2027-10-31T00:30:09Z");
  EXPECT_EQ(start_of(told, berlin).at, at("2027-10-31T00:30:07Z"));
  told.recorded_at.reset();
  told.modified_at = at("2027-10-31T02:31:00Z");
  told.length = hours(1);
  start = start_of(told, berlin);
  EXPECT_EQ(start.at, at("2027-10-31T01:30:07Z"));
  EXPECT_EQ(start.doubt, "That night has this time twice in Europe/Berlin: the second was taken, by the file’s time.");
  told.length.reset();
  start = start_of(told, berlin);
  EXPECT_EQ(start.at, at("2027-10-31T00:30:07Z"));
  EXPECT_EQ(start.doubt, "That night has this time twice in Europe/Berlin: the first was taken, nothing else tells.");
  // Half an hour at Lord Howe Island.
  told.named = named("2027-04-04T01:45", 0);
  told.recorded_at = at("2027-04-03T15:15:00Z");
  EXPECT_EQ(start_of(told, Zone::find("Australia/Lord_Howe").value()).at, at("2027-04-03T15:15:00Z"));
}

TEST(Start, when_the_night_skips_the_time_then_the_container_decides) {
  Told told{.named = named("2027-03-28T02:30", 0), .recorded_at = at("2027-03-28T01:30:02Z"), .modified_at = {}, .length = {}};
  auto start = start_of(told, berlin);
  EXPECT_EQ(start.at, at("2027-03-28T01:30:02Z"));
  EXPECT_EQ(start.source, StartSource::container);
  EXPECT_EQ(start.doubt, "That night has no such time in Europe/Berlin: the start is by what the recorder wrote into it.");
  told.recorded_at.reset();
  start = start_of(told, berlin);
  EXPECT_EQ(start.at, at("2027-03-28T01:30:00Z"));
  EXPECT_EQ(start.source, StartSource::name);
  EXPECT_EQ(start.doubt, "That night has no such time in Europe/Berlin: it was read as the clock before the change.");
}

TEST(Start, exactness_when_whole_seconds_then_a_second) {
  EXPECT_EQ(exactness_of(StartSource::name, at("2027-05-04T08:00:00Z")), milliseconds(999));
  EXPECT_EQ(exactness_of(StartSource::container, at("2027-05-04T08:00:00.500Z")), milliseconds(40));
  EXPECT_EQ(exactness_of(StartSource::file_time, at("2027-05-04T08:00:00.500Z")), seconds(2));
}

}  // namespace
}  // namespace confer::footage
