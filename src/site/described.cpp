// Descriptions by how they are written (described.h).
#include "site/described.h"
#include "base/text.h"
#include "html/markdown.h"

namespace confer::site {

std::string described(archive::Markup markup, std::string_view text, int top_heading) {
  if (markup == archive::Markup::plain) return trim(text).empty() ? std::string{} : "<p>" + html::escape_text(trim(text)) + "</p>";
  return html::markdown(text, top_heading);
}

std::string described_line(archive::Markup markup, std::string_view text, std::size_t max) {
  if (markup == archive::Markup::plain) return ellipsis(tidy_line(text), max);
  return html::markdown_summary(text, max);
}

}  // namespace confer::site
