// Tests of base/secret.h.
#include "base/secret.h"
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <ostream>
#include <type_traits>
#include "base/json_writer.h"
#include "base/log.h"

namespace confer {
namespace {

template <class T>
concept Streamable = requires(std::ostream& out, const T& value) { out << value; };
template <class T>
concept Writable = requires(JsonWriter& json, const T& value) { json.value(value); };
template <class T>
constexpr bool can_leak = Streamable<T> || Writable<T> || fmt::is_formattable<T>::value || std::is_constructible_v<LogField, std::string_view, T> ||
                          std::is_convertible_v<T, std::string> || std::is_convertible_v<T, std::string_view>;
static_assert(can_leak<std::string>);  // the check can see a leak
static_assert(!can_leak<Secret<std::string>> && !can_leak<Secret<int>> && !can_leak<Email>);

TEST(secret, is_revealed_on_request) { EXPECT_EQ(Secret<std::string>("hunter2").reveal(), "hunter2"); }

TEST(email, when_an_address_then_kept_as_typed_and_folded) {
  const struct {
    std::string_view in, address, folded;
  } rows[] = {
      {"ada@example.org", "ada@example.org", "ada@example.org"},
      {" Ada.Lovelace+talks@Example.ORG\n", "Ada.Lovelace+talks@Example.ORG", "ada.lovelace+talks@example.org"},
      {"o'brien_{x}@sub-domain.example.co.uk", "o'brien_{x}@sub-domain.example.co.uk", "o'brien_{x}@sub-domain.example.co.uk"},
      {"JÖRG@MÜLLER.example", "JÖRG@MÜLLER.example", "jörg@müller.example"},
      {"admin@localhost", "admin@localhost", "admin@localhost"},
  };
  for (const auto& row : rows) {
    const auto email = Email::parse(row.in);
    ASSERT_TRUE(email.has_value()) << row.in;
    EXPECT_EQ(email->address(), row.address);
    EXPECT_EQ(email->folded(), row.folded);
  }
  EXPECT_EQ(Email::parse("Ada@Example.org"), Email::parse("ada@example.ORG"));
  EXPECT_NE(Email::parse("ada@example.org").value(), Email::parse("bob@example.org").value());
  EXPECT_TRUE(Email().empty());
}

TEST(email, when_not_an_address_then_invalid_and_not_repeated) {
  const std::string_view rows[] = {
      "",
      "ada",
      "@example.org",
      "ada@",
      "ada@@example.org",
      "a b@example.org",
      "ada@exa mple.org",
      "ada@example..org",
      ".ada@example.org",
      "ada.@example.org",
      "a..b@example.org",
      "ada@-example.org",
      "ada@example-.org",
      "ada@example.org.",
      "<ada@example.org>",
      "Ada <ada@example.org>",
      "\"a b\"@example.org",
      "ada@[127.0.0.1]",
      "ada@example.org,bob@example.org",
      "ada@example.org\r\nBcc: bob@example.org",
      "ada\t@example.org",
      "ada\u202e@example.org",
      "ada\u00a0x@example.org",
      "ada\xff@example.org",
      std::string_view("a\0b@example.org", 15),
  };
  for (const auto& row : rows) {
    const auto email = Email::parse(row);
    ASSERT_FALSE(email.has_value()) << row;
    EXPECT_EQ(email.error().code, ErrorCode::invalid);
    EXPECT_EQ(email.error().message, "This is not an e-mail address. Please write it as name@example.org.");
    EXPECT_EQ(email.error().detail, "");
  }
}

TEST(email, length_is_limited) {
  const std::string label(61, 'd');
  const std::string domain = label + "." + label + "." + label;  // 185
  const std::string local64(64, 'a');
  EXPECT_TRUE(Email::parse(local64 + "@" + domain + ".abc").has_value());  // 254
  EXPECT_FALSE(Email::parse(local64 + "@" + domain + ".abcd").has_value());
  EXPECT_FALSE(Email::parse(local64 + "a@example.org").has_value());
  EXPECT_FALSE(Email::parse("ada@" + std::string(64, 'd') + ".org").has_value());
}

}  // namespace
}  // namespace confer
