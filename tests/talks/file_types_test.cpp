// What may be uploaded to a talk.
#include "talks/file_types.h"
#include <gtest/gtest.h>

namespace confer::talks {
namespace {

TEST(FileTypes, file_when_it_is_what_its_name_says_then_taken) {
  EXPECT_EQ(require_file_type("Slides.PDF", "%PDF-1.7\n").value()->content_type, "application/pdf");
  EXPECT_EQ(require_file_type("late header.pdf", std::string(500, ' ') + "%PDF-1.4").value()->ending, "pdf");
  EXPECT_EQ(require_file_type("a.b.odp", "PK\x03\x04more").value()->ending, "odp");
  EXPECT_EQ(require_file_type("notes.txt", "anything").value()->content_type, "text/plain; charset=utf-8");
  EXPECT_TRUE(find_file_type("x.pptx")->holds_slides);
  EXPECT_FALSE(find_file_type("x.zip")->holds_slides);
}

TEST(FileTypes, file_when_a_browser_could_run_it_or_it_lies_then_refused_with_a_sentence) {
  for (const char* name : {"page.html", "image.svg", "run.exe", "script.js", "no ending", "pdf", "x.pdf.xhtml", "page.htm", "a.xml"}) {
    const auto refused = require_file_type(name, "%PDF-");
    ASSERT_FALSE(refused) << name;
    EXPECT_EQ(refused.error().code, ErrorCode::invalid);
    EXPECT_TRUE(refused.error().message.contains(".zip")) << refused.error().message;
  }
  const auto lies = require_file_type("slides.pdf", "<!DOCTYPE html><script>");
  ASSERT_FALSE(lies);
  EXPECT_TRUE(lies.error().message.contains("something else")) << lies.error().message;
  EXPECT_FALSE(require_file_type("slides.odp", "%PDF-1.7"));
  EXPECT_FALSE(require_file_type("empty.pdf", ""));
}

TEST(FileTypes, name_when_it_comes_from_any_system_then_only_its_last_part_stays_and_its_ending) {
  EXPECT_EQ(tidy_file_name("C:\\Talks\\My slides.pdf"), "My slides.pdf");
  EXPECT_EQ(tidy_file_name("../../etc/passwd.txt"), "passwd.txt");
  EXPECT_EQ(tidy_file_name("a\r\nb\"<c>.pdf"), "a b__c_.pdf");
  EXPECT_EQ(tidy_file_name(".hidden.pdf"), "hidden.pdf");
  EXPECT_EQ(tidy_file_name("///"), "file");
  const auto shortened = tidy_file_name(std::string(400, 'x') + ".pdf");
  EXPECT_LE(shortened.size(), 120u);
  EXPECT_TRUE(shortened.ends_with(".pdf")) << shortened;
  EXPECT_EQ(title_of_file_name("Why_tides  turn.pdf"), "Why tides turn");
  EXPECT_EQ(title_of_file_name("___.pdf"), "File");
}

}  // namespace
}  // namespace confer::talks
