// Tests of base/text.h.
#include "base/text.h"
#include <gtest/gtest.h>
#include <algorithm>
#include <thread>
#include "support/property.h"

namespace confer {
namespace {

struct Row {
  std::string_view in, out;
};

TEST(utf8, malformed_sequences_are_found_and_repaired) {
  const struct {
    std::string_view in;
    std::size_t bad;
    std::string_view repaired;
  } rows[] = {
      {"", std::string_view::npos, ""},
      {"plain text, longer than eight", std::string_view::npos, "plain text, longer than eight"},
      {"Köln 語 🎉", std::string_view::npos, "Köln 語 🎉"},
      {"12345678\xff", 8, "12345678\uFFFD"},
      {"a\xc3", 1, "a\uFFFD"},                              // cut off
      {"\x80z", 0, "\uFFFDz"},                              // continuation alone
      {"\xc0\xaf", 0, "\uFFFD\uFFFD"},                      // overlong '/'
      {"\xed\xa0\x80", 0, "\uFFFD\uFFFD\uFFFD"},            // a surrogate
      {"\xf4\x90\x80\x80", 0, "\uFFFD\uFFFD\uFFFD\uFFFD"},  // beyond U+10FFFF
      {"\xe8\xaa z", 0, "\uFFFD z"},                        // the longest good beginning is one replacement
      {std::string_view("a\0b", 3), std::string_view::npos, std::string_view("a\0b", 3)},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(first_invalid_utf8(row.in), row.bad) << row.in;
    EXPECT_EQ(is_valid_utf8(row.in), row.bad == std::string_view::npos);
    EXPECT_EQ(repair_utf8(row.in), row.repaired);
  }
}

TEST(utf8, when_bytes_are_random_then_repair_is_valid_and_keeps_valid_text) {
  test::for_random_cases(3000, [](test::Random& random) {
    std::string text = random.text(12);
    EXPECT_EQ(repair_utf8(text), text);
    for (char& c : text)
      if (random.chance(10)) c = static_cast<char>(random.between(0, 255));
    const std::string repaired = repair_utf8(text);
    EXPECT_TRUE(is_valid_utf8(repaired));
    EXPECT_EQ(is_valid_utf8(text), repaired == text);
    EXPECT_TRUE(is_valid_utf8(tidy_line(text)));
    EXPECT_EQ(tidy_line(tidy_line(text)), tidy_line(text));
    EXPECT_TRUE(is_valid_utf8(ellipsis(repaired, 5)));
    EXPECT_TRUE(is_valid_utf8(fold(text)));
    EXPECT_EQ(fold(fold(repaired)), fold(repaired));
    EXPECT_EQ(slugify(slugify(repaired)), slugify(repaired));
  });
}

TEST(check_text, names_field_and_problem) {
  EXPECT_TRUE(check_text("Köln", "title", 5).has_value());
  EXPECT_EQ(check_text("Köln!", "title", 5).error().message, "title: This text is too long: 6 bytes, where at most 5 fit. Please shorten it.");
  EXPECT_EQ(check_text("a\xff", "title", 5).error().message, "title: This text is not valid UTF-8 (at byte 2). Please save or send it as UTF-8.");
  const auto zero = check_text(std::string_view("ab\0", 3), "title", 5).error();
  EXPECT_EQ(zero.code, ErrorCode::invalid);
  EXPECT_EQ(zero.problems, (std::vector<FieldProblem>{{"title", "This text contains a zero character (at byte 3). Please remove it."}}));
}

TEST(trim, takes_white_space_off_both_ends) {
  const Row rows[] = {{"", ""}, {" \t\r\n\v\f", ""}, {" a b ", "a b"}, {"\u00a0a\u00a0", "a"}, {"\ufeffa", "a"}, {"à", "à"}, {"\u3000a", "\u3000a"}};
  for (const auto& row : rows) EXPECT_EQ(trim(row.in), row.out);
}

TEST(tidy_line, makes_one_clean_line) {
  const Row rows[] = {
      {"  Two\n lines\t ", "Two lines"},
      {"a\u00a0\u2003\u2028b", "a b"},
      {"a\u200bb\u2060c\ufeff", "abc"},
      {"\u202eevil\u202c \u200ftext\u2066", "evil text"},
      {"e\u0301", "é"},
      {"e\u200b\u0301", "é"},              // composes only once the invisible one is gone
      {"👩\u200d💻", "👩\u200d💻"},        // one emoji
      {"می\u200cخواهم", "می\u200cخواهم"},  // one Persian word
      {"a\u200d \u200cb\u200d", "a b"},
      {"bell\x07 and \x1b[31m", "bell and [31m"},
      {"bad\xff", "bad\uFFFD"},
      {"", ""},
  };
  for (const auto& row : rows) EXPECT_EQ(tidy_line(row.in), row.out) << row.in;
}

TEST(nfc, composes) {
  EXPECT_EQ(nfc("Ko\u0308ln"), "Köln");
  EXPECT_EQ(nfc("plain"), "plain");
}

TEST(fold, takes_case_and_accents_away) {
  const Row rows[] = {
      {"Hello World", "hello world"},
      {"Köln", "koln"},
      {"Ko\u0308ln", "koln"},
      {"Straße", "strasse"},
      {"Łódź Ærø", "lodz aero"},
      {"Đặng", "dang"},
      {"İstanbul ışık", "istanbul isik"},
      {"ＡＢＣ", "abc"},
      {"ﬁn", "fin"},
      {"Ἀθήνα", "αθηνα"},
      {"Ёлка", "елка"},
      {"がか", "がか"},
      {"हिन्दी", "हिन्दी"},
      {"한국어", "한국어"},
      {"مُحَمَّد", "محمد"},
      {"", ""},
  };
  for (const auto& row : rows) EXPECT_EQ(fold(row.in), row.out) << row.in;
}

TEST(slugify, transliterates_and_cuts_at_a_word) {
  const Row rows[] = {
      {"Привет, мир", "privet-mir"},
      {"Don't panic: C++ & you", "dont-panic-c-you"},
      {"日本", "ri-ben"},
      {"!?", ""},
      {"", ""},
      {"Crème brûlée", "creme-brulee"},
      {"Straße", "strasse"},
      {"--a--b--", "a-b"},
      {"2027: 10 years", "2027-10-years"},
      {"🎉", ""},
      {"Ελλάδα", "ellada"},
  };
  for (const auto& row : rows) EXPECT_EQ(slugify(row.in), row.out) << row.in;
  EXPECT_EQ(slugify("one two three", 13), "one-two-three");
  EXPECT_EQ(slugify("one two three", 12), "one-two");
  EXPECT_EQ(slugify("one two three", 7), "one-two");
  EXPECT_EQ(slugify("one two three", 6), "one");
  EXPECT_EQ(slugify("extraordinary", 5), "extra");
  EXPECT_LE(slugify(std::string(1'000'000, 'x') + "ü").size(), 60U);
}

TEST(slugify, when_threads_ask_at_once_then_all_get_the_same) {
  std::vector<std::string> got(3);
  {
    std::vector<std::jthread> threads;
    threads.reserve(got.size());
    for (auto& slug : got)
      threads.emplace_back([&slug] { slug = slugify("Привет, мир") + (collation_key("a", "de") < collation_key("B", "de") ? " sorted" : " unsorted"); });
  }
  EXPECT_EQ(got, std::vector<std::string>(3, "privet-mir sorted"));
}

std::vector<std::string> sorted(std::vector<std::string> words, std::string_view language) {
  std::ranges::sort(words, {}, [&](const std::string& word) { return collation_key(word, language); });
  return words;
}

TEST(collation_key, orders_as_the_language_does) {
  using Words = std::vector<std::string>;
  EXPECT_EQ(sorted({"Zebra", "apfel", "Öl", "Ofen"}, "de"), (Words{"apfel", "Ofen", "Öl", "Zebra"}));
  EXPECT_EQ(sorted({"zebra", "öl", "ås", "apa"}, "sv"), (Words{"apa", "zebra", "ås", "öl"}));
  EXPECT_EQ(sorted({"Room 10", "Room 9", "Room 1"}, "en"), (Words{"Room 1", "Room 9", "Room 10"}));
  EXPECT_EQ(sorted({"b", "a"}, "not a language!"), (Words{"a", "b"}));
  EXPECT_EQ(collation_key("", "en"), collation_key("", "de"));
  EXPECT_LT(collation_key(std::string(5000, 'a'), "en"), collation_key(std::string(5000, 'a') + "b", "en"));
}

TEST(ellipsis, cuts_at_a_word) {
  const struct {
    std::string_view in;
    std::size_t max;
    std::string_view out;
  } rows[] = {
      {"short", 5, "short"},
      {"short", 4, "sho…"},
      {"one two three", 13, "one two three"},
      {"one two three", 12, "one two…"},
      {"one two three", 8, "one two…"},
      {"one two three", 7, "one…"},
      {"a verylongword", 10, "a verylon…"},  // the word would cost most of the text
      {"äöüß", 4, "äöüß"},
      {"äöüßx", 4, "äöü…"},
      {"abce\u0301fg", 5, "abc…"},  // not between a letter and its accent
      {"ab👩\u200d💻cd", 5, "ab…"},
      {"日本語のトーク", 4, "日本語…"},
      {"anything", 1, "…"},
      {"anything", 0, ""},
      {"", 0, ""},
  };
  for (const auto& row : rows) EXPECT_EQ(ellipsis(row.in, row.max), row.out) << row.in << " " << row.max;
}

TEST(ellipsis, never_longer_than_asked) {
  test::for_random_cases(2000, [](test::Random& random) {
    const std::string text = random.text(20);
    const auto max = static_cast<std::size_t>(random.between(0, 22));
    const std::string cut = ellipsis(text, max);
    const auto length = static_cast<std::size_t>(std::ranges::count_if(cut, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
    EXPECT_LE(length, max);
    EXPECT_TRUE(cut == text || (max == 0 && cut.empty()) || text.starts_with(cut.substr(0, cut.size() - 3)));
  });
}

TEST(splitting, keeps_empty_parts) {
  using Parts = std::vector<std::string_view>;
  EXPECT_EQ(split("a,,b", ','), (Parts{"a", "", "b"}));
  EXPECT_EQ(split("", ','), (Parts{""}));
  EXPECT_EQ(split(",", ','), (Parts{"", ""}));
  EXPECT_EQ(join({"a", "", "b"}, ", "), "a, , b");
  EXPECT_EQ(join({}, ", "), "");
  EXPECT_EQ(replace_all("aaa", "a", "aa"), "aaaaaa");
  EXPECT_EQ(replace_all("abcabc", "bc", ""), "aa");
  EXPECT_EQ(ascii_lower("ÄBC-Z"), "Äbc-z");
}

TEST(language_tag, has_one_form) {
  for (const char* good : {"en", "de", "pt-BR", "zh-Hant", "zh-Hant-TW", "es-419", "gsw"}) EXPECT_TRUE(is_language_tag(good)) << good;
  for (const char* bad : {"", "e", "EN", "pt-br", "pt_BR", "zh-hant", "english", "en-", "-en", "en-GB-x", "en-GBR", "de-1", "d3", "*"})
    EXPECT_FALSE(is_language_tag(bad)) << bad;
}

TEST(language_tag, knows_its_direction) {
  for (const char* rtl : {"ar", "he", "fa", "ur", "ar-EG", "az-Arab", "yi"}) EXPECT_TRUE(is_right_to_left(rtl)) << rtl;
  for (const char* ltr : {"en", "de", "ja", "az", "ru", "", "not a language!"}) EXPECT_FALSE(is_right_to_left(ltr)) << ltr;
}

}  // namespace
}  // namespace confer
