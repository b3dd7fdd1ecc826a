// Lists of videos in the forms that people have them.
#include "recordings/listing.h"
#include <tuple>
#include "base/text.h"
#include "support/database.h"
#include "support/property.h"

namespace confer::recordings {
namespace {

using test::ok;

std::vector<std::tuple<std::string, std::string, std::int64_t, std::string>> read(std::string_view text) {
  std::vector<std::tuple<std::string, std::string, std::int64_t, std::string>> out;
  for (const auto& v : ok(read_video_list(text)).videos) out.emplace_back(v.url, v.title, v.length ? v.length->count() : 0, v.day ? to_text(*v.day) : "");
  return out;
}
using Rows = decltype(read(""));

TEST(VideoList, lines_of_addresses_with_what_stands_beside_them) {
  EXPECT_EQ(read("https://youtu.be/9T91U4RjLnk\n\nhttps://vimeo.com/1\n"),
            (Rows{{"https://youtu.be/9T91U4RjLnk", "", 0, ""}, {"https://vimeo.com/1", "", 0, ""}}));
  EXPECT_EQ(read("https://youtu.be/9T91U4RjLnk\tLooms that count\t31:05\t2012-03-09"),
            (Rows{{"https://youtu.be/9T91U4RjLnk", "Looms that count", 1865, "2012-03-09"}}));
  EXPECT_EQ(read("https://youtu.be/9T91U4RjLnk,Looms, cards, and more,1:02:03"), (Rows{{"https://youtu.be/9T91U4RjLnk", "Looms, cards, and more", 3723, ""}}));
  EXPECT_EQ(read("https://youtu.be/9T91U4RjLnk;\"Looms; cards\";1865;20120309"), (Rows{{"https://youtu.be/9T91U4RjLnk", "Looms; cards", 1865, "2012-03-09"}}));
  EXPECT_EQ(read("1. Looms that count: https://youtu.be/9T91U4RjLnk\n* Knots – youtu.be/gznPQpZH1Yc (PyCon)"),
            (Rows{{"https://youtu.be/9T91U4RjLnk", "Looms that count", 0, ""}, {"https://youtu.be/gznPQpZH1Yc", "Knots", 0, ""}}));
  EXPECT_EQ(read("Looms that count\nhttps://youtu.be/9T91U4RjLnk\nKnots\nhttps://youtu.be/gznPQpZH1Yc"),
            (Rows{{"https://youtu.be/9T91U4RjLnk", "Looms that count", 0, ""}, {"https://youtu.be/gznPQpZH1Yc", "Knots", 0, ""}}));
  EXPECT_EQ(read("https://youtu.be/9T91U4RjLnk 2012"), (Rows{{"https://youtu.be/9T91U4RjLnk", "2012", 0, ""}}));
  EXPECT_EQ(read("https://example.org/a,b.mp4"), (Rows{{"https://example.org/a,b.mp4", "", 0, ""}}));
}

TEST(VideoList, links_in_markdown) {
  EXPECT_EQ(read("# Videos\n- [Looms that count](https://youtu.be/9T91U4RjLnk), [Knots](https://vimeo.com/1 \"x\")\n[nothing](mailto:a)"),
            (Rows{{"https://youtu.be/9T91U4RjLnk", "Looms that count", 0, ""}, {"https://vimeo.com/1", "Knots", 0, ""}}));
}

TEST(VideoList, a_table_with_a_header) {
  EXPECT_EQ(read("\xef\xbb\xbfTitle;URL;Duration;Upload_Date\n\"Looms; cards\";www.youtube.com/watch?v=9T91U4RjLnk;31:05;09.03.2012\nNo address;;;\n"),
            (Rows{{"https://www.youtube.com/watch?v=9T91U4RjLnk", "Looms; cards", 1865, "2012-03-09"}}));
  const auto list = ok(read_video_list("url,title\nhttps://vimeo.com/1,A\nvimeo,B\n"));
  EXPECT_EQ(std::tuple(list.format, list.left_out.size(), list.left_out[0].line, list.left_out[0].why),
            std::tuple("a table", 1U, 3U, "There is no web address in its column."));
}

TEST(VideoList, a_playlist_as_m3u) {
  EXPECT_EQ(
      read("#EXTM3U\r\n#EXTINF:1865 tvg-id=\"a\",Looms, cards\r\nhttps://example.org/a.mp4\r\n#EXTINF:-1,Local\r\nb.mp4\r\nhttps://example.org/c.mp4\r\n"),
      (Rows{{"https://example.org/a.mp4", "Looms, cards", 1865, ""}, {"https://example.org/c.mp4", "", 0, ""}}));
}

TEST(VideoList, what_yt_dlp_prints) {
  const char* whole =
      R"({"_type": "playlist", "entries": [{"id": "9T91U4RjLnk", "url": "https://www.youtube.com/watch?v=9T91U4RjLnk", "title": "Looms that count",
    "duration": 1864.6, "upload_date": "20120309", "description": "By Ada"}, null, {"id": "gznPQpZH1Yc", "url": "gznPQpZH1Yc", "ie_key": "Youtube", "title": "Knots", "duration": null},
    {"id": "aaaaaaaaaaa", "url": "https://www.youtube.com/watch?v=aaaaaaaaaaa", "title": "[Private video]"}, {"entries": [{"url": "https://vimeo.com/1", "timestamp": 1331251200}]}]})";
  EXPECT_EQ(read(whole), (Rows{{"https://www.youtube.com/watch?v=9T91U4RjLnk", "Looms that count", 1865, "2012-03-09"},
                               {"https://www.youtube.com/watch?v=gznPQpZH1Yc", "Knots", 0, ""},
                               {"https://vimeo.com/1", "", 0, "2012-03-09"}}));
  const auto list = ok(read_video_list(whole));
  EXPECT_EQ(std::tuple(list.videos[0].description, list.left_out.size(), list.left_out[1].why),
            std::tuple("By Ada", 2U, "It is private or deleted at its host."));
  EXPECT_EQ(read("{\"url\": \"https://vimeo.com/1\", \"title\": \"A\"}\n{\"url\": \"https://vimeo.com/2\", \"title\": \"B\"}\n{\"url\": \"https"),
            (Rows{{"https://vimeo.com/1", "A", 0, ""}, {"https://vimeo.com/2", "B", 0, ""}}));
}

