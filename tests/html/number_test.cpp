// Counts as people write them.
#include "html/number.h"
#include <gtest/gtest.h>
#include "html/language.h"
#include "html/template.h"

namespace confer::html {
namespace {

TEST(Number, count_when_of_a_thousand_or_more_then_in_groups_of_the_language) {
  EXPECT_EQ(number_text(0, "en"), "0");
  EXPECT_EQ(number_text(999, "en"), "999");
  EXPECT_EQ(number_text(2214, "en"), "2,214");
  EXPECT_EQ(number_text(2214, "de"), "2.214");
  EXPECT_EQ(number_text(-1234567, "en"), "-1,234,567");
  EXPECT_EQ(number_text(2214, "no such language"), "2,214");
  EXPECT_EQ(translate_plural("%1 talk", "%1 talks", 1007, "en"), "1,007 talks");
}

}  // namespace
}  // namespace confer::html
