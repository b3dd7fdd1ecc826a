// What is heard and seen in recordings whose onsets are known.
#include "media/listening.h"
#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>
#include "media/listen.h"
#include "support/database.h"
#include "support/recording.h"

namespace confer::media {
namespace {

using test::RecordingPlan;
using test::Sounding;
using test::TestFolder;
using Kind = test::Sounding::Kind;

class Listen : public testing::Test {
 protected:
  Listening listen_to(const RecordingPlan& plan, Piece whole = {0, 1e9}) const {
    const auto path = (folder_.path() / "a.mp4").string();
    test::write_recording(path, plan);
    const auto out = listen({.path = path, .whole = whole});
    EXPECT_TRUE(out) << out.error().message;
    return out.value_or(Listening{});
  }
  static void expect_near(const std::vector<Heard>& got, const std::vector<Heard>& wanted, double by, const char* what) {
    ASSERT_EQ(got.size(), wanted.size()) << what;
    for (std::size_t i = 0; i < got.size(); ++i) {
      EXPECT_NEAR(got[i].from, wanted[i].from, by) << what << " " << i;
      EXPECT_NEAR(got[i].to, wanted[i].to, by) << what << " " << i;
    }
  }
  const TestFolder& folder() const { return folder_; }

 private:
  TestFolder folder_;
};

TEST_F(Listen, speech_applause_and_silence_are_told_apart) {
  RecordingPlan plan;
  plan.frames = 25 * 60;
  plan.sounds = {{Kind::hum, 2, 8, 0.05}, {Kind::speech, 10, 30, 0.2}, {Kind::applause, 30.5, 36, 0.15}, {Kind::speech, 41, 50, 0.1}};
  const auto heard = listen_to(plan);
  expect_near(heard.speech, {{10, 29.75}, {41, 49.75}}, 0.3, "speech");
  expect_near(heard.applause, {{30.5, 36}}, 0.15, "applause");
  expect_near(heard.silences, {{0, 2}, {8, 10}, {36, 41}, {49.7, 60}}, 0.3, "silence");
  EXPECT_EQ(heard.moments.size(), 1200U);
  EXPECT_NEAR(heard.moments[20 * 5].level_db, 20 * std::log10(0.05 / std::sqrt(2.0)), 0.5);
  EXPECT_NEAR(heard.moments[20 * 5].peak_db, 20 * std::log10(0.05), 0.7);
  EXPECT_NEAR(heard.correlation, 1, 0.02);
}

TEST_F(Listen, quiet_speech_over_a_noisy_room_is_found) {
  RecordingPlan plan;
  plan.frames = 25 * 40;
  plan.left = 0;
  plan.sounds = {{Kind::applause, 0, 40, 0.004}, {Kind::speech, 12, 32, 0.06}};
  const auto heard = listen_to(plan);
  expect_near(heard.speech, {{12, 31.75}}, 0.4, "speech");
  EXPECT_TRUE(heard.applause.empty()) << "a fan is no applause";
  EXPECT_LT(heard.level_left, -80);
  EXPECT_GT(heard.level_right, -50);
}

TEST_F(Listen, a_part_is_heard_as_in_the_whole) {
  RecordingPlan plan;
  plan.frames = 25 * 40;
  plan.sounds = {{Kind::speech, 10, 30}};
  const auto heard = listen_to(plan, {5, 25});
  EXPECT_EQ(heard.from, 5);
  EXPECT_EQ(heard.to, 25);
  expect_near(heard.speech, {{10, 24.7}}, 0.3, "speech");
}

TEST_F(Listen, several_files_are_heard_as_one) {
  RecordingPlan plan;
  plan.sounds = {{Kind::speech, 6, 34}, {Kind::applause, 34, 38}};
  plan.slides = {12, 30};
  std::vector<Source> sources;
  for (const int first : {0, 500, 650}) {  // 0 to 20 s, 20 to 26 s and, after a gap, 27 to 40 s
    plan.first = first == 650 ? 675 : first;
    plan.frames = first == 0 ? 500 : first == 500 ? 150 : 325;
    sources.push_back({(folder().path() / (std::to_string(first) + ".mp4")).string(), plan.first / 25.0});
    test::write_recording(sources.back().path, plan);
  }
  std::swap(sources[0], sources[2]);
  const auto heard = listen({.sources = sources, .whole = {2, 50}});
  ASSERT_TRUE(heard) << heard.error().message;
  EXPECT_EQ(heard->from, 2);
  EXPECT_NEAR(heard->to, 40, 0.05);
  EXPECT_EQ(heard->moments.size(), 760U);
  expect_near(heard->speech, {{6, 26}, {27, 33.8}}, 0.4, "speech");
  expect_near(heard->applause, {{34, 38}}, 0.2, "applause");
  ASSERT_EQ(heard->changes.size(), 2U);
  EXPECT_NEAR(heard->changes[1].at, 30, 2.01);
  EXPECT_EQ(heard->moments[static_cast<std::size_t>((26.5 - 2) * 20)].level_db, -120);
}

TEST_F(Listen, other_pictures_are_seen_between_two_key_frames) {
  RecordingPlan plan;
  plan.frames = 25 * 40;
  plan.slides = {11.2, 27};
  plan.sound.clear();
  const auto heard = listen_to(plan);
  EXPECT_FALSE(heard.has_sound);
  ASSERT_EQ(heard.changes.size(), 2U);
  EXPECT_GE(11.2, heard.changes[0].after);
  EXPECT_LE(11.2, heard.changes[0].at + 0.001);
  EXPECT_LE(heard.changes[0].at - heard.changes[0].after, 2.001) << "a group of 50 frames";
  EXPECT_LE(27, heard.changes[1].at + 0.001);
  EXPECT_GT(heard.changes[1].share, 0.5);
}

TEST_F(Listen, report_is_read_as_it_was_written) {
  RecordingPlan plan;
  plan.frames = 25 * 20;
  plan.sounds = {{Kind::speech, 3, 12}, {Kind::applause, 12, 16}};
  plan.slides = {7};
  const auto heard = listen_to(plan);
  const auto again = read_listening(to_json(heard, propose(heard, {.begins = 3, .ends = 16})));
  ASSERT_TRUE(again) << again.error().message;
  expect_near(again->speech, heard.speech, 0.001, "speech");
  expect_near(again->applause, heard.applause, 0.001, "applause");
  ASSERT_EQ(again->changes.size(), 1U);
  ASSERT_EQ(again->moments.size(), heard.moments.size());
  EXPECT_NEAR(again->moments[100].level_db, heard.moments[100].level_db, 0.51);
  for (const char* wrong : {"", "{}", "[]", R"({"rms_db":[1],"peak_db":[]})", R"({"rms_db":["x"],"peak_db":[1]})"})
    EXPECT_FALSE(read_listening(wrong)) << wrong;
}

TEST_F(Listen, what_cannot_be_heard_is_refused) {
  RecordingPlan plan;
  plan.frames = 50;
  const auto path = (folder().path() / "a.mp4").string();
  test::write_recording(path, plan);
  const auto refused = [&](const ListenWish& wish, const char* words) {
    const auto out = listen(wish);
    ASSERT_FALSE(out);
    EXPECT_NE(out.error().message.find(words), std::string::npos) << out.error().message;
  };
  refused({.path = path, .whole = {3, 9}}, "Nothing was recorded from 0:00:03.000 on.");
  refused({.path = path, .whole = {3, 1}}, "The end is not after the beginning.");
  refused({.path = path, .stream = 3}, "no such sound");
  refused({.path = path + ".none"}, "There is no file");
}

TEST(Changes, stand_out_from_what_moves_all_the_time) {
  std::vector<KeyLook> looks;
  for (int i = 0; i < 50; ++i) looks.push_back({i * 2.0, i == 20 ? 0.7 : 0.12});
  const auto changes = find_changes(looks);
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0], (Change{38, 40, 0.7}));
  EXPECT_TRUE(find_changes({}).empty());
  EXPECT_TRUE(find_changes({{0, 0}}).empty());
}

}  // namespace
}  // namespace confer::media
