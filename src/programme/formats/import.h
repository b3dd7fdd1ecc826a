// What the readers of schedules share: a file's words as they stand, and how they become a programme.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include "base/result.h"
#include "base/time.h"
#include "programme/format.h"
#include "programme/model.h"

namespace confer::programme {

/// No real file comes near; one that is larger would only fill the memory.
constexpr std::size_t most_import_bytes = 64UL * 1024 * 1024;
/// Deeper than any format, far from the end of the stack.
constexpr int deepest_nesting = 64;

/// "line 3, column 14" of a byte offset; columns count bytes from 1.
std::string line_and_column(std::string_view bytes, std::size_t offset);
/// Errors: invalid – empty, larger than `most_import_bytes`, or not UTF-8 (with the place).
Result<void> check_bytes(std::string_view bytes, std::string_view what);
/// An error with its place: "… (line 3, column 14)".
std::unexpected<Error> fail_at(std::string place, const std::string& message);

/// The text as UTF-8 where it is XML in an older encoding that it declares (Latin-1, Windows-1252), with that encoding's name.
struct Converted {
  std::string text, encoding;
};
std::optional<Converted> converted_xml(std::string_view bytes);

using Oddities = std::vector<Oddity>;

/// A length as the field writes it: "45" (minutes), "0:30", "00:45", "1:00:30" (days), "00:45:00" (seconds), "PT45M". 0: unreadable.
struct ReadLength {
  minutes length{0};
  const char* oddity = nullptr;  ///< kind, when it is not "h:mm"
};
ReadLength read_length(std::string_view text);
/// "9:30", "09:30", "09:30:00".
std::optional<minutes> read_clock(std::string_view text);

struct RawPerson {
  std::string place, guid, id, code, name, biography, avatar;
  CreditRole role = CreditRole::speaker;
  std::map<std::string, std::string> extra;
};

/// One session as a file tells it. Texts are as they stand; `place` is where.
struct RawEvent {
  std::string place;
  std::string guid, id, code, title, subtitle, abstract, description, track, type, language, level, slug, room, room_guid, url, license, logo, feedback_url,
      origin_url;
  std::string date, start, end, length;
  std::optional<Date> day;  ///< of the day it stands in
  SlotKind kind = SlotKind::talk;
  bool cancelled = false, do_not_record = false, do_not_stream = false;
  std::vector<RawPerson> persons;
  std::vector<Link> links, attachments;
  std::vector<std::string> tags;
  std::map<std::string, std::string> extra;
};

struct RawRoom {
  std::string place, name, guid;
  LocalizedText description;
  std::optional<int> capacity;
  std::map<std::string, std::string> extra;
};
struct RawTrack {
  std::string name, slug, color;
};

struct RawSchedule {
  std::string place;  ///< of the conference
  std::string version, acronym, title, start, end, zone, url, base_url, color;
  LocalizedText description;
  std::string day_change;
  std::optional<int> day_start_hour;
  std::vector<Date> days;
  std::vector<std::string> languages;
  std::vector<RawRoom> rooms;
  std::vector<RawTrack> tracks;
  std::vector<RawEvent> events;
  std::map<std::string, minutes> usual_lengths;  ///< of session types, by folded name: for sessions that tell neither length nor end
  std::map<std::string, std::string> extra;
  Oddities oddities;
};

/// Errors: invalid – no time zone can be told.
Result<Imported> assemble(RawSchedule&& raw);

/// What a file of that format can tell at best (docs/formats/schedule.md); a reader takes from it what its file has no place for.
Carried carried_by(Format format);
/// "LIGHTNING_TALK" → "Lightning talk".
std::string schedule2_type_name(std::string_view type);
/// What schedule2 calls a session type of that name, as its reader names it: "Keynote" → "Talk".
std::string schedule2_type(std::string_view name);
/// What schedule2 says of a talk's language: two letters, else those of the event's, else "en".
std::string schedule2_language(std::string_view language, std::string_view main);

/// Our own exports cut what lasts a day or longer, because others fail at it: the pieces are known by their GUIDs, and become one session again.
void join_pieces(Programme& p, const Zone& zone);

/// The zone of a file's times (see zone_of_times).
struct ZoneChoice {
  Zone zone;
  std::optional<Oddity> oddity;
  bool told = true;  ///< false: neither a name nor offsets, so the times are the venue's, wherever that is
};
/// One time as a file tells it: the wall time written, the offset beside it, and the clock of its `start`.
struct ToldTime {
  WallTime wall;
  std::optional<minutes> offset;
  std::optional<minutes> clock;
};
/// The named zone, where the offsets agree with it. Where they do not, the instants win: a zone of the offset that all of them have, else the named one with
/// its wall times worked out from the instants. Errors: invalid – an unknown name and no offsets.
Result<ZoneChoice> zone_of_times(std::string_view name, const std::vector<ToldTime>& times, const std::string& place);

/// A wall time in `zone`; instants win over the wall time written.
WallTime wall_in(const Zone& zone, const ToldTime& time);

/// Text of a file: control characters removed, line ends made \n; counts what was wrong.
std::string read_text(std::string_view text, const std::string& place, Oddities& oddities);
/// The same for a title or name.
std::string read_line(std::string_view text, const std::string& place, Oddities& oddities);
/// What fits: names of rooms, tracks, types and people; titles; lives; abstracts and descriptions (the limits of those who store them).
constexpr std::size_t most_name_bytes = 200, most_line_bytes = 1000, most_biography_bytes = 20'000, most_text_bytes = 200'000;
/// The beginning of a text that does not fit, ended by "…"; a character stays whole.
std::string cut_to(std::string text, std::size_t most_bytes);
/// The same, counted.
std::string within(std::string text, std::size_t most_bytes, const std::string& place, Oddities& oddities);
/// "DE", "de_at" and "de-AT" are languages; a word such as "German" is none: "" and counted.
std::string read_language(std::string_view text, const std::string& place, Oddities& oddities);
/// "#abc" is short for "#aabbcc"; "" and counted for what is no colour.
std::string read_color(std::string_view text, const std::string& place, Oddities& oddities);
/// An absolute address, resolved against `base` where it was relative; "" and counted where it cannot be one.
std::string read_url(std::string_view text, std::string_view base, const std::string& place, Oddities& oddities);
/// The hour at which days start, as far as the end of a day tells: "2019-08-22T04:00:00+02:00" → 4, "…T03:59:00" → 4.
std::optional<int> day_start_of(std::string_view day_start, std::string_view day_end);

}  // namespace confer::programme
