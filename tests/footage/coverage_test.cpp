// Which second of a slot is in which file, by examples and against a count of every second.
#include "footage/coverage.h"
#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>
#include <map>
#include "support/property.h"

namespace confer::footage {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

const Zone berlin = Zone::find("Europe/Berlin").value();
const Instant day = parse_instant("2027-05-04T08:00:00Z").value();  // 10:00 in Berlin
Span span(double from_s, double to_s) { return {day + milliseconds(std::llround(from_s * 1000)), day + milliseconds(std::llround(to_s * 1000))}; }
Footage file(std::int64_t number, double from, double to, bool is_growing = false) {
  return {.number = number, .span = span(from, to), .is_growing = is_growing, .exactness = milliseconds(40)};
}
Wanted slot(double from, double to) { return {.number = 1, .span = span(from, to), .may_be_recorded = true}; }
std::string said(std::vector<Footage> files, double now, Wanted wanted = slot(0, 3600)) {
  return in_words(cover({wanted}, std::move(files), day + milliseconds(std::llround(now * 1000))).slots.front(), berlin);
}

TEST(Coverage, in_words) {
  EXPECT_EQ(said({}, -1), "not begun");
  EXPECT_TRUE(cover({slot(0, 3600)}, {}, day - seconds(1)).slots.front().gaps.empty());
  EXPECT_EQ(said({}, 5000), "nothing recorded yet");
  EXPECT_EQ(said({file(1, -100, 4000)}, 5000), "whole");
  EXPECT_EQ(said({file(1, 0, 1800), file(2, 1800, 3600)}, 5000), "whole");
  EXPECT_EQ(said({file(1, 0, 2463), file(2, 2475, 3700)}, 5000), "12 s missing from 10:41:03");
  EXPECT_EQ(said({file(1, 0, 1000), file(2, 1000.5, 3700)}, 5000), "0.5 s missing from 10:16:40");
  EXPECT_EQ(said({file(1, 60, 1000), file(2, 1005, 3700)}, 5000), "1 m 00 s missing from 10:00:00, and 1 more, 1 m 05 s in all");
  EXPECT_EQ(said({file(1, -5, 1800, true)}, 1805), "still recording");
  EXPECT_EQ(said({file(1, 5, 10), file(2, 20, 1800, true)}, 1805), "still recording; 5 s missing from 10:00:00, and 1 more, 15 s in all");
  EXPECT_EQ(said({file(1, -5, 3700, true)}, 3705), "whole");
  EXPECT_EQ(said({file(1, -5, 1800)}, 1805), "30 m 00 s missing from 10:30:00");
  Wanted no = slot(0, 3600);
  no.may_be_recorded = false;
  EXPECT_EQ(said({}, 5000, no), "not to be recorded");
  EXPECT_EQ(said({file(1, -5, 1800)}, 5000, no), "not to be recorded, but 30 m 00 s of it lie on disk");
  EXPECT_TRUE(cover({no}, {file(1, 0, 1800)}, day).slots.front().pieces.empty());
}

TEST(Coverage, gap_when_starts_are_told_in_whole_seconds_then_less_than_one_is_none) {
  auto first = file(1, 0, 1000.7), second = file(2, 1001, 3600);
  second.exactness = milliseconds(999);
  EXPECT_EQ(said({first, second}, 5000), "whole");
  second.span.from += seconds(1);
  EXPECT_EQ(said({first, second}, 5000), "1.3 s missing from 10:16:40");
}

TEST(Coverage, overlap_when_files_overlap_then_the_earlier_plays_until_its_end) {
  const auto c = cover({slot(0, 3600)}, {file(2, 1700, 3700), file(1, -60, 1800), file(3, 1000, 1500)}, day);
  EXPECT_EQ(c.slots.front().pieces, (std::vector<Piece>{{1, span(0, 1800), seconds(60)}, {2, span(1800, 3600), seconds(100)}}));
  ASSERT_EQ(c.overlaps.size(), 2U);
  EXPECT_EQ(c.overlaps[0].span, span(1000, 1500));
  EXPECT_EQ(c.overlaps[1].span, span(1700, 1800));
  EXPECT_EQ(c.overlaps[1].earlier, 1);
  EXPECT_EQ(c.outside, (std::vector<Piece>{{1, span(-60, 0), milliseconds(0)}, {2, span(3600, 3700), seconds(2000 - 100)}}));
}

TEST(Coverage, durations_as_people_say_them) {
  EXPECT_EQ(duration_in_words(hours(1) + seconds(3)), "1 h 00 m 03 s");
  EXPECT_EQ(duration_in_words(seconds(95)), "1 m 35 s");
  EXPECT_EQ(duration_in_words(seconds(12)), "12 s");
  EXPECT_EQ(duration_in_words(milliseconds(500)), "0.5 s");
  EXPECT_EQ(duration_in_words(milliseconds(12'499)), "12 s");
  EXPECT_EQ(duration_in_words(-seconds(2)), "−2 s");
  for (const Stream stream : all_streams) EXPECT_EQ(stream_named(name_of(stream)), stream);
  EXPECT_EQ(stream_named("x"), std::nullopt);
}

TEST(Coverage, any_files_when_laid_then_no_second_twice_and_none_lost) {
  test::for_random_cases(400, [](test::Random& random) {
    constexpr int longest = 300;
    std::vector<Footage> files;
    std::vector<Wanted> slots;
    for (auto n = random.between(0, 12); n > 0; --n) {
      const auto from = static_cast<double>(random.between(0, longest - 1));
      files.push_back(file(n, from, std::min<double>(longest, from + static_cast<double>(random.between(0, 90)))));
    }
    for (auto at = random.between(0, 40); at < longest - 1; at += random.between(1, 60)) {
      const auto to = std::min<std::int64_t>(longest, at + random.between(1, 60));
      slots.push_back({.number = at, .span = span(static_cast<double>(at), static_cast<double>(to)), .may_be_recorded = true});
      at = to;
    }
    const auto c = cover(slots, files, day + hours(1));
    const auto second = [](Instant t) { return static_cast<int>((t - day) / seconds(1)); };
    std::map<int, int> plays;
    for (const auto& p : c.plays) {
      const auto& f = *std::ranges::find(files, p.file, &Footage::number);
      EXPECT_EQ(p.from, p.span.from - f.span.from);
      EXPECT_LE(p.span.to, f.span.to);
      for (int s = second(p.span.from); s < second(p.span.to); ++s) ++plays[s];
    }
    for (int s = 0; s < longest; ++s) {
      const bool is_there = std::ranges::any_of(files, [&](const Footage& f) { return second(f.span.from) <= s && s < second(f.span.to); });
      EXPECT_EQ(plays[s], is_there ? 1 : 0) << s;
    }
    std::map<int, int> used;
    for (std::size_t i = 0; i < slots.size(); ++i) {
      std::map<int, int> seconds_of;
      for (const auto& p : c.slots[i].pieces)
        for (int s = second(p.span.from); s < second(p.span.to); ++s) {
          ++seconds_of[s];
          ++used[s];
        }
      for (const auto& g : c.slots[i].gaps)
        for (int s = second(g.from); s < second(g.to); ++s) ++seconds_of[s];
      const int from = second(slots[i].span.from), to = second(slots[i].span.to);
      EXPECT_EQ(static_cast<int>(seconds_of.size()), c.slots[i].state == CoverState::nothing ? static_cast<int>(seconds_of.size()) : to - from);
      for (const auto& [s, n] : seconds_of) EXPECT_TRUE(n == 1 && from <= s && s < to) << s;
    }
    for (const auto& p : c.outside)
      for (int s = second(p.span.from); s < second(p.span.to); ++s) ++used[s];
    std::erase_if(plays, [](const auto& second_and_count) { return second_and_count.second == 0; });
    EXPECT_EQ(used, plays);
  });
}

}  // namespace
}  // namespace confer::footage
