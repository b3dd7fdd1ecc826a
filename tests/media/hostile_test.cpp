// Recordings that lie, were flipped or cut off: each ends in a sentence for people, or in a file that was proved; nothing unfinished is left.
#include <gtest/gtest.h>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include "media/cut.h"
#include "media/hls.h"
#include "media/listen.h"
#include "media/nal.h"
#include "media/parameter_sets.h"
#include "media/pictures.h"
#include "media/probe.h"
#include "support/database.h"
#include "support/property.h"
#include "support/recording.h"

namespace confer::media {
namespace {

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Numbers of four bytes, from `at` bytes behind the first box of this name on.
std::string patched(std::string mp4, std::string_view box, std::size_t at, const std::vector<std::uint32_t>& values) {
  std::size_t place = mp4.find(box) + box.size() + at;
  for (const auto value : values)
    for (const unsigned shift : {24U, 16U, 8U, 0U}) mp4.at(place++) = static_cast<char>(value >> shift);
  return mp4;
}

class Hostile : public testing::Test {
 protected:
  std::string file(const std::string& name) const { return (folder_.path() / name).string(); }
  std::string recorded(const std::string& name) const {
    test::RecordingPlan plan;
    plan.frames = 75;
    test::write_recording(file(name), plan);
    return bytes_of(file(name));
  }

  template <class T>
  static void expect_sentence(const Result<T>& done, const std::string& what) {
    if (done) return;
    EXPECT_TRUE(done.error().code == ErrorCode::invalid || done.error().code == ErrorCode::not_found) << what << ": " << done.error().message;
    EXPECT_TRUE(done.error().message.ends_with(".") || done.error().message.ends_with(")")) << what << ": " << done.error().message;
  }
  /// By everything that reads recordings of others.
  void expect_an_end(const std::string& what, const std::string& name, const std::string& bytes) const {
    const std::string in = file("hostile-" + name), out = file("out.mkv");
    std::ofstream(in, std::ios::binary) << bytes;
    expect_sentence(look_into(in), what + ", probe");
    CutWish wish;
    wish.in = in;
    wish.out = out;
    wish.whole = {0.48, 2.6};
    const auto made = cut(wish);
    expect_sentence(made, what + ", cut");
    EXPECT_EQ(std::filesystem::exists(out), made.has_value()) << what;
    EXPECT_FALSE(std::filesystem::exists(out + ".part")) << what;
    ListenWish heard;
    heard.path = in;
    heard.whole = {0, 10};
    expect_sentence(listen(heard), what + ", listen");
    PicturesWish pictures;
    pictures.path = in;
    pictures.folder = file("pictures");
    pictures.whole = {0, 10};
    expect_sentence(take_pictures(pictures), what + ", pictures");
    std::filesystem::remove(out);
    std::filesystem::remove(in);
  }

