// The timetable as plain text, for curl and a terminal.
#include "base/text.h"
#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>
#include "programme/format.h"
#include "programme/formats/export.h"

namespace confer::programme {
namespace {

/// The code point at `i`, which moves behind it. The text is valid UTF-8.
char32_t next_code_point(std::string_view text, std::size_t& i) {
  const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U; };
  const unsigned first = byte(i);
  const std::size_t length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  char32_t point = length == 1 ? first : first & (0xffU >> (length + 1));
  for (std::size_t k = 1; k < length; ++k) point = point << 6U | (byte(i + k) & 0x3fU);
  i += length;
  return point;
}

/// Columns that a terminal gives a character: 2 for East Asian wide ones and emoji (Unicode UAX #11, by blocks), 0 for marks that stand on the one before.
std::size_t columns_of(char32_t c) {
  static constexpr std::array<std::pair<char32_t, char32_t>, 6> none{
      {{0x300, 0x36f}, {0x591, 0x5bd}, {0x610, 0x61a}, {0x64b, 0x65f}, {0x200b, 0x200f}, {0xfe00, 0xfe0f}}};
  static constexpr std::array<std::pair<char32_t, char32_t>, 9> wide{{{0x1100, 0x115f},
                                                                      {0x2e80, 0x303e},
                                                                      {0x3041, 0xa4cf},
                                                                      {0xac00, 0xd7a3},
                                                                      {0xf900, 0xfaff},
                                                                      {0xfe30, 0xfe6f},
                                                                      {0xff00, 0xff60},
                                                                      {0x1f300, 0x1faff},
                                                                      {0x20000, 0x3fffd}}};
  const auto in = [c](const auto& range) { return c >= range.first && c <= range.second; };
  return std::ranges::any_of(none, in) ? 0 : std::ranges::any_of(wide, in) ? 2 : 1;
}

std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t i = 0; i < text.size();) columns += columns_of(next_code_point(text, i));
  return columns;
}

/// Lines of at most `width` columns, broken at spaces; a longer word is broken where it must be.
std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines(1);
  std::size_t used = 0;
  for (const std::string_view word : split(text, ' ')) {
    const std::size_t columns = columns_of(word);
    if (used > 0 && used + 1 + columns > width) {
      lines.emplace_back();
      used = 0;
    }
    if (used > 0) {
      lines.back() += ' ';
      ++used;
    }
    for (std::size_t i = 0; i < word.size();) {
      const std::size_t start = i;
      const std::size_t one = columns_of(next_code_point(word, i));
      if (used + one > width && used > 0) {
        lines.emplace_back();
        used = 0;
      }
      lines.back().append(word, start, i - start);
      used += one;
    }
  }
  return lines;
}

class TextWriter {
 public:
  TextWriter(const Programme& p, std::string_view language, std::size_t width)
      : outline_(p, {.breaks = true, .cancelled = true, .without_room = true, .cut_at_a_day = false}),
        language_(language),
        width_(std::max<std::size_t>(width, 30)) {}

  std::string write() {
    const Conference& c = outline_.programme.conference;
    std::string title = clean_line(c.title.in(language_, outline_.language));
    if (title.empty()) title = outline_.title;
    for (const std::string& line : wrapped(title, width_)) out_ += line + "\n";
    out_ += std::string(std::min(width_, columns_of(title)), '=') + "\n";
    const bool one_day = c.start == c.end;
    paragraph(format_date(c.start, language_) + (one_day ? "" : " – " + format_date(c.end, language_)));
    paragraph(outline_.zone.name() + (outline_.programme.version.empty() ? "" : " · " + outline_.version));
    if (!outline_.url.empty()) out_ += outline_.url + "\n";
    for (const Day& day : outline_.days)
      if (!day.sessions.empty()) write_day(day);
    return std::move(out_);
  }

 private:
  void paragraph(const std::string& text) {
    for (const std::string& line : wrapped(text, width_)) out_ += line + "\n";
  }

  void write_day(const Day& day) {
    const std::string title = format_date(day.date, language_);
    out_ += "\n" + title + "\n" + std::string(std::min(width_, columns_of(title)), '-') + "\n";
    std::vector<const Session*> sessions;
    for (const Session& session : day.sessions) sessions.push_back(&session);
    std::ranges::sort(sessions, {}, [&](const Session* s) { return std::tuple(s->from, s->room ? s->room - outline_.rooms.data() : -1, s->id); });
    WallTime last{};
    for (const Session* session : sessions) {
      if (session->start != last) out_ += "\n";
      last = session->start;
      write_session(*session);
    }
  }

  /// "10:00–10:30  Room" and below it, indented, title and speakers.
  void write_session(const Session& s) {
    const std::string times = clock_text(s.start) + "–" + clock_text(outline_.zone.to_wall(s.to));
    std::string head = s.title;
    if (s.cancelled) head = "[cancelled] " + head;
    if (s.talk) {
      std::vector<std::string> names;
      for (const Credit& credit : s.talk->credits) names.push_back(clean_line(credit.name));
      const std::string subtitle = clean_line(s.talk->subtitle);
      if (!subtitle.empty()) head += ": " + subtitle;
      if (!names.empty()) head += " · " + join(names, ", ");
    }
    const std::string indent(13, ' ');
    bool first = true;
    for (const std::string& line : wrapped(head, width_ - indent.size())) {
      out_ += first ? times + "  " : indent;
      out_ += line + "\n";
      first = false;
    }
    std::string below = s.room ? s.room->name : "";
    if (s.track) below += (below.empty() ? "" : " · ") + s.track->name;
    if (const std::string note = clean_line(s.slot->note); !note.empty()) below += (below.empty() ? "" : " · ") + note;
    if (!below.empty())
      for (const std::string& line : wrapped(below, width_ - indent.size())) out_ += indent + line + "\n";
    for (const Part& part : s.slot->parts) write_part(s, part);
  }

  void write_part(const Session& s, const Part& part) {
    std::string text = clean_line(part.title);
    std::vector<std::string> names;
    for (const std::string& name : part.speakers) names.push_back(clean_line(name));
    if (!names.empty()) text += " · " + join(names, ", ");
    bool first = true;
    for (const std::string& line : wrapped(text, width_ - 20)) {
      out_ += std::string(13, ' ') + (first ? clock_text(outline_.zone.to_wall(s.from + part.offset)) : "     ") + "  " + line + "\n";
      first = false;
    }
  }

  Outline outline_;
  std::string language_;
  std::size_t width_;
  std::string out_;
};

}  // namespace

std::string write_text(const Programme& p, std::string_view language, std::size_t width) { return TextWriter(p, language, width).write(); }

}  // namespace confer::programme
