// CSV out and in: RFC 4180 with a header line; reading takes commas, semicolons and tabs, and a mapping of columns.
#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include "base/csv_rows.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "programme/format.h"
#include "programme/formats/export.h"
#include "programme/formats/import.h"

namespace confer::programme {
namespace {

using Row = std::vector<std::string>;

/// Errors: invalid – not UTF-8, or a quoted field that does not end.
Result<CsvRows> read_table(std::string_view bytes) {
  TRY(check_bytes(bytes, "a table of sessions"));
  CsvRows table = split_csv(bytes);
  if (table.unclosed) return fail_at(line_and_column(bytes, *table.unclosed), "A quoted field does not end: the file was cut off, or a quote is missing.");
  if (table.rows.empty()) return fail_at("line 1, column 1", "The file has no header line.");
  return table;
}

/// What a column might be called, folded, by field; the first fitting column wins.
const std::vector<std::pair<const char*, std::vector<std::string_view>>>& column_names() {
  static const std::vector<std::pair<const char*, std::vector<std::string_view>>> names{
      {"title", {"title", "talk", "session", "name", "proposal title", "session title", "titel"}},
      {"subtitle", {"subtitle", "untertitel"}},
      {"speakers", {"speakers", "speaker", "speaker names", "presenter", "presenters", "persons", "author", "authors", "who", "vortragende"}},
      {"room", {"room", "location", "venue", "stage", "where", "raum"}},
      {"start", {"start", "starts", "start time", "begin", "date and time", "datetime", "when"}},
      {"end", {"end", "ends", "end time", "ende"}},
      {"day", {"day", "date", "datum", "tag"}},
      {"time", {"time", "uhrzeit", "clock"}},
      {"length", {"length", "duration", "minutes", "mins", "dauer", "duration (minutes)", "length (minutes)"}},
      {"track", {"track", "topic", "category", "strang"}},
      {"type", {"type", "session type", "submission type", "format", "art"}},
      {"abstract", {"abstract", "summary"}},
      {"description", {"description", "details", "beschreibung"}},
      {"language", {"language", "lang", "sprache"}},
      {"tags", {"tags", "keywords"}},
      {"level", {"level", "audience", "experience"}},
      {"guid", {"guid", "uuid"}},
      {"kind", {"kind"}},
      {"state", {"state", "status"}},
      {"url", {"url", "link", "address"}},
      {"id", {"id", "code", "proposal id"}}};
  return names;
}

/// "Speaker_Names" says "speaker names".
std::string said(const std::string& column) { return fold(tidy_line(replace_all(column, "_", " "))); }

CsvMapping guess_of(const Row& header) {
  CsvMapping guess;
  std::set<std::string> used;
  for (const auto& [field, names] : column_names())
    for (const std::string_view name : names) {
      const auto found = std::ranges::find_if(header, [&](const std::string& column) { return !used.contains(column) && said(column) == name; });
      if (found == header.end() || guess.contains(field)) continue;
      guess[field] = *found;
      used.insert(*found);
    }
  // A column of days beside one of clock times: that time is what some call "start".
  if (guess.contains("day") && guess.contains("start") && !guess.contains("time")) {
    guess["time"] = guess["start"];
    guess.erase("start");
  }
  return guess;
}

/// "2027-05-04", "04.05.2027", "4/5/2027" is not: nobody knows which is the month.
std::optional<Date> read_day(std::string_view text) {
  text = trim(text);
  if (const auto date = parse_date(text)) return *date;
  const auto parts = split(text, '.');
  if (parts.size() != 3 || parts[2].size() != 4) return {};
  const auto two = [](std::string_view part) { return (part.size() == 1 ? "0" : "") + std::string(part); };
  if (const auto date = parse_date(std::string(parts[2]) + "-" + two(parts[1]) + "-" + two(parts[0]))) return *date;
  return {};
}

/// What a spreadsheet would take for a formula has an apostrophe in front in our exports (OWASP, CSV injection); so has what has one already.
constexpr std::string_view formula_starts = "=+-@\t";
bool is_formula(std::string_view text) { return !text.empty() && formula_starts.contains(text[0]); }
bool is_shielded(std::string_view text) { return text.starts_with('\'') && (is_formula(text.substr(1)) || is_shielded(text.substr(1))); }

std::vector<std::string> names_in(std::string_view text) {
  std::vector<std::string> names;
  const char separator = text.contains(';') ? ';' : text.contains('|') ? '|' : ',';
  for (const std::string_view part : split(text, separator))
    if (std::string name = tidy_line(part); !name.empty()) names.push_back(std::move(name));
  return names;
}

class CsvReader {
 public:
  CsvReader(CsvRows table, const CsvMapping& mapping, const Conference& conference, const std::vector<SessionType>& types)
      : table_(std::move(table)), conference_(conference), types_(types) {
    for (const auto& [field, header] : mapping) {
      const auto found = std::ranges::find(table_.rows[0], header);
      if (found != table_.rows[0].end()) columns_[field] = static_cast<std::size_t>(found - table_.rows[0].begin());
    }
    for (std::size_t i = 0; i < table_.rows[0].size(); ++i)
      if (std::ranges::none_of(columns_, [&](const auto& column) { return column.second == i; })) others_.push_back(i);
  }

