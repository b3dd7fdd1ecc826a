// What changed between two programmes: one case a kind, and properties on invented ones.
#include "programme/difference.h"
#include <gtest/gtest.h>
#include "random_programme.h"

namespace confer::programme {
namespace {

WallTime at(std::string_view text) { return *parse_wall_time(text); }

Programme small() {
  Programme p;
  p.rooms = {{.code = "A"}, {.code = "B", .position = 1}, {.code = "H", .position = 2, .hidden = true}};
  p.talks = {{.code = "ONE", .title = "One"}, {.code = "TWO", .title = "Two"}};
  p.slots = {{.number = 1, .guid = "g1", .talk = "ONE", .room = "A", .start = at("2027-05-04T10:00"), .length = minutes{30}},
             {.number = 2, .guid = "g2", .talk = "TWO", .room = "A", .start = at("2027-05-04T11:00"), .length = minutes{30}}};
  return p;
}

/// The change of slot 1 from its place to `room` and `start`.
Change expected(ChangeKind kind, std::string room, std::string_view start, int length = 30) {
  return {kind, "ONE", "One", 1, "g1", "A", std::move(room), at("2027-05-04T10:00"), at(start), minutes{30}, minutes{length}, {}};
}

TEST(Difference, moved_retimed_cancelled_reinstated) {
  const Programme before = small();
  Programme after = before;
  after.slots[0].room = "B";
  EXPECT_EQ(difference(before, after), std::vector{expected(ChangeKind::moved, "B", "2027-05-04T10:00")});
  after.slots[0].start = at("2027-05-04T12:00");
  EXPECT_EQ(difference(before, after), std::vector{expected(ChangeKind::moved, "B", "2027-05-04T12:00")});
  after.slots[0].room = "A";
  EXPECT_EQ(difference(before, after), std::vector{expected(ChangeKind::retimed, "A", "2027-05-04T12:00")});
  after = before;
  after.slots[0].length = minutes{45};
  EXPECT_EQ(difference(before, after), std::vector{expected(ChangeKind::retimed, "A", "2027-05-04T10:00", 45)});
  after = before;
  after.slots[0].state = SlotState::cancelled;
  EXPECT_EQ(difference(before, after), std::vector{expected(ChangeKind::cancelled, "A", "2027-05-04T10:00")});
  EXPECT_EQ(difference(after, before), std::vector{expected(ChangeKind::reinstated, "A", "2027-05-04T10:00")});
  after = before;
  after.talks[0].state = TalkState::cancelled;
  EXPECT_EQ(difference(before, after), std::vector{expected(ChangeKind::cancelled, "A", "2027-05-04T10:00")});
}

TEST(Difference, added_and_removed) {
  const Programme after = small();
  Programme before = after;
  before.slots.erase(before.slots.begin());
  EXPECT_EQ(difference(before, after),
            (std::vector<Change>{{ChangeKind::added, "ONE", "One", 1, "g1", "", "A", {}, at("2027-05-04T10:00"), minutes{0}, minutes{30}, {}}}));
  EXPECT_EQ(difference(after, before),
            (std::vector<Change>{{ChangeKind::removed, "ONE", "One", 1, "g1", "A", "", at("2027-05-04T10:00"), {}, minutes{30}, minutes{0}, {}}}));
}

TEST(Difference, what_is_new_and_cancelled_already_is_no_change) {
  Programme after = small();
  const Programme before = Programme{.rooms = after.rooms, .talks = after.talks};
  after.slots[0].state = SlotState::cancelled;
  EXPECT_EQ(difference(before, after).size(), 1U);
  EXPECT_EQ(difference(before, after)[0].slot, 2);
}

TEST(Difference, rooms_and_tracks_that_changed_are_told_once_each) {
  Programme before = small();
  before.tracks = {{.code = "web", .name = {"en", "Web"}}};
  Programme after = before;
  after.rooms[0].name = {"en", "Hall 1"};
  after.rooms[0].capacity = 90;
  after.rooms[2].name = {"en", "nobody sees it"};
  after.tracks[0].color = "#112233";
  after.slots[0].start = at("2027-05-04T12:00");
  const auto changes = difference(before, after);
  ASSERT_EQ(changes.size(), 3U);
  EXPECT_EQ(changes[0].of, ChangeOf::room);
  EXPECT_EQ(changes[0].title, "Hall 1");
  EXPECT_EQ(changes[0].new_room, "A");
  EXPECT_EQ(changes[0].fields, (std::vector<std::string>{"name", "seats"}));
  EXPECT_EQ(changes[1].of, ChangeOf::track);
  EXPECT_EQ(changes[1].title, "Web");
  EXPECT_EQ(changes[1].fields, std::vector<std::string>{"colour"});
  EXPECT_EQ(changes[2], expected(ChangeKind::retimed, "A", "2027-05-04T12:00"));
  EXPECT_FALSE(concerns_attendees(changes[0]));
}

TEST(Difference, a_corrected_zone_moves_every_slot_to_another_instant) {
  Programme before = small();
  before.conference.zone = "Europe/Berlin";
  Programme after = before;
  after.conference.zone = "Europe/Paris";  // the same time all year
  EXPECT_EQ(difference(before, after), std::vector<Change>{});
  after.conference.zone = "Europe/Lisbon";
  const auto changes = difference(before, after);
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[0], expected(ChangeKind::retimed, "A", "2027-05-04T10:00"));
}

TEST(Difference, edits_name_their_fields_once_a_talk) {
  Programme before = small();
  before.slots[1].talk = "ONE";
  Programme after = before;
  after.talks[0].title = "Uno";
  after.talks[0].credits = {{.name = "Ada"}};
  after.talks[0].do_not_record = true;
  after.talks[0].do_not_stream = true;
  after.slots[0].note = "bring a laptop";
  after.slots[1].parts = {{.title = "p"}};
  const auto changes = difference(before, after);
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[0].kind, ChangeKind::edited);
  EXPECT_EQ(changes[0].title, "Uno");
  EXPECT_EQ(changes[0].fields, (std::vector<std::string>{"title", "speakers", "recording", "note"}));
  EXPECT_EQ(changes[1].fields, std::vector<std::string>{"parts"});
  EXPECT_FALSE(concerns_attendees(changes[0]));
}

