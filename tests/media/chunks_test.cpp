// Where long encodings are divided, and what makes a result another one than its source.
#include "media/chunks.h"
#include <gtest/gtest.h>
#include "media/hls.h"
#include "media/profiles.h"
#include "support/property.h"

namespace confer::media {
namespace {

/// At 25 a second, with a key frame every `group` pictures.
std::vector<Picture> pictures(std::size_t count, std::size_t group) {
  std::vector<Picture> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back({static_cast<std::int64_t>(i) * 40000, i % group == 0});
  return out;
}

TEST(Chunks, they_begin_with_key_frames) {
  EXPECT_EQ(plan_chunks(pictures(400, 30), 4), (std::vector<Chunk>{{0, 120}, {120, 120}, {240, 120}, {360, 40}}));
  EXPECT_EQ(plan_chunks(pictures(400, 90), 4), (std::vector<Chunk>{{0, 180}, {180, 180}, {360, 40}}));
}

TEST(Chunks, a_short_rest_goes_with_the_one_before) {
  EXPECT_EQ(plan_chunks(pictures(110, 10), 4), (std::vector<Chunk>{{0, 110}}));
  EXPECT_EQ(plan_chunks(pictures(10, 10), 4), (std::vector<Chunk>{{0, 10}})) << "what is short as a whole is one";
  EXPECT_EQ(plan_chunks({}, 4), (std::vector<Chunk>{}));
}

TEST(Chunks, without_key_frames_in_reach_any_picture_does) {
  EXPECT_EQ(plan_chunks(pictures(300, 1000), 4), (std::vector<Chunk>{{0, 100}, {100, 100}, {200, 100}}));
}

TEST(Chunks, every_picture_is_in_one_of_them) {
  test::for_random_cases(200, [](test::Random& random) {
    std::vector<Picture> list;
    std::int64_t at = random.between(0, 100000);
    for (std::int64_t i = random.between(1, 400); i > 0; --i) list.push_back({at += random.between(1, 500000), random.between(0, 20) == 0});
    std::size_t next = 0;
    for (const auto& chunk : plan_chunks(list, static_cast<double>(random.between(1, 30)))) {
      ASSERT_EQ(chunk.first, next);
      ASSERT_GT(chunk.count, 0U);
      next += chunk.count;
    }
    ASSERT_EQ(next, list.size());
  });
}

TEST(Chunks, segments_begin_where_the_muxer_lets_them) {
  EXPECT_EQ(segment_starts(pictures(500, 50), 6), (std::vector<std::size_t>{0, 150, 300, 450}));
  EXPECT_EQ(segment_starts(pictures(700, 250), 6), (std::vector<std::size_t>{0, 250, 500})) << "groups longer than a segment are segments";
}

TEST(Chunks, what_differs_is_said) {
  const auto source = pictures(10, 5);
  auto made = source;
  EXPECT_EQ(difference_of(source, made, 1000), "");
  for (auto& picture : made) picture.at_us += 7000;
  EXPECT_EQ(difference_of(source, made, 1000), "") << "counted from the first";
  made[3].at_us += 1500;
  EXPECT_EQ(difference_of(source, made, 1000), "Picture 4 is shown at 0.121500 instead of 0.120000 seconds.");
  made.pop_back();
  EXPECT_EQ(difference_of(source, made, 1000), "It has 9 pictures instead of 10.");
}

TEST(Profiles, each_has_its_name) {
  for (const auto& name : profile_names()) EXPECT_EQ(name_of(find_profile(name).value()), name);
  EXPECT_FALSE(find_profile("webm"));
  EXPECT_EQ(rungs_below(1080), (std::vector<Rung>{{720, 2500}, {360, 700}}));
  EXPECT_EQ(rungs_below(720), (std::vector<Rung>{{360, 700}}));
  EXPECT_TRUE(rungs_below(360).empty());
}

constexpr std::string_view playlist_text =
    "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:6\n#EXT-X-MAP:URI=\"a.mp4\",BYTERANGE=\"800@0\"\n#EXTINF:6.000000,\n#EXT-X-BYTERANGE:3000@800\n"
    "a.mp4\n#EXTINF:4.000000,\n#EXT-X-BYTERANGE:1000@3800\na.mp4\n#EXT-X-ENDLIST\n";

TEST(Hls, a_playlist_is_summed_up) {
  const auto read = read_media_playlist(playlist_text);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->file, "a.mp4");
  EXPECT_EQ(read->segments, (std::vector<Segment>{{6, 800, 3000}, {4, 3800, 1000}}));
  EXPECT_DOUBLE_EQ(read->length(), 10);
  EXPECT_EQ(read->peak_bits_per_second(), 4000);
  EXPECT_EQ(read->average_bits_per_second(), 3200);
}

TEST(Hls, one_that_is_not_whole_is_refused) {
  const std::string text(playlist_text);
  const auto without = [&](std::string_view piece) { return std::string(text).replace(text.find(piece), piece.size(), ""); };
  for (const std::string_view piece : {"#EXTM3U\n", "#EXT-X-ENDLIST\n", "#EXT-X-BYTERANGE:3000@800\n", "#EXTINF:4.000000,\n"})
    EXPECT_EQ(read_media_playlist(without(piece)).error().code, ErrorCode::invalid) << piece;
  std::string gap = text;
  gap.replace(gap.find("@3800"), 5, "@3900");
  EXPECT_FALSE(read_media_playlist(gap));
}

TEST(Hls, the_master_names_pictures_and_sound) {
  const std::vector<Variant> variants{{"360p.m3u8", "avc1.640015", 640, 360, 25, 900000, 600000}};
  EXPECT_EQ(
      master_playlist(variants, "sound.m3u8"),
      "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n"
      "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"sound\",NAME=\"sound\",DEFAULT=YES,AUTOSELECT=YES,CHANNELS=\"2\",URI=\"sound.m3u8\"\n"
      "#EXT-X-STREAM-INF:BANDWIDTH=900000,AVERAGE-BANDWIDTH=600000,CODECS=\"avc1.640015,mp4a.40.2\",RESOLUTION=640x360,FRAME-RATE=25.000,AUDIO=\"sound\"\n"
      "360p.m3u8\n");
  EXPECT_FALSE(master_playlist(variants, "").contains("sound"));
  EXPECT_EQ(avc_codec_in(std::string("....avcC\x01\x64\x00\x1f\xff", 13)), "avc1.64001f");
  EXPECT_EQ(avc_codec_in("hvcC"), "");
}

}  // namespace
}  // namespace confer::media
