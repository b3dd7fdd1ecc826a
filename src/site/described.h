// What a talk is about, as HTML and as a line, however it was written.
#pragma once
#include <string>
#include <string_view>
#include "archive/archive.h"

namespace confer::site {

std::string described(archive::Markup markup, std::string_view text, int top_heading = 2);
/// One line, at most `max` code points.
std::string described_line(archive::Markup markup, std::string_view text, std::size_t max);

}  // namespace confer::site
