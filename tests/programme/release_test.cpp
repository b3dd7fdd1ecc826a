// Releases, quick corrections, going back: what is frozen, what is told, what is refused.
#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include "base/text.h"
#include "people/people.h"
#include "programme/event_fixture.h"
#include "programme/notices.h"

namespace confer::programme {
namespace {

using test::ok;
using test::wall;

class ReleaseTest : public test::EventTest {};
ON_BOTH_DATABASES(ReleaseTest);

Slot slot_of(const Programme& p, SlotId id) { return *std::ranges::find(p.slots, id.value, &Slot::number); }

TEST_P(ReleaseTest, release_when_draft_changes_later_then_it_stays_as_it_was) {
  place_and_release();
  {
    auto tx = ok(db().begin_write());
    first.title = "Another title";
    ok(talks::save_talk(tx, organiser, event, first));
    ok(tx.commit());
  }
  EXPECT_EQ(current().talk(first.code)->title, "First talk");
  EXPECT_EQ(current().revision, 1);
  EXPECT_EQ(slot_of(current(), first_slot.id).guid, first.guid);
}

TEST_P(ReleaseTest, release_when_nothing_changed_or_name_taken_then_conflict) {
  place_and_release();
  auto again = release_schedule(db(), organiser, event.id, "1.1", "", "https://conf.example.org");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::conflict);
  EXPECT_EQ(again.error().message, "Nothing has changed since release 1.0.");
  {
    auto tx = ok(db().begin_write());
    ok(remove_slot(tx, organiser, event, second_slot.id));
    ok(tx.commit());
  }
  EXPECT_EQ(release_schedule(db(), organiser, event.id, "1.0", "", "https://conf.example.org").error().code, ErrorCode::conflict);
  EXPECT_EQ(release_schedule(db(), organiser, event.id, " ", "", "https://conf.example.org").error().code, ErrorCode::invalid);
}

TEST_P(ReleaseTest, release_when_a_blocking_rule_is_broken_then_refused_with_the_clash) {
  {
    auto tx = ok(db().begin_write());
    ok(set_rule(tx, organiser, event, Rule::room_twice, Severity::block_release));
    place(tx, first, hall.id, "2027-05-04T10:00");
    place(tx, second, hall.id, "2027-05-04T10:15");
    ok(tx.commit());
  }
  auto refused = release_schedule(db(), organiser, event.id, "1.0", "", "https://conf.example.org");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_FALSE(refused.error().problems.empty());
  auto tx = ok(db().begin_read());
  EXPECT_TRUE(ok(list_releases(tx, event)).empty());
}

TEST_P(ReleaseTest, placing_when_a_rule_blocks_it_then_refused_and_nothing_stored) {
  auto tx = ok(db().begin_write());
  ok(set_rule(tx, organiser, event, Rule::room_twice, Severity::block_placing));
  place(tx, first, hall.id, "2027-05-04T10:00");
  DraftSlot slot;
  slot.talk = second.id;
  slot.room = hall.id;
  slot.start = wall("2027-05-04T10:15");
  auto refused = save_slot(tx, organiser, event, slot);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
}

TEST_P(ReleaseTest, placing_when_the_clock_skips_the_time_then_invalid) {
  auto tx = ok(db().begin_write());
  DraftSlot slot;
  slot.talk = first.id;
  slot.room = hall.id;
  slot.start = wall("2027-03-28T02:30");
  auto refused = save_slot(tx, organiser, event, slot);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().problems.front().field, "start");
}

TEST_P(ReleaseTest, slot_when_removed_and_placed_again_then_keeps_number_and_guid) {
  auto tx = ok(db().begin_write());
  auto slot = place(tx, first, hall.id, "2027-05-04T10:00");
  ok(remove_slot(tx, organiser, event, slot.id));
  auto again = place(tx, first, cellar.id, "2027-05-05T12:00");
  EXPECT_EQ(again.id, slot.id);
  EXPECT_EQ(again.guid, first.guid);
  ok(remove_slot(tx, organiser, event, slot.id));
  ok(restore_slot(tx, organiser, event, slot.id));
  EXPECT_EQ(ok(list_slots(tx, event)).size(), 1u);
}

