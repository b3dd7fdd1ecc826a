// What the pages of rooms, tracks, session types and information pages have in common: a list, a form, saving, removing.
#pragma once
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>
#include "base/text.h"
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

/// The fields of one row as a browser would send them, always the same ones in the same order; what is empty or not ticked is "". No value holds a dot or
/// comma.
using RowValues = std::vector<std::pair<std::string_view, std::string>>;

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
  RowValues (*row_values)(const Thing&);                  ///< the same fields as they are stored
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

/// One row of the list, when it says something else than what is stored: the version that it has then, else nothing. Errors: those of `save`, with the thing's
/// name in the sentence.
template <class Thing>
Result<std::optional<std::int64_t>> save_row(const Pages<Thing>& pages, db::Tx& tx, const Actor& actor, const Event& event, const http::Fields& form,
                                             Thing thing, std::int64_t version) {
  const std::string name = pages.name(thing).in(event.languages.front());
  auto saved = [&]() -> Result<std::optional<std::int64_t>> {
    TRY_ASSIGN(const bool changed, pages.read_row(form, thing));
    if (!changed) return std::nullopt;
    thing.version = version;
    TRY_ASSIGN(const Thing now, pages.save(tx, actor, event, std::move(thing)));
    return now.version;
  }();
  if (saved) return saved;
  Error error = std::move(saved).error();
  error.message = "“" + name + "”: " + (error.problems.empty() ? error.message : error.problems.front().message);
  return std::unexpected(std::move(error));
}

/// "12.4.1.80.": what `undo_rows` needs to give a row of that version back what it held.
template <class Thing>
std::string row_in_words(const Pages<Thing>& pages, const Thing& thing, std::int64_t version) {
  std::string words = std::to_string(thing.id.value) + "." + std::to_string(version);
  for (const auto& [field, value] : pages.row_values(thing)) words += "." + value;
  return words;
}

/// Takes the saving of a list back: `before` is what its notice offered to undo. All rows or none.
/// Errors: as `save`; invalid; not_found – a row was removed since; conflict – one was changed since.
template <class Thing>
Result<void> undo_rows(const Pages<Thing>& pages, db::Tx& tx, const Actor& actor, const Event& event, std::string_view before) {
  TRY_ASSIGN(const auto things, pages.list(tx, event));
  for (std::string_view one : split(before, ',')) {
    const auto parts = split(one, '.');
    const auto id = number_in(parts[0]), version = parts.size() > 1 ? number_in(parts[1]) : std::nullopt;
    if (!id || !version) return fail(ErrorCode::invalid, "It is not clear what to take back. Change it in the list.");
    const auto found = std::ranges::find_if(things, [&](const Thing& thing) { return thing.id.value == *id && thing.event == event.id; });
    if (found == things.end()) return fail(ErrorCode::not_found, "Something of the list was removed since then, so nothing was taken back.");
    const auto fields = pages.row_values(*found);
    if (parts.size() != fields.size() + 2) return fail(ErrorCode::invalid, "It is not clear what to take back. Change it in the list.");
    if (found->version != *version)
      return fail(ErrorCode::conflict, "“" + pages.name(*found).in(event.languages.front()) +
                                           "” was changed since then, so nothing was taken back. Look at the list, and change it there.");
    http::Fields form;
    for (std::size_t i = 0; i < fields.size(); ++i)
      if (!parts[i + 2].empty()) form.add(row_field(fields[i].first, *id), std::string(parts[i + 2]));
    TRY(save_row(pages, tx, actor, event, form, *found, *version));
  }
  return {};
}

/// All rows or none.
template <class Thing>
Result<http::Response> list_submit(const Pages<Thing>& pages, const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_write());
  TRY_ASSIGN(Event event, event_of_route(tx, request));
  TRY_ASSIGN(const auto things, pages.list(tx, event));
  std::vector<std::string> before;
  auto saved = [&]() -> Result<void> {
    for (const auto& thing : things) {
      const auto version = number_in(request.form.get(row_field("version", thing.id.value)));
      if (thing.event != event.id || !version) continue;
      TRY_ASSIGN(const auto changed, save_row(pages, tx, actor_of(request), event, request.form, thing, *version));
      if (changed) before.push_back(row_in_words(pages, thing, *changed));
    }
    return tx.commit();
  }();
  if (!saved) {
    if (!belongs_into_form(saved.error())) return std::unexpected(std::move(saved).error());
    return show_list(pages, web, request, event, things, &saved.error());
  }
  return organiser_done(organiser_path(event, pages.below), "saved", before.empty() ? "" : std::string(pages.below) + ":" + join(before, ","));
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
