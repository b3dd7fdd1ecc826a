// Addresses made safe (link.h).
#include "html/link.h"
#include <fmt/format.h>
#include "base/text.h"

namespace confer::html {

bool may_link(std::string_view url) {
  const auto lower = ascii_lower(url.substr(0, 10));
  for (const std::string_view scheme : {"https:", "http:", "mailto:", "tel:"})
    if (lower.starts_with(scheme)) return true;
  if (url.starts_with("//") || url.starts_with("/\\") || url.starts_with("\\")) return false;
  return url.substr(0, url.find_first_of("/?#")).find(':') == std::string_view::npos;
}

std::string escape_url(std::string_view url) {
  std::string result;
  for (const char c : url) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '&')
      result += "&amp;";
    else if (c == '\'')
      result += "&#39;";
    else if (byte <= ' ' || byte >= 127 || std::string_view("\"<>\\^`{|}").find(c) != std::string_view::npos)
      result += fmt::format("%{:02X}", byte);
    else
      result += c;
  }
  return result;
}

}  // namespace confer::html
