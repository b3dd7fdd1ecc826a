// What a talk's page says of its recording: which one is shown, who may be asked, how it is cited.
#include "site/watch.h"
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include "html/template.h"
#include "site/archive_frame.h"

namespace confer::site {
namespace {

using recordings::Health;
using recordings::MediaKind;
using recordings::Place;
using recordings::Recording;
using recordings::Status;
using recordings::Video;

Video video(std::string url, std::string told_type = {}) {
  Video v;
  v.id = VideoId{1};
  v.url = std::move(url);
  v.told_type = std::move(told_type);
  recordings::recognise(v);
  return v;
}

Recording recording(std::vector<Video> videos) {
  Recording r;
  r.videos = std::move(videos);
  r.version = 1;
  return r;
}

Watched talk() {
  return {.code = "QX7T9M",
          .title = "Tides & 100% of {braces}",
          .language = "en",
          .videos = "/harbour-2012/talks/QX7T9M/videos/",
          .address = "https://conf.example.org/harbour-2012/talks/QX7T9M-tides",
          .event_title = "Harbour Conf 2012",
          .names = {"Wanja Okoye", "Maas, Piet"},
          .talk_language = "en",
          .day = parse_date("2012-03-09").value(),
          .year = 2012};
}

const Video youtube = video("https://www.youtube.com/watch?v=abcdefghijk"), mp4 = video("https://cdn.example.org/t.mp4"),
            insecure = video("http://cdn.example.org/t.mp4");

TEST(Watch, main_video_when_there_are_several_then_is_our_own_before_the_first_that_plays) {
  Video own;
  own.id = VideoId{2};
  own.place = Place::own_file;
  own.file_hash = "ab";
  auto dead = youtube;
  dead.health = Health::dead;
  const auto url = [](const Recording& r) { return main_video(r) == nullptr ? "none" : main_video(r)->url; };
  EXPECT_EQ(url(recording({youtube, mp4})), youtube.url);
  EXPECT_EQ(url(recording({dead, mp4})), mp4.url);
  EXPECT_EQ(url(recording({insecure})), "none") << "browsers refuse it in a secure page";
  EXPECT_EQ(url(recording({dead})), "none");
  EXPECT_EQ(main_video(recording({youtube, own}))->id, VideoId{2});
}

TEST(Watch, hosts_when_a_player_is_elsewhere_then_only_it_may_be_framed_and_a_file_frames_nobody) {
  OtherHosts hosts;
  html::View view;
  fill_watch(view, talk(), recording({youtube, mp4}), hosts);
  EXPECT_EQ(hosts.frames, std::vector<std::string>{"https://www.youtube-nocookie.com"});
  EXPECT_TRUE(hosts.connections.empty());
  OtherHosts file;
  fill_watch(view, talk(), recording({mp4}), file);
  EXPECT_TRUE(file.frames.empty());
  OtherHosts held_back;
  auto later = recording({youtube});
  later.status = Status::embargoed;
  fill_watch(view, talk(), later, held_back);
  EXPECT_TRUE(held_back.frames.empty()) << "what is not shown yet is not played either";
  OtherHosts stream;
  fill_watch(view, talk(), recording({video("https://live.example.org/t/index.m3u8", "application/vnd.apple.mpegurl")}), stream);
  EXPECT_EQ(stream.connections, std::vector<std::string>{"https://live.example.org"});
}

TEST(Watch, origin_when_an_address_is_odd_then_puts_nothing_into_a_header) {
  EXPECT_EQ(origin_of("https://player.vimeo.com/video/1?a=b"), "https://player.vimeo.com");
  EXPECT_EQ(origin_of("https://tube.example:8443"), "https://tube.example:8443");
  EXPECT_EQ(origin_of("https://a.example; script-src *"), "");
  EXPECT_EQ(origin_of("https://a b/"), "");
  EXPECT_EQ(origin_of("nothing"), "");
}

TEST(Watch, policy_when_a_page_has_players_then_lets_in_these_and_else_stays) {
  const std::vector<std::pair<std::string, std::string>> headers = {{"Content-Security-Policy", "default-src 'self'"}, {"X-Test", "yes"}};
  EXPECT_EQ(with_players(headers, {}), headers);
  EXPECT_EQ(with_players(headers, {.frames = {"https://a.example"}, .connections = {"https://b.example"}})[0].second,
            "default-src 'self'; frame-src https://a.example; connect-src 'self' https://b.example");
}

TEST(Watch, citation_when_names_and_titles_have_tex_in_them_then_is_escaped) {
  EXPECT_EQ(bibtex(talk(), recording({youtube})),
            "@misc{okoye2012tides,\n"
            "  author = {Wanja Okoye and {Maas, Piet}},\n"
            "  title = {{Tides \\& 100\\% of \\{braces\\}}},\n"
            "  howpublished = {Talk at Harbour Conf 2012},\n"
            "  year = {2012},\n"
            "  month = mar,\n"
            "  url = {https://conf.example.org/harbour-2012/talks/QX7T9M-tides},\n"
            "  note = {Video: \\url{https://www.youtube.com/watch?v=abcdefghijk}},\n"
            "  language = {en}\n}\n");
  Watched bare{.code = "QX7T9M", .title = "?", .language = "en", .address = "https://c.example/x", .event_title = "E"};
  EXPECT_TRUE(bibtex(bare, {}).starts_with("@misc{qx7t9m,\n  title")) << bibtex(bare, {});
}

TEST(Watch, structured_data_when_there_is_a_video_then_names_it_and_else_is_none) {
  auto shown = recording({youtube});
  shown.duration = std::chrono::seconds(1934);
  shown.license = recordings::license_of("Creative Commons Attribution license (reuse allowed)");
  const auto data = nlohmann::json::parse(video_json_ld(talk(), shown, "About tides", "Harbour"));
  EXPECT_EQ(data["@type"], "VideoObject");
  EXPECT_EQ(data["name"], "Tides & 100% of {braces}");
  EXPECT_EQ(data["uploadDate"], "2012-03-09");
  EXPECT_EQ(data["duration"], "PT32M14S");
  EXPECT_EQ(data["embedUrl"], recordings::embed_url(youtube));
  EXPECT_EQ(data["creator"].size(), 2u);
  EXPECT_EQ(video_json_ld(talk(), recording({}), "", ""), "");
}

TEST(Watch, lengths_when_written_then_read_well) {
  EXPECT_EQ(length_text(std::chrono::seconds(0), "en"), "");
  EXPECT_EQ(length_text(std::chrono::seconds(20), "en"), "20 s");
  EXPECT_EQ(length_text(std::chrono::seconds(1934), "en"), "32 min");
  EXPECT_EQ(length_text(std::chrono::seconds(3600), "en"), "1 h");
  EXPECT_EQ(length_text(std::chrono::seconds(3900), "en"), "1 h 5 min");
  EXPECT_EQ(iso_duration(std::chrono::seconds(3661)), "PT1H1M1S");
  EXPECT_EQ(iso_duration(std::chrono::seconds(0)), "PT0S");
}

}  // namespace
}  // namespace confer::site
