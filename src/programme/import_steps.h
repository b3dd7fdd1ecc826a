// One import in a transaction that somebody else opened: what previews, imports into an event and imports of a new one share.
#pragma once
#include "base/progress.h"
#include "programme/programme.h"

namespace confer::programme {

/// Merges the file into the event's draft; nothing is committed. Errors: invalid – an oddity, where the file allows none; of saving what it brings.
Result<ImportReport> run_import(db::Tx& tx, const Actor& actor, events::Event event, const Imported& imported, const Progress& progress);

}  // namespace confer::programme
