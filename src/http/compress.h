// Compressing bytes for sending: gzip and brotli.
#pragma once
#include <string>
#include <string_view>

namespace confer::http {

/// `level` 1 to 12 (libdeflate's; above 9 it takes its time). "" when memory runs out.
std::string gzip(std::string_view bytes, int level);
/// `quality` 0 to 11.
std::string brotli(std::string_view bytes, int quality);

}  // namespace confer::http
