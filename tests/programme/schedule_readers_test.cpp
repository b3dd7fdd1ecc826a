// Reading schedules that others wrote: the two real exports to the last oddity, each variation that is known, and what is refused, with its place.
#include <gtest/gtest.h>
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include "base/random.h"
#include "base/text.h"
#include "programme/format.h"
#include "shared_data.h"

namespace confer::programme {
namespace {

std::map<std::string, int> kinds(const Imported& imported) {
  std::map<std::string, int> counts;
  for (const Oddity& oddity : imported.oddities) ++counts[oddity.kind];
  return counts;
}
using Counts = std::map<std::string, int>;

std::string shared_schedule(const char* name) { return testing::read_file(testing::shared_data() / "schedules" / name); }
const Talk* by_title(const Programme& p, std::string_view title) {
  const auto found = std::ranges::find(p.talks, title, &Talk::title);
  return found == p.talks.end() ? nullptr : &*found;
}

TEST(ReadSchedule, the_camp_by_frab) {
  CONFER_NEEDS_SHARED_DATA();
  const auto imported = read_schedule_json(shared_schedule("frab-camp2019.json"));
  ASSERT_TRUE(imported) << imported.error().message;
  const Programme& p = imported->programme;
  EXPECT_EQ(std::tuple(p.rooms.size(), p.tracks.size(), p.types.size(), p.talks.size(), p.slots.size()), std::tuple(2U, 7U, 2U, 79U, 79U));
  EXPECT_EQ(std::tuple(p.conference.acronym, p.conference.slug, p.conference.zone, p.conference.day_start_hour),
            std::tuple("Camp2019", "camp2019", "Europe/Berlin", 4));
  EXPECT_EQ(std::tuple(to_text(p.conference.start), to_text(p.conference.end)), std::tuple("2019-08-21", "2019-08-26"));
  // Attachments relative to the site, one link without a scheme, titles, subtitles, link titles and a name with spare spaces.
  EXPECT_EQ(kinds(*imported), (Counts{{"address without scheme", 1}, {"relative address", 12}, {"untidy text", 16}}));
  const Talk* opening = by_title(p, "Opening Ceremony");
  ASSERT_NE(opening, nullptr);
  EXPECT_EQ(opening->guid, "a0a0fcfe-b7fb-46e3-84b6-97a5406016b4");
  EXPECT_EQ(opening->credits.size(), 2U);
  EXPECT_EQ(opening->origin_url, "https://fahrplan.events.ccc.de/camp/2019/Fahrplan/events/10386.html");
  EXPECT_EQ(p.slots.front().number, 10386);
  EXPECT_EQ(to_text(p.slots.front().start), "2019-08-21T11:00");
  EXPECT_EQ(p.track(opening->track)->name.in("en"), "CCC");
  const auto logo = std::ranges::find_if(p.talks, [](const Talk& t) { return !t.logo_url.empty(); });
  EXPECT_TRUE(logo->logo_url.starts_with("https://fahrplan.events.ccc.de/system/events/logos/")) << logo->logo_url;
}

TEST(ReadSchedule, democon_by_pretalx) {
  CONFER_NEEDS_SHARED_DATA();
  const auto imported = read_schedule_json(shared_schedule("pretalx-democon.json"));
  ASSERT_TRUE(imported) << imported.error().message;
  const Programme& p = imported->programme;
  EXPECT_EQ(std::tuple(p.rooms.size(), p.types.size(), p.talks.size(), p.slots.size()), std::tuple(2U, 2U, 36U, 36U));
  // Both rooms have one GUID; the file says UTC and writes +01:00 everywhere; every person has `answers`.
  EXPECT_EQ(kinds(*imported), (Counts{{"duplicate room guid", 1}, {"offset disagrees with time zone", 1}, {"unknown field", 43}}));
  EXPECT_EQ(p.conference.zone, "Etc/GMT-1");
  EXPECT_EQ(to_text(p.slots.front().start), "2020-12-14T09:00");
  EXPECT_EQ(to_ms(Zone::find(p.conference.zone)->to_instant_lenient(p.slots.front().start)), to_ms(*parse_instant("2020-12-14T08:00:00Z")));
  EXPECT_EQ(p.rooms[0].guid, "b379c473-93b9-4eae-9a09-d482e86cede3");
  EXPECT_NE(p.rooms[1].guid, p.rooms[0].guid);
  EXPECT_TRUE(is_uuid(p.rooms[1].guid));
  EXPECT_EQ(p.talks.front().credits.front().extra.at("answers"), "[]");
}

TEST(ReadSchedule, the_invalid_example_is_refused_and_with_its_rooms_put_right_every_other_fault_is_named) {
  CONFER_NEEDS_SHARED_DATA();
  const std::string text = shared_schedule("invalid-example.json");
  const auto refused = read_schedule_json(text);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().where, "schedule.rooms");
  EXPECT_EQ(refused.error().message,
            "The rooms stand in the wrong place: they belong into schedule.conference.rooms. Please have the file corrected. (schedule.rooms)");
  auto json = nlohmann::json::parse(text);
  json["schedule"]["conference"]["rooms"] = json["schedule"]["rooms"];
  json["schedule"].erase("rooms");
  const auto imported = read_schedule_json(json.dump());
  ASSERT_TRUE(imported) << imported.error().message;
  const std::string event = "schedule.conference.days[0].rooms.Winterchaos[0]";
  std::vector<std::pair<std::string, std::string>> places;
  for (const Oddity& o : imported->oddities) places.emplace_back(o.kind, o.place);
  std::ranges::sort(places);
  EXPECT_EQ(places, (std::vector<std::pair<std::string, std::string>>{{"daysCount disagrees", "schedule.conference.daysCount"},
                                                                      {"unknown field", event + ".answers"},
                                                                      {"unknown field", event + ".persons[0].answers"}}));
  EXPECT_EQ(imported->programme.rooms.at(0).guid, "99411f15-7335-4d36-abac-3ff0419ec954");
  EXPECT_EQ(imported->programme.slots.at(0).number, 2814);
}

/// A schedule.json of one day and room around these events.
std::string json_around(std::string_view events, std::string_view zone = R"("time_zone_name":"Europe/Berlin",)") {
  return R"({"schedule":{"version":"1","base_url":"https://example.org/c/","conference":{"acronym":"test","title":"Test","start":"2027-05-04","end":"2027-05-04","daysCount":1,)" +
         std::string(zone) +
         R"("days":[{"index":1,"date":"2027-05-04","day_start":"2027-05-04T04:00:00+02:00","day_end":"2027-05-05T04:00:00+02:00","rooms":{"Aula":[)" +
         std::string(events) + "]}}]}}}";
}
constexpr std::string_view plain =
    R"("guid":"0b6a8dbb-1111-4222-8333-444455556666","id":1,"title":"T","date":"2027-05-04T10:00:00+02:00","start":"10:00","duration":"00:30","room":"Aula")";
std::string event(std::string_view with) { return "{" + std::string(with) + "}"; }

Imported read(const std::string& json) {
  auto imported = read_schedule_json(json);
  EXPECT_TRUE(imported) << imported.error().message;
  return imported ? *std::move(imported) : Imported{};
}

TEST(ReadSchedule, what_may_be_missing_is) {
  const Imported imported = read(json_around(event(plain)));
  EXPECT_EQ(kinds(imported), Counts{});
  EXPECT_EQ(imported.programme.talks.at(0).credits.size(), 0U);
}

TEST(ReadSchedule, lengths) {
  for (const auto& [text, length, kind] : {std::tuple("45", 45, "length in minutes"),
                                           {"0:30", 30, ""},
                                           {"00:45", 45, ""},
                                           {"1:30", 90, ""},
                                           {"1:00:30", 1470, "length with days"},
                                           {"2:03:00", 3060, "length with days"},
                                           {"00:45:00", 45, "length with seconds"},
                                           {"01:30:00", 90, "length with seconds"},
                                           {"1:45:00", 105, "length with seconds"},
                                           {"PT1H15M", 75, "length in ISO 8601"},
                                           {"25:00", 1500, ""},
                                           {"soon", 30, "no length"},
                                           {"0:00", 30, "no length"},
                                           {"-5", 30, "no length"},
                                           {"99999:00", 30, "no length"}}) {
    const Imported imported = read(json_around(event(
        R"("guid":"0b6a8dbb-1111-4222-8333-444455556666","id":1,"title":"T","date":"2027-05-04T10:00:00+02:00","duration":")" + std::string(text) + "\"")));
    EXPECT_EQ(imported.programme.slots.at(0).length, minutes{length}) << text;
    EXPECT_EQ(kinds(imported), *kind ? (Counts{{kind, 1}}) : Counts{}) << text;
  }
}

