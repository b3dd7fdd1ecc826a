// One connection with its prepared statements, by SOCI; its exceptions end here.
#include "db/connection.h"
#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <unistd.h>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <mutex>
#include <set>
#include <unordered_map>
#include "base/text.h"
#include "db/parameters.h"
#include "db/postgres/raw.h"
#include "db/sqlite/raw.h"

namespace confer::db {

namespace {

/// Names of statements run; written out at exit when CONFER_SQL_TRACE_DIR is set (script/untried_sql.py reads them).
class Trace {
 public:
  static Trace& instance() {
    static Trace trace;
    return trace;
  }
  void add(const char* name) {
    std::lock_guard lock(mutex_);
    names_.insert(name);
  }
  void count_one() { count_.fetch_add(1, std::memory_order_relaxed); }
  std::uint64_t count() const { return count_.load(std::memory_order_relaxed); }
  std::vector<std::string> sorted() {
    std::lock_guard lock(mutex_);
    return {names_.begin(), names_.end()};
  }
  ~Trace() {
    const char* directory = std::getenv("CONFER_SQL_TRACE_DIR");
    if (directory == nullptr || names_.empty()) return;
    std::ofstream out(std::string(directory) + "/" + std::to_string(getpid()) + ".txt", std::ios::app);
    for (const auto& name : names_) out << name << '\n';
  }

 private:
  std::mutex mutex_;
  std::set<std::string> names_;
  std::atomic<std::uint64_t> count_ = 0;
};

/// Where SOCI finds a parameter's value or leaves a column's. Its address must not change while bound.
struct Cell {
  ColumnType type = ColumnType::text;
  bool typed = false;  ///< false while only NULL has been seen: then it is bound as text
  soci::indicator indicator = soci::i_ok;
  long long integer = 0;
  double real = 0;
  std::string text;
};

ColumnType type_of(const Value& v) {
  if (std::holds_alternative<std::int64_t>(v)) return ColumnType::integer;
  if (std::holds_alternative<double>(v)) return ColumnType::real;
  return ColumnType::text;
}

struct Prepared {
  std::string sql;
  std::deque<Cell> parameters, columns;
  bool recorded = false;
  std::unique_ptr<soci::statement> statement;  // last: destroyed before the cells it points to

  bool fits(std::span<const Value> p, std::span<const ColumnType> c) const {
    if (columns.size() != c.size()) return false;
    for (std::size_t i = 0; i < c.size(); ++i) {
      if (columns[i].type != c[i]) return false;
    }
    for (std::size_t i = 0; i < p.size(); ++i) {
      if (!std::holds_alternative<std::monostate>(p[i]) && (!parameters[i].typed || parameters[i].type != type_of(p[i]))) return false;
    }
    return true;
  }
};

template <class Bind>
void bind_cell(Cell& cell, const Bind& bind) {
  switch (cell.type) {
    case ColumnType::integer:
      bind(cell.integer, cell.indicator);
      break;
    case ColumnType::real:
      bind(cell.real, cell.indicator);
      break;
    case ColumnType::text:
      bind(cell.text, cell.indicator);
      break;
  }
}

void fill(Cell& cell, const Value& value) {
  cell.indicator = soci::i_ok;
  if (const auto* n = std::get_if<std::int64_t>(&value))
    cell.integer = *n;
  else if (const auto* d = std::get_if<double>(&value))
    cell.real = *d;
  else if (const auto* t = std::get_if<std::string>(&value))
    cell.text = *t;
  else
    cell.indicator = soci::i_null;
}

Value value_of(const Cell& cell) {
  if (cell.indicator == soci::i_null) return {};
  switch (cell.type) {
    case ColumnType::integer:
      return static_cast<std::int64_t>(cell.integer);
    case ColumnType::real:
      return cell.real;
    case ColumnType::text:
      break;
  }
  return cell.text;
}

/// SOCI looks for its own option in "key=value" words and puts an '=' behind a word without one: a URL must have a parameter.
std::string with_application_name(const std::string& url) {
  if (url.find("application_name=") != std::string::npos) return url;
  return url + (url.find('?') == std::string::npos ? '?' : '&') + "application_name=confer";
}

Result<void> check_parameters(const Statement& s, std::span<const Value> parameters) {
  for (const auto& p : parameters) {
    const auto* text = std::get_if<std::string>(&p);
    if (text == nullptr) continue;
    if (text->find('\0') != std::string::npos) return fail(ErrorCode::invalid, "The text contains the character U+0000; please remove it.", s.name);
    if (!is_valid_utf8(*text)) return fail(ErrorCode::invalid, "The text is not valid UTF-8; please enter it again.", s.name);
  }
  return {};
}

}  // namespace

std::vector<std::string> names_of_statements_run() { return Trace::instance().sorted(); }
std::uint64_t count_of_statements_run() { return Trace::instance().count(); }

struct Connection::Impl {
  Backend backend;
  soci::session session;
  /// By the statement's text: a name's address may be used again by another statement, in tests for instance.
  std::unordered_map<std::string_view, std::unique_ptr<Prepared>> prepared;

