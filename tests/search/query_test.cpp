// Words, queries, spelling and snippets: pure.
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "search/columns.h"
#include "search/parse.h"
#include "search/search.h"
#include "search/slips.h"
#include "search/snippet.h"
#include "search/stems.h"
#include "search/words.h"

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

TEST(Tokens, words_when_joined_by_signs_then_extras) {
  const auto extras = [](std::string_view text) {
    Words words;
    read_words(text, [](std::string_view) {}, [&](std::string_view extra) { words.emplace_back(extra); });
    return words;
  };
  EXPECT_EQ(extras("e-mail, node.js and don't"), (Words{"email", "nodejs", "dont"}));
  EXPECT_EQ(extras("state-of-the-art"), (Words{"stateof", "stateofthe", "stateoftheart"}));
  EXPECT_EQ(extras("Python 3.12 - 3.11.2"), (Words{"3.12", "3.11", "3.11.2"}));
  EXPECT_EQ(extras("a. b, c - d"), Words{});
  EXPECT_EQ(extras("東京都で x"), (Words{"東京", "京都", "都で"}));
  EXPECT_EQ(extras("데이터분석 분석"), (Words{"데이", "이터", "터분", "분석"}));
}

TEST(Stems, word_when_in_its_language_then_its_stem) {
  EXPECT_EQ(stem("testing", "en"), "test");
  EXPECT_EQ(stem("testing", "en-GB"), "test");
  EXPECT_EQ(stem("testing", "eng"), "test");
  EXPECT_EQ(stem("hauser", "de"), "haus");
  EXPECT_EQ(stem("testing", "xx"), "testing");
  EXPECT_EQ(stem("testing", ""), "testing");
  EXPECT_EQ(base_language("deu"), "de");
  EXPECT_EQ(base_language("pt-BR"), "pt");
  EXPECT_EQ(base_language("nb"), "no");
}

TEST(Stems, spelling_when_british_then_the_american_one) {
  for (const auto& [british, there] : {std::pair{"militarising", "militarizing"},
                                       {"colour", "color"},
                                       {"catalogue", "catalog"},
                                       {"centre", "center"},
                                       {"analysed", "analyzed"},
                                       {"modelling", "modeling"},
                                       {"garden", "garden"},
                                       {"four", "four"}})
    EXPECT_EQ(american(british), there);
}

TEST(ParseQuery, text_when_written_in_any_way_then_terms) {
  using Terms = std::vector<Term>;
  const auto term = [](Words words, std::size_t first, bool prefix = false) { return Term{std::move(words), prefix, false, false, first}; };
  const auto phrase = [](Words words, std::size_t first) { return Term{std::move(words), false, false, true, first}; };
  const auto without = [](Words words, bool quoted = false) { return Term{std::move(words), false, true, quoted, 0}; };
  EXPECT_EQ(parse_query("one two").terms, (Terms{term({"one"}, 0), term({"two"}, 1, true)}));
  EXPECT_EQ(parse_query("one two  ").terms, (Terms{term({"one"}, 0), term({"two"}, 1, true)}));
  EXPECT_EQ(parse_query("\"one two\" three").terms, (Terms{phrase({"one", "two"}, 0), term({"three"}, 2, true)}));
  EXPECT_EQ(parse_query("one\"two three\"four").terms, (Terms{term({"one"}, 0), phrase({"two", "three"}, 1), term({"four"}, 3, true)}));
  EXPECT_EQ(parse_query("-one two -\"three four\" --five").terms,
            (Terms{without({"one"}), term({"two"}, 0), without({"three", "four"}, true), without({"five"})}));
  EXPECT_EQ(parse_query("e-mail").terms, (Terms{term({"e", "mail"}, 0, true)}));
  EXPECT_EQ(parse_query("one - two").terms, (Terms{term({"one"}, 0), term({"two"}, 1, true)}));
  EXPECT_EQ(parse_query("\"one").terms, Terms{phrase({"one"}, 0)});
  EXPECT_EQ(parse_query("\"\" \" - ").terms, Terms{});
  EXPECT_EQ(parse_query("a b c d e f g h i j k l m n o p q r s t u v w x y z").terms.size(), 24U);
  EXPECT_EQ(parse_query(std::string(499, ' ') + "é").terms.size(), 0U) << "cut before half a character";
}

