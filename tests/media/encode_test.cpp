// Files of a cut in other forms: what comes out is counted, and the same bytes come out however often it was stopped.
#include "media/encode.h"
#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include "files/files.h"
#include "media/cut.h"
#include "media/hls.h"
#include "media/probe.h"
#include "support/database.h"
#include "support/recording.h"

namespace confer::media {
namespace {

namespace fs = std::filesystem;
using test::RecordingPlan;

class Encode : public testing::Test {
 protected:
  std::string file(const std::string& name) const { return (folder_.path() / name).string(); }

  std::string record(const std::string& name, int frames, const RecordingPlan& from = {}) const {
    RecordingPlan plan = from;
    plan.frames = frames;
    plan.picture = {"-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-bf", "2", "-pix_fmt", "yuv420p", "-movflags", "+faststart"};
    test::write_recording(file(name), plan);
    return file(name);
  }

  EncodeWish wish(const std::string& in, Profile profile, const std::string& out) const {
    return {.in = in, .out = file(out), .profile = profile, .work = file("work"), .chunk_seconds = 1};
  }

  static Encoded made(const EncodeWish& wish) {
    std::vector<double> told;
    const auto encoded = encode(wish, [&](double part) { told.push_back(part); });
    EXPECT_TRUE(encoded) << encoded.error().message << " " << encoded.error().detail;
    EXPECT_TRUE(std::ranges::is_sorted(told));
    if (wish.profile != Profile::mp4) EXPECT_NEAR(told.empty() ? 0 : told.back(), 1, 0.01);
    EXPECT_FALSE(fs::exists(wish.out + ".part"));
    return encoded ? *encoded : Encoded{};
  }

  static std::vector<int> numbers_to(int frames) {
    std::vector<int> out;
    for (int i = 0; i < frames; ++i) out.push_back(i);
    return out;
  }

  /// Every picture at its time, and the beeps where they were.
  static void expect_as_recorded(const std::string& path, std::string_view codec, int frames) {
    EXPECT_EQ(test::read_numbers(path), numbers_to(frames));
    const auto probed = look_into(path);
    ASSERT_TRUE(probed);
    EXPECT_EQ(probed->find(StreamKind::video)->codec, codec);
    EXPECT_EQ(probed->find(StreamKind::audio)->codec, "opus");
    const auto times = test::read_times(path);
    for (std::size_t i = 0; i < times.size(); ++i) EXPECT_NEAR(times[i], static_cast<double>(i) / 25, 0.0011) << i;
    const auto beeps = test::read_beeps(path);
    ASSERT_EQ(beeps.size(), static_cast<std::size_t>(frames / 25));
    // Both count from the file's first time, which is before the picture: what Opus's decoders throw away.
    const double picture = static_cast<double>((probed->find(StreamKind::video)->starts - probed->starts).count()) / 1e6;
    for (std::size_t i = 0; i < beeps.size(); ++i) EXPECT_NEAR(beeps[i] - picture, static_cast<double>(i), 0.002);
  }

  static std::string hash(const std::string& path) { return files::hash_of_file(path)->hex; }

