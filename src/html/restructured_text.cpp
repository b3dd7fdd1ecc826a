// reStructuredText's blocks (restructured_text.h); marks within a line are in rst_inline.cpp. A reader that forgives: what breaks the rules is text.
#include "html/restructured_text.h"
#include <algorithm>
#include <array>
#include <optional>
#include <vector>
#include "base/text.h"
#include "html/markdown.h"
#include "html/rst_inline.h"

namespace confer::html {
namespace {

using rst_detail::Targets;
using Lines = std::vector<std::string>;

/// Deeper lists and quotes than anybody writes are one level.
constexpr int deepest = 12;
constexpr std::size_t longest_text = 1 << 20;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_mark(char c) { return std::string_view("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~").find(c) != std::string_view::npos; }

Lines lines_of(std::string_view text) {
  Lines lines(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\r') {
      if (i + 1 < text.size() && text[i + 1] == '\n') continue;
      lines.emplace_back();
    } else if (c == '\n') {
      lines.emplace_back();
    } else if (c == '\t') {
      lines.back().append(8 - lines.back().size() % 8, ' ');
    } else {
      lines.back() += c;
    }
  }
  for (auto& line : lines)
    while (line.ends_with(' ')) line.pop_back();
  return lines;
}

std::size_t indent_of(std::string_view line) { return std::min(line.find_first_not_of(' '), line.size()); }

/// "=====", at least four (two below a short title): the sign, or 0.
char rule_of(std::string_view line, std::size_t least) {
  if (line.size() < least || line.empty() || !is_mark(line.front())) return 0;
  return std::ranges::all_of(line, [&](char c) { return c == line.front(); }) ? line.front() : 0;
}

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// How many columns "- ", "1. ", "#. ", "(2) ", "* " take at the line's start; 0: no item. `kind` tells lists apart.
std::size_t item_width(std::string_view line, char& kind) {
  if (line.empty()) return 0;
  for (const std::string_view bullet : {"-", "*", "+", "•", "‣", "⁃", "–"})
    if (line.starts_with(bullet) && (line.size() == bullet.size() || line[bullet.size()] == ' ')) {
      kind = bullet.front() == '-' || bullet.front() == '*' || bullet.front() == '+' ? bullet.front() : 'b';
      if (line.size() == bullet.size()) return bullet.size() == 1 ? bullet.size() : 0;
      return bullet.size() + indent_of(line.substr(bullet.size()));
    }
  std::size_t at = line.front() == '(' ? 1 : 0;
  const std::size_t from = at;
  if (at < line.size() && line[at] == '#')
    ++at;
  else
    while (at < line.size() && at < from + 3 && is_digit(line[at])) ++at;
  if (at == from || at >= line.size()) return 0;
  const bool ends = from == 1 ? line[at] == ')' : line[at] == '.' || line[at] == ')';
  if (!ends || (at + 1 < line.size() && line[at + 1] != ' ')) return 0;
  kind = '1';
  return at + 1 + (at + 1 < line.size() ? indent_of(line.substr(at + 1)) : 0);
}

/// ":name: value": where the value begins; 0: no field.
std::size_t field_width(std::string_view line) {
  if (line.size() < 3 || line.front() != ':' || line[1] == ' ' || line[1] == ':') return 0;
  for (std::size_t i = 2; i < line.size() && i < 60; ++i)
    if (line[i] == ':' && line[i - 1] != '\\') return i + 1 == line.size() || line[i + 1] == ' ' ? i + 1 : 0;
  return 0;
}

/// Named and anonymous addresses, wherever they stand: ".. _name: https://…", "__ https://…".
void collect_targets(const Lines& lines, Targets& targets) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = trim(lines[i]);
    const auto continued = [&](std::string_view url) {
      std::string whole(trim(url));
      while (i + 1 < lines.size() && indent_of(lines[i + 1]) > indent_of(lines[i]) && !lines[i + 1].empty() && !trim(lines[i + 1]).starts_with(".."))
        whole += trim(lines[++i]);
      return whole;
    };
    if (line.starts_with("__ ")) {
      targets.anonymous.emplace_back(trim(line.substr(3)));
    } else if (line.starts_with(".. __:")) {
      targets.anonymous.push_back(continued(line.substr(6)));
    } else if (line.starts_with(".. _")) {
      std::string_view rest = line.substr(4);
      std::size_t colon = std::string_view::npos;
      if (rest.starts_with('`')) {
        colon = rest.find("`:", 1);
        if (colon != std::string_view::npos) ++colon;
      } else {
        for (std::size_t c = 0; c < rest.size(); ++c)
          if (rest[c] == ':' && (c == 0 || rest[c - 1] != '\\') && (c + 1 == rest.size() || rest[c + 1] == ' ')) {
            colon = c;
            break;
          }
      }
      if (colon == std::string_view::npos || colon == 0) continue;
      const std::string name = rst_detail::name_of(rest.substr(0, colon));
      targets.named.emplace(name, continued(rest.substr(colon + 1)));
    } else if (line.starts_with(".. |")) {
      const auto end = line.find('|', 4);
      const auto colons = end == std::string_view::npos ? end : line.find("::", end);
      if (colons != std::string_view::npos)
        targets.substitutions.emplace(rst_detail::name_of(line.substr(4, end - 4)), std::string(trim(line.substr(colons + 2))));
    }
  }
  // A name may lead to another name.
  for (int round = 0; round < 3; ++round)
    for (auto& [name, url] : targets.named)
      if (url.ends_with('_') && !url.contains("://"))
        if (const auto known = targets.named.find(rst_detail::name_of(std::string_view(url).substr(0, url.size() - 1)));
            known != targets.named.end() && known->second != url)
          url = known->second;
}

