// The coverage picture: a day of a room, schedule above, files below, as SVG and in words.
#pragma once
#include <string>
#include "events/events.h"
#include "footage/footage.h"

namespace confer::footage {

/// Every day that has slots or files, each room of it with its strip and its table.
std::string draw_coverage(const EventFootage& all, const events::Event& event);
/// "incoming/…" as people know it: the path without what they need not know.
std::string short_path(const std::string& path);

}  // namespace confer::footage
