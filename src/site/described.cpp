// Descriptions by how they are written (described.h).
#include "site/described.h"
#include "base/text.h"
#include "html/markdown.h"
#include "html/restructured_text.h"

namespace confer::site {

std::string described(archive::Markup markup, std::string_view text, int top_heading) {
  switch (markup) {
    case archive::Markup::markdown:
      return html::markdown(text, top_heading);
    case archive::Markup::restructured_text:
      return html::rst(text, top_heading);
    case archive::Markup::plain:
      break;
  }
  return trim(text).empty() ? std::string{} : "<p>" + html::escape_text(trim(text)) + "</p>";
}

std::string described_line(archive::Markup markup, std::string_view text, std::size_t max) {
  switch (markup) {
    case archive::Markup::markdown:
      return html::markdown_summary(text, max);
    case archive::Markup::restructured_text:
      return html::rst_summary(text, max);
    case archive::Markup::plain:
      break;
  }
  return ellipsis(tidy_line(text), max);
}

}  // namespace confer::site