TEST_P(ReleaseTest, swap_when_done_then_rooms_and_times_are_exchanged) {
  place_and_release();
  auto tx = ok(db().begin_write());
  ok(swap_slots(tx, organiser, event, first_slot.id, second_slot.id));
  EXPECT_EQ(ok(require_slot(tx, event, first_slot.id)).room, cellar.id);
  EXPECT_EQ(ok(require_slot(tx, event, second_slot.id)).room, hall.id);
}

TEST_P(ReleaseTest, correction_when_cancelled_then_released_and_in_the_draft_without_its_other_changes) {
  place_and_release();
  {
    auto tx = ok(db().begin_write());
    first.title = "Not to be released yet";
    ok(talks::save_talk(tx, organiser, event, first));
    ok(tx.commit());
  }
  auto release = ok(correct(db(), organiser, event.id, {.what = Correction::What::cancel, .slot = second_slot.id.value, .note = "The speaker is ill."}, ""));
  EXPECT_EQ(release.name, "1.0.1");
  EXPECT_EQ(release.revision, 2);
  EXPECT_EQ(slot_of(current(), second_slot.id).state, SlotState::cancelled);
  EXPECT_EQ(slot_of(current(), second_slot.id).note, "The speaker is ill.");
  EXPECT_EQ(current().talk(first.code)->title, "First talk");
  {
    auto tx = ok(db().begin_read());
    EXPECT_EQ(ok(require_slot(tx, event, second_slot.id)).state, SlotState::cancelled);
  }
  auto next = ok(correct(db(), organiser, event.id, {.what = Correction::What::reinstate, .slot = second_slot.id.value}, ""));
  EXPECT_EQ(next.name, "1.0.2");
  EXPECT_EQ(correct(db(), organiser, event.id, {.what = Correction::What::reinstate, .slot = second_slot.id.value}, "").error().code, ErrorCode::conflict);
}

TEST_P(ReleaseTest, correction_when_moved_then_marked_and_calendars_see_it) {
  place_and_release();
  ok(correct(db(), organiser, event.id, {.what = Correction::What::move, .slot = second_slot.id.value, .room = hall.code, .start = wall("2027-05-04T12:00")},
             ""));
  const Slot slot = slot_of(current(), second_slot.id);
  EXPECT_EQ(slot.state, SlotState::moved);
  EXPECT_EQ(slot.room, hall.code);
  auto tx = ok(db().begin_read());
  auto stamps = ok(calendar_stamps(tx, event, *ok(current_programme(tx, event, ""))));
  EXPECT_EQ(stamps.at(slot.guid).sequence, 1);
  EXPECT_EQ(stamps.at(first.guid).sequence, 0);
}

TEST_P(ReleaseTest, correction_when_the_place_is_taken_then_refused) {
  place_and_release();
  auto refused = correct(db(), organiser, event.id, {.what = Correction::What::move, .slot = second_slot.id.value, .room = hall.code}, "");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_EQ(current().revision, 1);
}

TEST_P(ReleaseTest, correction_when_a_room_closes_then_its_sessions_move_or_are_cancelled) {
  place_and_release();
  ok(correct(db(), organiser, event.id, {.what = Correction::What::close_room, .room = cellar.code, .start = wall("2027-05-04T09:00")}, ""));
  EXPECT_EQ(slot_of(current(), second_slot.id).state, SlotState::cancelled);
  EXPECT_EQ(slot_of(current(), first_slot.id).state, SlotState::planned);
  ok(correct(db(), organiser, event.id, {.what = Correction::What::edit_talk, .talk = first.code, .title = "First, corrected"}, ""));
  EXPECT_EQ(current().talk(first.code)->title, "First, corrected");
  ok(correct(db(), organiser, event.id, {.what = Correction::What::swap, .slot = first_slot.id.value, .other = second_slot.id.value}, ""));
  EXPECT_EQ(slot_of(current(), first_slot.id).room, cellar.code);
}