 private:
  test::TestFolder folder_;
};

TEST_F(Hostile, an_mp4_that_lies_about_its_size) {
  const auto mp4 = recorded("a.mp4");
  constexpr std::uint32_t most = 0xFFFFFFFF, billion = 1'000'000'000;
  expect_an_end("a billion frames (stts)", "a.mp4", patched(mp4, "stts", 4, {1, billion, 512}));
  expect_an_end("a billion frames of a byte (stsz)", "a.mp4", patched(patched(mp4, "stts", 4, {1, billion, 1}), "stsz", 4, {1, billion}));
  for (const char* box : {"stsc", "stco", "ctts", "stss"}) expect_an_end(std::string("four billion entries of ") + box, "a.mp4", patched(mp4, box, 4, {most}));
  expect_an_end("136 years", "a.mp4", patched(patched(mp4, "mvhd", 12, {1, most}), "mdhd", 12, {1, most}));
  expect_an_end("frames of days", "a.mp4", patched(mp4, "stts", 4, {1, 75, 0x7FFFFFFF}));
  expect_an_end("a time scale of 0", "a.mp4", patched(mp4, "mdhd", 12, {0}));
  expect_an_end("an edit far away", "a.mp4", patched(mp4, "elst", 4, {1, 0x7FFFFFFF, 0x7FFFFFFF}));
  expect_an_end("a picture of 65535 × 65535", "a.mp4", patched(mp4, "avc1", 24, {most}));
  expect_an_end("a box of 2^63 bytes", "a.mp4", std::string("\0\0\0\1ftyp\x80\0\0\0\0\0\0\0", 16) + mp4);
  std::string deep;
  for (std::uint32_t left = 20000; left > 0; --left) deep += patched(std::string(4, ' ') + "moov", "", 0, {8 * left});
  expect_an_end("boxes in boxes", "a.mp4", deep);
}

TEST_F(Hostile, what_is_no_recording_or_leads_elsewhere) {
  recorded("a.mp4");
  expect_an_end("nothing", "a.mp4", "");
  expect_an_end("zeros", "a.ts", std::string(1 << 16, '\0'));
  expect_an_end("words", "a.mkv", "These are words.");
  for (const auto& [name, words] : {std::pair{"list.ts", "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile://" + file("a.mp4") + "\n#EXT-X-ENDLIST\n"},
                                    {"list.mp4", "ffconcat version 1.0\nfile '" + file("a.mp4") + "'\n"}}) {
    expect_an_end("a list of other files", name, words);
    std::ofstream(file(name)) << words;
    EXPECT_FALSE(look_into(file(name))) << "it reads what it was not given";
  }
}

TEST_F(Hostile, flipped_and_cut_off) {
  std::map<std::string, std::string> wholes;
  for (const char* name : {"a.mp4", "a.ts", "a.mkv"}) wholes[name] = recorded(name);
  test::for_random_cases(9, [&](test::Random& random) {
    auto [name, bytes] = *std::next(wholes.begin(), random.between(0, 2));
    const auto at = [&] { return static_cast<std::size_t>(random.between(0, static_cast<std::int64_t>(bytes.size()) - 1)); };
    switch (random.between(0, 3)) {
      case 0:
        for (auto left = random.between(1, 200); left > 0; --left) bytes[at()] = static_cast<char>(random.between(0, 255));
        break;
      case 1:
        bytes.resize(at());
        break;
      case 2:
        bytes.erase(at(), static_cast<std::size_t>(random.between(1, 20000)));
        break;
      default:
        bytes.insert(at(), bytes.substr(at(), 20000));
    }
    expect_an_end("changed at random", name, bytes);
  });
}

TEST_F(Hostile, our_own_readers_take_any_bytes) {
  const auto ts = recorded("a.ts"), mp4 = recorded("a.mp4");
  const std::string playlist =
      "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:4\n#EXT-X-MAP:URI=\"a.mp4\",BYTERANGE=\"800@0\"\n#EXTINF:4.0,\n#EXT-X-BYTERANGE:1000@800\na.mp4\n"
      "#EXTINF:2.5,\n#EXT-X-BYTERANGE:500@1800\na.mp4\n#EXT-X-ENDLIST\n";
  ASSERT_TRUE(read_media_playlist(playlist));
  for (const char* length : {"inf", "nan", "1e-320", "1e300", "-4"}) {
    std::string lying = playlist;
    lying.replace(lying.find("4.0,"), 3, length);
    EXPECT_FALSE(read_media_playlist(lying)) << length;
  }
  const auto probed = look_into(file("a.ts"));
  ASSERT_TRUE(probed);
  const std::string told = to_json(*probed);
  test::for_random_cases(400, [&](test::Random& random) {
    const auto changed = [&](std::string bytes) {
      for (auto left = random.between(1, 12); left > 0 && !bytes.empty(); --left) {
        const auto at = static_cast<std::size_t>(random.between(0, static_cast<std::int64_t>(bytes.size()) - 1));
        if (random.chance(70))
          bytes[at] = static_cast<char>(random.pick(std::vector<int>{0, 1, 3, 9, 45, 48, 57, 64, 103, 127, 128, 255}));
        else
          bytes.erase(at, static_cast<std::size_t>(random.between(1, 40)));
      }
      return bytes;
    };
    const std::string stream = changed(ts.substr(static_cast<std::size_t>(random.between(0, static_cast<std::int64_t>(ts.size()) - 2000)), 2000));
    const std::span<const std::uint8_t> bytes(reinterpret_cast<const std::uint8_t*>(stream.data()), stream.size());
    for (const auto codec : {NalCodec::h264, NalCodec::hevc}) {
      for (const auto& nal : split_nals(bytes, codec)) parameter_set_id(nal);
      ParameterSets sets;
      sets.add(bytes, codec);
      contradict(sets, sets);
      hevc_configuration(sets.bytes, 1, 8);
      with_lengths(bytes, codec);
      picture_hash(bytes, &codec);
    }
    avc_codec_in(changed(mp4.substr(0, 4000)));
    if (const auto read = read_media_playlist(changed(playlist))) {
      EXPECT_TRUE(std::isfinite(read->length()) && read->length() >= 0);
      EXPECT_GE(read->peak_bits_per_second(), 0);
    }
    if (const auto read = read_probed(changed(told))) read->find(StreamKind::video);
  });
}

}  // namespace
}  // namespace confer::media
