// What visitors send to the archive's keeper: corrections of a talk, "this is me", and removals. Forms without a script; who signs in, and who does not.
#pragma once
#include "people/web.h"

namespace confer::site {

/// "/archive/corrections/{code}": of talks whose page is made on demand.
Result<http::Response> correction_page(const Web& web, http::Request& request);
Result<http::Response> correction_submit(const Web& web, http::Request& request);
/// "/archive/speakers/{name}/claim": for who is signed in.
Result<http::Response> claim_page(const Web& web, http::Request& request);
Result<http::Response> claim_submit(const Web& web, http::Request& request);
/// "/archive/speakers/{name}/removal".
Result<http::Response> removal_page(const Web& web, http::Request& request);
Result<http::Response> removal_submit(const Web& web, http::Request& request);

}  // namespace confer::site
