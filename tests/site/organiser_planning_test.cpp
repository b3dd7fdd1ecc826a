// Planning by the organisers' pages: lists that can be taken back, speakers' times, a followed address, colours, and undoing what was public.
#include <gtest/gtest.h>
#include "http/form.h"
#include "jobs/jobs.h"
#include "organiser_fixture.h"
#include "programme/organiser_pages.h"
#include "programme/stars.h"
#include "programme/sync.h"
#include "talks/organiser_pages.h"

namespace confer::site {
namespace {

class OrganiserPlanningTest : public OrganiserPagesTest {
 protected:
  talks::Talk talk(std::string_view title) {
    const auto code = sample_->code_of(title);
    auto tx = ok(db().begin_read());
    return ok(talks::require_talk(tx, sample_->id(), code));
  }
  events::Event event() {
    auto tx = ok(db().begin_read());
    return ok(events::require_event(tx, sample_->id()));
  }
  /// One phone stars the talk.
  void star(const std::string& title) {
    const auto code = sample_->code_of(title);
    const auto of = event();
    auto tx = ok(db().begin_write());
    auto [set, secret] = ok(programme::make_star_set(tx));
    ok(programme::merge_stars(tx, set, of, {{code, true, tx.now()}}));
    ok(tx.commit());
  }
  std::string list(const std::vector<std::pair<std::string, std::string>>& query) {
    auto asked = request();
    for (const auto& [name, value] : query) asked.query.add(name, value);
    return ok(programme::organiser_talks(web(), asked)).body_;
  }
};
ON_BOTH_DATABASES(OrganiserPlanningTest);

TEST_P(OrganiserPlanningTest, talks_when_filtered_by_slot_then_only_those_that_wait_for_one) {
  const auto waiting = list({{"placed", "no"}});
  EXPECT_TRUE(waiting.contains("1 of 6 talks"));
  EXPECT_TRUE(waiting.contains("CANARY-DRAFT"));
  EXPECT_FALSE(waiting.contains(">Ropes<"));
  EXPECT_TRUE(waiting.contains("/organise/harbour-2027/slots/new?talk=" + std::to_string(talk("CANARY-DRAFT").id.value)));
  EXPECT_TRUE(list({{"placed", "yes"}}).contains("5 of 6 talks"));
}

TEST_P(OrganiserPlanningTest, talks_when_starred_more_than_there_are_seats_then_said_and_first) {
  {
    auto tx = ok(db().begin_write());
    auto of = ok(events::require_event(tx, sample_->id()));
    for (auto& room : ok(events::list_rooms(tx, of)))
      if (room.name.in("en") == "Rope Loft") {
        room.capacity = 1;
        ok(events::save_room(tx, sample::organiser, of, room));
      }
    ok(tx.commit());
  }
  star("Ropes");
  EXPECT_FALSE(list({}).contains("more stars than seats"));
  star("Ropes");
  star("Lightning talks");
  const auto shown = list({{"sort", "stars"}});
  EXPECT_TRUE(shown.contains("more stars than seats"));
  EXPECT_LT(shown.find(">Ropes<"), shown.find(">Lightning talks<"));
  EXPECT_LT(shown.find(">Lightning talks<"), shown.find(">Ships in Python<"));
  EXPECT_TRUE(shown.contains("data-label=\"Stars\">2<"));
}

TEST_P(OrganiserPlanningTest, talks_when_changed_together_then_the_filter_stays_and_it_can_be_taken_back) {
  auto posted = request({}, {{"all", "1"}, {"set_state", "cancelled"}, {"set_track", "0"}});
  posted.query.add("placed", "yes");
  const auto led = location(ok(programme::organiser_talks_change(web(), posted)));
  ASSERT_TRUE(led.starts_with("/organise/harbour-2027/talks?placed=yes&done=saved&undo=talks%3A")) << led;
  EXPECT_EQ(talk("Ropes").state, talks::State::cancelled);
  EXPECT_FALSE(talk("Ropes").track);
  EXPECT_EQ(talk("CANARY-DRAFT").state, talks::State::confirmed);
  auto undo = request({}, {{"what", http::percent_decoded(led.substr(led.find("undo=") + 5), false).value()}});
  EXPECT_EQ(location(ok(programme::organiser_restore(web(), undo))), "/organise/harbour-2027/talks?done=changed-back");
  EXPECT_EQ(talk("Ropes").state, talks::State::confirmed);
  EXPECT_TRUE(talk("Ropes").track);
}

TEST_P(OrganiserPlanningTest, link_when_given_a_kind_then_it_is_kept_and_shown) {
  const auto ropes = talk("Ropes");
  auto posted = request({{"code", ropes.code}}, {{"version", std::to_string(ropes.version)},
                                                 {"title", "Ropes"},
                                                 {"state", "confirmed"},
                                                 {"language", "en"},
                                                 {"link_url", "https://example.org/slides"},
                                                 {"link_title", "The slides"},
                                                 {"link_kind", "1"},
                                                 {"link_url", ""},
                                                 {"link_title", "no address"},
                                                 {"link_kind", "0"}});
  ok(talks::organiser_talk_submit(web(), posted));
  EXPECT_EQ(talk("Ropes").links, (std::vector<talks::Link>{{"https://example.org/slides", "The slides", 1}}));
  auto asked = request({{"code", ropes.code}});
  EXPECT_TRUE(shows(ok(talks::organiser_talk(web(), asked)), "<option value=\"1\" selected>slides</option>"));
}

TEST_P(OrganiserPlanningTest, slot_when_without_a_length_then_as_long_as_the_type_takes) {
  const std::string keynote = std::to_string(talk("Tides & <series>").id.value);
  const auto of = event();
  std::string hall;
  {
    auto tx = ok(db().begin_read());
    hall = std::to_string(ok(events::list_rooms(tx, of)).front().id.value);
  }
  auto posted =
      request({}, {{"version", "1"}, {"kind", "0"}, {"talk", keynote}, {"room", hall}, {"start", "2027-05-05T14:00"}, {"length", ""}, {"state", "0"}});
  ok(programme::organiser_slot_submit(web(), posted));
  const auto all = slots();
  const auto made = std::ranges::find(all, sample::wall("2027-05-05T14:00"), &programme::DraftSlot::start);
  ASSERT_NE(made, all.end());
  EXPECT_EQ(made->length, minutes(45));
}

TEST_P(OrganiserPlanningTest, speaker_when_away_then_their_session_clashes) {
  const auto wanja = talk("Ships in Python").credits.front().person_code;
  auto posted = request({{"person", wanja}}, {{"away_2027-05-05", "1"}, {"from_2027-05-04", ""}, {"until_2027-05-04", "11:00"}, {"gaps", ""}});
  EXPECT_EQ(location(ok(programme::organiser_speaker_submit(web(), posted))), "/organise/harbour-2027/speakers/" + wanja + "?done=saved");
  auto asked = request({{"person", wanja}});
  const auto page = ok(programme::organiser_speaker(web(), asked));
  EXPECT_TRUE(shows(page, "Wanja Okoye is not there for all of “Ships in Python”"));
  EXPECT_FALSE(shows(page, "is not there for all of “Tides"));
  EXPECT_TRUE(shows(page, "value=\"11:00\""));
  auto all = request();
  const auto table = ok(programme::organiser_speakers(web(), all));
  EXPECT_TRUE(shows(table, "Tue, 4 May until 11:00; not Wed, 5 May"));
  EXPECT_TRUE(shows(table, "1 clash"));
  auto wrong = request({{"person", wanja}}, {{"from_2027-05-04", "12:00"}, {"until_2027-05-04", "11:00"}, {"gaps", "soon"}});
  const auto refused = ok(programme::organiser_speaker_submit(web(), wrong));
  EXPECT_EQ(refused.status(), 422);
  EXPECT_TRUE(shows(refused, "“until” must be later than “from”"));
  EXPECT_TRUE(shows(refused, "“soon” is not written as"));
}

TEST_P(OrganiserPlanningTest, name_when_made_a_person_then_times_can_be_set) {
  auto draft = talk("CANARY-DRAFT");
  const auto of = event();
  {
    auto tx = ok(db().begin_write());
    talks::Credit credit;
    credit.name = "Only A-Name";
    draft.credits = {credit};
    ok(talks::save_talk(tx, sample::organiser, of, draft));
    ok(tx.commit());
  }
  auto posted = request({}, {{"name", "Only A-Name"}});
  const auto led = location(ok(programme::organiser_speaker_add(web(), posted)));
  const auto code = talk("CANARY-DRAFT").credits.front().person_code;
  EXPECT_EQ(led, "/organise/harbour-2027/speakers/" + code);
  auto asked = request({{"person", code}});
  EXPECT_TRUE(shows(ok(programme::organiser_speaker(web(), asked)), "<h1>Only A-Name</h1>"));
  auto again = request({}, {{"name", "Only A-Name"}});
  EXPECT_EQ(programme::organiser_speaker_add(web(), again).error().code, ErrorCode::not_found);
}

TEST_P(OrganiserPlanningTest, address_when_new_then_a_job_looks_and_nothing_is_imported) {
  auto wrong = request({}, {{"url", "gopher://example.org"}, {"every_minutes", "0"}});
  const auto refused = ok(programme::organiser_follow_submit(web(), wrong));
  EXPECT_EQ(refused.status(), 422);
  EXPECT_TRUE(shows(refused, "The address starts with https:// or http://."));
  EXPECT_TRUE(shows(refused, "It is fetched every 1 to 1,440 minutes."));
  auto posted = request({}, {{"url", "https://example.org/schedule.json"}, {"every_minutes", "15"}, {"enabled", "1"}});
  EXPECT_EQ(location(ok(programme::organiser_follow_submit(web(), posted))), "/organise/harbour-2027/follow?done=saved");
  {
    auto tx = ok(db().begin_read());
    const auto jobs = ok(jobs::list_jobs(tx, sample_->id().value, jobs::State::waiting, 10));
    ASSERT_EQ(jobs.size(), 1U);
    EXPECT_EQ(jobs.front().kind, "programme.sync_now");
    EXPECT_EQ(programme::mode_of_job(jobs.front().input), programme::SyncMode::look);
    const auto source = ok(programme::find_sync_source(tx, sample_->id()));
    EXPECT_EQ(source->url, "https://example.org/schedule.json");
    EXPECT_EQ(source->every_minutes, 15);
    EXPECT_TRUE(source->enabled);
    EXPECT_FALSE(source->release_changes);
  }
  auto asked = request();
  EXPECT_TRUE(shows(ok(programme::organiser_follow(web(), asked)), "It is being fetched."));
}

TEST_P(OrganiserPlanningTest, address_when_fetched_then_what_changed_is_shown_until_somebody_is_erased) {
  programme::ImportReport report;
  report.changes.push_back({.kind = programme::ChangeKind::moved,
                            .talk = sample_->code_of("Ropes"),
                            .title = "Ropes",
                            .old_room = slot_of("Ropes").room,
                            .new_room = slot_of("Lightning talks").room,
                            .old_start = sample::wall("2027-05-05T10:00"),
                            .new_start = sample::wall("2027-05-05T12:00"),
                            .old_length = minutes(25),
                            .new_length = minutes(25)});
  report.conflicts.push_back({"talk", "guid", "Ships in Python", "title", "Ships in Python", "Boats in Python"});
  report.oddities.resize(150, {"odd", "line 7", "A room without a name was left out."});
  {
    auto tx = ok(db().begin_write());
    const auto of = ok(events::require_event(tx, sample_->id()));
    ok(programme::save_sync_source(tx, sample::organiser, of, {.event = of.id, .url = "https://example.org/schedule.json"}));
    const auto text = programme::to_json(programme::sync_report(report, ok(programme::load_draft(tx, of, "")), programme::SyncMode::look));
    ok(programme::note_sync(tx, of.id, {.result = "Looked only.", .report = text, .etag = "\"1\"", .last_modified = ""}));
    ok(tx.commit());
  }
  auto asked = request();
  const auto page = ok(programme::organiser_follow(web(), asked));
  EXPECT_TRUE(shows(page, "What importing would change in the schedule"));
  EXPECT_TRUE(shows(page, "<del>Wed, 5 May, 10:00–10:25, Rope Loft</del> <ins>Wed, 5 May, 12:00–12:25, Great Hall</ins>"));
  EXPECT_TRUE(shows(page, "Boats in Python"));
  EXPECT_TRUE(shows(page, "… and 50 more."));
  const auto speaker = talk("Ropes").credits.front().person;
  {
    auto tx = ok(db().begin_write());
    ok(programme::erase_person(tx, speaker));
    ok(tx.commit());
  }
  auto later = request();
  EXPECT_FALSE(shows(ok(programme::organiser_follow(web(), later)), "Boats in Python"));
  auto stop = request({}, {{"x", ""}});
  ok(programme::organiser_follow_remove(web(), stop));
  auto now = request({}, {{"look", "1"}});
  EXPECT_EQ(programme::organiser_follow_now(web(), now).error().code, ErrorCode::not_found);
}

TEST_P(OrganiserPlanningTest, room_when_closed_for_a_day_then_the_next_day_stays) {
  const auto loft = slot_of("Ropes").room;
  auto asked = request({{"room", loft}});
  const auto form = ok(programme::organiser_now_room(web(), asked));
  EXPECT_TRUE(shows(form, "1 session is to come on this day: 11:30 Ships in Python."));
  EXPECT_TRUE(shows(form, "Great Hall, 400 seats (taken at times)"));
  auto posted = request({{"room", loft}}, {{"to_room", ""}, {"from", "2027-05-04T10:10"}, {"until", "2027-05-05T04:00"}, {"note", ""}});
  ok(programme::organiser_now_room_submit(web(), posted));
  EXPECT_EQ(slot_of("Ships in Python").state, programme::SlotState::cancelled);
  EXPECT_EQ(slot_of("Ropes").state, programme::SlotState::planned);
}

TEST_P(OrganiserPlanningTest, correction_when_taken_back_then_public_and_draft_are_as_before) {
  const auto before = slot_of("Ropes");
  auto posted = request({{"slot", number_of("Ropes")}}, {{"what", "cancel"}, {"note", "Ill."}});
  const auto led = location(ok(programme::organiser_now_slot_submit(web(), posted)));
  EXPECT_TRUE(led.ends_with("&undo=correction%3A2")) << led;
  auto undo = request({}, {{"what", "correction:2"}});
  EXPECT_EQ(location(ok(programme::organiser_restore(web(), undo))), "/organise/harbour-2027/now?done=undone");
  EXPECT_EQ(slot_of("Ropes"), before);
  EXPECT_EQ(released().version, "1.0.2");
  for (const auto& slot : slots()) EXPECT_EQ(slot.state, programme::SlotState::planned);
  auto late = request({}, {{"what", "correction:2"}});
  EXPECT_EQ(programme::organiser_restore(web(), late).error().code, ErrorCode::conflict);
}

TEST_P(OrganiserPlanningTest, correction_when_by_a_team_of_another_track_then_forbidden) {
  const auto of = event();
  TrackId web_track;
  {
    auto tx = ok(db().begin_read());
    web_track = ok(events::list_tracks(tx, of)).front().id;
  }
  const auto somebody = talk("Ropes").credits.front().person;
  const auto limited_to = [&](std::int64_t track) {
    Actor actor;
    actor.person = somebody;
    actor.memberships = {{.series = {}, .event = sample_->id(), .rights = {Right::programme}, .limited_to_tracks = true, .tracks = {track}}};
    auto posted = request({{"slot", number_of("Ropes")}}, {{"what", "cancel"}, {"note", "Ill."}});
    posted.actor = std::make_shared<const Actor>(actor);
    return programme::organiser_now_slot_submit(web(), posted);
  };
  const auto refused = limited_to(web_track.value + 1000);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::forbidden);
  EXPECT_EQ(released().version, "1.0");
  EXPECT_EQ(ok(limited_to(web_track.value)).status(), 303);
  EXPECT_EQ(slot_of("Ropes").state, programme::SlotState::cancelled);
}

TEST_P(OrganiserPlanningTest, slots_when_changed_together_then_all_or_none_and_taken_back) {
  const auto start_of = [&](std::string_view title) {
    const auto number = number_of(title);
    for (const auto& slot : slots())
      if (std::to_string(slot.id.value) == number) return to_text(slot.start);
    return std::string();
  };
  const auto loft = slot_of("Ropes").room;
  auto posted = request({}, {{"all", "1"}, {"shift", "15"}});
  posted.query.add("room", loft);
  posted.query.add("kind", "talk");
  const auto led = location(ok(programme::organiser_slots_change(web(), posted)));
  ASSERT_TRUE(led.starts_with("/organise/harbour-2027/slots?room=" + loft + "&kind=talk&done=saved&undo=slots%3A")) << led;
  EXPECT_EQ(start_of("Ropes"), "2027-05-05T10:15");
  EXPECT_EQ(start_of("Ships in Python"), "2027-05-04T11:45");
  EXPECT_EQ(start_of("Lightning talks"), "2027-05-04T11:30");
  auto undo = request({}, {{"what", http::percent_decoded(led.substr(led.find("undo=") + 5), false).value()}});
  EXPECT_EQ(location(ok(programme::organiser_restore(web(), undo))), "/organise/harbour-2027/slots?done=changed-back");
  EXPECT_EQ(start_of("Ropes"), "2027-05-05T10:00");
  EXPECT_EQ(start_of("Ships in Python"), "2027-05-04T11:30");
  auto wrong = request({}, {{"slot", number_of("Ropes")}, {"shift", "later"}});
  const auto refused = ok(programme::organiser_slots_change(web(), wrong));
  EXPECT_EQ(refused.status(), 422);
  EXPECT_TRUE(shows(refused, "Write by how many minutes the slots move"));
  // A talk takes place in one room: one of the two cannot change, so none does.
  auto nowhere = request({}, {{"slot", number_of("Lightning talks")}, {"slot", number_of("Ropes")}, {"set_room", "0"}, {"shift", "5"}});
  EXPECT_EQ(ok(programme::organiser_slots_change(web(), nowhere)).status(), 422);
  EXPECT_EQ(start_of("Ropes"), "2027-05-05T10:00");
}

TEST_P(OrganiserPlanningTest, slots_when_swapped_then_the_notice_swaps_them_back) {
  const auto a = number_of("Lightning talks"), b = number_of("Ships in Python");
  const auto room_of = [&](const std::string& number) {
    for (const auto& slot : slots())
      if (std::to_string(slot.id.value) == number) return slot.room;
    return RoomId{};
  };
  const auto before = room_of(a);
  auto posted = request({}, {{"a", a}, {"b", b}});
  const auto led = location(ok(programme::organiser_swap(web(), posted)));
  EXPECT_EQ(led, "/organise/harbour-2027/slots?done=swapped&undo=swap%3A" + a + "%2C" + b);
  EXPECT_EQ(room_of(b), before);
  auto undo = request({}, {{"what", "swap:" + a + "," + b}});
  ok(programme::organiser_restore(web(), undo));
  EXPECT_EQ(room_of(a), before);
}

TEST_P(OrganiserPlanningTest, colours_when_the_event_is_hidden_then_its_teams_get_them) {
  {
    auto tx = ok(db().begin_write());
    auto of = ok(events::require_event(tx, sample_->id()));
    of.is_public = false;
    ok(events::save_event(tx, sample::organiser, of));
    ok(tx.commit());
  }
  auto asked = request();
  const auto sheet = ok(events::organiser_theme(web(), asked));
  EXPECT_EQ(sheet.content_type_, "text/css; charset=utf-8");
  EXPECT_EQ(sheet.cache_control_, "private, no-cache");
  EXPECT_TRUE(shows(sheet, ".track-"));
  auto page = request();
  EXPECT_TRUE(shows(ok(programme::organiser_dashboard(web(), page)), "/organise/harbour-2027/theme.css"));
  Actor stranger = member_of(EventId{sample_->id().value + 1000});
  stranger.system.clear();
  stranger.person = PersonId{77};
  auto foreign = request();
  foreign.actor = std::make_shared<const Actor>(stranger);
  EXPECT_EQ(events::organiser_theme(web(), foreign).error().code, ErrorCode::not_found);
}

TEST_P(OrganiserPlanningTest, room_when_slots_stand_in_it_then_not_removed) {
  std::int64_t loft = 0, empty = 0;
  {
    auto tx = ok(db().begin_write());
    const auto of = ok(events::require_event(tx, sample_->id()));
    for (const auto& room : ok(events::list_rooms(tx, of)))
      if (room.name.in("en") == "Rope Loft") loft = room.id.value;
    events::Room attic;
    attic.name = {"en", "Attic"};
    empty = ok(events::save_room(tx, sample::organiser, of, attic)).id.value;
    ok(tx.commit());
  }
  auto asked = request({{"id", std::to_string(loft)}}, {{"x", ""}});
  const auto refused = programme::organiser_room_remove(web(), asked);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "3 slots of the draft stand in this room. Move or remove them first (/organise/harbour-2027/slots), or hide the room.");
  auto other = request({{"id", std::to_string(empty)}}, {{"x", ""}});
  EXPECT_EQ(location(ok(programme::organiser_room_remove(web(), other))), "/organise/harbour-2027/rooms?done=removed&undo=room%3A" + std::to_string(empty));
}

