// `confer check`: each thing that can be wrong is broken once, and named.
#include "app/check.h"
#include "app/demo.h"
#include "search/search.h"
#include "support/database.h"

namespace confer::app {
namespace {

using test::ok;

class CheckTest : public test::DatabaseTest {
 protected:
  void SetUp() override {
    DatabaseTest::SetUp();
    if (IsSkipped()) return;
    Config config;
    config.data_dir = folder_.path() / "data";
    config.database_url = test_database().url();
    here_ = std::make_unique<Installation>(ok(open_installation(config)));
    ok(load_demo(*here_, parse_date("2026-11-22").value()));
  }
  void TearDown() override {
    here_.reset();
    DatabaseTest::TearDown();
  }
  void run(const std::string& name, const std::string& statement) {
    auto tx = ok(here_->db->begin_write());
    ok(tx.run(here_->db->dynamic("test/break/" + name, statement)));
    ok(tx.commit());
  }
  std::int64_t one(const std::string& name, const std::string& statement) {
    auto tx = ok(here_->db->begin_read());
    return ok(tx.one<std::int64_t>(here_->db->dynamic("test/ask/" + name, statement)));
  }
  Installation& here() { return *here_; }
  std::vector<std::string> problems() { return ok(check_everything(*here_)); }

 private:
  test::TestFolder folder_;
  std::unique_ptr<Installation> here_;
};
ON_BOTH_DATABASES(CheckTest);

using Sentences = std::vector<std::string>;

TEST_P(CheckTest, each_broken_thing_is_named) {
  EXPECT_EQ(problems(), Sentences{});

  run("cursor", "INSERT INTO journal_cursors (name, position) VALUES ('tell somebody', 999999999)");
  EXPECT_EQ(problems(), Sentences{"journal: the reaction “tell somebody” has read up to 999999999, where there is no fact: it misses what comes next"});
  run("no_cursor", "DELETE FROM journal_cursors WHERE name = 'tell somebody'");

  run("last", "UPDATE journal_last SET position = position - 1");
  EXPECT_EQ(problems(), Sentences{"journal: the last position is behind the last fact: nothing more can be written"});
  run("last_again", "UPDATE journal_last SET position = position + 1");

  run("job", "INSERT INTO jobs (kind, state, max_attempts, created_at_ms, run_at_ms) VALUES ('site.render', 1, 8, 0, 0)");
  const auto job = one("job", "SELECT MAX(id) FROM jobs");
  EXPECT_EQ(problems(), Sentences{"jobs: " + std::to_string(job) + " (site.render) is marked as running, but nobody has it: it would never end"});
  run("no_job", "DELETE FROM jobs WHERE id = " + std::to_string(job));

  run("mail", "INSERT INTO mail_outbox (to_address, to_folded, subject, body, state, created_at_ms) VALUES ('a@example.org', 'a@example.org', 'S', 'B', 0, 0)");
  const auto mail = one("mail", "SELECT MAX(id) FROM mail_outbox");
  EXPECT_EQ(problems(), Sentences{"mail: " + std::to_string(mail) + " waits, but no job is left to deliver it"});
  run("no_mail", "DELETE FROM mail_outbox WHERE id = " + std::to_string(mail));

  const auto room = one("room", "SELECT MIN(room_id) FROM slots WHERE deleted_at_ms IS NULL");
  const auto slots = one("slots", "SELECT COUNT(*) FROM slots WHERE deleted_at_ms IS NULL AND room_id = " + std::to_string(room));
  run("room", "UPDATE rooms SET deleted_at_ms = 1 WHERE id = " + std::to_string(room));
  const auto roomless = problems();
  EXPECT_EQ(static_cast<std::int64_t>(roomless.size()), slots);
  EXPECT_TRUE(roomless.front().ends_with(" stands in a removed room")) << roomless.front();
  run("room_again", "UPDATE rooms SET deleted_at_ms = NULL WHERE id = " + std::to_string(room));

  const auto foreign = one(
      "foreign",
      "SELECT MIN(r.id) FROM rooms r WHERE r.event_id <> (SELECT s.event_id FROM slots s WHERE s.id = (SELECT MAX(id) FROM slots WHERE room_id IS NOT NULL))");
  const auto slot = one("slot", "SELECT MAX(id) FROM slots WHERE room_id IS NOT NULL");
  const auto its_room = one("its_room", "SELECT room_id FROM slots WHERE id = " + std::to_string(slot));
  run("foreign_room", "UPDATE slots SET room_id = " + std::to_string(foreign) + " WHERE id = " + std::to_string(slot));
  EXPECT_EQ(problems(), Sentences{"programme: slot " + std::to_string(slot) + " stands in a room of another event"});
  run("its_room_again", "UPDATE slots SET room_id = " + std::to_string(its_room) + " WHERE id = " + std::to_string(slot));

  const auto typed = one("typed", "SELECT MAX(id) FROM talks WHERE type_id IS NOT NULL");
  const auto its_type = one("its_type", "SELECT type_id FROM talks WHERE id = " + std::to_string(typed));
  run("foreign_type",
      "UPDATE talks SET type_id = (SELECT MIN(y.id) FROM session_types y WHERE y.event_id <> talks.event_id) WHERE id = " + std::to_string(typed));
  const auto mistyped = problems();
  ASSERT_EQ(mistyped.size(), 1u);
  EXPECT_TRUE(mistyped.front().ends_with(" has a session type of another event")) << mistyped.front();
  run("its_type_again", "UPDATE talks SET type_id = " + std::to_string(its_type) + " WHERE id = " + std::to_string(typed));

  const auto event = one("event", "SELECT MIN(id) FROM events WHERE slug = 'murmelconf-2026'");
  run("stamp", "INSERT INTO slot_stamps (event_id, slot_guid, sequence, changed_at_ms) VALUES (" + std::to_string(event) + ", 'no-such-slot', 0, 0)");
  EXPECT_EQ(problems(), Sentences{"programme: a calendar stamp of murmelconf-2026 is of no slot: no-such-slot"});
  run("no_stamp", "DELETE FROM slot_stamps WHERE slot_guid = 'no-such-slot'");

  {
    auto tx = ok(here().db->begin_write());
    ok(search::put(tx, {.kind = "talk", .key = "NOSUCH", .event = event, .title = "No such talk"}));
    ok(search::put(tx, {.kind = "talk", .key = "NOEVNT", .event = 999'999, .title = "No such event"}));
    ok(tx.commit());
  }
  EXPECT_EQ(problems(), (Sentences{"site: search finds NOSUCH of murmelconf-2026, which its pages do not show",
                                   "site: search finds NOEVNT of event 999999, which is not there"}));
  run("not_found", "DELETE FROM search_documents WHERE doc_key = 'NOEVNT'");

  run("release", "UPDATE releases SET snapshot = '{' WHERE event_id = " + std::to_string(event));
  const auto unreadable = problems();
  ASSERT_GE(unreadable.size(), 2u);
  EXPECT_TRUE(unreadable.front().starts_with("programme: release ")) << unreadable.front();
  EXPECT_TRUE(unreadable.front().ends_with(" of murmelconf-2026 cannot be read: This is not a stored programme: it cannot be read as JSON."))
      << unreadable.front();
  EXPECT_EQ(unreadable.back(), "site: the pages of murmelconf-2026 cannot be made: This is not a stored programme: it cannot be read as JSON.");
}

}  // namespace
}  // namespace confer::app
