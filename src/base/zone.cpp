// Time zones: ICU's data, read once a zone into a table of transitions, so that conversion is a binary search.
#include <fmt/format.h>
#include <unicode/basictz.h>
#include <unicode/dtitvfmt.h>
#include <unicode/dtptngen.h>
#include <unicode/locid.h>
#include <unicode/smpdtfmt.h>
#include <unicode/strenum.h>
#include <unicode/timezone.h>
#include <unicode/tztrans.h>
#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <span>
#include <unordered_map>
#include "base/text.h"
#include "base/time.h"

namespace confer {
namespace {

using std::chrono::floor;
using std::chrono::milliseconds;

constexpr std::int64_t day_ms = 86'400'000;
constexpr std::int64_t table_from_ms = -62'135'596'800'000;  ///< 0001-01-01: before every zone's first rule
constexpr std::int64_t table_to_ms = 4'102'444'800'000;      ///< 2100-01-01: later questions go to ICU each time
constexpr std::size_t max_cached = 2'000;                    ///< entries a thread keeps of names and formats; then it starts anew

/// A stretch of time with one offset; it lasts until the next one's start. Offsets are whole minutes: the seconds that some local mean times had before
/// 1972 are cut, in both directions alike.
struct Segment {
  std::int64_t start_ms;
  std::int64_t offset_ms;
};

std::int64_t whole_minutes(std::int64_t ms) { return floor<minutes>(milliseconds{ms}).count() * 60'000; }

std::int64_t offset_by_icu(const icu::BasicTimeZone& zone, std::int64_t at_ms) {
  std::int32_t raw = 0, saving = 0;
  UErrorCode status = U_ZERO_ERROR;
  zone.getOffset(static_cast<UDate>(at_ms), /*local=*/false, raw, saving, status);
  ASSERT(U_SUCCESS(status));
  return whole_minutes(raw + saving);
}

/// The segments that cover [from, to): the first starts "always".
std::vector<Segment> segments_by_icu(const icu::BasicTimeZone& zone, std::int64_t from_ms, std::int64_t to_ms) {
  std::vector<Segment> out{{std::numeric_limits<std::int64_t>::min(), offset_by_icu(zone, from_ms)}};
  icu::TimeZoneTransition next;
  auto base = static_cast<UDate>(from_ms);
  while (zone.getNextTransition(base, /*inclusive=*/false, next) && next.getTime() < static_cast<UDate>(to_ms)) {
    base = next.getTime();
    const std::int64_t offset = whole_minutes(next.getTo()->getRawOffset() + next.getTo()->getDSTSavings());
    if (offset != out.back().offset_ms) out.push_back({static_cast<std::int64_t>(base), offset});
  }
  return out;
}

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

/// ICU's locale for one of our language tags. Plain "en" is British: that is the house's English.
icu::Locale locale_of(std::string_view language) {
  if (language == "en") return icu::Locale::getUK();
  UErrorCode status = U_ZERO_ERROR;
  auto locale = icu::Locale::forLanguageTag(icu::StringPiece(language.data(), static_cast<std::int32_t>(language.size())), status);
  return U_SUCCESS(status) && !locale.isBogus() ? locale : icu::Locale::getUK();
}

/// The zones whose older name Unicode CLDR keeps as canonical, with the name that IANA uses today (CLDR's bcp47/timezone.xml, attribute `iana`).
constexpr std::array<std::pair<std::string_view, std::string_view>, 18> todays_names = {{
    {"Africa/Asmera", "Africa/Asmara"},
    {"America/Buenos_Aires", "America/Argentina/Buenos_Aires"},
    {"America/Catamarca", "America/Argentina/Catamarca"},
    {"America/Coral_Harbour", "America/Atikokan"},
    {"America/Cordoba", "America/Argentina/Cordoba"},
    {"America/Godthab", "America/Nuuk"},
    {"America/Indianapolis", "America/Indiana/Indianapolis"},
    {"America/Jujuy", "America/Argentina/Jujuy"},
    {"America/Louisville", "America/Kentucky/Louisville"},
    {"America/Mendoza", "America/Argentina/Mendoza"},
    {"Asia/Calcutta", "Asia/Kolkata"},
    {"Asia/Katmandu", "Asia/Kathmandu"},
    {"Asia/Rangoon", "Asia/Yangon"},
    {"Asia/Saigon", "Asia/Ho_Chi_Minh"},
    {"Atlantic/Faeroe", "Atlantic/Faroe"},
    {"Europe/Kiev", "Europe/Kyiv"},
    {"Pacific/Ponape", "Pacific/Pohnpei"},
    {"Pacific/Truk", "Pacific/Chuuk"},
}};

/// What a wall time means in a zone.
struct Meaning {
  std::array<std::int64_t, 3> at_ms{};  ///< the instants that show it, earliest first
  std::size_t count = 0;
  std::int64_t lenient_ms = 0;                  ///< when count is 0: the instant moved forward by the gap
  std::int64_t gap_from_ms = 0, gap_to_ms = 0;  ///< when count is 0: the skipped wall times [from, to)
};

Meaning meaning_of(std::span<const Segment> segments, std::int64_t wall_ms) {
  Meaning out;
  auto at = std::ranges::upper_bound(segments, wall_ms - day_ms, {}, &Segment::start_ms);
  if (at != segments.begin()) --at;
  for (; at != segments.end() && at->start_ms <= wall_ms + day_ms; ++at) {
    const auto next = std::next(at);
    const std::int64_t t = wall_ms - at->offset_ms;
    if (t < at->start_ms) continue;
    if (next == segments.end() || t < next->start_ms) {
      if (out.count < out.at_ms.size()) out.at_ms[out.count++] = t;
    } else if (wall_ms - next->offset_ms < next->start_ms) {
      out.lenient_ms = t;
      out.gap_from_ms = next->start_ms + at->offset_ms;
      out.gap_to_ms = next->start_ms + next->offset_ms;
    }
  }
  return out;
}

std::int64_t ms_of(WallTime t) { return milliseconds(t.time_since_epoch()).count(); }
WallTime wall_of_ms(std::int64_t ms) { return WallTime{floor<minutes>(milliseconds{ms})}; }

}  // namespace

struct Zone::Impl {
  std::string name;
  std::unique_ptr<icu::BasicTimeZone> icu_zone;
  std::vector<Segment> table;  ///< [table_from_ms, table_to_ms), sorted by start, never empty

