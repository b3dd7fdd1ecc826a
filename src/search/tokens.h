// Words out of text: the one tokeniser for documents and queries.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace confer::search {

/// Reads a text word by word. Letters, digits and their marks make words; all else separates. Scripts without spaces (Han, Kana, Thai, …) give one word a
/// character, so that a run of them is looked for as a phrase. Words are cut at 64 bytes.
class TokenReader {
 public:
  explicit TokenReader(std::string_view text) : text_(text) {}
  /// False at the end.
  bool next();
  /// Folded: letters, digits and marks only (and "c++", "c#"); valid until the next `next`.
  std::string_view word() const { return word_; }
  std::size_t begin() const { return begin_; }  ///< its bytes in the text
  std::size_t end() const { return end_; }
  /// One character of a script without spaces.
  bool alone() const { return alone_; }

 private:
  bool read_ascii();
  std::string_view text_, word_;
  std::size_t at_ = 0, begin_ = 0, end_ = 0;
  bool alone_ = false;
  char small_[72];
  std::string large_;
};

struct Token {
  std::string word;
  std::size_t begin = 0, end = 0;
  bool alone = false;
};
std::vector<Token> tokenise(std::string_view text);

/// Calls `word(text)` for each word in order, and `extra(text)` for what is made of neighbours: "e-mail" → "email", "node.js" → "nodejs", "3.12" → "3.12",
/// pairs of characters in scripts without spaces and of Hangul syllables within a word.
template <class Word, class Extra>
void read_words(std::string_view text, Word word, Extra extra);

/// Joins words that stand side by side with one sign between them.
class Joiner {
 public:
  /// What the word makes with those before it: a compound, a pair of characters, or nothing (empty). Valid until the next call.
  std::string_view join(std::string_view text, const TokenReader& token);

 private:
  std::string before_, pair_;
  std::size_t end_ = 0;
  int parts_ = 0;
  bool alone_ = false;
};

/// The pairs of syllables of a Korean word of three or more; nothing for other words.
template <class Use>
void each_hangul_pair(std::string_view word, Use use) {
  constexpr std::size_t syllable = 3;
  if (word.size() < 3 * syllable || word.size() % syllable != 0) return;
  for (std::size_t i = 0; i < word.size(); i += syllable) {
    const auto first = static_cast<unsigned char>(word[i]);
    const auto second = static_cast<unsigned char>(word[i + 1]);
    // U+AC00 to U+D7A3
    if (first < 0xEA || first > 0xED || (first == 0xEA && second < 0xB0) || (first == 0xED && second > 0x9E)) return;
  }
  for (std::size_t i = 0; i + 2 * syllable <= word.size(); i += syllable) use(word.substr(i, 2 * syllable));
}

template <class Word, class Extra>
void read_words(std::string_view text, Word word, Extra extra) {
  TokenReader reader(text);
  Joiner joiner;
  while (reader.next()) {
    word(reader.word());
    if (const std::string_view joined = joiner.join(text, reader); !joined.empty()) extra(joined);
    each_hangul_pair(reader.word(), extra);
  }
}

}  // namespace confer::search
