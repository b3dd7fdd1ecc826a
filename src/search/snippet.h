// The piece of a text that shows why it was found.
#pragma once
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "search/index.h"
#include "search/units.h"

namespace confer::search {

/// Which unit of the query a folded word answers, or -1.
class Answers {
 public:
  Answers(const Index& index, std::span<const Unit> units);
  int operator()(std::string_view word) const;

 private:
  const Index& index_;
  std::unordered_map<WordId, int> units_;
};

/// About 30 words of `text` around the most different words that were asked for, or its start when there is none; one line, "…" where it is cut,
/// matched words between \x02 and \x03.
std::string snippet(std::string_view text, const std::function<int(std::string_view word)>& answers);
/// The whole text in one line, marked likewise.
std::string marked(std::string_view text, const std::function<int(std::string_view word)>& answers);

}  // namespace confer::search
