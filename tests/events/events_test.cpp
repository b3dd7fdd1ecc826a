// Events and what belongs to them: adding, changing, removing, copying, refusing.
#include "events/events.h"
#include <algorithm>
#include "support/database.h"

namespace confer::events {
namespace {

using test::ok;

class EventsTest : public test::DatabaseTest {
 protected:
  const Actor organiser = system_actor("test");
  Event edition(db::Tx& tx) {
    auto series = ok(save_series(tx, organiser, {.id = {}, .slug = "examplia", .title = {"en", "Examplia"}, .description = {}}));
    Event e;
    e.series = series.id;
    e.slug = "examplia-2027";
    e.title = {"en", "Examplia 2027"};
    e.zone = "Europe/Berlin";
    e.start = parse_date("2027-05-04").value();
    e.end = parse_date("2027-05-06").value();
    return ok(save_event(tx, organiser, e));
  }
};
ON_BOTH_DATABASES(EventsTest);

TEST_P(EventsTest, event_when_saved_then_read_back_as_it_was) {
  auto tx = ok(db().begin_write());
  Event e = edition(tx);
  e.off = {Feature::stars, Feature::embed};
  e.languages = {"en", "de"};
  e.capacity = 300;
  e.extra["memory"] = R"({"en":"A good one"})";
  e = ok(save_event(tx, organiser, e));
  const Event read = ok(require_event(tx, "examplia-2027"));
  EXPECT_EQ(read.off, e.off);
  EXPECT_EQ(read.languages, e.languages);
  EXPECT_EQ(read.capacity, 300);
  EXPECT_EQ(read.attendance, std::nullopt);
  EXPECT_EQ(read.extra, e.extra);
  EXPECT_EQ(read.version, 2);
  EXPECT_EQ(read.acronym, "examplia2027");
  EXPECT_EQ(read.year, 2027);
  EXPECT_EQ(ok(find_event(tx, read.id))->slug, read.slug);
  EXPECT_EQ(ok(list_events(tx)).size(), 1u);
  EXPECT_EQ(ok(list_events(tx, read.series)).size(), 1u);
  EXPECT_EQ(ok(find_series(tx, read.series))->slug, "examplia");
  EXPECT_EQ(ok(list_series(tx)).size(), 1u);
}

TEST_P(EventsTest, summit_when_its_edition_is_of_another_series_then_its_organisers_decide) {
  auto tx = ok(db().begin_write());
  const Event victim = edition(tx);
  const auto mine = ok(save_series(tx, organiser, {.id = {}, .slug = "mine", .title = {"en", "Mine"}, .description = {}}));
  Actor stranger;
  stranger.person = PersonId{7};
  stranger.memberships = {{.series = mine.id, .event = {}, .rights = {Right::organise}, .limited_to_tracks = false, .tracks = {}}};
  Event summit;
  summit.series = mine.id;
  summit.kind = EventKind::summit;
  summit.parent = victim.id;
  summit.slug = "intruders";
  summit.title = {"en", "Intruders"};
  summit.start = summit.end = victim.start;
  auto made = save_event(tx, stranger, summit);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::not_found) << "it is not public, and not theirs";

  // Nor by changing an event of one's own.
  Event own = summit;
  own.kind = EventKind::edition;
  own.parent = {};
  own.zone = "UTC";
  own = ok(save_event(tx, stranger, own));
  Event moved = own;
  moved.kind = EventKind::summit;
  moved.parent = victim.id;
  EXPECT_FALSE(save_event(tx, stranger, moved));
  moved = own;
  moved.series = victim.series;
  EXPECT_FALSE(save_event(tx, stranger, moved));
  Event stolen = victim;
  stolen.series = mine.id;
  EXPECT_FALSE(save_event(tx, stranger, stolen));
  EXPECT_EQ(ok(require_event(tx, victim.id)).series, victim.series);
  EXPECT_EQ(ok(list_events(tx, victim.series)).size(), 1U);

