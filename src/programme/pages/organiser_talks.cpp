// The list of talks with their slots and stars: filters, bulk changes that can be undone (organiser_pages.h).
#include <algorithm>
#include <map>
#include "base/text.h"
#include "events/organiser_frame.h"
#include "html/template.h"
#include "programme/organiser_pages.h"
#include "programme/organiser_words.h"
#include "programme/programme.h"
#include "programme/stars.h"
#include "talks/talks.h"

namespace confer::programme {
namespace {

using events::Event;
using events::organiser_path;
using talks::State;

constexpr State all_states[] = {State::draft, State::submitted, State::accepted, State::confirmed, State::cancelled, State::archived};
/// More talks than this in one change get no "undo": it would not fit into an address.
constexpr std::size_t most_to_undo = 300;

bool wants_a_slot(const talks::Talk& talk) { return talk.state == State::accepted || talk.state == State::confirmed; }

/// What the list shows; read from the query.
struct Filter {
  std::string text, state, track, type, placed, files, sort;

  explicit Filter(const http::Fields& query)
      : text(trim(query.get("q"))),
        state(query.get("state")),
        track(query.get("track")),
        type(query.get("type")),
        placed(query.get("placed")),
        files(query.get("files")),
        sort(query.get("sort")) {}

  bool matches(const talks::Talk& talk, bool has_slot) const {
    if (!state.empty() && state != name_of(talk.state)) return false;
    if (!track.empty() && track != std::to_string(talk.track.value)) return false;
    if (!type.empty() && type != std::to_string(talk.type.value)) return false;
    if (placed == "no" && (has_slot || !wants_a_slot(talk))) return false;
    if (placed == "yes" && !has_slot) return false;
    if (const bool has_files = !talk.files.empty() || !talk.attachments.empty(); files == (has_files ? "no" : "yes")) return false;
    if (text.empty()) return true;
    std::string all = talk.title + " " + talk.code + " " + join(talk.tags, " ");
    for (const auto& credit : talk.credits) all += " " + credit.name;
    return fold(all).find(fold(text)) != std::string::npos;
  }

  /// "?state=accepted&placed=no", or nothing.
  std::string query() const {
    std::string out;
    for (const auto& [name, value] : {std::pair<std::string_view, const std::string&>{"q", text},
                                      {"state", state},
                                      {"track", track},
                                      {"type", type},
                                      {"placed", placed},
                                      {"files", files},
                                      {"sort", sort}})
      if (!value.empty()) out.append(out.empty() ? "?" : "&").append(name).append("=").append(percent_encoded(value));
    return out;
  }
};

/// All that the list is drawn from.
struct Listed {
  Event event;
  std::vector<talks::Talk> talks;
  std::vector<events::Track> tracks;
  std::vector<events::SessionType> types;
  std::vector<events::Room> rooms;
  std::map<TalkId, std::vector<DraftSlot>> slots;
  std::map<std::string, int> stars;