  Result<Imported> run() {
    if (!columns_.contains("title"))
      return fail_at("line 1", "Please say which column holds the title: the first line names " + ellipsis(join(table_.rows[0], ", "), 300) + ".");
    RawSchedule raw{.place = "line 1", .acronym = conference_.acronym.empty() ? conference_.slug : conference_.acronym, .zone = conference_.zone};
    raw.title = conference_.title.in(conference_.languages.empty() ? "en" : conference_.languages.front());
    raw.start = to_text(conference_.start);
    raw.end = to_text(conference_.end);
    raw.languages = conference_.languages;
    raw.day_start_hour = conference_.day_start_hour;
    for (const SessionType& type : types_)
      for (const auto& [language, name] : type.name.all()) raw.usual_lengths[fold(name)] = type.length;
    for (const std::size_t column : others_)
      if (const std::string& header = table_.rows[0][column]; !trim(header).empty())
        raw.oddities.push_back(
            {"column kept as it is", "line 1", "The column “" + ellipsis(header, 40) + "” is none that means something here. Say which it is, if it should."});
    for (std::size_t i = 1; i < table_.rows.size(); ++i) add_row(raw, i);
    TRY_ASSIGN(Imported imported, assemble(std::move(raw)));
    // The conference is the event's own: a table says nothing of it, and may hold some of its talks only.
    const std::string zone = imported.programme.conference.zone;
    imported.programme.conference = conference_;
    imported.programme.conference.zone = zone;  // of its times, where they have offsets
    imported.whole = false;
    imported.carried = carried();
    // A table of one's own has no GUIDs, and nobody expects them: derived ones are as good.
    std::erase_if(imported.oddities, [](const Oddity& oddity) { return oddity.kind == "no guid" || oddity.kind == "no id"; });
    return imported;
  }

 private:
  /// A table tells what it has columns for.
  Carried carried() const {
    Carried all = carried_by(Format::csv);
    const auto has = [&](const char* column) { return columns_.contains(column); };
    for (const auto& [column, field] : {std::pair{"subtitle", "talk.subtitle"},
                                        {"speakers", "talk.credits"},
                                        {"track", "talk.track"},
                                        {"type", "talk.type"},
                                        {"abstract", "talk.abstract"},
                                        {"description", "talk.description"},
                                        {"language", "talk.language"},
                                        {"tags", "talk.tags"},
                                        {"level", "talk.level"},
                                        {"url", "talk.origin_url"},
                                        {"room", "slot.room"},
                                        {"kind", "slot.kind"},
                                        {"state", "slot.state"}})
      if (!has(column)) all.without.insert(field);
    if (!has("length") && !has("end")) all.without.insert("slot.length");
    return all;
  }

  std::string value(const Row& row, const char* field) const {
    const auto found = columns_.find(field);
    if (found == columns_.end() || found->second >= row.size()) return "";
    const std::string_view text = trim(row[found->second]);
    return std::string(is_shielded(text) ? text.substr(1) : text);
  }

  void add_row(RawSchedule& raw, std::size_t index) {
    const Row& row = table_.rows[index];
    const std::string place = "line " + std::to_string(table_.lines[index]);
    if (row.size() > table_.rows[0].size())
      raw.oddities.push_back(
          {"row too long", place, "The line has " + std::to_string(row.size()) + " fields, the header " + std::to_string(table_.rows[0].size()) + "."});
    RawEvent event{.place = place};
    event.title = value(row, "title");
    if (event.title.empty()) {
      raw.oddities.push_back({"no title", place, "The line has no title; it was left out."});
      return;
    }
    // One key for re-imports: what the table numbers its rows by, else the title.
    event.guid = value(row, "guid");
    event.code = value(row, "id");
    event.subtitle = value(row, "subtitle");
    event.abstract = value(row, "abstract");
    event.description = value(row, "description");
    event.track = value(row, "track");
    event.type = value(row, "type");
    event.language = value(row, "language");
    event.room = value(row, "room");
    event.length = value(row, "length");
    event.level = value(row, "level");
    // The words of our own exports; another table's are as good as a talk that takes place.
    const std::string kind = ascii_lower(value(row, "kind")), state = ascii_lower(value(row, "state"));
    event.kind = kind == "break" ? SlotKind::break_ : kind == "social" ? SlotKind::social : SlotKind::talk;
    event.cancelled = state == "cancelled" || state == "canceled";
    event.url = value(row, "url");
    for (const std::string& name : names_in(value(row, "speakers"))) event.persons.push_back({.place = place, .name = name});
    event.tags = names_in(value(row, "tags"));
    times(event, row, place, raw.oddities);
    for (const std::size_t column : others_)
      if (column < row.size() && !trim(row[column]).empty()) event.extra[table_.rows[0][column]] = json_quoted(trim(row[column]));
    raw.events.push_back(std::move(event));
  }

