// Many threads at once: group commit, isolation, listening, lost connections.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <condition_variable>
#include <thread>
#include "db/sqlite/raw.h"
#include "db/sqlite/writer.h"
#include "support/database.h"

namespace confer::db {
namespace {

using test::ok;

constexpr Statement same(const char* name, const char* sql) { return {name, sql, sql}; }
constexpr auto create_tally = same("test/create_tally", "CREATE TABLE tally (name TEXT PRIMARY KEY, number BIGINT NOT NULL)");
constexpr auto insert_tally = same("test/insert_tally", "INSERT INTO tally (name, number) VALUES (:1, 0)");
constexpr auto add = same("test/add", "UPDATE tally SET number = number + 1 WHERE name = :1");
constexpr auto number_of = same("test/number_of", "SELECT number FROM tally WHERE name = :1");
constexpr auto sum = same("test/sum", "SELECT CAST(sum(number) AS BIGINT) FROM tally");

/// What a listener heard, to be waited for.
class Heard {
 public:
  void add(std::string_view text) {
    std::lock_guard lock(mutex_);
    texts_.emplace_back(text);
    changed_.notify_all();
  }
  /// Everything heard, once there are `count` (or after 30 s).
  std::vector<std::string> wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(30), [&] { return texts_.size() >= count; });
    return texts_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> texts_;
};

/// Listens for as long as the database is there, which is longer than a test's own variables.
std::shared_ptr<Heard> listen(Database& db, std::string_view channel) {
  auto heard = std::make_shared<Heard>();
  db.listen(channel, [heard](std::string_view text) { heard->add(text); });
  return heard;
}

class ConcurrencyTest : public test::DatabaseTest {
 protected:
  test::Schema schema() const override { return test::Schema::empty; }
  void SetUp() override {
    DatabaseTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    auto tx = ok(db().begin_write());
    ok(tx.run(create_tally));
    ok(tx.commit());
  }
  std::int64_t number(const std::string& name) {
    auto tx = ok(db().begin_read());
    return ok(tx.one<std::int64_t>(number_of, name));
  }
};
ON_BOTH_DATABASES(ConcurrencyTest);

TEST_P(ConcurrencyTest, writes_of_many_threads_are_all_found_and_rollbacks_undo_only_themselves) {
  constexpr int threads = 8, rounds = 60;
  {
    auto tx = ok(db().begin_write());
    ok(tx.run(insert_tally, "shared"));
    for (int t = 0; t < threads; ++t) ok(tx.run(insert_tally, "own" + std::to_string(t)));
    ok(tx.commit());
  }
  std::atomic<int> hooks = 0;
  {
    std::vector<std::jthread> running;
    for (int t = 0; t < threads; ++t) {
      running.emplace_back([&, t] {
        for (int i = 0; i < rounds; ++i) {
          auto tx = ok(db().begin_write());
          ok(tx.run(add, "shared"));
          ok(tx.run(add, "own" + std::to_string(t)));
          tx.after_commit([&] { ++hooks; });
          if (i % 3 == 0) continue;  // rolled back
          if (i % 7 == 0) {
            EXPECT_EQ(tx.run(insert_tally, "shared").error().code, ErrorCode::conflict);
            continue;
          }
          ok(tx.commit());
        }
      });
    }
    // Readers meanwhile always see both changes of an action or neither.
    running.emplace_back([&] {
      for (int i = 0; i < 100; ++i) {
        auto tx = ok(db().begin_read());
        const auto shared = ok(tx.one<std::int64_t>(number_of, "shared"));
        EXPECT_EQ(ok(tx.one<std::int64_t>(sum)), 2 * shared);
      }
    });
  }
  int committed = 0;
  for (int i = 0; i < rounds; ++i) committed += i % 3 != 0 && i % 7 != 0 ? 1 : 0;
  EXPECT_EQ(number("shared"), threads * committed);
  for (int t = 0; t < threads; ++t) EXPECT_EQ(number("own" + std::to_string(t)), committed);
  EXPECT_EQ(hooks, threads * committed);
}

TEST_P(ConcurrencyTest, messages_are_heard_in_order_by_every_listener_of_the_channel) {
  auto one = listen(db(), "facts"), two = listen(db(), "facts"), other = listen(db(), "jobs");
  auto tx = ok(db().begin_write());
  tx.after_commit([&] { db().notify("facts", "1"); });
  ok(tx.commit());
  const std::string longest(7000, 'x');
  db().notify("facts", longest);
  db().notify("jobs", "it's \"2\"");
  const std::vector<std::string> expected{"1", longest};
  EXPECT_EQ(one->wait_for(2), expected);
  EXPECT_EQ(two->wait_for(2), expected);
  EXPECT_EQ(other->wait_for(1), (std::vector<std::string>{"it's \"2\""}));
}

TEST_P(ConcurrencyTest, another_process_writes_then_listeners_hear_of_it) {
  auto heard = listen(db(), "facts");
  auto other = ok(Database::open(test_database().url()));
  if (GetParam() == Backend::postgres) {
    other->notify("facts", "from outside");
    EXPECT_EQ(heard->wait_for(1), (std::vector<std::string>{"from outside"}));
  } else {
    auto tx = ok(other->begin_write());
    ok(tx.run(insert_tally, "outside"));
    ok(tx.commit());
    EXPECT_EQ(heard->wait_for(1), (std::vector<std::string>{""}));
  }
}

TEST_P(ConcurrencyTest, write_transaction_when_begun_twice_in_one_thread_then_refused_on_sqlite) {
  if (GetParam() != Backend::sqlite) return;
  auto tx = ok(db().begin_write());
  EXPECT_EQ(db().begin_write().error().code, ErrorCode::internal);
  ok(tx.commit());
  ok(ok(db().begin_write()).commit());
}

TEST_P(ConcurrencyTest, connections_when_the_server_ends_them_then_replaced) {
  if (GetParam() != Backend::postgres) return;
  auto heard = listen(db(), "facts");
  db().notify("facts", "before");
  EXPECT_EQ(heard->wait_for(1).size(), 1U);
  {
    auto tx = ok(db().begin_write());
    ok(tx.run(insert_tally, "kept"));
    ok(tx.commit());
  }
  auto lost = ok(db().begin_write());
  ok(lost.run(insert_tally, "lost"));
  {
    auto other = ok(Database::open(test_database().url()));
    auto tx = ok(other->begin_read());
    const auto& end_all = other->dynamic("test/end_all",
                                         "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity "
                                         "WHERE datname = current_database() AND pid <> pg_backend_pid()");
    EXPECT_GE(ok(tx.one<std::int64_t>(end_all)), 2);
  }
  EXPECT_EQ(lost.commit().error().code, ErrorCode::unavailable);
  EXPECT_EQ(number("kept"), 0);
  auto tx = ok(db().begin_write());
  ok(tx.run(insert_tally, "lost"));
  ok(tx.commit());
  EXPECT_EQ(heard->wait_for(2), (std::vector<std::string>{"before", ""}));
  db().notify("facts", "after");
  EXPECT_EQ(heard->wait_for(3), (std::vector<std::string>{"before", "", "after"}));
}

// ---- SQLite's writer by itself

class WriterTest : public testing::Test {
 protected:
  void SetUp() override {
    path_ = folder_.path() / "a folder with spaces";
    std::filesystem::create_directories(path_);
    path_ /= "it's.db";
    make_writer({.actions = 64, .age = std::chrono::hours(1)});
    ok(writer_->enter());
    ok(writer_->connection().execute(create_tally, {}));
    ok(writer_->commit());
    reader_ = ok(Connection::open_sqlite(path_.string(), true));
  }
  void make_writer(sqlite::Writer::Limits limits) {
    ok(sqlite::create_private(path_.string()));
    writer_ = std::make_unique<sqlite::Writer>(ok(Connection::open_sqlite(path_.string(), false)), limits);
  }
  Result<void> insert(const std::string& name) {
    TRY(writer_->connection().execute(insert_tally, std::array{Value(name)}));
    return {};
  }
  std::int64_t visible() { return ok(sqlite::number(reader_->sqlite(), "SELECT count(*) FROM tally")); }
  void await_waiting(std::size_t count) {
    while (writer_->waiting() != count) std::this_thread::yield();
  }

