// PostgreSQL behind the database's face: a pool of connections, advisory lock for migrations, LISTEN/NOTIFY.
#include "db/engine.h"
#include <map>
#include "base/log.h"
#include "db/pool.h"
#include "db/postgres/listener.h"
#include "db/postgres/raw.h"

namespace confer::db {

namespace {

class PostgresTransaction final : public EngineTransaction {
 public:
  explicit PostgresTransaction(Pool::Lease lease) : lease_(std::move(lease)) {}
  ~PostgresTransaction() override {
    if (!open_) return;
    if (auto undone = postgres::script(lease_->postgres(), "ROLLBACK"); !undone) {
      log(LogTopic::db, LogLevel::warning, "transaction could not be rolled back", {{"detail", undone.error().detail}});
    }
  }
  Connection& connection() override { return *lease_; }
  Result<void> commit() override {
    open_ = false;
    auto done = postgres::script(lease_->postgres(), "COMMIT");
    lease_.give_back();
    return done;
  }

 private:
  Pool::Lease lease_;
  bool open_ = true;
};

constexpr Statement list_columns{
    "db/list_columns", "",
    "SELECT c.relname::text, a.attname::text, t.typname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
    "JOIN pg_type t ON t.oid = a.atttypid WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') "
    "AND c.relname <> 'schema_migrations' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND t.typname <> 'tsvector' "
    "ORDER BY c.relname, a.attnum"};
constexpr Statement list_references{"db/list_references", "",
                                    "SELECT r.relname::text, f.relname::text, k.conname::text FROM pg_constraint k JOIN pg_class r ON r.oid = k.conrelid "
                                    "JOIN pg_class f ON f.oid = k.confrelid WHERE k.contype = 'f' AND r.relnamespace = current_schema()::regnamespace "
                                    "ORDER BY r.relname, k.conname"};
constexpr Statement list_identities{"db/list_identities", "",
                                    "SELECT c.relname::text, a.attname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
                                    "WHERE c.relnamespace = current_schema()::regnamespace AND a.attidentity <> '' ORDER BY c.relname, a.attname"};
constexpr std::array two_texts{ColumnType::text, ColumnType::text};
constexpr std::array three_texts{ColumnType::text, ColumnType::text, ColumnType::text};

ColumnType type_named(const std::string& name) {
  if (name.starts_with("int") || name == "bool") return ColumnType::integer;
  if (name.starts_with("float")) return ColumnType::real;
  return ColumnType::text;
}

std::string quoted(const Value& name) { return '"' + std::get<std::string>(name) + '"'; }

class PostgresEngine final : public Engine {
 public:
  PostgresEngine(const std::string& url, const std::string& schema, const Options& options)
      : url_(url), pool_(options.readers, [url] { return Connection::open_postgres(url); }), listener_(url, schema) {}

  Backend backend() const override { return Backend::postgres; }
  Result<std::unique_ptr<EngineTransaction>> begin_read() override { return begin("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"); }
  Result<std::unique_ptr<EngineTransaction>> begin_write() override { return begin("BEGIN ISOLATION LEVEL READ COMMITTED, READ WRITE"); }
  Result<void> try_prepare(const Statement& s) override {
    TRY_ASSIGN(auto lease, pool_.borrow());
    return lease->try_prepare(s);
  }

  Result<void> alone(const std::function<Result<void>()>& work) override {
    // On a connection of its own: the lock belongs to the session and goes with it. 0x636f6e66 is "conf".
    TRY_ASSIGN(auto connection, Connection::open_postgres(url_));
    TRY(postgres::script(connection->postgres(), "SET lock_timeout TO 0; SELECT pg_advisory_lock(1668247142, hashtext(current_schema()))"));
    return work();
  }

  Result<void> migrate(const std::string& script, const std::function<Result<void>(Connection&)>& after) override {
    auto result = [&]() -> Result<void> {
      TRY_ASSIGN(auto transaction, begin_write());
      TRY(after(transaction->connection()));
      TRY(postgres::script(transaction->connection().postgres(), script));
      return transaction->commit();
    }();
    pool_.close_idle();
    return result;
  }

