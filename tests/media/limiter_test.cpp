// The limiter: nothing above the ceiling, nothing else changed.
#include "media/limiter.h"
#include <ebur128.h>
#include <gtest/gtest.h>
#include <cmath>
#include <numbers>
#include "support/property.h"

namespace confer::media {
namespace {

std::vector<float> tone(double hertz, double level, std::size_t count, double phase = 0) {
  std::vector<float> out;
  for (std::size_t i = 0; i < count; ++i)
    out.push_back(static_cast<float>(level * std::sin(2 * std::numbers::pi * hertz * static_cast<double>(i) / sound_rate + phase)));
  return out;
}

std::array<std::vector<float>, 2> limited(const std::vector<float>& sound, float ceiling, float gain = 1) {
  Limiter limiter(ceiling);
  std::array<std::vector<float>, 2> out;
  limiter.next(sound.data(), sound.data(), sound.size(), gain, out);
  limiter.finish(out);
  return out;
}

/// By the library that everybody measures with.
double true_peak(const std::vector<float>& sound) {
  ebur128_state* state = ebur128_init(1, sound_rate, EBUR128_MODE_TRUE_PEAK);
  ebur128_add_frames_float(state, sound.data(), sound.size());
  double peak = 0;
  ebur128_true_peak(state, 0, &peak);
  ebur128_destroy(&state);
  return peak;
}

TEST(Limiter, quiet_sound_stays_as_it_is) {
  const auto sound = tone(440, 0.4, 10'001);
  EXPECT_EQ(limited(sound, 0.8F)[0], sound);
}

TEST(Limiter, between_the_samples_too) {
  // A quarter of the rate, shifted by half a sample: its samples reach 0.7 of what it is.
  const auto sound = tone(sound_rate / 4.0, 0.95, 48'000, std::numbers::pi / 4);
  EXPECT_GT(true_peak(sound), 0.93);
  const auto out = limited(sound, 0.8F)[0];
  EXPECT_EQ(out.size(), sound.size());
  EXPECT_LE(true_peak(out), 0.8 * 1.03);
}

TEST(Limiter, never_above_the_ceiling) {
  test::for_random_cases(60, [](test::Random& random) {
    std::vector<float> sound;
    const auto count = random.between(1, 20'000);
    double level = 0.1;
    for (std::int64_t i = 0; i < count; ++i) {
      if (random.chance(1)) level = static_cast<double>(random.between(1, 400)) / 100;
      sound.push_back(static_cast<float>(level * std::sin(static_cast<double>(i) * 0.3) * static_cast<double>(random.between(50, 100)) / 100));
    }
    const auto out = limited(sound, 0.7F);
    ASSERT_EQ(out[0].size(), sound.size());
    float peak = 0;
    for (const float value : out[0]) peak = std::max(peak, std::fabs(value));
    EXPECT_LE(peak, 0.7F * 1.001F);
  });
}

}  // namespace
}  // namespace confer::media
