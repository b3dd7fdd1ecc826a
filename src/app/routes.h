// The table of what can be asked, and by whom.
#pragma once
#include <memory>
#include <string>
#include <vector>
#include "app/installation.h"
#include "http/router.h"
#include "http/server.h"
#include "people/web.h"
#include "site/site.h"

namespace confer::app {

/// What /metrics tells of.
struct Metrics {
  const site::RenderedSite& site;
  const std::unique_ptr<http::Server>& server;
  std::string token;  ///< bearer token that may read it without signing in; empty: none
};

/// Every route of the program. Pages for visitors stand there once more under the prefix of each further language.
std::vector<http::Route> all_routes(Installation& here, const Web& web, site::RenderedSite& site, const Metrics& metrics);

}  // namespace confer::app
