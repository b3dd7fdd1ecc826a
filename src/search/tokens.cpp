// Words out of text.
#include "search/tokens.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <unordered_map>

#include "base/text.h"
#include "search/search.h"

namespace confer::search {
namespace {

/// PostgreSQL refuses words over 2 KiB; what is longer than this is no word anyway (Base64, rulers).
constexpr std::size_t longest_word = 64;

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

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

/// Folding asks ICU's tables four times; the same words come again and again.
const std::string& folded_word(std::string_view raw) {
  constexpr std::size_t most_kept = 20'000;
  thread_local std::unordered_map<std::string, std::string, TextHash, std::equal_to<>> kept;
  if (const auto found = kept.find(raw); found != kept.end()) return found->second;
  if (kept.size() >= most_kept) kept.clear();
  return kept.emplace(raw, only_letters(fold(raw))).first->second;
}

/// "c++" and "c#" are names of things that people look for. Returns how many bytes of sign belong to the one letter before `at`.
std::size_t signs_of_a_language(std::string_view text, std::size_t at) {
  if (text.substr(at).starts_with("++")) return 2;
  if (!text.substr(at).starts_with("#")) return 0;
  std::size_t after = at + 1;
  return after == text.size() || !is_letter(next_character(text, after)) ? 1 : 0;
}

}  // namespace

/// Most words are ASCII, and need no tables. False: `at_` stands where the tables must be asked.
bool TokenReader::read_ascii() {
  while (at_ < text_.size() && static_cast<unsigned char>(text_[at_]) < 0x80 && !is_ascii_letter(text_[at_])) ++at_;
  if (at_ == text_.size() || static_cast<unsigned char>(text_[at_]) >= 0x80) return false;
  std::size_t end = at_, size = 0;
  while (end < text_.size() && is_ascii_letter(text_[end])) {
    const char c = text_[end++];
    if (size < longest_word) small_[size++] = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  if (end < text_.size() && static_cast<unsigned char>(text_[end]) >= 0x80) {
    std::size_t after = end;
    const UChar32 c = next_character(text_, after);
    if (is_mark(c) || (is_letter(c) && !stands_alone(c))) return false;
  }
  begin_ = at_;
  if (size == 1 && !(small_[0] >= '0' && small_[0] <= '9')) {
    const std::size_t signs = signs_of_a_language(text_, end);
    for (std::size_t i = 0; i < signs; ++i) small_[size++] = text_[end + i];
    end += signs;
  }
  at_ = end_ = end;
  alone_ = false;
  word_ = {small_, size};
  return true;
}

bool TokenReader::next() {
  while (true) {
    if (read_ascii()) return true;
    if (at_ == text_.size()) return false;
    const std::size_t begin = at_;
    const UChar32 first = next_character(text_, at_);
    if (!is_letter(first)) continue;
    std::size_t end = at_;
    const bool alone = stands_alone(first);
    while (end < text_.size()) {
      std::size_t next = end;
      const UChar32 c = next_character(text_, next);
      if (!is_mark(c) && (alone || !is_letter(c) || stands_alone(c))) break;
      end = next;
    }
    at_ = end;
    large_ = folded_word(text_.substr(begin, end - begin));
    if (large_.empty()) continue;
    begin_ = begin;
    end_ = end;
    alone_ = alone;
    word_ = large_;
    return true;
  }
}

std::string_view Joiner::join(std::string_view text, const TokenReader& token) {
  constexpr int most_parts = 4;
  const std::string_view between = text.substr(end_, token.begin() - end_);
  const bool first = parts_ == 0;
  const bool side_by_side = !first && alone_ && token.alone() && between.empty();
  const bool joined = !first && !alone_ && !token.alone() && parts_ < most_parts &&
                      (between == "-" || between == "'" || between == "." || between == "\xE2\x80\x99" || between == "\xE2\x80\x90") &&
                      before_.size() + token.word().size() < longest_word;
  end_ = token.end();
  alone_ = token.alone();
  if (side_by_side) {
    // The last character of what was joined, and this one.
    std::string pair = before_ + std::string(token.word());
    before_ = token.word();
    parts_ = 1;
    pair_ = std::move(pair);
    return pair_;
  }
  if (joined) {
    const auto is_number = [](std::string_view word) { return std::ranges::all_of(word, [](char c) { return (c >= '0' && c <= '9') || c == '.'; }); };
    if (between == "." && is_number(before_) && is_number(token.word())) before_ += '.';
    before_ += token.word();
    ++parts_;
    return before_;
  }
  before_ = token.word();
  parts_ = 1;
  return {};
}

std::vector<Token> tokenise(std::string_view text) {
  std::vector<Token> tokens;
  TokenReader reader(text);
  while (reader.next()) tokens.push_back({std::string(reader.word()), reader.begin(), reader.end(), reader.alone()});
  return tokens;
}

std::vector<std::string> tokens(std::string_view text) {
  std::vector<std::string> words;
  for (TokenReader reader(text); reader.next();) words.emplace_back(reader.word());
  return words;
}

}  // namespace confer::search
