// What the star islands talk to: JSON in and out, and the page behind a personal link.
#pragma once
#include "people/web.h"

namespace confer::programme {

/// POST /stars: a new set, 201 {"token"}.
Result<http::Response> make_stars(const Web& web, http::Request& request);
/// POST /{event}/stars {"token", "marks": [{"talk", "starred", "at"}], "have"} → {"parts", "marks", "now"}. With an empty token: the signed-in person's own
/// set. `have` is the digest (star_digest.h) of what the device knows with these marks: the answer has the marks of those parts alone that differ; without it,
/// all.
Result<http::Response> merge_stars_request(const Web& web, http::Request& request);
/// POST /{event}/calendar-feed {"token"} → {"url"}: a secret address; earlier ones stay.
Result<http::Response> make_feed(const Web& web, http::Request& request);
/// POST /{event}/calendar-feed/revoke {"token"}: all feeds of this set for this event end.
Result<http::Response> revoke_feeds(const Web& web, http::Request& request);
/// POST /{event}/personal-link {"token"} → {"url", "qr"}: the address that brings these stars to another device, and its QR code as an SVG.
Result<http::Response> personal_link(const Web& web, http::Request& request);
/// GET /s/{token}?event=: takes the stars over to this device.
Result<http::Response> personal_link_page(const Web& web, http::Request& request);
/// GET /calendar/{file}: "TOKEN.ics", the starred sessions.
Result<http::Response> personal_calendar(const Web& web, http::Request& request);

}  // namespace confer::programme
