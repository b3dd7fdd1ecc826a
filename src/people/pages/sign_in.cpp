// Signing up, in and out (people_pages.h).
#include <algorithm>
#include "base/text.h"
#include "html/template.h"
#include "people/pages/device.h"
#include "people/people_pages.h"

namespace confer::people {
namespace {

/// A form says in what language it was read: it is sent to one address from all of them.
void take_language(http::Request& request) {
  const auto& said = request.form.get("language");
  if (std::ranges::find(html::languages(), said) != html::languages().end()) request.language = said;
}

/// The same page in the other languages, with where it leads to afterwards.
std::vector<html::Alternate> alternates(const std::string& path, const std::string& return_to) {
  std::vector<html::Alternate> out;
  const std::string query = return_to.empty() ? "" : "?return_to=" + percent_encoded(return_to);
  for (const auto& language : html::languages()) out.push_back({language, (language == "en" ? "" : "/" + language) + path + query});
  return out;
}

html::Page page_of(const http::Request& request, std::string_view title, std::string_view name, const html::View& view) {
  html::Page page;
  page.title = html::translate(title, request.language);
  page.language = request.language;
  page.body = html::render(name, view, request.language);
  return page;
}

std::string with_return(const std::string& path, const std::string& return_to) {
  return return_to.empty() ? path : path + "?return_to=" + percent_encoded(return_to);
}

/// Empty when nothing (or nothing good) was asked for.
std::string wanted_return(const http::Fields& fields) { return safe_return(fields.get("return_to"), ""); }

html::Page sign_in_form(const http::Request& request, const http::Fields& typed, const Error* error) {
  html::View view;
  const auto return_to = wanted_return(typed);
  view.set("EMAIL", typed.get("email")).set("RETURN_TO", return_to).set("SIGN_UP_HREF", with_return("/sign-up", return_to));
  show_notice(view, request);
  if (error != nullptr) show_problems(view, *error, request.language);
  auto page = page_of(request, html::translatable("Sign in"), "people/sign_in.html", view);
  page.alternates = alternates("/sign-in", return_to);
  return page;
}

html::Page sign_up_form(const http::Request& request, const http::Fields& typed, const Error* error) {
  html::View view;
  const auto return_to = wanted_return(typed);
  view.set("NAME", typed.get("name")).set("EMAIL", typed.get("email")).set("RETURN_TO", return_to).set("SIGN_IN_HREF", with_return("/sign-in", return_to));
  if (error != nullptr) show_problems(view, *error, request.language);
  auto page = page_of(request, html::translatable("Make an account"), "people/sign_up.html", view);
  page.alternates = alternates("/sign-up", return_to);
  return page;
}

http::Response link_gone(const Web& web, const http::Request& request, const Error& error) {
  return failed_response(web, request, error, page_of(request, html::translatable("This link does not work any more"), "people/link_gone.html", html::View()));
}

http::Response signed_in(SignedIn in, std::string location) {
  return http::Response::see_other(std::move(location))
      .with_cookie({.name = std::string(session_cookie), .value = in.session_token.reveal(), .max_age = in.lifetime, .script_may_read = false});
}

Error for_field(std::string field, std::string_view message) {
  return {ErrorCode::invalid, std::string(message), {}, {}, {{std::move(field), std::string(message)}}};
}

}  // namespace

Result<http::Response> sign_in_page(const Web& web, http::Request& request) {
  if (actor_of(request).signed_in()) return http::Response::see_other(safe_return(request.query.get("return_to"), "/account"));
  return page_response(web, request, sign_in_form(request, request.query, nullptr));
}

Result<http::Response> sign_in_submit(const Web& web, http::Request& request) {
  take_language(request);
  if (request.form.get("password").empty()) {
    const auto error = for_field("password", html::translatable("Type your password, or let us send you a link."));
    return rejected_response(web, request, sign_in_form(request, request.form, &error));
  }
  auto in =
      sign_in_with_password(web.db, request.form.get("email"), Secret<std::string>(request.form.get("password")), device_of(request.header("user-agent")));
  if (in) return signed_in(std::move(*in), safe_return(request.form.get("return_to"), "/account"));
  if (in.error().code != ErrorCode::unauthenticated) return std::unexpected(std::move(in).error());
  return rejected_response(web, request, sign_in_form(request, request.form, &in.error()));
}

Result<http::Response> link_request(const Web& web, http::Request& request) {
  take_language(request);
  if (!Email::parse(request.form.get("email"))) {
    const auto error = for_field("email", html::translatable("This is not an e-mail address. Please write it as name@example.org."));
    return rejected_response(web, request, sign_in_form(request, request.form, &error));
  }
  TRY(send_sign_in_link(web.db, web.sign_in, request.form.get("email"), safe_return(request.form.get("return_to"), "/account"), request.language));
  return http::Response::see_other("/check-your-mail");
}

Result<http::Response> check_your_mail_page(const Web& web, http::Request& request) {
  html::View view;
  view.show_if(web.sign_in.mail.smtp_url.empty(), "NO_MAIL");
  return page_response(web, request, page_of(request, html::translatable("Check your mail"), "people/check_your_mail.html", view));
}

namespace {

html::Page link_form(const http::Request& request, const std::string& token, const LinkFound& found, const Error* error) {
  html::View view;
  view.set("EMAIL", found.email).set("TOKEN", token).show_if(found.asks_password, "ASKS_PASSWORD");
  if (error != nullptr) show_problems(view, *error, request.language);
  return page_of(request, html::translatable("Sign in"), "people/link.html", view);
}

}  // namespace

Result<http::Response> link_page(const Web& web, http::Request& request) {
  const auto& token = request.query.get("token");
  auto found = peek_sign_in_link(web.db, token);
  if (found) return page_response(web, request, link_form(request, token, *found, nullptr));
  if (found.error().code != ErrorCode::gone) return std::unexpected(std::move(found).error());
  return link_gone(web, request, found.error());
}

Result<http::Response> link_submit(const Web& web, http::Request& request) {
  take_language(request);
  const auto& token = request.form.get("token");
  auto in = use_sign_in_link(web.db, token, device_of(request.header("user-agent")), Secret<std::string>(request.form.get("password")));
  if (in) {
    std::string location = in->return_to;
    return signed_in(std::move(*in), std::move(location));
  }
  if (in.error().code == ErrorCode::gone) return link_gone(web, request, in.error());
  if (in.error().code != ErrorCode::invalid) return std::unexpected(std::move(in).error());
  auto found = peek_sign_in_link(web.db, token);
  if (!found) return link_gone(web, request, found.error());
  return rejected_response(web, request, link_form(request, token, *found, &in.error()));
}

Result<http::Response> sign_up_page(const Web& web, http::Request& request) {
  if (actor_of(request).signed_in()) return http::Response::see_other(safe_return(request.query.get("return_to"), "/account"));
  return page_response(web, request, sign_up_form(request, request.query, nullptr));
}

Result<http::Response> sign_up_submit(const Web& web, http::Request& request) {
  take_language(request);
  const auto& form = request.form;
  auto done = sign_up(web.db, web.sign_in, form.get("name"), form.get("email"), Secret<std::string>(form.get("password")), request.language,
                      safe_return(form.get("return_to"), "/account"));
  if (done) return http::Response::see_other("/check-your-mail");
  if (done.error().code != ErrorCode::invalid) return std::unexpected(std::move(done).error());
  return rejected_response(web, request, sign_up_form(request, form, &done.error()));
}

Result<http::Response> sign_out_submit(const Web& web, http::Request& request) {
  const Actor& actor = actor_of(request);
  if (actor.session != 0) TRY(sign_out(web.db, actor.session));
  return http::Response::see_other("/sign-in?done=signed-out")
      .with_cookie({.name = std::string(session_cookie), .value = {}, .max_age = std::chrono::seconds(0), .script_may_read = false});
}

}  // namespace confer::people
