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
  bool release_changes = true;  ///< release by itself what an import changed, unless the draft has other changes that are not released
  std::string etag, last_modified;
  std::optional<Instant> last_at;
  std::string last_result;  ///< a sentence
  std::string last_report;  ///< JSON as `sync_report` makes it: what the last fetch changed, or would change; empty: nothing to show
  bool enabled = true;
};
Result<std::optional<SyncSource>> find_sync_source(db::Tx& tx, EventId event);
/// Errors: by right; invalid – not an http(s) address, or an interval out of 1 minute to one day.
Result<void> save_sync_source(db::Tx& tx, const Actor& actor, const events::Event& event, SyncSource source);
/// Enabled ones whose interval has passed.
Result<std::vector<SyncSource>> due_sync_sources(db::Tx& tx);
/// The event follows no address any more; what was imported stays. Errors: by right; not_found – it followed none.
Result<void> remove_sync_source(db::Tx& tx, const Actor& actor, const events::Event& event);

/// How a fetch ended, with the answer's validators for the next one.
struct SyncNote {
  std::string result, report, etag, last_modified;
};
Result<void> note_sync(db::Tx& tx, EventId event, const SyncNote& note);

/// A job that fetches one event's address at once; `look`: only to show what importing would do.
constexpr std::string_view sync_now_kind = "programme.sync_now";
enum class SyncMode : unsigned char { import, look };
/// Queued once, however often it is asked for. Errors: by right; not_found – the event follows no address.
Result<void> ask_for_sync(db::Tx& tx, const Actor& actor, const events::Event& event, SyncMode mode);
SyncMode mode_of_job(std::string_view input);

/// What an import did, in words that stay true after it: changes as they stood then, conflicts and oddities, at most a hundred of each.
struct SyncReport {
  struct Change {
    std::string title, kind, was, will;
  };
  struct Conflict {
    std::string title, field, here, file;
  };
  struct Oddity {
    std::string place, message;
  };
  bool looked_only = false;
  std::vector<Change> changes;
  std::vector<Conflict> conflicts;
  std::vector<Oddity> oddities;
  int more_changes = 0, more_conflicts = 0, more_oddities = 0;
};
/// `draft` names the rooms.
SyncReport sync_report(const ImportReport& report, const Programme& draft, SyncMode mode);
std::string to_json(const SyncReport& report);
/// Nothing when the text is not one of ours.
std::optional<SyncReport> sync_report_of_json(std::string_view json);

}  // namespace confer::programme
