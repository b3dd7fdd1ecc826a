// Rate limits: by session, by address, refilled by time.
#include "http/limits.h"
#include <gtest/gtest.h>

namespace confer::http {
namespace {

using std::chrono::seconds;

Address address(std::string_view text) { return parse_address(text).value(); }

/// How many requests pass at one instant.
int passing(RateLimiter& limiter, RateClass rate, std::string_view session, std::string_view from, double factor, RateLimiter::Time now) {
  int count = 0;
  while (count < 1000000 && !limiter.count(rate, session, address(from), factor, now)) ++count;
  return count;
}

TEST(RateLimiter, a_bucket_empties_and_refills) {
  RateLimiter limiter;
  RateLimiter::Time now{};
  const RateLimit limit = limits_of(RateClass::sign_in).address;
  EXPECT_EQ(passing(limiter, RateClass::sign_in, "", "192.0.2.1", 1, now), static_cast<int>(limit.burst));
  EXPECT_EQ(limiter.count(RateClass::sign_in, "", address("192.0.2.1"), 1, now), seconds(5));
  EXPECT_EQ(passing(limiter, RateClass::sign_in, "", "192.0.2.1", 1, now + seconds(5)), 1);
  EXPECT_EQ(passing(limiter, RateClass::write, "", "192.0.2.1", 1, now), static_cast<int>(limits_of(RateClass::write).address.burst));
  EXPECT_EQ(passing(limiter, RateClass::sign_in, "", "192.0.2.2", 1, now), static_cast<int>(limit.burst));
}

TEST(RateLimiter, a_venue_has_its_factor_and_sessions_behind_it_their_own_buckets) {
  RateLimiter limiter;
  const RateLimiter::Time now{};
  EXPECT_EQ(passing(limiter, RateClass::stream, "", "192.0.2.1", 500, now), 30000);
  EXPECT_EQ(passing(limiter, RateClass::page, "one", "192.0.2.1", 1, now), static_cast<int>(limits_of(RateClass::page).session.burst));
  EXPECT_EQ(passing(limiter, RateClass::page, "two", "192.0.2.1", 1, now), static_cast<int>(limits_of(RateClass::page).session.burst));
}

TEST(RateLimiter, a_venue_is_no_place_to_guess_passwords_from) {
  RateLimiter limiter;
  const RateLimiter::Time now{};
  EXPECT_EQ(passing(limiter, RateClass::sign_in, "", "192.0.2.1", 500, now), 200);
  EXPECT_EQ(limiter.count(RateClass::sign_in, "invented", address("192.0.2.1"), 500, now), seconds(1));
  EXPECT_EQ(passing(limiter, RateClass::sign_in, "", "192.0.2.1", 500, now + seconds(60)), 120);
}

TEST(RateLimiter, invented_sessions_do_not_get_past_the_address) {
  RateLimiter limiter;
  const RateLimiter::Time now{};
  int passed = 0;
  for (int i = 0; i < 10000; ++i) passed += limiter.count(RateClass::sign_in, "invented" + std::to_string(i), address("192.0.2.1"), 1, now) ? 0 : 1;
  EXPECT_EQ(passed, static_cast<int>(limits_of(RateClass::sign_in).address.burst));
}

TEST(RateLimiter, full_buckets_are_forgotten) {
  RateLimiter limiter;
  RateLimiter::Time now{};
  for (int i = 0; i < 100000; ++i) {
    limiter.count(RateClass::page, "s" + std::to_string(i), address("192.0.2.1"), 1e9, now);
    now += seconds(1);
  }
  EXPECT_LT(limiter.size(), 20000U);
}

}  // namespace
}  // namespace confer::http
