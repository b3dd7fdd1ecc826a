// One's own account: details, password, sessions, tokens, data (people_pages.h).
#include <algorithm>
#include <array>
#include <charconv>
#include "base/text.h"
#include "html/template.h"
#include "people/people_pages.h"

namespace confer::people {
namespace {

constexpr std::array<std::pair<TokenScope, std::string_view>, 2> words_of_scopes{{
    {TokenScope::read_draft, html::translatable("read_draft: the programme before it is released, and events that are not public yet")},
    {TokenScope::read_people, html::translatable("read_people: the addresses of people in the programme")},
}};
constexpr std::string_view erase_word = html::translatable("erase");

/// The account belongs to the person in the browser: a token, made to do less, must not reach it.
Result<const Actor*> require_person(const http::Request& request) {
  const Actor& actor = actor_of(request);
  TRY(require(actor, Right::signed_in, {}));
  if (actor.session == 0) return fail(ErrorCode::forbidden, "An API token cannot do this. Sign in with a browser.");
  return &actor;
}

/// The number in "/account/sessions/12/revoke". Errors: not_found – it is none.
Result<std::int64_t> number_in_path(const http::Request& request) {
  const auto& text = request.param("id");
  std::int64_t number = 0;
  auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || end != text.data() + text.size()) return fail(ErrorCode::not_found, std::string(html::translatable("There is no such page.")));
  return number;
}

/// The scopes that the person's rights somewhere give a meaning to: what a token can be given.
std::set<TokenScope> scopes_of(const Actor& actor) {
  std::set<TokenScope> held;
  for (const auto& m : actor.memberships)
    for (const auto& [scope, word] : words_of_scopes)
      if (may_somewhere(actor, right_of(scope), Scope{.series = m.series, .event = m.event, .parent = {}, .track = {}, .is_public = false})) held.insert(scope);
  return held;
}

std::string moment(Instant t, std::string_view language) {
  const auto wall = Zone().to_wall(t);
  return format_date(std::chrono::floor<std::chrono::days>(wall), language, "yMMMd") + ", " + clock_text(wall) + " UTC";
}

/// Which form comes back, with what was typed in it and what is wrong; or the token that was made.
struct Shown {
  const Error* error = nullptr;
  enum class Form : unsigned char { none, profile, token } typed = Form::none;
  std::string new_token, new_token_label;
};

struct Loaded {
  Person person;
  std::optional<Account> account;
  std::vector<Session> sessions;
  std::vector<ApiToken> tokens;
};

Result<Loaded> load(const Web& web, const Actor& actor) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(auto person, find_person(tx, actor.person));
  if (!person) return fail(ErrorCode::unauthenticated, std::string(html::translatable("Please sign in first.")));
  Loaded loaded{.person = std::move(*person), .account = {}, .sessions = {}, .tokens = {}};
  TRY_ASSIGN(loaded.account, find_account(tx, actor.person));
  TRY_ASSIGN(loaded.sessions, list_sessions(tx, actor));
  TRY_ASSIGN(loaded.tokens, list_api_tokens(tx, actor));
  return loaded;
}

void fill_profile(html::View& view, const http::Request& request, const Person& person, bool typed) {
  const auto& form = request.form;
  const auto value = [&](std::string_view field, const std::string& stored) -> const std::string& { return typed ? form.get(field) : stored; };
  view.set("NAME", value("name", person.name)).set("BIOGRAPHY", value("biography", person.biography)).set("AVATAR_URL", value("avatar_url", person.avatar_url));
  view.set("CONTACT_EMAIL", value("contact_email", person.contact_email));
  if (typed)
    view.set("VERSION", form.get("version"));
  else
    view.set("VERSION", person.version);
  const auto& chosen = value("language", person.language);
  std::vector<std::string> offered = html::languages();
  if (std::ranges::find(offered, chosen) == offered.end() && is_language_tag(chosen)) offered.push_back(chosen);
  for (const auto& tag : offered)
    view.add("LANGUAGE").set("LANGUAGE_TAG", tag).set("LANGUAGE_NAME", html::language_name(tag)).show_if(tag == chosen, "LANGUAGE_CHOSEN");
}

void fill_sessions(html::View& view, const http::Request& request, const std::vector<Session>& sessions, std::int64_t current) {
  for (const auto& s : sessions) {
    auto& row = view.add("SESSION");
    row.set("SESSION_ID", s.id).set("DEVICE", s.device).set("SEEN", moment(s.last_seen_at, request.language)).set("SEEN_ISO", to_text(s.last_seen_at));
    row.show(s.device.empty() ? "SESSION_UNNAMED" : "SESSION_NAMED").show(s.id == current ? "SESSION_CURRENT" : "SESSION_OTHER");
  }
  view.show_if(sessions.size() > 1, "OTHERS");
}

