// Reading and saving recordings: right, form, rows, fact.
#include "recordings/recordings.h"
#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include "base/text.h"
#include "people/who.h"
#include "recordings/embargo.h"
#include "recordings/store.h"

namespace confer::recordings {
namespace {

auto told_of(const Video& v) {
  return std::tie(v.kind, v.place, v.url, v.external_id, v.file_hash, v.media_type, v.told_type, v.label, v.language, v.quality, v.license, v.length,
                  v.size_bytes, v.width, v.height, v.poster_url);
}

bool is_web_address(std::string_view url) { return url.starts_with("https://") || url.starts_with("http://"); }

std::vector<FieldProblem> check_recording(const Recording& r) {
  std::vector<FieldProblem> p;
  const auto text = [&](std::string_view value, std::string_view field, std::size_t most) {
    if (auto ok = check_text(value, field, most); !ok) p.push_back({std::string(field), ok.error().message});
  };
  text(r.status_note, "status_note", 1000);
  text(r.quality_notes, "quality_notes", 20'000);
  text(r.copyright, "copyright", 5000);
  text(r.license, "license", 200);
  if (r.duration && r.duration->count() <= 0) p.push_back({"duration", "A recording is longer than nothing."});
  if (!r.thumbnail_url.empty() && !is_web_address(r.thumbnail_url) && !r.thumbnail_url.starts_with('/'))
    p.push_back({"thumbnail_url", "“" + r.thumbnail_url + "” is not a web address."});
  for (const auto& v : r.videos) {
    if (v.place == Place::own_file ? v.file_hash.empty() : !is_web_address(v.url))
      p.push_back({"videos", "“" + v.url + "” is not a web address: it should start with https://."});
    for (const auto* value : {&v.label, &v.language, &v.quality, &v.license, &v.told_type, &v.media_type}) text(*value, "videos", 500);
  }
  return p;
}

/// Videos and captions to the recordings they belong to.
std::vector<Recording> joined(std::vector<Recording> recordings, std::vector<Video> videos, std::vector<ShownTrack> tracks) {
  std::map<TalkId, Recording*> by_talk;
  for (auto& r : recordings) by_talk[r.talk] = &r;
  for (auto& v : videos)
    if (const auto found = by_talk.find(v.talk); found != by_talk.end()) found->second->videos.push_back(std::move(v));
  for (auto& t : tracks)
    if (const auto found = by_talk.find(t.talk); found != by_talk.end()) found->second->tracks.push_back(std::move(t));
  return recordings;
}

std::unexpected<Error> changed_meanwhile() {
  return fail(ErrorCode::conflict, "Someone else changed this recording meanwhile. Load the page again to see how it is now, then make your change.");
}

}  // namespace

std::string_view name_of(Status status) {
  static constexpr std::array<std::string_view, 7> names{"unknown", "published", "pending", "not recorded", "not allowed", "lost", "embargoed"};
  return names.at(static_cast<std::size_t>(status));
}

bool Video::same_as(const Video& other) const { return told_of(*this) == told_of(other); }

bool Recording::same_as(const Recording& other) const {
  const auto told = [](const Recording& r) {
    return std::tie(r.status, r.status_note, r.available_from, r.is_embargo_of_event, r.recorded, r.duration, r.duration_repair, r.quality_notes, r.copyright,
                    r.license, r.thumbnail_url, r.chapters);
  };
  return told(*this) == told(other) && std::ranges::equal(videos, other.videos, [](const Video& a, const Video& b) { return a.same_as(b); });
}

Result<Recorded> parse_recorded(std::string_view text) {
  Recorded recorded;
  text = trim(text);
  if (auto day = parse_date(text)) {
    recorded.precision = Precision::day;
    recorded.day = *day;
    return recorded;
  }
  TRY_ASSIGN(const auto time, parse_offset_time(text));
  recorded.precision = time.offset ? Precision::instant : Precision::wall_time;
  recorded.wall = time.wall;
  recorded.offset = time.offset;
  recorded.day = std::chrono::floor<std::chrono::days>(time.wall);
  return recorded;
}

Result<std::optional<Recording>> find_recording(db::Tx& tx, TalkId talk) {
  TRY_ASSIGN(auto found, recordings_of(tx, std::span(&talk, 1)));
  if (found.empty()) return std::nullopt;
  return std::optional(std::move(found.front()));
}

Result<std::vector<Recording>> recordings_of(db::Tx& tx, std::span<const TalkId> talks) {
  TRY_ASSIGN(auto recordings, store::recordings_of(tx, talks));
  TRY_ASSIGN(auto videos, store::videos_of(tx, talks));
  TRY_ASSIGN(auto tracks, store::shown_tracks(tx, talks));
  std::map<TalkId, std::ptrdiff_t> order;
  for (std::size_t i = 0; i < talks.size(); ++i) order.emplace(talks[i], static_cast<std::ptrdiff_t>(i));
  auto out = joined(std::move(recordings), std::move(videos), std::move(tracks));
  std::ranges::sort(out, {}, [&](const Recording& r) { return order[r.talk]; });
  return out;
}

Result<std::vector<Recording>> recordings_of(db::Tx& tx, EventId event) {
  TRY_ASSIGN(auto recordings, store::recordings_of(tx, event));
  TRY_ASSIGN(auto videos, store::videos_of(tx, event));
  TRY_ASSIGN(auto tracks, store::shown_tracks(tx, event));
  return joined(std::move(recordings), std::move(videos), std::move(tracks));
}

Result<std::vector<TalkId>> talks_with(db::Tx& tx, Place place, std::string_view external_id) { return store::talks_with(tx, place, external_id); }

Result<Recording> put_recording(db::Tx& tx, Recording recording) {
  std::vector<Video> before;
  if (recording.version == 0) {
    TRY(store::add(tx, recording));
  } else {
    TRY_ASSIGN(const bool done, store::change(tx, recording));
    if (!done) return changed_meanwhile();
    TRY_ASSIGN(before, store::videos_of(tx, std::span(&recording.talk, 1)));
  }
  ++recording.version;
  int position = 0;
  for (auto& video : recording.videos) {
    video.talk = recording.talk;
    video.position = position++;
    video.id = {};
    recognise(video);
    // What the checker found of an address stays true for it.
    const auto same = std::ranges::find_if(before, [&](const Video& b) { return b.url == video.url && b.file_hash == video.file_hash; });
    if (same == before.end()) continue;
    // Its address as well: somebody watches it just now, and feeds have told it.
    const bool is_given = std::ranges::find(recording.videos, same->id, &Video::id) != recording.videos.end();
    if (!is_given) video.id = same->id;
    video.health = same->health;
    video.checked_at = same->checked_at;
    video.check_note = same->check_note;
    video.failures = same->failures;
    video.failing_since = same->failing_since;
    video.counted_at = same->counted_at;
    video.seen_at = same->seen_at;
    video.moved_to = same->moved_to;
    video.marked_by_hand = same->marked_by_hand;
  }
  const bool same_videos = std::ranges::equal(before, recording.videos, [](const Video& a, const Video& b) { return a.same_as(b); });
  if (same_videos && !before.empty()) {
    recording.videos = std::move(before);
    return recording;
  }
  if (!before.empty()) TRY(store::remove_videos(tx, recording.talk));
  for (auto& video : recording.videos) {
    TRY_ASSIGN(video.id, store::add(tx, video));
  }
  return recording;
}

Status shown_status(const Recording& recording) {
  const bool is_there =
      !recording.videos.empty() || recording.status == Status::published || recording.status == Status::pending || recording.status == Status::embargoed;
  return recording.is_refused && is_there ? Status::not_allowed : recording.status;
}

bool may_be_shown(const Recording& recording) {
  return !recording.is_refused && recording.status != Status::not_allowed && recording.status != Status::embargoed;
}

std::string path_of_chapters(std::string_view event_slug, std::string_view talk_code) {
  return "/" + std::string(event_slug) + "/talks/" + std::string(talk_code) + "/chapters";
}

std::string path_of_files(std::string_view event_slug, std::string_view talk_code) {
  return "/" + std::string(event_slug) + "/talks/" + std::string(talk_code) + "/videos/";
}

Result<std::vector<std::string>> named_hashes(db::Tx& tx) { return store::own_file_hashes(tx); }

Result<Recording> save_recording(db::Tx& tx, const Actor& actor, const events::Event& event, std::string_view talk_code, Recording recording) {
  TRY(require(actor, Right::media, events::scope_of(event)));
  for (auto& video : recording.videos) video.url = std::string(trim(video.url));
  if (auto p = check_recording(recording); !p.empty())
    return std::unexpected(Error{ErrorCode::invalid, "Some fields need another look.", {}, {}, std::move(p)});
  TRY_ASSIGN(auto saved, put_recording(tx, std::move(recording)));
  TRY(queue_lifting(tx, event.id, saved));
  TRY(journal::record(tx, who(actor), "recording.changed", event.series.value, event.id.value, "talk:" + std::string(talk_code)));
  return saved;
}

Result<void> remove_recording(db::Tx& tx, TalkId talk) {
  TRY(store::remove_videos(tx, talk));
  return store::remove(tx, talk);
}

Result<std::vector<std::string>> check(db::Tx& tx) {
  std::vector<std::string> problems;
  TRY_ASSIGN(const auto nowhere, store::videos_nowhere(tx));
  for (const auto& code : nowhere) problems.push_back("recordings: a video of " + code + " has neither an address nor a file");
  TRY_ASSIGN(const auto alone, store::videos_without_recording(tx));
  for (const auto& code : alone) problems.push_back("recordings: " + code + " has a video, but no recording");
  return problems;
}

}  // namespace confer::recordings
