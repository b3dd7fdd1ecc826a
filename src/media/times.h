// Times within a recording as people write them.
#pragma once
#include <string>
#include <string_view>
#include "base/result.h"

namespace confer::media {

/// "97.36", "1:37.36", "00:01:37.360": seconds. Errors: invalid.
Result<double> parse_time(std::string_view text);
std::string time_text(double seconds);  ///< "0:01:37.360"

}  // namespace confer::media
