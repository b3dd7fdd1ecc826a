// Finding a registered file's start again: shared by what registers files and what changes recorders.
#pragma once
#include "footage/footage.h"
#include "media/probe.h"

namespace confer::footage {

/// Sets `told_at`, `source` and `doubt` by the recorder's patterns and zone. Errors: internal – what is stored of it cannot be read.
Result<void> find_start(const events::Event& event, const Recorder& recorder, MediaFile& file);

}  // namespace confer::footage
