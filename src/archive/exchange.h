// Whole archives in and out: PyVideo's data tree and voctoweb's public JSON.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>
#include "archive/archive.h"
#include "base/progress.h"

namespace confer::archive {

struct ImportOptions {
  std::string path;                ///< a folder, or a packed one (.tar.zst, .tar.gz, .zip)
  std::string format = "pyvideo";  ///< or "voctoweb"
};
struct ImportReport {
  Run run;
  std::vector<Finding> findings;
  std::map<std::string, std::string> failed;  ///< folders that could not be imported, with why; all others are
  std::string to_json() const;
};
/// Reads everything, then writes event by event, each whole or not at all, and only what changed. What was edited here stays, and is told. Run again, it goes
/// on where it was killed, and finds nothing left to do when it was not. Errors: forbidden; invalid – the source cannot be read at all; unavailable.
Result<ImportReport> import_archive(db::Database& db, const Actor& actor, const ImportOptions& options, const Progress& progress = {});

struct Exported {
  std::int64_t events = 0, talks = 0, repaired = 0;
};
/// Writes every public archived event as a folder of PyVideo's data: what came from there is given back as it was, with what changed since.
/// Errors: invalid – the folder holds something already; unavailable – it cannot be written.
Result<Exported> export_pyvideo(db::Database& db, const std::string& folder, const Progress& progress = {});

}  // namespace confer::archive
