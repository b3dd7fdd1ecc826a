// What was typed, understood: pure.
#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "search/tokens.h"

namespace confer::search {

/// One thing that the query asks for: a word, several in quotes that must follow each other, or several that were written with signs between them.
struct Term {
  std::vector<std::string> words;
  bool prefix = false;  ///< its last word may go on
  bool excluded = false;
  bool quoted = false;
  std::size_t first = 0;  ///< the place of its first word in Parsed::wanted; of no meaning for what is excluded
  bool operator==(const Term&) const = default;
};

/// name:value, where the name is one that exists.
struct Named {
  std::string name, value;
  std::size_t begin = 0, end = 0;  ///< bytes of the text, with the name, quotes and a minus
  bool excluded = false;
  bool operator==(const Named&) const = default;
};

/// A query, understood. Anything is a query: what cannot be understood is left out.
struct Parsed {
  std::vector<Term> terms;     ///< at most 24
  std::vector<Token> wanted;   ///< the words that are asked for, with their places in the text
  std::vector<Named> filters;  ///< at most 16
  bool asks() const;           ///< words are asked for, not only excluded
};

using IsName = std::function<bool(std::string_view name)>;
/// Words, "phrases" (an open quote ends with the text), -without, -"without this", name:value, name:"a value", -name:value. A word with signs inside
/// (e-mail, node.js) is one term. At most the first 500 bytes.
Parsed parse_query(std::string_view text, const IsName& is_name = {});

/// The first so many bytes of a text, or fewer so that no character is cut.
std::string_view start_of(std::string_view text, std::size_t bytes);

}  // namespace confer::search