TEST(Difference, what_is_private_comes_and_goes) {
  const Programme before = small();
  Programme after = before;
  after.slots.push_back({.number = 3, .guid = "g3", .kind = SlotKind::blocker, .room = "B", .title = {"en", "VIP"}});
  EXPECT_EQ(difference(before, after), std::vector<Change>{});
  after.slots[0].room = "H";
  const auto changes = difference(before, after);
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].kind, ChangeKind::removed);
  EXPECT_EQ(changes[0].new_room, "");
}

TEST(Difference, of_equal_programmes_is_empty) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const Programme p = testing::random_programme(seed);
    EXPECT_EQ(difference(p, p), std::vector<Change>{}) << seed;
  }
}

/// What was taken from `before` and put where the changes say is where `after` has it.
TEST(Difference, applied_to_the_first_gives_the_places_of_the_second) {
  using Place = std::tuple<std::string, WallTime, minutes, bool>;
  const auto places = [](const Programme& p) {
    std::map<std::string, Place> map;
    for (const Slot& slot : p.slots)
      if (is_public(p, slot)) map[slot.guid] = {slot.room, slot.start, slot.length, is_cancelled(p, slot)};
    return map;
  };
  int changes_seen = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const Programme before = testing::random_programme(seed);
    Programme after = before;
    testing::RandomProgramme random(seed + 1000);
    for (Slot& slot : after.slots) {
      if (random.chance(4)) slot.room = after.rooms.front().code;
      if (random.chance(4)) slot.start += minutes{random.number(-60, 60)};
      if (random.chance(6)) slot.length += minutes{5};
      if (random.chance(6)) slot.state = random.chance(2) ? SlotState::cancelled : SlotState::planned;
    }
    if (!after.slots.empty() && random.chance(2)) after.slots.erase(after.slots.begin());
    put_in_order(after);
    auto map = places(before);
    for (const Change& change : difference(before, after)) {
      ++changes_seen;
      Place& place = map[change.slot_guid];
      switch (change.kind) {
        case ChangeKind::removed:
          map.erase(change.slot_guid);
          break;
        case ChangeKind::edited:
          break;
        default:
          place = {change.new_room, change.new_start, change.new_length,
                   change.kind == ChangeKind::cancelled || (change.kind != ChangeKind::reinstated && std::get<3>(place))};
      }
    }
    // A cancelled session that only moved is not told as moved out of being cancelled.
    EXPECT_EQ(map, places(after)) << seed;
    const auto forth = difference(before, after);
    EXPECT_TRUE(std::ranges::is_sorted(forth, {}, [](const Change& c) { return c.kind == ChangeKind::removed ? c.old_start : c.new_start; })) << seed;
  }
  EXPECT_GT(changes_seen, 500);
}

}  // namespace
}  // namespace confer::programme
