// One public page or file before it becomes ready bytes.
#pragma once
#include <string>
#include <utility>
#include <vector>
#include "base/time.h"

namespace confer::site {

struct Document {
  std::string path;  ///< "/pycon-2027/schedule"
  std::string content_type = "text/html; charset=utf-8";
  std::string body;
  std::string cache_control = "no-cache";
  bool for_all_origins = false;  ///< exports and the embeddable schedule: any page may read them
  Instant last_modified{};       ///< of an export: its release; pages go by their ETag alone
};
using Documents = std::vector<Document>;

}  // namespace confer::site
