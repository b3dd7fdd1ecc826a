// Player, states in words, sharing and structured data of a recording (watch.h).
#include "site/watch.h"
#include <algorithm>
#include <chrono>
#include <cmath>
#include "base/json_writer.h"
#include "base/text.h"
#include "recordings/embargo.h"
#include "site/archive_frame.h"
#include "site/session.h"
#include "site/talk_parts.h"

namespace confer::site {
namespace {

using html::translate;
using recordings::Health;
using recordings::MediaKind;
using recordings::Place;
using recordings::Recording;
using recordings::Status;
using recordings::Video;
using std::chrono::seconds;

bool is_file(const Video& video) { return video.place == Place::own_file || video.place == Place::file_elsewhere; }
bool is_hls(const Video& video) {
  return video.media_type == "application/vnd.apple.mpegurl" || video.media_type == "application/x-mpegurl" || video.url.ends_with(".m3u8");
}
/// Where a browser finds the file.
std::string source_of(const Watched& talk, const Video& video) {
  if (video.place != Place::own_file) return video.url;
  return talk.videos + std::to_string(video.id.value) + (is_hls(video) ? "/master.m3u8" : "");
}
/// Browsers show no pictures or sounds of http: in a page of https:, so those stay links.
bool is_playable(const Video& video) {
  if (video.health == Health::dead || (video.kind != MediaKind::video && video.kind != MediaKind::audio)) return false;
  if (video.place == Place::own_file) return true;
  if (video.place == Place::file_elsewhere)
    return video.url.starts_with("https://") && (video.media_type.starts_with("video/") || video.media_type.starts_with("audio/") || is_hls(video));
  return origin_of(recordings::embed_url(video)).starts_with("https://");
}

/// "YouTube", or the host of an address.
std::string place_name(const Video& video, std::string_view language) {
  if (video.place == Place::own_file) return std::string(translate("here", language));
  if (video.place != Place::other && video.place != Place::file_elsewhere) return std::string(translate(recordings::place_in_words(video.place), language));
  std::string origin = origin_of(video.url);
  const auto host = origin.find("//");
  return host == std::string::npos ? video.url : origin.substr(host + 2);
}

/// What the captions of a language are called: "Deutsch", "English (subtitles)".
std::string track_name(const recordings::ShownTrack& track, std::string_view language) {
  const std::string name = name_of_language(track.language, language);
  return track.kind == recordings::TrackKind::captions ? name : name + " (" + std::string(translate("subtitles", language)) + ")";
}

void fill_file_player(html::View& watch, const Watched& talk, const Recording& recording, const Video& main) {
  auto& player = watch.add(main.kind == MediaKind::audio ? "AUDIO" : "PLAYER");
  player.set("CODE", talk.code).set("TITLE", talk.title);
  // Of a file of ours the length may be asked for at once; of another host nothing is.
  player.set("PRELOAD", main.place == Place::own_file ? "metadata" : "none");
  // Of a file of ours the script takes HLS where there is any: on a slow network it begins sooner and does not stall.
  const auto hls = std::ranges::find_if(recording.videos, [](const Video& v) { return v.place == Place::own_file && is_hls(v); });
  if (is_hls(main))
    player.add("HLS").set("HLS_SRC", source_of(talk, main));
  else if (main.place == Place::own_file && main.kind == MediaKind::video && hls != recording.videos.end())
    player.add("HLS").set("HLS_SRC", source_of(talk, *hls));
  if (main.place == Place::own_file && main.poster_url.starts_with('/')) player.add("POSTER").set("POSTER_SRC", main.poster_url);
  for (const auto& video : recording.videos) {
    if (!is_playable(video) || !is_file(video) || video.kind != main.kind) continue;
    if (video.place != main.place && main.place == Place::own_file) continue;
    player.add("SOURCE").set("SRC", source_of(talk, video)).set("TYPE", video.media_type.empty() ? "video/mp4" : video.media_type);
  }
  if (!recording.chapters.empty() && main.place == Place::own_file && !talk.chapters.empty())
    player.add("TRACK")
        .set("TRACK_KIND", "chapters")
        .set("SRC", talk.chapters)
        .set("TRACK_LANG", talk.talk_language.empty() ? "en" : talk.talk_language)
        .set("TRACK_NAME", translate("Chapters", talk.language));
  for (const auto& track : recording.tracks)
    player.add("TRACK")
        .set("TRACK_KIND", track.kind == recordings::TrackKind::captions ? "captions" : "subtitles")
        .set("SRC", talk.captions + track.language + ".vtt")
        .set("TRACK_LANG", track.language)
        .set("TRACK_NAME", track_name(track, track.language));
  for (const auto& video : recording.videos) {
    if (video.kind != MediaKind::captions || video.place != Place::own_file) continue;
    const std::string tag = video.language.empty() ? (talk.talk_language.empty() ? "en" : talk.talk_language) : video.language;
    player.add("TRACK")
        .set("TRACK_KIND", "captions")
        .set("SRC", source_of(talk, video))
        .set("TRACK_LANG", tag)
        .set("TRACK_NAME", video.label.empty() ? name_of_language(tag, tag) : video.label);
  }
}

/// "1:02:05".
std::string moment_text(double at) {
  const std::chrono::hh_mm_ss parts(seconds(std::llround(at)));
  const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  const auto hours = parts.hours().count();
  return (hours > 0 ? std::to_string(hours) + ":" + two(parts.minutes().count()) : std::to_string(parts.minutes().count())) + ":" +
         two(parts.seconds().count());
}

/// Each leads the player to its moment; without a script, to the file at that moment.
void fill_chapters(html::View& watch, const Watched& talk, const Recording& recording, const Video& main) {
  if (recording.chapters.empty() || main.place != Place::own_file) return;
  auto& list = watch.add("CHAPTERS");
  for (const auto& chapter : recording.chapters) {
    const std::string at = std::to_string(std::llround(chapter.at));
    list.add("CHAPTER")
        .set("HREF", (is_hls(main) ? std::string() : source_of(talk, main)) + "#t=" + at)
        .set("AT", at)
        .set("TIME", moment_text(chapter.at))
        .set("CHAPTER_TITLE", chapter.title);
  }
}

void fill_facade(html::View& watch, const Watched& talk, const Recording& recording, const Video& main) {
  auto& facade = watch.add("FACADE");
  const std::string place = place_name(main, talk.language);
  facade.set("CODE", talk.code).set("TITLE", talk.title).set("EMBED", recordings::embed_url(main)).set("WATCH_HREF", main.url).set("PLACE", place);
  facade.set("PLACE_KEY", recordings::name_of(main.place));
  const auto length = recording.duration ? *recording.duration : main.length.value_or(std::chrono::seconds{});
  if (length.count() > 0) facade.add("LENGTH").set("LENGTH_TEXT", length_text(length, talk.language));
}

/// When it was there last, as a day in UTC: the checker's look, not anybody's visit.
std::string seen_day(const Video& video, std::string_view language) {
  return format_date(std::chrono::floor<std::chrono::days>(Zone().to_wall(*video.seen_at)), language, "yMMMMd");
}

void fill_elsewhere(html::View& watch, const Watched& talk, const Recording& recording, const Video* main) {
  html::View* list = nullptr;
  for (const auto& video : recording.videos) {
    const bool is_main = &video == main && !is_file(video);
    if (is_main && video.health != Health::dead) continue;
    if (video.url.empty() && video.place != Place::own_file) continue;
    if (list == nullptr) list = &watch.add("ELSEWHERE");
    auto& item = list->add("PLACE_ITEM");
    std::vector<std::string> notes;
    if (!video.label.empty()) notes.push_back(video.label);
    if (video.kind == MediaKind::audio) notes.emplace_back(translate("sound only", talk.language));
    if (video.kind == MediaKind::captions) notes.emplace_back(translate("captions", talk.language));
    if (!video.quality.empty()) notes.push_back(video.quality);
    if (!video.language.empty() && video.language != talk.talk_language) notes.push_back(name_of_language(video.language, talk.language));
    if (is_file(video) && !video.media_type.empty()) notes.push_back(video.media_type);
    item.set("PLACE", place_name(video, talk.language)).set("PLACE_HREF", video.place == Place::own_file ? source_of(talk, video) : video.url);
    if (!notes.empty()) item.add("PLACE_NOTE").set("NOTE_TEXT", join(notes, ", "));
    if (video.health == Health::dead) {
      auto& dead = item.add("DEAD").set("WAYBACK_HREF", "https://web.archive.org/web/*/" + video.url);
      if (video.seen_at) dead.add("SEEN").set("SEEN_TEXT", translate("last seen on %1", talk.language, {seen_day(video, talk.language)}));
    }
  }
  for (const auto& track : recording.tracks) {
    if (list == nullptr) list = &watch.add("ELSEWHERE");
    auto& item = list->add("PLACE_ITEM");
    item.set("PLACE", translate("here", talk.language)).set("PLACE_HREF", talk.captions + track.language + ".vtt");
    item.add("PLACE_NOTE").set("NOTE_TEXT", std::string(translate("captions", talk.language)) + ", " + track_name(track, talk.language));
  }
}

/// Why there is nothing to see, in words; empty when nothing is known.
std::string sentence_of(const Watched& talk, const Recording& recording) {
  const std::string_view language = talk.language;
  switch (shown_status(recording)) {
    case Status::pending:
      return std::string(translate("The recording is not ready yet. It will stand here.", language));
    case Status::not_recorded:
      return std::string(translate("This talk was not recorded.", language));
    case Status::not_allowed:
      return std::string(translate("This talk was recorded, but may not be shown.", language));
    case Status::lost:
      return std::string(translate("The recording of this talk was lost.", language));
    case Status::embargoed:
      if (recording.available_from)
        return translate("The recording is embargoed until %1.", language, {recordings::moment_in_words(*recording.available_from, talk.zone, language)});
      return std::string(translate("The recording will be shown later.", language));
    case Status::unknown:
    case Status::published:
      break;
  }
  const Video* gone = nullptr;
  for (const auto& video : recording.videos)
    if (video.health == Health::dead && (gone == nullptr || gone->seen_at < video.seen_at)) gone = &video;
  if (gone == nullptr) return {};
  if (!gone->seen_at) return std::string(translate("The recording is not there any more where it used to be.", language));
  return translate("The recording is not there any more where it used to be. It was last seen on %1.", language, {seen_day(*gone, language)});
}

void write_date(JsonWriter& w, std::string_view name, const Watched& talk) {
  if (talk.day)
    w.field(name, to_text(*talk.day));
  else if (talk.year != 0)
    w.field(name, std::to_string(talk.year) + "-01-01");
}

}  // namespace

std::string origin_of(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  const auto end = url.find_first_of("/?#", scheme + 3);
  std::string origin(url.substr(0, end));
  // It goes into a header: a host has nothing but these.
  const bool plain = std::ranges::all_of(origin.substr(scheme + 3), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':';
  });
  return plain ? origin : std::string{};
}

