// The piece of a text that shows why it was found.
#include "search/snippet.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <utility>
#include <vector>

#include "search/score.h"
#include "search/tokens.h"

namespace confer::search {
namespace {

constexpr std::size_t words_shown = 30, words_before = 6;
constexpr std::string_view mark_begin = "\x02", mark_end = "\x03", cut = "…";

/// White space runs become one space; other control characters, our marks among them, go.
void append_plain(std::string& out, std::string_view text) {
  for (const char c : text) {
    const bool space = c == ' ' || (c >= '\t' && c <= '\r');
    if (space) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) {
      out += c;
    }
  }
}

/// For each word of the text, which of the query's words it answers, or -1.
std::vector<int> matches(const std::vector<Token>& tokens, const Parsed& parsed, std::string_view language) {
  std::vector<WordMatcher> matchers;
  for (const Term& term : parsed.terms) {
    if (term.excluded) continue;
    for (std::size_t i = 0; i < term.words.size(); ++i) matchers.emplace_back(term.words[i], term.prefix && i + 1 == term.words.size(), language, Parts::no);
  }
  std::vector<int> found(tokens.size(), -1);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    for (std::size_t k = 0; k < matchers.size() && found[i] < 0; ++k) {
      if (matchers[k].match(tokens[i].word) != Match::none) found[i] = static_cast<int>(k);
    }
  }
  return found;
}

/// The first word of the window that shows the most different words of the query.
std::size_t best_start(const std::vector<int>& found) {
  std::size_t best = 0, most = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i] < 0) continue;
    std::set<int> different;
    for (std::size_t k = i; k < found.size() && k < i + words_shown - words_before; ++k) {
      if (found[k] >= 0) different.insert(found[k]);
    }
    if (different.size() > most) {
      most = different.size();
      best = i;
    }
  }
  return best > words_before ? best - words_before : 0;
}

}  // namespace

std::string snippet(std::string_view text, const Parsed& parsed, std::string_view language) {
  const std::vector<Token> tokens = tokenise(text);
  if (tokens.empty()) return {};
  const std::vector<int> found = matches(tokens, parsed, language);
  std::size_t first = best_start(found);
  const std::size_t last = std::min(tokens.size(), first + words_shown) - 1;
  if (last + 1 == tokens.size() && tokens.size() > words_shown) first = tokens.size() - words_shown;
  std::string out(first > 0 ? cut : "");
  std::size_t at = first > 0 ? tokens[first].begin : 0;
  for (std::size_t i = first; i <= last; ++i) {
    append_plain(out, text.substr(at, tokens[i].begin - at));
    if (found[i] >= 0) out += mark_begin;
    append_plain(out, text.substr(tokens[i].begin, tokens[i].end - tokens[i].begin));
    if (found[i] >= 0) out += mark_end;
    at = tokens[i].end;
  }
  if (last + 1 < tokens.size()) return out.append(cut);
  append_plain(out, text.substr(at));
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

}  // namespace confer::search
