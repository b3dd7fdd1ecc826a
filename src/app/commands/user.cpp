// confer user add, list, grant, reset, link, token.
#include <iostream>
#include "app/commands/commands.h"
#include "events/events.h"
#include "people/people.h"

namespace confer::app {
namespace {

Result<PersonId> require_account(db::Database& db, const std::string& email) {
  TRY_ASSIGN(Email address, Email::parse(email));
  TRY_ASSIGN(auto tx, db.begin_read());
  TRY_ASSIGN(auto person, people::find_person_by_email(tx, address));
  if (!person) return fail(ErrorCode::invalid, "Nobody has signed up with this address. `confer user add` makes an account.");
  return person->id;
}

int print_link(Installation& here, const std::string& email) {
  auto link = people::make_sign_in_link(*here.db, here.config.public_url(), email);
  if (!link) return report_error(link.error());
  std::cout << *link << "\n";
  return 0;
}

Result<void> grant(Installation& here, const std::string& email, const std::string& words, const std::string& event_slug, const std::string& series_slug) {
  TRY_ASSIGN(auto rights, rights_from_text(words));
  TRY_ASSIGN(PersonId person, require_account(*here.db, email));
  TRY_ASSIGN(auto tx, here.db->begin_write());
  EventId event;
  SeriesId series;
  if (!event_slug.empty()) {
    TRY_ASSIGN(auto found, events::require_event(tx, event_slug));
    event = found.id;
  } else if (!series_slug.empty()) {
    TRY_ASSIGN(auto found, events::find_series(tx, series_slug));
    if (!found) return fail(ErrorCode::invalid, "There is no series “" + series_slug + "”.");
    series = found->id;
  }
  TRY(people::grant(tx, person, rights, series, event));
  return tx.commit();
}

/// For a script on this machine: somebody's token without a browser.
Result<Secret<std::string>> make_token(Installation& here, const std::string& email, const TokenOptions& options) {
  TRY_ASSIGN(auto scopes, scopes_from_text(options.scopes));
  TRY_ASSIGN(PersonId person, require_account(*here.db, email));
  TRY_ASSIGN(auto tx, here.db->begin_write());
  EventId event;
  if (!options.event.empty()) {
    TRY_ASSIGN(auto found, events::require_event(tx, options.event));
    event = found.id;
  }
  Actor actor = system_actor("command line");
  actor.person = person;
  std::optional<Instant> expires_at;
  if (options.days > 0) expires_at = tx.now() + std::chrono::days(options.days);
  TRY_ASSIGN(auto token, people::make_api_token(tx, actor, options.label, event, std::move(scopes), expires_at));
  TRY(tx.commit());
  return token;
}

}  // namespace

int run_user_add(Installation& here, const std::string& email, const std::string& name) {
  auto added = [&]() -> Result<void> {
    TRY_ASSIGN(auto tx, here.db->begin_write());
    TRY(people::add_account(tx, name, email));
    return tx.commit();
  }();
  if (!added) return report_error(added.error());
  return print_link(here, email);
}

int run_user_list(Installation& here) {
  auto done = [&]() -> Result<void> {
    TRY_ASSIGN(auto tx, here.db->begin_read());
    TRY_ASSIGN(auto accounts, people::list_accounts(tx));
    for (const auto& [account, person] : accounts)
      std::cout << person.code << "\t" << account.email.address() << "\t" << person.name << "\t" << (account.verified ? "verified" : "not verified") << "\n";
    return {};
  }();
  return done ? 0 : report_error(done.error());
}

int run_user_grant(Installation& here, const std::string& email, const std::string& rights, const std::string& event, const std::string& series) {
  auto done = grant(here, email, rights, event, series);
  if (!done) return report_error(done.error());
  std::cout << "Granted: " << rights << (event.empty() && series.empty() ? " on the whole installation" : " for " + event + series) << "\n";
  return 0;
}

int run_user_reset(Installation& here, const std::string& email) {
  auto done = [&]() -> Result<void> {
    TRY_ASSIGN(PersonId person, require_account(*here.db, email));
    TRY_ASSIGN(auto tx, here.db->begin_write());
    TRY(people::reset_account(tx, person));
    return tx.commit();
  }();
  if (!done) return report_error(done.error());
  std::cout << "All sessions end within ten seconds, and the password is removed. This link signs in once, within 24 hours:\n";
  return print_link(here, email);
}

int run_user_token(Installation& here, const std::string& email, const TokenOptions& options) {
  auto token = make_token(here, email, options);
  if (!token) return report_error(token.error());
  std::cout << token->reveal() << "\n";
  return 0;
}

int run_user_link(Installation& here, const std::string& email) { return print_link(here, email); }

}  // namespace confer::app
