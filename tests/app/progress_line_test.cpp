// Long work counts on stderr, short work says nothing.
#include "app/progress_line.h"
#include <gtest/gtest.h>
#include <sstream>

namespace confer::app {
namespace {

TEST(ProgressLine, work_when_short_then_silent_and_when_long_then_counted) {
  std::ostringstream soon, late;
  ProgressLine each(soon, std::chrono::milliseconds(0)), hourly(late, std::chrono::hours(1));
  for (const auto& tell : {each.teller(), hourly.teller()}) {
    tell("talks", 3, 900);
    tell("files", 4, 0);
  }
  EXPECT_EQ(soon.str(), "  talks: 3 of 900 …\n  files: 4 …\n");
  EXPECT_EQ(late.str(), "");
}

}  // namespace
}  // namespace confer::app
