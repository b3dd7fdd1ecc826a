// Reads gettext catalogues.
#include "html/catalogue.h"

#include <fmt/format.h>

#include <optional>
#include <set>

#include "base/text.h"

namespace confer::html {

/// Recursive descent over C's operators, lowest precedence first.
struct PluralParser {
  std::string_view text;
  PluralRule& rule;
  std::size_t at = 0;
  int depth = 0;
  bool failed = false;

  void skip() {
    while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
  }
  bool take(std::string_view token) {
    skip();
    if (!text.substr(at).starts_with(token)) return false;
    at += token.size();
    return true;
  }
  std::size_t add(PluralRule::Node node) {
    rule.nodes_.push_back(node);
    return rule.nodes_.size() - 1;
  }
  std::size_t conditional() {
    if (++depth > 50) failed = true;
    if (failed) return 0;
    const auto condition = binary(0);
    auto result = condition;
    if (take("?")) {
      const auto yes = conditional();
      if (!take(":")) failed = true;
      const auto no = conditional();
      result = add({"?", 0, condition, yes, no});
    }
    --depth;
    return result;
  }
  std::size_t binary(std::size_t level) {
    // Longer operators stand before those they start with.
    static constexpr std::string_view levels[6][4] = {{"||"}, {"&&"}, {"==", "!="}, {"<=", ">=", "<", ">"}, {"+", "-"}, {"*", "/", "%"}};
    if (level == 6) return unary();
    auto left = binary(level + 1);
    for (bool again = true; again && !failed;) {
      again = false;
      for (const auto op : levels[level]) {
        if (op.empty() || !take(op)) continue;
        const auto right = binary(level + 1);
        left = add({op, 0, left, right, 0});
        again = true;
        break;
      }
    }
    return left;
  }
  std::size_t unary() {
    if (++depth > 50) failed = true;
    if (failed) return 0;
    std::size_t result = 0;
    skip();
    if (text.substr(at).starts_with("!") && !text.substr(at).starts_with("!=")) {
      ++at;
      result = add({"!", 0, unary(), 0, 0});
    } else if (take("(")) {
      result = conditional();
      if (!take(")")) failed = true;
    } else if (take("n")) {
      result = add({"n", 0, 0, 0, 0});
    } else {
      unsigned long number = 0;
      const auto start = at;
      while (at < text.size() && text[at] >= '0' && text[at] <= '9' && at - start < 9) number = number * 10 + static_cast<unsigned long>(text[at++] - '0');
      if (at == start) failed = true;
      result = add({"#", number, 0, 0, 0});
    }
    --depth;
    return result;
  }
};

Result<PluralRule> PluralRule::parse(std::string_view header) {
  PluralRule rule;
  const auto count_at = header.find("nplurals=");
  const auto plural_at = header.find("plural=", count_at == std::string_view::npos ? 0 : count_at + 9);
  if (count_at == std::string_view::npos || plural_at == std::string_view::npos) return fail(ErrorCode::invalid, "Plural-Forms needs nplurals=…; plural=…;");
  const char digit = count_at + 9 < header.size() ? header[count_at + 9] : '0';
  if (digit < '1' || digit > '6') return fail(ErrorCode::invalid, "nplurals must be 1 to 6.");
  rule.forms_ = static_cast<std::size_t>(digit - '0');
  auto expression = header.substr(plural_at + 7);
  expression = expression.substr(0, expression.find(';'));
  PluralParser parser{expression, rule};
  rule.root_ = parser.conditional();
  parser.skip();
  if (parser.failed || parser.at != expression.size()) return fail(ErrorCode::invalid, fmt::format("The plural expression \"{}\" cannot be read.", expression));
  return rule;
}

unsigned long PluralRule::value(std::size_t node, unsigned long n) const {
  const Node& x = nodes_[node];
  if (x.op == "n") return n;
  if (x.op == "#") return x.number;
  if (x.op == "!") return value(x.a, n) == 0 ? 1 : 0;
  if (x.op == "?") return value(value(x.a, n) != 0 ? x.b : x.c, n);
  const auto a = value(x.a, n);
  if (x.op == "||") return a != 0 || value(x.b, n) != 0 ? 1 : 0;
  if (x.op == "&&") return a != 0 && value(x.b, n) != 0 ? 1 : 0;
  const auto b = value(x.b, n);
  if (x.op == "==") return a == b ? 1 : 0;
  if (x.op == "!=") return a != b ? 1 : 0;
  if (x.op == "<=") return a <= b ? 1 : 0;
  if (x.op == ">=") return a >= b ? 1 : 0;
  if (x.op == "<") return a < b ? 1 : 0;
  if (x.op == ">") return a > b ? 1 : 0;
  if (x.op == "+") return a + b;
  if (x.op == "-") return a - b;
  if (x.op == "*") return a * b;
  if (b == 0) return 0;
  return x.op == "/" ? a / b : a % b;
}

std::size_t PluralRule::form_for(unsigned long n) const {
  const auto form = nodes_.empty() ? (n == 1 ? 0UL : 1UL) : value(root_, n);
  return form < forms_ ? form : forms_ - 1;
}

std::string_view Catalogue::find(std::string_view msgid) const {
  const auto found = texts.find(msgid);
  return found == texts.end() || found->second.empty() ? std::string_view() : std::string_view(found->second.front());
}

namespace {

/// The %1 … %9 in a text.
std::set<char> places(std::string_view text) {
  std::set<char> result;
  for (std::size_t i = 0; i + 1 < text.size(); ++i)
    if (text[i] == '%' && text[i + 1] >= '1' && text[i + 1] <= '9') result.insert(text[i + 1]);
  return result;
}

/// The inside of a quoted string with its escapes resolved, or nothing when it is not one.
std::optional<std::string> unquote(std::string_view quoted) {
  if (quoted.size() < 2 || quoted.front() != '"' || quoted.back() != '"') return std::nullopt;
  std::string result;
  const auto inside = quoted.substr(1, quoted.size() - 2);
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] == '"') return std::nullopt;
    if (inside[i] != '\\') {
      result += inside[i];
      continue;
    }
    if (++i == inside.size()) return std::nullopt;
    switch (inside[i]) {
      case 'n':
        result += '\n';
        break;
      case 't':
        result += '\t';
        break;
      case '"':
        result += '"';
        break;
      case '\\':
        result += '\\';
        break;
      default:
        return std::nullopt;
    }
  }
  return result;
}

