// The few things SOCI has no word for, by libpq's own functions.
#include "db/postgres/raw.h"
#include <libpq-fe.h>
#include <memory>
#include "base/text.h"

namespace confer::db::postgres {

namespace {

using Answer = std::unique_ptr<PGresult, decltype(&PQclear)>;

Result<Answer> ask(pg_conn* connection, const std::string& sql) {
  Answer answer(PQexec(connection, sql.c_str()), &PQclear);
  const auto status = PQresultStatus(answer.get());
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY) return answer;
  const char* state = PQresultErrorField(answer.get(), PG_DIAG_SQLSTATE);
  return std::unexpected(error_of(connection, state == nullptr ? "" : state, PQerrorMessage(connection)));
}

/// What stands between the last pair of double quotes. A server in another language may use other quotes: then the whole message is kept.
std::string quoted_name(const std::string& message) {
  auto end = message.rfind('"');
  if (end == std::string::npos || end == 0) return message;
  auto begin = message.rfind('"', end - 1);
  return begin == std::string::npos ? message : message.substr(begin + 1, end - begin - 1);
}

}  // namespace

Result<void> configure(pg_conn* connection) {
  PQsetErrorVerbosity(connection, PQERRORS_TERSE);
  PQsetNoticeProcessor(connection, [](void*, const char*) {}, nullptr);
  TRY(script(connection, "SET client_encoding TO 'UTF8'; SET lock_timeout TO '30s'; SET standard_conforming_strings TO on"));
  TRY_ASSIGN(auto encoding, text(connection, "SHOW server_encoding"));
  if (encoding != "UTF8") return fail(ErrorCode::invalid, "The PostgreSQL database must have the encoding UTF8.", encoding);
  TRY_ASSIGN(auto waits, text(connection, "SHOW synchronous_commit"));
  // What is acknowledged is on disk, also on a server that was told to be faster than that.
  if (waits == "off") TRY(script(connection, "SET synchronous_commit TO on"));
  return {};
}

Result<void> script(pg_conn* connection, const std::string& sql) {
  TRY(ask(connection, sql));
  return {};
}

Result<std::string> text(pg_conn* connection, const std::string& sql) {
  TRY_ASSIGN(auto answer, ask(connection, sql));
  if (PQntuples(answer.get()) == 0 || PQnfields(answer.get()) == 0) return std::string();
  return std::string(PQgetvalue(answer.get(), 0, 0));
}

bool is_lost(pg_conn* connection) { return connection == nullptr || PQstatus(connection) != CONNECTION_OK; }

bool in_transaction(pg_conn* connection) {
  const auto status = PQtransactionStatus(connection);
  return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
}

Error error_of(pg_conn* connection, const std::string& sqlstate, const std::string& message) {
  auto make = [&](ErrorCode c, const char* text, std::string detail) { return Error{c, text, std::move(detail)}; };
  std::string detail = sqlstate + " " + std::string(trim(message));
  // Class codes from PostgreSQL's appendix A: 08 connection, 53 out of resources, 57P operator intervention.
  if (is_lost(connection) || sqlstate.starts_with("08") || sqlstate.starts_with("57P")) {
    return make(ErrorCode::unavailable, "The connection to the database was lost; please try again.", std::move(detail));
  }
  if (sqlstate == "23505") return make(ErrorCode::conflict, "This is already taken.", "UNIQUE " + quoted_name(message));
  if (sqlstate == "23503") {
    // 'insert or update on table "a" violates foreign key constraint "a_b_fkey"', or on deletion followed by 'on table "a"'.
    auto at = message.find("constraint \"");
    auto end = at == std::string::npos ? at : message.find('"', at + 12);
    return make(ErrorCode::conflict, "Something that this refers to is missing, or still refers to it.",
                "FOREIGN KEY " + (end == std::string::npos ? quoted_name(message) : message.substr(at + 12, end - at - 12)));
  }
  if (sqlstate == "40001" || sqlstate == "40P01" || sqlstate == "55P03" || sqlstate == "57014") {
    return make(ErrorCode::unavailable, "The database is busy; please try again.", std::move(detail));
  }
  if (sqlstate.starts_with("53")) return make(ErrorCode::unavailable, "The database has no room left; please try again later.", std::move(detail));
  return make(ErrorCode::internal, "The database could not do this.", std::move(detail));
}

}  // namespace confer::db::postgres
