// What changed from one programme to the next: for the page before a release, the changelog, notices and calendars.
#pragma once
#include <string>
#include <vector>
#include "programme/model.h"

namespace confer::programme {

enum class ChangeKind : unsigned char { added, removed, cancelled, reinstated, moved, retimed, edited };

/// What a change is of. Of a room or track only edits are told; the slots in it are not told one by one.
enum class ChangeOf : unsigned char { slot, room, track };

struct Change {
  ChangeKind kind;
  std::string talk;   ///< code; empty for a break, room or track
  std::string title;  ///< of the talk, or the name of the room or track
  std::int64_t slot = 0;
  std::string slot_guid;
  std::string old_room, new_room;  ///< codes
  WallTime old_start{}, new_start{};
  minutes old_length{0}, new_length{0};
  std::vector<std::string> fields;  ///< of an edit: "title", "abstract", "speakers", …
  ChangeOf of = ChangeOf::slot;
  bool operator==(const Change&) const = default;
};

/// Rooms and tracks first, then slots by time and room. A slot that changed both room and time is one `moved`; one that starts at another instant,
/// because the zone of the event was corrected, is `retimed`. What is new and cancelled already is no change: nobody has planned with it.
std::vector<Change> difference(const Programme& before, const Programme& after);
/// True when people who planned to come must be told: not for an edit.
bool concerns_attendees(const Change& change);
/// True when the slot starts elsewhere or at another time by the clock; another length alone is no move.
bool is_elsewhere(const Slot& before, const Slot& after);

}  // namespace confer::programme
