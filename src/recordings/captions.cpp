// Reads and writes captions (captions.h).
#include "recordings/captions.h"
#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <optional>
#include "base/text.h"

namespace confer::recordings {

namespace {

constexpr std::size_t most_problems = 10, most_cues = 50000, longest_sentence = 300, longest_cue = 5000, longest_speaker = 200;
constexpr std::string_view arrow = "-->";

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// A number that is short enough not to overflow.
std::optional<std::int64_t> number_of(std::string_view digits) {
  if (!is_digits(digits) || digits.size() > 9) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

/// "01:02:03,004", "02:03.4", "1:02:03": nothing when it is none.
std::optional<milliseconds> time_of(std::string_view text) {
  const auto point = text.find_first_of(".,");
  const auto fraction = point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
  if (point != std::string_view::npos && (!is_digits(fraction) || fraction.size() > 9)) return std::nullopt;
  std::int64_t thousandths = 0;
  for (std::size_t i = 0; i < 3; ++i) thousandths = thousandths * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
  const auto parts = split(text.substr(0, point), ':');
  if (parts.size() < 2 || parts.size() > 3) return std::nullopt;
  std::int64_t total = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto value = number_of(parts[i]);
    if (!value || (i > 0 && *value >= 60)) return std::nullopt;
    total = total * 60 + *value;
  }
  return milliseconds(total * 1000 + thousandths);
}

struct Timing {
  milliseconds from{}, to{};
};

/// The two times of a line with an arrow. Errors: invalid – what is wrong with them.
Result<Timing> timing_of(std::string_view line) {
  const auto at = line.find(arrow);
  const auto before = trim(line.substr(0, at));
  auto after = trim(line.substr(at + arrow.size()));
  after = after.substr(0, after.find_first_of(" \t"));  // WebVTT's settings follow
  Timing out;
  for (const auto& [text, into] : {std::pair{before, &out.from}, std::pair{after, &out.to}}) {
    const std::string shown = ellipsis(std::string(text), 40);
    if (text.starts_with('-')) return fail(ErrorCode::invalid, "“" + shown + "” is before the beginning; write 00:00:00.000 or later.");
    const auto time = time_of(text);
    if (!time) return fail(ErrorCode::invalid, "“" + shown + "” is not a time; write it as 00:01:02.500.");
    if (*time > longest_captions) return fail(ErrorCode::invalid, "“" + shown + "” is more than 100 hours; write hours:minutes:seconds.");
    *into = *time;
  }
  if (out.to < out.from) return fail(ErrorCode::invalid, "It ends before it begins; the later time stands behind the arrow.");
  return out;
}

/// The bytes of a Windows-1252 file in UTF-8: what old programs write that know no other.
std::string from_windows_1252(std::string_view bytes) {
  constexpr std::array<char32_t, 32> upper{0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                           0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                           0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};
  std::string out;
  for (const char c : bytes) {
    char32_t point = static_cast<unsigned char>(c);
    if (point >= 0x80 && point < 0xA0) point = upper[point - 0x80];
    if (point < 0x80) {
      out += static_cast<char>(point);
    } else if (point < 0x800) {
      out += static_cast<char>(0xC0 | (point >> 6U));
      out += static_cast<char>(0x80 | (point & 0x3FU));
    } else {
      out += static_cast<char>(0xE0 | (point >> 12U));
      out += static_cast<char>(0x80 | ((point >> 6U) & 0x3FU));
      out += static_cast<char>(0x80 | (point & 0x3FU));
    }
  }
  return out;
}

struct Entity {
  std::string_view name, means;
};
constexpr std::array entities{Entity{"&lt;", "<"},    Entity{"&gt;", ">"},  Entity{"&nbsp;", "\u00a0"}, Entity{"&lrm;", "\u200e"}, Entity{"&rlm;", "\u200f"},
                              Entity{"&quot;", "\""}, Entity{"&#39;", "'"}, Entity{"&apos;", "'"},      Entity{"&amp;", "&"}};

std::string without_entities(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto* known = std::ranges::find_if(entities, [&](const Entity& e) { return text.substr(i).starts_with(e.name); });
    if (text[i] == '&' && known != entities.end()) {
      out += known->means;
      i += known->name.size();
    } else {
      out += text[i++];
    }
  }
  return out;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '&' ? std::string("&amp;") : c == '<' ? std::string("&lt;") : c == '>' ? std::string("&gt;") : std::string(1, c);
  return out;
}

/// Whether the text between < and > is one of the marks that captions have.
bool is_mark(std::string_view inside) {
  if (inside.starts_with('/')) inside.remove_prefix(1);
  if (time_of(inside)) return true;
  const std::string name = ascii_lower(inside.substr(0, inside.find_first_of(" \t.\n")));
  constexpr std::array<std::string_view, 10> known{"b", "i", "u", "s", "c", "v", "lang", "ruby", "rt", "font"};
  return std::ranges::find(known, name) != known.end();
}

/// "{\an8}", as SubStation Alpha has them and other programs leave them in SubRip.
bool is_override(std::string_view text) { return text.starts_with("{\\"); }

std::string without_marks(std::string_view text, std::string& speaker) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto rest = text.substr(i);
    if (text[i] == '<') {
      const auto end = rest.find('>');
      if (end != std::string_view::npos && is_mark(rest.substr(1, end - 1))) {
        const auto inside = rest.substr(1, end - 1);
        const auto space = inside.find_first_of(" \t");
        if (speaker.empty() && (inside.starts_with("v ") || inside.starts_with("v.")) && space != std::string_view::npos)
          speaker = ellipsis(tidy_line(without_entities(inside.substr(space))), longest_speaker);
        i += end + 1;
        continue;
      }
    } else if (is_override(rest)) {
      if (const auto end = rest.find('}'); end != std::string_view::npos) {
        i += end + 1;
        continue;
      }
    }
    out += text[i++];
  }
  return out;
}

