// Teams of an event: who may do what (organiser_pages.h).
#include <algorithm>
#include <array>
#include "base/text.h"
#include "events/organiser_form.h"
#include "events/organiser_frame.h"
#include "events/organiser_pages.h"
#include "events/organiser_table.h"
#include "people/who.h"

namespace confer::events {
namespace {

using people::Team;
using people::TeamId;

constexpr std::array<std::pair<Right, std::string_view>, 7> words_of_rights{{
    {Right::organise, "Organise: settings, rooms, tracks, teams, and all below but people’s addresses"},
    {Right::programme, "Programme: talks, slots, import, release"},
    {Right::review, "Review: read and judge proposals"},
    {Right::check_in, "Check-in: admit people at the door"},
    {Right::media, "Media: recordings and streams"},
    {Right::site, "Site: information pages and banner"},
    {Right::people, "People: see addresses and mails, export and erase persons"},
}};

std::string team_path(const Event& event, TeamId id) { return organiser_path(event, "teams/" + std::to_string(id.value)); }

/// Nobody gives away what they do not have.
Result<void> require_all(const Actor& actor, const Event& event, const std::set<Right>& rights) {
  for (Right right : rights)
    if (!may(actor, right, scope_of(event)))
      return fail(ErrorCode::forbidden, "You cannot give or change the right “" + std::string(name_of(right)) + "”: you do not have it yourself.");
  return {};
}

Result<std::vector<Team>> teams_of(db::Tx& tx, const Event& event) {
  TRY_ASSIGN(auto teams, people::list_teams(tx, scope_of(event)));
  std::erase_if(teams, [&](const Team& team) { return team.event != event.id; });
  return teams;
}

Result<Team> team_of_route(db::Tx& tx, const http::Request& request, const Event& event) {
  TRY_ASSIGN(auto id, number_of_route(request, "id"));
  TRY_ASSIGN(auto teams, teams_of(tx, event));
  auto team = std::ranges::find(teams, TeamId{id}, &Team::id);
  if (team == teams.end()) return fail(ErrorCode::not_found, "This team is not there any more.");
  return *team;
}

Result<void> note(db::Tx& tx, const Actor& actor, std::string_view fact, const Event& event, TeamId team) {
  return journal::record(tx, who(actor), fact, event.series.value, event.id.value, "team:" + std::to_string(team.value));
}

/// The event's tracks, and those of the team's that were removed: left out, saving the form would set the team free of its limit.
Result<std::vector<Option>> track_options(db::Tx& tx, const Event& event, const Team& team) {
  std::vector<Option> options;
  const auto is_chosen = [&](TrackId id) { return std::ranges::find(team.tracks, id) != team.tracks.end(); };
  const auto& language = event.languages.front();
  TRY_ASSIGN(const auto tracks, list_tracks(tx, event));
  for (const auto& track : tracks) options.push_back({std::to_string(track.id.value), track.name.in(language), is_chosen(track.id)});
  TRY_ASSIGN(const auto removed, removed_tracks(tx, event));
  for (const auto& track : removed)
    if (is_chosen(track.id)) options.push_back({std::to_string(track.id.value), track.name.in(language) + " (removed)", true});
  return options;
}

void fill_team(Form& form, const Actor& actor, const Event& event, const Team& team, std::vector<Option> tracks) {
  form.text("name", "Name", team.name);
  std::vector<Option> rights;
  for (const auto& [right, words] : words_of_rights)
    if (may(actor, right, scope_of(event)) || team.rights.contains(right))
      rights.push_back({std::string(name_of(right)), std::string(words), team.rights.contains(right)});
  form.checks("rights", "What its members may do", std::move(rights));
  if (!tracks.empty()) form.checks("tracks", "Only in these tracks", std::move(tracks), "None ticked: in all.");
}

/// Errors: invalid – no name, no right, a track that is not among `tracks`.
Result<Team> team_in(const http::Fields& form, const Event& event, Team team, const std::vector<Option>& tracks) {
  team.event = event.id;
  team.name = tidy_line(form.get("name"));
  team.rights.clear();
  for (const auto& name : form.every("rights")) {
    TRY_ASSIGN(Right right, right_named(name));
    team.rights.insert(right);
  }
  team.tracks.clear();
  for (const auto& id : form.every("tracks"))
    if (auto number = number_in(id)) team.tracks.emplace_back(*number);
  std::vector<FieldProblem> problems;
  for (const auto& id : form.every("tracks"))
    if (std::ranges::find(tracks, id, &Option::value) == tracks.end()) {
      problems.push_back({"tracks", "This event has no such track, or no longer: choose one of these."});
      break;
    }
  if (team.name.empty()) problems.push_back({"name", "Please fill this in."});
  if (team.rights.empty()) problems.push_back({"rights", "Choose at least one."});
  if (!problems.empty()) return fail(Error{ErrorCode::invalid, "Some fields need another look.", {}, {}, std::move(problems)});
  return team;
}

std::string words_of(const std::set<Right>& rights) {
  std::vector<std::string> names;
  for (Right right : rights) names.emplace_back(name_of(right));
  return join(names, ", ");
}

Result<http::Response> show_list(const Web& web, const http::Request& request, const Error* error) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(Event event, event_of_route(tx, request));
  TRY_ASSIGN(auto teams, teams_of(tx, event));
  TRY_ASSIGN(auto tracks, track_options(tx, event, {}));
  Table table("Teams", {"Team", "Rights", "Tracks", "Members"});
  table.when_empty("This event has no teams of its own yet.");
  for (const auto& team : teams)
    table.row()
        .link(team.name, team_path(event, team.id))
        .cell(words_of(team.rights))
        .cell(team.tracks.empty() ? "all" : std::to_string(team.tracks.size()))
        .number(static_cast<std::int64_t>(team.members.size()));
  Form form(request, error);
  form.section("A new team");
  fill_team(form, actor_of(request), event, {}, std::move(tracks));
  OrganiserPage page{.title = "Teams",
                     .here = "teams",
                     .content = table.draw() + form.draw(organiser_path(event, "teams"), "Add the team"),
                     .trail = {},
                     .lead = {},
                     .button = {},
                     .button_href = {}};
  if (error != nullptr) return organiser_rejected(web, request, event, std::move(page));
  return organiser_response(web, request, event, std::move(page));
}

enum class Sent : unsigned char { nothing, team, member };

Result<http::Response> show_team(const Web& web, const http::Request& request, Sent sent, const Error* error) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(Event event, event_of_route(tx, request));
  TRY_ASSIGN(Team team, team_of_route(tx, request, event));
  TRY_ASSIGN(auto tracks, track_options(tx, event, team));
  const auto here = team_path(event, team.id);
  Table table("Members", {"Name", "Remove"});
  table.when_empty("Nobody is in this team yet.");
  for (const auto& member : team.members)
    table.row().cell(member.name).button("Remove " + member.name, here + "/members/remove", "person", std::to_string(member.id.value));
  Form member(request, sent == Sent::member ? error : nullptr);
  member.section("Add somebody")
      .text("member_name", "Name", "")
      .input("email", "member_email", "E-mail address", "", "Who is not known here yet gets an invitation.");
  Form form(request, sent == Sent::team ? error : nullptr);
  form.section("The team").hidden("version", team.version);
  fill_team(form, actor_of(request), event, team, std::move(tracks));
  OrganiserPage page{.title = team.name,
                     .here = "teams",
                     .content = table.draw() + member.draw(here + "/members", "Add") + form.draw(here, "Save") +
                                confirm_button(here + "/remove", "Remove the team…", "Its members lose these rights.", "Remove the team"),
                     .trail = {{organiser_path(event, "teams"), "Teams"}},
                     .lead = {},
                     .button = {},
                     .button_href = {}};
  if (error != nullptr) return organiser_rejected(web, request, event, std::move(page));
  return organiser_response(web, request, event, std::move(page));
}