  bool is_placed(const talks::Talk& talk) const { return slots.contains(talk.id); }
  int stars_of(const talks::Talk& talk) const {
    auto found = stars.find(talk.code);
    return found == stars.end() ? 0 : found->second;
  }
  std::vector<talks::Talk> shown(const Filter& filter) const {
    std::vector<talks::Talk> out;
    for (const auto& talk : talks)
      if (filter.matches(talk, is_placed(talk))) out.push_back(talk);
    if (filter.sort == "stars")
      std::sort(out.begin(), out.end(), [&](const auto& a, const auto& b) {
        return std::pair(-stars_of(a), std::string_view(a.title)) < std::pair(-stars_of(b), std::string_view(b.title));
      });
    return out;
  }
};

Result<Listed> load(db::Tx& tx, const http::Request& request) {
  Listed l;
  TRY_ASSIGN(l.event, events::event_of_route(tx, request));
  TRY_ASSIGN(l.talks, talks::list_talks(tx, l.event.id));
  TRY_ASSIGN(l.tracks, events::list_tracks(tx, l.event));
  TRY_ASSIGN(l.types, events::list_session_types(tx, l.event));
  TRY_ASSIGN(l.rooms, events::list_rooms(tx, l.event));
  TRY_ASSIGN(auto slots, list_slots(tx, l.event));
  for (auto& slot : slots)
    if (slot.talk) l.slots[slot.talk].push_back(std::move(slot));
  TRY_ASSIGN(auto stars, count_stars(tx, l.event));
  for (auto& [code, count] : stars) l.stars[code] = count;
  return l;
}

void option(html::View& view, std::string_view section, std::string_view value, std::string_view text, const std::string& chosen) {
  view.add(section).set("OPTION_VALUE", value).set("OPTION_TEXT", text).show_if(value == chosen, "CHOSEN");
}

void options(html::View& view, std::string_view section, const auto& things, const std::string& language, const std::string& chosen) {
  for (const auto& thing : things) option(view, section, std::to_string(thing.id.value), thing.name.in(language), chosen);
}

std::string people_of(const talks::Talk& talk) {
  std::vector<std::string> names;
  for (const auto& credit : talk.credits) names.push_back(credit.name);
  return join(names, ", ");
}

/// Where it stands, with the seats there; more stars than seats are said in words.
void show_places(html::View& row, const Listed& l, const talks::Talk& talk) {
  auto placed = l.slots.find(talk.id);
  if (placed == l.slots.end()) {
    if (wants_a_slot(talk)) row.add("UNPLACED").set("PLACE_HREF", organiser_path(l.event, "slots/new?talk=" + std::to_string(talk.id.value)));
    return;
  }
  for (const auto& slot : placed->second) {
    auto& place = row.add("PLACE");
    auto room = std::ranges::find(l.rooms, slot.room, &events::Room::id);
    std::string text = day_and_time(slot.start);
    if (room != l.rooms.end()) text += ", " + room->name.in(l.event.languages.front());
    const bool known = room != l.rooms.end() && room->capacity;
    if (known) text += " (" + std::to_string(*room->capacity) + " seats)";
    place.set("PLACE_TEXT", text).set("PLACE_HREF", organiser_path(l.event, "slots/" + std::to_string(slot.id.value)));
    place.show_if(slot.state == SlotState::cancelled, "PLACE_CANCELLED");
    place.show_if(known && l.stars_of(talk) > *room->capacity, "TOO_SMALL");
  }
}

Result<http::Response> show(const Web& web, const http::Request& request, const Error* error) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(Listed l, load(tx, request));
  const auto& language = l.event.languages.front();
  const Filter filter(request.query);
  html::View view;
  view.set("LIST", organiser_path(l.event, "talks")).set("ACTION", organiser_path(l.event, "talks") + filter.query()).set("QUERY", filter.text);
  if (error != nullptr) view.add("PROBLEMS").set("PROBLEMS_TITLE", error->message);
  const http::Fields typed = error != nullptr ? request.form : http::Fields();
  const auto ticked = typed.every("talk");
  view.show_if(typed.has("all"), "ALL_TICKED");
  for (State state : all_states) {
    option(view, "FILTER_STATE", name_of(state), name_of(state), filter.state);
    option(view, "SET_STATE", name_of(state), name_of(state), typed.get("set_state"));
  }
  options(view, "FILTER_TRACK", l.tracks, language, filter.track);
  options(view, "SET_TRACK", l.tracks, language, typed.get("set_track"));
  options(view, "FILTER_TYPE", l.types, language, filter.type);
  options(view, "SET_TYPE", l.types, language, typed.get("set_type"));
  option(view, "FILTER_PLACED", "no", "no slot yet", filter.placed);
  option(view, "FILTER_PLACED", "yes", "has a slot", filter.placed);
  option(view, "FILTER_FILES", "no", "none yet", filter.files);
  option(view, "FILTER_FILES", "yes", "has some", filter.files);
  option(view, "FILTER_SORT", "stars", "most stars first", filter.sort);
  const auto shown = l.shown(filter);
  for (const auto& talk : shown) {
    auto& row = view.add("TALK");
    row.show_if(std::ranges::find(ticked, talk.code) != ticked.end(), "TICKED");
    row.set("CODE", talk.code).set("TALK_TITLE", talk.title).set("TALK_HREF", organiser_path(l.event, "talks/" + talk.code));
    row.set("TALK_PEOPLE", people_of(talk)).set("TALK_STATE", name_of(talk.state)).set("STARS", l.stars_of(talk));
    if (auto track = std::ranges::find(l.tracks, talk.track, &events::Track::id); track != l.tracks.end())
      row.add("TALK_TRACK").set("TRACK_CODE", track->code).set("TRACK_NAME", track->name.in(language));
    auto type = std::ranges::find(l.types, talk.type, &events::SessionType::id);
    row.set("TALK_TYPE", type == l.types.end() ? "" : type->name.in(language));
    show_places(row, l, talk);
  }
  view.set("SHOWN", shown.size());
  view.show(shown.empty() ? "NOTHING" : "SOME");
  events::OrganiserPage page{.title = "Talks",
                             .here = "talks",
                             .content = html::render("programme/organiser/talks.html", view, "en"),
                             .trail = {},
                             .lead = std::to_string(shown.size()) + " of " + std::to_string(l.talks.size()) + " talks",
                             .button = "New talk",
                             .button_href = organiser_path(l.event, "talks/new")};
  if (error != nullptr) return events::organiser_rejected(web, request, l.event, std::move(page));
  return events::organiser_response(web, request, l.event, std::move(page));
}

std::optional<State> state_named(std::string_view name) {
  for (State state : all_states)
    if (name_of(state) == name) return state;
  return {};
}

/// "QX7T9M.3.1.confirmed": what a bulk change may have to give back.
std::string before_in_words(const talks::Talk& talk) {
  return talk.code + "." + std::to_string(talk.track.value) + "." + std::to_string(talk.type.value) + "." + std::string(name_of(talk.state));
}

}  // namespace