  // Whoever organises the edition may; a summit's own team may change it afterwards.
  Actor host = stranger;
  host.memberships = {{.series = {}, .event = victim.id, .rights = {Right::organise}, .limited_to_tracks = false, .tracks = {}}};
  summit.slug = "guests";
  auto foreign = save_event(tx, host, summit);
  ASSERT_FALSE(foreign) << "a summit is of its edition’s series";
  EXPECT_EQ(foreign.error().problems.front().field, "parent");
  summit.series = victim.series;
  Event inside = ok(save_event(tx, host, summit));
  EXPECT_EQ(inside.series, victim.series);
  Actor guest = stranger;
  guest.memberships = {{.series = {}, .event = inside.id, .rights = {Right::organise}, .limited_to_tracks = false, .tracks = {}}};
  inside.title = {"en", "Guests"};
  EXPECT_EQ(ok(save_event(tx, guest, inside)).title.in("en"), "Guests");
}

TEST_P(EventsTest, zone_when_an_edition_changes_it_then_its_summits_have_it_too) {
  auto tx = ok(db().begin_write());
  Event main = edition(tx);
  Event summit = main;
  summit.id = {};
  summit.guid.clear();
  summit.kind = EventKind::summit;
  summit.parent = main.id;
  summit.slug = "examplia-web-2027";
  summit = ok(save_event(tx, organiser, summit));
  main.zone = "Asia/Tokyo";
  ok(save_event(tx, organiser, main));
  EXPECT_EQ(ok(require_event(tx, summit.id)).zone, "Asia/Tokyo");
}

TEST_P(EventsTest, guid_when_another_thing_has_it_then_refused_at_the_field) {
  auto tx = ok(db().begin_write());
  const Event event = edition(tx);
  const Room room = ok(save_room(tx, organiser, event, {.name = {"en", "Aula"}}));
  auto second = save_room(tx, organiser, event, {.guid = room.guid, .name = {"en", "Loft"}});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().problems.front().field, "guid");
  EXPECT_TRUE(save_room(tx, organiser, event, room)) << "its own it may keep";
}

TEST_P(EventsTest, name_when_only_spaces_then_refused_and_else_tidied) {
  auto tx = ok(db().begin_write());
  const Event event = edition(tx);
  EXPECT_FALSE(save_room(tx, organiser, event, {.name = {"en", "  \u200b "}}));
  EXPECT_EQ(ok(save_room(tx, organiser, event, {.name = {"en", " Great   Hall "}})).name.in("en"), "Great Hall");
}

TEST_P(EventsTest, event_when_changed_by_two_then_the_second_is_told) {
  auto tx = ok(db().begin_write());
  Event mine = edition(tx), theirs = mine;
  theirs.title = {"en", "Theirs"};
  ok(save_event(tx, organiser, theirs));
  auto refused = save_event(tx, organiser, mine);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
}

TEST_P(EventsTest, event_when_fields_are_wrong_then_every_one_is_named) {
  auto tx = ok(db().begin_write());
  Event e = edition(tx);
  e.id = {};
  e.slug = "Api!";
  e.acronym = "x";
  e.zone = "Mars/Olympus";
  e.end = *e.start - std::chrono::days(1);
  e.color = "red";
  auto refused = save_event(tx, organiser, e);
  ASSERT_FALSE(refused);
  std::vector<std::string> fields;
  for (const auto& problem : refused.error().problems) fields.push_back(problem.field);
  EXPECT_EQ(fields, (std::vector<std::string>{"slug", "acronym", "zone", "end", "color", "guid"}));
}

TEST_P(EventsTest, slug_when_taken_then_conflict_at_the_field) {
  {
    auto tx = ok(db().begin_write());
    edition(tx);
    ok(tx.commit());
  }
  auto tx = ok(db().begin_write());
  Event e = ok(require_event(tx, "examplia-2027"));
  e.id = {};
  e.guid.clear();
  auto refused = save_event(tx, organiser, e);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().problems.front().field, "slug");
}

TEST_P(EventsTest, things_when_removed_then_gone_and_restored_as_they_were) {
  auto tx = ok(db().begin_write());
  const Event e = edition(tx);
  auto room = ok(save_room(tx, organiser, e,
                           {.id = {}, .event = {}, .code = {}, .guid = {}, .name = {"en", "Great Hall"}, .description = {}, .position = 1, .capacity = 200}));
  auto track = ok(save_track(tx, organiser, e, {.id = {}, .event = {}, .code = {}, .guid = {}, .name = {"en", "Web"}, .description = {}, .color = "#1f5f8b"}));
  auto type = ok(save_session_type(tx, organiser, e, {.id = {}, .event = {}, .code = {}, .name = {"en", "Talk"}, .length = minutes(45)}));
  auto page = ok(save_page(tx, organiser, e, {.id = {}, .event = {}, .slug = {}, .title = {"en", "Getting there"}, .body = {"en", "By *train*."}}));
  EXPECT_EQ(room.code, "great-hall");
  EXPECT_EQ(page.slug, "getting-there");
  room.open = {{parse_wall_time("2027-05-04T08:00").value(), parse_wall_time("2027-05-04T20:00").value()}};
  room = ok(save_room(tx, organiser, e, room));
  EXPECT_EQ(ok(list_rooms(tx, e)).front().open, room.open);
  track.color = "#102030";
  ok(save_track(tx, organiser, e, track));
  type.length = minutes(20);
  ok(save_session_type(tx, organiser, e, type));
  page.in_navigation = false;
  ok(save_page(tx, organiser, e, page));
  EXPECT_EQ(ok(find_page(tx, e, "getting-there"))->in_navigation, false);
  ok(remove_room(tx, organiser, e, room.id));
  ok(remove_track(tx, organiser, e, track.id));
  ok(remove_session_type(tx, organiser, e, type.id));
  ok(remove_page(tx, organiser, e, page.id));
  EXPECT_TRUE(ok(list_rooms(tx, e)).empty() && ok(list_tracks(tx, e)).empty() && ok(list_session_types(tx, e)).empty() && ok(list_pages(tx, e)).empty());
  EXPECT_EQ(remove_room(tx, organiser, e, room.id).error().code, ErrorCode::not_found);
  ok(restore_room(tx, organiser, e, room.id));
  ok(restore_track(tx, organiser, e, track.id));
  ok(restore_session_type(tx, organiser, e, type.id));
  ok(restore_page(tx, organiser, e, page.id));
  EXPECT_EQ(ok(list_rooms(tx, e)).front().guid, room.guid);
  EXPECT_EQ(ok(list_tracks(tx, e)).front().color, "#102030");
  EXPECT_EQ(ok(list_session_types(tx, e)).front().length, minutes(20));
}

