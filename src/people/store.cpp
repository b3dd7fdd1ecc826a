// The only C++ of people/ that runs SQL.
#include "people/store.h"
#include <map>
#include "base/json_writer.h"
#include "people/sql.h"

namespace confer::people::store {
namespace {

namespace sql = confer::sql::people;

struct PersonRow : Person {
  auto columns() { return std::tie(id, code, guid, name, biography, avatar_url, contact_email, language, created_at, version); }
};
struct SessionRow : Session {
  auto columns() { return std::tie(id, person, device, by_link, created_at, last_seen_at, expires_at); }
};
struct TeamRow : Team {
  std::string words;
  bool limited = false;
  auto columns() { return std::tie(id, code, name, series, event, words, limited, version); }
};

template <class Plain, class Row>
Result<std::vector<Plain>> plain(Result<std::vector<Row>> rows) {
  TRY_ASSIGN(auto list, std::move(rows));
  std::vector<Plain> out;
  out.reserve(list.size());
  for (auto& row : list) out.push_back(std::move(static_cast<Plain&>(row)));
  return out;
}
template <class Plain, class Row>
Result<std::optional<Plain>> plain(Result<std::optional<Row>> row) {
  TRY_ASSIGN(auto found, std::move(row));
  if (!found) return std::nullopt;
  return std::optional<Plain>(std::move(static_cast<Plain&>(*found)));
}
Result<bool> changed(Result<std::int64_t> rows) {
  TRY_ASSIGN(std::int64_t n, std::move(rows));
  return n == 1;
}
Result<void> done(Result<std::int64_t> rows) {
  TRY(std::move(rows));
  return {};
}
Result<bool> counted(Result<std::int64_t> count) {
  TRY_ASSIGN(std::int64_t n, std::move(count));
  return n > 0;
}

/// For `IN (…)`: one parameter, however many there are.
template <class Kind>
std::string json_list(const std::vector<Id<Kind>>& ids) {
  JsonWriter w;
  w.begin_array();
  for (auto id : ids) w.value(id.value);
  return w.end_array().take();
}

Result<std::vector<Team>> teams_of(db::Tx& tx, std::vector<TeamRow> rows) {
  std::vector<TeamId> limited;
  for (const auto& row : rows)
    if (row.limited) limited.push_back(row.id);
  std::multimap<TeamId, TrackId> tracks;
  if (!limited.empty()) {
    using TrackRow = std::tuple<TeamId, TrackId>;
    TRY_ASSIGN(auto found, tx.all<TrackRow>(sql::team_tracks, json_list(limited)));
    for (auto& [team, track] : found) tracks.emplace(team, track);
  }
  std::vector<Team> out;
  for (auto& row : rows) {
    TRY_ASSIGN(row.rights, rights_from_text(row.words));
    for (auto [at, end] = tracks.equal_range(row.id); at != end; ++at) row.tracks.push_back(at->second);
    out.push_back(std::move(static_cast<Team&>(row)));
  }
  return out;
}

}  // namespace

Result<std::optional<Person>> find_person(db::Tx& tx, PersonId id) { return plain<Person>(tx.find<PersonRow>(sql::find_person, id)); }
Result<std::optional<Person>> find_person_by_code(db::Tx& tx, std::string_view code) {
  return plain<Person>(tx.find<PersonRow>(sql::find_person_by_code, code));
}
Result<std::optional<Person>> find_person_by_email(db::Tx& tx, const std::string& folded) {
  return plain<Person>(tx.find<PersonRow>(sql::find_person_by_email, folded));
}
Result<std::vector<Person>> all_people(db::Tx& tx) { return plain<Person>(tx.all<PersonRow>(sql::all_people)); }
Result<std::vector<Person>> people_with_ids(db::Tx& tx, const std::vector<PersonId>& ids) {
  return plain<Person>(tx.all<PersonRow>(sql::people_with_ids, json_list(ids)));
}
Result<std::vector<Person>> people_with_guids(db::Tx& tx, const std::vector<std::string>& guids) {
  JsonWriter w;
  w.begin_array();
  for (const auto& guid : guids) w.value(guid);
  return plain<Person>(tx.all<PersonRow>(sql::people_with_guids, w.end_array().take()));
}
Result<PersonId> add(db::Tx& tx, const Person& p) {
  return tx.one<PersonId>(sql::add_person, p.code, p.guid, p.name, p.biography, p.avatar_url, p.contact_email, p.language, tx.now());
}
Result<bool> change(db::Tx& tx, const Person& p) {
  return changed(tx.run(sql::change_person, p.id, p.version, p.name, p.biography, p.avatar_url, p.contact_email, p.language));
}
Result<bool> is_code_taken(db::Tx& tx, std::string_view code) { return counted(tx.one<std::int64_t>(sql::person_code_taken, code)); }
Result<void> blank(db::Tx& tx, PersonId id, std::string_view new_guid) { return done(tx.run(sql::blank_person, id, new_guid, tx.now())); }

Result<std::optional<AccountRow>> find_account(db::Tx& tx, PersonId id) {
  struct Row : AccountRow {
    auto columns() { return std::tie(email, verified_at, password_hash, created_at); }
  };
  TRY_ASSIGN(auto row, plain<AccountRow>(tx.find<Row>(sql::find_account, id)));
  if (row) row->person = id;
  return row;
}
Result<std::optional<AccountRow>> find_account(db::Tx& tx, const std::string& folded) {
  struct Row : AccountRow {
    auto columns() { return std::tie(person, verified_at, password_hash); }
  };
  return plain<AccountRow>(tx.find<Row>(sql::find_account_by_email, folded));
}
Result<void> add_account(db::Tx& tx, PersonId person, const Email& email, std::optional<Instant> verified_at, const std::string& hash) {
  return done(tx.run(sql::add_account, person, email.address(), email.folded(), verified_at, hash, tx.now()));
}
namespace {
struct WholeAccountRow : AccountRow {
  auto columns() { return std::tie(person, email, verified_at, password_hash, created_at); }
};
}  // namespace
Result<std::vector<AccountRow>> list_accounts(db::Tx& tx) { return plain<AccountRow>(tx.all<WholeAccountRow>(sql::list_accounts)); }
Result<std::vector<AccountRow>> accounts_with_ids(db::Tx& tx, const std::vector<PersonId>& ids) {
  return plain<AccountRow>(tx.all<WholeAccountRow>(sql::accounts_with_ids, json_list(ids)));
}
Result<void> set_password(db::Tx& tx, PersonId person, const std::string& hash) { return done(tx.run(sql::set_password, person, hash)); }
Result<void> verify(db::Tx& tx, PersonId person) { return done(tx.run(sql::verify_account, person, tx.now())); }
Result<void> remove_account(db::Tx& tx, PersonId person) { return done(tx.run(sql::remove_account, person)); }

Result<std::int64_t> add_session(db::Tx& tx, const std::string& token_hash, PersonId person, const std::string& device, bool by_link, Instant expires_at) {
  return tx.one<std::int64_t>(sql::add_session, token_hash, person, device, by_link, tx.now(), expires_at);
}
Result<std::optional<Session>> find_session(db::Tx& tx, const std::string& token_hash) {
  return plain<Session>(tx.find<SessionRow>(sql::find_session, token_hash, tx.now()));
}
Result<std::vector<Session>> list_sessions(db::Tx& tx, PersonId person) { return plain<Session>(tx.all<SessionRow>(sql::list_sessions, person, tx.now())); }
Result<void> touch_session(db::Tx& tx, std::int64_t id, Instant expires_at) { return done(tx.run(sql::touch_session, id, tx.now(), expires_at)); }
Result<bool> remove_session(db::Tx& tx, std::int64_t id, PersonId person) { return changed(tx.run(sql::remove_session, id, person)); }
Result<void> remove_session(db::Tx& tx, std::int64_t id) { return done(tx.run(sql::remove_session_by_id, id)); }
Result<void> remove_other_sessions(db::Tx& tx, PersonId person, std::int64_t but) { return done(tx.run(sql::remove_other_sessions, person, but)); }
Result<void> remove_expired(db::Tx& tx) {
  TRY(tx.run(sql::remove_expired_sessions, tx.now()));
  return done(tx.run(sql::remove_old_links, tx.now()));
}

Result<void> add_link(db::Tx& tx, const std::string& token_hash, const Email& email, const std::string& return_to, Instant expires_at) {
  return done(tx.run(sql::add_link, token_hash, email.address(), email.folded(), return_to, tx.now(), expires_at));
}
Result<std::optional<LinkRow>> find_link(db::Tx& tx, const std::string& token_hash) {
  struct Row : LinkRow {
    auto columns() { return std::tie(id, email, return_to); }
  };
  return plain<LinkRow>(tx.find<Row>(sql::find_link, token_hash, tx.now()));
}
Result<bool> use_link(db::Tx& tx, std::int64_t id) { return changed(tx.run(sql::use_link, id, tx.now())); }
Result<void> remove_links(db::Tx& tx, const std::string& folded) { return done(tx.run(sql::remove_links, folded)); }

Result<std::vector<Membership>> memberships(db::Tx& tx, PersonId person) {
  using Row = std::tuple<std::int64_t, SeriesId, EventId, std::string, bool>;
  TRY_ASSIGN(auto rows, tx.all<Row>(sql::memberships, person));
  using TrackRow = std::tuple<std::int64_t, std::int64_t>;
  TRY_ASSIGN(auto tracks, tx.all<TrackRow>(sql::membership_tracks, person));
  std::vector<Membership> out;
  for (auto& [team, series, event, words, limited] : rows) {
    Membership m{.series = series, .event = event, .rights = {}, .limited_to_tracks = limited, .tracks = {}};
    TRY_ASSIGN(m.rights, rights_from_text(words));
    for (auto& [of, track] : tracks)
      if (of == team) m.tracks.insert(track);
    out.push_back(std::move(m));
  }
  return out;
}

Result<std::vector<Team>> list_teams(db::Tx& tx, const Scope& scope) {
  auto rows = scope.event    ? tx.all<TeamRow>(sql::teams_of_event, scope.event)
              : scope.series ? tx.all<TeamRow>(sql::teams_of_series, scope.series)
                             : tx.all<TeamRow>(sql::teams_of_installation);
  TRY_ASSIGN(auto list, std::move(rows));
  return teams_of(tx, std::move(list));
}
Result<std::optional<Team>> find_team(db::Tx& tx, TeamId id) {
  TRY_ASSIGN(auto row, tx.find<TeamRow>(sql::find_team, id));
  if (!row) return std::nullopt;
  std::vector<TeamRow> rows;
  rows.push_back(std::move(*row));
  TRY_ASSIGN(auto teams, teams_of(tx, std::move(rows)));
  return std::optional(std::move(teams.front()));
}
Result<TeamId> add(db::Tx& tx, const Team& t) {
  return tx.one<TeamId>(sql::add_team, t.code, t.name, t.series, t.event, rights_to_text(t.rights), !t.tracks.empty(), tx.now());
}
Result<bool> change(db::Tx& tx, const Team& t) {
  return changed(tx.run(sql::change_team, t.id, t.version, t.name, rights_to_text(t.rights), !t.tracks.empty()));
}
Result<bool> remove(db::Tx& tx, TeamId id) { return changed(tx.run(sql::remove_team, id, tx.now())); }
Result<void> replace_tracks(db::Tx& tx, TeamId id, const std::vector<TrackId>& tracks) {
  TRY(tx.run(sql::clear_team_tracks, id));
  for (TrackId track : tracks) TRY(tx.run(sql::add_team_track, id, track));
  return {};
}
Result<std::vector<std::pair<TeamId, Person>>> members(db::Tx& tx, const std::vector<TeamId>& teams) {
  struct Row : PersonRow {
    TeamId team;
    auto columns() { return std::tuple_cat(std::tie(team), PersonRow::columns()); }
  };
  TRY_ASSIGN(auto rows, tx.all<Row>(sql::team_members, json_list(teams)));
  std::vector<std::pair<TeamId, Person>> out;
  out.reserve(rows.size());
  for (auto& row : rows) out.emplace_back(row.team, std::move(static_cast<Person&>(row)));
  return out;
}
Result<void> add_member(db::Tx& tx, TeamId team, PersonId person) { return done(tx.run(sql::add_team_member, team, person, tx.now())); }
Result<bool> remove_member(db::Tx& tx, TeamId team, PersonId person) { return changed(tx.run(sql::remove_team_member, team, person)); }
Result<void> leave_all_teams(db::Tx& tx, PersonId person) { return done(tx.run(sql::leave_all_teams, person)); }

Result<void> add_token(db::Tx& tx, const std::string& token_hash, PersonId person, const std::string& label, EventId event, const std::string& scopes,
                       std::optional<Instant> expires_at) {
  TRY(tx.one<std::int64_t>(sql::add_token, token_hash, person, label, event, scopes, tx.now(), expires_at));
  return {};
}
Result<std::optional<TokenRow>> find_token(db::Tx& tx, const std::string& token_hash) {
  struct Row : TokenRow {
    auto columns() { return std::tie(id, person, event, scopes); }
  };
  return plain<TokenRow>(tx.find<Row>(sql::find_token, token_hash, tx.now()));
}
Result<std::vector<ApiToken>> list_tokens(db::Tx& tx, PersonId person) {
  struct Row : ApiToken {
    std::string words;
    auto columns() { return std::tie(id, label, event, words, created_at, last_used_at, expires_at, revoked_at); }
  };
  TRY_ASSIGN(auto rows, tx.all<Row>(sql::list_tokens, person));
  for (auto& row : rows) {
    TRY_ASSIGN(row.scopes, scopes_from_text(row.words));
  }
  return plain<ApiToken>(Result<std::vector<Row>>(std::move(rows)));
}
Result<void> touch_token(db::Tx& tx, std::int64_t id) { return done(tx.run(sql::touch_token, id, tx.now())); }
Result<bool> revoke_token(db::Tx& tx, std::int64_t id, PersonId person) { return changed(tx.run(sql::revoke_token, id, person, tx.now())); }
Result<void> revoke_tokens(db::Tx& tx, PersonId person) { return done(tx.run(sql::revoke_tokens, person, tx.now())); }
Result<void> remove_tokens(db::Tx& tx, PersonId person) { return done(tx.run(sql::remove_tokens, person)); }
Result<std::vector<PersonId>> accounts_without_person(db::Tx& tx) { return tx.all<PersonId>(sql::accounts_without_person); }

}  // namespace confer::people::store
