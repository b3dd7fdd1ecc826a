// Stars: any order of arrival ends in one state.
#include "programme/stars.h"
#include <algorithm>
#include "people/people.h"
#include "programme/event_fixture.h"
#include "support/property.h"

namespace confer::programme {
namespace {

using std::chrono::seconds;
using test::ok;

class StarsTest : public test::EventTest {};
ON_BOTH_DATABASES(StarsTest);

std::vector<std::tuple<std::string, bool, std::int64_t>> plain(const std::vector<StarMark>& marks) {
  std::vector<std::tuple<std::string, bool, std::int64_t>> out;
  for (const auto& m : marks) out.emplace_back(m.talk, m.starred, to_ms(m.at));
  std::ranges::sort(out);
  return out;
}

TEST_P(StarsTest, marks_when_merged_in_any_order_then_one_state) {
  auto tx = ok(db().begin_write());
  test::for_random_cases(20, [&](test::Random& r) {
    std::vector<StarMark> marks;
    for (int i = 0; i < 8; ++i) marks.push_back({r.chance(50) ? first.code : second.code, r.chance(50), tx.now() - seconds(r.between(0, 4))});
    auto forwards = ok(make_star_set(tx)).first;
    auto backwards = ok(make_star_set(tx)).first;
    for (const auto& mark : marks) ok(merge_stars(tx, forwards, event, {mark}));
    std::ranges::reverse(marks);
    EXPECT_EQ(plain(ok(merge_stars(tx, backwards, event, marks))), plain(ok(merge_stars(tx, forwards, event, {}))));
  });
}

TEST_P(StarsTest, mark_when_from_the_future_or_of_no_talk_then_cut_or_dropped) {
  auto tx = ok(db().begin_write());
  auto set = ok(make_star_set(tx)).first;
  auto marks = ok(merge_stars(tx, set, event, {{first.code, true, tx.now() + seconds(3600)}, {"NOTALK", true, tx.now()}}));
  ASSERT_EQ(marks.size(), 1u);
  EXPECT_EQ(marks[0].at, tx.now());
}

TEST_P(StarsTest, set_when_claimed_by_a_person_then_merged_into_theirs) {
  auto tx = ok(db().begin_write());
  auto person = ok(people::add_person(tx, {.name = "Ada"})).id;
  auto [phone, token] = ok(make_star_set(tx));
  ok(merge_stars(tx, phone, event, {{first.code, true, tx.now()}}));
  auto mine = ok(star_set_of(tx, person));
  ok(merge_stars(tx, mine, event, {{second.code, true, tx.now()}}));
  ok(claim_star_set(tx, person, token.reveal()));
  EXPECT_EQ(ok(merge_stars(tx, ok(star_set_of(tx, person)), event, {})).size(), 2u);
  EXPECT_EQ(ok(count_stars(tx, event)).size(), 2u);
  EXPECT_EQ(claim_star_set(tx, person, "no such token").error().code, ErrorCode::not_found);
  // A set that nobody had becomes the person's own.
  auto other = ok(people::add_person(tx, {.name = "Bert"})).id;
  auto [tablet, key] = ok(make_star_set(tx));
  ok(claim_star_set(tx, other, key.reveal()));
  EXPECT_EQ(ok(star_set_of(tx, other)).id, tablet.id);
}

TEST_P(StarsTest, calendar_when_revoked_then_not_found) {
  auto tx = ok(db().begin_write());
  auto set = ok(make_star_set(tx)).first;
  ok(merge_stars(tx, set, event, {{first.code, true, tx.now()}, {second.code, false, tx.now()}}));
  auto secret = ok(make_calendar_feed(tx, set, event));
  EXPECT_EQ(ok(require_calendar_feed(tx, secret.reveal())).talks, std::vector<std::string>{first.code});
  ok(revoke_calendar_feeds(tx, set, event));
  EXPECT_EQ(require_calendar_feed(tx, secret.reveal()).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace confer::programme
