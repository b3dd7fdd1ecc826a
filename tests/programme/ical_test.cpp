// iCalendar: the grammar of RFC 5545 on invented programmes, and each promise by example.
#include <gtest/gtest.h>
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>
#include "base/text.h"
#include "export_cases.h"
#include "programme/format.h"
#include "random_programme.h"

namespace confer::programme {
namespace {

/// A property as a calendar program sees it: unfolded, its value unescaped.
struct Property {
  std::string name, parameters, value;
};
struct Component {
  std::string name;
  std::vector<Property> properties;
  std::vector<Component> parts;
  std::string get(std::string_view key) const {
    std::string found;
    int count = 0;
    for (const Property& p : properties)
      if (p.name == key) {
        found = p.value;
        ++count;
      }
    EXPECT_LE(count, 1) << key;
    return found;
  }
};

std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      out += text[i];
      continue;
    }
    const char next = i + 1 < text.size() ? text[++i] : '\0';
    EXPECT_TRUE(std::string_view("\\;,nN").contains(next)) << text;
    out += next == 'n' || next == 'N' ? '\n' : next;
  }
  return out;
}

Component parse(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = text.find("\r\n", at);
    EXPECT_NE(end, std::string::npos) << "a line without its end";
    if (end == std::string::npos) break;
    const std::string line = text.substr(at, end - at);
    EXPECT_LE(line.size(), 75U) << line;
    EXPECT_TRUE(is_valid_utf8(line)) << line;
    EXPECT_EQ(line.find_first_of("\r\n"), std::string::npos);
    if (line.starts_with(' '))
      lines.back() += line.substr(1);
    else
      lines.push_back(line);
    at = end + 2;
  }
  std::vector<Component> open{{}};
  for (const std::string& line : lines) {
    const auto colon = line.find(':');
    const auto semicolon = std::min(line.find(';'), colon);
    if (colon == std::string::npos) {
      ADD_FAILURE() << line;
      continue;
    }
    const std::string name = line.substr(0, semicolon), value = line.substr(colon + 1);
    if (name == "BEGIN") {
      open.push_back({value, {}, {}});
    } else if (name == "END") {
      Component done = std::move(open.back());
      open.pop_back();
      EXPECT_EQ(done.name, value);
      open.back().parts.push_back(std::move(done));
    } else {
      open.back().properties.push_back({name, line.substr(semicolon, colon - semicolon), unescaped(value)});
    }
  }
  EXPECT_EQ(open.size(), 1U);
  EXPECT_EQ(open[0].parts.size(), 1U);
  return open[0].parts.empty() ? Component{} : open[0].parts[0];
}

minutes offset_of(const std::string& text) {
  const int number = std::stoi(text);
  return minutes{number / 100 * 60 + number % 100};
}
WallTime wall_of(const std::string& s) { return *parse_wall_time(s.substr(0, 4) + "-" + s.substr(4, 2) + "-" + s.substr(6, 5) + ":" + s.substr(11, 2)); }

/// A time of the calendar as an instant, by the file's own VTIMEZONE alone.
Instant instant_of(const Component& calendar, const Component& event, std::string_view key) {
  const auto property = std::ranges::find(event.properties, key, &Property::name);
  if (property->value.ends_with('Z')) return Instant{wall_of(property->value).time_since_epoch()};
  const auto zone = std::ranges::find(calendar.parts, "VTIMEZONE", &Component::name);
  EXPECT_EQ(property->parameters, ";TZID=" + zone->get("TZID"));
  const WallTime wall = wall_of(property->value);
  minutes offset = offset_of(zone->parts.at(0).get("TZOFFSETFROM"));
  WallTime latest = WallTime::min();
  for (const Component& rule : zone->parts) {
    const WallTime onset = wall_of(rule.get("DTSTART"));
    if (onset > wall || onset < latest) continue;
    // At a change forward, what was skipped reads as after it; at one back, the first of two times is before it.
    const minutes before = offset_of(rule.get("TZOFFSETFROM")), after = offset_of(rule.get("TZOFFSETTO"));
    if (after < before && wall < onset) continue;
    latest = onset;
    offset = after;
  }
  return Instant{wall.time_since_epoch() - offset};
}

