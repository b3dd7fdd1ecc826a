// People: who we know, how they sign in, what teams they are in.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include "base/secret.h"
#include "base/time.h"
#include "db/database.h"
#include "ids/ids.h"
#include "mail/mail.h"
#include "people/rights.h"
#include "people/token_scope.h"

namespace confer::people {

/// A human being, with or without a login.
struct Person {
  PersonId id;
  std::string code, guid, name, biography, avatar_url, contact_email, language = "en";
  Instant created_at{};
  std::int64_t version = 1;
};

/// What signs a person in.
struct Account {
  PersonId person;
  Email email;
  bool verified = false, has_password = false;
  Instant created_at{};
};

struct Session {
  std::int64_t id = 0;
  PersonId person;
  std::string device;    ///< "Firefox, Android": from the User-Agent, for the person's own list
  bool by_link = false;  ///< opened by a mailed link alone: whoever did that reads the account's mailbox
  Instant created_at{}, last_seen_at{}, expires_at{};
};

/// What the sign-in functions need of their surroundings.
struct SignIn {
  mail::Settings mail;
  std::string base_url;  ///< "https://conf.example.org"
};

// ---- sign-up and sign-in

/// Sends a link that verifies the address and then signs in. Tells the caller nothing about whether the address is known.
/// Anybody can type anybody's address: the password counts only when it is typed once more at the link (use_sign_in_link), so that who
/// confirms an address never confirms a stranger's password. Of several sign-ups before that, the last one's password stands. What comes after the
/// hour's fifth mail to the address (send_sign_in_link) changes nothing.
/// Errors: invalid – name, address or password (password.h) is not acceptable; all problems at once.
Result<void> sign_up(db::Database& db, const SignIn& context, std::string name, std::string email, Secret<std::string> password, std::string language,
                     std::string return_to = "/account");
/// A one-time link (15 minutes) to a known address; to an unknown one a mail that says so. Five mails an hour to an address, silently no more.
Result<void> send_sign_in_link(db::Database& db, const SignIn& context, std::string email, std::string return_to, std::string language);
/// A link for the command line and for `script/server`; valid for 24 hours. Makes the account when there is none.
Result<std::string> make_sign_in_link(db::Database& db, const std::string& base_url, std::string email);

struct SignedIn {
  Secret<std::string> session_token;  ///< for the cookie
  PersonId person;
  std::string return_to;
  std::chrono::seconds lifetime{};  ///< at most (180 days): how long the cookie is kept. The server ends a session that was not used for 30 days.
};
struct LinkFound {
  std::string email;
  bool asks_password = false;  ///< the address is confirmed by this link, and a password waits to be typed once more
};
/// What the link would do, without using it: for the page that asks for a click. Errors: gone – used, expired or unknown.
Result<LinkFound> peek_sign_in_link(db::Database& db, std::string_view token);
/// Uses the link; verifies the address; opens a session. A password that waits is kept when `password` is the same, and dropped when it is empty.
/// Errors: gone; invalid – another password was chosen (the link stays unused).
Result<SignedIn> use_sign_in_link(db::Database& db, std::string_view token, std::string device, Secret<std::string> password = {});
/// Errors: unauthenticated – wrong address or password, or not verified yet (one sentence for all, the same time for all).
Result<SignedIn> sign_in_with_password(db::Database& db, std::string email, Secret<std::string> password, std::string device);
/// A path of this site that a browser cannot read as another site's, or `otherwise`.
std::string safe_return(std::string_view path, std::string_view otherwise = "/");
Result<void> sign_out(db::Database& db, std::int64_t session);
Result<void> revoke_session(db::Database& db, const Actor& actor, std::int64_t session);
Result<void> revoke_other_sessions(db::Database& db, const Actor& actor);
Result<std::vector<Session>> list_sessions(db::Tx& tx, const Actor& actor);
/// Whether a password that was forgotten can be replaced in this session without typing it: for an hour after coming by a mailed link.
bool may_replace_password(const Session& session, Instant now);
/// `current` is needed when there is one and `may_replace_password` says no. Ends other sessions and open links. Errors: invalid – for "current" or
/// "password"; forbidden – by an API token.
Result<void> change_password(db::Database& db, const Actor& actor, Secret<std::string> current, Secret<std::string> next);

/// The actor of a session cookie; anonymous when it is not (any more) valid. Cached for 10 s in the process; a revocation here clears it at once.
Result<Actor> actor_of_session(db::Database& db, std::string_view token);
/// The actor of an API token ("Authorization: Bearer …"): of its person's rights, those that its scopes stand for, where it was made for. Whoever takes
/// tokens must let them read only. Errors: unauthenticated.
Result<Actor> actor_of_token(db::Database& db, std::string_view token);

// ---- people

struct PersonForm {
  std::string name, biography, avatar_url, contact_email, language = "en";
};
/// `guid`: a stable UUID from elsewhere; empty: a new one. Errors: conflict – somebody has it.
Result<Person> add_person(db::Tx& tx, const PersonForm& form, std::string guid = {});
/// In no order; unknown ones are left out; any letter case. One statement.
Result<std::vector<Person>> people_with_guids(db::Tx& tx, const std::vector<std::string>& guids);
Result<std::optional<Person>> find_person(db::Tx& tx, PersonId id);
Result<std::optional<Person>> find_person_by_code(db::Tx& tx, std::string_view code);
Result<std::optional<Account>> find_account(db::Tx& tx, PersonId id);
/// Where to write to somebody: the account's verified address, else the one that organisers know; nothing when there is none.
Result<std::optional<Email>> address_of(db::Tx& tx, const Person& person);
/// In no order; who has no account is left out. One statement.
Result<std::vector<Account>> accounts_with_ids(db::Tx& tx, const std::vector<PersonId>& ids);
/// By name, folded equality: candidates for credits.
Result<std::vector<Person>> find_people_by_name(db::Tx& tx, std::string_view name);
Result<std::vector<Person>> list_people(db::Tx& tx, std::string_view name_part, int limit, int offset);
/// In no order, each once; unknown and erased ones are left out. One statement.
Result<std::vector<Person>> people_with_ids(db::Tx& tx, const std::vector<PersonId>& ids);
/// Errors: conflict – changed by someone else since `version`.
Result<void> change_person(db::Tx& tx, PersonId id, std::int64_t version, const PersonForm& form);

// ---- accounts, for the command line and the installation's pages

Result<std::optional<Person>> find_person_by_email(db::Tx& tx, const Email& email);
/// A person with a verified account and no password yet. Errors: conflict – the address has one; invalid.
Result<PersonId> add_account(db::Tx& tx, std::string name, std::string email);
Result<std::vector<std::pair<Account, Person>>> list_accounts(db::Tx& tx);
/// Ends all sessions, removes the password and open links, revokes API tokens.
Result<void> reset_account(db::Tx& tx, PersonId person);

// ---- teams

struct TeamKind;
using TeamId = Id<TeamKind>;
struct Team {
  TeamId id;
  std::string code, name;
  SeriesId series;
  EventId event;
  std::set<Right> rights;
  std::vector<TrackId> tracks;  ///< empty: all
  std::vector<Person> members;
  std::int64_t version = 1;
};
Result<std::vector<Team>> list_teams(db::Tx& tx, const Scope& scope);
Result<TeamId> add_team(db::Tx& tx, const Team& team);
Result<void> change_team(db::Tx& tx, const Team& team);
Result<void> remove_team(db::Tx& tx, TeamId id);
/// Adds somebody by address; makes a person and account (to be verified by the invitation's link) when there is none.
Result<PersonId> add_member(db::Tx& tx, const SignIn& context, TeamId team, std::string name, std::string email);
Result<void> remove_member(db::Tx& tx, TeamId team, PersonId person);
/// For `confer user grant EMAIL RIGHTS [--event SLUG|--series SLUG]`: puts the person into a team of exactly these rights there.
Result<void> grant(db::Tx& tx, PersonId person, const std::set<Right>& rights, SeriesId series, EventId event);

// ---- API tokens

struct ApiToken {
  std::int64_t id = 0;
  std::string label;
  EventId event;
  std::set<TokenScope> scopes;
  Instant created_at{};
  std::optional<Instant> last_used_at, expires_at, revoked_at;
};
/// For `actor.person`. The token is shown once and stored as a hash. Scopes whose right the person does not hold come to nothing; read_public is always there.
/// Errors: invalid – no label; forbidden – asked by a token: one token cannot make a wider one.
Result<Secret<std::string>> make_api_token(db::Tx& tx, const Actor& actor, std::string label, EventId event, std::set<TokenScope> scopes,
                                           std::optional<Instant> expires_at);
Result<std::vector<ApiToken>> list_api_tokens(db::Tx& tx, const Actor& actor);
Result<void> revoke_api_token(db::Tx& tx, const Actor& actor, std::int64_t id);

// ---- the four answers

/// Everything of theirs in this slice, as a JSON object.
Result<std::string> export_person(db::Tx& tx, PersonId id);
/// Removes account, sessions, links, tokens, memberships, contact data and the mails to the person and the account's address; the row stays as "deleted"
/// with a name of nothing and another GUID. Errors: not_found – there is no such person (any more).
Result<void> erase_person(db::Tx& tx, PersonId id);
Result<std::vector<std::string>> check(db::Tx& tx);

}  // namespace confer::people
