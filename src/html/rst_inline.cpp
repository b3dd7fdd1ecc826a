// Inline marks (rst_inline.h). One pass; a mark that has no end is text.
#include "html/rst_inline.h"
#include <algorithm>
#include <array>
#include <optional>
#include "base/text.h"
#include "html/link.h"
#include "html/markdown.h"

namespace confer::html::rst_detail {
namespace {

/// A mark whose end is further away is text: no sentence is longer, and hostile texts cost no more than their length.
constexpr std::size_t longest_mark = 3000;

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t'; }
bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80; }
bool is_url_end(char c) { return is_space(c) || c == '<' || c == '>' || c == '"' || c == '`' || c == '\\'; }

bool is_web_address(std::string_view url) {
  const std::string lower = ascii_lower(url.substr(0, 8));
  return lower.starts_with("http://") || lower.starts_with("https://") || lower.starts_with("mailto:");
}

std::string link_html(std::string_view url, const std::string& inner) {
  if (!is_web_address(url) || !may_link(url)) return inner;
  return "<a href=\"" + escape_url(url) + "\" rel=\"nofollow noopener\">" + inner + "</a>";
}

class Inline {
 public:
  Inline(std::string_view text, Targets& targets, int depth = 0, bool in_link = false) : text_(text), targets_(targets), depth_(depth), in_link_(in_link) {}

  std::string html() {
    while (at_ < text_.size()) step();
    while (!open_.empty()) close_last();
    return std::move(out_);
  }

 private:
  char here() const { return text_[at_]; }
  bool starts(std::string_view mark) const { return text_.substr(at_).starts_with(mark); }
  char before() const { return at_ == 0 ? ' ' : text_[at_ - 1]; }
  char at(std::size_t i) const { return i < text_.size() ? text_[i] : ' '; }
  void put(std::string_view text) { out_ += escape(text); }

  /// A mark may begin after a space or an opening sign, before something.
  bool may_begin(std::size_t mark_length) const {
    const char b = before();
    return (is_space(b) || std::string_view("'\"([{<-/:,.*_|").find(b) != std::string_view::npos || static_cast<unsigned char>(b) >= 0x80) &&
           !is_space(at(at_ + mark_length));
  }
  /// Where a mark ends that begins at `from`; npos: it does not.
  std::size_t end_of(std::string_view mark, std::size_t from) const {
    const auto limit = std::min(text_.size(), from + longest_mark);
    for (auto end = text_.find(mark, from); end != std::string_view::npos && end < limit; end = text_.find(mark, end + 1)) {
      if (end == from || is_space(text_[end - 1]) || (text_[end - 1] == '\\' && mark != "``")) continue;
      const char after = at(end + mark.size());
      if (mark == "*" && (after == '*' || text_[end - 1] == '*')) continue;
      if (mark == "`" || !is_word(after) || static_cast<unsigned char>(after) >= 0x80) return end;
    }
    return std::string_view::npos;
  }
  std::string inner(std::string_view text, bool in_link = false) const {
    constexpr int deepest = 4;
    return depth_ >= deepest ? escape(text) : Inline(text, targets_, depth_ + 1, in_link || in_link_).html();
  }
  /// A link within a link is none.
  void put_link(std::string_view url, const std::string& shown) { out_ += in_link_ ? shown : link_html(url, shown); }

  void step() {
    switch (here()) {
      case '\\':
        return escaped();
      case '`':
        return starts("``") ? literal() : backtick("");
      case '*':
        return emphasis();
      case ':':
        if (role()) return;
        break;
      case '|':
        if (substitution()) return;
        break;
      case '!':
        if (starts("![")) {
          ++at_;
          if (markdown_link()) return;
          put("!");
          return;
        }
        break;
      case '[':
        if (footnote() || markdown_link()) return;
        break;
      case '<':
        if (tag()) return;
        break;
      case '&':
        if (entity()) return;
        break;
      case 'h':
      case 'H':
        if (bare_address()) return;
        break;
      default:
        break;
    }
    if (is_word(here()) && !is_word(before()) && reference()) return;
    text();
  }