TEST(Ical, invented_programmes_read_back) {
  std::size_t events = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const Programme p = testing::random_programme(seed);
    const Component calendar = parse(write_ical(p, {}, {}));
    EXPECT_EQ(calendar.name, "VCALENDAR");
    EXPECT_EQ(calendar.get("VERSION"), "2.0");
    EXPECT_FALSE(calendar.get("PRODID").empty());
    std::map<std::string, testing::Seen> expected;
    for (const auto& s : testing::sessions(p, false)) expected[s.guid + "@confer"] = s;
    std::set<std::string> uids;
    for (const Component& event : calendar.parts) {
      if (event.name != "VEVENT") continue;
      ++events;
      const std::string uid = event.get("UID");
      EXPECT_TRUE(uids.insert(uid).second);
      ASSERT_TRUE(expected.contains(uid)) << uid;
      const testing::Seen& s = expected[uid];
      EXPECT_EQ(to_ms(instant_of(calendar, event, "DTSTART")), s.from_ms) << seed << " " << s.title << " " << p.conference.zone;
      EXPECT_EQ(to_ms(instant_of(calendar, event, "DTEND")), s.from_ms + s.length * 60'000) << seed << " " << s.title << " " << p.conference.zone;
      EXPECT_EQ(event.get("SUMMARY"), s.title + (s.subtitle.empty() ? "" : ": " + s.subtitle));
      EXPECT_EQ(event.get("LOCATION"), s.room);
      EXPECT_EQ(event.get("STATUS"), s.cancelled ? "CANCELLED" : "CONFIRMED");
      EXPECT_FALSE(event.get("DTSTAMP").empty());
    }
    EXPECT_EQ(uids.size(), expected.size()) << seed;
  }
  EXPECT_GT(events, 3000U);
}

Programme one_talk() {
  Programme p;
  p.conference = {.slug = "x-2027",
                  .guid = "6ba7b811-9dad-11d1-80b4-00c04fd430c8",
                  .title = {"en", "X; 2027"},
                  .zone = "Europe/Berlin",
                  .start = *parse_date("2027-05-04"),
                  .end = *parse_date("2027-05-04"),
                  .url = "https://conf.example.org/x-2027"};
  p.rooms = {{.code = "A", .name = {"en", "Aula, left"}}};
  p.talks = {{.code = "QX7T9M",
              .guid = "0b6a8dbb-1111-4222-8333-444455556666",
              .title = "Lightning",
              .abstract = "Short,\nand many.",
              .credits = {{.name = "Ada"}, {.name = "Bob"}}}};
  p.slots = {{.number = 1,
              .guid = "0b6a8dbb-1111-4222-8333-444455556666",
              .talk = "QX7T9M",
              .room = "A",
              .start = *parse_wall_time("2027-05-04T10:30"),
              .length = minutes{60},
              .parts = {{.title = "First", .speakers = {"Cleo"}}, {.title = "Second; third", .offset = minutes{5}}}}};
  return p;
}