TEST(ReadSchedule, time_zones) {
  struct Row {
    const char *zone, *date, *start;  ///< start: "" when not written
    const char *expected_zone, *expected_start, *kind;
  };
  for (const Row& row :
       {Row{R"("time_zone_name":"Europe/Berlin",)", "2027-05-04T10:00:00+02:00", "10:00", "Europe/Berlin", "2027-05-04T10:00", ""},
        Row{R"("time_zone_name":"Europe/Berlin",)", "2027-05-04T08:00:00Z", "10:00", "Europe/Berlin", "2027-05-04T10:00", ""},
        Row{R"("time_zone_name":"Europe/Berlin",)", "2027-05-04T08:00:00Z", "", "Europe/Berlin", "2027-05-04T10:00", ""},
        Row{R"("time_zone_name":"UTC",)", "2027-05-04T10:00:00+02:00", "10:00", "Etc/GMT-2", "2027-05-04T10:00", "offset disagrees with time zone"},
        Row{R"("time_zone_name":"Europe/Berlin",)", "2027-05-04T10:00:00+05:30", "10:00", "Asia/Kolkata", "2027-05-04T10:00",
            "offset disagrees with time zone"},
        Row{R"("time_zone_name":"Berlin",)", "2027-05-04T10:00:00+02:00", "10:00", "Etc/GMT-2", "2027-05-04T10:00", "unknown time zone"},
        Row{"", "2027-05-04T10:00:00-07:00", "10:00", "Etc/GMT+7", "2027-05-04T10:00", "no time zone"},
        Row{"", "2027-05-04T10:00:00", "10:00", "UTC", "2027-05-04T10:00", "no time zone"},
        Row{R"("time_zone_name":"Europe/Berlin",)", "2027-05-04T10:00:00", "10:00", "Europe/Berlin", "2027-05-04T10:00", ""},
        Row{R"("time_zone_name":"Europe/Berlin",)", "2027-05-04 10:00:00+0200", "10:00", "Europe/Berlin", "2027-05-04T10:00", ""},
        Row{R"("time_zone_name":"Europe/Berlin",)", "2027-05-04", "10:00", "Europe/Berlin", "2027-05-04T10:00", ""},
        Row{R"("time_zone_name":"Europe/Berlin",)", "noon", "10:00", "Europe/Berlin", "2027-05-04T10:00", "unreadable date"},
        Row{R"("time_zone_name":"Europe/Berlin",)", "", "01:00", "Europe/Berlin", "2027-05-05T01:00", "no date"},
        Row{R"("time_zone_name":"Europe/Berlin",)", "2027-05-04T10:00:00+02:00", "11:00", "Europe/Berlin", "2027-05-04T10:00", "start disagrees with date"},
        Row{R"("time_zone_name":"Europe/Berlin",)", "2027-03-28T02:30:00", "", "Europe/Berlin", "2027-03-28T02:30", "time that does not exist"},
        Row{R"("time_zone_name":"Europe/Berlin",)", "2027-10-31T02:30:00+01:00", "02:30", "Europe/Berlin", "2027-10-31T02:30", "time that happens twice"}}) {
    std::string json = R"("guid":"0b6a8dbb-1111-4222-8333-444455556666","id":1,"title":"T","duration":"00:30","date":")" + std::string(row.date) + "\"";
    if (*row.start) json += R"(,"start":")" + std::string(row.start) + "\"";
    std::string file = json_around(event(json), row.zone);
    // The night on which clocks go back lies months from May: the file's day goes with it.
    if (std::string_view(row.date).starts_with("2027-10"))
      file = replace_all(replace_all(file, "\"2027-05-04", "\"2027-10-30"), "2027-05-05T04:00:00+02:00", "2027-10-31T04:00:00+01:00");
    const Imported imported = read(file);
    const std::string what = std::string(row.zone) + row.date + " " + row.start;
    EXPECT_EQ(imported.programme.conference.zone, row.expected_zone) << what;
    EXPECT_EQ(to_text(imported.programme.slots.at(0).start), row.expected_start) << what;
    EXPECT_EQ(kinds(imported), *row.kind ? (Counts{{row.kind, 1}}) : Counts{}) << what;
  }
}

