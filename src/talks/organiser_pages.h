// The organisers' form of a talk; their list, which shows slots and stars too, is the programme's.
#pragma once
#include "people/web.h"

namespace confer::talks {

Result<http::Response> organiser_new_talk(const Web& web, http::Request& request);     ///< GET /organise/{event}/talks/new
Result<http::Response> organiser_talk(const Web& web, http::Request& request);         ///< GET /organise/{event}/talks/{code}
Result<http::Response> organiser_talk_submit(const Web& web, http::Request& request);  ///< POST to either of the two
Result<http::Response> organiser_talk_remove(const Web& web, http::Request& request);  ///< POST /organise/{event}/talks/{code}/remove

}  // namespace confer::talks
