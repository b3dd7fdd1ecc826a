// The encodings of mail, by the examples of their RFCs and by their limits.
#include "mail/mime.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "mail/mail.h"

namespace confer::mail {
namespace {

TEST(Mime, base64_when_rfc_4648_examples_then_theirs) {
  EXPECT_EQ(base64_lines(""), "");
  EXPECT_EQ(base64_lines("f"), "Zg==\r\n");
  EXPECT_EQ(base64_lines("fo"), "Zm8=\r\n");
  EXPECT_EQ(base64_lines("foo"), "Zm9v\r\n");
  EXPECT_EQ(base64_lines("foob"), "Zm9vYg==\r\n");
  EXPECT_EQ(base64_lines("foobar"), "Zm9vYmFy\r\n");
  EXPECT_EQ(base64_lines(std::string(58, '\xff')), std::string(76, '/') + "\r\n/w==\r\n");
}

TEST(Mime, base64_when_read_back_then_the_same_bytes) {
  std::string bytes;
  for (int n = 0; n < 600; ++n) {
    EXPECT_EQ(bytes_of_base64(base64_lines(bytes)), bytes) << n;
    bytes += static_cast<char>(n * 7);
  }
}

TEST(Mime, quoted_printable_when_special_then_encoded) {
  EXPECT_EQ(quoted_printable("a=b"), "a=3Db\r\n");
  EXPECT_EQ(quoted_printable("é\n"), "=C3=A9\r\n");
  EXPECT_EQ(quoted_printable("end \nend\t\r\nx\ry"), "end=20\r\nend=09\r\nx\r\ny\r\n");
  EXPECT_EQ(quoted_printable("\n\n"), "\r\n\r\n");
  EXPECT_EQ(quoted_printable(std::string(76, 'x')), std::string(75, 'x') + "=\r\nx\r\n");
  EXPECT_EQ(quoted_printable(std::string(74, 'x') + "="), std::string(74, 'x') + "=\r\n=3D\r\n");
}

TEST(Mime, header_when_ascii_then_folded_at_spaces) {
  EXPECT_EQ(text_header("Subject", "Hello"), "Subject: Hello\r\n");
  EXPECT_EQ(text_header("Subject", ""), "Subject: \r\n");
  std::string words;
  for (int i = 0; i < 30; ++i) words += (i == 0 ? "word" : " word");
  const std::string folded = text_header("Subject", words);
  for (const auto line : split(folded, '\n')) EXPECT_LE(line.size(), 77U);
  EXPECT_EQ(replace_all(folded, "\r\n", ""), "Subject: " + words);
}

TEST(Mime, header_when_not_ascii_then_encoded_words_of_whole_characters) {
  EXPECT_EQ(text_header("Subject", "Käse"), "Subject: =?UTF-8?B?S8Okc2U=?=\r\n");
  EXPECT_EQ(text_header("Subject", "=?UTF-8?B?S8Okc2U=?="), "Subject: =?UTF-8?B?PT9VVEYtOD9CP1M4T2tjMlU9Pz0=?=\r\n")
      << "what looks encoded is not taken for it";
  const std::string header = text_header("Subject", std::string(100, 'x') + "é");
  for (const auto line : split(header, '\n')) EXPECT_LE(line.size(), 77U);
}

TEST(Mime, address_when_special_then_quoted_or_encoded) {
  EXPECT_EQ(address_header("To", "", "a@b.example"), "To: a@b.example\r\n");
  EXPECT_EQ(address_header("To", "A, \"B\" \\", "a@b.example"), "To: \"A, \\\"B\\\" \\\\\"\r\n <a@b.example>\r\n");
  EXPECT_EQ(address_header("To", "Käse", "a@b.example"), "To: =?UTF-8?B?S8Okc2U=?=\r\n <a@b.example>\r\n");
}

TEST(Mime, parameter_when_not_plain_then_encoded) {
  EXPECT_EQ(parameter("filename", "talk 1.ics"), ";\r\n filename=\"talk 1.ics\"");
  EXPECT_EQ(parameter("filename", std::string(47, 'x') + "é"), ";\r\n filename*0*=UTF-8''" + std::string(47, 'x') + ";\r\n filename*1*=%C3%A9");
  EXPECT_EQ(parameter("filename", "Käse\".ics"), ";\r\n filename*=UTF-8''K%C3%A4se%22.ics");
}

TEST(Compose, message_when_composed_twice_then_the_same_bytes_and_short_lines) {
  Message message;
  message.to = Email::parse("ada@example.org").value();
  message.subject = "Hello";
  message.text = "Text\n";
  const Settings settings;
  const Instant date = instant_of_ms(784'111'777'000);  // RFC 9110's example date
  const std::string first = compose(message, settings, date).value();
  EXPECT_EQ(first, compose(message, settings, date).value());
  EXPECT_TRUE(first.starts_with(
      "Date: Sun, 06 Nov 1994 08:49:37 +0000\r\nFrom: \"Confer\"\r\n <confer@localhost>\r\nTo: ada@example.org\r\nSubject: Hello\r\nMessage-ID: <"));
  EXPECT_TRUE(first.ends_with(
      "@localhost>\r\nAuto-Submitted: auto-generated\r\nContent-Language: en\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
      "Content-Transfer-Encoding: quoted-printable\r\n\r\nText\r\n"));
  message.text = "Other\n";
  const auto id_of = [](const std::string& text) { return text.substr(text.find("Message-ID"), 40); };
  EXPECT_NE(id_of(first), id_of(compose(message, settings, date).value()));
}

}  // namespace
}  // namespace confer::mail