TEST(ReadSchedule, summer_time_without_a_named_zone) {
  const Imported imported = read(json_around(
      R"({"guid":"0b6a8dbb-1111-4222-8333-444455556666","id":1,"title":"A","date":"2027-03-27T10:00:00+01:00","duration":"00:30"},{"guid":"1b6a8dbb-1111-4222-8333-444455556666","id":2,"title":"B","date":"2027-03-29T10:00:00+02:00","duration":"00:30"})",
      ""));
  EXPECT_EQ(imported.programme.conference.zone, "Europe/Berlin");
}

TEST(ReadSchedule, ids_and_guids) {
  const std::string head = R"({"title":"T","date":"2027-05-04T10:00:00+02:00","duration":"00:30",)",
                    other = R"({"title":"U","date":"2027-05-04T11:00:00+02:00","duration":"00:30",)";
  const std::string g = R"("guid":"0b6a8dbb-1111-4222-8333-444455556666")", h = R"("guid":"1b6a8dbb-1111-4222-8333-444455556666")";
  const auto talks_slots = [](const Imported& i) { return std::pair(i.programme.talks.size(), i.programme.slots.size()); };
  Imported i = read(json_around(head + g + R"(,"id":"2814"})"));
  EXPECT_EQ(i.programme.slots.at(0).number, 2814);
  EXPECT_EQ(kinds(i), Counts{});
  i = read(json_around(head + g + R"(,"id":"x"})"));
  EXPECT_EQ(kinds(i), (Counts{{"id is not a number", 1}}));
  i = read(json_around(head + R"("guid":"abc","id":1})"));
  EXPECT_EQ(kinds(i), (Counts{{"not a GUID", 1}}));
  const std::string derived = i.programme.talks.at(0).guid;
  EXPECT_TRUE(is_uuid(derived));
  EXPECT_EQ(read(json_around(head + R"("guid":"abc","id":2})")).programme.talks.at(0).guid, derived) << "the same words give the same GUID";
  i = read(json_around(head + R"("id":7})"));
  EXPECT_EQ(kinds(i), (Counts{{"no guid", 1}}));
  EXPECT_EQ(i.programme.talks.at(0).guid, read(json_around(head + R"("id":7})")).programme.talks.at(0).guid);
  EXPECT_NE(i.programme.talks.at(0).guid, read(json_around(head + R"("id":8})")).programme.talks.at(0).guid);
  // Two sessions with one id: of one title, a talk of two slots (as pretalx writes them); of two titles, two talks.
  i = read(json_around(head + g + R"(,"id":1,"code":"ABC"},)" + head + h + R"(,"id":1,"code":"ABC"})"));
  EXPECT_EQ(talks_slots(i), std::pair(1UL, 2UL));
  EXPECT_EQ(kinds(i), (Counts{{"duplicate id", 1}}));
  i = read(json_around(head + g + R"(,"id":1},)" + other + h + R"(,"id":1})"));
  EXPECT_EQ(talks_slots(i), std::pair(2UL, 2UL));
  EXPECT_EQ(kinds(i), (Counts{{"duplicate id", 1}}));
  i = read(json_around(head + g + R"(,"id":1},)" + head + g + R"(,"id":2})"));
  EXPECT_EQ(talks_slots(i), std::pair(1UL, 2UL));
  EXPECT_EQ(kinds(i), (Counts{{"duplicate guid", 1}}));
  EXPECT_NE(i.programme.slots[0].guid, i.programme.slots[1].guid);
  i = read(json_around(head + g + R"(,"id":1},)" + other + g + R"(,"id":2})"));
  EXPECT_EQ(talks_slots(i), std::pair(2UL, 2UL));
  EXPECT_NE(i.programme.talks[0].guid, i.programme.talks[1].guid);
}

