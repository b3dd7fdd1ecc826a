// Following a schedule that another system publishes: the source of an event, and bringing in what it says.
#pragma once
#include <optional>
#include <string>
#include <vector>
#include "programme/programme.h"

namespace confer::programme {

struct SyncSource {
  EventId event;
  std::string url;
  int every_minutes = 10;
  bool release_changes = true;  ///< release by itself when the import changed something
  std::string etag, last_modified;
  std::optional<Instant> last_at;
  std::string last_result;  ///< a sentence
  bool enabled = true;
};
Result<std::optional<SyncSource>> find_sync_source(db::Tx& tx, EventId event);
/// Errors: by right; invalid – not an http(s) address, or an interval out of 1 minute to one day.
Result<void> save_sync_source(db::Tx& tx, const Actor& actor, const events::Event& event, SyncSource source);
/// Enabled ones whose interval has passed.
Result<std::vector<SyncSource>> due_sync_sources(db::Tx& tx);
/// Notes how a fetch ended, with the answer's validators for the next one.
Result<void> note_sync(db::Tx& tx, EventId event, std::string_view result, std::string_view etag, std::string_view last_modified);

}  // namespace confer::programme
