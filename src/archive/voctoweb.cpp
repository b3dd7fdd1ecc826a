// voctoweb's conferences as imported events (voctoweb.h). Field by field as its public API has them.
#include "archive/voctoweb.h"
#include <algorithm>
#include <nlohmann/json.hpp>
#include "base/random.h"
#include "base/text.h"
#include "programme/pyvideo.h"

namespace confer::archive {
namespace {

using Json = nlohmann::json;

constexpr std::string_view reader_version = "voctoweb 1\n";

std::string text_of(const Json& json, const char* key) {
  const auto found = json.find(key);
  if (found == json.end()) return "";
  if (found->is_string()) return repair_utf8(found->get<std::string>());
  return found->is_number_integer() ? std::to_string(found->get<std::int64_t>()) : "";
}
std::optional<std::int64_t> number_of(const Json& json, const char* key) {
  const auto found = json.find(key);
  if (found == json.end() || !found->is_number_integer()) return std::nullopt;
  return found->get<std::int64_t>();
}
std::string line_of(const Json& json, const char* key) { return tidy_line(text_of(json, key)); }
bool is_web_address(std::string_view url) { return url.starts_with("https://") || url.starts_with("http://"); }
std::string_view last_part(std::string_view path) {
  while (path.ends_with('/')) path.remove_suffix(1);
  return path.substr(path.rfind('/') + 1);
}
std::string canonical(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

/// Languages of a recording are written "deu", "eng", or "deu-eng" for several tracks.
std::string languages_of(std::string_view told) {
  std::vector<std::string> tags;
  for (const auto part : split(told, '-'))
    if (auto tag = programme::language_of_pyvideo(ascii_lower(part)); !tag.empty()) tags.push_back(std::move(tag));
  return join(tags, " ");
}

const std::set<std::string_view> known_event_keys{"guid",
                                                  "title",
                                                  "subtitle",
                                                  "slug",
                                                  "link",
                                                  "description",
                                                  "original_language",
                                                  "persons",
                                                  "view_count",
                                                  "promoted",
                                                  "date",
                                                  "release_date",
                                                  "updated_at",
                                                  "tags",
                                                  "length",
                                                  "duration",
                                                  "thumb_url",
                                                  "poster_url",
                                                  "timeline_url",
                                                  "thumbnails_url",
                                                  "frontend_link",
                                                  "url",
                                                  "conference_title",
                                                  "conference_url",
                                                  "related",
                                                  "recordings",
                                                  "doi"};

recordings::Video video_of(const Json& json) {
  recordings::Video v;
  v.url = tidy_line(text_of(json, "recording_url"));
  v.media_type = line_of(json, "mime_type");
  v.told_type = v.media_type;
  v.label = line_of(json, "label");
  v.language = languages_of(text_of(json, "language"));
  const auto height = number_of(json, "height"), width = number_of(json, "width");
  if (height && *height > 0 && *height < 100'000) v.height = static_cast<int>(*height);
  if (width && *width > 0 && *width < 100'000) v.width = static_cast<int>(*width);
  const auto quality = json.find("high_quality");
  if (quality != json.end() && quality->is_boolean()) v.quality = quality->get<bool>() ? "hd" : "sd";
  if (const auto length = number_of(json, "length"); length && *length > 0) v.length = seconds(*length);
  // In megabytes, rounded.
  if (const auto size = number_of(json, "size"); size && *size > 0 && *size < 10'000'000) v.size_bytes = *size * 1024 * 1024;
  recordings::recognise(v);
  return v;
}

ImportedTalk talk_of(const Json& json, const std::string& place, Findings& findings) {
  ImportedTalk out;
  talks::Talk& talk = out.talk;
  talk.state = talks::State::archived;
  talk.title = line_of(json, "title");
  if (talk.title.empty()) {
    findings.add("title absent", place, "The event has no title; its slug is used.");
    talk.title = line_of(json, "slug").empty() ? "Talk" : line_of(json, "slug");
  }
  talk.subtitle = line_of(json, "subtitle");
  talk.description = trim(text_of(json, "description"));
  talk.language = languages_of(text_of(json, "original_language"));
  talk.language = talk.language.substr(0, talk.language.find(' '));
  if (talk.language.empty()) findings.add("language absent", place + ": original_language", "The language is not told.");
  if (const auto persons = json.find("persons"); persons != json.end() && persons->is_array())
    for (const Json& person : *persons) {
      if (!person.is_string()) continue;
      talks::Credit credit;
      credit.name = tidy_line(person.get<std::string>());
      if (!credit.name.empty() && !programme::is_placeholder_name(credit.name)) talk.credits.push_back(std::move(credit));
    }
  if (talk.credits.empty()) findings.add("speakers = []", place + ": persons", "Nobody is named as speaker.");
  if (const auto tags = json.find("tags"); tags != json.end() && tags->is_array())
    for (const Json& tag : *tags) {
      // Numbers are ids of the schedule, not words.
      if (!tag.is_string()) continue;
      const std::string word = tidy_line(tag.get<std::string>());
      if (!word.empty() && word.find_first_not_of("0123456789") != std::string::npos && std::ranges::find(talk.tags, word) == talk.tags.end())
        talk.tags.push_back(word);
    }
  if (const std::string link(trim(text_of(json, "link"))); is_web_address(link)) talk.links.push_back({link, "", 0});
  if (const std::string link(trim(text_of(json, "frontend_link"))); is_web_address(link)) talk.origin_url = link;
  out.guid = ascii_lower(trim(text_of(json, "guid")));
  recordings::Recording& r = out.recording;
  const std::string date(trim(text_of(json, "date").empty() ? text_of(json, "release_date") : text_of(json, "date")));
  if (auto recorded = recordings::parse_recorded(date))
    r.recorded = *recorded;
  else if (!date.empty())
    findings.add("recorded unreadable", place + ": date", "The day cannot be read; it is kept in the record.");
  else
    findings.add("recorded = null", place + ": date", "The day is not told.");
  auto duration = number_of(json, "duration");
  if (!duration) duration = number_of(json, "length");
  if (duration && *duration > 0 && *duration <= 24 * 60 * 60)
    r.duration = seconds(*duration);
  else
    findings.add(duration && *duration != 0 ? "duration out of range" : "duration absent", place + ": duration", "There is no usable duration.");
  for (const char* key : {"poster_url", "thumb_url"})
    if (const std::string url(trim(text_of(json, key))); r.thumbnail_url.empty() && is_web_address(url)) r.thumbnail_url = url;
  if (const auto recordings = json.find("recordings"); recordings != json.end() && recordings->is_array())
    for (const Json& item : *recordings) {
      if (!item.is_object()) continue;
      recordings::Video video = video_of(item);
      if (!is_web_address(video.url)) {
        findings.add("recording without address", place + ": recordings", "A recording has no address; it is kept in the record.");
        continue;
      }
      video.poster_url = r.thumbnail_url;
      r.videos.push_back(std::move(video));
    }
  r.status = r.videos.empty() ? recordings::Status::unknown : recordings::Status::published;
  if (r.videos.empty()) findings.add("no recording", place, "No recording is told: save the answer of /public/events/GUID too.");
  for (const auto& [key, value] : json.items())
    if (!known_event_keys.contains(key)) findings.add("unknown key", place + ": " + key, "A field that the format does not have; it was kept.");
  return out;
}

Result<ImportedTalk> read_raw(std::string_view raw, std::string_view place, Findings& findings) {
  const Json json = Json::parse(raw, nullptr, false);
  if (!json.is_object()) return fail(ErrorCode::internal, "What is kept of a record cannot be read.", std::string(place));
  return talk_of(json, std::string(place), findings);
}

/// Members that `more` has and `json` has not, or has empty.
void complete(Json& json, const Json& more) {
  for (const auto& [key, value] : more.items()) {
    const auto here = json.find(key);
    if (here == json.end() || here->is_null() || (here->is_array() && here->empty() && value.is_array())) json[key] = value;
  }
}

class Reader {
 public:
  void file(const SourceFile& file) {
    if (!file.problem.empty()) return findings_.add("file left out", file.path, file.problem);
    constexpr int deepest = 64;
    bool too_deep = false;
    const Json json = Json::parse(
        file.bytes,
        [&](int depth, Json::parse_event_t, Json&) {
          if (depth > deepest) too_deep = true;
          return !too_deep;
        },
        false);
    if (json.is_discarded() || too_deep || (!json.is_object() && !json.is_array()))
      return findings_.add("file left out", file.path, "It is not JSON that can be read.");
    look(json, file.path);
  }

  Result<VoctowebTree> take() {
    if (conferences_.empty()) return fail(ErrorCode::invalid, "No answer of voctoweb’s API is among these files: neither conferences nor events.");
    VoctowebTree tree;
    for (auto& [acronym, conference] : conferences_) tree.events.push_back(event_of(acronym, conference));
    tree.findings = std::move(findings_);
    return tree;
  }

 private:
  struct Conference {
    Json json = Json::object();
    std::map<std::string, std::pair<Json, std::string>> events;  ///< by GUID, with the file
  };

  void look(const Json& json, const std::string& path) {
    if (json.is_array()) {
      for (const Json& item : json) look(item, path);
      return;
    }
    if (!json.is_object()) return;
    if (json.contains("guid") && json.contains("title")) return event(json, path, std::string(last_part(text_of(json, "conference_url"))));
    if (json.contains("acronym")) {
      const std::string acronym(trim(text_of(json, "acronym")));
      if (acronym.empty()) return findings_.add("conference without acronym", path, "It cannot be told apart; it was left out.");
      Json own = json;
      own.erase("events");
      complete(conferences_[acronym].json, own);
      if (const auto events = json.find("events"); events != json.end() && events->is_array())
        for (const Json& item : *events)
          if (item.is_object()) event(item, path, acronym);
      return;
    }
    bool any = false;
    for (const char* key : {"conferences", "events"})
      if (const auto list = json.find(key); list != json.end() && list->is_array()) look(*list, path), any = true;
    if (!any) findings_.add("file of no event", path, "It is neither a conference nor an event of voctoweb.");
  }

  void event(const Json& json, const std::string& path, const std::string& acronym) {
    const std::string guid = ascii_lower(trim(text_of(json, "guid")));
    if (guid.empty() || acronym.empty()) return findings_.add("event without guid or conference", path, "It cannot be told apart; it was left out.");
    auto& [known, place] = conferences_[acronym].events[guid];
    if (known.is_null()) {
      known = json;
      place = path;
    } else {
      complete(known, json);
    }
  }

  ImportedEvent event_of(const std::string& acronym, Conference& conference) {
    ImportedEvent e;
    const Json& json = conference.json;
    e.folder = acronym;
    e.slug = slugify(acronym);
    e.title = line_of(json, "title");
    for (const auto& [guid, event] : conference.events)
      if (e.title.empty()) e.title = line_of(event.first, "conference_title");
    if (e.title.empty()) e.title = acronym;
    e.description = trim(text_of(json, "description"));
    if (const std::string link(trim(text_of(json, "link"))); is_web_address(link)) e.url = link;
    constexpr std::string_view url_names = "6ba7b811-9dad-11d1-80b4-00c04fd430c8";
    e.guid = name_uuid(url_names, "voctoweb/" + acronym);
    e.raw = canonical(json);
    std::string hashes = std::string(reader_version) + e.raw;
    std::vector<Date> days;
    std::map<std::string, int> languages;
    for (auto& [guid, told] : conference.events) {
      const std::string place = told.second + ": " + guid;
      ImportedTalk talk = talk_of(told.first, place, e.findings);
      talk.path = guid;
      // View counts change every hour and say nothing of the talk.
      Json steady = told.first;
      for (const char* key : {"view_count", "updated_at", "related"}) steady.erase(key);
      talk.raw = canonical(told.first);
      talk.hash = content_hash(std::string(reader_version) + canonical(steady));
      if (!is_uuid(talk.guid)) talk.guid = name_uuid(url_names, "voctoweb/" + acronym + "/" + guid);
      if (const std::string slug = line_of(told.first, "slug"); !slug.empty() && slug.size() < 300) talk.aliases.push_back("/v/" + slug);
      hashes += "\n" + talk.hash;
      if (talk.recording.recorded.day) days.push_back(*talk.recording.recorded.day);
      if (!talk.talk.language.empty()) --languages[talk.talk.language];
      e.talks.push_back(std::move(talk));
    }
    e.hash = content_hash(hashes);
    std::ranges::sort(days);
    if (!days.empty() && days.back() - days.front() <= std::chrono::days(60)) {
      e.start = days.front();
      e.end = days.back();
    }
    std::vector<std::pair<int, std::string>> order;
    for (const auto& [language, count] : languages) order.emplace_back(count, language);
    std::ranges::sort(order);
    for (auto& [count, language] : order) e.languages.push_back(std::move(language));
    if (e.languages.empty()) e.languages = {"en"};
    e.aliases.push_back("/c/" + acronym);
    return e;
  }

  std::map<std::string, Conference> conferences_;
  Findings findings_;
};

}  // namespace

const Format voctoweb_format{"voctoweb", &read_raw};

Result<VoctowebTree> read_voctoweb(std::vector<SourceFile> files) {
  Reader reader;
  for (const SourceFile& file : files) reader.file(file);
  return reader.take();
}

}  // namespace confer::archive
