// Reading JSON that others wrote, without ever throwing.
#include "programme/formats/json_object.h"
#include <charconv>
#include <cmath>
#include <exception>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include "base/text.h"

namespace confer::programme {
namespace {

using Json = nlohmann::json;

/// The offset at which objects and lists are nested too deeply, or npos.
std::size_t too_deep(std::string_view bytes) {
  int depth = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (in_text) {
      if (c == '\\')
        ++i;
      else if (c == '"')
        in_text = false;
    } else if (c == '"') {
      in_text = true;
    } else if (c == '{' || c == '[') {
      if (++depth > deepest_nesting) return i;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return std::string_view::npos;
}

}  // namespace

std::string json_text(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

Result<Json> read_json(std::string_view bytes, std::string_view what, Oddities& oddities) {
  TRY(check_bytes(bytes, what));
  if (const auto at = too_deep(bytes); at != std::string_view::npos)
    return fail_at(line_and_column(bytes, at),
                   "The file is nested deeper than " + std::to_string(deepest_nesting) + " levels: that is not " + std::string(what) + ".");
  // One set of keys for each open object, and the key that is being filled, for the place of a repeated one.
  std::vector<std::set<std::string>> keys;
  std::vector<std::string> path;
  const auto watch = [&](int, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::object_start) {
      keys.emplace_back();
      path.emplace_back();
    } else if (event == Json::parse_event_t::object_end) {
      keys.pop_back();
      path.pop_back();
    } else if (event == Json::parse_event_t::key) {
      path.back() = parsed.get<std::string>();
      if (!keys.back().insert(path.back()).second)
        oddities.push_back({"key twice", join(path, "."), "“" + path.back() + "” stands twice in one object; the last one was taken."});
    }
    return true;
  };
  try {
    return Json::parse(bytes, watch);
  } catch (const Json::parse_error& e) {
    const std::size_t at = std::min(e.byte > 0 ? e.byte - 1 : 0, bytes.size());
    const bool cut = at >= trim(bytes).size();
    return fail_at(line_and_column(bytes, at), cut ? "The file ends in the middle: it was cut off." : "The file is not JSON from here on.");
  } catch (const std::exception& e) {
    return fail(ErrorCode::invalid, "The file cannot be read as JSON.", e.what());
  }
}

bool is_object(const Json& json, const std::string& place, Oddities& oddities) {
  if (!json.is_object()) oddities.push_back({"unexpected type", place, "This should be an object; it was left out."});
  return json.is_object();
}

JsonObject::JsonObject(const Json& json, std::string place, Oddities& oddities) : json_(json), place_(std::move(place)), oddities_(oddities) {
  if (!json.is_object() && !json.is_null()) oddities_.push_back({"unexpected type", place_, "This should be an object; it was left out."});
}

void JsonObject::unexpected(const char* key, std::string_view wanted) {
  oddities_.push_back({"unexpected type", place_of(key), "This should be " + std::string(wanted) + "; it was left out."});
}

const Json* JsonObject::find(const char* key) {
  known_.insert(key);
  if (!json_.is_object()) return nullptr;
  const auto found = json_.find(key);
  return found == json_.end() ? nullptr : &*found;
}

std::string JsonObject::text(const char* key) {
  const Json* value = find(key);
  if (value == nullptr || value->is_null()) return "";
  if (value->is_string()) return value->get<std::string>();
  if (value->is_number() || value->is_boolean()) return json_text(*value);
  unexpected(key, "a text");
  return "";
}

bool JsonObject::flag(const char* key) {
  const Json* value = find(key);
  if (value == nullptr || value->is_null()) return false;
  if (value->is_boolean()) return value->get<bool>();
  const std::string word = ascii_lower(text(key));
  if (word == "true" || word == "1" || word == "yes") return true;
  if (word != "false" && word != "0" && word != "no" && !word.empty()) unexpected(key, "true or false");
  return false;
}

std::optional<int> JsonObject::number(const char* key) {
  const Json* value = find(key);
  if (value == nullptr || value->is_null()) return {};
  double number = std::numeric_limits<double>::quiet_NaN();
  if (value->is_number()) {
    number = value->get<double>();
  } else if (value->is_string()) {
    const std::string word(trim(value->get_ref<const std::string&>()));
    int whole = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), whole);
    if (error == std::errc() && end == word.data() + word.size()) number = whole;
  }
  if (std::isfinite(number) && std::abs(number) <= std::numeric_limits<int>::max()) return static_cast<int>(number);
  unexpected(key, "a number");
  return {};
}

LocalizedText JsonObject::localized(const char* key, std::string_view language) {
  const Json* value = find(key);
  LocalizedText texts;
  if (value == nullptr || value->is_null()) return texts;
  if (!value->is_object()) {
    texts.set(std::string(language), std::string(trim(read_text(text(key), place_of(key), oddities_))));
    return texts;
  }
  for (const auto& [tag, words] : value->items()) {
    if (words.is_string() && is_language_tag(tag))
      texts.set(tag, std::string(trim(read_text(words.get_ref<const std::string&>(), place_of(key), oddities_))));
    else
      unexpected(key, "a text in languages such as “en” and “de”");
  }
  return texts;
}

std::vector<const Json*> JsonObject::list(const char* key) {
  const Json* value = find(key);
  std::vector<const Json*> elements;
  if (value == nullptr || value->is_null()) return elements;
  if (!value->is_array()) {
    unexpected(key, "a list");
    return elements;
  }
  for (const Json& element : *value) elements.push_back(&element);
  return elements;
}

void JsonObject::ignore(std::initializer_list<const char*> keys) {
  for (const char* key : keys) known_.insert(key);
}

void JsonObject::keep(std::initializer_list<const char*> keys, std::map<std::string, std::string>& extra) {
  for (const char* key : keys)
    if (const Json* value = find(key); value && !value->is_null()) extra[key] = json_text(*value);
}

std::map<std::string, std::string> JsonObject::rest() {
  std::map<std::string, std::string> extra;
  if (!json_.is_object()) return extra;
  for (const auto& [key, value] : json_.items()) {
    if (known_.contains(key)) continue;
    extra[key] = json_text(value);
    oddities_.push_back({"unknown field", place_of(key), "“" + ellipsis(key, 60) + "” is not known in this format; it was kept."});
  }
  return extra;
}

}  // namespace confer::programme
