// Imports: once, twice, after edits here, after edits there.
#include <algorithm>
#include "base/random.h"
#include "people/people.h"
#include "programme/event_fixture.h"

namespace confer::programme {
namespace {

using test::ok;
using test::wall;

constexpr std::string_view name_space = "c0b6f1b2-7d0f-4f5d-8f0e-0a5f7f2f9c11";

/// A file with one room, one track and two talks.
Imported file() {
  Imported in;
  Programme& p = in.programme;
  p.conference.title = {"en", "From a file"};
  p.conference.acronym = "fromafile";
  p.conference.zone = "Europe/Berlin";
  p.conference.start = parse_date("2027-06-01").value();
  p.conference.end = parse_date("2027-06-02").value();
  p.rooms.push_back({.code = "room-1", .guid = name_uuid(name_space, "room"), .name = {"en", "Blue room"}});
  p.tracks.push_back({.code = "track-1", .guid = name_uuid(name_space, "track"), .name = {"en", "Science"}, .color = ""});
  p.types.push_back({.code = "type-1", .name = {"en", "Talk"}, .length = minutes(45)});
  for (int n : {1, 2}) {
    const std::string key = std::to_string(n);
    Talk talk;
    talk.code = "talk-" + key;
    talk.guid = name_uuid(name_space, "talk" + key);
    talk.title = "Talk " + key;
    talk.abstract = "About " + key;
    talk.track = "track-1";
    talk.type = "type-1";
    talk.credits.push_back({.name = "Speaker " + key, .person_guid = name_uuid(name_space, "person" + key), .biography = "Life of " + key});
    p.talks.push_back(talk);
    p.slots.push_back({.guid = talk.guid, .talk = talk.code, .room = "room-1", .start = wall("2027-06-01T1" + key + ":00"), .length = minutes(45)});
  }
  return in;
}

class ImportTest : public test::EventTest {
 protected:
  ImportReport import(const Imported& in) { return ok(import_event(db(), organiser, "from-file", "", in)); }
  events::Event imported_event(db::Tx& tx) { return ok(events::require_event(tx, "from-file")); }
  Programme draft() {
    auto tx = ok(db().begin_read());
    return ok(load_draft(tx, imported_event(tx), ""));
  }
};
ON_BOTH_DATABASES(ImportTest);

TEST_P(ImportTest, import_when_repeated_then_nothing_is_duplicated_or_changed) {
  const auto first_report = import(file());
  EXPECT_EQ(first_report.updated, 0);
  EXPECT_TRUE(first_report.conflicts.empty());
  const Programme once = draft();
  EXPECT_EQ(once.talks.size(), 2u);
  EXPECT_EQ(once.slots.size(), 2u);
  const Credit speaker = std::ranges::find(once.talks, "Talk 1", &Talk::title)->credits.front();
  EXPECT_EQ(speaker.biography, "Life of 1");
  EXPECT_FALSE(speaker.person_code.empty());
  const auto second_report = import(file());
  EXPECT_EQ(second_report.added, 0);
  EXPECT_EQ(second_report.updated, 0);
  EXPECT_EQ(second_report.removed, 0);
  EXPECT_TRUE(second_report.conflicts.empty());
  EXPECT_TRUE(second_report.changes.empty());
  EXPECT_EQ(draft(), once);
}

TEST_P(ImportTest, import_when_the_file_changed_then_taken_and_what_was_edited_here_is_kept_and_listed) {
  import(file());
  {
    auto tx = ok(db().begin_write());
    auto here = imported_event(tx);
    for (auto& talk : ok(talks::list_talks(tx, here.id)))
      if (talk.title == "Talk 1") {
        talk.title = "Edited here";
        ok(talks::save_talk(tx, organiser, here, talk));
      }
    ok(tx.commit());
  }
  Imported next = file();
  next.programme.talks[0].title = "Edited there";
  next.programme.talks[0].abstract = "New abstract";
  next.programme.slots[1].start = wall("2027-06-02T09:00");
  const auto report = import(next);
  ASSERT_EQ(report.conflicts.size(), 1u);
  EXPECT_EQ(report.conflicts[0].field, "title");
  EXPECT_EQ(report.conflicts[0].here, "Edited here");
  EXPECT_EQ(report.conflicts[0].file, "Edited there");
  const Programme now = draft();
  const auto talk = std::ranges::find(now.talks, next.programme.talks[0].guid, &Talk::guid);
  EXPECT_EQ(talk->title, "Edited here");
  EXPECT_EQ(talk->abstract, "New abstract");
  EXPECT_EQ(std::ranges::find(now.slots, next.programme.talks[1].guid, &Slot::guid)->start, wall("2027-06-02T09:00"));
  // The same file once more: the conflict is told again, nothing else happens.
  EXPECT_EQ(import(next).updated, 0);
}

TEST_P(ImportTest, import_when_the_first_file_had_no_title_then_that_of_the_next_is_taken) {
  Imported untitled = file();
  untitled.programme.conference.title = {};
  import(untitled);
  EXPECT_EQ(draft().conference.title.in("en"), "from-file");
  const auto report = import(file());
  EXPECT_TRUE(report.conflicts.empty());
  EXPECT_EQ(draft().conference.title.in("en"), "From a file");
}

TEST_P(ImportTest, import_when_two_rooms_or_tracks_have_one_name_then_both_are_there) {
  Imported in = file();
  Programme& p = in.programme;
  p.rooms.push_back({.code = "room-2", .guid = name_uuid(name_space, "other room"), .name = {"en", "Blue Room"}});
  p.tracks.push_back({.code = "track-2", .guid = name_uuid(name_space, "other track"), .name = {"en", "science"}, .color = ""});
  p.slots[1].room = "room-2";
  p.talks[1].track = "track-2";
  import(in);
  const Programme there = draft();
  EXPECT_EQ(there.rooms.size(), 2u);
  EXPECT_EQ(there.tracks.size(), 2u);
  EXPECT_NE(there.slots[0].room, there.slots[1].room);
  EXPECT_EQ(import(in).added, 0) << "nor are there more after the next import";
}

TEST_P(ImportTest, import_when_a_slot_vanished_then_removed_and_its_talk_stays) {
  import(file());
  Imported next = file();
  next.programme.slots.pop_back();
  EXPECT_EQ(import(next).removed, 1);
  EXPECT_EQ(draft().slots.size(), 1u);
  EXPECT_EQ(draft().talks.size(), 2u);
}

TEST_P(ImportTest, import_when_the_file_is_empty_then_refused_and_the_schedule_stays) {
  import(file());
  const Programme before = draft();
  Imported next = file();
  next.programme.talks.clear();
  next.programme.slots.clear();
  auto refused = import_event(db(), organiser, "from-file", "", next);
  ASSERT_FALSE(refused);
  EXPECT_EQ(
      refused.error().message,
      "There is no session in the file, and the event has 2: the schedule would be empty, so nothing was imported. Remove the slots here if that is meant.");
  EXPECT_EQ(draft(), before);
}

TEST_P(ImportTest, import_when_the_file_carries_no_breaks_then_those_of_an_earlier_one_stay) {
  Imported with_break = file();
  with_break.programme.slots.push_back(
      {.guid = name_uuid(name_space, "lunch"), .kind = SlotKind::break_, .start = wall("2027-06-01T12:30"), .length = minutes(60), .title = {"en", "Lunch"}});
  import(with_break);
  EXPECT_EQ(draft().slots.size(), 3u);
  EXPECT_EQ(import(file()).removed, 0);
  EXPECT_EQ(draft().slots.size(), 3u);
}

TEST_P(ImportTest, import_when_a_talk_was_removed_here_then_it_stays_removed_and_is_listed) {
  import(file());
  {
    auto tx = ok(db().begin_write());
    auto here = imported_event(tx);
    ok(talks::remove_talk(tx, organiser, here, ok(talks::list_talks(tx, here.id)).front().id));
    ok(tx.commit());
  }
  const auto report = import(file());
  EXPECT_EQ(draft().talks.size(), 1u);
  EXPECT_EQ(report.conflicts.size(), 1u);
  EXPECT_EQ(report.added, 0);
}

TEST_P(ImportTest, preview_when_asked_then_tells_what_the_import_does_and_changes_nothing) {
  import(file());
  Imported next = file();
  next.programme.talks[0].title = "New title";
  auto id = [&] {
    auto tx = ok(db().begin_read());
    return imported_event(tx).id;
  }();
  const auto preview = ok(preview_import(db(), organiser, id, next));
  EXPECT_EQ(draft().talks.size(), 2u);
  EXPECT_TRUE(std::ranges::none_of(draft().talks, [](const Talk& t) { return t.title == "New title"; }));
  const auto done = ok(import_programme(db(), organiser, id, next));
  EXPECT_EQ(preview.updated, done.updated);
  EXPECT_EQ(preview.changes, done.changes);
}

TEST_P(ImportTest, import_when_something_cannot_be_stored_then_not_even_the_event_is_there) {
  Imported bad = file();
  bad.programme.conference.zone = "Mars/Olympus";
  EXPECT_FALSE(import_event(db(), organiser, "from-file", "", bad));
  auto tx = ok(db().begin_read());
  EXPECT_FALSE(ok(events::find_event(tx, "from-file")));
  EXPECT_FALSE(ok(events::find_series(tx, "from-file")));
}

TEST_P(ImportTest, import_when_the_file_has_another_zone_then_sessions_stay_at_their_moment) {
  import(file());
  Imported utc = file();
  utc.programme.conference.zone = "UTC";
  for (Slot& slot : utc.programme.slots) slot.start -= std::chrono::hours(2);  // Berlin in June
  const auto same = import(utc);
  EXPECT_EQ(same.updated, 0);
  ASSERT_EQ(same.oddities.size(), 1u);
  EXPECT_EQ(same.oddities[0].kind, "time zone differs");
  EXPECT_EQ(same.oddities[0].message,
            "The file’s times are in UTC, the event is in Europe/Berlin: 2 sessions were moved on the clock, so that each stays at its moment.");
  Imported zurich = file();
  zurich.programme.conference.zone = "Europe/Zurich";
  EXPECT_TRUE(import(zurich).oddities.empty());
  // What does not know its zone means the venue's clock.
  Imported nowhere = file();
  nowhere.programme.conference.zone = "UTC";
  nowhere.zone_told = false;
  const auto untold = import(nowhere);
  EXPECT_EQ(untold.updated, 0);
  EXPECT_TRUE(untold.oddities.empty());
  EXPECT_EQ(draft().slots[0].start, wall("2027-06-01T11:00"));
}

TEST_P(ImportTest, import_when_no_oddity_is_allowed_then_refused_at_the_first_and_nothing_changed) {
  Imported odd = file();
  odd.oddities = {{"duplicate id", "days[1]", "The id 7 stands more than once."}, {"no length", "days[2]", "There is no length."}};
  odd.strict = true;
  const auto refused = import_event(db(), organiser, "from-file", "", odd);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::invalid);
  EXPECT_EQ(refused.error().where, "days[1]");
  EXPECT_EQ(refused.error().message, "The id 7 stands more than once. Nothing was imported, as no oddity is allowed. (days[1])");
  auto tx = ok(db().begin_read());
  EXPECT_FALSE(ok(events::find_event(tx, "from-file")));
}

TEST_P(ImportTest, preview_when_the_event_is_new_then_counts_and_makes_nothing) {
  const auto preview = ok(preview_event(db(), organiser, "from-file", "", file()));
  EXPECT_EQ(preview.added, import(file()).added);
}

TEST_P(ImportTest, track_and_type_when_removed_here_then_stay_removed_and_are_listed) {
  import(file());
  {
    auto tx = ok(db().begin_write());
    auto here = imported_event(tx);
    ok(events::remove_track(tx, organiser, here, ok(events::list_tracks(tx, here)).front().id));
    ok(events::remove_session_type(tx, organiser, here, ok(events::list_session_types(tx, here)).front().id));
    ok(tx.commit());
  }
  const auto report = import(file());
  EXPECT_EQ(report.added + report.updated, 0);
  ASSERT_EQ(report.conflicts.size(), 2u);
  EXPECT_EQ(report.conflicts[0].kind + " " + report.conflicts[0].title + " " + report.conflicts[0].here, "track Science removed here");
  EXPECT_EQ(report.conflicts[1].kind + " " + report.conflicts[1].title + " " + report.conflicts[1].here, "type Talk removed here");
  EXPECT_TRUE(draft().tracks.empty() && draft().types.empty());
  EXPECT_EQ(draft().talks.front().track, "");
  // Made again by hand, it is the file's once more, and the talks are in it.
  {
    auto tx = ok(db().begin_write());
    auto here = imported_event(tx);
    ok(events::save_track(tx, organiser, here,
                          {.id = {}, .event = {}, .code = {}, .guid = {}, .name = {"en", "Science"}, .description = {}, .color = "#1f5f8b"}));
    ok(tx.commit());
  }
  EXPECT_EQ(import(file()).updated, 2);
  EXPECT_EQ(draft().talks.front().track, "science-2");
}

TEST_P(ImportTest, room_when_removed_here_then_back_only_once_a_session_needs_it) {
  import(file());
  {
    auto tx = ok(db().begin_write());
    auto here = imported_event(tx);
    auto other = ok(events::save_room(tx, organiser, here, {.id = {}, .event = {}, .code = {}, .guid = {}, .name = {"en", "Red room"}, .description = {}}));
    for (auto& slot : ok(list_slots(tx, here))) {
      slot.room = other.id;
      ok(save_slot(tx, organiser, here, slot));
    }
    for (const auto& room : ok(events::list_rooms(tx, here)))
      if (room.id != other.id) ok(events::remove_room(tx, organiser, here, room.id));
    ok(tx.commit());
  }
  const auto unneeded = import(file());
  EXPECT_EQ(unneeded.added + unneeded.updated, 0);
  ASSERT_EQ(unneeded.conflicts.size(), 1u);
  EXPECT_EQ(unneeded.conflicts[0].kind + " " + unneeded.conflicts[0].title + " " + unneeded.conflicts[0].here, "room Blue room removed here");
  EXPECT_EQ(draft().rooms.size(), 1u);

  Imported more = file();
  more.programme.slots.push_back({.guid = name_uuid(name_space, "more"), .talk = "talk-1", .room = "room-1", .start = wall("2027-06-02T09:00")});
  const auto needed = import(more);
  EXPECT_EQ(needed.added, 1);
  EXPECT_TRUE(needed.conflicts.empty());
  const Programme now = draft();
  EXPECT_EQ(now.rooms.size(), 2u);
  EXPECT_EQ(std::ranges::find(now.slots, name_uuid(name_space, "more"), &Slot::guid)->room, "blue-room");
}

TEST_P(ImportTest, slot_when_removed_here_and_never_imported_then_listed_not_refused) {
  import(file());
  const Programme own = draft();  // as an own export tells it
  {
    auto tx = ok(db().begin_write());
    auto here = imported_event(tx);
    auto talk = ok(talks::list_talks(tx, here.id)).front();
    DraftSlot second{.id = {}, .guid = name_uuid(name_space, "second"), .talk = talk.id};
    second.room = ok(events::list_rooms(tx, here)).front().id;
    second.start = wall("2027-06-02T10:00");
    second = ok(save_slot(tx, organiser, here, second));
    ok(remove_slot(tx, organiser, here, second.id));
    ok(tx.commit());
  }
  Imported again = file();
  again.programme.slots.push_back({.guid = name_uuid(name_space, "second"), .talk = "talk-1", .room = "room-1", .start = wall("2027-06-02T10:00")});
  const auto report = import(again);
  EXPECT_EQ(report.added, 0);
  ASSERT_EQ(report.conflicts.size(), 1u);
  EXPECT_EQ(report.conflicts[0].kind + " " + report.conflicts[0].title + " " + report.conflicts[0].here, "slot Talk 1 removed here");
  EXPECT_EQ(draft(), own);
}

TEST_P(ImportTest, slot_when_the_file_has_it_again_then_it_comes_back_as_it_was) {
  import(file());
  const auto number = draft().slots.back().number;
  Imported without = file();
  without.programme.slots.pop_back();
  EXPECT_EQ(import(without).removed, 1);
  const auto report = import(file());
  EXPECT_EQ(report.added, 1);
  EXPECT_TRUE(report.conflicts.empty());
  EXPECT_EQ(draft().slots.back().number, number);
  EXPECT_EQ(import(file()).added, 0);
}

TEST_P(ImportTest, summit_when_its_file_differs_from_the_editions_room_then_listed_and_the_room_stays) {
  events::Event summit;
  {
    auto tx = ok(db().begin_write());
    summit = event;
    summit.id = {};
    summit.guid.clear();
    summit.slug = "summit-2027";
    summit.kind = events::EventKind::summit;
    summit.parent = event.id;
    summit = ok(events::save_event(tx, organiser, summit));
    auto bare = hall;
    bare.capacity.reset();
    ok(events::save_room(tx, organiser, event, bare));
    ok(tx.commit());
  }
  Imported in = file();
  in.programme.rooms[0].name = {"en", "Hall"};
  in.programme.rooms[0].capacity = 120;
  const auto report = ok(import_programme(db(), organiser, summit.id, in));
  ASSERT_EQ(report.conflicts.size(), 1u);
  EXPECT_EQ(report.conflicts[0].title + ", " + report.conflicts[0].field + ": " + report.conflicts[0].file, "Hall, capacity: 120");
  auto tx = ok(db().begin_read());
  EXPECT_EQ(ok(events::list_rooms(tx, event)).front().capacity, std::nullopt);
  EXPECT_EQ(ok(list_slots(tx, summit)).front().room, hall.id);
}

TEST_P(ImportTest, person_when_erased_then_no_release_or_import_names_them) {
  import(file());
  const auto event_id = [&] {
    auto tx = ok(db().begin_read());
    return imported_event(tx).id;
  }();
  ok(release_schedule(db(), organiser, event_id, "1.0", "", ""));
  auto tx = ok(db().begin_write());
  auto person = ok(people::people_with_guids(tx, {name_uuid(name_space, "person1")})).front();
  EXPECT_NE(ok(export_person(tx, person.id)).find("stars"), std::string::npos);
  ok(erase_person(tx, person.id));
  ok(talks::erase_person(tx, person.id));
  ok(people::erase_person(tx, person.id));
  ok(tx.commit());
  auto again = ok(db().begin_read());
  const auto released = ok(current_programme(again, imported_event(again), ""));
  EXPECT_EQ(to_json(*released).find("Speaker 1"), std::string::npos);
  EXPECT_EQ(to_json(*released).find("Life of 1"), std::string::npos);
  EXPECT_NE(to_json(*released).find("Speaker 2"), std::string::npos);
}

}  // namespace
}  // namespace confer::programme
