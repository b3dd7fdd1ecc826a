// Prepares templates for ctemplate.
#include "html/template_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include "base/text.h"
#include "html/language.h"
#include "html/markdown.h"

namespace confer::html {
namespace {

bool is_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }) &&
         !text.ends_with(html_suffix);
}

std::unexpected<Error> problem(std::string_view name, std::string_view source, std::size_t at, std::string_view what) {
  const auto line = 1 + std::count(source.begin(), source.begin() + static_cast<std::ptrdiff_t>(at), '\n');
  return fail(ErrorCode::invalid, fmt::format("{}, line {}: {}.", name, line, what));
}

/// Line breaks and indentation inside [[…]] are the author's, not the text's.
std::string one_line(std::string_view text) {
  std::string result;
  for (const char c : trim(text)) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!space)
      result += c;
    else if (!result.ends_with(' '))
      result += ' ';
  }
  return result;
}

/// First pass: includes, icons, assets and translation.
class Expander {
 public:
  explicit Expander(const TemplateSurroundings& surroundings) : surroundings_(surroundings) {}

  Result<std::string> expand(std::string_view name, std::string_view source, int depth) {
    if (depth > 12) return fail(ErrorCode::invalid, fmt::format("{}: includes are nested too deep, perhaps in a circle.", name));
    return piece(name, source, 0, source.size(), depth);
  }

 private:
  Result<std::string> piece(std::string_view name, std::string_view source, std::size_t start, std::size_t end, int depth) {
    std::string result;
    for (std::size_t at = start; at < end;) {
      const auto rest = source.substr(at, end - at);
      if (rest.starts_with("{{>")) {
        const auto close = rest.find("}}");
        if (close == std::string_view::npos) return problem(name, source, at, "{{> is not closed");
        TRY_ASSIGN(const std::string part, include(name, source, at, trim(rest.substr(3, close - 3)), depth));
        result += part;
        at += close + 2;
      } else if (rest.starts_with("[[")) {
        TRY_ASSIGN(const std::string text, translation(name, source, at, end, depth));
        result += text;
      } else {
        result += source[at++];
      }
    }
    return result;
  }

  Result<std::string> include(std::string_view name, std::string_view source, std::size_t at, std::string_view part, int depth) {
    if (part.starts_with("asset:")) return surroundings_.asset_url(part.substr(6));
    if (part.starts_with("icon:")) {
      const auto icon = part.substr(5);
      if (icon.empty() || !std::ranges::all_of(icon, [](char c) { return (c >= 'a' && c <= 'z') || c == '-' || (c >= '0' && c <= '9'); }))
        return problem(name, source, at, "an icon's name is lower case letters, digits and -");
      return fmt::format(R"(<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>)", surroundings_.asset_url("icons.svg"),
                         icon);
    }
    const auto* found = surroundings_.find_template(part);
    if (found == nullptr) return problem(name, source, at, fmt::format("there is no template \"{}\" to include", part));
    auto expanded = expand(part, *found, depth + 1);
    // An include inside a line stays in that line.
    if (expanded && expanded->ends_with('\n')) expanded->pop_back();
    return expanded;
  }

