// Every rule with every severity, by the organisers' pages: nothing is said, a warning, a release refused, a placing refused.
#include <gtest/gtest.h>
#include <functional>
#include "organiser_fixture.h"
#include "programme/clashes.h"
#include "programme/organiser_pages.h"
#include "programme/stars.h"

namespace confer::site {
namespace {

using programme::Rule;
using programme::Severity;

class OrganiserRulesTest : public OrganiserPagesTest {
 protected:
  /// Where "Ropes" would break the rule, and what is said then. `begin` makes it so that it does.
  struct Case {
    Rule rule;
    std::string room, start, sentence;
    std::function<void(db::Tx&, const events::Event&)> begin;
  };

  void change(const std::function<void(db::Tx&, const events::Event&)>& what) {
    auto tx = ok(db().begin_write());
    what(tx, ok(events::require_event(tx, sample_->id())));
    ok(tx.commit());
  }
  events::Room room(db::Tx& tx, const events::Event& event, std::string_view name) {
    for (auto& one : ok(events::list_rooms(tx, event)))
      if (one.name.in("en") == name) return one;
    ADD_FAILURE() << "no room " << name;
    return {};
  }
  talks::Talk ropes(db::Tx& tx) { return ok(talks::require_talk(tx, sample_->id(), sample_->code_of("Ropes"))); }
  programme::DraftSlot slot() {
    for (const auto& one : slots())
      if (std::to_string(one.id.value) == number_) return one;
    ADD_FAILURE() << "the slot is gone";
    return {};
  }

  void set_rules(Rule rule, Severity severity) {
    Form form;
    for (Rule one : programme::all_rules())
      form.emplace_back(programme::name_of(one), std::to_string(static_cast<int>(one == rule ? severity : Severity::ignore)));
    auto asked = request({}, form);
    EXPECT_EQ(ok(programme::organiser_rules_submit(web(), asked)).status_, 303);
  }
  Form slot_form(const std::string& room_name, const std::string& start, const std::string& note) {
    auto tx = ok(db().begin_read());
    const auto event = ok(events::require_event(tx, sample_->id()));
    return {{"kind", "0"},
            {"talk", std::to_string(ropes(tx).id.value)},
            {"room", std::to_string(room(tx, event, room_name).id.value)},
            {"start", start},
            {"length", "25"},
            {"state", "0"},
            {"note", note}};
  }
  http::Response place(const std::string& room_name, const std::string& start, const std::string& note) {
    Form form = slot_form(room_name, start, note);
    form.emplace_back("version", std::to_string(slot().version));
    auto asked = request({{"slot", number_}}, std::move(form));
    return ok(programme::organiser_slot_submit(web(), asked));
  }
  std::string check(const std::string& room_name, const std::string& start) {
    auto asked = request();
    asked.query.add("slot", number_);
    for (auto& [name, value] : slot_form(room_name, start, "")) asked.query.add(name, value);
    return ok(programme::organiser_slot_check(web(), asked)).body_;
  }
  http::Response release(const std::string& name) {
    auto asked = request({}, {{"name", name}});
    return ok(programme::organiser_release_submit(web(), asked));
  }
  std::string release_page() {
    auto asked = request();
    return ok(programme::organiser_release(web(), asked)).body_;
  }

  void go_through(const Case& one) {
    number_ = number_of("Ropes");
    if (one.begin) change(one.begin);
    for (const Severity severity : {Severity::ignore, Severity::warn, Severity::block_release, Severity::block_placing}) {
      const std::string name(programme::name_of(one.rule)), with = name + " " + std::to_string(static_cast<int>(severity));
      SCOPED_TRACE(with);
      set_rules(one.rule, Severity::ignore);
      ASSERT_EQ(place("Great Hall", "2027-05-05T10:00", "").status_, 303);
      set_rules(one.rule, severity);
      const auto before = slot();
      const bool is_said = severity != Severity::ignore, is_refused = severity == Severity::block_placing;
      EXPECT_EQ(check(one.room, one.start).contains(html::escape(one.sentence)), is_said);
      const auto placed = place(one.room, one.start, with);
      EXPECT_EQ(placed.status_, is_refused ? 422 : 303);
      EXPECT_EQ(shows(placed, html::escape(one.sentence)), is_refused);
      EXPECT_EQ(slot().version, before.version + (is_refused ? 0 : 1));
      EXPECT_EQ(slot().start, is_refused ? before.start : wall(one.start));
      if (is_refused) continue;
      EXPECT_EQ(release_page().contains(html::escape(one.sentence)), is_said);
      const auto released = release(with);
      EXPECT_EQ(released.status_, severity == Severity::block_release ? 422 : 303);
      EXPECT_EQ(shows(released, html::escape(one.sentence)), severity == Severity::block_release);
    }
  }

