// Small JSON texts in columns: lists of words and maps of raw members.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>
#include "base/json_writer.h"
#include "base/result.h"

namespace confer {

/// ["a","b"] and back. Errors: internal – not a JSON array of strings.
std::string list_to_json(const std::vector<std::string>& list);
Result<std::vector<std::string>> list_from_json(std::string_view json);
/// [1,2], of ids: what statements about several rows take.
template <class Ids>
std::string ids_to_json(const Ids& ids) {
  JsonWriter w;
  w.begin_array();
  for (const auto id : ids) w.value(id.value);
  return w.end_array().take();
}
/// {"place": <any JSON>} and back; the values stay JSON texts.
std::string extra_to_json(const std::map<std::string, std::string>& extra);
Result<std::map<std::string, std::string>> extra_from_json(std::string_view json);

}  // namespace confer