  /// At "[[": moves `at` behind the matching "]]".
  Result<std::string> translation(std::string_view name, std::string_view source, std::size_t& at, std::size_t end, int depth) {
    const auto opening = at;
    std::vector<std::pair<std::size_t, std::size_t>> parts;
    std::size_t nested = 0;
    auto start = at + 2;
    for (at = start;; ++at) {
      if (at + 1 >= end) return problem(name, source, opening, "[[ is not closed");
      const auto two = source.substr(at, 2);
      if (two == "[[") {
        ++nested;
        ++at;
      } else if (two == "]]" && nested > 0) {
        --nested;
        ++at;
      } else if (two == "]]") {
        parts.emplace_back(start, at);
        break;
      } else if (source[at] == '|' && nested == 0) {
        parts.emplace_back(start, at);
        start = at + 1;
      }
    }
    at += 2;
    const auto text = one_line(source.substr(parts[0].first, parts[0].second - parts[0].first));
    if (text.empty()) return problem(name, source, opening, "[[]] holds no text");
    if (text.find("{{") != std::string::npos) return problem(name, source, opening, "a value inside [[…]] stands behind a |: [[Text with %1|{{VALUE}}]]");
    std::set<char> places;
    for (std::size_t i = 0; i + 1 < text.size(); ++i)
      if (text[i] == '%' && text[i + 1] >= '1' && text[i + 1] <= '9') places.insert(text[i + 1]);
    if (places.size() != parts.size() - 1 || (!places.empty() && static_cast<std::size_t>(*places.rbegin() - '0') != places.size()))
      return problem(name, source, opening, fmt::format("[[{}]] has {} places (%1, %2, …) but {} values", text, places.size(), parts.size() - 1));
    std::vector<std::string> values;
    for (std::size_t i = 1; i < parts.size(); ++i) {
      TRY_ASSIGN(std::string value, piece(name, source, parts[i].first, parts[i].second, depth));
      values.push_back(std::move(value));
    }
    const std::vector<std::string_view> views(values.begin(), values.end());
    return fill_places(escape(surroundings_.translate(text)), views);
  }

  const TemplateSurroundings& surroundings_;
};

/// Attributes whose value a browser may follow, in any HTML element.
constexpr std::array<std::string_view, 20> url_attributes = {"action", "archive",    "background", "cite", "classid",  "codebase",  "data",
                                                             "dynsrc", "formaction", "href",       "icon", "longdesc", "lowsrc",    "manifest",
                                                             "ping",   "poster",     "profile",    "src",  "usemap",   "xlink:href"};

/// Second pass: walks the HTML and marks each value for the place where it stands.
class Marker {
 public:
  Marker(std::string_view name, std::string_view source, const TemplateSurroundings& surroundings)
      : name_(name), source_(source), surroundings_(surroundings) {}

  Result<std::string> mark() {
    while (at_ < source_.size()) {
      const auto rest = source_.substr(at_);
      if (rest.starts_with("{{")) {
        TRY(take_marker(rest));
      } else {
        take_html(rest);
      }
    }
    if (place_ != Place::text)
      return problem(name_, source_, source_.size(), "the template ends inside a tag, a comment, a <textarea>, a <script> or a <style>");
    return std::move(result_);
  }

 private:
  enum class Place { text, tag, double_quoted, single_quoted, unquoted, comment, escapable, raw };

  void copy(std::size_t length) {
    result_ += source_.substr(at_, length);
    at_ += length;
  }

  Result<void> take_marker(std::string_view rest) {
    const auto close = rest.find("}}");
    if (close == std::string_view::npos) return problem(name_, source_, at_, "{{ is not closed");
    const auto inside = rest.substr(2, close - 2);
    if (inside.starts_with('!')) {
      at_ += close + 2;
      return {};
    }
    if (inside.starts_with('#') || inside.starts_with('/')) {
      if (!is_name(inside.substr(1))) return problem(name_, source_, at_, fmt::format("\"{}\": a section's name is capitals, digits and _", inside));
      copy(close + 2);
      return {};
    }
    if (!is_name(inside)) return problem(name_, source_, at_, fmt::format("\"{}\": a value's name is capitals, digits and _, without modifiers", inside));
    if (place_ == Place::comment) return problem(name_, source_, at_, "a value inside an HTML comment; a comment that is not sent is {{! … }}");
    if (place_ == Place::raw) return problem(name_, source_, at_, "a value inside <script> or <style>; pass it in a data- attribute");
    if (place_ == Place::tag || place_ == Place::unquoted) return problem(name_, source_, at_, "an attribute's value must stand in quotes");
    if (inside == "LANG") {
      result_ += surroundings_.language;
    } else if (inside == "DIR") {
      result_ += surroundings_.direction;
    } else if (place_ == Place::text) {
      result_ += fmt::format("{{{{{}:p}}}}{{{{{}{}:none}}}}", inside, inside, html_suffix);
    } else if (place_ == Place::escapable) {
      result_ += fmt::format("{{{{{}:p}}}}", inside);
    } else {
      TRY(mark_attribute(inside));
    }
    value_ += "{{}}";
    at_ += close + 2;
    return {};
  }

