// The archive as PyVideo's data tree (exchange.h): what came from there is given back as it was, with what changed since.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include "archive/attaching.h"
#include "archive/exchange.h"
#include "archive/pyvideo.h"
#include "archive/store.h"
#include "base/text.h"
#include "programme/pyvideo.h"

namespace confer::archive {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

std::string pretty(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

std::string recorded_text(const recordings::Recorded& r) {
  switch (r.precision) {
    case recordings::Precision::unknown:
      return "";
    case recordings::Precision::day:
      return to_text(*r.day);
    case recordings::Precision::wall_time:
      return to_text(*r.wall) + ":00";
    case recordings::Precision::instant:
      return to_text(*r.wall) + ":00" + offset_text(*r.offset);
  }
  return "";
}

std::string type_of(const recordings::Video& video) {
  if (!video.told_type.empty() && !video.told_type.contains('/')) return video.told_type;
  switch (video.place) {
    case recordings::Place::youtube:
      return "youtube";
    case recordings::Place::vimeo:
      return "vimeo";
    case recordings::Place::peertube:
      return "peertube";
    case recordings::Place::archive_org:
      return "archive.org";
    default:
      break;
  }
  const std::string ending = ascii_lower(video.url.substr(video.url.rfind('.') + 1));
  return ending.size() <= 4 ? ending : "conf";
}

Json videos_json(const std::vector<recordings::Video>& videos) {
  Json list = Json::array();
  for (const auto& video : videos) {
    if (video.url.empty()) continue;
    Json one{{"type", type_of(video)}, {"url", video.url}};
    if (video.length) one["length"] = video.length->count();
    if (video.size_bytes) one["size"] = *video.size_bytes;
    list.push_back(std::move(one));
  }
  return list;
}

std::vector<std::string> names_of(const talks::Talk& talk) {
  std::vector<std::string> names;
  for (const auto& credit : talk.credits)
    if (!credit.name.empty()) names.push_back(credit.name);
  return names;
}

Json optional_number(const std::optional<seconds>& length) { return length ? Json(length->count()) : Json(nullptr); }

/// Every field that differs from what the record says. `base` nullptr: a record of ours.
void change(Json& record, const ImportedTalk* base, const talks::Talk& talk, const recordings::Recording& recording) {
  const auto differs = [&](auto here, auto there) { return base == nullptr || here != there; };
  const talks::Talk none;
  const recordings::Recording nothing;
  const talks::Talk& t = base != nullptr ? base->talk : none;
  const recordings::Recording& r = base != nullptr ? base->recording : nothing;
  if (differs(talk.title, t.title)) record["title"] = talk.title;
  if (differs(names_of(talk), names_of(t))) record["speakers"] = names_of(talk);
  if (differs(talk.description, t.description)) record["description"] = base == nullptr && talk.description.empty() ? talk.abstract : talk.description;
  if (talk.abstract != t.abstract && (base != nullptr || !talk.description.empty())) record["summary"] = talk.abstract;
  if (talk.language != t.language) record["language"] = programme::language_for_pyvideo(talk.language);
  if (talk.tags != t.tags) record["tags"] = talk.tags;
  if (talk.links != t.links) {
    record["related_urls"] = Json::array();
    for (const auto& link : talk.links) record["related_urls"].push_back({{"label", link.title}, {"url", link.url}});
  }
  if (differs(recorded_text(recording.recorded), recorded_text(r.recorded))) {
    const std::string recorded = recorded_text(recording.recorded);
    record["recorded"] = recorded.empty() ? Json(nullptr) : Json(recorded);
  }
  if (recording.duration != r.duration) record["duration"] = optional_number(recording.duration);
  if (recording.quality_notes != r.quality_notes) record["quality_notes"] = recording.quality_notes;
  if (recording.copyright != r.copyright) record["copyright_text"] = recording.copyright;
  if (recording.thumbnail_url != r.thumbnail_url) record["thumbnail_url"] = recording.thumbnail_url;
  const bool same_videos = std::ranges::equal(recording.videos, r.videos, [](const recordings::Video& a, const recordings::Video& b) { return a.same_as(b); });
  if (base == nullptr || !same_videos) record["videos"] = videos_json(recording.videos);
}

class Writer {
 public:
  Writer(db::Tx& tx, fs::path root) : tx_(tx), root_(std::move(root)) {}

  Result<void> event(const events::Event& event, const store::EventSource* source) {
    TRY_ASSIGN(auto talks, talks::list_talks(tx_, event.id));
    TRY_ASSIGN(auto listed, recordings::recordings_of(tx_, event.id));
    std::map<TalkId, recordings::Recording> recordings;
    for (auto& recording : listed) recordings.emplace(recording.talk, std::move(recording));
    std::map<TalkId, store::Record> records;
    if (source != nullptr) {
      TRY_ASSIGN(auto kept, store::records_of_event(tx_, event.id));
      for (auto& record : kept) records.emplace(record.talk, std::move(record));
    }
    // Of what was programmed here only what an archive brought: the programme has formats of its own.
    std::erase_if(talks, [&](const talks::Talk& t) { return t.state != talks::State::archived && (!is_programmed(event, t) || !records.contains(t.id)); });
    const std::string folder = free_name(source != nullptr ? source->path : event.slug, folders_);
    std::set<std::string> names;
    bool any = false;
    for (const auto& talk : talks) {
      const auto recording = recordings.find(talk.id);
      const auto record = records.find(talk.id);
      TRY_ASSIGN(const bool written, this->talk(folder, talk, is_programmed(event, talk), recording == recordings.end() ? nullptr : &recording->second,
                                                record == records.end() ? nullptr : &record->second, names));
      any = any || written;
    }
    if (!any && source == nullptr) return {};
    ++done_.events;
    return category(folder, event, source);
  }

  Result<void> no_publish(const std::vector<NoPublish>& marks) {
    Json list = Json::array();
    for (const auto& mark : marks)
      if (mark.source == pyvideo_format.name) list.push_back(mark.number);
    return list.empty() ? Result<void>{} : write("NO_PUBLISH.json", pretty(list));
  }
  const Exported& done() const { return done_; }

 private:
  static std::string free_name(const std::string& wanted, std::set<std::string>& taken) {
    std::string base;
    // A name that leads out of the folder is none.
    for (const char c : wanted) base += c == '/' || c == '\0' ? '-' : c;
    if (base.empty() || base.starts_with('.')) base = "talk" + base;
    std::string name = base;
    for (int n = 2; !taken.insert(name).second; ++n) name = base + "-" + std::to_string(n);
    return name;
  }

  /// `programmed`: the record's words are its own, only the recording may have been edited here.
  Result<bool> talk(const std::string& folder, const talks::Talk& talk, bool programmed, const recordings::Recording* recording, const store::Record* record,
                    std::set<std::string>& names) {
    static const recordings::Recording none;
    const recordings::Recording& r = recording != nullptr ? *recording : none;
    Json json = Json::object();
    if (record != nullptr) {
      json = Json::parse(record->raw, nullptr, false);
      if (!json.is_object()) return fail(ErrorCode::internal, "What is kept of a record cannot be read.", record->path);
      if (talk.version != record->talk_version || r.version != record->recording_version) {
        Findings ignored;
        TRY_ASSIGN(const auto base, pyvideo_format.read_record(record->raw, record->path, ignored));
        change(json, &base, programmed ? base.talk : talk, r);
      }
      if (r.duration_repair != recordings::Repair::none) {
        json["duration"] = optional_number(r.duration);
        ++done_.repaired;
      }
    } else {
      change(json, nullptr, talk, r);
    }
    // The format is one of recordings: its schema wants at least one video.
    if (record == nullptr && (!json.contains("videos") || json["videos"].empty())) return false;
    std::string name;
    if (record != nullptr && record->path.starts_with("videos/") && record->path.ends_with(".json"))
      name = record->path.substr(7, record->path.size() - 12);
    else
      name = talk.slug;
    TRY(write(folder + "/videos/" + free_name(name, names) + ".json", pretty(json)));
    ++done_.talks;
    return true;
  }

  Result<void> category(const std::string& folder, const events::Event& event, const store::EventSource* source) {
    Json json = source != nullptr ? Json::parse(source->raw, nullptr, false) : Json::object();
    if (!json.is_object()) json = Json::object();
    const std::string title = event.title.in(event.languages.front());
    const auto told = json.find("title");
    const bool is_archived = event.kind == events::EventKind::archived;
    if (source == nullptr || (is_archived && event.version > 1 && told != json.end() && told->is_string() && tidy_line(told->get<std::string>()) != title))
      json["title"] = title;
    if (source == nullptr && event.start && event.end) {
      json["start_date"] = to_text(*event.start);
      json["end_date"] = to_text(*event.end);
    }
    return write(folder + "/category.json", pretty(json));
  }

  Result<void> write(const std::string& path, const std::string& bytes) const {
    const fs::path file = root_ / path;
    std::error_code problem;
    fs::create_directories(file.parent_path(), problem);
    if (problem) return fail(ErrorCode::unavailable, file.parent_path().string() + " cannot be made: " + problem.message() + ".");
    std::ofstream out(file, std::ios::binary);
    out << bytes;
    out.close();
    if (!out) return fail(ErrorCode::unavailable, file.string() + " cannot be written.");
    return {};
  }

  db::Tx& tx_;
  fs::path root_;
  std::set<std::string> folders_;
  Exported done_;
};

}  // namespace

Result<Exported> export_pyvideo(db::Database& db, const std::string& folder, const Progress& progress) {
  std::error_code problem;
  if (fs::exists(folder, problem) && (!fs::is_directory(folder, problem) || !fs::is_empty(folder, problem)))
    return fail(ErrorCode::invalid, folder + " holds something already: name a new folder, or an empty one.");
  TRY_ASSIGN(auto tx, db.begin_read());
  TRY_ASSIGN(const auto sources, store::list_event_sources(tx, pyvideo_format.name));
  std::map<EventId, const store::EventSource*> by_event;
  for (const auto& source : sources) by_event.emplace(source.event, &source);
  TRY_ASSIGN(auto events, events::list_events(tx));
  std::erase_if(events, [&](const events::Event& e) { return !e.is_public || (e.kind != events::EventKind::archived && !by_event.contains(e.id)); });
  std::ranges::sort(events, {}, &events::Event::slug);
  Writer writer(tx, folder);
  std::int64_t done = 0;
  for (const auto& event : events) {
    const auto source = by_event.find(event.id);
    TRY(writer.event(event, source == by_event.end() ? nullptr : source->second));
    if (progress) progress("events exported", ++done, static_cast<std::int64_t>(events.size()));
  }
  TRY_ASSIGN(const auto marks, store::list_no_publish(tx));
  TRY(writer.no_publish(marks));
  return writer.done();
}

}  // namespace confer::archive
