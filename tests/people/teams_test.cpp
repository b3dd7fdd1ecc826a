// Teams, grants and API tokens.
#include <algorithm>
#include "people/people_fixture.h"

namespace confer::people {
namespace {

class TeamsTest : public PeopleTest {
 protected:
  static Scope scope(SeriesId series, EventId event = {}) { return {.series = series, .event = event}; }
  TeamId team(std::string name, std::set<Right> rights, SeriesId series, EventId event, std::vector<TrackId> tracks = {}) {
    return written([&](db::Tx& tx) {
      return add_team(tx, {.id = {},
                           .code = {},
                           .name = std::move(name),
                           .series = series,
                           .event = event,
                           .rights = std::move(rights),
                           .tracks = std::move(tracks),
                           .members = {}});
    });
  }
  std::vector<Team> teams(const Scope& where) {
    return read([&](db::Tx& tx) { return list_teams(tx, where); });
  }
  PersonId invite(TeamId id, const std::string& name, const std::string& email) {
    return written([&](db::Tx& tx) { return add_member(tx, context, id, name, email); });
  }
  std::string token(const Actor& actor, EventId event, const std::set<TokenScope>& scopes, std::optional<Instant> expires_at = {}) {
    return written([&](db::Tx& tx) { return make_api_token(tx, actor, "import script", event, scopes, expires_at); }).reveal();
  }
};
ON_BOTH_DATABASES(TeamsTest);

TEST_P(TeamsTest, member_when_invited_then_person_account_and_mail_are_made) {
  const auto series = add_series("pycon");
  const auto event = add_event(series, "pycon-2027");
  const auto id = team("Programme committee", {Right::programme}, {}, event);
  const auto ada = invite(id, "Ada", "ada@example.org");
  EXPECT_EQ(mails().back().kind, "team_invitation");
  EXPECT_EQ(mails().back().subject, "You are in the team “Programme committee”");
  EXPECT_FALSE(read([&](db::Tx& tx) { return find_account(tx, ada); })->verified);
  clock().advance(6 * 24h);
  const auto in = ok(use_sign_in_link(db(), mailed_token(), ""));
  EXPECT_EQ(in.person, ada);
  EXPECT_EQ(in.return_to, "/organise");
  EXPECT_TRUE(read([&](db::Tx& tx) { return find_account(tx, ada); })->verified);
  const auto actor_now = actor(in.session_token.reveal());
  EXPECT_TRUE(may(actor_now, Right::programme, scope(series, event)));
  EXPECT_EQ(invite(id, "somebody else", "ADA@example.org"), ada) << "known by the address, and in the team already";
  const auto here = teams(scope(series, event));
  ASSERT_EQ(here.size(), 1U);
  ASSERT_EQ(here[0].members.size(), 1U);
  EXPECT_EQ(here[0].members[0].name, "Ada");
}

TEST_P(TeamsTest, rights_when_a_team_changes_then_count_at_once) {
  const auto series = add_series("pycon");
  const auto event = add_event(series, "pycon-2027");
  const auto web = add_track(event, "WEB"), data = add_track(event, "DATA");
  const auto session = join("ada@example.org", "Ada");
  const auto ada = actor(session).person;
  const auto id = team("Devroom", {Right::programme}, {}, event, {web});
  invite(id, "", "ada@example.org");
  Scope in_web = scope(series, event), in_data = in_web;
  in_web.track = web;
  in_data.track = data;
  EXPECT_TRUE(may(actor(session), Right::programme, in_web));
  EXPECT_FALSE(may(actor(session), Right::programme, in_data));
  auto devroom = teams(scope(series, event)).front();
  EXPECT_EQ(devroom.tracks, std::vector{web});
  devroom.tracks = {};
  written([&](db::Tx& tx) { return change_team(tx, devroom); });
  EXPECT_TRUE(may(actor(session), Right::programme, in_data));
  {
    auto tx = ok(db().begin_write());
    EXPECT_EQ(error_of(change_team(tx, devroom)).code, ErrorCode::conflict) << "the version is of before";
  }
  written([&](db::Tx& tx) { return remove_member(tx, id, ada); });
  EXPECT_FALSE(may(actor(session), Right::programme, in_web));
  invite(id, "", "ada@example.org");
  written([&](db::Tx& tx) { return remove_team(tx, id); });
  EXPECT_FALSE(may(actor(session), Right::programme, in_web));
  EXPECT_TRUE(teams(scope(series, event)).empty());
}

TEST_P(TeamsTest, team_when_fields_are_wrong_then_refused) {
  const auto series = add_series("pycon");
  const auto event = add_event(series, "pycon-2027");
  auto tx = ok(db().begin_write());
  EXPECT_EQ(error_of(add_team(tx, {.id = {}, .code = {}, .name = " ", .series = series, .event = event, .rights = {}, .tracks = {}, .members = {}})).problems,
            (std::vector<FieldProblem>{{"name", "Please give the team a name."},
                                       {"series", "A team belongs to a series or to an event, not to both."},
                                       {"rights", "Choose at least one right."}}));
}

TEST_P(TeamsTest, teams_when_listed_then_each_has_its_own_by_a_constant_number_of_statements) {
  const auto series = add_series("pycon");
  const auto event = add_event(series, "pycon-2027");
  const auto web = add_track(event, "WEB"), data = add_track(event, "DATA");
  const auto count = [&] {
    const auto before = db::Database::statement_count();
    teams(scope(series, event));
    return db::Database::statement_count() - before;
  };
  invite(team("A", {Right::programme}, {}, event, {web}), "Ada", "ada@example.org");
  const auto with_one = count();
  EXPECT_EQ(with_one, 3U) << "teams, their tracks, their members";
  const auto b = team("B", {Right::media}, {}, event, {web, data});
  invite(b, "Bob", "bob@example.org");
  invite(b, "Ada", "ada@example.org");
  invite(team("C", {Right::site, Right::review}, {}, event), "Cem", "cem@example.org");
  EXPECT_EQ(count(), with_one);
  std::string told;
  for (const auto& t : teams(scope(series, event))) {
    told += t.name + " " + rights_to_text(t.rights) + " " + std::to_string(t.tracks.size());
    for (const auto& member : t.members) told += " " + member.name;
    told += "\n";
  }
  EXPECT_EQ(told, "A programme 1 Ada\nB media 2 Ada Bob\nC review site 0 Cem\n");
  team("of the series", {Right::organise}, series, {});
  team("of the installation", {Right::operate}, {}, {});
  ASSERT_EQ(teams(scope(series)).size(), 1U);
  EXPECT_EQ(teams(scope(series)).front().name, "of the series");
  ASSERT_EQ(teams({}).size(), 1U);
  EXPECT_EQ(teams({}).front().name, "of the installation");
}

TEST_P(TeamsTest, grant_when_repeated_then_one_team) {
  const auto series = add_series("pycon");
  const auto event = add_event(series, "pycon-2027");
  const auto ada = actor(join("ada@example.org", "Ada")).person, bob = actor(join("bob@example.org", "Bob")).person;
  grant_rights(ada, {Right::programme}, series, event);
  grant_rights(ada, {Right::programme}, series, event);
  grant_rights(bob, {Right::programme}, series, event);
  grant_rights(bob, {Right::organise}, series);
  grant_rights(ada, {Right::operate});
  const auto of_event = teams(scope(series, event));
  ASSERT_EQ(of_event.size(), 1U);
  EXPECT_EQ(of_event[0].members.size(), 2U);
  EXPECT_EQ(teams(scope(series)).size(), 1U);
  EXPECT_EQ(teams({}).size(), 1U);
  auto tx = ok(db().begin_write());
  EXPECT_EQ(error_of(grant(tx, ada, {}, {}, {})).code, ErrorCode::invalid);
}

TEST_P(TeamsTest, token_when_used_then_does_what_it_was_made_for_and_no_more) {
  const auto series = add_series("pycon");
  const auto event = add_event(series, "pycon-2027"), next = add_event(series, "pycon-2028");
  const auto ada = actor(join("ada@example.org", "Ada"));
  grant_rights(ada.person, {Right::organise}, series);
  const auto everywhere = ok(actor_of_token(db(), token(ada, {}, {TokenScope::read_draft})));
  EXPECT_EQ(everywhere.person, ada.person);
  EXPECT_EQ(everywhere.session, 0);
  EXPECT_TRUE(may(everywhere, Right::programme, scope(series, event)));
  EXPECT_TRUE(may(everywhere, Right::programme, scope(series, next)));
  EXPECT_FALSE(may(everywhere, Right::organise, scope(series, event)));
  EXPECT_FALSE(may(everywhere, Right::site, scope(series, event)));
  const auto here = ok(actor_of_token(db(), token(ada, event, {TokenScope::read_draft})));
  EXPECT_TRUE(may(here, Right::programme, scope(series, event)));
  EXPECT_FALSE(may(here, Right::programme, scope(series, next)));
  EXPECT_FALSE(may_somewhere(here, Right::programme, scope(series, next)));
}

TEST_P(TeamsTest, token_when_asked_for_more_than_its_person_has_then_has_no_more) {
  const auto mine = add_series("pycon"), foreign = add_series("djangocon");
  const auto event = add_event(mine, "pycon-2027"), elsewhere = add_event(foreign, "djangocon-2027");
  const auto web = add_track(event, "WEB"), data = add_track(event, "DATA");
  const auto session = join("ada@example.org", "Ada");
  grant_rights(actor(session).person, {Right::site}, mine);
  invite(team("Devroom", {Right::programme}, {}, event, {web}), "", "ada@example.org");
  const auto ada = actor(session);
  const std::set<Right> all{Right::organise, Right::programme, Right::review,  Right::check_in, Right::media,
                            Right::site,     Right::people,    Right::archive, Right::operate};
  Scope in_web = scope(mine, event), in_data = in_web;
  in_web.track = web;
  in_data.track = data;
  for (EventId limit : {EventId{}, event, elsewhere}) {
    const auto by_token = ok(actor_of_token(db(), token(ada, limit, {all_token_scopes.begin(), all_token_scopes.end()})));
    for (Right right : all)
      for (const Scope& where : {Scope{}, scope(mine), scope(foreign), scope(mine, event), scope(foreign, elsewhere), in_web, in_data}) {
        if (may(by_token, right, where)) EXPECT_TRUE(may(ada, right, where)) << name_of(right) << " in " << where.event.value << " limited to " << limit.value;
        if (may_somewhere(by_token, right, where)) EXPECT_TRUE(may_somewhere(ada, right, where)) << name_of(right) << " in " << where.event.value;
      }
    EXPECT_EQ(may(by_token, Right::programme, in_web), limit != elsewhere);
    EXPECT_FALSE(may(by_token, Right::programme, in_data));
    EXPECT_FALSE(may_somewhere(by_token, Right::site, in_web)) << "a token reads; no scope stands for the right site";
    EXPECT_FALSE(may_somewhere(ok(actor_of_token(db(), token(ada, limit, {}))), Right::programme, in_web)) << "read_public alone is nobody's right";
  }
}

TEST_P(TeamsTest, token_when_its_person_loses_a_right_then_loses_it_too) {
  const auto event = add_event(add_series("pycon"), "pycon-2027");
  const auto ada = actor(join("ada@example.org", "Ada"));
  grant_rights(ada.person, {Right::programme}, {}, event);
  const auto text = token(ada, event, {TokenScope::read_draft});
  EXPECT_TRUE(may(ok(actor_of_token(db(), text)), Right::programme, {.event = event}));
  written([&](db::Tx& tx) { return remove_member(tx, teams({.event = event}).front().id, ada.person); });
  EXPECT_FALSE(may(ok(actor_of_token(db(), text)), Right::programme, {.event = event}));
}

TEST_P(TeamsTest, token_when_revoked_expired_or_invented_then_unauthenticated) {
  const auto session = join("ada@example.org", "Ada");
  const auto ada = actor(session), bob = actor(join("bob@example.org", "Bob"));
  const auto revoked = token(ada, {}, {}), short_lived = token(ada, {}, {}, clock().now() + 1h);
  EXPECT_EQ(ok(actor_of_token(db(), revoked)).name, "Ada");
  const auto id = read([&](db::Tx& tx) { return list_api_tokens(tx, ada); }).front().id;
  {
    auto tx = ok(db().begin_write());
    EXPECT_EQ(error_of(revoke_api_token(tx, bob, id)).code, ErrorCode::not_found);
  }
  written([&](db::Tx& tx) { return revoke_api_token(tx, ada, id); });
  EXPECT_EQ(error_of(actor_of_token(db(), revoked)).code, ErrorCode::unauthenticated);
  EXPECT_EQ(ok(actor_of_token(db(), short_lived)).name, "Ada");
  forget_actors();
  clock().advance(1h);
  EXPECT_EQ(error_of(actor_of_token(db(), short_lived)).code, ErrorCode::unauthenticated);
  EXPECT_EQ(error_of(actor_of_token(db(), "invented")).code, ErrorCode::unauthenticated);
  EXPECT_TRUE(actor(session).signed_in());
  EXPECT_EQ(error_of(actor_of_token(db(), session)).code, ErrorCode::unauthenticated) << "a session is no token";
  const auto valid = token(ada, {}, {});
  ok(actor_of_token(db(), valid));
  EXPECT_FALSE(actor(valid).signed_in()) << "a token is no session";
}

TEST_P(TeamsTest, token_when_it_asks_for_another_or_a_password_then_forbidden) {
  const auto ada = actor(join("ada@example.org", "Ada"));
  const auto by_token = ok(actor_of_token(db(), token(ada, {}, {})));
  EXPECT_EQ(error_of(change_password(db(), by_token, secret(password), secret("nine loud harbours"))).code, ErrorCode::forbidden);
  auto tx = ok(db().begin_write());
  EXPECT_EQ(error_of(make_api_token(tx, by_token, "wider", {}, {TokenScope::read_people}, {})).code, ErrorCode::forbidden);
  EXPECT_EQ(error_of(make_api_token(tx, Actor{}, "nobody's", {}, {}, {})).code, ErrorCode::unauthenticated);
  EXPECT_EQ(error_of(make_api_token(tx, ada, " ", {}, {}, {})).problems, (std::vector<FieldProblem>{{"label", "Say what the token is for."}}));
}

TEST_P(TeamsTest, token_when_made_by_the_machine_for_somebody_then_theirs) {
  const auto event = add_event(add_series("pycon"), "pycon-2027");
  const auto ada = actor(join("ada@example.org", "Ada"));
  grant_rights(ada.person, {Right::programme}, {}, event);
  Actor machine = system_actor("command line");
  machine.person = ada.person;
  const auto by_token = ok(actor_of_token(db(), token(machine, event, {TokenScope::read_draft})));
  EXPECT_EQ(by_token.person, ada.person);
  EXPECT_EQ(by_token.system, "") << "the machine's own power stays behind";
  EXPECT_TRUE(may(by_token, Right::programme, {.event = event}));
}

TEST(TokenScopes, words_when_read_and_written_then_the_same) {
  for (const TokenScope scope : all_token_scopes) EXPECT_EQ(ok(scopes_from_text(name_of(scope))), (std::set{TokenScope::read_public, scope}));
  EXPECT_EQ(scopes_to_text(ok(scopes_from_text(" read_people  read_draft"))), "read_public read_draft read_people");
  EXPECT_EQ(error_of(scopes_from_text("read_draft write_all")).message, "“write_all” is not a scope. Scopes are: read_public, read_draft, read_people.");
}

}  // namespace
}  // namespace confer::people