  Result<void> mark_attribute(std::string_view inside) {
    if (attribute_.starts_with("on") || attribute_ == "style" || attribute_ == "srcdoc" || attribute_ == "srcset")
      return problem(name_, source_, at_, fmt::format("a value may not stand in the attribute {}", attribute_));
    if (std::ranges::find(url_attributes, attribute_) == url_attributes.end())
      result_ += fmt::format("{{{{{}:p}}}}", inside);
    else if (value_.empty())
      result_ += fmt::format("{{{{{}:U=html}}}}", inside);
    else if (value_.ends_with('=') && value_.find('?') != std::string::npos)
      result_ += fmt::format("{{{{{}:u}}}}", inside);
    else
      result_ += fmt::format("{{{{{}:p}}}}", inside);
    return {};
  }

  void take_html(std::string_view rest) {
    const char c = rest.front();
    switch (place_) {
      case Place::text:
        if (rest.starts_with("<!--")) {
          place_ = Place::comment;
          return copy(4);
        }
        if (c == '<' && rest.size() > 1 && (is_letter(rest[1]) || rest[1] == '/')) open_tag(rest);
        break;
      case Place::comment:
        if (rest.starts_with("-->")) {
          place_ = Place::text;
          return copy(3);
        }
        break;
      case Place::escapable:
      case Place::raw:
        if (rest.starts_with("</") && ascii_lower(rest.substr(2, tag_.size())) == tag_) {
          place_ = Place::tag;
          tag_.clear();
        }
        break;
      case Place::tag:
        in_tag(c);
        break;
      case Place::unquoted:
        if (c == ' ' || c == '\n' || c == '\t') place_ = Place::tag;
        if (c == '>') close_tag();
        break;
      case Place::double_quoted:
        if (c == '"') end_value();
        break;
      case Place::single_quoted:
        if (c == '\'') end_value();
        break;
    }
    if (place_ == Place::double_quoted || place_ == Place::single_quoted) {
      if (value_started_) value_ += c;
      value_started_ = true;
    }
    copy(1);
  }

  static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

  void open_tag(std::string_view rest) {
    place_ = Place::tag;
    attribute_.clear();
    word_ended_ = true;
    tag_.clear();
    for (std::size_t i = 1; i < rest.size() && is_letter(rest[i]); ++i) tag_ += rest[i];
    tag_ = ascii_lower(tag_);
  }

  void in_tag(char c) {
    if (c == '>') return close_tag();
    if (c == '"' || c == '\'') {
      place_ = c == '"' ? Place::double_quoted : Place::single_quoted;
      value_.clear();
      value_started_ = false;
      return;
    }
    if (c == '=') {
      after_equals_ = true;
      return;
    }
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '/';
    if (after_equals_ && !space) {
      after_equals_ = false;
      place_ = Place::unquoted;
      return;
    }
    if (space) {
      word_ended_ = true;
      return;
    }
    if (word_ended_) attribute_.clear();
    word_ended_ = false;
    attribute_ += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }

  void end_value() {
    place_ = Place::tag;
    word_ended_ = true;
    after_equals_ = false;
  }

  void close_tag() {
    after_equals_ = false;
    if (tag_ == "script" || tag_ == "style")
      place_ = Place::raw;
    else if (tag_ == "textarea" || tag_ == "title")
      place_ = Place::escapable;
    else
      place_ = Place::text;
  }

  std::string_view name_, source_;
  const TemplateSurroundings& surroundings_;
  std::size_t at_ = 0;
  Place place_ = Place::text;
  std::string result_, tag_, attribute_, value_;
  bool value_started_ = false;
  bool word_ended_ = true;
  bool after_equals_ = false;
};

}  // namespace

Result<std::string> prepare_template(std::string_view name, std::string_view source, const TemplateSurroundings& surroundings) {
  Expander expander(surroundings);
  TRY_ASSIGN(const std::string expanded, expander.expand(name, source, 0));
  TRY_ASSIGN(const std::string marked, Marker(name, expanded, surroundings).mark());
  return R"({{%AUTOESCAPE context="HTML"}})" + marked;
}

}  // namespace confer::html
