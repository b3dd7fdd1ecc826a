// Name plates: laid over some seconds, with as little as possible encoded because of them.
#include "media/plate.h"
#include <gtest/gtest.h>
#include <cmath>
#include <fstream>
#include <numeric>
#include "media/cut.h"
#include "support/database.h"
#include "support/recording.h"

namespace confer::media {
namespace {

using test::RecordingPlan;
using test::TestFolder;

/// A white plate over the lower half of the picture, as wide as it; the numbers stand above it.
class PlateCut : public testing::Test {
 protected:
  PlateCut() {
    std::ofstream(file("plate.svg")) << "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1600 960\">"
                                        "<rect x='0' y='480' width='1600' height='480' fill='#ffffff'/>"
                                        "<text x='100' y='560' font-size='60'>{{title}}</text></svg>";
  }
  std::string file(const std::string& name) const { return (folder_.path() / name).string(); }
  CutWish wish_for(const std::string& out, double from, double to, double at, double lasts) const {
    CutWish wish;
    wish.in = file("in.mp4");
    wish.out = file(out);
    wish.whole = {from, to};
    wish.name_plate = PlateWish{{file("plate.svg"), {{"title", "Ada Example"}}, lasts}, at};
    return wish;
  }
  /// Every picture is the one that was wanted, and the plate lies over those between its times, wholly between its rise and its fall.
  void expect_plate(const std::string& out, const std::vector<int>& numbers, int rate, double at, double lasts) const {
    EXPECT_EQ(test::read_numbers(file(out)), numbers);
    const auto seen = test::read_brightness(file(out), 120, 84), before = test::read_brightness(file("in.mp4"), 120, 84);
    ASSERT_EQ(seen.size(), numbers.size());
    const PlateWish plate{{"", {}, lasts}, at};
    for (std::size_t i = 0; i < seen.size(); ++i) {
      const double strength = plate.strength_at(static_cast<double>(i) / rate);
      const int below = before[static_cast<std::size_t>(numbers[i])];
      EXPECT_NEAR(seen[i], below + strength * (235 - below), 6) << "picture " << i;
    }
  }
  static std::vector<int> from_to(int from, int to) {
    std::vector<int> out(static_cast<std::size_t>(to - from));
    std::iota(out.begin(), out.end(), from);
    return out;
  }

