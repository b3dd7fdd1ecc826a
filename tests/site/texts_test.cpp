// Texts of an event: rendered once, and what html/markdown.h says of them.
#include "site/texts.h"
#include <gtest/gtest.h>
#include "html/markdown.h"

namespace confer::site {
namespace {

TEST(Texts, are_what_markdown_says) {
  Texts texts;
  const std::string text = "# Tides\n\n*Why* they come, <b>twice</b> a day.";
  for (int again = 0; again < 2; ++again) {
    for (const int top : {2, 3, 4}) EXPECT_EQ(texts.html(text, top), html::markdown(text, top));
    EXPECT_EQ(texts.html(text), html::markdown(text));
    for (const std::size_t max : {8U, 20U, 300U}) EXPECT_EQ(texts.summary(text, max), html::markdown_summary(text, max));
    EXPECT_EQ(texts.html(""), "");
  }
}

TEST(Texts, are_rendered_once) {
  Texts texts;
  const std::string first = "one", same = "one";
  const auto* shown = &texts.html(first);
  for (int i = 0; i < 1000; ++i) texts.html("other " + std::to_string(i));
  EXPECT_EQ(shown, &texts.html(same));
  EXPECT_NE(shown, &texts.html(same, 3));
}

}  // namespace
}  // namespace confer::site
