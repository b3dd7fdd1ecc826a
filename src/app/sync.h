// Fetching the schedules that events follow.
#pragma once
#include <string>
#include "app/installation.h"
#include "ids/ids.h"
#include "jobs/jobs.h"
#include "programme/sync.h"

namespace confer::app {

/// Fetches the event's source (a 304 ends it), imports, releases when the source is set to,
/// something changed and the draft had nothing of its own that waits to be released, and notes the result in one sentence.
/// That sentence comes back. `look` changes nothing but the note: what importing would do.
/// Errors: not_found – the event follows nothing; of fetching, reading, importing or releasing (noted too).
Result<std::string> sync_event(Installation& here, EventId event, programme::SyncMode mode = programme::SyncMode::import, const Progress& progress = {});
/// The job of `programme::ask_for_sync`.
Result<void> sync_now(Installation& here, const jobs::Running& running);
/// Those whose time has come. One that fails is noted and does not stop the others.
Result<void> sync_due(Installation& here, const jobs::Running& running);

}  // namespace confer::app
