// The forms by which visitors write to the archive's keeper (archive_requests.h).
#include "site/archive_requests.h"
#include <algorithm>
#include <map>
#include "archive/archive.h"
#include "base/text.h"
#include "keeping/corrections.h"
#include "keeping/keeping.h"
#include "keeping/likeness.h"
#include "site/archive_frame.h"

namespace confer::site {
namespace {

using html::translate;

/// Of a form that comes back, the language that it was written in; else the path's.
std::string language_of(const http::Request& request) {
  for (const auto& one : html::languages())
    if (request.form.get("language_of_page") == one || request.path.starts_with("/" + one + "/")) return one;
  return html::languages().front();
}

http::Response answered(const Asked& asked, html::Page page, std::string_view template_name, const html::View& view, const Error* error) {
  page.indexable = false;
  page.feeds.clear();
  auto made = finished(asked, std::move(page), template_name, view);
  return error != nullptr ? http::Response::rejected(std::move(made.body)) : http::Response::html(std::move(made.body)).with_cache("no-store");
}

keeping::Asked asked_in(const http::Request& request, const std::string& language) {
  return {.email = request.form.get("email"), .note = request.form.get("note"), .language = language};
}

/// What can be put right in the form; a queue that is full is told there too, so that what was typed is not lost.
bool belongs_into_form(const Error& error) {
  return error.code == ErrorCode::invalid || error.code == ErrorCode::conflict || (error.code == ErrorCode::unavailable && error.detail.empty());
}

// ---- corrections

Result<archive::Shown> talk_of_route(db::Tx& tx, const http::Request& request) {
  TRY_ASSIGN(auto shown, archive::require_shown(tx, request.param("code")));
  TRY_ASSIGN(const bool on_demand, is_on_demand(tx, shown.event));
  if (!on_demand && shown.talk.state != talks::State::archived) return fail(ErrorCode::not_found, "There is no such page.");
  return shown;
}

Result<http::Response> show_correction(const Web& web, db::Tx& tx, const http::Request& request, const Error* error) {
  const Asked asked{.web = web, .tx = tx, .request = request, .language = language_of(request)};
  const std::string_view language = asked.language;
  TRY_ASSIGN(const auto shown, talk_of_route(tx, request));
  const keeping::Correctable present{shown.talk, shown.recording};
  html::View view;
  const std::string title = shown.talk.title.empty() ? std::string(translate("Untitled", language)) : shown.talk.title;
  const std::string path = "/archive/corrections/" + shown.talk.code;
  view.set("TALK_TITLE", title).set("TALK_HREF", talk_href(language, shown.row)).set("ACTION", path).set("FORM_LANGUAGE", language);
  view.add(request.query.has("sent") ? "SENT" : "FORM");
  for (const auto& field : keeping::fields) {
    std::string name(field.name);
    const std::string value = error != nullptr && request.form.has(name) ? request.form.get(name) : keeping::value_of(name, present);
    std::ranges::transform(name, name.begin(), [](char c) { return static_cast<char>(c - 'a' + 'A'); });
    view.set(name, value);
  }
  view.set("EMAIL", request.form.get("email")).set("NOTE", request.form.get("note"));
  if (error != nullptr) show_problems(view, *error, language);
  auto page = archive_page(asked, path, ArchiveSection::none, std::string(translate("Suggest a correction", language)));
  page.trail = {archive_link(asked), {talk_href(language, shown.row), title}};
  return answered(asked, std::move(page), "site/archive/correction.html", view, error);
}

// ---- claims and removals

enum class Wish : unsigned char { claim, removal };

Result<http::Response> show_wish(const Web& web, db::Tx& tx, const http::Request& request, Wish wish, const Error* error) {
  const Asked asked{.web = web, .tx = tx, .request = request, .language = language_of(request)};
  const std::string_view language = asked.language;
  TRY_ASSIGN(auto speaker, archive::find_speaker(tx, request.param("name")));
  if (speaker && speaker->merged_into) {
    TRY_ASSIGN(speaker, archive::find_speaker(tx, speaker->merged_into));
  }
  if (!speaker || speaker->name.empty() || keeping::is_nobody(speaker->name)) return fail(ErrorCode::not_found, "There is no such speaker.");
  const bool is_claim = wish == Wish::claim;
  html::View view;
  const std::string path = "/archive/speakers/" + speaker->slug + (is_claim ? "/claim" : "/removal");
  const std::string title = is_claim ? translate("You are %1?", language, {speaker->name}) : translate("Removal of %1", language, {speaker->name});
  view.set("TITLE", title)
      .set("SPEAKER", speaker->name)
      .set("SPEAKER_HREF", speaker_href(language, speaker->slug))
      .set("ACTION", path)
      .set("FORM_LANGUAGE", language);
  view.set("DAYS", keeping::kept_for.count()).set("EMAIL", request.form.get("email")).set("NOTE", request.form.get("note"));
  if (request.query.has("sent"))
    view.show("SENT");
  else if (is_claim && speaker->person)
    view.show("CLAIMED");
  else
    view.add("FORM")
        .show(is_claim ? "CLAIM" : "REMOVAL")
        .show_if(request.form.get("what") == "talks", "TALKS_CHOSEN")
        .show_if(request.form.get("what") != "talks", "NAME_CHOSEN");
  if (error != nullptr) show_problems(view, *error, language);
  auto page = archive_page(asked, path, ArchiveSection::speakers, title);
  page.trail = {archive_link(asked), {speaker_href(language, speaker->slug), speaker->name}};
  return answered(asked, std::move(page), "site/archive/wish.html", view, error);
}

Result<http::Response> wish_page(const Web& web, http::Request& request, Wish wish) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  return show_wish(web, tx, request, wish, nullptr);
}

Result<http::Response> wish_submit(const Web& web, http::Request& request, Wish wish) {
  const std::string language = language_of(request);
  TRY_ASSIGN(auto tx, web.db.begin_write());
  const auto& name = request.param("name");
  const auto asked = asked_in(request, language);
  const auto what = request.form.get("what") == "talks" ? keeping::Removal::talks : keeping::Removal::name;
  const auto sent = wish == Wish::claim ? keeping::claim(tx, actor_of(request), name, asked) : keeping::ask_removal(tx, actor_of(request), name, what, asked);
  if (!sent) {
    if (!belongs_into_form(sent.error())) return std::unexpected(sent.error());
    return show_wish(web, tx, request, wish, &sent.error());
  }
  TRY(tx.commit());
  return http::Response::see_other(prefix_of(language) + request.path + "?sent=1");
}

}  // namespace

