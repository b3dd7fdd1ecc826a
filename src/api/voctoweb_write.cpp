// voctoweb's fields (voctoweb_write.h). Their names and forms are a contract with programs that we never see: tests/api/voctoweb_test.cpp keeps them.
#include "api/voctoweb_write.h"
#include <unicode/locid.h>
#include <algorithm>
#include <chrono>
#include "base/text.h"

namespace confer::api::voctoweb {
namespace {

std::string two(std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); }

/// voctoweb's times have milliseconds and an offset: "2012-03-09T10:30:00.000+00:00".
std::string time_text(Instant at) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::milliseconds>(at - day));
  const auto ms = std::to_string(time.subseconds().count());
  return to_text(Date(day.time_since_epoch())) + "T" + two(time.hours().count()) + ":" + two(time.minutes().count()) + ":" + two(time.seconds().count()) + "." +
         std::string(3 - ms.size(), '0') + ms + "+00:00";
}
std::string time_text(WallTime wall, std::chrono::minutes offset) { return to_text(wall) + ":00.000" + offset_text(offset); }

void nullable(JsonWriter& w, std::string_view name, const std::string& text) {
  w.key(name);
  if (text.empty())
    w.null();
  else
    w.value(text);
}

/// When the talk was given: as exactly as it is known, at midnight UTC where only the day is.
std::string date_of(const archive::Full& talk) {
  const auto& recorded = talk.recording.recorded;
  if (recorded.precision >= recordings::Precision::wall_time && recorded.wall)
    return time_text(*recorded.wall, recorded.offset.value_or(std::chrono::minutes(0)));
  if (talk.day) return time_text(Instant(std::chrono::sys_days(talk.day->time_since_epoch())));
  return "";
}

std::string title_of(const LocalizedText& title, std::string_view instead) {
  const auto& text = title.in("en");
  return text.empty() ? std::string(instead) : text;
}

std::string talk_url(std::string_view base_url, const archive::Full& talk) { return std::string(base_url) + "/public/events/" + percent_encoded(talk.guid); }
std::string conference_url(std::string_view base_url, std::string_view slug) { return std::string(base_url) + "/public/conferences/" + std::string(slug); }

std::string file_url(std::string_view base_url, const archive::Full& talk, const recordings::Video& video) {
  if (video.place != recordings::Place::own_file) return video.url;
  return std::string(base_url) + recordings::path_of_files(talk.event_slug, talk.code) + std::to_string(video.id.value);
}

/// "h264-hd" and the like: where voctoweb would have put the file.
std::string folder_of(const recordings::Video& video, bool is_high) {
  if (video.media_type.starts_with("audio/")) return video.media_type.substr(6);
  const std::string kind = video.media_type == "video/mp4" ? "h264" : video.media_type.substr(std::min(video.media_type.size(), std::size_t{6}));
  return kind + (is_high ? "-hd" : "-sd");
}

}  // namespace

std::string three_letters(std::string_view language) {
  if (language.empty()) return "";
  const icu::Locale locale(std::string(language).c_str());
  return locale.getISO3Language();
}

void write_conference(JsonWriter& w, std::string_view base_url, const events::Event& event, const archive::EventCount& count) {
  const auto last = count.last ? time_text(Instant(std::chrono::sys_days(count.last->time_since_epoch()))) : std::string{};
  const std::string page = std::string(base_url) + "/" + event.slug;
  w.field("acronym", event.slug).field("aspect_ratio", "16:9");
  // Of an edition the first day is known, and not when somebody made a record of it.
  nullable(w, "created_at", event.start ? time_text(Instant(std::chrono::sys_days(event.start->time_since_epoch()))) : std::string{});
  nullable(w, "updated_at", last);
  w.field("title", title_of(event.title, event.slug));
  // A schedule exists where the programme was made here.
  nullable(w, "schedule_url", event.kind == events::EventKind::archived ? std::string{} : page + "/schedule.xml");
  w.field("slug", event.slug);
  nullable(w, "event_last_released_at", last);
  w.field("link", page);
  nullable(w, "description", event.description.in("en"));
  w.field("webgen_location", event.slug);
  w.field("logo_url", "").field("images_url", "").field("recordings_url", page);
  w.field("url", conference_url(base_url, event.slug));
}

