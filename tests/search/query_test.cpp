// Words, queries, spelling and snippets: pure.
#include <gtest/gtest.h>

#include <algorithm>

#include "search/search.h"
#include "search/snippet.h"
#include "search/speller.h"
#include "search/stems.h"
#include "search/terms.h"

namespace confer::search {
namespace {

using Words = std::vector<std::string>;

TEST(Tokens, text_when_mixed_then_folded_words) {
  EXPECT_EQ(tokens("Hello, World!"), (Words{"hello", "world"}));
  EXPECT_EQ(tokens("Don't e-mail node.js 3.12"), (Words{"don", "t", "e", "mail", "node", "js", "3", "12"}));
  EXPECT_EQ(tokens("C++ C# c++17 a+b C F#"), (Words{"c++", "c#", "c++", "17", "a", "b", "c", "f#"}));
  EXPECT_EQ(tokens("#hashtag C#sharp ++"), (Words{"hashtag", "c", "sharp"}));
  EXPECT_EQ(tokens("KÄSE Straße café ﬁne x²"), (Words{"kase", "strasse", "cafe", "fine", "x2"}));
  EXPECT_EQ(tokens("e\xCC\x81t\xC3\xA9"), (Words{"ete"})) << "composed or not";
  EXPECT_EQ(tokens("東京で Python入門"), (Words{"東", "京", "で", "python", "入", "門"}));
  EXPECT_EQ(tokens("हिन्दी भाषा"), (Words{"हिन्दी", "भाषा"}));
  EXPECT_EQ(tokens("Привет"), (Words{"привет"}));
  EXPECT_EQ(tokens(" \n--- ½ …"), (Words{"12"}));
  EXPECT_EQ(tokens(""), Words{});
  EXPECT_EQ(tokens("a\xff"
                   "b\xc3"),
            (Words{"a", "b"}));
  EXPECT_EQ(tokens(std::string(100, 'x')), (Words{std::string(64, 'x')}));
}

TEST(Tokens, places_when_text_has_accents_then_bytes_of_the_text) {
  const std::string text = "Über C++!";
  const auto found = tokenise(text);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(text.substr(found[0].begin, found[0].end - found[0].begin), "Über");
  EXPECT_EQ(text.substr(found[1].begin, found[1].end - found[1].begin), "C++");
}

TEST(Stems, word_when_in_its_language_then_its_stem) {
  EXPECT_EQ(stem("testing", "en"), "test");
  EXPECT_EQ(stem("testing", "en-GB"), "test");
  EXPECT_EQ(stem("hauser", "de"), "haus");
  EXPECT_EQ(stem("testing", "xx"), "testing");
  EXPECT_EQ(stem("testing", ""), "testing");
  const auto all = all_stems("testing");
  EXPECT_EQ(std::ranges::count(all, "test"), 1);
  EXPECT_EQ(std::ranges::count(all, "testing"), 1);
}

TEST(ParseQuery, text_when_written_in_any_way_then_terms) {
  using Terms = std::vector<Term>;
  EXPECT_EQ(parse_query("one two").terms, (Terms{{{"one"}}, {{"two"}, true}}));
  EXPECT_EQ(parse_query("one two  ").terms, (Terms{{{"one"}}, {{"two"}, true}}));
  EXPECT_EQ(parse_query("\"one two\" three").terms, (Terms{{{"one", "two"}}, {{"three"}, true}}));
  EXPECT_EQ(parse_query("three \"one two\"").terms, (Terms{{{"three"}}, {{"one", "two"}}}));
  EXPECT_EQ(parse_query("one\"two three\"four").terms, (Terms{{{"one"}}, {{"two", "three"}}, {{"four"}, true}}));
  EXPECT_EQ(parse_query("-one two -\"three four\" --five").terms,
            (Terms{{{"one"}, false, true}, {{"two"}}, {{"three", "four"}, false, true}, {{"five"}, false, true}}));
  EXPECT_EQ(parse_query("e-mail").terms, (Terms{{{"e", "mail"}, true}}));
  EXPECT_EQ(parse_query("one - two").terms, (Terms{{{"one"}}, {{"two"}, true}}));
  EXPECT_EQ(parse_query("\"one").terms, (Terms{{{"one"}}}));
  EXPECT_EQ(parse_query("\"\" \" - ").terms, Terms{});
  EXPECT_EQ(parse_query("a b c d e f g h i j k l m n").terms.size(), 12U);
  EXPECT_EQ(parse_query(std::string(499, ' ') + "é").terms.size(), 0U) << "cut before half a character";
}

TEST(IndexQuery, query_when_it_has_everything_then_in_both_languages) {
  const Parsed parsed = parse_query("\"one two\" -three fou");
  EXPECT_TRUE(fts5_query(parsed, Where::anywhere).starts_with(R"((("one") AND ("two") AND ("fou"* OR )"));
  EXPECT_TRUE(fts5_query(parsed, Where::anywhere).ends_with(R"(NOT "three")"));
  EXPECT_TRUE(tsquery(parsed, Where::heading).starts_with("(('^one') & ('^two') & ('^fou':* | "));
  EXPECT_TRUE(tsquery(parsed, Where::heading).ends_with("& !'three'"));
  EXPECT_EQ(fts5_query(parse_query("-three"), Where::anywhere), "");
}

TEST(Terms, document_when_indexed_then_each_word_once_with_its_marks) {
  EXPECT_EQ(terms_of("testing c++", "tests testing x", "en"), "=test ^=test ^c++ ^testing c++ testing tests x");
  EXPECT_EQ(terms_of("", "", "en"), "");
}

TEST(EditDistance, words_when_changed_then_counted) {
  EXPECT_EQ(edit_distance("garden", "garden", 2), 0);
  EXPECT_EQ(edit_distance("garden", "gardens", 2), 1);
  EXPECT_EQ(edit_distance("garden", "graden", 2), 1) << "a swap is one edit";
  EXPECT_EQ(edit_distance("garden", "harden", 2), 1);
  EXPECT_EQ(edit_distance("garden", "ardn", 2), 2);
  EXPECT_EQ(edit_distance("garden", "gardening", 2), 3) << "too far";
  EXPECT_EQ(edit_distance("привет", "превет", 2), 1) << "by characters, not bytes";
  EXPECT_EQ(edit_distance("", "ab", 2), 2);
  EXPECT_EQ(edit_distance("abcdef", "uvwxyz", 2), 3);
  EXPECT_EQ(edit_distance(std::string(64, 'x'), std::string(64, 'x'), 2), 0);
}

TEST(Speller, word_when_misspelt_then_the_nearest_most_used) {
  const Speller speller({{"garden", 5}, {"gardens", 9}, {"harden", 9}, {"ox", 3}, {"cat", 1}, {"cap", 2}});
  EXPECT_EQ(speller.nearest("gardn"), "garden");
  EXPECT_EQ(speller.nearest("gardenss"), "gardens");
  EXPECT_EQ(speller.nearest("barden"), "harden") << "as near as garden, in more documents";
  EXPECT_EQ(speller.nearest("car"), "cap");
  EXPECT_EQ(speller.nearest("cxx"), std::nullopt) << "short words: one edit";
  EXPECT_EQ(speller.nearest("oy"), std::nullopt);
  EXPECT_TRUE(speller.knows("garden"));
  EXPECT_FALSE(speller.knows("garde"));
  EXPECT_TRUE(speller.knows_prefix("garde"));
  EXPECT_FALSE(speller.knows_prefix("zebra"));
}

TEST(Snippet, text_when_short_or_strange_then_whole_and_plain) {
  EXPECT_EQ(snippet("One two.", parse_query("two"), "en"), "One \x02two\x03.");
  EXPECT_EQ(snippet("One \x02two\x03 three", parse_query("x"), "en"), "One two three");
  EXPECT_EQ(snippet("", parse_query("x"), "en"), "");
  EXPECT_EQ(snippet("...", parse_query("x"), "en"), "");
  EXPECT_EQ(snippet("Tests\r\n\r\n\tand  tested\n", parse_query("testing -and"), "en"), "\x02Tests\x03 and \x02tested\x03");
}

}  // namespace
}  // namespace confer::search
