// How often one may ask: token buckets a rate class, by session first and by address else.
#pragma once
#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include "http/address.h"
#include "http/router.h"

namespace confer::http {

/// A bucket that holds `burst` and refills by `per_second`.
struct RateLimit {
  double per_second, burst;
};

/// What one session, and one address, may do. Ready bytes are not counted: answering them costs less than counting.
/// An address that sends sessions has `sessions_per_address` times the limit of one without, as a household, an office or an invented cookie may.
struct ClassLimits {
  RateLimit session, address;
};
constexpr ClassLimits limits_of(RateClass rate) {
  switch (rate) {
    case RateClass::page:
      return {{10, 120}, {20, 240}};
    case RateClass::write:
      return {{2, 60}, {2, 60}};
    case RateClass::sign_in:
      return {{0.1, 10}, {0.2, 20}};  // guessing passwords: 12 tries a minute and address
    case RateClass::upload:
      return {{5, 100}, {5, 100}};  // resumable uploads send many pieces
    case RateClass::stream:
      return {{0.5, 20}, {1, 60}};  // browsers come back after 8 to 15 s
    case RateClass::api:
      return {{10, 200}, {10, 200}};
    case RateClass::ask:
      return {{0.05, 10}, {0.1, 20}};  // what strangers send for somebody to read: six a minute and address
  }
  return {{1, 10}, {1, 10}};
}
inline constexpr double sessions_per_address = 20;
/// Of the factor of venue networks: 200 people may sign in at once and two a second after that, and nobody there guesses thousands of passwords a minute.
inline constexpr double largest_sign_in_factor = 10;

/// Thread-safe; forgets buckets that are full again.
class RateLimiter {
 public:
  RateLimiter();
  ~RateLimiter();
  using Time = std::chrono::steady_clock::time_point;
  /// Counts one request. Nothing when it may go on; else how long to wait. `factor` multiplies the address's limit (venue networks);
  /// that of signing in at most by `largest_sign_in_factor`.
  /// Signing in, and asking, are counted by address and session: an invented session cookie must not open a new bucket.
  std::optional<std::chrono::seconds> count(RateClass rate, std::string_view session, const Address& address, double factor, Time now);
  /// Buckets in memory.
  std::size_t size() const;

 private:
  struct Shard;
  std::unique_ptr<std::array<Shard, 16>> shards_;
  std::optional<std::chrono::seconds> take(std::uint64_t key, RateLimit limit, Time now);
  std::uint64_t seed_;
};

}  // namespace confer::http
