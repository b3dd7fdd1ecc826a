// A fresh, migrated database for each test, on SQLite and on PostgreSQL.
#pragma once
#include <gtest/gtest.h>
#include <atomic>
#include <filesystem>
#include <memory>
#include <source_location>
#include <span>
#include <stdexcept>
#include <string>
#include "base/time.h"
#include "db/database.h"

namespace confer::test {

/// A clock that stands still until a test moves it. Starts at 2027-05-04T08:00:00Z. Any thread.
class TestClock final : public Clock {
 public:
  Instant now() const override { return instant_of_ms(now_ms_.load()); }
  void set(Instant t) { now_ms_ = to_ms(t); }
  void advance(std::chrono::milliseconds by) { now_ms_ += by.count(); }

 private:
  std::atomic<std::int64_t> now_ms_{1'809'417'600'000};
};

/// An empty folder on a RAM disk where there is one; removed at the end.
class TestFolder {
 public:
  TestFolder();
  ~TestFolder();
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

enum class Schema : unsigned char { migrated, empty };

/// A database of its own, gone at the end. The schema is made once a process and copied from then on.
class TestDatabase {
 public:
  /// Throws std::runtime_error with the reason when it cannot be made.
  explicit TestDatabase(db::Backend backend, Schema schema = Schema::migrated, db::Options options = {});
  ~TestDatabase();
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  db::Database& database() { return *database_; }
  /// For opening it a second time, or by another process.
  const std::string& url() const { return url_; }
  /// Closes and opens again, as a restart does.
  void reopen();
  void close() { database_.reset(); }
  TestClock clock;

 private:
  db::Options options_;
  TestFolder folder_;
  std::string url_, postgres_name_;
  std::unique_ptr<db::Database> database_;
};

/// src/app/migrations/*.sql as they stand in the source tree. The span is valid until the process ends.
std::span<const embedded::File> migrations_in_source();

/// True where PostgreSQL is configured (CONFER_TEST_POSTGRES).
bool has_postgres();

/// Base of tests that touch data. Without CONFER_TEST_POSTGRES those on PostgreSQL fail when CI is set, else are skipped.
///
///     class TalkTest : public DatabaseTest {};
///     ON_BOTH_DATABASES(TalkTest);
///     TEST_P(TalkTest, talk_when_withdrawn_then_hidden) { auto tx = db().begin_write(); … clock().advance(1h); }
class DatabaseTest : public testing::TestWithParam<db::Backend> {
 protected:
  void SetUp() override;
  void TearDown() override;
  virtual Schema schema() const { return Schema::migrated; }
  db::Database& db() { return test_->database(); }
  TestDatabase& test_database() { return *test_; }
  TestClock& clock() { return test_->clock; }

 private:
  std::unique_ptr<TestDatabase> test_;
};

#define ON_BOTH_DATABASES(Suite)                                                                                       \
  INSTANTIATE_TEST_SUITE_P(On, Suite, testing::Values(::confer::db::Backend::sqlite, ::confer::db::Backend::postgres), \
                           [](const auto& info) { return info.param == ::confer::db::Backend::sqlite ? "sqlite" : "postgres"; })

/// The value, or a failed test that shows the error: `auto tx = ok(db().begin_write());`
template <class T>
T ok(Result<T> result, std::source_location where = std::source_location::current()) {
  if (!result)
    throw std::runtime_error(std::string(where.file_name()) + ":" + std::to_string(where.line()) + ": " + std::string(name_of(result.error().code)) + ": " +
                             result.error().message + " [" + result.error().where + ": " + result.error().detail + "]");
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

}  // namespace confer::test