const Video* main_video(const Recording& recording) {
  if (!may_be_shown(recording)) return nullptr;
  const Video* best = nullptr;
  for (const auto& video : recording.videos) {
    if (!is_playable(video)) continue;
    const auto rank = [](const Video& v) { return std::pair(v.kind != MediaKind::video, v.place != Place::own_file); };
    if (best == nullptr || rank(video) < rank(*best)) best = &video;
  }
  return best;
}

void fill_watch(html::View& view, const Watched& talk, const Recording& recording, OtherHosts& hosts) {
  const Video* main = main_video(recording);
  const std::string sentence = main == nullptr ? sentence_of(talk, recording) : "";
  if (main == nullptr && sentence.empty() && recording.videos.empty()) return;
  auto& watch = view.add("WATCH");
  if (main != nullptr && is_file(*main)) fill_file_player(watch, talk, recording, *main);
  if (main != nullptr) fill_chapters(watch, talk, recording, *main);
  if (main != nullptr && main->place != Place::own_file && is_hls(*main)) hosts.connections.push_back(origin_of(main->url));
  if (main != nullptr && !is_file(*main)) {
    fill_facade(watch, talk, recording, *main);
    hosts.frames.push_back(origin_of(recordings::embed_url(*main)));
  }
  if (!sentence.empty()) {
    auto& state = watch.add("STATE").set("STATE_TEXT", sentence);
    if (!recording.status_note.empty()) state.add("STATE_NOTE").set("NOTE_TEXT", recording.status_note);
  }
  if (may_be_shown(recording)) fill_elsewhere(watch, talk, recording, main);
  if (!recording.quality_notes.empty()) watch.add("QUALITY").set("QUALITY_TEXT", recording.quality_notes);
}

