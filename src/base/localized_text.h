// A text that organisers wrote in one or more languages.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include "base/result.h"

namespace confer {

/// Language tag → text. Stored as a JSON object; a plain string in a file becomes the default language's text.
class LocalizedText {
 public:
  LocalizedText() = default;
  LocalizedText(std::string language, std::string text) { set(std::move(language), std::move(text)); }
  /// Of a JSON object of texts by language tag, or a JSON string (taken as English); an empty `json` has no texts. Errors: invalid – anything else.
  static Result<LocalizedText> from_json(std::string_view json);
  std::string to_json() const;
  /// An empty text removes the language.
  void set(std::string language, std::string text);
  /// `language`, else its base language ("de" for "de-AT"), else `fallback` in the same way, else the first there is, else "".
  const std::string& in(std::string_view language, std::string_view fallback = "en") const;
  const std::string* exactly_in(std::string_view language) const;
  bool empty() const { return texts_.empty(); }
  const std::map<std::string, std::string>& all() const { return texts_; }
  bool operator==(const LocalizedText&) const = default;

 private:
  std::map<std::string, std::string> texts_;
};

}  // namespace confer
