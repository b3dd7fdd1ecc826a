// Reads and writes an event's folder of PyVideo: category.json and one file a talk.
#include "programme/pyvideo.h"
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include "base/json_writer.h"
#include "base/random.h"
#include "base/text.h"
#include "programme/formats/export.h"
#include "programme/formats/import.h"
#include "programme/formats/json_object.h"

namespace confer::programme {
namespace {

using Json = nlohmann::json;

/// A length for a recording whose own is not known.
constexpr minutes usual_length{30};

std::string_view last_part(std::string_view path) { return path.substr(path.rfind('/') + 1); }

class FolderReader {
 public:
  Result<Imported> read(const std::vector<NamedBytes>& files) {
    TRY(read_category(files));
    read_unpublished(files);
    std::vector<const NamedBytes*> records;
    for (const NamedBytes& file : files) {
      const bool is_record = file.path.ends_with(".json") && (file.path.starts_with("videos/") || file.path.contains("/videos/"));
      if (is_record) records.push_back(&file);
    }
    // Codes and derived GUIDs must not depend on the order in which a folder is listed.
    std::ranges::sort(records, {}, &NamedBytes::path);
    for (const NamedBytes* file : records) TRY(read_record(*file));
    find_twice();
    place_slots();
    find_days();
    out_.carried = carried_by(Format::pyvideo);
    out_.whole = false;  // it holds what has a video, and rarely says when: a session that is not in it is not gone
    put_in_order(p());
    return std::move(out_);
  }

 private:
  Programme& p() { return out_.programme; }
  void odd(const char* kind, std::string place, std::string message) { out_.oddities.push_back({kind, std::move(place), std::move(message)}); }

  Result<Json> json_of(const NamedBytes& file) { return read_pyvideo_file(file.path, file.bytes, out_.oddities); }

  Result<void> read_category(const std::vector<NamedBytes>& files) {
    const auto found = std::ranges::find_if(files, [](const NamedBytes& file) { return last_part(file.path) == "category.json"; });
    if (found == files.end()) return fail_at("category.json", "This is not a PyVideo folder: it has no category.json.");
    TRY_ASSIGN(const Json json, json_of(*found));
    Conference& c = p().conference;
    JsonObject category(json, found->path, out_.oddities);
    title_ = within(clean_line(category.text("title")), 300, found->path + ": title", out_.oddities);
    c.title = LocalizedText("en", title_);
    // The folder's name is the event's slug there.
    std::string_view folder = std::string_view(found->path).substr(0, found->path.size() - std::string_view("category.json").size());
    if (folder.ends_with('/')) folder.remove_suffix(1);
    c.slug = slugify(folder.empty() ? title_ : std::string(last_part(folder)));
    c.acronym = c.slug;
    c.guid = guid_of_pyvideo_event(c.slug);
    for (const auto& [key, to] : {std::pair{"start_date", &start_}, {"end_date", &end_}})
      if (const auto date = parse_date(trim(category.text(key)))) *to = *date;
    category.keep({"description", "url", "alias"}, c.extra);
    c.extra["pyvideo"] = json_text(json);
    category.rest();
    if (title_.empty()) odd("no title", found->path, "The event has no title.");
    return {};
  }

  /// The data set's own list of ids that must not be shown.
  void read_unpublished(const std::vector<NamedBytes>& files) {
    for (const NamedBytes& file : files) {
      if (last_part(file.path) != "NO_PUBLISH.json") continue;
      const Json json = Json::parse(file.bytes, nullptr, false);
      if (!json.is_array()) continue;
      for (const Json& id : json)
        if (id.is_number_integer()) unpublished_.insert(id.get<std::int64_t>());
    }
  }

  Result<void> read_record(const NamedBytes& file) {
    TRY_ASSIGN(const Json json, json_of(file));
    if (const auto id = json.find("id"); id != json.end() && id->is_number_integer() && unpublished_.contains(id->get<std::int64_t>())) {
      odd("never to publish", file.path, "PyVideo asks that this record is never published; it was left out.");
      return {};
    }
    Talk talk = talk_of_record(json, file.path, out_.oddities);
    if (const auto category = json.find("category"); category != json.end() && category->is_string() && clean_line(category->get<std::string>()) != title_)
      odd("category disagrees with the folder's title", file.path + ": category",
          "“" + ellipsis(category->get<std::string>(), 60) + "” is not the event's title.");
    const std::string stem(last_part(file.path).substr(0, last_part(file.path).size() - 5));
    talk.code = "talk-" + std::to_string(p().talks.size() + 1);
    talk.guid = guid_of_pyvideo_talk(p().conference.guid, stem);
    if (talk.title.empty()) talk.title = stem;
    if (talk.slug.empty()) talk.slug = slugify(talk.title);
    talk.extra["pyvideo_file"] = json_quoted(stem);
    for (Credit& credit : talk.credits) credit.person_guid = name_uuid(p().conference.guid, "person/" + credit.name);
    paths_.push_back(file.path);
    p().talks.push_back(std::move(talk));
    return {};
  }

