// The files of an archive, from a folder or a .tar.zst (any archive that libarchive reads), by event folder.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>
#include "base/progress.h"
#include "base/result.h"

namespace confer::archive {

struct SourceFile {
  std::string path;   ///< within the archive, '/' between folders: "pycon-us-2012/videos/a-talk.json"
  std::string bytes;  ///< empty when it was left out (`problem` says why)
  std::string problem;
};
/// All files by path. Nothing outside the folder is followed, and what no archive of talks is that large is refused.
/// Errors: invalid – not there, not readable, not an archive, or too large in all (2 GB unpacked).
Result<std::vector<SourceFile>> read_source(const std::string& path, const Progress& progress);

}  // namespace confer::archive
