// What the pages of rooms, tracks, session types and information pages have in common: a list, a form, saving, removing.
#pragma once
#include <algorithm>
#include <string>
#include <utility>
#include <vector>
#include "events/organiser_form.h"
#include "events/organiser_frame.h"
#include "html/template.h"

namespace confer::events {

/// A field of one row of a list that is saved as a whole: "position_12".
inline std::string row_field(std::string_view field, std::int64_t id) { return std::string(field) + "_" + std::to_string(id); }

/// What the rows of such a list show: what was typed, when it comes back with an error, else what is stored.
class ListValues {
 public:
  explicit ListValues(const http::Fields* typed = nullptr) : typed_(typed) {}
  std::string text(std::string_view field, std::int64_t id, std::string stored) const {
    const auto name = row_field(field, id);
    return typed_ != nullptr && typed_->has(name) ? typed_->get(name) : stored;
  }
  bool is_on(std::string_view field, std::int64_t id, bool stored) const { return typed_ != nullptr ? typed_->has(row_field(field, id)) : stored; }

 private:
  const http::Fields* typed_;
};

/// How one kind of thing is listed, shown and stored. All are functions without state.
template <class Thing>
struct Pages {
  std::string_view below;      ///< in addresses and in the navigation: "rooms"
  std::string_view many, one;  ///< "Rooms", "room"
  std::string_view undo;       ///< "room"
  std::string_view loss;       ///< what removing means, a sentence
  Result<std::vector<Thing>> (*list)(db::Tx&, const Event&);
  std::string (*table)(const Event&, const std::vector<Thing>&, const ListValues&);
  Result<bool> (*read_row)(const http::Fields&, Thing&);  ///< what the list says of it; true when that is something else
  void (*fill)(Form&, const Event&, const Thing&);
  Result<Thing> (*read)(const http::Fields&, const Event&, Thing);
  const LocalizedText& (*name)(const Thing&);
  Result<Thing> (*save)(db::Tx&, const Actor&, const Event&, Thing);
  Result<void> (*remove)(db::Tx&, const Actor&, const Event&, decltype(Thing::id));
};

template <class Thing>
http::Response show_list(const Pages<Thing>& pages, const Web& web, const http::Request& request, const Event& event, const std::vector<Thing>& things,
                         const Error* error) {
  const std::string list = organiser_path(event, pages.below);
  std::string content = pages.table(event, things, ListValues(error != nullptr ? &request.form : nullptr));
  if (std::ranges::any_of(things, [&](const Thing& thing) { return thing.event == event.id; })) {
    html::View view;
    view.set("ACTION", list).set_html("TABLE_HTML", content);
    if (error != nullptr) view.add("PROBLEMS").set("PROBLEMS_TITLE", error->message);
    for (const auto& thing : things)
      if (thing.event == event.id)
        view.add("HIDDEN")
            .set("HIDDEN_NAME", row_field("version", thing.id.value))
            .set("HIDDEN_VALUE", ListValues(error != nullptr ? &request.form : nullptr).text("version", thing.id.value, std::to_string(thing.version)));
    content = html::render("events/organiser/list_form.html", view, "en");
  }
  OrganiserPage page{.title = std::string(pages.many),
                     .here = std::string(pages.below),
                     .content = std::move(content),
                     .trail = {},
                     .lead = {},
                     .button = "New " + std::string(pages.one),
                     .button_href = list + "/new"};
  if (error != nullptr) return organiser_rejected(web, request, event, std::move(page));
  return organiser_response(web, request, event, std::move(page));
}

template <class Thing>
Result<http::Response> list_page(const Pages<Thing>& pages, const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(Event event, event_of_route(tx, request));
  TRY_ASSIGN(auto things, pages.list(tx, event));
  return show_list(pages, web, request, event, things, nullptr);
}

/// One row of the list, when it says something else than what is stored. Errors: those of `save`, with the thing's name in the sentence.
template <class Thing>
Result<void> save_row(const Pages<Thing>& pages, db::Tx& tx, const http::Request& request, const Event& event, Thing thing) {
  const auto version = number_in(request.form.get(row_field("version", thing.id.value)));
  if (thing.event != event.id || !version) return {};
  const std::string name = pages.name(thing).in(event.languages.front());
  auto saved = [&]() -> Result<void> {
    TRY_ASSIGN(const bool changed, pages.read_row(request.form, thing));
    if (!changed) return {};
    thing.version = *version;
    TRY(pages.save(tx, actor_of(request), event, std::move(thing)));
    return {};
  }();
  if (saved) return {};
  Error error = std::move(saved).error();
  error.message = "“" + name + "”: " + (error.problems.empty() ? error.message : error.problems.front().message);
  return std::unexpected(std::move(error));
}

/// All rows or none.
template <class Thing>
Result<http::Response> list_submit(const Pages<Thing>& pages, const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_write());
  TRY_ASSIGN(Event event, event_of_route(tx, request));
  TRY_ASSIGN(const auto things, pages.list(tx, event));
  auto saved = [&]() -> Result<void> {
    for (const auto& thing : things) TRY(save_row(pages, tx, request, event, thing));
    return tx.commit();
  }();
  if (!saved) {
    if (!belongs_into_form(saved.error())) return std::unexpected(std::move(saved).error());
    return show_list(pages, web, request, event, things, &saved.error());
  }
  return organiser_done(organiser_path(event, pages.below), "saved");
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
