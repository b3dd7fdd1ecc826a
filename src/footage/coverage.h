// What of a room's schedule its files cover: which piece of which file belongs to which slot, and what is missing.
#pragma once
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include "base/time.h"

namespace confer::footage {

using std::chrono::milliseconds;

/// What a recorder of a room sees. A room has each at most once at a time; a second one of a kind takes turns with the first.
enum class Stream : unsigned char { main = 0, backup = 1, camera = 2, slides = 3 };
inline constexpr std::array<Stream, 4> all_streams{Stream::main, Stream::backup, Stream::camera, Stream::slides};
std::string_view name_of(Stream stream);
std::optional<Stream> stream_named(std::string_view name);

struct Span {
  Instant from{}, to{};
  milliseconds length() const { return to - from; }
  bool operator==(const Span&) const = default;
};

/// A file as far as time goes, by the corrected clock. `number` is the caller's.
struct Footage {
  std::int64_t number = 0;
  Span span;
  bool is_growing = false;
  milliseconds exactness{999};  ///< of its start: a gap that is not longer may be none
};
struct Wanted {
  std::int64_t number = 0;
  Span span;
  bool may_be_recorded = true;
};

/// `from` to `to` of a file's own time lies at `span`.
struct Piece {
  std::int64_t file = 0;
  Span span;
  milliseconds from{};  ///< since the file's start
  bool operator==(const Piece&) const = default;
};

enum class CoverState : unsigned char { not_begun, nothing, recording, partly, whole, not_allowed };
struct Covered {
  std::int64_t slot = 0;
  CoverState state = CoverState::nothing;
  std::vector<Piece> pieces;   ///< in order, none over another: a second never plays twice. Empty when it may not be recorded
  std::vector<Span> gaps;      ///< while it is being recorded, without what is still to come; none before it begins
  milliseconds not_allowed{};  ///< how much lies on disk of what must not be recorded
  milliseconds missing() const;
};
struct Overlap {
  std::int64_t earlier = 0, later = 0;  ///< files
  Span span;
};
struct StreamCoverage {
  std::vector<Covered> slots;  ///< in the order of what was wanted
  std::vector<Piece> plays;    ///< every file, cut to where it plays
  std::vector<Overlap> overlaps;
  std::vector<Piece> outside;  ///< what plays and lies in no slot
};

/// One stream of one room. Where files overlap the earlier plays until its end; of two that begin together, the longer. The order of `files` does not matter.
StreamCoverage cover(std::vector<Wanted> slots, std::vector<Footage> files, Instant now);

/// What of a slot's footage lies within a part of it.
Covered within(const Covered& slot, const Span& part);

/// "1 h 00 m 03 s", "12 s", "0.5 s".
std::string duration_in_words(milliseconds length);
/// "10:41:03", in the zone.
std::string clock_with_seconds(Instant at, const Zone& zone);
/// "whole", "12 s missing from 10:41:03", "nothing recorded yet", "still recording", …
std::string in_words(const Covered& covered, const Zone& zone);

}  // namespace confer::footage
