// Talks that are like another one, for its page.
#pragma once
#include <string_view>
#include <vector>
#include "archive/archive.h"
#include "db/database.h"
#include "html/template.h"
#include "site/archive_frame.h"

namespace confer::site {

/// By words and names, the most alike first; none when the talk is not in the index.
Result<std::vector<archive::Row>> related_talks(db::Tx& tx, std::string_view code);

}  // namespace confer::site
