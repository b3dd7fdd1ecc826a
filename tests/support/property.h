// Property tests: the same random cases on every run, and the seed of the case that failed.
#pragma once
#include <gtest/gtest.h>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace confer::test {

/// Random values that are the same on every machine for a seed (SplitMix64, Steele, Lea, Flood 2014; the standard library's distributions are not).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31U);
  }
  /// Both ends included. Slightly uneven for huge ranges, which does not matter here.
  std::int64_t between(std::int64_t low, std::int64_t high) { return low + static_cast<std::int64_t>(next() % (static_cast<std::uint64_t>(high - low) + 1)); }
  bool chance(int percent) { return between(1, 100) <= percent; }
  template <class List>
  const auto& pick(const List& list) {
    return list[static_cast<std::size_t>(between(0, static_cast<std::int64_t>(list.size()) - 1))];
  }
  /// Up to `max` characters of one to four bytes, with the ones that parsers stumble over among them.
  std::string text(std::size_t max) {
    static const std::vector<std::string> characters = {"a",  "B", "z", "0",      "9",      " ",  "-",  "_",  ",",      ";",   ":", "\"",
                                                        "\\", "/", "<", "&",      ">",      "'",  "\n", "\t", "\r",     "ä",   "ß", "é",
                                                        "ø",  "Ж", "م", "\u200d", "\u0301", "語", "€",  "🎉", "\u2028", "\x01"};
    std::string out;
    for (auto left = between(0, static_cast<std::int64_t>(max)); left > 0; --left) out += pick(characters);
    return out;
  }

 private:
  std::uint64_t state_;
};

/// Runs `property(Random&)` with the seeds 1 … count and stops at the first that fails, naming it. CONFER_PROPERTY_SEED=17 runs that one alone.
template <class Property>
void for_random_cases(std::uint64_t count, Property property) {
  std::uint64_t first = 1;
  if (const char* only = std::getenv("CONFER_PROPERTY_SEED")) {
    first = std::strtoull(only, nullptr, 10);
    count = first;
  }
  for (std::uint64_t seed = first; seed <= count; ++seed) {
    const testing::ScopedTrace trace(__FILE__, __LINE__, "repeat with CONFER_PROPERTY_SEED=" + std::to_string(seed));
    Random random(seed);
    property(random);
    if (testing::Test::HasFailure()) return;
  }
}

}  // namespace confer::test
