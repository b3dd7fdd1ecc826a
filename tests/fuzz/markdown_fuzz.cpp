// Whatever is written, Markdown's output holds no tag, attribute or address but those we make.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "html/markdown.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

/// The addresses we let out; everything else must have become text.
bool may_stand(std::string_view url, bool image) {
  std::string lower;
  for (const char c : url.substr(0, 8)) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (lower.starts_with("https://")) return true;
  if (url.starts_with("//")) return false;
  if (image) return url.starts_with('/');
  for (const std::string_view scheme : {"https:", "http:", "mailto:", "tel:"})
    if (lower.starts_with(scheme)) return true;
  return url.substr(0, url.find_first_of("/?#")).find(':') == std::string_view::npos;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static constexpr std::string_view tags[] = {"p",  "h2", "h3",   "h4", "h5", "h6",    "em",    "strong", "code", "pre", "del", "ul",        "ol",
                                              "li", "a ", "img ", "br", "hr", "table", "thead", "tbody",  "tr",   "th",  "td",  "blockquote"};
  if (size > 20000) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string html = confer::html::markdown(text);
  for (auto at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
    auto name = std::string_view(html).substr(at + 1);
    if (name.starts_with('/')) name.remove_prefix(1);
    bool known = false;
    for (const auto tag : tags)
      known = known || (name.starts_with(tag) &&
                        (tag.ends_with(' ') || std::string_view(" />").find(name[tag.size()]) != std::string_view::npos || name.starts_with("a>")));
    require(known || name.starts_with("a>"));
    const auto tag = name.substr(0, name.find('>'));
    for (const std::string_view attribute : {" href=\"", " src=\""}) {
      if (const auto found = tag.find(attribute); found != std::string_view::npos && tag.starts_with(attribute == " href=\"" ? "a " : "img ")) {
        const auto url = tag.substr(found + attribute.size());
        require(may_stand(url.substr(0, url.find('"')), attribute == " src=\""));
      }
    }
  }
  const auto summary = confer::html::markdown_summary(text, 80);
  require(summary.find('\n') == std::string::npos);
  return 0;
}
