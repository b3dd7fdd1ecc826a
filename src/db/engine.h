// What each database does in its own way: beginning, ending, telling, describing itself. sqlite/ and postgres/ implement it.
#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>
#include "base/result.h"
#include "db/connection.h"

namespace confer::db {

/// How long anybody waits for a connection or for the turn to write.
inline constexpr std::chrono::seconds longest_wait{30};

/// A physical or, on SQLite, logical transaction. Its destructor rolls back what was neither committed nor rolled back.
class EngineTransaction {
 public:
  virtual ~EngineTransaction() = default;
  virtual Connection& connection() = 0;
  /// Durable when it returns without error. The connection is free for others then, with or without error.
  virtual Result<void> commit() = 0;
};

class Engine {
 public:
  virtual ~Engine() = default;
  virtual Backend backend() const = 0;
  virtual Result<std::unique_ptr<EngineTransaction>> begin_read() = 0;
  virtual Result<std::unique_ptr<EngineTransaction>> begin_write() = 0;
  virtual Result<void> try_prepare(const Statement& s) = 0;

  /// Keeps other processes from migrating until `work` is done.
  virtual Result<void> alone(const std::function<Result<void>()>& work) = 0;
  /// Runs a migration's script and then `after` in one transaction of nothing else; references between tables are checked at its end.
  virtual Result<void> migrate(const std::string& script, const std::function<Result<void>(Connection&)>& after) = 0;
  virtual Result<std::vector<Database::Table>> tables() = 0;

  virtual Result<void> before_restore(Connection& c) = 0;
  virtual Result<void> after_restore(Connection& c) = 0;
  virtual Result<void> wipe_erased() = 0;

  virtual void notify(std::string_view channel, std::string_view payload) = 0;
  virtual void listen(std::string_view channel, std::function<void(std::string_view)> heard) = 0;
};

Result<std::unique_ptr<Engine>> open_sqlite(const std::string& path, const Options& options);
Result<std::unique_ptr<Engine>> open_postgres(const std::string& url, const Options& options);

/// The tables with those they refer to first; among equals and inside a circle by name.
struct Reference {
  std::string from, to;
};
std::vector<Database::Table> in_order_of_references(std::vector<Database::Table> tables, const std::vector<Reference>& references);

}  // namespace confer::db
