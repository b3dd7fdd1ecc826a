// What an index holds of a document, and how it is asked.
#include "search/terms.h"

#include <algorithm>
#include <set>

#include "search/stems.h"

namespace confer::search {
namespace {

constexpr std::size_t longest_query = 500, most_terms = 12, most_index_terms = 8000;

std::string_view start_of(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) --bytes;
  return text.substr(0, bytes);
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// The two databases' ways of saying the same.
struct Dialect {
  std::string_view quote, prefix, any, all, without;
};
constexpr Dialect fts5{"\"", "\"*", " OR ", " AND ", " NOT "}, postgres{"'", "':*", " | ", " & ", " & !"};

/// Only our tokens get here: letters, digits, marks and our own signs. None of them is special between quotes in either language.
std::string quoted(const Dialect& d, std::string_view term, bool prefix = false) {
  return std::string(d.quote).append(term).append(prefix ? d.prefix : d.quote);
}

std::string any_form(const Dialect& d, const std::string& word, bool prefix, bool may_be_stem, std::string_view mark) {
  std::string out = "(" + quoted(d, std::string(mark) + word, prefix);
  if (may_be_stem) {
    for (const std::string& form : all_stems(word)) {
      if (form != word) out.append(d.any).append(quoted(d, std::string(mark) + form));
      out.append(d.any).append(quoted(d, std::string(mark) + "=" + form));
    }
  }
  return out + ")";
}

std::string index_query(const Dialect& d, const Parsed& parsed, Where where) {
  const std::string_view mark = where == Where::heading ? "^" : "";
  std::string out;
  for (const Term& term : parsed.terms) {
    if (term.excluded) continue;
    for (std::size_t i = 0; i < term.words.size(); ++i) {
      if (!out.empty()) out += d.all;
      out += any_form(d, term.words[i], term.prefix && i + 1 == term.words.size(), term.words.size() == 1, mark);
    }
  }
  if (out.empty()) return out;
  for (const Term& term : parsed.terms) {
    // Of an excluded phrase the index knows only that its words are there, somewhere: the scorer decides.
    if (term.excluded && term.words.size() == 1) out = "(" + out + ")" + std::string(d.without) + quoted(d, term.words[0]);
  }
  return out;
}

}  // namespace

bool Parsed::asks() const {
  return std::ranges::any_of(terms, [](const Term& term) { return !term.excluded; });
}

Parsed parse_query(std::string_view text) {
  text = start_of(text, longest_query);
  Parsed parsed;
  std::size_t at = 0;
  while (at < text.size() && parsed.terms.size() < most_terms) {
    if (is_space(text[at])) {
      ++at;
      continue;
    }
    Term term;
    if (text[at] == '-' && at + 1 < text.size() && !is_space(text[at + 1])) {
      term.excluded = true;
      ++at;
    }
    std::size_t begin = at, end = 0, next = 0;
    bool phrase = false;
    if (text[at] == '"') {
      begin = at + 1;
      end = std::min(text.find('"', begin), text.size());
      next = std::min(end + 1, text.size());
      phrase = true;
    } else {
      end = begin;
      while (end < text.size() && !is_space(text[end]) && text[end] != '"') ++end;
      next = end;
    }
    for (Token& token : tokenise(text.substr(begin, end - begin))) {
      term.words.push_back(token.word);
      if (term.excluded) continue;
      token.begin += begin;
      token.end += begin;
      parsed.wanted.push_back(std::move(token));
    }
    // The last word may still be being typed; what stands in quotes is finished.
    term.prefix = !phrase && !term.excluded && std::ranges::all_of(text.substr(next), is_space);
    if (!term.words.empty()) parsed.terms.push_back(std::move(term));
    at = next;
  }
  return parsed;
}

std::string terms_of(std::string_view heading_words, std::string_view body_words, std::string_view language) {
  std::set<std::string, std::less<>> terms;
  const auto add = [&](std::string_view word, std::string_view mark) {
    if (terms.size() >= most_index_terms || !terms.emplace(std::string(mark).append(word)).second) return;
    const std::string stemmed = stem(word, language);
    if (stemmed != word) terms.insert(std::string(mark) + "=" + stemmed);
  };
  each_word(heading_words, [&](std::string_view word) {
    add(word, "^");
    add(word, "");
  });
  each_word(body_words, [&](std::string_view word) { add(word, ""); });
  std::string out;
  for (const std::string& term : terms) {
    if (!out.empty()) out += ' ';
    out += term;
  }
  return out;
}

std::string fts5_query(const Parsed& parsed, Where where) { return index_query(fts5, parsed, where); }
std::string tsquery(const Parsed& parsed, Where where) { return index_query(postgres, parsed, where); }

}  // namespace confer::search
