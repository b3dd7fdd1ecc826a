// SQLite behind the database's face: one writer with group commit, a pool of readers, telling inside the process.
#include "db/engine.h"
#include <algorithm>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include "base/log.h"
#include "db/pool.h"
#include "db/sqlite/raw.h"
#include "db/sqlite/writer.h"

namespace confer::db {

namespace {

class WriteTransaction final : public EngineTransaction {
 public:
  explicit WriteTransaction(sqlite::Writer& writer) : writer_(writer) {}
  ~WriteTransaction() override {
    if (open_) writer_.roll_back();
  }
  Connection& connection() override { return writer_.connection(); }
  Result<void> commit() override {
    open_ = false;
    return writer_.commit();
  }

 private:
  sqlite::Writer& writer_;
  bool open_ = true;
};

class ReadTransaction final : public EngineTransaction {
 public:
  explicit ReadTransaction(Pool::Lease lease) : lease_(std::move(lease)) {}
  ~ReadTransaction() override { end(); }
  Connection& connection() override { return *lease_; }
  Result<void> commit() override {
    end();
    return {};
  }

 private:
  void end() {
    if (!open_) return;
    open_ = false;
    if (auto ended = sqlite::script(lease_->sqlite(), "COMMIT"); !ended) {
      log(LogTopic::db, LogLevel::error, "read transaction could not be ended", {{"detail", ended.error().detail}});
    }
    lease_.give_back();
  }
  Pool::Lease lease_;
  bool open_ = true;
};

/// Calls listeners on a thread of its own, in the order of telling. When idle it looks whether another process has written.
class Teller {
 public:
  explicit Teller(sqlite::Writer& writer) : writer_(writer) {}
  ~Teller() {
    {
      std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
  }
  void notify(std::string_view channel, std::string_view payload) {
    {
      std::lock_guard lock(mutex_);
      if (heard_.empty()) return;
      messages_.emplace_back(channel, payload);
    }
    changed_.notify_all();
  }
  void listen(std::string_view channel, std::function<void(std::string_view)> heard) {
    std::lock_guard lock(mutex_);
    heard_.emplace(channel, std::move(heard));
    if (thread_.joinable()) return;
    // Before anybody can write because of this call having returned: what comes later is news.
    (void)look_outside();
    thread_ = std::thread([this] { run(); });
  }

 private:
  void run() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
      // One second: how long a page may lag behind what a command on the command line has written.
      if (!changed_.wait_for(lock, std::chrono::seconds(1), [&] { return stopping_ || !messages_.empty(); })) {
        lock.unlock();
        const bool written = look_outside();
        lock.lock();
        if (written) {
          for (const auto& [channel, call] : heard_) messages_.emplace_back(channel, "");
        }
        continue;
      }
      while (!messages_.empty() && !stopping_) {
        auto [channel, payload] = std::move(messages_.front());
        messages_.pop_front();
        std::vector<std::function<void(std::string_view)>> calls;
        for (auto [at, end] = heard_.equal_range(channel); at != end; ++at) calls.push_back(at->second);
        lock.unlock();
        for (const auto& call : calls) call(payload);
        lock.lock();
      }
    }
  }
  /// data_version of the writing connection changes only when another process (or another Database in this one) has written.
  bool look_outside() {
    bool written = false;
    (void)writer_.try_alone([&](Connection& c) {
      auto now = sqlite::number(c.sqlite(), "PRAGMA data_version");
      if (!now) return;
      written = version_ != -1 && *now != version_;
      version_ = *now;
    });
    return written;
  }

  sqlite::Writer& writer_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::multimap<std::string, std::function<void(std::string_view)>, std::less<>> heard_;
  std::deque<std::pair<std::string, std::string>> messages_;
  bool stopping_ = false;
  std::int64_t version_ = -1;  // only `listen` before the thread is there, then only the thread
  std::thread thread_;
};

constexpr Statement list_tables{"db/list_tables",
                                "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite@_%' ESCAPE '@' "
                                "AND name <> 'schema_migrations' ORDER BY name",
                                ""};
constexpr Statement list_columns{"db/list_columns", "SELECT name, upper(type) FROM pragma_table_info(:1) ORDER BY cid", ""};
constexpr Statement list_references{"db/list_references", "SELECT DISTINCT \"table\" FROM pragma_foreign_key_list(:1)", ""};

/// By SQLite's rules of affinity (datatype3.html § 3.1), as far as our migrations use them.
ColumnType type_named(const std::string& declared) {
  if (declared.find("INT") != std::string::npos) return ColumnType::integer;
  if (declared.find("REAL") != std::string::npos || declared.find("FLOA") != std::string::npos || declared.find("DOUB") != std::string::npos) {
    return ColumnType::real;
  }
  return ColumnType::text;
}

class SqliteEngine final : public Engine {
 public:
  SqliteEngine(const std::string& path, std::unique_ptr<Connection> writer, const Options& options)
      : writer_(std::move(writer)), readers_(options.readers, [path] { return Connection::open_sqlite(path, true); }), teller_(writer_) {}