TEST_P(EventsTest, name_when_its_bearer_was_removed_then_free_again) {
  auto tx = ok(db().begin_write());
  const Event e = edition(tx);
  const auto room = [&] { return ok(save_room(tx, organiser, e, {.id = {}, .event = {}, .code = {}, .guid = {}, .name = {"en", "Aula"}, .description = {}})); };
  const auto track = [&] {
    return ok(save_track(tx, organiser, e, {.id = {}, .event = {}, .code = {}, .guid = {}, .name = {"en", "Misc"}, .description = {}, .color = "#1f5f8b"}));
  };
  const auto type = [&] { return ok(save_session_type(tx, organiser, e, {.id = {}, .event = {}, .code = {}, .name = {"en", "Talk"}, .length = minutes(45)})); };
  const auto page = [&](const std::string& body) {
    return save_page(tx, organiser, e, {.id = {}, .event = {}, .slug = "venue", .title = {"en", "Venue"}, .body = {"en", body}});
  };
  const auto first_room = room();
  const auto first_track = track();
  const auto first_type = type();
  const auto first_page = ok(page("By train."));
  ok(remove_room(tx, organiser, e, first_room.id));
  ok(remove_track(tx, organiser, e, first_track.id));
  ok(remove_session_type(tx, organiser, e, first_type.id));
  ok(remove_page(tx, organiser, e, first_page.id));
  // Releases name the old room by its code for ever: the new one has its own.
  EXPECT_EQ(room().code, "aula-2");
  EXPECT_EQ(track().code, "misc-2");
  EXPECT_EQ(type().code, "talk-2");
  EXPECT_EQ(ok(removed_rooms(tx, e)).front().guid, first_room.guid);
  EXPECT_EQ(ok(removed_tracks(tx, e)).front().code, "misc");
  EXPECT_EQ(ok(removed_session_types(tx, e)).front().name, LocalizedText("en", "Talk"));
  // A page's address is chosen: the removed one gives it up, and comes back under another.
  ok(page("By bus."));
  EXPECT_EQ(ok(find_page(tx, e, "venue"))->body, LocalizedText("en", "By bus."));
  ok(restore_page(tx, organiser, e, first_page.id));
  EXPECT_EQ(ok(find_page(tx, e, "venue-removed-" + std::to_string(first_page.id.value)))->body, LocalizedText("en", "By train."));
}

TEST_P(EventsTest, page_when_renamed_to_a_removed_ones_address_then_it_gets_it) {
  auto tx = ok(db().begin_write());
  const Event e = edition(tx);
  auto old = ok(save_page(tx, organiser, e, {.id = {}, .event = {}, .slug = "venue", .title = {"en", "Venue"}, .body = {}}));
  ok(remove_page(tx, organiser, e, old.id));
  auto page = ok(save_page(tx, organiser, e, {.id = {}, .event = {}, .slug = "place", .title = {"en", "Place"}, .body = {}}));
  page.slug = "venue";
  ok(save_page(tx, organiser, e, page));
  EXPECT_EQ(ok(find_page(tx, e, "venue"))->id, page.id);
}

TEST_P(EventsTest, room_of_a_summit_when_named_as_one_of_its_edition_then_has_another_code) {
  auto tx = ok(db().begin_write());
  const Event e = edition(tx);
  Event summit = e;
  summit.id = {};
  summit.guid.clear();
  summit.slug = "summit-2027";
  summit.kind = EventKind::summit;
  summit.parent = e.id;
  summit = ok(save_event(tx, organiser, summit));
  ok(save_room(tx, organiser, summit, {.id = {}, .event = {}, .code = {}, .guid = {}, .name = {"en", "Hall"}, .description = {}}));
  EXPECT_EQ(ok(save_room(tx, organiser, e, {.id = {}, .event = {}, .code = {}, .guid = {}, .name = {"en", "Hall"}, .description = {}})).code, "hall-2");
}

