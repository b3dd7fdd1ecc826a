// Appending JSON: escaping by runs, commas by a stack of one byte a container.
#include "base/json_writer.h"
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <utility>
#include "base/result.h"

namespace confer {
namespace {

constexpr char member_bit = static_cast<char>(0x80);

bool needs_escape(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\' || c == '<'; }

/// How many of the first characters need no escape for certain: eight at a time, since most texts are long and have few of those that do.
std::size_t plain_part(std::string_view text) {
  constexpr std::uint64_t each = 0x0101010101010101ULL, high_bits = each * 0x80;
  // Whether some byte is below a number of at most 128, the usual way with whole words (Anderson, Bit Twiddling Hacks, "hasless").
  const auto has_below = [](std::uint64_t eight, std::uint64_t number) { return (eight - each * number) & ~eight & high_bits; };
  std::size_t at = 0;
  for (; at + sizeof(std::uint64_t) <= text.size(); at += sizeof(std::uint64_t)) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + at, sizeof eight);
    if ((has_below(eight, 0x20) | has_below(eight ^ (each * '"'), 1) | has_below(eight ^ (each * '\\'), 1) | has_below(eight ^ (each * '<'), 1)) != 0) break;
  }
  return at;
}

void append_quoted(std::string& out, std::string_view text) {
  static constexpr char digits[] = "0123456789abcdef";
  out += '"';
  std::size_t run = 0;
  for (std::size_t i = plain_part(text); i < text.size(); ++i) {
    const char c = text[i];
    if (!needs_escape(c)) [[likely]]
      continue;
    out.append(text, run, i - run);
    run = i + 1;
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default: {
        const auto byte = static_cast<unsigned char>(c);
        out += "\\u00";
        out += digits[byte >> 4U];
        out += digits[byte & 15U];
      }
    }
    i += plain_part(text.substr(i + 1));
  }
  out.append(text, run);
  out += '"';
}

}  // namespace

void JsonWriter::before_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (stack_.empty()) {
    ASSERT(out_.empty());  // one document has one value
    return;
  }
  ASSERT((stack_.back() & ~member_bit) == '[');  // an object's value needs a key
  if (stack_.back() & member_bit)
    out_ += ',';
  else
    stack_.back() = static_cast<char>(stack_.back() | member_bit);
}

JsonWriter& JsonWriter::begin_object() {
  before_value();
  out_ += '{';
  stack_ += '{';
  return *this;
}

JsonWriter& JsonWriter::end_object() {
  ASSERT(!after_key_ && !stack_.empty() && (stack_.back() & ~member_bit) == '{');
  stack_.pop_back();
  out_ += '}';
  return *this;
}

JsonWriter& JsonWriter::begin_array() {
  before_value();
  out_ += '[';
  stack_ += '[';
  return *this;
}

JsonWriter& JsonWriter::end_array() {
  ASSERT(!after_key_ && !stack_.empty() && (stack_.back() & ~member_bit) == '[');
  stack_.pop_back();
  out_ += ']';
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  ASSERT(!after_key_ && !stack_.empty() && (stack_.back() & ~member_bit) == '{');
  if (stack_.back() & member_bit)
    out_ += ',';
  else
    stack_.back() = static_cast<char>(stack_.back() | member_bit);
  append_quoted(out_, name);
  out_ += ':';
  after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  before_value();
  append_quoted(out_, text);
  return *this;
}

JsonWriter& JsonWriter::value(bool truth) {
  before_value();
  out_ += truth ? "true" : "false";
  return *this;
}

JsonWriter& JsonWriter::integer(std::int64_t number) {
  before_value();
  std::array<char, 24> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
  out_.append(buffer.data(), end);
  return *this;
}

JsonWriter& JsonWriter::value(double number) {
  if (!std::isfinite(number)) return null();
  before_value();
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
  out_.append(buffer.data(), end);
  return *this;
}

JsonWriter& JsonWriter::null() {
  before_value();
  out_ += "null";
  return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json) {
  before_value();
  out_ += json;
  return *this;
}

std::string JsonWriter::take() {
  ASSERT(stack_.empty() && !after_key_);
  return std::exchange(out_, {});
}

std::string json_quoted(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 2);
  append_quoted(out, text);
  return out;
}

}  // namespace confer
