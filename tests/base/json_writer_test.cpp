// Tests of base/json_writer.h and base/localized_text.h.
#include "base/json_writer.h"
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include "base/localized_text.h"
#include "support/property.h"

namespace confer {
namespace {

TEST(json_writer, writes_every_kind_of_value) {
  JsonWriter json;
  json.begin_object().field("text", "a\"b\\c\n\r\t\x01</x>ä").field("whole", 42).field("negative", std::int64_t{-7}).field("yes", true);
  json.key("list")
      .begin_array()
      .value(1.5)
      .value(0.1)
      .value(1e300)
      .null()
      .value(std::numeric_limits<double>::infinity())
      .begin_array()
      .end_array()
      .begin_object()
      .end_object()
      .end_array();
  json.key("raw").raw(R"({"x":1})").field("string", std::string("s")).field("least", std::numeric_limits<std::int64_t>::min());
  json.end_object();
  EXPECT_EQ(json.take(), R"({"text":"a\"b\\c\n\r\t\u0001\u003c/x>ä","whole":42,"negative":-7,"yes":true,"list":[1.5,0.1,1e+300,null,null,[],{}],"raw":{"x":1},)"
                         R"("string":"s","least":-9223372036854775808})");
  EXPECT_EQ(json.size(), 0U);
  EXPECT_EQ(json.value("again").take(), R"("again")");
  EXPECT_EQ(json_quoted("<\"ä"), R"("\u003c\"ä")");
}

TEST(json_writer, escapes_a_sign_wherever_it_stands) {
  for (std::size_t size = 1; size <= 40; ++size)
    for (std::size_t at = 0; at < size; ++at)
      for (int byte = 0; byte < 256; ++byte) {
        std::string text(size, byte % 2 == 0 ? 'x' : '!');
        text[at] = static_cast<char>(byte);
        std::string sign(1, static_cast<char>(byte));
        if (byte == '"' || byte == '\\')
          sign.insert(0, "\\");
        else if (byte < 0x20 || byte == '<')
          sign = byte == '\n' ? "\\n" : byte == '\r' ? "\\r" : byte == '\t' ? "\\t" : fmt::format("\\u{:04x}", byte);
        ASSERT_EQ(json_quoted(text), "\"" + text.substr(0, at) + sign + text.substr(at + 1) + "\"");
      }
}

TEST(json_writer_death, refuses_what_is_not_json) {
  EXPECT_DEATH(JsonWriter().begin_object().take(), "assertion failed");
  EXPECT_DEATH(JsonWriter().begin_object().value(1), "assertion failed");
  EXPECT_DEATH(JsonWriter().begin_object().key("a").end_object(), "assertion failed");
  EXPECT_DEATH(JsonWriter().begin_object().key("a").key("b"), "assertion failed");
  EXPECT_DEATH(JsonWriter().begin_array().end_object(), "assertion failed");
  EXPECT_DEATH(JsonWriter().begin_array().key("a"), "assertion failed");
  EXPECT_DEATH(JsonWriter().value(1).value(2), "assertion failed");
}

nlohmann::ordered_json some_tree(test::Random& random, int depth) {
  switch (random.between(0, depth > 0 ? 6 : 4)) {
    case 0:
      return random.text(10);
    case 1:
      return static_cast<std::int64_t>(random.next());
    case 2:
      return static_cast<double>(random.between(-1'000'000, 1'000'000)) / 7;
    case 3:
      return random.chance(50);
    case 4:
      return nullptr;
    case 5: {
      auto list = nlohmann::ordered_json::array();
      for (auto n = random.between(0, 4); n > 0; --n) list.push_back(some_tree(random, depth - 1));
      return list;
    }
    default: {
      auto object = nlohmann::ordered_json::object();
      for (auto n = random.between(0, 4); n > 0; --n) object[random.text(3)] = some_tree(random, depth - 1);
      return object;
    }
  }
}

void write(JsonWriter& json, const nlohmann::ordered_json& tree) {
  if (tree.is_string()) {
    json.value(tree.get_ref<const std::string&>());
  } else if (tree.is_number_integer()) {
    json.value(tree.get<std::int64_t>());
  } else if (tree.is_number_float()) {
    json.value(tree.get<double>());
  } else if (tree.is_boolean()) {
    json.value(tree.get<bool>());
  } else if (tree.is_null()) {
    json.null();
  } else if (tree.is_array()) {
    json.begin_array();
    for (const auto& element : tree) write(json, element);
    json.end_array();
  } else {
    json.begin_object();
    for (const auto& [name, element] : tree.items()) {
      json.key(name);
      write(json, element);
    }
    json.end_object();
  }
}

TEST(json_writer, when_parsed_by_another_then_the_same_tree) {
  test::for_random_cases(2000, [](test::Random& random) {
    const auto tree = some_tree(random, 4);
    JsonWriter json;
    write(json, tree);
    const std::string text = json.take();
    EXPECT_EQ(text.find('<'), std::string::npos);
    EXPECT_EQ(nlohmann::ordered_json::parse(text), tree) << text;
  });
}

TEST(localized_text, falls_back) {
  LocalizedText text("en", "Opening");
  text.set("de", "Eröffnung");
  text.set("zh-Hant", "開幕");
  const struct {
    const char *language, *fallback, *out;
  } rows[] = {{"en", "en", "Opening"},      {"de", "en", "Eröffnung"},    {"de-AT", "en", "Eröffnung"}, {"fr", "en", "Opening"}, {"fr", "de", "Eröffnung"},
              {"fr", "de-AT", "Eröffnung"}, {"zh-Hant-TW", "en", "開幕"}, {"fr", "it", "Eröffnung"}};  // the last: the first there is
  for (const auto& row : rows) EXPECT_EQ(text.in(row.language, row.fallback), row.out) << row.language << " " << row.fallback;
  EXPECT_EQ(*text.exactly_in("de"), "Eröffnung");
  EXPECT_EQ(text.exactly_in("de-AT"), nullptr);
  EXPECT_EQ(LocalizedText().in("en"), "");
  text.set("de", "");
  EXPECT_EQ(text.exactly_in("de"), nullptr);
  EXPECT_TRUE(LocalizedText("en", "").empty());
}

TEST(localized_text, when_written_as_json_then_read_back_equal) {
  LocalizedText text("en", "<Opening> \"now\"");
  text.set("pt-BR", "Abertura");
  EXPECT_EQ(text.to_json(), R"({"en":"\u003cOpening> \"now\"","pt-BR":"Abertura"})");
  EXPECT_EQ(LocalizedText::from_json(text.to_json()), text);
  EXPECT_EQ(LocalizedText().to_json(), "{}");
  EXPECT_EQ(LocalizedText::from_json("{}"), LocalizedText());
  EXPECT_EQ(LocalizedText::from_json(""), LocalizedText());
  EXPECT_EQ(LocalizedText::from_json(R"("Opening")"), LocalizedText("en", "Opening"));
  EXPECT_EQ(LocalizedText::from_json(R"({"en":"","de":"Eröffnung"})"), LocalizedText("de", "Eröffnung"));
}

TEST(localized_text, when_json_is_something_else_then_invalid) {
  for (const char* bad : {"{", "[]", "7", "null", R"({"en":7})", R"({"english":"x"})", R"({"en":null})", "Opening"})
    EXPECT_EQ(LocalizedText::from_json(bad).error().code, ErrorCode::invalid) << bad;
  EXPECT_EQ(LocalizedText::from_json(R"({"english":"x"})").error().message, R"("english" is not a language tag such as "en", "de" or "pt-BR".)");
  EXPECT_EQ(LocalizedText::from_json(R"({"en":7})").error().message, R"(The text in the language "en" must be a JSON string.)");
}

}  // namespace
}  // namespace confer