TEST_P(ReleaseTest, reset_when_done_then_draft_says_what_the_release_said) {
  place_and_release();
  {
    auto tx = ok(db().begin_write());
    ok(remove_slot(tx, organiser, event, second_slot.id));
    auto third = add_talk(tx, "Third talk", "Cleo Example");
    place(tx, third, cellar.id, "2027-05-05T10:00");
    first.title = "Changed";
    ok(talks::save_talk(tx, organiser, event, first));
    ok(tx.commit());
  }
  ok(reset_draft(db(), organiser, event.id, "1.0"));
  auto tx = ok(db().begin_read());
  auto draft = ok(load_draft(tx, event, "https://conf.example.org"));
  EXPECT_EQ(draft.slots.size(), 2u);
  EXPECT_EQ(draft.talk(first.code)->title, "First talk");
  EXPECT_EQ(ok(released_programme(tx, event, "1.0", "https://conf.example.org"))->slots, draft.slots);
  EXPECT_EQ(reset_draft(db(), organiser, event.id, "9.9").error().code, ErrorCode::not_found);
}

TEST_P(ReleaseTest, reset_when_everything_changed_since_then_every_field_comes_back) {
  {
    auto tx = ok(db().begin_write());
    first.subtitle = "And what follows";
    first.abstract = "Short.";
    first.description = "Long.";
    first.language = "de";
    first.level = "beginner";
    first.tags = {"a", "b"};
    first.do_not_record = first.do_not_stream = true;
    first.license = "CC BY 4.0";
    first.logo_url = "https://example.org/logo.png";
    first.feedback_url = "https://example.org/feedback";
    first.origin_url = "https://example.org/origin";
    first.links = {{"https://example.org/slides", "Slides", 1}};
    first.attachments = {{"https://example.org/paper", "Paper", 2}};
    first.extra = {{"odd", "1"}};
    first.credits.push_back({.person = {}, .person_code = {}, .name = "Nobody Known", .role = talks::CreditRole::moderator, .biography = "A bare name."});
    first = ok(talks::save_talk(tx, organiser, event, first));
    ok(tx.commit());
  }
  place_and_release();
  const auto released = current();
  {
    auto tx = ok(db().begin_write());
    talks::Talk bare;
    bare.id = first.id;
    bare.code = first.code;
    bare.guid = first.guid;
    bare.version = first.version;
    bare.title = "Nothing left";
    bare.credits = {{.person = second.credits.front().person, .person_code = {}, .name = "Bert Example"}};
    ok(talks::save_talk(tx, organiser, event, bare));
    ok(talks::remove_talk(tx, organiser, event, second.id));
    ok(tx.commit());
  }
  EXPECT_EQ(ok(reset_draft(db(), organiser, event.id, "1.0")), std::vector<std::string>{});
  auto tx = ok(db().begin_read());
  const auto draft = ok(load_draft(tx, event, "https://conf.example.org"));
  EXPECT_EQ(draft.talks, released.talks);
  EXPECT_EQ(draft.slots, released.slots);
}

TEST_P(ReleaseTest, reset_when_something_is_gone_for_good_then_it_is_told) {
  place_and_release();
  {
    auto tx = ok(db().begin_write());
    ok(remove_slot(tx, organiser, event, second_slot.id));
    ok(events::remove_room(tx, organiser, event, cellar.id));
    ok(events::remove_track(tx, organiser, event, web.id));
    first.title = "Changed";
    ok(talks::save_talk(tx, organiser, event, first));
    ok(tx.commit());
  }
  const auto missing = ok(reset_draft(db(), organiser, event.id, "1.0"));
  EXPECT_EQ(std::set(missing.begin(), missing.end()),
            (std::set<std::string>{"“First talk” has no track: the track was removed.", "“Second talk” has no track: the track was removed.",
                                   "“Second talk” is not placed as it was: its room was removed."}));
}

TEST_P(ReleaseTest, room_when_slots_stand_in_it_then_not_removed) {
  place_and_release();
  auto tx = ok(db().begin_write());
  const auto refused = programme::remove_room(tx, organiser, event, cellar.id);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_EQ(refused.error().message, "1 slot of the draft stands in this room. Move or remove them first (/organise/examplia-2027/slots), or hide the room.");
  ok(remove_slot(tx, organiser, event, second_slot.id));
  ok(programme::remove_room(tx, organiser, event, cellar.id));
  EXPECT_EQ(ok(events::list_rooms(tx, event)).size(), 1u);
}