  static WallTime wall(const std::string& text) { return parse_wall_time(text).value(); }
  std::string number_;  ///< the slot of "Ropes"
};
ON_BOTH_DATABASES(OrganiserRulesTest);

TEST_P(OrganiserRulesTest, room_twice) {
  go_through(
      {Rule::room_twice, "Great Hall", "2027-05-04T11:40", "“Great Hall” has “Lightning talks” (11:30–12:00) and “Ropes” (11:40–12:05) on Tue, 4 May.", {}});
}

TEST_P(OrganiserRulesTest, room_closed) {
  go_through({Rule::room_closed, "Rope Loft", "2027-05-05T11:45", "“Rope Loft” is not open for all of “Ropes” (Wed, 5 May, 11:45–12:10).",
              [&](db::Tx& tx, const events::Event& event) {
                auto loft = room(tx, event, "Rope Loft");
                loft.open = {{wall("2027-05-05T09:00"), wall("2027-05-05T12:00")}};
                ok(events::save_room(tx, sample::organiser, event, loft));
              }});
}

TEST_P(OrganiserRulesTest, speaker_twice) {
  go_through({Rule::speaker_twice, "Rope Loft", "2027-05-04T10:10", "Wanja Okoye has “Tides & <series>” (10:00–10:45) and “Ropes” (10:10–10:35) on Tue, 4 May.",
              [&](db::Tx& tx, const events::Event& event) {
                // As the form of a talk has it when only the name was typed.
                auto talk = ropes(tx);
                talk.credits.push_back({});
                talk.credits.back().name = "Wanja Okoye";
                ok(talks::save_talk(tx, sample::organiser, event, std::move(talk)));
              }});
}

TEST_P(OrganiserRulesTest, speaker_not_available) {
  go_through({Rule::speaker_not_available, "Rope Loft", "2027-05-05T12:00", "Ärla Ängström is not there for all of “Ropes” (Wed, 5 May, 12:00–12:25).",
              [&](db::Tx& tx, const events::Event& event) {
                const auto person = ropes(tx).credits.front().person;
                ok(programme::set_availability(tx, sample::organiser, event, person, {{wall("2027-05-05T09:00"), wall("2027-05-05T12:20")}}));
              }});
}

TEST_P(OrganiserRulesTest, change_over_too_short) {
  go_through({Rule::change_over_too_short,
              "Rope Loft",
              "2027-05-04T12:02",
              "“Rope Loft” has 2 min between “Ships in Python” (11:30–12:00) and “Ropes” (12:02–12:27) on Tue, 4 May; 5 min are wanted.",
              {}});
}

TEST_P(OrganiserRulesTest, capacity) {
  go_through(
      {Rule::capacity, "Rope Loft", "2027-05-05T12:00", "2 people want to see “Ropes”; “Rope Loft” holds 1.", [&](db::Tx& tx, const events::Event& event) {
         auto loft = room(tx, event, "Rope Loft");
         loft.capacity = 1;
         ok(events::save_room(tx, sample::organiser, event, loft));
         const auto code = ropes(tx).code;
         for (int phones = 0; phones < 2; ++phones) {
           auto [set, secret] = ok(programme::make_star_set(tx));
           ok(programme::merge_stars(tx, set, event, {{code, true, tx.now()}}));
         }
       }});
}

TEST_P(OrganiserRulesTest, unconfirmed) {
  go_through({Rule::unconfirmed, "Rope Loft", "2027-05-05T12:00", "“Ropes” is accepted, but not confirmed.",
              [&](db::Tx& tx, const events::Event& event) { ok(talks::set_state(tx, sample::organiser, event, ropes(tx).id, talks::State::accepted)); }});
}

TEST_P(OrganiserRulesTest, no_track) {
  go_through({Rule::no_track, "Rope Loft", "2027-05-05T12:00", "“Ropes” has no track.", [&](db::Tx& tx, const events::Event& event) {
                auto talk = ropes(tx);
                talk.track = {};
                ok(talks::save_talk(tx, sample::organiser, event, std::move(talk)));
              }});
}

}  // namespace
}  // namespace confer::site