TEST(Ical, one_talk_word_by_word) {
  const Programme p = one_talk();
  const std::map<std::string, CalendarStamp> stamps{{p.slots[0].guid, {3, *parse_instant("2027-04-01T12:00:05Z")}}};
  EXPECT_EQ(
      write_ical(p, stamps, {.name = "Mine", .source_url = "https://conf.example.org/x-2027/schedule.ics"}),
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Confer//Programme//EN\r\nCALSCALE:GREGORIAN\r\nNAME:Mine\r\nX-WR-CALNAME:Mine\r\n"
      "X-WR-TIMEZONE:Europe/Berlin\r\nUID:6ba7b811-9dad-11d1-80b4-00c04fd430c8@confer\r\nSOURCE;VALUE=URI:https://conf.example.org/x-2027/schedule.ics\r\n"
      "URL:https://conf.example.org/x-2027\r\nREFRESH-INTERVAL;VALUE=DURATION:PT30M\r\nX-PUBLISHED-TTL:PT30M\r\n"
      "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\n"
      "BEGIN:DAYLIGHT\r\nDTSTART:20260329T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\nEND:DAYLIGHT\r\n"
      "BEGIN:STANDARD\r\nDTSTART:20261025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\nEND:STANDARD\r\n"
      "BEGIN:DAYLIGHT\r\nDTSTART:20270328T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\nEND:DAYLIGHT\r\n"
      "END:VTIMEZONE\r\n"
      "BEGIN:VEVENT\r\nUID:0b6a8dbb-1111-4222-8333-444455556666@confer\r\nDTSTAMP:20270401T120005Z\r\nLAST-MODIFIED:20270401T120005Z\r\nSEQUENCE:3\r\n"
      "DTSTART;TZID=Europe/Berlin:20270504T103000\r\nDTEND;TZID=Europe/Berlin:20270504T113000\r\nSUMMARY;LANGUAGE=en:Lightning\r\n"
      "DESCRIPTION;LANGUAGE=en:Ada\\, Bob\\n\\nShort\\,\\nand many.\\n\\n10:30 First (Cle\r\n o)\\n10:35 Second\\; "
      "third\\n\\nhttps://conf.example.org/x-2027/talks/QX7T9M\r\n"
      "LOCATION:Aula\\, left\r\nURL:https://conf.example.org/x-2027/talks/QX7T9M\r\nSTATUS:CONFIRMED\r\nTRANSP:OPAQUE\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
}

TEST(Ical, a_single_talk_has_no_refresh_and_only_what_is_wanted) {
  Programme p = one_talk();
  p.slots.push_back({.number = 2, .guid = "g", .kind = SlotKind::break_, .start = *parse_wall_time("2027-05-04T12:00"), .title = {"en", "Lunch"}});
  EXPECT_EQ(parse(write_ical(p, {}, {})).parts.size(), 3U);
  const Component calendar = parse(write_ical(p, {}, {.wanted = [](const Slot&, const Talk* talk) { return talk != nullptr; }, .subscribable = false}));
  ASSERT_EQ(calendar.parts.size(), 2U);
  EXPECT_EQ(calendar.parts[1].get("SUMMARY"), "Lightning");
  EXPECT_EQ(calendar.get("REFRESH-INTERVAL"), "");
  EXPECT_EQ(calendar.get("NAME"), "X; 2027");
}

TEST(Ical, given_slots_are_what_asking_for_them_finds) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const Programme p = testing::random_programme(seed);
    for (const Talk& talk : p.talks) {
      CalendarOptions asked{.name = talk.title, .source_url = {}, .wanted = [&](const Slot& slot, const Talk*) { return slot.talk == talk.code; }};
      CalendarOptions given{.name = talk.title, .source_url = {}, .wanted = {}, .slots = std::vector<const Slot*>{}};
      for (const Slot& slot : p.slots)
        if (slot.talk == talk.code) given.slots->push_back(&slot);
      EXPECT_EQ(write_ical(p, {}, given), write_ical(p, {}, asked)) << seed << " " << talk.code;
    }
  }
}

TEST(Ical, cancelled_stays_in_the_calendar_with_its_uid) {
  Programme p = one_talk();
  p.slots[0].state = SlotState::cancelled;
  const Component calendar = parse(write_ical(p, {{p.slots[0].guid, {4, Instant{}}}}, {}));
  EXPECT_EQ(calendar.parts.at(1).get("STATUS"), "CANCELLED");
  EXPECT_EQ(calendar.parts.at(1).get("SEQUENCE"), "4");
  EXPECT_EQ(calendar.parts.at(1).get("UID"), p.slots[0].guid + "@confer");
}

TEST(Ical, utc_needs_no_zone) {
  Programme p = one_talk();
  p.conference.zone = "UTC";
  const std::string text = write_ical(p, {}, {});
  EXPECT_EQ(text.find("VTIMEZONE"), std::string::npos);
  EXPECT_NE(text.find("DTSTART:20270504T103000Z\r\n"), std::string::npos);
}

}  // namespace
}  // namespace confer::programme
