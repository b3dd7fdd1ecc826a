// Finding documents, on both databases.
#include "search/search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "support/database.h"

namespace confer::search {
namespace {

using test::ok;
using Keys = std::vector<std::string>;

class SearchTest : public test::DatabaseTest {
 protected:
  void write(const std::vector<Document>& documents) {
    auto tx = ok(db().begin_write());
    for (const Document& document : documents) ok(put(tx, document));
    ok(tx.commit());
  }
  static Document talk(std::string key, std::string title, std::string names = "", std::string body = "", std::string language = "en") {
    return {.kind = "talk",
            .key = std::move(key),
            .event = 1,
            .title = std::move(title),
            .names = std::move(names),
            .body = std::move(body),
            .language = std::move(language)};
  }
  Hits look(const Query& query) {
    auto tx = ok(db().begin_read());
    return ok(find(tx, query));
  }
  Hits look(std::string text) { return look(Query{.text = std::move(text)}); }
  static Keys keys_of(const Hits& hits) {
    Keys keys;
    for (const Hit& hit : hits.hits) keys.push_back(hit.key);
    return keys;
  }
  Keys keys(std::string text) { return keys_of(look(std::move(text))); }
};
ON_BOTH_DATABASES(SearchTest);

TEST_P(SearchTest, find_when_words_stand_in_different_fields_then_title_names_tags_body_place_transcript) {
  Document tags = talk("TAGS", "Four");
  tags.tags = "compiler";
  Document place = talk("PLACE", "Five");
  place.place = "Compiler Days 2012";
  Document transcript = talk("TRANSCRIPT", "Six");
  transcript.transcript = "so this is a compiler, you see";
  write({transcript, talk("BODY", "One", "", "about a compiler"), tags, place, talk("NAMES", "Three", "Compiler, Ada"), talk("TITLE", "A compiler story"),
         talk("NONE", "Nothing")});
  const Hits hits = look("compiler");
  EXPECT_EQ(keys_of(hits), (Keys{"TITLE", "NAMES", "TAGS", "BODY", "PLACE", "TRANSCRIPT"})) << "a body of three words counts more than a long one";
  EXPECT_EQ(hits.total, 6);
  EXPECT_EQ(hits.hits[0].kind, "talk");
  EXPECT_EQ(hits.hits[0].event, 1);
  EXPECT_EQ(hits.hits[0].title, "A compiler story");
  EXPECT_EQ(hits.hits[0].marked_title,
            "A \x02"
            "compiler\x03 story");
}

TEST_P(SearchTest, find_when_several_words_then_those_with_all_of_them) {
  write({talk("A", "Garden sheds"), talk("B", "Garden paths", "", "sheds"), talk("C", "Sheds")});
  EXPECT_EQ(keys("garden sheds"), (Keys{"A", "B"}));
  EXPECT_EQ(keys("sheds garden"), (Keys{"A", "B"}));
}

TEST_P(SearchTest, find_when_words_are_remembered_wrongly_then_the_one_with_most_of_them) {
  std::vector<Document> documents{talk("A", "Lighthouses of the north", "Ada Lovelace", "Lamps and lenses")};
  for (int i = 0; i < 20; ++i) documents.push_back(talk("X" + std::to_string(i), i < 5 ? "Gardens and sheds" : "Something about talks", "Somebody Else"));
  write(documents);
  EXPECT_EQ(keys("that talk about lighthouses by lovelace with the gardens"), Keys{"A"});
  EXPECT_EQ(keys("zzzzqqq lighthouses lovelace"), Keys{"A"}) << "a word that nobody has";
}

TEST_P(SearchTest, find_when_case_and_accents_differ_then_found) {
  write({talk("A", "Über Käse in KØBENHAVN", "Łukasz Gödel"), talk("B", "Straße")});
  for (const char* text : {"uber", "ÜBER", "kase", "käse", "københavn", "Kobenhavn", "lukasz", "godel"}) EXPECT_EQ(keys(text), Keys{"A"}) << text;
  for (const char* text : {"strasse", "STRASSE", "straße"}) EXPECT_EQ(keys(text), Keys{"B"}) << text;
}

TEST_P(SearchTest, find_when_last_word_is_begun_then_prefix_and_others_not) {
  write({talk("A", "Compiler construction"), talk("B", "Compost")});
  EXPECT_EQ(keys("comp"), (Keys{"B", "A"})) << "of the shorter title it is more";
  EXPECT_EQ(keys("compiler con"), Keys{"A"});
  EXPECT_EQ(keys("co compost"), Keys{"B"}) << "no word, and not the last";
}

TEST_P(SearchTest, find_when_word_has_another_ending_then_found_by_the_documents_language) {
  write({talk("EN", "Testing databases"), talk("DE", "Die Häuser der Stadt", "", "", "de"), talk("XX", "Testing things", "", "", "xx")});
  EXPECT_EQ(keys("tested database"), Keys{"EN"});
  EXPECT_EQ(keys("haus stadt"), Keys{"DE"});
  EXPECT_EQ(keys("testing"), (Keys{"EN", "XX"}));
  EXPECT_EQ(keys("tests things"), Keys{"XX"}) << "as in the other languages that have the word";
}

TEST_P(SearchTest, find_when_phrase_then_words_in_this_order_side_by_side) {
  write({talk("A", "The garden of forking paths"), talk("B", "Paths in the garden, forking"), talk("C", "x", "", "A garden of forking paths, again")});
  EXPECT_EQ(keys("\"forking paths\""), (Keys{"A", "C"}));
  EXPECT_EQ(keys("\"forking path\""), Keys{}) << "in quotes a word is finished";
  EXPECT_EQ(keys("\"forking paths"), (Keys{"A", "C"})) << "an open quote ends with the text";
  EXPECT_EQ(keys("\"paths in\" garden"), Keys{"B"});
}

TEST_P(SearchTest, find_when_signs_inside_a_word_then_a_phrase) {
  write({talk("A", "E-mail done right"), talk("B", "Mail and E numbers"), talk("C", "node.js at scale"), talk("D", "The C++ object model"),
         talk("E", "C is not C#")});
  EXPECT_EQ(keys("e-mail"), Keys{"A"});
  EXPECT_EQ(keys("Node.js"), Keys{"C"});
  EXPECT_EQ(keys("c++ model"), Keys{"D"});
  EXPECT_EQ(keys("c#"), Keys{"E"});
}

TEST_P(SearchTest, find_when_script_has_no_spaces_then_found_inside) {
  write({talk("A", "東京でのPython"), talk("B", "京東"), talk("C", "ภาษาไทย"), talk("D", "파이썬으로 시작하는 데이터분석"), talk("E", "機械学習の入門")});
  EXPECT_EQ(keys("東京"), Keys{"A"});
  EXPECT_EQ(keys("python"), Keys{"A"});
  EXPECT_EQ(keys("ไทย"), Keys{"C"});
  EXPECT_EQ(keys("파이썬"), Keys{"D"}) << "begun";
  EXPECT_EQ(keys("파이썬 데이터"), Keys{"D"}) << "without its particle";
  EXPECT_EQ(keys("分析 学習"), Keys{"E"});
  EXPECT_EQ(keys("\"機械学習\""), Keys{"E"});
}

TEST_P(SearchTest, find_when_excluded_then_without_those) {
  write({talk("A", "Python in gardens"), talk("B", "Python on farms"), talk("C", "Python", "", "no gardens, big farms here")});
  EXPECT_EQ(keys("python -gardens"), Keys{"B"});
  EXPECT_EQ(keys("python -garden"), (Keys{"C", "A", "B"})) << "exactly that word";
  EXPECT_EQ(keys("python -\"big farms\""), (Keys{"A", "B"}));
  EXPECT_EQ(keys("-gardens python"), Keys{"B"});
}

TEST_P(SearchTest, find_when_nothing_is_asked_then_invalid) {
  auto tx = ok(db().begin_read());
  for (const char* text : {"", "   ", "-", "-python", "\"\"", "?!", "- \" \"", "\xff\xfe"})
    EXPECT_EQ(find(tx, Query{.text = text}).error().code, ErrorCode::invalid) << text;
}

TEST_P(SearchTest, find_when_query_is_made_to_break_the_index_query_then_just_words) {
  write({talk("A", "Robert'); DROP TABLE students"), talk("B", "near the column")});
  for (const char* text : {"robert'); drop table students", "\"robert' drop\"", "column:near", "NEAR(near, 2) column", "near* AND column", "(((column",
                           "^near = : * \" column", "near' | 'column", "near\\ \\' column", "near ! & | <-> column"}) {
    auto tx = ok(db().begin_read());
    EXPECT_TRUE(find(tx, Query{.text = text})) << text;
  }
  EXPECT_EQ(keys("robert'); drop table students"), Keys{"A"});
  EXPECT_EQ(keys("column:near"), Keys{"B"}) << "no facet has that name: words";
  EXPECT_EQ(keys("near' | 'column"), Keys{"B"});
}

TEST_P(SearchTest, find_when_filtered_then_of_that_event_and_kind_only) {
  Document person = talk("P", "Python person");
  person.kind = "person";
  Document other = talk("O", "Python elsewhere");
  other.event = 2;
  write({talk("A", "Python"), person, other});
  EXPECT_EQ(keys_of(look({.text = "python", .event = 1})), (Keys{"A", "P"}));
  EXPECT_EQ(keys_of(look({.text = "python", .event = 2})), Keys{"O"});
  EXPECT_EQ(keys_of(look({.text = "python", .kind = "person"})), Keys{"P"});
  EXPECT_EQ(keys_of(look({.text = "python", .event = 2, .kind = "person"})), Keys{});
}

TEST_P(SearchTest, find_when_paged_then_pieces_of_one_order) {
  std::vector<Document> documents;
  for (int i = 0; i < 25; ++i) documents.push_back(talk(std::to_string(10 + i), "Python " + std::to_string(i)));
  write(documents);
  const Hits all = look({.text = "python", .limit = 100});
  EXPECT_EQ(all.total, 25);
  Keys paged;
  for (int offset = 0; offset < 30; offset += 10) {
    const Hits page = look({.text = "python", .limit = 10, .offset = offset});
    EXPECT_EQ(page.total, 25);
    for (const Hit& hit : page.hits) paged.push_back(hit.key);
  }
  EXPECT_EQ(paged, keys_of(all));
  EXPECT_EQ(keys_of(look({.text = "python", .limit = -1, .offset = -1})), Keys{});
}

TEST_P(SearchTest, put_when_there_already_then_replaced) {
  write({talk("A", "Old title")});
  write({talk("A", "New title")});
  EXPECT_EQ(keys("old"), Keys{});
  EXPECT_EQ(keys("new title"), Keys{"A"});
  EXPECT_EQ(look("title").total, 1);
}

TEST_P(SearchTest, remove_when_gone_then_not_found_nor_suggested) {
  Document other = talk("C", "Marmalade three");
  other.event = 2;
  write({talk("A", "Marmalade one"), talk("B", "Marmalade two"), other});
  auto tx = ok(db().begin_write());
  ok(remove(tx, "talk", "A"));
  ok(remove(tx, "talk", "nobody"));
  ok(tx.commit());
  EXPECT_EQ(keys("marmalade"), (Keys{"C", "B"}));
  EXPECT_EQ(look("marmelade").did_you_mean, "marmalade");
  auto rest = ok(db().begin_write());
  ok(remove_event(rest, 1));
  ok(remove_event(rest, 2));
  ok(rest.commit());
  EXPECT_EQ(keys("marmalade"), Keys{});
  EXPECT_EQ(look("marmelade").did_you_mean, "");
}

TEST_P(SearchTest, put_when_rolled_back_then_not_found) {
  {
    auto tx = ok(db().begin_write());
    ok(put(tx, talk("A", "Python")));
    EXPECT_EQ(keys_of(ok(find(tx, Query{.text = "python"}))), Keys{"A"}) << "the transaction itself sees it";
  }
  EXPECT_EQ(keys("python"), Keys{});
}

TEST_P(SearchTest, did_you_mean_when_word_is_unknown_then_the_nearest_is_looked_for_and_said) {
  write({talk("A", "Kubernetes for gardeners"), talk("B", "Gardens"), talk("C", "Gardening"), talk("D", "Gardens again")});
  const Hits hits = look("kuberntes");
  EXPECT_EQ(hits.did_you_mean, "kubernetes");
  EXPECT_TRUE(hits.corrected);
  EXPECT_EQ(keys_of(hits), Keys{"A"});
  EXPECT_EQ(look("Kubrenetes for").did_you_mean, "kubernetes for");
  EXPECT_EQ(look("kubernetes").did_you_mean, "");
  EXPECT_FALSE(look("kubernetes").corrected);
  EXPECT_EQ(look("kubern").did_you_mean, "") << "begun, not misspelt";
  EXPECT_EQ(look("gardns again").did_you_mean, "gardens again");
  EXPECT_EQ(look("zzzzzz").did_you_mean, "");
  EXPECT_EQ(look({.text = "kuberntes", .event = 9}).did_you_mean, "") << "not in that event";
}

TEST_P(SearchTest, did_you_mean_when_a_slip_stands_in_some_document_then_what_was_meant_is_found_and_said) {
  std::vector<Document> documents{talk("SLIP", "Graphs", "", "made with pyhton on a train"), talk("WANTED", "Asynchronous programming"),
                                  talk("ASYNC", "Servers", "", "an asyncronous server"), talk("NAME", "Causes", "Chandler Pyhtno")};
  for (int i = 0; i < 150; ++i) documents.push_back(talk("P" + std::to_string(i), "Python, lesson " + std::to_string(i), "", "Asynchronous things"));
  write(documents);
  const Hits hits = look("pyhton ");
  EXPECT_EQ(hits.total, 151) << "with the one that has the slip";
  EXPECT_EQ(hits.did_you_mean, "python ");
  EXPECT_TRUE(hits.corrected);
  EXPECT_EQ(hits.exact, "\"pyhton\" ");
  EXPECT_EQ(keys(hits.exact), Keys{"SLIP"}) << "in quotes a word stays as it is";
  EXPECT_EQ(look(hits.exact).did_you_mean, "");
  EXPECT_EQ(look("pyhton lesson").did_you_mean, "python lesson");
  EXPECT_EQ(keys("asyncronous programming").at(0), "WANTED");
  EXPECT_EQ(look("asyncronous programming").exact, "\"asyncronous\" programming");
  EXPECT_EQ(keys("pyhtno"), Keys{"NAME"}) << "a name is no slip";
  EXPECT_EQ(look("pyhtno").did_you_mean, "");
  EXPECT_EQ(look("pythonn ").exact, "") << "nobody has it";
  EXPECT_EQ(look("pythonn ").did_you_mean, "python ");
}

TEST_P(SearchTest, find_when_last_word_is_a_rare_word_then_what_begins_with_it_too_after_it) {
  write({talk("SQUIRES", "Causes", "Chandler Squires"), talk("SQUIRREL", "Squirrels in the yard"), talk("DATA", "Data"), talk("BASE", "Databases"),
         talk("MIG", "Mig welding"), talk("MIGRATIONS", "Django migrations"), talk("DJANGO", "Django")});
  const auto sorted = [&](const char* question) {
    auto found = keys(question);
    std::ranges::sort(found);
    return found;
  };
  for (const char* begun : {"squi", "squir"}) EXPECT_EQ(sorted(begun), (Keys{"SQUIRES", "SQUIRREL"})) << begun;
  EXPECT_EQ(keys("data"), (Keys{"DATA", "BASE"})) << "the word itself first";
  EXPECT_EQ(keys("\"data\""), Keys{"DATA"}) << "a finished word";
  EXPECT_EQ(keys("django mig").at(0), "MIGRATIONS");
}

TEST_P(SearchTest, a_consonant_once_or_twice_when_both_are_words_then_both_are_found_and_the_word_itself_first) {
  write({talk("A", "Party planning for small groups"), talk("B", "Planing wood by hand"), talk("C", "Planes and party hats"), talk("D", "Parties"),
         talk("E", "Gardens")});
  EXPECT_EQ(keys("party planing").at(0), "A");
  EXPECT_EQ(keys("wood planing").at(0), "B");
  EXPECT_EQ(look("party planing").did_you_mean, "party planning");
  EXPECT_EQ(look("wood planing").did_you_mean, "");
}

TEST_P(SearchTest, parts_when_counted_in_other_words_then_the_same_answers) {
  write({talk("A", "Knots, part 1"), talk("B", "Knots, part 2"), talk("C", "Ropes: second part"), talk("D", "Nets, Part II"), talk("E", "Python 2"),
         talk("F", "A second look")});
  const auto sorted = [&](const char* question) {
    auto found = keys(question);
    found.resize(3);  // "part 1" has half of it
    std::ranges::sort(found);
    return found;
  };
  EXPECT_EQ(sorted("part 2"), (Keys{"B", "C", "D"}));
  for (const char* same : {"second part", "part two", "part ii"}) EXPECT_EQ(sorted(same), sorted("part 2")) << same;
  EXPECT_EQ(keys("knots part two").at(0), "B");
}

TEST_P(SearchTest, find_when_title_is_misspelt_throughout_then_found) {
  std::vector<Document> documents{talk("SQUIRREL", "Militarizing Your Backyard with Python: Computer Vision and the Squirrel Hordes", "Kurt Grandis"),
                                  talk("YARD", "Your first back yard observatory"), talk("MILITARY", "Military history in maps")};
  for (int i = 0; i < 30; ++i) documents.push_back(talk("X" + std::to_string(i), "Your Python talk number " + std::to_string(i)));
  write(documents);
  const Hits hits = look("militarising your backyrad squirl");
  EXPECT_EQ(hits.hits.at(0).key, "SQUIRREL");
  EXPECT_TRUE(hits.corrected);
  EXPECT_EQ(hits.did_you_mean, "militarising your backyard squirrel");
}

TEST_P(SearchTest, find_when_spelt_the_british_or_american_way_then_the_same) {
  write({talk("US", "Modernizing the color catalog of a theater"), talk("GB", "Modernising the colour catalogue of a theatre"), talk("X", "Nothing of that")});
  for (const char* text : {"modernising", "modernizing", "modernization", "colours ", "color ", "catalogue ", "theatre ", "theater "})
    EXPECT_EQ(look(text).total, 2) << text;
}

TEST_P(SearchTest, find_when_words_are_joined_or_apart_then_found_either_way) {
  write({talk("A", "Websockets explained"), talk("B", "Deep learning"), talk("C", "Self-driving cars"), talk("D", "Python 3.12"),
         talk("E", "Version 3 of chapter 12")});
  EXPECT_EQ(keys("web sockets"), Keys{"A"});
  EXPECT_EQ(keys("deeplearning "), Keys{"B"});
  EXPECT_EQ(keys("selfdriving "), Keys{"C"});
  EXPECT_EQ(keys("self driving "), Keys{"C"});
  EXPECT_EQ(keys("3.12").at(0), "D");
}

TEST_P(SearchTest, find_when_asked_by_another_connection_then_what_it_committed_counts) {
  write({talk("A", "Zebra")});
  EXPECT_EQ(keys("zebra"), Keys{"A"});
  auto other = ok(db::Database::open(test_database().url()));
  {
    auto tx = ok(other->begin_write());
    ok(put(tx, talk("B", "Zebra crossing")));
    ok(remove(tx, "talk", "A"));
    ok(tx.commit());
  }
  EXPECT_EQ(keys("zebra"), Keys{"B"}) << "findable when acknowledged, in every process";
}

TEST_P(SearchTest, put_all_when_very_many_then_others_read_everything) {
  write({talk("A", "Zebra")});
  EXPECT_EQ(look("zebra").total, 1);
  std::vector<Document> documents;
  for (int i = 0; i < 2500; ++i) documents.push_back(talk("Z" + std::to_string(i), "Zebra " + std::to_string(i)));
  documents.push_back(talk("Z0", "Giraffe"));
  auto tx = ok(db().begin_write());
  ok(put_all(tx, documents));
  ok(tx.commit());
  EXPECT_EQ(look("zebra").total, 2500);
  EXPECT_EQ(keys("giraffe"), Keys{"Z0"}) << "of two with one key the later counts";
  for (int round = 0; round < 3; ++round) {
    std::vector<Document> changed;
    for (int i = 0; i < 700; ++i) changed.push_back(talk("Z" + std::to_string(i), "Okapi " + std::to_string(round)));
    auto again = ok(db().begin_write());
    ok(put_all(again, changed));
    ok(again.commit());
    EXPECT_EQ(look("okapi").total, 700);
    EXPECT_EQ(look("zebra").total, 1801);
  }
}

TEST_P(SearchTest, find_when_the_past_is_forgotten_then_everything_is_read_anew) {
  write({talk("A", "Zebra")});
  EXPECT_EQ(look("zebra").total, 1);
  for (int i = 0; i < 520; ++i) write({talk("A", "Okapi " + std::to_string(i))});
  EXPECT_EQ(look("zebra").total, 0);
  EXPECT_EQ(keys("okapi 519 "), Keys{"A"});
}

TEST_P(SearchTest, did_you_mean_when_documents_change_then_the_new_words_count) {
  write({talk("A", "Zebra")});
  EXPECT_EQ(look("girafe").did_you_mean, "");
  write({talk("B", "Giraffe")});
  EXPECT_EQ(look("girafe").did_you_mean, "giraffe");
}

TEST_P(SearchTest, find_when_few_have_the_word_then_parts_of_words_in_headings_count) {
  write({talk("A", "Vektordatenbanken verstehen", "", "", "de"), talk("B", "Andere", "", "Vektordatenbanken im Text", "de")});
  EXPECT_EQ(keys("datenbank"), Keys{"A"});
  EXPECT_EQ(keys("datenbank verstehen"), Keys{"A"});
  EXPECT_EQ(keys("da"), Keys{}) << "too short a part";
}

TEST_P(SearchTest, snippet_when_body_has_the_words_then_around_them_and_marked) {
  std::string body = "A <b>beginning</b>\nwith\tmany words ";
  for (int i = 0; i < 100; ++i) body += "filler ";
  body += "then the Compilers appear, in gardens. ";
  for (int i = 0; i < 100; ++i) body += "filler ";
  write({talk("A", "x", "", body)});
  const std::string around = look("compiler gardens").hits.at(0).snippet;
  EXPECT_EQ(around,
            "…filler filler filler filler then the \x02"
            "Compilers\x03 appear, in \x02gardens\x03. filler filler filler filler filler filler filler filler filler filler filler filler filler filler "
            "filler filler filler filler filler filler…");
  EXPECT_TRUE(look("x").hits.at(0).snippet.starts_with("A <b>beginning</b> with many words filler")) << look("x").hits.at(0).snippet;
}

TEST_P(SearchTest, wipe_removed_when_erased_then_the_word_is_in_no_file) {
  const std::string canary = "zanzibarcanary";
  for (int i = 0; i < 20; ++i) write({talk(std::to_string(i), "Filler " + std::to_string(i))});
  write({talk("A", "About " + canary, canary, canary + " again")});
  for (int i = 20; i < 40; ++i) write({talk(std::to_string(i), "Filler " + std::to_string(i))});
  if (db().backend() == db::Backend::postgres) {
    auto tx = ok(db().begin_write());
    ok(remove(tx, "talk", "A"));
    ok(wipe_removed(tx));
    ok(tx.commit());
    EXPECT_EQ(look("filler").total, 40);
    EXPECT_EQ(keys(canary), Keys{});
    return;
  }
  const std::string path = test_database().url().substr(std::string_view("sqlite:").size());
  const auto is_on_disk = [&] {
    bool found = false;
    for (const char* end : {"", "-wal"}) {
      std::ifstream file(path + end, std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
      found = found || bytes.contains(canary);
    }
    return found;
  };
  EXPECT_TRUE(is_on_disk());
  {
    auto tx = ok(db().begin_write());
    ok(remove(tx, "talk", "A"));
    ok(wipe_removed(tx));
    ok(tx.commit());
  }
  ok(db().wipe_erased());
  EXPECT_FALSE(is_on_disk());
  EXPECT_EQ(look("filler").total, 40);
}

}  // namespace
}  // namespace confer::search