TEST_P(ReleaseTest, room_when_removed_behind_our_back_then_its_talks_stop_the_release_and_the_check_names_them) {
  auto tx = ok(db().begin_write());
  const auto slot = place(tx, second, cellar.id, "2027-05-04T10:00");
  ok(events::remove_room(tx, organiser, event, cellar.id));
  const auto clashes = find_clashes(ok(load_draft(tx, event, "")), ok(rule_settings(tx, event)));
  EXPECT_EQ(std::ranges::count(clashes, Rule::no_room, &Clash::rule), 1);
  EXPECT_EQ(ok(check(tx)), std::vector<std::string>{"programme: slot " + std::to_string(slot.id.value) + " stands in a removed room"});
  ok(tx.commit());
  const auto refused = release_schedule(db(), organiser, event.id, "1.0", "", "");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
}

TEST_P(ReleaseTest, correction_when_a_summit_has_the_room_then_refused) {
  place_and_release();
  {
    auto tx = ok(db().begin_write());
    events::Event s;
    s.kind = events::EventKind::summit;
    s.parent = event.id;
    s.slug = "summit-2027";
    s.title = {"en", "The Summit"};
    s.start = s.end = event.start;
    const auto summit = ok(events::save_event(tx, organiser, s));
    DraftSlot lunch;
    lunch.kind = SlotKind::break_;
    lunch.title = {"en", "Lunch"};
    lunch.room = hall.id;
    lunch.start = wall("2027-05-04T12:15");
    ok(save_slot(tx, organiser, summit, lunch));
    ok(tx.commit());
  }
  const auto onto = [&](std::string_view start) {
    return correct(db(), organiser, event.id, {.what = Correction::What::move, .slot = second_slot.id.value, .room = hall.code, .start = wall(start)}, "");
  };
  const auto refused = onto("2027-05-04T12:00");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message,
            "“Hall” has “Second talk” (12:00–12:30) and “Lunch” of The Summit (12:15–12:45) on Tue, 4 May. Choose another room or time.");
  ok(onto("2027-05-04T11:45"));
}

TEST_P(ReleaseTest, summit_when_it_shares_a_room_then_both_see_each_other) {
  auto tx = ok(db().begin_write());
  place(tx, first, hall.id, "2027-05-04T10:00");
  events::Event s;
  s.kind = events::EventKind::summit;
  s.parent = event.id;
  s.slug = "summit-2027";
  s.title = {"en", "The Summit"};
  s.start = s.end = event.start;
  const auto summit = ok(events::save_event(tx, organiser, s));
  talks::Talk core;
  core.title = "Core";
  core.credits = {{.person = {}, .person_code = {}, .name = "Cleo Example"}};
  core = ok(talks::save_talk(tx, organiser, summit, core));
  DraftSlot slot;
  slot.talk = core.id;
  slot.room = hall.id;
  slot.start = wall("2027-05-04T10:15");
  slot = ok(save_slot(tx, organiser, summit, slot));

  const auto clashes_in = [&](const events::Event& e) {
    auto clashes = find_clashes(ok(load_draft(tx, e, "")), ok(rule_settings(tx, e)), ok(surroundings(tx, e)));
    std::erase_if(clashes, [](const Clash& clash) { return clash.rule != Rule::room_twice; });
    return clashes;
  };
  ASSERT_EQ(clashes_in(event).size(), 1u);
  EXPECT_EQ(clashes_in(event)[0].message, "“Hall” has “First talk” (10:00–10:30) and “Core” of The Summit (10:15–10:45) on Tue, 4 May.");
  ASSERT_EQ(clashes_in(summit).size(), 1u);
  EXPECT_EQ(clashes_in(summit)[0].other_event, "examplia-2027");
  EXPECT_EQ(
      programme::remove_room(tx, organiser, event, hall.id).error().message,
      "2 slots of the draft stand in this room. Move or remove them first (/organise/examplia-2027/slots, /organise/summit-2027/slots), or hide the room.");

  // Where the rule refuses to place, it refuses across both.
  ok(set_rule(tx, organiser, summit, Rule::room_twice, Severity::block_placing));
  slot.length = minutes(40);
  EXPECT_EQ(save_slot(tx, organiser, summit, slot).error().code, ErrorCode::conflict);
}