class Blocks {
 public:
  Blocks(Targets& targets, int top) : targets_(targets), top_(top) {}

  std::string html(const Lines& lines, int depth) {
    std::string out;
    if (depth > deepest) {
      std::string all;
      for (const auto& line : lines) all += line + "\n";
      return paragraph(all);
    }
    for (std::size_t i = 0; i < lines.size();) {
      if (lines[i].empty())
        ++i;
      else
        block(lines, i, depth, out);
    }
    return out;
  }

 private:
  std::string text(std::string_view t) { return rst_detail::inline_html(t, targets_); }
  std::string paragraph(std::string_view t) { return trim(t).empty() ? "" : "<p>" + text(trim(t)) + "</p>\n"; }

  /// The lines from `i` on that are indented by at least `least`, empty ones between them too, moved to the left; `i` goes behind them.
  static Lines indented(const Lines& lines, std::size_t& i, std::size_t least) {
    Lines out;
    while (i < lines.size() && (lines[i].empty() || indent_of(lines[i]) >= least)) out.push_back(lines[i++]);
    while (!out.empty() && out.back().empty()) out.pop_back();
    std::size_t common = std::string::npos;
    for (const auto& line : out)
      if (!line.empty()) common = std::min(common, indent_of(line));
    for (auto& line : out)
      if (!line.empty()) line.erase(0, common);
    return out;
  }
  static std::string preformatted(const Lines& lines) {
    std::string all;
    for (const auto& line : lines) all += escape(line) + "\n";
    return lines.empty() ? "" : "<pre><code>" + all + "</code></pre>\n";
  }

  void block(const Lines& lines, std::size_t& i, int depth, std::string& out) {
    const std::string& line = lines[i];
    if (line.front() == ' ') {
      const Lines inside = indented(lines, i, 1);
      out += "<blockquote>\n" + html(inside, depth + 1) + "</blockquote>\n";
      return;
    }
    if (line == ".." || line.starts_with(".. ") || line.starts_with("__ ")) return explicit_markup(lines, i, depth, out);
    // A line of marks alone may be a heading's; with the same line further down, three of these are a fence of Markdown.
    if (line.starts_with("```")) return fence(lines, i, out);
    if (heading(lines, i, out) || table(lines, i, out)) return;
    char kind = 0;
    if (item_width(line, kind) > 0) return list(lines, i, depth, out);
    if (field_width(line) > 0) return fields(lines, i, depth, out);
    if (line.starts_with("| ") || line == "|") return line_block(lines, i, out);
    if (line.starts_with(">>> ")) return until_empty(lines, i, out);
    if (line.starts_with("> ")) return markdown_quote(lines, i, depth, out);
    if (i + 1 < lines.size() && !lines[i + 1].empty() && lines[i + 1].front() == ' ' && indent_of(lines[i + 1]) >= 2) return definitions(lines, i, depth, out);
    paragraph_block(lines, i, out);
  }

