// Where chapters come from and where they lie, and what people make of them, on both databases.
#include "cutting/chapters.h"
#include "cutting/cutting_fixture.h"
#include "programme/parts.h"

namespace confer::cutting {
namespace {

using media::Chapter;

Instant ten(int seconds_after) { return at("2027-05-04T10:00:00Z") + seconds(seconds_after); }
Plan half_an_hour() {
  Plan plan;
  plan.span = {ten(0), ten(1800)};
  return plan;
}
std::vector<int> seconds_of(const std::vector<Chapters::Mark>& marks) {
  std::vector<int> out;
  for (const auto& mark : marks) out.push_back(static_cast<int>(std::chrono::duration_cast<seconds>(mark.at - ten(0)).count()));
  return out;
}

TEST(ChapterRules, changes_when_close_then_the_strongest_stay_and_none_near_the_ends) {
  const auto plan = half_an_hour();
  std::vector<Chapters::Change> seen;
  for (const auto& [s, share] : {std::pair{30, 0.9}, {300, 0.2}, {340, 0.8}, {440, 0.5}, {1000, 0.1}, {1770, 0.9}, {-40, 1.0}}) seen.push_back({ten(s), share});
  EXPECT_EQ(seconds_of(marks_of_changes(seen, plan.span)), (std::vector<int>{340, 440, 1000}));
  EXPECT_TRUE(marks_of_changes({}, plan.span).empty());
  // A slide each ten seconds: of half an hour one in 90 s, of a short one one a minute.
  seen.clear();
  for (int s = 0; s < 1800; s += 10) seen.push_back({ten(s), 0.5});
  EXPECT_LE(marks_of_changes(seen, plan.span).size(), 20U);
  const auto short_one = marks_of_changes(seen, {ten(0), ten(300)});
  ASSERT_FALSE(short_one.empty());
  for (std::size_t i = 1; i < short_one.size(); ++i) EXPECT_GE(short_one[i].at - short_one[i - 1].at, seconds(60));
}

TEST(ChapterRules, moment_when_pieces_go_then_moved_and_back) {
  auto plan = half_an_hour();
  plan.dropped = {{ten(100), ten(160)}, {ten(1000), ten(1100)}};
  EXPECT_EQ(place_of(ten(50), plan), seconds(50));
  EXPECT_EQ(place_of(ten(130), plan), seconds(100)) << "where it went out";
  EXPECT_EQ(place_of(ten(200), plan), seconds(140));
  EXPECT_EQ(place_of(ten(1200), plan), seconds(1040));
  EXPECT_EQ(place_of(ten(-5), plan), seconds(-5));
  for (const int s : {0, 50, 170, 500, 1200}) EXPECT_EQ(moment_of(place_of(ten(s), plan), plan), ten(s)) << s;
}

TEST(ChapterRules, chapters_when_in_the_video_then_the_first_begins_at_0_and_the_others_after_the_card) {
  auto plan = half_an_hour();
  EXPECT_EQ(in_video({{ten(300), "Two"}, {ten(600), "Three"}}, plan, seconds(5), "One"), (std::vector<Chapter>{{0, "One"}, {305, "Two"}, {605, "Three"}}));
  EXPECT_EQ(in_video({{ten(-30), "Early"}, {ten(600), "Three"}}, plan, seconds(5), "One"), (std::vector<Chapter>{{0, "Early"}, {605, "Three"}}));
  EXPECT_EQ(in_video({{ten(0), "At once"}, {ten(600), "Three"}, {ten(1800), "Behind"}}, plan, {}, "One"),
            (std::vector<Chapter>{{0, "At once"}, {600, "Three"}}));
  EXPECT_TRUE(in_video({}, plan, {}, "One").empty());
  EXPECT_TRUE(in_video({{ten(0), "Alone"}}, plan, {}, "One").empty());
  plan.dropped = {{ten(290), ten(400)}};
  EXPECT_EQ(in_video({{ten(300), "Gone"}, {ten(400), "Next"}, {ten(600), "Three"}}, plan, {}, "One"),
            (std::vector<Chapter>{{0, "One"}, {290, "Next"}, {490, "Three"}}))
      << "of two at one moment the later is shown";
}

TEST(ChapterRules, lines_when_read_then_the_same_and_what_is_wrong_is_said) {
  auto plan = half_an_hour();
  plan.dropped = {{ten(100), ten(160)}};
  const std::vector<Chapters::Mark> marks{{ten(65), "Why tides"}, {ten(760), "Questions: all of them"}};
  EXPECT_EQ(to_lines(marks, plan), "1:05 Why tides\n11:40 Questions: all of them\n");
  EXPECT_EQ(ok(marks_of_lines(to_lines(marks, plan), plan)), marks);
  EXPECT_TRUE(ok(marks_of_lines(" \n\n", plan)).empty());
  const auto wrong = [&](const char* lines) {
    const auto read = marks_of_lines(lines, plan);
    return read ? std::string("none") : read.error().problems.front().field + ": " + read.error().problems.front().message;
  };
  EXPECT_EQ(wrong("Questions"), "chapters: “Questions” is not written as: 2:05 Title");
  EXPECT_EQ(wrong("1:75 Questions"), "chapters: “1:75 Questions” is not written as: 2:05 Title");
  EXPECT_EQ(wrong("2:05"), "chapters: “2:05” is not written as: 2:05 Title");
  EXPECT_EQ(wrong("2:05 A\n2:05 B"), "chapters: “2:05 B” must come after the chapter before it.");
  EXPECT_EQ(wrong("59:00 A"), "chapters: “59:00 A” begins after the end.");
}

TEST(ChapterRules, chapters_when_stored_then_read_back) {
  Chapters chapters;
  EXPECT_EQ(to_json(chapters), "");
  EXPECT_EQ(ok(chapters_of_json("")), chapters);
  chapters.seen = {{ten(10), 0.25}};
  EXPECT_EQ(ok(chapters_of_json(to_json(chapters))), chapters);
  chapters.own = std::vector<Chapters::Mark>{{ten(20), "“Two”"}};
  EXPECT_EQ(ok(chapters_of_json(to_json(chapters))), chapters);
  EXPECT_EQ(chapters_of_json("{").error().code, ErrorCode::internal);
}

class ChaptersTest : public CuttingTest {
 protected:
  std::vector<Chapter> online() { return recording()->chapters; }
  Result<Cut> set(std::string_view lines) {
    auto tx = ok(db().begin_write());
    auto set = set_chapters(tx, event, ok(require_cut(tx, event, first_slot.id.value)), speaker, lines);
    if (set) ok(tx.commit());
    return set;
  }
};
ON_BOTH_DATABASES(ChaptersTest);

TEST_P(ChaptersTest, slides_when_seen_then_chapters_of_the_video_and_people_name_them) {
  heard.changes = {{at("2027-05-04T08:10:00Z"), 0.5}, {at("2027-05-04T08:20:00Z"), 0.5}};
  ready();
  ok(judge_as(team, good()));
  work();
  // The cut begins at 07:59:30.
  const std::vector<Chapter> found{{0, "First talk"}, {630, "Part 2"}, {1230, "Part 3"}};
  EXPECT_EQ(shown.chapters, found) << "in the file";
  EXPECT_EQ(online(), found);
  ok(set("0:30 Hello\n20:00 Questions"));
  EXPECT_EQ(online(), (std::vector<Chapter>{{0, "First talk"}, {30, "Hello"}, {1200, "Questions"}}));
  EXPECT_EQ(set("nonsense").error().problems.front().field, "chapters");
  ok(set(""));
  EXPECT_EQ(online(), found) << "as they were found";
  ok(set("10:30 Part 2\n20:30 Part 3"));
  EXPECT_FALSE(cut().chapters.own) << "what was left as it was found goes on following that";
  ok(set("0:00 Alone"));
  EXPECT_TRUE(online().empty());
}

TEST_P(ChaptersTest, block_when_published_then_its_parts_are_the_chapters_where_they_were_cut) {
  {
    auto tx = ok(db().begin_write());
    first_slot.parts = {{.anchor = "p1", .title = "Uno", .speakers = {}, .offset = minutes(0), .length = minutes(10)},
                        {.anchor = "p2", .title = "Due", .speakers = {}, .offset = minutes(10), .length = minutes(20)}};
    first_slot = ok(programme::save_slot(tx, organiser, event, first_slot));
    ok(tx.commit());
  }
  ok(programme::release_schedule(db(), organiser, event.id, "2.0", "", ""));
  {
    auto tx = ok(db().begin_write());
    ok(programme::follow_parts(tx, event));
    ok(tx.commit());
  }
  ready();
  {
    auto tx = ok(db().begin_write());
    const auto due = ok(talks::list_parts(tx, event.id)).back();
    auto part = ok(require_cut(tx, event, first_slot.id.value, due.code));
    Plan plan = part.plan;
    plan.span.from = at("2027-05-04T08:12:00Z");
    ok(ask_for(tx, organiser, event, part, plan));
    ok(tx.commit());
  }
  ok(judge_as(team, good()));
  work();
  EXPECT_EQ(online(), (std::vector<Chapter>{{0, "Uno"}, {750, "Due"}}));
}

TEST_P(ChaptersTest, video_when_taken_offline_then_no_chapters_are_left) {
  heard.changes = {{at("2027-05-04T08:10:00Z"), 0.5}};
  ready();
  ok(judge_as(team, good()));
  work();
  ASSERT_EQ(online().size(), 2U);
  {
    auto tx = ok(db().begin_write());
    ok(stop(tx, organiser, event, ok(require_cut(tx, event, first_slot.id.value)), "no"));
    ok(tx.commit());
  }
  EXPECT_TRUE(online().empty());
  EXPECT_EQ(set("0:00 A").error().code, ErrorCode::forbidden);
}

}  // namespace
}  // namespace confer::cutting
