// Who has a cut just now: somebody of the team who took it, so that no two people work at the same one, and whoever was sent a link to look at it.
#pragma once
#include <optional>
#include <string>
#include <vector>
#include "cutting/cutting.h"

namespace confer::cutting {

struct Holder {
  CutId cut;
  PersonId person;  ///< 0: a link for nobody who is known here
  std::string name;
  bool is_speaker = false;
  std::optional<Instant> taken_at;  ///< nothing: they were asked for a look
};
/// Of all cuts of an event, in no order. Links that were taken back or are too old are left out, and what was taken before it was last published.
Result<std::vector<Holder>> holders_of(db::Tx& tx, EventId event);
/// From whoever had it. Errors: by right (media).
Result<void> take(db::Tx& tx, const Actor& actor, const events::Event& event, const Cut& cut);
/// Nobody has it then. Errors: by right (media).
Result<void> let_go(db::Tx& tx, const Actor& actor, const events::Event& event, const Cut& cut);

/// "Olga Organiser", "asked: Ada Beispiel, Cleo". Empty: nobody.
std::string in_words(const std::vector<Holder>& all, const Cut& cut);

}  // namespace confer::cutting
