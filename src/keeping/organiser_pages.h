// The keeper's pages of the archive, below /organise/archive: handlers for app/routes.cpp.
#pragma once
#include "people/web.h"

namespace confer::keeping {

/// What waits to be decided, and the last imports.
Result<http::Response> organiser_archive(const Web& web, http::Request& request);

}  // namespace confer::keeping
