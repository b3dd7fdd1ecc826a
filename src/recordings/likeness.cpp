// Words of titles, and when two of them are nearly one (likeness.h).
#include "recordings/likeness.h"
#include <algorithm>
#include "base/text.h"
#include "search/tokens.h"
#include "search/words.h"

namespace confer::recordings {

const std::set<std::string_view>& small_words() {
  static const std::set<std::string_view> words{"a",   "an",  "the", "of",  "and", "to",   "in", "for",   "with", "on",  "your",  "how", "der",
                                                "die", "das", "und", "mit", "de",  "la",   "le", "el",    "y",    "et",  "en",    "un",  "une",
                                                "du",  "des", "is",  "are", "at",  "from", "by", "using", "les",  "los", "las",   "del", "con",
                                                "por", "zu",  "von", "im",  "и",   "в",    "e",  "o",     "para", "com", "video", "talk"};
  return words;
}

std::vector<std::string> words_of(std::string_view text) {
  std::string plain(text);
  if (plain.contains('&')) {
    plain = replace_all(replace_all(replace_all(plain, "&amp;", "&"), "&quot;", " "), "&#39;", "'");
  }
  // "don't" is one word in every spelling of its apostrophe.
  plain = replace_all(replace_all(plain, "’", ""), "'", "");
  std::vector<std::string> out;
  const auto tokens = search::tokenise(plain);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (!tokens[i].alone) {
      out.push_back(tokens[i].word);
      continue;
    }
    const auto beside = [&](std::size_t a, std::size_t b) { return b < tokens.size() && tokens[b].alone && tokens[a].end == tokens[b].begin; };
    if (beside(i, i + 1))
      out.push_back(tokens[i].word + tokens[i + 1].word);
    else if (i == 0 || !beside(i - 1, i))
      out.push_back(tokens[i].word);
  }
  return out;
}

bool has_digit(std::string_view word) {
  return std::ranges::any_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

double likeness(std::string_view a, std::string_view b) {
  if (a == b) return 1;
  constexpr std::size_t long_word = 5, very_long_word = 8;
  const std::size_t shorter = std::min(a.size(), b.size()), longer = std::max(a.size(), b.size());
  if (shorter < long_word - 1 || longer - shorter > 3 || has_digit(a) || has_digit(b)) return 0;
  if (a.substr(0, shorter) == b.substr(0, shorter)) return 0.85;
  if (shorter < long_word || longer - shorter > 2) return 0;
  const int apart = search::edit_distance(a, b, 2);
  if (apart == 1) return 0.85;
  return apart == 2 && shorter >= very_long_word ? 0.7 : 0;
}

}  // namespace confer::recordings