  /// One recording told twice, and tags that differ by capitals only.
  void find_twice() {
    std::map<std::string, std::size_t> seen;
    std::map<std::string, std::set<std::string>> spellings;
    for (std::size_t i = 0; i < p().talks.size(); ++i) {
      for (const Link& link : p().talks[i].links)
        if (link.kind == LinkKind::media && !seen.emplace(link.url, i).second && seen[link.url] != i)
          odd("same video in two records", paths_[i] + ": videos", "The same video stands in " + paths_[seen[link.url]] + ".");
      for (const std::string& tag : p().talks[i].tags) spellings[fold(tag)].insert(tag);
    }
    for (const auto& [folded, tags] : spellings)
      if (tags.size() > 1) odd("tags that differ by case", "tags", "“" + join({tags.begin(), tags.end()}, "”, “") + "” are one tag.");
  }

  /// Where the time of day is told.
  void place_slots() {
    std::vector<ToldTime> times;
    std::vector<const Talk*> talks;
    for (const Talk& talk : p().talks) {
      const auto recorded = talk.extra.find("recorded");
      if (recorded == talk.extra.end()) continue;
      const std::string text = recorded->second.substr(1, recorded->second.size() - 2);
      if (const auto time = parse_offset_time(text)) {
        times.push_back({time->wall, time->offset, {}});
        talks.push_back(&talk);
      } else if (const auto date = parse_date(text)) {
        days_.push_back(*date);
      }
    }
    // Without a name no choice of zone fails.
    const auto choice = zone_of_times("", times, "recorded");
    if (!times.empty() && choice) {
      p().conference.zone = choice->zone.name();
      out_.zone_told = choice->told;
      if (choice->oddity) out_.oddities.push_back(*choice->oddity);
    }
    for (std::size_t i = 0; i < times.size(); ++i) {
      Slot slot{.number = static_cast<std::int64_t>(i) + 1, .guid = talks[i]->guid, .talk = talks[i]->code};
      slot.start = choice ? wall_in(choice->zone, times[i]) : times[i].wall;
      const auto seconds = talks[i]->extra.find("duration_seconds");
      slot.length = seconds == talks[i]->extra.end() ? usual_length : minutes{(std::stol(seconds->second) + 59) / 60};
      days_.push_back(day_of(slot.start, p().conference.day_start_hour));
      p().slots.push_back(std::move(slot));
    }
  }

  void find_days() {
    Conference& c = p().conference;
    std::ranges::sort(days_);
    c.start = start_ ? *start_ : days_.empty() ? Date{} : days_.front();
    c.end = end_ ? *end_ : days_.empty() ? c.start : std::max(days_.back(), c.start);
    std::map<std::string, int> languages;
    for (const Talk& talk : p().talks)
      if (!talk.language.empty()) --languages[talk.language];
    if (languages.empty()) return;
    const auto most = std::ranges::min_element(languages, {}, [](const auto& pair) { return pair.second; });
    c.languages = {most->first};
    c.title = LocalizedText(most->first, title_);
  }