TEST_P(EventsTest, summit_when_saved_then_shares_zone_and_rooms) {
  auto tx = ok(db().begin_write());
  const Event e = edition(tx);
  ok(save_room(tx, organiser, e, {.id = {}, .event = {}, .code = {}, .guid = {}, .name = {"en", "Hall"}, .description = {}}));
  Event summit;
  summit.parent = e.id;
  summit.kind = EventKind::summit;
  summit.slug = "web-summit";
  summit.title = {"en", "Web Summit"};
  summit.start = summit.end = parse_date("2027-05-03").value();
  summit = ok(save_event(tx, organiser, summit));
  EXPECT_EQ(summit.zone, e.zone);
  EXPECT_EQ(summit.series, e.series);
  EXPECT_EQ(ok(list_rooms(tx, summit)).size(), 1u);
  EXPECT_EQ(ok(list_summits(tx, e.id)).size(), 1u);
  EXPECT_EQ(ok(check(tx)), std::vector<std::string>{});
}

TEST_P(EventsTest, copy_when_made_then_everything_is_there_and_the_dates_have_moved) {
  auto tx = ok(db().begin_write());
  Event e = edition(tx);
  auto room = ok(save_room(tx, organiser, e,
                           {.id = {},
                            .event = {},
                            .code = {},
                            .guid = {},
                            .name = {"en", "Hall"},
                            .description = {},
                            .open = {{parse_wall_time("2027-05-04T08:00").value(), parse_wall_time("2027-05-04T20:00").value()}}}));
  ok(save_track(tx, organiser, e, {.id = {}, .event = {}, .code = {}, .guid = {}, .name = {"en", "Web"}, .description = {}, .color = "#1f5f8b"}));
  ok(save_session_type(tx, organiser, e, {.id = {}, .event = {}, .code = {}, .name = {"en", "Talk"}}));
  ok(save_page(tx, organiser, e, {.id = {}, .event = {}, .slug = "venue", .title = {"en", "Venue"}, .body = {}}));
  e.extra = {{"conference.base_url", "\"https://old.example.org\""}};
  e = ok(save_event(tx, organiser, e));
  const Event next = ok(copy_event(tx, organiser, e, "examplia-2028", {"en", "Examplia 2028"}, parse_date("2028-05-02").value()));
  EXPECT_EQ(to_text(*next.end), "2028-05-04");
  EXPECT_FALSE(next.is_public);
  EXPECT_EQ(next.extra, (std::map<std::string, std::string>{}));  // an old import's address is not the new event's
  const auto rooms = ok(list_rooms(tx, next));
  EXPECT_EQ(rooms.front().guid, room.guid);
  EXPECT_EQ(to_text(rooms.front().open.front().from), "2028-05-02T08:00");
  EXPECT_EQ(ok(list_tracks(tx, next)).size() + ok(list_session_types(tx, next)).size() + ok(list_pages(tx, next)).size(), 3u);
}

TEST_P(EventsTest, banner_when_set_then_told_in_the_journal) {
  auto tx = ok(db().begin_write());
  const Event e = edition(tx);
  ok(set_banner(tx, organiser, e, {"en", "Lunch is late"}, 1));
  EXPECT_EQ(ok(require_event(tx, e.id)).banner.in("en"), "Lunch is late");
  EXPECT_FALSE(set_banner(tx, organiser, e, {"en", "x"}, 7));
  auto series = *ok(find_series(tx, "examplia"));
  series.title = {"en", "Examplia, renamed"};
  EXPECT_EQ(ok(save_series(tx, organiser, series)).version, 2);
}

TEST_P(EventsTest, save_when_the_actor_has_no_right_then_refused) {
  auto tx = ok(db().begin_write());
  const Event e = edition(tx);
  Actor stranger;
  stranger.person = PersonId{99};
  EXPECT_EQ(save_event(tx, stranger, e).error().code, ErrorCode::not_found);
  EXPECT_EQ(save_room(tx, stranger, e, {}).error().code, ErrorCode::not_found);
  EXPECT_EQ(save_series(tx, stranger, {}).error().code, ErrorCode::forbidden);
}

TEST(ContrastTest, contrast_when_known_colours_then_as_wcag_says) {
  EXPECT_NEAR(contrast_of("#ffffff")->with_black, 21.0, 0.01);
  EXPECT_NEAR(contrast_of("#767676")->with_white, 4.54, 0.01);
  EXPECT_FALSE(contrast_of("767676"));
  EXPECT_FALSE(contrast_of("#76767g"));
  EXPECT_EQ(acronym_from("Py!"), "py__");
}

}  // namespace
}  // namespace confer::events
