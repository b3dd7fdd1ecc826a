// Footage: recorders, the files that they wrote, and what of the schedule those cover. Files stay where they are.
#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include "base/time.h"
#include "db/database.h"
#include "events/events.h"
#include "footage/clock_guess.h"
#include "footage/coverage.h"
#include "footage/start.h"
#include "ids/ids.h"
#include "people/rights.h"
#include "talks/consent.h"

namespace confer::footage {

/// What records one stream of a room.
struct Recorder {
  RecorderId id;
  EventId event;
  RoomId room;
  std::string name;
  Stream stream = Stream::main;
  std::string zone;         ///< of its clock, for names without one; empty: the event's
  milliseconds offset{};    ///< added to every time that it tells
  std::string patterns;     ///< of names, one a line (names.h); empty: the usual ones
  std::string folder;       ///< watched, below the watched root; empty: none
  std::string folder_note;  ///< what was wrong with the folder when it was looked into last
  std::int64_t version = 1;
};

enum class FileState : unsigned char { growing = 0, whole = 1, damaged = 2, missing = 3 };
std::string_view name_of(FileState state);

struct MediaFile {
  MediaFileId id;
  RecorderId recorder;
  std::string path;  ///< absolute; registered once in the installation
  std::uint64_t size_bytes = 0;
  Instant modified_at{};
  std::optional<Instant> told_at;  ///< when it began, by the recorder's own clock
  StartSource source = StartSource::unknown;
  std::string doubt;
  std::optional<milliseconds> length;
  std::string probed;  ///< media::Probed as JSON; empty where it could not be looked into
  FileState state = FileState::whole;
  std::string reason;  ///< why it is damaged
  Instant added_at{}, looked_at{};
};
/// When it plays by the corrected clock; nothing when its start is not known, or it is not there. Without a length it lasts until its last change.
std::optional<Span> span_of(const MediaFile& file, const Recorder& recorder);

/// Two recordings that heard the same: what `other` has at t from its beginning, `one` has at t + lag.
struct CommonSound {
  MediaFileId one, other;
  milliseconds lag{};
};

// ---- reading

Result<std::vector<Recorder>> list_recorders(db::Tx& tx, const events::Event& event);
/// Errors: not_found.
Result<Recorder> require_recorder(db::Tx& tx, const events::Event& event, RecorderId id);
/// By start; those without one last.
Result<std::vector<MediaFile>> list_files(db::Tx& tx, const events::Event& event);

/// A part of a block, once it has a talk of its own (programme/parts.h).
struct PlannedPart {
  std::string talk, anchor, title;  ///< the part's own talk's code
  Span span;
  talks::Consent consent = talks::Consent::yes;  ///< the stricter of its own and the block's
};
/// A talk's slot and what each stream of its room has of it.
struct PlannedSlot {
  std::int64_t number = 0;  ///< as in exports
  RoomId room;
  std::string talk, title;  ///< the talk's code
  Span span;
  talks::Consent consent = talks::Consent::yes;  ///< of the talk itself: parts have their own
  std::vector<PlannedPart> parts = {};           ///< of a block, in order
  /// The strictest of the talk's and its parts': what is asked where the whole of it is meant.
  talks::Consent consent_of_all() const;
};
struct RoomFootage {
  events::Room room;
  std::vector<PlannedSlot> slots;            ///< by start
  std::map<Stream, StreamCoverage> streams;  ///< those that a recorder of the room has; slots in the same order
};
struct EventFootage {
  Zone zone;
  bool is_released = false;        ///< the slots are those of the current release; else the draft's
  std::vector<RoomFootage> rooms;  ///< those with talks or recorders, in order
  std::vector<Recorder> recorders;
  std::vector<MediaFile> files;
  std::vector<CommonSound> common_sounds;
  const Recorder* recorder(RecorderId id) const;
};
/// A fixed number of statements. Errors: invalid – the event has no zone.
Result<EventFootage> load_footage(db::Tx& tx, const events::Event& event, Instant now);
/// How far the recorder's clock seems to be wrong still, besides its offset: by what a recorder of the room before it (in the order of streams and of
/// their making) heard as well, else by the schedule.
std::optional<ClockGuess> guess_clock(const EventFootage& all, const Recorder& recorder);

// ---- writing. Errors of all: by right (media).

/// Where files may come from and go to.
struct Places {
  std::string incoming;      ///< uploads: below EVENT/ROOM/RECORDER there
  std::string watched_root;  ///< watched folders lie below it
};
/// `id` 0 adds. Starts of its files are found again when zone or patterns change. Errors: invalid with problems; conflict – changed meanwhile, or the room has
/// one of that name.
Result<Recorder> save_recorder(db::Tx& tx, const Actor& actor, const events::Event& event, Recorder recorder);
/// Adds `by` to the offset. Errors: conflict – it is not of that version any more.
Result<Recorder> correct_clock(db::Tx& tx, const Actor& actor, const events::Event& event, RecorderId id, std::int64_t version, milliseconds by);
/// Finds the starts of files again whose recorder has no zone of its own: after the event's has changed.
Result<void> follow_zone(db::Tx& tx, const events::Event& event);
/// Errors: conflict – it has files.
Result<void> remove_recorder(db::Tx& tx, const Actor& actor, const events::Event& event, RecorderId id);
/// The room's recorder of that name, made when there is none. Errors: conflict – there is one of another stream.
Result<Recorder> recorder_for(db::Tx& tx, const Actor& actor, const events::Event& event, RoomId room, Stream stream, const std::string& name);
/// Takes a file off the list; on disk it stays. In a watched folder it will be found again.
Result<void> remove_file(db::Tx& tx, const Actor& actor, const events::Event& event, MediaFileId id);

/// A room by its code or its name in any language. Errors: invalid – none is called so, with what there is.
Result<events::Room> room_named(db::Tx& tx, const events::Event& event, std::string_view name);

Result<std::vector<std::string>> check(db::Tx& tx);

}  // namespace confer::footage
