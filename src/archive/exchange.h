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

struct Undone {
  std::int64_t put_away = 0, changed_back = 0, events_hidden = 0;
  std::vector<std::string> left_alone;  ///< a sentence each, with its place
};
/// Takes an import back: talks that it added go (and come back with their addresses when they are imported again), fields that it changed are as before. What
/// was changed since, by an edit or a later import, is left alone and named; so is what went because it must never be published. An event without any talk left
/// is hidden. One transaction. Errors: by right (archive); not_found; conflict – it is running, or is undone already.
Result<Undone> undo_run(db::Database& db, const Actor& actor, ImportRunId run);

struct Exported {
  std::int64_t events = 0, talks = 0, repaired = 0;
};
/// Writes every public archived event as a folder of PyVideo's data: what came from there is given back as it was, with what changed since.
/// Errors: invalid – the folder holds something already; unavailable – it cannot be written.
Result<Exported> export_pyvideo(db::Database& db, const std::string& folder, const Progress& progress = {});

}  // namespace confer::archive
