// reStructuredText as people write it into descriptions, as HTML that is safe to show.
#pragma once
#include <string>
#include <string_view>

namespace confer::html {

/// Headings, paragraphs, lists, definition and field lists, literal blocks, quotes, line blocks, simple tables as text; emphasis, literals, links (inline,
/// named, anonymous), roles as their text. Markdown's links, headings and fences, and HTML that people wrote into such texts, are read too: tags become what
/// they say (a, b, i, p, br, li, code) or go. No error: what is not understood stays readable text. The same safety as `markdown`.
std::string rst(std::string_view text, int top_heading = 2);
/// The text without marks, blocks on lines of their own: for search and plain exports.
std::string plain_of_rst(std::string_view text);
/// On one line, at most `max` code points.
std::string rst_summary(std::string_view text, std::size_t max);

}  // namespace confer::html
