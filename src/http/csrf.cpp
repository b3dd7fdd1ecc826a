// Was a form sent from our own pages?
#include "http/csrf.h"
#include <algorithm>
#include "http/characters.h"

namespace confer::http {

namespace {

std::string_view without_default_port(std::string_view host, bool secure) {
  const std::string_view port = secure ? ":443" : ":80";
  return host.ends_with(port) ? host.substr(0, host.size() - port.size()) : host;
}

/// Whether "scheme://host[:port][/…]" names this request's host. A page that came by http must not post to one that came by https;
/// the other way round happens behind a proxy that does TLS and does not say so.
bool names_own_host(std::string_view url, const Request& request) {
  const bool secure = url.starts_with("https://");
  if (!secure && !url.starts_with("http://")) return false;
  if (request.secure && !secure) return false;
  url.remove_prefix(secure ? 8 : 7);
  const std::string_view host = url.substr(0, std::min(url.find('/'), url.size()));
  return !host.empty() && same_name(without_default_port(host, secure), without_default_port(request.host, secure));
}

}  // namespace

bool comes_from_own_page(const Request& request) {
  if (const std::string_view origin = request.header("Origin"); !origin.empty()) return names_own_host(origin, request);
  if (const std::string_view site = request.header("Sec-Fetch-Site"); !site.empty()) return site == "same-origin" || site == "none";
  return names_own_host(request.header("Referer"), request);
}

}  // namespace confer::http
