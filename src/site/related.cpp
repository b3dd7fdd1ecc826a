// Related talks by the search library (related.h).
#include "site/related.h"
#include "search/search.h"
#include "site/site.h"

namespace confer::site {

Result<std::vector<archive::Row>> related_talks(db::Tx& tx, std::string_view code) {
  constexpr std::size_t most = 6;
  TRY_ASSIGN(const auto hits, search::related(tx, talk_document, code, most));
  std::vector<std::string> codes;
  for (const auto& hit : hits) codes.push_back(hit.key);
  if (codes.empty()) return std::vector<archive::Row>{};
  return archive::rows_of(tx, codes);
}

}  // namespace confer::site
