// The archive's part of exporting, erasing and checking.
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include "archive/archive.h"
#include "archive/list_store.h"
#include "archive/names.h"
#include "archive/store.h"
#include "archive/writing.h"
#include "base/json_writer.h"
#include "base/text.h"

namespace confer::archive {
namespace {

using Json = nlohmann::json;

/// Takes every text that is such a name out of what is kept of a record.
template <class IsName>
void blank(Json& json, const IsName& is_name) {
  if (json.is_string()) {
    if (is_name(tidy_line(json.get<std::string>()))) json = "";
  } else if (json.is_structured()) {
    for (Json& item : json) blank(item, is_name);
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

/// The record's text without such names; as it is where it is no object of JSON.
template <class IsName>
std::string without(const std::string& text, const IsName& is_name) {
  Json raw = Json::parse(text, nullptr, false);
  if (!raw.is_object()) return text;
  blank(raw, is_name);
  drop_empty(raw, "speakers");
  drop_empty(raw, "persons");
  return raw.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<void> forget_in_record(db::Tx& tx, TalkId talk, const std::set<std::string>& names) {
  for (const auto& name : names) TRY(store::add_withheld(tx, talk, withheld_hash(name)));
  TRY(store::forget_changes(tx, talk));
  TRY_ASSIGN(const auto record, store::find_record(tx, talk));
  if (!record) return {};
  return store::change_raw(tx, talk, without(record->raw, [&](const std::string& text) { return names.contains(text); }));
}

/// A printed name that stood in these talks only goes with them.
Result<void> forget_unused_names(db::Tx& tx, const std::map<TalkId, std::set<std::string>>& erased) {
  std::set<std::string> all;
  for (const auto& [talk, names] : erased) all.insert(names.begin(), names.end());
  all.erase("");
  if (all.empty()) return {};
  TRY_ASSIGN(const auto speakers, store::speakers_named(tx, {all.begin(), all.end()}));
  for (const auto& speaker : speakers) {
    TRY_ASSIGN(const auto talks, store::talks_of_speaker(tx, speaker.id));
    const bool elsewhere = std::ranges::any_of(talks, [&](const auto& talk) {
      const auto here = erased.find(talk.second);
      return here == erased.end() || !here->second.contains(speaker.name);
    });
    if (!elsewhere) TRY(store::forget_speaker(tx, speaker.id));
  }
  return {};
}

using PrintedIn = std::map<TalkId, std::set<std::string>>;

/// These names go from every talk, and what was printed besides (`names`) from the records; the events to be indexed again.
Result<std::vector<EventId>> forget_names(db::Tx& tx, const std::vector<SpeakerLink>& speakers, PrintedIn names, std::set<EventId> touched) {
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
  TRY(forget_unused_names(tx, names));
  // They quote names that look alike; the next import finds them again.
  TRY(store::forget_named_findings(tx));
  return std::vector<EventId>(touched.begin(), touched.end());
}

}  // namespace

std::string without_withheld(const std::string& raw, TalkId talk, const std::set<std::pair<TalkId, std::string>>& withheld) {
  const auto first = withheld.lower_bound({talk, ""});
  if (first == withheld.end() || first->first != talk) return raw;
  return without(raw, [&](const std::string& text) { return !text.empty() && withheld.contains({talk, withheld_hash(text)}); });
}

Result<std::string> export_person(db::Tx& tx, PersonId person) {
  TRY_ASSIGN(const auto speakers, store::speakers_of_person(tx, person));
  JsonWriter w;
  w.begin_object().key("names").begin_array();
  for (const auto& speaker : speakers) w.begin_object().field("name", speaker.name).field("address", speaker.slug).end_object();
  return w.end_array().end_object().take();
}

Result<std::vector<EventId>> erase_person(db::Tx& tx, PersonId person) {
  std::set<EventId> touched;
  PrintedIn names;
  TRY_ASSIGN(const auto credited, store::credited_talks(tx, person));
  for (const auto& credit : credited) {
    names[credit.talk].insert(credit.name);
    touched.insert(credit.event);
  }
  TRY_ASSIGN(const auto speakers, store::speakers_of_person(tx, person));
  return forget_names(tx, speakers, std::move(names), std::move(touched));
}

Result<std::vector<EventId>> erase_name(db::Tx& tx, SpeakerId page) {
  TRY_ASSIGN(auto ids, store::joined_names(tx, page));
  ids.push_back(page);
  std::vector<SpeakerLink> names;
  for (const SpeakerId id : ids) {
    TRY_ASSIGN(auto name, find_speaker(tx, id));
    if (name && !name->name.empty()) names.push_back({id, name->slug, name->name});
  }
  return forget_names(tx, names, {}, {});
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
