// kill -9 during a write load: every acknowledged write is found again, and no half of an action.
// CONFER_CRASH_ROUNDS sets the number of rounds (default 5; bench/crash/run takes 100).
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <random>
#include <thread>
#include "support/database.h"

namespace confer::db {
namespace {

using test::ok;

constexpr Statement same(const char* name, const char* sql) { return {name, sql, sql}; }
constexpr auto create_left = same("test/create_left", "CREATE TABLE left_half (id BIGINT PRIMARY KEY, body TEXT NOT NULL)");
constexpr auto create_right = same("test/create_right", "CREATE TABLE right_half (id BIGINT PRIMARY KEY, body TEXT NOT NULL)");
constexpr auto insert_left = same("test/insert_left", "INSERT INTO left_half (id, body) VALUES (:1, :2)");
constexpr auto insert_right = same("test/insert_right", "INSERT INTO right_half (id, body) VALUES (:1, :2)");
constexpr auto list_left = same("test/list_left", "SELECT id FROM left_half ORDER BY id");
constexpr auto list_right = same("test/list_right", "SELECT id FROM right_half ORDER BY id");

constexpr int writers = 8;

/// Writes until it is killed; each number goes into the pipe when its commit has returned. Every fifth action is rolled back.
[[noreturn]] void write_until_killed(const std::string& url, std::int64_t first, int pipe) {
  auto db = ok(Database::open(url, {.readers = writers}));
  std::vector<std::jthread> threads;
  for (int t = 0; t < writers; ++t) {
    threads.emplace_back([&, t] {
      for (std::int64_t id = first + t;; id += writers) {
        auto tx = ok(db->begin_write());
        ok(tx.run(insert_left, id, std::string(200, 'l')));
        ok(tx.run(insert_right, id, std::string(200, 'r')));
        if (id % 5 == 0) continue;
        ok(tx.commit());
        // Writes of at most PIPE_BUF bytes do not mix.
        if (::write(pipe, &id, sizeof id) != sizeof id) ::_exit(1);
      }
    });
  }
  for (;;) ::pause();
}

int rounds() {
  const char* text = std::getenv("CONFER_CRASH_ROUNDS");
  return text == nullptr ? 5 : std::atoi(text);
}

class CrashTest : public test::DatabaseTest {
 protected:
  test::Schema schema() const override { return test::Schema::empty; }
};
ON_BOTH_DATABASES(CrashTest);

TEST_P(CrashTest, process_when_killed_while_writing_then_every_acknowledged_write_is_found) {
  {
    auto tx = ok(db().begin_write());
    ok(tx.run(create_left));
    ok(tx.run(create_right));
    ok(tx.commit());
  }
  std::vector<std::int64_t> acknowledged;
  std::minstd_rand random(20270504);
  for (int round = 0; round < rounds(); ++round) {
    test_database().close();
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const auto child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      ::close(ends[0]);
      try {
        write_until_killed(test_database().url(), std::int64_t{round} * 100'000'000 + 1, ends[1]);
      } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
      }
      ::_exit(1);
    }
    ::close(ends[1]);
    // Killed in the middle of its work: after a number of acknowledged writes that is different each time.
    const auto enough = 20 + random() % 400;
    std::int64_t id = 0;
    for (std::size_t n = 0; n < enough && ::read(ends[0], &id, sizeof id) == sizeof id; ++n) acknowledged.push_back(id);
    ASSERT_EQ(::kill(child, SIGKILL), 0);
    while (::read(ends[0], &id, sizeof id) == sizeof id) acknowledged.push_back(id);
    ::close(ends[0]);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the writer ended by itself";

    test_database().reopen();
    auto tx = ok(db().begin_read());
    const auto left = ok(tx.all<std::int64_t>(list_left));
    const auto right = ok(tx.all<std::int64_t>(list_right));
    EXPECT_EQ(left, right) << "half of an action was stored";
    std::ranges::sort(acknowledged);
    std::vector<std::int64_t> lost;
    std::ranges::set_difference(acknowledged, left, std::back_inserter(lost));
    EXPECT_EQ(lost, std::vector<std::int64_t>());
    EXPECT_EQ(std::ranges::count_if(left, [](auto n) { return n % 5 == 0; }), 0) << "an action that was rolled back was stored";
    if (GetParam() == Backend::sqlite) {
      EXPECT_EQ(ok(tx.one<std::string>(db().dynamic("test/integrity", "SELECT integrity_check FROM pragma_integrity_check"))), "ok");
    }
  }
  EXPECT_GE(acknowledged.size(), static_cast<std::size_t>(rounds() * 20));
  RecordProperty("acknowledged", static_cast<int>(acknowledged.size()));
  std::printf("%zu acknowledged writes found after %d kills\n", acknowledged.size(), rounds());
}

}  // namespace
}  // namespace confer::db
