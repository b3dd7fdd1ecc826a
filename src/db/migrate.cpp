// Bringing a database up to the one linear history of its schema.
#include "db/migrate.h"
#include <algorithm>
#include <charconv>
#include <map>
#include "base/log.h"
#include "base/random.h"
#include "db/parameters.h"

namespace confer::db {

namespace {

constexpr Statement has_history{"db/has_history", "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_migrations'",
                                "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'schema_migrations'"};
constexpr const char* list_text = "SELECT version, name, hash FROM schema_migrations ORDER BY version";
constexpr Statement list_history{"db/list_history", list_text, list_text};
constexpr const char* insert_text = "INSERT INTO schema_migrations (version, name, hash, applied_at_ms) VALUES (:1, :2, :3, :4)";
constexpr Statement insert_history{"db/insert_history", insert_text, insert_text};
constexpr const char* create_text =
    "CREATE TABLE IF NOT EXISTS schema_migrations (version BIGINT PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL, applied_at_ms BIGINT NOT NULL)";
constexpr Statement create_history{"db/create_history", create_text, create_text};

struct Migration {
  int version = 0;
  std::string name, hash;
  std::string_view text;
};

struct Applied {
  std::int64_t version = 0;
  std::string name, hash;
};

/// The files in order. Errors: internal – a name without a number, or a number twice.
Result<std::vector<Migration>> ordered(std::span<const embedded::File> history) {
  std::vector<Migration> out;
  for (const auto& file : history) {
    auto name = file.path.substr(file.path.rfind('/') + 1);
    Migration m{0, std::string(name), sha256_hex(file.bytes), file.bytes};
    auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), m.version);
    if (error != std::errc() || *end != '_' || m.version <= 0) {
      return fail(ErrorCode::internal, "A migration's file must be called NNNN_name.sql.", m.name);
    }
    out.push_back(std::move(m));
  }
  std::ranges::sort(out, {}, &Migration::version);
  auto twice = std::ranges::adjacent_find(out, {}, &Migration::version);
  if (twice != out.end()) return fail(ErrorCode::internal, "Two migrations have the same number.", twice->name + ", " + std::next(twice)->name);
  return out;
}

template <class Run>
Result<std::vector<Applied>> applied(const Run& fetch) {
  std::int64_t exists = 0;
  constexpr std::array one{ColumnType::integer};
  constexpr std::array three{ColumnType::integer, ColumnType::text, ColumnType::text};
  TRY(fetch(has_history, one, [&](std::span<const Value> row) -> Result<void> {
    exists = std::get<std::int64_t>(row[0]);
    return {};
  }));
  std::vector<Applied> out;
  if (exists == 0) return out;
  TRY(fetch(list_history, three, [&](std::span<const Value> row) -> Result<void> {
    out.push_back({std::get<std::int64_t>(row[0]), std::get<std::string>(row[1]), std::get<std::string>(row[2])});
    return {};
  }));
  return out;
}

Result<std::vector<Applied>> applied_in(Connection& c) {
  return applied([&](const Statement& s, std::span<const ColumnType> columns, const auto& row) {
    return c.fetch(s, {}, columns, 0, Connection::Keep::no, [&](std::vector<Value>&& values) { return row(values); });
  });
}

Result<std::vector<Applied>> applied_in(Database& db) {
  TRY_ASSIGN(auto tx, db.begin_read());
  return applied([&](const Statement& s, std::span<const ColumnType> columns, const auto& row) { return tx.each(s, columns, {}, row); });
}

/// What is stored must be the beginning of our history, unchanged.
Result<void> check_history(const std::vector<Applied>& stored, const std::vector<Migration>& ours) {
  const int newest = ours.empty() ? 0 : ours.back().version;
  if (!stored.empty() && stored.back().version > newest) {
    return fail(ErrorCode::conflict,
                "The data was written by a newer Confer (schema " + std::to_string(stored.back().version) + ", this one knows " + std::to_string(newest) +
                    "). Please install that version or a later one.",
                stored.back().name);
  }
  for (std::size_t i = 0; i < stored.size(); ++i) {
    if (ours[i].version != stored[i].version) {
      return fail(ErrorCode::internal, "The history of the database's schema does not match this program.",
                  ours[i].name + " was never applied, later ones were");
    }
    if (ours[i].hash != stored[i].hash) {
      return fail(ErrorCode::internal, "A migration that was applied has been changed since: " + ours[i].name + ". Write a new one instead.", ours[i].name);
    }
  }
  return {};
}

}  // namespace

Result<int> stored_schema_version(Database& db) {
  TRY_ASSIGN(auto stored, applied_in(db));
  return stored.empty() ? 0 : static_cast<int>(stored.back().version);
}

Result<void> run_migrations(Database& db, Engine& engine, std::span<const embedded::File> history, const BeforeMigration& before, const Clock& clock) {
  TRY_ASSIGN(const auto ours, ordered(history));
  return engine.alone([&]() -> Result<void> {
    TRY_ASSIGN(auto stored, applied_in(db));
    TRY(check_history(stored, ours));
    if (stored.size() == ours.size()) return {};
    const int from = stored.empty() ? 0 : static_cast<int>(stored.back().version);
    if (from != 0 && before) {
      if (auto ready = before(db, from, ours.back().version); !ready) return std::unexpected(wrap(std::move(ready).error(), "before migrating"));
    }
    for (std::size_t i = stored.size(); i < ours.size(); ++i) {
      const auto& migration = ours[i];
      // On SQLite another process may have been faster: then this one is found applied and its script must not run again.
      bool done_elsewhere = false;
      auto note = [&](Connection& c) -> Result<void> {
        TRY(c.execute(create_history, {}));
        TRY_ASSIGN(auto now_stored, applied_in(c));
        TRY(check_history(now_stored, ours));
        if (now_stored.size() > i) {
          done_elsewhere = true;
          return fail(ErrorCode::conflict, "Another process has applied this migration.");
        }
        const std::array<Value, 4> row{std::int64_t{migration.version}, migration.name, migration.hash, to_ms(clock.now())};
        TRY(c.execute(insert_history, row));
        return {};
      };
      if (auto run = engine.migrate(dialect_of(migration.text, db.backend() == Backend::postgres), note); !run && !done_elsewhere) {
        return std::unexpected(wrap(std::move(run).error(), "migration " + migration.name));
      }
      // A new database has gone through none of them.
      if (from != 0) log(LogTopic::db, "migrated", {{"migration", migration.name}});
    }
    return {};
  });
}

}  // namespace confer::db
