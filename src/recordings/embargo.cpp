// Holding recordings back, and letting them go (embargo.h).
#include "recordings/embargo.h"
#include "jobs/jobs.h"
#include "people/who.h"
#include "talks/talks.h"

namespace confer::recordings {

const char* const lift_embargo_kind = "recordings.lift_embargo";

namespace {

const Actor& clock_itself() {
  static const Actor actor = system_actor("embargo");
  return actor;
}

Result<void> show_now(db::Tx& tx, const Actor& actor, const events::Event& event, const std::string& talk_code, Recording recording) {
  recording.status = recording.videos.empty() ? Status::pending : Status::published;
  recording.available_from.reset();
  recording.is_embargo_of_event = false;
  TRY(save_recording(tx, actor, event, talk_code, std::move(recording)));
  return {};
}

/// Of an event, with the codes of their talks.
Result<std::vector<std::pair<std::string, Recording>>> embargoed(db::Tx& tx, EventId event) {
  std::vector<std::pair<std::string, Recording>> out;
  TRY_ASSIGN(auto all, recordings_of(tx, event));
  for (auto& recording : all) {
    if (recording.status != Status::embargoed) continue;
    TRY_ASSIGN(auto code, talks::code_of_talk(tx, recording.talk));
    out.emplace_back(std::move(code), std::move(recording));
  }
  return out;
}

}  // namespace

Result<void> queue_lifting(db::Tx& tx, EventId event, const Recording& recording) {
  if (recording.status != Status::embargoed || !recording.available_from) return {};
  TRY(jobs::enqueue(
      tx, {.kind = lift_embargo_kind,
           .run_at = *recording.available_from,
           .event = event.value,
           .unique_key = std::string(lift_embargo_kind) + ":" + std::to_string(event.value) + ":" + std::to_string(to_ms(*recording.available_from))}));
  return {};
}

Result<void> lift_embargoes(db::Tx& tx, EventId id) {
  TRY_ASSIGN(const auto event, events::find_event(tx, id));
  if (!event) return {};
  TRY_ASSIGN(auto waiting, embargoed(tx, id));
  for (auto& [code, recording] : waiting)
    if (recording.available_from && *recording.available_from <= tx.now()) TRY(show_now(tx, clock_itself(), *event, code, std::move(recording)));
  return {};
}

Result<void> move_event_embargo(db::Tx& tx, const Actor& actor, const events::Event& event, std::optional<Instant> until) {
  TRY(require(actor, Right::media, events::scope_of(event)));
  TRY_ASSIGN(auto waiting, embargoed(tx, event.id));
  for (auto& [code, recording] : waiting) {
    if (!recording.is_embargo_of_event || recording.available_from == until) continue;
    if (!until || *until <= tx.now()) {
      TRY(show_now(tx, actor, event, code, std::move(recording)));
      continue;
    }
    recording.available_from = until;
    TRY(save_recording(tx, actor, event, code, std::move(recording)));
  }
  return {};
}

void take_event_embargo(Recording& recording, std::optional<Instant> until, Instant now) {
  if (recording.status == Status::embargoed && !recording.is_embargo_of_event) return;
  if (!until || *until <= now) return;
  recording.status = Status::embargoed;
  recording.available_from = until;
  recording.is_embargo_of_event = true;
}

std::string moment_in_words(Instant at, const Zone& zone, std::string_view language) {
  const WallTime wall = zone.to_wall(at);
  return format_date(std::chrono::floor<std::chrono::days>(wall), language) + ", " + clock_text(wall) + " (" + zone.name() + ")";
}

}  // namespace confer::recordings
