// Whether a document answers a query, and how well.
#include "search/score.h"

#include <algorithm>
#include <array>
#include <vector>

#include "search/stems.h"

namespace confer::search {
namespace {

/// search.h promises 8, 6, 4, 1.
constexpr double title_weight = 8, names_weight = 6, tags_weight = 4, body_weight = 1;
/// More of the same word counts, but less each time: tf · 1.5 / (tf + 0.5) is 1 for one and nears 1.5.
constexpr double most = 1.5, half = 0.5;
/// A word in a long text says less about it: half the score at about 600 words more than usual.
constexpr double usual_body_words = 150, long_body_words = 600;
constexpr double whole_title_bonus = 8, adjacent_in_title_bonus = 2;

/// Shorter parts would be everywhere.
constexpr std::size_t shortest_part = 3;

double quality(Match match) {
  switch (match) {
    case Match::exact:
      return 1;
    case Match::prefix:
      return 0.8;
    case Match::stem:
      return 0.7;
    case Match::part:
      return 0.3;
    case Match::none:
      break;
  }
  return 0;
}

struct Field {
  std::vector<std::string_view> words;
  double weight = 0;
  bool heading = true;
};

Field field(std::string_view words, double weight, bool heading) {
  Field made{{}, weight, heading};
  each_word(words, [&](std::string_view word) { made.words.push_back(word); });
  return made;
}

double saturated(double count) { return count * most / (count + half); }

/// How well a term is answered by a field: the best match, and how often there is one.
double term_in_field(const std::vector<WordMatcher>& term, const Field& in) {
  double best = 0, count = 0;
  for (std::size_t i = 0; i + term.size() <= in.words.size(); ++i) {
    double weakest = 1;
    for (std::size_t k = 0; k < term.size() && weakest > 0; ++k) {
      const Match match = term[k].match(in.words[i + k]);
      // In a phrase words stand as written; in the body parts of words would be everywhere.
      const bool fits = (term.size() == 1 || match == Match::exact || match == Match::prefix) && (in.heading || match != Match::part);
      weakest = std::min(weakest, fits ? quality(match) : 0);
    }
    best = std::max(best, weakest);
    count += weakest > 0 ? 1 : 0;
  }
  if (count == 0) return 0;
  double found = in.weight * best * saturated(count);
  if (!in.heading) {
    const double more = std::max(0.0, static_cast<double>(in.words.size()) - usual_body_words);
    found /= 1 + more / long_body_words;
  }
  return found;
}

}  // namespace

WordMatcher::WordMatcher(const std::string& word, bool prefix, std::string_view language, Parts parts)
    : word_(word), stem_(stem(word, language)), language_(language), prefix_(prefix), parts_(parts) {}

Match WordMatcher::match(std::string_view word) const {
  if (word == word_) return Match::exact;
  if (prefix_ && word.starts_with(word_)) return Match::prefix;
  // Stemmers work at the end of a word: what begins differently has another stem, and need not be stemmed.
  const std::size_t same = std::min<std::size_t>({2, word.size(), stem_.size()});
  if (word.substr(0, same) == std::string_view(stem_).substr(0, same) && stem(word, language_) == stem_) return Match::stem;
  if (parts_ == Parts::yes && word_.size() >= shortest_part && word.contains(word_)) return Match::part;
  return Match::none;
}

std::optional<double> score(const Parsed& parsed, const Candidate& candidate, Parts parts) {
  const std::array fields{field(candidate.title_words, title_weight, true), field(candidate.names_words, names_weight, true),
                          field(candidate.tags_words, tags_weight, true), field(candidate.body_words, body_weight, false)};
  const std::vector<std::string_view>& title = fields[0].words;
  double total = 0;
  std::vector<std::string_view> asked;
  for (const Term& term : parsed.terms) {
    std::vector<WordMatcher> matchers;
    for (std::size_t i = 0; i < term.words.size(); ++i) {
      const bool prefix = term.prefix && i + 1 == term.words.size();
      matchers.emplace_back(term.words[i], prefix, term.excluded ? "" : candidate.language, term.excluded ? Parts::no : parts);
    }
    double found = 0;
    for (const Field& in : fields) found += term_in_field(matchers, in);
    if (term.excluded) {
      if (found > 0) return std::nullopt;
      continue;
    }
    if (found == 0) return std::nullopt;
    total += found;
    asked.insert(asked.end(), term.words.begin(), term.words.end());
  }
  if (asked == title) total += whole_title_bonus;
  for (std::size_t i = 0; i + 1 < asked.size(); ++i) {
    const std::array pair{asked[i], asked[i + 1]};
    if (std::ranges::search(title, pair)) total += adjacent_in_title_bonus;
  }
  return total;
}

}  // namespace confer::search
