// Bringing a database up to the one linear history of its schema.
#pragma once
#include <span>
#include "db/database.h"
#include "db/engine.h"

namespace confer::db {

/// What Database::migrate promises.
Result<void> run_migrations(Database& db, Engine& engine, std::span<const embedded::File> history, const BeforeMigration& before, const Clock& clock);
/// The number of the last migration applied; 0 in a new database.
Result<int> stored_schema_version(Database& db);

}  // namespace confer::db