struct Entry {
  std::size_t line = 0;
  bool fuzzy = false;
  std::optional<std::string> msgid, plural;
  std::vector<std::string> forms;
  bool empty() const { return !msgid && !plural && forms.empty(); }
};

class Reader {
 public:
  Reader(std::string_view path, std::string_view bytes) : path_(path), bytes_(bytes) {}

  Result<Catalogue> read() {
    const auto slash = path_.rfind('/');
    const auto file = slash == std::string_view::npos ? path_ : path_.substr(slash + 1);
    if (!file.ends_with(".po") || !is_language_tag(file.substr(0, file.size() - 3)))
      return fail(ErrorCode::invalid, fmt::format("{}: a catalogue's name is its language tag and .po, like de.po.", path_));
    catalogue_.language = file.substr(0, file.size() - 3);
    catalogue_.complete = true;
    if (!is_valid_utf8(bytes_)) return fail(ErrorCode::invalid, fmt::format("{}: not UTF-8.", path_));
    for (std::size_t start = 0; start < bytes_.size();) {
      auto end = bytes_.find('\n', start);
      if (end == std::string_view::npos) end = bytes_.size();
      ++line_;
      TRY(take_line(trim(bytes_.substr(start, end - start))));
      start = end + 1;
    }
    TRY(finish());
    if (!header_seen_) return problem(1, "the header entry (msgid \"\") with Plural-Forms is missing");
    if (catalogue_.texts.empty()) catalogue_.complete = false;
    return std::move(catalogue_);
  }

 private:
  std::unexpected<Error> problem(std::size_t line, std::string_view what) const {
    return fail(ErrorCode::invalid, fmt::format("{}, line {}: {}.", path_, line, what));
  }

