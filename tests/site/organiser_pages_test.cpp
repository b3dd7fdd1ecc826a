// The organisers' pages, asked as a browser asks them: release, quick changes, import in two steps, forms that come back, and who may not.
#include "events/organiser_pages.h"
#include <gtest/gtest.h>
#include <algorithm>
#include <fstream>
#include "base/embedded.h"
#include "base/text.h"
#include "html/template.h"
#include "organiser_fixture.h"
#include "programme/organiser_pages.h"
#include "talks/organiser_pages.h"

namespace confer::site {
namespace {

ON_BOTH_DATABASES(OrganiserPagesTest);

TEST_P(OrganiserPagesTest, dashboard_when_a_talk_has_no_slot_then_says_so) {
  auto asked = request();
  const auto answer = ok(programme::organiser_dashboard(web(), asked));
  EXPECT_EQ(answer.status(), 200);
  EXPECT_TRUE(shows(answer, "1 talk has no slot yet."));
  EXPECT_TRUE(shows(answer, "/organise/harbour-2027/talks"));
}

TEST_P(OrganiserPagesTest, event_when_of_other_organisers_then_forbidden) {
  auto asked = request();
  Actor stranger = member_of(EventId{sample_->id().value + 1000});
  stranger.system.clear();
  stranger.person = PersonId{77};
  asked.actor = std::make_shared<const Actor>(stranger);
  const auto answer = programme::organiser_dashboard(web(), asked);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::forbidden);
  auto posted = request({}, {{"name", "2.0"}, {"comment", ""}});
  posted.actor = asked.actor;
  const auto refused = programme::organiser_release_submit(web(), posted);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::forbidden);
  EXPECT_EQ(released().version, "1.0");
}

TEST_P(OrganiserPagesTest, session_when_cancelled_by_two_taps_then_released_with_the_note) {
  auto asked = request({{"slot", number_of("Ropes")}});
  EXPECT_TRUE(shows(ok(programme::organiser_now_slot(web(), asked)), "Cancel this session"));
  auto posted = request({{"slot", number_of("Ropes")}}, {{"what", "cancel"}, {"note", "The speaker is ill."}});
  EXPECT_EQ(location(ok(programme::organiser_now_slot_submit(web(), posted))), "/organise/harbour-2027/now?day=2027-05-05&done=corrected&undo=correction%3A2");
  EXPECT_EQ(released().version, "1.0.1");
  EXPECT_EQ(slot_of("Ropes").state, programme::SlotState::cancelled);
  EXPECT_EQ(slot_of("Ropes").note, "The speaker is ill.");
  auto again = request({{"slot", number_of("Ropes")}}, {{"what", "reinstate"}, {"note", ""}});
  ok(programme::organiser_now_slot_submit(web(), again));
  EXPECT_EQ(slot_of("Ropes").state, programme::SlotState::planned);
}

TEST_P(OrganiserPagesTest, session_when_moved_onto_another_then_the_form_again_and_nothing_changed) {
  const auto before = released();
  const auto hall = slot_of("Lightning talks").room;
  auto posted = request({{"slot", number_of("Ships in Python")}},
                        {{"what", "move"}, {"room", hall}, {"start", "2027-05-04T11:30"}, {"length", "30"}, {"move_note", "Typed"}});
  const auto answer = ok(programme::organiser_now_slot_submit(web(), posted));
  EXPECT_EQ(answer.status(), 422);
  EXPECT_TRUE(shows(answer, "The place is taken"));
  EXPECT_TRUE(shows(answer, "value=\"Typed\""));
  EXPECT_EQ(released(), before);
}

TEST_P(OrganiserPagesTest, room_when_closed_then_what_was_to_come_moves) {
  const auto loft = slot_of("Ships in Python").room, hall = slot_of("Lightning talks").room;
  auto posted = request({{"room", loft}}, {{"to_room", hall}, {"from", "2027-05-05T00:00"}, {"note", "The ceiling drips."}});
  EXPECT_EQ(location(ok(programme::organiser_now_room_submit(web(), posted))), "/organise/harbour-2027/now?day=2027-05-04&done=corrected&undo=correction%3A2");
  EXPECT_EQ(slot_of("Ropes").room, hall);
  EXPECT_EQ(slot_of("Ships in Python").room, loft);  // over before the room closed
}

