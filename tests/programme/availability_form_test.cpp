// When a speaker is there: what is stored and what the form shows mean the same.
#include <gtest/gtest.h>
#include "events/organiser_form.h"
#include "programme/organiser_availability_form.h"

namespace confer::programme {
namespace {

WallTime at(std::string_view text) { return parse_wall_time(text).value(); }
const std::vector<Date> days{parse_date("2027-05-04").value(), parse_date("2027-05-05").value()};

http::Fields form_of(const std::vector<std::pair<std::string, std::string>>& fields) {
  http::Fields form;
  for (const auto& [name, value] : fields) form.add(name, value);
  return form;
}

struct Case {
  std::vector<std::pair<std::string, std::string>> fields;
  std::vector<OpeningWindow> windows;
  std::string words;
};

TEST(AvailabilityForm, fields_when_read_then_windows_and_back) {
  const Case cases[] = {
      {{}, {}, "always"},
      {{{"away_2027-05-04", "1"}}, {{at("2027-05-05T04:00"), at("2027-05-06T04:00")}}, "not Tue, 4 May"},
      {{{"from_2027-05-04", "14:00"}}, {{at("2027-05-04T14:00"), at("2027-05-06T04:00")}}, "Tue, 4 May from 14:00"},
      {{{"until_2027-05-05", "01:30"}}, {{at("2027-05-04T04:00"), at("2027-05-06T01:30")}}, "Wed, 5 May until 01:30"},
      {{{"away_2027-05-05", "1"}, {"gaps", "2027-05-04 12:00–13:00\n"}},
       {{at("2027-05-04T04:00"), at("2027-05-04T12:00")}, {at("2027-05-04T13:00"), at("2027-05-05T04:00")}},
       "not Wed, 5 May; away Tue, 4 May 12:00–13:00"},
      {{{"away_2027-05-04", "1"}, {"away_2027-05-05", "1"}}, {{at("2027-05-04T03:59"), at("2027-05-04T04:00")}}, "never"},
  };
  for (const auto& c : cases) {
    const auto windows = windows_in_form(form_of(c.fields), days, 4);
    ASSERT_TRUE(windows) << c.words;
    EXPECT_EQ(*windows, c.windows) << c.words;
    const auto there = days_there(*windows, days, 4);
    EXPECT_EQ(in_words(there), c.words);
    std::vector<std::pair<std::string, std::string>> again{{"gaps", gaps_to_lines(there.gaps)}};
    for (const auto& day : there.days) {
      if (day.away) again.emplace_back("away_" + to_text(day.day), "1");
      again.emplace_back("from_" + to_text(day.day), day.from);
      again.emplace_back("until_" + to_text(day.day), day.until);
    }
    EXPECT_EQ(windows_in_form(form_of(again), days, 4).value(), c.windows) << c.words;
  }
}

TEST(AvailabilityForm, day_when_taken_off_or_alone_then_the_rest_stays) {
  const auto away = [](std::vector<OpeningWindow> windows, std::size_t day) {
    return in_words(days_there(windows_away_on(windows, days[day], days, 4), days, 4));
  };
  EXPECT_EQ(away({}, 0), "not Tue, 4 May");
  EXPECT_EQ(away({{at("2027-05-04T14:00"), at("2027-05-06T04:00")}}, 1), "Tue, 4 May from 14:00; not Wed, 5 May");
  EXPECT_EQ(away(windows_away_on({}, days[0], days, 4), 1), "never");
  EXPECT_EQ(away(windows_away_on({}, days[0], days, 4), 0), "not Tue, 4 May");
  EXPECT_EQ(in_words(days_there(windows_only_on(days[1], days, 4), days, 4)), "not Tue, 4 May");
  EXPECT_TRUE(windows_only_on(days[0], {days[0]}, 4).empty());
}

TEST(AvailabilityForm, line_when_written_in_several_ways_then_the_same_window) {
  const std::pair afternoon{at("2027-05-04T14:00"), at("2027-05-04T18:30")};
  for (const auto* line : {"2027-05-04 14:00–18:30", "2027-05-04 14:00-18:30", " 2027-05-04  14:00 18:30", "2027-05-04T14:00 2027-05-04T18:30"}) {
    const auto read = events::window_of_line(line);
    ASSERT_TRUE(read) << line;
    EXPECT_EQ(*read, afternoon) << line;
  }
  EXPECT_EQ(events::window_of_line("2027-05-04 22:00–02:00").value().second, at("2027-05-05T02:00"));
  EXPECT_EQ(events::window_to_line(at("2027-05-04T22:00"), at("2027-05-05T02:00")), "2027-05-04 22:00 2027-05-05 02:00");
  for (const auto* line : {"2027-05-04", "soon", "2027-05-04 14:00", "14:00–18:30", "2027-05-04 25:00–26:00"})
    EXPECT_FALSE(events::window_of_line(line)) << line;
}

TEST(AvailabilityForm, fields_when_wrong_then_each_problem_at_its_field) {
  const auto refused =
      windows_in_form(form_of({{"from_2027-05-04", "15:00"}, {"until_2027-05-04", "14:00"}, {"from_2027-05-05", "noon"}, {"gaps", "12:00"}}), days, 4);
  ASSERT_FALSE(refused);
  std::vector<std::string> fields;
  for (const auto& problem : refused.error().problems) fields.push_back(problem.field);
  EXPECT_EQ(fields, (std::vector<std::string>{"until_2027-05-04", "from_2027-05-05", "gaps"}));
}

}  // namespace
}  // namespace confer::programme
