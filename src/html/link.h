// Addresses that people wrote, for links that are safe to follow. What Markdown and reStructuredText share.
#pragma once
#include <string>
#include <string_view>

namespace confer::html {

/// Where a link may lead: a web or mail address, a telephone, a place on this site or page. Anything with another scheme stays text.
bool may_link(std::string_view url);
/// For an attribute in double quotes; bytes that no address may hold are percent-encoded (RFC 3986 § 2), '%' stays as it is.
std::string escape_url(std::string_view url);

}  // namespace confer::html
