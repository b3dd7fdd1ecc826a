// Pages of the installation: home, and the pages of series.
#pragma once
#include <string>
#include <string_view>
#include <vector>
#include "db/database.h"
#include "events/events.h"
#include "html/page.h"
#include "site/document.h"

namespace confer::site {

/// Home and series pages in every language, robots.txt, and sitemap.xml, which names the sitemap of each event.
Result<Documents> make_home_documents(db::Tx& tx, const html::Chrome& chrome, std::string_view base_url);
/// The moment from which home must be drawn anew: the next midnight of an event's zone. Nothing when all is past.
Result<Instant> next_home_edge(db::Tx& tx);

}  // namespace confer::site
