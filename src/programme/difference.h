// What changed from one programme to the next: for the page before a release, the changelog, notices and calendars.
#pragma once
#include <string>
#include <vector>
#include "programme/model.h"

namespace confer::programme {

enum class ChangeKind : unsigned char { added, removed, cancelled, reinstated, moved, retimed, edited };

struct Change {
  ChangeKind kind;
  std::string talk;  ///< code; empty for a break
  std::string title;
  std::int64_t slot = 0;
  std::string slot_guid;
  std::string old_room, new_room;  ///< codes
  WallTime old_start{}, new_start{};
  minutes old_length{0}, new_length{0};
  std::vector<std::string> fields;  ///< of an edit: "title", "abstract", "speakers", …
  bool operator==(const Change&) const = default;
};

/// Ordered by time, then room. A slot that changed both room and time is one `moved`.
std::vector<Change> difference(const Programme& before, const Programme& after);
/// True when people who planned to come must be told: not for an edit.
bool concerns_attendees(const Change& change);

}  // namespace confer::programme
