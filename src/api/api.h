// The read API /api/v1: resources by public codes, described by openapi.json. Version 1 only grows (script/check_api.py).
#pragma once
#include "http/message.h"
#include "people/web.h"

namespace confer::api {

// All take `lang` (one language of texts that have several; else all of them) and refuse parameters that they do not know, so that a misspelt filter does not
// look like an answer. Lists take `limit` and `after` and say in `next` where they go on. What is the programme's takes `release` (an older one by name) or
// `draft` (for the right `programme`). What one may not know of is not_found.

Result<http::Response> index(const Web& web, http::Request& request);             ///< GET /api/v1
Result<http::Response> openapi_document(const Web& web, http::Request& request);  ///< GET /api/v1/openapi.json
Result<http::Response> reference_page(const Web& web, http::Request& request);    ///< GET /api: the document for people

Result<http::Response> list_series(const Web& web, http::Request& request);  ///< GET /api/v1/series
Result<http::Response> show_series(const Web& web, http::Request& request);  ///< GET /api/v1/series/{series}
Result<http::Response> list_events(const Web& web, http::Request& request);  ///< GET /api/v1/events
Result<http::Response> show_event(const Web& web, http::Request& request);   ///< GET /api/v1/events/{event}
Result<http::Response> list_pages(const Web& web, http::Request& request);   ///< GET /api/v1/events/{event}/pages
Result<http::Response> show_page(const Web& web, http::Request& request);    ///< GET /api/v1/events/{event}/pages/{page}

Result<http::Response> show_schedule(const Web& web, http::Request& request);  ///< GET /api/v1/events/{event}/schedule: everything in one answer
Result<http::Response> list_talks(const Web& web, http::Request& request);     ///< GET /api/v1/events/{event}/talks
Result<http::Response> show_talk(const Web& web, http::Request& request);      ///< GET /api/v1/events/{event}/talks/{code}
Result<http::Response> list_speakers(const Web& web, http::Request& request);  ///< GET /api/v1/events/{event}/speakers
Result<http::Response> show_speaker(const Web& web, http::Request& request);   ///< GET /api/v1/events/{event}/speakers/{code}
Result<http::Response> list_slots(const Web& web, http::Request& request);     ///< GET /api/v1/events/{event}/slots

Result<http::Response> list_releases(const Web& web, http::Request& request);  ///< GET /api/v1/events/{event}/releases
Result<http::Response> show_release(const Web& web, http::Request& request);   ///< GET /api/v1/events/{event}/releases/{name}
Result<http::Response> show_draft(const Web& web, http::Request& request);     ///< GET /api/v1/events/{event}/draft: what a release now would change, clashes
Result<http::Response> list_facts(const Web& web, http::Request& request);     ///< GET /api/v1/events/{event}/facts: what happened since
Result<http::Response> list_contacts(const Web& web, http::Request& request);  ///< GET /api/v1/events/{event}/contacts: addresses of who speaks

}  // namespace confer::api