Result<http::Response> correction_page(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  return show_correction(web, tx, request, nullptr);
}

Result<http::Response> correction_submit(const Web& web, http::Request& request) {
  const std::string language = language_of(request);
  TRY_ASSIGN(auto tx, web.db.begin_write());
  TRY(talk_of_route(tx, request));
  std::map<std::string, std::string> told;
  for (const auto& field : keeping::fields)
    if (request.form.has(field.name)) told.emplace(field.name, request.form.get(field.name));
  const auto sent = keeping::suggest(tx, actor_of(request), request.param("code"), told, asked_in(request, language));
  if (!sent) {
    if (!belongs_into_form(sent.error())) return std::unexpected(sent.error());
    return show_correction(web, tx, request, &sent.error());
  }
  TRY(tx.commit());
  return http::Response::see_other(prefix_of(language) + request.path + "?sent=1");
}

Result<http::Response> claim_page(const Web& web, http::Request& request) { return wish_page(web, request, Wish::claim); }
Result<http::Response> claim_submit(const Web& web, http::Request& request) { return wish_submit(web, request, Wish::claim); }
Result<http::Response> removal_page(const Web& web, http::Request& request) { return wish_page(web, request, Wish::removal); }
Result<http::Response> removal_submit(const Web& web, http::Request& request) { return wish_submit(web, request, Wish::removal); }

}  // namespace confer::site
