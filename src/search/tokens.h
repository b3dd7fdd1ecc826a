// Words out of text: the one tokeniser for documents and queries.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace confer::search {

struct Token {
  std::string word;                ///< folded: letters, digits and marks only (and "c++", "c#")
  std::size_t begin = 0, end = 0;  ///< its bytes in the text
};

/// Letters, digits and their marks make words; all else separates. Scripts without spaces (Han, Kana, Thai, …) give one word a character,
/// so that a run of them is looked for as a phrase. Words are cut at 64 bytes.
std::vector<Token> tokenise(std::string_view text);

/// Words joined by one space.
std::string joined_words(const std::vector<Token>& tokens);

/// Calls `use(word)` for each word of a text made by `joined_words`.
template <class Use>
void each_word(std::string_view words, Use use) {
  while (!words.empty()) {
    const std::size_t space = words.find(' ');
    use(words.substr(0, space));
    words.remove_prefix(space == std::string_view::npos ? words.size() : space + 1);
  }
}

}  // namespace confer::search
