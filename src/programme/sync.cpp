// The source that an event's programme follows (sync.h).
#include "programme/sync.h"
#include "base/text.h"
#include "people/who.h"
#include "programme/store.h"

namespace confer::programme {

Result<std::optional<SyncSource>> find_sync_source(db::Tx& tx, EventId event) { return store::find_source(tx, event); }

Result<void> save_sync_source(db::Tx& tx, const Actor& actor, const events::Event& event, SyncSource source) {
  TRY(require(actor, Right::programme, events::scope_of(event)));
  std::vector<FieldProblem> p;
  source.url = std::string(trim(source.url));
  if (!source.url.starts_with("https://") && !source.url.starts_with("http://")) p.push_back({"url", "The address starts with https:// or http://."});
  if (auto ok = check_text(source.url, "url", 2000); !ok) p.push_back({"url", ok.error().message});
  if (source.every_minutes < 1 || source.every_minutes > 24 * 60) p.push_back({"every_minutes", "It is fetched every 1 to 1,440 minutes."});
  if (!p.empty()) return std::unexpected(Error{ErrorCode::invalid, "Some fields need another look.", {}, {}, std::move(p)});
  source.event = event.id;
  TRY(store::put_source(tx, source));
  return journal::record(tx, who(actor), "sync.set", event.series.value, event.id.value, "event:" + event.slug);
}

Result<std::vector<SyncSource>> due_sync_sources(db::Tx& tx) { return store::due_sources(tx); }

Result<void> note_sync(db::Tx& tx, EventId event, std::string_view result, std::string_view etag, std::string_view last_modified) {
  return store::note_source(tx, event, result, etag, last_modified);
}

}  // namespace confer::programme
