// The three-way merge of an import: what was edited here is kept, what only the file changed is taken.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>
#include "programme/programme.h"

namespace confer::programme {

/// What a thing says, field by field, as text: for comparing and for remembering what the last import said.
using Fields = std::map<std::string, std::string, std::less<>>;

/// One field of a thing that imports bring: how it reads, and how it is taken over.
template <class T>
struct FieldOf {
  std::string_view name;
  std::string (*text)(const T&);
  void (*take)(T& to, const T& from);
};

const std::vector<FieldOf<Room>>& room_fields();
const std::vector<FieldOf<Track>>& track_fields();
const std::vector<FieldOf<SessionType>>& type_fields();
const std::vector<FieldOf<Talk>>& talk_fields();
const std::vector<FieldOf<Slot>>& slot_fields();
const std::vector<FieldOf<Conference>>& conference_fields();

template <class T>
Fields fields_of(const T& thing, const std::vector<FieldOf<T>>& fields) {
  Fields out;
  for (const auto& field : fields) out.emplace(field.name, field.text(thing));
  return out;
}
std::string fields_to_json(const Fields& fields);
Result<Fields> fields_from_json(std::string_view json);

/// Who is the last import's text, or null when this thing was never imported. Field by field:
/// equal here and in the file: nothing · unchanged in the file since the last import: what is here stays · unchanged here: the file's is taken ·
/// changed in both: what is here stays and is reported. Never imported: what is here stays unless it is empty; a file that says nothing takes nothing away.
struct MergeResult {
  bool changed = false;
  std::vector<FieldConflict> conflicts;
};
template <class T>
MergeResult merge(T& here, const T& file, const Fields* base, const std::vector<FieldOf<T>>& fields, std::string_view kind, std::string_view key,
                  std::string_view title) {
  MergeResult result;
  for (const auto& field : fields) {
    const std::string current = field.text(here), incoming = field.text(file);
    if (current == incoming) continue;
    const auto known = base == nullptr ? Fields::const_iterator{} : base->find(field.name);
    const bool has_base = base != nullptr && known != base->end();
    if (has_base && known->second == incoming) continue;
    if (!has_base && incoming.empty()) continue;
    if ((has_base && known->second == current) || (!has_base && current.empty())) {
      field.take(here, file);
      result.changed = true;
    } else {
      result.conflicts.push_back({std::string(kind), std::string(key), std::string(title), std::string(field.name), current, incoming});
    }
  }
  return result;
}

}  // namespace confer::programme