  test::TestFolder folder_;
  std::filesystem::path path_;
  std::unique_ptr<sqlite::Writer> writer_;
  std::unique_ptr<Connection> reader_;
};

TEST_F(WriterTest, actions_when_others_wait_then_share_one_commit_and_none_returns_before_it) {
  const auto before = writer_->groups_ended();
  std::atomic<int> returned = 0;
  int seen_returned = -1;
  std::int64_t seen_visible = -1;
  ok(writer_->enter());
  ok(insert("first"));
  std::jthread second([&] {
    ok(writer_->enter());
    ok(insert("second"));
    writer_->roll_back();
  });
  await_waiting(1);
  std::jthread third([&] {
    ok(writer_->enter());
    ok(insert("third"));
    seen_returned = returned;
    seen_visible = visible();
    ok(writer_->commit());
    ++returned;
  });
  await_waiting(2);
  ok(writer_->commit());
  ++returned;
  second.join();
  third.join();
  EXPECT_EQ(seen_returned, 0);
  EXPECT_EQ(seen_visible, 0);
  EXPECT_EQ(writer_->groups_ended() - before, 1);
  EXPECT_EQ(visible(), 2);
}

TEST_F(WriterTest, action_that_opened_the_transaction_when_undone_then_those_who_wait_go_on_without_it) {
  ok(writer_->enter());
  ok(insert("first"));
  Result<void> second_result;
  std::jthread second([&] {
    ok(writer_->enter());
    ok(insert("second"));
    second_result = writer_->commit();
  });
  await_waiting(1);
  writer_->roll_back();
  second.join();
  EXPECT_TRUE(second_result);
  EXPECT_EQ(visible(), 1);
  EXPECT_EQ(ok(sqlite::number(reader_->sqlite(), "SELECT count(*) FROM tally WHERE name = 'second'")), 1);
}

TEST_F(WriterTest, group_when_full_then_ends_although_others_wait) {
  make_writer({.actions = 1, .age = std::chrono::hours(1)});
  ok(writer_->enter());
  ok(insert("first"));
  std::jthread second([&] {
    ok(writer_->enter());
    EXPECT_EQ(visible(), 1);
    ok(insert("second"));
    ok(writer_->commit());
  });
  await_waiting(1);
  ok(writer_->commit());
  second.join();
  EXPECT_EQ(writer_->groups_ended(), 2);
}

TEST_F(WriterTest, commit_when_it_fails_then_everybody_of_the_group_is_told) {
  sqlite3_commit_hook(writer_->connection().sqlite(), [](void*) { return 1; }, nullptr);
  ok(writer_->enter());
  ok(insert("first"));
  Result<void> second_result;
  std::jthread second([&] {
    ok(writer_->enter());
    ok(insert("second"));
    second_result = writer_->commit();
  });
  await_waiting(1);
  EXPECT_FALSE(writer_->commit());
  second.join();
  EXPECT_FALSE(second_result);
  sqlite3_commit_hook(writer_->connection().sqlite(), nullptr, nullptr);
  EXPECT_EQ(visible(), 0);
  ok(writer_->enter());
  ok(insert("third"));
  ok(writer_->commit());
  EXPECT_EQ(visible(), 1);
}

TEST_F(WriterTest, disk_when_full_then_what_is_acknowledged_is_what_is_stored) {
  ok(writer_->enter());
  ok(insert("first"));
  Result<void> filled;
  std::jthread second([&] {
    ok(writer_->enter());
    ok(sqlite::script(writer_->connection().sqlite(), "PRAGMA max_page_count=1"));
    for (int i = 0; filled && i < 10'000; ++i) filled = insert(std::string(500, 'x') + std::to_string(i));
    writer_->roll_back();
  });
  await_waiting(1);
  const auto first = writer_->commit();
  second.join();
  ASSERT_FALSE(filled);
  EXPECT_EQ(filled.error().code, ErrorCode::unavailable);
  EXPECT_EQ(visible(), first ? 1 : 0);
  ok(sqlite::script(writer_->connection().sqlite(), "PRAGMA max_page_count=1000"));
  ok(writer_->enter());
  ok(insert("third"));
  ok(writer_->commit());
  EXPECT_EQ(visible(), first ? 2 : 1);
}

TEST_F(WriterTest, deferred_reference_when_violated_then_only_its_own_action_fails) {
  ok(writer_->enter());
  ok(sqlite::script(writer_->connection().sqlite(), "CREATE TABLE child (name TEXT REFERENCES tally (name) DEFERRABLE INITIALLY DEFERRED)"));
  ok(writer_->commit());
  ok(writer_->enter());
  ok(insert("first"));
  Result<void> second_result;
  std::jthread second([&] {
    ok(writer_->enter());
    ok(sqlite::script(writer_->connection().sqlite(), "INSERT INTO child VALUES ('nobody')"));
    second_result = writer_->commit();
  });
  await_waiting(1);
  ok(writer_->commit());
  second.join();
  ASSERT_FALSE(second_result);
  EXPECT_EQ(second_result.error().code, ErrorCode::conflict);
  EXPECT_EQ(visible(), 1);
}

TEST_F(WriterTest, another_process_when_it_holds_the_file_then_unavailable) {
  auto other = ok(Connection::open_sqlite(path_.string(), false));
  ok(sqlite::script(other->sqlite(), "BEGIN IMMEDIATE"));
  sqlite::set_busy_timeout(writer_->connection().sqlite(), std::chrono::milliseconds(1));
  EXPECT_EQ(writer_->enter().error().code, ErrorCode::unavailable);
  ok(sqlite::script(other->sqlite(), "COMMIT"));
  ok(writer_->enter());
  ok(writer_->commit());
}

TEST_F(WriterTest, file_and_its_companions_are_private_and_durable) {
  for (const auto* suffix : {"", "-wal", "-shm"}) {
    EXPECT_EQ(std::filesystem::status(path_.string() + suffix).permissions(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_write)
        << suffix;
  }
  auto* handle = writer_->connection().sqlite();
  EXPECT_EQ(ok(sqlite::number(handle, "PRAGMA synchronous")), 2);
  EXPECT_EQ(ok(sqlite::number(handle, "PRAGMA foreign_keys")), 1);
  EXPECT_EQ(ok(sqlite::number(handle, "PRAGMA secure_delete")), 1);
}

}  // namespace
}  // namespace confer::db
