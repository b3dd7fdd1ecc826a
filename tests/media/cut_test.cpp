// Cuts of recordings that carry their frame numbers: what comes out is counted, not believed.
#include "media/cut.h"
#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <utility>
#include "media/probe.h"
#include "support/database.h"
#include "support/property.h"
#include "support/recording.h"

namespace confer::media {
namespace {

using test::RecordingPlan;
using test::TestFolder;

class Cut : public testing::Test {
 protected:
  std::string file(const std::string& name) const { return (folder_.path() / name).string(); }

  std::string record(const std::string& name, const RecordingPlan& plan) const {
    test::write_recording(file(name), plan);
    return file(name);
  }

  /// Cuts, expects it to work, and expects exactly the frames from `from` to `to` of a constant rate.
  CutReport expect_exact(const std::string& in, const std::string& out, double from, double to, double rate, bool has_sound = true) const {
    CutWish wish;
    wish.in = in;
    wish.out = file(out);
    wish.whole = {from, to};
    wish.has_sound = has_sound;
    wish.sound.is_opus = out.ends_with(".webm");
    const auto report = cut(wish);
    EXPECT_TRUE(report) << report.error().message;
    if (!report) return {};
    std::vector<int> wanted;
    for (int i = static_cast<int>(std::ceil((from - 0.0005) * rate)); i < (to - 0.0005) * rate; ++i) wanted.push_back(i);
    EXPECT_EQ(test::read_numbers(wish.out), wanted) << in << " " << from << " to " << to;
    EXPECT_EQ(report->frames, static_cast<std::int64_t>(wanted.size()));
    EXPECT_TRUE(report->objections.empty());
    EXPECT_FALSE(std::filesystem::exists(wish.out + ".part"));
    return *report;
  }