  /// Null when ICU has no such zone.
  static std::shared_ptr<const Impl> make(std::string_view name) {
    const auto id = icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<std::int32_t>(name.size())));
    icu::UnicodeString canonical;
    UBool from_system = false;
    UErrorCode status = U_ZERO_ERROR;
    icu::TimeZone::getCanonicalID(id, canonical, from_system, status);
    // ICU also accepts "GMT+5" and the like, and has a zone named unknown; neither is a place.
    if (U_FAILURE(status) || !from_system || name == unknown_zone) return nullptr;
    std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(id));
    auto* basic = dynamic_cast<icu::BasicTimeZone*>(zone.get());
    if (basic == nullptr) return nullptr;
    zone.release();  // `basic` is the same object
    auto impl = std::make_shared<Impl>();
    impl->name = name;
    impl->icu_zone.reset(basic);
    impl->table = segments_by_icu(*basic, table_from_ms, table_to_ms);
    return impl;
  }

  static constexpr std::string_view unknown_zone = "Etc/Unknown";

  std::int64_t offset_ms(std::int64_t at_ms) const {
    if (at_ms >= table_to_ms) return offset_by_icu(*icu_zone, at_ms);
    return std::prev(std::ranges::upper_bound(table, at_ms, {}, &Segment::start_ms))->offset_ms;
  }

  Meaning meaning(std::int64_t wall_ms) const {
    if (wall_ms + 2 * day_ms < table_to_ms) return meaning_of(table, wall_ms);
    return meaning_of(segments_by_icu(*icu_zone, wall_ms - 2 * day_ms, wall_ms + 2 * day_ms), wall_ms);
  }
};

Zone::Zone() {
  static const std::shared_ptr<const Impl> utc = Impl::make("UTC");
  ASSERT(utc != nullptr);  // ICU without its data cannot do anything else either
  impl_ = utc;
}

