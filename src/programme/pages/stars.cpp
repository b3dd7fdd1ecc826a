// What the star islands talk to (star_pages.h).
#include "programme/stars.h"
#include <algorithm>
#include <nlohmann/json.hpp>
#include "base/json_writer.h"
#include "base/text.h"
#include "html/qr_code.h"
#include "html/template.h"
#include "programme/programme.h"
#include "programme/star_digest.h"
#include "programme/star_pages.h"

namespace confer::programme {
namespace {

constexpr std::size_t max_marks = 5000;

Result<nlohmann::json> body_of(const http::Request& request) {
  auto json = nlohmann::json::parse(request.body, nullptr, false);
  if (!json.is_object()) return fail(ErrorCode::invalid, "The request’s body is not a JSON object.");
  return json;
}

std::string token_in(const nlohmann::json& json) {
  auto token = json.find("token");
  return token != json.end() && token->is_string() ? token->get<std::string>() : std::string();
}

/// The set that the token opens, else the signed-in person's.
Result<StarSet> set_of_request(db::Tx& tx, const http::Request& request, const std::string& token) {
  if (!token.empty()) return require_star_set(tx, token);
  const Actor& actor = actor_of(request);
  if (!actor.signed_in()) return fail(ErrorCode::invalid, "Say which stars: with their token, or signed in.");
  return star_set_of(tx, actor.person);
}
/// Else a new one, whose token `made` becomes.
Result<StarSet> set_for_marks(db::Tx& tx, const http::Request& request, const std::string& token, std::string& made) {
  if (!token.empty() || actor_of(request).signed_in()) return set_of_request(tx, request, token);
  TRY_ASSIGN(auto set, make_star_set(tx));
  made = set.second.reveal();
  return set.first;
}

std::string json_of(const std::vector<StarMark>& all, const std::optional<StarDigest>& theirs, const std::string& made) {
  const StarDigest ours = digest_of(all);
  const auto told = [&](std::size_t part) { return !theirs || (*theirs)[part] != ours[part]; };
  JsonWriter w;
  w.begin_object();
  if (!made.empty()) w.field("token", made);
  w.key("parts").begin_array();
  for (std::size_t part = 0; part < star_parts; ++part)
    if (told(part)) w.value(static_cast<std::int64_t>(part));
  w.end_array().key("marks").begin_array();
  for (const auto& mark : all)
    if (told(star_part_of(mark.talk))) w.begin_object().field("talk", mark.talk).field("starred", mark.starred).field("at", to_ms(mark.at)).end_object();
  return w.end_array().field("now", to_ms(Clock::system().now())).end_object().take();
}

Result<std::vector<StarMark>> marks_in(const nlohmann::json& json) {
  std::vector<StarMark> marks;
  auto list = json.find("marks");
  if (list == json.end()) return marks;
  if (!list->is_array() || list->size() > max_marks) return fail(ErrorCode::invalid, "“marks” is a list of at most 5,000 stars.");
  for (const auto& item : *list) {
    if (!item.is_object() || !item.contains("talk") || !item["talk"].is_string() || !item.contains("starred") || !item["starred"].is_boolean() ||
        !item.contains("at") || !item["at"].is_number_integer())
      return fail(ErrorCode::invalid, "A mark has “talk” (text), “starred” (true or false) and “at” (milliseconds).");
    marks.push_back({item["talk"].get<std::string>(), item["starred"].get<bool>(), instant_of_ms(std::max<std::int64_t>(0, item["at"].get<std::int64_t>()))});
  }
  return marks;
}

/// What the phone will know when its marks are in; nothing when it does not say, and then it gets all.
Result<std::optional<StarDigest>> digest_in(const nlohmann::json& json) {
  auto have = json.find("have");
  if (have == json.end()) return std::nullopt;
  auto digest = have->is_string() ? parse_star_digest(have->get<std::string>()) : std::nullopt;
  if (!digest) return fail(ErrorCode::invalid, "“have” is 128 hexadecimal digits.");
  return digest;
}

/// Errors: not_found – there is no such event, or stars are switched off for it.
Result<events::Event> event_with_stars(db::Tx& tx, const http::Request& request) {
  TRY_ASSIGN(auto event, events::require_event(tx, request.param("event")));
  if (!event.has(events::Feature::stars)) return fail(ErrorCode::not_found, "Stars are switched off for this event.");
  return event;
}

}  // namespace

Result<http::Response> make_stars(const Web& web, http::Request&) {
  TRY_ASSIGN(auto tx, web.db.begin_write());
  TRY_ASSIGN(auto made, make_star_set(tx));
  TRY(tx.commit());
  return http::Response::json(JsonWriter().begin_object().field("token", made.second.reveal()).end_object().take());
}

Result<http::Response> merge_stars_request(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto json, body_of(request));
  TRY_ASSIGN(auto marks, marks_in(json));
  TRY_ASSIGN(const auto theirs, digest_in(json));
  const std::string token = token_in(json);
  const Actor& actor = actor_of(request);
  // Most phones ask on every page whether anything is new, and mostly nothing is: that must not wait for the one who writes.
  const bool only_asks = marks.empty() && !token.empty() && !actor.signed_in();
  TRY_ASSIGN(auto tx, only_asks ? web.db.begin_read() : web.db.begin_write());
  TRY_ASSIGN(auto event, event_with_stars(tx, request));
  // Who has no set, and nothing to put into one, needs none.
  if (token.empty() && !actor.signed_in() && marks.empty()) return http::Response::json(json_of({}, theirs, {}));
  std::string made;
  TRY_ASSIGN(StarSet set, set_for_marks(tx, request, token, made));
  if (!token.empty() && actor.signed_in()) {
    TRY(claim_star_set(tx, actor.person, token));
    TRY_ASSIGN(set, star_set_of(tx, actor.person));
  }
  TRY_ASSIGN(auto merged, merge_stars(tx, set, event, marks));
  if (!only_asks) TRY(tx.commit());
  return http::Response::json(json_of(merged, theirs, made));
}

