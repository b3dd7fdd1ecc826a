// Recording a stream: what is asked of ffmpeg, and when nothing is recorded.
#include "footage/record.h"
#include <gtest/gtest.h>
#include <algorithm>
#include "footage/names.h"

namespace confer::footage {
namespace {

TEST(Record, address_when_no_stream_then_refused) {
  for (const auto* url : {"rtmp://a.example/live/key", "RTSP://user:word@10.0.0.7/1", "srt://a.example:9000?streamid=x", "https://a.example/x.m3u8"})
    EXPECT_TRUE(check_stream_address(url)) << url;
  for (const auto* url : {"", "file:///etc/passwd", "/dev/video0", "concat:a|b", "http://", "http:///x", "rtmp://a.example/a b", "ftp://a.example/x"})
    EXPECT_FALSE(check_stream_address(url)) << url;
}

TEST(Record, address_when_shown_then_without_keys) {
  EXPECT_EQ(without_keys("rtmp://a.example/live/secret"), "rtmp://a.example");
  EXPECT_EQ(without_keys("rtsp://user:word@10.0.0.7:554/1"), "rtsp://10.0.0.7:554");
  EXPECT_EQ(without_keys("srt://a.example:9000?passphrase=secret"), "srt://a.example:9000");
}

TEST(Record, pause_when_it_goes_on_failing_then_longer_and_not_for_ever) {
  std::vector<long> pauses;
  for (int failures = 0; failures < 9; ++failures) pauses.push_back(pause_after(failures).count());
  EXPECT_EQ(pauses, (std::vector<long>{1, 1, 2, 4, 8, 16, 30, 30, 30}));
}

TEST(Record, command_when_made_then_reads_no_files_and_names_in_utc) {
  const auto words = recording_command({.url = "rtsp://a.example/1", .folder = "/srv/100%", .segment = std::chrono::seconds(60)});
  EXPECT_EQ(words.at(1), "TZ=UTC0");
  EXPECT_EQ(words.back(), "/srv/100%%/%Y%m%dT%H%M%SZ.ts");
  const auto list = std::ranges::find(words, "-protocol_whitelist");
  ASSERT_NE(list, words.end());
  EXPECT_EQ((list + 1)->find("file"), std::string::npos);
  EXPECT_NE(std::ranges::find(words, "-rtsp_transport"), words.end());
  const auto named = time_in_name("/srv/20271130T101500Z.ts", usual_patterns());
  ASSERT_TRUE(named);
  EXPECT_TRUE(named->is_utc);
}

TEST(Record, talk_when_it_must_not_be_recorded_then_neither_is_what_touches_it) {
  const Instant ten{std::chrono::hours(10)};
  const auto slot = [&](std::int64_t number, minutes from, minutes length, talks::Consent consent) {
    return PlannedSlot{.number = number, .room = RoomId{1}, .talk = "QX7T9M", .title = "", .span = {ten + from, ten + from + length}, .consent = consent};
  };
  const std::vector<PlannedSlot> slots{slot(1, minutes(0), minutes(30), talks::Consent::yes), slot(2, minutes(30), minutes(30), talks::Consent::no),
                                       slot(3, minutes(60), minutes(30), talks::Consent::review_first),
                                       slot(4, minutes(90), minutes(30), talks::Consent::stream_only), slot(5, minutes(100), minutes(60), talks::Consent::no)};
  const auto number_at = [&](milliseconds after) {
    const auto* found = forbidden_at(slots, ten + after);
    return found == nullptr ? 0 : found->number;
  };
  EXPECT_EQ(number_at(minutes(29)), 0);
  EXPECT_EQ(number_at(minutes(30) - margin - milliseconds(1)), 0);
  EXPECT_EQ(number_at(minutes(30) - margin), 2);
  EXPECT_EQ(number_at(minutes(60) + margin - milliseconds(1)), 2);
  EXPECT_EQ(number_at(minutes(60) + margin), 0);
  EXPECT_EQ(number_at(minutes(95)), 4);
  EXPECT_EQ(number_at(minutes(105)), 5);
  EXPECT_EQ(number_at(minutes(170)), 0);
}

}  // namespace
}  // namespace confer::footage