  Style style() const { return backend == Backend::sqlite ? Style::sqlite : Style::postgres; }
  sqlite3* sqlite() {
    if (backend != Backend::sqlite) return nullptr;
    // SOCI includes sqlite3.h inside a namespace of its own, so that its handle has another type by name only.
    return reinterpret_cast<sqlite3*>(static_cast<soci::sqlite3_session_backend*>(session.get_backend())->conn_);
  }
  pg_conn* postgres() { return backend == Backend::postgres ? static_cast<soci::postgresql_session_backend*>(session.get_backend())->conn_ : nullptr; }

  Error error_of(const std::exception& e, const char* statement) {
    // what() of SOCI's errors quotes the values of all parameters, which may be personal; get_error_message() does not.
    const auto* ours = dynamic_cast<const soci::soci_error*>(&e);
    const std::string message = ours == nullptr ? e.what() : ours->get_error_message();
    if (const auto* s = dynamic_cast<const soci::sqlite3_soci_error*>(&e)) return wrap(sqlite::error_of(s->result(), message), statement);
    if (const auto* p = dynamic_cast<const soci::postgresql_soci_error*>(&e)) return wrap(postgres::error_of(postgres(), p->sqlstate(), message), statement);
    if (backend == Backend::postgres && postgres::is_lost(postgres())) return wrap(postgres::error_of(postgres(), "08006", message), statement);
    return wrap(Error{ErrorCode::internal, "The database could not do this.", message}, statement);
  }

  std::unique_ptr<Prepared> prepare(const Statement& s, std::span<const Value> parameters, std::span<const ColumnType> columns) {
    auto p = std::make_unique<Prepared>();
    p->sql = backend == Backend::sqlite ? s.sqlite : s.postgres;
    const auto translated = translate_parameters(p->sql, style());
    if (translated.parameters != parameters.size() || translated.order.size() != parameters.size()) {
      throw soci::soci_error("the statement has " + std::to_string(translated.parameters) + " parameters, given were " + std::to_string(parameters.size()));
    }
    for (const auto& v : parameters) {
      auto& cell = p->parameters.emplace_back();
      cell.type = type_of(v);
      cell.typed = !std::holds_alternative<std::monostate>(v);
    }
    for (auto type : columns) p->columns.emplace_back().type = type;
    p->statement = std::make_unique<soci::statement>(session);
    auto& statement = *p->statement;
    statement.alloc();
    for (auto& c : p->columns) bind_cell(c, [&](auto& v, auto& i) { statement.exchange(soci::into(v, i)); });
    for (auto number : translated.order) bind_cell(p->parameters[number], [&](auto& v, auto& i) { statement.exchange(soci::use(v, i)); });
    statement.prepare(translated.sql);
    statement.define_and_bind();
    return p;
  }

  Prepared& cached(const Statement& s, std::span<const Value> parameters, std::span<const ColumnType> columns) {
    auto found = prepared.find(backend == Backend::sqlite ? s.sqlite : s.postgres);
    if (found != prepared.end()) {
      if (found->second->parameters.size() == parameters.size() && found->second->fits(parameters, columns)) return *found->second;
      prepared.erase(found);
    }
    auto fresh = prepare(s, parameters, columns);
    auto& p = *fresh;
    prepared.emplace(std::string_view(p.sql), std::move(fresh));
    return p;
  }

  void start(Prepared& p, const Statement& s, std::span<const Value> parameters) {
    for (std::size_t i = 0; i < parameters.size(); ++i) fill(p.parameters[i], parameters[i]);
    Trace::instance().count_one();
    if (!p.recorded) {
      Trace::instance().add(s.name);
      p.recorded = true;
    }
  }

  void* sqlite_statement(Prepared& p) { return static_cast<soci::sqlite3_statement_backend*>(p.statement->get_backend())->stmt_; }

