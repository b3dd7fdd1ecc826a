// The one table from error codes to HTTP statuses, and the reason phrases.
#pragma once
#include <string_view>
#include "base/result.h"

namespace confer::http {

/// invalid 400 (422 with field problems), unauthenticated 401, forbidden 403, not_found 404, conflict 409, gone 410, unavailable 503, internal 500.
int status_of(const Error& error);
/// "Not Found"; "" for a status that this server never sends.
std::string_view reason_of(int status);

/// What the server itself refuses, with the sentence for the person. The status is the name's.
struct Refusal {
  int status = 0;
  std::string_view sentence;
};
namespace refusal {
inline constexpr Refusal bad_request{400, "The request could not be read. Please go back and try again."};
inline constexpr Refusal request_timeout{408, "The request took too long to arrive. Please check your connection and try again."};
inline constexpr Refusal method_not_allowed{405, "This address does not take that kind of request."};
inline constexpr Refusal too_large{413, "What was sent is too large for this page."};
inline constexpr Refusal target_too_long{414, "The address is too long."};
inline constexpr Refusal wrong_type{415, "This page takes only forms, and what was sent is not one."};
inline constexpr Refusal expectation_failed{417, "The request expects something that this server does not do."};
inline constexpr Refusal too_many{429, "Too many requests came from you in a short time. Please wait a little and try again."};
inline constexpr Refusal head_too_large{431, "The request's headers are too large. Clearing this site's cookies may help."};
inline constexpr Refusal not_implemented{501, "This server does not know that kind of request."};
inline constexpr Refusal overloaded{503, "The server is very busy just now. Please try again in a few seconds."};
inline constexpr Refusal store_away{503, "This recording cannot be fetched just now. Please try again in a minute."};
inline constexpr Refusal wrong_version{505, "This server speaks HTTP/1.1."};
}  // namespace refusal

}  // namespace confer::http
