// Clock errors that are found, and those that cannot be.
#include "footage/clock_guess.h"
#include <gtest/gtest.h>
#include "support/property.h"

namespace confer::footage {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

const Instant day = parse_instant("2027-05-04T08:00:00Z").value();
Span span(int from_min, int to_min) { return {day + minutes(from_min), day + minutes(to_min)}; }
/// A morning, lunch, an afternoon.
const std::vector<Span> slots{span(0, 45), span(60, 105), span(120, 150), span(240, 285), span(300, 345), span(360, 390)};
std::vector<Span> moved(std::vector<Span> spans, milliseconds by) {
  for (auto& s : spans) s = {s.from + by, s.to + by};
  return spans;
}

TEST(ClockGuess, when_a_machine_records_each_slot_then_to_the_second) {
  const auto guess = guess_offset(moved(slots, hours(1) + seconds(3)), slots);
  ASSERT_TRUE(guess);
  EXPECT_EQ(guess->offset, -(hours(1) + seconds(3)));
  EXPECT_EQ(guess->agreeing, 6);
  EXPECT_GE(guess->confidence, 0.5);
  EXPECT_EQ(clock_error_in_words(guess->offset), "1 h 00 m 03 s ahead");
}

TEST(ClockGuess, when_clock_is_right_then_none) {
  EXPECT_EQ(guess_offset(slots, slots), std::nullopt);
  EXPECT_EQ(guess_offset({}, slots), std::nullopt);
  EXPECT_EQ(guess_offset(slots, {}), std::nullopt);
  // By hand: a few minutes early, a few late. That is no clock error.
  std::vector<Span> by_hand;
  for (std::size_t i = 0; i < slots.size(); ++i) by_hand.push_back({slots[i].from - seconds(40 + 50 * i), slots[i].to + seconds(200 - 20 * i)});
  EXPECT_EQ(guess_offset(by_hand, slots), std::nullopt);
}

TEST(ClockGuess, when_people_start_by_hand_then_whole_hours) {
  std::vector<Span> by_hand;
  for (std::size_t i = 0; i < slots.size(); ++i) by_hand.push_back({slots[i].from - seconds(40 + 50 * i), slots[i].to + seconds(200 - 20 * i)});
  const auto guess = guess_offset(moved(by_hand, -hours(2)), slots);
  ASSERT_TRUE(guess);
  EXPECT_EQ(guess->offset, hours(2));
  EXPECT_EQ(guess->agreeing, 0);
  EXPECT_EQ(clock_error_in_words(guess->offset), "2 h 00 m 00 s behind");
}

TEST(ClockGuess, when_one_talk_fits_every_hour_then_nothing_is_guessed) {
  std::vector<Span> hourly;
  for (int h = 0; h < 8; ++h) hourly.push_back(span(h * 60, h * 60 + 45));
  EXPECT_EQ(guess_offset({hourly[3]}, hourly), std::nullopt);
}

TEST(ClockGuess, when_files_are_parts_of_one_recording_then_they_count_as_one) {
  // Half-hour files without a break from before the first talk to after the last, an hour ahead.
  std::vector<Span> parts;
  for (int m = -10; m < 400; m += 30) parts.push_back({day + minutes(m + 60), day + minutes(std::min(m + 30, 400) + 60)});
  const auto guess = guess_offset(parts, slots);
  ASSERT_TRUE(guess);
  EXPECT_EQ(guess->offset, -hours(1));
}

TEST(ClockGuess, when_recordings_heard_the_same_then_most_of_them_decide) {
  const auto guess = guess_offset({-seconds(3603), -seconds(3604), -milliseconds(3602500), seconds(7)});
  ASSERT_TRUE(guess);
  EXPECT_EQ(guess->offset, -milliseconds(3602500));
  EXPECT_EQ(guess->agreeing, 3);
  EXPECT_NEAR(guess->confidence, 0.75 * 0.95, 1e-9);
  EXPECT_EQ(guess_offset({seconds(40), seconds(80)}), std::nullopt) << "they do not agree";
  EXPECT_EQ(guess_offset({milliseconds(400), milliseconds(-300)}), std::nullopt) << "the clock is right";
  EXPECT_EQ(guess_offset(std::vector<milliseconds>{}), std::nullopt);
}

TEST(ClockGuess, any_offset_when_a_machine_records_an_uneven_day_then_found) {
  test::for_random_cases(100, [](test::Random& random) {
    std::vector<Span> planned;
    int at = 0;
    for (int n = 0; n < 8; ++n) {
      const int length = static_cast<int>(random.between(20, 60));
      planned.push_back(span(at, at + length));
      at += length + static_cast<int>(random.between(5, 45));
    }
    const auto error = seconds(random.between(-13 * 3600, 13 * 3600));
    const auto guess = guess_offset(moved(planned, error), planned);
    if (std::chrono::abs(error) < seconds(1)) return;
    ASSERT_TRUE(guess) << error.count();
    EXPECT_EQ(guess->offset, -error);
  });
}

}  // namespace
}  // namespace confer::footage
