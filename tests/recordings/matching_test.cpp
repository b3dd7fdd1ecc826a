// Which video is which talk's: examples, and what holds for any talks and videos.
#include "recordings/matching.h"
#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include "recordings/assignment.h"
#include "support/database.h"
#include "support/property.h"

namespace confer::recordings {
namespace {

const std::vector<TalkToMatch>& talks() {
  static const std::vector<TalkToMatch> all{
      {.title = "Looms that count: punched cards before computers", .speakers = {"Ada Lovelace"}, .keys = {"QX7T9M"}},
      {.title = "Finding bugs before your users do", .speakers = {"Grace Hopper"}},
      {.title = "Testing", .speakers = {"Kathleen Booth"}},
      {.title = "Testing asynchronous services with fakes", .speakers = {"Mary Keller", "Jean Bartik"}},
      {.title = "Lightning talks", .speakers = {}},
      {.title = "Knots, part 1", .speakers = {"Radia Perlman"}},
      {.title = "Knots, part 2", .speakers = {"Radia Perlman"}},
      {.title = "Straßennamen in München", .speakers = {"José Übel"}},
  };
  return all;
}

/// The title of the talk that one video gets among all the others.
std::string talk_for(VideoToMatch video) {
  const std::vector<VideoToMatch> videos{std::move(video)};
  const auto found = match_videos(talks(), videos, "LoomCon 2012 loomcon");
  return found[0].talk ? talks()[*found[0].talk].title : "";
}
std::string talk_titled(std::string title) { return talk_for({.title = std::move(title), .url = "https://www.youtube.com/watch?v=gznPQpZH1Yc"}); }

TEST(Matching, titles_as_channels_write_them) {
  EXPECT_EQ(talk_titled("LoomCon 2012 - Looms that count: punched cards before computers"), talks()[0].title);
  EXPECT_EQ(talk_titled("Ada Lovelace: Looms that count: punched cards befo"), talks()[0].title);
  EXPECT_EQ(talk_titled("014 🧶 LOOMS THAT COUNT [HD] #LoomCon"), talks()[0].title);
  EXPECT_EQ(talk_titled("Finding bgus before your user do | Hopper"), talks()[1].title);
  EXPECT_EQ(talk_titled("Kathleen Booth - Testing - LoomCon 2012"), talks()[2].title);
  EXPECT_EQ(talk_titled("Jean Bartik & Mary Keller — Testing asynchronous services"), talks()[3].title);
  EXPECT_EQ(talk_titled("Knots (Part 2) Radia Perlman"), talks()[6].title);
  EXPECT_EQ(talk_titled("Strassennamen in Munchen"), talks()[7].title);
  EXPECT_EQ(talk_titled("A day in the life of a squirrel"), "");
  EXPECT_EQ(talk_titled("LoomCon 2012"), "");
}

TEST(Matching, an_address_alone_tells_by_its_words_and_codes) {
  EXPECT_EQ(talk_for({.url = "https://example.org/v/finding-bugs-before-your-users-do.mp4"}), talks()[1].title);
  EXPECT_EQ(talk_for({.url = "https://example.org/v/QX7T9M.mp4"}), talks()[0].title);
  EXPECT_EQ(talk_for({.url = "https://www.youtube.com/watch?v=gznPQpZH1Yc"}), "");
}

TEST(Matching, as_many_bare_addresses_as_talks_are_a_guess_in_order) {
  std::vector<VideoToMatch> videos;
  for (std::size_t i = 0; i < talks().size(); ++i) videos.push_back({.url = "https://vimeo.com/" + std::to_string(i + 1)});
  const auto found = match_videos(talks(), videos, "");
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_EQ(found[i].talk, i);
    EXPECT_EQ(certainty_of(found[i].confidence), Certainty::guess);
    EXPECT_TRUE(found[i].why.by_order);
  }
}

TEST(Matching, equals_are_told_apart_by_length_and_are_a_guess_without_it) {
  const std::vector<TalkToMatch> two{{.title = "Lightning talks", .length = std::chrono::seconds(1800), .length_is_exact = true},
                                     {.title = "Lightning talks", .length = std::chrono::seconds(2400), .length_is_exact = true}};
  const std::vector<VideoToMatch> told{{.title = "Lightning Talks - LoomCon", .length = std::chrono::seconds(2401)},
                                       {.title = "Lightning Talks - LoomCon", .length = std::chrono::seconds(1800)}};
  auto found = match_videos(two, told, "LoomCon");
  EXPECT_EQ(found[0].talk, 1U);
  EXPECT_EQ(found[1].talk, 0U);
  const std::vector<VideoToMatch> untold{{.title = "Lightning Talks - LoomCon"}, {.title = "Lightning Talks - LoomCon"}};
  found = match_videos(two, untold, "LoomCon");
  EXPECT_EQ(found[0].talk, 0U);
  EXPECT_EQ(certainty_of(found[0].confidence), Certainty::guess);
}

TEST(Matching, evidence_in_words) {
  Evidence e{.title = 0.96, .speakers = 1, .apart = std::chrono::seconds(2), .same_day = true};
  EXPECT_EQ(in_words(e), "title 96 %, speaker named, same length, same day");
}

// No talk is given twice, every confidence is between 0 and 1, and the order of the talks decides nothing but between equals.
TEST(MatchingProperty, one_to_one_whatever_comes) {
  test::for_random_cases(60, [](test::Random& random) {
    static const std::vector<std::string> words{"looms", "cards", "testing", "python", "bugs", "part", "1", "2", "ii", "Ä", "東京", "of", "the", "🎉", "c++"};
    const auto phrase = [&] {
      std::string text;
      for (auto n = random.between(0, 5); n > 0; --n) text += random.pick(words) + " ";
      return text + random.text(4);
    };
    std::vector<TalkToMatch> some;
    std::vector<VideoToMatch> videos;
    for (auto n = random.between(0, 8); n > 0; --n)
      some.push_back({.title = phrase(),
                      .speakers = {phrase()},
                      .length = random.chance(50) ? std::optional(std::chrono::seconds(random.between(1, 4000))) : std::nullopt});
    for (auto n = random.between(0, 8); n > 0; --n)
      videos.push_back({.title = phrase(),
                        .description = phrase(),
                        .url = "https://example.org/" + std::to_string(n),
                        .length = random.chance(50) ? std::optional(std::chrono::seconds(random.between(1, 4000))) : std::nullopt});
    const auto found = match_videos(some, videos, phrase());
    ASSERT_EQ(found.size(), videos.size());
    std::set<std::size_t> taken;
    for (const auto& one : found) {
      EXPECT_GE(one.confidence, 0);
      EXPECT_LE(one.confidence, 1);
      EXPECT_EQ(one.talk.has_value(), one.confidence > 0);
      if (one.talk) {
        EXPECT_LT(*one.talk, some.size());
        EXPECT_TRUE(taken.insert(*one.talk).second);
      }
      EXPECT_LE(one.nearest.size(), 5U);
    }
    EXPECT_EQ(match_videos(some, videos, "").size(), videos.size());
  });
}

/// The best sum by trying everything.
double best_sum(std::uint32_t row, std::uint32_t rows, const std::map<std::pair<std::uint32_t, std::uint32_t>, double>& scores,
                std::set<std::uint32_t>& taken) {
  if (row == rows) return 0;
  double best = best_sum(row + 1, rows, scores, taken);
  for (const auto& [pair, score] : scores) {
    if (pair.first != row || score <= 0 || !taken.insert(pair.second).second) continue;
    best = std::max(best, score + best_sum(row + 1, rows, scores, taken));
    taken.erase(pair.second);
  }
  return best;
}

TEST(AssignmentProperty, no_other_choice_has_a_greater_sum) {
  test::for_random_cases(300, [](test::Random& random) {
    const auto rows = static_cast<std::uint32_t>(random.between(0, 5)), columns = static_cast<std::uint32_t>(random.between(0, 5));
    std::map<std::pair<std::uint32_t, std::uint32_t>, double> scores;
    for (std::uint32_t row = 0; row < rows; ++row)
      for (std::uint32_t column = 0; column < columns; ++column)
        if (random.chance(60)) scores[{row, column}] = static_cast<double>(random.between(-1, 6)) / 4;
    std::vector<Fit> fits;
    for (const auto& [pair, score] : scores) fits.push_back({pair.first, pair.second, score});
    const auto chosen = assign(rows, columns, fits);
    double sum = 0;
    std::set<std::uint32_t> taken;
    for (std::uint32_t row = 0; row < rows; ++row) {
      if (!chosen[row]) continue;
      ASSERT_TRUE(scores.contains({row, *chosen[row]}));
      EXPECT_TRUE(taken.insert(*chosen[row]).second);
      sum += scores[{row, *chosen[row]}];
    }
    std::set<std::uint32_t> none;
    EXPECT_NEAR(sum, best_sum(0, rows, scores, none), 1e-9);
    EXPECT_EQ(assign(rows, columns, fits), chosen);
  });
}

}  // namespace
}  // namespace confer::recordings
