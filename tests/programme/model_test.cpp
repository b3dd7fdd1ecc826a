// The programme as plain data: order, look-up, what is public, and storing it.
#include "programme/model.h"
#include <gtest/gtest.h>
#include "random_programme.h"

namespace confer::programme {
namespace {

TEST(Model, stored_and_read_back_is_the_same) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    Programme p = testing::random_programme(seed);
    p.released_at = instant_of_ms(1'800'000'000'123);
    p.conference.extra = {{"a.b", R"({"x":[1,"<"]})"}};
    if (!p.rooms.empty()) {
      p.rooms[0].open = {{*parse_wall_time("2027-05-04T08:00"), *parse_wall_time("2027-05-04T20:00")}};
      p.rooms[0].accessibility = "step-free";
      p.rooms[0].stream_url = "https://example.org/live";
    }
    const auto back = from_json(to_json(p));
    ASSERT_TRUE(back) << seed << ": " << back.error().message;
    EXPECT_EQ(*back, p) << seed;
    EXPECT_EQ(to_json(*back), to_json(p)) << seed;
  }
}

TEST(Model, every_cut_of_a_stored_programme_is_refused) {
  const std::string json = to_json(testing::random_programme(3));
  for (std::size_t length = 0; length < json.size(); length += 7) EXPECT_FALSE(from_json(std::string_view(json).substr(0, length))) << length;
}

TEST(Model, what_is_not_a_stored_programme_is_named) {
  const auto message = [](std::string_view json) { return from_json(json).error().message; };
  EXPECT_EQ(message("[]"), "This is not a stored programme:  is not an object.");
  EXPECT_EQ(message("{}"), "This programme was stored by a newer version of Confer.");
  EXPECT_EQ(message(R"({"layout":2})"), "This programme was stored by a newer version of Confer.");
  EXPECT_EQ(message(R"({"layout":1,"slots":[{},{"start":"noon"}]})"),
            "This is not a stored programme: slots[1].start is not a time of the form 2027-05-04T10:30.");
  EXPECT_EQ(message(R"({"layout":1,"talks":[{"state":9}]})"), "This is not a stored programme: talks[0].state is not a known value.");
  EXPECT_EQ(message(R"({"layout":1,"rooms":[{"capacity":99999999999}]})"), "This is not a stored programme: rooms[0].capacity is not a smaller number.");
}

TEST(Model, unknown_members_are_read_over) { EXPECT_EQ(from_json(R"({"layout":1,"version":"2","later":[1]})")->version, "2"); }

TEST(Model, order_does_not_depend_on_where_things_stood) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const Programme p = testing::random_programme(seed);
    Programme shuffled = p;
    std::mt19937_64 random(seed);
    std::ranges::shuffle(shuffled.rooms, random);
    std::ranges::shuffle(shuffled.tracks, random);
    std::ranges::shuffle(shuffled.talks, random);
    std::ranges::shuffle(shuffled.slots, random);
    put_in_order(shuffled);
    EXPECT_EQ(shuffled, p) << seed;
  }
}

TEST(Model, look_up_by_an_empty_code_finds_nothing) {
  Programme p;
  p.rooms.resize(1);
  p.talks.resize(1);
  EXPECT_EQ(p.room(""), nullptr);
  EXPECT_EQ(p.talk(""), nullptr);
}

TEST(Model, a_talk_is_found_whatever_the_order) {
  Programme p;
  for (const char* code : {"B", "D", "A", "C"}) p.talks.push_back({.code = code});
  for (const char* code : {"A", "B", "C", "D"}) EXPECT_EQ(p.talk(code)->code, code);
  EXPECT_EQ(p.talk("E"), nullptr);
  put_in_order(p);
  for (const char* code : {"A", "B", "C", "D"}) EXPECT_EQ(p.talk(code)->code, code);
  EXPECT_EQ(p.talk("E"), nullptr);
}

TEST(Model, blockers_hidden_rooms_and_drafts_are_not_public) {
  Programme p;
  p.rooms = {{.code = "A"}, {.code = "B", .hidden = true}};
  p.talks = {{.code = "T", .state = TalkState::accepted},
             {.code = "D", .state = TalkState::draft},
             {.code = "S", .state = TalkState::submitted},
             {.code = "C", .state = TalkState::cancelled}};
  EXPECT_TRUE(is_public(p, {.talk = "T", .room = "A"}));
  EXPECT_FALSE(is_public(p, {.talk = "T", .room = "B"}));
  EXPECT_FALSE(is_public(p, {.talk = "T", .room = "unknown"}));
  EXPECT_FALSE(is_public(p, {.talk = "D", .room = "A"}));
  EXPECT_FALSE(is_public(p, {.talk = "S", .room = "A"}));
  EXPECT_FALSE(is_public(p, {.talk = "unknown", .room = "A"}));
  EXPECT_FALSE(is_public(p, {.kind = SlotKind::blocker, .room = "A"}));
  EXPECT_TRUE(is_public(p, {.kind = SlotKind::break_}));
  EXPECT_TRUE(is_public(p, {.talk = "C", .room = "A"}));
  EXPECT_TRUE(is_cancelled(p, {.talk = "C", .room = "A"}));
  EXPECT_TRUE(is_cancelled(p, {.state = SlotState::cancelled, .talk = "T", .room = "A"}));
  EXPECT_FALSE(is_cancelled(p, {.state = SlotState::moved, .talk = "T", .room = "A"}));
}

}  // namespace
}  // namespace confer::programme
