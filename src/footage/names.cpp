// Fitting names to patterns: parts against characters, each pair looked at once (names.h).
#include "footage/names.h"
#include <algorithm>
#include <array>
#include "base/text.h"

namespace confer::footage {
namespace {

using Field = NamePattern::Field;
using Part = NamePattern::Part;

struct Word {
  std::string_view name;
  Field field;
};
constexpr std::array<Word, 9> words{{{"year", Field::year},
                                     {"month", Field::month},
                                     {"day", Field::day},
                                     {"hour", Field::hour},
                                     {"minute", Field::minute},
                                     {"second", Field::second},
                                     {"room", Field::room},
                                     {"stream", Field::stream},
                                     {"utc", Field::utc}}};
constexpr std::size_t longest_pattern = 300, longest_path = 4096;

std::size_t digits_of(Field field) {
  switch (field) {
    case Field::year:
      return 4;
    case Field::month:
    case Field::day:
    case Field::hour:
    case Field::minute:
    case Field::second:
      return 2;
    default:
      return 0;
  }
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// One try of a pattern at one beginning. `dead` remembers what was tried in vain, so that no name takes longer than parts × characters.
class Fit {
 public:
  Fit(std::string_view text, const std::vector<Part>& parts) : text_(text), parts_(parts), dead_((parts.size() + 1) * (text.size() + 1), false) {}

  bool from(std::size_t part, std::size_t at) {
    if (part == parts_.size()) return at == text_.size();
    const std::size_t place = part * (text_.size() + 1) + at;
    if (dead_[place]) return false;
    if (fits(part, at)) return true;
    dead_[place] = true;
    return false;
  }
  std::array<int, 6> numbers{0, 0, 0, 0, 0, 0};  ///< year … second
  bool is_utc = false;
  std::string room, stream;

 private:
  bool fits(std::size_t part, std::size_t at) {
    const Part& p = parts_[part];
    switch (p.field) {
      case Field::literal:
        return text_.substr(at).starts_with(p.literal) && from(part + 1, at + p.literal.size());
      case Field::utc:
        if (text_.substr(at).starts_with('Z') && from(part + 1, at + 1)) return is_utc = true;
        return from(part + 1, at) && (is_utc = true);
      case Field::any:
        return longer(part, at, 0, nullptr);
      case Field::room:
        return longer(part, at, 1, &room);
      case Field::stream:
        return longer(part, at, 1, &stream);
      default:
        return number(part, at);
    }
  }
  bool longer(std::size_t part, std::size_t at, std::size_t least, std::string* into) {
    for (std::size_t end = at; end <= text_.size(); ++end) {
      if (end >= at + least && from(part + 1, end)) {
        if (into != nullptr) *into = text_.substr(at, end - at);
        return true;
      }
      if (end < text_.size() && text_[end] == '/') break;
    }
    return false;
  }
  bool number(std::size_t part, std::size_t at) {
    const std::size_t n = digits_of(parts_[part].field);
    if (at + n > text_.size() || !std::ranges::all_of(text_.substr(at, n), is_digit)) return false;
    // "20270504-1030": the year does not begin within a longer number.
    if (parts_[part].field == Field::year && at > 0 && is_digit(text_[at - 1]) && part > 0 && parts_[part - 1].field == Field::any) return false;
    if (!from(part + 1, at + n)) return false;
    int value = 0;
    for (const char c : text_.substr(at, n)) value = value * 10 + (c - '0');
    numbers.at(static_cast<std::size_t>(parts_[part].field) - static_cast<std::size_t>(Field::year)) = value;
    return true;
  }
  std::string_view text_;
  const std::vector<Part>& parts_;
  std::vector<bool> dead_;
};

std::optional<NamedTime> read(const NamePattern& pattern, std::string_view path) {
  for (std::size_t at = 0; at != std::string_view::npos; at = path.find('/', at) == std::string_view::npos ? std::string_view::npos : path.find('/', at) + 1) {
    Fit fit(path.substr(at), pattern.parts());
    if (!fit.from(0, 0)) continue;
    const auto [year, month, day, hour, minute, second] = fit.numbers;
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok() || year < 1970 || hour > 23 || minute > 59 || second > 59) continue;
    const WallSecond wall = std::chrono::local_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} + std::chrono::seconds{second};
    return NamedTime{.wall = wall, .is_utc = fit.is_utc, .room = std::move(fit.room), .stream = std::move(fit.stream)};
  }
  return std::nullopt;
}

std::unexpected<Error> wrong(std::string_view pattern, std::size_t at, const std::string& why) {
  return fail(ErrorCode::invalid, "“" + ellipsis(pattern, 100) + "”, character " + std::to_string(at + 1) + ": " + why);
}

}  // namespace