  void times(RawEvent& event, const Row& row, const std::string& place, Oddities& oddities) {
    event.date = value(row, "start");
    event.end = value(row, "end");
    const std::string day = value(row, "day"), time = value(row, "time");
    if (event.date.empty() && !day.empty()) {
      const auto date = read_day(day);
      const auto clock = read_clock(time);
      if (date && clock)
        event.date = to_text(WallTime(*date) + *clock);
      else
        oddities.push_back({"unreadable date", place, "“" + ellipsis(day + " " + time, 40) + "” is not a day and time such as 2027-05-04 and 10:30."});
      // An end may be a clock time of the same day.
      // One before the start is of the night after it; but half a day is the most that anybody means by that.
      if (const auto end = read_clock(event.end); date && end) {
        const bool is_night = clock && *end < *clock && *end + minutes{24 * 60} - *clock <= minutes{12 * 60};
        event.end = to_text(WallTime(*date) + *end + minutes{is_night ? 24 * 60 : 0});
      }
    }
    // "90" and "1:30" are both lengths here, and neither is odd.
    if (const ReadLength length = read_length(event.length); length.length > minutes{0}) event.length = hours_minutes(length.length);
  }

  CsvRows table_;
  const Conference& conference_;
  const std::vector<SessionType>& types_;
  std::map<std::string, std::size_t> columns_;
  std::vector<std::size_t> others_;
};

/// A field as RFC 4180 wants it, shielded.
void append_field(std::string& out, std::string text) {
  if (is_formula(text) || is_shielded(text)) text.insert(0, "'");
  if (text.find_first_of("\",\r\n") == std::string::npos) {
    out += text;
    return;
  }
  out += '"' + replace_all(std::move(text), "\"", "\"\"") + '"';
}

}  // namespace

Result<CsvHeader> read_csv_header(std::string_view bytes) {
  TRY_ASSIGN(const CsvRows table, read_table(bytes));
  CsvHeader header{.columns = table.rows[0], .guess = guess_of(table.rows[0]), .separator = table.separator, .sample = {}};
  for (std::size_t i = 1; i < table.rows.size() && i <= 5; ++i) header.sample.push_back(table.rows[i]);
  return header;
}

Result<Imported> read_csv(std::string_view bytes, const CsvMapping& mapping, const Conference& conference, const std::vector<SessionType>& types) {
  TRY_ASSIGN(CsvRows table, read_table(bytes));
  return CsvReader(std::move(table), mapping, conference, types).run();
}

std::string write_csv(const Programme& p) {
  const Outline outline(p, {.breaks = true, .cancelled = true, .without_room = true, .cut_at_a_day = false});
  // With a BOM, or spreadsheets take UTF-8 for something else.
  std::string out =
      "\xef\xbb\xbfguid,id,kind,title,subtitle,speakers,room,day,time,start,end,length,track,type,language,level,tags,abstract,description,state,url\r\n";
  for (const Day& day : outline.days) {
    std::vector<const Session*> sessions;
    for (const Session& session : day.sessions) sessions.push_back(&session);
    std::ranges::sort(sessions, {}, [&](const Session* s) { return std::tuple(s->from, s->room ? s->room - outline.rooms.data() : -1, s->id); });
    for (const Session* s : sessions) {
      static const Talk none;
      const Talk& talk = s->talk ? *s->talk : none;
      std::vector<std::string> speakers, tags;
      for (const Credit& credit : talk.credits) speakers.push_back(clean_line(credit.name));
      for (const std::string& tag : talk.tags) tags.push_back(clean_line(tag));
      const char* kind = s->slot->kind == SlotKind::break_ ? "break" : s->slot->kind == SlotKind::social ? "social" : "talk";
      const Row row{s->guid,
                    s->first ? talk.code : "",
                    kind,
                    s->title,
                    clean_line(talk.subtitle),
                    join(speakers, "; "),
                    s->room ? s->room->name : "",
                    to_text(day.date),
                    clock_text(s->start),
                    rfc3339(outline.zone, s->from),
                    rfc3339(outline.zone, s->to),
                    std::to_string(std::chrono::floor<minutes>(s->to - s->from).count()),
                    s->track ? s->track->name : "",
                    s->type,
                    clean_line(talk.language),
                    clean_line(talk.level),
                    join(tags, "; "),
                    clean_text(talk.abstract),
                    clean_text(talk.description),
                    s->cancelled                         ? "cancelled"
                    : s->slot->state == SlotState::moved ? "moved"
                                                         : "planned",
                    s->url};
      for (std::size_t i = 0; i < row.size(); ++i) {
        if (i > 0) out += ',';
        append_field(out, row[i]);
      }
      out += "\r\n";
    }
  }
  return out;
}

}  // namespace confer::programme
