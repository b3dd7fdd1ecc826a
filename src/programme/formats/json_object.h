// Reading JSON that others wrote: every member by name, of whatever type it is; what nobody asked for is kept.
#pragma once
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include "base/localized_text.h"
#include "base/result.h"
#include "programme/formats/import.h"

namespace confer::programme {

/// Errors: invalid – not JSON, cut off or nested too deeply, with line and column. A key that stands twice in one object is counted.
Result<nlohmann::json> read_json(std::string_view bytes, std::string_view what, Oddities& oddities);

/// One object of a file. Each member that is read counts as known; `rest` gives the others.
class JsonObject {
 public:
  /// `json` must outlive this. What is not an object reads as an empty one, and is counted.
  JsonObject(const nlohmann::json& json, std::string place, Oddities& oddities);

  /// The member, null ones too; nullptr when absent.
  const nlohmann::json* find(const char* key);
  /// Texts, numbers and truth values as text; "" for null, absent and (counted) for what cannot be one.
  std::string text(const char* key);
  bool flag(const char* key);
  std::optional<int> number(const char* key);
  /// A text, or a map of languages; a bare text gets `language`.
  LocalizedText localized(const char* key, std::string_view language);
  /// The elements of a list; empty (and counted) when it is something else.
  std::vector<const nlohmann::json*> list(const char* key);
  /// Marks members that say nothing we need.
  void ignore(std::initializer_list<const char*> keys);
  /// What was not asked for, as JSON, by key; each is counted as an unknown field.
  std::map<std::string, std::string> rest();
  /// Keeps members as they stand, without counting them.
  void keep(std::initializer_list<const char*> keys, std::map<std::string, std::string>& extra);

  const std::string& place() const { return place_; }
  std::string place_of(std::string_view key) const { return place_ + "." + std::string(key); }
  Oddities& oddities() { return oddities_; }

 private:
  void unexpected(const char* key, std::string_view wanted);
  const nlohmann::json& json_;
  std::string place_;
  Oddities& oddities_;
  std::set<std::string, std::less<>> known_;
};

/// Counts what should be an object and is not: it is left out.
bool is_object(const nlohmann::json& json, const std::string& place, Oddities& oddities);

/// JSON as text, for keeping.
std::string json_text(const nlohmann::json& json);

}  // namespace confer::programme
