// The pages of people: signing up, in and out, and one's own account.
#pragma once
#include <functional>
#include <string>
#include <utility>
#include <vector>
#include "http/message.h"
#include "people/web.h"

namespace confer::people {

/// The cookie that holds a session's token.
inline constexpr std::string_view session_cookie = "confer_session";

/// What the account's page asks of all slices together; app fills it.
struct AccountActions {
  /// Everything of a person in every slice, as one JSON object.
  std::function<Result<std::string>(PersonId)> export_all;
  /// Erases a person in every slice, in one transaction.
  std::function<Result<void>(const Actor&, PersonId)> erase_all;
  /// The events that an API token may be limited to, with their titles: those that the actor has rights in.
  std::function<std::vector<std::pair<EventId, std::string>>(const Actor&)> events_for_tokens;
};

// ---- anyone

/// GET /sign-in?return_to=: by password, or by a link in a mail, on one page.
Result<http::Response> sign_in_page(const Web& web, http::Request& request);
/// POST /sign-in: email, password, return_to.
Result<http::Response> sign_in_submit(const Web& web, http::Request& request);
/// POST /sign-in/link-request: email, return_to. Answers the same whether or not the address is known.
Result<http::Response> link_request(const Web& web, http::Request& request);
/// GET /check-your-mail
Result<http::Response> check_your_mail_page(const Web& web, http::Request& request);
/// GET /sign-in/link?token=: asks for a click, because mail scanners open links.
Result<http::Response> link_page(const Web& web, http::Request& request);
/// POST /sign-in/link: token, password (where one waits to be confirmed).
Result<http::Response> link_submit(const Web& web, http::Request& request);
/// GET /sign-up?return_to=
Result<http::Response> sign_up_page(const Web& web, http::Request& request);
/// POST /sign-up: name, email, password (may be empty), return_to.
Result<http::Response> sign_up_submit(const Web& web, http::Request& request);
/// POST /sign-out: for anyone, so that a session that ended meanwhile is no error.
Result<http::Response> sign_out_submit(const Web& web, http::Request& request);

// ---- signed_in. A token's actor is refused on all of them: they belong to the person in the browser.

/// GET /account
Result<http::Response> account_page(const Web& web, const AccountActions& actions, http::Request& request);
/// POST /account/profile: name, biography, avatar_url, contact_email, language, version.
Result<http::Response> profile_submit(const Web& web, const AccountActions& actions, http::Request& request);
/// POST /account/password: current, password.
Result<http::Response> password_submit(const Web& web, const AccountActions& actions, http::Request& request);
/// POST /account/sessions/{id}/revoke
Result<http::Response> session_revoke(const Web& web, http::Request& request);
/// POST /account/sessions/revoke-others
Result<http::Response> sessions_revoke_others(const Web& web, http::Request& request);
/// POST /account/tokens: label, event (a number, empty: all), scopes (repeated), days (30, 365, empty: until revoked). Shows the new token, once.
Result<http::Response> token_submit(const Web& web, const AccountActions& actions, http::Request& request);
/// POST /account/tokens/{id}/revoke
Result<http::Response> token_revoke(const Web& web, http::Request& request);
/// GET /account/export: a JSON file.
Result<http::Response> account_export(const Web& web, const AccountActions& actions, http::Request& request);
/// POST /account/erase: confirm (one's own name, or the word that the page names).
Result<http::Response> account_erase(const Web& web, const AccountActions& actions, http::Request& request);

}  // namespace confer::people