TEST_P(OrganiserPlanningTest, slot_when_new_for_a_placed_talk_then_the_slot_that_it_has_is_said) {
  const auto slot = slot_of("Ropes");
  std::int64_t id = 0;
  {
    auto tx = ok(db().begin_read());
    id = ok(talks::require_talk(tx, sample_->id(), slot.talk)).id.value;
  }
  auto fresh = request();
  fresh.query.add("talk", std::to_string(id));
  const auto page = ok(programme::organiser_new_slot(web(), fresh));
  EXPECT_TRUE(shows(page, "“Ropes” has a slot already: Wed, 5 May, 10:00, Rope Loft. This form makes another one."));
  EXPECT_TRUE(shows(page, "/organise/harbour-2027/slots/" + std::to_string(slot.number) + "\">Change that slot"));
  auto there = request({{"slot", std::to_string(slot.number)}});
  EXPECT_TRUE(shows(ok(programme::organiser_slot(web(), there)), "/organise/harbour-2027/talks/" + slot.talk + "\">Edit the talk"));
}

TEST_P(OrganiserPlanningTest, release_when_the_draft_says_the_same_then_there_is_no_form_for_it) {
  const auto page = [&] {
    auto r = request();
    return ok(programme::organiser_release(web(), r));
  };
  {
    auto tx = ok(db().begin_write());
    const auto event = ok(events::require_event(tx, sample_->id()));
    auto draft = ok(talks::require_talk(tx, event.id, sample_->code_of("CANARY-DRAFT")));
    ok(talks::remove_talk(tx, sample::organiser, event, draft.id));
    ok(tx.commit());
  }
  EXPECT_TRUE(shows(page(), "There is nothing to release: visitors see release 1.0, and the draft says the same."));
  EXPECT_FALSE(shows(page(), "name=\"comment\""));
  {
    auto tx = ok(db().begin_write());
    const auto event = ok(events::require_event(tx, sample_->id()));
    auto talk = ok(talks::require_talk(tx, event.id, sample_->code_of("Ropes")));
    talk.subtitle = "and knots";
    ok(talks::save_talk(tx, sample::organiser, event, talk));
    ok(tx.commit());
  }
  EXPECT_TRUE(shows(page(), "name=\"comment\""));
}