Result<NamePattern> NamePattern::parse(std::string_view text) {
  if (text.size() > longest_pattern)
    return fail(ErrorCode::invalid, "The pattern “" + ellipsis(text, 40) + "” is longer than " + std::to_string(longest_pattern) + " characters.");
  NamePattern made;
  made.text_ = text;
  std::array<bool, 11> seen{};
  std::string literal;
  const auto end_literal = [&] {
    if (!literal.empty()) made.parts_.push_back({Field::literal, std::move(literal)});
    literal.clear();
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '*') {
      end_literal();
      if (made.parts_.empty() || made.parts_.back().field != Field::any) made.parts_.push_back({Field::any, {}});
      continue;
    }
    if (text[at] == '}') return wrong(text, at, "there is a } without its {.");
    if (text[at] != '{') {
      literal += text[at];
      continue;
    }
    const auto close = text.find('}', at);
    if (close == std::string_view::npos) return wrong(text, at, "the { has no }.");
    const auto name = text.substr(at + 1, close - at - 1);
    const auto* found = std::ranges::find(words, name, &Word::name);
    if (found == words.end())
      return wrong(text, at, "there is no {" + ellipsis(name, 40) + "}; there are year, month, day, hour, minute, second, room, stream and utc.");
    if (seen.at(static_cast<std::size_t>(found->field))) return wrong(text, at, "{" + std::string(name) + "} stands there twice.");
    seen.at(static_cast<std::size_t>(found->field)) = true;
    end_literal();
    made.parts_.push_back({found->field, {}});
    at = close;
  }
  end_literal();
  for (const Field needed : {Field::year, Field::month, Field::day, Field::hour, Field::minute})
    if (!seen.at(static_cast<std::size_t>(needed)))
      return fail(ErrorCode::invalid, "“" + ellipsis(text, 100) + "” has no {" + std::string(std::ranges::find(words, needed, &Word::field)->name) +
                                          "}: a pattern tells year, month, day, hour and minute.");
  return made;
}

std::optional<NamedTime> time_in_name(std::string_view path, const std::vector<NamePattern>& patterns) {
  if (path.size() > longest_path) return std::nullopt;
  for (const auto& pattern : patterns)
    if (auto told = read(pattern, path)) return told;
  return std::nullopt;
}

const std::vector<NamePattern>& usual_patterns() {
  static const std::vector<NamePattern> all = [] {
    std::vector<NamePattern> made;
    for (const std::string_view text : {
             "GMT{year}{month}{day}-{hour}{minute}{second}*{utc}",     // Zoom
             "{year}-{month}-{day} {hour}-{minute}-{second}*",         // OBS
             "{room}/{year}-{month}-{day}/{hour}_{minute}_{second}*",  // veyepar
             "{room}/{year}-{month}-{day}/{hour}:{minute}:{second}*",  // SReview
             "{room}-{year}-{month}-{day}_{hour}-{minute}-{second}*",  // C3VOC
             "*{year}-{month}-{day}T{hour}:{minute}:{second}Z*{utc}",
             "*{year}-{month}-{day}T{hour}-{minute}-{second}Z*{utc}",
             "*{year}{month}{day}T{hour}{minute}{second}Z*{utc}",
             "*{year}-{month}-{day}T{hour}:{minute}:{second}*",
             "*{year}-{month}-{day}T{hour}-{minute}-{second}*",
             "*{year}-{month}-{day}_{hour}-{minute}-{second}*",
             "*{year}{month}{day}T{hour}{minute}{second}*",
             "*{year}{month}{day}-{hour}{minute}{second}*",
             "*{year}{month}{day}_{hour}{minute}{second}*",
         })
      if (auto pattern = NamePattern::parse(text)) made.push_back(*std::move(pattern));
    return made;
  }();
  return all;
}

Result<std::vector<NamePattern>> patterns_of_lines(std::string_view lines) {
  std::vector<NamePattern> patterns;
  int number = 0;
  for (const auto line : split(lines, '\n')) {
    ++number;
    const auto text = trim(line);
    if (text.empty()) continue;
    auto pattern = NamePattern::parse(text);
    if (!pattern) return fail(ErrorCode::invalid, "Line " + std::to_string(number) + ": " + pattern.error().message);
    patterns.push_back(*std::move(pattern));
  }
  return patterns;
}

}  // namespace confer::footage
