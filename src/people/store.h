// Rows of people/ and the SQL that reads and writes them.
#pragma once
#include "people/people.h"

namespace confer::people::store {

Result<std::optional<Person>> find_person(db::Tx& tx, PersonId id);
Result<std::optional<Person>> find_person_by_code(db::Tx& tx, std::string_view code);
Result<std::optional<Person>> find_person_by_email(db::Tx& tx, const std::string& folded);
Result<std::vector<Person>> all_people(db::Tx& tx);
Result<std::vector<Person>> people_with_ids(db::Tx& tx, const std::vector<PersonId>& ids);
/// GUIDs in lower case.
Result<std::vector<Person>> people_with_guids(db::Tx& tx, const std::vector<std::string>& guids);
Result<PersonId> add(db::Tx& tx, const Person& person);
Result<bool> change(db::Tx& tx, const Person& person);
Result<bool> is_code_taken(db::Tx& tx, std::string_view code);
Result<void> blank(db::Tx& tx, PersonId id, std::string_view new_guid);

struct AccountRow {
  PersonId person;
  std::string email, password_hash;
  std::optional<Instant> verified_at;
  Instant created_at{};
};
Result<std::optional<AccountRow>> find_account(db::Tx& tx, PersonId id);
Result<std::optional<AccountRow>> find_account(db::Tx& tx, const std::string& folded);
Result<void> add_account(db::Tx& tx, PersonId person, const Email& email, std::optional<Instant> verified_at, const std::string& password_hash);
Result<std::vector<AccountRow>> list_accounts(db::Tx& tx);
Result<std::vector<AccountRow>> accounts_with_ids(db::Tx& tx, const std::vector<PersonId>& ids);
Result<void> set_password(db::Tx& tx, PersonId person, const std::string& hash);
Result<void> verify(db::Tx& tx, PersonId person);
Result<void> remove_account(db::Tx& tx, PersonId person);

Result<std::int64_t> add_session(db::Tx& tx, const std::string& token_hash, PersonId person, const std::string& device, bool by_link, Instant expires_at);
Result<std::optional<Session>> find_session(db::Tx& tx, const std::string& token_hash);
Result<std::vector<Session>> list_sessions(db::Tx& tx, PersonId person);
Result<void> touch_session(db::Tx& tx, std::int64_t id, Instant expires_at);
Result<bool> remove_session(db::Tx& tx, std::int64_t id, PersonId person);
Result<void> remove_session(db::Tx& tx, std::int64_t id);
/// `but` 0: all of them.
Result<void> remove_other_sessions(db::Tx& tx, PersonId person, std::int64_t but);
Result<void> remove_expired(db::Tx& tx);

struct LinkRow {
  std::int64_t id = 0;
  std::string email, return_to;
};
Result<void> add_link(db::Tx& tx, const std::string& token_hash, const Email& email, const std::string& return_to, Instant expires_at);
Result<std::optional<LinkRow>> find_link(db::Tx& tx, const std::string& token_hash);
/// False when somebody else used it meanwhile.
Result<bool> use_link(db::Tx& tx, std::int64_t id);
Result<void> remove_links(db::Tx& tx, const std::string& folded);

Result<std::vector<Membership>> memberships(db::Tx& tx, PersonId person);
/// Without members.
Result<std::vector<Team>> list_teams(db::Tx& tx, const Scope& scope);
Result<std::optional<Team>> find_team(db::Tx& tx, TeamId id);
Result<TeamId> add(db::Tx& tx, const Team& team);
Result<bool> change(db::Tx& tx, const Team& team);
Result<bool> remove(db::Tx& tx, TeamId id);
Result<void> replace_tracks(db::Tx& tx, TeamId id, const std::vector<TrackId>& tracks);
/// The members of all these teams, by name.
Result<std::vector<std::pair<TeamId, Person>>> members(db::Tx& tx, const std::vector<TeamId>& teams);
Result<void> add_member(db::Tx& tx, TeamId team, PersonId person);
Result<bool> remove_member(db::Tx& tx, TeamId team, PersonId person);
Result<void> leave_all_teams(db::Tx& tx, PersonId person);

struct TokenRow {
  std::int64_t id = 0;
  PersonId person;
  EventId event;
  std::string scopes;
};
Result<void> add_token(db::Tx& tx, const std::string& token_hash, PersonId person, const std::string& label, EventId event, const std::string& scopes,
                       std::optional<Instant> expires_at);
Result<std::optional<TokenRow>> find_token(db::Tx& tx, const std::string& token_hash);
Result<std::vector<ApiToken>> list_tokens(db::Tx& tx, PersonId person);
Result<void> touch_token(db::Tx& tx, std::int64_t id);
Result<bool> revoke_token(db::Tx& tx, std::int64_t id, PersonId person);
/// All of theirs; they stay listed.
Result<void> revoke_tokens(db::Tx& tx, PersonId person);
Result<void> remove_tokens(db::Tx& tx, PersonId person);
Result<std::vector<PersonId>> accounts_without_person(db::Tx& tx);

}  // namespace confer::people::store
