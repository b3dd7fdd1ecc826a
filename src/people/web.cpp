// Pages that are drawn for one person (web.h).
#include "people/web.h"
#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace confer {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 19> notices{{
    {"saved", html::translatable("Saved.")},
    {"added", html::translatable("Added.")},
    {"removed", html::translatable("Removed.")},
    {"restored", html::translatable("Brought back.")},
    {"undone", html::translatable("Undone.")},
    {"moved", html::translatable("Moved.")},
    {"cancelled", html::translatable("Cancelled.")},
    {"copied", html::translatable("Copied.")},
    {"imported", html::translatable("Imported.")},
    {"released", html::translatable("Released.")},
    {"sent", html::translatable("Sent.")},
    {"thanks", html::translatable("Thank you. The recording team is told.")},
    {"profile", html::translatable("Your details are saved.")},
    {"password", html::translatable("Your password is changed. All other sessions have ended.")},
    {"session", html::translatable("The session has ended.")},
    {"sessions", html::translatable("All other sessions have ended.")},
    {"token", html::translatable("The token is revoked.")},
    {"signed-out", html::translatable("You are signed out.")},
    {"erased", html::translatable("Your data is erased and you are signed out.")},
}};

std::string draw(const Web& web, const http::Request& request, html::Page page) {
  if (page.language.empty()) page.language = request.language.empty() ? "en" : request.language;
  page.personal = true;
  page.signed_in_as = actor_of(request).name;
  page.indexable = false;
  return web.chrome(page);
}

}  // namespace

const Actor& actor_of(const http::Request& request) {
  static const Actor anonymous;
  const auto* actor = std::any_cast<std::shared_ptr<const Actor>>(&request.actor);
  return actor != nullptr && *actor ? **actor : anonymous;
}

http::Response page_response(const Web& web, const http::Request& request, html::Page page) {
  return http::Response::html(draw(web, request, std::move(page)));
}

http::Response rejected_response(const Web& web, const http::Request& request, html::Page page) {
  return http::Response::rejected(draw(web, request, std::move(page)));
}

http::Response failed_response(const Web& web, const http::Request& request, const Error& error, html::Page page) {
  return http::Response::of_error(error, "text/html; charset=utf-8", draw(web, request, std::move(page)));
}

std::string notice_of(const http::Request& request) {
  const std::string& key = request.query.get("done");
  const auto* found = std::ranges::find(notices, key, &std::pair<std::string_view, std::string_view>::first);
  return found == notices.end() ? "" : std::string(html::translate(found->second, request.language));
}

void show_notice(html::View& view, const http::Request& request) {
  if (auto text = notice_of(request); !text.empty()) view.add("NOTICE").set("NOTICE_TEXT", text);
}

void show_problems(html::View& view, const Error& error, std::string_view language) {
  auto& list = view.add("PROBLEMS");
  list.set("PROBLEMS_TITLE", html::translate(error.message, language));
  // One problem that says no more than the error itself stands there once, as the link.
  const bool only = error.problems.size() == 1 && error.problems.front().message == error.message;
  if (only) list.add("PROBLEM_ONLY").set("PROBLEM_FIELD", error.problems.front().field);
  list.show_if(!only && !error.problems.empty(), "PROBLEM_LIST");
  std::set<std::string_view> told;
  for (const auto& problem : error.problems) {
    const auto text = html::translate(problem.message, language);
    list.add("PROBLEM_ITEM").set("PROBLEM_FIELD", problem.field).set("PROBLEM_TEXT", text);
    if (!told.insert(problem.field).second) continue;
    std::string section = problem.field + "_WRONG";
    std::ranges::transform(section, section.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    view.add(section).set("PROBLEM", text);
  }
}

}  // namespace confer