bool has_own_video(const Recording& recording) {
  const Video* main = main_video(recording);
  return main != nullptr && main->place == Place::own_file && main->kind == MediaKind::video;
}

void fill_player(html::View& view, const Watched& talk, const Recording& recording) { fill_file_player(view, talk, recording, *main_video(recording)); }

std::vector<std::string> watch_scripts(const Recording& recording) {
  const Video* main = main_video(recording);
  std::vector<std::string> scripts = {"watch.js"};
  if (main != nullptr && is_hls(*main)) scripts.emplace_back("watch_hls.js");
  return scripts;
}

void fill_share(html::View& view, const Watched& talk, const Recording& recording, std::string_view citation_href) {
  auto& share = view.add("SHARE");
  share.set("ADDRESS", talk.address).set("BIBTEX", bibtex(talk, recording)).set("BIBTEX_HREF", citation_href);
  share.show_if(main_video(recording) != nullptr, "AT_A_TIME");
}

void tell_open_graph(html::Page& page, std::string_view base_url, const Watched& talk, const Recording& recording) {
  const Video* main = main_video(recording);
  if (main == nullptr || main->kind != MediaKind::video) return;
  if (main->place == Place::own_file)
    page.video = std::string(base_url) + source_of(talk, *main);
  else
    page.video = is_file(*main) ? main->url : recordings::embed_url(*main);
  page.video_type = !is_file(*main) ? "text/html" : main->media_type.empty() ? "video/mp4" : main->media_type;
}

