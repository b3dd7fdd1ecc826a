// The few things SOCI has no word for, by SQLite's own functions.
#include "db/sqlite/raw.h"
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>

namespace confer::db::sqlite {

Result<void> create_private(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) {
    return fail(ErrorCode::unavailable, "The database file cannot be created or opened; check that its folder exists and may be written.",
                path + ": " + std::strerror(errno));
  }
  struct stat s{};
  // A file of somebody else's that we may write is left as it is: its owner decides.
  if (::fstat(file, &s) == 0 && (s.st_mode & 0077) != 0 && s.st_uid == ::geteuid()) ::fchmod(file, s.st_mode & 0700);
  ::close(file);
  return {};
}

void set_busy_timeout(sqlite3* connection, std::chrono::milliseconds timeout) { sqlite3_busy_timeout(connection, static_cast<int>(timeout.count())); }

Result<void> configure(sqlite3* connection, bool read_only) {
  sqlite3_extended_result_codes(connection, 1);
  set_busy_timeout(connection, busy_timeout);
  if (read_only) return script(connection, "PRAGMA query_only=ON; PRAGMA temp_store=MEMORY");
  TRY(script(connection, "PRAGMA journal_mode=WAL"));
  if (auto mode = number(connection, "SELECT journal_mode = 'wal' FROM pragma_journal_mode()"); !mode || *mode != 1) {
    return fail(ErrorCode::unavailable, "The database file is on a file system that cannot share memory between processes (WAL); use a local disk.");
  }
  // 64 MiB: what a WAL that once grew long (a large import) is cut to afterwards.
  // 16 MiB of pages in memory, and as much in the WAL before it is copied into the file: a large import touches the same leaves of indexes again and again.
  return script(connection,
                "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY; "
                "PRAGMA cache_size=-16384; PRAGMA wal_autocheckpoint=4000; PRAGMA journal_size_limit=67108864; PRAGMA recursive_triggers=ON");
}

Result<void> script(sqlite3* connection, const std::string& sql) {
  const int code = sqlite3_exec(connection, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return std::unexpected(error_of(code, sqlite3_errmsg(connection)));
  return {};
}

Result<std::int64_t> number(sqlite3* connection, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  int code = sqlite3_prepare_v2(connection, sql.c_str(), -1, &statement, nullptr);
  if (code != SQLITE_OK) return std::unexpected(error_of(code, sqlite3_errmsg(connection)));
  code = sqlite3_step(statement);
  const std::int64_t n = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
  sqlite3_finalize(statement);
  if (code != SQLITE_ROW && code != SQLITE_DONE) return std::unexpected(error_of(code, sqlite3_errmsg(connection)));
  return n;
}

bool in_transaction(sqlite3* connection) { return sqlite3_get_autocommit(connection) == 0; }

bool has_unresolved_references(sqlite3* connection) {
  int current = 0, highest = 0;
  sqlite3_db_status(connection, SQLITE_DBSTATUS_DEFERRED_FKS, &current, &highest, 0);
  return current != 0;
}

Result<void> check_types(void* statement, std::span<const ColumnType> columns) {
  auto* s = static_cast<sqlite3_stmt*>(statement);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const int column = static_cast<int>(i);
    const int type = sqlite3_column_type(s, column);
    const bool wrong = (columns[i] == ColumnType::integer && type != SQLITE_INTEGER && type != SQLITE_NULL) ||
                       (columns[i] == ColumnType::real && type != SQLITE_INTEGER && type != SQLITE_FLOAT && type != SQLITE_NULL);
    if (wrong) return fail(ErrorCode::internal, "A stored value is not a number of the kind expected.", sqlite3_column_name(s, column));
  }
  return {};
}

void reset(void* statement) { sqlite3_reset(static_cast<sqlite3_stmt*>(statement)); }

Error error_of(int code, const std::string& message) {
  auto make = [&](ErrorCode c, const char* text, std::string detail) { return Error{c, text, std::move(detail)}; };
  // "UNIQUE constraint failed: person.email" names what was violated behind the colon, wherever SOCI's own words stand before it.
  auto named = [&](const char* kind) {
    auto at = message.find("constraint failed: ");
    return at == std::string::npos ? std::string(kind) : std::string(kind) + " " + message.substr(at + 19);
  };
  switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
      return make(ErrorCode::conflict, "This is already taken.", named("UNIQUE"));
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      return make(ErrorCode::conflict, "Something that this refers to is missing, or still refers to it.", "FOREIGN KEY");
    default:
      break;
  }
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return make(ErrorCode::unavailable, "The database is busy; please try again.", message);
    case SQLITE_FULL:
      return make(ErrorCode::unavailable, "The disk is full; nothing was changed.", message);
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
      return make(ErrorCode::unavailable, "The database file cannot be read or written.", message);
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return make(ErrorCode::internal, "The database file is damaged or is not a database.", message);
    default:
      return make(ErrorCode::internal, "The database could not do this.", message);
  }
}

Result<bool> truncate_wal(sqlite3* connection) {
  const int code = sqlite3_wal_checkpoint_v2(connection, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  if (code == SQLITE_OK) return true;
  if ((code & 0xff) == SQLITE_BUSY) return false;
  return std::unexpected(error_of(code, sqlite3_errmsg(connection)));
}

}  // namespace confer::db::sqlite