  bool heading(const Lines& lines, std::size_t& i, std::string& out) {
    const std::string& line = lines[i];
    // Markdown's.
    if (line.front() == '#') {
      const auto level = line.find_first_not_of('#');
      if (level != std::string::npos && level <= 6 && line[level] == ' ') {
        put_heading(std::string_view(line).substr(level + 1), std::string(level, '#'), out);
        ++i;
        return true;
      }
    }
    const std::string next = i + 1 < lines.size() ? lines[i + 1] : "";
    if (const char over = rule_of(line, 3); over != 0) {
      if (i + 2 < lines.size() && !next.empty() && rule_of(lines[i + 2], 3) == over && rule_of(next, 1) == 0) {
        put_heading(trim(next), std::string(2, over), out);
        i += 3;
        return true;
      }
      if (line.size() >= 4 && next.empty() && over != '.') {
        out += "<hr />\n";
        ++i;
        return true;
      }
      return false;
    }
    const char under = rule_of(next, 2);
    if (under == 0) return false;
    // Two signs under a long line are no heading, but dots or dashes of a text.
    const bool fits = next.size() + 2 >= width_of(line) && next.size() >= std::min<std::size_t>(3, width_of(line));
    if (!fits && !(next.size() >= 4 && std::string_view("=-~^\"'*+#`").find(under) != std::string_view::npos)) return false;
    char kind = 0;
    if (item_width(line, kind) > 0 && !fits) return false;
    put_heading(line, std::string(1, under), out);
    i += 2;
    return true;
  }

  void put_heading(std::string_view title, const std::string& style, std::string& out) {
    auto found = std::ranges::find(styles_, style);
    if (found == styles_.end()) {
      styles_.push_back(style);
      found = styles_.end() - 1;
    }
    const int level = std::min(6, top_ + static_cast<int>(found - styles_.begin()));
    const std::string tag = "h" + std::to_string(level);
    out += "<" + tag + ">" + text(trim(title)) + "</" + tag + ">\n";
  }

  /// Tables are shown as they were drawn.
  static bool table(const Lines& lines, std::size_t& i, std::string& out) {
    const std::string& line = lines[i];
    const bool grid = line.starts_with("+-") && line.ends_with("+") && line.find_first_not_of("+-=") == std::string::npos;
    const bool simple = line.starts_with("==") && line.contains(' ') && line.find_first_not_of("= ") == std::string::npos;
    if (!grid && !simple) return false;
    Lines drawn;
    int rules = 0;
    while (i < lines.size() && (grid ? !lines[i].empty() : rules < 3)) {
      if (simple && lines[i].empty() && rules >= 2) break;
      if (lines[i].starts_with("==")) ++rules;
      drawn.push_back(lines[i++]);
      if (simple && rules >= 2 && (i >= lines.size() || lines[i].empty())) break;
    }
    out += preformatted(drawn);
    return true;
  }

  void list(const Lines& lines, std::size_t& i, int depth, std::string& out) {
    char kind = 0;
    item_width(lines[i], kind);
    const char* tag = kind == '1' ? "ol" : "ul";
    std::string start;
    if (kind == '1') {
      const auto digit = lines[i].find_first_of("0123456789");
      const int number = digit == std::string::npos || digit > 1 ? 1 : std::atoi(lines[i].c_str() + digit);
      if (number != 1) start = " start=\"" + std::to_string(number) + "\"";
    }
    out += std::string("<") + tag + start + ">\n";
    while (i < lines.size()) {
      char this_kind = 0;
      const std::size_t width = lines[i].empty() ? 0 : item_width(lines[i], this_kind);
      if (width == 0 || this_kind != kind) break;
      Lines item{lines[i].size() > width ? lines[i].substr(width) : std::string()};
      ++i;
      // Lines that belong to it: indented, or (as people write) the paragraph going on.
      bool gap = false;
      while (i < lines.size()) {
        char next_kind = 0;
        if (lines[i].empty()) {
          gap = true;
          item.emplace_back();
          ++i;
        } else if (indent_of(lines[i]) > 0) {
          const std::size_t off = std::min(indent_of(lines[i]), width);
          item.push_back(lines[i++].substr(off));
        } else if (!gap && item_width(lines[i], next_kind) == 0 && !lines[i].starts_with("..") && rule_of(i + 1 < lines.size() ? lines[i + 1] : "", 3) == 0) {
          item.push_back(lines[i++]);
        } else {
          break;
        }
      }
      while (!item.empty() && item.back().empty()) item.pop_back();
      out += "<li>" + tight(html(item, depth + 1)) + "</li>\n";
    }
    out += std::string("</") + tag + ">\n";
  }

  /// One paragraph alone needs no <p> in a list.
  static std::string tight(std::string inside) {
    while (inside.ends_with('\n')) inside.pop_back();
    if (inside.starts_with("<p>") && inside.ends_with("</p>") && inside.find("<p>", 3) == std::string::npos) return inside.substr(3, inside.size() - 7);
    return inside;
  }

