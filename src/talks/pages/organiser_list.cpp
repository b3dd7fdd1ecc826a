// The list of talks, with filters and bulk changes (organiser_pages.h).
#include <algorithm>
#include "base/text.h"
#include "events/organiser_frame.h"
#include "html/template.h"
#include "talks/organiser_pages.h"
#include "talks/talks.h"

namespace confer::talks {
namespace {

using events::Event;
using events::organiser_path;

/// What the list shows; read from the query, and of the ticked talks nothing else changes.
struct Filter {
  std::string text, state, track, type;
  bool matches(const Talk& talk) const {
    if (!state.empty() && state != name_of(talk.state)) return false;
    if (!track.empty() && track != std::to_string(talk.track.value)) return false;
    if (!type.empty() && type != std::to_string(talk.type.value)) return false;
    if (text.empty()) return true;
    std::string all = talk.title + " " + talk.code + " " + join(talk.tags, " ");
    for (const auto& credit : talk.credits) all += " " + credit.name;
    return fold(all).find(fold(text)) != std::string::npos;
  }
};

void options(html::View& view, std::string_view section, const auto& things, const std::string& language, const std::string& chosen) {
  for (const auto& thing : things) {
    const auto value = std::to_string(thing.id.value);
    view.add(section).set("OPTION_VALUE", value).set("OPTION_TEXT", thing.name.in(language)).show_if(value == chosen, "CHOSEN");
  }
}

constexpr State all_states[] = {State::draft, State::submitted, State::accepted, State::confirmed, State::cancelled, State::archived};

void states(html::View& view, std::string_view section, const std::string& chosen) {
  for (State state : all_states)
    view.add(section).set("OPTION_VALUE", name_of(state)).set("OPTION_TEXT", name_of(state)).show_if(chosen == name_of(state), "CHOSEN");
}

std::string people_of(const Talk& talk) {
  std::vector<std::string> names;
  for (const auto& credit : talk.credits) names.push_back(credit.name);
  return join(names, ", ");
}

Result<http::Response> show(const Web& web, const http::Request& request, const Error* error) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(Event event, events::event_of_route(tx, request));
  TRY_ASSIGN(auto talks, list_talks(tx, event.id));
  TRY_ASSIGN(auto tracks, events::list_tracks(tx, event));
  TRY_ASSIGN(auto types, events::list_session_types(tx, event));
  const auto& language = event.languages.front();
  const Filter filter{std::string(trim(request.query.get("q"))), request.query.get("state"), request.query.get("track"), request.query.get("type")};
  html::View view;
  view.set("ACTION", organiser_path(event, "talks")).set("QUERY", filter.text);
  if (error != nullptr) view.add("PROBLEMS").set("PROBLEMS_TITLE", error->message);
  states(view, "FILTER_STATE", filter.state);
  states(view, "SET_STATE", "");
  options(view, "FILTER_TRACK", tracks, language, filter.track);
  options(view, "SET_TRACK", tracks, language, "");
  options(view, "FILTER_TYPE", types, language, filter.type);
  options(view, "SET_TYPE", types, language, "");
  int shown = 0;
  for (const auto& talk : talks) {
    if (!filter.matches(talk)) continue;
    ++shown;
    auto& row = view.add("TALK");
    row.set("CODE", talk.code).set("TALK_TITLE", talk.title).set("TALK_HREF", organiser_path(event, "talks/" + talk.code));
    row.set("TALK_PEOPLE", people_of(talk)).set("TALK_STATE", name_of(talk.state));
    if (auto track = std::ranges::find(tracks, talk.track, &events::Track::id); track != tracks.end())
      row.add("TALK_TRACK").set("TRACK_CODE", track->code).set("TRACK_NAME", track->name.in(language));
    auto type = std::ranges::find(types, talk.type, &events::SessionType::id);
    row.set("TALK_TYPE", type == types.end() ? "" : type->name.in(language));
  }
  view.show(shown == 0 ? "NOTHING" : "SOME");
  events::OrganiserPage page{.title = "Talks",
                             .here = "talks",
                             .content = html::render("talks/organiser/list.html", view, "en"),
                             .trail = {},
                             .lead = std::to_string(shown) + " of " + std::to_string(talks.size()) + " talks",
                             .button = "New talk",
                             .button_href = organiser_path(event, "talks/new")};
  if (error != nullptr) return events::organiser_rejected(web, request, event, std::move(page));
  return events::organiser_response(web, request, event, std::move(page));
}

std::optional<State> state_named(std::string_view name) {
  for (State state : all_states)
    if (name_of(state) == name) return state;
  return {};
}

}  // namespace

Result<http::Response> organiser_talks(const Web& web, http::Request& request) { return show(web, request, nullptr); }

Result<http::Response> organiser_talks_change(const Web& web, http::Request& request) {
  const auto track = events::number_in(request.form.get("set_track"));
  const auto type = events::number_in(request.form.get("set_type"));
  const auto state = state_named(request.form.get("set_state"));
  const auto chosen = request.form.every("talk");
  TRY_ASSIGN(auto tx, web.db.begin_write());
  TRY_ASSIGN(Event event, events::event_of_route(tx, request));
  const auto list = organiser_path(event, "talks");
  if (chosen.empty() || (!track && !type && !state)) return events::organiser_done(list, "nothing");
  auto done = [&]() -> Result<void> {
    for (const auto& code : chosen) {
      TRY_ASSIGN(Talk talk, require_talk(tx, event.id, code));
      if (track) talk.track = TrackId{*track};
      if (type) talk.type = SessionTypeId{*type};
      if (state) talk.state = *state;
      TRY(save_talk(tx, actor_of(request), event, std::move(talk)));
    }
    return tx.commit();
  }();
  if (!done) {
    if (!events::belongs_into_form(done.error())) return std::unexpected(std::move(done).error());
    return show(web, request, &done.error());
  }
  return events::organiser_done(list, "saved");
}

}  // namespace confer::talks
