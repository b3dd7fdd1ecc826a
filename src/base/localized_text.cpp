// Texts by language, as JSON and by fallback.
#include "base/localized_text.h"
#include <nlohmann/json.hpp>
#include "base/json_writer.h"
#include "base/text.h"

namespace confer {

Result<LocalizedText> LocalizedText::from_json(std::string_view json) {
  LocalizedText out;
  if (trim(json).empty()) return out;
  const auto tree = nlohmann::json::parse(json, nullptr, /*allow_exceptions=*/false);
  if (tree.is_string()) {
    out.set("en", tree.get<std::string>());
    return out;
  }
  if (!tree.is_object()) return fail(ErrorCode::invalid, R"(A text in several languages must be a JSON object such as {"en": "Opening", "de": "Eröffnung"}.)");
  for (const auto& [language, text] : tree.items()) {
    if (!is_language_tag(language))
      return fail(ErrorCode::invalid, "\"" + ellipsis(language, 20) + "\" is not a language tag such as \"en\", \"de\" or \"pt-BR\".");
    if (!text.is_string()) return fail(ErrorCode::invalid, "The text in the language \"" + language + "\" must be a JSON string.");
    out.set(language, text.get<std::string>());
  }
  return out;
}

std::string LocalizedText::to_json() const {
  JsonWriter json;
  json.begin_object();
  for (const auto& [language, text] : texts_) json.field(language, text);
  json.end_object();
  return json.take();
}

void LocalizedText::set(std::string language, std::string text) {
  if (text.empty())
    texts_.erase(language);
  else
    texts_.insert_or_assign(std::move(language), std::move(text));
}

const std::string* LocalizedText::exactly_in(std::string_view language) const {
  const auto found = texts_.find(std::string(language));
  return found == texts_.end() ? nullptr : &found->second;
}

const std::string& LocalizedText::in(std::string_view language, std::string_view fallback) const {
  static const std::string none;
  if (texts_.empty()) return none;
  for (const std::string_view wanted : {language, fallback}) {
    std::string_view tag = wanted;
    while (true) {
      if (const auto* text = exactly_in(tag)) return *text;
      const auto hyphen = tag.rfind('-');
      if (hyphen == std::string_view::npos) break;
      tag = tag.substr(0, hyphen);
    }
  }
  return texts_.begin()->second;
}

}  // namespace confer
