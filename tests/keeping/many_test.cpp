// Many archived talks changed at once, on both databases: exactly what was looked at, within limits, and back as it was.
#include "keeping/many.h"
#include "archive/archive_fixture.h"

namespace confer::keeping {
namespace {

using test::ok;
using test::record;

class ManyTest : public test::ArchiveTest {
 protected:
  ManySeen seen(const ManyAsked& asked) {
    auto tx = ok(db().begin_read());
    return ok(look_at_many(tx, keeper, asked));
  }
  std::string refusal(const ManyAsked& asked) {
    auto tx = ok(db().begin_read());
    const auto refused = look_at_many(tx, keeper, asked);
    return refused ? "" : refused.error().problems.front().message;
  }
  std::int64_t change(const ManyAsked& asked) { return ok(change_many(db(), keeper, asked, seen(asked).fingerprint)); }
  KeeperCaseId last() {
    auto tx = ok(db().begin_read());
    return ok(list_cases(tx, {.state = State::accepted, .kind = Kind::many, .one = {}, .limit = 1, .offset = 0})).front().id;
  }
  std::vector<std::string> back() { return ok(take_back(db(), keeper, last())); }
  archive::Shown shown(const std::string& title) {
    const auto code = code_of(title);
    auto tx = ok(db().begin_read());
    return ok(archive::require_shown(tx, code));
  }
  template <class Edit>
  void edit(const std::string& title, Edit edit) {
    auto one = shown(title);
    edit(one);
    auto tx = ok(db().begin_write());
    ok(talks::put_talk(tx, one.event, one.talk));
    ok(recordings::put_recording(tx, one.recording));
    ok(archive::index_event(tx, one.event.id));
    ok(tx.commit());
  }
  void expect_true() {
    auto tx = ok(db().begin_read());
    EXPECT_EQ(ok(archive::check(tx)), std::vector<std::string>{});
    EXPECT_EQ(ok(check(tx)), std::vector<std::string>{});
  }
};

TEST_P(ManyTest, a_topic_when_added_and_taken_back_then_all_topics_stand_as_before) {
  small_tree();
  import();
  edit("Threads", [](archive::Shown& one) { one.talk.tags = {"warp, and weft", "Weaving"}; });
  const ManyAsked asked{.query = "year:2012-2013", .deed = Deed::add_tag, .value = " Cloth "};
  EXPECT_EQ(change(asked), 3);
  EXPECT_EQ(shown("Threads").talk.tags, (std::vector<std::string>{"warp, and weft", "Weaving", "Cloth"}));
  EXPECT_EQ(seen(asked).changing.size(), 0U);
  EXPECT_EQ(seen({.query = "tag:cloth", .deed = Deed::remove_tag, .value = "cloth"}).found, 3);
  EXPECT_EQ(back(), std::vector<std::string>{});
  EXPECT_EQ(shown("Threads").talk.tags, (std::vector<std::string>{"warp, and weft", "Weaving"}));
  EXPECT_EQ(shown("Kräne & Türme").talk.tags, (std::vector<std::string>{"Weaving", "C++"}));
  expect_true();
}

TEST_P(ManyTest, what_was_seen_when_a_talk_changed_since_then_nothing_is_changed) {
  small_tree();
  import();
  const ManyAsked asked{.query = "event:loomcon-2012", .deed = Deed::language, .value = "fr"};
  const auto before = seen(asked);
  ASSERT_EQ(before.changing.size(), 2U);
  edit("A talk", [](archive::Shown& one) { one.talk.abstract = "Otherwise."; });
  EXPECT_EQ(change_many(db(), keeper, asked, before.fingerprint).error().code, ErrorCode::conflict);
  EXPECT_EQ(change_many(db(), Actor{}, asked, before.fingerprint).error().code, ErrorCode::unauthenticated);
  EXPECT_EQ(shown("A talk").talk.language, "en");
  EXPECT_EQ(change(asked), 2);
  edit("A talk", [](archive::Shown& one) { one.talk.language = "es"; });
  EXPECT_EQ(back(), std::vector<std::string>{"A talk"});
  EXPECT_EQ(shown("A talk").talk.language, "es");
  EXPECT_EQ(shown("Kräne & Türme").talk.language, "de");
  expect_true();
}

TEST_P(ManyTest, videos_when_withheld_and_shown_again_then_an_embargo_is_not_ended_by_it) {
  small_tree();
  import();
  edit("A talk", [](archive::Shown& one) { one.recording.status = recordings::Status::embargoed; });
  const ManyAsked asked{.query = "event:loomcon-2012", .deed = Deed::withhold, .value = "ignored"};
  EXPECT_EQ(change(asked), 1);
  EXPECT_EQ(shown("Kräne & Türme").recording.status, recordings::Status::not_allowed);
  EXPECT_FALSE(shown("Kräne & Türme").row.has_video);
  EXPECT_EQ(count(import(), "talks changed"), 0);
  EXPECT_EQ(back(), std::vector<std::string>{});
  EXPECT_EQ(shown("A talk").recording.status, recordings::Status::embargoed);
  EXPECT_TRUE(shown("Kräne & Türme").row.has_video);
  EXPECT_EQ(change({.query = "event:loomcon-2012", .deed = Deed::show, .value = ""}), 1);
  EXPECT_EQ(shown("A talk").recording.status, recordings::Status::published);
  expect_true();
}

TEST_P(ManyTest, a_licence_when_set_then_it_is_recognised_imports_leave_it_and_it_goes_back_as_it_was) {
  small_tree();
  import();
  const auto before = shown("Threads");
  EXPECT_EQ(change({.query = "threads event:loomcon-2013", .deed = Deed::licence, .value = "CC BY-SA 3.0"}), 1);
  talk("loomcon-2013", "c-talk", record({{"title", "Threads"}, {"slug", "c-talk"}, {"recorded", "2013-03-09"}, {"id", 9}, {"copyright_text", "CC BY 4.0"}}));
  import();
  EXPECT_EQ(shown("Threads").recording.license, "CC-BY-SA-3.0");
  EXPECT_EQ(back(), std::vector<std::string>{});
  EXPECT_EQ(shown("Threads").recording.copyright, before.recording.copyright);
  EXPECT_EQ(shown("Threads").talk.license, before.talk.license);
  expect_true();
}

TEST_P(ManyTest, an_event_when_moved_to_a_series_then_lists_follow_and_it_goes_back) {
  small_tree();
  import();
  {
    auto tx = ok(db().begin_write());
    events::Series series;
    series.slug = "meshes";
    series.title = LocalizedText("en", "Meshes");
    ok(events::save_series(tx, keeper, series));
    ok(tx.commit());
  }
  const auto before = shown("Nets").event.series;
  EXPECT_EQ(change({.query = "event:loom-school", .deed = Deed::series, .value = "meshes"}), 1);
  EXPECT_EQ(shown("Nets").row.series_slug, "meshes");
  EXPECT_EQ(seen({.query = "event:loom-school", .deed = Deed::series, .value = "meshes"}).changing.size(), 0U);
  EXPECT_EQ(back(), std::vector<std::string>{});
  EXPECT_EQ(shown("Nets").row.series, before);
  EXPECT_NE(refusal({.query = "event:loom-school", .deed = Deed::series, .value = "nothing-such"}), "");
  expect_true();
}

TEST_P(ManyTest, too_much_when_found_then_refused_with_what_to_do) {
  small_tree();
  import();
  EXPECT_EQ(refusal({.query = "year:2010-2020", .deed = Deed::withhold, .value = "", .most = 4}),
            "These are 5 talks; 4 can be changed at once. Narrow the search: by event:, by year:, or leave out what is so already, as -tag:web.");
  EXPECT_EQ(seen({.query = "year:2010-2020", .deed = Deed::withhold, .value = "", .most = 5}).changing.size(), 5U);
  EXPECT_EQ(change({.query = "event:loomcon-2012", .deed = Deed::language, .value = "und"}), 2);
  EXPECT_EQ(seen({.query = "event:loomcon-2012 -lang:en", .deed = Deed::language, .value = "fr"}).found, 2);
  EXPECT_NE(refusal({.query = "lang:und", .deed = Deed::language, .value = "fr"}), "");
  EXPECT_NE(refusal({.query = "", .deed = Deed::withhold, .value = ""}), "");
  EXPECT_NE(refusal({.query = std::string(501, 'x'), .deed = Deed::withhold, .value = ""}), "");
  EXPECT_NE(refusal({.query = "lang:en", .deed = Deed::add_tag, .value = "a, b"}), "");
  EXPECT_NE(refusal({.query = "lang:en", .deed = Deed::add_tag, .value = std::string(101, 'x')}), "");
  EXPECT_NE(refusal({.query = "lang:en", .deed = {}, .value = "x"}), "");
}

ON_BOTH_DATABASES(ManyTest);

}  // namespace
}  // namespace confer::keeping
