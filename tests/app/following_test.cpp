// The public pages follow the journal: many facts are drawn together, and a client that was away over a restart gets what it missed.
#include "app/following.h"
#include <gtest/gtest.h>
#include <filesystem>
#include "app/demo.h"
#include "app/gate.h"
#include "app/installation.h"
#include "events/events.h"
#include "http/event_hub_inside.h"
#include "programme/programme.h"
#include "support/database.h"

namespace confer::app {
namespace {

using test::ok;

constexpr const char* slug = "murmelconf-2026";

/// A stream's end: keeps what it is given.
struct Listener final : http::StreamLoop {
  std::string heard;
  void deliver(const std::string&, std::shared_ptr<const std::string> message) override { heard += *message; }
};

class FollowingTest : public test::DatabaseTest {
 protected:
  void SetUp() override {
    DatabaseTest::SetUp();
    if (IsSkipped()) return;
    ok(load_templates());
    Config config;
    config.data_dir = folder.path() / "data";
    config.database_url = test_database().url();
    here = ok(open_installation(config));
    ok(load_demo(here, ok(demo_day(Clock::system().now()))));  // events of the past sleep
  }
  Web web(http::EventHub& hub) {
    return {.db = *here.db,
            .files = *here.files,
            .events = hub,
            .chrome = make_chrome(),
            .sign_in = {{}, "https://conf.example.org"},
            .data_dir = folder.path() / "data",
            .programme_changed = {}};
  }
  std::int64_t last_position() {
    auto tx = ok(here.db->begin_read());
    return ok(journal::last_position(tx));
  }
  void set_banner(const std::string& text) {
    auto tx = ok(here.db->begin_write());
    ok(events::set_banner(tx, system_actor("test"), ok(events::require_event(tx, slug)), LocalizedText("en", text), 1));
    ok(tx.commit());
  }
  test::TestFolder folder;
  Installation here;
};
ON_BOTH_DATABASES(FollowingTest);

TEST_P(FollowingTest, facts_when_many_come_then_the_pages_show_the_last_and_every_message_is_told) {
  http::EventHub hub;
  const Web surroundings = web(hub);
  site::RenderedSite site(surroundings);
  FollowingSite following(surroundings, site);
  ok(following.begin());
  ok(site.load());
  following.start();
  following.catch_up();
  Listener listener;
  hub.impl().subscribe(listener, std::string("event:") + slug, std::nullopt);
  for (const char* text : {"one", "two", "three"}) set_banner(text);
  following.look();
  following.catch_up();
  EXPECT_TRUE(site.find(std::string("/") + slug + "/revision.json")->identity.contains("\"en\":\"three\""));
  for (const char* text : {"one", "two", "three"}) EXPECT_TRUE(listener.heard.contains(text)) << listener.heard;
  hub.impl().unsubscribe(listener, std::string("event:") + slug);
  following.stop();
}

TEST_P(FollowingTest, client_when_it_was_away_over_a_restart_then_gets_what_it_missed) {
  const auto before = last_position();
  set_banner("The hall is closed");
  const auto after = last_position();
  http::EventHub hub;
  const Web surroundings = web(hub);
  site::RenderedSite site(surroundings);
  FollowingSite following(surroundings, site);
  ok(following.begin());
  following.start();
  following.catch_up();
  Listener listener;
  const std::string topic = std::string("event:") + slug;
  const auto missed = hub.impl().subscribe(listener, topic, before);
  EXPECT_TRUE(missed.starts_with("id: " + std::to_string(after) + "\nevent: banner\n")) << missed;
  EXPECT_TRUE(missed.contains("The hall is closed"));
  EXPECT_EQ(hub.impl().subscribe(listener, topic, after), "") << "who has it already is told nothing twice";
  hub.impl().unsubscribe(listener, topic);
  hub.impl().unsubscribe(listener, topic);
  following.stop();
}

}  // namespace
}  // namespace confer::app
