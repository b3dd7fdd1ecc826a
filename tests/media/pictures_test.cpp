// Posters, storyboards and samples of sound, made of recordings that are known.
#include "media/pictures.h"
#include <gtest/gtest.h>
#include <algorithm>
#include <array>
#include <filesystem>
#include "files/files.h"
#include "media/key_frames.h"
#include "media/probe.h"
#include "media/samples.h"
#include "support/database.h"
#include "support/recording.h"

namespace confer::media {
namespace {

using test::RecordingPlan;
using test::TestFolder;
using Kind = test::Sounding::Kind;

class Taken : public testing::Test {
 protected:
  std::string file(const std::string& name) const { return (folder_.path() / name).string(); }
  std::string record(const RecordingPlan& plan) const {
    test::write_recording(file("a.mp4"), plan);
    return file("a.mp4");
  }
  static std::string bytes(const std::string& path) { return files::read_file(path, std::size_t{10} << 20U).value_or(""); }

 private:
  TestFolder folder_;
};

/// Width and height as a JPEG's frame header says (SOF0), and that it is whole.
std::array<int, 2> size_of_jpeg(const std::string& jpeg) {
  if (jpeg.size() < 4 || !jpeg.starts_with("\xFF\xD8") || !jpeg.ends_with("\xFF\xD9")) return {0, 0};
  const auto at = jpeg.find("\xFF\xC0");
  if (at == std::string::npos || at + 9 > jpeg.size()) return {0, 0};
  const auto byte = [&](std::size_t i) { return static_cast<int>(static_cast<unsigned char>(jpeg[at + i])); };
  return {byte(7) * 256 + byte(8), byte(5) * 256 + byte(6)};
}

TEST_F(Taken, storyboard_has_a_picture_for_each_time_and_says_where) {
  RecordingPlan plan;
  plan.frames = 25 * 65;
  plan.slides = {20, 41};
  const auto out = take_pictures({.path = record(plan), .folder = file("out"), .every = 5, .thumbnail_width = 64});
  ASSERT_TRUE(out) << out.error().message;
  ASSERT_EQ(out->thumbnails.size(), 13U);
  EXPECT_EQ(out->sheets, std::vector<std::string>{"storyboard-1.jpg"});
  EXPECT_EQ(out->width, 64);
  EXPECT_EQ(out->height, 38) << "96 of 160, even";
  EXPECT_EQ(size_of_jpeg(bytes(file("out/storyboard-1.jpg"))), (std::array{640, 76}));
  for (std::size_t i = 0; i < 13; ++i) {
    EXPECT_EQ(out->thumbnails[i].at, static_cast<double>(i) * 5);
    EXPECT_NEAR(out->thumbnails[i].shown_at, out->thumbnails[i].at, 2.01) << "the last key frame before";
    EXPECT_EQ(out->thumbnails[i].x, static_cast<int>(i % 10) * 64);
    EXPECT_EQ(out->thumbnails[i].y, static_cast<int>(i / 10) * 38);
  }
  EXPECT_TRUE(to_vtt(*out).starts_with("WEBVTT\n\n00:00:00.000 --> 00:00:05.000\nstoryboard-1.jpg#xywh=0,0,64,38\n")) << to_vtt(*out);
  EXPECT_EQ(bytes(file("out/storyboard.vtt")), to_vtt(*out));
  EXPECT_EQ(bytes(file("out/storyboard.json")), to_json(*out) + "\n");
}

TEST_F(Taken, the_same_file_has_the_same_pictures) {
  RecordingPlan plan;
  plan.frames = 25 * 30;
  const auto in = record(plan);
  for (const char* folder : {"one", "two"}) ASSERT_TRUE(take_pictures({.path = in, .folder = file(folder), .every = 2}));
  for (const char* name : {"poster.jpg", "storyboard-1.jpg", "storyboard.json", "storyboard.vtt"}) {
    EXPECT_FALSE(bytes(file(std::string("one/") + name)).empty()) << name;
    EXPECT_EQ(bytes(file(std::string("one/") + name)), bytes(file(std::string("two/") + name))) << name;
  }
}

TEST_F(Taken, more_than_a_sheet_holds_goes_on_the_next) {
  RecordingPlan plan;
  plan.frames = 25 * 107;
  plan.sound.clear();
  plan.picture = {"-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-bf", "0"};
  const auto out = take_pictures({.path = record(plan), .folder = file("out"), .every = 1, .thumbnail_width = 32});
  ASSERT_TRUE(out) << out.error().message;
  EXPECT_EQ(out->thumbnails.size(), 107U);
  ASSERT_EQ(out->sheets.size(), 2U);
  EXPECT_EQ(size_of_jpeg(bytes(file("out/storyboard-1.jpg"))), (std::array{320, 200}));
  EXPECT_EQ(size_of_jpeg(bytes(file("out/storyboard-2.jpg"))), (std::array{224, 20}));
  EXPECT_EQ(out->thumbnails[103].sheet, 1);
  EXPECT_EQ(out->thumbnails[103].x, 96);
  for (const auto& one : out->thumbnails) EXPECT_NEAR(one.shown_at, one.at, 0.001);
}

TEST_F(Taken, poster_is_of_a_good_time_or_of_the_wanted_one) {
  RecordingPlan plan;
  plan.frames = 25 * 40;
  plan.slides = {10, 20, 30};
  const auto in = record(plan);
  auto out = take_pictures({.path = in, .folder = file("out"), .poster_width = 100});
  ASSERT_TRUE(out);
  EXPECT_GE(out->poster_at, 4) << "not of the first tenth";
  EXPECT_EQ(size_of_jpeg(bytes(file("out/poster.jpg"))), (std::array{100, 60}));
  out = take_pictures({.path = in, .folder = file("out"), .poster_at = 21});
  ASSERT_TRUE(out);
  EXPECT_NEAR(out->poster_at, 20, 1.01);
  EXPECT_EQ(out->poster_width, 160) << "never larger than it was recorded";
}

TEST_F(Taken, dark_plain_and_blurred_pictures_are_no_posters) {
  const auto picture = [](auto pixel) {
    Gray out{64, 36, {}};
    for (int y = 0; y < 36; ++y)
      for (int x = 0; x < 64; ++x) out.pixels.push_back(static_cast<std::uint8_t>(pixel(x, y)));
    return out;
  };
  const double sharp = worth(picture([](int x, int y) { return (x / 4 + y / 4) % 2 == 0 ? 60 : 190; }));
  EXPECT_EQ(worth(picture([](int, int) { return 5; })), 0);
  EXPECT_EQ(worth(picture([](int x, int) { return x % 2 == 0 ? 4 : 20; })), 0) << "dark";
  EXPECT_EQ(worth(picture([](int, int) { return 128; })), 0) << "plain";
  EXPECT_EQ(worth(picture([](int x, int) { return x % 8 == 0 ? 200 : 255; })), 0) << "blown out";
  const double blurred = worth(picture([](int x, int y) { return 60 + 2 * x + (y > 50 ? 1 : 0); }));
  EXPECT_GT(sharp, 0);
  EXPECT_LT(blurred, sharp / 10);
}

TEST_F(Taken, what_cannot_be_shown_is_refused) {
  RecordingPlan plan;
  plan.frames = 50;
  const auto in = record(plan);
  const auto refused = [&](const PicturesWish& wish, const char* words) {
    const auto out = take_pictures(wish);
    ASSERT_FALSE(out);
    EXPECT_NE(out.error().message.find(words), std::string::npos) << out.error().message;
  };
  refused({.path = in, .folder = file("out"), .whole = {9, 12}}, "ends before 0:00:09.000");
  refused({.path = in, .folder = file("out"), .every = 0}, "every second at most");
  refused({.path = in, .folder = file("out"), .thumbnail_width = 33}, "an even number");
  refused({.path = file("none.mp4"), .folder = file("out")}, "There is no file");
}

TEST_F(Taken, samples_are_of_the_time_at_which_somebody_speaks) {
  RecordingPlan plan;
  plan.frames = 25 * 60;
  plan.right = 0;
  plan.sounds = {{Kind::applause, 2, 8}, {Kind::speech, 20, 45}};
  const auto in = record(plan);
  const auto out = make_samples({.path = in, .folder = file("out"), .length = 5});
  ASSERT_TRUE(out) << out.error().message;
  EXPECT_TRUE(out->is_speech);
  EXPECT_GE(out->at, 19.9);
  EXPECT_LE(out->at, 40.1);
  EXPECT_EQ(out->automatic.channels, Channels::left);
  ASSERT_EQ(out->samples.size(), 5U);
  for (const auto& one : out->samples) {
    const auto probed = look_into(file("out/" + one.file));
    ASSERT_TRUE(probed) << one.file;
    ASSERT_EQ(probed->streams.size(), 1U);
    EXPECT_EQ(probed->streams[0].codec, "aac");
    EXPECT_NEAR(std::chrono::duration<double>(probed->length).count(), 5, 0.06) << one.file;
    const auto sound = test::read_sound(file("out/" + one.file));
    const bool is_heard = std::ranges::any_of(sound, [](double value) { return value > 0.05; });
    EXPECT_EQ(is_heard, one.channels != Channels::right) << one.file;
  }
  const auto wanted = make_samples({.path = in, .folder = file("out"), .at = 50, .length = 5});
  ASSERT_TRUE(wanted);
  EXPECT_FALSE(wanted->is_speech);
  EXPECT_EQ(wanted->at, 50);
}

TEST(FindSpeech, most_of_it_near_the_middle) {
  Listening listening;
  listening.to = 100;
  EXPECT_FALSE(find_speech(listening, 10));
  listening.speech = {{5, 8}, {10, 90}};
  EXPECT_EQ(find_speech(listening, 10), 45);
  listening.speech = {{5, 8}, {80, 84}};
  EXPECT_EQ(find_speech(listening, 10), 74) << "as much of it as from 80 s on, and nearer";
}

}  // namespace
}  // namespace confer::media
