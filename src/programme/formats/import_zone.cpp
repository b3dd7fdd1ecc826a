// Which time zone a file's times are in, when its name and its offsets do not agree or one of them is missing.
#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include "base/text.h"
#include "programme/formats/import.h"

namespace confer::programme {
namespace {

using std::chrono::days;
using std::chrono::hours;

Instant instant_of(const ToldTime& time) { return Instant{time.wall.time_since_epoch() - *time.offset}; }
minutes clock_of(WallTime t) { return std::chrono::duration_cast<minutes>(t - std::chrono::floor<days>(t)); }

/// A zone that always has this offset: IANA's Etc area (its signs are the other way round), or a country of such an offset.
std::optional<Zone> zone_of_offset(minutes offset) {
  if (offset == minutes{0}) return Zone();
  static constexpr std::array<std::pair<int, const char*>, 7> parts_of_hours{{{210, "Asia/Tehran"},
                                                                              {270, "Asia/Kabul"},
                                                                              {330, "Asia/Kolkata"},
                                                                              {345, "Asia/Kathmandu"},
                                                                              {390, "Asia/Yangon"},
                                                                              {570, "Australia/Darwin"},
                                                                              {-570, "Pacific/Marquesas"}}};
  std::string name;
  if (offset % hours{1} == minutes{0}) {
    const auto count = offset / hours{1};
    name = "Etc/GMT" + std::string(count > 0 ? "-" : "+") + std::to_string(count > 0 ? count : -count);
  } else {
    for (const auto& [minutes_east, zone] : parts_of_hours)
      if (offset == minutes{minutes_east}) name = zone;
  }
  auto zone = Zone::find(name);
  return zone ? std::optional(*zone) : std::nullopt;
}

/// Zones with summer time, one for each set of rules that conferences were held under.
std::optional<Zone> zone_of_changing_offsets(const std::vector<ToldTime>& times) {
  for (const char* name :
       {"Europe/Berlin", "Europe/London", "Europe/Helsinki", "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Halifax",
        "America/St_Johns", "Australia/Sydney", "Australia/Adelaide", "Pacific/Auckland", "America/Santiago", "Asia/Jerusalem"}) {
    const auto zone = Zone::find(name);
    if (zone && std::ranges::all_of(times, [&](const ToldTime& t) { return !t.offset || zone->offset_at(instant_of(t)) == *t.offset; })) return *zone;
  }
  return {};
}

/// True where the file's own clock says that its offset, not the zone, is what the venue's wall shows.
bool disagrees(const Zone& zone, const ToldTime& time) {
  if (!time.offset) return false;
  const Instant instant = instant_of(time);
  if (zone.offset_at(instant) == *time.offset) return false;
  // Times in UTC beside a named zone are an honest way of writing instants.
  if (!time.clock) return *time.offset != minutes{0};
  return clock_of(zone.to_wall(instant)) != *time.clock;
}

std::optional<Zone> zone_of_offsets(const std::vector<ToldTime>& times) {
  std::optional<minutes> one;
  bool changing = false;
  for (const ToldTime& time : times) {
    if (!time.offset) continue;
    changing = changing || (one && *one != *time.offset);
    one = time.offset;
  }
  if (!one) return {};
  return changing ? zone_of_changing_offsets(times) : zone_of_offset(*one);
}

}  // namespace

Result<ZoneChoice> zone_of_times(std::string_view name, const std::vector<ToldTime>& times, const std::string& place) {
  const std::string where = place + ".time_zone_name";
  name = trim(name);
  const bool offsets = std::ranges::any_of(times, [](const ToldTime& t) { return t.offset.has_value(); });
  const auto named = Zone::find(name.empty() ? "UTC" : name);
  if (name.empty() || !named) {
    const std::string what = name.empty() ? "No time zone is named" : "“" + ellipsis(name, 40) + "” is not a time zone";
    const char* kind = name.empty() ? "no time zone" : "unknown time zone";
    if (!name.empty() && !offsets) return fail_at(where, what + " and the times have no offsets: name one such as Europe/Berlin.");
    if (!offsets)
      return ZoneChoice{
          Zone(), Oddity{kind, where, what + " and the times have no offsets: they were taken as they stand, in UTC. Please set the event's zone."}, false};
    const auto zone = zone_of_offsets(times);
    if (!zone) return ZoneChoice{Zone(), Oddity{kind, where, what + " and the offsets fit none that we know: times are in UTC. Please set the event's zone."}};
    return ZoneChoice{*zone, Oddity{kind, where, what + ": " + zone->name() + " was taken, by the offsets of the times. Please set the event's zone."}};
  }
  const auto count = std::ranges::count_if(times, [&](const ToldTime& t) { return disagrees(*named, t); });
  if (count == 0) return ZoneChoice{*named, {}};
  const auto total = std::ranges::count_if(times, [](const ToldTime& t) { return t.offset.has_value(); });
  const std::string what = "The file says " + named->name() + ", but " + std::to_string(count) + " of " + std::to_string(total) + " times have another offset";
  // A few offsets among many plain clock times do not speak for them.
  const auto zone = count == total && total == std::ssize(times) ? zone_of_offsets(times) : std::nullopt;
  if (!zone) return ZoneChoice{*named, Oddity{"offset disagrees with time zone", where, what + ": the instants were kept, shown in " + named->name() + "."}};
  return ZoneChoice{*zone,
                    Oddity{"offset disagrees with time zone", where, what + ": the offsets were kept, as " + zone->name() + ". Please set the event's zone."}};
}

WallTime wall_in(const Zone& zone, const ToldTime& time) { return time.offset ? zone.to_wall(instant_of(time)) : time.wall; }

}  // namespace confer::programme