  /// Up to where the next mark may stand.
  void text() {
    auto end = at_ + 1;
    while (end < text_.size() && std::string_view("\\`*:|![<&hH_").find(text_[end]) == std::string_view::npos &&
           (is_word(text_[end]) == is_word(text_[end - 1])))
      ++end;
    put(text_.substr(at_, end - at_));
    at_ = end;
  }

  void escaped() {
    ++at_;
    if (at_ >= text_.size()) return put("\\");
    // Before a space it joins what stands on both sides.
    if (!is_space(here())) {
      if (is_word(here())) put("\\");
      put(text_.substr(at_, 1));
    }
    ++at_;
  }

  void literal() {
    const auto end = end_of("``", at_ + 2);
    if (end == std::string_view::npos) {
      put("``");
      at_ += 2;
      return;
    }
    out_ += "<code>" + escape(text_.substr(at_ + 2, end - at_ - 2)) + "</code>";
    at_ = end + 2;
  }

  void emphasis() {
    const std::string_view mark = starts("**") ? "**" : "*";
    const auto end = may_begin(mark.size()) ? end_of(mark, at_ + mark.size()) : std::string_view::npos;
    if (end == std::string_view::npos) {
      put(mark);
      at_ += mark.size();
      return;
    }
    const char* name = mark.size() == 2 ? "strong" : "em";
    out_ += std::string("<") + name + ">" + inner(text_.substr(at_ + mark.size(), end - at_ - mark.size())) + "</" + name + ">";
    at_ = end + mark.size();
  }

  /// ":role:`text`": the text, as code where the role says so.
  bool role() {
    std::size_t end = at_ + 1;
    while (end < text_.size() && end < at_ + 40 && (is_word(text_[end]) || text_[end] == '-' || text_[end] == ':' || text_[end] == '+')) ++end;
    if (end <= at_ + 2 || end >= text_.size() || text_[end] != '`' || text_[end - 1] != ':') return false;
    const std::string_view name = text_.substr(at_ + 1, end - at_ - 2);
    if (end_of("`", end + 1) == std::string_view::npos) return false;
    at_ = end;
    backtick(name);
    return true;
  }

  void backtick(std::string_view role) {
    const auto end = end_of("`", at_ + 1);
    if (end == std::string_view::npos) {
      put("`");
      ++at_;
      return;
    }
    const std::string_view text = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    const bool anonymous = starts("__"), named = !anonymous && starts("_") && !is_word(at(at_ + 1));
    if (anonymous || named) {
      at_ += anonymous ? 2 : 1;
      return link(text, anonymous);
    }
    static constexpr std::array<std::string_view, 4> emphatic{"emphasis", "title", "title-reference", "t"};
    if (role == "strong")
      out_ += "<strong>" + inner(text) + "</strong>";
    else if (std::ranges::find(emphatic, role) != emphatic.end())
      out_ += "<em>" + inner(text) + "</em>";
    else if (role == "doc" || role == "ref" || role == "term" || role == "sub" || role == "sup" || role == "abbr")
      out_ += escape(trim(text.substr(0, text.find(" <"))));
    else
      // Without a role, people of other markups mean code, and nobody means the title of a book.
      out_ += "<code>" + escape(text) + "</code>";
  }

