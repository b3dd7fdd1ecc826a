// Writes one imported event: inside the caller's transaction, whole or not at all.
#pragma once
#include <map>
#include <set>
#include <string>
#include "archive/imported.h"
#include "archive/store.h"

namespace confer::archive {

/// What an import knows of the database and adds up.
struct Importing {
  const Actor& actor;
  const Format& format;
  ImportRunId run;
  std::set<std::int64_t> no_publish;
  std::map<std::string, store::EventSource> known;  ///< by folder
  std::map<std::string, std::int64_t> counts;
  Markup markup = Markup::restructured_text;
};
/// Errors: as database; what is odd goes into the event's findings. `series` 0: made of the title.
Result<EventId> write_event(db::Tx& tx, Importing& importing, ImportedEvent& event, SeriesId series);
/// The same state as the source tells: nothing to write.
bool is_unchanged(const Importing& importing, const ImportedEvent& event);
/// SHA-256 of a name as erasures remember it.
std::string withheld_hash(std::string_view name);
/// What a source says of a talk, without the names that an erasure took out of it.
std::string without_withheld(const std::string& raw, TalkId talk, const std::set<std::pair<TalkId, std::string>>& withheld);

}  // namespace confer::archive