  /// A SQLite statement that is not reset keeps its read or write open. (SOCI's own reset() is not exported from its library.)
  void finish(Prepared& p) {
    if (backend != Backend::sqlite) return;
    sqlite::reset(sqlite_statement(p));
    static_cast<soci::sqlite3_statement_backend*>(p.statement->get_backend())->databaseReady_ = true;
  }

  /// After an error SOCI has finalized a SQLite statement, and PostgreSQL may have refused the plan: prepare it again next time.
  void forget(const Statement& s) { prepared.erase(backend == Backend::sqlite ? s.sqlite : s.postgres); }
};

Connection::Connection(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Connection::~Connection() = default;

Result<std::unique_ptr<Connection>> Connection::open_sqlite(const std::string& path, bool read_only) {
  if (path.find('"') != std::string::npos) return fail(ErrorCode::invalid, "The path of the database must not contain a double quote.", path);
  auto impl = std::make_unique<Impl>();
  impl->backend = Backend::sqlite;
  try {
    impl->session.open(soci::sqlite3, "dbname=\"" + path + "\"" + (read_only ? " readonly=1" : ""));
  } catch (const std::exception& e) {
    return fail(ErrorCode::unavailable, "The database file cannot be opened.", path + ": " + e.what());
  }
  TRY(sqlite::configure(impl->sqlite(), read_only));
  return std::unique_ptr<Connection>(new Connection(std::move(impl)));
}

Result<std::unique_ptr<Connection>> Connection::open_postgres(const std::string& url) {
  auto impl = std::make_unique<Impl>();
  impl->backend = Backend::postgres;
  try {
    impl->session.open(soci::postgresql, with_application_name(url));
  } catch (const std::exception& e) {
    return fail(ErrorCode::unavailable, "The database cannot be reached.", e.what());
  }
  TRY(postgres::configure(impl->postgres()));
  return std::unique_ptr<Connection>(new Connection(std::move(impl)));
}

Backend Connection::backend() const { return impl_->backend; }
bool Connection::lost() const { return impl_->backend == Backend::postgres && postgres::is_lost(impl_->postgres()); }
sqlite3* Connection::sqlite() const { return impl_->sqlite(); }
pg_conn* Connection::postgres() const { return impl_->postgres(); }

Result<std::int64_t> Connection::execute(const Statement& s, std::span<const Value> parameters) {
  TRY(check_parameters(s, parameters));
  try {
    auto& p = impl_->cached(s, parameters, {});
    impl_->start(p, s, parameters);
    p.statement->execute(true);
    const std::int64_t changed = p.statement->get_affected_rows();
    impl_->finish(p);
    return changed;
  } catch (const std::exception& e) {
    auto error = impl_->error_of(e, s.name);
    impl_->forget(s);
    return std::unexpected(std::move(error));
  }
}

Result<void> Connection::fetch(const Statement& s, std::span<const Value> parameters, std::span<const ColumnType> columns, std::size_t limit, Keep keep,
                               const Sink& row) {
  TRY(check_parameters(s, parameters));
  std::unique_ptr<Prepared> own;
  try {
    if (keep == Keep::no) own = impl_->prepare(s, parameters, columns);
    auto& p = own ? *own : impl_->cached(s, parameters, columns);
    impl_->start(p, s, parameters);
    std::size_t count = 0;
    for (bool more = p.statement->execute(true); more; more = p.statement->fetch()) {
      if (impl_->backend == Backend::sqlite) {
        if (auto typed = sqlite::check_types(impl_->sqlite_statement(p), columns); !typed) {
          impl_->finish(p);
          return std::unexpected(wrap(std::move(typed).error(), s.name));
        }
      }
      std::vector<Value> values;
      values.reserve(columns.size());
      for (const auto& cell : p.columns) values.push_back(value_of(cell));
      if (auto taken = row(std::move(values)); !taken) {
        impl_->finish(p);
        return taken;
      }
      if (limit != 0 && ++count == limit) break;
    }
    impl_->finish(p);
    return {};
  } catch (const std::exception& e) {
    auto error = impl_->error_of(e, s.name);
    if (!own) impl_->forget(s);
    return std::unexpected(std::move(error));
  }
}

Result<void> Connection::try_prepare(const Statement& s) {
  try {
    soci::statement statement(impl_->session);
    statement.alloc();
    statement.prepare(translate_parameters(impl_->backend == Backend::sqlite ? s.sqlite : s.postgres, impl_->style()).sql);
    return {};
  } catch (const std::exception& e) {
    return std::unexpected(impl_->error_of(e, s.name));
  }
}

}  // namespace confer::db
