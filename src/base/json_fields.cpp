// Small JSON texts in columns (json_fields.h).
#include "base/json_fields.h"
#include <nlohmann/json.hpp>
#include "base/json_writer.h"

namespace confer {

std::string list_to_json(const std::vector<std::string>& list) {
  JsonWriter w;
  w.begin_array();
  for (const auto& item : list) w.value(item);
  return w.end_array().take();
}

Result<std::vector<std::string>> list_from_json(std::string_view json) {
  auto parsed = nlohmann::json::parse(json, nullptr, false);
  if (!parsed.is_array()) return fail(ErrorCode::internal, "A stored list cannot be read.", std::string(json.substr(0, 80)));
  std::vector<std::string> list;
  for (const auto& item : parsed) {
    if (!item.is_string()) return fail(ErrorCode::internal, "A stored list cannot be read.", std::string(json.substr(0, 80)));
    list.push_back(item.get<std::string>());
  }
  return list;
}

std::string extra_to_json(const std::map<std::string, std::string>& extra) {
  JsonWriter w;
  w.begin_object();
  for (const auto& [place, value] : extra) w.key(place).raw(value.empty() ? "null" : value);
  return w.end_object().take();
}

Result<std::map<std::string, std::string>> extra_from_json(std::string_view json) {
  auto parsed = nlohmann::json::parse(json, nullptr, false);
  if (!parsed.is_object()) return fail(ErrorCode::internal, "Stored fields cannot be read.", std::string(json.substr(0, 80)));
  std::map<std::string, std::string> extra;
  for (const auto& [place, value] : parsed.items()) extra.emplace(place, value.dump());
  return extra;
}

}  // namespace confer
