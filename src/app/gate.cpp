// Before every handler (gate.h).
#include "app/gate.h"
#include <algorithm>
#include "base/json_writer.h"
#include "base/text.h"
#include "events/events.h"
#include "html/language.h"
#include "html/template.h"

namespace confer::app {
namespace {

constexpr std::string_view session_cookie = "confer_session";

Result<std::shared_ptr<const Actor>> actor_of_request(const Web& web, const http::Request& request) {
  constexpr std::string_view bearer = "Bearer ";
  if (auto authorization = request.header("authorization"); authorization.starts_with(bearer)) {
    TRY_ASSIGN(Actor actor, people::actor_of_token(web.db, authorization.substr(bearer.size())));
    return std::make_shared<const Actor>(std::move(actor));
  }
  auto token = request.cookie(session_cookie);
  if (token.empty()) return std::make_shared<const Actor>();
  TRY_ASSIGN(Actor actor, people::actor_of_session(web.db, token));
  return std::make_shared<const Actor>(std::move(actor));
}

/// "/de/…" is German; other pages are in the visitor's language where that is free to choose.
std::string language_of(const http::Request& request) {
  for (const auto& language : html::languages())
    if (request.path == "/" + language || request.path.starts_with("/" + language + "/")) return language;
  return html::negotiate_language(request.header("accept-language"));
}

/// The scope that the route's right is asked in. A route's first name is {event} or {series} where it has one.
Result<Scope> scope_of_route(const Web& web, const http::Request& request) {
  if (auto slug = request.route.find("event"); slug != request.route.end()) {
    TRY_ASSIGN(auto tx, web.db.begin_read());
    TRY_ASSIGN(auto event, events::require_event(tx, slug->second));
    return events::scope_of(event);
  }
  if (auto slug = request.route.find("series"); slug != request.route.end()) {
    TRY_ASSIGN(auto tx, web.db.begin_read());
    TRY_ASSIGN(auto series, events::find_series(tx, slug->second));
    if (!series) return fail(ErrorCode::not_found, "There is no such series.");
    return events::scope_of(*series);
  }
  return Scope{};
}

/// A hidden event must look like one that does not exist: the same code, the same words.
constexpr std::string_view no_such_page = "There is no such page.";
bool is_hidden_from(const Actor& actor, const Scope& scope) { return scope.event && !scope.is_public && !belongs_to(actor, scope); }

Result<void> require_route(const Actor& actor, Right right, const Scope& scope) {
  if (is_hidden_from(actor, scope)) return fail(ErrorCode::not_found, std::string(no_such_page));
  if (may_somewhere(actor, right, scope)) return {};
  return require(actor, right, scope);
}

bool is_api(const http::Request& request) { return request.path.starts_with("/api/"); }

}  // namespace

http::Gate make_gate(const Web& web) {
  return [&web](http::Request& request, const http::Route& route) -> Result<void> {
    request.language = language_of(request);
    TRY_ASSIGN(auto actor, actor_of_request(web, request));
    request.actor = actor;
    const auto right = static_cast<Right>(route.right);
    if (right != Right::anyone && !actor->signed_in()) return fail(ErrorCode::unauthenticated, "Please sign in first.");
    auto scope = scope_of_route(web, request);
    if (!scope && scope.error().code == ErrorCode::not_found) return fail(ErrorCode::not_found, std::string(no_such_page));
    if (!scope) return std::unexpected(std::move(scope.error()));
    if (right == Right::anyone && !is_hidden_from(*actor, *scope)) return {};
    return require_route(*actor, right, *scope);
  };
}

http::ErrorPage make_error_page(const Web& web) {
  return [&web](const http::Request& request, const Error& error) {
    if (is_api(request)) {
      JsonWriter w;
      w.begin_object().key("error").begin_object().field("code", name_of(error.code)).field("message", error.message);
      w.key("problems").begin_array();
      for (const auto& problem : error.problems) w.begin_object().field("field", problem.field).field("message", problem.message).end_object();
      return http::Response::of_error(error, "application/json", w.end_array().end_object().end_object().take());
    }
    const bool wants_page = request.method == http::Method::get && request.header("accept").find("text/html") != std::string_view::npos;
    if (error.code == ErrorCode::unauthenticated && wants_page) return http::Response::see_other("/sign-in?return_to=" + percent_encoded(request.target));
    html::View view;
    view.set("MESSAGE", html::translate(error.message, request.language));
    for (const auto& problem : error.problems) view.add("PROBLEM").set("TEXT", problem.message);
    view.show_if(!error.problems.empty(), "PROBLEMS");
    html::Page page;
    page.title = html::translate(error.code == ErrorCode::not_found ? "Not found" : "That did not work", request.language);
    page.language = request.language.empty() ? "en" : request.language;
    page.indexable = false;
    view.set("TITLE", page.title);
    page.body = html::render("app/error.html", view, page.language);
    return http::Response::of_error(error, "text/html; charset=utf-8", web.chrome(page));
  };
}

}  // namespace confer::app