TEST(ReadSchedule, unknown_fields_are_kept_and_control_characters_are_not) {
  const Imported i = read(json_around(event(std::string(plain) + R"(,"colour":{"a":[1,null]},"abstract":"a\u0000b\r\nc")")));
  EXPECT_EQ(kinds(i), (Counts{{"unknown field", 1}, {"control character", 1}}));
  EXPECT_EQ(i.programme.talks.at(0).extra.at("colour"), R"({"a":[1,null]})");
  EXPECT_EQ(i.programme.talks.at(0).abstract, "ab\nc");
}

TEST(ReadSchedule, wrong_types_are_left_out_not_fatal) {
  const Imported i =
      read(json_around(event(std::string(plain) + R"(,"persons":{"a":1},"links":["https://example.org","x y"],"track":["A"],"do_not_record":"maybe")")));
  EXPECT_EQ(kinds(i), (Counts{{"unexpected type", 3}, {"not an address", 1}}));
  EXPECT_EQ(i.programme.talks.at(0).links.size(), 1U);
}

TEST(ReadSchedule, a_key_that_stands_twice_is_told) {
  EXPECT_EQ(kinds(read(json_around(event(std::string(plain) + R"(,"track":"A","track":"B")")))), (Counts{{"key twice", 1}}));
}

std::string xml_around(std::string_view conference, std::string_view days) {
  return "<?xml version='1.0' "
         "encoding='utf-8'?>\n<schedule>\n<version>Firefly</version>\n<conference><title>T</title><acronym>test</acronym><start>2027-05-04</start>"
         "<end>2027-05-05</end>" +
         std::string(conference) + "</conference>\n" + std::string(days) + "</schedule>";
}
Imported read_xml(const std::string& xml) {
  auto imported = read_schedule_xml(xml);
  EXPECT_TRUE(imported) << imported.error().message;
  return imported ? *std::move(imported) : Imported{};
}

TEST(ReadSchedule, xml_by_pgeu) {
  const Imported i = read_xml(
      xml_around("<baseurl>https://example.org/</baseurl><time_zone_name>Europe/Berlin</time_zone_name>",
                 "<day date='2027-05-04'>\n<room name='Hall'>\n<event id='7'><start>10:00</start><duration>00:45</duration><room>Hall</room><title>A</title>"
                 "<abstract/><url>https://example.org/s/7</url><track/><persons><person id='3'>Ada</person></persons></event></room></day>"));
  EXPECT_EQ(kinds(i), (Counts{{"baseurl", 1}, {"no date", 1}, {"no guid", 1}}));
  EXPECT_EQ(to_text(i.programme.slots.at(0).start), "2027-05-04T10:00");
  EXPECT_EQ(i.programme.conference.extra.at("base_url"), "\"https://example.org/\"");
  EXPECT_EQ(i.programme.talks.at(0).credits.at(0).name, "Ada");
  EXPECT_EQ(i.oddities.at(1).place, "line 7: event.date");
}

TEST(ReadSchedule, xml_by_pentabarf_with_day_change) {
  const Imported i = read_xml(
      xml_around("<day_change>09:00:00</day_change>",
                 "<day date='2027-05-04' index='1'><room name='Saal'><event id='1'><start>10:00</start><duration>01:00</duration><title>A</title></event>"
                 "<event id='2'><start>01:30</start><duration>01:00</duration><title>B</title></event></room></day>"));
  EXPECT_EQ(i.programme.conference.day_start_hour, 9);
  EXPECT_EQ(to_text(i.programme.slots.at(0).start), "2027-05-04T10:00");
  EXPECT_EQ(to_text(i.programme.slots.at(1).start), "2027-05-05T01:30");
  EXPECT_EQ(kinds(i), (Counts{{"no date", 2}, {"no guid", 2}, {"no time zone", 1}}));
}

TEST(ReadSchedule, xml_by_wafer_and_osem) {
  const Imported i = read_xml(xml_around(
      "<time_zone_name>Europe/Berlin</time_zone_name>",
      "<day index='1' date='2027-05-04'><room name='A'><event id='12' guid='0b6a8dbb-1111-4222-8333-444455556666'><date>2027-05-04T10:00:00+0200</date>"
      "<start>10:00</start><duration>0:30</duration><title>A</title><recording><license/><optout>no</optout></recording><conflicts/></event></room></day>"));
  EXPECT_EQ(kinds(i), (Counts{{"optout is neither true nor false", 1}, {"unknown field", 1}}));
  EXPECT_EQ(i.programme.slots.at(0).length, minutes{30});
}

TEST(ReadSchedule, xml_in_latin1_is_converted) {
  std::string xml = xml_around("<time_zone_name>UTC</time_zone_name>", "<day date='2027-05-04' index='1'/>");
  xml.replace(xml.find("utf-8"), 5, "iso-8859-1");
  xml.replace(xml.find("<title>T"), 8,
              "<title>Gr\xfc\xdf"
              "e");
  const Imported i = read_xml(xml);
  EXPECT_EQ(i.programme.conference.title.in("en"), "Grüße");
  EXPECT_EQ(kinds(i), (Counts{{"not UTF-8", 1}}));
}

TEST(ReadSchedule, schedule2_breaks_and_cancellations) {
  const auto i = read_schedule2_json(
      R"({"schedule":{"version":"2","conference":{"title":"T","acronym":"test","start":"2027-05-04T04:00:00+02:00","end":"2027-05-05T04:00:00+02:00","time_zone_name":"Europe/Berlin",
      "languages":["de","en"],"tracks":[{"name":"Web","slug":"web"}],"rooms":[{"name":"A","guid":"1b6a8dbb-1111-4222-8333-444455556666","description":{"de":"links","en":"left"}}],
      "days":[{"index":1,"date":"2027-05-04","start":"2027-05-04T04:00:00+02:00","end":"2027-05-05T04:00:00+02:00"}]},
      "events":[{"type":"BREAK","title":"Lunch","start":"2027-05-04T12:00:00+02:00","end":"2027-05-04T13:00:00+02:00","guid":"2b6a8dbb-1111-4222-8333-444455556666"},
      {"guid":"0b6a8dbb-1111-4222-8333-444455556666","type":"LIGHTNING_TALK","title":"A","subtitle":null,"start":"2027-05-04T10:00:00+02:00","end":"2027-05-04T10:30:00+02:00","state":"CANCELED",
      "room":{"guid":"1b6a8dbb-1111-4222-8333-444455556666"},"track":{"slug":"web"},"slug":"test-1-a","url":"https://example.org/a","language":"de","abstract":{"de":"kurz","en":"short"},
      "participants":[{"guid":"3b6a8dbb-1111-4222-8333-444455556666","name":"Ada","role":"MODERATOR"}],"links":[{"url":"https://example.org/f","type":"FEEDBACK"}]}]}})");
  ASSERT_TRUE(i) << i.error().message;
  EXPECT_EQ(kinds(*i), Counts{});
  const Programme& p = i->programme;
  ASSERT_EQ(p.slots.size(), 2U);
  EXPECT_EQ(std::tuple(p.slots[0].state, p.slots[1].kind, p.slots[1].title.in("de")), std::tuple(SlotState::cancelled, SlotKind::break_, "Lunch"));
  const Talk& talk = p.talks.at(0);
  EXPECT_EQ(std::tuple(talk.abstract, talk.feedback_url, talk.credits.at(0).role, p.type(talk.type)->name.in("de"), p.track(talk.track)->name.in("de")),
            std::tuple("kurz", "https://example.org/f", CreditRole::moderator, "Lightning talk", "Web"));
  EXPECT_EQ(p.rooms.at(0).description.in("en"), "left");
}

