// Consent that is taken back after the cut, on both databases.
#include "cutting/cutting_fixture.h"
#include "mail/mail.h"

namespace confer::cutting {
namespace {

class WithdrawingTest : public CuttingTest {
 protected:
  void follow() {
    auto tx = ok(db().begin_write());
    ok(follow_consent(tx, {}, event, first.code));
    ok(tx.commit());
  }
  void publish_it() {
    ready();
    ok(judge_as(team, good()));
    work();
    ASSERT_EQ(cut().stage, Stage::published);
  }
  std::size_t mails(std::string_view kind) {
    auto tx = ok(db().begin_read());
    const auto all = ok(mail::list_outbox(tx, event.id.value, 100));
    return static_cast<std::size_t>(std::ranges::count_if(all, [&](const auto& m) { return m.kind == kind; }));
  }
};
ON_BOTH_DATABASES(WithdrawingTest);

TEST_P(WithdrawingTest, consent_when_taken_back_then_shown_to_nobody_from_that_moment_on) {
  publish_it();
  EXPECT_TRUE(recordings::may_be_shown(*recording()));
  consent(talks::Consent::stream_only);
  EXPECT_FALSE(recordings::may_be_shown(*recording())) << "before anything has followed";
  EXPECT_EQ(recordings::shown_status(*recording()), recordings::Status::not_allowed);
  consent(talks::Consent::yes);
  EXPECT_TRUE(recordings::may_be_shown(*recording()));
  consent(talks::Consent::review_first);
  EXPECT_TRUE(recordings::may_be_shown(*recording())) << "what was found good stays";
}

TEST_P(WithdrawingTest, consent_when_taken_back_then_all_files_go_and_the_team_sees_why) {
  {
    auto tx = ok(db().begin_write());
    ok(save_settings(tx, organiser, event, {.profiles = {media::Profile::opus, media::Profile::hls}, .version = 0}));
    const auto tea = ok(people::add_account(tx, "Tea M", "tea@example.org"));
    ok(people::grant(tx, tea, {Right::media}, {}, event.id));
    ok(tx.commit());
  }
  publish_it();
  ASSERT_EQ(recording()->videos.size(), 3U);
  consent(talks::Consent::no);
  follow();
  follow();
  EXPECT_TRUE(recording()->videos.empty());
  EXPECT_EQ(recording()->status, recordings::Status::not_allowed);
  const Cut now = cut();
  EXPECT_EQ(now.stage, Stage::stopped);
  EXPECT_TRUE(now.published_hash.empty());
  EXPECT_TRUE(now.problem.starts_with("The speakers do not allow it any more (No: neither recorded nor streamed). It was taken offline at 2027-05-04 10:33"))
      << now.problem;
  EXPECT_EQ(mails("recording_withdrawn"), 1U);
  {
    auto tx = ok(db().begin_read());
    EXPECT_TRUE(ok(named_hashes(tx)).empty());
    EXPECT_FALSE(ok(find_published(tx, first.id)));
    EXPECT_FALSE(ok(find_file(tx, first.id, media::Profile::hls, "720p.mp4")));
  }
  // It comes back by the team's hand alone.
  consent(talks::Consent::yes);
  follow();
  EXPECT_EQ(cut().stage, Stage::stopped);
  EXPECT_FALSE(recordings::may_be_shown(*recording()));
  {
    auto tx = ok(db().begin_write());
    const Cut stopped = ok(require_cut(tx, event, first_slot.id.value));
    ok(ask_for(tx, organiser, event, stopped, stopped.plan));
    ok(tx.commit());
  }
  work();
  ok(judge_as(team, good()));
  work();
  EXPECT_EQ(cut().stage, Stage::published);
  EXPECT_TRUE(recordings::may_be_shown(*recording()));
}

TEST_P(WithdrawingTest, consent_when_taken_back_before_publication_then_stopped_and_nobody_written_to) {
  ready();
  consent(talks::Consent::stream_only);
  follow();
  EXPECT_EQ(cut().stage, Stage::stopped);
  EXPECT_TRUE(cut().preview.hash.empty()) << "stream only is not kept";
  EXPECT_FALSE(recording());
  EXPECT_EQ(mails("recording_withdrawn"), 0U);
}

TEST_P(WithdrawingTest, video_elsewhere_when_consent_is_taken_back_then_not_led_to) {
  {
    auto tx = ok(db().begin_write());
    recordings::Recording elsewhere{.talk = first.id, .status = recordings::Status::published};
    elsewhere.videos.push_back({.talk = first.id, .url = "https://www.youtube.com/watch?v=abcdefghijk"});
    ok(recordings::save_recording(tx, organiser, event, first.code, elsewhere));
    ok(tx.commit());
  }
  consent(talks::Consent::no);
  follow();
  EXPECT_EQ(recording()->status, recordings::Status::not_allowed);
  EXPECT_EQ(recording()->videos.size(), 1U) << "where it is stays known";
}

}  // namespace
}  // namespace confer::cutting
