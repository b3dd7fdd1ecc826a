// Cookies: reading the Cookie header, writing Set-Cookie.
#include "http/cookies.h"
#include <algorithm>
#include "http/characters.h"

namespace confer::http {

std::string_view cookie_in(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    const std::size_t end = std::min(header.find(';'), header.size());
    std::string_view one = trim_blanks(header.substr(0, end));
    header.remove_prefix(std::min(end + 1, header.size()));
    const std::size_t equals = one.find('=');
    if (equals == std::string_view::npos || one.substr(0, equals) != name) continue;
    std::string_view value = one.substr(equals + 1);
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
    return value;
  }
  return {};
}

std::string set_cookie(const Cookie& cookie, bool secure) {
  const auto fits = [](char c) { return c > 0x20 && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\'; };
  if (!is_token(cookie.name) || !std::all_of(cookie.value.begin(), cookie.value.end(), fits)) return {};
  std::string out = cookie.name + "=" + cookie.value + "; Path=/; SameSite=Lax";
  if (cookie.max_age) out += "; Max-Age=" + std::to_string(cookie.max_age->count());
  if (!cookie.script_may_read) out += "; HttpOnly";
  if (secure) out += "; Secure";
  return out;
}

}  // namespace confer::http
