// Links for a look without an account (cutting.h).
#include "base/random.h"
#include "cutting/cutting.h"
#include "cutting/store.h"
#include "html/template.h"
#include "journal/journal.h"
#include "people/who.h"

namespace confer::cutting {

Result<std::string> add_link(db::Tx& tx, const Actor& actor, const events::Event& event, const Cut& cut, const Viewer& viewer) {
  TRY(require(actor, Right::media, events::scope_of(event)));
  std::string token = random_token();
  TRY(store::add(tx, ReviewLink{.id = 0, .cut = cut.id, .viewer = viewer, .created_at = tx.now(), .expires_at = tx.now() + link_lifetime, .revoked_at = {}},
                 sha256_hex(token)));
  TRY(journal::record(tx, who(actor), "cut.link_made", event.series.value, event.id.value, "talk:" + cut.talk_code));
  return token;
}

Result<std::vector<ReviewLink>> links_of(db::Tx& tx, CutId cut) { return store::links_of(tx, cut); }

Result<void> revoke_link(db::Tx& tx, const Actor& actor, const events::Event& event, const Cut& cut, std::int64_t link) {
  TRY(require(actor, Right::media, events::scope_of(event)));
  TRY_ASSIGN(const bool done, store::revoke_link(tx, cut.id, link));
  if (!done) return fail(ErrorCode::not_found, "There is no such link, or it was taken back already.");
  return journal::record(tx, who(actor), "cut.link_revoked", event.series.value, event.id.value, "talk:" + cut.talk_code);
}

Result<Opened> open_link(db::Tx& tx, std::string_view token) {
  TRY_ASSIGN(auto link, store::find_link(tx, sha256_hex(token)));
  if (!link) return fail(ErrorCode::not_found, std::string(html::translatable("There is no such link. Look whether all of it was copied.")));
  if (link->revoked_at) return fail(ErrorCode::not_found, std::string(html::translatable("This link was taken back. Ask the recording team for a new one.")));
  if (link->expires_at <= tx.now())
    return fail(ErrorCode::not_found, std::string(html::translatable("This link is too old. Ask the recording team for a new one.")));
  TRY_ASSIGN(auto cut, store::find(tx, link->cut));
  if (!cut) return fail(ErrorCode::not_found, "This cut is gone.");
  TRY_ASSIGN(auto event, events::find_event(tx, cut->event));
  if (!event) return fail(ErrorCode::not_found, "This event is gone.");
  return Opened{std::move(*link), std::move(*cut), std::move(*event)};
}

}  // namespace confer::cutting
