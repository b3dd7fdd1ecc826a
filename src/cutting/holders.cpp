// Who has a cut just now (holders.h).
#include "cutting/holders.h"
#include <algorithm>
#include "base/text.h"
#include "cutting/store.h"

namespace confer::cutting {

Result<std::vector<Holder>> holders_of(db::Tx& tx, EventId event) { return store::holders_of(tx, event); }

Result<void> take(db::Tx& tx, const Actor& actor, const events::Event& event, const Cut& cut) {
  TRY(require(actor, Right::media, events::scope_of(event)));
  return store::take(tx, cut.id, actor.person);
}
Result<void> let_go(db::Tx& tx, const Actor& actor, const events::Event& event, const Cut& cut) {
  TRY(require(actor, Right::media, events::scope_of(event)));
  return store::let_go(tx, cut.id);
}

std::string in_words(const std::vector<Holder>& all, const Cut& cut) {
  std::string taken;
  std::vector<std::string> asked;
  for (const auto& holder : all) {
    if (holder.cut != cut.id) continue;
    if (holder.taken_at)
      taken = holder.name;
    else if (cut.stage == Stage::review && !holder.name.empty() && std::ranges::find(asked, holder.name) == asked.end())
      asked.push_back(holder.name);
  }
  if (asked.empty()) return taken;
  std::ranges::sort(asked);
  return (taken.empty() ? "asked: " : taken + "; asked: ") + join(asked, ", ");
}

}  // namespace confer::cutting
