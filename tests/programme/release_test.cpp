// Releases, quick corrections, going back: what is frozen, what is told, what is refused.
#include <algorithm>
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
  auto stamps = ok(calendar_stamps(tx, event));
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
  EXPECT_EQ(ok(released_programme(tx, event, "1.0"))->slots, draft.slots);
  EXPECT_EQ(reset_draft(db(), organiser, event.id, "9.9").error().code, ErrorCode::not_found);
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
  EXPECT_EQ(ok(tell_speakers(tx, event, 1, {})), 2);
  EXPECT_EQ(ok(tell_speakers(tx, event, 2, {})), 1);
  auto mails = ok(mail::list_outbox(tx, event.id.value, 10));
  ASSERT_EQ(mails.size(), 3u);
  EXPECT_EQ(mails.front().to, "bert@example.org");
  EXPECT_EQ(mails.front().subject, "Your session at Examplia 2027 has changed");
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
