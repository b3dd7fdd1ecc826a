// How long disks last (disk.h).
#include "footage/disk.h"
#include <algorithm>
#include <filesystem>
#include "base/log.h"
#include "base/text.h"
#include "footage/coverage.h"
#include "footage/store.h"

namespace confer::footage {

namespace {
constexpr double bytes_per_gb = 1e9, ms_per_hour = 3'600'000;

std::string gigabytes(std::int64_t bytes) {
  const double gb = static_cast<double>(bytes) / bytes_per_gb;
  constexpr double whole_from = 10;
  return fixed(gb, gb < whole_from ? 1 : 0) + " GB";
}
}  // namespace

std::optional<DiskForecast> forecast_of(const std::vector<DiskSample>& samples) {
  std::optional<DiskForecast> first_full;
  for (auto from = samples.begin(); from != samples.end();) {
    const auto to = std::find_if(from, samples.end(), [&](const DiskSample& sample) { return sample.place != from->place; });
    const DiskSample& newest = *std::prev(to);
    const auto time = newest.at - from->at;
    const std::int64_t written = from->free_bytes - newest.free_bytes;
    if (time >= disk_pace_after && written > 0) {
      const double pace = static_cast<double>(written) / static_cast<double>(time.count());  // bytes a millisecond
      const milliseconds lasts(static_cast<std::int64_t>(static_cast<double>(newest.free_bytes) / pace));
      if (!first_full || lasts < first_full->lasts)
        first_full = DiskForecast{
            .place = from->place, .free_bytes = newest.free_bytes, .bytes_per_hour = static_cast<std::int64_t>(pace * ms_per_hour), .lasts = lasts};
    }
    from = to;
  }
  return first_full;
}

std::string in_words(const DiskForecast& forecast) {
  const auto minutes = std::chrono::round<std::chrono::minutes>(forecast.lasts);
  constexpr std::chrono::minutes in_hours_from{120};
  const std::string when = minutes < in_hours_from ? std::to_string(minutes.count()) + " minutes"
                                                   : std::to_string(std::chrono::round<std::chrono::hours>(minutes).count()) + " hours";
  return gigabytes(forecast.free_bytes) + " are free, and " + gigabytes(forecast.bytes_per_hour) +
         " an hour are being written: at that pace it is full in about " + when + ".";
}

Result<std::optional<DiskForecast>> disk_to_warn_of(db::Tx& tx) {
  TRY_ASSIGN(const auto samples, store::disk_samples_since(tx, tx.now() - disk_pace_over));
  auto forecast = forecast_of(samples);
  if (forecast && forecast->lasts > disk_warning) forecast.reset();
  return forecast;
}

Result<void> sample_disks(db::Database& db, const std::vector<std::string>& folders) {
  TRY_ASSIGN(auto tx, db.begin_write());
  for (const auto& folder : folders) {
    std::error_code error;
    const auto space = std::filesystem::space(folder, error);
    if (!error) TRY(store::add(tx, DiskSample{.place = folder, .at = tx.now(), .free_bytes = static_cast<std::int64_t>(space.available)}));
  }
  TRY(store::forget_disk_samples(tx, tx.now() - 2 * disk_pace_over));
  TRY_ASSIGN(const auto warning, disk_to_warn_of(tx));
  if (warning) log(LogTopic::media, LogLevel::warning, "disk fills", {{"folder", warning->place}, {"words", in_words(*warning)}});
  return tx.commit();
}

}  // namespace confer::footage