TEST_P(ReleaseTest, rules_when_copied_then_the_other_event_has_them) {
  auto tx = ok(db().begin_write());
  ok(set_rule(tx, organiser, event, Rule::no_track, Severity::ignore));
  const auto next = ok(events::copy_event(tx, organiser, event, "examplia-2028", {"en", "Examplia 2028"}, parse_date("2028-05-02").value()));
  ok(copy_rules(tx, event.id, next.id));
  EXPECT_EQ(ok(rule_settings(tx, next)).severities, (std::map<Rule, Severity>{{Rule::no_track, Severity::ignore}}));
}

TEST_P(ReleaseTest, speakers_when_their_session_moves_then_only_they_are_told) {
  {
    auto tx = ok(db().begin_write());
    for (auto* talk : {&first, &second}) {
      auto person = ok(people::find_person(tx, talk->credits.front().person));
      ok(people::change_person(tx, person->id, person->version,
                               {.name = person->name, .contact_email = talk == &first ? "ada@example.org" : "bert@example.org"}));
    }
    ok(tx.commit());
  }
  place_and_release();
  ok(correct(db(), organiser, event.id, {.what = Correction::What::move, .slot = second_slot.id.value, .start = wall("2027-05-04T14:00")}, ""));
  auto tx = ok(db().begin_write());
  EXPECT_EQ(ok(tell_speakers(tx, event, 1, "https://conf.example.org", {})), 2);
  EXPECT_EQ(ok(tell_speakers(tx, event, 2, "https://conf.example.org", {})), 1);
  auto mails = ok(mail::list_outbox(tx, event.id.value, 10));
  ASSERT_EQ(mails.size(), 3u);
  EXPECT_EQ(mails.front().to, "bert@example.org");
  EXPECT_EQ(mails.front().subject, "Your session at Examplia 2027 has changed");
}

/// Everything that a release tells speakers.
class NoticesTest : public ReleaseTest {
 protected:
  void SetUp() override {
    ReleaseTest::SetUp();
    if (IsSkipped()) return;
    auto tx = ok(db().begin_write());
    give_address(tx, first.credits.front().person, "ada@example.org");
    give_address(tx, second.credits.front().person, "bert@example.org");
    ok(tx.commit());
  }
  void give_address(db::Tx& tx, PersonId id, std::string address) {
    auto person = ok(people::find_person(tx, id));
    ok(people::change_person(tx, person->id, person->version, {.name = person->name, .contact_email = std::move(address)}));
  }
  void change(const std::function<void(db::Tx&)>& what) {
    auto tx = ok(db().begin_write());
    what(tx);
    ok(tx.commit());
  }
  /// Releases the draft; the mails that follow, newest first.
  std::vector<mail::Stored> release(const std::string& name) {
    ok(release_schedule(db(), organiser, event.id, name, "", "https://conf.example.org"));
    return told();
  }
  std::vector<mail::Stored> told() {
    const int revision = current().revision;
    auto tx = ok(db().begin_write());
    const int mails = ok(tell_speakers(tx, event, revision, "https://conf.example.org", {}));
    auto list = ok(mail::list_outbox(tx, event.id.value, mails + 1));
    list.resize(static_cast<std::size_t>(mails));
    ok(tx.commit());
    return list;
  }
  /// Lines of the only attachment that start so.
  std::vector<std::string> calendar_lines(const mail::Stored& mail, std::string_view start) {
    auto tx = ok(db().begin_read());
    const auto files = ok(mail::attachments_of(tx, mail.id));
    EXPECT_EQ(files.size(), 1U);
    std::vector<std::string> found;
    for (auto line : split(files.at(0).bytes, '\n'))
      if (line.starts_with(start)) found.emplace_back(trim(line));
    return found;
  }
};
ON_BOTH_DATABASES(NoticesTest);

