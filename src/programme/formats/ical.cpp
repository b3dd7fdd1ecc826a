// Writes iCalendar (RFC 5545, with RFC 7986's properties): for calendars that subscribe, and for a single talk.
#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>
#include "base/random.h"
#include "base/text.h"
#include "programme/format.h"
#include "programme/formats/export.h"

namespace confer::programme {
namespace {

/// RFC 5545 § 3.1: a line holds at most 75 octets without its end.
constexpr std::size_t most_octets = 75;

/// § 3.3.11: backslash, semicolon, comma and line ends are escaped.
std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 8);
  for (const char c : text) {
    if (c == '\n')
      out += "\\n";
    else if (c == '\\' || c == ';' || c == ',')
      (out += '\\') += c;
    else
      out += c;
  }
  return out;
}

std::string digits(std::int64_t number, std::size_t width) {
  std::string text = std::to_string(number);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

/// "20270504T103000"
std::string local_stamp(WallTime t) {
  std::string text = to_text(t);
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text + "00";
}
/// "20270504T083000Z"
std::string utc_stamp(Instant t) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(t);
  const auto rest = (seconds - std::chrono::floor<minutes>(seconds)).count();
  std::string text = local_stamp(Zone().to_wall(t));
  text.replace(text.size() - 2, 2, digits(rest, 2));
  return text + "Z";
}
/// "+0200", with seconds never needed: offsets here are whole minutes.
std::string utc_offset(minutes offset) {
  const auto count = std::abs(offset.count());
  return (offset < minutes{0} ? "-" : "+") + digits(count / 60, 2) + digits(count % 60, 2);
}

class Calendar {
 public:
  Calendar(const Programme& p, const std::map<std::string, CalendarStamp>& stamps, const CalendarOptions& options)
      : outline_(p, {.breaks = true,
                     .cancelled = true,
                     .without_room = true,
                     .cut_at_a_day = false,
                     .wanted = &options.wanted,
                     .slots = options.slots ? &*options.slots : nullptr}),
        stamps_(stamps),
        options_(options) {
    for (const Day& day : outline_.days)
      for (const Session& session : day.sessions) sessions_.push_back(&session);
    std::ranges::sort(sessions_, {}, [](const Session* s) { return std::tuple(s->from, s->id); });
  }

  std::string write() {
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", "-//Confer//Programme//EN");
    line("CALSCALE", "GREGORIAN");
    // A feed is no message: Outlook takes one with a METHOD for an invitation.
    if (!options_.subscribable) line("METHOD", "PUBLISH");
    const std::string name = options_.name.empty() ? outline_.title : clean_line(options_.name);
    line("NAME", escaped(name));
    line("X-WR-CALNAME", escaped(name));
    line("X-WR-TIMEZONE", clean_line(outline_.zone.name()));
    line("UID", guid_or_derived(outline_.programme.conference, outline_.programme.conference.guid, "calendar") + "@confer");
    if (const std::string source = absolute_url(options_.source_url); !source.empty()) line("SOURCE;VALUE=URI", source);
    if (!outline_.url.empty()) line("URL", outline_.url);
    if (const std::string color = safe_color(outline_.programme.conference.color); !color.empty()) line("X-APPLE-CALENDAR-COLOR", color);
    if (options_.subscribable) {
      line("REFRESH-INTERVAL;VALUE=DURATION", "PT30M");
      line("X-PUBLISHED-TTL", "PT30M");
    }
    write_zone();
    for (const Session* session : sessions_) write_event(*session);
    line("END", "VCALENDAR");
    return std::move(out_);
  }

 private:
  /// Folds on the boundaries of UTF-8 characters.
  void line(std::string_view name, std::string_view value) {
    const std::string whole = std::string(name) + ":" + std::string(value);
    std::size_t at = 0;
    for (std::size_t room = most_octets; at < whole.size(); room = most_octets - 1) {
      std::size_t take = std::min(room, whole.size() - at);
      while (at + take < whole.size() && (static_cast<unsigned char>(whole[at + take]) & 0xc0U) == 0x80) --take;
      if (at > 0) out_ += ' ';
      out_.append(whole, at, take);
      out_ += "\r\n";
      at += take;
    }
  }

  bool in_utc() const { return outline_.zone.name() == "UTC"; }