std::string video_json_ld(const Watched& talk, const Recording& recording, std::string_view description, std::string_view site_title) {
  const Video* main = main_video(recording);
  if (main == nullptr) return {};
  JsonWriter w;
  w.begin_object().field("@context", "https://schema.org").field("@type", "VideoObject").field("name", talk.title);
  w.field("description", description.empty() ? std::string_view(talk.title) : description).field("url", talk.address);
  write_date(w, "uploadDate", talk);
  if (recording.thumbnail_url.starts_with("https://")) w.field("thumbnailUrl", recording.thumbnail_url);
  const auto length = recording.duration ? recording.duration : main->length;
  if (length && length->count() > 0) w.field("duration", iso_duration(*length));
  if (is_file(*main) && main->place == Place::file_elsewhere) w.field("contentUrl", main->url);
  if (!is_file(*main)) w.field("embedUrl", recordings::embed_url(*main));
  if (!talk.talk_language.empty()) w.field("inLanguage", talk.talk_language);
  if (const auto license = recordings::license_url(recording.license); !license.empty()) w.field("license", license);
  w.key("creator").begin_array();
  for (const auto& name : talk.names) w.begin_object().field("@type", "Person").field("name", name).end_object();
  w.end_array();
  w.key("isPartOf").begin_object().field("@type", "Event").field("name", talk.event_title);
  write_date(w, "startDate", talk);
  w.end_object();
  w.key("publisher").begin_object().field("@type", "Organization").field("name", site_title).end_object();
  return w.end_object().take();
}

void fill_licence(html::View& view, const Recording& recording, std::string_view talk_license) {
  const std::string text = !recording.license.empty() ? recording.license : !recording.copyright.empty() ? recording.copyright : std::string(talk_license);
  if (text.empty()) return;
  auto& licence = view.add("LICENCE");
  if (const auto href = recordings::license_url(recording.license); !href.empty())
    licence.add("LICENCE_LINK").set("LICENCE_TEXT", text).set("LICENCE_HREF", href);
  else
    licence.add("LICENCE_PLAIN").set("LICENCE_TEXT", text);
}

}  // namespace confer::site
