// The public interface of voctoweb (media.ccc.de), which media centres and television apps speak: conferences, events (talks), recordings (files).
// Field by field as there; docs/formats/voctoweb.md says what stands in each. Anybody may read, from any origin.
#pragma once
#include "http/message.h"
#include "people/web.h"
#include "recordings/views.h"

namespace confer::api::voctoweb {

Result<http::Response> list_conferences(const Web& web, http::Request& request);  ///< GET /public/conferences
Result<http::Response> show_conference(const Web& web, http::Request& request);   ///< GET /public/conferences/{acronym}
Result<http::Response> list_talks(const Web& web, http::Request& request);        ///< GET /public/events, newest first
Result<http::Response> list_recent(const Web& web, http::Request& request);       ///< GET /public/events/recent
Result<http::Response> search(const Web& web, http::Request& request);            ///< GET /public/events/search?q=
Result<http::Response> list_popular(const Web& web, http::Request& request);      ///< GET /public/events/popular?year=
Result<http::Response> list_unpopular(const Web& web, http::Request& request);    ///< GET /public/events/unpopular?year=
Result<http::Response> list_promoted(const Web& web, http::Request& request);     ///< GET /public/events/promoted: nothing is promoted here
Result<http::Response> show_talk(const Web& web, http::Request& request);         ///< GET /public/events/{guid}
Result<http::Response> list_recordings(const Web& web, http::Request& request);   ///< GET /public/recordings
Result<http::Response> show_recording(const Web& web, http::Request& request);    ///< GET /public/recordings/{id}
Result<http::Response> oembed(const Web& web, http::Request& request);            ///< GET /public/oembed?url=
/// POST /public/recordings/count: event_id (a GUID, or a talk's code). Counts the first view of a talk from an address and day.
Result<http::Response> count_view(const Web& web, recordings::ViewCounter& counter, http::Request& request);

}  // namespace confer::api::voctoweb
