// Consent that is taken back after the cut (cutting.h).
#include <algorithm>
#include "base/json_writer.h"
#include "base/text.h"
#include "cutting/cutting.h"
#include "cutting/jobs.h"
#include "cutting/notices.h"
#include "cutting/store.h"
#include "journal/journal.h"
#include "people/who.h"
#include "recordings/recordings.h"
#include "talks/talks.h"

namespace confer::cutting {
namespace {

/// Of a cut that is not stopped yet, or is online.
Result<void> stop_withdrawn(db::Tx& tx, const events::Event& event, const talks::Talk& talk, talks::Consent consent, Cut cut) {
  TRY_ASSIGN(const auto zone, events::zone_of(event));
  const bool was_online = !cut.published_hash.empty();
  cut.problem = "The speakers do not allow it any more (" + std::string(talks::in_words(consent)) + "). " +
                (was_online ? "It was taken offline at " : "It was stopped at ") + replace_all(to_text(zone.to_wall(tx.now())).substr(0, 16), "T", " ") +
                (was_online ? ", with all its files." : ", before it was online.") + " Should they allow it again, you can have it cut again.";
  cut.stage = Stage::stopped;
  cut.preview = {};
  cut.wave.clear();
  cut.poster_hash.clear();
  cut.published_hash.clear();
  cut.published_at.reset();
  TRY_ASSIGN(const bool done, store::change(tx, cut));
  if (!done) return fail(ErrorCode::unavailable, "A cut changed while consent was taken back.");
  return journal::record(tx, who(system_actor("cutting")), "cut.withdrawn", event.series.value, event.id.value, "talk:" + talk.code,
                         JsonWriter().begin_object().field("slot", cut.slot).field("revision", cut.revision).end_object().take());
}

Result<void> follow(db::Tx& tx, const people::SignIn& sign_in, const events::Event& event, const talks::Talk& talk) {
  TRY_ASSIGN(const auto consent, talks::whole_consent_of(tx, talk));
  if (talks::may_be_cut(consent)) return {};
  TRY_ASSIGN(auto cuts, store::cuts_of(tx, event.id));
  std::erase_if(cuts, [&](const Cut& cut) { return cut.talk != talk.id || (cut.stage == Stage::stopped && cut.published_hash.empty()); });
  TRY_ASSIGN(auto recording, recordings::find_recording(tx, talk.id));
  const bool was_shown = recording && recordings::shown_status(*recording) != recording->status;
  if (was_shown) {
    for (const auto& cut : cuts) {
      TRY(take_out(tx, cut, *recording));
      TRY(take_out_links(tx, cut, *recording));
    }
    recording->status = recordings::Status::not_allowed;
    recording->status_note.clear();
    TRY(recordings::save_recording(tx, system_actor("cutting"), event, talk.code, std::move(*recording)));
    TRY(tell_team_withdrawn(tx, sign_in, event, talk));
  }
  for (auto& cut : cuts) TRY(stop_withdrawn(tx, event, talk, consent, std::move(cut)));
  return {};
}

}  // namespace

Result<void> follow_consent(db::Tx& tx, const people::SignIn& sign_in, const events::Event& event, std::string_view talk_code) {
  TRY_ASSIGN(const auto talk, talks::find_talk(tx, talk_code));
  if (!talk || talk->event != event.id) return {};
  TRY(follow(tx, sign_in, event, *talk));
  // A part's consent is its block's too, and a block's its parts'.
  if (talk->part_of) {
    TRY_ASSIGN(const auto block, talks::find_talk(tx, talk->part_of));
    return block ? follow(tx, sign_in, event, *block) : Result<void>{};
  }
  TRY_ASSIGN(const auto parts, talks::parts_of(tx, talk->id));
  for (const auto& part : parts) TRY(follow(tx, sign_in, event, part));
  return {};
}

Result<void> follow_returned(db::Tx& tx, const events::Event& event, std::span<const TalkId> parts) {
  TRY_ASSIGN(const auto cuts, store::cuts_of(tx, event.id));
  for (const auto& cut : cuts) {
    if (std::ranges::find(parts, cut.talk) == parts.end()) continue;
    if (cut.stage == Stage::making) TRY(queue_preview(tx, cut));
    if (cut.stage == Stage::publishing) TRY(queue_publishing(tx, cut));
  }
  return {};
}

}  // namespace confer::cutting
