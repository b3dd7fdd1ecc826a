// The readers of the field, each as small as its hard requirements: what makes them drop a session or give up (formats of c3voc, by their parsers).
#include <gtest/gtest.h>
#include <cctype>
#include <map>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <regex>
#include <set>
#include <stdexcept>
#include <string>
#include "base/time.h"
#include "programme/format.h"
#include "random_programme.h"

namespace confer::programme {
namespace {

const Generator generator{.version = "1.0", .url = "https://conf.example.org"};

std::string xml_of(std::uint64_t seed) { return write_schedule_xml(testing::random_programme(seed), generator); }

/// Like a parser that calls `.text` on a node that may be missing.
std::string must(const pugi::xml_node& node, const char* name) {
  if (!node.child(name)) throw std::runtime_error(std::string("no element ") + name);
  return node.child(name).text().as_string();
}
std::string must_attribute(const pugi::xml_node& node, const char* name) {
  if (!node.attribute(name)) throw std::runtime_error(std::string("no attribute ") + name);
  return node.attribute(name).value();
}

template <class Visit>
int each_event(const std::string& xml, Visit visit) {
  pugi::xml_document document;
  EXPECT_TRUE(document.load_string(xml.c_str()));
  int count = 0;
  for (const auto& day : document.child("schedule").children("day"))
    for (const auto& room : day.children("room"))
      for (const auto& event : room.children("event")) {
        visit(day, room, event);
        ++count;
      }
  return count;
}

template <class Check>
void for_all(Check check) {
  int events = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const std::string xml = xml_of(seed);
    try {
      events += check(xml);
    } catch (const std::exception& e) {
      ADD_FAILURE() << "seed " << seed << ": " << e.what();
    }
  }
  EXPECT_GT(events, 1500);
}

TEST(Consumers, giggity) {
  for_all([](const std::string& xml) {
    const std::string head = xml.substr(0, 1024);
    EXPECT_NE(head.find("<schedule"), std::string::npos);
    EXPECT_NE(head.find("<conference"), std::string::npos);
    std::set<std::string> ids;
    return each_event(xml, [&](const auto& day, const auto&, const auto& event) {
      EXPECT_TRUE(parse_date(must_attribute(day, "date")));
      const std::string id = event.attribute("guid") ? event.attribute("guid").value() : must_attribute(event, "id");
      EXPECT_TRUE(ids.insert(id).second) << "a second " << id << " hides the first";
      must(event, "title");
      EXPECT_TRUE(parse_offset_time(must(event, "date")).value().offset);
      // "H:mm[:ss]": a day in front would be read as hours.
      EXPECT_TRUE(std::regex_match(must(event, "duration"), std::regex("\\d{1,2}:\\d\\d"))) << must(event, "duration");
    });
  });
}

TEST(Consumers, event_fahrplan) {
  for_all([](const std::string& xml) {
    EXPECT_NE(xml.find("</schedule>"), std::string::npos);
    std::set<std::string> ids;
    return each_event(xml, [&](const auto& day, const auto& room, const auto& event) {
      EXPECT_GT(std::stoi(must_attribute(day, "index")), 0);
      EXPECT_TRUE(parse_instant(must_attribute(day, "end")));
      must_attribute(room, "name");
      const std::string id = must_attribute(event, "id");
      EXPECT_TRUE(ids.insert(id).second) << "a second " << id << " hides the first";
      EXPECT_LE(std::stoll(id), 2147483647LL);
      EXPECT_TRUE(parse_instant(must(event, "date")));
      for (const char* name : {"title", "subtitle", "slug", "track", "type", "language", "abstract", "description", "start", "duration", "recording"})
        must(event, name);
    });
  });
}

TEST(Consumers, voc_tracker) {
  for_all([](const std::string& xml) {
    std::set<int> ids;
    return each_event(xml, [&](const auto&, const auto& room, const auto& event) {
      EXPECT_TRUE(ids.insert(std::stoi(must_attribute(event, "id"))).second);
      must(event, "title");
      EXPECT_TRUE(parse_instant(must(event, "date")));
      EXPECT_EQ(must(event, "room"), must_attribute(room, "name"));
      const std::string optout = must(event.child("recording"), "optout");
      EXPECT_TRUE(optout == "true" || optout == "false") << optout;
    });
  });
}

TEST(Consumers, voctoweb) {
  for_all([](const std::string& xml) {
    std::set<std::string> guids;
    return each_event(xml, [&](const auto& day, const auto&, const auto& event) {
      EXPECT_TRUE(guids.insert(must_attribute(event, "guid")).second);
      for (const char* name : {"title", "track", "subtitle", "slug", "persons", "date", "start"}) must(event, name);
      if (must(event, "abstract").empty()) must(event, "description");
      EXPECT_TRUE(parse_wall_time(must_attribute(day, "date") + " " + must(event, "start")));
    });
  });
}

TEST(Consumers, engelsystem) {
  for_all([](const std::string& xml) {
    return each_event(xml, [&](const auto& day, const auto&, const auto& event) {
      for (const char* name : {"start", "end", "date", "index"}) must_attribute(day, name);
      must(event.child("recording"), "optout");
      const Instant from = parse_instant(must(event, "date")).value(), day_from = parse_instant(must_attribute(day, "start")).value();
      EXPECT_GE(from, day_from);
      EXPECT_LT(from, parse_instant(must_attribute(day, "end")).value());
    });
  });
}

TEST(Consumers, sreview) {
  for_all([](const std::string& xml) {
    std::set<std::string> slugs;
    return each_event(xml, [&](const auto&, const auto&, const auto& event) {
      EXPECT_TRUE(slugs.insert(must(event, "slug")).second);
      for (const char* name : {"start", "duration"}) EXPECT_TRUE(std::regex_match(must(event, name), std::regex("\\d\\d:\\d\\d"))) << must(event, name);
      must(event, "persons");
    });
  });
}

/// schedule.json for the hub and the info beamer: times that agree, rooms that are declared, no two ids.
TEST(Consumers, json_is_of_one_piece) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const Programme p = testing::random_programme(seed);
    const auto json = nlohmann::json::parse(write_schedule_json(p, generator));
    const auto& conference = json["schedule"]["conference"];
    EXPECT_EQ(conference["daysCount"], conference["days"].size());
    std::set<std::string> rooms, guids;
    std::set<std::int64_t> ids;
    for (const auto& room : conference["rooms"]) EXPECT_TRUE(rooms.insert(room["name"]).second);
    int index = 0;
    for (const auto& day : conference["days"]) {
      EXPECT_EQ(day["index"], ++index);
      for (const auto& [name, events] : day["rooms"].items())
        for (const auto& event : events) {
          EXPECT_TRUE(rooms.contains(name));
          EXPECT_EQ(event["room"], name);
          EXPECT_TRUE(ids.insert(event["id"].get<std::int64_t>()).second);
          EXPECT_TRUE(guids.insert(event["guid"].get<std::string>()).second);
          EXPECT_EQ(event["date"].get<std::string>().substr(11, 5), event["start"].get<std::string>());
          const auto from = *parse_instant(event["date"].get<std::string>()), to = *parse_instant(event["end"].get<std::string>());
          EXPECT_LT(to - from, std::chrono::hours{24});
          for (const auto& person : event["persons"]) EXPECT_TRUE(person.contains("name") && !person.contains("id"));
        }
    }
  }
}

