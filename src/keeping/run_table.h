// The table of imports, on the keeper's first page and on their own.
#pragma once
#include <string>
#include <string_view>
#include "archive/archive.h"

namespace confer::keeping {

Result<std::string> run_table(db::Tx& tx, archive::Page page, std::string_view caption);

}  // namespace confer::keeping
