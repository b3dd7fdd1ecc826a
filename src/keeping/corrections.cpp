// Fields of an archived talk as texts (corrections.h).
#include "keeping/corrections.h"
#include <algorithm>
#include <nlohmann/json.hpp>
#include "archive/archive.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "html/template.h"
#include "people/who.h"

namespace confer::keeping {
namespace {

using html::translatable;
using Json = nlohmann::json;

/// Where the text that visitors read stands: some sources have an abstract, some a description, some both.
std::string& text_of(talks::Talk& talk) { return talk.description.empty() ? talk.abstract : talk.description; }

/// The first video that lies elsewhere: files of ours have no address to be corrected.
recordings::Video* video_of(recordings::Recording& recording) {
  const auto found = std::ranges::find_if(recording.videos, [](const recordings::Video& v) { return v.place != recordings::Place::own_file; });
  return found == recording.videos.end() ? nullptr : &*found;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  for (const auto line : split(text, '\n'))
    if (auto tidy = tidy_line(line); !tidy.empty()) lines.push_back(std::move(tidy));
  return lines;
}

std::vector<std::string> tags_of(std::string_view text) {
  std::vector<std::string> tags;
  for (const auto word : split(text, ','))
    if (auto tidy = tidy_line(word); !tidy.empty() && std::ranges::find(tags, tidy) == tags.end()) tags.push_back(std::move(tidy));
  return tags;
}

std::string without_returns(std::string_view text) { return std::string(trim(replace_all(std::string(text), "\r", ""))); }

bool refuse(std::string& problem, std::string_view why) {
  problem = why;
  return false;
}

bool set_speakers(std::string_view value, talks::Talk& talk, std::string& problem) {
  constexpr std::size_t most = 60, longest = 200;
  const auto names = lines_of(value);
  if (names.size() > most) return refuse(problem, translatable("These are more than 60 people."));
  std::vector<talks::Credit> credits;
  for (const auto& name : names) {
    if (name.size() > longest) return refuse(problem, translatable("A name is too long."));
    // Who was known by this name (a person, a biography) stays known.
    const auto known = std::ranges::find(talk.credits, name, &talks::Credit::name);
    talks::Credit credit;
    credit.name = name;
    credits.push_back(known == talk.credits.end() ? credit : *known);
  }
  // Names that were erased cannot be written, and are not lost by it.
  for (const auto& credit : talk.credits)
    if (credit.name.empty()) credits.push_back(credit);
  talk.credits = std::move(credits);
  return true;
}

bool set_date(std::string_view value, recordings::Recording& recording, std::string& problem) {
  const auto day = tidy_line(value);
  if (day.empty()) {
    recording.recorded = {};
    return true;
  }
  auto recorded = recordings::parse_recorded(day);
  if (!recorded) return refuse(problem, translatable("Write the date as year, month and day: 2012-03-09."));
  recording.recorded = *std::move(recorded);
  return true;
}

bool set_video(std::string_view value, recordings::Recording& recording, std::string& problem) {
  const std::string url = tidy_line(value);
  auto* present = video_of(recording);
  if (url.empty()) {
    if (present != nullptr) recording.videos.erase(recording.videos.begin() + (present - recording.videos.data()));
  } else {
    constexpr std::size_t longest = 2000;
    if (!(url.starts_with("https://") || url.starts_with("http://")) || url.size() > longest || url.find(' ') != std::string::npos)
      return refuse(problem, translatable("Write the whole address of the video, with https:// in front."));
    recordings::Video video;
    video.url = url;
    recordings::recognise(video);
    if (present != nullptr)
      *present = std::move(video);
    else
      recording.videos.push_back(std::move(video));
  }
  int position = 0;
  for (auto& video : recording.videos) video.position = position++;
  using enum recordings::Status;
  if (recording.status == unknown || recording.status == published) recording.status = recording.videos.empty() ? unknown : published;
  return true;
}

Json json_of(const talks::Credit& c) {
  return {{"person", c.person.value}, {"name", c.name},  {"role", static_cast<int>(c.role)}, {"guid", c.guid}, {"biography", c.biography},
          {"avatar", c.avatar_url},   {"extra", c.extra}};
}
talks::Credit credit_of(const Json& json) {
  talks::Credit c;
  c.person = PersonId{json.at("person").get<std::int64_t>()};
  c.name = json.at("name");
  c.role = static_cast<talks::CreditRole>(json.at("role").get<int>());
  c.guid = json.at("guid");
  c.biography = json.at("biography");
  c.avatar_url = json.at("avatar");
  c.extra = json.at("extra").get<std::map<std::string, std::string>>();
  return c;
}

template <class Number>
Json number_or_null(const std::optional<Number>& n) {
  return n ? Json(*n) : Json();
}
Json json_of(const recordings::Video& v) {
  return {{"kind", static_cast<int>(v.kind)},
          {"place", static_cast<int>(v.place)},
          {"url", v.url},
          {"external", v.external_id},
          {"type", v.media_type},
          {"told", v.told_type},
          {"label", v.label},
          {"language", v.language},
          {"quality", v.quality},
          {"license", v.license},
          {"length", v.length ? Json(v.length->count()) : Json()},
          {"size", number_or_null(v.size_bytes)},
          {"width", number_or_null(v.width)},
          {"height", number_or_null(v.height)},
          {"poster", v.poster_url}};
}
template <class Number>
std::optional<Number> number_of(const Json& json) {
  return json.is_null() ? std::nullopt : std::optional(json.get<Number>());
}
recordings::Video video_of(const Json& json) {
  recordings::Video v;
  v.kind = static_cast<recordings::MediaKind>(json.at("kind").get<int>());
  v.place = static_cast<recordings::Place>(json.at("place").get<int>());
  v.url = json.at("url");
  v.external_id = json.at("external");
  v.media_type = json.at("type");
  v.told_type = json.at("told");
  v.label = json.at("label");
  v.language = json.at("language");
  v.quality = json.at("quality");
  v.license = json.at("license");
  if (const auto length = number_of<std::int64_t>(json.at("length"))) v.length = recordings::seconds(*length);
  v.size_bytes = number_of<std::int64_t>(json.at("size"));
  v.width = number_of<int>(json.at("width"));
  v.height = number_of<int>(json.at("height"));
  v.poster_url = json.at("poster");
  return v;
}

std::string text_of(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

/// What `value_of` leaves out.
Json whole_of(const std::string& field, Correctable c) {
  if (field == "speakers") {
    Json credits = Json::array();
    for (const auto& credit : c.talk.credits) credits.push_back(json_of(credit));
    return credits;
  }
  if (field == "tags") return c.talk.tags;
  if (field == "withheld") return {{"status", static_cast<int>(c.recording.status)}};
  if (field == "licence") return {{"talk", c.talk.license}, {"recording", c.recording.license}};
  if (field != "video") return {};
  const auto* video = video_of(c.recording);
  return video == nullptr ? Json() : json_of(*video);
}

void put_whole(const std::string& field, const Json& whole, Correctable& c) {
  // A topic of one's own may have a comma.
  if (field == "tags" && whole.is_array()) c.talk.tags = whole.get<std::vector<std::string>>();
  if (field == "withheld" && whole.is_object()) c.recording.status = static_cast<recordings::Status>(whole.at("status").get<int>());
  if (field == "licence" && whole.is_object()) {
    c.talk.license = whole.at("talk");
    c.recording.license = whole.at("recording");
  }
  if (field == "speakers" && whole.is_array()) {
    c.talk.credits.clear();
    for (const auto& credit : whole) c.talk.credits.push_back(credit_of(credit));
  }
  if (field == "video" && whole.is_object())
    if (auto* video = video_of(c.recording)) {
      const int position = video->position;
      *video = video_of(whole);
      video->position = position;
    }
}

}  // namespace

std::string_view words_of_field(std::string_view name) {
  const auto found = std::ranges::find(fields, name, &Field::name);
  return found == fields.end() ? name : found->words;
}

Result<Correctable> require_correctable(db::Tx& tx, TalkId id) {
  TRY_ASSIGN(const std::string code, talks::code_of_talk(tx, id));
  TRY_ASSIGN(auto shown, archive::require_shown(tx, code));
  if (shown.event.kind != events::EventKind::archived) return fail(ErrorCode::not_found, "This talk belongs to a programme that its organisers keep.");
  return Correctable{std::move(shown.talk), std::move(shown.recording)};
}

std::string value_of(std::string_view field, const Correctable& c) {
  Correctable copy = c;
  const auto& talk = c.talk;
  if (field == "title") return talk.title;
  if (field == "text") return text_of(copy.talk);
  if (field == "language") return talk.language;
  if (field == "tags") return join(talk.tags, ", ");
  if (field == "licence") return c.recording.copyright;
  if (field == "withheld") return recordings::may_be_shown(c.recording) ? "" : std::string(recordings::name_of(recordings::shown_status(c.recording)));
  if (field == "date") return c.recording.recorded.day ? to_text(*c.recording.recorded.day) : "";
  if (field == "video") {
    const auto* video = video_of(copy.recording);
    return video == nullptr ? "" : video->url;
  }
  std::vector<std::string> names;
  for (const auto& credit : talk.credits)
    if (!credit.name.empty()) names.push_back(credit.name);
  return join(names, "\n");
}

bool is_same(std::string_view field, std::string_view a, std::string_view b) {
  if (field == "speakers") return lines_of(a) == lines_of(b);
  if (field == "tags") return tags_of(a) == tags_of(b);
  if (field == "text") return without_returns(a) == without_returns(b);
  return tidy_line(a) == tidy_line(b);
}

bool set_value(std::string_view field, std::string_view value, Correctable& c, std::string& problem) {
  constexpr std::size_t longest_title = 500, longest_text = 50'000, most_tags = 60, longest_tag = 100;
  if (field == "title") {
    auto title = tidy_line(value);
    if (title.empty()) return refuse(problem, translatable("A talk needs a title."));
    if (title.size() > longest_title) return refuse(problem, translatable("This title is too long."));
    c.talk.title = std::move(title);
  } else if (field == "text") {
    if (value.size() > longest_text) return refuse(problem, translatable("This text is too long."));
    text_of(c.talk) = without_returns(value);
  } else if (field == "language") {
    auto tag = tidy_line(value);
    if (!tag.empty() && !is_language_tag(tag)) return refuse(problem, translatable("Write the language as its short name: en, de, pt-BR."));
    c.talk.language = std::move(tag);
  } else if (field == "tags") {
    auto tags = tags_of(value);
    if (tags.size() > most_tags || std::ranges::any_of(tags, [](const std::string& t) { return t.size() > longest_tag; }))
      return refuse(problem, translatable("These are too many topics, or one is too long."));
    c.talk.tags = std::move(tags);
  } else if (field == "licence") {
    c.recording.copyright = tidy_line(value);
    c.recording.license = recordings::license_of(c.recording.copyright);
    c.talk.license = c.recording.license;
  } else if (field == "withheld") {
    using enum recordings::Status;
    if (!tidy_line(value).empty())
      c.recording.status = not_allowed;
    else if (!recordings::may_be_shown(c.recording))
      c.recording.status = c.recording.videos.empty() ? unknown : published;
  } else if (field == "speakers") {
    return set_speakers(value, c.talk, problem);
  } else if (field == "date") {
    return set_date(value, c.recording, problem);
  } else if (field == "video") {
    return set_video(value, c.recording, problem);
  }
  return true;
}

Result<void> put_corrected(db::Tx& tx, const events::Event& event, const Correctable& before, Correctable after) {
  TRY(talks::put_talk(tx, event, std::move(after.talk)));
  if (after.recording.same_as(before.recording)) return {};
  after.recording.talk = before.talk.id;
  TRY(recordings::put_recording(tx, std::move(after.recording)));
  return {};
}

Result<EventId> store_corrected(db::Tx& tx, const Actor& actor, const Correctable& before, Correctable after, std::string_view fact, KeeperCaseId id) {
  const EventId event_id = before.talk.event;
  TRY_ASSIGN(const auto event, events::find_event(tx, event_id));
  if (!event) return fail(ErrorCode::not_found, "The event of this talk is not there any more.");
  const std::string code = after.talk.code;
  TRY(put_corrected(tx, *event, before, std::move(after)));
  JsonWriter w;
  w.begin_object().field("case", id.value);
  TRY(journal::record(tx, who(actor), fact, event->series.value, event->id.value, "talk:" + code, w.end_object().take()));
  return event_id;
}

std::string remembered(std::span<const std::string> changed, const Correctable& before, const Correctable& after) {
  Json all = Json::array();
  for (const auto& field : changed)
    all.push_back({{"field", field}, {"was", value_of(field, before)}, {"now", value_of(field, after)}, {"whole", whole_of(field, before)}});
  return text_of(all);
}

Result<std::vector<std::string>> put_back(std::string_view undo, Correctable& c) {
  std::vector<std::string> left;
  try {
    for (const auto& one : Json::parse(undo)) {
      const std::string field = one.at("field"), was = one.at("was"), now = one.at("now");
      std::string problem;
      if (!is_same(field, value_of(field, c), now) || !set_value(field, was, c, problem)) {
        left.emplace_back(words_of_field(field));
        continue;
      }
      put_whole(field, one.at("whole"), c);
    }
  } catch (const Json::exception& e) {
    return fail(ErrorCode::internal, "What stood there before cannot be read any more.", e.what());
  }
  return left;
}

}  // namespace confer::keeping
