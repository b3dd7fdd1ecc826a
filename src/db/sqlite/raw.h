// The few things SOCI has no word for, by SQLite's own functions. Kept apart: SOCI includes sqlite3.h inside a namespace.
#pragma once
#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include "base/result.h"
#include "db/value.h"

struct sqlite3;

namespace confer::db::sqlite {

/// Creates the file with mode 0600 when it is not there, so that WAL and shared memory, which take its mode, are private too; takes the
/// mode from others when it is. Errors: unavailable – the folder is missing or not writable.
Result<void> create_private(const std::string& path);

/// WAL, synchronous=FULL, foreign keys, secure_delete for a writer; query_only for a reader; a busy timeout for both.
Result<void> configure(sqlite3* connection, bool read_only);
/// How long a statement waits for another process or a reader.
inline constexpr std::chrono::milliseconds busy_timeout{10'000};
void set_busy_timeout(sqlite3* connection, std::chrono::milliseconds timeout);
/// Runs one or more statements without parameters or rows.
Result<void> script(sqlite3* connection, const std::string& sql);
/// The first column of the first row as a number; 0 when there is none.
Result<std::int64_t> number(sqlite3* connection, const std::string& sql);
/// False also when an error (disk full, I/O) made SQLite roll back by itself.
bool in_transaction(sqlite3* connection);
/// True when a deferred foreign key is still violated: COMMIT would fail.
bool has_unresolved_references(sqlite3* connection);
/// Integer and real columns hold numbers (SQLite would turn "abc" into 0 and cut 1.5 to 1). `statement` is a sqlite3_stmt that stands on a row.
Result<void> check_types(void* statement, std::span<const ColumnType> columns);
/// Ends the run of a sqlite3_stmt, so that it holds no lock.
void reset(void* statement);
/// An error by SQLite's extended result code.
Error error_of(int code, const std::string& message);
/// Writes the WAL back into the file and cuts it to nothing: after that, erased text is in neither. False when a reader held it back.
Result<bool> truncate_wal(sqlite3* connection);

}  // namespace confer::db::sqlite
