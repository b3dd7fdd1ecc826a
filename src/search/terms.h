// What an index holds of a document, and how it is asked.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "search/tokens.h"

namespace confer::search {

/// One thing that the query asks for: a word, or several that must follow each other.
struct Term {
  std::vector<std::string> words;
  bool prefix = false;  ///< its last word may go on
  bool excluded = false;
  bool operator==(const Term&) const = default;
};

/// A query, understood. Anything is a query: what cannot be understood is left out.
struct Parsed {
  std::vector<Term> terms;    ///< at most 12
  std::vector<Token> wanted;  ///< the words that are asked for, with their places in the text
  bool asks() const;          ///< something is asked for, not only excluded
};
/// Words, "phrases" (an open quote ends with the text), -without, -"without this". A word with signs inside (e-mail, node.js) is a phrase.
/// At most the first 500 bytes.
Parsed parse_query(std::string_view text);

/// The terms of a document: each word once; "=stem" where the stem differs from the word; both again with '^' for words of the heading.
/// Separated by spaces; at most 8,000 (a tsvector holds less than 1 MiB).
std::string terms_of(std::string_view heading_words, std::string_view body_words, std::string_view language);

/// `heading`: every word must stand in the heading; else anywhere.
enum class Where : unsigned char { anywhere, heading };
std::string fts5_query(const Parsed& parsed, Where where);
std::string tsquery(const Parsed& parsed, Where where);

}  // namespace confer::search
