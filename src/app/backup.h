// One file with everything: tables as JSON lines and stored files, the same for both databases.
#pragma once
#include <cstdint>
#include <string>
#include "base/result.h"
#include "db/database.h"
#include "files/files.h"

namespace confer::app {

struct BackupNumbers {
  int schema_version = 0;
  std::int64_t tables = 0, rows = 0, files = 0;
  std::uint64_t bytes = 0;  ///< of the archive
};
/// Writes `path` (.tar.zst) while others go on writing: one read transaction sees one state. Whole and synced when it returns, else not there.
/// Nobody else may read it, nor its parts while it is made beside its place.
Result<BackupNumbers> write_backup(db::Database& db, const files::Store& files, const std::string& path);
/// Fills an empty, migrated database of either kind. All or nothing. It is unpacked in a private folder in `work_dir` (empty: the system's folder for
/// temporary files). Errors: invalid – not a backup or damaged (where); conflict – of a newer schema, or the database has data already.
Result<BackupNumbers> restore_backup(db::Database& db, files::Store& files, const std::string& path, const std::string& work_dir = {});

}  // namespace confer::app