TEST(VideoList, refused_with_what_to_do) {
  const auto message = [](std::string_view text) { return read_video_list(text).error().message; };
  EXPECT_EQ(message("Only words"), "There is no video’s address in the list. An address begins with https://, one stands on each line.");
  EXPECT_EQ(message("{\"entries\": ["), "Line 1 is not whole JSON: the file was cut off, or something else stands in it.");
  EXPECT_EQ(message("\xff"), "The list is not UTF-8 text. Save it as UTF-8 and try again.");
  std::string many;
  for (std::size_t i = 0; i <= most_listed_videos; ++i) many += "https://vimeo.com/" + std::to_string(i) + "\n";
  EXPECT_EQ(message(many), "The list has more than 2000 videos. Give it in parts: one event has fewer.");
}

TEST(VideoList, lengths_as_people_write_them) {
  for (const auto& [text, wanted] : std::vector<std::pair<const char*, std::int64_t>>{{"31:05", 1865},
                                                                                      {"1:02:03", 3723},
                                                                                      {"PT1H2M3S", 3723},
                                                                                      {"1864.6", 1865},
                                                                                      {"30 min", 1800},
                                                                                      {"31:65", 0},
                                                                                      {"1:2", 0},
                                                                                      {"-5", 0},
                                                                                      {"nan", 0},
                                                                                      {"1e300", 0},
                                                                                      {"", 0}})
    EXPECT_EQ(read_length(text).value_or(std::chrono::seconds(0)).count(), wanted) << text;
}

TEST(VideoList, words_of_an_address) {
  EXPECT_EQ(words_of_address("https://example.org/2012/why-tides_matter.mp4?x=1"), "why tides matter");
  EXPECT_EQ(words_of_address("https://media.example.org/v/36c3-10496-eng-Looms%20that"), "36c3 10496 eng Looms that");
  EXPECT_EQ(words_of_address("https://www.youtube.com/watch?v=gznPQpZH1Yc"), "");
  EXPECT_EQ(words_of_address("https://tube.example/w/6a4b7aa9-575e-4355-8c5b-6cbb2847626a"), "");
}

// Whatever is pasted is read or refused; what is read has addresses, and text that can be stored.
TEST(VideoListProperty, any_text_is_read_or_refused) {
  test::for_random_cases(300, [](test::Random& random) {
    static const std::vector<std::string> pieces{"https://youtu.be/9T91U4RjLnk",
                                                 "\t",
                                                 ";",
                                                 ",",
                                                 "\"",
                                                 "\n",
                                                 "[",
                                                 "](",
                                                 ")",
                                                 "#EXTM3U\n",
                                                 "#EXTINF:1,",
                                                 "url",
                                                 "title",
                                                 "{\"url\":\"",
                                                 "\"}",
                                                 "31:05",
                                                 "2012-03-09",
                                                 " - "};
    std::string text;
    for (auto n = random.between(1, 30); n > 0; --n) text += random.chance(70) ? random.pick(pieces) : random.text(8);
    const auto list = read_video_list(text);
    if (!list) {
      EXPECT_EQ(list.error().code, ErrorCode::invalid);
      return;
    }
    for (const auto& v : list->videos) {
      EXPECT_TRUE(v.url.starts_with("http://") || v.url.starts_with("https://")) << v.url;
      EXPECT_TRUE(check_text(v.title, "title", 5000).has_value()) << v.title;
      EXPECT_TRUE(!v.length || v.length->count() > 0);
    }
  });
}

}  // namespace
}  // namespace confer::recordings