  Imported out_;
  std::string title_;
  std::optional<Date> start_, end_;
  std::vector<Date> days_;
  std::vector<std::string> paths_;
  std::set<std::int64_t> unpublished_;
};

// ---- writing

std::string media_type(std::string_view url) {
  for (const auto& [part, type] : {std::pair{"youtube.com", "youtube"}, {"youtu.be", "youtube"}, {"vimeo.com", "vimeo"}, {"archive.org", "archive.org"}})
    if (url.contains(part)) return type;
  const std::string ending = ascii_lower(url.substr(url.rfind('.') + 1));
  return ending == "mp4" || ending == "webm" || ending == "ogv" || ending == "mkv" ? ending : "conf";
}

/// The record as it came, with what was changed since; or a new one.
Json record_of(const Programme& p, const Talk& talk) {
  Json record = Json::object();
  if (const auto raw = talk.extra.find("pyvideo"); raw != talk.extra.end()) {
    record = Json::parse(raw->second, nullptr, false);
    if (!record.is_object()) record = Json::object();
  }
  const bool fresh = record.empty();
  change_record(record, talk);
  if (fresh) {
    const auto slot = std::ranges::find(p.slots, talk.code, &Slot::talk);
    record["recorded"] = slot == p.slots.end() ? Json(nullptr) : Json(to_text(day_of(slot->start, p.conference.day_start_hour)));
    if (slot != p.slots.end()) record["duration"] = std::chrono::seconds(slot->length).count();
  }
  return record;
}

std::string pretty(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

}  // namespace

std::string guid_of_pyvideo_event(std::string_view folder_slug) {
  return name_uuid("6ba7b811-9dad-11d1-80b4-00c04fd430c8", "pyvideo/" + std::string(folder_slug));
}
std::string guid_of_pyvideo_talk(std::string_view event_guid, std::string_view stem) { return name_uuid(event_guid, "video/" + std::string(stem)); }

Result<Json> read_pyvideo_file(std::string_view path, std::string_view bytes, std::vector<Oddity>& oddities) {
  const auto before = static_cast<std::ptrdiff_t>(oddities.size());
  auto json = read_json(bytes, "a PyVideo record", oddities);
  const std::string place(path);
  for (auto one = oddities.begin() + before; one != oddities.end(); ++one) one->place = place + ": " + one->place;
  if (!json) {
    Error error = std::move(json).error();
    error.message = place + ": " + error.message;
    error.where = place;
    return fail(std::move(error));
  }
  if (!json->is_object()) return fail_at(place, place + ": This is not a PyVideo record: it is not an object.");
  if (bytes.contains("\r\n")) oddities.push_back({"CRLF file", place, "The lines end with CR and LF."});
  if (!bytes.ends_with('\n')) oddities.push_back({"no final newline", place, "The last line does not end."});
  return json;
}

void change_record(Json& record, const Talk& talk) {
  const bool fresh = record.empty();
  Talk before;
  if (!fresh) {
    Oddities ignored;
    before = talk_of_record(record, "", ignored);
    if (before.title.empty()) before.title = talk.title;
  }
  const auto same_names = [](const Credit& a, const Credit& b) { return a.name == b.name; };
  if (fresh || before.title != talk.title) record["title"] = clean_line(talk.title);
  if (fresh || !std::ranges::equal(before.credits, talk.credits, same_names)) {
    record["speakers"] = Json::array();
    for (const Credit& credit : talk.credits) record["speakers"].push_back(clean_line(credit.name));
  }
  if (fresh || before.description != talk.description) record["description"] = clean_text(fresh && talk.description.empty() ? talk.abstract : talk.description);
  if (!fresh && before.abstract != talk.abstract) record["summary"] = clean_text(talk.abstract);
  if (before.language != talk.language) record["language"] = language_for_pyvideo(talk.language);
  if (before.tags != talk.tags) record["tags"] = talk.tags;
  if (before.license != talk.license) record["copyright_text"] = clean_line(talk.license);
  if (fresh || before.links != talk.links) {
    record["videos"] = Json::array();
    record["related_urls"] = Json::array();
    for (const Link& link : talk.links) {
      const std::string url = absolute_url(link.url);
      if (url.empty()) continue;
      if (link.kind == LinkKind::media)
        record["videos"].push_back({{"type", media_type(url)}, {"url", url}});
      else
        record["related_urls"].push_back({{"label", clean_line(link.title)}, {"url", url}});
    }
  }
}

Result<Imported> read_pyvideo(const std::vector<NamedBytes>& files) { return FolderReader().read(files); }

std::vector<NamedBytes> write_pyvideo(const Programme& p) {
  const Conference& c = p.conference;
  Json category = Json::object();
  if (const auto raw = c.extra.find("pyvideo"); raw != c.extra.end()) category = Json::parse(raw->second, nullptr, false);
  if (!category.is_object()) category = Json::object();
  const std::string title = clean_line(c.title.in(c.languages.empty() ? "en" : c.languages.front()));
  if (!category.contains("title") || !category["title"].is_string() || clean_line(category["title"].get<std::string>()) != title) category["title"] = title;
  if (!c.extra.contains("pyvideo") && c.start != Date{}) {
    category["start_date"] = to_text(c.start);
    category["end_date"] = to_text(c.end);
  }
  std::vector<NamedBytes> files{{"category.json", pretty(category)}};
  std::set<std::string> names;
  for (const Talk& talk : p.talks) {
    if (talk.state == TalkState::draft || talk.state == TalkState::submitted || talk.state == TalkState::cancelled) continue;
    const Json record = record_of(p, talk);
    // The format is one of recordings: its schema wants at least one video.
    if (!record.contains("videos") || record["videos"].empty()) continue;
    std::string stem;
    if (const auto file = talk.extra.find("pyvideo_file"); file != talk.extra.end()) {
      const Json name = Json::parse(file->second, nullptr, false);
      if (name.is_string() && !name.get_ref<const std::string&>().contains('/')) stem = name.get<std::string>();
    }
    if (stem.empty()) stem = slugify(talk.title);
    if (stem.empty()) stem = ascii_lower(talk.code);
    std::string name = stem;
    for (int n = 2; !names.insert(name).second; ++n) name = stem + "-" + std::to_string(n);
    files.push_back({"videos/" + name + ".json", pretty(record)});
  }
  return files;
}

}  // namespace confer::programme
