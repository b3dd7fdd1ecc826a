// What goes in and out as files: one reader and one writer a format, pure functions over `Programme`.
#pragma once
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>
#include "programme/model.h"

namespace confer::programme {

/// One thing in a file that was not as the format says, and what was done about it.
struct Oddity {
  std::string kind;     ///< stable, for counting: "duplicate id", "duration in milliseconds"
  std::string place;    ///< "schedule.conference.days[2].rooms.Curie[4].guid" or "videos/a-talk.json: duration"; XML: "line 120: event@id"
  std::string message;  ///< a sentence
  bool operator==(const Oddity&) const = default;
};

/// What a file has words for. An import leaves alone what its file cannot tell; what it can tell and leaves empty is taken as empty.
struct Carried {
  std::string format;  ///< "schedule.json": what was kept of unknown fields is remembered by it; "": one that tells everything
  /// What it cannot tell: "talk.level", "room.capacity" (fields by their names in merge.h), "person.biography", and slots as a whole: "slot.break",
  /// "slot.cancelled", "slot.without room".
  std::set<std::string, std::less<>> without;
  bool one_language = false;  ///< each text stands in one language: the event's first
  /// What a session type of that name, a talk's language, becomes there, where the format has only a few words for them. Null: itself.
  std::string (*type_as)(std::string_view name) = nullptr;
  std::string (*language_as)(std::string_view language, std::string_view main) = nullptr;

  bool tells(std::string_view kind, std::string_view field) const { return !without.contains(std::string(kind) + "." + std::string(field)); }
};

/// What a reader understood. Talks, rooms, tracks have provisional codes ("talk-1", …): the importer gives real ones, matching by GUID.
struct Imported {
  Programme programme;
  std::vector<Oddity> oddities;
  bool whole = true;      ///< the file is all there is: what an earlier import brought and it has no more is gone. A table of talks may be a part
  bool zone_told = true;  ///< false: its clock times are the venue's, wherever that is
  bool strict = false;    ///< an oddity is an error, and nothing is imported
  Carried carried;
};

/// Errors of all readers: invalid – cannot be read as this format; `where` is the place (line and column, or path), `message` says what to do.
/// Nothing that is merely odd is an error.
Result<Imported> read_schedule_json(std::string_view bytes);   ///< c3voc schedule.json; also pretalx's and frab's variations
Result<Imported> read_schedule2_json(std::string_view bytes);  ///< c3voc schedule2
Result<Imported> read_schedule_xml(std::string_view bytes);    ///< frab, pentabarf, wafer, OSEM, pgeu
/// A PyVideo event folder: its category.json and the files under videos/, as (path, bytes). Times of day are not known there:
/// talks come without slots unless `recorded` has a time.
struct NamedBytes {
  std::string path, bytes;
};
Result<Imported> read_pyvideo(const std::vector<NamedBytes>& files);

/// Which column of a CSV file is what: field name ("title", "speakers", "room", "start", "length", "track", "type", "abstract", "description",
/// "language", "tags", "level", "guid", "id", "day", "time", "end", "subtitle", "kind", "state", "url") → header text.
using CsvMapping = std::map<std::string, std::string>;
/// The header line and a guess at the mapping, for the mapping page.
struct CsvHeader {
  std::vector<std::string> columns;
  CsvMapping guess;
  char separator = ',';
  std::vector<std::vector<std::string>> sample;  ///< the first five rows
};
Result<CsvHeader> read_csv_header(std::string_view bytes);
/// Needs a conference for its zone and dates (CSV has none); a row without a length takes that of its session type in `types`. UTF-8, with or without BOM;
/// separators , ; and tab.
Result<Imported> read_csv(std::string_view bytes, const CsvMapping& mapping, const Conference& conference, const std::vector<SessionType>& types = {});

/// Looks at the first bytes. Errors: invalid – none of the formats.
enum class Format : unsigned char { schedule_json, schedule2_json, schedule_xml, pyvideo, csv };
Result<Format> detect(std::string_view file_name, std::string_view bytes);

/// Where a talk's page is: "<url>/talks/CODE"; "" when the conference has no absolute address. Every writer links to it.
std::string talk_address(const Conference& conference, std::string_view code);

struct Generator {
  std::string name = "Confer", version, url;
};
/// Writers. All take a released (or draft) programme; blockers, hidden rooms and unreleased talks are never written.
/// A programme's talks of several slots, 24 h sessions etc. become what the format's consumers need (docs/formats/).
std::string write_schedule_json(const Programme& p, const Generator& g);
std::string write_schedule2_json(const Programme& p, const Generator& g);
std::string write_schedule_xml(const Programme& p, const Generator& g);
std::string write_csv(const Programme& p);
std::string write_text(const Programme& p, std::string_view language, std::size_t width = 80);  ///< for curl
/// A folder: "category.json" and "videos/<slug>.json".
std::vector<NamedBytes> write_pyvideo(const Programme& p);

/// iCalendar (RFC 5545, 7986).
struct CalendarOptions {
  std::string name;        ///< NAME and X-WR-CALNAME
  std::string source_url;  ///< SOURCE
  std::string language = "en";
  std::function<bool(const Slot&, const Talk*)> wanted;  ///< empty: every public slot
  /// Instead of asking `wanted` about each: these of the programme's slots, in its order. An event has a calendar for each talk and speaker.
  std::optional<std::vector<const Slot*>> slots = std::nullopt;
  bool subscribable = true;  ///< a feed: REFRESH-INTERVAL; else (a single talk, a mail's file) METHOD:PUBLISH
};
std::string write_ical(const Programme& p, const std::map<std::string, CalendarStamp>& stamps_by_slot_guid, const CalendarOptions& options);

}  // namespace confer::programme
