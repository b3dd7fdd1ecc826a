// The encodings of mail.
#include "mail/mime.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace confer::mail {
namespace {

/// RFC 5322 § 2.1.1 and RFC 2047 § 2: lines of a header should stay within this.
constexpr std::size_t longest_line = 76;
constexpr std::string_view word_start = "=?UTF-8?B?", word_end = "?=";
/// RFC 2047 § 2: an encoded word has at most 75 characters.
constexpr std::size_t longest_word = 75;

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}
bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string base64(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    const std::size_t have = std::min<std::size_t>(3, bytes.size() - i);
    for (std::size_t k = 0; k < 3; ++k) group = group << 8U | (k < have ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k) out += k <= have ? alphabet[group >> (18U - 6U * k) & 63U] : '=';
  }
  return out;
}

void append_hex(std::string& out, char mark, char byte) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  const auto value = static_cast<unsigned char>(byte);
  out += mark;
  out += digits[value >> 4U];
  out += digits[value & 15U];
}

/// Encoded words, folded; the first line has `used` characters already. Each word holds whole characters (RFC 2047 § 5).
std::string encoded_words(std::string_view text, std::size_t used) {
  std::string out;
  while (!text.empty()) {
    const std::size_t room = std::min(longest_word, longest_line - std::min(longest_line - 20, used));
    std::size_t take = std::min(text.size(), (room - word_start.size() - word_end.size()) / 4 * 3);
    while (take < text.size() && take > 1 && is_continuation(text[take])) --take;
    if (!out.empty()) out += "\r\n ";
    out.append(word_start).append(base64(text.substr(0, take))).append(word_end);
    text.remove_prefix(take);
    used = 1;
  }
  return out;
}

/// ASCII text folded at spaces; empty when a word is too long for a line, or could be taken for an encoded one.
std::string folded_ascii(std::string_view text, std::size_t used) {
  if (text.contains("=?") || text.starts_with(' ') || text.ends_with(' ')) return {};
  std::string out;
  while (!text.empty()) {
    // A piece is a word with the spaces before it, so that unfolding gives the same text again.
    const std::size_t word = text.find_first_not_of(' ');
    const std::string_view piece = text.substr(0, text.find(' ', word));
    if (piece.size() >= longest_line) return {};
    if (used + piece.size() > longest_line && !out.empty()) {
      out += "\r\n";
      used = 0;
    }
    if (used + piece.size() > longest_line) return {};
    out += piece;
    used += piece.size();
    text.remove_prefix(piece.size());
  }
  return out;
}

}  // namespace

std::string base64_lines(std::string_view bytes) {
  constexpr std::size_t bytes_a_line = longest_line / 4 * 3;
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += bytes_a_line) out.append(base64(bytes.substr(i, bytes_a_line))).append("\r\n");
  return out;
}

std::string bytes_of_base64(std::string_view lines) {
  std::string out;
  std::uint32_t group = 0;
  unsigned bits = 0;
  for (const char c : lines) {
    const std::size_t value = alphabet.find(c);
    if (value == std::string_view::npos) continue;
    group = (group << 6U | static_cast<std::uint32_t>(value)) & 0xFFFFU;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out += static_cast<char>(group >> bits & 0xFFU);
  }
  return out;
}

std::string quoted_printable(std::string_view text) {
  std::string out, line;
  const auto end_line = [&](std::string_view end) {
    out.append(line).append(end);
    line.clear();
  };
  const auto add = [&](std::string_view unit) {
    // One character is kept for the '=' of a soft break.
    if (line.size() + unit.size() > longest_line - 1) end_line("=\r\n");
    line.append(unit);
  };
  std::string unit;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\r' || c == '\n') {
      if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') ++i;
      end_line("\r\n");
      continue;
    }
    const bool at_end = i + 1 == text.size() || text[i + 1] == '\r' || text[i + 1] == '\n';
    const bool plain = (c > ' ' && c <= '~' && c != '=') || ((c == ' ' || c == '\t') && !at_end);
    unit.clear();
    if (plain) {
      unit += c;
    } else {
      append_hex(unit, '=', c);
    }
    add(unit);
  }
  if (!line.empty()) end_line("\r\n");
  return out;
}

std::string text_header(std::string_view name, std::string_view text) {
  std::string out = std::string(name) + ": ";
  std::string value = is_ascii(text) ? folded_ascii(text, out.size()) : std::string();
  if (value.empty() && !text.empty()) value = encoded_words(text, out.size());
  return out + value + "\r\n";
}

std::string address_header(std::string_view name, std::string_view display_name, std::string_view address) {
  std::string out = std::string(name) + ": ";
  if (display_name.empty()) return out.append(address).append("\r\n");
  std::string shown;
  if (is_ascii(display_name) && !display_name.contains("=?") && display_name.size() <= 50) {
    shown = "\"";
    for (const char c : display_name) {
      if (c == '"' || c == '\\') shown += '\\';
      shown += c;
    }
    shown += '"';
  } else {
    shown = encoded_words(display_name, out.size());
  }
  return out.append(shown).append("\r\n <").append(address).append(">\r\n");
}

std::string parameter(std::string_view name, std::string_view value) {
  std::string encoded;
  bool plain = value.size() <= 60;
  for (const char c : value) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    const bool safe = letter || c == '.' || c == '-' || c == '_';
    plain = plain && (safe || c == ' ');
    if (safe) {
      encoded += c;
    } else {
      append_hex(encoded, '%', c);
    }
  }
  if (plain) return ";\r\n " + std::string(name) + "=\"" + std::string(value) + "\"";
  // RFC 2231 § 3: a long value goes into numbered sections, each of whole %XX. No ASCII stand-in beside it: some parsers prefer that one.
  std::string out = ";\r\n " + std::string(name);
  std::size_t section = 0;
  while (!encoded.empty()) {
    std::size_t take = std::min<std::size_t>(48, encoded.size());
    while (take < encoded.size() && (encoded[take - 1] == '%' || encoded[take - 2] == '%')) --take;
    const bool alone = section == 0 && take == encoded.size();
    if (section > 0) out.append(";\r\n ").append(name);
    out.append(alone ? "*=" : "*" + std::to_string(section) + "*=");
    if (section == 0) out += "UTF-8''";
    out += encoded.substr(0, take);
    encoded.erase(0, take);
    ++section;
  }
  return out;
}

bool is_one_line(std::string_view text) {
  if (text.contains("\xC2\x85") || text.contains("\xE2\x80\xA8") || text.contains("\xE2\x80\xA9")) return false;
  return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

}  // namespace confer::mail