/// What all changes of one team begin with: its event's right, and no more rights than one's own.
template <class Work>
Result<Event> change(const Web& web, const http::Request& request, std::string_view fact, Work work) {
  TRY_ASSIGN(auto tx, web.db.begin_write());
  TRY_ASSIGN(Event event, event_of_route(tx, request));
  TRY(require(actor_of(request), Right::organise, scope_of(event)));
  TRY_ASSIGN(Team team, team_of_route(tx, request, event));
  TRY(require_all(actor_of(request), event, team.rights));
  TRY(work(tx, event, team));
  TRY(note(tx, actor_of(request), fact, event, team.id));
  TRY(tx.commit());
  return event;
}

}  // namespace

Result<http::Response> organiser_teams(const Web& web, http::Request& request) { return show_list(web, request, nullptr); }

Result<http::Response> organiser_team_add(const Web& web, http::Request& request) {
  auto added = [&]() -> Result<std::string> {
    TRY_ASSIGN(auto tx, web.db.begin_write());
    TRY_ASSIGN(Event event, event_of_route(tx, request));
    TRY(require(actor_of(request), Right::organise, scope_of(event)));
    TRY_ASSIGN(const auto tracks, track_options(tx, event, {}));
    TRY_ASSIGN(Team team, team_in(request.form, event, {}, tracks));
    TRY(require_all(actor_of(request), event, team.rights));
    TRY_ASSIGN(auto id, people::add_team(tx, team));
    TRY(note(tx, actor_of(request), "team.added", event, id));
    TRY(tx.commit());
    return team_path(event, id);
  }();
  if (!added) {
    if (!belongs_into_form(added.error())) return std::unexpected(std::move(added).error());
    return show_list(web, request, &added.error());
  }
  return organiser_done(*added, "added");
}

