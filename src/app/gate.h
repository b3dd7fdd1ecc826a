// Before every handler: who asks, in what language, and may they.
#pragma once
#include "http/server.h"
#include "people/web.h"

namespace confer::app {

/// Puts the Actor of the session cookie (or of a bearer token) and the language into the request, then asks for the route's right:
/// in the scope of the route's {event} or {series} where it has one, else on the installation. An event that is not public is not_found for outsiders.
http::Gate make_gate(const Web& web);
/// An error as the page (or, under /api/, the JSON) that the client is shown. Unauthenticated visitors of a page are sent to sign
/// in.
http::ErrorPage make_error_page(const Web& web);
/// Header, navigation and footer around a page.
html::Chrome make_chrome();

}  // namespace confer::app
