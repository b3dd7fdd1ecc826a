// One connection with its prepared statements. The only door to SOCI; raw handles are lent to sqlite/ and postgres/.
#pragma once
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>
#include "base/result.h"
#include "db/database.h"

struct sqlite3;
struct pg_conn;

namespace confer::db {

/// Used by one thread at a time.
class Connection {
 public:
  static Result<std::unique_ptr<Connection>> open_sqlite(const std::string& path, bool read_only);
  static Result<std::unique_ptr<Connection>> open_postgres(const std::string& url);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  Backend backend() const;
  /// The number of rows changed.
  Result<std::int64_t> execute(const Statement& s, std::span<const Value> parameters);
  /// Rows into `row` until it fails; `limit` 0: all. `keep`: whether the prepared statement stays for next time.
  enum class Keep : unsigned char { yes, no };
  using Sink = std::function<Result<void>(std::vector<Value>&&)>;
  Result<void> fetch(const Statement& s, std::span<const Value> parameters, std::span<const ColumnType> columns, std::size_t limit, Keep keep, const Sink& row);
  Result<void> try_prepare(const Statement& s);
  /// The connection is dead: throw it away.
  bool lost() const;

  /// The handle, for what SOCI has no word for; nullptr on the other database.
  sqlite3* sqlite() const;
  pg_conn* postgres() const;

 private:
  struct Impl;
  explicit Connection(std::unique_ptr<Impl>);
  std::unique_ptr<Impl> impl_;
};

/// The names of all statements run so far by this process, sorted.
std::vector<std::string> names_of_statements_run();
std::uint64_t count_of_statements_run();

}  // namespace confer::db
