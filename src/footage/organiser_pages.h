// The organisers' pages of footage.
#pragma once
#include "people/web.h"

namespace confer::footage {

Result<http::Response> organiser_footage(const Web& web, http::Request& request);          ///< GET /organise/{event}/footage
Result<http::Response> organiser_recorder(const Web& web, http::Request& request);         ///< GET …/footage/recorders/{recorder}; "new" adds one
Result<http::Response> organiser_recorder_submit(const Web& web, http::Request& request);  ///< POST of the same
Result<http::Response> organiser_clock(const Web& web, http::Request& request);            ///< POST …/{recorder}/clock
Result<http::Response> organiser_recorder_remove(const Web& web, http::Request& request);  ///< POST …/{recorder}/remove
Result<http::Response> organiser_file_remove(const Web& web, http::Request& request);      ///< POST …/{recorder}/files/{file}/remove
Result<http::Response> organiser_upload(const Web& web, http::Request& request);           ///< POST …/{recorder}/upload, without a script
/// The mount of …/{recorder}/pieces (http/uploads.h).
Result<std::string> owner_of_pieces(const Web& web, const http::Request& request);
Result<void> pieces_begin(const Web& web, const http::Request& request, const http::UploadState& upload);
Result<void> pieces_finished(const Web& web, http::Request& request, const http::UploadState& upload);

}  // namespace confer::footage