  /// "text <url>", or a name whose address stands elsewhere.
  void link(std::string_view text, bool anonymous) {
    const auto open = text.rfind('<');
    if (open != std::string_view::npos && text.ends_with('>')) {
      std::string url;
      for (const char c : text.substr(open + 1, text.size() - open - 2))
        if (!is_space(c)) url += c;
      const std::string_view shown = trim(text.substr(0, open));
      if (url.ends_with('_') && !is_web_address(url))
        if (const auto known = targets_.named.find(name_of(std::string_view(url).substr(0, url.size() - 1))); known != targets_.named.end())
          url = known->second;
      if (!is_web_address(url) && url.starts_with("www.")) url = "https://" + url;
      if (!anonymous && !shown.empty()) targets_.named.emplace(name_of(shown), url);
      if (!is_web_address(url)) return put(shown.empty() ? std::string(url) : std::string(shown) + " (" + url + ")");
      put_link(url, shown.empty() ? escape(url) : inner(shown, true));
      return;
    }
    if (anonymous) {
      const std::string url = targets_.next_anonymous < targets_.anonymous.size() ? targets_.anonymous[targets_.next_anonymous++] : "";
      put_link(url, inner(text, true));
      return;
    }
    const auto known = targets_.named.find(name_of(text));
    put_link(known == targets_.named.end() ? std::string() : known->second, inner(text, true));
  }

  /// "name_", where that name leads somewhere.
  bool reference() {
    std::size_t end = at_;
    while (end < text_.size() && end < at_ + 100 &&
           (is_word(text_[end]) || ((text_[end] == '-' || text_[end] == '.' || text_[end] == '_') && is_word(at(end + 1)))))
      ++end;
    if (at(end) != '_' || is_word(at(end + 1))) return false;
    const bool anonymous = at(end + 1) == '_';
    const std::string_view name = text_.substr(at_, end - at_);
    std::string url;
    if (anonymous) {
      if (targets_.next_anonymous >= targets_.anonymous.size()) return false;
      url = targets_.anonymous[targets_.next_anonymous++];
    } else {
      const auto known = targets_.named.find(name_of(name));
      if (known == targets_.named.end()) return false;
      url = known->second;
    }
    put_link(url, escape(name));
    at_ = end + (anonymous ? 2 : 1);
    return true;
  }

  bool substitution() {
    const auto end = text_.find('|', at_ + 1);
    if (end == std::string_view::npos || end - at_ > 80) return false;
    const auto known = targets_.substitutions.find(name_of(text_.substr(at_ + 1, end - at_ - 1)));
    if (known == targets_.substitutions.end()) return false;
    put(known->second);
    at_ = end + 1;
    if (at_ < text_.size() && here() == '_') ++at_;
    return true;
  }

  /// "[1]_" is "[1]".
  bool footnote() {
    const auto end = text_.find(']', at_ + 1);
    if (end == std::string_view::npos || end - at_ > 40 || at(end + 1) != '_' || is_word(at(end + 2))) return false;
    std::string_view label = text_.substr(at_ + 1, end - at_ - 1);
    if (label.starts_with('#')) label.remove_prefix(1);
    put("[" + std::string(label.empty() ? "*" : label) + "]");
    at_ = end + 2;
    return true;
  }

  /// "[text](https://…)" of Markdown.
  bool markdown_link() {
    const auto middle = text_.find("](", at_ + 1);
    if (middle == std::string_view::npos || middle - at_ > 500) return false;
    const auto end = text_.find(')', middle + 2);
    if (end == std::string_view::npos || end - middle > 2000) return false;
    std::string_view url = trim(text_.substr(middle + 2, end - middle - 2));
    url = url.substr(0, url.find_first_of(" \n"));
    if (!is_web_address(url)) return false;
    const std::string_view shown = text_.substr(at_ + 1, middle - at_ - 1);
    put_link(url, trim(shown).empty() ? escape(url) : inner(shown, true));
    at_ = end + 1;
    return true;
  }

  bool bare_address() {
    if (is_word(before()) || !(is_web_address(text_.substr(at_, 8)))) return false;
    auto end = at_;
    while (end < text_.size() && !is_url_end(text_[end])) ++end;
    std::string_view url = text_.substr(at_, end - at_);
    // What ends a sentence or closes a bracket is not of the address.
    while (!url.empty() && (std::string_view(".,;:!?'*").find(url.back()) != std::string_view::npos ||
                            (url.back() == ')' && std::ranges::count(url, '(') < std::ranges::count(url, ')')) || url.back() == ']'))
      url.remove_suffix(1);
    if (url.size() <= 8) return false;
    put_link(url, escape(url));
    at_ += url.size();
    return true;
  }

