// Blocks on both databases: one video a part and one of the whole.
#include "programme/parts.h"
#include "cutting/cutting_fixture.h"
#include "cutting/stage.h"

namespace confer::cutting {
namespace {

class PartsTest : public CuttingTest {
 protected:
  void SetUp() override {
    CuttingTest::SetUp();
    if (IsSkipped()) return;
    workers->add(hook_kind, [](jobs::Running&) -> Result<void> { return {}; });
    plan({{.anchor = "p1-uno", .title = "Uno", .speakers = {"Ada Example"}, .offset = minutes(0), .length = minutes(10)},
          {.anchor = "p2-due", .title = "Due", .speakers = {"Carla"}, .offset = minutes(10), .length = minutes(10)},
          {.anchor = "p3-tre", .title = "Tre", .speakers = {"Bert Example"}, .offset = minutes(20), .length = minutes(10)}},
         "2.0");
  }
  void plan(std::vector<programme::Part> parts, const std::string& release) {
    {
      auto tx = ok(db().begin_write());
      first_slot = ok(programme::require_slot(tx, event, first_slot.id));
      first_slot.parts = std::move(parts);
      first_slot = ok(programme::save_slot(tx, organiser, event, first_slot));
      ok(tx.commit());
    }
    ok(programme::release_schedule(db(), organiser, event.id, release, "", ""));
    auto tx = ok(db().begin_write());
    const auto followed = ok(programme::follow_parts(tx, event));
    ok(follow_returned(tx, event, followed.returned));
    ok(tx.commit());
  }
  std::map<std::string, talks::Talk> parts() {
    auto tx = ok(db().begin_read());
    std::map<std::string, talks::Talk> out;
    for (auto& part : ok(talks::list_parts(tx, event.id))) out.emplace(part.title, std::move(part));
    return out;
  }
  std::string code(const std::string& title) { return parts().at(title).code; }
  std::optional<Cut> cut_of(const std::string& part) {
    auto tx = ok(db().begin_read());
    auto found = part.empty() ? require_cut(tx, event, first_slot.id.value) : require_cut(tx, event, first_slot.id.value, part);
    return found ? std::optional(std::move(*found)) : std::nullopt;
  }
  Stage stage(const std::string& part) {
    const auto cut = cut_of(part);
    return cut ? cut->stage : Stage::proposed;
  }
  void allow(const std::string& title, talks::Consent wish) {
    const auto which = code(title);
    auto tx = ok(db().begin_write());
    auto talk = ok(talks::require_talk(tx, event.id, which));
    talks::set_consent(talk, wish);
    ok(talks::save_talk(tx, organiser, event, talk));
    ok(follow_consent(tx, {}, event, which));
    ok(tx.commit());
  }
  void found_good(const std::string& part, const Viewer& by) {
    auto tx = ok(db().begin_write());
    const auto now = ok(require_cut(tx, event, first_slot.id.value, part));
    auto verdict = good();
    verdict.span = now.plan.span;
    ok(judge(tx, event, now, by, verdict));
    ok(tx.commit());
  }
  void all_ready() {
    record();
    propose_at("2027-05-04T08:33:00Z");
    work();
  }
  std::optional<recordings::Recording> recording_of(const std::string& which) {
    auto tx = ok(db().begin_read());
    const auto talk = ok(talks::find_talk(tx, which));
    return talk ? ok(recordings::find_recording(tx, talk->id)) : std::nullopt;
  }
};
ON_BOTH_DATABASES(PartsTest);

TEST_P(PartsTest, block_when_recorded_then_one_cut_a_part_and_one_of_the_whole) {
  all_ready();
  ASSERT_EQ(cuts(), 4U);
  EXPECT_EQ(cut().plan.span, (footage::Span{at("2027-05-04T07:59:30Z"), at("2027-05-04T08:32:00Z")})) << "the whole";
  const auto due = cut_of(code("Due"));
  ASSERT_TRUE(due);
  EXPECT_EQ(due->title, "Due");
  EXPECT_EQ(due->block, first.id);
  EXPECT_EQ(due->plan.span, (footage::Span{at("2027-05-04T08:09:30Z"), at("2027-05-04T08:22:00Z")})) << "padding reaches into its neighbours";
  EXPECT_EQ(cut_of(code("Uno"))->plan.span.from, at("2027-05-04T07:59:30Z"));
  EXPECT_EQ(due->stage, Stage::review);
  EXPECT_EQ(made, 4);
}

TEST_P(PartsTest, part_when_it_has_a_card_then_that_tells_its_own_title_and_its_blocks_day_and_room) {
  const auto part = parts().at("Due");
  auto tx = ok(db().begin_read());
  const auto words = ok(card_words(tx, event, part, {}, "https://conf.example.org"));
  EXPECT_EQ(words.at("title"), "Due");
  EXPECT_EQ(words.at("speakers"), "Carla");
  EXPECT_EQ(words.at("when"), "2027-05-04 · " + hall.name.in("en"));
}

TEST_P(PartsTest, part_when_heard_then_listened_around_its_own_time) {
  record();
  const auto which = code("Due");
  clock().set(at("2027-05-04T08:33:00Z"));
  auto tx = ok(db().begin_write());
  const auto all = ok(footage::load_footage(tx, event, tx.now()));
  const auto begun = ok(begin_cut(tx, organiser, event, all, first_slot.id.value, which));
  EXPECT_EQ(begun.plan.guess, (Plan::Guess{.slot = {at("2027-05-04T08:10:00Z"), at("2027-05-04T08:20:00Z")},
                                           .around = {at("2027-05-04T08:08:00Z"), at("2027-05-04T08:23:00Z")}}));
  EXPECT_EQ(begin_cut(tx, organiser, event, all, first_slot.id.value, which).error().code, ErrorCode::conflict);
  EXPECT_EQ(begin_cut(tx, organiser, event, all, first_slot.id.value, "NOSUCH").error().code, ErrorCode::not_found);
}

TEST_P(PartsTest, parts_when_marked_in_another_order_then_each_is_cut_where_it_was) {
  record();
  const auto uno = code("Uno"), tre = code("Tre");
  const auto press = [&](const char* time, const std::string& part, Mark which, bool is_back = false) {
    clock().set(at(time));
    auto tx = ok(db().begin_write());
    ok(mark(tx, organiser, event, first_slot.id.value, part, which, is_back));
    ok(tx.commit());
  };
  const auto marked = [&](const std::string& part) {
    auto tx = ok(db().begin_read());
    return marks_of(ok(stage_marks_of(tx, event.id)), first_slot.id.value, part);
  };
  press("2027-05-04T08:00:00Z", "", Mark::began);
  press("2027-05-04T08:02:00Z", tre, Mark::began);
  press("2027-05-04T08:09:00Z", uno, Mark::began);
  EXPECT_EQ(marked(tre).ended, at("2027-05-04T08:09:00Z")) << "who comes on ends who was on";
  press("2027-05-04T08:09:05Z", uno, Mark::began, true);
  EXPECT_FALSE(marked(tre).ended) << "and a mistake is one of both";
  press("2027-05-04T08:11:00Z", uno, Mark::began);
  press("2027-05-04T08:24:00Z", "", Mark::ended);
  EXPECT_EQ(marked(uno).ended, at("2027-05-04T08:24:00Z"));
  EXPECT_EQ(marked("").began, at("2027-05-04T08:00:00Z"));
  propose_at("2027-05-04T08:33:00Z");
  work();
  EXPECT_EQ(cut_of(tre)->plan.span, (footage::Span{at("2027-05-04T08:01:57Z"), at("2027-05-04T08:11:03Z")}));
  EXPECT_EQ(cut_of(uno)->plan.span, (footage::Span{at("2027-05-04T08:10:57Z"), at("2027-05-04T08:24:03Z")}));
  EXPECT_EQ(cut().plan.span, (footage::Span{at("2027-05-04T07:59:57Z"), at("2027-05-04T08:24:03Z")}));
  EXPECT_EQ(cut_of(code("Due"))->plan.span, (footage::Span{at("2027-05-04T08:09:30Z"), at("2027-05-04T08:22:00Z")})) << "nobody marked it";
}

TEST_P(PartsTest, part_when_only_its_beginning_is_marked_then_it_is_as_long_as_planned) {
  record();
  clock().set(at("2027-05-04T08:25:00Z"));
  auto tx = ok(db().begin_write());
  ok(mark(tx, organiser, event, first_slot.id.value, code("Uno"), Mark::began, false));
  const auto all = ok(footage::load_footage(tx, event, at("2027-05-04T08:50:00Z")));
  const auto begun = ok(begin_cut(tx, organiser, event, all, first_slot.id.value, code("Uno")));
  EXPECT_EQ(begun.plan.guess, (Plan::Guess{.slot = {at("2027-05-04T08:25:00Z"), at("2027-05-04T08:35:00Z")},
                                           .around = {at("2027-05-04T08:24:00Z"), at("2027-05-04T08:50:00Z")}}));
  EXPECT_EQ(begun.plan.span, (footage::Span{at("2027-05-04T08:24:30Z"), at("2027-05-04T08:37:00Z")}));
}

TEST_P(PartsTest, part_when_found_good_then_its_own_video_is_online_and_the_whole_waits_on) {
  all_ready();
  const auto due = code("Due");
  found_good(due, team);
  work();
  EXPECT_EQ(stage(due), Stage::published);
  EXPECT_EQ(cut().stage, Stage::review);
  ASSERT_TRUE(recording_of(due));
  EXPECT_EQ(recording_of(due)->videos.size(), 1U);
  EXPECT_FALSE(recording());
  EXPECT_TRUE(recordings::may_be_shown(*recording_of(due)));
  EXPECT_FALSE(recording_of(code("Uno")));
}

TEST_P(PartsTest, speakers_when_of_a_part_then_have_a_link_to_theirs_alone) {
  {
    auto tx = ok(db().begin_write());
    const auto bert = *ok(people::find_person(tx, second.credits.front().person));
    ok(people::change_person(tx, bert.id, bert.version, {.name = bert.name, .biography = {}, .avatar_url = {}, .contact_email = "bert@example.org"}));
    ok(tx.commit());
  }
  all_ready();
  const auto links = [&](const std::string& part) {
    const auto of = cut_of(part);
    auto tx = ok(db().begin_read());
    return ok(links_of(tx, of->id)).size();
  };
  EXPECT_EQ(links(code("Tre")), 1U);
  EXPECT_EQ(links(code("Uno")), 0U);
  EXPECT_EQ(links({}), 0U);
}

TEST_P(PartsTest, part_when_not_allowed_then_neither_it_nor_the_whole_is_cut_but_the_others_are) {
  allow("Due", talks::Consent::no);
  all_ready();
  EXPECT_EQ(cuts(), 2U);
  EXPECT_FALSE(cut_of({}));
  EXPECT_FALSE(cut_of(code("Due")));
  EXPECT_EQ(stage(code("Uno")), Stage::review);
  auto tx = ok(db().begin_write());
  const auto all = ok(footage::load_footage(tx, event, tx.now()));
  const auto refused = begin_cut(tx, organiser, event, all, first_slot.id.value);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::forbidden);
  EXPECT_TRUE(refused.error().message.contains("“Due”")) << refused.error().message;
  EXPECT_EQ(begin_cut(tx, organiser, event, all, first_slot.id.value, code("Due")).error().code, ErrorCode::forbidden);
}

TEST_P(PartsTest, whole_when_a_part_wants_to_look_first_then_waits_for_that_look) {
  allow("Due", talks::Consent::review_first);
  all_ready();
  found_good({}, team);
  EXPECT_EQ(cut().stage, Stage::review) << "Carla has not looked";
  found_good(code("Uno"), team);
  EXPECT_EQ(stage(code("Uno")), Stage::publishing) << "what another part waits for is not its matter";
  EXPECT_EQ(cut().stage, Stage::review);
  found_good(code("Due"), team);
  EXPECT_EQ(stage(code("Due")), Stage::review);
  found_good(code("Due"), {.person = {}, .name = "Carla", .is_speaker = true});
  EXPECT_EQ(stage(code("Due")), Stage::publishing);
  EXPECT_EQ(cut().stage, Stage::publishing) << "it had been found good, and waited for this alone";
  work();
  EXPECT_EQ(cut().stage, Stage::published);
}

TEST_P(PartsTest, consent_when_taken_back_by_a_part_then_it_and_the_whole_go_offline_and_the_others_stay) {
  all_ready();
  for (const auto& title : {"", "Uno", "Due"}) found_good(std::string(title).empty() ? "" : code(title), team);
  work();
  ASSERT_TRUE(recordings::may_be_shown(*recording()));
  allow("Due", talks::Consent::no);
  EXPECT_FALSE(recordings::may_be_shown(*recording()));
  EXPECT_TRUE(recording()->videos.empty());
  EXPECT_TRUE(recording_of(code("Due"))->videos.empty());
  EXPECT_EQ(cut().stage, Stage::stopped);
  EXPECT_EQ(stage(code("Due")), Stage::stopped);
  EXPECT_EQ(stage(code("Uno")), Stage::published);
  EXPECT_TRUE(recordings::may_be_shown(*recording_of(code("Uno"))));
  consent(talks::Consent::no);
  EXPECT_FALSE(recordings::may_be_shown(*recording_of(code("Uno")))) << "what the block does not allow, its parts do not";
}

TEST_P(PartsTest, part_when_renamed_then_keeps_its_video_when_removed_then_hidden_when_back_then_as_it_was) {
  all_ready();
  const auto due = code("Due");
  found_good(due, team);
  work();
  auto three = first_slot.parts;
  three[1].title = "Due e mezzo";
  three[1].speakers = {"Carla", "Bert Example"};
  plan(three, "3.0");
  ASSERT_TRUE(parts().contains("Due e mezzo"));
  EXPECT_EQ(code("Due e mezzo"), due);
  EXPECT_EQ(cut_of(due)->title, "Due e mezzo");
  EXPECT_EQ(parts().at("Due e mezzo").credits.at(1).person, second.credits.front().person) << "a name that the event knows is that person";
  auto two = three;
  two.erase(two.begin() + 1);
  two[1].title = "Tre!";
  plan(two, "4.0");
  EXPECT_EQ(parts().size(), 2U);
  EXPECT_TRUE(cut_of(due)->is_gone);
  EXPECT_FALSE(recording_of(due)) << "its talk was put away";
  plan(three, "5.0");
  EXPECT_FALSE(cut_of(due)->is_gone);
  EXPECT_EQ(stage(due), Stage::published);
  EXPECT_EQ(recording_of(due)->videos.size(), 1U);
}

TEST_P(PartsTest, part_when_removed_while_it_is_made_then_nothing_is_made_until_it_is_back) {
  record();
  propose_at("2027-05-04T08:33:00Z");
  const auto due = code("Due");
  const auto three = first_slot.parts;
  auto two = three;
  two.erase(two.begin() + 1);
  plan(two, "3.0");
  work();
  EXPECT_EQ(made, 3);
  EXPECT_EQ(stage(due), Stage::making);
  plan(three, "4.0");
  work();
  EXPECT_EQ(made, 4);
  EXPECT_EQ(stage(due), Stage::review);
}

TEST_P(PartsTest, parts_when_nothing_changed_then_nothing_is_written_and_the_programme_does_not_know_them) {
  auto tx = ok(db().begin_write());
  const auto again = ok(programme::follow_parts(tx, event));
  EXPECT_EQ(again.added + again.changed + again.removed, 0);
  EXPECT_EQ(ok(talks::list_talks(tx, event.id)).size(), 2U);
  EXPECT_EQ(ok(programme::load_draft(tx, event, "")).talks.size(), 2U);
  EXPECT_EQ(ok(talks::check(tx)), std::vector<std::string>());
  EXPECT_EQ(ok(check(tx)), std::vector<std::string>());
}

}  // namespace
}  // namespace confer::cutting