  Result<std::vector<Database::Table>> tables() override {
    TRY_ASSIGN(auto transaction, begin_read());
    auto& c = transaction->connection();
    std::map<std::string, Database::Table> by_name;
    std::vector<Reference> references;
    TRY(c.fetch(list_columns, {}, three_texts, 0, Connection::Keep::no, [&](std::vector<Value>&& row) -> Result<void> {
      auto& table = by_name[std::get<std::string>(row[0])];
      table.name = std::get<std::string>(row[0]);
      table.columns.push_back({std::get<std::string>(row[1]), type_named(std::get<std::string>(row[2]))});
      return {};
    }));
    TRY(c.fetch(list_references, {}, three_texts, 0, Connection::Keep::no, [&](std::vector<Value>&& row) -> Result<void> {
      references.push_back({std::get<std::string>(row[0]), std::get<std::string>(row[1])});
      return {};
    }));
    std::vector<Database::Table> tables;
    for (auto& [name, table] : by_name) tables.push_back(std::move(table));
    return in_order_of_references(std::move(tables), references);
  }

  Result<void> before_restore(Connection& c) override { return for_each_reference(c, "DEFERRABLE INITIALLY DEFERRED"); }
  Result<void> after_restore(Connection& c) override {
    TRY(postgres::script(c.postgres(), "SET CONSTRAINTS ALL IMMEDIATE"));
    TRY(for_each_reference(c, "NOT DEFERRABLE"));
    std::vector<std::vector<Value>> identities;
    TRY(c.fetch(list_identities, {}, two_texts, 0, Connection::Keep::no, [&](std::vector<Value>&& row) -> Result<void> {
      identities.push_back(std::move(row));
      return {};
    }));
    for (const auto& row : identities) {
      TRY(postgres::script(c.postgres(), "SELECT setval(pg_get_serial_sequence('" + quoted(row[0]) + "', '" + std::get<std::string>(row[1]) +
                                             "'), greatest(max(" + quoted(row[1]) + "), 1), max(" + quoted(row[1]) + ") IS NOT NULL) FROM " + quoted(row[0])));
    }
    return {};
  }
  // Old row versions leave with autovacuum; what the issue asks of a dump holds at once.
  Result<void> wipe_erased() override { return {}; }

  void notify(std::string_view channel, std::string_view payload) override { listener_.notify(channel, payload); }
  void listen(std::string_view channel, std::function<void(std::string_view)> heard) override { listener_.listen(channel, std::move(heard)); }

 private:
  Result<std::unique_ptr<EngineTransaction>> begin(const char* statement) {
    // After a restart of the server every idle connection is dead: each is thrown away on its way back to the pool, until one is opened afresh.
    for (int attempt = 0;; ++attempt) {
      TRY_ASSIGN(auto lease, pool_.borrow());
      auto begun = postgres::script(lease->postgres(), statement);
      if (begun) return std::make_unique<PostgresTransaction>(std::move(lease));
      if (!lease->lost() || attempt == most_attempts) return std::unexpected(std::move(begun).error());
      lease.give_back();
      pool_.close_idle();
    }
  }
  Result<void> for_each_reference(Connection& c, const std::string& mode) {
    std::string changes;
    TRY(c.fetch(list_references, {}, three_texts, 0, Connection::Keep::no, [&](std::vector<Value>&& row) -> Result<void> {
      changes += "ALTER TABLE " + quoted(row[0]) + " ALTER CONSTRAINT " + quoted(row[2]) + " " + mode + ";";
      return {};
    }));
    return postgres::script(c.postgres(), changes);
  }

  static constexpr int most_attempts = 3;
  const std::string url_;
  Pool pool_;
  postgres::Listener listener_;
};

}  // namespace

Result<std::unique_ptr<Engine>> open_postgres(const std::string& url, const Options& options) {
  TRY_ASSIGN(auto first, Connection::open_postgres(url));
  TRY_ASSIGN(auto schema, postgres::text(first->postgres(), "SELECT current_schema()"));
  if (schema.empty()) return fail(ErrorCode::invalid, "The PostgreSQL search path names no schema that exists; create it first.");
  return std::make_unique<PostgresEngine>(url, schema, options);
}

}  // namespace confer::db
