// The timetable in plain text: what it looks like, and that no line is too wide for a terminal.
#include "base/text.h"
#include <gtest/gtest.h>
#include <string>
#include "programme/format.h"
#include "random_programme.h"

namespace confer::programme {
namespace {

TEST(Text, looks_like_a_timetable) {
  Programme p;
  p.version = "1.2";
  p.conference = {.title = {"en", "Test 2027"},
                  .zone = "Europe/Berlin",
                  .start = *parse_date("2027-05-04"),
                  .end = *parse_date("2027-05-05"),
                  .url = "https://conf.example.org/test-2027"};
  p.rooms = {{.code = "A", .name = {"en", "Aula"}}};
  p.tracks = {{.code = "W", .name = {"en", "Web"}}};
  p.talks = {
      {.code = "ONE", .title = "A talk with a title that is rather long and needs a second line", .credits = {{.name = "Ada"}, {.name = "Bob"}}, .track = "W"},
      {.code = "TWO", .title = "データ"}};
  p.slots = {{.number = 1,
              .guid = "a",
              .talk = "ONE",
              .room = "A",
              .start = *parse_wall_time("2027-05-04T10:00"),
              .parts = {{.title = "First part", .speakers = {"Cleo"}}}},
             {.number = 2, .guid = "b", .kind = SlotKind::break_, .start = *parse_wall_time("2027-05-04T10:30"), .title = {"en", "Coffee"}},
             {.number = 3,
              .guid = "c",
              .state = SlotState::cancelled,
              .talk = "TWO",
              .room = "A",
              .start = *parse_wall_time("2027-05-05T10:00"),
              .note = "The speaker is ill."}};
  EXPECT_EQ(write_text(p, "en", 60),
            "Test 2027\n"
            "=========\n"
            "Tuesday, 4 May 2027 – Wednesday, 5 May 2027\n"
            "Europe/Berlin · 1.2\n"
            "https://conf.example.org/test-2027\n"
            "\n"
            "Tuesday, 4 May 2027\n"
            "-------------------\n"
            "\n"
            "10:00–10:30  A talk with a title that is rather long and\n"
            "             needs a second line · Ada, Bob\n"
            "             Aula · Web\n"
            "             10:00  First part · Cleo\n"
            "\n"
            "10:30–11:00  Coffee\n"
            "\n"
            "Wednesday, 5 May 2027\n"
            "---------------------\n"
            "\n"
            "10:00–10:30  [cancelled] データ\n"
            "             Aula · The speaker is ill.\n");
}

TEST(Text, no_line_is_too_wide) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const std::string text = write_text(testing::random_programme(seed), "en", 80);
    EXPECT_TRUE(is_valid_utf8(text)) << seed;
    for (const std::string_view line : split(text, '\n')) {
      // Katakana begins with E3 82 or E3 83, the squirrel with F0: two columns each; its variation selector, EF B8 8F, has none.
      std::size_t columns = 0;
      for (std::size_t i = 0; i < line.size(); ++i) {
        const std::string_view rest = line.substr(i);
        columns += (static_cast<unsigned char>(line[i]) & 0xc0U) != 0x80;
        if (rest.starts_with("\xf0") || rest.starts_with("\xe3\x82") || rest.starts_with("\xe3\x83")) ++columns;
        if (rest.starts_with("\xef\xb8\x8f")) --columns;
      }
      EXPECT_LE(columns, 80U) << line;
    }
  }
}

}  // namespace
}  // namespace confer::programme
