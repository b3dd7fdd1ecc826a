// Recording a room's stream: ffmpeg as a process of its own writes segments that a power cut leaves readable; each is registered as it comes.
#pragma once
#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>
#include "footage/look.h"
#include "media/process.h"

namespace confer::footage {

struct RecordOrder {
  EventId event;
  RoomId room;
  Recorder recorder;
  std::string url;
  std::string folder;                 ///< absolute; nothing else writes there
  std::chrono::seconds segment{300};  ///< about so long is each: a segment begins with a key frame
  std::chrono::seconds patience{20};  ///< nothing came for so long: the connection is made anew
};

/// Errors: invalid – no address of a stream that can be recorded, with what can be.
Result<void> check_stream_address(std::string_view url);
/// "rtmp://stream.example.org": keys and passwords stand in what is left out.
std::string without_keys(std::string_view url);
/// The words that start ffmpeg, and what it may do.
std::vector<std::string> recording_command(const RecordOrder& order);
media::Limits recording_limits(const RecordOrder& order);
/// How long to wait before the next try, after so many that came to nothing: 1, 2, 4 … 30 seconds.
std::chrono::seconds pause_after(int failures);

/// A talk must not be recorded: it is on, or about to begin, or was just on. Of several the one that lasts longest; nothing when there is none.
/// A stream comes late by some seconds, and so does what stops it: `margin` lies before and behind the slot.
inline constexpr std::chrono::seconds margin{3};
const PlannedSlot* forbidden_at(const std::vector<PlannedSlot>& slots, Instant now);

/// What the recording tells on its way, a sentence each, and when.
using Say = std::function<void(Instant at, const std::string& sentence)>;
/// Records until `stopping` says so: connects again when the stream breaks off, and keeps silent while a talk of the room must not be recorded, which is
/// looked up every two seconds. No transaction is open while anything is waited for.
/// Errors: conflict – something else records into the folder; unavailable – ffmpeg is missing, or the folder cannot be written; as `load_footage`.
Result<void> record_stream(db::Database& db, const RecordOrder& order, const Probe& probe, const Say& say, const std::function<bool()>& stopping);

}  // namespace confer::footage
