// The phone and the server count alike: the same numbers stand in web/shared/digest.test.ts.
#include "programme/star_digest.h"
#include <gtest/gtest.h>
#include <algorithm>

namespace confer::programme {
namespace {

std::vector<StarMark> some() {
  return {{"QX7T9M", true, instant_of_ms(1796000000123)}, {"B3KD2P", false, instant_of_ms(1000)}, {"7WHZ4N", true, instant_of_ms(0)}};
}

TEST(StarDigest, marks_when_counted_then_as_the_phone_counts_in_any_order) {
  auto marks = some();
  EXPECT_EQ(star_part_of("QX7T9M"), 9u);
  EXPECT_EQ(star_part_of("B3KD2P"), 14u);
  StarDigest expected{};
  expected[9] = 0x5d3347f9;
  expected[14] = 0x4325f096;
  EXPECT_EQ(digest_of(marks), expected);
  std::ranges::reverse(marks);
  EXPECT_EQ(digest_of(marks), expected);
  EXPECT_EQ(digest_of({}), StarDigest{});
}

TEST(StarDigest, text_when_of_128_digits_then_read_and_else_nothing) {
  const std::string text = std::string(72, '0') + "5d3347f9" + std::string(32, '0') + "4325F096" + std::string(8, '0');
  EXPECT_EQ(parse_star_digest(text), digest_of(some()));
  EXPECT_EQ(parse_star_digest(""), std::nullopt);
  EXPECT_EQ(parse_star_digest(text + "0"), std::nullopt);
  std::string wrong = text;
  for (const char c : {'g', '-', ' ', 'x'}) {
    wrong[8] = c;
    EXPECT_EQ(parse_star_digest(wrong), std::nullopt) << c;
    wrong[8] = '0';
    wrong[15] = c;
    EXPECT_EQ(parse_star_digest(wrong), std::nullopt) << c;
    wrong[15] = '0';
  }
}

}  // namespace
}  // namespace confer::programme
