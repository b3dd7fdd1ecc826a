// Times and lengths of a plan as people write them.
#include "cutting/pages/plan_words.h"
#include <gtest/gtest.h>

namespace confer::cutting {
namespace {

TEST(SoundOffset, in_milliseconds_or_in_frames) {
  const auto of = [](const char* text, double rate) {
    const auto offset = sound_offset_of(text, rate);
    return offset ? offset->count() : 99'999;
  };
  EXPECT_EQ(of("120", 25), 120);
  EXPECT_EQ(of(" -120 ms", 25), -120);
  EXPECT_EQ(of("−40ms", 25), -40);
  EXPECT_EQ(of("3 frames", 25), 120);
  EXPECT_EQ(of("-1 frame", 30000.0 / 1001), -33);
  EXPECT_EQ(of("2f", 50), 40);
  EXPECT_EQ(of("10000", 0), 10'000);
  for (const char* refused : {"", "ms", "10001", "3 s", "1.5 frames", "--3", "300 frames", "99999999999999999999"})
    EXPECT_EQ(of(refused, 25), 99'999) << refused;
  EXPECT_TRUE(sound_offset_of("3 frames", 0).error().message.starts_with("How many frames a second has is known when"));
}

}  // namespace
}  // namespace confer::cutting