TEST(ParseQuery, text_when_it_has_names_of_facets_then_filters) {
  const IsName is_name = [](std::string_view name) { return name == "speaker" || name == "year"; };
  const Parsed parsed = parse_query("python speaker:\"Ada Lovelace\" -year:2012-2015 std::vector Speaker:ada year: tag:x", is_name);
  EXPECT_EQ(parsed.filters, (std::vector<Named>{{"speaker", "Ada Lovelace", 7, 29}, {"year", "2012-2015", 30, 45, true}, {"speaker", "ada", 58, 69}}));
  ASSERT_EQ(parsed.terms.size(), 3U);
  EXPECT_EQ(parsed.terms[1].words, (Words{"std", "vector"}));
  EXPECT_EQ(parsed.terms[2].words, (Words{"tag", "x"})) << "no facet of that name";
  EXPECT_FALSE(parse_query("speaker:ada", is_name).asks());
}

TEST(Ranges, text_when_a_range_then_its_ends) {
  const auto ends = [](std::string_view text) {
    const auto range = range_of(text);
    return range ? std::to_string(range->from) + " " + std::to_string(range->to) : "none";
  };
  const std::string least = std::to_string(INT64_MIN), most = std::to_string(INT64_MAX);
  EXPECT_EQ(ends("2012-2015"), "2012 2015");
  EXPECT_EQ(ends("2012..2015"), "2012 2015");
  EXPECT_EQ(ends("2012–2015"), "2012 2015");
  EXPECT_EQ(ends("<30"), least + " 29");
  EXPECT_EQ(ends("<=30"), least + " 30");
  EXPECT_EQ(ends(">60"), "61 " + most);
  EXPECT_EQ(ends("60-"), "60 " + most);
  EXPECT_EQ(ends("-60"), least + " 60");
  for (const char* text : {"", "2012", "<", ">x", "a-b", "1-b", "--", "99999999999999999999-1"}) EXPECT_EQ(ends(text), "none") << text;
}

TEST(Ranges, text_when_a_time_then_minutes) {
  const auto ends = [](std::string_view text) {
    const auto range = range_of(text);
    return range ? std::pair(range->from, range->to) : std::pair(std::int64_t{-1}, std::int64_t{-1});
  };
  EXPECT_EQ(ends("<1h"), std::pair(INT64_MIN, std::int64_t{59}));
  EXPECT_EQ(ends("90m"), std::pair(std::int64_t{90}, std::int64_t{90}));
  EXPECT_EQ(ends("90min"), ends("90m"));
  EXPECT_EQ(ends("1h30"), ends("90m"));
  EXPECT_EQ(ends("1h30m"), ends("90m"));
  EXPECT_EQ(ends("30m-1h"), std::pair(std::int64_t{30}, std::int64_t{60}));
  for (const char* none : {"h", "m", "1h90", "hm", "1hh", "-1h-", "99999999999999999999h", "9223372036854775807h"})
    EXPECT_EQ(ends(none), std::pair(std::int64_t{-1}, std::int64_t{-1})) << none;
}

TEST(Facets, list_when_written_then_read_back) {
  const std::vector<Facet> facets{{"speaker", "Ada\tLovelace\n", ""}, {"event", "pycon-2012", "PyCon 2012"}, {"Bad name", "x", ""}, {"tag", "  ", ""}};
  EXPECT_EQ(read_facets(written(facets)), (std::vector<Facet>{{"speaker", "Ada Lovelace", ""}, {"event", "pycon-2012", "PyCon 2012"}}));
  EXPECT_EQ(read_facets("").size(), 0U);
}