/// Lines without space at their ends, none of them empty, without bytes that are no text.
std::string tidy(std::string_view text) {
  std::vector<std::string> lines;
  for (const auto line : split(text, '\n'))
    if (std::string tidied = tidy_line(line); !tidied.empty()) lines.push_back(std::move(tidied));
  return join(lines, "\n");
}

class Reader {
 public:
  explicit Reader(std::string_view text) {
    for (const auto line : split(text, '\n')) lines_.push_back(line);
  }

  Result<Captions> read() {
    is_vtt_ = !lines_.empty() && lines_[0].starts_with("WEBVTT");
    for (std::size_t i = is_vtt_ ? 1 : 0; i < lines_.size();) i = lines_[i].contains(arrow) ? read_cue(i) : skip(i);
    if (!problems_.empty()) {
      std::vector<FieldProblem> list;
      for (auto& problem : problems_) list.push_back({"captions", std::move(problem)});
      return std::unexpected(Error{ErrorCode::invalid, "The captions cannot be read.", {}, {}, std::move(list)});
    }
    if (out_.cues.empty())
      return fail(ErrorCode::invalid,
                  "There are no captions in it. SubRip (.srt) and WebVTT (.vtt) have a line such as 00:00:01.000 --> 00:00:04.000 above each.");
    if (out_.cues.size() > most_cues) return fail(ErrorCode::invalid, "These are more than 50,000 captions.");
    if (!std::ranges::is_sorted(out_.cues, {}, &Cue::from)) {
      sort_cues();
      out_.notes.emplace_back("They were not in the order of their times, and are now.");
    }
    if (empty_ > 0) out_.notes.push_back(fmt::format("{} without text or length were left out.", empty_));
    return std::move(out_);
  }

 private:
  /// Those that begin at one time stay in the order of the file.
  void sort_cues() {
    std::vector<std::pair<milliseconds, std::size_t>> order;
    for (const auto& cue : out_.cues) order.emplace_back(cue.from, order.size());
    std::ranges::sort(order);
    std::vector<Cue> sorted;
    for (const auto& [from, index] : order) sorted.push_back(std::move(out_.cues[index]));
    out_.cues = std::move(sorted);
  }

  /// NOTE, STYLE and REGION go on to the next empty line; numbers and names of cues are nothing to anybody.
  std::size_t skip(std::size_t i) const {
    const auto line = lines_[i];
    if (!is_vtt_ || !(line.starts_with("NOTE") || line.starts_with("STYLE") || line.starts_with("REGION"))) return i + 1;
    while (i < lines_.size() && !trim(lines_[i]).empty()) ++i;
    return i;
  }

  /// Where the text below a line of times ends: in WebVTT at an empty line; in SubRip, which has empty lines within, where the next one's number stands.
  std::size_t end_of_text(std::size_t i) const {
    const std::size_t first = i;
    for (; i < lines_.size(); ++i) {
      if (is_vtt_ && trim(lines_[i]).empty()) return i;
      if (!lines_[i].contains(arrow)) continue;
      const bool has_number = !is_vtt_ && i > first && is_digits(trim(lines_[i - 1]));
      return has_number ? i - 1 : i;
    }
    return i;
  }