Result<http::Response> organiser_talks(const Web& web, http::Request& request) { return show(web, request, nullptr); }

Result<http::Response> organiser_talks_change(const Web& web, http::Request& request) {
  const auto track = events::number_in(request.form.get("set_track"));
  const auto type = events::number_in(request.form.get("set_type"));
  const auto state = state_named(request.form.get("set_state"));
  const Filter filter(request.query);
  std::string list, undo;
  bool changes = false;
  auto done = [&]() -> Result<void> {
    TRY_ASSIGN(auto tx, web.db.begin_write());
    TRY_ASSIGN(Listed l, load(tx, request));
    list = organiser_path(l.event, "talks") + filter.query();
    std::vector<std::string> chosen = request.form.every("talk");
    if (request.form.has("all")) {
      chosen.clear();
      for (const auto& talk : l.shown(filter)) chosen.push_back(talk.code);
    }
    changes = !chosen.empty() && (track || type || state);
    if (!changes) return {};
    std::vector<std::string> before;
    for (const auto& code : chosen) {
      TRY_ASSIGN(talks::Talk talk, talks::require_talk(tx, l.event.id, code));
      before.push_back(before_in_words(talk));
      if (track) talk.track = TrackId{*track};
      if (type) talk.type = SessionTypeId{*type};
      if (state) talk.state = *state;
      TRY(talks::save_talk(tx, actor_of(request), l.event, std::move(talk)));
    }
    if (before.size() <= most_to_undo) undo = "talks:" + join(before, ",");
    return tx.commit();
  }();
  if (!done) {
    if (!events::belongs_into_form(done.error())) return std::unexpected(std::move(done).error());
    return show(web, request, &done.error());
  }
  return events::organiser_done(list, changes ? "saved" : "nothing", undo);
}

Result<void> undo_talks_change(db::Tx& tx, const Actor& actor, const Event& event, std::string_view before) {
  for (std::string_view one : split(before, ',')) {
    const auto parts = split(one, '.');
    const auto track = parts.size() == 4 ? events::number_in(parts[1]) : std::nullopt;
    const auto type = parts.size() == 4 ? events::number_in(parts[2]) : std::nullopt;
    const auto state = parts.size() == 4 ? state_named(parts[3]) : std::nullopt;
    if (!track || !type || !state) return fail(ErrorCode::invalid, "It is not clear what to take back. Change the talks in the list.");
    TRY_ASSIGN(talks::Talk talk, talks::require_talk(tx, event.id, parts[0]));
    talk.track = TrackId{*track};
    talk.type = SessionTypeId{*type};
    talk.state = *state;
    TRY(talks::save_talk(tx, actor, event, std::move(talk)));
  }
  return {};
}

}  // namespace confer::programme
