// One face for SQLite and PostgreSQL: transactions, statements, migrations.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>
#include "base/embedded.h"
#include "base/result.h"
#include "base/time.h"
#include "db/statement.h"
#include "db/value.h"

namespace confer::db {

enum class Backend : unsigned char { sqlite, postgres };

class Database;

/// A transaction. Leaving its scope without `commit()` rolls back. Not shared between threads.
///
/// On SQLite writers take turns on one connection and are committed in groups: `commit()` returns when the group's WAL is synced.
/// A write transaction must not be begun inside another one of the same thread (SQLite refuses it: `internal`).
/// After a statement failed (but for `invalid`), only leaving the transaction is possible, as PostgreSQL has it: where a clash is normal,
/// write ON CONFLICT DO NOTHING.
class Tx {
 public:
  Tx(Tx&&) noexcept;
  Tx& operator=(Tx&&) = delete;
  ~Tx();

  /// The one time of this transaction.
  Instant now() const;
  Backend backend() const;
  /// Every row. Errors: unavailable – the database cannot be reached or is busy; conflict – a UNIQUE or foreign key rule
  /// (detail names it: "UNIQUE person.email" or "UNIQUE person_email_key", "FOREIGN KEY …"); invalid – a text parameter that is not UTF-8 or has
  /// U+0000; internal – anything else.
  template <class Row, class... P>
  Result<std::vector<Row>> all(const Statement& s, const P&... p);
  /// The first row, or none.
  template <class Row, class... P>
  Result<std::optional<Row>> find(const Statement& s, const P&... p);
  /// The first row. Errors: internal – there is none (for counts and RETURNING, which always answer).
  template <class Row, class... P>
  Result<Row> one(const Statement& s, const P&... p);
  /// The number of rows changed.
  template <class... P>
  Result<std::int64_t> run(const Statement& s, const P&... p);

  /// Durable when it returns without error. The hooks of `after_commit` run then, in order.
  Result<void> commit();
  /// For what must follow a commit and must not happen without one: waking workers, telling subscribers.
  void after_commit(std::function<void()> hook);
  /// Runs within `commit()` before anything is durable, in order: for what is decided as late as possible (the journal's positions). An error rolls back.
  /// `first`: before those that are there already. A row that every such transaction locks here must be locked in the same order by all of them: the
  /// journal's comes last.
  enum class Hook : unsigned char { in_turn, first };
  void before_commit(std::function<Result<void>(Tx&)> hook, Hook place = Hook::in_turn);
  /// The place of a library's own state for the length of this transaction, by a name of that library; empty at first.
  std::shared_ptr<void>& kept(std::string_view name);
  Database& database() const;
  /// Runs rows by callback without holding them all: for backups and exports.
  Result<void> each(const Statement& s, std::span<const ColumnType> columns, std::span<const Value> parameters,
                    const std::function<Result<void>(std::span<const Value>)>& row);
  /// As `run`, with parameters that are only known at run time: for restoring.
  Result<std::int64_t> run_values(const Statement& s, std::span<const Value> parameters) { return execute(s, parameters); }
  /// Around filling empty tables with rows that bring their ids: references are checked at the end, and new ids come after the highest.
  Result<void> before_restore();
  Result<void> after_restore();

 private:
  friend class Database;
  struct Impl;
  explicit Tx(std::unique_ptr<Impl>);
  Result<std::int64_t> execute(const Statement&, std::span<const Value> parameters);
  /// `limit` 0: all rows. `add` appends an empty row to `rows` and fills in where its columns go.
  Result<void> fetch_into(const Statement&, std::span<const Value> parameters, std::span<const ColumnType>, std::size_t limit, void* rows,
                          void (*add)(void* rows, Target* targets));
  template <class Row, class... P>
  Result<std::vector<Row>> fetch_rows(std::size_t limit, const Statement& s, const P&... p);
  std::unique_ptr<Impl> impl_;
};

struct Options {
  const Clock* clock = &Clock::system();
  int readers = 4;  ///< connections for reading (SQLite) or in all (PostgreSQL)
  /// A thread that waits for a second connection while it holds one can wait for ever: with this, its second `begin_…` fails (internal) at once.
  bool one_a_thread = false;
};

/// What happens before a migration changes anything: writes a backup, named in the log. Refusing stops the migration.
using BeforeMigration = std::function<Result<void>(Database&, int from_version, int to_version)>;

class Database {
 public:
  /// `url`: "sqlite:PATH" or "postgresql://…". Does not migrate. Errors: unavailable; invalid – not such a URL.
  static Result<std::unique_ptr<Database>> open(const std::string& url, Options options = {});
  ~Database();
  Backend backend() const;

