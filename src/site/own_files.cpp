// Recordings that lie here, sent with ranges; and the old address of a series.
#include <algorithm>
#include <charconv>
#include <cmath>
#include "archive/archive.h"
#include "base/json_writer.h"
#include "cutting/cutting.h"
#include "events/events.h"
#include "files/shared.h"
#include "html/template.h"
#include "recordings/recordings.h"
#include "recordings/tracks.h"
#include "site/archive_pages.h"

namespace confer::site {

namespace {

// "no-cache" throughout: whoever keeps a copy asks first whether it may still be shown. An answer "not modified" costs less than a piece of a video.

/// `name`: of one of the files of HLS; empty: the video's own.
Result<http::Response> send_video(const Web& web, const http::Request& request, const std::string& name) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  std::int64_t number = 0;
  const auto& text = request.param("video");
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return fail(ErrorCode::not_found, "There is no such file.");
  // Whoever may not see the talk may not see its files.
  TRY_ASSIGN(const auto shown, archive::require_shown(tx, request.param("code")));
  const auto& videos = shown.recording.videos;
  const auto video = std::ranges::find(videos, VideoId{number}, &recordings::Video::id);
  if (video == videos.end() || video->place != recordings::Place::own_file || !recordings::may_be_shown(shown.recording))
    return fail(ErrorCode::not_found, "There is no such file.");
  // A playlist names its files by the address it has itself.
  const std::string hls(media::media_type_of(media::Profile::hls));
  if (video->media_type == hls && name.empty()) return http::Response::see_other(request.path + "/master.m3u8");
  std::string hash = video->file_hash, type = video->media_type.empty() ? "application/octet-stream" : video->media_type;
  if (!name.empty()) {
    TRY_ASSIGN(const auto found, cutting::find_file(tx, shown.recording.talk, media::Profile::hls, name));
    if (video->media_type != hls || !found) return fail(ErrorCode::not_found, "There is no such file.");
    hash = *found;
    if (!name.ends_with(".m3u8")) type = "video/mp4";
  }
  TRY_ASSIGN(auto response, files::response_of(tx, web.files, files::Hash{std::move(hash)}, std::move(type)));
  return std::move(response).with_cache("public, no-cache");
}

/// Errors: not_found – there are none, or whoever asks may not see them.
Result<recordings::Recording> with_chapters(const Web& web, const http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(auto shown, archive::require_shown(tx, request.param("code")));
  if (shown.recording.chapters.empty() || !recordings::may_be_shown(shown.recording)) return fail(ErrorCode::not_found, "This video has no chapters.");
  return std::move(shown.recording);
}

std::chrono::milliseconds milliseconds_of(double seconds) {
  constexpr double ms_per_s = 1000;
  return std::chrono::milliseconds(std::llround(seconds * ms_per_s));
}

}  // namespace

Result<http::Response> own_video_file(const Web& web, http::Request& request) { return send_video(web, request, {}); }
Result<http::Response> own_video_part(const Web& web, http::Request& request) { return send_video(web, request, request.param("name")); }

Result<http::Response> talk_poster(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto shown, archive::require_shown(tx, request.param("code")));
  TRY_ASSIGN(const auto cut, cutting::find_published(tx, shown.recording.talk));
  if (!cut || cut->poster_hash.empty() || !recordings::may_be_shown(shown.recording)) return fail(ErrorCode::not_found, "There is no such picture.");
  TRY_ASSIGN(auto response, files::response_of(tx, web.files, files::Hash{cut->poster_hash}, "image/jpeg"));
  return std::move(response).with_cache("public, no-cache");
}

Result<http::Response> captions_file(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto shown, archive::require_shown(tx, request.param("code")));
  const auto& tracks = shown.recording.tracks;
  const auto& language = request.param("language");
  if (!recordings::may_be_shown(shown.recording) || std::ranges::find(tracks, language, &recordings::ShownTrack::language) == tracks.end())
    return fail(ErrorCode::not_found, "There are no captions in this language.");
  TRY_ASSIGN(auto track, recordings::require_track(tx, shown.talk.id, language));
  return http::Response::content("text/vtt; charset=utf-8", std::move(track.vtt)).with_cache("no-cache");
}

Result<http::Response> chapters_vtt(const Web& web, http::Request& request) {
  TRY_ASSIGN(const auto recording, with_chapters(web, request));
  std::vector<recordings::Cue> cues;
  const auto& chapters = recording.chapters;
  for (std::size_t i = 0; i < chapters.size(); ++i) {
    const double last = recording.duration ? static_cast<double>(recording.duration->count()) : chapters[i].at + 1;
    const double ends = i + 1 < chapters.size() ? chapters[i + 1].at : std::max(last, chapters[i].at + 1);
    cues.push_back({.from = milliseconds_of(chapters[i].at), .to = milliseconds_of(ends), .speaker = {}, .text = chapters[i].title});
  }
  return http::Response::content("text/vtt; charset=utf-8", recordings::to_vtt(cues)).with_cache("no-cache");
}

Result<http::Response> chapters_json(const Web& web, http::Request& request) {
  TRY_ASSIGN(const auto recording, with_chapters(web, request));
  JsonWriter w;
  w.begin_object().field("version", "1.2.0").key("chapters").begin_array();
  for (const auto& chapter : recording.chapters) w.begin_object().field("startTime", chapter.at).field("title", chapter.title).end_object();
  return http::Response::content("application/json+chapters", w.end_array().end_object().take()).for_all_origins().with_cache("no-cache");
}

Result<http::Response> series_redirect(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto series, events::find_series(tx, request.param("name")));
  if (!series) return fail(ErrorCode::not_found, "There is no such series.");
  TRY_ASSIGN(const auto editions, archive::count_events(tx, series->id));
  if (editions.empty()) return fail(ErrorCode::not_found, "There is no such series.");
  const auto prefix = request.path.substr(0, request.path.find("/series/"));
  return http::Response::moved(prefix + "/archive/series/" + series->slug);
}

}  // namespace confer::site
