// Recordings that are not shown before a moment, of an event or of one talk. Until then everything about them is made, looked at and stored as ever.
#pragma once
#include <optional>
#include <string_view>
#include "db/database.h"
#include "events/events.h"
#include "recordings/recordings.h"

namespace confer::recordings {

/// A job for each event and moment; one that comes too early, since the embargo was moved meanwhile, does nothing.
extern const char* const lift_embargo_kind;
/// Queues the job of a recording under embargo that ends at a known moment; nothing for any other.
Result<void> queue_lifting(db::Tx& tx, EventId event, const Recording& recording);
/// Shows what may be shown by now.
Result<void> lift_embargoes(db::Tx& tx, EventId event);
/// What waits for the event's embargo waits for this one; for none, or one that is over: is shown at once. What has a moment of its own keeps it.
/// Errors: by right (media).
Result<void> move_event_embargo(db::Tx& tx, const Actor& actor, const events::Event& event, std::optional<Instant> until);
/// Puts a recording that is not shown yet under the event's embargo; one of its own stands.
void take_event_embargo(Recording& recording, std::optional<Instant> until, Instant now);

/// "Tuesday, 4 May 2027, 12:00 (Europe/Berlin)".
std::string moment_in_words(Instant at, const Zone& zone, std::string_view language);

}  // namespace confer::recordings