 private:
  TestFolder folder_;
};

TEST_F(PlateCut, lies_over_its_seconds_and_what_is_beside_them_is_copied) {
  RecordingPlan plan;
  plan.frames = 300;
  plan.picture = {"-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-bf", "2"};
  test::write_recording(file("in.mp4"), plan);
  const auto report = cut(wish_for("out.mp4", 1.3, 11, 3, 2));
  ASSERT_TRUE(report) << report.error().message;
  expect_plate("out.mp4", from_to(33, 275), 25, 3, 2);
  EXPECT_EQ(report->plated, 49) << "at its first and last moment nothing is seen of it";
  EXPECT_EQ(report->copied_equal, report->copied);
  EXPECT_GE(report->copied, 275 - 50 - 75) << "all but the beginning's group and three below the plate";
  EXPECT_TRUE(report->encoded_in_full_because.empty());
  // The beginning's joint, both ends of what is encoded below the plate, and both of the plate itself.
  EXPECT_EQ(report->joints.size(), 5U);
  for (const auto& joint : report->joints) {
    EXPECT_EQ(joint.equal, joint.copied);
    EXPECT_GE(joint.worst_psnr, 35) << joint.at;
  }
}

TEST_F(PlateCut, goes_on_over_a_piece_that_was_cut_out_and_stands_after_the_cards) {
  RecordingPlan plan;
  plan.frames = 300;
  plan.picture = {"-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-bf", "2"};
  test::write_recording(file("in.mp4"), plan);
  auto wish = wish_for("out.mp4", 0, 12, 1, 3);
  wish.dropped = {{2, 5}};
  const auto report = cut(wish);
  ASSERT_TRUE(report) << report.error().message;
  auto numbers = from_to(0, 50);
  const auto rest = from_to(125, 300);
  numbers.insert(numbers.end(), rest.begin(), rest.end());
  expect_plate("out.mp4", numbers, 25, 1, 3);
  EXPECT_GE(report->copied, 225 - 125);
  std::ofstream(file("card.svg")) << "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1600 960\"></svg>";
  wish.out = file("carded.mp4");
  wish.title_card = CardWish{file("card.svg"), {}, 1};
  wish.apology_card = CardWish{file("card.svg"), {}, 0.4};
  const auto carded = cut(wish);
  ASSERT_TRUE(carded) << carded.error().message;
  EXPECT_NEAR(carded->title_lasts, 1.4, 1e-9);
  EXPECT_EQ(carded->plated, report->plated);
  const auto plain = test::read_brightness(file("out.mp4"), 120, 84), later = test::read_brightness(file("carded.mp4"), 120, 84);
  ASSERT_EQ(later.size(), plain.size() + 35);
  for (std::size_t i = 0; i < plain.size(); ++i) EXPECT_NEAR(later[i + 35], plain[i], 4) << i;
  for (std::size_t i = 0; i < 35; ++i) EXPECT_LE(later[i], 18) << "a black card";
}

TEST_F(PlateCut, over_other_codecs_deeper_pixels_and_what_is_encoded_in_full) {
  RecordingPlan plan;
  plan.frames = 125;
  plan.picture = {"-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "keyint=25:min-keyint=25:open-gop=0:log-level=none"};
  test::write_recording(file("in.mp4"), plan);
  auto report = cut(wish_for("hevc.mp4", 0, 5, 1.2, 1));
  ASSERT_TRUE(report) << report.error().message;
  expect_plate("hevc.mp4", from_to(0, 125), 25, 1.2, 1);
  EXPECT_GE(report->copied, 50);
  plan.picture.insert(plan.picture.end(), {"-pix_fmt", "yuv420p10le"});
  test::write_recording(file("in.mp4"), plan);
  report = cut(wish_for("deep.mp4", 0, 5, 1.2, 1));
  ASSERT_TRUE(report) << report.error().message;
  expect_plate("deep.mp4", from_to(0, 125), 25, 1.2, 1);
  EXPECT_GE(report->copied, 50);
  auto whole = wish_for("whole.mp4", 0, 5, 0, 5);
  whole.encode_everything = true;
  report = cut(whole);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->copied, 0);
  EXPECT_EQ(report->plated, 124);
  EXPECT_EQ(test::read_numbers(file("whole.mp4")), from_to(0, 125));
}

TEST_F(PlateCut, one_that_cannot_be_shown_is_refused_and_leaves_nothing) {
  test::write_recording(file("in.mp4"), {.frames = 30});
  auto wish = wish_for("out.mp4", 0, 1, 0, 61);
  EXPECT_EQ(cut(wish).error().message, "A name plate is shown for more than 0 and at most 60 seconds.");
  wish.name_plate->card.seconds = 1;
  wish.name_plate->at = -1;
  EXPECT_EQ(cut(wish).error().message, "A name plate is shown within the first hour.");
  wish.name_plate->at = 0;
  wish.name_plate->card.path = file("none.svg");
  EXPECT_EQ(cut(wish).error().code, ErrorCode::not_found);
  wish.name_plate->card = {file("plate.svg"), {}, 1};
  EXPECT_TRUE(cut(wish).error().message.contains("there is no “{{title}}”"));
  EXPECT_FALSE(std::filesystem::exists(wish.out));
  // Later than the recording's end there is nothing that it could lie over.
  auto late = wish_for("late.mp4", 0, 1, 30, 5);
  const auto report = cut(late);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->plated, 0);
}

}  // namespace
}  // namespace confer::media