void begin_talk(JsonWriter& w, std::string_view base_url, const archive::Full& talk, std::int64_t views, const std::vector<Related>& related) {
  const std::string page = std::string(base_url) + archive::path_of(talk);
  const auto length = talk.recording.duration.value_or(talk.length).count();
  w.begin_object().field("guid", talk.guid).field("title", talk.title);
  nullable(w, "subtitle", talk.subtitle);
  w.field("slug", talk.event_slug + "-" + talk.code + (talk.slug.empty() ? "" : "-" + talk.slug))
      .field("link", talk.origin_url.empty() ? page : talk.origin_url);
  nullable(w, "description", talk.abstract.empty() ? talk.description : talk.abstract);
  w.field("original_language", three_letters(talk.language));
  w.key("persons").begin_array();
  for (const auto& speaker : talk.speakers)
    if (!speaker.name.empty()) w.value(speaker.name);
  w.end_array().key("tags").begin_array();
  for (const auto& tag : talk.tags) w.value(tag.name);
  w.end_array().field("view_count", views).field("promoted", false);
  nullable(w, "date", date_of(talk));
  w.field("release_date", time_text(talk.added_at)).field("updated_at", time_text(talk.changed_at)).field("length", length).field("duration", length);
  // A picture's address tells where the video is.
  const std::string picture = recordings::may_be_shown(talk.recording) ? talk.recording.thumbnail_url : "";
  w.field("thumb_url", picture).field("poster_url", picture).field("timeline_url", "").field("thumbnails_url", "");
  w.field("frontend_link", page).field("url", talk_url(base_url, talk)).field("conference_title", title_of(talk.event_title, talk.event_slug));
  w.field("conference_url", conference_url(base_url, talk.event_slug));
  w.key("related").begin_array();
  for (const auto& other : related) w.begin_object().field("event_id", other.id).field("event_guid", other.guid).field("weight", other.weight).end_object();
  w.end_array();
}

std::vector<const recordings::Video*> files_of(const archive::Full& talk) {
  std::vector<const recordings::Video*> out;
  if (!recordings::may_be_shown(talk.recording)) return out;
  for (const auto& video : talk.recording.videos)
    if ((video.place == recordings::Place::own_file || video.place == recordings::Place::file_elsewhere) && video.health != recordings::Health::dead)
      out.push_back(&video);
  return out;
}

void write_recording(JsonWriter& w, std::string_view base_url, const archive::Full& talk, const recordings::Video& video) {
  constexpr int high_definition = 720;
  constexpr double megabyte = 1'000'000;
  const std::string url = file_url(base_url, talk, video);
  // A height that nobody told is most probably that of the only file there is.
  const bool is_high = video.kind == recordings::MediaKind::video && video.height.value_or(high_definition) >= high_definition;
  const auto path = std::string_view(url).substr(0, url.find_first_of("?#"));
  w.begin_object().key("size");
  if (video.size_bytes)
    w.value(static_cast<std::int64_t>(static_cast<double>(*video.size_bytes) / megabyte + 0.5));
  else
    w.null();
  w.field("length", video.length.value_or(talk.length).count()).field("mime_type", video.media_type);
  w.field("language", three_letters(video.language.empty() ? talk.language : video.language));
  w.field("filename", path.substr(path.rfind('/') + 1)).field("state", "new").field("folder", folder_of(video, is_high)).field("high_quality", is_high);
  const auto number_or_null = [&](std::string_view name, const std::optional<int>& number) {
    w.key(name);
    if (number)
      w.value(*number);
    else
      w.null();
  };
  number_or_null("width", video.width);
  number_or_null("height", video.height);
  w.field("updated_at", time_text(talk.changed_at));
  nullable(w, "label", video.label);
  w.field("recording_url", url).field("url", std::string(base_url) + "/public/recordings/" + std::to_string(video.id.value));
  w.field("event_url", talk_url(base_url, talk)).field("conference_url", conference_url(base_url, talk.event_slug)).end_object();
}

}  // namespace confer::api::voctoweb
