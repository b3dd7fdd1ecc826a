// Words out of text.
#include "search/tokens.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>

#include "base/text.h"
#include "search/search.h"

namespace confer::search {
namespace {

/// PostgreSQL refuses words over 2 KiB; what is longer than this is no word anyway (Base64, rulers).
constexpr std::size_t longest_word = 64;

bool is_mark(UChar32 c) { return (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0 || c == 0x200C || c == 0x200D; }
bool is_letter(UChar32 c) { return (U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_N_MASK)) != 0; }

/// Written without spaces between words.
bool stands_alone(UChar32 c) {
  if (c < 0x0E00) return false;
  if (u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC) || c == 0x30FC) return true;
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(c, &status)) {
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
      return true;
    default:
      return false;
  }
}

UChar32 next_character(std::string_view text, std::size_t& at) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  auto i = static_cast<std::int32_t>(at);
  const auto size = static_cast<std::int32_t>(text.size());
  UChar32 c = 0;
  U8_NEXT_OR_FFFD(bytes, i, size, c);
  at = static_cast<std::size_t>(i);
  return c;
}

/// Only letters, digits and marks of a folded text, at most `longest_word` bytes: compatibility forms may fold to signs ("½" → "1⁄2").
std::string only_letters(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const UChar32 c = next_character(text, at);
    if (!is_letter(c) && !is_mark(c)) continue;
    if (out.size() + (at - begin) > longest_word) break;
    out += text.substr(begin, at - begin);
  }
  return out;
}

std::string folded_word(std::string_view raw) {
  if (std::ranges::all_of(raw, [](char c) { return static_cast<unsigned char>(c) < 0x80; })) return ascii_lower(raw.substr(0, longest_word));
  return only_letters(fold(raw));
}

/// "c++" and "c#" are names of things that people look for. Returns how many bytes of sign belong to the one letter before `at`.
std::size_t signs_of_a_language(std::string_view text, std::size_t at) {
  if (text.substr(at).starts_with("++")) return 2;
  if (!text.substr(at).starts_with("#")) return 0;
  std::size_t after = at + 1;
  return after == text.size() || !is_letter(next_character(text, after)) ? 1 : 0;
}

}  // namespace

std::vector<Token> tokenise(std::string_view text) {
  std::vector<Token> tokens;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const UChar32 first = next_character(text, at);
    if (!is_letter(first)) continue;
    std::size_t end = at;
    const bool alone = stands_alone(first);
    while (end < text.size()) {
      std::size_t next = end;
      const UChar32 c = next_character(text, next);
      if (!is_mark(c) && (alone || !is_letter(c) || stands_alone(c))) break;
      end = next;
    }
    Token token{folded_word(text.substr(begin, end - begin)), begin, end};
    if (token.word.size() == 1 && first < 0x80 && u_isalpha(first)) {
      const std::size_t signs = signs_of_a_language(text, end);
      token.word += text.substr(end, signs);
      token.end = end += signs;
    }
    at = end;
    if (!token.word.empty()) tokens.push_back(std::move(token));
  }
  return tokens;
}

std::string joined_words(const std::vector<Token>& tokens) {
  std::string out;
  for (const Token& token : tokens) {
    if (!out.empty()) out += ' ';
    out += token.word;
  }
  return out;
}

std::vector<std::string> tokens(std::string_view text) {
  std::vector<std::string> words;
  for (Token& token : tokenise(text)) words.push_back(std::move(token.word));
  return words;
}

}  // namespace confer::search
