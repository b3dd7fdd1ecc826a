// One gettext catalogue: strict reading of .po, and the choice of a plural form.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"

namespace confer::html {

/// `Plural-Forms: nplurals=2; plural=(n != 1);` — the expression is C's (gettext manual § 11.2.6), kept as postfix code.
class PluralRule {
 public:
  /// Errors: invalid – not of that form.
  static Result<PluralRule> parse(std::string_view header);
  /// The form for n, always below `forms()`.
  std::size_t form_for(unsigned long n) const;
  std::size_t forms() const { return forms_; }

 private:
  friend struct PluralParser;
  /// One node of the expression: an operator with its operands' places in `nodes_`, a number, or n.
  struct Node {
    std::string_view op;  ///< "n", "#" for a number, else C's operator; "?" for the conditional
    unsigned long number = 0;
    std::size_t a = 0, b = 0, c = 0;
  };
  unsigned long value(std::size_t node, unsigned long n) const;
  std::size_t forms_ = 2;
  std::size_t root_ = 0;
  std::vector<Node> nodes_;
};

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

struct Catalogue {
  std::string language;                                                                        ///< "de"
  std::unordered_map<std::string, std::vector<std::string>, TextHash, std::equal_to<>> texts;  ///< msgid → its forms (one without plural)
  PluralRule plural;
  bool complete = false;  ///< has entries, and none is empty or fuzzy
  /// The text for `msgid`, or empty when it has none.
  std::string_view find(std::string_view msgid) const;
};

/// Reads a .po in UTF-8. A fuzzy entry counts as missing. Refuses what would not work in a template: `{{`, `}}`, other %1 … %9 than in the English text.
/// Errors: invalid – "de.po, line 12: …".
Result<Catalogue> parse_catalogue(std::string_view path, std::string_view bytes);

}  // namespace confer::html
