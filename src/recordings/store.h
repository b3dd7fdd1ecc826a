// Rows of recordings/ and the SQL that reads and writes them.
#pragma once
#include <map>
#include "recordings/links.h"
#include "recordings/recordings.h"
#include "recordings/tracks.h"
#include "recordings/video_lists.h"

namespace confer::recordings::store {

/// Without videos, in no particular order.
Result<std::vector<Recording>> recordings_of(db::Tx& tx, std::span<const TalkId> talks);
Result<std::vector<Recording>> recordings_of(db::Tx& tx, EventId event);
/// By talk, then position.
Result<std::vector<Video>> videos_of(db::Tx& tx, std::span<const TalkId> talks);
Result<std::vector<Video>> videos_of(db::Tx& tx, EventId event);
/// Videos elsewhere that nobody marked by hand and that were not looked at since `before`: doubtful ones first, then those never looked at, then the oldest.
Result<std::vector<Video>> list_to_check(db::Tx& tx, Instant before, EventId event, int limit);
Result<std::vector<TalkId>> talks_with(db::Tx& tx, Place place, std::string_view external_id);

Result<void> add(db::Tx& tx, const Recording& recording);
/// False when the row is not there at that version.
Result<bool> change(db::Tx& tx, const Recording& recording);
Result<void> remove(db::Tx& tx, TalkId talk);
Result<void> remove_videos(db::Tx& tx, TalkId talk);
/// Under its number where it has one: it was taken out a moment ago.
Result<VideoId> add(db::Tx& tx, const Video& video);
Result<void> set_memory(db::Tx& tx, VideoId video, const Memory& memory, bool marked_by_hand);
/// Its pages are drawn again.
Result<void> touch(db::Tx& tx, TalkId talk);
struct VideoOfEvent {
  TalkId talk;
  std::string code;
  EventId event;
  SeriesId series;
  std::string url;
};
Result<std::optional<VideoOfEvent>> find_video(db::Tx& tx, VideoId id);
Result<std::vector<Link>> list_links(db::Tx& tx);
Result<std::int64_t> count_checked_since(db::Tx& tx, Instant since);
Result<std::map<Health, std::int64_t>> count_by_health(db::Tx& tx);

struct VideoElsewhere {
  Place place = Place::other;
  std::string external_id, code, title, event_slug;
};
/// Of all events.
Result<std::vector<VideoElsewhere>> talks_with_videos(db::Tx& tx, const std::vector<std::string>& external_ids);

struct ListEntry {
  TalkId talk;
  std::string code, url;
  Status status_before = Status::unknown;
  bool made_recording = false, set_duration = false;
};
Result<VideoListId> add_list(db::Tx& tx, EventId event);
Result<void> add_entry(db::Tx& tx, VideoListId list, const ListEntry& entry);
/// Of a list of this event that was not taken back.
Result<std::vector<ListEntry>> entries_of_list(db::Tx& tx, EventId event, VideoListId list);
Result<void> undo_list(db::Tx& tx, VideoListId list);
Result<std::vector<TakenList>> lists_of(db::Tx& tx, EventId event);

/// By talk, then language.
Result<std::vector<ShownTrack>> shown_tracks(db::Tx& tx, std::span<const TalkId> talks);
Result<std::vector<ShownTrack>> shown_tracks(db::Tx& tx, EventId event);
Result<std::vector<std::pair<TalkId, std::string>>> shown_texts(db::Tx& tx, std::span<const TalkId> talks);
/// Removed ones too.
Result<std::vector<Track>> tracks_of(db::Tx& tx, TalkId talk);
Result<void> add(db::Tx& tx, const Track& track);
/// False when the row is not there at that version. What was removed is there again.
Result<bool> change(db::Tx& tx, const Track& track);
Result<bool> set_removed(db::Tx& tx, const Track& track, std::optional<Instant> at);

Result<std::vector<std::string>> own_file_hashes(db::Tx& tx);

Result<void> count_view(db::Tx& tx, TalkId talk);
Result<std::map<TalkId, std::int64_t>> views_of(db::Tx& tx, std::span<const TalkId> talks);

Result<std::vector<std::string>> videos_nowhere(db::Tx& tx);
Result<std::vector<std::string>> videos_without_recording(db::Tx& tx);

}  // namespace confer::recordings::store
