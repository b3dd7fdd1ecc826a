// The only C++ of recordings/ that runs SQL.
#include "recordings/store.h"
#include "base/json_fields.h"
#include "recordings/sql.h"

namespace confer::recordings::store {
namespace {

namespace sql = confer::sql::recordings;

struct RecordingRow : Recording {
  std::optional<std::int64_t> offset_minutes, duration_seconds;
  std::string chapters_json;
  auto columns() {
    return std::tie(talk, status, status_note, available_from, recorded.day, recorded.wall, offset_minutes, recorded.precision, duration_seconds,
                    duration_repair, quality_notes, copyright, license, thumbnail_url, updated_at, version, is_embargo_of_event, chapters_json, is_refused);
  }
};

struct VideoRow : Video {
  std::optional<std::int64_t> length_seconds;
  auto columns() {
    return std::tie(id, talk, position, kind, place, url, external_id, file_hash, media_type, told_type, label, language, quality, license, length_seconds,
                    size_bytes, width, height, poster_url, health, checked_at, check_note, failures, failing_since, counted_at, seen_at, moved_to,
                    marked_by_hand);
  }
};

Result<std::vector<Recording>> recordings(Result<std::vector<RecordingRow>> rows) {
  TRY_ASSIGN(auto list, std::move(rows));
  std::vector<Recording> out;
  out.reserve(list.size());
  for (auto& row : list) {
    if (row.offset_minutes) row.recorded.offset = minutes(*row.offset_minutes);
    if (row.duration_seconds) row.duration = seconds(*row.duration_seconds);
    if (!row.chapters_json.empty()) {
      TRY_ASSIGN(row.chapters, media::chapters_of_json(row.chapters_json));
    }
    out.push_back(std::move(static_cast<Recording&>(row)));
  }
  return out;
}

Result<std::vector<Video>> videos(Result<std::vector<VideoRow>> rows) {
  TRY_ASSIGN(auto list, std::move(rows));
  std::vector<Video> out;
  out.reserve(list.size());
  for (auto& row : list) {
    if (row.length_seconds) row.length = seconds(*row.length_seconds);
    out.push_back(std::move(static_cast<Video&>(row)));
  }
  return out;
}

std::optional<std::int64_t> count_of(const std::optional<seconds>& length) { return length ? std::optional<std::int64_t>(length->count()) : std::nullopt; }
std::optional<std::int64_t> count_of(const std::optional<minutes>& offset) { return offset ? std::optional<std::int64_t>(offset->count()) : std::nullopt; }

std::string chapters_text(const Recording& recording) { return recording.chapters.empty() ? std::string() : media::to_json(recording.chapters); }

}  // namespace

Result<std::vector<Recording>> recordings_of(db::Tx& tx, std::span<const TalkId> talks) {
  return recordings(tx.all<RecordingRow>(sql::find_recordings_of_talks, ids_to_json(talks)));
}
Result<std::vector<Recording>> recordings_of(db::Tx& tx, EventId event) { return recordings(tx.all<RecordingRow>(sql::recordings_of_event, event)); }
Result<std::vector<Video>> videos_of(db::Tx& tx, std::span<const TalkId> talks) { return videos(tx.all<VideoRow>(sql::videos_of_talks, ids_to_json(talks))); }
Result<std::vector<Video>> videos_of(db::Tx& tx, EventId event) { return videos(tx.all<VideoRow>(sql::videos_of_event, event)); }
Result<std::vector<TalkId>> talks_with(db::Tx& tx, Place place, std::string_view external_id) {
  return tx.all<TalkId>(sql::talks_with_video, place, external_id);
}

Result<void> add(db::Tx& tx, const Recording& r) {
  TRY(tx.run(sql::add_recording, r.talk, r.status, r.status_note, r.available_from, r.recorded.day, r.recorded.wall, count_of(r.recorded.offset),
             r.recorded.precision, count_of(r.duration), r.duration_repair, r.quality_notes, r.copyright, r.license, r.thumbnail_url, tx.now(),
             r.is_embargo_of_event, chapters_text(r)));
  return {};
}

Result<bool> change(db::Tx& tx, const Recording& r) {
  TRY_ASSIGN(const auto rows, tx.run(sql::change_recording, r.talk, r.version, r.status, r.status_note, r.available_from, r.recorded.day, r.recorded.wall,
                                     count_of(r.recorded.offset), r.recorded.precision, count_of(r.duration), r.duration_repair, r.quality_notes, r.copyright,
                                     r.license, r.thumbnail_url, tx.now(), r.is_embargo_of_event, chapters_text(r)));
  return rows == 1;
}

Result<void> remove(db::Tx& tx, TalkId talk) {
  TRY(tx.run(sql::remove_recording, talk));
  return {};
}
Result<void> remove_videos(db::Tx& tx, TalkId talk) {
  TRY(tx.run(sql::remove_videos, talk));
  return {};
}

Result<VideoId> add(db::Tx& tx, const Video& v) {
  const auto put = [&](const auto& statement, const auto&... more) {
    return tx.one<std::int64_t>(statement, v.talk, v.position, v.kind, v.place, v.url, v.external_id, v.file_hash, v.media_type, v.told_type, v.label,
                                v.language, v.quality, v.license, count_of(v.length), v.size_bytes, v.width, v.height, v.poster_url, v.health, v.checked_at,
                                v.check_note, tx.now(), v.failures, v.failing_since, v.counted_at, v.seen_at, v.moved_to, v.marked_by_hand, more...);
  };
  TRY_ASSIGN(const auto id, v.id ? put(sql::add_video_again, v.id) : put(sql::add_video));
  return VideoId{id};
}

Result<void> set_memory(db::Tx& tx, VideoId video, const Memory& m, bool marked_by_hand) {
  TRY(tx.run(sql::set_health, video, m.health, m.note, m.checked_at, m.failures, m.failing_since, m.counted_at, m.seen_at, m.moved_to, marked_by_hand));
  return {};
}
Result<void> touch(db::Tx& tx, TalkId talk) {
  TRY(tx.run(sql::touch_recording, talk, tx.now()));
  return {};
}
Result<std::vector<Video>> list_to_check(db::Tx& tx, Instant before, EventId event, int limit) {
  if (event) return videos(tx.all<VideoRow>(sql::list_unchecked_of_event, before, limit, event));
  return videos(tx.all<VideoRow>(sql::list_unchecked, before, limit));
}
Result<std::optional<VideoOfEvent>> find_video(db::Tx& tx, VideoId id) {
  struct Row : VideoOfEvent {
    auto columns() { return std::tie(talk, code, event, series, url); }
  };
  TRY_ASSIGN(const auto row, tx.find<Row>(sql::find_video, id));
  return row ? std::optional<VideoOfEvent>(*row) : std::nullopt;
}
Result<std::vector<Link>> list_links(db::Tx& tx) {
  struct Row : Link {
    auto columns() {
      return std::tie(id, url, place, health, checked_at, note, failures, failing_since, seen_at, moved_to, marked_by_hand, talk_code, talk_title, talk_slug,
                      event, event_slug);
    }
  };
  TRY_ASSIGN(const auto rows, tx.all<Row>(sql::list_links));
  return std::vector<Link>(rows.begin(), rows.end());
}
Result<std::int64_t> count_checked_since(db::Tx& tx, Instant since) { return tx.one<std::int64_t>(sql::count_checked_since, since); }
Result<std::map<Health, std::int64_t>> count_by_health(db::Tx& tx) {
  struct Row {
    Health health = Health::unchecked;
    std::int64_t count = 0;
    auto columns() { return std::tie(health, count); }
  };
  TRY_ASSIGN(const auto rows, tx.all<Row>(sql::count_by_health));
  std::map<Health, std::int64_t> out;
  for (const auto& row : rows) out[row.health] = row.count;
  return out;
}

Result<std::vector<VideoElsewhere>> talks_with_videos(db::Tx& tx, const std::vector<std::string>& external_ids) {
  struct Row : VideoElsewhere {
    auto columns() { return std::tie(place, external_id, code, title, event_slug); }
  };
  if (external_ids.empty()) return std::vector<VideoElsewhere>{};
  TRY_ASSIGN(const auto rows, tx.all<Row>(sql::talks_with_videos, list_to_json(external_ids)));
  return std::vector<VideoElsewhere>(rows.begin(), rows.end());
}

Result<VideoListId> add_list(db::Tx& tx, EventId event) {
  TRY_ASSIGN(const auto id, tx.one<std::int64_t>(sql::add_video_list, event, tx.now()));
  return VideoListId{id};
}
Result<void> add_entry(db::Tx& tx, VideoListId list, const ListEntry& e) {
  TRY(tx.run(sql::add_video_list_entry, list, e.talk, e.url, e.status_before, e.made_recording, e.set_duration));
  return {};
}
Result<std::vector<ListEntry>> entries_of_list(db::Tx& tx, EventId event, VideoListId list) {
  struct Row : ListEntry {
    auto columns() { return std::tie(talk, code, url, status_before, made_recording, set_duration); }
  };
  TRY_ASSIGN(const auto rows, tx.all<Row>(sql::entries_of_video_list, list, event));
  return std::vector<ListEntry>(rows.begin(), rows.end());
}
Result<void> undo_list(db::Tx& tx, VideoListId list) {
  TRY(tx.run(sql::undo_video_list, list, tx.now()));
  return {};
}
Result<std::vector<TakenList>> lists_of(db::Tx& tx, EventId event) {
  struct Row : TakenList {
    auto columns() { return std::tie(id, taken_at, undone_at, videos, talks); }
  };
  TRY_ASSIGN(const auto rows, tx.all<Row>(sql::list_video_lists, event));
  return std::vector<TakenList>(rows.begin(), rows.end());
}

Result<std::vector<std::string>> own_file_hashes(db::Tx& tx) { return tx.all<std::string>(sql::own_file_hashes); }

Result<void> count_view(db::Tx& tx, TalkId talk) {
  TRY(tx.run(sql::count_view, talk));
  return {};
}
Result<std::map<TalkId, std::int64_t>> views_of(db::Tx& tx, std::span<const TalkId> talks) {
  struct ViewsRow {
    TalkId talk;
    std::int64_t views = 0;
    auto columns() { return std::tie(talk, views); }
  };
  TRY_ASSIGN(const auto rows, tx.all<ViewsRow>(sql::views_of_talks, ids_to_json(talks)));
  std::map<TalkId, std::int64_t> out;
  for (const auto& row : rows) out.emplace(row.talk, row.views);
  return out;
}

namespace {

struct ShownTrackRow : ShownTrack {
  auto columns() { return std::tie(talk, language, kind); }
};
struct TrackRow : Track {
  auto columns() { return std::tie(talk, language, kind, source, vtt, updated_at, removed_at, version); }
};
struct TextRow {
  TalkId talk;
  std::string vtt;
  auto columns() { return std::tie(talk, vtt); }
};

template <class To, class Row>
Result<std::vector<To>> rows_as(Result<std::vector<Row>> rows) {
  TRY_ASSIGN(auto list, std::move(rows));
  std::vector<To> out;
  out.reserve(list.size());
  for (auto& row : list) out.push_back(std::move(static_cast<To&>(row)));
  return out;
}

}  // namespace

Result<std::vector<ShownTrack>> shown_tracks(db::Tx& tx, std::span<const TalkId> talks) {
  return rows_as<ShownTrack>(tx.all<ShownTrackRow>(sql::shown_tracks_of_talks, ids_to_json(talks)));
}
Result<std::vector<ShownTrack>> shown_tracks(db::Tx& tx, EventId event) {
  return rows_as<ShownTrack>(tx.all<ShownTrackRow>(sql::shown_tracks_of_event, event));
}
Result<std::vector<std::pair<TalkId, std::string>>> shown_texts(db::Tx& tx, std::span<const TalkId> talks) {
  TRY_ASSIGN(auto rows, tx.all<TextRow>(sql::shown_texts_of_talks, ids_to_json(talks)));
  std::vector<std::pair<TalkId, std::string>> out;
  for (auto& row : rows) out.emplace_back(row.talk, std::move(row.vtt));
  return out;
}
Result<std::vector<Track>> tracks_of(db::Tx& tx, TalkId talk) { return rows_as<Track>(tx.all<TrackRow>(sql::tracks_of_talk, talk)); }
Result<void> add(db::Tx& tx, const Track& t) {
  TRY(tx.run(sql::add_track, t.talk, t.language, t.kind, t.source, t.vtt, tx.now()));
  return {};
}
Result<bool> change(db::Tx& tx, const Track& t) {
  TRY_ASSIGN(const auto rows, tx.run(sql::change_track, t.talk, t.language, t.version, t.kind, t.source, t.vtt, tx.now()));
  return rows == 1;
}
Result<bool> set_removed(db::Tx& tx, const Track& t, std::optional<Instant> at) {
  TRY_ASSIGN(const auto rows, tx.run(sql::set_track_removed, t.talk, t.language, t.version, at));
  return rows == 1;
}

Result<std::vector<std::string>> videos_nowhere(db::Tx& tx) { return tx.all<std::string>(sql::videos_nowhere); }
Result<std::vector<std::string>> videos_without_recording(db::Tx& tx) { return tx.all<std::string>(sql::videos_without_recording); }

}  // namespace confer::recordings::store
