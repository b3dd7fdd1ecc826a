// Cookies: reading the Cookie header, writing Set-Cookie.
#pragma once
#include <string>
#include <string_view>
#include "http/message.h"

namespace confer::http {

/// The value of the first cookie of that name in a Cookie header, without surrounding quotes; "" when there is none.
std::string_view cookie_in(std::string_view header, std::string_view name);
/// The value of a Set-Cookie header. A name or value that a cookie cannot hold gives "" (RFC 6265 § 4.1.1).
std::string set_cookie(const Cookie& cookie, bool secure);

}  // namespace confer::http