TEST_P(OrganiserPagesTest, two_sessions_when_swapped_then_each_stands_where_the_other_was) {
  const auto a = slot_of("Lightning talks"), b = slot_of("Ships in Python");
  auto posted = request({{"slot", std::to_string(a.number)}}, {{"what", "swap"}, {"other", std::to_string(b.number)}, {"swap_note", ""}});
  ok(programme::organiser_now_slot_submit(web(), posted));
  EXPECT_EQ(slot_of("Lightning talks").room, b.room);
  EXPECT_EQ(slot_of("Ships in Python").room, a.room);
}

TEST_P(OrganiserPagesTest, slot_when_saved_and_released_then_public) {
  auto form = Form{{"version", "1"}, {"kind", "0"}, {"length", "20"}, {"state", "0"}, {"start", "2027-05-05T14:00"}, {"parts", "0 5 Opening | Ada, Bob"}};
  {
    auto tx = ok(db().begin_read());
    const auto event = ok(events::require_event(tx, sample_->id()));
    form.emplace_back("talk", std::to_string(ok(talks::require_talk(tx, event.id, sample_->code_of("CANARY-DRAFT"))).id.value));
    form.emplace_back("room", std::to_string(ok(events::list_rooms(tx, event)).front().id.value));
  }
  auto posted = request({}, form);
  EXPECT_EQ(location(ok(programme::organiser_slot_submit(web(), posted))), "/organise/harbour-2027/slots?done=saved");
  auto look = request();
  EXPECT_TRUE(shows(ok(programme::organiser_release(web(), look)), "CANARY-DRAFT"));
  auto release = request({}, {{"name", "2.0"}, {"comment", "One more"}});
  EXPECT_EQ(location(ok(programme::organiser_release_submit(web(), release))), "/organise/harbour-2027/release?done=released");
  EXPECT_EQ(released().version, "2.0");
  ASSERT_EQ(slot_of("CANARY-DRAFT").parts.size(), 1U);
  EXPECT_EQ(slot_of("CANARY-DRAFT").parts.front().speakers, (std::vector<std::string>{"Ada", "Bob"}));
  auto twice = request({}, {{"name", "2.0"}, {"comment", "kept"}});
  const auto refused = ok(programme::organiser_release_submit(web(), twice));
  EXPECT_EQ(refused.status(), 422);
  EXPECT_TRUE(shows(refused, "kept"));
}

TEST_P(OrganiserPagesTest, slot_when_incomplete_then_every_problem_at_its_field_and_what_was_typed) {
  const auto before = slots().size();
  auto posted = request({}, {{"version", "1"},
                             {"kind", "0"},
                             {"talk", ""},
                             {"room", ""},
                             {"start", "soon"},
                             {"length", "x"},
                             {"state", "0"},
                             {"parts", "no numbers"},
                             {"note", "my note"}});
  const auto answer = ok(programme::organiser_slot_submit(web(), posted));
  EXPECT_EQ(answer.status(), 422);
  for (const auto* id : {"talk-error", "room-error", "start-error", "length-error", "parts-error"})
    EXPECT_TRUE(shows(answer, "id=\"" + std::string(id) + "\"")) << id;
  EXPECT_TRUE(shows(answer, "value=\"my note\""));
  EXPECT_TRUE(shows(answer, "value=\"soon\""));
  EXPECT_EQ(slots().size(), before);
}

TEST_P(OrganiserPagesTest, slot_when_removed_then_undone) {
  const auto count = slots().size();
  auto posted = request({{"slot", number_of("Ropes")}}, {{"x", ""}});
  const auto answer = ok(programme::organiser_slot_remove(web(), posted));
  EXPECT_EQ(location(answer), "/organise/harbour-2027/slots?done=removed&undo=slot%3A" + number_of("Ropes"));
  EXPECT_EQ(slots().size(), count - 1);
  auto undo = request({}, {{"what", "slot:" + number_of("Ropes")}});
  EXPECT_EQ(location(ok(programme::organiser_restore(web(), undo))), "/organise/harbour-2027/slots?done=restored");
  EXPECT_EQ(slots().size(), count);
}

