// How long disks last: by samples of what was free, and on both databases.
#include "footage/disk.h"
#include "programme/event_fixture.h"

namespace confer::footage {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using test::ok;

constexpr std::int64_t gb = 1'000'000'000;
const Instant noon = parse_instant("2027-05-04T12:00:00Z").value();

TEST(DiskForecast, the_pace_of_the_time_that_is_known_tells_how_long_it_lasts) {
  // 12 GB an hour, known for half an hour.
  const auto forecast = forecast_of({{"/a", noon, 47 * gb}, {"/a", noon + minutes(10), 46 * gb}, {"/a", noon + minutes(30), 41 * gb}});
  ASSERT_TRUE(forecast);
  EXPECT_EQ(forecast->bytes_per_hour, 12 * gb);
  EXPECT_EQ(forecast->lasts, minutes(205));
  EXPECT_EQ(in_words(*forecast), "41 GB are free, and 12 GB an hour are being written: at that pace it is full in about 3 hours.");
  EXPECT_EQ(in_words({.place = "/a", .free_bytes = 1'500'000'000, .bytes_per_hour = 9 * gb / 10, .lasts = minutes(100)}),
            "1.5 GB are free, and 0.9 GB an hour are being written: at that pace it is full in about 100 minutes.");
}

TEST(DiskForecast, nothing_is_told_too_early_or_of_a_disk_that_does_not_fill) {
  EXPECT_FALSE(forecast_of({}));
  EXPECT_FALSE(forecast_of({{"/a", noon, gb}}));
  EXPECT_FALSE(forecast_of({{"/a", noon, 9 * gb}, {"/a", noon + minutes(9), gb}})) << "a burst is no pace";
  EXPECT_FALSE(forecast_of({{"/a", noon, gb}, {"/a", noon + minutes(30), gb}}));
  EXPECT_FALSE(forecast_of({{"/a", noon, gb}, {"/a", noon + minutes(30), 2 * gb}})) << "somebody made room";
}

TEST(DiskForecast, of_several_the_one_that_is_full_first) {
  const auto forecast = forecast_of({{"/a", noon, 100 * gb}, {"/a", noon + hours(1), 90 * gb}, {"/b", noon, 100 * gb}, {"/b", noon + hours(1), 60 * gb}});
  ASSERT_TRUE(forecast);
  EXPECT_EQ(forecast->place, "/b");
  EXPECT_EQ(forecast->lasts, minutes(90));
}

constexpr const char* insert = "INSERT INTO disk_samples (place, at_ms, free_bytes) VALUES (:1, :2, :3)";
constexpr const char* count = "SELECT COUNT(*) FROM disk_samples";
constexpr db::Statement add_sample{"test/add_sample", insert, insert}, count_samples{"test/count_samples", count, count};

class DiskTest : public test::EventTest {
 protected:
  std::optional<DiskForecast> warning() {
    auto tx = ok(db().begin_read());
    return ok(disk_to_warn_of(tx));
  }
  void free_at(Instant at, std::int64_t bytes) {
    auto tx = ok(db().begin_write());
    ok(tx.run(add_sample, std::string("/recordings"), at, bytes));
    ok(tx.commit());
  }
  std::int64_t samples() {
    auto tx = ok(db().begin_read());
    return ok(tx.one<std::int64_t>(count_samples));
  }
};
ON_BOTH_DATABASES(DiskTest);

TEST_P(DiskTest, disk_when_full_within_hours_then_told_and_old_samples_go) {
  clock().set(noon);
  free_at(noon - minutes(50), 60 * gb);
  EXPECT_FALSE(warning()) << "one sample is no pace";
  free_at(noon - minutes(10), 40 * gb);
  const auto told = warning();
  ASSERT_TRUE(told);
  EXPECT_EQ(told->bytes_per_hour, 30 * gb);
  clock().set(noon + hours(1));
  EXPECT_FALSE(warning()) << "of the last hour nothing is known";
  EXPECT_EQ(samples(), 2);
  test::TestFolder folder;
  clock().set(noon + hours(2));
  ok(sample_disks(db(), {folder.path(), folder.path() / "not-there"}));
  EXPECT_EQ(samples(), 1) << "one more, of the folder that is there; those of before are forgotten";
}

TEST_P(DiskTest, disk_when_it_lasts_for_days_then_nothing_is_said) {
  clock().set(noon);
  free_at(noon - minutes(50), 900 * gb);
  free_at(noon - minutes(10), 899 * gb);
  EXPECT_FALSE(warning());
}

}  // namespace
}  // namespace confer::footage