  /// A read transaction sees one state of the data until it ends. On PostgreSQL: REPEATABLE READ, READ ONLY.
  Result<Tx> begin_read();
  /// Waits its turn (at most 30 s, then `unavailable`).
  Result<Tx> begin_write();

  /// Applies what is missing of the one linear history ("0001_people.sql", …), each in a transaction of its own.
  /// Errors: conflict – the data was written by a newer Confer; internal – a file that was applied has changed since.
  Result<void> migrate(std::span<const embedded::File> history, const BeforeMigration& before = {});
  Result<int> schema_version();

  /// Tells all processes on this database: `payload` arrives at every `listen` of the channel, this process's own included. 1 to 7,000 bytes.
  /// SQLite: this process only; listeners hear of what another process wrote within about a second, with an empty payload.
  void notify(std::string_view channel, std::string_view payload);
  /// `heard` is called on a thread of the database's own until it is destroyed. After a lost connection, once with an empty payload: something may have been
  /// missed.
  void listen(std::string_view channel, std::function<void(std::string_view payload)> heard);

  /// What a library derived from this database and keeps as long as it (search's vocabulary): made at the first call with that name. Any thread.
  std::shared_ptr<void> kept(std::string_view name, const std::function<std::shared_ptr<void>()>& make);

  /// The tables in an order in which each may be filled after those it refers to, with their columns: for backup and restore.
  struct TableColumn {
    std::string name;
    ColumnType type;
  };
  struct Table {
    std::string name;
    std::vector<TableColumn> columns;
  };
  Result<std::vector<Table>> tables();
  /// SQL of ours that is made at run time (backup, restore, checks); never from input. The database keeps it.
  const Statement& dynamic(const std::string& name, const std::string& sql);
  /// Statements over a whole table, for backup and restore: every row's columns in the table's order; one row's `columns`; the number of rows.
  const Statement& select_rows(const Table& table);
  const Statement& insert_row(const Table& table, const std::vector<std::string>& columns);
  const Statement& count_rows(const Table& table);
  /// The names of all statements run by this process, sorted: for the test that none is left untried.
  static std::vector<std::string> statements_run();
  /// How many statements this process has run: for the tests that a list of three costs no more of them than a list of one.
  static std::uint64_t statement_count();
  /// After erasing: takes what was erased out of SQLite's log file too (its pages are overwritten with zeroes already).
  /// Nothing to do on PostgreSQL. Not inside a transaction. Errors: unavailable – a reader held it back for 200 ms; to be done again later.
  Result<void> wipe_erased();
  /// Prepares a statement on this database without running it.
  Result<void> try_prepare(const Statement& s);

 private:
  friend class Tx;
  Result<void> check_alone() const;
  struct Impl;
  explicit Database(std::unique_ptr<Impl>);
  std::unique_ptr<Impl> impl_;
};

// ---- templates

/// Appends an empty row and says where its columns go.
template <class Row>
void add_row(void* rows, Target* targets) {
  auto tie = RowType<Row>::tie(static_cast<std::vector<Row>*>(rows)->emplace_back());
  std::apply([&]<class... T>(T&... column) { ((*targets++ = Target{&column, &read_field<T>}), ...); }, tie);
}

template <class Row, class... P>
Result<std::vector<Row>> Tx::fetch_rows(std::size_t limit, const Statement& s, const P&... p) {
  using Tie = decltype(RowType<Row>::tie(std::declval<Row&>()));
  static constexpr auto types = []<class... C>(std::tuple<C&...>*) {
    return std::array<ColumnType, sizeof...(C)>{Column<C>::type...};
  }(static_cast<Tie*>(nullptr));
  const std::array<Value, sizeof...(P)> parameters{to_value(p)...};
  std::vector<Row> rows;
  TRY(fetch_into(s, parameters, types, limit, &rows, &add_row<Row>));
  return rows;
}
template <class Row, class... P>
Result<std::vector<Row>> Tx::all(const Statement& s, const P&... p) {
  return fetch_rows<Row>(0, s, p...);
}
template <class Row, class... P>
Result<std::optional<Row>> Tx::find(const Statement& s, const P&... p) {
  TRY_ASSIGN(auto rows, fetch_rows<Row>(1, s, p...));
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}
template <class Row, class... P>
Result<Row> Tx::one(const Statement& s, const P&... p) {
  TRY_ASSIGN(auto rows, fetch_rows<Row>(1, s, p...));
  if (rows.empty()) return fail(ErrorCode::internal, "Something that must be stored is missing.", s.name);
  return std::move(rows.front());
}
template <class... P>
Result<std::int64_t> Tx::run(const Statement& s, const P&... p) {
  const std::array<Value, sizeof...(P)> parameters{to_value(p)...};
  return execute(s, parameters);
}

}  // namespace confer::db