void fill_tokens(html::View& view, const http::Request& request, const std::vector<ApiToken>& tokens, const Actor& actor, const AccountActions& actions,
                 bool typed) {
  const auto held = scopes_of(actor);
  view.show_if(!tokens.empty(), "TOKEN_LIST").show_if(!held.empty(), "SCOPES");
  const auto events = actions.events_for_tokens(actor);
  view.show_if(!events.empty(), "EVENTS");
  for (const auto& t : tokens) {
    auto& row = view.add("TOKEN");
    row.set("TOKEN_ID", t.id).set("TOKEN_LABEL", t.label).set("TOKEN_SCOPES", scopes_to_text(t.scopes));
    if (t.event) {
      auto found = std::ranges::find(events, t.event, &std::pair<EventId, std::string>::first);
      row.add("TOKEN_EVENT")
          .set("TOKEN_EVENT_TITLE",
               found == events.end() ? std::string(html::translate("an event that you have no rights in", request.language)) : found->second);
    }
    if (t.last_used_at)
      row.add("TOKEN_USED").set("USED", moment(*t.last_used_at, request.language)).set("USED_ISO", to_text(*t.last_used_at));
    else
      row.show("TOKEN_UNUSED");
    if (t.expires_at) row.add("TOKEN_EXPIRES").set("EXPIRES", moment(*t.expires_at, request.language)).set("EXPIRES_ISO", to_text(*t.expires_at));
    const bool over = t.revoked_at || (t.expires_at && *t.expires_at <= request.received);
    row.show(over ? "TOKEN_ENDED" : "TOKEN_LIVE");
  }
  const auto chosen = typed ? request.form.every("scopes") : std::vector<std::string>{};
  view.set("LABEL", typed ? request.form.get("label") : "");
  for (const auto& [scope, word] : words_of_scopes)
    if (held.contains(scope))
      view.add("CHOICE")
          .set("SCOPE", name_of(scope))
          .set("SCOPE_TEXT", html::translate(word, request.language))
          .show_if(std::ranges::find(chosen, name_of(scope)) != chosen.end(), "CHOSEN");
  for (const auto& [id, title] : events)
    view.add("EVENT")
        .set("EVENT_ID", id.value)
        .set("EVENT_TITLE", title)
        .show_if(typed && request.form.get("event") == std::to_string(id.value), "EVENT_CHOSEN");
}

Result<html::Page> draw(const Web& web, const AccountActions& actions, const http::Request& request, const Actor& actor, const Shown& shown) {
  TRY_ASSIGN(const Loaded loaded, load(web, actor));
  html::View view;
  view.set("PERSON_NAME", loaded.person.name).show_if(!actor.memberships.empty(), "IN_TEAM");
  if (loaded.account) view.set("ACCOUNT_EMAIL", loaded.account->email.address()).show("EMAIL_KNOWN");
  const bool has_password = loaded.account && loaded.account->has_password;
  const auto here = std::ranges::find(loaded.sessions, actor.session, &Session::id);
  const bool may_replace = here != loaded.sessions.end() && may_replace_password(*here, request.received);
  view.show(!has_password ? "NO_PASSWORD" : may_replace ? "MAY_REPLACE" : "HAS_PASSWORD");
  show_notice(view, request);
  if (shown.error != nullptr) show_problems(view, *shown.error, request.language);
  if (!shown.new_token.empty()) view.add("NEW_TOKEN").set("NEW_TOKEN_TEXT", shown.new_token).set("NEW_TOKEN_LABEL", shown.new_token_label);
  fill_profile(view, request, loaded.person, shown.typed == Shown::Form::profile);
  fill_sessions(view, request, loaded.sessions, actor.session);
  fill_tokens(view, request, loaded.tokens, actor, actions, shown.typed == Shown::Form::token);
  html::Page page;
  page.title = html::translate(html::translatable("Your account"), request.language);
  page.body = html::render("people/account.html", view, request.language);
  return page;
}

/// The account's page again, with what is wrong; errors that are nobody's typing go up.
Result<http::Response> again(const Web& web, const AccountActions& actions, const http::Request& request, const Actor& actor, const Error& error,
                             Shown::Form typed) {
  if (error.code != ErrorCode::invalid && error.code != ErrorCode::conflict) return std::unexpected(error);
  TRY_ASSIGN(html::Page page, draw(web, actions, request, actor, {.error = &error, .typed = typed, .new_token = {}, .new_token_label = {}}));
  if (error.code == ErrorCode::conflict) return failed_response(web, request, error, std::move(page));
  return rejected_response(web, request, std::move(page));
}

}  // namespace

Result<http::Response> account_page(const Web& web, const AccountActions& actions, http::Request& request) {
  TRY_ASSIGN(const Actor* actor, require_person(request));
  TRY_ASSIGN(html::Page page, draw(web, actions, request, *actor, {}));
  return page_response(web, request, std::move(page));
}

