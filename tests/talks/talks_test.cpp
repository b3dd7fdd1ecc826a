// Talks and credits.
#include "talks/talks.h"
#include "events/events.h"
#include "people/people.h"
#include "support/database.h"

namespace confer::talks {
namespace {

using test::ok;

class TalksTest : public test::DatabaseTest {
 protected:
  void SetUp() override {
    DatabaseTest::SetUp();
    if (IsSkipped()) return;
    auto tx = ok(db().begin_write());
    auto series = ok(events::save_series(tx, organiser, {.id = {}, .slug = "examplia", .title = {"en", "Examplia"}, .description = {}}));
    events::Event e;
    e.series = series.id;
    e.slug = "examplia-2027";
    e.title = {"en", "Examplia 2027"};
    e.zone = "Europe/Berlin";
    e.start = e.end = parse_date("2027-05-04").value();
    e.is_public = true;
    event = ok(events::save_event(tx, organiser, e));
    web = ok(events::save_track(tx, organiser, event,
                                {.id = {}, .event = {}, .code = {}, .guid = {}, .name = {"en", "Web"}, .description = {}, .color = "#1f5f8b"}));
    ok(tx.commit());
  }
  Talk talk(std::string title) {
    Talk t;
    t.title = std::move(title);
    return t;
  }
  const Actor organiser = system_actor("test");
  events::Event event;
  events::Track web;
};
ON_BOTH_DATABASES(TalksTest);

TEST_P(TalksTest, track_or_type_when_of_another_event_then_refused_and_when_removed_meanwhile_kept) {
  auto tx = ok(db().begin_write());
  events::Event other = event;
  other.id = {};
  other.guid.clear();
  other.slug = "examplia-2028";
  other = ok(events::save_event(tx, organiser, other));
  const auto track = ok(events::save_track(tx, organiser, other, {.name = {"en", "Theirs"}, .color = "#1f5f8b"}));
  const auto type = ok(events::save_session_type(tx, organiser, other, {.name = {"en", "Theirs"}}));
  Talk t = talk("Mine");
  t.track = track.id;
  t.type = type.id;
  const auto refused = save_talk(tx, organiser, event, t);
  ASSERT_FALSE(refused);
  ASSERT_EQ(refused.error().problems.size(), 2u);
  EXPECT_EQ(refused.error().problems[0].field, "track");
  EXPECT_EQ(refused.error().problems[1].field, "type");
  t.track = web.id;
  t.type = {};
  t = ok(save_talk(tx, organiser, event, t));
  ok(events::remove_track(tx, organiser, event, web.id));
  EXPECT_TRUE(save_talk(tx, organiser, event, t)) << "it had this track before it was removed";
  EXPECT_FALSE(save_talk(tx, organiser, event, [&] {
    Talk late = talk("Late");
    late.track = web.id;
    return late;
  }()));
}

TEST_P(TalksTest, talk_when_saved_then_read_back_as_it_was) {
  auto tx = ok(db().begin_write());
  auto person = ok(people::add_person(tx, {.name = "Ada Example"}));
  Talk t = talk("  Straße   nach Köln ");
  t.abstract = "Text";
  t.tags = {"a, b", "c"};
  t.links = {{"https://example.org", "Home", 3}};
  t.extra["x"] = "[1,2]";
  t.do_not_record = true;
  t.credits = {{.person = person.id, .person_code = {}, .name = "Ada E.", .role = CreditRole::moderator}, {.person = {}, .person_code = {}, .name = "A guest"}};
  t = ok(save_talk(tx, organiser, event, t));
  EXPECT_EQ(t.title, "Straße nach Köln");
  EXPECT_EQ(t.slug, "strasse-nach-koln");
  const Talk read = ok(require_talk(tx, event.id, t.code));
  EXPECT_EQ(read.tags, t.tags);
  EXPECT_EQ(read.links, t.links);
  EXPECT_EQ(read.extra, t.extra);
  EXPECT_TRUE(read.do_not_record);
  ASSERT_EQ(read.credits.size(), 2u);
  EXPECT_EQ(read.credits[0].person_code, person.code);
  EXPECT_EQ(read.credits[0].role, CreditRole::moderator);
  EXPECT_EQ(read.credits[1].name, "A guest");
  EXPECT_EQ(ok(list_talks(tx, event.id)).front().credits, read.credits);
  EXPECT_EQ(ok(talks_of(tx, person.id)).size(), 1u);
  EXPECT_EQ(ok(check(tx)), std::vector<std::string>{});
}

TEST(Consent, when_set_then_the_flags_say_the_same) {
  for (const bool do_not_stream : {false, true})
    for (const Consent consent : all_consents) {
      Talk talk;
      talk.do_not_stream = do_not_stream;
      set_consent(talk, consent);
      EXPECT_EQ(consent_of(talk), consent);
      EXPECT_EQ(talk.do_not_record, consent == Consent::stream_only || consent == Consent::no) << name_of(consent);
      EXPECT_EQ(may_be_streamed(talk), consent == Consent::stream_only || (consent != Consent::no && !do_not_stream)) << name_of(consent);
    }
}

TEST(Consent, at_the_three_gates) {
  struct Row {
    Consent consent;
    bool record, cut, publish_unseen, publish_approved;
  };
  for (const Row& row : {Row{Consent::yes, true, true, true, true}, Row{Consent::review_first, true, true, false, true},
                         Row{Consent::stream_only, false, false, false, false}, Row{Consent::no, false, false, false, false}}) {
    EXPECT_EQ(may_be_recorded(row.consent), row.record) << name_of(row.consent);
    EXPECT_EQ(may_be_cut(row.consent), row.cut) << name_of(row.consent);
    EXPECT_EQ(may_be_published(row.consent), row.publish_unseen) << name_of(row.consent);
    EXPECT_EQ(may_be_published(row.consent, Approval::given), row.publish_approved) << name_of(row.consent);
  }
}

TEST_P(TalksTest, consent_when_stored_then_read_back_and_flags_win) {
  auto tx = ok(db().begin_write());
  for (const Consent consent : all_consents) {
    Talk t = talk(std::string(name_of(consent)));
    set_consent(t, consent);
    t = ok(save_talk(tx, organiser, event, t));
    EXPECT_EQ(consent_of(ok(require_talk(tx, event.id, t.code))), consent);
    // An import that knows the two flags alone.
    t.do_not_record = true;
    t.do_not_stream = true;
    t = ok(save_talk(tx, organiser, event, t));
    EXPECT_EQ(consent_of(ok(require_talk(tx, event.id, t.code))), Consent::no);
    t.do_not_record = t.do_not_stream = false;
    t = ok(save_talk(tx, organiser, event, t));
    EXPECT_EQ(consent_of(ok(require_talk(tx, event.id, t.code))), consent == Consent::review_first ? Consent::review_first : Consent::yes)
        << "who asked to see the cut is still asked when an import takes its opt-out back";
  }
}

TEST_P(TalksTest, talk_when_changed_by_two_then_the_second_is_told) {
  auto tx = ok(db().begin_write());
  Talk mine = ok(save_talk(tx, organiser, event, talk("One"))), theirs = mine;
  theirs.title = "Two";
  ok(save_talk(tx, organiser, event, theirs));
  EXPECT_EQ(save_talk(tx, organiser, event, mine).error().code, ErrorCode::conflict);
}

TEST_P(TalksTest, talk_when_removed_then_gone_and_can_come_back) {
  auto tx = ok(db().begin_write());
  const Talk t = ok(save_talk(tx, organiser, event, talk("One")));
  ok(remove_talk(tx, organiser, event, t.id));
  EXPECT_EQ(require_talk(tx, event.id, t.code).error().code, ErrorCode::not_found);
  EXPECT_EQ(ok(removed_guids(tx, event.id)), std::vector<std::string>{t.guid});
  ok(restore_talk(tx, organiser, event, t.id));
  EXPECT_EQ(restore_talk(tx, organiser, event, t.id).error().code, ErrorCode::conflict);
  ok(set_state(tx, organiser, event, t.id, State::cancelled));
  EXPECT_EQ(ok(require_talk(tx, event.id, t.code)).state, State::cancelled);
}

TEST_P(TalksTest, talk_when_fields_are_wrong_then_named) {
  auto tx = ok(db().begin_write());
  Talk t = talk("");
  t.language = "Klingon!";
  t.links = {{"javascript:alert(1)", "", 0}};
  auto refused = save_talk(tx, organiser, event, t);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().problems.size(), 3u);
}

TEST_P(TalksTest, talk_when_the_team_is_limited_to_a_track_then_only_its_talks_change) {
  auto tx = ok(db().begin_write());
  Talk of_web = talk("Web");
  of_web.track = web.id;
  of_web = ok(save_talk(tx, organiser, event, of_web));
  const Talk other = ok(save_talk(tx, organiser, event, talk("Other")));
  Actor limited;
  limited.person = PersonId{5};
  limited.memberships = {{.series = {}, .event = event.id, .rights = {Right::programme}, .limited_to_tracks = true, .tracks = {web.id.value}}};
  EXPECT_TRUE(save_talk(tx, limited, event, of_web));
  EXPECT_EQ(save_talk(tx, limited, event, other).error().code, ErrorCode::forbidden);
  EXPECT_EQ(remove_talk(tx, limited, event, other.id).error().code, ErrorCode::forbidden);
}

TEST_P(TalksTest, person_when_erased_then_the_talk_stays_without_the_name) {
  auto tx = ok(db().begin_write());
  auto person = ok(people::add_person(tx, {.name = "Ada Example"}));
  Talk t = talk("One");
  t.credits = {{.person = person.id, .person_code = {}, .name = "Ada Example"}};
  t = ok(save_talk(tx, organiser, event, t));
  EXPECT_NE(ok(export_person(tx, person.id)).find("Ada Example"), std::string::npos);
  ok(erase_person(tx, person.id));
  EXPECT_EQ(ok(require_talk(tx, event.id, t.code)).credits.front().name, "");
}

}  // namespace
}  // namespace confer::talks
