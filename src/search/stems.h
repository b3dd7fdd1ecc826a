// Word stems by language (Snowball, libstemmer).
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace confer::search {

/// The stem of a folded word in a language ("de", "pt-BR"); the word itself where the language has no stemmer.
std::string stem(std::string_view word, std::string_view language);

/// Every different stem that some language gives the word, and the word itself; sorted. For finding candidates, whatever language they are in.
std::vector<std::string> all_stems(std::string_view word);

}  // namespace confer::search
