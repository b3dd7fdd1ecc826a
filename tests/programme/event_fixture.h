// An event with two rooms, two tracks and two talks, on both databases.
#pragma once
#include <string>
#include "events/events.h"
#include "programme/programme.h"
#include "support/database.h"
#include "talks/talks.h"

namespace confer::test {

inline WallTime wall(std::string_view text) { return parse_wall_time(text).value(); }

class EventTest : public DatabaseTest {
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
    e.start = parse_date("2027-05-04").value();
    e.end = parse_date("2027-05-06").value();
    e.is_public = true;
    event = ok(events::save_event(tx, organiser, e));
    hall = ok(events::save_room(tx, organiser, event,
                                {.id = {}, .event = {}, .code = {}, .guid = {}, .name = {"en", "Hall"}, .description = {}, .position = 1, .capacity = 300}));
    cellar = ok(events::save_room(tx, organiser, event,
                                  {.id = {}, .event = {}, .code = {}, .guid = {}, .name = {"en", "Cellar"}, .description = {}, .position = 2, .capacity = 80}));
    web = ok(events::save_track(tx, organiser, event,
                                {.id = {}, .event = {}, .code = {}, .guid = {}, .name = {"en", "Web"}, .description = {}, .color = "#1f5f8b"}));
    type = ok(events::save_session_type(tx, organiser, event, {.id = {}, .event = {}, .code = {}, .name = {"en", "Talk"}, .length = minutes(30)}));
    first = add_talk(tx, "First talk", "Ada Example");
    second = add_talk(tx, "Second talk", "Bert Example");
    ok(tx.commit());
  }
  talks::Talk add_talk(db::Tx& tx, const std::string& title, const std::string& speaker) {
    talks::Talk talk;
    talk.title = title;
    talk.track = web.id;
    talk.type = type.id;
    auto person = ok(people::add_person(tx, {.name = speaker}));
    talk.credits.push_back({.person = person.id, .person_code = {}, .name = speaker});
    return ok(talks::save_talk(tx, organiser, event, talk));
  }
  programme::DraftSlot place(db::Tx& tx, const talks::Talk& talk, RoomId room, std::string_view start) {
    programme::DraftSlot slot;
    slot.talk = talk.id;
    slot.room = room;
    slot.start = wall(start);
    return ok(programme::save_slot(tx, organiser, event, slot));
  }
  /// Both talks placed, and released as 1.0.
  void place_and_release() {
    auto tx = ok(db().begin_write());
    first_slot = place(tx, first, hall.id, "2027-05-04T10:00");
    second_slot = place(tx, second, cellar.id, "2027-05-04T10:00");
    ok(tx.commit());
    ok(programme::release_schedule(db(), organiser, event.id, "1.0", "", "https://conf.example.org"));
  }
  programme::Programme current() {
    auto tx = ok(db().begin_read());
    return *ok(programme::current_programme(tx, event, "https://conf.example.org"));
  }

  const Actor organiser = system_actor("test");
  events::Event event;
  events::Room hall, cellar;
  events::Track web;
  events::SessionType type;
  talks::Talk first, second;
  programme::DraftSlot first_slot, second_slot;
};

}  // namespace confer::test