TEST(Slips, words_when_mistyped_then_the_more_frequent_the_word_must_be_the_likelier_it_is_another) {
  for (const auto& [typed, meant] : {std::pair{"pyhton", "python"},
                                     {"phyton", "python"},
                                     {"asyncronous", "asynchronous"},
                                     {"enviroment", "environment"},
                                     {"langauge", "language"},
                                     {"databse", "database"},
                                     {"seperate", "separate"},
                                     {"multiproccessing", "multiprocessing"}})
    EXPECT_GT(times_as_frequent(typed, meant), 0U) << typed;
  EXPECT_LT(times_as_frequent("langauge", "language"), times_as_frequent("pyhton", "python")) << "a short word is likelier another one";
  for (const auto& [typed, other] : {std::pair{"squires", "squirrels"},
                                     {"scapy", "scipy"},
                                     {"trucks", "tracks"},
                                     {"clover", "cover"},
                                     {"drone", "done"},
                                     {"panda", "pandas"},
                                     {"jython", "python"},
                                     {"complicates", "complicated"},
                                     {"form", "from"},
                                     {"python", "python"},
                                     {"", "a"},
                                     {"py3thon", "pyt3hon"},
                                     {"питон", "птион"}})
    EXPECT_EQ(times_as_frequent(typed, other), 0U) << typed;
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

/// Words, each in so many documents of a language.
search::Words words_of(const std::vector<std::pair<std::string, int>>& counts, const std::string& language) {
  search::Words words;
  std::uint32_t document = 0;
  for (const auto& [text, count] : counts) {
    const WordId id = words.add(text);
    words[id].languages |= 1U << words.language(language);
    for (int i = 0; i < count; ++i) {
      words[id].postings.add(document++, {1});
      ++words[id].documents;
    }
  }
  words.prepare();
  return words;
}

Words texts_of(const search::Words& words, const std::vector<WordId>& ids) {
  Words texts;
  for (const WordId id : ids) texts.emplace_back(words[id].text);
  return texts;
}

TEST(Words, word_when_misspelt_begun_inflected_or_part_then_found) {
  const auto words = words_of({{"garden", 5}, {"gardens", 9}, {"harden", 9}, {"ox", 3}, {"cat", 1}, {"cap", 2}, {"gardening", 1}, {"gone", 0}}, "en");
  const auto nearest = [&](std::string_view text) {
    const auto near = words.near(text, edits_for(characters_of(text)), 1);
    return near.empty() ? std::string() : std::string(words[near[0].word].text);
  };
  EXPECT_EQ(nearest("gardn"), "garden");
  EXPECT_EQ(nearest("gardenss"), "gardens");
  EXPECT_EQ(nearest("car"), "cap");
  EXPECT_EQ(nearest("cxx"), "") << "short words: one edit";
  EXPECT_EQ(nearest("oy"), "");
  EXPECT_EQ(nearest("gon"), "") << "no document has it any more";
  EXPECT_EQ(texts_of(words, words.beginning("gard", 2)), (Words{"gardens", "garden"}));
  EXPECT_EQ(texts_of(words, words.beginning("garden", 9)), (Words{"gardens", "gardening"}));
  EXPECT_EQ(texts_of(words, words.inflected("gardened")), (Words{"gardens", "garden", "gardening"}));
  EXPECT_EQ(texts_of(words, words.containing("arde", 2)), (Words{"gardens", "harden"}));
  EXPECT_EQ(words.find("gardener"), std::nullopt);
}

TEST(Words, words_when_many_come_later_then_found_like_the_first) {
  search::Words words;
  const auto add = [&](const std::string& text) {
    const WordId id = words.add(text);
    words[id].languages |= 1U << words.language("en");
    words[id].documents = 1;
  };
  for (int i = 0; i < 6000; ++i) add("first" + std::to_string(i));
  add("walking");
  words.prepare();
  add("walked");
  add("walks");
  words.prepare();
  EXPECT_EQ(texts_of(words, words.inflected("walk")), (Words{"walked", "walking", "walks"}));
  EXPECT_EQ(texts_of(words, words.beginning("walk", 9)), (Words{"walked", "walking", "walks"}));
  for (int i = 0; i < 6000; ++i) add("second" + std::to_string(i));
  words.prepare();
  EXPECT_EQ(texts_of(words, words.inflected("walk")), (Words{"walked", "walking", "walks"}));
  EXPECT_EQ(words.size(), 12003U);
}

TEST(Postings, documents_when_added_then_read_back) {
  Postings postings;
  std::vector<std::pair<std::uint32_t, Counts>> added;
  for (std::uint32_t i = 0; i < 500; ++i) {
    const Counts counts{static_cast<std::uint8_t>(i % 3), 0, 0, static_cast<std::uint8_t>(i % 7 == 0 ? 255 : 0), 1, static_cast<std::uint8_t>(i % 2)};
    added.emplace_back(i * i, counts);
    postings.add(i * i, counts);
  }
  Postings moved = std::move(postings);
  std::vector<std::pair<std::uint32_t, Counts>> read;
  moved.each([&](std::uint32_t document, const Counts& counts) { read.emplace_back(document, counts); });
  EXPECT_EQ(read, added);
}

TEST(Snippet, text_when_short_or_strange_then_whole_and_plain) {
  const auto is = [](std::string wanted) { return [wanted = std::move(wanted)](std::string_view word) { return word == wanted ? 0 : -1; }; };
  EXPECT_EQ(snippet("One two.", is("two")), "One \x02two\x03.");
  EXPECT_EQ(snippet("One \x02two\x03 three", is("x")), "One two three");
  EXPECT_EQ(snippet("", is("x")), "");
  EXPECT_EQ(snippet("...", is("x")), "");
  EXPECT_EQ(snippet("Tests\r\n\r\n\tand  tests\n", is("tests")), "\x02Tests\x03 and \x02tests\x03");
  EXPECT_EQ(marked("東京都で", is("京都")), "東\x02京都\x03で") << "a pair is marked as one";
  EXPECT_EQ(marked(" - ", is("x")), "-");
}

}  // namespace
}  // namespace confer::search
