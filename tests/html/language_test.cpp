// Catalogues, plural forms, and the choice of a language.
#include <gtest/gtest.h>

#include <array>

#include "html/catalogue.h"
#include "html/template.h"

namespace confer::html {
namespace {

std::string po(std::string_view entries, std::string_view plural = "nplurals=2; plural=(n != 1);") {
  return "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Plural-Forms: " + std::string(plural) + "\\n\"\n\n" + std::string(entries);
}

std::string problem(std::string_view bytes) {
  const auto read = parse_catalogue("po/de.po", bytes);
  return read ? "" : read.error().message;
}

TEST(Catalogue, read_when_well_formed_then_every_kind_of_entry_is_there) {
  const auto read = parse_catalogue("de.po", po("# a note\n#: src/x.html\nmsgid \"\"\n\"Two \"\n\"lines\"\nmsgstr \"Zwei\\n\\\"Zeilen\\\"\"\n\n"
                                                "msgid \"%1 talk\"\nmsgid_plural \"%1 talks\"\nmsgstr[0] \"ein Vortrag\"\nmsgstr[1] \"%1 Vorträge\"\n"
                                                "#~ msgid \"old\"\n#~ msgstr \"alt\"\n"));
  ASSERT_TRUE(read.has_value()) << read.error().message;
  EXPECT_EQ(read->language, "de");
  EXPECT_TRUE(read->complete);
  EXPECT_EQ(read->texts.size(), 2U);
  EXPECT_EQ(read->find("Two lines"), "Zwei\n\"Zeilen\"");
  EXPECT_EQ(read->texts.find("%1 talk")->second, (std::vector<std::string>{"ein Vortrag", "%1 Vorträge"}));
}

TEST(Catalogue, read_when_an_entry_is_empty_or_fuzzy_then_missing_and_incomplete) {
  const auto read = parse_catalogue("de.po", po("msgid \"A\"\nmsgstr \"\"\n\n#, fuzzy\nmsgid \"B\"\nmsgstr \"Be\"\n\nmsgid \"C\"\nmsgstr \"Ce\"\n"));
  ASSERT_TRUE(read.has_value());
  EXPECT_FALSE(read->complete);
  EXPECT_EQ(read->find("A"), "");
  EXPECT_EQ(read->find("B"), "");
  EXPECT_EQ(read->find("C"), "Ce");
}

TEST(Catalogue, read_when_malformed_then_says_where) {
  EXPECT_EQ(problem("msgid \"A\"\nmsgstr \"B\"\n"), "po/de.po, line 1: the header entry (msgid \"\") must come first.");
  EXPECT_EQ(problem(po("msgid \"A\nmsgstr \"B\"\n")), "po/de.po, line 6: the quoted text is not closed, or holds an escape that is not known here.");
  EXPECT_EQ(problem(po("msgctxt \"x\"\n")), "po/de.po, line 6: \"msgctxt\" is not known here; expected msgid, msgid_plural or msgstr.");
  EXPECT_EQ(problem(po("msgid \"A\"\n")), "po/de.po, line 6: an entry needs msgid and msgstr.");
  EXPECT_EQ(problem(po("msgid \"A %1\"\nmsgstr \"B\"\n")), "po/de.po, line 6: the translation of \"A %1\" does not have the same %1 … as the English text.");
  EXPECT_EQ(problem(po("msgid \"A\"\nmsgstr \"{{B}}\"\n")), "po/de.po, line 6: a translation may not hold {{ or }}.");
  EXPECT_EQ(problem(po("msgid \"A\"\nmsgstr \"B\"\n\nmsgid \"A\"\nmsgstr \"C\"\n")), "po/de.po, line 9: this msgid was there before.");
  EXPECT_EQ(problem(po("msgid \"A\"\nmsgid_plural \"As\"\nmsgstr[0] \"x\"\n")), "po/de.po, line 6: 1 plural forms, but Plural-Forms says 2.");
  EXPECT_EQ(problem(po("", "nplurals=2; plural=n =;")), "po/de.po, line 1: The plural expression \"n =\" cannot be read..");
  EXPECT_EQ(problem("\xff"), "po/de.po: not UTF-8.");
  EXPECT_EQ(parse_catalogue("german.txt", "").error().message, "german.txt: a catalogue's name is its language tag and .po, like de.po.");
}

TEST(Plural, rule_when_asked_then_as_gettext_does) {
  struct Row {
    std::string_view rule;
    std::vector<std::size_t> forms;  ///< for n = 0, 1, 2, 3, 5, 11, 21, 22, 25, 101, 111
  };
  // The expressions are those of the gettext manual, § 11.2.6.
  const std::vector<Row> rows = {
      {"nplurals=1; plural=0;", {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}},
      {"nplurals=2; plural=(n != 1);", {1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1}},
      {"nplurals=2; plural=n>1;", {0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1}},
      {"nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;", {2, 0, 1, 1, 2, 2, 0, 1, 2, 0, 2}},
      {"nplurals=3; plural=(n==1) ? 0 : (n>=2 && n<=4) ? 1 : 2;", {2, 0, 1, 1, 2, 2, 2, 2, 2, 2, 2}},
      {"nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;", {0, 1, 2, 3, 3, 4, 4, 4, 4, 5, 4}},
  };
  const std::vector<unsigned long> numbers = {0, 1, 2, 3, 5, 11, 21, 22, 25, 101, 111};
  for (const auto& row : rows) {
    const auto rule = PluralRule::parse(row.rule);
    ASSERT_TRUE(rule.has_value()) << row.rule;
    std::vector<std::size_t> forms;
    for (const auto n : numbers) forms.push_back(rule->form_for(n));
    EXPECT_EQ(forms, row.forms) << row.rule;
  }
}

TEST(Plural, rule_when_unreadable_or_hostile_then_refused_or_bounded) {
  for (const std::string_view rule : {"", "nplurals=9; plural=n;", "nplurals=2; plural=;", "nplurals=2; plural=n+;", "nplurals=2; plural=(n;",
                                      "nplurals=2; plural=x;", "nplurals=2; plural=n?1;"})
    EXPECT_FALSE(PluralRule::parse(rule).has_value()) << rule;
  EXPECT_FALSE(PluralRule::parse("nplurals=2; plural=" + std::string(10000, '(') + "n").has_value());
  EXPECT_EQ(PluralRule::parse("nplurals=2; plural=n/0+n%0+7;")->form_for(3), 1U);
}

class Languages : public ::testing::Test {
 protected:
  void SetUp() override {
    german_ =
        po("msgid \"Room %1\"\nmsgstr \"Raum %1\"\n\nmsgid \"%1 talk\"\nmsgid_plural \"%1 talks\"\nmsgstr[0] \"%1 Vortrag\"\nmsgstr[1] \"%1 Vorträge\"\n");
    french_ = po("msgid \"Room %1\"\nmsgstr \"\"\n");
    const std::array files{embedded::File{"fr.po", french_}, embedded::File{"de.po", german_}};
    ASSERT_TRUE(use_catalogues(files).has_value());
  }
  void TearDown() override { ASSERT_TRUE(use_catalogues({}).has_value()); }
  std::string german_, french_;
};

TEST_F(Languages, list_when_a_catalogue_is_incomplete_then_not_offered) { EXPECT_EQ(languages(), (std::vector<std::string>{"en", "de"})); }

TEST_F(Languages, translate_when_there_is_none_then_english) {
  EXPECT_EQ(translate("Room %1", "de", {"5"}), "Raum 5");
  EXPECT_EQ(translate("Room %1", "de-AT", {"5"}), "Raum 5");
  EXPECT_EQ(translate("Room %1", "fr", {"5"}), "Room 5");
  EXPECT_EQ(translate("Floor %1", "de", {"5"}), "Floor 5");
  EXPECT_EQ(translate("100 %", "de"), "100 %");
}

TEST_F(Languages, plural_when_counted_then_its_form) {
  EXPECT_EQ(translate_plural("%1 talk", "%1 talks", 1, "de"), "1 Vortrag");
  EXPECT_EQ(translate_plural("%1 talk", "%1 talks", 0, "de"), "0 Vorträge");
  EXPECT_EQ(translate_plural("%1 talk", "%1 talks", 1, "en"), "1 talk");
  EXPECT_EQ(translate_plural("%1 talk", "%1 talks", 21, "en"), "21 talks");
}

TEST_F(Languages, negotiate_when_asked_then_best_of_ours) {
  const std::vector<std::pair<std::string_view, std::string_view>> rows = {
      {"", "en"},
      {"de", "de"},
      {"de-AT,de;q=0.9,en;q=0.8", "de"},
      {"fr,de;q=0.5,en;q=0.4", "de"},
      {"en;q=0.3, de;q=0.4", "de"},
      {"en, de", "en"},
      {"de;q=0", "en"},
      {"*", "en"},
      {"ja", "en"},
      {"DE-de", "de"},
      {"de;q=x", "en"},
      {";;;,,,q=1", "en"},
  };
  for (const auto& [header, language] : rows) EXPECT_EQ(negotiate_language(header), language) << header;
}

TEST_F(Languages, name_when_asked_then_in_itself) {
  EXPECT_EQ(language_name("de"), "Deutsch");
  EXPECT_EQ(language_name("en"), "English");
}

}  // namespace
}  // namespace confer::html