  void fields(const Lines& lines, std::size_t& i, int depth, std::string& out) {
    out += "<dl>\n";
    while (i < lines.size() && !lines[i].empty()) {
      const std::size_t width = field_width(lines[i]);
      if (width == 0) break;
      out += "<dt>" + text(std::string_view(lines[i]).substr(1, width - 2)) + "</dt>";
      Lines value{std::string(trim(std::string_view(lines[i]).substr(width)))};
      ++i;
      for (auto& line : indented(lines, i, 1)) value.push_back(std::move(line));
      out += "<dd>" + tight(html(value, depth + 1)) + "</dd>\n";
    }
    out += "</dl>\n";
  }

  void definitions(const Lines& lines, std::size_t& i, int depth, std::string& out) {
    out += "<dl>\n";
    while (i + 1 < lines.size() && !lines[i].empty() && lines[i].front() != ' ' && !lines[i + 1].empty() && lines[i + 1].front() == ' ') {
      char kind = 0;
      if (item_width(lines[i], kind) > 0 || lines[i].starts_with(".. ")) break;
      out += "<dt>" + text(lines[i]) + "</dt>";
      ++i;
      const std::size_t before = i;
      const Lines inside = indented(lines, i, 1);
      out += "<dd>" + tight(html(inside, depth + 1)) + "</dd>\n";
      if (i == before) break;
    }
    out += "</dl>\n";
  }

  void line_block(const Lines& lines, std::size_t& i, std::string& out) {
    std::string all;
    while (i < lines.size() && (lines[i].starts_with("| ") || lines[i] == "|" || (!lines[i].empty() && lines[i].front() == ' '))) {
      const std::string_view line = trim(std::string_view(lines[i]).substr(lines[i].front() == '|' ? 1 : 0));
      if (!all.empty()) all += lines[i].front() == '|' ? "<br />\n" : " ";
      all += text(line);
      ++i;
    }
    out += "<p>" + all + "</p>\n";
  }

  static void until_empty(const Lines& lines, std::size_t& i, std::string& out) {
    Lines code;
    while (i < lines.size() && !lines[i].empty()) code.push_back(lines[i++]);
    out += preformatted(code);
  }

  static void fence(const Lines& lines, std::size_t& i, std::string& out) {
    const std::string mark = lines[i].substr(0, 3);
    Lines code;
    for (++i; i < lines.size() && !lines[i].starts_with(mark); ++i) code.push_back(lines[i]);
    if (i < lines.size()) ++i;
    out += preformatted(code);
  }

  void markdown_quote(const Lines& lines, std::size_t& i, int depth, std::string& out) {
    Lines inside;
    while (i < lines.size() && lines[i].starts_with('>')) {
      const std::string& line = lines[i++];
      inside.push_back(line.substr(std::min<std::size_t>(line.size(), line.size() > 1 && line[1] == ' ' ? 2 : 1)));
    }
    out += "<blockquote>\n" + html(inside, depth + 1) + "</blockquote>\n";
  }

  void paragraph_block(const Lines& lines, std::size_t& i, std::string& out) {
    std::string all;
    while (i < lines.size() && !lines[i].empty()) {
      char kind = 0;
      const bool goes_on = !all.empty();
      // People write lists right below a text; docutils would run them together.
      if (goes_on && item_width(lines[i], kind) > 0 && kind != 'b' && (all.ends_with(":\n") || next_is_item(lines, i))) break;
      if (goes_on && (lines[i].starts_with(".. ") || lines[i].starts_with("```"))) break;
      if (goes_on && i + 1 < lines.size() && rule_of(lines[i + 1], 4) != 0 && lines[i + 1].size() + 1 >= width_of(lines[i])) break;
      all += trim(lines[i]);
      all += "\n";
      ++i;
      if (all.ends_with("::\n") && (i >= lines.size() || lines[i].empty() || lines[i].front() == ' ')) break;
    }
    if (!all.ends_with("::\n")) {
      out += paragraph(all);
      return;
    }
    // "Example::" shows one colon, "::" alone none; what follows indented is as it stands.
    std::string_view shown = trim(std::string_view(all).substr(0, all.size() - 3));
    out += shown.empty() ? "" : paragraph(std::string(shown) + (std::string_view(all).ends_with(" ::\n") || shown.ends_with(':') ? "" : ":"));
    std::size_t next = i;
    while (next < lines.size() && lines[next].empty()) ++next;
    if (next >= lines.size() || lines[next].front() != ' ') return;
    i = next;
    out += preformatted(indented(lines, i, 1));
  }

  static bool next_is_item(const Lines& lines, std::size_t i) {
    char a = 0, b = 0;
    item_width(lines[i], a);
    for (++i; i < lines.size() && !lines[i].empty(); ++i)
      if (item_width(lines[i], b) > 0) return a == b;
    return false;
  }

