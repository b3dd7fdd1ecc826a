// A list of videos that an organiser has, matched to the talks of an event: looked at first, taken in one transaction, and taken back as a whole.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>
#include "db/database.h"
#include "events/events.h"
#include "recordings/listing.h"
#include "recordings/matching.h"
#include "recordings/recordings.h"

namespace confer::recordings {

/// A talk of the event, as somebody who chooses among them needs it.
struct EventTalk {
  TalkId id;
  std::string code, title, speakers;  ///< "Ada Lovelace, Grace Hopper"
  std::optional<Date> day;
  std::vector<std::string> places;  ///< where its videos are already: "YouTube", "YouTube (gone)"
};
struct OfferedVideo {
  enum class State : unsigned char {
    new_here,   ///< not here yet: `found` says whose it may be
    known,      ///< a talk of this event has it: `talk`
    elsewhere,  ///< a talk of another event has it: `other`; it can be given to one of this event all the same
    repeated,   ///< stands in the list before: `first_line`
  } state = State::new_here;
  ListedVideo listed;
  Video video;  ///< its place and id
  FoundTalk found;
  std::optional<std::size_t> talk;  ///< known
  std::string other;                ///< "A talk (pycon-2011)"
  std::size_t first_line = 0;
};
struct Matched {
  VideoList list;  ///< without its videos: format, what was left out
  std::vector<EventTalk> talks;
  std::vector<OfferedVideo> videos;        ///< in the list's order
  std::vector<std::size_t> without_video;  ///< talks that have no video now, and for which none was found
  std::size_t found(Certainty certainty) const;
};
/// Reads only. Errors: invalid – as `read_video_list`.
Result<Matched> match_list(db::Tx& tx, const events::Event& event, VideoList list);

/// The list's place of each video, and the code of the talk that it is given to.
using Choices = std::map<std::size_t, std::string>;
struct Taken {
  VideoListId id;
  std::size_t videos = 0, talks = 0;
};
/// Adds each video to its talk's recording, after those that are there, and says "published" where nothing else was said. A video that its talk has already is
/// passed over. Errors: by right (media); invalid – a talk is not of this event, or nothing is left to take.
Result<Taken> take_videos(db::Tx& tx, const Actor& actor, const events::Event& event, const Matched& matched, const Choices& choices);
/// Takes back what `take_videos` did, where nobody has changed it since: other videos of the talks stay. Errors: by right; not_found – no such list, or it was
/// taken back before.
Result<std::size_t> undo_video_list(db::Tx& tx, const Actor& actor, const events::Event& event, VideoListId list);

struct TakenList {
  VideoListId id;
  Instant taken_at{};
  std::optional<Instant> undone_at;
  std::int64_t videos = 0, talks = 0;
};
Result<std::vector<TakenList>> list_video_lists(db::Tx& tx, const events::Event& event);  ///< newest first

/// For machines: every video with what was found, every talk without one.
std::string to_json(const Matched& matched);

}  // namespace confer::recordings
