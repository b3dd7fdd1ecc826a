// Finding documents, on both databases.
#include "search/search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <mutex>

#include "base/log.h"
#include "support/database.h"

namespace confer::search {
namespace {

using test::ok;
using Keys = std::vector<std::string>;

std::mutex log_mutex;
std::vector<std::string> log_lines;

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

TEST_P(SearchTest, find_when_words_stand_in_different_fields_then_weighed_8_6_4_1) {
  Document tags = talk("TAGS", "Four");
  tags.tags = "compiler";
  write(
      {talk("BODY", "One", "", "about a compiler"), tags, talk("NAMES", "Three", "Compiler, Ada"), talk("TITLE", "A compiler story"), talk("NONE", "Nothing")});
  const Hits hits = look("compiler");
  EXPECT_EQ(keys_of(hits), (Keys{"TITLE", "NAMES", "TAGS", "BODY"}));
  EXPECT_EQ(hits.total, 4);
  EXPECT_EQ(hits.hits[0].score, 8);
  EXPECT_EQ(hits.hits[1].score, 6);
  EXPECT_EQ(hits.hits[2].score, 4);
  EXPECT_EQ(hits.hits[3].score, 1);
  EXPECT_EQ(hits.hits[0].kind, "talk");
  EXPECT_EQ(hits.hits[0].event, 1);
  EXPECT_EQ(hits.hits[0].title, "A compiler story");
}

TEST_P(SearchTest, find_when_several_words_then_all_are_needed) {
  write({talk("A", "Garden sheds"), talk("B", "Garden paths", "", "sheds"), talk("C", "Sheds")});
  EXPECT_EQ(keys("garden sheds"), (Keys{"A", "B"}));
  EXPECT_EQ(keys("sheds garden"), (Keys{"A", "B"}));
}

TEST_P(SearchTest, find_when_case_and_accents_differ_then_found) {
  write({talk("A", "Über Käse in KØBENHAVN", "Łukasz Gödel"), talk("B", "Straße")});
  for (const char* text : {"uber", "ÜBER", "kase", "käse", "københavn", "Kobenhavn", "lukasz", "godel"}) EXPECT_EQ(keys(text), Keys{"A"}) << text;
  for (const char* text : {"strasse", "STRASSE", "straße"}) EXPECT_EQ(keys(text), Keys{"B"}) << text;
}

TEST_P(SearchTest, find_when_last_word_is_begun_then_prefix_and_others_not) {
  write({talk("A", "Compiler construction"), talk("B", "Compost")});
  EXPECT_EQ(keys("comp"), (Keys{"A", "B"}));
  EXPECT_EQ(keys("compiler con"), Keys{"A"});
  EXPECT_EQ(keys("co construction"), Keys{});
}

TEST_P(SearchTest, find_when_word_has_another_ending_then_found_by_the_documents_language) {
  write({talk("EN", "Testing databases"), talk("DE", "Die Häuser der Stadt", "", "", "de"), talk("XX", "Testing things", "", "", "xx")});
  EXPECT_EQ(keys("tested database"), Keys{"EN"});
  EXPECT_EQ(keys("haus stadt"), Keys{"DE"});
  EXPECT_EQ(keys("testing"), (Keys{"EN", "XX"}));
  EXPECT_EQ(keys("tests things"), Keys{}) << "no stemmer for this language";
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
  write({talk("A", "東京でのPython"), talk("B", "京東"), talk("C", "ภาษาไทย")});
  EXPECT_EQ(keys("東京"), Keys{"A"});
  EXPECT_EQ(keys("python"), Keys{"A"});
  EXPECT_EQ(keys("ไทย"), Keys{"C"});
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
  EXPECT_EQ(keys("column:near"), Keys{});
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
  EXPECT_EQ(keys("old title"), Keys{});
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

TEST_P(SearchTest, did_you_mean_when_word_is_unknown_then_the_nearest_that_finds_something) {
  write({talk("A", "Kubernetes for gardeners"), talk("B", "Gardens"), talk("C", "Gardening"), talk("D", "Gardens again")});
  EXPECT_EQ(look("kuberntes").did_you_mean, "kubernetes");
  EXPECT_EQ(look("Kubrenetes for").did_you_mean, "kubernetes for");
  EXPECT_EQ(look("kubernetes").did_you_mean, "");
  EXPECT_EQ(look("kubern").did_you_mean, "") << "begun, not misspelt";
  EXPECT_EQ(look("gardns again").did_you_mean, "gardens again");
  EXPECT_EQ(look("zzzzzz").did_you_mean, "");
  EXPECT_EQ(look({.text = "kuberntes", .event = 9}).did_you_mean, "") << "not in that event";
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

TEST_P(SearchTest, find_when_pg_trgm_is_missing_then_the_same_and_the_log_says_so_once) {
  if (db().backend() == db::Backend::postgres) {
    auto tx = ok(db().begin_write());
    ok(tx.run(db().dynamic("test/drop", "DROP EXTENSION pg_trgm CASCADE")));
    ok(tx.commit());
  }
  write({talk("A", "Vektordatenbanken", "", "", "de")});
  set_log_sink([](std::string_view line) {
    std::lock_guard lock(log_mutex);
    log_lines.emplace_back(line);
  });
  EXPECT_EQ(keys("datenbank"), Keys{"A"});
  EXPECT_EQ(keys("datenbank"), Keys{"A"});
  set_log_sink(nullptr);
  std::lock_guard lock(log_mutex);
  const auto told = std::ranges::count_if(log_lines, [](const std::string& line) { return line.contains("pg_trgm"); });
  EXPECT_EQ(told, db().backend() == db::Backend::postgres ? 1 : 0);
  log_lines.clear();
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
  if (db().backend() == db::Backend::postgres) {
    auto tx = ok(db().begin_write());
    EXPECT_TRUE(wipe_removed(tx));
    return;
  }
  const std::string canary = "zanzibarcanary";
  for (int i = 0; i < 20; ++i) write({talk(std::to_string(i), "Filler " + std::to_string(i))});
  write({talk("A", "About " + canary, canary, canary + " again")});
  for (int i = 20; i < 40; ++i) write({talk(std::to_string(i), "Filler " + std::to_string(i))});
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
