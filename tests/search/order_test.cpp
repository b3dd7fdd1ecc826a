// Both databases give the same answers in the same order, over a corpus of invented talks.
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <random>

#include "search/search.h"
#include "support/database.h"

namespace confer::search {
namespace {

using test::ok;

constexpr std::array subjects{"gardens",      "compilers",  "databases", "bicycles",   "lighthouses", "sourdough",     "cartography", "telescopes",
                              "synthesisers", "typography", "volcanoes", "beekeeping", "Käsereien",   "Straßenbahnen", "networks",    "schedulers"};
constexpr std::array manners{"testing", "building", "repairing", "understanding", "growing", "measuring", "teaching", "forgetting"};
constexpr std::array adverbs{"slowly", "at scale", "without fear", "in C++", "for beginners", "by hand", "e-mail first", "東京で"};
constexpr std::array people{"Ana Sørensen", "Bertrand Łucki", "Chidi Okafor", "Dóra Szabó", "Émile Garnier", "Fatou Ndiaye", "Grace O'Neill", "Haruka 田中"};
constexpr std::array sentences{"We show how gardens grow when networks fail.",
                               "A tested recipe, measured twice.",
                               "Nobody builds bicycles like this any more.",
                               "Old compilers never die; they are taught to sing.",
                               "Databases and lighthouses have more in common than you think.",
                               "Every volcano was a schedule once.",
                               "Maps forget what cartographers remember.",
                               "Bring your own telescope."};
constexpr std::array languages{"en", "de", "en", "fr", "en", "xx"};

std::vector<Document> corpus() {
  std::mt19937 random(20120309);  // the same talks every time
  const auto one_of = [&](const auto& from) { return std::string(from[random() % from.size()]); };
  std::vector<Document> documents;
  for (int i = 0; i < 200; ++i) {
    Document d;
    d.kind = i % 9 == 0 ? "person" : "talk";
    d.key = "K" + std::to_string(100 + i);
    d.event = 1 + i % 4;
    d.title = one_of(manners) + " " + one_of(subjects) + (i % 3 == 0 ? " " + one_of(adverbs) : std::string()) +
              (i % 5 == 0 ? " and " + one_of(subjects) : std::string());
    d.names = one_of(people) + (i % 4 == 0 ? ", " + one_of(people) : std::string());
    d.tags = one_of(subjects);
    for (unsigned n = random() % 12; n > 0; --n) d.body += one_of(sentences) + "\n";
    d.language = one_of(languages);
    d.date = 2010 + i % 7;
    d.facets = {{"year", std::to_string(2010 + i % 7), ""}, {"speaker", one_of(people), ""}, {"length", std::to_string(10 + i % 80), ""}};
    documents.push_back(d);
  }
  return documents;
}

std::vector<std::string> queries() {
  std::vector<std::string> all{"test",
                               "testing gardens",
                               "grow -gardens",
                               "\"old compilers\"",
                               "c++",
                               "e-mail",
                               "東京",
                               "田中",
                               "kaser",
                               "strassen",
                               "sorensen gar",
                               "databas",
                               "volcano schedule",
                               "gardns",
                               "telescop maps",
                               "o'neill",
                               "a",
                               "the",
                               "bee",
                               "\"growing",
                               "scale -the",
                               "-bees volcanoes",
                               "typogrphy beginners",
                               "graph",
                               "year:2012 gardens",
                               "year:2011-2013 length:<30",
                               "speaker:ana bicycles",
                               "compilrs for begginers",
                               "strasenbahn",
                               "light houses",
                               "typographie",
                               "that talk about slowly teaching telescopes by someone",
                               "lucki volcanoe"};
  for (const char* subject : subjects) {
    all.emplace_back(subject);
    for (const char* manner : manners) all.push_back(std::string(manner) + " " + subject);
  }
  return all;
}

std::string described(const Hits& hits) {
  std::string out = std::to_string(hits.total) + " \"" + hits.did_you_mean + "\"";
  for (const FacetCounts& facet : hits.facets) {
    out += "\n" + facet.name;
    for (const Count& count : facet.values) out += " " + count.label + "=" + std::to_string(count.count);
  }
  for (const Hit& hit : hits.hits) out += "\n" + hit.kind + " " + hit.key + " " + std::to_string(hit.score) + " " + hit.snippet;
  return out;
}

TEST(SearchOrder, answers_when_asked_of_both_databases_then_the_same_in_the_same_order) {
  if (!test::has_postgres()) {
    if (std::getenv("CI") != nullptr) FAIL() << "CONFER_TEST_POSTGRES must name a PostgreSQL database (script/test starts one).";
    GTEST_SKIP() << "CONFER_TEST_POSTGRES is not set";
  }
  test::TestDatabase sqlite(db::Backend::sqlite), postgres(db::Backend::postgres);
  for (test::TestDatabase* one : {&sqlite, &postgres}) {
    auto tx = ok(one->database().begin_write());
    for (const Document& document : corpus()) ok(put(tx, document));
    ok(tx.commit());
  }
  auto a = ok(sqlite.database().begin_read()), b = ok(postgres.database().begin_read());
  std::int64_t hits = 0, several = 0;
  for (const std::string& text : queries()) {
    for (const Query& query : {Query{.text = text, .limit = 50}, Query{.text = text, .event = 2}, Query{.text = text, .kind = "person"},
                               Query{.text = text, .filters = {{"year", {"2011-2014"}}}, .facets = {{"year"}, {"speaker"}, {"length", 10, {30, 60}}}},
                               Query{.text = text, .order = Order::date}}) {
      const Hits from_sqlite = ok(find(a, query)), from_postgres = ok(find(b, query));
      ASSERT_EQ(described(from_sqlite), described(from_postgres)) << text;
      hits += from_sqlite.total;
      several += from_sqlite.total > 1 ? 1 : 0;
    }
  }
  EXPECT_GT(hits, 2000) << "the queries find enough to say something";
  EXPECT_GT(several, 200);
}

/// More than are looked at twice.
TEST(SearchOrder, answers_when_more_than_a_thousand_match_then_headings_first_and_the_same) {
  if (!test::has_postgres()) {
    if (std::getenv("CI") != nullptr) FAIL() << "CONFER_TEST_POSTGRES must name a PostgreSQL database (script/test starts one).";
    GTEST_SKIP() << "CONFER_TEST_POSTGRES is not set";
  }
  test::TestDatabase sqlite(db::Backend::sqlite), postgres(db::Backend::postgres);
  std::vector<std::string> described_by;
  for (test::TestDatabase* one : {&sqlite, &postgres}) {
    {
      auto tx = ok(one->database().begin_write());
      for (int i = 0; i < 1200; ++i) {
        Document d{.kind = "talk", .key = std::to_string(10000 + i), .event = 1, .title = i < 50 ? "Python" : "Talk", .body = "python " + std::to_string(i)};
        ok(put(tx, d));
      }
      ok(tx.commit());
    }
    auto tx = ok(one->database().begin_read());
    const Hits hits = ok(find(tx, Query{.text = "python", .limit = 1000}));
    const Hits later = ok(find(tx, Query{.text = "python", .limit = 10, .offset = 600}));
    EXPECT_EQ(later.hits.at(0).key, hits.hits.at(600).key) << "a page is a piece of one order";
    EXPECT_EQ(hits.total, 1200);
    EXPECT_EQ(hits.hits.at(0).title, "Python") << "the oldest, but in the heading";
    EXPECT_EQ(hits.hits.at(49).title, "Python");
    EXPECT_EQ(hits.hits.at(50).title, "Talk");
    described_by.push_back(described(hits));
  }
  EXPECT_EQ(described_by[0], described_by[1]);
}

}  // namespace
}  // namespace confer::search
