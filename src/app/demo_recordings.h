// Recordings for the demonstration, made by ffmpeg: a talk of yesterday that is whole, and one whose beginning is missing.
#pragma once
#include <string>
#include <vector>
#include "app/installation.h"
#include "base/time.h"

namespace confer::app {

/// Makes them below the folder of uploads and registers them, as an upload would. What is whole is then cut by itself. Returns the talks' titles. Errors:
/// unavailable – ffmpeg is not installed, or failed; not_found – no edition runs on that day, or no talk of it is over.
Result<std::vector<std::string>> make_demo_recordings(Installation& here, Date today);

}  // namespace confer::app