 private:
  test::TestFolder folder_;
};

TEST_F(Encode, chapters_of_the_cut_are_in_webm_and_in_no_other_form_s_way) {
  CutWish cutting;
  cutting.in = record("whole.mp4", 75);
  cutting.out = file("chapters.mp4");
  cutting.whole = {0, 3};
  cutting.chapters = {{0, "One"}, {1, "Two"}};
  ASSERT_TRUE(cut(cutting));
  const std::vector<std::pair<double, std::string>> listed{{0, "One"}, {1, "Two"}};
  for (const auto& [profile, name] : {std::pair{Profile::webm_vp9, "c.webm"}, {Profile::m4a, "c.m4a"}, {Profile::opus, "c.opus"}}) {
    const auto asked = wish(cutting.out, profile, name);
    made(asked);
    EXPECT_EQ(test::read_chapters(asked.out), profile == Profile::webm_vp9 ? listed : decltype(listed){}) << name;
  }
  const auto hls = wish(cutting.out, Profile::hls, "hls");
  made(hls);
  EXPECT_TRUE(fs::exists(hls.out + "/master.m3u8")) << "the track of chapters is in nobody's way";
}

TEST_F(Encode, webm_is_whole_and_the_same_bytes_when_it_was_stopped_on_the_way) {
  const auto in = record("cut.mp4", 50);
  for (const auto profile : {Profile::webm_vp9, Profile::webm_av1}) {
    const auto whole = wish(in, profile, std::string(name_of(profile)) + ".webm");
    const auto first = made(whole);
    EXPECT_EQ(first.pictures, 50);
    EXPECT_NEAR(first.length, 2, 0.001);
    EXPECT_EQ(first.chunks, 3) << "two of the picture, one of the sound";
    EXPECT_EQ(first.chunks_kept, 0);
    EXPECT_FALSE(fs::exists(whole.work)) << "what was finished of it is not needed any more";
    expect_as_recorded(whole.out, profile == Profile::webm_vp9 ? "vp9" : "av1", 50);

    const auto pieces = wish(in, profile, std::string(name_of(profile)) + "-in-pieces.webm");
    double reached = 0;
    const auto stopped = encode(pieces, [&](double part) { reached = part; }, [&] { return reached > 0.52; });  // the sound and the first chunk are half
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, ErrorCode::unavailable);
    EXPECT_EQ(stopped.error().message, "It was stopped.");
    EXPECT_FALSE(fs::exists(pieces.out));
    EXPECT_FALSE(fs::exists(pieces.out + ".part"));
    // As a crash leaves it: a chunk that is not whole.
    for (const auto& work : fs::directory_iterator(pieces.work)) std::ofstream(work.path() / "picture-0001.mp4.part") << "half";
    const auto rest = made(pieces);
    EXPECT_EQ(rest.chunks_kept, 2) << "the sound and the first of the picture";
    EXPECT_EQ(rest.chunks, 3);
    EXPECT_EQ(hash(pieces.out), hash(whole.out)) << name_of(profile);
  }
}

TEST_F(Encode, odd_rates_and_uneven_times_are_kept) {
  RecordingPlan plan;
  plan.rate = "30000/1001";
  plan.is_variable = true;
  const auto out = wish(record("uneven.mp4", 45, plan), Profile::webm_vp9, "uneven.webm");
  made(out);
  std::vector<int> wanted;
  for (int i = 0; i < 45; ++i)
    if (i % 7 != 3) wanted.push_back(i);
  EXPECT_EQ(test::read_numbers(out.out), wanted);
  const auto times = test::read_times(out.out);
  ASSERT_EQ(times.size(), wanted.size());
  for (std::size_t i = 0; i < times.size(); ++i) EXPECT_NEAR(times[i], wanted[i] * 1001 / 30000.0, 0.0011) << i;
}

TEST_F(Encode, sound_alone) {
  const auto in = record("cut.mp4", 50);
  const auto opus = wish(in, Profile::opus, "out.opus");
  made(opus);
  EXPECT_EQ(look_into(opus.out)->find(StreamKind::audio)->codec, "opus");
  EXPECT_EQ(look_into(opus.out)->find(StreamKind::video), nullptr);
  const auto m4a = wish(in, Profile::m4a, "out.m4a");
  made(m4a);
  EXPECT_EQ(look_into(m4a.out)->find(StreamKind::audio)->codec, "aac");
  for (const auto& path : {opus.out, m4a.out}) {
    const auto beeps = test::read_beeps(path);
    ASSERT_EQ(beeps.size(), 2U) << path;
    for (std::size_t i = 0; i < beeps.size(); ++i) EXPECT_NEAR(beeps[i], static_cast<double>(i), 0.005) << path;
  }
}

TEST_F(Encode, the_cut_itself_is_a_copy) {
  const auto in = record("cut.mp4", 25);
  const auto copy = wish(in, Profile::mp4, "copy.mp4");
  made(copy);
  EXPECT_EQ(hash(copy.out), hash(in));
}

TEST_F(Encode, hls_has_the_cut_as_it_is_and_less_below_it) {
  RecordingPlan plan;
  plan.height = 400;
  const auto in = record("cut.mp4", 175, plan);
  auto out = wish(in, Profile::hls, "hls");
  out.chunk_seconds = 3;
  const auto report = made(out);
  EXPECT_EQ(report.chunks, 3);
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(out.out)) names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  EXPECT_EQ(names, (std::vector<std::string>{"360p.m3u8", "360p.mp4", "master.m3u8", "sound.m3u8", "sound.mp4", "source.m3u8", "source.mp4"}));
  EXPECT_EQ(test::read_numbers(out.out + "/source.mp4"), numbers_to(175));
  EXPECT_EQ(look_into(out.out + "/360p.mp4")->find(StreamKind::video)->height, 360);
  const auto playlist = [&](const std::string& name) {
    const auto read = read_media_playlist(*files::read_file(out.out + "/" + name + ".m3u8", 100000));
    EXPECT_TRUE(read) << name;
    return read ? *read : MediaPlaylist{};
  };
  const auto source = playlist("source"), small = playlist("360p");
  ASSERT_EQ(source.segments.size(), 2U);
  ASSERT_EQ(small.segments.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) EXPECT_NEAR(source.segments[i].seconds, small.segments[i].seconds, 0.001) << "players change from one to the other there";
  EXPECT_NEAR(source.length(), 7, 0.001);
  EXPECT_NEAR(playlist("sound").length(), 7, 0.05);
  const auto master = *files::read_file(out.out + "/master.m3u8", 100000);
  EXPECT_TRUE(master.contains("RESOLUTION=144x360")) << master;
  EXPECT_TRUE(master.contains("RESOLUTION=160x400"));
  // A second time the folder is there.
  EXPECT_EQ(encode(out).error().code, ErrorCode::conflict);
}

TEST_F(Encode, without_sound) {
  RecordingPlan plan;
  plan.sound = {};
  const auto in = record("silent.mp4", 30, plan);
  made(wish(in, Profile::webm_vp9, "out.webm"));
  EXPECT_EQ(look_into(file("out.webm"))->find(StreamKind::audio), nullptr);
  made(wish(in, Profile::hls, "hls"));
  EXPECT_FALSE(files::read_file(file("hls/master.m3u8"), 10000)->contains("sound"));
  const auto refused = encode(wish(in, Profile::opus, "out.opus"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "“" + in + "” has no sound.");
}

TEST_F(Encode, what_cannot_be_is_refused) {
  const auto in = record("cut.mp4", 10);
  EXPECT_EQ(encode(wish(file("none.mp4"), Profile::opus, "o.opus")).error().code, ErrorCode::not_found);
  std::ofstream(file("text.mp4")) << "no media";
  EXPECT_EQ(encode(wish(file("text.mp4"), Profile::opus, "o.opus")).error().code, ErrorCode::invalid);
  EXPECT_EQ(encode(wish(in, Profile::mp4, "cut.mp4")).error().message, "The result would replace the cut.");
  EXPECT_EQ(encode(wish(in, Profile::opus, "none/o.opus")).error().code, ErrorCode::not_found);
  EXPECT_FALSE(fs::exists(file("o.opus")));
}

}  // namespace
}  // namespace confer::media
