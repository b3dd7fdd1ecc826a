// The archive's part of exporting, erasing and checking.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include "archive/archive.h"
#include "archive/list_store.h"
#include "archive/store.h"
#include "archive/writing.h"
#include "base/json_writer.h"
#include "base/text.h"

namespace confer::archive {
namespace {

using Json = nlohmann::json;

/// Takes every text that is this name out of what is kept of a record.
void blank(Json& json, const std::set<std::string>& names) {
  if (json.is_string()) {
    if (names.contains(tidy_line(json.get<std::string>()))) json = "";
  } else if (json.is_structured()) {
    for (Json& item : json) blank(item, names);
  }
}

/// A list of speakers holds no empty names.
void drop_empty(Json& json, const char* key) {
  const auto list = json.find(key);
  if (list == json.end() || !list->is_array()) return;
  Json kept = Json::array();
  for (const Json& item : *list)
    if (!item.is_string() || !item.get_ref<const std::string&>().empty()) kept.push_back(item);
  *list = std::move(kept);
}

Result<void> forget_in_record(db::Tx& tx, TalkId talk, const std::set<std::string>& names) {
  for (const auto& name : names) TRY(store::add_withheld(tx, talk, withheld_hash(name)));
  TRY(store::forget_changes(tx, talk));
  TRY_ASSIGN(const auto record, store::find_record(tx, talk));
  if (!record) return {};
  Json raw = Json::parse(record->raw, nullptr, false);
  if (!raw.is_object()) return {};
  blank(raw, names);
  drop_empty(raw, "speakers");
  drop_empty(raw, "persons");
  return store::change_raw(tx, talk, raw.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace

Result<std::string> export_person(db::Tx& tx, PersonId person) {
  TRY_ASSIGN(const auto speakers, store::speakers_of_person(tx, person));
  JsonWriter w;
  w.begin_object().key("names").begin_array();
  for (const auto& speaker : speakers) w.begin_object().field("name", speaker.name).field("address", speaker.slug).end_object();
  return w.end_array().end_object().take();
}

Result<std::vector<EventId>> erase_person(db::Tx& tx, PersonId person) {
  std::set<EventId> touched;
  std::map<TalkId, std::set<std::string>> names;
  TRY_ASSIGN(const auto credited, store::credited_talks(tx, person));
  for (const auto& credit : credited) {
    names[credit.talk].insert(credit.name);
    touched.insert(credit.event);
  }
  TRY_ASSIGN(const auto speakers, store::speakers_of_person(tx, person));
  for (const auto& speaker : speakers) {
    TRY_ASSIGN(const auto talks, store::talks_of_speaker(tx, speaker.id));
    for (const auto& [event, talk] : talks) {
      names[talk].insert(speaker.name);
      touched.insert(event);
      TRY(store::blank_credit(tx, talk, speaker.name));
    }
    TRY(store::forget_speaker(tx, speaker.id));
  }
  for (const auto& [talk, printed] : names) TRY(forget_in_record(tx, talk, printed));
  return std::vector<EventId>(touched.begin(), touched.end());
}

Result<std::vector<std::string>> check(db::Tx& tx) {
  std::vector<std::string> problems;
  TRY_ASSIGN(const auto hidden, store::indexed_but_hidden(tx));
  for (const auto& code : hidden) problems.push_back("archive: " + code + " is listed, but visitors may not see it");
  TRY_ASSIGN(const auto published, store::published_in_spite(tx));
  for (const auto& code : published) problems.push_back("archive: " + code + " is marked never to be published, and is");
  TRY_ASSIGN(const auto twice, store::speakers_merged_twice(tx));
  for (const auto& slug : twice) problems.push_back("archive: the name " + slug + " is joined with one that is joined itself");
  return problems;
}

}  // namespace confer::archive
