// Two recorders in one room, one of them with a clock of its own.
#include "media/common_sound.h"
#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>
#include "media/listening.h"
#include "support/property.h"

namespace confer::media {
namespace {

/// Somebody speaks: syllables, pauses, breaths.
Levels somebody_speaks(test::Random& random, int seconds) {
  Levels levels;
  while (levels.size() < static_cast<std::size_t>(seconds * moments_per_second)) {
    const auto words = random.between(10, 80);
    for (std::int64_t i = 0; i < words; ++i)
      levels.push_back(static_cast<float>(-25 + 8 * std::sin(static_cast<double>(i)) + static_cast<double>(random.between(-6, 6))));
    const auto pause = random.between(3, 40);
    for (std::int64_t i = 0; i < pause; ++i) levels.push_back(static_cast<float>(random.between(-62, -55)));
  }
  levels.resize(static_cast<std::size_t>(seconds * moments_per_second));
  return levels;
}

/// What a camera far away hears of it from `from` on: quieter, with the room's noise, and people beside it.
Levels heard_from_afar(test::Random& random, const Levels& levels, int from, int to) {
  Levels heard(levels.begin() + from * moments_per_second, levels.begin() + to * moments_per_second);
  for (auto& level : heard) level = std::max(level - 15, -48.0F) + static_cast<float>(random.between(-2, 2));
  for (int coughs = 0; coughs < 10; ++coughs) heard[static_cast<std::size_t>(random.between(0, static_cast<std::int64_t>(heard.size()) - 1))] = -20;
  return heard;
}

TEST(CommonSound, any_two_recordings_of_one_room_are_laid_on_each_other_to_a_moment) {
  test::for_random_cases(12, [](test::Random& random) {
    const Levels whole = somebody_speaks(random, 1500);
    const int from = static_cast<int>(random.between(0, 900)), to = from + static_cast<int>(random.between(200, 590));
    const Levels other = heard_from_afar(random, whole, from, to);
    const auto found = find_common_sound(whole, other);
    ASSERT_TRUE(found) << from << " to " << to;
    EXPECT_NEAR(found->lag, from, 0.051);
    EXPECT_NEAR(found->common, to - from, 1.0);
    EXPECT_GT(found->likeness, 0.5);
    const auto turned = find_common_sound(other, whole);
    ASSERT_TRUE(turned);
    EXPECT_NEAR(turned->lag, -from, 0.051);
  });
}

TEST(CommonSound, when_the_end_of_one_is_the_beginning_of_the_other_then_it_is_found) {
  test::Random random(7);
  const Levels whole = somebody_speaks(random, 1200);
  const Levels first(whole.begin(), whole.begin() + 700 * moments_per_second);
  const auto found = find_common_sound(first, heard_from_afar(random, whole, 500, 1200));
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->lag, 500, 0.051);
  EXPECT_NEAR(found->common, 200, 1.0);
}

TEST(CommonSound, when_they_heard_different_things_then_nothing_is_said) {
  test::for_random_cases(8, [](test::Random& random) { EXPECT_FALSE(find_common_sound(somebody_speaks(random, 1800), somebody_speaks(random, 1800))); });
}

TEST(CommonSound, silence_a_hum_and_a_beat_say_nothing) {
  const Levels silence(600 * moments_per_second, -90), hum(600 * moments_per_second, -30);
  Levels beat;
  for (int i = 0; i < 600 * moments_per_second; ++i) beat.push_back(i % 10 < 3 ? -20.0F : -40.0F);
  EXPECT_FALSE(find_common_sound(silence, silence));
  EXPECT_FALSE(find_common_sound(hum, hum));
  EXPECT_FALSE(find_common_sound(beat, beat)) << "it fits at every beat";
  EXPECT_FALSE(find_common_sound({}, beat));
  test::Random random(3);
  const Levels whole = somebody_speaks(random, 120);
  EXPECT_FALSE(find_common_sound(whole, heard_from_afar(random, whole, 20, 70))) << "less than a minute";
}

TEST(CommonSound, levels_are_kept_as_text_to_the_decibel) {
  const Levels levels{-120, -90, -89.4F, -30.6F, 0, 3};
  EXPECT_EQ(to_text(levels), "!!\"\\{{");
  EXPECT_EQ(read_levels(to_text(levels)), (Levels{-90, -90, -89, -31, 0, 0}));
  EXPECT_EQ(read_levels("\x01~\xff"), (Levels{-90, 0, -90}));
}

}  // namespace
}  // namespace confer::media
