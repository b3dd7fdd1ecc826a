// Tests of Zone in base/time.h.
#include <gtest/gtest.h>
#include "base/time.h"

namespace confer {
namespace {

TEST(zone, berlin_keeps_summer_time_after_2037) {
  const Zone berlin = Zone::find("Europe/Berlin").value();
  const WallTime wall = parse_wall_time("2038-07-01T10:30").value();
  EXPECT_EQ(to_text(berlin.to_instant(wall).value()), "2038-07-01T08:30:00Z");
  EXPECT_EQ(rfc3339(berlin, wall), "2038-07-01T10:30:00+02:00");
  EXPECT_EQ(format_date(parse_date("2027-05-04").value(), "en"), "Tuesday, 4 May 2027");
  EXPECT_EQ(berlin.short_name(berlin.to_instant(wall).value(), "en"), "CEST");
  EXPECT_EQ(berlin.long_name("en"), "Central European Time");
}

}  // namespace
}  // namespace confer