TEST_P(NoticesTest, removed_session_when_told_then_the_calendar_entry_is_cancelled) {
  place_and_release();
  change([&](db::Tx& tx) { ok(remove_slot(tx, organiser, event, second_slot.id)); });
  const auto mails = release("2.0");
  ASSERT_EQ(mails.size(), 1u);
  EXPECT_EQ(mails[0].to, "bert@example.org");
  EXPECT_TRUE(mails[0].text.contains("“Second talk” does not take place any more (it was planned for Tuesday, 4 May 2027, 10:00, Cellar).")) << mails[0].text;
  EXPECT_EQ(calendar_lines(mails[0], "STATUS"), std::vector<std::string>{"STATUS:CANCELLED"});
  EXPECT_EQ(calendar_lines(mails[0], "SEQUENCE"), std::vector<std::string>{"SEQUENCE:1"});
  EXPECT_EQ(calendar_lines(mails[0], "DTSTART;"), std::vector<std::string>{"DTSTART;TZID=Europe/Berlin:20270504T100000"});
  EXPECT_EQ(calendar_lines(mails[0], "UID:" + second.guid).size(), 1u);
}

TEST_P(NoticesTest, session_when_new_and_cancelled_already_then_nobody_is_told) {
  change([&](db::Tx& tx) {
    first_slot = place(tx, first, hall.id, "2027-05-04T10:00");
    second_slot = place(tx, second, cellar.id, "2027-05-04T10:00");
    second_slot.state = SlotState::cancelled;
    second_slot = ok(save_slot(tx, organiser, event, second_slot));
  });
  const auto mails = release("1.0");
  ASSERT_EQ(mails.size(), 1u);
  EXPECT_EQ(mails[0].to, "ada@example.org");
  // Nor that it is gone, when it is taken out later.
  change([&](db::Tx& tx) { ok(remove_slot(tx, organiser, event, second_slot.id)); });
  EXPECT_EQ(release("2.0").size(), 0u);
}

TEST_P(NoticesTest, speakers_when_added_or_taken_off_then_told) {
  place_and_release();
  change([&](db::Tx& tx) {
    const auto cleo = ok(people::add_person(tx, {.name = "Cleo Example", .contact_email = "cleo@example.org"}));
    second.credits = {{.person = cleo.id, .person_code = {}, .name = "Cleo Example"}};
    second = ok(talks::save_talk(tx, organiser, event, second));
  });
  auto mails = release("2.0");
  std::ranges::sort(mails, {}, &mail::Stored::to);
  ASSERT_EQ(mails.size(), 2u);
  EXPECT_EQ(mails[0].to, "bert@example.org");
  EXPECT_TRUE(mails[0].text.contains("You are not a speaker of “Second talk” any more (it was planned for Tuesday, 4 May 2027, 10:00, Cellar)."))
      << mails[0].text;
  EXPECT_EQ(calendar_lines(mails[0], "STATUS"), std::vector<std::string>{"STATUS:CANCELLED"});
  EXPECT_EQ(calendar_lines(mails[0], "SEQUENCE"), std::vector<std::string>{"SEQUENCE:1"});
  EXPECT_EQ(mails[1].to, "cleo@example.org");
  EXPECT_TRUE(mails[1].text.contains("You are now a speaker of “Second talk”: Tuesday, 4 May 2027, 10:00, Cellar.")) << mails[1].text;
  EXPECT_EQ(calendar_lines(mails[1], "STATUS"), std::vector<std::string>{"STATUS:CONFIRMED"});
}

TEST_P(NoticesTest, room_when_it_is_hidden_then_its_speakers_are_not_told_that_nothing_takes_place) {
  place_and_release();
  change([&](db::Tx& tx) {
    cellar.hidden = true;
    cellar = ok(events::save_room(tx, organiser, event, cellar));
  });
  EXPECT_EQ(release("2.0").size(), 0u);
  ok(correct(db(), organiser, event.id, {.what = Correction::What::cancel, .slot = second_slot.id.value}, ""));
  EXPECT_EQ(told().size(), 0u);  // what nobody could see
}

