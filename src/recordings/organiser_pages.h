// The organisers' pages of an event's recordings.
#pragma once
#include "people/web.h"

namespace confer::recordings {

Result<http::Response> organiser_recordings(const Web& web, http::Request& request);   ///< GET /organise/{event}/recordings
Result<http::Response> organiser_list_upload(const Web& web, http::Request& request);  ///< POST /organise/{event}/recordings/match
Result<http::Response> organiser_list_review(const Web& web, http::Request& request);  ///< GET /organise/{event}/recordings/match/{file}
Result<http::Response> organiser_list_submit(const Web& web, http::Request& request);  ///< POST /organise/{event}/recordings/match/{file}
Result<http::Response> organiser_list_undo(const Web& web, http::Request& request);    ///< POST /organise/{event}/recordings/taken/{list}/undo

Result<http::Response> organiser_recording(const Web& web, http::Request& request);         ///< GET /organise/{event}/talks/{code}/recording
Result<http::Response> organiser_recording_submit(const Web& web, http::Request& request);  ///< POST the same

Result<http::Response> organiser_captions(const Web& web, http::Request& request);             ///< GET /organise/{event}/talks/{code}/captions
Result<http::Response> organiser_captions_upload(const Web& web, http::Request& request);      ///< POST the same
Result<http::Response> organiser_caption_text(const Web& web, http::Request& request);         ///< GET /organise/{event}/talks/{code}/captions/{language}
Result<http::Response> organiser_caption_text_submit(const Web& web, http::Request& request);  ///< POST the same
Result<http::Response> organiser_captions_remove(const Web& web, http::Request& request);      ///< POST …/captions/{language}/remove
Result<http::Response> organiser_captions_restore(const Web& web, http::Request& request);     ///< POST …/captions/{language}/restore

}  // namespace confer::recordings
