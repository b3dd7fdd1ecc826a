// Following an address: what comes from there is released by itself, what an organiser has not released is not.
#include "app/sync.h"
#include "app/installation.h"
#include "events/events.h"
#include "http/site.h"
#include "programme/event_fixture.h"
#include "programme/sync.h"

namespace confer::app {
namespace {

using test::ok;
using test::wall;
namespace pr = programme;

class SyncTest : public test::DatabaseTest {
 protected:
  void SetUp() override {
    DatabaseTest::SetUp();
    if (IsSkipped()) return;
    pr::Programme& p = there_;
    p.conference = {.slug = "there", .acronym = "there", .title = {"en", "There"}, .zone = "UTC"};
    p.conference.start = p.conference.end = parse_date("2027-05-04").value();
    p.rooms.push_back({.code = "aula", .name = {"en", "Aula"}});
    p.talks.push_back({.code = "GOATS1", .guid = "5f9b8a9e-0a4f-4a0c-8b7e-000000000001", .title = "Goats", .state = pr::TalkState::confirmed});
    p.slots.push_back({.number = 1, .guid = p.talks[0].guid, .talk = "GOATS1", .room = "aula", .start = wall("2027-05-04T10:00"), .length = minutes(30)});
    address_.on(http::Method::get, "/schedule.json", [this](http::Request&) -> Result<http::Response> {
      return http::Response::content("application/json", pr::write_schedule_json(there_, {.version = "1", .url = ""}));
    });
    address_.start();
    Config config;
    config.data_dir = (folder_.path() / "data");
    config.database_url = test_database().url();
    config.outbound_private = true;
    here_ = ok(open_installation(config));
    auto tx = ok(here_.db->begin_write());
    auto series = ok(events::save_series(tx, organiser_, {.id = {}, .slug = "here", .title = {"en", "Here"}, .description = {}}));
    events::Event event;
    event.series = series.id;
    event.slug = "here-2027";
    event.title = {"en", "Here"};
    event.zone = "UTC";
    event.start = event.end = parse_date("2027-05-04").value();
    event_ = ok(events::save_event(tx, organiser_, event));
    pr::SyncSource source;
    source.event = event_.id;
    source.url = "http://127.0.0.1:" + std::to_string(address_.port) + "/schedule.json";
    ok(pr::save_sync_source(tx, organiser_, event_, source));
    ok(tx.commit());
  }
  std::string sync() { return ok(sync_event(here_, event_.id)); }
  /// An organiser works on the talk, without releasing.
  void edit(const std::string& abstract) {
    auto tx = ok(here_.db->begin_write());
    auto talk = ok(talks::list_talks(tx, event_.id)).front();
    talk.abstract = abstract;
    ok(talks::save_talk(tx, organiser_, event_, talk));
    ok(tx.commit());
  }
  /// "revision name: title, abstract" of the current release's talk.
  std::string released() {
    auto tx = ok(here_.db->begin_read());
    const auto releases = ok(pr::list_releases(tx, event_));
    if (releases.empty()) return "nothing";
    const auto p = ok(pr::current_programme(tx, event_, ""));
    return std::to_string(releases.front().revision) + " " + releases.front().name + ": " + p->talks.front().title + ", " + p->talks.front().abstract;
  }

  test::TestFolder folder_;
  http::Site address_;
  pr::Programme there_;
  Installation here_;
  const Actor organiser_ = system_actor("test");
  events::Event event_;
};
ON_BOTH_DATABASES(SyncTest);

TEST_P(SyncTest, sync_when_something_came_then_released_and_else_not) {
  EXPECT_EQ(sync(), "3 added, 0 updated, 0 removed, 0 kept as edited here. Released as sync-1.");
  EXPECT_EQ(released(), "1 sync-1: Goats, ");
  there_.version = "other bytes, so that no validator ends it early";
  EXPECT_EQ(sync(), "0 added, 0 updated, 0 removed, 0 kept as edited here.");
  there_.talks[0].title = "Goats and Hens";
  EXPECT_EQ(sync(), "0 added, 1 updated, 0 removed, 0 kept as edited here. Released as sync-2.");
  EXPECT_EQ(released(), "2 sync-2: Goats and Hens, ");
}

TEST_P(SyncTest, sync_when_half_of_the_sessions_are_gone_then_imported_and_not_released) {
  const pr::Slot slot = there_.slots.front();
  for (int i = 1; i < 8; ++i) {
    there_.slots.push_back(slot);
    auto& more = there_.slots.back();
    more.number = 100 + i;
    more.guid = name_uuid(slot.guid, std::to_string(i));
    more.start += std::chrono::hours(i);
  }
  EXPECT_TRUE(sync().ends_with("Released as sync-1."));
  const auto all = there_.slots;
  there_.slots.resize(3);
  EXPECT_TRUE(sync().ends_with(" Not released: 5 of 8 sessions would be gone. If that is meant, release the draft yourself.")) << sync();
  EXPECT_TRUE(released().starts_with("1 sync-1"));
  there_.slots = all;
  there_.slots.resize(7);
  const auto later = sync();
  EXPECT_TRUE(later.contains("Not released: the draft has changes made here")) << later;
}

TEST_P(SyncTest, sync_when_the_draft_is_unfinished_then_not_released) {
  sync();
  edit("Half a sentence that");
  there_.version = "2";
  const std::string waits = " Not released: the draft has changes made here that are not released yet.";
  EXPECT_EQ(sync(), "0 added, 0 updated, 0 removed, 0 kept as edited here." + waits);
  EXPECT_EQ(released(), "1 sync-1: Goats, ");
  there_.talks[0].title = "Goats and Hens";
  EXPECT_EQ(sync(), "0 added, 1 updated, 0 removed, 0 kept as edited here." + waits);
  EXPECT_EQ(released(), "1 sync-1: Goats, ");
  // Once they have released it, later changes follow by themselves again.
  edit("A whole sentence.");
  ok(pr::release_schedule(*here_.db, organiser_, event_.id, "2.0", "", here_.config.public_url()));
  there_.talks[0].title = "Goats, Hens and Bees";
  EXPECT_EQ(sync(), "0 added, 1 updated, 0 removed, 0 kept as edited here. Released as sync-3.");
  EXPECT_EQ(released(), "3 sync-3: Goats, Hens and Bees, A whole sentence.");
}

TEST_P(SyncTest, sync_when_the_programme_was_made_here_and_never_released_then_not_released) {
  {
    auto tx = ok(here_.db->begin_write());
    talks::Talk talk;
    talk.title = "Secret keynote";
    talk.state = talks::State::confirmed;
    ok(talks::save_talk(tx, organiser_, event_, talk));
    ok(tx.commit());
  }
  EXPECT_EQ(sync(), "3 added, 0 updated, 0 removed, 0 kept as edited here. Not released: the draft has changes made here that are not released yet.");
  EXPECT_EQ(released(), "nothing");
}

}  // namespace
}  // namespace confer::app
