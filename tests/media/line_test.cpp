// Cuts over several files of one recorder: each frame of the common line once, sound without a break.
#include "media/line.h"
#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <set>
#include "media/cut.h"
#include "support/database.h"
#include "support/property.h"
#include "support/recording.h"

namespace confer::media {
namespace {

using test::RecordingPlan;
using test::TestFolder;

class SeveralFiles : public testing::Test {
 protected:
  std::string file(const std::string& name) const { return (folder_.path() / name).string(); }

  /// Frames [first, end) of the line of 25 frames a second.
  std::string record(const std::string& name, int first, int end, RecordingPlan plan = {}) const {
    plan.first = first;
    plan.frames = end - first;
    test::write_recording(file(name), plan);
    return file(name);
  }

  CutReport expect_numbers(const CutWish& wish, const std::vector<int>& wanted) const {
    const auto report = cut(wish);
    EXPECT_TRUE(report) << report.error().message;
    if (!report) return {};
    EXPECT_EQ(test::read_numbers(wish.out), wanted);
    EXPECT_EQ(report->copied_equal, report->copied);
    const auto times = test::read_times(wish.out);
    for (std::size_t i = 0; i < times.size(); ++i) EXPECT_NEAR(times[i], static_cast<double>(i) / 25, 0.0025) << i;
    return *report;
  }

  static std::vector<int> numbers(int first, int end) {
    std::vector<int> out;
    for (int i = first; i < end; ++i) out.push_back(i);
    return out;
  }

  CutWish wish(std::vector<Source> sources, double from, double to) const {
    CutWish out;
    out.sources = std::move(sources);
    out.out = file("out.mp4");
    out.whole = {from, to};
    out.sound.loudness.reset();
    return out;
  }

