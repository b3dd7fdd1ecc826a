// Gains for a loudness: what a limiter takes away is made up for, and what cannot be reached is given up.
#include "media/gain_search.h"
#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>
#include <functional>

namespace confer::media {
namespace {

struct Tried {
  double gain = 0, loudness = 0;
  int attempts = 0;
};
Tried tried(double wanted, double first, const std::function<double(double)>& loudness_of) {
  GainSearch search(wanted, first, 40);
  Tried out;
  for (out.attempts = 1;; ++out.attempts) {
    out.gain = search.gain();
    out.loudness = loudness_of(out.gain);
    if (out.attempts == GainSearch::most_attempts || !search.try_after(out.loudness)) return out;
  }
}

TEST(GainSearch, what_nothing_holds_is_right_at_once) {
  const auto found = tried(-16, 14, [](double gain) { return -30 + gain; });
  EXPECT_EQ(found.attempts, 1);
  EXPECT_EQ(found.gain, 14);
}

TEST(GainSearch, a_voice_under_loud_claps_comes_up_to_them) {
  // Measured as recorded the claps alone count; the limiter holds them at -19, and the voice lies 28 below where they were.
  for (const double wanted : {-23.0, -18.0, -16.0}) {
    const auto found = tried(wanted, wanted + 14, [](double gain) {
      const double claps = std::min(-14 + gain, -19.0), voice = -34 + gain;
      return voice < claps - 10 ? claps : 10 * std::log10(std::pow(10, voice / 10) + 0.1 * std::pow(10, claps / 10));
    });
    EXPECT_NEAR(found.loudness, wanted, GainSearch::near) << found.gain << " after " << found.attempts;
  }
}

TEST(GainSearch, what_the_codec_adds_is_taken_off) {
  const auto found = tried(-16, 10, [](double gain) { return -24.8 + gain; });
  EXPECT_EQ(found.attempts, 2);
  EXPECT_NEAR(found.loudness, -16, 1e-9);
}

TEST(GainSearch, what_no_gain_reaches_is_given_up_before_only_noise_gets_louder) {
  const auto found = tried(-16, 4, [](double gain) { return std::min(-20 + gain, -19.0); });
  EXPECT_LE(found.gain, 4 + GainSearch::most_further_db);
  const auto quiet = tried(-16, 40, [](double gain) { return -59 + gain; });
  EXPECT_EQ(quiet.attempts, 1);
  EXPECT_EQ(quiet.gain, 40);
}

TEST(GainSearch, between_too_little_and_too_much_it_finds_the_middle) {
  const auto found = tried(-16, 10, [](double gain) { return gain < 12 ? -17.5 : -16 + 4 * (gain - 14); });
  EXPECT_NEAR(found.loudness, -16, GainSearch::near) << found.gain;
}

}  // namespace
}  // namespace confer::media
