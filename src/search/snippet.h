// The piece of a text that shows why it was found.
#pragma once
#include <string>
#include <string_view>

#include "search/terms.h"

namespace confer::search {

/// About 30 words of `text` around the most different words that were asked for, or its start when there is none; one line, "…" where it is cut,
/// matched words between \x02 and \x03.
std::string snippet(std::string_view text, const Parsed& parsed, std::string_view language);

}  // namespace confer::search
