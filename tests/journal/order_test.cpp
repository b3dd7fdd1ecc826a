// No reader ever sees 2 before 1: shown to fail with a plain sequence, and to hold with ours.
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

#include "journal/journal.h"
#include "support/database.h"

namespace confer::journal {
namespace {

using test::ok;

class OrderTest : public test::DatabaseTest {
 protected:
  std::vector<std::int64_t> visible(std::int64_t after = 0) {
    auto tx = ok(db().begin_read());
    std::vector<std::int64_t> found;
    for (const Fact& fact : ok(facts_after(tx, after, 1000))) found.push_back(fact.position);
    return found;
  }
};
ON_BOTH_DATABASES(OrderTest);
using Positions = std::vector<std::int64_t>;

/// The trap, made visible. If PostgreSQL ever closes it, this test fails and the journal may become simpler.
TEST_P(OrderTest, plain_sequence_when_transactions_overlap_then_two_is_seen_before_one) {
  if (db().backend() == db::Backend::sqlite) {
    // One writer: the transactions cannot overlap, and the trap does not exist.
    auto first = ok(db().begin_write());
    auto second = std::async(std::launch::async, [&] { return db().begin_write().has_value(); });
    EXPECT_EQ(second.wait_for(std::chrono::milliseconds(50)), std::future_status::timeout);
    ok(first.commit());
    EXPECT_TRUE(second.get());
    return;
  }
  const auto& create = db().dynamic("test/create", "CREATE TABLE plain_facts (position BIGSERIAL PRIMARY KEY)");
  const auto& insert = db().dynamic("test/insert", "INSERT INTO plain_facts DEFAULT VALUES RETURNING position");
  const auto& read = db().dynamic("test/read", "SELECT position FROM plain_facts ORDER BY position");
  const auto seen = [&] {
    auto tx = ok(db().begin_read());
    return ok(tx.all<std::int64_t>(read));
  };
  {
    auto tx = ok(db().begin_write());
    ok(tx.run(create));
    ok(tx.commit());
  }
  auto one = ok(db().begin_write());
  EXPECT_EQ(ok(one.one<std::int64_t>(insert)), 1);
  auto two = ok(db().begin_write());
  EXPECT_EQ(ok(two.one<std::int64_t>(insert)), 2);
  ok(two.commit());
  EXPECT_EQ(seen(), (Positions{2})) << "a reader that goes on after 2 misses 1";
  ok(one.commit());
  EXPECT_EQ(seen(), (Positions{1, 2}));
}

TEST_P(OrderTest, ours_when_the_later_commits_first_then_it_is_one) {
  if (db().backend() == db::Backend::sqlite) {
    EXPECT_EQ(visible(), Positions{});
    return;
  }
  auto early = ok(db().begin_write());
  ok(record(early, Who{}, "early.begun", 0, 0, "early"));
  auto late = ok(db().begin_write());
  ok(record(late, Who{}, "late.begun", 0, 0, "late"));
  ok(late.commit());
  EXPECT_EQ(visible(), (Positions{1}));
  ok(early.commit());
  EXPECT_EQ(visible(), (Positions{1, 2}));
  auto tx = ok(db().begin_read());
  EXPECT_EQ(ok(facts_after(tx, 0, 1)).at(0).subject, "late");
}

/// The dangerous moment: one transaction has its position but has not committed. The other must not get past it.
TEST_P(OrderTest, ours_when_one_has_its_position_then_the_next_waits_for_its_commit) {
  std::atomic<bool> other_committed = false;
  std::thread other;
  {
    auto tx = ok(db().begin_write());
    ok(record(tx, Who{}, "one.done", 0, 0, "one"));
    tx.before_commit([&](db::Tx&) -> Result<void> {  // runs after the journal's own hook
      other = std::thread([&] {
        auto second = ok(db().begin_write());
        ok(record(second, Who{}, "two.done", 0, 0, "two"));
        ok(second.commit());
        other_committed = true;
      });
      if (db().backend() == db::Backend::postgres) {
        const auto& waiting =
            db().dynamic("test/waiting", "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");
        std::int64_t count = 0;
        while (count == 0 && !other_committed) {
          auto look = ok(db().begin_read());
          count = ok(look.one<std::int64_t>(waiting));
        }
      }
      EXPECT_FALSE(other_committed);
      EXPECT_EQ(visible(), Positions{});
      return {};
    });
    ok(tx.commit());
  }
  other.join();
  EXPECT_EQ(visible(), (Positions{1, 2}));
  auto tx = ok(db().begin_read());
  EXPECT_EQ(ok(facts_after(tx, 0, 1)).at(0).subject, "one");
}

TEST_P(OrderTest, ours_when_many_write_and_one_reads_then_no_hole_is_ever_seen) {
  constexpr int writers = 3, commits = 40;
  std::atomic<int> running = writers;
  std::vector<std::thread> threads;
  for (int w = 0; w < writers; ++w) {
    threads.emplace_back([&, w] {
      for (int i = 0; i < commits; ++i) {
        auto tx = ok(db().begin_write());
        ok(record(tx, Who{.person = w}, "thing.done", 0, 0, "thing"));
        if (i % 4 == 1) continue;  // rolled back
        if (i % 4 == 2) ok(record(tx, Who{.person = w}, "thing.done", 0, 0, "thing"));
        ok(tx.commit());
      }
      --running;
    });
  }
  std::int64_t last = 0;
  bool more = true;
  while (more) {
    more = running > 0;
    for (const std::int64_t position : visible(last)) {
      ASSERT_EQ(position, last + 1);
      last = position;
    }
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(last, writers * commits);  // of four: one, none, two, one
}

}  // namespace
}  // namespace confer::journal