  Result<void> take_line(std::string_view line) {
    if (line.empty()) return finish();
    if (line.starts_with("#~")) return {};
    if (line.starts_with('#')) {
      if (!entry_.forms.empty()) TRY(finish());
      if (line.starts_with("#,") && line.find("fuzzy") != std::string_view::npos) entry_.fuzzy = true;
      return {};
    }
    if (line.front() == '"') {
      auto text = unquote(line);
      if (!text) return problem(line_, "the quoted text is not closed, or holds an escape that is not known here");
      if (last_ == nullptr) return problem(line_, "a text without msgid or msgstr before it");
      *last_ += *text;
      return {};
    }
    const auto space = line.find_first_of(" \t");
    if (space == std::string_view::npos) return problem(line_, "expected msgid, msgid_plural or msgstr and a quoted text");
    const auto keyword = line.substr(0, space);
    auto text = unquote(trim(line.substr(space)));
    if (!text) return problem(line_, "the quoted text is not closed, or holds an escape that is not known here");
    if (keyword == "msgid") {
      if (!entry_.forms.empty()) TRY(finish());
      if (entry_.msgid) return problem(line_, "two msgid without a msgstr between them");
      entry_.line = line_;
      last_ = &entry_.msgid.emplace(std::move(*text));
    } else if (keyword == "msgid_plural") {
      if (!entry_.msgid || entry_.plural) return problem(line_, "msgid_plural must follow its msgid");
      last_ = &entry_.plural.emplace(std::move(*text));
    } else if (keyword == "msgstr" || keyword == fmt::format("msgstr[{}]", entry_.forms.size())) {
      if (!entry_.msgid || (keyword == "msgstr" && !entry_.forms.empty()) || (keyword == "msgstr") == entry_.plural.has_value())
        return problem(line_, "msgstr does not fit the msgid before it");
      last_ = &entry_.forms.emplace_back(std::move(*text));
    } else {
      return problem(line_, fmt::format("\"{}\" is not known here; expected msgid, msgid_plural or msgstr", keyword));
    }
    return {};
  }

  Result<void> finish() {
    last_ = nullptr;
    if (entry_.empty()) {
      entry_.fuzzy = false;
      return {};
    }
    Entry entry = std::move(entry_);
    entry_ = {};
    if (!entry.msgid || entry.forms.empty()) return problem(entry.line, "an entry needs msgid and msgstr");
    if (entry.msgid->empty()) return take_header(entry);
    if (!header_seen_) return problem(entry.line, "the header entry (msgid \"\") must come first");
    if (entry.plural && entry.forms.size() != catalogue_.plural.forms())
      return problem(entry.line, fmt::format("{} plural forms, but Plural-Forms says {}", entry.forms.size(), catalogue_.plural.forms()));
    const auto expected = places(entry.plural ? *entry.plural : *entry.msgid);
    for (const auto& form : entry.forms) {
      if (form.empty() || entry.fuzzy) {
        catalogue_.complete = false;
        return {};
      }
      if (form.find("{{") != std::string::npos || form.find("}}") != std::string::npos) return problem(entry.line, "a translation may not hold {{ or }}");
      // One form of a plural may say "one talk" without the number.
      auto found = places(form);
      if (entry.plural) found.insert('1');
      auto wanted = expected;
      if (entry.plural) wanted.insert('1');
      if (found != wanted) return problem(entry.line, fmt::format("the translation of \"{}\" does not have the same %1 … as the English text", *entry.msgid));
    }
    const auto line = entry.line;
    if (!catalogue_.texts.emplace(std::move(*entry.msgid), std::move(entry.forms)).second) return problem(line, "this msgid was there before");
    return {};
  }

  Result<void> take_header(const Entry& entry) {
    if (header_seen_) return problem(entry.line, "a second header entry");
    header_seen_ = true;
    const std::string_view header = entry.forms.front();
    if (header.find("charset=UTF-8") == std::string_view::npos) return problem(entry.line, "Content-Type must say charset=UTF-8");
    const auto at = header.find("Plural-Forms:");
    if (at == std::string_view::npos) return problem(entry.line, "the header has no Plural-Forms");
    const auto rule_text = header.substr(at, header.find('\n', at) - at);
    auto rule = PluralRule::parse(rule_text);
    if (!rule) return problem(entry.line, rule.error().message);
    catalogue_.plural = std::move(*rule);
    return {};
  }

  std::string_view path_, bytes_;
  std::size_t line_ = 0;
  Entry entry_;
  std::string* last_ = nullptr;
  bool header_seen_ = false;
  Catalogue catalogue_;
};

}  // namespace

Result<Catalogue> parse_catalogue(std::string_view path, std::string_view bytes) { return Reader(path, bytes).read(); }

}  // namespace confer::html