  /// HTML's tags that say something here; others vanish, and what is no tag stays.
  bool tag() {
    const auto end = text_.find('>', at_);
    if (end == std::string_view::npos || end - at_ > 600) return false;
    std::string_view inside = text_.substr(at_ + 1, end - at_ - 1);
    if (inside.starts_with("!--")) {
      const auto close = text_.find("-->", at_);
      if (close == std::string_view::npos) return false;
      at_ = close + 3;
      return true;
    }
    if (is_web_address(inside) && !std::ranges::any_of(inside, is_space)) {
      put_link(inside, escape(inside));
      at_ = end + 1;
      return true;
    }
    const bool closing = inside.starts_with('/');
    if (closing) inside.remove_prefix(1);
    std::size_t length = 0;
    while (length < inside.size() && is_word(inside[length])) ++length;
    const std::string name = ascii_lower(inside.substr(0, length));
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kept{
        {{"b", "strong"}, {"strong", "strong"}, {"i", "em"}, {"em", "em"}, {"code", "code"}, {"tt", "code"}, {"cite", "em"}, {"a", "a"}}};
    static constexpr std::array<std::string_view, 17> dropped{"p",   "div", "span", "ul", "ol",    "h1",    "h2", "h3", "h4",
                                                              "pre", "img", "font", "u",  "small", "table", "tr", "td"};
    if (name == "br") {
      out_ += "<br />";
    } else if (name == "li") {
      if (!closing) out_ += "<br />• ";
    } else if (const auto found = std::ranges::find(kept, name, [](const auto& pair) { return pair.first; }); found != kept.end()) {
      if (closing) {
        if (std::ranges::find(open_, found->second) == open_.end()) return at_ = end + 1, true;
        while (open_.back() != found->second) close_last();
        close_last();
      } else if (found->second == "a") {
        const auto href = inside.find("href=");
        const std::string_view rest = href == std::string_view::npos ? std::string_view() : inside.substr(href + 5);
        const char quote = rest.empty() ? ' ' : rest.front();
        const std::string_view url = quote == '"' || quote == '\'' ? rest.substr(1, rest.find(quote, 1) - 1) : rest.substr(0, rest.find(' '));
        // A link within a link is none.
        if (is_web_address(url) && may_link(url) && depth_ == 0 && !in_link_ && std::ranges::find(open_, std::string_view("a")) == open_.end()) {
          out_ += "<a href=\"" + escape_url(url) + "\" rel=\"nofollow noopener\">";
          open_.emplace_back("a");
        }
      } else {
        out_ += "<" + std::string(found->second) + ">";
        open_.push_back(found->second);
      }
    } else if (std::ranges::find(dropped, name) == dropped.end()) {
      return false;
    }
    at_ = end + 1;
    return true;
  }

  bool entity() {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> entities{
        {{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}, {"&#39;", "'"}, {"&nbsp;", " "}, {"&amp;", "&"}}};
    for (const auto& [name, character] : entities)
      if (starts(name)) {
        put(character);
        at_ += name.size();
        return true;
      }
    return false;
  }

  void close_last() {
    out_ += "</" + std::string(open_.back()) + ">";
    open_.pop_back();
  }

  std::string_view text_;
  Targets& targets_;
  int depth_;
  bool in_link_;
  std::size_t at_ = 0;
  std::string out_;
  std::vector<std::string_view> open_;
};

}  // namespace

std::string name_of(std::string_view text) {
  std::string name;
  for (const char c : ascii_lower(trim(text))) {
    if (is_space(c)) {
      if (!name.ends_with(' ')) name += ' ';
    } else if (c != '`' && c != '\\') {
      name += c;
    }
  }
  return name;
}

std::string inline_html(std::string_view text, Targets& targets) { return Inline(text, targets).html(); }

}  // namespace confer::html::rst_detail
