// Counts as people of a language write them.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace confer::html {

/// "2,214", in German "2.214". Years are no counts.
std::string number_text(std::int64_t n, std::string_view language);

}  // namespace confer::html
