// The page behind a link, for a look without an account: made for a speaker on a phone.
#pragma once
#include "people/web.h"

namespace confer::cutting {

Result<http::Response> review_page(const Web& web, http::Request& request);     ///< GET /review?token=
Result<http::Response> review_submit(const Web& web, http::Request& request);   ///< POST /review
Result<http::Response> review_preview(const Web& web, http::Request& request);  ///< GET /review/preview.mp4?token=
Result<http::Response> review_file(const Web& web, http::Request& request);     ///< GET /review/files/{name}?token=

}  // namespace confer::cutting