TEST_P(NoticesTest, zone_when_corrected_then_everybody_is_told_with_both_zones) {
  place_and_release();
  change([&](db::Tx& tx) {
    event.zone = "Europe/Lisbon";
    event = ok(events::save_event(tx, organiser, event));
  });
  auto mails = release("2.0");
  ASSERT_EQ(mails.size(), 2u);
  std::ranges::sort(mails, std::greater{}, &mail::Stored::to);  // Bert's first
  EXPECT_TRUE(mails[0].text.contains("Now: Tuesday, 4 May 2027, 10:00 (Europe/Lisbon), Cellar. Before: Tuesday, 4 May 2027, 10:00 (Europe/Berlin), Cellar."))
      << mails[0].text;
  EXPECT_EQ(calendar_lines(mails[0], "SEQUENCE"), std::vector<std::string>{"SEQUENCE:1"});
  // Nobody's room or clock time changed, so nothing wears the mark "moved".
  EXPECT_EQ(slot_of(current(), first_slot.id).state, SlotState::planned);
}

TEST_P(ReleaseTest, room_when_renamed_then_its_calendar_entries_are_raised) {
  place_and_release();
  {
    auto tx = ok(db().begin_write());
    cellar.name = {"en", "Vault"};
    ok(events::save_room(tx, organiser, event, cellar));
    ok(tx.commit());
  }
  ok(release_schedule(db(), organiser, event.id, "2.0", "", ""));
  EXPECT_EQ(current().stamps.at(second.guid).sequence, 1);
  EXPECT_EQ(current().stamps.at(first.guid).sequence, 0);
}

TEST_P(ReleaseTest, stamps_when_an_old_release_is_read_then_they_are_those_of_its_day) {
  place_and_release();
  const auto day_one = clock().now();
  clock().advance(std::chrono::hours(24));
  ok(correct(db(), organiser, event.id, {.what = Correction::What::move, .slot = second_slot.id.value, .start = wall("2027-05-04T14:00")}, ""));
  auto tx = ok(db().begin_read());
  auto old = *ok(released_programme(tx, event, "1.0", ""));
  EXPECT_EQ(ok(calendar_stamps(tx, event, old)).at(second.guid), (CalendarStamp{0, day_one}));
  EXPECT_EQ(ok(calendar_stamps(tx, event, current())).at(second.guid), (CalendarStamp{1, clock().now()}));
  old.stamps.clear();  // as releases were stored before
  EXPECT_EQ(ok(calendar_stamps(tx, event, old)).at(second.guid), (CalendarStamp{0, day_one}));
}

TEST_P(ReleaseTest, moved_when_the_next_full_release_comes_then_the_mark_ends) {
  place_and_release();
  const auto state = [&](const DraftSlot& slot) { return slot_of(current(), slot.id).state; };
  const auto move = [&](DraftSlot& slot, std::string_view start, minutes length = minutes(30)) {
    auto tx = ok(db().begin_write());
    slot = ok(require_slot(tx, event, slot.id));
    slot.start = wall(start);
    slot.length = length;
    slot = ok(save_slot(tx, organiser, event, slot));
    ok(tx.commit());
  };
  const auto release = [&](const std::string& name) { ok(release_schedule(db(), organiser, event.id, name, "", "")); };
  move(first_slot, "2027-05-05T10:00");
  move(second_slot, "2027-05-04T10:00", minutes(45));
  release("2.0");
  EXPECT_EQ(state(first_slot), SlotState::moved);
  EXPECT_EQ(state(second_slot), SlotState::planned);  // another length alone is no move

  // A correction keeps the marks of the release that it corrects and adds its own.
  ok(correct(db(), organiser, event.id, {.what = Correction::What::move, .slot = second_slot.id.value, .start = wall("2027-05-04T12:00")}, ""));
  EXPECT_EQ(state(first_slot), SlotState::moved);
  EXPECT_EQ(state(second_slot), SlotState::moved);
  // What moves back is where people remember it.
  ok(correct(db(), organiser, event.id, {.what = Correction::What::move, .slot = second_slot.id.value, .start = wall("2027-05-04T10:00")}, ""));
  EXPECT_EQ(state(first_slot), SlotState::moved);
  EXPECT_EQ(state(second_slot), SlotState::planned);

  // What a correction moved is still moved in the full release behind it; what the release in front of it moved is old news.
  ok(correct(db(), organiser, event.id, {.what = Correction::What::move, .slot = second_slot.id.value, .start = wall("2027-05-04T13:00")}, ""));
  move(first_slot, "2027-05-05T10:00", minutes(20));
  release("3.0");
  EXPECT_EQ(state(first_slot), SlotState::planned);
  EXPECT_EQ(state(second_slot), SlotState::moved);
  move(first_slot, "2027-05-05T10:00", minutes(25));
  release("4.0");
  EXPECT_EQ(state(second_slot), SlotState::planned);
}

