// Recordings: what is known of a talk's recording, and where its videos are. What Confer records itself needs no second model.
#pragma once
#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>
#include "base/time.h"
#include "db/database.h"
#include "events/events.h"
#include "ids/ids.h"
#include "media/chapter.h"
#include "people/rights.h"
#include "recordings/link_rules.h"

namespace confer::recordings {

using std::chrono::seconds;

/// Where a video is. The hosts that have a player of their own; a file that anybody serves; a file of ours.
enum class Place : unsigned char { other = 0, youtube = 1, vimeo = 2, peertube = 3, archive_org = 4, file_elsewhere = 5, own_file = 6 };
std::string_view name_of(Place place);     ///< "youtube": for formats and tests
std::string_view place_in_words(Place p);  ///< "YouTube": to be shown, a name or English for translation
enum class MediaKind : unsigned char { video = 0, audio = 1, captions = 2, other = 3 };
std::string_view name_of(MediaKind kind);
std::string_view name_of(Health health);

struct Video {
  VideoId id;
  TalkId talk;
  int position = 0;
  MediaKind kind = MediaKind::video;
  Place place = Place::other;
  std::string url;          ///< as it was told; empty for `own_file`
  std::string external_id;  ///< at its host: YouTube's 11 characters, Vimeo's number, archive.org's item; found by `recognise`
  std::string file_hash;    ///< own_file: the content's hash in files/
  std::string media_type;   ///< "video/mp4"; empty where only a page is known
  std::string told_type;    ///< as the source calls it, for giving it back: "teletek.es"
  std::string label, language, quality, license;
  std::optional<seconds> length;
  std::optional<std::int64_t> size_bytes;
  std::optional<int> width, height;
  std::string poster_url;
  Health health = Health::unchecked;
  std::optional<Instant> checked_at;
  std::string check_note;                ///< "HTTP 404": for the keeper
  int failures = 0;                      ///< looks in a row that did not find it
  std::optional<Instant> failing_since;  ///< the first of them
  std::optional<Instant> counted_at;     ///< the last that counted: several on one day count once
  std::optional<Instant> seen_at;        ///< when it was there last
  std::string moved_to;                  ///< where its address led for good when it was looked at; empty: nowhere else
  bool marked_by_hand = false;           ///< somebody said so, and the checker leaves it alone
  /// What an edit or an import may change: all but ids and what the checker found.
  bool same_as(const Video& other) const;
};
/// Fills place, external_id, media_type and kind from `url` and `told_type`. Never overrules a place that is set.
void recognise(Video& video);
/// The address of the host's player without tracking where the host offers that (youtube-nocookie.com); empty when there is none. For the facade's click.
std::string embed_url(const Video& video);

/// What visitors are told about a talk without (or with) a video.
enum class Status : unsigned char { unknown = 0, published = 1, pending = 2, not_recorded = 3, not_allowed = 4, lost = 5, embargoed = 6 };
std::string_view name_of(Status status);

/// When it was recorded, as exactly as that is known.
enum class Precision : unsigned char { unknown = 0, day = 1, wall_time = 2, instant = 3 };
struct Recorded {
  Precision precision = Precision::unknown;
  std::optional<Date> day;
  std::optional<WallTime> wall;   ///< from `wall_time` on: in the zone of the venue
  std::optional<minutes> offset;  ///< `instant`: of `wall`
  bool operator==(const Recorded&) const = default;
};
/// "2012-03-09", "2012-03-09T10:30", "2012-03-09T10:30:00+02:00". Errors: invalid – none of these.
Result<Recorded> parse_recorded(std::string_view text);

enum class TrackKind : unsigned char { captions = 0, subtitles = 1 };
/// Captions that viewers may have (recordings/tracks.h has their text).
struct ShownTrack {
  TalkId talk;
  std::string language;
  TrackKind kind = TrackKind::captions;  ///< captions: what is said, in its language; subtitles: in another
};

enum class Repair : unsigned char { none = 0, milliseconds = 1 };

/// One a talk, when anything is known.
struct Recording {
  TalkId talk;
  Status status = Status::unknown;
  std::string status_note;
  std::optional<Instant> available_from;  ///< embargoed; none: until further notice
  bool is_embargo_of_event = false;       ///< `available_from` moves with the event's embargo
  Recorded recorded;
  std::optional<seconds> duration;
  Repair duration_repair = Repair::none;  ///< what was told counted milliseconds, and was divided
  std::string quality_notes;
  std::string copyright;  ///< as printed: "Creative Commons Attribution license (reuse allowed)"
  std::string license;    ///< recognised: an SPDX identifier ("CC-BY-SA-3.0"), "Standard YouTube License", or empty
  std::string thumbnail_url;
  std::vector<media::Chapter> chapters;  ///< of the first video, cards included
  std::vector<Video> videos;             ///< in order
  std::vector<ShownTrack> tracks;        ///< by language; not written with the recording
  bool is_refused = false;               ///< by the talk's speakers, as they have it now: read with the recording, not written
  Instant updated_at{};
  std::int64_t version = 0;                    ///< 0: not stored yet
  bool same_as(const Recording& other) const;  ///< all that is told of it, videos included
};
/// Whether anybody may be led to its videos: not while somebody withholds them, or its speakers do not allow it. Lists, pages, feeds, files and other programs
/// all ask here.
bool may_be_shown(const Recording& recording);
/// What viewers are told: of what was recorded and is refused by its speakers that it may not be shown, whatever is stored.
Status shown_status(const Recording& recording);
/// The path below which a talk's own files are sent, by the numbers of its videos: "/{event}/talks/{code}/videos/".
std::string path_of_files(std::string_view event_slug, std::string_view talk_code);
/// "/{event}/talks/{code}/chapters": with ".vtt" or ".json" behind it.
std::string path_of_chapters(std::string_view event_slug, std::string_view talk_code);
/// The SPDX identifier (or a fixed name) of a licence as people write it; empty when it is not one we know.
std::string license_of(std::string_view copyright);
/// Where a licence's text is; empty for none.
std::string license_url(std::string_view license);

// ---- reading

Result<std::optional<Recording>> find_recording(db::Tx& tx, TalkId talk);
/// In the talks' order; talks without one are left out. Three statements, however many talks (at most some hundreds: a page of them).
Result<std::vector<Recording>> recordings_of(db::Tx& tx, std::span<const TalkId> talks);
Result<std::vector<Recording>> recordings_of(db::Tx& tx, EventId event);
/// The talks that have this video: 58 YouTube videos of the public data stand in two records.
Result<std::vector<TalkId>> talks_with(db::Tx& tx, Place place, std::string_view external_id);

/// The content hashes of all videos that lie here: `files/` must keep them.
Result<std::vector<std::string>> named_hashes(db::Tx& tx);

// ---- writing

/// Adds or changes; `version` as read (0: new). Videos are matched by address: those that stay keep their id and health.
/// Errors: by right (media); invalid with problems; conflict – changed by someone else meanwhile.
Result<Recording> save_recording(db::Tx& tx, const Actor& actor, const events::Event& event, std::string_view talk_code, Recording recording);
/// The same without right, check and fact, for imports that tell one fact for many talks.
Result<Recording> put_recording(db::Tx& tx, Recording recording);
Result<void> remove_recording(db::Tx& tx, TalkId talk);

Result<std::vector<std::string>> check(db::Tx& tx);

}  // namespace confer::recordings