TEST(ReadSchedule, a_session_in_another_year_is_refused_though_the_days_named_are_good) {
  const auto with_start = [](std::string_view start) {
    return read_schedule2_json(
        R"({"schedule":{"version":"1","conference":{"acronym":"test","time_zone_name":"UTC","languages":["de"],"tracks":[],"rooms":[],
        "days":[{"index":1,"date":"2027-05-04","start":"2027-05-04T04:00:00Z","end":"2027-05-05T04:00:00Z"}]},
        "events":[{"type":"BREAK","title":"L","start":")" +
        std::string(start) + R"(","end":"2027-05-04T13:00:00Z"}]}})");
  };
  const auto good = with_start("2027-05-04T12:00:00Z");
  ASSERT_TRUE(good) << good.error().message;
  EXPECT_TRUE(read_schedule2_json(write_schedule2_json(good->programme, {})));
  EXPECT_EQ(with_start("2028-05-04T12:00:00Z").error().message,
            "The sessions reach from 2027-05-04 to 2028-05-04: an event lasts 60 days at most. Please look for a wrong year. (schedule.conference.end)");
  EXPECT_EQ(with_start("2026-05-04T12:00:00Z").error().message,
            "The sessions reach from 2026-05-04 to 2027-05-04: an event lasts 60 days at most. Please look for a wrong year. (schedule.conference.end)");
}

