// Before every handler (gate.h).
#include "app/gate.h"
#include <algorithm>
#include "base/text.h"
#include "events/events.h"
#include "html/language.h"
#include "html/template.h"
#include "site/content.h"
#include "site/event_frame.h"

namespace confer::app {
namespace {

constexpr std::string_view session_cookie = "confer_session";

bool is_api(const http::Request& request) { return request.path.starts_with("/api/"); }

Result<std::shared_ptr<const Actor>> actor_of_request(const Web& web, const http::Request& request) {
  // Tokens are made for reading the API: everywhere else, where there are forms, they count for nothing.
  if (auto authorization = request.header("authorization"); is_api(request) && !authorization.empty()) {
    constexpr std::string_view bearer = "bearer ";  // the scheme's name is case-insensitive (RFC 9110 § 11.1)
    if (ascii_lower(authorization.substr(0, bearer.size())) != bearer)
      return fail(ErrorCode::unauthenticated, "Send the token as “Authorization: Bearer TOKEN”.");
    TRY_ASSIGN(Actor actor, people::actor_of_token(web.db, trim(authorization.substr(bearer.size()))));
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

/// The public event that an address lies in, if any: who followed a dead link into it goes on from there.
std::optional<events::Event> event_around(const Web& web, const http::Request& request) {
  std::string_view path = std::string_view(request.path).substr(1);
  if (const auto slash = path.find('/');
      slash != std::string_view::npos && std::ranges::find(html::languages(), path.substr(0, slash)) != html::languages().end())
    path.remove_prefix(slash + 1);
  auto tx = web.db.begin_read();
  if (!tx) return std::nullopt;
  auto event = events::require_event(*tx, path.substr(0, path.find('/')));
  if (!event || !event->is_public) return std::nullopt;
  return *event;
}

void fill_event(html::View& view, html::Page& page, const events::Event& event) {
  const auto languages = site::page_languages(event);
  const std::string base = site::base_of(event, languages, page.language);
  page.site_title = site::event_title(event, page.language);
  page.home = base;
  page.styles = {"/" + event.slug + "/theme.css"};
  auto& ways = view.add("EVENT").set("SCHEDULE_HREF", base + "/schedule").set("HOME_HREF", base);
  if (event.has(events::Feature::search)) ways.add("SEARCH").set("SEARCH_ACTION", base + "/search");
}

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
    if (is_api(request)) return http::Response::problem(error);
    const bool wants_page = request.method == http::Method::get && request.header("accept").find("text/html") != std::string_view::npos;
    if (error.code == ErrorCode::unauthenticated && wants_page) return http::Response::see_other("/sign-in?return_to=" + percent_encoded(request.target));
    html::View view;
    view.set("MESSAGE", html::translate(error.message, request.language));
    for (const auto& problem : error.problems) view.add("PROBLEM").set("TEXT", problem.message);
    view.show_if(!error.problems.empty(), "PROBLEMS");
    html::Page page;
    page.title =
        html::translate(error.code == ErrorCode::not_found ? html::translatable("Not found") : html::translatable("That did not work"), request.language);
    page.language = request.language.empty() ? "en" : request.language;
    page.indexable = false;
    view.set("TITLE", page.title);
    const auto event = wants_page && error.code == ErrorCode::not_found && request.path.size() > 1 ? event_around(web, request) : std::nullopt;
    if (event)
      fill_event(view, page, *event);
    else
      view.show("NO_EVENT");
    page.body = html::render("app/error.html", view, page.language);
    return http::Response::of_error(error, "text/html; charset=utf-8", web.chrome(page));
  };
}

}  // namespace confer::app
