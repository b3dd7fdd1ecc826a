// The marks within a line of reStructuredText: emphasis, literals, links, roles; and what people wrote in Markdown or HTML instead.
#pragma once
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace confer::html::rst_detail {

/// Where names lead, collected from the whole text.
struct Targets {
  std::map<std::string, std::string, std::less<>> named;          ///< by name as it compares: folded, one space
  std::vector<std::string> anonymous;                             ///< in order
  std::map<std::string, std::string, std::less<>> substitutions;  ///< |name| → text
  std::size_t next_anonymous = 0;
};
/// A reference's name as it compares.
std::string name_of(std::string_view text);
/// HTML of one paragraph's text; line breaks stay line breaks.
std::string inline_html(std::string_view text, Targets& targets);

}  // namespace confer::html::rst_detail