/// Nothing private is in any export, in any words.
TEST(Consumers, nothing_private_gets_out) {
  Programme p;
  p.conference = {.slug = "secret-2027",
                  .title = {"en", "Open"},
                  .start = *parse_date("2027-05-04"),
                  .end = *parse_date("2027-05-04"),
                  .url = "https://conf.example.org/x"};
  p.rooms = {{.code = "A", .name = {"en", "Aula"}}, {.code = "H", .name = {"en", "CANARY room"}, .position = 1, .hidden = true}};
  p.talks = {{.code = "AAAAAA", .title = "Seen"},
             {.code = "BBBBBB", .title = "CANARY draft", .links = {{"https://www.youtube.com/watch?v=CANARY", "", LinkKind::media}}, .state = TalkState::draft},
             {.code = "CCCCCC", .title = "CANARY submitted", .state = TalkState::submitted},
             {.code = "DDDDDD", .title = "CANARY hidden"}};
  const WallTime ten = *parse_wall_time("2027-05-04T10:00");
  p.slots = {{.number = 1, .guid = "g1", .talk = "AAAAAA", .room = "A", .start = ten},
             {.number = 2, .guid = "g2", .talk = "BBBBBB", .room = "A", .start = ten},
             {.number = 3, .guid = "g3", .talk = "CCCCCC", .room = "A", .start = ten},
             {.number = 4, .guid = "g4", .talk = "DDDDDD", .room = "H", .start = ten},
             {.number = 5, .guid = "g5", .kind = SlotKind::blocker, .room = "A", .start = ten, .title = {"en", "CANARY blocker"}},
             {.number = 6, .guid = "g6", .kind = SlotKind::break_, .room = "H", .start = ten, .title = {"en", "CANARY break"}}};
  std::vector<std::string> files{write_schedule_json(p, generator),
                                 write_schedule2_json(p, generator),
                                 write_schedule_xml(p, generator),
                                 write_csv(p),
                                 write_text(p, "en"),
                                 write_ical(p, {}, {})};
  for (const auto& file : write_pyvideo(p)) files.push_back(file.path + file.bytes);
  for (const std::string& file : files) EXPECT_EQ(file.find("CANARY"), std::string::npos) << file;
  for (std::size_t i = 0; i < 6; ++i) EXPECT_NE(files[i].find("Seen"), std::string::npos) << files[i];
}

}  // namespace
}  // namespace confer::programme
