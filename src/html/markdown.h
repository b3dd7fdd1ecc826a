// Markdown that is safe to show: no raw HTML, no script URLs.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace confer::html {

/// GitHub's dialect (tables, strikethrough, autolinks), safe mode. Links leave with rel="nofollow noopener"; the text's highest
/// heading becomes `top_heading` (2: <h2>), and no level is left out below it.
std::string markdown(std::string_view text, int top_heading = 2);
/// The text without marks, on one line.
std::string markdown_text(std::string_view text);
/// The same, at most `max` code points: for descriptions and plain exports.
std::string markdown_summary(std::string_view text, std::size_t max);
/// Text escaped for HTML text and for attributes in quotes.
std::string escape(std::string_view text);
/// Text escaped for HTML text, line breaks kept as <br>.
std::string escape_text(std::string_view text);

}  // namespace confer::html