 private:
  TestFolder folder_;
};

TEST_F(Cut, h264_is_exact_and_only_its_ends_are_encoded) {
  const auto in = record("a.mp4", {});
  const auto report = expect_exact(in, "out.mp4", 1.3, 5.0, 25);
  EXPECT_EQ(report.copied, 75) << "from the start at 2 s to the end";
  EXPECT_EQ(report.copied_equal, report.copied);
  ASSERT_EQ(report.joints.size(), 1U);
  EXPECT_EQ(report.joints[0].equal, report.joints[0].copied);
  EXPECT_GE(report.joints[0].worst_psnr, 40);
  EXPECT_TRUE(report.encoded_in_full_because.empty());
  const auto probed = look_into(file("out.mp4"));
  ASSERT_TRUE(probed);
  EXPECT_EQ(probed->find(StreamKind::video)->codec, "h264");
  EXPECT_EQ(probed->find(StreamKind::audio)->codec, "aac");
}

TEST_F(Cut, within_one_group_everything_is_encoded_and_says_so) {
  const auto in = record("a.mp4", {});
  const auto report = expect_exact(in, "out.mp4", 2.2, 3.6, 25);
  EXPECT_EQ(report.copied, 0);
  EXPECT_EQ(report.encoded_in_full_because, (std::vector<std::string>{"No closed group of pictures lies within the two times."}));
}

TEST_F(Cut, open_groups_are_never_taken_for_closed_ones) {
  RecordingPlan plan;
  plan.picture = {"-c:v", "libx264", "-preset", "ultrafast", "-bf", "3", "-g", "25", "-x264-params", "open-gop=1:b-adapt=0"};
  const auto in = record("open.mkv", plan);
  expect_exact(in, "out.mkv", 1.24, 4.52, 25);
}

TEST_F(Cut, mpeg_ts_as_recorders_write_it) {
  RecordingPlan plan;
  plan.rate = "50";
  plan.frames = 300;
  plan.picture = {"-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-g", "50"};
  const auto in = record("recorder.ts", plan);
  const auto report = expect_exact(in, "out.mp4", 0.5, 4.7, 50);
  EXPECT_EQ(report.copied, 184) << "from the start at 1 s to the last P-frame that is shown";
}

TEST_F(Cut, rates_that_are_no_whole_number) {
  RecordingPlan plan;
  plan.rate = "30000/1001";
  const auto in = record("ntsc.mp4", plan);
  expect_exact(in, "out.mp4", 0.7, 4.3, 30000.0 / 1001);
}

TEST_F(Cut, hevc_vp9_and_av1) {
  RecordingPlan plan;
  plan.frames = 100;
  plan.picture = {"-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "keyint=25:min-keyint=25:open-gop=0:log-level=none"};
  EXPECT_EQ(expect_exact(record("a.mp4", plan), "hevc.mp4", 0.6, 3.4, 25).copied, 59);
  plan.picture = {"-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "25", "-b:v", "300k"};
  plan.sound = {"-c:a", "libopus"};
  EXPECT_EQ(expect_exact(record("a.webm", plan), "vp9.webm", 0.6, 3.4, 25).copied, 60);
  plan.picture = {"-c:v", "libsvtav1", "-preset", "12", "-g", "25", "-svtav1-params", "pred-struct=1"};
  EXPECT_EQ(expect_exact(record("a.mkv", plan), "av1.mkv", 0.6, 3.4, 25).copied, 60);
  // Nothing of the recording says how the pictures are coded.
  // Matroska says how long sound and picture are together: a packet of sound more is none of the picture.
  plan.rate = "24";
  plan.picture = {"-c:v", "libaom-av1", "-usage", "realtime", "-cpu-used", "8", "-g", "250"};
  const auto film = record("film.mkv", plan);
  for (const double from : {25 / 24.0, 49 / 24.0, 73 / 24.0}) expect_exact(film, "film_out.mkv", from, from + 21 / 24.0, 24);
  for (const char* out : {"within.mkv", "within.mp4"}) EXPECT_EQ(expect_exact(file("a.mkv"), out, 1.2, 1.8, 25).copied, 0) << out;
}

TEST_F(Cut, pictures_at_uneven_times_keep_them) {
  RecordingPlan plan;
  plan.is_variable = true;
  const auto in = record("uneven.mkv", plan);
  CutWish wish;
  wish.in = in;
  wish.out = file("out.mkv");
  wish.whole = {1, 5};
  const auto report = cut(wish);
  ASSERT_TRUE(report) << report.error().message;
  std::vector<int> wanted;
  for (int i = 25; i < 125; ++i)
    if (i % 7 != 3) wanted.push_back(i);
  EXPECT_EQ(test::read_numbers(wish.out), wanted);
  const auto times = test::read_times(wish.out);
  ASSERT_EQ(times.size(), wanted.size());
  for (std::size_t i = 0; i < times.size(); ++i) EXPECT_NEAR(times[i], (wanted[i] - 25) / 25.0, 0.0025) << i;
}

TEST_F(Cut, chapters_are_listed_by_players_and_change_nothing_else) {
  const auto in = record("a.mp4", {});
  const std::vector<std::pair<double, std::string>> listed{{0, "Einführung"}, {1.25, "Why; \"tides\""}, {3, "Questions"}};
  for (const char* name : {"out.mp4", "out.mkv"}) {
    CutWish wish;
    wish.in = in;
    wish.out = file(name);
    wish.whole = {1.3, 5.0};
    for (const auto& [at, title] : listed) wish.chapters.push_back({at, title});
    const auto report = cut(wish);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_TRUE(report->objections.empty());
    EXPECT_EQ(report->copied, 75);
    auto found = test::read_chapters(wish.out);
    for (auto& chapter : found) chapter.second = chapter.second.starts_with('"') ? listed[1].second : chapter.second;  // ffprobe quotes what has quotes
    EXPECT_EQ(found, listed) << name;
    EXPECT_EQ(test::read_numbers(wish.out).size(), static_cast<std::size_t>(report->frames));
  }
  EXPECT_TRUE(test::read_chapters(in).empty());
}

TEST_F(Cut, a_piece_in_the_middle_goes) {
  const auto in = record("a.mp4", {});
  CutWish wish;
  wish.in = in;
  wish.out = file("out.mp4");
  wish.whole = {0.52, 5.6};
  wish.dropped = {{2.24, 3.44}};
  const auto report = cut(wish);
  ASSERT_TRUE(report) << report.error().message;
  std::vector<int> wanted;
  for (int i = 13; i < 140; ++i)
    if (i < 56 || i >= 86) wanted.push_back(i);
  EXPECT_EQ(test::read_numbers(wish.out), wanted);
  // The beeps of seconds 1 and 2 where they were, those of 4 and 5 earlier by what went.
  const auto beeps = test::read_beeps(wish.out);
  ASSERT_EQ(beeps.size(), 4U);
  for (std::size_t i = 0; i < beeps.size(); ++i) EXPECT_NEAR(beeps[i], std::vector<double>({0.48, 1.48, 2.28, 3.28})[i], 0.004) << i;
}

TEST_F(Cut, sound_stays_with_the_picture_and_can_be_moved) {
  const auto in = record("a.ts", {});
  CutWish wish;
  wish.in = in;
  wish.out = file("out.mp4");
  wish.whole = {0.6, 5.4};
  ASSERT_TRUE(cut(wish));
  const auto beeps = test::read_beeps(wish.out);
  ASSERT_EQ(beeps.size(), 5U);
  for (std::size_t i = 0; i < beeps.size(); ++i) EXPECT_NEAR(beeps[i], 0.4 + static_cast<double>(i), 0.004);
  wish.sound.offset_seconds = 0.12;
  ASSERT_TRUE(cut(wish));
  EXPECT_NEAR(test::read_beeps(wish.out).at(0), 0.52, 0.004);
  // Earlier: the sound that was recorded later. The pictures stay, so each beep is heard with the frame three before its own.
  wish.sound.offset_seconds = -0.12;
  ASSERT_TRUE(cut(wish));
  EXPECT_NEAR(test::read_beeps(wish.out).at(0), 0.28, 0.004);
  EXPECT_EQ(test::read_numbers(wish.out).at(7), 22);
}

TEST_F(Cut, sound_does_not_drift_from_the_picture) {
  RecordingPlan plan;
  plan.rate = "30000/1001";
  plan.frames = 900;  // half a minute: a rate taken for 30 would be 0.9 frames off at the end
  const auto in = record("ntsc.ts", plan);
  const auto report = expect_exact(in, "out.mp4", 0.5, 29.7, 30000.0 / 1001);
  const auto beeps = test::read_beeps(file("out.mp4"));
  ASSERT_EQ(beeps.size(), 29U);
  const double begins = std::ceil(0.4995 * 30000 / 1001) * 1001 / 30000;
  for (std::size_t i = 0; i < beeps.size(); ++i) EXPECT_NEAR(beeps[i], static_cast<double>(i + 1) - begins, 0.004) << i;
  EXPECT_NEAR(test::read_times(file("out.mp4")).back(), static_cast<double>(report.frames - 1) * 1001 / 30000, 0.002);
}

TEST_F(Cut, loudness_and_peak_are_as_wanted) {
  for (const double level : {1.0, 0.05}) {
    RecordingPlan plan;
    plan.left = plan.right = level;
    const auto in = record("a.mp4", plan);
    for (const double wanted : {-16.0, -23.0}) {
      CutWish wish;
      wish.in = in;
      wish.out = file("out.mp4");
      wish.whole = {0, 6};
      wish.sound.loudness = wanted;
      const auto report = cut(wish);
      ASSERT_TRUE(report) << report.error().message;
      EXPECT_LE(report->sound->true_peak_after, -1.0) << level;
      // Beeps of 40 ms a second are too few to be as loud as -16 below that peak.
      if (wanted < -20) EXPECT_NEAR(report->sound->loudness_after, wanted, 1.0) << level;
    }
  }
}

TEST_F(Cut, the_channel_that_has_the_voice_is_heard) {
  const struct {
    double left, right;
    Channels heard;
  } cases[] = {{1, 1, Channels::both},   {1, 0, Channels::left},      {0, 1, Channels::right},
               {1, 0.1, Channels::left}, {1, -1, Channels::inverted}, {0.5, 0.4, Channels::both}};
  for (const auto& one : cases) {
    RecordingPlan plan;
    plan.frames = 60;
    plan.left = one.left;
    plan.right = one.right;
    CutWish wish;
    wish.in = record("a.mkv", plan);
    wish.out = file("out.mp4");
    wish.whole = {0, 2.4};
    const auto report = cut(wish);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(name_of(report->sound->channels), name_of(one.heard)) << one.left << " " << one.right;
    EXPECT_EQ(test::read_beeps(wish.out).size(), 3U) << "heard on one loudspeaker too: " << one.left << " " << one.right;
  }
}

TEST_F(Cut, progress_is_told_from_the_sound_on_and_never_less_than_before) {
  RecordingPlan plan;
  plan.frames = 600;
  CutWish wish;
  wish.in = record("long.mp4", plan);
  wish.out = file("out.mp4");
  wish.whole = {0.5, 23.5};
  std::vector<double> told;
  ASSERT_TRUE(cut(wish, [&](double part) { told.push_back(part); }));
  EXPECT_TRUE(std::ranges::is_sorted(told));
  ASSERT_GT(told.size(), 30U) << "measured, encoded and heard again, each told every two seconds";
  EXPECT_LT(told.front(), 0.1);
  EXPECT_GT(told.back(), 0.9);
  EXPECT_LE(told.back(), 1);
  // The longest leap is between rounds of the sound that need not be made.
  double leap = told.front();
  for (std::size_t i = 1; i < told.size(); ++i) leap = std::max(leap, told[i] - told[i - 1]);
  EXPECT_LT(leap, 0.2);
  // Without sound all of it is the picture's.
  wish.has_sound = false;
  told.clear();
  ASSERT_TRUE(cut(wish, [&](double part) { told.push_back(part); }));
  EXPECT_EQ(told.front(), 0);
  EXPECT_TRUE(std::ranges::is_sorted(told));
}

TEST_F(Cut, a_recording_without_sound_and_one_that_was_cut_off) {
  RecordingPlan plan;
  plan.sound.clear();
  expect_exact(record("silent.mp4", plan), "out.mp4", 1, 3, 25);
  const auto whole = record("recorder.ts", {});
  std::filesystem::resize_file(whole, std::filesystem::file_size(whole) * 2 / 3);
  expect_exact(whole, "out2.mp4", 0.4, 2.4, 25);
}

TEST_F(Cut, what_cannot_be_cut_is_refused_and_nothing_is_left) {
  const auto in = record("a.mp4", {});
  CutWish wish;
  wish.in = in;
  wish.out = file("out.mp4");
  const auto refused = [&](const char* words) {
    const auto report = cut(wish);
    ASSERT_FALSE(report);
    EXPECT_NE(report.error().message.find(words), std::string::npos) << report.error().message;
    EXPECT_FALSE(std::filesystem::exists(file("out.mp4")));
    EXPECT_FALSE(std::filesystem::exists(file("out.mp4.part")));
  };
  wish.whole = {5, 2};
  refused("The end is not after the beginning.");
  wish.whole = {100, 120};
  refused("The recording shows no frame from 0:01:40.000 to 0:02:00.000.");
  wish.whole = {1, 2};
  wish.dropped = {{0, 3}};
  refused("Nothing is left");
  wish.dropped.clear();
  wish.out = file("out.avi");
  refused("must end in .mp4");
  wish.out = in;
  refused("would replace the recording");
  wish.out = file("out.mp4");
  wish.in = file("none.mp4");
  refused("There is no file");
  std::ofstream(file("words.mp4")) << "these are words";
  wish.in = file("words.mp4");
  refused("cannot be read as a recording");
}

TEST_F(Cut, broken_bytes_end_in_a_sentence_or_in_a_file_that_was_proved) {
  RecordingPlan plan;
  plan.frames = 75;
  std::map<std::string, std::string> wholes;
  for (const char* name : {"a.mp4", "a.ts", "a.mkv"}) {
    std::ifstream file(record(name, plan), std::ios::binary);
    wholes[name] = {std::istreambuf_iterator<char>(file), {}};
  }
  test::for_random_cases(18, [&](test::Random& random) {
    auto broken = *std::next(wholes.begin(), random.between(0, 2));
    for (auto left = random.between(1, 60); left > 0; --left)
      broken.second[static_cast<std::size_t>(random.between(0, static_cast<std::int64_t>(broken.second.size()) - 1))] =
          static_cast<char>(random.between(0, 255));
    if (random.chance(30)) broken.second.resize(static_cast<std::size_t>(random.between(1, static_cast<std::int64_t>(broken.second.size()))));
    CutWish wish;
    wish.in = file("broken-" + broken.first);
    wish.out = file("out.mp4");
    wish.whole = {0.48, 2.6};
    std::ofstream(wish.in, std::ios::binary) << broken.second;
    const auto report = cut(wish);
    if (report) {
      EXPECT_TRUE(report->objections.empty());
    } else {
      EXPECT_FALSE(report.error().message.empty());
      EXPECT_FALSE(std::filesystem::exists(wish.out));
    }
    EXPECT_FALSE(std::filesystem::exists(wish.out + ".part"));
    std::filesystem::remove(wish.out);
  });
}

TEST_F(Cut, pictures_that_are_damaged_beside_a_joint_are_encoded_and_said_to_be) {
  RecordingPlan plan;
  plan.picture = {"-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-bf", "2", "-x264-params", "slices=1"};
  const auto in = record("a.ts", plan);
  std::string bytes;
  {
    std::ifstream file(in, std::ios::binary);
    bytes = {std::istreambuf_iterator<char>(file), {}};
  }
  // In each packet of the pictures' stream between a fifth and a half of the file some bytes of the payload's end, so that all can still be parted into
  // pictures.
  constexpr std::size_t packet = 188;
  for (std::size_t at = bytes.size() / 5 / packet * packet; at + packet <= bytes.size() / 2; at += 3 * packet)
    if ((bytes[at + 1] & 0x1F) == 1 && (bytes[at + 1] & 0x40) == 0 && bytes[at + 2] == 0)
      bytes[at + packet - 20] = static_cast<char>(bytes[at + packet - 20] ^ 0x55);
  std::ofstream(in, std::ios::binary) << bytes;
  CutWish wish;
  wish.in = in;
  wish.out = file("out.mp4");
  wish.whole = {0.52, 4.6};
  const auto report = cut(wish);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->frames, 102);
  EXPECT_EQ(report->copied, 0);
  EXPECT_EQ(report->encoded_in_full_because, (std::vector<std::string>{"The recording is damaged: what was copied of it looked different."}));
}

TEST_F(Cut, claps_over_a_quiet_voice_do_not_keep_it_quiet) {
  RecordingPlan plan;
  plan.frames = 250;
  plan.sounds = {{.kind = test::Sounding::Kind::speech, .from = 0, .to = 10, .level = 0.1}};
  for (const double at : {1.0, 4.0, 7.0}) plan.sounds.push_back({.kind = test::Sounding::Kind::applause, .from = at, .to = at + 0.02, .level = 0.9});
  const auto in = record("a.mp4", plan);
  for (const double wanted : {-23.0, -18.0}) {
    CutWish wish;
    wish.in = in;
    wish.out = file("out.mp4");
    wish.whole = {0, 10};
    wish.sound.loudness = wanted;
    const auto report = cut(wish);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_NEAR(report->sound->loudness_after, wanted, 1.0);
    EXPECT_LE(report->sound->true_peak_after, -1.0);
  }
}

TEST(CutTime, is_read_as_people_write_it) {
  EXPECT_EQ(parse_time("97.36").value(), 97.36);
  EXPECT_EQ(parse_time("1:37.36").value(), 97.36);
  EXPECT_EQ(parse_time("00:01:37.360").value(), 97.36);
  for (const char* wrong : {"", "x", "1:", "1:60", "1.5:10", "-1", "1:2:3:4", "1e3", "nan"}) EXPECT_FALSE(parse_time(wrong)) << wrong;
  EXPECT_EQ(time_text(3723.5), "1:02:03.500");
}

}  // namespace
}  // namespace confer::media
