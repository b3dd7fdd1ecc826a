// Markdown kept while an event is rendered (texts.h).
#include "site/texts.h"
#include "base/text.h"
#include "html/markdown.h"

namespace confer::site {

const std::string& Texts::html(std::string_view text, int top_heading) {
  auto& known = html_[top_heading];
  if (const auto found = known.find(text); found != known.end()) return found->second;
  return known.emplace(text, html::markdown(text, top_heading)).first->second;
}

const std::string& Texts::summary(std::string_view text, std::size_t max) {
  auto& known = summaries_[max];
  if (const auto found = known.find(text); found != known.end()) return found->second;
  auto plain = plain_.find(text);
  if (plain == plain_.end()) plain = plain_.emplace(text, html::markdown_text(text)).first;
  return known.emplace(text, ellipsis(plain->second, max)).first->second;
}

}  // namespace confer::site
