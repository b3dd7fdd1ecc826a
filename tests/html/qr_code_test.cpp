// QR codes: the finder patterns are where readers look for them, and what does not fit is refused.
#include "html/qr_code.h"
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace confer::html {
namespace {

/// The modules as the SVG draws them, row by row, '#' for black; the quiet zone included.
std::vector<std::string> modules(const std::string& svg) {
  const auto box = svg.find("viewBox=\"0 0 ") + 13;
  const auto size = static_cast<std::size_t>(std::stoi(svg.substr(box)));
  std::vector<std::string> rows(size, std::string(size, '.'));
  for (auto at = svg.find("<path"); (at = svg.find('M', at)) != std::string::npos; ++at) {
    unsigned x = 0, y = 0, length = 0;
    if (std::sscanf(svg.c_str() + at, "M%u %uh%uv1", &x, &y, &length) != 3) break;
    for (unsigned i = 0; i < length; ++i) rows.at(y).at(x + i) = '#';
  }
  return rows;
}

TEST(QrCode, svg_when_made_then_has_three_finder_patterns_in_a_quiet_zone) {
  const auto svg = qr_code_svg("https://conf.example.org/s/abcdefghijklmnopqrstuv?event=pycon-2027");
  ASSERT_TRUE(svg);
  const auto rows = modules(*svg);
  const std::vector<std::string> finder = {"#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"};
  const auto side = rows.size();
  for (std::size_t i = 0; i < finder.size(); ++i) {
    EXPECT_EQ(rows[4 + i].substr(4, 7), finder[i]);
    EXPECT_EQ(rows[4 + i].substr(side - 11, 7), finder[i]);
    EXPECT_EQ(rows[side - 11 + i].substr(4, 7), finder[i]);
  }
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(rows[i], std::string(side, '.'));
    EXPECT_EQ(rows[side - 1 - i], std::string(side, '.'));
  }
}

TEST(QrCode, svg_when_the_text_is_too_long_then_refused) {
  const auto refused = qr_code_svg(std::string(4000, 'x'));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::invalid);
}

}  // namespace
}  // namespace confer::html
