// The keeper's page of addresses that lead nowhere any more.
#pragma once
#include "people/web.h"

namespace confer::keeping {

Result<http::Response> organiser_links(const Web& web, http::Request& request);        ///< GET /organise/archive/links
Result<http::Response> organiser_links_csv(const Web& web, http::Request& request);    ///< GET /organise/archive/links.csv
Result<http::Response> organiser_links_check(const Web& web, http::Request& request);  ///< POST /organise/archive/links/check
Result<http::Response> organiser_link_change(const Web& web, http::Request& request);  ///< POST /organise/archive/links/{video}

}  // namespace confer::keeping
