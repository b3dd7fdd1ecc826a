// What the pages of rooms, tracks, session types and information pages have in common: a list, a form, saving, removing.
#pragma once
#include <algorithm>
#include <string>
#include <utility>
#include <vector>
#include "events/organiser_form.h"
#include "events/organiser_frame.h"

namespace confer::events {

/// How one kind of thing is listed, shown and stored. All are functions without state.
template <class Thing>
struct Pages {
  std::string_view below;      ///< in addresses and in the navigation: "rooms"
  std::string_view many, one;  ///< "Rooms", "room"
  std::string_view undo;       ///< "room"
  std::string_view loss;       ///< what removing means, a sentence
  Result<std::vector<Thing>> (*list)(db::Tx&, const Event&);
  std::string (*table)(const Event&, const std::vector<Thing>&);
  void (*fill)(Form&, const Event&, const Thing&);
  Result<Thing> (*read)(const http::Fields&, const Event&, Thing);
  const LocalizedText& (*name)(const Thing&);
  Result<Thing> (*save)(db::Tx&, const Actor&, const Event&, Thing);
  Result<void> (*remove)(db::Tx&, const Actor&, const Event&, decltype(Thing::id));
};

template <class Thing>
Result<http::Response> list_page(const Pages<Thing>& pages, const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(Event event, event_of_route(tx, request));
  TRY_ASSIGN(auto things, pages.list(tx, event));
  OrganiserPage page{.title = std::string(pages.many),
                     .here = std::string(pages.below),
                     .content = pages.table(event, things),
                     .trail = {},
                     .lead = {},
                     .button = "New " + std::string(pages.one),
                     .button_href = organiser_path(event, std::string(pages.below) + "/new")};
  return organiser_response(web, request, event, std::move(page));
}

/// The thing of the route; a new one at the end of the list on "…/new". Errors: not_found.
template <class Thing>
Result<Thing> thing_of_route(const Pages<Thing>& pages, db::Tx& tx, const http::Request& request, const Event& event) {
  TRY_ASSIGN(auto things, pages.list(tx, event));
  if (!request.route.contains("id")) {
    Thing thing;
    for (const auto& other : things) thing.position = std::max(thing.position, other.position + 1);
    return thing;
  }
  TRY_ASSIGN(auto id, number_of_route(request, "id"));
  auto found = std::ranges::find_if(things, [&](const Thing& thing) { return thing.id.value == id && thing.event == event.id; });
  if (found == things.end()) return fail(ErrorCode::not_found, "This is not there any more.");
  return *found;
}

template <class Thing>
http::Response show_thing(const Pages<Thing>& pages, const Web& web, const http::Request& request, const Event& event, const Thing& thing, const Error* error) {
  const std::string list = organiser_path(event, pages.below);
  const std::string here = list + "/" + (thing.id ? std::to_string(thing.id.value) : "new");
  Form form(request, error);
  form.hidden("version", thing.version);
  pages.fill(form, event, thing);
  std::string content = form.draw(here, "Save", list);
  if (thing.id) content += confirm_button(here + "/remove", "Remove…", pages.loss, "Remove it");
  OrganiserPage page{.title = thing.id ? pages.name(thing).in(event.languages.front()) : "New " + std::string(pages.one),
                     .here = std::string(pages.below),
                     .content = std::move(content),
                     .trail = {{list, std::string(pages.many)}},
                     .lead = {},
                     .button = {},
                     .button_href = {}};
  if (error != nullptr) return organiser_rejected(web, request, event, std::move(page));
  return organiser_response(web, request, event, std::move(page));
}

template <class Thing>
Result<http::Response> thing_page(const Pages<Thing>& pages, const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(Event event, event_of_route(tx, request));
  TRY_ASSIGN(Thing thing, thing_of_route(pages, tx, request, event));
  return show_thing(pages, web, request, event, thing, nullptr);
}

template <class Thing>
Result<http::Response> thing_submit(const Pages<Thing>& pages, const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_write());
  TRY_ASSIGN(Event event, event_of_route(tx, request));
  TRY_ASSIGN(Thing stored, thing_of_route(pages, tx, request, event));
  auto saved = [&]() -> Result<void> {
    TRY_ASSIGN(Thing asked, pages.read(request.form, event, stored));
    asked.version = number_in(request.form.get("version")).value_or(0);
    TRY(pages.save(tx, actor_of(request), event, std::move(asked)));
    return tx.commit();
  }();
  if (!saved) {
    if (!belongs_into_form(saved.error())) return std::unexpected(std::move(saved).error());
    return show_thing(pages, web, request, event, stored, &saved.error());
  }
  return organiser_done(organiser_path(event, pages.below), stored.id ? "saved" : "added");
}

template <class Thing>
Result<http::Response> thing_remove(const Pages<Thing>& pages, const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_write());
  TRY_ASSIGN(Event event, event_of_route(tx, request));
  TRY_ASSIGN(Thing thing, thing_of_route(pages, tx, request, event));
  auto removed = [&]() -> Result<void> {
    TRY(pages.remove(tx, actor_of(request), event, thing.id));
    return tx.commit();
  }();
  if (!removed) {
    if (!belongs_into_form(removed.error())) return std::unexpected(std::move(removed).error());
    return show_thing(pages, web, request, event, thing, &removed.error());
  }
  return organiser_done(organiser_path(event, pages.below), "removed", std::string(pages.undo) + ":" + std::to_string(thing.id.value));
}

}  // namespace confer::events
