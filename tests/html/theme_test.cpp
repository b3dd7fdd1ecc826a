// Colours: contrast as WCAG computes it, and an event's stylesheet.
#include "html/theme.h"

#include <gtest/gtest.h>

#include <array>

namespace confer::html {
namespace {

TEST(Theme, contrast_when_known_then_as_published) {
  EXPECT_DOUBLE_EQ(contrast_ratio("#000000", "#ffffff").value_or(0), 21);
  EXPECT_DOUBLE_EQ(contrast_ratio("#FFFFFF", "#ffffff").value_or(0), 1);
  // #767676 is the lightest grey that passes 4.5:1 on white.
  EXPECT_NEAR(contrast_ratio("#767676", "#ffffff").value_or(0), 4.54, 0.005);
  EXPECT_NEAR(contrast_ratio("#777777", "#ffffff").value_or(0), 4.48, 0.005);
  for (const std::string_view bad : {"", "red", "#fff", "#gggggg", "#1234567"}) EXPECT_FALSE(contrast_ratio(bad, "#ffffff").has_value()) << bad;
}

TEST(Theme, colour_when_readable_then_kept_else_just_enough) {
  EXPECT_EQ(readable_colour("#175e54", "#ffffff", 4.5), "#175e54");
  for (const std::string_view colour : {"#ffff00", "#ff0000", "#ffffff", "#000000", "#808080", "#00ff80"})
    for (const std::string_view paper : {"#fcfbf8", "#161514"}) {
      const auto readable = readable_colour(colour, paper, 4.5);
      EXPECT_GE(contrast_ratio(readable, paper).value_or(0), 4.5) << colour << " on " << paper << ": " << readable;
    }
}

TEST(Theme, stylesheet_when_made_then_nothing_foreign_in_it) {
  const std::array tracks{NamedColour{"web", "#1f63c4"}, NamedColour{"x}body{", "#1f63c4"}, NamedColour{"bad", "red;}"}, NamedColour{"pale", "#ffffcc"}};
  EXPECT_EQ(theme_css("#175e54", tracks),
            ":root{--accent-light:#175e54;--accent-dark:#28a392}\n.track-web{--track-light:#1f63c4;--track-dark:#2873dd}\n.track-pale{--track-light:#818100;--"
            "track-dark:#ffffcc}\n");
  EXPECT_EQ(theme_css("url(x)", {}), "");
}

}  // namespace
}  // namespace confer::html
