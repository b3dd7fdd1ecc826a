// One table a rule, and properties of all of them on invented programmes.
#include "programme/clashes.h"
#include <gtest/gtest.h>
#include <limits>
#include <set>
#include "base/random.h"
#include "base/text.h"
#include "random_programme.h"

namespace confer::programme {
namespace {

WallTime at(std::string_view text) { return *parse_wall_time(text); }

/// Two rooms, two talks by different people, on 4 May 2027 in Berlin.
Programme small() {
  Programme p;
  p.conference.zone = "Europe/Berlin";
  p.conference.start = *parse_date("2027-05-04");
  p.conference.end = *parse_date("2027-05-05");
  p.rooms = {{.code = "A", .name = {"en", "Aula"}}, {.code = "B", .name = {"en", "Bar"}, .position = 1}};
  p.talks = {{.code = "ONE", .title = "One", .credits = {{.name = "Ada", .person_code = "ADA"}}},
             {.code = "TWO", .title = "Two", .credits = {{.name = "Bob", .person_code = "BOB"}}}};
  p.slots = {{.number = 1, .guid = "g1", .talk = "ONE", .room = "A", .start = at("2027-05-04T10:00"), .length = minutes{30}},
             {.number = 2, .guid = "g2", .talk = "TWO", .room = "B", .start = at("2027-05-04T10:00"), .length = minutes{30}}};
  return p;
}

using Found = std::set<std::tuple<Rule, std::int64_t, std::int64_t, std::string>>;
Found found(const Programme& p, const Surroundings& around = {}, const RuleSettings& settings = {}) {
  Found set;
  for (const Clash& clash : find_clashes(p, settings, around)) set.emplace(clash.rule, clash.slot, clash.other, clash.talk);
  return set;
}

TEST(Clashes, a_good_draft_has_none) { EXPECT_EQ(found(small()), Found{}); }

TEST(Clashes, room_twice) {
  struct Row {
    const char* start;
    int length;
    bool clash;
  };
  for (const Row& row :
       {Row{"2027-05-04T09:30", 30, false}, Row{"2027-05-04T09:30", 31, true}, Row{"2027-05-04T10:29", 30, true}, Row{"2027-05-04T10:30", 30, false},
        Row{"2027-05-04T10:10", 5, true}, Row{"2027-05-04T09:00", 300, true}, Row{"2027-05-05T10:00", 30, false}}) {
    Programme p = small();
    p.slots[1].room = "A";
    p.slots[1].start = at(row.start);
    p.slots[1].length = minutes{row.length};
    RuleSettings settings;
    settings.change_over = minutes{0};
    const bool first = p.slots[1].start < p.slots[0].start;
    const Found expected = row.clash ? Found{{Rule::room_twice, first ? 2 : 1, first ? 1 : 2, first ? "TWO" : "ONE"}} : Found{};
    EXPECT_EQ(found(p, {}, settings), expected) << row.start << " " << row.length;
  }
}

TEST(Clashes, room_twice_names_both_sessions) {
  Programme p = small();
  p.slots[1].room = "A";
  p.slots[1].start = at("2027-05-04T10:15");
  const auto clashes = find_clashes(p, {});
  ASSERT_EQ(clashes.size(), 1U);
  EXPECT_EQ(clashes[0].message, "“Aula” has “One” (10:00–10:30) and “Two” (10:15–10:45) on Tue, 4 May.");
  EXPECT_EQ(clashes[0].severity, Severity::block_release);
}

TEST(Clashes, overlap_is_of_instants_in_the_night_when_clocks_change) {
  Programme p = small();
  p.conference.start = *parse_date("2027-10-30");
  p.conference.end = *parse_date("2027-10-31");
  p.slots[0].start = at("2027-10-31T01:30");  // 90 minutes until 02:00 winter time
  p.slots[0].length = minutes{90};
  p.slots[1].room = "A";
  p.slots[1].start = at("2027-10-31T03:00");
  EXPECT_EQ(found(p), Found{});
  p.slots[0].length = minutes{180};  // until 03:30 on the wall
  EXPECT_EQ(found(p), (Found{{Rule::room_twice, 1, 2, "ONE"}}));
}

TEST(Clashes, breaks_and_blockers_in_all_rooms_get_in_the_way_of_talks_only) {
  Programme p = small();
  p.slots.push_back({.number = 3, .kind = SlotKind::blocker, .start = at("2027-05-04T10:20"), .length = minutes{5}});
  p.slots.push_back({.number = 4, .kind = SlotKind::break_, .room = "A", .start = at("2027-05-04T10:20"), .length = minutes{5}});
  EXPECT_EQ(found(p), (Found{{Rule::room_twice, 1, 3, "ONE"}, {Rule::room_twice, 2, 3, "TWO"}, {Rule::room_twice, 1, 4, "ONE"}}));
}

TEST(Clashes, cancelled_sessions_take_up_nothing) {
  Programme p = small();
  p.slots[1].room = "A";
  p.slots[1].state = SlotState::cancelled;
  EXPECT_EQ(found(p), Found{});
  p.slots[1].state = SlotState::planned;
  p.talks[1].state = TalkState::cancelled;
  EXPECT_EQ(found(p), Found{});
}

TEST(Clashes, room_closed) {
  Programme p = small();
  p.rooms[0].open = {{at("2027-05-04T10:15"), at("2027-05-04T12:00")}, {at("2027-05-04T09:00"), at("2027-05-04T10:15")}};
  EXPECT_EQ(found(p), Found{});
  p.rooms[0].open[1].from = at("2027-05-04T10:01");
  EXPECT_EQ(found(p), (Found{{Rule::room_closed, 1, 0, "ONE"}}));
}

TEST(Clashes, speaker_twice_by_code_guid_or_name) {
  Programme p = small();
  p.talks[1].credits = {{.name = "A. Lovelace", .person_code = "ADA"}};
  EXPECT_EQ(found(p), (Found{{Rule::speaker_twice, 1, 2, "ONE"}}));
  p.talks[1].credits[0].role = CreditRole::author;
  EXPECT_EQ(found(p), Found{});
  p.talks[0].credits = {{.name = "Ada"}};
  p.talks[1].credits = {{.name = "Ada"}};
  EXPECT_EQ(found(p), (Found{{Rule::speaker_twice, 1, 2, "ONE"}}));
  p.talks[0].credits[0].person_guid = "a";
  p.talks[1].credits[0].person_guid = "b";
  EXPECT_EQ(found(p), Found{});
}

TEST(Clashes, a_name_alone_is_the_one_person_who_has_it) {
  Programme p = small();
  p.conference.guid = "6e1b5c7e-0000-4000-8000-000000000001";
  p.talks[1].credits = {{.name = "ada", .person_guid = name_uuid(p.conference.guid, "person:ada")}};
  EXPECT_EQ(found(p), (Found{{Rule::speaker_twice, 1, 2, "ONE"}}));
  Surroundings around;
  around.available["ADA"] = {{at("2027-05-05T09:00"), at("2027-05-05T10:30")}};
  EXPECT_EQ(found(p, around),
            (Found{{Rule::speaker_twice, 1, 2, "ONE"}, {Rule::speaker_not_available, 1, 0, "ONE"}, {Rule::speaker_not_available, 2, 0, "TWO"}}));
  // A GUID of their own, or two people of that name: nobody knows.
  p.talks[1].credits[0].person_guid = "own";
  EXPECT_EQ(found(p), Found{});
  p.talks[1].credits[0].person_guid.clear();
  p.talks.push_back({.code = "SUB", .title = "Submitted", .credits = {{.name = "Ada", .person_code = "OTHER"}}, .state = TalkState::submitted});
  EXPECT_EQ(found(p), Found{});
}

TEST(Clashes, a_name_alone_is_the_person_of_that_name_in_another_event) {
  const auto by = [](std::string_view guid, Credit credit) {
    Programme p = small();
    p.conference.guid = guid;
    if (credit.person_code.empty()) credit.person_guid = name_uuid(guid, "person:" + fold(credit.name));
    p.talks = {{.code = "ONE", .title = "One", .credits = {credit}}};
    p.slots.resize(1);
    return p;
  };
  const Credit person{.name = "Ada", .person_code = "ADA"}, namesake{.name = "Ada", .person_code = "OTHER"}, name{.name = "Ada"}, other{.name = "Bob"};
  struct Case {
    Credit here, there;
    bool twice;
  };
  for (const auto& [here, there, twice] : {Case{name, name, true}, Case{name, person, true}, Case{person, name, true}, Case{person, person, true},
                                           Case{person, namesake, false}, Case{person, other, false}, Case{name, other, false}})
    EXPECT_EQ(!found(by("6e1b5c7e-0000-4000-8000-000000000001", here), {.elsewhere = sessions_of(by("6e1b5c7e-0000-4000-8000-000000000002", there))}).empty(),
              twice)
        << here.person_code << " " << there.name << there.person_code;
}

TEST(Clashes, speaker_not_available) {
  const Programme p = small();
  Surroundings around;
  around.available["ADA"] = {{at("2027-05-04T09:00"), at("2027-05-04T10:30")}};
  EXPECT_EQ(found(p, around), Found{});
  around.available["ADA"][0].to = at("2027-05-04T10:29");
  EXPECT_EQ(found(p, around), (Found{{Rule::speaker_not_available, 1, 0, "ONE"}}));
  around.available["ADA"].clear();
  EXPECT_EQ(found(p, around), (Found{{Rule::speaker_not_available, 1, 0, "ONE"}}));
}

TEST(Clashes, change_over_too_short) {
  Programme p = small();
  p.slots[1].room = "A";
  for (const auto& [start, clash] : {std::pair{"2027-05-04T10:30", true}, {"2027-05-04T10:34", true}, {"2027-05-04T10:35", false}}) {
    p.slots[1].start = at(start);
    EXPECT_EQ(found(p), clash ? (Found{{Rule::change_over_too_short, 1, 2, "ONE"}}) : Found{}) << start;
  }
  p.slots[1].start = at("2027-05-04T10:30");
  p.slots[1].kind = SlotKind::break_;
  p.slots[1].talk.clear();
  p.talks.pop_back();
  EXPECT_EQ(found(p), Found{});
}

TEST(Clashes, capacity) {
  Programme p = small();
  p.rooms[0].capacity = 50;
  Surroundings around;
  around.interested = {{"ONE", 50}, {"TWO", 5000}};
  EXPECT_EQ(found(p, around), Found{});
  around.interested["ONE"] = 51;
  EXPECT_EQ(found(p, around), (Found{{Rule::capacity, 1, 0, "ONE"}}));
}

TEST(Clashes, unconfirmed) {
  for (const auto& [state, clash] : {std::pair{TalkState::draft, true},
                                     {TalkState::submitted, true},
                                     {TalkState::accepted, true},
                                     {TalkState::confirmed, false},
                                     {TalkState::archived, false}}) {
    Programme p = small();
    p.talks[0].state = state;
    EXPECT_EQ(found(p), clash ? (Found{{Rule::unconfirmed, 1, 0, "ONE"}}) : Found{}) << static_cast<int>(state);
  }
}

TEST(Clashes, no_track_only_where_there_are_tracks) {
  Programme p = small();
  p.tracks = {{.code = "T"}};
  p.talks[0].track = "T";
  EXPECT_EQ(found(p), (Found{{Rule::no_track, 2, 0, "TWO"}}));
}

TEST(Clashes, impossible_time) {
  Programme p = small();
  p.conference.start = *parse_date("2027-03-27");
  p.slots[0].start = at("2027-03-28T02:30");  // left out in Berlin
  EXPECT_EQ(found(p), (Found{{Rule::impossible_time, 1, 0, "ONE"}}));
  p.conference.end = *parse_date("2027-11-01");
  p.slots[0].start = at("2027-10-31T02:30");  // twice in Berlin
  EXPECT_EQ(found(p), (Found{{Rule::impossible_time, 1, 0, "ONE"}}));
  p = small();
  p.slots[0].length = minutes{0};
  EXPECT_EQ(found(p), (Found{{Rule::impossible_time, 1, 0, "ONE"}}));
  p = small();
  p.slots[0].parts = {{.title = "p", .offset = minutes{25}, .length = minutes{5}}};
  EXPECT_EQ(found(p), Found{});
  p.slots[0].parts[0].length = minutes{6};
  EXPECT_EQ(found(p), (Found{{Rule::impossible_time, 1, 0, "ONE"}}));
}

TEST(Clashes, outside_event_by_conference_days) {
  Programme p = small();
  for (const auto& [start, clash] :
       {std::pair{"2027-05-04T03:55", true}, {"2027-05-04T04:00", false}, {"2027-05-06T03:55", false}, {"2027-05-06T04:00", true}}) {
    p.slots[0].start = at(start);
    EXPECT_EQ(found(p), clash ? (Found{{Rule::outside_event, 1, 0, "ONE"}}) : Found{}) << start;
  }
}

TEST(Clashes, no_room_stops_a_release) {
  Programme p = small();
  p.slots[0].room.clear();
  const auto clashes = find_clashes(p, {});
  ASSERT_EQ(clashes.size(), 1U);
  EXPECT_EQ(clashes[0].rule, Rule::no_room);
  EXPECT_EQ(clashes[0].severity, Severity::block_release);
  EXPECT_EQ(clashes[0].message, "“One” has a time but no room (Tue, 4 May, 10:00–10:30).");
}

TEST(Clashes, what_a_summit_has_in_the_same_room_or_with_the_same_people) {
  Programme p = small();
  p.rooms[0].guid = "guid-a";
  Programme summit = small();
  summit.conference.slug = "summit";
  summit.conference.title = {"en", "The Summit"};
  summit.rooms[0].guid = "guid-a";
  summit.talks = {{.code = "S", .title = "Core", .credits = {{.name = "Cleo", .person_code = "CLEO"}}}};
  summit.slots = {{.number = 7, .guid = "g7", .talk = "S", .room = "A", .start = at("2027-05-04T10:15"), .length = minutes{30}}};
  const auto clashes = find_clashes(p, {}, {.elsewhere = sessions_of(summit)});
  ASSERT_EQ(clashes.size(), 1U);
  EXPECT_EQ(clashes[0].message, "“Aula” has “One” (10:00–10:30) and “Core” of The Summit (10:15–10:45) on Tue, 4 May.");
  EXPECT_EQ(clashes[0].other, 7);
  EXPECT_EQ(clashes[0].other_event, "summit");
  EXPECT_EQ(clashes_of(p, p.slots[0], {}, {.elsewhere = sessions_of(summit)}).size(), 1U);
  EXPECT_EQ(clashes_of(p, p.slots[1], {}, {.elsewhere = sessions_of(summit)}).size(), 0U);

  summit.slots[0].room = "B";  // a room of its own, by its GUID
  EXPECT_EQ(found(p, {.elsewhere = sessions_of(summit)}), Found{});
  summit.talks[0].credits = p.talks[1].credits;
  EXPECT_EQ(found(p, {.elsewhere = sessions_of(summit)}), (Found{{Rule::speaker_twice, 2, 7, "TWO"}}));
  summit.slots[0].start = at("2027-05-04T10:30");
  EXPECT_EQ(found(p, {.elsewhere = sessions_of(summit)}), Found{});
  summit.slots[0].start = at("2027-05-04T10:00");
  summit.slots[0].state = SlotState::cancelled;
  EXPECT_EQ(found(p, {.elsewhere = sessions_of(summit)}), Found{});
  summit.slots[0].state = SlotState::planned;
  summit.talks[0].state = TalkState::submitted;
  EXPECT_EQ(found(p, {.elsewhere = sessions_of(summit)}), Found{});
}

TEST(Clashes, not_placed) {
  Programme p = small();
  p.slots[0].room.clear();
  p.talks.push_back({.code = "NEW", .title = "New"});
  p.talks.push_back({.code = "SUB", .title = "Submitted", .state = TalkState::submitted});
  EXPECT_EQ(found(p), (Found{{Rule::no_room, 1, 0, "ONE"}, {Rule::not_placed, 0, 0, "NEW"}}));
}

TEST(Clashes, severities_are_the_organisers) {
  Programme p = small();
  p.slots[1].room = "A";
  RuleSettings settings;
  settings.severities[Rule::room_twice] = Severity::ignore;
  EXPECT_EQ(found(p, {}, settings), Found{});
  settings.severities[Rule::room_twice] = Severity::block_placing;
  EXPECT_EQ(find_clashes(p, settings).at(0).severity, Severity::block_placing);
}

TEST(Clashes, every_rule_has_its_names) {
  std::set<std::string_view> names, titles;
  for (const Rule rule : all_rules()) {
    names.insert(name_of(rule));
    titles.insert(title_of(rule));
  }
  EXPECT_EQ(all_rules().size(), 12U);
  EXPECT_EQ(names.size(), 12U);
  EXPECT_EQ(titles.size(), 12U);
}

TEST(Clashes, a_new_slot_is_told_what_it_meets) {
  const Programme p = small();
  const Slot fresh{.talk = "TWO", .room = "A", .start = at("2027-05-04T10:10"), .length = minutes{30}};
  const auto clashes = clashes_of(p, fresh, {});
  ASSERT_EQ(clashes.size(), 2U);
  EXPECT_EQ(std::tuple(clashes[0].rule, clashes[0].slot, clashes[0].other), std::tuple(Rule::room_twice, 1, 0));
  EXPECT_EQ(std::tuple(clashes[1].rule, clashes[1].slot, clashes[1].other), std::tuple(Rule::speaker_twice, 2, 0));
}

TEST(Clashes, of_one_slot_are_those_of_all_that_name_it) {
  int seen = 0;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const Programme p = testing::random_programme(seed);
    Surroundings around;
    around.interested = {{"TALKAA", 400}};
    around.available = {{"PERSO1", {{WallTime(p.conference.start), WallTime(p.conference.start) + minutes{600}}}}};
    const auto all = find_clashes(p, {}, around);
    EXPECT_TRUE(std::ranges::is_sorted(all, std::greater<>(), &Clash::severity)) << seed;
    for (const Slot& slot : p.slots) {
      auto expected = all;
      std::erase_if(expected, [&](const Clash& clash) { return clash.slot != slot.number && clash.other != slot.number; });
      EXPECT_EQ(clashes_of(p, slot, {}, around), expected) << seed << " slot " << slot.number;
      seen += static_cast<int>(expected.size());
    }
  }
  EXPECT_GT(seen, 1000);
}

/// The same question asked the slow way, minute by minute.
TEST(Clashes, room_twice_agrees_with_counting_minutes) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    Programme p = testing::random_programme(seed);
    std::erase_if(p.slots, [](const Slot& slot) { return slot.room.empty(); });
    const Zone zone = *Zone::find(p.conference.zone);
    std::set<std::pair<std::int64_t, std::int64_t>> expected, got;
    for (const Slot& a : p.slots)
      for (const Slot& b : p.slots) {
        if (a.number == b.number || a.room != b.room || is_cancelled(p, a) || is_cancelled(p, b)) continue;
        const Instant from = zone.to_instant_lenient(a.start), other = zone.to_instant_lenient(b.start);
        if (other >= from && other < from + a.length) expected.insert(std::minmax(a.number, b.number));
      }
    for (const Clash& clash : find_clashes(p, {}))
      if (clash.rule == Rule::room_twice) got.insert(std::minmax(clash.slot, clash.other));
    EXPECT_EQ(got, expected) << seed;
  }
}

}  // namespace
}  // namespace confer::programme