TEST_P(OrganiserPlanningTest, dashboard_when_talks_are_over_then_slides_are_asked_for_and_the_filter_finds_them) {
  clock().set(parse_instant("2027-05-06T08:00:00Z").value());
  auto asked = request();
  const auto page = ok(programme::organiser_dashboard(web(), asked));
  EXPECT_TRUE(shows(page, "talks are over and have no slides or other files yet.")) << page.body_;
  auto without = request();
  without.query.add("files", "no");
  EXPECT_TRUE(shows(ok(programme::organiser_talks(web(), without)), ">Ropes<"));
  {
    const auto hash = ok(web().files.put("x"));
    auto tx = ok(db().begin_write());
    const auto event = ok(events::require_event(tx, sample_->id()));
    const auto talk = ok(talks::require_talk(tx, event.id, sample_->code_of("Ropes")));
    ok(talks::add_file(tx, sample::organiser, event, talk.id, {.title = {}, .name = "a.txt", .hash = hash, .size_bytes = 1}));
    ok(tx.commit());
  }
  EXPECT_FALSE(shows(ok(programme::organiser_talks(web(), without)), ">Ropes<"));
}

TEST_P(OrganiserPlanningTest, slot_when_checked_then_its_clashes_and_nothing_saved) {
  const auto before = slots();
  const auto ships = talk("Ships in Python");
  const auto of = event();
  std::string hall;
  {
    auto tx = ok(db().begin_read());
    for (const auto& room : ok(events::list_rooms(tx, of)))
      if (room.name.in("en") == "Great Hall") hall = std::to_string(room.id.value);
  }
  const auto check = [&](const std::string& start, const std::string& room) {
    auto asked = request();
    for (const auto& [name, value] : Form{{"slot", number_of("Ships in Python")},
                                          {"kind", "0"},
                                          {"talk", std::to_string(ships.id.value)},
                                          {"room", room},
                                          {"start", start},
                                          {"length", "30"},
                                          {"state", "0"}})
      asked.query.add(name, value);
    return ok(programme::organiser_slot_check(web(), asked)).body_;
  };
  EXPECT_TRUE(check("2027-05-04T11:30", hall).contains("A room has two sessions at once"));
  EXPECT_TRUE(check("2027-05-04T16:30", hall).contains("No clashes."));
  EXPECT_TRUE(check("2027-05-04T16:30", "").contains("A talk takes place in one room: choose it."));
  const auto after = slots();
  ASSERT_EQ(after.size(), before.size());
  for (std::size_t i = 0; i < after.size(); ++i) EXPECT_EQ(after[i].version, before[i].version);
}

}  // namespace
}  // namespace confer::site
