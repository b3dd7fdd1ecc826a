// PyVideo's folders as imported events (pyvideo.h); its records one by one are read by programme/pyvideo.h.
#include "archive/pyvideo.h"
#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include "base/json_writer.h"
#include "base/random.h"
#include "base/text.h"
#include "html/restructured_text.h"
#include "programme/pyvideo.h"

namespace confer::archive {
namespace {

using Json = nlohmann::json;

/// Part of each hash: when a newer Confer reads a record otherwise, it is read again.
constexpr std::string_view reader_version = "pyvideo 1\n";
/// A gathering; what goes on for longer (a channel, a meetup) has no first and last day.
constexpr std::chrono::days longest_event{60};

std::string_view last_part(std::string_view path) { return path.substr(path.rfind('/') + 1); }
std::string_view folder_part(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}
std::string_view stem_of(std::string_view path) {
  std::string_view name = last_part(path);
  if (name.ends_with(".json")) name.remove_suffix(5);
  return name;
}

std::string text_of(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// An old address as a path: no host, no query, no slash at its end.
std::string alias_path(std::string_view told) {
  std::string_view path = trim(told);
  if (const auto scheme = path.find("://"); scheme != std::string_view::npos) {
    path.remove_prefix(scheme + 3);
    const auto slash = path.find('/');
    if (slash == std::string_view::npos) return "";
    path.remove_prefix(slash);
  }
  path = path.substr(0, path.find_first_of("?#"));
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  constexpr std::size_t longest = 500;
  std::string out(path);
  if (!out.starts_with('/')) out.insert(0, "/");
  return out.size() < 2 || out.size() > longest ? std::string() : out;
}

/// A slug without transliteration, as naive importers make them: to find where they fail.
std::string naive_slug(std::string_view title) {
  std::string slug;
  for (const char c : fold(title)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
      slug += c;
    else if (static_cast<unsigned char>(c) < 0x80 && !slug.empty() && slug.back() != '-')
      slug += '-';
  }
  if (slug.ends_with('-')) slug.pop_back();
  return slug;
}

void add_oddities(Findings& findings, std::vector<programme::Oddity>&& oddities) {
  for (auto& oddity : oddities) {
    // A finding's sentence is for all its places: what the first of them quotes (often a name) is left out.
    const auto close = oddity.message.starts_with("“") ? oddity.message.find("”") : std::string::npos;
    if (close != std::string::npos) oddity.message.replace(0, close + std::string_view("”").size(), "This");
    findings.add(oddity.kind == "unknown field" ? "unknown key" : oddity.kind, std::move(oddity.place), oddity.message);
  }
}

talks::Talk talk_of(programme::Talk&& told, recordings::Recording& recording) {
  talks::Talk talk;
  talk.title = std::move(told.title);
  talk.abstract = std::move(told.abstract);
  talk.description = std::move(told.description);
  talk.language = std::move(told.language);
  talk.tags = std::move(told.tags);
  talk.license = recordings::license_of(recording.copyright);
  talk.state = talks::State::archived;
  for (auto& credit : told.credits) {
    talks::Credit c;
    c.name = std::move(credit.name);
    talk.credits.push_back(std::move(c));
  }
  for (auto& link : told.links)
    if (link.kind != programme::LinkKind::media) talk.links.push_back({std::move(link.url), std::move(link.title), static_cast<int>(link.kind)});
  return talk;
}

std::optional<std::int64_t> integer_of(const Json& json, const char* key) {
  const auto found = json.find(key);
  if (found == json.end() || !found->is_number()) return std::nullopt;
  if (found->is_number_integer()) return found->get<std::int64_t>();
  const double number = found->get<double>();
  constexpr double most = 9e15;
  return number > -most && number < most ? std::optional(static_cast<std::int64_t>(number)) : std::nullopt;
}

/// As people write numbers: 5, "5", 5.0.
std::optional<std::int64_t> number_told(const Json& told) {
  if (told.is_number_integer()) return told.get<std::int64_t>();
  std::int64_t number = 0;
  if (told.is_number_float() && told.get<double>() == std::floor(told.get<double>()) && std::fabs(told.get<double>()) < 9e15)
    return static_cast<std::int64_t>(told.get<double>());
  if (!told.is_string()) return std::nullopt;
  const std::string text(trim(told.get_ref<const std::string&>()));
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() && !text.empty() ? std::optional(number) : std::nullopt;
}

recordings::Recording recording_of(const Json& json, const programme::Talk& told, std::vector<std::string>& repaired) {
  recordings::Recording r;
  if (const auto recorded = told.extra.find("recorded"); recorded != told.extra.end())
    if (auto parsed = recordings::parse_recorded(text_of(json, "recorded"))) r.recorded = *parsed;
  if (const auto length = told.extra.find("duration_seconds"); length != told.extra.end()) {
    r.duration = seconds(std::stoll(length->second));
    const auto written = json.find("duration");
    constexpr double day = 24 * 60 * 60;
    if (written != json.end() && written->is_number() && written->get<double>() > day) {
      r.duration_repair = recordings::Repair::milliseconds;
      repaired.emplace_back("duration");
    }
    if (r.duration->count() <= 0) r.duration.reset();
  }
  r.quality_notes = trim(repair_utf8(text_of(json, "quality_notes")));
  r.copyright = trim(text_of(json, "copyright_text"));
  r.license = recordings::license_of(r.copyright);
  const std::string thumbnail(trim(text_of(json, "thumbnail_url")));
  if (thumbnail.starts_with("https://") || thumbnail.starts_with("http://")) r.thumbnail_url = thumbnail;
  const auto videos = json.find("videos");
  if (videos != json.end() && videos->is_array())
    for (const Json& item : *videos) {
      if (!item.is_object()) continue;
      recordings::Video video;
      video.url = tidy_line(text_of(item, "url"));
      if (!video.url.starts_with("https://") && !video.url.starts_with("http://")) continue;
      video.told_type = tidy_line(text_of(item, "type"));
      if (const auto length = integer_of(item, "length"); length && *length > 0 && *length <= 24 * 60 * 60) video.length = seconds(*length);
      if (const auto size = integer_of(item, "size"); size && *size > 0) video.size_bytes = size;
      video.language = told.language;
      recordings::recognise(video);
      r.videos.push_back(std::move(video));
    }
  r.status = r.videos.empty() ? recordings::Status::unknown : recordings::Status::published;
  return r;
}

/// Of the whole tree: what no single record shows is told by PyvideoOverview.
ImportedTalk imported_talk(const Json& json, std::string_view place, Findings& findings) {
  std::vector<programme::Oddity> oddities;
  programme::Talk told = programme::talk_of_record(json, std::string(place), oddities);
  add_oddities(findings, std::move(oddities));
  ImportedTalk out;
  if (const auto id = json.find("id"); id != json.end()) out.number = number_told(*id);
  out.recording = recording_of(json, told, out.repaired);
  if (told.title.empty()) told.title = stem_of(place);
  if (told.title.empty()) told.title = "Talk";
  out.talk = talk_of(std::move(told), out.recording);
  return out;
}

Result<ImportedTalk> read_raw(std::string_view raw, std::string_view place, Findings& findings) {
  const Json json = Json::parse(raw, nullptr, false);
  if (!json.is_object()) return fail(ErrorCode::internal, "What is kept of a record cannot be read.", std::string(place));
  return imported_talk(json, place, findings);
}

/// JSON with its members in order: the same text for the same record, however it was laid out.
std::string canonical(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

class FolderReader {
 public:
  explicit FolderReader(const PyvideoFolder& folder) : folder_(folder) {}

  ImportedEvent read() {
    event_.folder = folder_.folder;
    event_.slug = slugify(folder_.folder);
    category();
    event_.guid = programme::guid_of_pyvideo_event(event_.slug);
    std::string hashes = std::string(reader_version) + event_.raw;
    for (const SourceFile& file : folder_.records) {
      record(file);
      hashes += "\n" + file.path + " " + content_hash(file.bytes);
    }
    event_.hash = content_hash(hashes);
    days();
    languages();
    return std::move(event_);
  }

 private:
  std::optional<Json> json_of(const SourceFile& file) {
    if (!file.problem.empty()) {
      event_.findings.add("file left out", file.path, file.problem);
      return std::nullopt;
    }
    std::vector<programme::Oddity> oddities;
    auto json = programme::read_pyvideo_file(file.path, file.bytes, oddities);
    add_oddities(event_.findings, std::move(oddities));
    if (!json) {
      event_.findings.add("file left out", file.path, "It cannot be read: " + json.error().message);
      return std::nullopt;
    }
    return *std::move(json);
  }

  void category() {
    const auto json = json_of(folder_.category);
    const Json& c = json ? *json : Json::object();
    event_.raw = canonical(c);
    told_title_ = text_of(c, "title");
    event_.title = tidy_line(told_title_);
    if (event_.title.empty()) {
      event_.findings.add("event without title", folder_.category.path, "The event has no title; its folder's name is used.");
      event_.title = folder_.folder;
    }
    // Organisers' texts are Markdown.
    event_.description = html::plain_of_rst(text_of(c, "description"));
    event_.url = trim(text_of(c, "url"));
    for (const auto& [key, to] : {std::pair{"start_date", &event_.start}, {"end_date", &event_.end}})
      if (auto date = parse_date(trim(text_of(c, key)))) *to = *date;
    const std::string title_slug = slugify(event_.title, 200);
    if (const auto alias = alias_path(text_of(c, "alias")); !alias.empty()) event_.aliases.push_back(alias);
    for (const auto& name : {title_slug, folder_.folder}) event_.aliases.push_back("/events/" + name + ".html");
    categories_.insert(title_slug);
    categories_.insert(folder_.folder);
    for (const auto& [key, value] : c.items())
      if (!std::set<std::string_view>{"title", "description", "url", "start_date", "end_date", "alias"}.contains(key))
        event_.findings.add("unknown key", folder_.category.path + ": " + key, "A field that the format does not have; it was kept.");
  }

  void record(const SourceFile& file) {
    const auto json = json_of(file);
    if (!json) return;
    ImportedTalk talk = imported_talk(*json, file.path, event_.findings);
    talk.path = file.path.substr(folder_.folder.empty() ? 0 : file.path.rfind("videos/"));
    talk.raw = canonical(*json);
    talk.hash = content_hash(std::string(reader_version) + talk.raw);
    const std::string stem(stem_of(file.path));
    talk.guid = programme::guid_of_pyvideo_talk(event_.guid, stem);
    look(*json, file.path, stem, talk);
    std::string slug = text_of(*json, "slug");
    if (slug.empty()) slug = slugify(talk.talk.title, 200);
    if (talk.number) talk.aliases.push_back("/video/" + std::to_string(*talk.number));
    if (const auto alias = alias_path(text_of(*json, "alias")); !alias.empty()) talk.aliases.push_back(alias);
    if (!slug.empty())
      for (const auto& category : categories_) talk.aliases.push_back(alias_path("/" + category + "/" + slug + ".html"));
    std::erase(talk.aliases, "");
    event_.talks.push_back(std::move(talk));
  }

  /// What the record's reader does not look for.
  void look(const Json& json, const std::string& path, const std::string& stem, const ImportedTalk& talk) {
    Findings& f = event_.findings;
    if (const auto category = json.find("category"); category != json.end() && category->is_string() && category->get_ref<const std::string&>() != told_title_)
      f.add("category disagrees with the folder's title", path + ": category", "The category told is not the title of the folder; the folder counts.");
    const std::string slug = text_of(json, "slug");
    if (stem != (slug.empty() ? naive_slug(talk.talk.title) : slug))
      f.add("file stem != slug", path, "The file is not called as its slug; both lead to the talk.");
    if (std::ranges::any_of(stem, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
      f.add("non-ASCII file name", path, "The file's name has more than ASCII characters.");
    if (naive_slug(talk.talk.title).empty())
      f.add("naive slug empty", path + ": title", "A slug of ASCII letters alone would be empty; the title was transliterated.");
    const auto related = json.find("related_urls");
    if (related == json.end() || !related->is_array()) return;
    f.count("related_urls as object", std::ranges::count_if(*related, [](const Json& r) { return r.is_object(); }),
            "Related addresses with a label, as the format says.");
  }

  /// Days and year, where the folder does not tell them.
  void days() {
    std::vector<Date> known;
    for (const auto& talk : event_.talks)
      if (talk.recording.recorded.day) known.push_back(*talk.recording.recorded.day);
    std::ranges::sort(known);
    if (!known.empty() && known.back() - known.front() <= longest_event) {
      if (!event_.start || *event_.start > known.front()) event_.start = known.front();
      if (!event_.end || *event_.end < known.back()) event_.end = known.back();
    }
    if (event_.start && event_.end && (*event_.end < *event_.start || *event_.end - *event_.start > longest_event)) event_.start = event_.end = std::nullopt;
    if (event_.start && !event_.end) event_.end = event_.start;
    if (event_.end && !event_.start) event_.start = event_.end;
  }

  void languages() {
    std::map<std::string, int> counts;
    for (const auto& talk : event_.talks)
      if (!talk.talk.language.empty()) --counts[talk.talk.language];
    std::vector<std::pair<int, std::string>> order;
    for (const auto& [language, count] : counts) order.emplace_back(count, language);
    std::ranges::sort(order);
    for (auto& [count, language] : order) event_.languages.push_back(std::move(language));
    if (event_.languages.empty()) event_.languages = {"en"};
  }

  const PyvideoFolder& folder_;
  ImportedEvent event_;
  std::string told_title_;
  std::set<std::string> categories_;
};

/// What cannot be read of it stops all: better nothing is published than what must not be.
Result<void> take_no_publish(const SourceFile& file, std::set<std::int64_t>& into) {
  const Json json = Json::parse(file.bytes, nullptr, false);
  if (!json.is_array())
    return fail(ErrorCode::invalid, file.path + " is not a list of numbers: nothing was imported, lest something be published that must not be.");
  for (std::size_t i = 0; i < json.size(); ++i) {
    const auto number = number_told(json[i]);
    if (!number)
      return fail(ErrorCode::invalid, file.path + ": entry " + std::to_string(i + 1) + " (" +
                                          ellipsis(json[i].dump(-1, ' ', false, Json::error_handler_t::replace), 60) +
                                          ") is no number of a talk: nothing was imported, lest something be published that must not be.");
    into.insert(*number);
  }
  return {};
}

}  // namespace

const Format pyvideo_format{"pyvideo", &read_raw};

Result<PyvideoTree> find_pyvideo_folders(std::vector<SourceFile> files) {
  PyvideoTree tree;
  std::map<std::string, PyvideoFolder> folders;
  // The data may stand in a folder of its own within what was given; .schemas holds descriptions of the format.
  const auto is_hidden = [](std::string_view path) { return path.starts_with('.') || path.contains("/."); };
  for (const SourceFile& file : files)
    if (last_part(file.path) == "category.json" && !is_hidden(file.path)) folders[std::string(folder_part(file.path))].category = file;
  if (folders.empty()) return fail(ErrorCode::invalid, "This is not a PyVideo data tree: no folder of it has a category.json.");
  for (SourceFile& file : files) {
    if (last_part(file.path) == "category.json" || is_hidden(file.path)) continue;
    if (ascii_lower(last_part(file.path)) == "no_publish.json") {
      TRY(take_no_publish(file, tree.no_publish));
      continue;
    }
    const std::string_view parent = folder_part(file.path);
    const auto found = last_part(parent) == "videos" ? folders.find(std::string(folder_part(parent))) : folders.end();
    if (found == folders.end())
      tree.findings.add("file of no event", file.path, "The file stands in no event's folder of videos; it was left out.");
    else
      found->second.records.push_back(std::move(file));
  }
  for (auto& [path, folder] : folders) {
    folder.folder = last_part(path);
    if (folder.folder.empty()) folder.folder = "event";
    tree.folders.push_back(std::move(folder));
  }
  return tree;
}

ImportedEvent read_pyvideo_folder(const PyvideoFolder& folder) { return FolderReader(folder).read(); }

void PyvideoOverview::add(const ImportedEvent& event) {
  for (const auto& talk : event.talks) {
    const std::string place = event.folder + "/" + talk.path;
    std::set<std::string> videos;
    for (const auto& video : talk.recording.videos)
      if (video.place == recordings::Place::youtube && videos.insert(video.external_id).second) by_video_[video.external_id].push_back({event.folder, place});
    if (const auto slug = naive_slug(talk.talk.title); !slug.empty()) by_slug_[slug].push_back({event.folder, place});
    for (const auto& credit : talk.talk.credits) names_[naive_slug(credit.name)].insert(credit.name);
    for (const auto& tag : talk.talk.tags) tags_[fold(tag)].insert(tag);
    if (!talk.recording.copyright.empty()) licences_[talk.recording.copyright];
  }
}

Findings PyvideoOverview::take() {
  Findings f;
  for (const auto& [id, told] : by_video_)
    if (told.size() > 1)
      for (const auto& one : told) f.add("same YouTube id in two records", one.place + ": " + id, "One video stands in several records; all were kept.");
  for (const auto& [slug, told] : by_slug_) {
    std::map<std::string, int> events;
    for (const auto& one : told) ++events[one.event];
    for (const auto& one : told) {
      if (events[one.event] > 1)
        f.add("naive slug duplicate inside event", one.place, "Talks of one event would have the same address; a code tells them apart.");
      if (events.size() > 1)
        f.add("naive slug duplicate across events", one.place, "Talks of several events would have the same address; event and code tell them apart.");
    }
  }
  for (const auto& [folded, names] : names_)
    if (names.size() > 1 && !folded.empty())
      f.add("speaker names equal after folding", join({names.begin(), names.end()}, " = "),
            "Names that differ only by case, accents or signs; they were not joined, which is for people to do.");
  for (const auto& [folded, tags] : tags_)
    if (tags.size() > 1) f.add("tags that differ by case", join({tags.begin(), tags.end()}, " = "), "Tags that differ only by case or accents are one tag.");
  f.count("copyright_text distinct spellings", static_cast<std::int64_t>(licences_.size()),
          "Different texts of copyright; all were kept, and known licences recognised.");
  return f;
}

}  // namespace confer::archive
