// One public page or file before it becomes ready bytes.
#pragma once
#include <string>
#include <utility>
#include <vector>
#include "base/time.h"

namespace confer::site {

/// Origins of others ("https://player.vimeo.com") that a page may ask once its reader pressed play.
struct OtherHosts {
  std::vector<std::string> frames;       ///< whose players may be shown
  std::vector<std::string> connections;  ///< whose streams a script may read
};

struct Document {
  std::string path;  ///< "/pycon-2027/schedule"
  std::string content_type = "text/html; charset=utf-8";
  std::string body;
  std::string cache_control = "no-cache";
  bool for_all_origins = false;  ///< exports and the embeddable schedule: any page may read them
  OtherHosts hosts;
  Instant last_modified{};  ///< of an export: its release; pages go by their ETag alone
};
using Documents = std::vector<Document>;

/// Headers of such a page: its content security policy lets these in, and nobody else.
std::vector<std::pair<std::string, std::string>> with_players(std::vector<std::pair<std::string, std::string>> headers, const OtherHosts& hosts);

}  // namespace confer::site
