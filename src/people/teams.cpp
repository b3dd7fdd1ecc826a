// Teams and API tokens (people.h).
#include <algorithm>
#include "base/json_writer.h"
#include "base/random.h"
#include "base/text.h"
#include "html/template.h"
#include "people/actor_cache.h"
#include "people/people.h"
#include "people/store.h"

namespace confer::people {
namespace {

constexpr std::chrono::hours invitation_lifetime{7 * 24};

Result<void> check_team(const Team& team) {
  std::vector<FieldProblem> p;
  if (trim(team.name).empty()) p.push_back({"name", "Please give the team a name."});
  if (auto ok = check_text(team.name, "name", 200); !ok) p.push_back(ok.error().problems.front());
  if (team.series && team.event) p.push_back({"series", "A team belongs to a series or to an event, not to both."});
  if (team.rights.empty()) p.push_back({"rights", "Choose at least one right."});
  if (!p.empty()) return std::unexpected(Error{ErrorCode::invalid, "Some fields need another look.", {}, {}, std::move(p)});
  return {};
}

}  // namespace

Result<std::vector<Team>> list_teams(db::Tx& tx, const Scope& scope) {
  TRY_ASSIGN(auto teams, store::list_teams(tx, scope));
  if (teams.empty()) return teams;
  std::vector<TeamId> ids;
  for (const auto& team : teams) ids.push_back(team.id);
  TRY_ASSIGN(auto members, store::members(tx, ids));
  for (auto& [id, person] : members) std::ranges::find(teams, id, &Team::id)->members.push_back(std::move(person));
  return teams;
}

Result<TeamId> add_team(db::Tx& tx, const Team& wanted) {
  TRY(check_team(wanted));
  Team team = wanted;
  team.code = random_code();
  team.name = tidy_line(team.name);
  TRY_ASSIGN(TeamId id, store::add(tx, team));
  TRY(store::replace_tracks(tx, id, team.tracks));
  tx.after_commit(forget_actors);
  return id;
}

Result<void> change_team(db::Tx& tx, const Team& team) {
  TRY(check_team(team));
  TRY_ASSIGN(bool done, store::change(tx, team));
  if (!done) return fail(ErrorCode::conflict, "Someone else changed this team meanwhile. Load the page again to see how it is now, then make your change.");
  TRY(store::replace_tracks(tx, team.id, team.tracks));
  tx.after_commit(forget_actors);
  return {};
}

Result<void> remove_team(db::Tx& tx, TeamId id) {
  TRY_ASSIGN(bool done, store::remove(tx, id));
  if (!done) return fail(ErrorCode::not_found, "This team is not there any more.");
  tx.after_commit(forget_actors);
  return {};
}

Result<PersonId> add_member(db::Tx& tx, const SignIn& context, TeamId team_id, std::string name, std::string email_text) {
  TRY_ASSIGN(auto team, store::find_team(tx, team_id));
  if (!team) return fail(ErrorCode::not_found, "This team is not there any more.");
  TRY_ASSIGN(Email email, Email::parse(email_text));
  TRY_ASSIGN(auto known, store::find_person_by_email(tx, email.folded()));
  PersonId person;
  std::string language = "en";
  if (known) {
    person = known->id;
    language = known->language;
  } else {
    TRY_ASSIGN(Person added, add_person(tx, {.name = trim(name).empty() ? std::string(email_text.substr(0, email_text.find('@'))) : std::move(name)}));
    person = added.id;
    // The address counts as confirmed when the invitation's link is used.
    TRY(store::add_account(tx, person, email, std::nullopt, ""));
  }
  TRY(store::add_member(tx, team_id, person));
  const std::string token = random_token();
  TRY(store::add_link(tx, sha256_hex(token), email, "/organise", tx.now() + invitation_lifetime));
  const std::string link = context.base_url + "/sign-in/link?token=" + token;
  mail::Message message{
      .to = email,
      .to_name = {},
      .person = person.value,
      .event = team->event.value,
      .subject = std::string(html::translate("You are in the team “%1”", language, {team->name})),
      .text = html::translate(
          "Hello,\n\nyou were added to the team “%1”. This link signs you in:\n\n%2\n\nIt works once, within seven days. Later, sign in with this address "
          "at any time.\n",
          language, {team->name, link}),
      .language = language,
      .attachments = {},
      .kind = "team_invitation"};
  TRY(mail::queue(tx, message, context.mail));
  tx.after_commit(forget_actors);
  return person;
}

Result<void> remove_member(db::Tx& tx, TeamId team, PersonId person) {
  TRY_ASSIGN(bool done, store::remove_member(tx, team, person));
  if (!done) return fail(ErrorCode::not_found, "This person is not in the team any more.");
  tx.after_commit(forget_actors);
  return {};
}

Result<void> grant(db::Tx& tx, PersonId person, const std::set<Right>& rights, SeriesId series, EventId event) {
  if (rights.empty()) return fail(ErrorCode::invalid, "Name at least one right.");
  TRY_ASSIGN(auto teams, store::list_teams(tx, Scope{.series = event ? SeriesId{} : series, .event = event, .parent = {}, .track = {}, .is_public = false}));
  auto same = std::ranges::find_if(teams, [&](const Team& t) { return t.rights == rights && t.tracks.empty(); });
  TeamId id;
  if (same != teams.end()) {
    id = same->id;
  } else {
    TRY_ASSIGN(id, add_team(tx, {.id = {},
                                 .code = {},
                                 .name = "May " + rights_to_text(rights),
                                 .series = event ? SeriesId{} : series,
                                 .event = event,
                                 .rights = rights,
                                 .tracks = {},
                                 .members = {}}));
  }
  TRY(store::add_member(tx, id, person));
  tx.after_commit(forget_actors);
  return {};
}

Result<Secret<std::string>> make_api_token(db::Tx& tx, const Actor& actor, std::string label, EventId event, std::set<TokenScope> scopes,
                                           std::optional<Instant> expires_at) {
  TRY(require(actor, Right::signed_in, {}));
  if (actor.session == 0 && actor.system.empty())
    return fail(ErrorCode::forbidden, "An API token cannot make another one. Sign in and make it on your account’s page.");
  label = tidy_line(label);
  std::vector<FieldProblem> problems;
  if (label.empty()) problems.push_back({"label", std::string(html::translatable("Say what the token is for."))});
  if (auto ok = check_text(label, "label", 200); !ok) problems.push_back(ok.error().problems.front());
  if (!problems.empty())
    return std::unexpected(Error{ErrorCode::invalid, std::string(html::translatable("Some fields need another look.")), {}, {}, std::move(problems)});
  scopes.insert(TokenScope::read_public);
  std::string token = random_token();
  TRY(store::add_token(tx, sha256_hex(token), actor.person, label, event, scopes_to_text(scopes), expires_at));
  return Secret<std::string>(std::move(token));
}

Result<std::vector<ApiToken>> list_api_tokens(db::Tx& tx, const Actor& actor) {
  TRY(require(actor, Right::signed_in, {}));
  return store::list_tokens(tx, actor.person);
}

Result<void> revoke_api_token(db::Tx& tx, const Actor& actor, std::int64_t id) {
  TRY(require(actor, Right::signed_in, {}));
  TRY_ASSIGN(bool done, store::revoke_token(tx, id, actor.person));
  if (!done) return fail(ErrorCode::not_found, std::string(html::translatable("This token is not there, or revoked already.")));
  tx.after_commit(forget_actors);
  return {};
}

}  // namespace confer::people
