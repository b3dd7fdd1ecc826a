// The lists that pages are made of, and what they cost.
#include <gtest/gtest.h>
#include "archive_fixture.h"

namespace confer::archive {
namespace {

using test::ok;
using test::record;

class ListsTest : public test::ArchiveTest {
 protected:
  static std::vector<std::string> titles(const Rows& rows) {
    std::vector<std::string> out;
    for (const auto& row : rows.rows) out.push_back(row.title);
    return out;
  }
  using Titles = std::vector<std::string>;
};
ON_BOTH_DATABASES(ListsTest);

TEST_P(ListsTest, by_whatever_is_asked) {
  small_tree();
  import();
  auto tx = ok(db().begin_read());
  const auto all = ok(list_talks(tx, {}));
  EXPECT_EQ(std::tuple(titles(all), all.total), std::tuple(Titles{"Nets", "Threads", "Kräne & Türme", "A talk", "Knots"}, 5));
  EXPECT_EQ(titles(ok(list_talks(tx, {}, {.number = 2, .size = 2}))), (Titles{"Kräne & Türme", "A talk"}));
  const Row& row = all.rows[2];
  EXPECT_EQ(path_of(row), "/loomcon-2012/talks/" + row.code + "-krane-turme");
  EXPECT_EQ(titles(ok(list_talks(tx, {.event = row.event}))), (Titles{"A talk", "Kräne & Türme"}));
  EXPECT_EQ(titles(ok(list_talks(tx, {.series = row.series}))), (Titles{"Threads", "Kräne & Türme", "A talk"}));
  EXPECT_EQ(titles(ok(list_talks(tx, {.series = row.series, .year = 2013}))), Titles{"Threads"});
  EXPECT_EQ(titles(ok(list_talks(tx, {.language = "de"}))), Titles{"Kräne & Türme"});
  EXPECT_EQ(titles(ok(list_talks(tx, {.language = "und"}))), Titles{"Knots"});
  EXPECT_EQ(titles(ok(list_talks(tx, {.year = 2012}))), (Titles{"Kräne & Türme", "A talk"}));
  const auto speaker = *ok(find_speaker(tx, "jacquard"));
  EXPECT_EQ(titles(ok(list_talks(tx, {.speaker = speaker.id}))), Titles{"Kräne & Türme"});
  EXPECT_EQ(ok(find_speaker(tx, speaker.id))->name, "Jacquard");
  const auto tag = *ok(find_tag(tx, "c-plus-plus"));
  const auto tagged = ok(list_talks(tx, {.tag = tag.id, .only_with_video = true}));
  EXPECT_EQ(std::tuple(titles(tagged), tagged.total), std::tuple(Titles{"Kräne & Türme"}, 1));
  EXPECT_EQ(ok(list_newest(tx, 2)).size(), 2U);
  const std::vector<std::string> codes{all.rows[3].code, "ZZZZZZ", all.rows[0].code};
  const auto rows = ok(rows_of(tx, codes));
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].code, codes[0]);
  EXPECT_EQ(ok(any_talk(tx, 6))->code, ok(any_talk(tx, 1))->code);
  const auto addresses = ok(list_addresses(tx, {}, 3));
  EXPECT_EQ(addresses.size(), 3U);
  EXPECT_EQ(ok(list_addresses(tx, addresses.back().id, 10)).size(), 2U);
}

TEST_P(ListsTest, counts) {
  small_tree();
  import();
  auto tx = ok(db().begin_read());
  const Totals all = ok(totals(tx));
  EXPECT_EQ(std::tuple(all.talks, all.with_video, all.length.count(), all.events, all.series, all.speakers, all.first_year, all.last_year),
            std::tuple(5, 5, 9000, 3, 2, 2, 2010, 2016));
  const auto years = ok(count_years(tx));
  ASSERT_EQ(years.size(), 4U);
  EXPECT_EQ(std::tuple(years[1].year, years[1].talks), std::tuple(2012, 2));
  const auto languages = ok(count_languages(tx));
  EXPECT_EQ(std::tuple(languages.size(), languages[0].language, languages[0].talks), std::tuple(3U, "en", 3));
  const auto tags = ok(count_tags(tx, {}, 10));
  EXPECT_EQ(std::tuple(tags.size(), tags[0].tag.slug, tags[0].talks), std::tuple(2U, "weaving", 5));
  const auto heard = ok(count_most_heard(tx, {}, 1));
  EXPECT_EQ(std::tuple(heard.at(0).speaker.name, heard[0].talks, heard[0].last_year), std::tuple("Ada Lovelace", 4, 2016));
  EXPECT_EQ(ok(list_speakers(tx, "j", {})).at(0).speaker.name, "Jacquard");
  EXPECT_EQ(ok(count_speakers(tx, "")), 2);
  EXPECT_EQ(ok(languages_by_year(tx)).size(), 5U);
  EXPECT_EQ(ok(tags_by_year(tx, {}, 1)).size(), 4U);
  EXPECT_EQ(ok(sums_of(tx, {.language = "de"})).length.count(), 1800);
}

TEST_P(ListsTest, topics_are_neither_kinds_of_sessions_nor_the_series_own_name) {
  for (const char* year : {"2012", "2013"}) {
    const std::string folder = std::string("loomcon-") + year;
    event(folder, {{"title", std::string("LoomCon ") + year}});
    for (const char* name : {"x", "y"})
      talk(folder, name,
           record({{"title", name},
                   {"recorded", std::string(year) + "-05-04"},
                   {"tags", {"talk", "Lightning Talks", std::string("loomcon") + year, "LoomCon", "weaving"}}}));
  }
  import();
  auto tx = ok(db().begin_read());
  const auto series = ok(events::require_event(tx, "loomcon-2012")).series;
  std::vector<std::tuple<int, std::string, std::int64_t>> shares;
  for (const auto& share : ok(tags_by_year(tx, series, 2))) shares.emplace_back(share.year, share.what, share.talks);
  EXPECT_EQ(shares, (std::vector<std::tuple<int, std::string, std::int64_t>>{{2012, "weaving", 2}, {2013, "weaving", 2}}));
}

TEST_P(ListsTest, a_list_of_three_costs_no_more_than_a_list_of_one) {
  event("a-2012", {{"title", "A 2012"}});
  talk("a-2012", "x", record());
  event("b-2013", {{"title", "B 2013"}});
  for (const char* name : {"x", "y", "z"}) talk("b-2013", name, record({{"title", name}}));
  import();
  auto tx = ok(db().begin_read());
  const auto cost = [&](std::string_view slug) {
    const auto event = ok(events::require_event(tx, slug));
    const auto before = db::Database::statement_count();
    EXPECT_GE(ok(list_talks(tx, {.event = event.id})).total, 1);
    return db::Database::statement_count() - before;
  };
  EXPECT_EQ(cost("a-2012"), 3U);
  EXPECT_EQ(cost("b-2013"), 3U);
}

TEST_P(ListsTest, what_visitors_may_not_see_leaves_the_lists) {
  small_tree();
  import();
  auto tx = ok(db().begin_write());
  auto event = ok(events::require_event(tx, "loomcon-2012"));
  event.is_public = false;
  event = ok(events::save_event(tx, keeper, event));
  ok(index_event(tx, event.id));
  EXPECT_EQ(ok(totals(tx)).talks, 3);
  event.is_public = true;
  event = ok(events::save_event(tx, keeper, event));
  ok(index_event(tx, event.id));
  EXPECT_EQ(ok(totals(tx)).talks, 5);
}

}  // namespace
}  // namespace confer::archive