  Backend backend() const override { return Backend::sqlite; }

  Result<std::unique_ptr<EngineTransaction>> begin_read() override {
    TRY_ASSIGN(auto lease, readers_.borrow());
    TRY(sqlite::script(lease->sqlite(), "BEGIN"));
    return std::make_unique<ReadTransaction>(std::move(lease));
  }
  Result<std::unique_ptr<EngineTransaction>> begin_write() override {
    TRY(writer_.enter());
    return std::make_unique<WriteTransaction>(writer_);
  }
  Result<void> try_prepare(const Statement& s) override {
    TRY_ASSIGN(auto lease, readers_.borrow());
    return lease->try_prepare(s);
  }

  // Each migration looks again under the write lock, which keeps other processes out as well.
  Result<void> alone(const std::function<Result<void>()>& work) override { return work(); }

  Result<void> migrate(const std::string& script, const std::function<Result<void>(Connection&)>& after) override {
    auto result = writer_.alone([&](Connection& c) -> Result<void> {
      auto* handle = c.sqlite();
      // Rebuilding a table drops the old one, which would delete what refers to it: so the rule is checked at the end instead (lang_altertable.html § 7).
      TRY(sqlite::script(handle, "PRAGMA foreign_keys=OFF"));
      auto migrated = [&]() -> Result<void> {
        TRY(sqlite::script(handle, "BEGIN IMMEDIATE"));
        TRY(after(c));
        TRY(sqlite::script(handle, script));
        TRY_ASSIGN(auto broken, sqlite::number(handle, "SELECT count(*) FROM pragma_foreign_key_check"));
        if (broken != 0) return fail(ErrorCode::internal, "A migration would leave references to missing rows.", std::to_string(broken) + " rows");
        return sqlite::script(handle, "COMMIT");
      }();
      if (sqlite::in_transaction(handle)) (void)sqlite::script(handle, "ROLLBACK");
      TRY(sqlite::script(handle, "PRAGMA foreign_keys=ON"));
      return migrated;
    });
    readers_.close_idle();
    return result;
  }

  Result<std::vector<Database::Table>> tables() override {
    TRY_ASSIGN(auto transaction, begin_read());
    auto& c = transaction->connection();
    std::vector<Database::Table> tables;
    std::vector<Reference> references;
    constexpr std::array one{ColumnType::text};
    constexpr std::array two{ColumnType::text, ColumnType::text};
    TRY(c.fetch(list_tables, {}, one, 0, Connection::Keep::yes, [&](std::vector<Value>&& row) -> Result<void> {
      tables.push_back({std::get<std::string>(row[0]), {}});
      return {};
    }));
    for (auto& table : tables) {
      const std::array parameters{Value(table.name)};
      TRY(c.fetch(list_columns, parameters, two, 0, Connection::Keep::yes, [&](std::vector<Value>&& row) -> Result<void> {
        table.columns.push_back({std::get<std::string>(row[0]), type_named(std::get<std::string>(row[1]))});
        return {};
      }));
      TRY(c.fetch(list_references, parameters, one, 0, Connection::Keep::yes, [&](std::vector<Value>&& row) -> Result<void> {
        references.push_back({table.name, std::get<std::string>(row[0])});
        return {};
      }));
    }
    return in_order_of_references(std::move(tables), references);
  }

  Result<void> before_restore(Connection& c) override { return sqlite::script(c.sqlite(), "PRAGMA defer_foreign_keys=ON"); }
  Result<void> after_restore(Connection&) override { return {}; }

  Result<void> wipe_erased() override {
    // A reader in the middle of a transaction still needs the old pages. All writers wait while it is waited for: so not for long.
    bool done = false;
    TRY(writer_.alone([&](Connection& c) -> Result<void> {
      sqlite::set_busy_timeout(c.sqlite(), std::chrono::milliseconds(200));
      auto truncated = sqlite::truncate_wal(c.sqlite());
      sqlite::set_busy_timeout(c.sqlite(), sqlite::busy_timeout);
      TRY_ASSIGN(done, std::move(truncated));
      return {};
    }));
    if (!done) return fail(ErrorCode::unavailable, "The database is busy; what was erased will leave the disk later.", "the WAL could not be truncated");
    return {};
  }

  void notify(std::string_view channel, std::string_view payload) override { teller_.notify(channel, payload); }
  void listen(std::string_view channel, std::function<void(std::string_view)> heard) override { teller_.listen(channel, std::move(heard)); }

 private:
  sqlite::Writer writer_;
  Pool readers_;
  Teller teller_;
};

}  // namespace

Result<std::unique_ptr<Engine>> open_sqlite(const std::string& path, const Options& options) {
  TRY(sqlite::create_private(path));
  TRY_ASSIGN(auto writer, Connection::open_sqlite(path, false));
  return std::make_unique<SqliteEngine>(path, std::move(writer), options);
}

}  // namespace confer::db
