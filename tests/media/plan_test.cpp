// Plans of cuts: which packets are copied, where each frame stands.
#include "media/plan.h"
#include <gtest/gtest.h>
#include <algorithm>
#include <set>
#include "support/property.h"

namespace confer::media {
namespace {

/// Groups of pictures as an encoder makes them: I, then P with up to `b` B-frames shown before each, in the order of decoding.
std::vector<Coded> recording(int groups, int group, int b, std::int64_t step, bool is_closed = true) {
  std::vector<Coded> out;
  for (int g = 0; g < groups; ++g) {
    const std::int64_t base = std::int64_t{g} * group;
    out.push_back({base * step, step, is_closed || g == 0});
    for (int at = 1; at < group;) {
      const int p = std::min(at + b, group - 1);
      out.push_back({(base + p) * step, step, false});
      for (int i = at; i < p; ++i) out.push_back({(base + i) * step, step, false});
      at = p + 1;
    }
  }
  return out;
}

TEST(Plan, a_span_between_starts_is_copied_whole) {
  const auto plan = plan_span(recording(4, 10, 2, 1), {10, 30}, true, "");
  ASSERT_TRUE(plan) << plan.error().message;
  ASSERT_EQ(plan->runs.size(), 1U);
  EXPECT_EQ(plan->runs[0].means, Run::Means::copy);
  EXPECT_EQ(plan->copied(), 20U);
  EXPECT_EQ(plan->begins, 10);
  EXPECT_EQ(plan->ends, 30);
}

TEST(Plan, only_the_ends_are_encoded) {
  // I0 P3 B1 B2 P6 B4 B5 P9 B7 B8 | I10 …
  const auto plan = plan_span(recording(4, 10, 2, 1), {7, 35}, true, "");
  ASSERT_TRUE(plan);
  ASSERT_EQ(plan->runs.size(), 3U);
  EXPECT_EQ(plan->runs[0].frames, (std::vector<std::int64_t>{7, 8, 9}));
  EXPECT_EQ(plan->runs[0].first, 0U);
  EXPECT_EQ(plan->runs[0].end, 10U);
  EXPECT_EQ(plan->runs[1].first, 10U);
  EXPECT_EQ(plan->runs[1].frames.size(), 24U) << "10 to 33: what is shown before the last P-frame that fits";
  EXPECT_EQ(plan->runs[2].frames, (std::vector<std::int64_t>{34})) << "its own group's P-frame is shown too late";
  EXPECT_EQ(plan->runs[2].first, 30U);
}

TEST(Plan, without_a_closed_group_everything_is_encoded_and_says_why) {
  const auto inside = plan_span(recording(2, 50, 2, 1), {10, 40}, true, "");
  ASSERT_TRUE(inside);
  EXPECT_EQ(inside->copied(), 0U);
  EXPECT_EQ(inside->whole_because, "No closed group of pictures lies within the two times.");
  const auto open = plan_span(recording(5, 10, 2, 1, false), {12, 40}, true, "");
  EXPECT_EQ(open->copied(), 0U);
  EXPECT_EQ(open->runs[0].first, 0U) << "decoding begins at the only start there is";
  const auto refused = plan_span(recording(5, 10, 2, 1), {10, 40}, false, "The picture is interlaced.");
  EXPECT_EQ(refused->whole_because, "The picture is interlaced.");
}

TEST(Plan, around_what_is_covered_everything_else_is_copied) {
  // I0 P3 B1 B2 P6 B4 B5 P9 B7 B8 | I10 …
  const auto plan = plan_span(recording(6, 10, 2, 1), {10, 60}, true, "", Span{25, 38});
  ASSERT_TRUE(plan);
  ASSERT_EQ(plan->runs.size(), 3U);
  EXPECT_EQ(plan->runs[0].frames.size(), 14U) << "10 to 23: 26 is needed for 24 and 25";
  EXPECT_EQ(plan->runs[1].means, Run::Means::encode);
  EXPECT_EQ(plan->runs[1].frames.front(), 24);
  EXPECT_EQ(plan->runs[1].frames.back(), 39);
  EXPECT_EQ(plan->runs[1].first, 20U);
  EXPECT_EQ(plan->runs[2].first, 40U);
  EXPECT_EQ(plan->runs[2].end, 60U);
  // At the beginning it joins what is encoded there anyway; beyond the end it covers nothing.
  const auto early = plan_span(recording(6, 10, 2, 1), {7, 60}, true, "", Span{8, 12});
  ASSERT_EQ(early->runs.size(), 2U);
  EXPECT_EQ(early->runs[0].frames.size(), 13U) << "7 to 19";
  EXPECT_EQ(plan_span(recording(6, 10, 2, 1), {10, 60}, true, "", Span{60, 90})->copied(), 50U);
  EXPECT_EQ(plan_span(recording(2, 10, 2, 1), {0, 20}, true, "", Span{0, 20})->whole_because, "Something is laid over each group of pictures.");
}

TEST(Plan, no_frame_within_the_span_is_refused) {
  const auto plan = plan_span(recording(2, 10, 0, 10), {1, 9}, true, "");
  ASSERT_FALSE(plan);
  EXPECT_EQ(plan.error().code, ErrorCode::invalid);
}

TEST(Plan, every_wanted_frame_comes_once_and_in_an_order_that_can_be_decoded) {
  test::for_random_cases(300, [](test::Random& random) {
    const std::int64_t step = random.pick(std::vector<std::int64_t>{1, 512, 3003});
    auto packets = recording(static_cast<int>(random.between(1, 8)), static_cast<int>(random.between(1, 30)), static_cast<int>(random.between(0, 3)), step,
                             random.chance(80));
    const auto last = static_cast<std::int64_t>(packets.size()) * step;
    const std::int64_t from = random.between(-step, last - 1), to = random.between(from + 1, last + step);
    std::set<std::int64_t> wanted;
    for (const auto& packet : packets)
      if (packet.shown_at >= from && packet.shown_at < to) wanted.insert(packet.shown_at);
    const std::int64_t covered_from = random.between(from - step, to);
    const std::optional<Span> covered = random.chance(50) ? std::optional(Span{covered_from, random.between(covered_from + 1, last + 2 * step)}) : std::nullopt;
    const auto plan = plan_span(packets, {from, to}, random.chance(90), "", covered);
    if (wanted.empty()) {
      EXPECT_FALSE(plan);
      return;
    }
    ASSERT_TRUE(plan);
    std::vector<std::int64_t> got;
    for (const auto& run : plan->runs) {
      got.insert(got.end(), run.frames.begin(), run.frames.end());
      if (run.means == Run::Means::copy) {
        EXPECT_TRUE(packets[run.first].is_start);
        EXPECT_EQ(run.frames.size(), run.end - run.first);
        for (const auto frame : run.frames) EXPECT_FALSE(covered && frame >= covered->from && frame < covered->to) << "copied though something is laid over it";
      } else {
        EXPECT_TRUE(packets[run.first].is_start);
        for (const auto frame : run.frames)
          EXPECT_TRUE(std::any_of(packets.begin() + static_cast<std::ptrdiff_t>(run.first), packets.begin() + static_cast<std::ptrdiff_t>(run.end),
                                  [&](const Coded& packet) { return packet.shown_at == frame; }));
      }
    }
    EXPECT_EQ(got.size(), wanted.size());
    EXPECT_EQ(std::set<std::int64_t>(got.begin(), got.end()), wanted);
    const auto placed = place_frames({*plan, *plan});
    ASSERT_EQ(placed.size(), 2 * got.size());
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < placed.size(); ++i) {
      EXPECT_LE(placed[i].decoded_at, placed[i].shown_at);
      if (i > 0) EXPECT_LT(placed[i - 1].decoded_at, placed[i].decoded_at);
      EXPECT_GT(placed[i].lasts, 0);
      sum += placed[i].lasts;
    }
    EXPECT_EQ(sum, 2 * (plan->ends - plan->begins)) << "no second is missing and none comes twice";
  });
}

TEST(Plan, dropped_pieces_leave_the_rest) {
  const auto kept = kept_spans({0, 100}, {{40, 50}, {45, 60}, {90, 120}, {-5, 3}});
  ASSERT_TRUE(kept);
  EXPECT_EQ(*kept, (std::vector<Span>{{3, 40}, {60, 90}}));
  EXPECT_FALSE(kept_spans({0, 100}, {{0, 100}}));
  EXPECT_FALSE(kept_spans({0, 100}, {{30, 20}}));
  EXPECT_FALSE(kept_spans({10, 10}, {}));
}

}  // namespace
}  // namespace confer::media
