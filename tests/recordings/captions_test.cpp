// Captions as people have them, and what is written again.
#include "recordings/captions.h"
#include <gtest/gtest.h>
#include "base/text.h"
#include "support/property.h"

namespace confer::recordings {
namespace {

using std::chrono::hours;

std::vector<Cue> cues(std::string_view text) {
  const auto read = read_captions(text);
  EXPECT_TRUE(read) << read.error().message;
  return read ? read->cues : std::vector<Cue>{};
}

Cue cue(int from, int to, std::string text, std::string speaker = "") { return {milliseconds(from), milliseconds(to), std::move(speaker), std::move(text)}; }

std::vector<std::string> problems(std::string_view text) {
  const auto read = read_captions(text);
  EXPECT_FALSE(read);
  std::vector<std::string> out;
  if (read) return out;
  EXPECT_EQ(read.error().code, ErrorCode::invalid);
  for (const auto& problem : read.error().problems) out.push_back(problem.message);
  if (out.empty()) out.push_back(read.error().message);
  return out;
}

TEST(Captions, subrip) {
  EXPECT_EQ(cues("1\n00:00:01,000 --> 00:00:04,500\nGood morning.\n\n2\n00:00:05,000 --> 00:00:06,000\nTwo\nlines\n"),
            (std::vector<Cue>{cue(1000, 4500, "Good morning."), cue(5000, 6000, "Two\nlines")}));
}

TEST(Captions, webvtt_with_all_that_it_may_have) {
  EXPECT_EQ(cues("WEBVTT - a title\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:fred\n\nNOTE\n00:00 is not --> a time\n\nintro\n"
                 "00:01.000 --> 00:04.000 align:start position:10%\n<v.loud Ada Lovelace>Tom &amp; <b>Jerry</b> &lt;3</v>\n\n"
                 "01:00:05.250 --> 01:00:06.000\n<c.yellow><00:00:05.500>Later</c>\n"),
            (std::vector<Cue>{cue(1000, 4000, "Tom & Jerry <3", "Ada Lovelace"), cue(3605250, 3606000, "Later")}));
}

TEST(Captions, oddities_of_the_wild) {
  EXPECT_EQ(cues("\xEF\xBB\xBF"
                 "1\r\n00:00:01,5 --> 00:00:04\r\n<font color=\"#fff\">{\\an8}Hi</font> a < b\r\n\r\nstill said\r\n2\r\n0:00:05.000-->0:00:06.000\r\nNext"),
            (std::vector<Cue>{cue(1500, 4000, "Hi a < b\nstill said"), cue(5000, 6000, "Next")}))
      << "empty lines within, none between, a point or a comma, short fractions";
  EXPECT_EQ(cues("00:01,000 --> 00:02,000\n1984\n\n2\n00:03,000 --> 00:04,000\nx"), (std::vector<Cue>{cue(1000, 2000, "1984"), cue(3000, 4000, "x")}))
      << "a number that is said stays";
  const auto old = read_captions(
      "1\n00:00:01,000 --> 00:00:02,000\nGr\xFC\xDF"
      "e \x84so\x93\n");
  ASSERT_TRUE(old);
  EXPECT_EQ(old->cues, (std::vector<Cue>{cue(1000, 2000, "Grüße „so“")}));
  EXPECT_EQ(old->notes, (std::vector<std::string>{"They were not saved as UTF-8, and were read as Windows-1252 (Latin-1)."}));
}

TEST(Captions, out_of_order_overlapping_and_empty) {
  const auto read =
      read_captions("WEBVTT\n\n00:05.000 --> 00:06.000\nb\n\n00:01.000 --> 00:05.500\na\n\n00:07.000 --> 00:07.000\nnever\n\n00:08.000 --> 00:09.000\n\n");
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->cues, (std::vector<Cue>{cue(1000, 5500, "a"), cue(5000, 6000, "b")}));
  EXPECT_EQ(read->notes, (std::vector<std::string>{"They were not in the order of their times, and are now.", "2 without text or length were left out."}));
}

TEST(Captions, what_cannot_be_read_says_where_and_what_to_do) {
  EXPECT_EQ(problems("1\n00:00:01,000 --> soon\nx\n\n2\n-00:00:01,000 --> 00:00:02,000\ny\n\n3\n00:00:09,000 --> 00:00:02,000\nz\n\n4\n00:99:00 --> 00:99:01\n"
                     "v\n\n5\n999:00:00 --> 999:00:01\nw\n"),
            (std::vector<std::string>{
                "Line 2: “soon” is not a time; write it as 00:01:02.500.", "Line 6: “-00:00:01,000” is before the beginning; write 00:00:00.000 or later.",
                "Line 10: It ends before it begins; the later time stands behind the arrow.", "Line 14: “00:99:00” is not a time; write it as 00:01:02.500.",
                "Line 18: “999:00:00” is more than 100 hours; write hours:minutes:seconds."}));
  EXPECT_TRUE(problems("Only words.")[0].starts_with("There are no captions in it."));
  EXPECT_TRUE(problems("")[0].starts_with("There are no captions in it."));
  EXPECT_EQ(problems(std::string_view("\xFF\xFE"
                                      "1\0\n\0",
                                      6))[0],
            "The captions are saved as UTF-16; save them as UTF-8.");
  EXPECT_EQ(problems(std::string(largest_captions + 1, ' '))[0], "The captions are larger than 4 MB.");
  EXPECT_EQ(problems("00:01.000 --> 00:02.000\n" + std::string(6000, 'x'))[0],
            "Line 1: This caption is longer than 5000 bytes; an empty line belongs between two.");
}

TEST(Captions, they_are_written) {
  const std::vector<Cue> list{cue(1000, 4000, "a & b\n<c> --> d", "Ada"), cue(3600000, 3601001, "e")};
  EXPECT_EQ(to_vtt(list), "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v Ada >a &amp; b\n&lt;c&gt; --&gt; d\n\n01:00:00.000 --> 01:00:01.001\ne\n");
  EXPECT_EQ(to_srt(std::vector<Cue>{list[1]}), "1\n01:00:00,000 --> 01:00:01,001\ne\n");
}

TEST(Captions, what_is_written_is_read_as_the_same) {
  test::for_random_cases(400, [](test::Random& random) {
    std::vector<Cue> list;
    std::int64_t at = 0;
    for (auto left = random.between(1, 12); left > 0; --left) {
      at += random.between(0, 10000);
      std::vector<std::string> lines;
      for (auto n = random.between(1, 3); n > 0; --n)
        if (auto line = tidy_line(random.text(20)); !line.empty()) lines.push_back(line);
      if (lines.empty()) lines.emplace_back("x");
      list.push_back(
          {milliseconds(at), milliseconds(at + random.between(1, 90000000)), random.chance(30) ? tidy_line("Dr " + random.text(8)) : "", join(lines, "\n")});
    }
    const auto again = read_captions(to_vtt(list));
    ASSERT_TRUE(again) << again.error().message << to_vtt(list);
    ASSERT_EQ(again->cues, list) << to_vtt(list);
    // SubRip has no way to write a mark that is no mark: only text without those comes back.
    for (auto& one : list) {
      one.speaker.clear();
      for (const char* odd : {"<", ">", "{"}) one.text = replace_all(one.text, odd, "x");
      if (one.text.find_first_not_of("0123456789\n") == std::string::npos) one.text = "words";
    }
    const auto srt = read_captions(to_srt(list));
    ASSERT_TRUE(srt) << srt.error().message;
    ASSERT_EQ(srt->cues, list) << to_srt(list);
  });
}

TEST(Captions, earlier_and_later) {
  const std::vector<Cue> list{cue(1000, 2000, "a"), cue(3000, 5000, "b")};
  EXPECT_EQ(shifted(list, milliseconds(500)), (std::vector<Cue>{cue(1500, 2500, "a"), cue(3500, 5500, "b")}));
  EXPECT_EQ(shifted(list, milliseconds(-4000)), (std::vector<Cue>{cue(0, 1000, "b")}));
}

TEST(Captions, sentences_have_their_times) {
  const std::vector<Cue> list{cue(1000, 2000, "Good morning. This is"), cue(2000, 4000, "a talk about\nsheep. It"), cue(4000, 5000, "goes on"),
                              cue(9000, 9500, "after a silence"), cue(9500, 9900, "Yes?", "Bo")};
  EXPECT_EQ(sentences_of(list), (std::vector<Sentence>{{milliseconds(1000), "Good morning."},
                                                       {milliseconds(1000), "This is a talk about sheep."},
                                                       {milliseconds(2000), "It goes on"},
                                                       {milliseconds(9000), "after a silence"},
                                                       {milliseconds(9500), "Yes?"}}));
  EXPECT_EQ(transcript_of(std::span(list).first(2)), "Good morning. This is a talk about sheep. It");
  EXPECT_EQ(sentences_of(std::vector<Cue>{cue(0, 1, std::string(200, 'a')), cue(1, 2, std::string(200, 'b'))}).size(), 2U);
}

}  // namespace
}  // namespace confer::recordings