TEST(ReadSchedule, what_cannot_be_read_is_refused_in_a_sentence_with_its_place) {
  const auto json = [](std::string_view bytes) { return read_schedule_json(bytes).error().message; };
  const auto xml = [](std::string_view bytes) { return read_schedule_xml(bytes).error().message; };
  EXPECT_EQ(json(""), "The file is empty: it should hold a schedule.json. (line 1, column 1)");
  EXPECT_EQ(json("{\n \"schedule\": {"), "The file ends in the middle: it was cut off. (line 2, column 15)");
  EXPECT_EQ(json("{\n \"schedule\": oops}"), "The file is not JSON from here on. (line 2, column 14)");
  EXPECT_EQ(json("{\"schedule\":\"\xfc\"}"), "The file is not UTF-8: please save it as UTF-8. (line 1, column 14)");
  EXPECT_EQ(json(std::string("\xff\xfe{\0", 4)), "The file is UTF-16: please save it as UTF-8. (line 1, column 1)");
  EXPECT_EQ(json(std::string(100'000, '[')), "The file is nested deeper than 64 levels: that is not a schedule.json. (line 1, column 65)");
  EXPECT_EQ(json("[]"), "This is not a schedule.json: it has no “schedule” at its top. (line 1, column 1)");
  EXPECT_EQ(json(R"({"schedule":{}})"), "This is not a schedule.json: it has no conference. (schedule.conference)");
  EXPECT_EQ(json(R"({"schedule":{"conference":{}}})"), "This is not a schedule.json: its conference has no list of days. (schedule.conference.days)");
  EXPECT_EQ(json(R"({"schedule":{"conference":{},"events":[]}})"), "This is a schedule2, not a schedule.json: please import it as that. (schedule.events)");
  EXPECT_EQ(json(json_around(R"({"title":"T","id":1,"date":"2027-05-04T10:00:00","duration":"0:30"})", R"("time_zone_name":"Mars/Olympus",)")),
            "“Mars/Olympus” is not a time zone and the times have no offsets: name one such as Europe/Berlin. (schedule.conference.time_zone_name)");
  EXPECT_EQ(xml("<schedule>\n<conference>"), "The file ends in the middle: it was cut off, or is not XML. (line 2, column 12)");
  EXPECT_EQ(xml("<rss/>"), "This is not a schedule.xml: its root element is not “schedule”. (line 1)");
  EXPECT_EQ(xml("<schedule/>"), "This is not a schedule.xml: it has neither a conference nor days. (line 1)");
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  for (int i = 0; i < 100'000; ++i) deep += "</a>";
  EXPECT_EQ(xml("<schedule>" + deep + "</schedule>"), "The file is nested deeper than 64 levels: that is not a schedule.xml. (line 1)");
  EXPECT_EQ(read_schedule_json(std::string(65UL * 1024 * 1024, ' ') + "{}").error().message,
            "The file is larger than 64 MB: that is no schedule. (byte 67108864)");
}

TEST(ReadSchedule, a_real_file_cut_anywhere_is_refused) {
  CONFER_NEEDS_SHARED_DATA();
  const std::string whole = shared_schedule("pretalx-democon.json");
  const std::size_t end = whole.find_last_of('}');
  for (std::size_t length = 0; length < end; length += 997) {
    const auto cut = read_schedule_json(std::string_view(whole).substr(0, length));
    ASSERT_FALSE(cut) << length;
    EXPECT_EQ(cut.error().code, ErrorCode::invalid);
    EXPECT_FALSE(cut.error().where.empty()) << length;
  }
}

TEST(Detect, tells_the_formats_apart) {
  EXPECT_EQ(*detect("x", json_around("")), Format::schedule_json);
  EXPECT_EQ(*detect("x", R"({"schedule":{"conference":{"days":[]},"events":[]}})"), Format::schedule2_json);
  EXPECT_EQ(*detect("x", "<?xml version='1.0'?><schedule/>"), Format::schedule_xml);
  EXPECT_EQ(*detect("ev/category.json", R"({"title":"PyCon"})"), Format::pyvideo);
  EXPECT_EQ(*detect("talks.csv", "title\nA\n"), Format::csv);
  EXPECT_EQ(*detect("talks", "title;room\nA;B\n"), Format::csv);
  EXPECT_FALSE(detect("x", "<html></html>"));
  EXPECT_FALSE(detect("x", R"({"a":1})"));
  EXPECT_FALSE(detect("x", "hello"));
  EXPECT_FALSE(detect("x.csv", "\xff\xfe"));
}

TEST(Detect, xml_in_the_encoding_it_declares) {
  const std::string rest = "<schedule><conference><title>Caf\xe9 \x93x\x94</title></conference></schedule>";
  for (const std::string name : {"ISO-8859-1", "windows-1252"}) {
    const std::string file = "<?xml version=\"1.0\" encoding=\"" + name + "\"?>\n" + rest;
    ASSERT_TRUE(detect("x.xml", file)) << detect("x.xml", file).error().message;
    EXPECT_EQ(*detect("x.xml", file), Format::schedule_xml);
    EXPECT_EQ(read_schedule_xml(file)->programme.conference.title.in("en"), "Café “x”");
  }
  EXPECT_EQ(detect("x.xml", "<?xml version=\"1.0\"?>" + rest).error().message, "The file is not UTF-8: please save it as UTF-8. (line 1, column 54)");
}

}  // namespace
}  // namespace confer::programme