TEST_P(ReleaseTest, address_when_the_installation_or_slug_changes_then_old_releases_follow) {
  place_and_release();
  auto tx = ok(db().begin_write());
  event.slug = "example-27";
  event.acronym = "ex27";
  event = ok(events::save_event(tx, organiser, event));
  const auto p = *ok(current_programme(tx, event, "https://elsewhere.example.net"));
  EXPECT_EQ(p.conference.url, "https://elsewhere.example.net/example-27");
  EXPECT_EQ(p.conference.slug, "example-27");
  EXPECT_EQ(p.conference.acronym, "ex27");
  EXPECT_EQ(ok(released_programme(tx, event, "1.0", "https://elsewhere.example.net"))->conference, p.conference);
}

TEST_P(ReleaseTest, availability_when_set_then_the_rule_sees_it) {
  place_and_release();
  auto tx = ok(db().begin_write());
  ok(set_availability(tx, organiser, event, first.credits.front().person, {{wall("2027-05-05T09:00"), wall("2027-05-05T18:00")}}));
  auto draft = ok(load_draft(tx, event, ""));
  auto clashes = find_clashes(draft, ok(rule_settings(tx, event)), ok(surroundings(tx, event)));
  EXPECT_EQ(std::ranges::count(clashes, Rule::speaker_not_available, &Clash::rule), 1);
  EXPECT_EQ(ok(check(tx)), std::vector<std::string>{});
}

TEST_P(ReleaseTest, slot_when_it_stands_for_another_track_then_a_limited_team_cannot_make_it_its_own) {
  place_and_release();
  auto tx = ok(db().begin_write());
  const auto hardware = ok(events::save_track(
      tx, organiser, event, {.id = {}, .event = {}, .code = {}, .guid = {}, .name = {"en", "Hardware"}, .description = {}, .color = "#1f5f8b"}));
  second.track = hardware.id;
  second = ok(talks::save_talk(tx, organiser, event, second));
  DraftSlot lunch;
  lunch.kind = SlotKind::break_;
  lunch.title = {"en", "Lunch"};
  lunch.start = wall("2027-05-04T12:00");
  lunch = ok(save_slot(tx, organiser, event, lunch));
  Actor team;
  team.person = first.credits.front().person;
  team.memberships = {{.series = {}, .event = event.id, .rights = {Right::programme}, .limited_to_tracks = true, .tracks = {web.id.value}}};
  for (DraftSlot slot : {second_slot, lunch}) {
    slot.kind = SlotKind::talk;
    slot.talk = first.id;  // what the form says is theirs; what stands there is not
    slot.room = cellar.id;
    const auto saved = save_slot(tx, team, event, slot);
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().code, ErrorCode::forbidden);
    const auto changed = save_slots(tx, team, event, {slot});
    ASSERT_FALSE(changed);
    EXPECT_EQ(changed.error().code, ErrorCode::forbidden);
  }
  EXPECT_EQ(ok(require_slot(tx, event, second_slot.id)).talk, second.id);
  DraftSlot own = first_slot;
  own.start = wall("2027-05-04T15:00");
  ok(save_slot(tx, team, event, own));
}

TEST_P(ReleaseTest, release_when_the_actor_has_no_right_then_not_even_known) {
  {
    auto tx = ok(db().begin_write());
    event.is_public = false;
    event = ok(events::save_event(tx, organiser, event));
    ok(tx.commit());
  }
  Actor stranger;
  stranger.person = PersonId{999};
  EXPECT_EQ(release_schedule(db(), stranger, event.id, "1.0", "", "").error().code, ErrorCode::not_found);
  EXPECT_EQ(release_schedule(db(), Actor{}, event.id, "1.0", "", "").error().code, ErrorCode::unauthenticated);
}

}  // namespace
}  // namespace confer::programme
