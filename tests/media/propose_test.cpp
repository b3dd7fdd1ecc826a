// Where talks begin and end, from plain data.
#include "media/propose.h"
#include <gtest/gtest.h>
#include <algorithm>

namespace confer::media {
namespace {

bool says(const Proposed& proposed, const char* words) {
  return std::ranges::any_of(proposed.because, [&](const std::string& why) { return why.find(words) != std::string::npos; });
}

/// An hour in which a talk of 600 to 3000 s is planned.
Listening hour(std::vector<Heard> speech, std::vector<Heard> applause, std::vector<Change> changes = {}) {
  Listening out;
  out.to = 3600;
  out.has_sound = true;
  out.speech = std::move(speech);
  out.applause = std::move(applause);
  out.changes = std::move(changes);
  return out;
}
constexpr ProposeWish plan{.begins = 600, .ends = 3000};

TEST(Propose, from_the_first_word_to_the_last_clap) {
  const auto out = propose(hour({{0, 420}, {640, 1500}, {1501, 3060}}, {{420, 430}, {3061, 3072}}, {{630, 632, 0.8}}), plan);
  EXPECT_DOUBLE_EQ(out.begins.at, 639);
  EXPECT_GE(out.begins.confidence, 0.8);
  EXPECT_TRUE(says(out.begins, "begins to speak"));
  EXPECT_TRUE(says(out.begins, "The picture changes"));
  EXPECT_DOUBLE_EQ(out.ends.at, 3073.5);
  EXPECT_GE(out.ends.confidence, 0.8);
  EXPECT_TRUE(says(out.ends, "Applause ends."));
}

TEST(Propose, a_test_of_the_microphone_is_no_beginning) {
  const auto out = propose(hour({{100, 300}, {560, 575}, {655, 2900}}, {{2901, 2910}}), plan);
  EXPECT_DOUBLE_EQ(out.begins.at, 654);
}

TEST(Propose, questions_after_the_applause_belong_to_the_talk) {
  const auto out = propose(hour({{610, 2500}, {2515, 2990}}, {{2501, 2512}, {2991, 3000}}), plan);
  EXPECT_DOUBLE_EQ(out.ends.at, 3001.5);
}

TEST(Propose, without_applause_the_last_words_are_the_end_but_less_sure) {
  const auto out = propose(hour({{610, 2950}}, {}), plan);
  EXPECT_DOUBLE_EQ(out.ends.at, 2951.5);
  EXPECT_TRUE(says(out.ends, "The last words"));
  EXPECT_LT(out.ends.confidence, 0.75);
  EXPECT_GE(out.ends.confidence, 0.5);
}

TEST(Propose, where_nothing_is_told_the_plan_stands_with_little_confidence) {
  const auto silent = propose(hour({}, {}), plan);
  EXPECT_EQ(silent.begins, (Proposed{600, 0.1, {"Nobody is heard who begins to speak near the planned beginning."}}));
  EXPECT_EQ(silent.ends, (Proposed{3000, 0.1, {"Nothing is heard that ends near the planned end."}}));
  const auto endless = propose(hour({{0, 3600}}, {}), plan);
  EXPECT_EQ(endless.begins, (Proposed{600, 0.3, {"Somebody speaks from before the planned beginning on."}}));
  EXPECT_EQ(endless.ends, (Proposed{3000, 0.3, {"Somebody speaks on behind the planned end."}}));
}

TEST(Propose, padding_takes_no_word_of_the_talk_before_or_after) {
  const auto out = propose(hour({{300, 619}, {623.6, 2900}, {2912, 3400}}, {{2900.5, 2911}}), {.begins = 620, .ends = 2900, .lead = 10, .tail = 10});
  EXPECT_GE(out.begins.at, 300);
  EXPECT_LE(out.ends.at, 2912);
  const auto beyond = propose(hour({}, {}), {.begins = 5000, .ends = 6000});
  EXPECT_EQ(beyond.begins.at, 3600);
  EXPECT_EQ(beyond.ends.at, 3600);
}

}  // namespace
}  // namespace confer::media
