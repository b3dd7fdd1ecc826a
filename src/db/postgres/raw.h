// The few things SOCI has no word for, by libpq's own functions.
#pragma once
#include <cstdint>
#include <string>
#include "base/result.h"

struct pg_conn;

namespace confer::db::postgres {

/// Short error texts (a DETAIL line would show stored values), no notices on stderr, UTF-8, a lock timeout of 30 s, and commits that wait for the disk.
Result<void> configure(pg_conn* connection);
/// Runs one or more statements without parameters or rows.
Result<void> script(pg_conn* connection, const std::string& sql);
/// The first column of the first row; "" when there is none or it is NULL.
Result<std::string> text(pg_conn* connection, const std::string& sql);
bool is_lost(pg_conn* connection);
/// True inside a transaction, also a failed one.
bool in_transaction(pg_conn* connection);
/// An error by SQLSTATE.
Error error_of(pg_conn* connection, const std::string& sqlstate, const std::string& message);

}  // namespace confer::db::postgres
