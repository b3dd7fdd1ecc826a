// How long the disks that recordings are written to will last.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>
#include "base/time.h"
#include "db/database.h"

namespace confer::footage {

/// What was free at a moment, of one place.
struct DiskSample {
  std::string place;  ///< a folder
  Instant at{};
  std::int64_t free_bytes = 0;
};
struct DiskForecast {
  std::string place;
  std::int64_t free_bytes = 0, bytes_per_hour = 0;  ///< how fast it filled, over the samples
  std::chrono::milliseconds lasts{};                ///< at that pace
};

/// What pace is measured over, and from how much of that on it is told.
inline constexpr std::chrono::minutes disk_pace_over{60}, disk_pace_after{10};
/// People are warned while there is time to fetch a disk.
inline constexpr std::chrono::hours disk_warning{6};

/// Of the place that is full first, by samples of one hour in the order of place and time; nothing where none fills, or none is known for long enough.
std::optional<DiskForecast> forecast_of(const std::vector<DiskSample>& samples);
/// "41 GB are free, and 12 GB an hour are being written: at that pace it is full in about 3 hours."
std::string in_words(const DiskForecast& forecast);

/// Notes what is free in these folders, and forgets what is too old; says in the log when one will be full within `disk_warning`. A folder that is not there is
/// passed over.
Result<void> sample_disks(db::Database& db, const std::vector<std::string>& folders);
/// As of now, if it is within `disk_warning`.
Result<std::optional<DiskForecast>> disk_to_warn_of(db::Tx& tx);

}  // namespace confer::footage