  /// The rules of the zone over the span of the events, as the changes that happen in it: exact for every event, without a rule to be guessed.
  void write_zone() {
    if (in_utc()) return;
    Instant from = Instant::max(), to = Instant::min();
    for (const Session* session : sessions_) {
      from = std::min(from, session->from);
      to = std::max(to, session->to);
    }
    if (sessions_.empty()) from = to = outline_.days.front().from;
    const Zone& zone = outline_.zone;
    // What holds at the first event began with the last change before it; a year and a half has one wherever there are any.
    const std::vector<Zone::Transition> changes = zone.transitions(from - std::chrono::days{550}, to + std::chrono::days{1});
    line("BEGIN", "VTIMEZONE");
    line("TZID", zone.name());
    if (changes.empty()) {
      const minutes offset = zone.offset_at(from);
      write_rule(false, WallTime{}, offset, offset, zone.short_name(from, "en"));
    }
    for (const Zone::Transition& change : changes)
      // DTSTART is in the wall time before the change (§ 3.6.5).
      write_rule(change.after > change.before, WallTime{std::chrono::floor<minutes>(change.at.time_since_epoch()) + change.before}, change.before, change.after,
                 zone.short_name(change.at, "en"));
    line("END", "VTIMEZONE");
  }
  void write_rule(bool daylight, WallTime start, minutes before, minutes after, const std::string& name) {
    const char* kind = daylight ? "DAYLIGHT" : "STANDARD";
    line("BEGIN", kind);
    line("DTSTART", local_stamp(start));
    line("TZOFFSETFROM", utc_offset(before));
    line("TZOFFSETTO", utc_offset(after));
    line("TZNAME", escaped(clean_line(name)));
    line("END", kind);
  }

  void time(std::string_view name, Instant t) {
    const WallTime wall = outline_.zone.to_wall(t);
    // A wall time that happens twice is its first occurrence for a calendar (§ 3.3.5); the second can only be told in UTC.
    if (in_utc() || outline_.zone.to_instant_lenient(wall) != t)
      line(name, utc_stamp(t));
    else
      line(std::string(name) + ";TZID=" + outline_.zone.name(), local_stamp(wall));
  }

  void write_event(const Session& session) {
    const auto found = stamps_.find(session.slot->guid);
    const CalendarStamp stamp = found == stamps_.end() ? CalendarStamp{.changed_at = outline_.programme.released_at} : found->second;
    line("BEGIN", "VEVENT");
    line("UID", session.guid + "@confer");
    line("DTSTAMP", utc_stamp(stamp.changed_at));
    line("LAST-MODIFIED", utc_stamp(stamp.changed_at));
    line("SEQUENCE", std::to_string(std::max(stamp.sequence, 0)));
    time("DTSTART", session.from);
    time("DTEND", session.to);
    std::string title = session.title;
    const std::string subtitle = session.talk ? clean_line(session.talk->subtitle) : "";
    if (!subtitle.empty()) title += ": " + subtitle;
    const std::string tag = is_language_tag(options_.language) ? ";LANGUAGE=" + options_.language : "";
    line("SUMMARY" + tag, escaped(title));
    if (const std::string words = description(session); !words.empty()) line("DESCRIPTION" + tag, escaped(words));
    if (session.room) line("LOCATION", escaped(session.room->name));
    if (!session.url.starts_with("urn:")) line("URL", session.url);
    if (session.track) line("CATEGORIES", escaped(session.track->name));
    line("STATUS", session.cancelled ? "CANCELLED" : "CONFIRMED");
    // A break does not make anybody busy.
    line("TRANSP", session.slot->kind == SlotKind::break_ || session.cancelled ? "TRANSPARENT" : "OPAQUE");
    line("END", "VEVENT");
  }

  static void paragraph(std::string& out, const std::string& text) {
    if (text.empty()) return;
    if (!out.empty()) out += "\n\n";
    out += text;
  }

  std::string description(const Session& session) const {
    std::string out;
    paragraph(out, clean_line(session.slot->note));
    if (const Talk* talk = session.talk) {
      std::vector<std::string> names;
      for (const Credit& credit : talk->credits) names.push_back(clean_line(credit.name));
      paragraph(out, join(names, ", "));
      paragraph(out, std::string(trim(clean_text(talk->abstract))));
    }
    std::string parts;
    for (const Part& part : session.slot->parts) {
      std::vector<std::string> names;
      for (const std::string& name : part.speakers) names.push_back(clean_line(name));
      parts += (parts.empty() ? "" : "\n") + clock_text(outline_.zone.to_wall(session.from + part.offset)) + " " + clean_line(part.title);
      if (!names.empty()) parts += " (" + join(names, ", ") + ")";
    }
    paragraph(out, parts);
    if (!session.url.starts_with("urn:")) paragraph(out, session.url);
    return out;
  }

  Outline outline_;
  const std::map<std::string, CalendarStamp>& stamps_;
  const CalendarOptions& options_;
  std::vector<const Session*> sessions_;
  std::string out_;
};

}  // namespace

std::string write_ical(const Programme& p, const std::map<std::string, CalendarStamp>& stamps_by_slot_guid, const CalendarOptions& options) {
  return Calendar(p, stamps_by_slot_guid, options).write();
}

}  // namespace confer::programme
