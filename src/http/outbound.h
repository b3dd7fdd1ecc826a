// Fetching an address that somebody configured: a schedule to follow, a webhook to call, a link to be looked at. Runs in jobs, never while a request is
// answered.
#pragma once
#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>
#include "base/result.h"

namespace confer::http {

enum class InternalAddresses : unsigned char { refuse, allow };

struct OutboundRequest {
  std::string url;                 ///< http or https
  std::string method = "GET";      ///< GET, HEAD or POST
  std::string body, content_type;  ///< of a POST
  std::vector<std::pair<std::string, std::string>> headers;
  std::string etag, last_modified;                         ///< of an earlier answer: sent as If-None-Match (with its quotes) and If-Modified-Since
  InternalAddresses internal = InternalAddresses::refuse;  ///< loopback, private, link-local: checked when connecting, so that no name can change in between
  std::size_t max_bytes = 32 << 20;                        ///< of the decoded body
  bool cut_body = false;                                   ///< an answer that is larger is no error: what came is enough
  std::chrono::seconds timeout{30};
  int max_redirects = 5;              ///< not of a POST; each is checked again
  std::string user_agent = "Confer";  ///< for hosts that did not ask for us: who we are, and where that is said
};

struct OutboundAnswer {
  int status = 0;
  bool not_modified = false;
  std::string body, content_type;
  std::string etag, last_modified;  ///< as sent, for the next time; "" when absent
  std::string final_url;            ///< after redirects
  bool moved_for_good = false;      ///< there were redirects, and each of them was permanent (301, 308)
};

/// Errors: invalid – not an http(s) address; forbidden – it leads to an internal address; unavailable – no answer in time, too large, TLS fails
/// (message says which, without the address's user or query). Any status is an answer; the caller judges it.
Result<OutboundAnswer> fetch(const OutboundRequest& request);

/// The address without user, password, query and fragment: what may be shown and logged.
std::string printable_url(const std::string& url);

}  // namespace confer::http
