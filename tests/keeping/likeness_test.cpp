// Names that may be one person's: a table of what is proposed and what is not, and what always holds.
#include "keeping/likeness.h"
#include <gtest/gtest.h>
#include <algorithm>
#include <optional>
#include <random>
#include <set>

namespace confer::keeping {
namespace {

std::optional<Likeness> proposed(const std::string& a, const std::string& b) {
  const std::vector<PrintedName> names{{SpeakerId{1}, a, 1}, {SpeakerId{2}, b, 1}};
  const auto pairs = likely_same(names);
  if (pairs.empty()) return std::nullopt;
  EXPECT_EQ(pairs.size(), 1U);
  return pairs.front().why;
}

TEST(Likeness, names_when_they_may_be_one_person_then_proposed_with_the_reason) {
  const struct {
    const char *a, *b;
    std::optional<Likeness> why;
  } cases[] = {
      {"René Dudfield", "Rene Dudfield", Likeness::spelling},
      {"guido van rossum", "Guido van Rossum", Likeness::spelling},
      {"Jean-Luc Picard", "Jean Luc Picard", Likeness::spelling},
      {"Sean O’Brien", "Sean O'Brien", Likeness::spelling},
      {"J.R. Smith", "J. R. Smith", Likeness::spelling},
      {"Łukasz Langa", "Lukasz Langa", Likeness::spelling},
      {"Ada Lovelace (she/her)", "Ada Lovelace", Likeness::addition},
      {"Ada Lovelace [Analytical Engines]", "Ada Lovelace", Likeness::addition},
      {"Dr. Ada Lovelace", "Ada Lovelace", Likeness::addition},
      {"Ada Lovelace, PhD", "Ada Lovelace", Likeness::addition},
      {"Lovelace, Ada", "Ada Lovelace", Likeness::order},
      {"J. Smith", "John Smith", Likeness::initials},
      {"Ada K. Lovelace", "Ada Lovelace", Likeness::initials},
      {"Ada K. Lovelace", "Ada King Lovelace", Likeness::initials},
      {"J. Smith", "Jane Q. Smith", Likeness::initials},
      {"John Smith", "Jane Smith", std::nullopt},
      {"J. Smith", "Karl Smith", std::nullopt},
      {"John A. Smith", "John B. Smith", std::nullopt},
      {"Ada King Lovelace", "Ada Lovelace", std::nullopt},
      {"Ada", "Ada Lovelace", std::nullopt},
      {"John Smith, Google", "John Smith, Mozilla", std::nullopt},
      {"Various speakers", "various Speakers", std::nullopt},
      {"TBA", "T.B.A.", std::nullopt},
      {"???", "-", std::nullopt},
      {"李 雷", "李雷", Likeness::spelling},
      {"李雷", "韩梅梅", std::nullopt},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(proposed(c.a, c.b), c.why) << c.a << " / " << c.b;
    EXPECT_EQ(proposed(c.b, c.a), c.why) << c.b << " / " << c.a;
  }
}

TEST(Likeness, nobody_when_printed_as_a_speaker_then_recognised) {
  for (const char* name : {"Various speakers", "various", "Various Artists", "Panel", "TBA", "tbd", "To be announced", "Unknown", "N/A", "???", "", "Speakers",
                           "Panel (moderated)"})
    EXPECT_TRUE(is_nobody(name)) << name;
  for (const char* name : {"Ada Lovelace", "Tba Panelo", "李雷", "Ян", "Al", "Norbert Various"}) EXPECT_FALSE(is_nobody(name)) << name;
}

TEST(Likeness, who_stays_when_proposed_then_the_one_with_more_talks_and_the_fuller_name) {
  const std::vector<PrintedName> names{{SpeakerId{1}, "J. Smith", 9},    {SpeakerId{2}, "John Smith", 2},  {SpeakerId{3}, "M. Curie", 1},
                                       {SpeakerId{4}, "Marie Curie", 1}, {SpeakerId{5}, "Bohr, Niels", 9}, {SpeakerId{6}, "Niels Bohr", 1}};
  EXPECT_EQ(likely_same(names), (std::vector<LikelyPair>{{SpeakerId{1}, SpeakerId{2}, Likeness::initials},
                                                         {SpeakerId{4}, SpeakerId{3}, Likeness::initials},
                                                         {SpeakerId{6}, SpeakerId{5}, Likeness::order}}));
}

TEST(Likeness, an_initial_when_it_fits_many_then_nothing_is_proposed) {
  std::vector<PrintedName> names{
      {SpeakerId{1}, "J. Smith", 1}, {SpeakerId{2}, "John Smith", 1}, {SpeakerId{3}, "Jane Smith", 1}, {SpeakerId{4}, "Jim Smith", 1}};
  EXPECT_EQ(likely_same(names).size(), 3U);
  names.push_back({SpeakerId{5}, "Joe Smith", 1});
  EXPECT_EQ(likely_same(names).size(), 0U);
}

/// Whatever the names and their order: each pair once, nobody with oneself, the same pairs.
TEST(Likeness, pairs_when_names_are_shuffled_then_the_same_and_each_once) {
  std::mt19937 random(7);
  const std::vector<std::string> firsts{"Ada", "A.", "Äda", "ADA", "Bo", "B", "Ada K.", ""},
      lasts{"Lovelace", "lovelace", "Love-lace", "O'Neil", "", "(x)", "李"};
  for (int round = 0; round < 200; ++round) {
    std::vector<PrintedName> names;
    const auto count = static_cast<std::int64_t>(random() % 14);
    for (std::int64_t i = 1; i <= count; ++i) {
      const auto& first = firsts[random() % firsts.size()];
      const auto& last = lasts[random() % lasts.size()];
      names.push_back({SpeakerId{i}, random() % 4 == 0 ? last + ", " + first : first + " " + last, static_cast<std::int64_t>(random() % 3)});
    }
    const auto pairs = likely_same(names);
    std::set<std::pair<std::int64_t, std::int64_t>> seen;
    for (const auto& pair : pairs) {
      ASSERT_NE(pair.stays, pair.goes);
      ASSERT_TRUE(seen.insert(std::minmax(pair.stays.value, pair.goes.value)).second);
    }
    std::ranges::shuffle(names, random);
    ASSERT_EQ(likely_same(names), pairs);
  }
}

}  // namespace
}  // namespace confer::keeping