  void explicit_markup(const Lines& lines, std::size_t& i, int depth, std::string& out) {
    const std::string line = lines[i++];
    const Lines body = [&] {
      // A comment or directive holds what is indented below it, also after an empty line.
      std::size_t next = i;
      while (next < lines.size() && lines[next].empty()) ++next;
      if (next >= lines.size() || lines[next].front() != ' ') return Lines{};
      if (next != i && line == "..") return Lines{};
      i = next;
      return indented(lines, i, 1);
    }();
    if (line == ".." || line.starts_with("__ ") || line.starts_with(".. _") || line.starts_with(".. __") || line.starts_with(".. |")) return;
    const std::string_view rest = trim(std::string_view(line).substr(3));
    if (rest.starts_with('[')) {
      // A footnote or citation.
      const auto end = rest.find(']');
      if (end == std::string_view::npos) return;
      Lines note{std::string(rest.substr(0, end + 1)) + " " + std::string(trim(rest.substr(end + 1)))};
      note.insert(note.end(), body.begin(), body.end());
      out += html(note, depth + 1);
      return;
    }
    const auto colons = rest.find("::");
    if (colons == std::string_view::npos || colons == 0 || rest.substr(0, colons).contains(' ')) return;  // a comment
    directive(ascii_lower(rest.substr(0, colons)), trim(rest.substr(colons + 2)), body, depth, out);
  }

  void directive(const std::string& name, std::string_view argument, Lines body, int depth, std::string& out) {
    static constexpr std::array<std::string_view, 7> code{"code", "code-block", "sourcecode", "literalinclude", "parsed-literal", "math", "highlight"};
    static constexpr std::array<std::string_view, 10> boxes{"note",      "warning", "tip",    "hint",  "important",
                                                            "attention", "caution", "danger", "error", "admonition"};
    std::string alt;
    std::size_t options = 0;
    while (options < body.size() && field_width(body[options]) > 0) {
      if (body[options].starts_with(":alt:")) alt = trim(std::string_view(body[options]).substr(5));
      ++options;
    }
    body.erase(body.begin(), body.begin() + static_cast<std::ptrdiff_t>(options));
    while (!body.empty() && body.front().empty()) body.erase(body.begin());
    if (std::ranges::find(code, name) != code.end()) {
      out += preformatted(body);
    } else if (name == "image" || name == "figure") {
      if (argument.starts_with("http"))
        out += paragraph("`" + (alt.empty() ? std::string("image") : replace_all(alt, "`", "")) + " <" + std::string(argument) + ">`__");
      out += html(body, depth + 1);
    } else if (std::ranges::find(boxes, name) != boxes.end()) {
      std::string inside = argument.empty() ? "" : paragraph(argument);
      inside += html(body, depth + 1);
      out += "<blockquote>\n" + inside + "</blockquote>\n";
    } else {
      static constexpr std::array<std::string_view, 6> silent{"raw", "contents", "role", "default-role", "include", "meta"};
      if (!argument.empty() && std::ranges::find(silent, name) == silent.end()) out += paragraph(argument);
      out += html(body, depth + 1);
    }
  }

  Targets& targets_;
  int top_;
  std::vector<std::string> styles_;  ///< of headings, in the order of their appearance: the level
};

}  // namespace

std::string rst(std::string_view text, int top_heading) {
  const std::string valid = repair_utf8(text.substr(0, longest_text));
  const Lines lines = lines_of(valid);
  Targets targets;
  collect_targets(lines, targets);
  return Blocks(targets, top_heading).html(lines, 0);
}

std::string plain_of_rst(std::string_view text) {
  const std::string html = rst(text);
  std::string out;
  for (std::size_t i = 0; i < html.size();) {
    if (html[i] == '<') {
      const auto end = html.find('>', i);
      if (html.compare(i, 5, "<br /") == 0 || html.compare(i, 4, "</dt") == 0) out += ' ';
      i = end == std::string::npos ? html.size() : end + 1;
      continue;
    }
    if (html[i] == '&') {
      static constexpr std::array<std::pair<std::string_view, char>, 5> entities{
          {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&#39;", '\''}}};
      const auto found = std::ranges::find_if(entities, [&](const auto& e) { return std::string_view(html).substr(i).starts_with(e.first); });
      if (found != entities.end()) {
        out += found->second;
        i += found->first.size();
        continue;
      }
    }
    out += html[i++];
  }
  return std::string(trim(out));
}

std::string rst_summary(std::string_view text, std::size_t max) { return ellipsis(tidy_line(plain_of_rst(text)), max); }

}  // namespace confer::html
