// Looking whether videos are still there: what each answer means, how polite it is, when a video is gone; and what a keeper says of it.
#include "recordings/links.h"
#include <algorithm>
#include <map>
#include <tuple>
#include "events/events.h"
#include "journal/journal.h"
#include "recordings/played_host.h"
#include "support/database.h"
#include "support/property.h"
#include "talks/talks.h"

namespace confer::recordings {
namespace {

using std::chrono::hours;
using test::ok;
using Found = Look::Found;

TEST(LinkRules, what_answers_mean) {
  const std::string url = "https://example.org/videos/a.mp4";
  const auto look = [&](int status, std::string final_url = {}, bool moved = false) {
    return look_of(url, {.status = status, .problem = {}, .final_url = std::move(final_url), .moved_for_good = moved});
  };
  for (const auto& [status, found] : std::vector<std::pair<int, Found>>{{200, Found::there},
                                                                        {206, Found::there},
                                                                        {404, Found::missing},
                                                                        {410, Found::missing},
                                                                        {500, Found::missing},
                                                                        {403, Found::unclear},
                                                                        {429, Found::unclear},
                                                                        {503, Found::unclear},
                                                                        {0, Found::missing}})
    EXPECT_EQ(look(status).found, found) << status;
  EXPECT_EQ(look(200, "https://cdn.example.org/a.mp4", true).moved_to, "https://cdn.example.org/a.mp4");
  EXPECT_EQ(look(200, "https://cdn.example.org/a.mp4").moved_to, "");
  EXPECT_EQ(look(200, "https://example.org/").found, Found::missing);
  EXPECT_EQ(look_of("https://example.org/", {.status = 200, .problem = {}, .final_url = "https://example.org/"}).found, Found::there);
  EXPECT_EQ(look_of(url, {.status = 0, .problem = {}, .final_url = {}, .refused_here = true}).found, Found::unclear);
  EXPECT_TRUE(look(429).leave_host_alone);
  const auto oembed = [](Oembed host, int status) { return look_of_oembed(host, {.status = status, .problem = {}, .final_url = {}}).found; };
  for (const int status : {400, 401, 403, 404}) EXPECT_EQ(oembed(Oembed::youtube, status), Found::missing) << status;
  EXPECT_EQ(oembed(Oembed::youtube, 200), Found::there);
  EXPECT_EQ(oembed(Oembed::youtube, 500), Found::unclear);
  EXPECT_EQ(oembed(Oembed::vimeo, 403), Found::there);
  EXPECT_EQ(oembed(Oembed::youtube, 0), Found::unclear) << "that YouTube is silent says nothing of its videos";
  EXPECT_EQ(with_silence_in_doubt(look(0)).found, Found::unclear);
  EXPECT_EQ(with_silence_in_doubt(look(404)).found, Found::missing);
  EXPECT_EQ(host_of("https://me@WWW.Example.org:8080/x"), "example.org:8080");
}

// Whatever the looks tell and whenever they come, nothing is gone before three counted looks and two days; one good look makes it there again.
TEST(LinkRulesProperty, nothing_is_gone_too_soon) {
  test::for_random_cases(200, [](test::Random& random) {
    Memory memory;
    Instant now = instant_of_ms(1'800'000'000'000);
    std::optional<Instant> first;
    std::vector<Instant> counted;
    for (int i = 0; i < 12; ++i) {
      now += std::chrono::hours(random.between(0, 40));
      const auto found = random.pick(std::vector<Found>{Found::there, Found::missing, Found::missing, Found::missing, Found::unclear});
      const bool was_gone = memory.health == Health::dead;
      memory = remembered(memory, {.found = found, .note = "n", .moved_to = {}}, now);
      if (found == Found::there) {
        first.reset();
        counted.clear();
        EXPECT_EQ(memory.health, Health::live);
        EXPECT_EQ(memory.seen_at, now);
      }
      if (found == Found::missing) {
        if (!first) first = now;
        if (counted.empty() || now - counted.back() >= between_counted_looks) counted.push_back(now);
      }
      EXPECT_EQ(memory.checked_at, now);
      if (memory.health == Health::dead && !was_gone) {
        EXPECT_EQ(found, Found::missing);
        EXPECT_GE(counted.size(), 3U);
        EXPECT_GE(now - *first, hours(48));
      }
    }
  });
}

class LinksTest : public test::DatabaseTest {
 protected:
  void SetUp() override {
    DatabaseTest::SetUp();
    if (IsSkipped()) return;
    auto tx = ok(db().begin_write());
    auto series = ok(events::save_series(tx, keeper, {.id = {}, .slug = "examplia", .title = {"en", "Examplia"}, .description = {}}));
    events::Event e;
    e.series = series.id;
    e.kind = events::EventKind::archived;
    e.slug = "examplia-2012";
    e.acronym = "examplia2012";
    e.guid = "11111111-1111-4111-8111-111111111111";
    e.title = {"en", "Examplia 2012"};
    e.is_public = true;
    event = ok(events::save_event(tx, keeper, e));
    ok(tx.commit());
    settings.pause = std::chrono::milliseconds(20);
    settings.private_networks = true;
    settings.timeout = std::chrono::seconds(1);
    settings.user_agent = "Confer-LinkCheck/test (https://conf.example.org)";
    settings.youtube = host.url("/oembed");
    settings.vimeo = host.url("/vimeo");
  }
  void video(const std::string& url) {
    auto tx = ok(db().begin_write());
    talks::Talk t;
    t.title = url;
    t.state = talks::State::archived;
    t = ok(talks::save_talk(tx, keeper, event, t));
    Recording r;
    r.talk = t.id;
    Video v;
    v.url = url;
    r.videos = {v};
    ok(put_recording(tx, r));
    ok(tx.commit());
  }
  LinkCheckSums look(LinkCheck check = {.video = {}, .event = {}}) {
    if (check.since == Instant{}) {
      test_database().clock.advance(std::chrono::minutes(1));
      check.since = test_database().clock.now();
    }
    return ok(check_links(db(), check, settings, {}, [] { return false; }));
  }
  std::map<std::string, Video> stored() {
    auto tx = ok(db().begin_read());
    std::map<std::string, Video> out;
    for (const auto& r : ok(recordings_of(tx, event.id)))
      for (const auto& v : r.videos) out[v.url] = v;
    return out;
  }
  int times_asked(const std::string& path) {
    const auto all = host.asked();
    return static_cast<int>(std::ranges::count(all, path, &test::PlayedHost::Asked::path));
  }
  const Actor keeper = system_actor("test");
  events::Event event;
  test::PlayedHost host;
  LinkCheckSettings settings;
};
ON_BOTH_DATABASES(LinksTest);

TEST_P(LinksTest, each_answer_is_noted_and_no_host_is_hurried) {
  host.answer("/there", "200 OK");
  host.answer("/moved", "301 Moved Permanently\r\nLocation: /there");
  host.answer("/gone", "410 Gone");
  host.answer("HEAD /head", "405 Method Not Allowed");
  host.answer("GET /head", "206 Partial Content");
  host.answer("/silent", "");
  host.answer("/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DgznPQpZH1Yc", "200 OK");
  host.answer("/oembed", "401 Unauthorized");
  host.answer("/vimeo", "404 Not Found");
  for (const char* path : {"/there", "/moved", "/gone", "/lost", "/head", "/silent"}) video(host.url(path));
  video("https://youtu.be/gznPQpZH1Yc");
  video("https://www.youtube.com/watch?v=9T91U4RjLnk");
  video("https://vimeo.com/5");
  const auto sums = look();
  EXPECT_EQ(std::tuple(sums.looked_at, sums.there, sums.missing, sums.unclear, sums.gone), std::tuple(9, 4, 5, 0, 0));
  const auto now = stored();
  const auto state = [&](const std::string& url) { return std::pair(now.at(url).health, now.at(url).check_note); };
  EXPECT_EQ(state(host.url("/there")), std::pair(Health::live, std::string()));
  EXPECT_EQ(now.at(host.url("/moved")).moved_to, host.url("/there"));
  EXPECT_EQ(state(host.url("/gone")), std::pair(Health::doubtful, std::string("HTTP 410")));
  EXPECT_EQ(state(host.url("/lost")), std::pair(Health::doubtful, std::string("HTTP 404")));
  EXPECT_EQ(state(host.url("/head")), std::pair(Health::live, std::string()));
  EXPECT_EQ(now.at(host.url("/silent")).check_note, host.url("/silent") + " did not answer in 1 seconds.");
  EXPECT_EQ(now.at("https://youtu.be/gznPQpZH1Yc").health, Health::live);
  EXPECT_EQ(now.at("https://www.youtube.com/watch?v=9T91U4RjLnk").check_note, "HTTP 401: private, or not to be shown on other sites");
  EXPECT_EQ(now.at("https://vimeo.com/5").check_note, "HTTP 404: there is no such video");
  std::optional<std::chrono::steady_clock::time_point> before;
  for (const auto& asked : host.asked()) {
    EXPECT_TRUE(asked.head.contains("User-Agent: " + settings.user_agent)) << asked.head;
    // What is asked by a redirect follows at once; the host of a service's oEmbed is another one than that of the files.
    if (asked.path.starts_with("/oembed") || asked.path.starts_with("/vimeo") || asked.path == "/there") continue;
    if (before) EXPECT_GE(asked.at - *before, settings.pause - std::chrono::milliseconds(5)) << asked.path;
    before = asked.at;
  }
  // Nothing is left to look at since then.
  EXPECT_EQ(look({.video = {}, .event = {}, .limit = 0, .since = test_database().clock.now()}).looked_at, 0);
}

TEST_P(LinksTest, gone_is_what_was_missing_on_three_days) {
  video(host.url("/a"));
  host.answer("/a", "200 OK");
  look();
  const Instant seen = test_database().clock.now();
  host.answer("/a", "404 Not Found");
  std::vector<Health> states;
  std::vector<int> gone;
  for (const auto wait : {hours(24), hours(1), hours(24), hours(25)}) {
    test_database().clock.advance(wait);
    gone.push_back(look().gone);
    states.push_back(stored().at(host.url("/a")).health);
  }
  EXPECT_EQ(states, (std::vector<Health>{Health::doubtful, Health::doubtful, Health::doubtful, Health::dead}));
  EXPECT_EQ(gone, (std::vector<int>{0, 0, 0, 1}));
  const Video video = stored().at(host.url("/a"));
  EXPECT_EQ(std::tuple(video.failures, video.seen_at), std::tuple(3, std::optional(seen)));
  {
    auto tx = ok(db().begin_read());
    EXPECT_EQ(ok(journal::list_facts(tx, {.event = event.id.value, .name_prefix = "recording.links_checked"})).size(), 1U);
    EXPECT_EQ(ok(list_links(tx)).size(), 1U);
    EXPECT_EQ(ok(count_by_health(tx)), (std::map<Health, std::int64_t>{{Health::dead, 1}}));
  }
  host.answer("/a", "200 OK");
  look();
  EXPECT_EQ(std::tuple(stored().at(host.url("/a")).health, stored().at(host.url("/a")).failures), std::tuple(Health::live, 0));
}

TEST_P(LinksTest, a_silence_counts_only_where_somebody_else_answers) {
  host.answer("/silent", "");
  host.answer("/oembed", "");
  video(host.url("/silent"));
  video("https://www.youtube.com/watch?v=9T91U4RjLnk");
  for (int day = 0; day < 4; ++day) {
    EXPECT_EQ(look().missing, 0) << "the network may be away";
    test_database().clock.advance(hours(24));
  }
  EXPECT_EQ(stored().at(host.url("/silent")).failures, 0);
  EXPECT_TRUE(stored().at(host.url("/silent")).check_note.ends_with("did not answer in 1 seconds.; nothing else answered, so it may be the network here"))
      << stored().at(host.url("/silent")).check_note;
  host.answer("/there", "200 OK");
  video(host.url("/there"));
  EXPECT_EQ(look().missing, 1);
  EXPECT_EQ(stored().at("https://www.youtube.com/watch?v=9T91U4RjLnk").failures, 0);
}

TEST_P(LinksTest, a_host_that_asks_for_peace_or_is_silent_is_left_alone) {
  test::PlayedHost silent;
  for (int i = 0; i < 3; ++i) video(host.url("/busy" + std::to_string(i)));
  for (int i = 0; i < 4; ++i) {
    silent.answer("/" + std::to_string(i), "-");
    video(silent.url("/" + std::to_string(i)));
  }
  for (int i = 0; i < 3; ++i) host.answer("/busy" + std::to_string(i), "429 Too Many Requests\r\nRetry-After: 3600");
  const auto sums = look();
  EXPECT_EQ(std::tuple(sums.looked_at, sums.missing, sums.unclear), std::tuple(7, 3, 4));
  EXPECT_EQ(host.asked().size(), 1U);
  EXPECT_EQ(silent.asked().size(), 3U);
}

TEST_P(LinksTest, private_networks_are_not_reached_unless_allowed) {
  video(host.url("/there"));
  settings.private_networks = false;
  EXPECT_EQ(look().unclear, 1);
  EXPECT_TRUE(host.asked().empty());
  EXPECT_EQ(stored().at(host.url("/there")).check_note, "its address lies in a private network, which the settings exclude");
}

TEST_P(LinksTest, a_check_that_was_interrupted_goes_on_where_it_was) {
  for (int i = 0; i < 6; ++i) {
    host.answer("/" + std::to_string(i), "200 OK");
    video(host.url("/" + std::to_string(i)));
  }
  test_database().clock.advance(std::chrono::minutes(1));
  const LinkCheck check{.video = {}, .event = event.id, .limit = 5, .since = test_database().clock.now()};
  const auto first = ok(check_links(db(), check, settings, {}, [&] { return host.asked().size() >= 2; }));
  EXPECT_EQ(first.looked_at, 2);
  const auto rest = look(check);
  EXPECT_EQ(rest.looked_at, 3);
  EXPECT_EQ(host.asked().size(), 5U);
  for (int i = 0; i < 6; ++i) EXPECT_LE(times_asked("/" + std::to_string(i)), 1);
}

TEST_P(LinksTest, a_keeper_marks_replaces_and_asks_again) {
  video(host.url("/a"));
  const VideoId id = stored().at(host.url("/a")).id;
  {
    auto tx = ok(db().begin_write());
    EXPECT_EQ(mark_video(tx, Actor{}, id, Health::dead).error().code, ErrorCode::unauthenticated);
    ok(mark_video(tx, keeper, id, Health::dead));
    EXPECT_EQ(ok(list_links(tx)).at(0).marked_by_hand, true);
    ok(tx.commit());
  }
  EXPECT_EQ(look().looked_at, 0);
  auto tx = ok(db().begin_write());
  ok(ask_for_link_check(tx, keeper, {.video = id, .event = {}}));
  ok(ask_for_link_check(tx, keeper, {.video = {}, .event = {}}));
  EXPECT_EQ(ask_for_link_check(tx, keeper, {.video = {}, .event = {}}).error().code, ErrorCode::conflict);
  EXPECT_EQ(replace_address(tx, keeper, id, "javascript:x").error().problems.at(0).message,
            "“javascript:x” is not a web address: it should start with https://.");
  ok(replace_address(tx, keeper, id, " " + host.url("/b") + " "));
  ok(tx.commit());
  host.answer("/b", "200 OK");
  EXPECT_EQ(look().there, 1);
  EXPECT_EQ(stored().at(host.url("/b")).health, Health::live);
  const LinkCheck check{.video = VideoId{3}, .event = EventId{4}, .limit = 5, .since = instant_of_ms(6)};
  const LinkCheck read = link_check_of_json(to_json(check));
  EXPECT_EQ(std::tuple(read.video, read.event, read.limit, read.since), std::tuple(check.video, check.event, check.limit, check.since));
}

}  // namespace
}  // namespace confer::recordings
