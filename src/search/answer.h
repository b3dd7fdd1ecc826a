// A query answered from an index, before anything is read from the database.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "search/index.h"
#include "search/parse.h"
#include "search/rank.h"
#include "search/search.h"
#include "search/sieve.h"
#include "search/units.h"

namespace confer::search {

struct Answer {
  Parsed parsed;
  std::vector<Unit> units;
  std::vector<Scored> found;  ///< in order, as far as offset + limit asks for
  Hits hits;                  ///< all but the hits themselves
};
/// Errors: invalid – nothing to look for.
Result<Answer> answer(const Index& index, const Query& query, std::string_view text);

Parsed parse_for(const Index& index, std::string_view text);
/// Adds the filters of the text; says how each was understood.
std::vector<Understood> add_filters(const Index& index, const Parsed& parsed, std::string_view text, Sieve& sieve);
/// name:value as it must be typed: in quotes when it has spaces.
std::string as_typed(std::string_view name, std::string_view value);

}  // namespace confer::search
