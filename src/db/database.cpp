// The face's own part: opening, transactions, statements made at run time.
#include "db/database.h"
#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include "base/log.h"
#include "db/engine.h"
#include "db/migrate.h"

namespace confer::db {

// ---- transactions

namespace {

/// The databases in which this thread has a transaction open.
thread_local std::vector<const Database*> open_here;

}  // namespace

struct Tx::Impl {
  /// Notes that this thread is in a transaction, and forgets it at the end. (Ended on another thread it stays noted: transactions do not travel.)
  struct Here {
    explicit Here(const Database* database) : noted(database) { open_here.push_back(database); }
    Here(const Here&) = delete;
    Here& operator=(const Here&) = delete;
    ~Here() {
      if (auto found = std::ranges::find(open_here, noted); found != open_here.end()) open_here.erase(found);
    }
    const Database* noted;
  };

  Database* database;
  Engine* engine;
  Instant now;
  std::unique_ptr<EngineTransaction> transaction;  // empty after commit
  std::vector<std::function<Result<void>(Tx&)>> before{};
  std::vector<std::function<void()>> after{};
  std::map<std::string, std::shared_ptr<void>, std::less<>> kept{};
  bool failed = false;
  Here here{database};

  /// PostgreSQL refuses everything after an error until the transaction ends. SQLite would go on: it is made to behave the same.
  Result<void> check_usable(const char* statement) const {
    if (!transaction) return fail(ErrorCode::internal, "This action could not be completed.", std::string(statement) + ": the transaction has ended");
    if (failed)
      return fail(ErrorCode::internal, "This action could not be completed.", std::string(statement) + ": an earlier statement of the transaction failed");
    return {};
  }
  template <class T>
  Result<T> note(Result<T> result) {
    if (!result && result.error().code != ErrorCode::invalid) failed = true;
    return result;
  }
};

Tx::Tx(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Tx::Tx(Tx&&) noexcept = default;
Tx::~Tx() = default;

Instant Tx::now() const { return impl_->now; }
Backend Tx::backend() const { return impl_->engine->backend(); }
Database& Tx::database() const { return *impl_->database; }
void Tx::after_commit(std::function<void()> hook) { impl_->after.push_back(std::move(hook)); }
void Tx::before_commit(std::function<Result<void>(Tx&)> hook, Hook place) {
  impl_->before.insert(place == Hook::first ? impl_->before.begin() : impl_->before.end(), std::move(hook));
}

std::shared_ptr<void>& Tx::kept(std::string_view name) {
  auto found = impl_->kept.find(name);
  if (found == impl_->kept.end()) found = impl_->kept.emplace(name, nullptr).first;
  return found->second;
}

Result<void> Tx::commit() {
  TRY(impl_->check_usable("commit"));
  // A hook may add another one, so neither list is walked by iterator, and one that goes first must not move those that are done.
  while (!impl_->before.empty()) {
    auto hook = std::move(impl_->before.front());
    impl_->before.erase(impl_->before.begin());
    if (auto decided = hook(*this); !decided) {
      impl_->transaction.reset();
      return decided;
    }
  }
  TRY(impl_->check_usable("commit"));
  auto transaction = std::move(impl_->transaction);
  auto done = transaction->commit();
  transaction.reset();
  if (!done) return done;
  for (std::size_t i = 0; i < impl_->after.size(); ++i) {
    auto hook = std::move(impl_->after[i]);
    hook();
  }
  return {};
}

Result<std::int64_t> Tx::execute(const Statement& s, std::span<const Value> parameters) {
  TRY(impl_->check_usable(s.name));
  return impl_->note(impl_->transaction->connection().execute(s, parameters));
}

Result<void> Tx::fetch_into(const Statement& s, std::span<const Value> parameters, std::span<const ColumnType> columns, std::size_t limit, void* rows,
                            void (*add)(void* rows, Target* targets)) {
  TRY(impl_->check_usable(s.name));
  std::vector<Target> targets(columns.size());
  // A value that does not fit its field is ours to explain; it does not end the transaction as an error of the database does.
  Result<void> unreadable;
  auto fetched = impl_->transaction->connection().fetch(s, parameters, columns, limit, Connection::Keep::yes, [&](std::vector<Value>&& row) -> Result<void> {
    add(rows, targets.data());
    for (std::size_t i = 0; i < row.size() && unreadable; ++i) unreadable = targets[i].read(row[i], targets[i].field);
    return {};
  });
  TRY(impl_->note(std::move(fetched)));
  if (!unreadable) return std::unexpected(wrap(std::move(unreadable).error(), s.name));
  return {};
}

Result<void> Tx::each(const Statement& s, std::span<const ColumnType> columns, std::span<const Value> parameters,
                      const std::function<Result<void>(std::span<const Value>)>& row) {
  TRY(impl_->check_usable(s.name));
  auto& connection = impl_->transaction->connection();
  // The statement is not shared: `row` may run it again. Its own error ends the rows but not the transaction.
  Result<void> stopped;
  auto fetched = connection.fetch(s, parameters, columns, 0, Connection::Keep::no, [&](std::vector<Value>&& values) {
    stopped = row(values);
    return stopped;
  });
  return stopped ? impl_->note(std::move(fetched)) : stopped;
}

Result<void> Tx::before_restore() {
  TRY(impl_->check_usable("before_restore"));
  return impl_->note(impl_->engine->before_restore(impl_->transaction->connection()));
}

Result<void> Tx::after_restore() {
  TRY(impl_->check_usable("after_restore"));
  return impl_->note(impl_->engine->after_restore(impl_->transaction->connection()));
}

// ---- the database

namespace {

/// A statement made at run time owns its texts.
struct DynamicStatement {
  std::string name, sql;
  Statement statement{nullptr, nullptr, nullptr};
};

}  // namespace

struct Database::Impl {
  Options options;
  std::mutex mutex;
  std::map<std::pair<std::string, std::string>, std::unique_ptr<DynamicStatement>> dynamic;
  std::recursive_mutex kept_mutex;  // what is made may ask for something else that is kept
  std::map<std::string, std::shared_ptr<void>, std::less<>> kept;
  std::unique_ptr<Engine> engine;  // last: its threads, which call into the above, end first
};

Database::Database(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Database::~Database() = default;

Result<std::unique_ptr<Database>> Database::open(const std::string& url, Options options) {
  auto impl = std::make_unique<Impl>();
  impl->options = options;
  if (url.starts_with("sqlite:") && url.size() > 7) {
    TRY_ASSIGN(impl->engine, open_sqlite(url.substr(7), options));
  } else if (url.starts_with("postgresql://") || url.starts_with("postgres://")) {
    TRY_ASSIGN(impl->engine, open_postgres(url, options));
  } else {
    return fail(ErrorCode::invalid, "A database is given as sqlite:PATH or postgresql://USER@HOST/NAME.");
  }
  return std::unique_ptr<Database>(new Database(std::move(impl)));
}

Backend Database::backend() const { return impl_->engine->backend(); }

Result<void> Database::check_alone() const {
  if (impl_->options.one_a_thread && std::ranges::find(open_here, this) != open_here.end())
    return fail(ErrorCode::internal, "Something went wrong here. It has been noted.", "a second transaction on a thread that has one");
  return {};
}

Result<Tx> Database::begin_read() {
  TRY(check_alone());
  TRY_ASSIGN(auto transaction, impl_->engine->begin_read());
  return Tx(std::unique_ptr<Tx::Impl>(new Tx::Impl{this, impl_->engine.get(), impl_->options.clock->now(), std::move(transaction)}));
}

Result<Tx> Database::begin_write() {
  TRY(check_alone());
  TRY_ASSIGN(auto transaction, impl_->engine->begin_write());
  return Tx(std::unique_ptr<Tx::Impl>(new Tx::Impl{this, impl_->engine.get(), impl_->options.clock->now(), std::move(transaction)}));
}

void Database::notify(std::string_view channel, std::string_view payload) {
  ASSERT(payload.size() <= 7000 && !payload.empty());
  impl_->engine->notify(channel, payload);
}
void Database::listen(std::string_view channel, std::function<void(std::string_view payload)> heard) { impl_->engine->listen(channel, std::move(heard)); }

Result<std::vector<Database::Table>> Database::tables() { return impl_->engine->tables(); }

const Statement& Database::dynamic(const std::string& name, const std::string& sql) {
  std::lock_guard lock(impl_->mutex);
  auto& entry = impl_->dynamic[{name, sql}];
  if (!entry) {
    entry = std::make_unique<DynamicStatement>(name, sql);
    entry->statement = {entry->name.c_str(), entry->sql.c_str(), entry->sql.c_str()};
  }
  return entry->statement;
}

const Statement& Database::select_rows(const Table& table) {
  std::string columns;
  for (const auto& column : table.columns) columns += (columns.empty() ? "" : ", ") + column.name;
  return dynamic("backup/" + table.name, "SELECT " + columns + " FROM " + table.name);
}
const Statement& Database::insert_row(const Table& table, const std::vector<std::string>& columns) {
  std::string names, places;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    names += (i == 0 ? "" : ", ") + columns[i];
    places += (i == 0 ? ":" : ", :") + std::to_string(i + 1);
  }
  return dynamic("restore/" + table.name, "INSERT INTO " + table.name + " (" + names + ") VALUES (" + places + ")");
}
const Statement& Database::count_rows(const Table& table) { return dynamic("restore/count/" + table.name, "SELECT COUNT(*) FROM " + table.name); }

std::shared_ptr<void> Database::kept(std::string_view name, const std::function<std::shared_ptr<void>()>& make) {
  std::lock_guard lock(impl_->kept_mutex);
  if (auto found = impl_->kept.find(name); found != impl_->kept.end()) return found->second;
  auto made = make();
  return impl_->kept.emplace(name, std::move(made)).first->second;
}

std::vector<std::string> Database::statements_run() { return names_of_statements_run(); }
std::uint64_t Database::statement_count() { return count_of_statements_run(); }
Result<void> Database::try_prepare(const Statement& s) { return impl_->engine->try_prepare(s); }
Result<void> Database::wipe_erased() { return impl_->engine->wipe_erased(); }

std::vector<Database::Table> in_order_of_references(std::vector<Database::Table> tables, const std::vector<Reference>& references) {
  std::ranges::sort(tables, {}, &Database::Table::name);
  std::map<std::string, std::set<std::string>> waits_for;
  for (const auto& r : references) {
    if (r.from != r.to && std::ranges::find(tables, r.to, &Database::Table::name) != tables.end()) waits_for[r.from].insert(r.to);
  }
  std::vector<Database::Table> ordered;
  while (!tables.empty()) {
    auto next = std::ranges::find_if(tables, [&](const auto& t) { return waits_for[t.name].empty(); });
    // Inside a circle none is free: then the first by name, and the caller defers the references.
    if (next == tables.end()) next = tables.begin();
    for (auto& [name, others] : waits_for) others.erase(next->name);
    ordered.push_back(std::move(*next));
    tables.erase(next);
  }
  return ordered;
}

Result<void> Database::migrate(std::span<const embedded::File> history, const BeforeMigration& before) {
  return run_migrations(*this, *impl_->engine, history, before, *impl_->options.clock);
}

Result<int> Database::schema_version() { return stored_schema_version(*this); }

}  // namespace confer::db
