// Cases of the keeper on both databases: names joined in a chain and parted, what is forgotten with time and with the person.
#include <algorithm>
#include "archive/archive_fixture.h"
#include "archive/names.h"
#include "keeping/keeping.h"
#include "mail/mail.h"

namespace confer::keeping {
namespace {

using test::ok;

class KeepingTest : public test::ArchiveTest {
 protected:
  void three_spellings() {
    event("loomcon-2012", {{"title", "LoomCon 2012"}});
    talk("loomcon-2012", "a-talk", test::record({{"speakers", {"Ada Lovelace"}}, {"title", "One"}, {"slug", "one"}}));
    talk("loomcon-2012", "b-talk", test::record({{"speakers", {"ada lovelace"}}, {"title", "Two"}, {"slug", "two"}}));
    talk("loomcon-2012", "c-talk", test::record({{"speakers", {"A. Lovelace"}}, {"title", "Three"}, {"slug", "three"}}));
    import();
    auto tx = ok(db().begin_write());
    EXPECT_EQ(ok(look_for_names(tx)), 2);
    EXPECT_EQ(ok(look_for_names(tx)), 0);
    ok(tx.commit());
  }
  std::vector<Case> waiting() {
    auto tx = ok(db().begin_read());
    return ok(list_cases(tx, {}));
  }
  Result<void> decided(KeeperCaseId id, bool accept) {
    Decision d;
    d.id = id;
    d.accept = accept;
    return decide(db(), keeper, {.mail = {}, .base_url = "https://conf.example.org"}, std::span(&d, 1));
  }
  std::int64_t talks_of(const std::string& slug) {
    auto tx = ok(db().begin_read());
    const auto speaker = ok(archive::find_speaker(tx, slug));
    return speaker && !speaker->merged_into ? ok(archive::sums_of(tx, {.speaker = speaker->id})).talks : -1;
  }
};

TEST_P(KeepingTest, names_when_joined_in_a_chain_then_one_page_and_parted_in_any_possible_order) {
  three_spellings();
  const auto pairs = waiting();
  ASSERT_EQ(pairs.size(), 2U);
  ok(decided(pairs[0].id, true));
  ok(decided(pairs[1].id, true));
  EXPECT_EQ(talks_of("ada-lovelace"), 3);
  EXPECT_EQ(talks_of("ada-lovelace-2"), -1);
  EXPECT_EQ(talks_of("a-lovelace"), -1);
  EXPECT_EQ(decided(pairs[0].id, true).error().code, ErrorCode::conflict);
  EXPECT_EQ(ok(take_back(db(), keeper, pairs[0].id)), std::vector<std::string>{});
  EXPECT_EQ(talks_of("ada-lovelace"), 2);
  EXPECT_EQ(take_back(db(), keeper, pairs[0].id).error().code, ErrorCode::conflict);
  ok(take_back(db(), keeper, pairs[1].id));
  EXPECT_EQ(talks_of("ada-lovelace"), 1);
  EXPECT_EQ(talks_of("ada-lovelace-2"), 1);
  EXPECT_EQ(talks_of("a-lovelace"), 1);
  EXPECT_EQ(waiting().size(), 2U);
  auto tx = ok(db().begin_read());
  EXPECT_EQ(ok(archive::check(tx)), std::vector<std::string>{});
  EXPECT_EQ(ok(check(tx)), std::vector<std::string>{});
}

TEST_P(KeepingTest, a_pair_when_its_names_became_one_otherwise_then_it_waits_no_more) {
  three_spellings();
  {
    auto tx = ok(db().begin_write());
    const auto pairs = ok(list_cases(tx, {}));
    ok(archive::join_names(tx, pairs[0].other, pairs[0].speaker));
    EXPECT_EQ(archive::join_names(tx, pairs[0].speaker, pairs[0].other).error().code, ErrorCode::conflict);
    ok(tx.commit());
  }
  EXPECT_EQ(waiting().size(), 1U);
}

TEST_P(KeepingTest, what_people_wrote_when_answered_then_kept_for_thirty_days) {
  three_spellings();
  const auto code = code_of("One");
  {
    auto tx = ok(db().begin_write());
    ok(suggest(tx, {}, code, {{"title", "First"}}, {.email = "reader@example.net", .note = "See slide 1.", .language = "de"}));
    ok(suggest(tx, {}, code, {}, {.email = "", .note = "Still open.", .language = "en"}));
    ok(tx.commit());
  }
  const auto asked = waiting();
  ASSERT_EQ(asked.front().kind, Kind::correction);
  ok(decided(asked.front().id, true));
  EXPECT_EQ(code_of("First"), code);
  const auto left = [&] {
    auto tx = ok(db().begin_write());
    ok(forget_answered(tx));
    const auto found = ok(list_cases(tx, {.state = State::accepted, .kind = {}, .one = asked.front().id, .limit = 1, .offset = 0}));
    const std::size_t mails = ok(mail::list_outbox(tx, 0, 10)).size();
    ok(tx.commit());
    return std::tuple(found.front().email, found.front().note, found.front().changes.size(), mails);
  };
  clock().advance(std::chrono::days(29));
  EXPECT_EQ(left(), (std::tuple<std::string, std::string, std::size_t, std::size_t>("reader@example.net", "See slide 1.", 1, 1)));
  clock().advance(std::chrono::days(2));
  EXPECT_EQ(left(), (std::tuple<std::string, std::string, std::size_t, std::size_t>("", "", 0, 0)));
  EXPECT_EQ(waiting().front().note, "Still open.");
  EXPECT_EQ(take_back(db(), keeper, asked.front().id).error().code, ErrorCode::conflict);
}

TEST_P(KeepingTest, a_correction_when_taken_back_then_credits_and_video_are_whole_and_later_edits_stay) {
  three_spellings();
  const auto code = code_of("One");
  const auto state = [&] {
    auto tx = ok(db().begin_read());
    auto shown = ok(archive::require_shown(tx, code));
    return std::pair(std::move(shown.talk), std::move(shown.recording));
  };
  const auto before = state();
  {
    auto tx = ok(db().begin_write());
    ok(suggest(tx, {}, code, {{"speakers", "Bo\nCleo"}, {"video", "https://vimeo.com/77"}, {"tags", "x, y"}, {"date", "2011-01-02"}, {"language", ""}}, {}));
    ok(tx.commit());
  }
  const auto id = waiting().front().id;
  ok(decided(id, true));
  EXPECT_EQ(state().second.videos.front().external_id, "77");
  EXPECT_EQ(state().first.tags, (std::vector<std::string>{"x", "y"}));
  {
    auto tx = ok(db().begin_write());
    auto shown = ok(archive::require_shown(tx, code));
    shown.talk.tags = {"z"};
    ok(talks::put_talk(tx, shown.event, shown.talk));
    ok(tx.commit());
  }
  EXPECT_EQ(ok(take_back(db(), keeper, id)), (std::vector<std::string>{"Topics"}));
  const auto after = state();
  EXPECT_EQ(after.first.credits, before.first.credits);
  EXPECT_EQ(after.first.language, before.first.language);
  EXPECT_EQ(after.first.tags, (std::vector<std::string>{"z"}));
  EXPECT_TRUE(after.second.same_as(before.second));
}

TEST_P(KeepingTest, too_much_when_asked_then_refused_and_a_stranger_may_not_decide) {
  three_spellings();
  const auto code = code_of("One");
  auto tx = ok(db().begin_write());
  for (std::int64_t i = 0; i < most_for_a_talk; ++i) ok(suggest(tx, {}, code, {{"title", "T" + std::to_string(i)}}, {}));
  EXPECT_EQ(suggest(tx, {}, code, {{"title", "One more"}}, {}).error().code, ErrorCode::unavailable);
  EXPECT_EQ(claim(tx, {}, "ada-lovelace", {}).error().code, ErrorCode::unauthenticated);
  ok(tx.commit());
  EXPECT_EQ(decide(db(), Actor{}, {}, {}).error().code, ErrorCode::unauthenticated);
  EXPECT_EQ(take_back(db(), Actor{}, KeeperCaseId{1}).error().code, ErrorCode::unauthenticated);
}

ON_BOTH_DATABASES(KeepingTest);

}  // namespace
}  // namespace confer::keeping
