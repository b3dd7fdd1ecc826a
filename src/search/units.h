// A query in terms of an index: each thing that is asked for, with the words that answer it and how well.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "search/index.h"
#include "search/parse.h"

namespace confer::search {

struct Alternative {
  WordId word = no_word;
  float quality = 1;
  bool heading = false;    ///< counts outside the body only
  bool corrected = false;  ///< another word than was typed
};

struct Unit {
  std::vector<Alternative> alternatives;
  std::vector<WordId> phrase;         ///< not empty: these in this order, and nothing else; no_word: nobody has it
  float factor = 1;                   ///< of its weight
  float weight = 0;                   ///< see Index::weight; 0 when no document has it
  std::string text;                   ///< the word asked for
  std::size_t token = 0, tokens = 1;  ///< which of Parsed::wanted it stands for
  bool unknown = false;               ///< no document has the word, begun or in another form
  WordId meant = no_word;             ///< some document has the word, but it is likely a slip of this one, whose documents are found too
};
constexpr std::size_t most_units = 32;

/// Phrases must be there; other units need not all be.
std::vector<Unit> units_of(const Index& index, const Parsed& parsed, std::string_view text);
/// Adds words one edit away, for one that is known but may have been mistyped ("form" for "from"). False when there are none.
bool add_neighbours(const Index& index, Unit& unit);
/// The words of a phrase; no_word for one that no document has.
std::vector<WordId> phrase_of(const Index& index, const std::vector<std::string>& words);

}  // namespace confer::search
