// The recording team's pages of cuts. Each of …/cuts/{slot} is there for a part of a block, too: …/cuts/{slot}/parts/{part}.
#pragma once
#include "people/web.h"

namespace confer::cutting {

Result<http::Response> organiser_cuts(const Web& web, http::Request& request);            ///< GET /organise/{event}/cuts
Result<http::Response> organiser_cuts_settings(const Web& web, http::Request& request);   ///< POST of the same
Result<http::Response> organiser_cut(const Web& web, http::Request& request);             ///< GET …/cuts/{slot}
Result<http::Response> organiser_cut_submit(const Web& web, http::Request& request);      ///< POST of the same: `do` says what
Result<http::Response> organiser_preview(const Web& web, http::Request& request);         ///< GET …/cuts/{slot}/preview.mp4
Result<http::Response> organiser_beside_preview(const Web& web, http::Request& request);  ///< GET …/cuts/{slot}/files/{name}

// Who is in a room says when its talks begin and end.
Result<http::Response> organiser_stage(const Web& web, http::Request& request);         ///< GET /organise/{event}/stage/{room}
Result<http::Response> organiser_stage_submit(const Web& web, http::Request& request);  ///< POST of the same: `slot`, and `do` says what

}  // namespace confer::cutting
