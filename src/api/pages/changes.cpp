// /api/v1/events/{event}/…: releases and what each changed, what the draft would change, what happened since.
#include <algorithm>
#include <array>
#include <charconv>
#include "api/api.h"
#include "api/asked.h"
#include "api/write.h"
#include "journal/journal.h"

namespace confer::api {
namespace {

using programme::Programme;

/// What everybody can see happen. The rest is the organisers' work.
constexpr std::array<std::string_view, 2> public_facts{"schedule.released", "banner.changed"};
/// What happens to the programme; facts of people and teams are never told here.
constexpr std::array<std::string_view, 10> programme_facts{"schedule.", "banner.", "draft.", "talk.", "slot.", "room.", "track.", "type.", "page.", "event."};

void write_changes(JsonWriter& w, const std::optional<Programme>& before, const Programme& after, const Zone& zone) {
  w.key("changes").begin_array();
  for (const auto& change : programme::difference(before.value_or(Programme{}), after)) write_change(w, change, zone);
  w.end_array();
}

Result<Zone> zone_or_utc(const events::Event& event) {
  if (event.zone.empty()) return Zone();
  return events::zone_of(event);
}

}  // namespace

Result<http::Response> list_releases(const Web& web, http::Request& request) {
  TRY_ASSIGN(const auto asked, Asked::read(request, {"limit", "after"}));
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto event, require_event(tx, request));
  TRY_ASSIGN(auto releases, programme::list_releases(tx, event));
  std::ranges::reverse(releases);
  Pages pages(request, asked);
  for (const auto& release : releases) {
    std::string key = std::to_string(release.revision);
    key.insert(0, 10 - std::min<std::size_t>(10, key.size()), '0');
    pages.item(key, [&](JsonWriter& w) {
      w.begin_object();
      write_release(w, release, &release == &releases.back());
      w.end_object();
    });
  }
  return pages.finish();
}

Result<http::Response> show_release(const Web& web, http::Request& request) {
  TRY_ASSIGN(const auto asked, Asked::read(request, {"against"}));
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto event, require_event(tx, request));
  TRY_ASSIGN(const Zone zone, zone_or_utc(event));
  TRY_ASSIGN(const auto releases, programme::list_releases(tx, event));
  const auto found = std::ranges::find(releases, request.param("name"), &programme::Release::name);
  if (found == releases.end()) return fail(ErrorCode::not_found, "There is no such release.");
  std::string against = request.query.get("against");
  if (against.empty() && std::next(found) != releases.end()) against = std::next(found)->name;
  std::optional<Programme> before;
  if (!against.empty()) {
    TRY_ASSIGN(before, programme::released_programme(tx, event, against));
    if (!before) return fail(ErrorCode::not_found, "There is no release of the name that “against” says.");
  }
  TRY_ASSIGN(const auto after, programme::released_programme(tx, event, found->name));
  if (!after) return fail(ErrorCode::not_found, "There is no such release.");
  JsonWriter w;
  w.begin_object();
  write_release(w, *found, found == releases.begin());
  w.key("against");
  before ? w.value(against) : w.null();
  write_changes(w, before, *after, zone);
  return answer(request, w.end_object().take());
}

Result<http::Response> show_draft(const Web& web, http::Request& request) {
  TRY_ASSIGN(const auto asked, Asked::read(request));
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto event, require_event(tx, request));
  TRY_ASSIGN(const Zone zone, zone_or_utc(event));
  TRY_ASSIGN(const auto released, programme::current_programme(tx, event));
  TRY_ASSIGN(const auto draft, programme::load_draft(tx, event, web.sign_in.base_url));
  TRY_ASSIGN(const auto rules, programme::rule_settings(tx, event));
  TRY_ASSIGN(const auto around, programme::surroundings(tx, event));
  JsonWriter w;
  w.begin_object().key("against");
  released ? w.value(released->version) : w.null();
  write_changes(w, released, draft, zone);
  w.key("clashes").begin_array();
  for (const auto& clash : programme::find_clashes(draft, rules, around)) write_clash(w, clash);
  return answer(request, w.end_array().end_object().take());
}

Result<http::Response> list_facts(const Web& web, http::Request& request) {
  TRY_ASSIGN(const auto asked, Asked::read(request, {"limit", "after"}));
  std::int64_t position = 0;
  const auto [end, problem] = std::from_chars(asked.after.data(), asked.after.data() + asked.after.size(), position);
  if (!asked.after.empty() && (problem != std::errc() || end != asked.after.data() + asked.after.size() || position < 0))
    return fail(Error{ErrorCode::invalid, "“after” is the position of a fact.", {}, {}, {{"after", "“after” is the position of a fact."}}});
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto event, require_event(tx, request));
  const bool whole = may_somewhere(actor_of(request), Right::programme, events::scope_of(event));
  TRY_ASSIGN(const auto facts, journal::facts_of_event_after(tx, event.id.value, position, static_cast<int>(asked.limit)));
  JsonWriter w;
  w.begin_object().key("items").begin_array();
  const bool more = facts.size() == asked.limit;
  for (const auto& fact : facts) {
    position = fact.position;
    const bool told = whole ? std::ranges::any_of(programme_facts, [&](std::string_view prefix) { return fact.name.starts_with(prefix); })
                            : std::ranges::find(public_facts, fact.name) != public_facts.end();
    if (told) write_fact(w, fact);
  }
  w.end_array().field("position", position).key("next");
  if (!more) return answer(request, w.null().end_object().take());
  const std::string next = resource({"events", event.slug, "facts"}) + "?after=" + std::to_string(position) + "&limit=" + std::to_string(asked.limit);
  return answer(request, w.value(next).end_object().take()).with_header("Link", "<" + next + ">; rel=\"next\"");
}

}  // namespace confer::api
