// Tests of base/text.h.
#include "base/text.h"
#include <gtest/gtest.h>

namespace confer {
namespace {

TEST(text, slugify_transliterates) {
  EXPECT_EQ(slugify("Привет, мир"), "privet-mir");
  EXPECT_EQ(slugify("Don't panic: C++ & you"), "dont-panic-c-you");
  EXPECT_EQ(slugify("日本"), "ri-ben");
  EXPECT_EQ(slugify("!?"), "");
  EXPECT_EQ(slugify("one two three", 9), "one-two");
  EXPECT_EQ(slugify("one two three", 7), "one-two");
  EXPECT_EQ(slugify("extraordinary", 5), "extra");
}

TEST(text, fold_takes_case_and_accents_away) {
  EXPECT_EQ(fold("Köln"), "koln");
  EXPECT_EQ(fold("Straße"), "strasse");
  EXPECT_EQ(fold("Łódź Ærø"), "lodz aero");
  EXPECT_EQ(fold("ＡＢＣ"), "abc");
}

}  // namespace
}  // namespace confer
