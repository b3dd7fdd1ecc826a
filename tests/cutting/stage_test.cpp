// The stage timer's marks, and what becomes of a cut's ends by them.
#include "cutting/stage.h"
#include "cutting/cutting_fixture.h"

namespace confer::cutting {
namespace {

class StageTest : public CuttingTest {
 protected:
  void press_at(std::string_view time, Mark which, bool is_back = false) {
    clock().set(at(time));
    auto tx = ok(db().begin_write());
    ok(mark(tx, organiser, event, first_slot.id.value, {}, which, is_back));
    ok(tx.commit());
  }
  StageMarks marks() {
    auto tx = ok(db().begin_read());
    return marks_of(ok(stage_marks_of(tx, event.id)), first_slot.id.value);
  }
};
ON_BOTH_DATABASES(StageTest);

TEST_P(StageTest, ends_when_marked_then_cut_there_and_said) {
  record();
  press_at("2027-05-04T08:04:00Z", Mark::began);
  press_at("2027-05-04T08:38:00Z", Mark::ended);
  propose_at("2027-05-04T08:46:00Z");
  work();
  EXPECT_EQ(cut().plan.span, (footage::Span{at("2027-05-04T08:03:57Z"), at("2027-05-04T08:38:03Z")}));
  EXPECT_EQ(cut().doubts, "Begins at 10:03:57 (90 % sure): The stage timer says so.\nEnds at 10:38:03 (90 % sure): The stage timer says so.");
}

TEST_P(StageTest, end_when_heard_near_its_mark_then_what_was_heard_is_more_exact) {
  heard = {.begins = {.at = at("2027-05-04T08:04:07Z"), .confidence = 0.6, .because = {"Somebody begins to speak."}},
           .ends = {.at = at("2027-05-04T08:30:00Z"), .confidence = 0.9, .because = {"Applause."}}};
  record();
  press_at("2027-05-04T08:04:00Z", Mark::began);
  press_at("2027-05-04T08:38:00Z", Mark::ended);
  propose_at("2027-05-04T08:46:00Z");
  work();
  EXPECT_EQ(cut().plan.span, (footage::Span{at("2027-05-04T08:04:07Z"), at("2027-05-04T08:38:03Z")})) << "applause in the middle is no end";
  EXPECT_EQ(cut().doubts.substr(0, cut().doubts.find('\n')), "Begins at 10:04:07 (95 % sure): Somebody begins to speak. The stage timer says so, too.");
}

TEST_P(StageTest, talk_when_begun_and_not_ended_then_its_end_is_waited_for_a_quarter_of_an_hour) {
  record();
  press_at("2027-05-04T08:01:00Z", Mark::began);
  propose_at("2027-05-04T08:40:00Z");
  EXPECT_EQ(cuts(), 0U);
  propose_at("2027-05-04T08:45:00Z");
  EXPECT_EQ(cuts(), 1U);
}

TEST_P(StageTest, mark_when_taken_back_or_begun_again_then_there_is_no_end) {
  press_at("2027-05-04T08:01:00Z", Mark::began);
  press_at("2027-05-04T08:20:00Z", Mark::ended);
  press_at("2027-05-04T08:20:05Z", Mark::ended, true);
  EXPECT_EQ(marks().began, at("2027-05-04T08:01:00Z"));
  EXPECT_FALSE(marks().ended);
  press_at("2027-05-04T08:30:00Z", Mark::ended);
  press_at("2027-05-04T08:31:00Z", Mark::began);
  EXPECT_EQ(marks().began, at("2027-05-04T08:31:00Z"));
  EXPECT_FALSE(marks().ended);
}

TEST_P(StageTest, beginning_when_marked_after_the_end_that_was_heard_then_the_schedule_stands) {
  heard.ends = {.at = at("2027-05-04T08:30:00Z"), .confidence = 0.9, .because = {"Applause."}};
  record();
  press_at("2027-05-04T08:38:00Z", Mark::began);
  propose_at("2027-05-04T08:46:00Z");
  work();
  EXPECT_EQ(cut().plan.span, (footage::Span{at("2027-05-04T07:59:30Z"), at("2027-05-04T08:32:00Z")}));
  EXPECT_TRUE(cut().doubts.ends_with("The end would come before the beginning: the schedule stands for both.")) << cut().doubts;
  work();
  EXPECT_EQ(cut().stage, Stage::review);
}

TEST_P(StageTest, mark_when_it_comes_after_the_proposal_then_the_ends_are_found_again) {
  record();
  press_at("2027-05-04T08:01:00Z", Mark::began);
  propose_at("2027-05-04T08:45:00Z");
  work();
  ASSERT_EQ(cut().stage, Stage::review);
  EXPECT_EQ(cut().plan.span.to, at("2027-05-04T08:32:00Z"));
  press_at("2027-05-04T08:47:00Z", Mark::ended);
  EXPECT_EQ(cut().stage, Stage::making);
  work();
  EXPECT_EQ(cut().stage, Stage::review);
  EXPECT_EQ(cut().plan.span, (footage::Span{at("2027-05-04T08:00:57Z"), at("2027-05-04T08:47:03Z")}));
  press_at("2027-05-04T08:47:09Z", Mark::ended, true);
  work();
  EXPECT_EQ(cut().plan.span, (footage::Span{at("2027-05-04T08:00:57Z"), at("2027-05-04T08:32:00Z")})) << "it was a mistake";
}

TEST_P(StageTest, mark_when_somebody_has_set_the_ends_then_those_stay) {
  record();
  propose_at("2027-05-04T08:46:00Z");
  work();
  auto plan = cut().plan;
  plan.span.to = at("2027-05-04T08:35:00Z");
  plan.is_guessed = false;
  {
    auto tx = ok(db().begin_write());
    ok(ask_for(tx, organiser, event, cut(), plan));
    ok(tx.commit());
  }
  work();
  press_at("2027-05-04T08:47:00Z", Mark::ended);
  EXPECT_EQ(cut().stage, Stage::review);
  EXPECT_EQ(cut().plan, plan);
}

TEST_P(StageTest, talk_when_it_ends_long_after_its_time_then_its_mark_is_its_end) {
  record();
  press_at("2027-05-04T08:01:00Z", Mark::began);
  press_at("2027-05-04T08:55:00Z", Mark::ended);
  propose_at("2027-05-04T08:56:00Z");
  work();
  EXPECT_EQ(cut().plan.span, (footage::Span{at("2027-05-04T08:00:57Z"), at("2027-05-04T08:55:03Z")}));
}

TEST_P(StageTest, mark_of_another_hour_then_left_alone) {
  record();
  press_at("2027-05-04T06:00:00Z", Mark::began);
  press_at("2027-05-04T06:30:00Z", Mark::ended);
  propose_at("2027-05-04T08:46:00Z");
  work();
  EXPECT_EQ(cut().plan.span, (footage::Span{at("2027-05-04T07:59:30Z"), at("2027-05-04T08:32:00Z")}));
}

}  // namespace
}  // namespace confer::cutting
