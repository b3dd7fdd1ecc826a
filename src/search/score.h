// Whether a document answers a query, and how well: pure, the same on every database.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "search/terms.h"

namespace confer::search {

/// A document's folded words, as stored.
struct Candidate {
  std::int64_t id = 0, event = 0;
  std::string kind, key, language;
  std::string title_words, names_words, tags_words, body_words;
};

/// How a word of a document answers a word of the query.
enum class Match : unsigned char { none, part, stem, prefix, exact };
enum class Parts : unsigned char { no, yes };

/// Matches words against one word of the query, in one language.
class WordMatcher {
 public:
  WordMatcher(const std::string& word, bool prefix, std::string_view language, Parts parts);
  Match match(std::string_view word) const;

 private:
  std::string word_, stem_, language_;
  bool prefix_;
  Parts parts_;
};

/// None: the document does not answer the query. `parts` lets a word in the heading count that only contains the query's word.
std::optional<double> score(const Parsed& parsed, const Candidate& candidate, Parts parts);

}  // namespace confer::search
