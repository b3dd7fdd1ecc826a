// The coverage picture: a day of a room, schedule above, files below, as SVG and in words.
#pragma once
#include <string>
#include "events/events.h"
#include "footage/footage.h"
#include "people/web.h"

namespace confer::footage {

/// Every day that has slots or files, each room of it with its strip and its table.
std::string draw_coverage(const EventFootage& all, const events::Event& event);
/// Below the folder of uploads or the watched root; of a file elsewhere its name alone: people need not know where the server keeps its disks.
std::string short_path(const std::string& path, const Places& places);
Places places_of(const Web& web);

}  // namespace confer::footage
