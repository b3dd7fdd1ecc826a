// Filters, counts, orders, completions and related documents, on both databases.
#include <gtest/gtest.h>

#include <algorithm>

#include "search/search.h"
#include "support/database.h"

namespace confer::search {
namespace {

using test::ok;
using Keys = std::vector<std::string>;

class FacetTest : public test::DatabaseTest {
 protected:
  void SetUp() override {
    DatabaseTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    const std::vector<Document> documents{
        talk("A", "Python gardens", {"Ada Lovelace"}, "pycon-2012", 2012, "en", 25, {"garden", "web"}),
        talk("B", "Python sheds", {"Ada Lovelace", "Bob Łukasz"}, "pycon-2013", 2013, "en", 45, {"web"}),
        talk("C", "Python im Garten", {"Chidi Okafor"}, "pycon-de-2013", 2013, "de", 30, {"garden"}),
        talk("D", "Databases", {"Ada Byron"}, "pycon-2015", 2015, "en", 90, {}),
        talk("E", "Python", {}, "pycon-2016", 2016, "", 0, {}),
    };
    auto tx = ok(db().begin_write());
    ok(put_all(tx, documents));
    ok(tx.commit());
  }
  static Document talk(std::string key, std::string title, const Keys& speakers, const std::string& event, int year, const std::string& language, int minutes,
                       const Keys& tags) {
    Document d{.kind = "talk", .key = std::move(key), .event = year, .title = std::move(title), .language = language, .date = year};
    for (const std::string& speaker : speakers) {
      d.names += speaker + ", ";
      d.facets.push_back({"speaker", speaker, ""});
    }
    d.facets.push_back({"event", event, "The " + event});
    d.facets.push_back({"year", std::to_string(year), ""});
    if (!language.empty()) d.facets.push_back({"lang", language, language == "de" ? "Deutsch" : "English"});
    if (minutes > 0) d.facets.push_back({"length", std::to_string(minutes), ""});
    for (const std::string& tag : tags) d.facets.push_back({"tag", tag, ""});
    return d;
  }
  Hits look(Query query) {
    query.everything = true;
    auto tx = ok(db().begin_read());
    return ok(find(tx, query));
  }
  Keys keys(std::string text) {
    Keys found;
    for (const Hit& hit : look({.text = std::move(text)}).hits) found.push_back(hit.key);
    std::ranges::sort(found);
    return found;
  }
  static std::string described(const FacetCounts& counts) {
    std::string out = counts.name + ":";
    for (const Count& count : counts.values) out += " " + count.value + "=" + std::to_string(count.count) + (count.chosen ? "!" : "");
    return out;
  }
};
ON_BOTH_DATABASES(FacetTest);

TEST_P(FacetTest, text_when_it_has_filters_then_only_those) {
  EXPECT_EQ(keys("speaker:\"Ada Lovelace\""), (Keys{"A", "B"}));
  EXPECT_EQ(keys("speaker:ada"), (Keys{"A", "B", "D"})) << "begins a word of the name";
  EXPECT_EQ(keys("speaker:lovel"), (Keys{"A", "B"}));
  EXPECT_EQ(keys("speaker:lukasz"), Keys{"B"});
  EXPECT_EQ(keys("speaker:\"ada lovelace\" speaker:lukasz"), Keys{"B"}) << "both";
  EXPECT_EQ(keys("python speaker:ada"), (Keys{"A", "B"}));
  EXPECT_EQ(keys("python -speaker:ada"), (Keys{"C", "E"}));
  EXPECT_EQ(keys("year:2013"), (Keys{"B", "C"}));
  EXPECT_EQ(keys("year:2012-2013"), (Keys{"A", "B", "C"}));
  EXPECT_EQ(keys("year:2014-"), (Keys{"D", "E"}));
  EXPECT_EQ(keys("length:<30"), Keys{"A"});
  EXPECT_EQ(keys("length:30-60"), (Keys{"B", "C"}));
  EXPECT_EQ(keys("length:>60"), Keys{"D"});
  EXPECT_EQ(keys("lang:de"), Keys{"C"});
  for (const char* name : {"deutsch", "Deutsch", "german", "German", "deu", "ger"}) EXPECT_EQ(keys("lang:" + std::string(name)), Keys{"C"}) << name;
  EXPECT_EQ(keys("lang:english"), (Keys{"A", "B", "D"}));
  EXPECT_EQ(keys("length:<1h"), (Keys{"A", "B", "C"}));
  EXPECT_EQ(keys("length:1h30"), Keys{"D"});
  EXPECT_EQ(keys("event:pycon-2012"), Keys{"A"}) << "by its value";
  EXPECT_EQ(keys("event:\"the pycon de\""), Keys{"C"});
  EXPECT_EQ(keys("tag:garden -tag:web"), Keys{"C"});
  EXPECT_EQ(keys("TAG:garden"), (Keys{"A", "C"}));
  EXPECT_EQ(keys("speaker:nobody"), Keys{});
  EXPECT_EQ(keys("nothing:python"), (Keys{"A", "B", "C", "E"})) << "no facet: words";
  EXPECT_EQ(keys("speaker:"), (Keys{"A", "B", "C", "D", "E"})) << "nothing is asked for yet";
}

TEST_P(FacetTest, filters_when_in_the_text_then_said_how_they_were_understood) {
  const Hits hits = look({.text = "python speaker:ada -year:2030"});
  ASSERT_EQ(hits.filters.size(), 2U);
  EXPECT_EQ(hits.filters[0].name, "speaker");
  EXPECT_EQ(hits.filters[0].value, "ada");
  EXPECT_EQ(hits.filters[0].begin, 7U);
  EXPECT_EQ(hits.filters[0].end, 18U);
  EXPECT_EQ(hits.filters[0].values, 2);
  EXPECT_FALSE(hits.filters[0].excluded);
  EXPECT_EQ(hits.filters[1].values, 0);
  EXPECT_TRUE(hits.filters[1].excluded);
}

TEST_P(FacetTest, filters_when_a_value_is_mistyped_then_what_is_like_it) {
  const Hits hits = look({.text = "python speaker:lovelaec -tag:gaden"});
  ASSERT_EQ(hits.filters.size(), 2U);
  using Like = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(hits.filters[0].like, (Like{{"Ada Lovelace", "python speaker:\"Ada Lovelace\" -tag:gaden"}}));
  EXPECT_EQ(hits.filters[1].like, (Like{{"garden", "python speaker:lovelaec -tag:garden"}}));
  EXPECT_EQ(look({.text = "speaker:zzzzz"}).filters.at(0).like, Like{});
  EXPECT_EQ(look({.text = "speaker:ada"}).filters.at(0).like, Like{});
}

TEST_P(FacetTest, counts_when_wanted_then_of_what_was_found) {
  const Hits hits = look({.text = "python", .facets = {{"speaker"}, {"year", 2}, {"lang"}, {"length", 10, {30, 60}}, {"none"}}});
  ASSERT_EQ(hits.facets.size(), 5U);
  EXPECT_EQ(hits.total, 4);
  EXPECT_EQ(described(hits.facets[0]), "speaker: Ada Lovelace=2 Bob Łukasz=1 Chidi Okafor=1");
  EXPECT_EQ(described(hits.facets[1]), "year: 2013=2 2012=1");
  EXPECT_EQ(hits.facets[1].different, 3);
  EXPECT_EQ(described(hits.facets[2]), "lang: en=2 de=1");
  EXPECT_EQ(hits.facets[2].values[1].label, "Deutsch");
  EXPECT_EQ(described(hits.facets[3]), "length: <30=1 30-59=2");
  EXPECT_EQ(described(hits.facets[4]), "none:");
}

TEST_P(FacetTest, counts_when_filtered_then_a_facet_says_what_its_other_values_would_find) {
  const Hits hits = look({.text = "python", .filters = {{"year", {"2012"}}, {"tag", {"garden", "web"}}}, .facets = {{"year"}, {"tag"}, {"lang"}}});
  EXPECT_EQ(hits.total, 1);
  EXPECT_EQ(described(hits.facets[0]), "year: 2013=2 2012=1!");
  EXPECT_EQ(described(hits.facets[1]), "tag: garden=1! web=1!");
  EXPECT_EQ(described(hits.facets[2]), "lang: en=1");
  const Hits of_class = look({.text = "python", .filters = {{"length", {"30-59"}}}, .facets = {{"length", 10, {30, 60}}}});
  EXPECT_EQ(of_class.total, 2);
  EXPECT_EQ(described(of_class.facets[0]), "length: <30=1 30-59=2!");
  EXPECT_EQ(look({.filters = {{"nothing", {"x"}}}}).total, 0);
}

TEST_P(FacetTest, order_when_by_date_or_without_words_then_the_newest_first) {
  const auto ordered = [&](Query query) {
    std::string out;
    for (const Hit& hit : look(std::move(query)).hits) out += hit.key;
    return out;
  };
  EXPECT_EQ(ordered({.text = "python", .order = Order::date}), "EBCA");
  EXPECT_EQ(ordered({}), "EDBCA");
  EXPECT_EQ(ordered({.filters = {{"speaker", {"Ada Lovelace"}}}}), "BA");
  EXPECT_EQ(ordered({.limit = 2, .offset = 1}), "DB");
  auto tx = ok(db().begin_read());
  EXPECT_EQ(find(tx, {}).error().code, ErrorCode::invalid) << "everything must be asked for";
}

TEST_P(FacetTest, complete_when_typing_then_names_values_and_words) {
  const std::vector<std::string> names{"speaker", "event", "year", "lang", "tag", "length"};
  const auto completed = [&](std::string_view text, std::size_t cursor = 1000) {
    auto tx = ok(db().begin_read());
    std::string out;
    for (const Completion& one : ok(complete(tx, text, cursor, names))) out += (out.empty() ? "" : " | ") + one.text + " " + std::to_string(one.count);
    return out;
  };
  EXPECT_EQ(completed("sp"), "speaker: 0");
  EXPECT_EQ(completed("speaker:"), "speaker:\"Ada Lovelace\" 2 | speaker:\"Ada Byron\" 1 | speaker:\"Bob Łukasz\" 1 | speaker:\"Chidi Okafor\" 1");
  EXPECT_EQ(completed("databases speaker:ada"), "speaker:\"Ada Byron\" 1") << "with the rest of the text";
  EXPECT_EQ(completed("-speaker:\"ada lo"), "-speaker:\"Ada Lovelace\" 2");
  EXPECT_EQ(completed("year:201"), "year:2013 2 | year:2012 1 | year:2015 1 | year:2016 1");
  EXPECT_EQ(completed("gard"), "tag:garden 2 | gardens 1");
  EXPECT_EQ(completed("okaf"), "speaker:\"Chidi Okafor\" 1 | okafor 1");
  EXPECT_EQ(completed("tag:w python", 5), "tag:web 2");
  EXPECT_EQ(completed("length:"), "length:10-30 2 | length:30-60 2 | length:>60 1") << "ranges, not minutes";
  EXPECT_EQ(completed("length:3"), "length:30-60 2");
  EXPECT_EQ(completed("length:4"), "length:45 1");
  EXPECT_EQ(completed("lang:ger"), "lang:de 1");
  EXPECT_EQ(completed("speaker:ada l"), "speaker:\"Ada Lovelace\" 2") << "whole values with all the words typed";
  EXPECT_EQ(completed("python -speaker:ada l"), "-speaker:\"Ada Lovelace\" 2");
  EXPECT_EQ(completed("speaker:ada gard"), "tag:garden 1 | gardens 1") << "no such speaker: a word of its own";
  EXPECT_EQ(completed(""), "");
  EXPECT_EQ(completed("   "), "");
  EXPECT_EQ(completed("\xff"), "");
  auto tx = ok(db().begin_read());
  const auto at = ok(complete(tx, "python tag:g more", 12, names)).at(0);
  EXPECT_EQ(at.begin, 7U);
  EXPECT_EQ(at.end, 12U);
  EXPECT_EQ(at.kind, Completion::Kind::value);
}

TEST_P(FacetTest, related_when_asked_then_the_most_alike_without_itself) {
  {
    auto tx = ok(db().begin_write());
    ok(put(tx, {.kind = "talk", .key = "A2", .title = "Python gardens", .body = "the same talk again"}));
    ok(put(tx, {.kind = "page", .key = "A3", .title = "Python gardens page"}));
    ok(tx.commit());
  }
  auto tx = ok(db().begin_read());
  Keys found;
  for (const Hit& hit : ok(related(tx, "talk", "A"))) found.push_back(hit.key);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0], "B") << "by the same person";
  for (const char* key : {"A", "A2", "A3"}) EXPECT_EQ(std::ranges::count(found, key), 0) << key;
  EXPECT_EQ(ok(related(tx, "talk", "nobody")).size(), 0U);
}

