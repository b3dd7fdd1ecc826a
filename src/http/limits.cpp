// How often one may ask: token buckets a rate class, by session first and by address else.
#include "http/limits.h"
#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <mutex>
#include <unordered_map>
#include "base/random.h"

namespace confer::http {

namespace {

std::uint64_t mix(std::uint64_t x) {  // splitmix64's finaliser
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

struct Bucket {
  double tokens;
  RateLimiter::Time filled;
  RateLimit limit;
};

double level(const Bucket& bucket, RateLimiter::Time now) {
  const double seconds = std::max(0.0, std::chrono::duration<double>(now - bucket.filled).count());
  return std::min(bucket.limit.burst, bucket.tokens + seconds * bucket.limit.per_second);
}

}  // namespace

struct RateLimiter::Shard {
  mutable std::mutex mutex;
  std::unordered_map<std::uint64_t, Bucket> buckets;
  std::size_t sweep_at = 1024;  ///< buckets at which the full ones are dropped
};

RateLimiter::RateLimiter() : shards_(std::make_unique<std::array<Shard, 16>>()) {
  const std::string random = random_bytes(sizeof seed_);  // nobody outside can make two addresses share a bucket
  std::memcpy(&seed_, random.data(), sizeof seed_);
}

RateLimiter::~RateLimiter() = default;

std::optional<std::chrono::seconds> RateLimiter::take(std::uint64_t key, RateLimit limit, Time now) {
  Shard& shard = (*shards_)[key & 15];
  const std::lock_guard lock(shard.mutex);
  if (shard.buckets.size() >= shard.sweep_at) {
    std::erase_if(shard.buckets, [&](const auto& entry) { return level(entry.second, now) >= entry.second.limit.burst; });
    shard.sweep_at = std::max<std::size_t>(1024, shard.buckets.size() * 2);
  }
  Bucket& bucket = shard.buckets.try_emplace(key, Bucket{limit.burst, now, limit}).first->second;
  bucket.limit = limit;
  bucket.tokens = level(bucket, now);
  bucket.filled = std::max(bucket.filled, now);
  if (bucket.tokens >= 1) {
    bucket.tokens -= 1;
    return std::nullopt;
  }
  return std::chrono::seconds(std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil((1 - bucket.tokens) / limit.per_second))));
}

std::optional<std::chrono::seconds> RateLimiter::count(RateClass rate, std::string_view session, const Address& address, double factor, Time now) {
  const ClassLimits limits = limits_of(rate);
  const auto kind = static_cast<std::uint64_t>(rate);
  if (rate == RateClass::sign_in) factor = std::min(factor, largest_sign_in_factor);
  RateLimit of_address{limits.address.per_second * factor, limits.address.burst * factor};
  const std::uint64_t address_key = mix(seed_ ^ mix(limit_key(address) + kind * 2));
  if (!session.empty()) {
    const std::uint64_t session_key = mix(seed_ ^ mix(std::hash<std::string_view>{}(session) + kind * 2 + 1));
    if (auto wait = take(session_key, limits.session, now)) return wait;
    if (rate == RateClass::sign_in || rate == RateClass::ask) return take(address_key, of_address, now);
    of_address = {of_address.per_second * sessions_per_address, of_address.burst * sessions_per_address};
    return take(mix(address_key), of_address, now);
  }
  return take(address_key, of_address, now);
}

std::size_t RateLimiter::size() const {
  std::size_t count = 0;
  for (const Shard& shard : *shards_) {
    const std::lock_guard lock(shard.mutex);
    count += shard.buckets.size();
  }
  return count;
}

}  // namespace confer::http