 private:
  TestFolder folder_;
};

/// The quiet tone's least level in windows of 5 ms, against its usual one: what a break in the sound makes small.
double least_level(const std::string& path, double from, double to) {
  const auto sound = test::read_sound(path);
  double usual = 0, least = 1;
  for (double at = from; at < to; at += 0.0025) {
    double peak = 0;
    for (auto i = static_cast<std::size_t>(at * 48000); i < static_cast<std::size_t>((at + 0.005) * 48000) && i < sound.size(); ++i)
      peak = std::max(peak, std::fabs(sound[i]));
    usual = std::max(usual, peak);
    least = std::min(least, peak);
  }
  return least / usual;
}

TEST_F(SeveralFiles, are_cut_as_if_they_were_one) {
  const auto a = record("a.mp4", 0, 150), b = record("b.mp4", 150, 300);
  const auto report = expect_numbers(wish({{a, 0}, {b, 6}}, 4.28, 8.6), numbers(107, 215));
  EXPECT_EQ(report.copied, 63) << "no group begins in the first's part; all of the second's but its last two frames";
  EXPECT_TRUE(report.gaps.empty());
  EXPECT_EQ(report.pieces.size(), 2U);
  const auto beeps = test::read_beeps(file("out.mp4"));
  ASSERT_EQ(beeps.size(), 4U);
  for (std::size_t i = 0; i < beeps.size(); ++i) EXPECT_NEAR(beeps[i], 0.72 + static_cast<double>(i), 0.004);
  EXPECT_EQ(report.sound->filled_seconds, 0);
}

TEST_F(SeveralFiles, of_a_segmenter_sound_as_one_recording) {
  const auto whole = record("whole.mp4", 0, 300);
  for (const char* kind : {"mp4 -reset_timestamps 0", "ts -reset_timestamps 1", "ts -reset_timestamps 0", "mkv -reset_timestamps 1"}) {
    const std::string ending = std::string(kind).substr(0, std::string(kind).find(' '));
    const std::string command = "ffmpeg -v error -y -i " + whole + " -c copy -f segment -segment_times 4,8 " + std::string(kind).substr(ending.size() + 1) +
                                " " + file("s%d." + ending);
    ASSERT_EQ(std::system(command.c_str()), 0) << command;
    CutWish wanted = wish({{file("s2." + ending), 8}, {file("s0." + ending), 0}, {file("s1." + ending), 4}}, 2.2, 10.4);
    const auto report = expect_numbers(wanted, numbers(55, 260));
    EXPECT_EQ(report.copied, 160) << kind;
    EXPECT_NEAR(report.sound->filled_seconds, 0, 0.001) << kind;
    const auto beeps = test::read_beeps(wanted.out);
    ASSERT_EQ(beeps.size(), 8U) << kind;
    for (std::size_t i = 0; i < beeps.size(); ++i) EXPECT_NEAR(beeps[i], 0.8 + static_cast<double>(i), 0.004) << kind;
    EXPECT_GE(least_level(wanted.out, 5.5, 5.75), 0.15) << kind << ": AAC's first packet after a border lacks the one before, but is no hole";
  }
}

TEST_F(SeveralFiles, have_a_border_that_nobody_hears) {
  // The border at 6.4 s: a quiet tone and no beep.
  for (const char* ending : {".mp4", ".ts", ".mkv"}) {
    const auto a = record(std::string("a") + ending, 0, 160), b = record(std::string("b") + ending, 160, 260);
    const CutWish wanted = wish({{a, 0}, {b, 6.4}}, 5, 9);
    expect_numbers(wanted, numbers(125, 225));
    EXPECT_GE(least_level(wanted.out, 1.2, 1.6), 0.6) << ending;
  }
}

TEST_F(SeveralFiles, that_overlap_show_each_second_once) {
  const auto a = record("a.mkv", 0, 150), b = record("b.mkv", 100, 250);
  const auto report = expect_numbers(wish({{a, 0}, {b, 4}}, 2, 8), numbers(50, 200));
  EXPECT_EQ(report.encoded, 0) << "the second begins with a start, where the first stops at the end of a group";
  EXPECT_EQ(report.length, 6);
  // The second file began between two frames of the first.
  auto between = wish({{a, 0}, {b, 4.013}}, 2, 8.013);
  const auto shifted = cut(between);
  ASSERT_TRUE(shifted) << shifted.error().message;
  EXPECT_EQ(test::read_numbers(between.out), numbers(50, 200));
  EXPECT_NEAR(shifted->length, 6.013, 0.002) << "sound stays where it belongs: the last frame before is shown longer";
  EXPECT_NEAR(test::read_beeps(between.out).at(3), 3.013, 0.004);
}

TEST_F(SeveralFiles, with_a_gap_leave_it_out_and_tell) {
  const auto a = record("a.mp4", 0, 150), b = record("b.mp4", 225, 300);
  const auto report = expect_numbers(wish({{a, 0}, {b, 9}}, 4, 11), [] {
    auto out = numbers(100, 150);
    for (int i = 225; i < 275; ++i) out.push_back(i);
    return out;
  }());
  ASSERT_EQ(report.gaps.size(), 1U);
  EXPECT_NEAR(report.gaps[0].at, 6, 0.001);
  EXPECT_NEAR(report.gaps[0].lasts, 3, 0.001);
  EXPECT_EQ(report.length, 4);
  const auto beeps = test::read_beeps(file("out.mp4"));
  ASSERT_EQ(beeps.size(), 4U);
  EXPECT_NEAR(beeps[2], 2, 0.004) << "the one of 9 s";
  // What lies before and behind all files is told as well.
  const auto beyond = cut(wish({{a, 1}, {b, 9}}, 0, 14));
  ASSERT_TRUE(beyond);
  ASSERT_EQ(beyond->gaps.size(), 3U);
  EXPECT_NEAR(beyond->gaps[0].lasts, 1, 0.001);
  EXPECT_NEAR(beyond->gaps[2].at, 12, 0.001);
  EXPECT_NEAR(beyond->gaps[2].lasts, 2, 0.001);
}

TEST_F(SeveralFiles, one_inside_another_is_shown_for_its_time) {
  const auto outer = record("outer.mp4", 0, 150), inner = record("inner.mp4", 50, 100);
  const auto report = expect_numbers(wish({{outer, 0}, {inner, 2}}, 1, 5), numbers(25, 125));
  ASSERT_EQ(report.pieces.size(), 3U);
  EXPECT_EQ(report.pieces[0].file, 0U);
  EXPECT_EQ(report.pieces[1].file, 1U);
  EXPECT_EQ(report.pieces[2].file, 0U);
}

TEST_F(SeveralFiles, whose_beginning_is_known_to_the_second_follow_each_other) {
  const auto a = record("a.mp4", 0, 160), b = record("b.mp4", 160, 260);
  auto wanted = wish({{a, 0}, {b, 6}}, 4, 8);  // 6.4 in truth
  wanted.joins_within = 1;
  expect_numbers(wanted, numbers(100, 210));
  wanted.sources[1].begins = 7;
  const auto report = expect_numbers(wanted, numbers(100, 185));
  EXPECT_TRUE(report.gaps.empty());
  EXPECT_EQ(report.sound->filled_seconds, 0);
  EXPECT_GE(least_level(wanted.out, 2.2, 2.6), 0.6);
}

TEST_F(SeveralFiles, recorded_with_other_settings_are_encoded_and_say_so) {
  const auto a = record("a.mp4", 0, 150);
  RecordingPlan other;
  other.picture = {"-c:v", "libx264", "-preset", "medium", "-g", "50", "-bf", "0", "-profile:v", "main"};
  const auto b = record("b.mp4", 150, 225, other);
  const auto report = expect_numbers(wish({{a, 0}, {b, 6}}, 2, 8), numbers(50, 200));
  EXPECT_EQ(report.copied, 100);
  EXPECT_EQ(report.encoded_in_full_because, std::vector<std::string>{"“b.mp4” was recorded with other settings than “a.mp4”."});
  ASSERT_EQ(report.joints.size(), 1U);
  EXPECT_GE(report.joints[0].worst_psnr, 38);
  other.picture = {"-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:keyint=50"};
  const auto c = record("c.mkv", 150, 225, other);
  const auto mixed = expect_numbers(wish({{a, 0}, {c, 6}}, 2, 8), numbers(50, 200));
  EXPECT_EQ(mixed.encoded_in_full_because, std::vector<std::string>{"“c.mkv” has pictures of the codec hevc, “a.mp4” of h264."});
}

TEST_F(SeveralFiles, in_different_containers_keep_their_times) {
  const auto a = record("a.ts", 0, 100), b = record("b.mkv", 100, 200), c = record("c.mp4", 200, 300);
  expect_numbers(wish({{a, 100}, {b, 104}, {c, 108}}, 102.2, 110), numbers(55, 250));
}

TEST_F(SeveralFiles, hevc_and_vp9) {
  RecordingPlan plan;
  plan.picture = {"-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "keyint=25:min-keyint=25:open-gop=0:log-level=none"};
  auto a = record("a.mp4", 0, 75, plan), b = record("b.ts", 75, 150, plan);
  EXPECT_GE(expect_numbers(wish({{a, 0}, {b, 3}}, 1.4, 4.6), numbers(35, 115)).copied, 60);
  plan.picture = {"-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "25", "-b:v", "300k"};
  plan.sound = {"-c:a", "libopus"};
  a = record("a.webm", 0, 75, plan);
  b = record("b.webm", 75, 150, plan);
  EXPECT_GE(expect_numbers(wish({{a, 0}, {b, 3}}, 1.4, 4.6), numbers(35, 115)).copied, 60);
}

TEST_F(SeveralFiles, sound_that_is_moved_comes_from_the_file_before) {
  const auto a = record("a.mp4", 0, 151), b = record("b.mp4", 151, 275);  // a beep at 6.0, the border at 6.04
  for (const double offset : {0.2, -0.2}) {
    auto wanted = wish({{a, 0}, {b, 6.04}}, 4.5, 8.5);
    wanted.sound.offset_seconds = offset;
    const auto report = expect_numbers(wanted, numbers(113, 213));
    EXPECT_EQ(report.sound->filled_seconds, 0);
    const auto beeps = test::read_beeps(wanted.out);
    ASSERT_EQ(beeps.size(), 4U);
    for (std::size_t i = 0; i < beeps.size(); ++i) EXPECT_NEAR(beeps[i], 0.48 + offset + static_cast<double>(i), 0.004) << offset;
  }
}

TEST_F(SeveralFiles, one_without_sound_is_silent) {
  RecordingPlan mute;
  mute.sound.clear();
  const auto a = record("a.mp4", 0, 150), b = record("b.mp4", 150, 250, mute);
  const auto report = expect_numbers(wish({{a, 0}, {b, 6}}, 4, 8), numbers(100, 200));
  EXPECT_NEAR(report.sound->filled_seconds, 2, 0.06);
  EXPECT_EQ(test::read_beeps(file("out.mp4")).size(), 2U);
}

TEST_F(SeveralFiles, that_do_not_fit_are_refused) {
  const auto a = record("a.mp4", 0, 50);
  RecordingPlan larger;
  larger.width = 320;
  larger.height = 192;
  const auto b = record("b.mp4", 50, 100, larger);
  const auto refused = [&](const CutWish& wanted, const char* words) {
    const auto report = cut(wanted);
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, ErrorCode::invalid);
    EXPECT_NE(report.error().message.find(words), std::string::npos) << report.error().message;
    EXPECT_FALSE(std::filesystem::exists(wanted.out));
  };
  refused(wish({{a, 0}, {b, 2}}, 1, 3), "“b.mp4” has pictures of 320×192 and “a.mp4” of 160×96");
  refused(wish({{a, 0}, {b, 0}}, 1, 3), "would begin at the same time");
  refused(wish({{a, 0}, {b, 10}}, 3, 9), "The recording shows no frame from 0:00:03.000 to 0:00:09.000.");
  auto far = wish({{a, 0}, {b, 2}}, 1, 3);
  far.joins_within = 5;
  refused(far, "within 0 to 2 seconds");
}

TEST_F(SeveralFiles, every_frame_that_any_file_has_is_shown_once) {
  test::for_random_cases(8, [&](test::Random& random) {
    std::vector<Source> sources;
    std::set<int> there;
    const auto count = random.between(2, 4);
    for (int i = 0, begins = 0; i < count; ++i) {
      RecordingPlan plan;
      plan.picture = {"-c:v", "libx264", "-preset", "ultrafast", "-g", std::to_string(random.pick(std::vector<int>{10, 25, 50})), "-bf", "2"};
      const auto length = static_cast<int>(random.between(20, 110));
      const auto name = std::to_string(i) + random.pick(std::vector<std::string>{".mp4", ".mkv", ".ts"});
      sources.push_back({record(name, begins, begins + length, plan), begins / 25.0});
      for (int n = begins; n < begins + length; ++n) there.insert(n);
      begins = std::max(begins + 5, begins + length + static_cast<int>(random.between(-30, 20)));
    }
    const auto from = static_cast<int>(random.between(0, *there.rbegin() - 1)), to = static_cast<int>(random.between(from + 1, *there.rbegin() + 10));
    auto wanted = wish(sources, from / 25.0, to / 25.0);
    wanted.joins_within = 0;
    std::vector<int> expected;
    for (const int n : there)
      if (n >= from && n < to) expected.push_back(n);
    if (expected.empty()) {
      EXPECT_FALSE(cut(wanted));
      return;
    }
    const auto report = cut(wanted);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(test::read_numbers(wanted.out), expected);
  });
}

}  // namespace
}  // namespace confer::media
