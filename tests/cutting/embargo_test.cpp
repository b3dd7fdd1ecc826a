// Embargoes of events and talks over what is cut, on both databases.
#include "recordings/embargo.h"
#include "cutting/cutting_fixture.h"
#include "mail/mail.h"

namespace confer::cutting {
namespace {

class EmbargoTest : public CuttingTest {
 protected:
  void SetUp() override {
    CuttingTest::SetUp();
    if (IsSkipped()) return;
    workers->add(recordings::lift_embargo_kind, [this](jobs::Running&) -> Result<void> {
      auto tx = ok(db().begin_write());
      ok(recordings::lift_embargoes(tx, event.id));
      return tx.commit();
    });
    auto tx = ok(db().begin_write());
    ok(people::change_person(tx, first.credits.front().person, 1, {.name = "Ada Example", .contact_email = "ada@example.org"}));
    ok(tx.commit());
  }
  void event_embargo(std::string_view until) {
    auto tx = ok(db().begin_write());
    Settings settings = ok(settings_of(tx, event.id));
    settings.embargoed_until = until.empty() ? std::nullopt : std::optional(at(until));
    ok(save_settings(tx, organiser, event, settings));
    ok(tx.commit());
  }
  void talk_embargo(std::optional<Instant> until) {
    auto tx = ok(db().begin_write());
    auto own = ok(recordings::find_recording(tx, first.id)).value_or(recordings::Recording{.talk = first.id});
    own.status = recordings::Status::embargoed;
    own.available_from = until;
    own.is_embargo_of_event = false;
    ok(recordings::save_recording(tx, organiser, event, first.code, own));
    ok(tx.commit());
  }
  void publish_it() {
    ready();
    ok(judge_as(team, good()));
    work();
    ASSERT_EQ(cut().stage, Stage::published);
  }
  bool shown() { return recordings::may_be_shown(*recording()); }
  std::size_t told() {
    auto tx = ok(db().begin_write());
    ok(follow_showing(tx, {}, {}, event, first.code));
    ok(follow_showing(tx, {}, {}, event, first.code));
    const auto all = ok(mail::list_outbox(tx, event.id.value, 100));
    const auto count = std::ranges::count(all, "cut_published", &mail::Stored::kind);
    ok(tx.commit());
    return static_cast<std::size_t>(count);
  }
  void at_work(std::string_view time) {
    clock().set(at(time));
    work();
  }
};
ON_BOTH_DATABASES(EmbargoTest);

TEST_P(EmbargoTest, embargo_of_the_event_then_published_and_shown_at_its_moment_and_told_then) {
  event_embargo("2027-05-06T10:00:00Z");
  publish_it();
  EXPECT_EQ(recording()->status, recordings::Status::embargoed);
  EXPECT_EQ(recording()->available_from, at("2027-05-06T10:00:00Z"));
  EXPECT_EQ(told(), 0U);
  at_work("2027-05-06T09:59:59Z");
  EXPECT_FALSE(shown());
  at_work("2027-05-06T10:00:00Z");
  EXPECT_TRUE(shown());
  EXPECT_EQ(told(), 1U);
}

TEST_P(EmbargoTest, embargo_when_moved_then_the_later_moment_counts_and_the_earlier_one_too) {
  event_embargo("2027-05-06T10:00:00Z");
  publish_it();
  event_embargo("2027-05-07T10:00:00Z");
  at_work("2027-05-06T10:00:00Z");
  EXPECT_FALSE(shown()) << "its job came, and found another moment";
  event_embargo("2027-05-06T12:00:00Z");
  at_work("2027-05-06T12:00:00Z");
  EXPECT_TRUE(shown());
}

TEST_P(EmbargoTest, embargo_when_ended_then_shown_at_once) {
  event_embargo("2027-05-06T10:00:00Z");
  publish_it();
  event_embargo("");
  EXPECT_TRUE(shown());
  EXPECT_EQ(told(), 1U);
}

TEST_P(EmbargoTest, embargo_of_a_talk_then_stands_above_the_events) {
  talk_embargo(at("2027-05-08T10:00:00Z"));
  event_embargo("2027-05-06T10:00:00Z");
  publish_it();
  event_embargo("2027-05-05T10:00:00Z");
  at_work("2027-05-06T10:00:00Z");
  EXPECT_FALSE(shown());
  talk_embargo(std::nullopt);
  at_work("2027-05-08T10:00:00Z");
  EXPECT_FALSE(shown()) << "until further notice";
}

TEST_P(EmbargoTest, video_that_is_shown_when_corrected_under_an_embargo_then_stays_shown) {
  publish_it();
  event_embargo("2027-05-06T10:00:00Z");
  EXPECT_TRUE(shown());
  {
    auto tx = ok(db().begin_write());
    auto now = ok(require_cut(tx, event, first_slot.id.value));
    Plan plan = now.plan;
    plan.span.to -= seconds(30);
    ok(ask_for(tx, organiser, event, std::move(now), plan));
    ok(tx.commit());
  }
  work();
  ok(judge_as(team, good()));
  work();
  EXPECT_TRUE(shown());
}

TEST_P(EmbargoTest, moment_then_said_in_words_by_the_clock_of_the_event) {
  const Zone berlin = Zone::find("Europe/Berlin").value();
  EXPECT_EQ(recordings::moment_in_words(at("2027-05-06T10:00:00Z"), berlin, "en"), "Thursday, 6 May 2027, 12:00 (Europe/Berlin)");
}

}  // namespace
}  // namespace confer::cutting
