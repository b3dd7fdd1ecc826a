// reStructuredText: what people write becomes what they mean, and nothing else.
#include "html/restructured_text.h"
#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

namespace confer::html {
namespace {

TEST(Rst, blocks_and_marks) {
  const std::vector<std::pair<std::string, std::string>> rows{
      {"One\ntwo.\n\nThree.", "<p>One\ntwo.</p>\n<p>Three.</p>\n"},
      {"Title\n=====\n\nText\n\nPart\n----\n\nMore", "<h2>Title</h2>\n<p>Text</p>\n<h3>Part</h3>\n<p>More</p>\n"},
      {"====\nOver\n====\n", "<h2>Over</h2>\n"},
      {"- a\n- b\n  c\n\n- d", "<ul>\n<li>a</li>\n<li>b\nc</li>\n<li>d</li>\n</ul>\n"},
      {"1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"},
      {"3. c", "<ol start=\"3\">\n<li>c</li>\n</ol>\n"},
      {"* a\n\n  - b", "<ul>\n<li><p>a</p>\n<ul>\n<li>b</li>\n</ul></li>\n</ul>\n"},
      {"Topics:\n- a\n- b", "<p>Topics:</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"},
      {"*a* **b** ``c *d*`` `e`", "<p><em>a</em> <strong>b</strong> <code>c *d*</code> <code>e</code></p>\n"},
      {"2 * 3 * 4, a*b, *", "<p>2 * 3 * 4, a*b, *</p>\n"},
      {R"(\*a\* C:\\)", "<p>*a* C:\\</p>\n"},
      {"`Home <https://example.org/?a=1&b=2>`_.", "<p><a href=\"https://example.org/?a=1&amp;b=2\" rel=\"nofollow noopener\">Home</a>.</p>\n"},
      {"`Home`_ and Home_\n\n.. _Home: https://example.org",
       "<p><a href=\"https://example.org\" rel=\"nofollow noopener\">Home</a> and <a href=\"https://example.org\" rel=\"nofollow noopener\">Home</a></p>\n"},
      {"see `this`__\n\n__ https://example.org/x", "<p>see <a href=\"https://example.org/x\" rel=\"nofollow noopener\">this</a></p>\n"},
      {"snake_case and __init__", "<p>snake_case and __init__</p>\n"},
      {"(https://example.org/a_(b)).", "<p>(<a href=\"https://example.org/a_(b)\" rel=\"nofollow noopener\">https://example.org/a_(b)</a>).</p>\n"},
      {"So::\n\n  x = 1\n\n    y < 2\n\nEnd", "<p>So:</p>\n<pre><code>x = 1\n\n  y &lt; 2\n</code></pre>\n<p>End</p>\n"},
      {"Said:\n\n  Words.\n", "<p>Said:</p>\n<blockquote>\n<p>Words.</p>\n</blockquote>\n"},
      {".. code-block:: python\n\n   print(1)\n", "<pre><code>print(1)\n</code></pre>\n"},
      {".. a comment\n\nText", "<p>Text</p>\n"},
      {":Author: Ada\n:Date: now", "<dl>\n<dt>Author</dt><dd>Ada</dd>\n<dt>Date</dt><dd>now</dd>\n</dl>\n"},
      {"term\n  meaning", "<dl>\n<dt>term</dt><dd>meaning</dd>\n</dl>\n"},
      {"| a\n| b", "<p>a<br />\nb</p>\n"},
      {"a\n\n----\n\nb", "<p>a</p>\n<hr />\n<p>b</p>\n"},
      {":doc:`x` :strong:`y` :math:`z`", "<p>x <strong>y</strong> <code>z</code></p>\n"},
      {"a [1]_\n\n.. [1] Note", "<p>a [1]</p>\n<p>[1] Note</p>\n"},
      {">>> 1 + 1\n2", "<pre><code>&gt;&gt;&gt; 1 + 1\n2\n</code></pre>\n"},
      // Markdown and HTML that people wrote.
      {"[text](https://example.org) x", "<p><a href=\"https://example.org\" rel=\"nofollow noopener\">text</a> x</p>\n"},
      {"## Head\n\ntext", "<h2>Head</h2>\n<p>text</p>\n"},
      {"```\na < b\n```", "<pre><code>a &lt; b\n</code></pre>\n"},
      {"<p>a <b>c</b> &amp; d<br/>e</p>", "<p>a <strong>c</strong> &amp; d<br />e</p>\n"},
      {"<a href=\"https://example.org\">x</a> vector<int>", "<p><a href=\"https://example.org\" rel=\"nofollow noopener\">x</a> vector&lt;int&gt;</p>\n"},
      {"\r\n", ""},
      {"", ""}};
  for (const auto& [text, html] : rows) EXPECT_EQ(rst(text), html) << text;
}

TEST(Rst, nothing_dangerous_comes_out) {
  const std::vector<std::pair<std::string, std::string>> rows{
      {"`x <javascript:alert(1)>`_", "<p>x (javascript:alert(1))</p>\n"},
      {"x_\n\n.. _x: javascript:alert(1)", "<p>x</p>\n"},
      {"<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"},
      {"<a href=\"javascript:x\">y</a>", "<p>y</p>\n"},
      {"<a name=\"x\">y</a>", "<p>y</p>\n"},
      {"<b onclick=\"x\">y", "<p><strong>y</strong></p>\n"},
      {"<img src=x onerror=alert(1)>", "<p></p>\n"},
      {".. raw:: html\n\n   <script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>\n"},
      {"https://example.org/\"onx=1", "<p><a href=\"https://example.org/\" rel=\"nofollow noopener\">https://example.org/</a>&quot;onx=1</p>\n"},
      {"</p></div>", "<p></p>\n"}};
  for (const auto& [text, html] : rows) EXPECT_EQ(rst(text), html) << text;
}

TEST(Rst, text_without_marks) {
  EXPECT_EQ(plain_of_rst("Title\n=====\n\n- *a* & b\n- ``c``"), "Title\n\na & b\nc");
  EXPECT_EQ(rst_summary("One *two*\n\nthree four", 12), "One two…");
}

TEST(Rst, hostile_texts_cost_no_more_than_their_length) {
  for (const std::string piece : {"*a ", "`", "[", "](", "- ", "  - ", "> ", "_", "<b>", "a_ ", ":a:`"}) {
    std::string text;
    while (text.size() < 200'000) text += piece;
    EXPECT_LT(rst(text).size(), text.size() * 20) << piece;
    std::string nested;
    for (int i = 0; i < 500; ++i) nested += std::string(static_cast<std::size_t>(i), ' ') + piece + "\n";
    EXPECT_FALSE(rst(nested).empty()) << piece;
  }
}

}  // namespace
}  // namespace confer::html