TEST_P(FacetTest, related_when_the_speaker_gave_many_then_at_most_two_of_them_and_no_blocks_before_what_is_near) {
  std::vector<Document> documents{talk("SELF", "Beautiful idiomatic code", {"Raymond Hettinger"}, "e", 2013, "en", 30, {}),
                                  talk("LIGHT", "Lightning talks on beautiful idiomatic code", {}, "e", 2013, "en", 30, {}),
                                  talk("NEAR1", "Idiomatic code", {"Uma"}, "e", 2013, "en", 30, {}),
                                  talk("NEAR2", "Writing beautiful code", {"Ola"}, "e", 2013, "en", 30, {})};
  for (int i = 0; i < 8; ++i)
    documents.push_back(talk("R" + std::to_string(i), "Beautiful thing " + std::to_string(i), {"Raymond Hettinger"}, "e", 2013, "en", 30, {}));
  {
    auto tx = ok(db().begin_write());
    ok(put_all(tx, documents));
    ok(tx.commit());
  }
  auto tx = ok(db().begin_read());
  Keys found;
  for (const Hit& hit : ok(related(tx, "talk", "SELF", 4))) found.push_back(hit.key);
  ASSERT_EQ(found.size(), 4U);
  EXPECT_EQ(std::ranges::count_if(found, [](const std::string& key) { return key.starts_with("R"); }), 2);
  EXPECT_EQ(std::ranges::count(found, "NEAR1") + std::ranges::count(found, "NEAR2"), 2);
  EXPECT_EQ(ok(related(tx, "talk", "SELF", 8)).size(), 8U) << "more of them when nothing else is near";
}

}  // namespace
}  // namespace confer::search