  std::size_t read_cue(std::size_t i) {
    const std::size_t begin = i + 1, end = end_of_text(begin);
    const auto timing = timing_of(lines_[i]);
    if (!timing) {
      if (problems_.size() < most_problems) problems_.push_back(fmt::format("Line {}: {}", i + 1, timing.error().message));
      return end;
    }
    std::string text;
    for (std::size_t n = begin; n < end; ++n) text.append(lines_[n]).append("\n");
    Cue cue{.from = timing->from, .to = timing->to};
    text = without_marks(text, cue.speaker);
    cue.text = tidy(is_vtt_ ? without_entities(text) : text);
    if (cue.text.size() > longest_cue) {
      if (problems_.size() < most_problems)
        problems_.push_back(fmt::format("Line {}: This caption is longer than {} bytes; an empty line belongs between two.", i + 1, longest_cue));
    } else if (cue.text.empty() || cue.from == cue.to) {
      ++empty_;
    } else {
      out_.cues.push_back(std::move(cue));
    }
    return end;
  }

  std::vector<std::string_view> lines_;
  bool is_vtt_ = false;
  Captions out_;
  int empty_ = 0;
  std::vector<std::string> problems_;
};

bool ends_sentence(std::string_view text) {
  constexpr std::array<std::string_view, 6> marks{".", "?", "!", "…", "。", "？"};
  return std::ranges::any_of(marks, [&](std::string_view mark) { return text.ends_with(mark); });
}

/// Pieces of a cue, each but the last ending a sentence.
std::vector<std::string> pieces_of(const std::string& text) {
  std::vector<std::string> out(1);
  const std::string line = replace_all(text, "\n", " ");
  for (const auto word : split(line, ' ')) {
    auto& piece = out.back();
    piece += (piece.empty() ? "" : " ") + std::string(word);
    if (ends_sentence(word)) out.emplace_back();
  }
  if (out.back().empty()) out.pop_back();
  return out;
}

}  // namespace

Result<Captions> read_captions(std::string_view bytes) {
  if (bytes.size() > largest_captions) return fail(ErrorCode::invalid, "The captions are larger than 4 MB.");
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return fail(ErrorCode::invalid, "The captions are saved as UTF-16; save them as UTF-8.");
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  std::string text(bytes);
  const bool is_old = !is_valid_utf8(text);
  if (is_old) text = from_windows_1252(text);
  text = replace_all(replace_all(std::move(text), "\r\n", "\n"), "\r", "\n");
  TRY_ASSIGN(auto out, Reader(text).read());
  if (is_old) out.notes.emplace_back("They were not saved as UTF-8, and were read as Windows-1252 (Latin-1).");
  return out;
}

std::string cue_time(milliseconds time) {
  const auto ms = time.count();
  return fmt::format("{:02}:{:02}:{:02}.{:03}", ms / 3600000, ms / 60000 % 60, ms / 1000 % 60, ms % 1000);
}

std::string to_vtt(std::span<const Cue> cues) {
  std::string out = "WEBVTT\n";
  for (const auto& cue : cues) {
    out += "\n" + cue_time(cue.from) + " --> " + cue_time(cue.to) + "\n";
    if (!cue.speaker.empty()) out += "<v " + escaped(cue.speaker) + " >";  // apart, so that a name that ends with hyphens makes no arrow
    out += escaped(cue.text) + "\n";
  }
  return out;
}

std::string to_srt(std::span<const Cue> cues) {
  std::string out;
  int number = 0;
  for (const auto& cue : cues) {
    const auto time = [](milliseconds t) { return replace_all(cue_time(t), ".", ","); };
    out += (number > 0 ? "\n" : "") + std::to_string(number + 1) + "\n" + time(cue.from) + " --> " + time(cue.to) + "\n" + cue.text + "\n";
    ++number;
  }
  return out;
}

std::vector<Cue> shifted(std::span<const Cue> cues, milliseconds by) {
  std::vector<Cue> out;
  for (const auto& cue : cues) {
    if (cue.to + by <= milliseconds{}) continue;
    out.push_back(cue);
    out.back().from = std::max(cue.from + by, milliseconds{});
    out.back().to = cue.to + by;
  }
  return out;
}

std::vector<Sentence> sentences_of(std::span<const Cue> cues) {
  constexpr milliseconds silence{2000};
  std::vector<Sentence> out;
  bool is_open = false;  // the last one goes on
  const Cue* before = nullptr;
  for (const auto& cue : cues) {
    if (before != nullptr && (cue.from - before->to > silence || cue.speaker != before->speaker)) is_open = false;
    for (const auto& piece : pieces_of(cue.text)) {
      if (is_open && out.back().text.size() + piece.size() <= longest_sentence)
        out.back().text += " " + piece;
      else
        out.push_back({cue.from, piece});
      is_open = !ends_sentence(piece);
    }
    before = &cue;
  }
  return out;
}

std::string transcript_of(std::span<const Cue> cues) {
  std::string out;
  for (const auto& cue : cues) out += (out.empty() ? "" : " ") + replace_all(cue.text, "\n", " ");
  return out;
}

}  // namespace confer::recordings
