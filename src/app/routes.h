// The table of what can be asked, and by whom.
#pragma once
#include <vector>
#include "http/router.h"
#include "people/web.h"
#include "site/site.h"

namespace confer::app {

/// Every route of the program. Pages for visitors stand there once more under the prefix of each further language.
std::vector<http::Route> all_routes(const Web& web, site::RenderedSite& site);

}  // namespace confer::app
