// Markdown: what is kept, what is made harmless.
#include "html/markdown.h"

#include <gtest/gtest.h>

namespace confer::html {
namespace {

struct Row {
  std::string_view text, html;
};

TEST(Markdown, text_when_plain_marks_then_html) {
  for (const auto& [text, html] : std::vector<Row>{
           {"*a* **b** `c<d`", "<p><em>a</em> <strong>b</strong> <code>c&lt;d</code></p>\n"},
           {"~~gone~~", "<p><del>gone</del></p>\n"},
           {"- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"},
           {"a  \nb", "<p>a<br />\nb</p>\n"},
           {"", ""},
           {"|a|\n|-|\n|b|", "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>b</td>\n</tr>\n</tbody>\n</table>\n"},
       })
    EXPECT_EQ(markdown(text), html);
}

TEST(Markdown, heading_when_shifted_then_below_the_pages_own) {
  EXPECT_EQ(markdown("# A\n## B\n###### C"), "<h2>A</h2>\n<h3>B</h3>\n<h4>C</h4>\n");
  EXPECT_EQ(markdown("### A\n## B\n### C\n###### D"), "<h2>A</h2>\n<h2>B</h2>\n<h3>C</h3>\n<h4>D</h4>\n");
  EXPECT_EQ(markdown("# A", 4), "<h4>A</h4>\n");
  EXPECT_EQ(markdown("# A", 1), "<h1>A</h1>\n");
}

TEST(Markdown, html_when_in_the_text_then_shown_as_typed) {
  for (const auto& [text, html] : std::vector<Row>{
           {"std::vector<int> and <script>alert(1)</script>", "<p>std::vector&lt;int&gt; and &lt;script&gt;alert(1)&lt;/script&gt;</p>\n"},
           {"<div onclick=x>\nhi\n</div>", "<p>&lt;div onclick=x&gt;\nhi\n&lt;/div&gt;</p>\n"},
           {"one<br>two<BR/>three", "<p>one<br />\ntwo<br />\nthree</p>\n"},
           {"a &lt;b&gt; &amp; <!-- c -->", "<p>a &lt;b&gt; &amp; &lt;!-- c --&gt;</p>\n"},
       })
    EXPECT_EQ(markdown(text), html);
}

TEST(Markdown, link_when_harmless_then_leaves_without_credit) {
  for (const auto& [text, html] : std::vector<Row>{
           {"[a](https://example.org/?b=1&c=2 \"T\")", "<p><a href=\"https://example.org/?b=1&amp;c=2\" title=\"T\" rel=\"nofollow noopener\">a</a></p>\n"},
           {"[**a** b](/venue)", "<p><a href=\"/venue\" rel=\"nofollow noopener\"><strong>a</strong> b</a></p>\n"},
           {"https://example.org", "<p><a href=\"https://example.org\" rel=\"nofollow noopener\">https://example.org</a></p>\n"},
           {"<mailto:a@example.org>", "<p><a href=\"mailto:a@example.org\" rel=\"nofollow noopener\">mailto:a@example.org</a></p>\n"},
           {"[a](#top)", "<p><a href=\"#top\" rel=\"nofollow noopener\">a</a></p>\n"},
           {"[a](</ü \"'<>>)", "<p>[a](&lt;/ü &quot;'&lt;&gt;&gt;)</p>\n"},
       })
    EXPECT_EQ(markdown(text), html);
}

TEST(Markdown, link_when_it_could_run_or_deceive_then_text) {
  for (const std::string_view text : {"[a](javascript:alert%281%29)", "[a](JAVASCRIPT:x)", "[a](data:text/html,x)", "[a](vbscript:x)", "[a](//evil.example)",
                                      "[a](file:///etc)", "[a](java&#10;script:x)", "[a](\\\\evil)", "[a](/\\evil.example)"})
    EXPECT_EQ(markdown(text), "<p>a</p>\n") << text;
}

TEST(Markdown, image_when_secure_or_ours_then_kept_else_its_text) {
  for (const auto& [text, html] : std::vector<Row>{
           {"![a *b*](https://example.org/a.png)", "<p><img src=\"https://example.org/a.png\" alt=\"a b\" loading=\"lazy\"></p>\n"},
           {"![\"<](/files/a.png)", "<p><img src=\"/files/a.png\" alt=\"&quot;&lt;\" loading=\"lazy\"></p>\n"},
           {"![plan](http://example.org/a.png)", "<p>plan</p>\n"},
           {"![plan](data:image/png;base64,AA)", "<p>plan</p>\n"},
           {"![plan](//example.org/a.png)", "<p>plan</p>\n"},
           {"[![a](/a.png)](https://example.org)",
            "<p><a href=\"https://example.org\" rel=\"nofollow noopener\"><img src=\"/a.png\" alt=\"a\" loading=\"lazy\"></a></p>\n"},
           {"![x [y](https://e.org) z](/a.png)", "<p><img src=\"/a.png\" alt=\"x y z\" loading=\"lazy\"></p>\n"},
       })
    EXPECT_EQ(markdown(text), html);
}

TEST(Markdown, table_when_its_cells_hold_links_images_or_breaks_then_they_are_kept) {
  EXPECT_EQ(markdown("|a|\n|-|\n|[x](https://e.org) one<br>two ![p](/p.png) <i>q</i> [j](javascript:x)|"),
            "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td><a href=\"https://e.org\" rel=\"nofollow noopener\">x</a> one<br />\n"
            "two <img src=\"/p.png\" alt=\"p\" loading=\"lazy\"> &lt;i&gt;q&lt;/i&gt; j</td>\n</tr>\n</tbody>\n</table>\n");
  EXPECT_EQ(markdown_summary("|a|\n|-|\n|one<br>two|", 50), "a one two");
}

TEST(Markdown, bytes_when_broken_or_zero_then_replaced) {
  EXPECT_EQ(markdown("a\xff b"), "<p>a\xEF\xBF\xBD b</p>\n");
  EXPECT_EQ(markdown(std::string_view("a\0b", 3)),
            "<p>a\xEF\xBF\xBD"
            "b</p>\n");
}

TEST(Markdown, text_when_deeply_nested_then_ends) {
  EXPECT_FALSE(markdown(std::string(20000, '>') + "a").empty());
  EXPECT_FALSE(markdown(std::string(20000, '[')).empty());
  EXPECT_FALSE(markdown(std::string(20000, '*') + "a" + std::string(20000, '_')).empty());
}

TEST(MarkdownSummary, text_when_summed_up_then_one_plain_line) {
  EXPECT_EQ(markdown_summary("# Hello\n\nThis is *very*\n[good](https://x.example) `code`.\n\n- one\n- two", 100), "Hello This is very good code. one two");
  EXPECT_EQ(markdown_summary("vector<int> <b>x</b>", 100), "vector<int> <b>x</b>");
  EXPECT_EQ(markdown_summary("|a|b|\n|-|-|\n|c|d|", 100), "a b c d");
  EXPECT_EQ(markdown_summary("One two three four", 9), "One two…");
  EXPECT_EQ(markdown_summary("", 9), "");
}

TEST(Escape, text_when_shown_then_marks_are_text) {
  EXPECT_EQ(escape("<a b=\"c\">'&\n"), "&lt;a b=&quot;c&quot;&gt;&#39;&amp;\n");
  EXPECT_EQ(escape_text("a\n<b>"), "a<br>\n&lt;b&gt;");
}

}  // namespace
}  // namespace confer::html
