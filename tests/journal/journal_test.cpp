// Recording and listing facts, on both databases.
#include "journal/journal.h"

#include <gtest/gtest.h>

#include "support/database.h"

namespace confer::journal {
namespace {

using test::ok;

class JournalTest : public test::DatabaseTest {
 protected:
  void write(std::string_view name, std::int64_t event, std::string_view subject, std::int64_t series = 1) {
    auto tx = ok(db().begin_write());
    ok(record(tx, Who{.person = 7}, name, series, event, subject));
    ok(tx.commit());
  }
  std::vector<std::int64_t> positions(const Query& query) {
    auto tx = ok(db().begin_read());
    std::vector<std::int64_t> found;
    for (const Fact& fact : ok(list_facts(tx, query))) found.push_back(fact.position);
    return found;
  }
};
ON_BOTH_DATABASES(JournalTest);
using Positions = std::vector<std::int64_t>;

TEST_P(JournalTest, record_when_committed_then_stored_as_told) {
  {
    auto tx = ok(db().begin_write());
    ok(record(tx, Who{.person = 7}, "talk.moved", 3, 4, "talk:QX7T9M", R"({"room":5})"));
    ok(record(tx, Who{.by = "import"}, "event.imported", 3, 4, "event:camp"));
    EXPECT_EQ(ok(last_position(tx)), 0) << "positions are taken at commit";
    ok(tx.commit());
  }
  auto tx = ok(db().begin_read());
  const auto facts = ok(facts_after(tx, 0, 10));
  ASSERT_EQ(facts.size(), 2U);
  EXPECT_EQ(facts[0].position, 1);
  EXPECT_EQ(facts[0].at, clock().now());
  EXPECT_EQ(facts[0].person, 7);
  EXPECT_EQ(facts[0].by, "person");
  EXPECT_EQ(facts[0].name, "talk.moved");
  EXPECT_EQ(facts[0].series, 3);
  EXPECT_EQ(facts[0].event, 4);
  EXPECT_EQ(facts[0].subject, "talk:QX7T9M");
  EXPECT_EQ(facts[0].data, R"({"room":5})");
  EXPECT_EQ(facts[1].position, 2);
  EXPECT_EQ(facts[1].person, 0);
  EXPECT_EQ(facts[1].by, "import");
  EXPECT_EQ(facts[1].data, "{}");
  EXPECT_EQ(ok(last_position(tx)), 2);
}

TEST_P(JournalTest, record_when_rolled_back_then_nothing_and_no_hole) {
  write("a.done", 1, "a:1");
  {
    auto tx = ok(db().begin_write());
    ok(record(tx, Who{}, "b.done", 1, 1, "b:1"));
  }
  write("c.done", 1, "c:1");
  EXPECT_EQ(positions({}), (Positions{2, 1}));
}

TEST_P(JournalTest, record_when_hook_after_it_fails_then_commit_fails_and_nothing_is_stored) {
  {
    auto tx = ok(db().begin_write());
    ok(record(tx, Who{}, "a.done", 1, 1, "a:1"));
    tx.before_commit([](db::Tx&) -> Result<void> { return fail(ErrorCode::conflict, "No."); });
    EXPECT_EQ(tx.commit().error().code, ErrorCode::conflict);
  }
  write("b.done", 1, "b:1");
  EXPECT_EQ(positions({}), (Positions{1}));
}

TEST_P(JournalTest, record_when_name_or_data_is_not_a_fact_then_refused) {
  auto tx = ok(db().begin_write());
  EXPECT_EQ(record(tx, Who{}, "moved", 0, 0, "talk:1").error().code, ErrorCode::internal);
  EXPECT_EQ(record(tx, Who{}, "talk.moved", 0, 0, "talk:1", "[1]").error().code, ErrorCode::internal);
  EXPECT_EQ(record(tx, Who{}, "talk.moved", 0, 0, "talk:1", "").error().code, ErrorCode::internal);
}

TEST_P(JournalTest, list_when_filtered_then_newest_first_of_those_only) {
  write("talk.moved", 1, "talk:A");                // 1
  write("talk.cancelled", 2, "talk:B");            // 2
  write("schedule.released", 1, "schedule:1", 9);  // 3
  write("talk.moved", 2, "talk:A");                // 4
  EXPECT_EQ(positions({}), (Positions{4, 3, 2, 1}));
  EXPECT_EQ(positions({.limit = 3}), (Positions{4, 3, 2}));
  EXPECT_EQ(positions({.before = 3}), (Positions{2, 1}));
  EXPECT_EQ(positions({.event = 1}), (Positions{3, 1}));
  EXPECT_EQ(positions({.series = 9}), (Positions{3}));
  EXPECT_EQ(positions({.event = 2, .series = 9}), (Positions{}));
  EXPECT_EQ(positions({.subject = "talk:A"}), (Positions{4, 1}));
  EXPECT_EQ(positions({.event = 2, .subject = "talk:A"}), (Positions{4}));
  EXPECT_EQ(positions({.subject = "talk:A", .before = 4}), (Positions{1}));
  EXPECT_EQ(positions({.name_prefix = "talk."}), (Positions{4, 2, 1}));
  EXPECT_EQ(positions({.event = 2, .name_prefix = "talk.c"}), (Positions{2}));
  EXPECT_EQ(positions({.name_prefix = "%"}), (Positions{}));
}

}  // namespace
}  // namespace confer::journal
