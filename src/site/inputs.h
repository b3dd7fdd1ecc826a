// What an event's documents are made from, told by versions: whether what was rendered before is still right.
#pragma once
#include <string>
#include <string_view>
#include "db/database.h"
#include "events/events.h"

namespace confer::site {

/// A hash of everything that an event's documents are made from. Cheap to read at a start: versions and numbers, no texts. Another build of the program
/// gives another one, since templates, catalogues and assets travel in its file.
Result<std::string> input_key(db::Tx& tx, const events::Event& event, std::string_view base_url);
/// Whether visitors want it today: everything but archives and what ended more than two days ago. Its pages stay in memory.
bool is_present(const events::Event& event, Instant now);

}  // namespace confer::site