Result<http::Response> organiser_team(const Web& web, http::Request& request) { return show_team(web, request, Sent::nothing, nullptr); }

Result<http::Response> organiser_team_submit(const Web& web, http::Request& request) {
  auto done = change(web, request, "team.changed", [&](db::Tx& tx, const Event& event, const Team& stored) -> Result<void> {
    TRY_ASSIGN(const auto tracks, track_options(tx, event, stored));
    TRY_ASSIGN(Team team, team_in(request.form, event, stored, tracks));
    TRY(require_all(actor_of(request), event, team.rights));
    team.version = number_in(request.form.get("version")).value_or(0);
    return people::change_team(tx, team);
  });
  if (!done) {
    if (!belongs_into_form(done.error())) return std::unexpected(std::move(done).error());
    return show_team(web, request, Sent::team, &done.error());
  }
  return organiser_done(organiser_path(*done, "teams/" + request.param("id")), "saved");
}

Result<http::Response> organiser_member_add(const Web& web, http::Request& request) {
  auto done = change(web, request, "team.member_added", [&](db::Tx& tx, const Event&, const Team& team) -> Result<void> {
    TRY(people::add_member(tx, web.sign_in, team.id, tidy_line(request.form.get("member_name")), std::string(trim(request.form.get("member_email")))));
    return {};
  });
  if (!done) {
    if (!belongs_into_form(done.error())) return std::unexpected(std::move(done).error());
    Error error = done.error();
    for (auto& problem : error.problems)
      if (!problem.field.starts_with("member_")) problem.field = "member_" + problem.field;
    return show_team(web, request, Sent::member, &error);
  }
  return organiser_done(organiser_path(*done, "teams/" + request.param("id")), "invited");
}

Result<http::Response> organiser_member_remove(const Web& web, http::Request& request) {
  TRY_ASSIGN(Event event, change(web, request, "team.member_removed", [&](db::Tx& tx, const Event&, const Team& team) {
               return people::remove_member(tx, team.id, PersonId{number_in(request.form.get("person")).value_or(0)});
             }));
  return organiser_done(organiser_path(event, "teams/" + request.param("id")), "removed");
}

Result<http::Response> organiser_team_remove(const Web& web, http::Request& request) {
  TRY_ASSIGN(Event event, change(web, request, "team.removed", [](db::Tx& tx, const Event&, const Team& team) { return people::remove_team(tx, team.id); }));
  return organiser_done(organiser_path(event, "teams"), "removed");
}

}  // namespace confer::events
