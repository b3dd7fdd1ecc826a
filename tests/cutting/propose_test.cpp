// Where a cut begins and ends, by schedule and footage.
#include "cutting/propose.h"
#include <gtest/gtest.h>

namespace confer::cutting {
namespace {

using footage::Footage;
using footage::Span;
using footage::Wanted;

Instant at(std::string_view clock) { return parse_instant("2027-05-04T" + std::string(clock) + "Z").value(); }
Span span(std::string_view from, std::string_view to) { return {at(from), at(to)}; }

/// What a stream with these files has of one slot.
Candidate candidate(footage::Stream stream, Span slot, std::vector<Span> files) {
  std::vector<Footage> footage;
  for (std::size_t i = 0; i < files.size(); ++i) footage.push_back({.number = static_cast<std::int64_t>(i + 1), .span = files[i]});
  auto coverage = cover({Wanted{.number = 7, .span = slot}}, footage, at("23:00:00"));
  return {.stream = stream, .covered = coverage.slots.front(), .plays = coverage.plays};
}

const Span slot = span("10:00:00", "10:30:00");
const Padding padding{.before = seconds(30), .after = seconds(120)};

TEST(ProposeTest, slot_when_footage_is_around_it_then_padded) {
  const auto p = propose(slot, {candidate(footage::Stream::main, slot, {span("09:00:00", "12:00:00")})}, padding, {}, {});
  ASSERT_TRUE(p);
  EXPECT_EQ(p->span, span("09:59:30", "10:32:00"));
  EXPECT_EQ(p->files, (std::vector<std::int64_t>{1}));
  EXPECT_EQ(p->doubts, std::vector<std::string>{});
}

TEST(ProposeTest, padding_when_neighbours_or_footage_end_then_no_further) {
  const auto candidates = {candidate(footage::Stream::main, slot, {span("09:59:50", "12:00:00")})};
  EXPECT_EQ(propose(slot, candidates, padding, at("09:45:00"), at("10:31:00"))->span, span("09:59:50", "10:31:00"));
  EXPECT_EQ(propose(slot, candidates, padding, at("10:00:00"), {})->span, span("10:00:00", "10:32:00"));
  // Neighbours that overlap the slot itself say nothing of the padding.
  EXPECT_EQ(propose(slot, candidates, padding, at("10:10:00"), at("10:20:00"))->span, span("09:59:50", "10:32:00"));
}

TEST(ProposeTest, files_when_one_follows_the_other_then_both_in_order) {
  const auto p = propose(slot, {candidate(footage::Stream::main, slot, {span("10:15:00", "11:00:00"), span("09:45:00", "10:15:00")})}, padding, {}, {});
  EXPECT_EQ(p->span, span("09:59:30", "10:32:00"));
  EXPECT_EQ(p->files, (std::vector<std::int64_t>{2, 1}));
}

TEST(ProposeTest, end_when_a_hole_lies_before_more_footage_then_at_the_hole) {
  const auto p = propose(slot, {candidate(footage::Stream::main, slot, {span("09:00:00", "10:30:20"), span("10:31:00", "12:00:00")})}, padding, {}, {});
  EXPECT_EQ(p->span, span("09:59:30", "10:30:20"));
}

TEST(ProposeTest, stream_when_the_backup_has_more_then_the_backup_and_said) {
  const auto p = propose(
      slot, {candidate(footage::Stream::main, slot, {span("10:10:00", "12:00:00")}), candidate(footage::Stream::backup, slot, {span("10:00:12", "12:00:00")})},
      padding, {}, {});
  EXPECT_EQ(p->stream, footage::Stream::backup);
  EXPECT_EQ(p->span, span("10:00:12", "10:32:00"));
  ASSERT_EQ(p->doubts.size(), 2U);
  EXPECT_EQ(p->doubts[0], "12 s of the slot are missing.");
  EXPECT_TRUE(p->doubts[1].contains("“backup”"));
}

TEST(ProposeTest, slot_without_footage_then_nothing) {
  EXPECT_FALSE(propose(slot, {}, padding, {}, {}));
  EXPECT_FALSE(propose(slot, {candidate(footage::Stream::main, slot, {span("11:00:00", "12:00:00")})}, padding, {}, {}));
}

}  // namespace
}  // namespace confer::cutting
