// The piece of a text that shows why it was found.
#include "search/snippet.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <utility>
#include <vector>

#include "search/parse.h"
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

/// For each word of the text, which unit of the query it answers, or -1.
std::vector<int> matches(const std::vector<Token>& tokens, const std::function<int(std::string_view)>& answers) {
  std::vector<int> found(tokens.size(), -1);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const int unit = answers(tokens[i].word);
    if (unit >= 0) found[i] = unit;
    if (!tokens[i].alone) {
      each_hangul_pair(tokens[i].word, [&](std::string_view pair) {
        if (const int of_pair = answers(pair); found[i] < 0 && of_pair >= 0) found[i] = of_pair;
      });
      continue;
    }
    if (i == 0 || !tokens[i - 1].alone || tokens[i - 1].end != tokens[i].begin) continue;
    if (const int of_pair = answers(tokens[i - 1].word + tokens[i].word); of_pair >= 0) {
      if (found[i] < 0) found[i] = of_pair;
      if (found[i - 1] < 0) found[i - 1] = of_pair;
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

/// Words `first` to `last` with what stands between them; from the text's beginning when `first` is 0.
std::string shown(std::string_view text, const std::vector<Token>& tokens, const std::vector<int>& found, std::size_t first, std::size_t last) {
  std::string out;
  std::size_t at = first > 0 ? tokens[first].begin : 0;
  bool open = false;
  for (std::size_t i = first; i <= last; ++i) {
    // Words that stand together are marked together.
    const bool goes_on = open && found[i] >= 0 && tokens[i].begin == at;
    if (open && !goes_on) out += mark_end;
    append_plain(out, text.substr(at, tokens[i].begin - at));
    if (found[i] >= 0 && !goes_on) out += mark_begin;
    append_plain(out, text.substr(tokens[i].begin, tokens[i].end - tokens[i].begin));
    open = found[i] >= 0;
    at = tokens[i].end;
  }
  if (open) out += mark_end;
  return out;
}

}  // namespace

Answers::Answers(const Index& index, std::span<const Unit> units) : index_(index) {
  for (std::size_t u = 0; u < units.size(); ++u) {
    for (const Alternative& one : units[u].alternatives) units_.emplace(one.word, static_cast<int>(u));
    for (const WordId word : units[u].phrase) units_.emplace(word, static_cast<int>(u));
  }
}

int Answers::operator()(std::string_view word) const {
  const auto id = index_.words().find(word);
  if (!id) return -1;
  const auto found = units_.find(*id);
  return found == units_.end() ? -1 : found->second;
}

std::string snippet(std::string_view text, const std::function<int(std::string_view word)>& answers) {
  // A transcript in a body would cost milliseconds, and shows no better.
  constexpr std::size_t most_bytes = 20'000;
  text = start_of(text, most_bytes);
  const std::vector<Token> tokens = tokenise(text);
  if (tokens.empty()) return {};
  const std::vector<int> found = matches(tokens, answers);
  std::size_t first = best_start(found);
  const std::size_t last = std::min(tokens.size(), first + words_shown) - 1;
  if (last + 1 == tokens.size() && tokens.size() > words_shown) first = tokens.size() - words_shown;
  std::string out = (first > 0 ? std::string(cut) : std::string()) + shown(text, tokens, found, first, last);
  if (last + 1 < tokens.size()) return out.append(cut);
  append_plain(out, text.substr(tokens[last].end));
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

std::string marked(std::string_view text, const std::function<int(std::string_view word)>& answers) {
  const std::vector<Token> tokens = tokenise(text);
  std::string out;
  if (!tokens.empty()) out = shown(text, tokens, matches(tokens, answers), 0, tokens.size() - 1);
  append_plain(out, text.substr(tokens.empty() ? 0 : tokens.back().end));
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

}  // namespace confer::search
