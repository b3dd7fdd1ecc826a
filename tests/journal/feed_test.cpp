// Handing facts out: subscribers, durable reactions, several processes.
#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "journal/journal.h"
#include "support/database.h"

namespace confer::journal {
namespace {

using test::ok;
using Subjects = std::vector<std::string>;

/// What was heard, in order, from any thread.
class Heard {
 public:
  void add(const std::string& subject) {
    std::lock_guard lock(mutex_);
    all_.push_back(subject);
    changed_.notify_all();
  }
  /// Waits until that many were heard; a minute at most, so that a failure ends.
  Subjects wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::minutes(1), [&] { return all_.size() >= count; });
    return all_;
  }
  Subjects all() {
    std::lock_guard lock(mutex_);
    return all_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  Subjects all_;
};

class FeedTest : public test::DatabaseTest {
 protected:
  static void write(db::Database& into, std::string_view subject) {
    auto tx = ok(into.begin_write());
    ok(record(tx, Who{}, "thing.done", 0, 0, subject));
    ok(tx.commit());
  }
  void write(std::string_view subject) { write(db(), subject); }
  std::unique_ptr<db::Database> open_again() { return ok(db::Database::open(test_database().url())); }

  /// A table that reactions write to, as slices do.
  void create_notes() {
    auto tx = ok(db().begin_write());
    ok(tx.run(db().dynamic("test/create_notes", "CREATE TABLE notes (number BIGINT, subject TEXT)")));
    ok(tx.commit());
  }
  static Result<void> note(db::Database& in, db::Tx& tx, const Fact& fact) {
    TRY(tx.run(in.dynamic("test/note", "INSERT INTO notes (number, subject) VALUES (:1, :2)"), fact.position, fact.subject));
    return {};
  }
  Subjects notes() {
    auto tx = ok(db().begin_read());
    return ok(tx.all<std::string>(db().dynamic("test/notes", "SELECT subject FROM notes ORDER BY number")));
  }
};
ON_BOTH_DATABASES(FeedTest);

TEST_P(FeedTest, subscriber_when_facts_are_committed_then_told_in_order_and_only_those) {
  write("before");
  Heard heard;
  Feed feed(db());
  feed.subscribe([&](const Fact& fact) { heard.add(fact.subject); });
  ok(feed.start());
  write("a");
  {
    auto tx = ok(db().begin_write());
    ok(record(tx, Who{}, "thing.done", 0, 0, "rolled back"));
  }
  {
    auto tx = ok(db().begin_write());
    ok(record(tx, Who{}, "thing.done", 0, 0, "b"));
    ok(record(tx, Who{}, "thing.done", 0, 0, "c"));
    ok(tx.commit());
  }
  EXPECT_EQ(heard.wait_for(3), (Subjects{"a", "b", "c"}));
  feed.catch_up();
  EXPECT_EQ(heard.all(), (Subjects{"a", "b", "c"}));
  feed.stop();
  write("after");
  EXPECT_EQ(heard.all(), (Subjects{"a", "b", "c"}));
}

TEST_P(FeedTest, subscriber_when_more_facts_than_are_read_at_once_then_all) {
  std::int64_t count = 0, last = 0;
  Feed feed(db());
  feed.subscribe([&](const Fact& fact) {
    EXPECT_EQ(fact.position, last + 1);
    last = fact.position;
    ++count;
  });
  ok(feed.start());
  auto tx = ok(db().begin_write());
  for (int i = 0; i < 450; ++i) ok(record(tx, Who{}, "thing.done", 0, 0, "many"));
  ok(tx.commit());
  feed.catch_up();
  feed.stop();
  EXPECT_EQ(count, 450);
}

TEST_P(FeedTest, subscriber_when_another_process_writes_then_told_without_being_asked) {
  Heard heard;
  Feed feed(db());
  feed.subscribe([&](const Fact& fact) { heard.add(fact.subject); });
  ok(feed.start());
  auto other = open_again();
  write(*other, "from elsewhere");
  EXPECT_EQ(heard.wait_for(1), (Subjects{"from elsewhere"}));
}

TEST_P(FeedTest, reaction_when_started_later_then_meets_every_fact_once_over_restarts) {
  create_notes();
  write("a");
  for (const std::string subject : {"b", "c"}) {
    Feed feed(db());
    feed.react("notes", [&](db::Tx& tx, const Fact& fact) { return note(db(), tx, fact); });
    ok(feed.start());
    write(subject);
    feed.catch_up();
  }
  EXPECT_EQ(notes(), (Subjects{"a", "b", "c"}));
}

TEST_P(FeedTest, reaction_when_it_fails_then_tried_again_and_others_go_on) {
  create_notes();
  for (const char* subject : {"a", "bad", "c"}) write(subject);
  Heard attempts, others;
  {
    Feed feed(db());
    feed.react("fails twice", [&](db::Tx& tx, const Fact& fact) -> Result<void> {
      TRY(note(db(), tx, fact));
      if (fact.subject != "bad") return {};
      attempts.add(fact.subject);
      // The first time as third of its batch (then those before it are done alone), then standing first, twice.
      if (attempts.all().size() < 3) return fail(ErrorCode::unavailable, "Not now.");
      return {};
    });
    feed.react("goes on", [&](db::Tx&, const Fact& fact) -> Result<void> {
      others.add(fact.subject);
      return {};
    });
    ok(feed.start());
    EXPECT_EQ(others.wait_for(3), (Subjects{"a", "bad", "c"}));
    attempts.wait_for(3);
    while (notes().size() < 3) feed.catch_up();
  }
  EXPECT_EQ(notes(), (Subjects{"a", "bad", "c"})) << "what a failed attempt wrote is undone, what came before it is kept";
  EXPECT_EQ(attempts.all().size(), 3U);
}

TEST_P(FeedTest, reaction_when_it_throws_then_treated_as_failed) {
  write("a");
  Heard attempts;
  Feed feed(db());
  feed.react("throws once", [&](db::Tx&, const Fact& fact) -> Result<void> {
    attempts.add(fact.subject);
    if (attempts.all().size() == 1) throw std::runtime_error("thrown");
    return {};
  });
  ok(feed.start());
  EXPECT_EQ(attempts.wait_for(2), (Subjects{"a", "a"}));
}

TEST_P(FeedTest, reaction_when_two_processes_have_it_then_each_fact_is_handled_once) {
  create_notes();
  auto other = open_again();
  {
    Feed here(db()), there(*other);
    for (Feed* feed : {&here, &there}) feed->react("notes", [&](db::Tx& tx, const Fact& fact) { return note(tx.database(), tx, fact); });
    ok(here.start());
    ok(there.start());
    for (int i = 0; i < 60; ++i) write(i % 2 == 0 ? db() : *other, std::to_string(100 + i));
    here.catch_up();
    there.catch_up();
  }
  Subjects expected;
  for (int i = 0; i < 60; ++i) expected.push_back(std::to_string(100 + i));
  EXPECT_EQ(notes(), expected);
}

TEST_P(FeedTest, reaction_when_it_records_facts_itself_then_those_are_handed_out_too) {
  Heard heard;
  Feed feed(db());
  feed.react("answers", [&](db::Tx& tx, const Fact& fact) -> Result<void> {
    heard.add(fact.subject);
    if (fact.subject == "question") TRY(record(tx, Who{.by = "system"}, "thing.answered", 0, 0, "answer"));
    return {};
  });
  ok(feed.start());
  write("question");
  EXPECT_EQ(heard.wait_for(2), (Subjects{"question", "answer"}));
}

}  // namespace
}  // namespace confer::journal