Result<http::Response> profile_submit(const Web& web, const AccountActions& actions, http::Request& request) {
  TRY_ASSIGN(const Actor* actor, require_person(request));
  const auto& form = request.form;
  std::int64_t version = 0;
  const auto& text = form.get("version");
  std::from_chars(text.data(), text.data() + text.size(), version);
  auto done = [&]() -> Result<void> {
    TRY_ASSIGN(auto tx, web.db.begin_write());
    TRY(change_person(tx, actor->person, version,
                      {.name = form.get("name"),
                       .biography = form.get("biography"),
                       .avatar_url = std::string(trim(form.get("avatar_url"))),
                       .contact_email = std::string(trim(form.get("contact_email"))),
                       .language = form.get("language")}));
    return tx.commit();
  }();
  if (!done) return again(web, actions, request, *actor, done.error(), Shown::Form::profile);
  return http::Response::see_other("/account?done=profile");
}

Result<http::Response> password_submit(const Web& web, const AccountActions& actions, http::Request& request) {
  TRY_ASSIGN(const Actor* actor, require_person(request));
  auto done = change_password(web.db, *actor, Secret<std::string>(request.form.get("current")), Secret<std::string>(request.form.get("password")));
  if (!done) return again(web, actions, request, *actor, done.error(), Shown::Form::none);
  return http::Response::see_other("/account?done=password");
}

Result<http::Response> session_revoke(const Web& web, http::Request& request) {
  TRY_ASSIGN(const Actor* actor, require_person(request));
  TRY_ASSIGN(std::int64_t id, number_in_path(request));
  TRY(revoke_session(web.db, *actor, id));
  return http::Response::see_other("/account?done=session");
}

Result<http::Response> sessions_revoke_others(const Web& web, http::Request& request) {
  TRY_ASSIGN(const Actor* actor, require_person(request));
  TRY(revoke_other_sessions(web.db, *actor));
  return http::Response::see_other("/account?done=sessions");
}

Result<http::Response> token_submit(const Web& web, const AccountActions& actions, http::Request& request) {
  TRY_ASSIGN(const Actor* actor, require_person(request));
  const auto& form = request.form;
  const auto held = scopes_of(*actor);
  std::set<TokenScope> scopes;
  for (const auto& name : form.every("scopes"))
    for (const TokenScope scope : held)
      if (name_of(scope) == name) scopes.insert(scope);
  const auto events = actions.events_for_tokens(*actor);
  auto event = std::ranges::find(events, form.get("event"), [](const auto& e) { return std::to_string(e.first.value); });
  if (!form.get("event").empty() && event == events.end()) {
    const std::string message(html::translatable("Choose one of these events, or everywhere."));
    return again(web, actions, request, *actor, {ErrorCode::invalid, message, {}, {}, {{"event", message}}}, Shown::Form::token);
  }
  auto made = [&]() -> Result<Secret<std::string>> {
    TRY_ASSIGN(auto tx, web.db.begin_write());
    std::optional<Instant> expires_at;
    if (form.get("days") != "") expires_at = tx.now() + std::chrono::days(form.get("days") == "365" ? 365 : 30);
    TRY_ASSIGN(auto token, make_api_token(tx, *actor, form.get("label"), event == events.end() ? EventId{} : event->first, scopes, expires_at));
    TRY(tx.commit());
    return token;
  }();
  if (!made) return again(web, actions, request, *actor, made.error(), Shown::Form::token);
  TRY_ASSIGN(html::Page page,
             draw(web, actions, request, *actor,
                  {.error = nullptr, .typed = Shown::Form::none, .new_token = made->reveal(), .new_token_label = tidy_line(form.get("label"))}));
  return page_response(web, request, std::move(page));
}

Result<http::Response> token_revoke(const Web& web, http::Request& request) {
  TRY_ASSIGN(const Actor* actor, require_person(request));
  TRY_ASSIGN(std::int64_t id, number_in_path(request));
  TRY_ASSIGN(auto tx, web.db.begin_write());
  TRY(revoke_api_token(tx, *actor, id));
  TRY(tx.commit());
  return http::Response::see_other("/account?done=token");
}

Result<http::Response> account_export(const Web& /*web*/, const AccountActions& actions, http::Request& request) {
  TRY_ASSIGN(const Actor* actor, require_person(request));
  TRY_ASSIGN(std::string json, actions.export_all(actor->person));
  return http::Response::content("application/json", std::move(json)).with_header("Content-Disposition", "attachment; filename=\"my-data.json\"");
}

Result<http::Response> account_erase(const Web& web, const AccountActions& actions, http::Request& request) {
  TRY_ASSIGN(const Actor* actor, require_person(request));
  const std::string typed = fold(tidy_line(request.form.get("confirm")));
  const bool meant =
      !typed.empty() && (typed == fold(actor->name) || typed == fold(erase_word) || typed == fold(html::translate(erase_word, request.language)));
  if (!meant) {
    const std::string message(html::translatable("Nothing was erased: this is neither your name nor the word."));
    return again(web, actions, request, *actor, {ErrorCode::invalid, message, {}, {}, {{"confirm", message}}}, Shown::Form::none);
  }
  TRY(actions.erase_all(*actor, actor->person));
  return http::Response::see_other("/sign-in?done=erased")
      .with_cookie({.name = std::string(session_cookie), .value = {}, .max_age = std::chrono::seconds(0), .script_may_read = false});
}

}  // namespace confer::people