Result<http::Response> make_feed(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto json, body_of(request));
  TRY_ASSIGN(auto tx, web.db.begin_write());
  TRY_ASSIGN(auto event, event_with_stars(tx, request));
  TRY_ASSIGN(StarSet set, set_of_request(tx, request, token_in(json)));
  TRY_ASSIGN(auto secret, make_calendar_feed(tx, set, event));
  TRY(tx.commit());
  return http::Response::json(JsonWriter().begin_object().field("url", "/calendar/" + secret.reveal() + ".ics").end_object().take());
}

Result<http::Response> revoke_feeds(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto json, body_of(request));
  TRY_ASSIGN(auto tx, web.db.begin_write());
  TRY_ASSIGN(auto event, event_with_stars(tx, request));
  TRY_ASSIGN(StarSet set, set_of_request(tx, request, token_in(json)));
  TRY(revoke_calendar_feeds(tx, set, event));
  TRY(tx.commit());
  return http::Response::json("{}");
}

Result<http::Response> personal_link(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto json, body_of(request));
  const std::string token = token_in(json);
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto event, event_with_stars(tx, request));
  TRY(require_star_set(tx, token));
  // The origin that the phone uses: in a venue's own network it may not be the site's public one.
  const std::string url = request.origin() + "/s/" + token + "?event=" + event.slug;
  TRY_ASSIGN(const std::string qr, html::qr_code_svg(url));
  return http::Response::json(JsonWriter().begin_object().field("url", url).field("qr", qr).end_object().take());
}

Result<http::Response> personal_link_page(const Web& web, http::Request& request) {
  html::View view;
  view.set("TOKEN", request.param("token")).set("EVENT", request.query.get("event"));
  html::Page page;
  page.title = html::translate("Your stars on this device", request.language);
  page.scripts = {"stars.js"};
  page.body = html::render("programme/personal_link.html", view, request.language);
  return page_response(web, request, std::move(page));
}

Result<http::Response> personal_calendar(const Web& web, http::Request& request) {
  const std::string& file = request.param("file");
  if (!file.ends_with(".ics")) return fail(ErrorCode::not_found, "There is no such calendar.");
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(auto feed, require_calendar_feed(tx, std::string_view(file).substr(0, file.size() - 4)));
  TRY_ASSIGN(auto event, events::require_event(tx, feed.event));
  TRY_ASSIGN(auto p, current_programme(tx, event, web.sign_in.base_url));
  if (!event.is_public || !event.has(events::Feature::stars) || !p) return fail(ErrorCode::not_found, "There is no such calendar.");
  TRY_ASSIGN(auto stamps, calendar_stamps(tx, event, *p));
  const std::string& language = event.languages.front();
  const CalendarOptions options{.name = html::translate("My %1", language, {event.title.in(language)}),
                                .source_url = web.sign_in.base_url + request.path,
                                .language = language,
                                .wanted = [&feed](const Slot& slot, const Talk* talk) {
                                  return talk != nullptr && slot.kind == SlotKind::talk && std::ranges::find(feed.talks, talk->code) != feed.talks.end();
                                }};
  return http::Response::content("text/calendar; charset=utf-8", write_ical(*p, stamps, options)).with_cache("private, no-cache");
}

}  // namespace confer::programme
