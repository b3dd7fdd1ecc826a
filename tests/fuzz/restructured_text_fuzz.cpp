// Any bytes as reStructuredText: HTML whose tags are ours and closed.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>
#include "html/restructured_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string html = confer::html::rst(std::string(reinterpret_cast<const char*>(data), size));
  static const std::vector<std::string_view> known{"p",  "h2", "h3", "h4",  "h5",   "h6",         "ul", "ol",     "li",
                                                   "dl", "dt", "dd", "pre", "code", "blockquote", "em", "strong", "a"};
  std::vector<std::string> open;
  for (std::size_t i = 0; i < html.size(); ++i) {
    if (html[i] != '<') continue;
    const auto end = html.find('>', i);
    if (end == std::string::npos) std::abort();
    std::string tag = html.substr(i + 1, end - i - 1);
    if (tag == "br /" || tag == "hr /") continue;
    const bool closing = tag.starts_with('/');
    if (closing) tag.erase(0, 1);
    const std::string name = tag.substr(0, tag.find(' '));
    bool is_known = false;
    for (const auto k : known) is_known = is_known || k == name;
    if (!is_known) std::abort();
    if (name == "a" && !closing && !tag.starts_with("a href=\"http") && !tag.starts_with("a href=\"HTTP") && !tag.starts_with("a href=\"mailto:") &&
        tag.find("href=\"") == std::string::npos)
      std::abort();
    if (closing) {
      if (open.empty() || open.back() != name) std::abort();
      open.pop_back();
    } else {
      open.push_back(name);
    }
  }
  if (!open.empty()) std::abort();
  confer::html::plain_of_rst(html);
  return 0;
}
