// Text that needs no Unicode tables: UTF-8 checks, trimming, splitting, language tags.
#include "base/text.h"
#include <fmt/format.h>
#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstring>

namespace confer {
namespace {

bool is_ascii_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr std::string_view no_break_space = "\u00A0";
constexpr std::string_view byte_order_mark = "\uFEFF";
constexpr std::string_view replacement = "\uFFFD";

/// May text be cut in front of this code point? Not inside an accented letter or a joined emoji.
bool may_cut_before(UChar32 c, UChar32 previous) {
  constexpr UChar32 joiner = 0x200D;
  if (c == joiner || previous == joiner) return false;
  return (U_GET_GC_MASK(c) & U_GC_M_MASK) == 0 && !u_hasBinaryProperty(c, UCHAR_EMOJI_MODIFIER);
}

}  // namespace

std::size_t first_invalid_utf8(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const std::size_t size = text.size();
  std::size_t i = 0;
  while (i < size) {
    if (i + 8 <= size) {
      std::uint64_t eight = 0;
      std::memcpy(&eight, bytes + i, 8);
      if ((eight & 0x8080808080808080ULL) == 0) {
        i += 8;
        continue;
      }
    }
    const std::size_t start = i;
    UChar32 c = 0;
    U8_NEXT(bytes, i, size, c);
    if (c < 0) return start;
  }
  return std::string_view::npos;
}

bool is_valid_utf8(std::string_view text) { return first_invalid_utf8(text) == std::string_view::npos; }

std::string repair_utf8(std::string_view text) {
  std::size_t bad = first_invalid_utf8(text);
  if (bad == std::string_view::npos) return std::string(text);
  std::string out(text.substr(0, bad));
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  while (bad < text.size()) {
    const std::size_t start = bad;
    UChar32 c = 0;
    U8_NEXT(bytes, bad, text.size(), c);
    if (c < 0)
      out += replacement;
    else
      out.append(text, start, bad - start);
  }
  return out;
}

Result<void> check_text(std::string_view text, std::string_view field, std::size_t max_bytes) {
  std::string problem;
  if (text.size() > max_bytes)
    problem = fmt::format("This text is too long: {} bytes, where at most {} fit. Please shorten it.", text.size(), max_bytes);
  else if (const auto at = first_invalid_utf8(text); at != std::string_view::npos)
    problem = fmt::format("This text is not valid UTF-8 (at byte {}). Please save or send it as UTF-8.", at + 1);
  else if (const auto zero = text.find('\0'); zero != std::string_view::npos)
    problem = fmt::format("This text contains a zero character (at byte {}). Please remove it.", zero + 1);
  if (problem.empty()) return {};
  return std::unexpected(Error{.code = ErrorCode::invalid, .message = fmt::format("{}: {}", field, problem), .problems = {{std::string(field), problem}}});
}

std::string_view trim(std::string_view text) {
  while (!text.empty()) {
    if (is_ascii_space(text.front()))
      text.remove_prefix(1);
    else if (text.starts_with(no_break_space))
      text.remove_prefix(no_break_space.size());
    else if (text.starts_with(byte_order_mark))
      text.remove_prefix(byte_order_mark.size());
    else
      break;
  }
  while (!text.empty()) {
    if (is_ascii_space(text.back()))
      text.remove_suffix(1);
    else if (text.ends_with(no_break_space))
      text.remove_suffix(no_break_space.size());
    else if (text.ends_with(byte_order_mark))
      text.remove_suffix(byte_order_mark.size());
    else
      break;
  }
  return text;
}

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (is_upper(c)) c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::string ellipsis(std::string_view text, std::size_t max) {
  if (text.size() <= max) return std::string(text);
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  std::size_t at = 0, count = 0;
  std::size_t cut = 0, word_cut = 0;  // where the text may end when "…" has to follow: anywhere, or after a word
  UChar32 previous = 0;
  while (at < text.size()) {
    if (count == max) break;
    const std::size_t start = at;
    UChar32 c = 0;
    U8_NEXT(bytes, at, text.size(), c);
    c = std::max(c, 0);
    if (count > 0 && may_cut_before(c, previous)) {
      cut = start;
      if (u_isUWhiteSpace(c) && !u_isUWhiteSpace(previous)) word_cut = start;
    }
    previous = c;
    ++count;
  }
  if (at >= text.size()) return std::string(text);
  if (max == 0) return "";
  // A long first word, or a script without spaces, is cut where it is: losing more than half for a word's sake would be worse.
  const std::size_t end = word_cut * 2 >= cut ? word_cut : cut;
  return std::string(text.substr(0, end)) + "…";
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> out;
  while (true) {
    const auto at = text.find(separator);
    out.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return out;
    text.remove_prefix(at + 1);
  }
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += separator;
    out += parts[i];
  }
  return out;
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (unsigned char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
    if (plain)
      out += static_cast<char>(c);
    else
      out.append({'%', digits[c >> 4], digits[c & 15]});
  }
  return out;
}

std::string fixed(double number, int digits) {
  constexpr std::size_t longest = 350;  // the largest double has 309 digits
  std::string text(longest, '\0');
  const auto written = std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed, digits);
  text.resize(static_cast<std::size_t>(written.ptr - text.data()));
  return text;
}

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
  ASSERT(!from.empty());
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
  return text;
}

bool is_language_tag(std::string_view tag) {
  const auto parts = split(tag, '-');
  std::size_t next = 0;
  const auto language = parts[next++];
  if (language.size() < 2 || language.size() > 3 || !std::ranges::all_of(language, is_lower)) return false;
  if (next < parts.size() && parts[next].size() == 4) {
    const auto script = parts[next++];
    if (!is_upper(script[0]) || !std::ranges::all_of(script.substr(1), is_lower)) return false;
  }
  if (next < parts.size()) {
    const auto region = parts[next++];
    const bool letters = region.size() == 2 && std::ranges::all_of(region, is_upper);
    const bool digits = region.size() == 3 && std::ranges::all_of(region, is_digit);
    if (!letters && !digits) return false;
  }
  return next == parts.size();
}

bool is_right_to_left(std::string_view language) {
  UErrorCode status = U_ZERO_ERROR;
  const auto locale = icu::Locale::forLanguageTag(icu::StringPiece(language.data(), static_cast<std::int32_t>(language.size())), status);
  return U_SUCCESS(status) && locale.isRightToLeft();
}

}  // namespace confer