Result<Zone> Zone::find(std::string_view name) {
  // Only real zones are kept, so that the cache is bounded by ICU's list.
  static std::shared_mutex mutex;
  static std::map<std::string, Zone, std::less<>> known;
  {
    const std::shared_lock lock(mutex);
    if (const auto found = known.find(name); found != known.end()) return found->second;
  }
  auto impl = name.empty() || name.size() > 64 ? nullptr : Impl::make(name);
  if (impl == nullptr)
    return fail(ErrorCode::invalid, fmt::format("\"{}\" is not a time zone. Please use a name such as \"Europe/Berlin\".", ellipsis(repair_utf8(name), 40)));
  Zone zone;
  zone.impl_ = std::move(impl);
  const std::unique_lock lock(mutex);
  return known.try_emplace(std::string(name), zone).first->second;
}

const std::vector<std::string>& Zone::all_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> out{"UTC"};
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::StringEnumeration> ids(icu::TimeZone::createTimeZoneIDEnumeration(UCAL_ZONE_TYPE_CANONICAL_LOCATION, nullptr, nullptr, status));
    ASSERT(U_SUCCESS(status));
    while (const auto* id = ids->snext(status)) {
      std::string name = utf8(*id);
      if (name == Impl::unknown_zone) continue;
      const auto renamed = std::ranges::find(todays_names, std::string_view(name), &std::pair<std::string_view, std::string_view>::first);
      if (renamed != todays_names.end()) name = renamed->second;
      out.push_back(std::move(name));
    }
    std::ranges::sort(out);
    return out;
  }();
  return names;
}

const std::string& Zone::name() const { return impl_->name; }

Result<Instant> Zone::to_instant(WallTime wall, std::optional<minutes> offset) const {
  const Meaning meaning = impl_->meaning(ms_of(wall));
  if (meaning.count == 1) return instant_of_ms(meaning.at_ms[0]);
  if (meaning.count == 0)
    return fail(ErrorCode::invalid, fmt::format("{} does not exist in {}: the clocks there jump from {} to {}. Please choose another time.", to_text(wall),
                                                name(), to_text(wall_of_ms(meaning.gap_from_ms)), to_text(wall_of_ms(meaning.gap_to_ms))));
  for (std::size_t i = 0; i < meaning.count; ++i) {
    if (offset && ms_of(wall) - meaning.at_ms[i] == milliseconds(*offset).count()) return instant_of_ms(meaning.at_ms[i]);
  }
  return fail(ErrorCode::conflict,
              fmt::format("{} happens twice in {}, because the clocks go back. Please say which with the offset from UTC: {} or {}.", to_text(wall), name(),
                          offset_text(offset_at(instant_of_ms(meaning.at_ms[0]))), offset_text(offset_at(instant_of_ms(meaning.at_ms[meaning.count - 1])))));
}

Instant Zone::to_instant_lenient(WallTime wall) const {
  const Meaning meaning = impl_->meaning(ms_of(wall));
  return instant_of_ms(meaning.count > 0 ? meaning.at_ms[0] : meaning.lenient_ms);
}

WallTime Zone::to_wall(Instant t) const { return wall_of_ms(to_ms(t) + impl_->offset_ms(to_ms(t))); }

minutes Zone::offset_at(Instant t) const { return std::chrono::duration_cast<minutes>(milliseconds{impl_->offset_ms(to_ms(t))}); }

std::string Zone::short_name(Instant t, std::string_view language) const {
  if (name() == "UTC") return "UTC";
  std::int32_t raw = 0, saving = 0;
  UErrorCode status = U_ZERO_ERROR;
  impl_->icu_zone->getOffset(static_cast<UDate>(to_ms(t)), false, raw, saving, status);
  ASSERT(U_SUCCESS(status));
  thread_local std::unordered_map<std::string, std::string> cache;
  if (cache.size() > max_cached) cache.clear();
  const auto [entry, is_new] = cache.try_emplace(fmt::format("{} {} {} {}", name(), language, raw, saving));
  if (!is_new) return entry->second;
  // An English locale knows the abbreviations of its own region only; English readers everywhere know the others' too.
  std::vector<icu::Locale> locales{locale_of(language)};
  if (language == "en" || language.starts_with("en-")) {
    for (const char* other : {"en_GB", "en_US", "en_CA", "en_AU", "en_NZ", "en_IN", "en_ZA"}) locales.emplace_back(other);
  }
  for (const auto& locale : locales) {
    icu::SimpleDateFormat format(icu::UnicodeString("z"), locale, status);
    ASSERT(U_SUCCESS(status));
    format.setTimeZone(*impl_->icu_zone);
    icu::UnicodeString text;
    format.format(static_cast<UDate>(to_ms(t)), text);
    if (entry->second.empty()) entry->second = utf8(text);
    if (!text.startsWith("GMT+") && !text.startsWith("GMT-")) {
      entry->second = utf8(text);
      break;
    }
  }
  return entry->second;
}

