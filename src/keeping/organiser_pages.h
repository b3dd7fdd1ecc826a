// The keeper's pages of the archive, below /organise/archive: handlers for app/routes.cpp. All are for the right `archive`.
#pragma once
#include "people/web.h"

namespace confer::keeping {

/// How much waits, and the last imports.
Result<http::Response> organiser_archive(const Web& web, http::Request& request);
/// What waits, of one kind or of all; and what is decided there, one or many at once.
Result<http::Response> organiser_queue(const Web& web, http::Request& request);
Result<http::Response> organiser_queue_submit(const Web& web, http::Request& request);
/// What was decided, by whom and when; and taking it back.
Result<http::Response> organiser_decided(const Web& web, http::Request& request);
Result<http::Response> organiser_take_back(const Web& web, http::Request& request);
/// Looks for names that may be one person's, now.
Result<http::Response> organiser_look_for_names(const Web& web, http::Request& request);

/// The runs of imports, the report of one, and taking it back.
Result<http::Response> organiser_imports(const Web& web, http::Request& request);
Result<http::Response> organiser_import_run(const Web& web, http::Request& request);
Result<http::Response> organiser_import_undo(const Web& web, http::Request& request);

/// Many talks at once: what would change, and changing it.
Result<http::Response> organiser_many(const Web& web, http::Request& request);
Result<http::Response> organiser_many_submit(const Web& web, http::Request& request);

}  // namespace confer::keeping
