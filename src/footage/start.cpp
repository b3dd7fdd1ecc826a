// The order in which sources are believed, and the nights on which clocks change (start.h).
#include "footage/start.h"
#include <array>

namespace confer::footage {
namespace {

/// When the file itself says that it began, for settling a doubt.
std::optional<std::pair<Instant, StartSource>> besides_name(const Told& told) {
  if (told.recorded_at) return std::pair{*told.recorded_at, StartSource::container};
  if (told.length && told.length->count() > 0) return std::pair{Instant(told.modified_at - *told.length), StartSource::file_time};
  return std::nullopt;
}

milliseconds distance(Instant a, Instant b) { return a < b ? b - a : a - b; }

Start by_name(const Told& told, const NamedTime& named, const Zone& zone) {
  const auto minute = std::chrono::floor<minutes>(named.wall);
  const auto seconds = named.wall - minute;
  if (named.is_utc) return {.at = Zone().to_instant_lenient(minute) + seconds, .source = StartSource::name, .doubt = {}};
  const auto plain = zone.to_instant(minute);
  if (plain) return {.at = *plain + seconds, .source = StartSource::name, .doubt = {}};
  const auto other = besides_name(told);
  if (plain.error().code == ErrorCode::conflict) {
    const Instant first = zone.to_instant_lenient(minute) + seconds;
    // The second time is later by what the clock went back: mostly an hour, half of one at Lord Howe.
    Instant second = first;
    for (const auto& change : zone.transitions(first, first + std::chrono::hours(4)))
      if (change.after < change.before) second = first + (change.before - change.after);
    const std::string twice = "That night has this time twice in " + zone.name() + ": ";
    if (!other) return {.at = first, .source = StartSource::name, .doubt = twice + "the first was taken, nothing else tells."};
    const bool is_second = distance(second, other->first) < distance(first, other->first);
    return {.at = is_second ? second : first,
            .source = StartSource::name,
            .doubt = twice + "the " + (is_second ? "second" : "first") + " was taken, by " + std::string(in_words(other->second)) + "."};
  }
  const std::string never = "That night has no such time in " + zone.name() + ": ";
  if (!other)
    return {.at = zone.to_instant_lenient(minute) + seconds, .source = StartSource::name, .doubt = never + "it was read as the clock before the change."};
  return {.at = other->first, .source = other->second, .doubt = never + "the start is by " + std::string(in_words(other->second)) + "."};
}

}  // namespace

std::string_view in_words(StartSource source) {
  static constexpr std::array<std::string_view, 4> words{"nothing", "its name", "what the recorder wrote into it", "the file’s time"};
  return words.at(static_cast<std::size_t>(source));
}

Start start_of(const Told& told, const Zone& zone) {
  if (told.named) return by_name(told, *told.named, zone);
  const auto other = besides_name(told);
  if (!other) return {};
  return {.at = other->first, .source = other->second, .doubt = {}};
}

milliseconds exactness_of(StartSource source, Instant at) {
  using std::chrono::seconds;
  constexpr milliseconds of_a_frame{40};
  if (source == StartSource::file_time) return seconds(2);  // FAT's, and what a recorder still had in memory
  const bool is_whole = at.time_since_epoch() % seconds(1) == milliseconds(0);
  return is_whole ? milliseconds(999) : of_a_frame;
}

}  // namespace confer::footage