std::string Zone::long_name(std::string_view language) const {
  if (name() == "UTC") return "UTC";
  icu::UnicodeString text;
  impl_->icu_zone->getDisplayName(false, icu::TimeZone::LONG_GENERIC, locale_of(language), text);
  return utf8(text);
}

std::vector<Zone::Transition> Zone::transitions(Instant from, Instant to) const {
  std::vector<Segment> late;
  std::span<const Segment> segments = impl_->table;
  if (to_ms(to) > table_to_ms) {
    late = segments_by_icu(*impl_->icu_zone, std::max(table_from_ms, to_ms(from) - day_ms), to_ms(to));
    segments = late;
  }
  std::vector<Transition> out;
  for (std::size_t i = 1; i < segments.size(); ++i) {
    const Instant at = instant_of_ms(segments[i].start_ms);
    if (at < from || at >= to) continue;
    out.push_back({at, floor<minutes>(milliseconds{segments[i - 1].offset_ms}), floor<minutes>(milliseconds{segments[i].offset_ms})});
  }
  return out;
}

std::string format_date(Date d, std::string_view language, std::string_view skeleton) {
  thread_local std::map<std::pair<std::string, std::string>, std::unique_ptr<icu::SimpleDateFormat>> formats;
  if (formats.size() > max_cached) formats.clear();
  auto& format = formats[{std::string(language), std::string(skeleton)}];
  UErrorCode status = U_ZERO_ERROR;
  if (!format) {
    icu::Locale locale = locale_of(language);
    // Dates here are those of the exchanged files and of the venue's posters: Gregorian in every language.
    locale.setKeywordValue("calendar", "gregorian", status);
    const std::unique_ptr<icu::DateTimePatternGenerator> patterns(icu::DateTimePatternGenerator::createInstance(locale, status));
    ASSERT(U_SUCCESS(status));
    const auto wanted = icu::UnicodeString::fromUTF8(icu::StringPiece(skeleton.data(), static_cast<std::int32_t>(skeleton.size())));
    const auto pattern = patterns->getBestPattern(wanted, status);
    format = std::make_unique<icu::SimpleDateFormat>(pattern, locale, status);
    ASSERT(U_SUCCESS(status));
    format->adoptTimeZone(icu::TimeZone::getGMT()->clone());
  }
  icu::UnicodeString text;
  format->format(static_cast<UDate>(milliseconds(d.time_since_epoch()).count()), text);
  return utf8(text);
}

std::string format_date_range(Date first, Date last, std::string_view language, std::string_view skeleton) {
  thread_local std::map<std::pair<std::string, std::string>, std::unique_ptr<icu::DateIntervalFormat>> formats;
  if (formats.size() > max_cached) formats.clear();
  auto& format = formats[{std::string(language), std::string(skeleton)}];
  UErrorCode status = U_ZERO_ERROR;
  if (!format) {
    icu::Locale locale = locale_of(language);
    locale.setKeywordValue("calendar", "gregorian", status);
    const auto wanted = icu::UnicodeString::fromUTF8(icu::StringPiece(skeleton.data(), static_cast<std::int32_t>(skeleton.size())));
    format.reset(icu::DateIntervalFormat::createInstance(wanted, locale, status));
    ASSERT(U_SUCCESS(status));
    format->adoptTimeZone(icu::TimeZone::getGMT()->clone());
  }
  const auto at = [](Date d) { return static_cast<UDate>(milliseconds(d.time_since_epoch()).count()); };
  const icu::DateInterval interval(at(first), at(std::max(first, last)));
  icu::UnicodeString text;
  icu::FieldPosition position(icu::FieldPosition::DONT_CARE);
  format->format(&interval, text, position, status);
  ASSERT(U_SUCCESS(status));
  return utf8(text);
}

}  // namespace confer
