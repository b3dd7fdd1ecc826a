// What programs subscribe to: new talks as Atom, and what can be played as a podcast.
#pragma once
#include "http/message.h"
#include "people/web.h"
#include "site/archive_pages.h"

namespace confer::site {

Result<Made> archive_feed(const Asked& asked);     ///< GET /archive/feed.atom, /archive/{kind}/{name}/feed.atom; kind: events, series, speakers, tags
Result<Made> archive_podcast(const Asked& asked);  ///< GET /archive/podcast.rss, /archive/{kind}/{name}/podcast.rss
// ---- not kept: a search has too many words
Result<http::Response> search_feed(const Web& web, http::Request& request);     ///< GET /archive/search.atom?q=
Result<http::Response> search_podcast(const Web& web, http::Request& request);  ///< GET /archive/search.rss?q=

}  // namespace confer::site