TEST_P(OrganiserPagesTest, import_when_previewed_then_nothing_changed_until_confirmed) {
  const std::string csv = "Title,Room,Start,Minutes\nA talk from the file,Great Hall,2027-05-05 16:00,30\n";
  const auto file = folder_.path() / "talks.csv";
  std::ofstream(file) << csv;
  auto upload = request({}, {{"x", ""}});
  upload.uploads.push_back({.field = "file", .file_name = "talks.csv", .content_type = "text/csv", .path = file.string(), .size_bytes = csv.size()});
  const auto led = location(ok(programme::organiser_import_upload(web(), upload)));
  const std::string before = "/organise/harbour-2027/import/";
  ASSERT_TRUE(led.starts_with(before)) << led;
  const auto hash = led.substr(before.size(), 64);
  auto look = request({{"file", hash}});
  look.query.add("name", "talks.csv");
  const auto preview = ok(programme::organiser_import_preview(web(), look));
  EXPECT_EQ(preview.status(), 200);
  EXPECT_TRUE(shows(preview, "A talk from the file"));
  EXPECT_EQ(sample_->code_of("A talk from the file"), "");
  auto confirm = request({{"file", hash}},
                         {{"name", "talks.csv"}, {"column_title", "Title"}, {"column_room", "Room"}, {"column_start", "Start"}, {"column_length", "Minutes"}});
  EXPECT_EQ(location(ok(programme::organiser_import_submit(web(), confirm))), "/organise/harbour-2027/slots?done=imported");
  EXPECT_NE(sample_->code_of("A talk from the file"), "");
}

TEST_P(OrganiserPagesTest, talk_when_changed_by_two_then_the_second_is_told) {
  const auto code = sample_->code_of("Ropes");
  const auto form = [](std::string title, std::string version) {
    return Form{{"version", std::move(version)},
                {"title", std::move(title)},
                {"state", "confirmed"},
                {"credit_place", "2"},
                {"credit_name", "Second"},
                {"credit_role", "moderator"},
                {"credit_person", ""},
                {"credit_place", "1"},
                {"credit_name", "First"},
                {"credit_role", "speaker"},
                {"credit_person", ""},
                {"tags", "a, b"},
                {"language", "en"}};
  };
  std::string version;
  {
    auto tx = ok(db().begin_read());
    version = std::to_string(ok(talks::require_talk(tx, sample_->id(), code)).version);
  }
  auto first = request({{"code", code}}, form("Ropes, twisted", version));
  EXPECT_EQ(location(ok(talks::organiser_talk_submit(web(), first))), "/organise/harbour-2027/talks/" + code + "?done=saved");
  auto second = request({{"code", code}}, form("Ropes, cut", version));
  const auto refused = ok(talks::organiser_talk_submit(web(), second));
  EXPECT_EQ(refused.status(), 422);
  EXPECT_TRUE(shows(refused, "Ropes, cut"));
  auto tx = ok(db().begin_read());
  const auto talk = ok(talks::require_talk(tx, sample_->id(), code));
  EXPECT_EQ(talk.title, "Ropes, twisted");
  ASSERT_EQ(talk.credits.size(), 2U);
  EXPECT_EQ(talk.credits[0].name, "First");
  EXPECT_EQ(talk.credits[1].role, talks::CreditRole::moderator);
  EXPECT_EQ(talk.tags, (std::vector<std::string>{"a", "b"}));
}

TEST_P(OrganiserPagesTest, room_when_without_a_name_then_the_form_again_else_added) {
  auto nameless = request({}, {{"version", "1"}, {"name_en", ""}, {"capacity", "12"}, {"position", "7"}});
  const auto refused = ok(events::organiser_room_submit(web(), nameless));
  EXPECT_EQ(refused.status(), 422);
  EXPECT_TRUE(shows(refused, "id=\"name_en-error\""));
  EXPECT_TRUE(shows(refused, "value=\"12\""));
  auto named = request({}, {{"version", "1"}, {"name_en", "Attic"}, {"capacity", "12"}, {"position", "7"}});
  EXPECT_EQ(location(ok(events::organiser_room_submit(web(), named))), "/organise/harbour-2027/rooms?done=added");
  auto list = request();
  EXPECT_TRUE(shows(ok(events::organiser_rooms(web(), list)), "Attic"));
}

TEST_P(OrganiserPagesTest, every_page_when_asked_then_answers) {
  using Page = Result<http::Response> (*)(const Web&, http::Request&);
  for (Page page :
       {programme::organiser_now,      programme::organiser_slots,    programme::organiser_new_slot, programme::organiser_rules, programme::organiser_import,
        programme::organiser_talks,    programme::organiser_speakers, programme::organiser_follow,   talks::organiser_new_talk,  events::organiser_home,
        events::organiser_series_list, events::organiser_tracks,      events::organiser_types,       events::organiser_pages,    events::organiser_settings,
        events::organiser_banner,      events::organiser_teams,       events::organiser_audit,       events::organiser_outbox,   events::installation_jobs,
        events::installation_outbox}) {
    auto asked = request();
    const auto answer = ok(page(web(), asked));
    EXPECT_EQ(answer.status(), 200);
    EXPECT_TRUE(shows(answer, "<h1>"));
  }
}

}  // namespace
}  // namespace confer::site
