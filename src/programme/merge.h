// The three-way merge of an import: what was edited here is kept, what only the file changed is taken.
#pragma once
#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>
#include "programme/programme.h"

namespace confer::programme {

/// What a thing says, field by field, as text: for comparing and for remembering what the last import said.
using Fields = std::map<std::string, std::string, std::less<>>;

/// The field of a base that remembers what a file of that format said beside what is known, and its text.
std::string extra_field(const Carried& carried);
std::string extra_text(const std::map<std::string, std::string>& extra);

/// One field of a thing that imports bring: how it reads, and how it is taken over.
template <class T>
struct FieldOf {
  std::string name;
  std::function<std::string(const T&)> text;
  std::function<void(T& to, const T& from)> take;
};

/// A text in several languages is two fields: "name", in `language` (the event's first), and "name in other languages". Credits are two: "credits", the
/// names in their order, and "roles".
std::vector<FieldOf<Room>> room_fields(std::string_view language);
std::vector<FieldOf<Track>> track_fields(std::string_view language);
std::vector<FieldOf<Talk>> talk_fields();
std::vector<FieldOf<Slot>> slot_fields(std::string_view language);
std::vector<FieldOf<Conference>> conference_fields(std::string_view language);

std::string fields_to_json(const Fields& fields);
Result<Fields> fields_from_json(std::string_view json);

/// What is remembered of an import: what its file told, and of the rest what an earlier one did.
template <class T>
Fields told(const T& file, const Fields* base, const std::vector<FieldOf<T>>& fields, std::string_view kind, const Carried& carried) {
  Fields out = base == nullptr ? Fields{} : *base;
  for (const auto& field : fields)
    if (carried.tells(kind, field.name)) out.insert_or_assign(field.name, field.text(file));
  if constexpr (requires { file.extra; }) out.insert_or_assign(extra_field(carried), extra_text(file.extra));
  return out;
}

/// True when the thing says something else than what the imports said last.
template <class T>
bool is_edited(const T& here, const Fields& base, const std::vector<FieldOf<T>>& fields) {
  return std::ranges::any_of(fields, [&](const FieldOf<T>& field) {
    const auto known = base.find(field.name);
    return field.text(here) != (known == base.end() ? std::string() : known->second);
  });
}

struct MergeResult {
  bool changed = false;
  std::vector<FieldConflict> conflicts;
};

/// What becomes of one text. `base` is the last import's, null when there was none that told it.
/// equal here and in the file: nothing · unchanged in the file since the last import: what is here stays · unchanged here: the file's is taken ·
/// changed in both: what is here stays and is reported. Never imported: what is here stays unless it is empty; a file that says nothing takes nothing away.
enum class Outcome : unsigned char { keep, take, conflict };
Outcome outcome_of(const std::string& here, const std::string& file, const std::string* base);

/// Unknown fields, key by key: only what a file of this format said before can be taken away by one that says it no more.
void merge_extra(std::map<std::string, std::string>& here, const std::map<std::string, std::string>& file, const Fields* base, const Carried& carried,
                 std::string_view kind, std::string_view key, std::string_view title, MergeResult& result);

template <class T>
MergeResult merge(T& here, const T& file, const Fields* base, const std::vector<FieldOf<T>>& fields, const Carried& carried, std::string_view kind,
                  std::string_view key, std::string_view title) {
  MergeResult result;
  for (const auto& field : fields) {
    if (!carried.tells(kind, field.name)) continue;
    const std::string current = field.text(here), incoming = field.text(file);
    const auto known = base == nullptr ? Fields::const_iterator{} : base->find(field.name);
    const Outcome outcome = outcome_of(current, incoming, base != nullptr && known != base->end() ? &known->second : nullptr);
    if (outcome == Outcome::take) {
      field.take(here, file);
      result.changed = true;
    } else if (outcome == Outcome::conflict) {
      result.conflicts.push_back({std::string(kind), std::string(key), std::string(title), field.name, current, incoming});
    }
  }
  if constexpr (requires { here.extra; }) merge_extra(here.extra, file.extra, base, carried, kind, key, title, result);
  return result;
}

}  // namespace confer::programme
