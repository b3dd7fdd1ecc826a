// Patterns, and the names that recorders give.
#include "footage/names.h"
#include <gtest/gtest.h>
#include "base/time.h"
#include "support/property.h"

namespace confer::footage {
namespace {

std::string shown(const std::optional<NamedTime>& told) {
  if (!told) return "nothing";
  const auto minute = std::chrono::floor<minutes>(told->wall);
  return to_text(minute) + " " + std::to_string((told->wall - minute).count()) + (told->is_utc ? " UTC" : "") +
         (told->room.empty() ? "" : " room " + told->room) + (told->stream.empty() ? "" : " stream " + told->stream);
}

TEST(Names, of_recorders_when_read_then_time_and_room) {
  const std::vector<std::pair<const char*, const char*>> rows{{"/video/saal1-2027-05-04_10-30-05.ts", "2027-05-04T10:30 5 room saal1"},
                                                              {"saal-clarke-2027-05-04_10-30-05-002.ts", "2027-05-04T10:30 5 room saal-clarke"},
                                                              {"/v/hall/2027-05-04/10_30_05.dv", "2027-05-04T10:30 5 room hall"},
                                                              {"/v/hall/2027-05-04/10_30_05-1.mkv", "2027-05-04T10:30 5 room hall"},
                                                              {"/obs/2027-05-04 10-30-05.mkv", "2027-05-04T10:30 5"},
                                                              {"/obs/2027-05-04 10-30-05 (2).mkv", "2027-05-04T10:30 5"},
                                                              {"GMT20120309-103000_Recording_1920x1080.mp4", "2012-03-09T10:30 0 UTC"},
                                                              {"/srv/aula/2027-05-04/10:30:05.mkv", "2027-05-04T10:30 5 room aula"},
                                                              {"REC_20270504_103005.mp4", "2027-05-04T10:30 5"},
                                                              {"cam2-20270504T103005Z.mov", "2027-05-04T10:30 5 UTC"},
                                                              {"2027-05-04T10:30:05.ts", "2027-05-04T10:30 5"},
                                                              {"/2027-05-04 10-30-05/talk.mkv", "nothing"},
                                                              {"talk.mkv", "nothing"},
                                                              {"saal1-2027-13-04_10-30-05.ts", "nothing"},
                                                              {"saal1-2027-02-30_10-30-05.ts", "nothing"},
                                                              {"saal1-2027-05-04_24-30-05.ts", "nothing"},
                                                              {"", "nothing"}};
  for (const auto& [name, told] : rows) EXPECT_EQ(shown(time_in_name(name, usual_patterns())), told) << name;
  EXPECT_EQ(usual_patterns().size(), 14U);
}

TEST(Names, of_own_pattern_when_it_fits_then_alone) {
  const auto patterns =
      patterns_of_lines("{stream}_{room}_{day}.{month}.{year}_{hour}h{minute}.mp4\n\n  {year}{month}{day}{hour}{minute}{second}{utc}.ts  ").value();
  EXPECT_EQ(shown(time_in_name("/x/slides_Hall_A_04.05.2027_10h30.mp4", patterns)), "2027-05-04T10:30 0 room Hall_A stream slides");
  EXPECT_EQ(shown(time_in_name("/x/20270504103005Z.ts", patterns)), "2027-05-04T10:30 5 UTC");
  EXPECT_EQ(shown(time_in_name("/x/saal1-2027-05-04_10-30-05.ts", patterns)), "nothing");
}

TEST(Names, pattern_when_wrong_then_a_sentence_with_its_place) {
  const std::vector<std::pair<const char*, const char*>> rows{
      {"{year}-{mont}", "“{year}-{mont}”, character 8: there is no {mont}; there are year, month, day, hour, minute, second, room, stream and utc."},
      {"{year}{year}", "“{year}{year}”, character 7: {year} stands there twice."},
      {"a{year", "“a{year”, character 2: the { has no }."},
      {"a}b", "“a}b”, character 2: there is a } without its {."},
      {"{year}{month}{day}", "“{year}{month}{day}” has no {hour}: a pattern tells year, month, day, hour and minute."}};
  for (const auto& [text, sentence] : rows) {
    const auto made = NamePattern::parse(text);
    ASSERT_FALSE(made) << text;
    EXPECT_EQ(made.error().message, sentence);
  }
  EXPECT_EQ(patterns_of_lines("\n{year}").error().message.substr(0, 7), "Line 2:");
  EXPECT_FALSE(NamePattern::parse(std::string(301, 'x')));
}

TEST(Names, pattern_with_many_stars_when_nothing_fits_then_soon_done) {
  // Without memory of what was tried this takes longer than the universe has.
  const auto pattern = NamePattern::parse("*a*a*a*a*a*a*a*a*a*a*a*a*{room}a*{stream}a{year}{month}{day}{hour}{minute}b").value();
  EXPECT_EQ(shown(time_in_name(std::string(500, 'a') + "202705041030c", {pattern})), "nothing");
}

TEST(Names, any_time_when_written_by_a_pattern_then_read_back) {
  test::for_random_cases(300, [](test::Random& random) {
    const auto day = std::chrono::local_days{std::chrono::year{2000} / 1 / 1} + std::chrono::days{random.between(0, 20000)};
    const std::chrono::year_month_day date{day};
    const auto h = random.between(0, 23), m = random.between(0, 59), s = random.between(0, 59);
    const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    std::string text, name;
    std::vector<std::pair<std::string, std::string>> fields{{"{year}", std::to_string(int(date.year()))},
                                                            {"{month}", two(unsigned(date.month()))},
                                                            {"{day}", two(unsigned(date.day()))},
                                                            {"{hour}", two(h)},
                                                            {"{minute}", two(m)},
                                                            {"{second}", two(s)}};
    while (!fields.empty()) {
      const auto at = static_cast<std::size_t>(random.between(0, std::int64_t(fields.size()) - 1));
      static const std::vector<std::string> between{"", "-", "_", " ", "x9", ":"};
      const auto& literal = random.pick(between);
      text += fields[at].first + literal;
      name += fields[at].second + literal;
      fields.erase(fields.begin() + std::ptrdiff_t(at));
    }
    const auto told = time_in_name("/some/folder/" + name + ".ts", {NamePattern::parse(text + "*").value()});
    ASSERT_TRUE(told) << text << " " << name;
    EXPECT_EQ(told->wall, day + std::chrono::hours{h} + minutes{m} + std::chrono::seconds{s});
    (void)time_in_name(random.text(80), usual_patterns());  // whatever it is called, it is read without harm
  });
}

}  // namespace
}  // namespace confer::footage
