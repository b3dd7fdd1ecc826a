// What was typed, understood.
#include "search/parse.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace confer::search {
namespace {

constexpr std::size_t longest_query = 500, most_terms = 24, most_filters = 16;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// The end of what stands at `at`: a quoted text (its inside; `next` behind the quote) or everything up to a space or quote.
struct Piece {
  std::size_t begin, end, next;
  bool quoted;
};
Piece piece_at(std::string_view text, std::size_t at) {
  if (at < text.size() && text[at] == '"') {
    const std::size_t end = std::min(text.find('"', at + 1), text.size());
    return {at + 1, end, std::min(end + 1, text.size()), true};
  }
  std::size_t end = at;
  while (end < text.size() && !is_space(text[end]) && text[end] != '"') ++end;
  return {at, end, end, false};
}

std::optional<Named> named_at(std::string_view text, std::size_t at, const IsName& is_name) {
  if (!is_name) return std::nullopt;
  std::size_t colon = at;
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  while (colon < text.size() && is_letter(text[colon])) ++colon;
  if (colon == at || colon == text.size() || text[colon] != ':') return std::nullopt;
  std::string name = ascii_lower(text.substr(at, colon - at));
  if (!is_name(name)) return std::nullopt;
  const Piece value = piece_at(text, colon + 1);
  return Named{std::move(name), std::string(text.substr(value.begin, value.end - value.begin)), at, value.next};
}

}  // namespace

std::string_view start_of(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) --bytes;
  return text.substr(0, bytes);
}

bool Parsed::asks() const {
  return std::ranges::any_of(terms, [](const Term& term) { return !term.excluded; });
}

Parsed parse_query(std::string_view text, const IsName& is_name) {
  text = start_of(text, longest_query);
  Parsed parsed;
  std::size_t at = 0;
  while (at < text.size() && parsed.terms.size() < most_terms) {
    if (is_space(text[at])) {
      ++at;
      continue;
    }
    Term term;
    const std::size_t start = at;
    if (text[at] == '-' && at + 1 < text.size() && !is_space(text[at + 1])) {
      term.excluded = true;
      ++at;
    }
    if (auto named = named_at(text, at, is_name)) {
      at = named->end;
      named->begin = start;
      named->excluded = term.excluded;
      // A name alone is being typed: it asks for nothing yet.
      if (!trim(named->value).empty() && parsed.filters.size() < most_filters) parsed.filters.push_back(*std::move(named));
      continue;
    }
    const Piece piece = piece_at(text, at);
    term.quoted = piece.quoted;
    term.first = term.excluded ? 0 : parsed.wanted.size();
    for (Token& token : tokenise(text.substr(piece.begin, piece.end - piece.begin))) {
      term.words.push_back(token.word);
      if (term.excluded) continue;
      token.begin += piece.begin;
      token.end += piece.begin;
      parsed.wanted.push_back(std::move(token));
    }
    // The last word may still be being typed; what stands in quotes is finished.
    term.prefix = !piece.quoted && !term.excluded && std::ranges::all_of(text.substr(piece.next), is_space);
    if (!term.words.empty()) parsed.terms.push_back(std::move(term));
    at = std::max(piece.next, at + (piece.next == at ? 1 : 0));
  }
  return parsed;
}

}  // namespace confer::search
