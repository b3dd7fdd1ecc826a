// Who may do what, where: tables of plain data.
#include "people/rights.h"
#include <gtest/gtest.h>
#include <vector>

namespace confer {
namespace {

constexpr SeriesId series{1}, other_series{2};
constexpr EventId edition{10}, other_edition{11}, summit{12};
constexpr TrackId track{5}, other_track{6};

const Scope installation{};
const Scope of_series{.series = series};
const Scope of_edition{.series = series, .event = edition};
const Scope of_other_edition{.series = series, .event = other_edition};
const Scope of_summit{.series = series, .event = summit, .parent = edition};
const Scope of_elsewhere{.series = other_series, .event = EventId{20}};
const Scope of_track{.series = series, .event = edition, .track = track};
const Scope of_other_track{.series = series, .event = edition, .track = other_track};

Actor member(Membership m) {
  Actor actor;
  actor.person = PersonId{7};
  actor.memberships = {std::move(m)};
  return actor;
}
Actor of_event(std::set<Right> rights) { return member({.event = edition, .rights = std::move(rights)}); }

struct Row {
  const char* what;
  Actor actor;
  Right right;
  Scope scope;
  bool may, may_somewhere;
};

TEST(Rights, may_when_memberships_and_scopes_meet_then_as_the_table_says) {
  const Membership devroom{.event = edition, .rights = {Right::programme}, .limited_to_tracks = true, .tracks = {track.value}};
  const Membership of_no_track{.event = edition, .rights = {Right::programme}, .limited_to_tracks = true};
  Actor token_of_edition = member({.rights = {Right::operate}});
  token_of_edition.limited_to = edition;
  const std::vector<Row> rows{
      {"anonymous may see what is public", {}, Right::anyone, installation, true, true},
      {"anonymous is not signed in", {}, Right::signed_in, installation, false, false},
      {"a person is signed in", member({}), Right::signed_in, installation, true, true},
      {"a person alone has no right", member({}), Right::programme, of_edition, false, false},
      {"the machine may do everything", system_actor("sync"), Right::operate, installation, true, true},
      {"the machine's word is no person", system_actor("sync"), Right::signed_in, installation, true, true},
      {"a team of the edition there", of_event({Right::programme}), Right::programme, of_edition, true, true},
      {"a team of the edition in its summit", of_event({Right::programme}), Right::programme, of_summit, true, true},
      {"a team of the edition in the next edition", of_event({Right::programme}), Right::programme, of_other_edition, false, false},
      {"a team of the edition on the series", of_event({Right::organise}), Right::organise, of_series, false, false},
      {"a team of the edition on the installation", of_event({Right::organise}), Right::organise, installation, false, false},
      {"a team of the summit in the edition", member({.event = summit, .rights = {Right::organise}}), Right::organise, of_edition, false, false},
      {"another right", of_event({Right::programme}), Right::media, of_edition, false, false},
      {"organise includes programme", of_event({Right::organise}), Right::programme, of_edition, true, true},
      {"organise includes site", of_event({Right::organise}), Right::site, of_edition, true, true},
      {"organise includes review", of_event({Right::organise}), Right::review, of_edition, true, true},
      {"organise includes media", of_event({Right::organise}), Right::media, of_edition, true, true},
      {"organise includes check_in", of_event({Right::organise}), Right::check_in, of_edition, true, true},
      {"organise leaves addresses alone", of_event({Right::organise}), Right::people, of_edition, false, false},
      {"organise does not operate", of_event({Right::organise}), Right::operate, of_edition, false, false},
      {"programme does not organise", of_event({Right::programme}), Right::organise, of_edition, false, false},
      {"a team of the series in every edition", member({.series = series, .rights = {Right::site}}), Right::site, of_other_edition, true, true},
      {"a team of the series on the series", member({.series = series, .rights = {Right::organise}}), Right::organise, of_series, true, true},
      {"a team of the series elsewhere", member({.series = series, .rights = {Right::site}}), Right::site, of_elsewhere, false, false},
      {"a team of the installation everywhere", member({.rights = {Right::people}}), Right::people, of_elsewhere, true, true},
      {"operate on the installation is everything", member({.rights = {Right::operate}}), Right::people, of_edition, true, true},
      {"operate in an event is not", of_event({Right::operate}), Right::people, of_edition, false, false},
      {"a devroom in its track", member(devroom), Right::programme, of_track, true, true},
      {"a devroom in another track", member(devroom), Right::programme, of_other_track, false, true},
      {"a devroom on the event itself", member(devroom), Right::programme, of_edition, false, true},
      {"a devroom elsewhere", member(devroom), Right::programme, of_elsewhere, false, false},
      {"a devroom whose tracks are gone", member(of_no_track), Right::programme, of_track, false, true},
      {"a token for the edition there", token_of_edition, Right::programme, of_edition, true, true},
      {"a token for the edition in its summit", token_of_edition, Right::programme, of_summit, true, true},
      {"a token for the edition elsewhere", token_of_edition, Right::programme, of_other_edition, false, false},
      {"a token for the edition on the installation", token_of_edition, Right::operate, installation, false, false},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(may(row.actor, row.right, row.scope), row.may) << row.what;
    EXPECT_EQ(may_somewhere(row.actor, row.right, row.scope), row.may_somewhere) << row.what;
  }
}

ErrorCode code_of(const Actor& actor, Right right, const Scope& scope) {
  auto result = require(actor, right, scope);
  EXPECT_FALSE(result.has_value());
  return result ? ErrorCode::internal : result.error().code;
}

TEST(Rights, require_when_not_allowed_then_says_no_more_than_one_may_know) {
  Scope open = of_edition;
  open.is_public = true;
  const Actor nobody, stranger = member({}), reviewer = of_event({Right::review});
  EXPECT_EQ(code_of(nobody, Right::programme, of_edition), ErrorCode::unauthenticated);
  EXPECT_EQ(code_of(nobody, Right::programme, open), ErrorCode::unauthenticated);
  EXPECT_EQ(code_of(stranger, Right::programme, of_edition), ErrorCode::not_found);
  EXPECT_EQ(code_of(stranger, Right::programme, open), ErrorCode::forbidden);
  EXPECT_EQ(code_of(stranger, Right::operate, installation), ErrorCode::forbidden);
  EXPECT_EQ(code_of(reviewer, Right::programme, of_edition), ErrorCode::forbidden);
  EXPECT_EQ(code_of(reviewer, Right::programme, of_other_edition), ErrorCode::not_found);
  EXPECT_TRUE(require(reviewer, Right::review, of_edition).has_value());
  Actor token = reviewer;
  token.limited_to = other_edition;
  EXPECT_EQ(code_of(token, Right::review, of_edition), ErrorCode::not_found);
}

TEST(Rights, belongs_to_when_a_team_has_no_rights_then_no) {
  EXPECT_TRUE(belongs_to(of_event({Right::review}), of_summit));
  EXPECT_FALSE(belongs_to(of_event({}), of_edition));
  EXPECT_FALSE(belongs_to(of_event({Right::review}), of_series));
  EXPECT_TRUE(belongs_to(system_actor("command line"), of_series));
}

TEST(Rights, words_when_read_then_the_set_and_back) {
  EXPECT_EQ(rights_from_text("programme organise").value(), (std::set<Right>{Right::organise, Right::programme}));
  EXPECT_EQ(rights_to_text({Right::programme, Right::organise}), "organise programme");
  EXPECT_EQ(rights_from_text("").value(), std::set<Right>{});
  EXPECT_EQ(rights_from_text("organise everything").error().message,
            "“everything” is not a right. Rights are: organise, programme, review, check_in, media, site, people, archive, operate.");
  EXPECT_EQ(rights_from_text("anyone").error().code, ErrorCode::invalid);
  for (auto right :
       {Right::organise, Right::programme, Right::review, Right::check_in, Right::media, Right::site, Right::people, Right::archive, Right::operate})
    EXPECT_EQ(right_named(name_of(right)).value(), right);
}

}  // namespace
}  // namespace confer
