// Above the events: what one may work on, series, new events (organiser_pages.h).
#include <algorithm>
#include <ranges>
#include "base/text.h"
#include "events/organiser_event_form.h"
#include "events/organiser_form.h"
#include "events/organiser_frame.h"
#include "events/organiser_pages.h"
#include "events/organiser_table.h"

namespace confer::events {
namespace {

std::string dates_of(const Event& event) {
  if (event.start && event.start == event.end) return format_date(*event.start, "en", "yMMMd");
  if (event.start && event.end) return format_date(*event.start, "en", "yMMMd") + " – " + format_date(*event.end, "en", "yMMMd");
  return event.year ? std::to_string(*event.year) : "";
}

std::string series_path(const Series& series) { return "/organise/series/" + series.slug; }

/// The languages that a series has texts in, and English.
std::vector<std::string> languages_of(const Series& series) {
  std::vector<std::string> languages{"en"};
  for (const auto& [language, text] : series.title.all())
    if (language != "en") languages.push_back(language);
  return languages;
}

void fill_series(Form& form, const Series& series) {
  const auto languages = series.id ? languages_of(series) : std::vector<std::string>{"en"};
  form.localized("title", "Title", series.title, languages).text("slug", "Address", series.slug, "Small letters, digits and hyphens.");
  form.localized_area("description", "Description (optional)", series.description, languages, "Markdown.", 4);
}

Series series_in(const http::Fields& form, Series series) {
  const auto languages = languages_of(series);
  series.title = localized_in(form, "title", languages, std::move(series.title));
  series.description = localized_in(form, "description", languages, std::move(series.description));
  series.slug = std::string(trim(form.get("slug")));
  return series;
}

Result<Series> series_of_route(db::Tx& tx, const http::Request& request) {
  TRY_ASSIGN(auto series, find_series(tx, request.param("series")));
  if (!series) return fail(ErrorCode::not_found, "There is no such series.");
  return std::move(*series);
}

Result<http::Response> show_list(db::Tx& tx, const Web& web, const http::Request& request, const Error* error) {
  TRY_ASSIGN(auto all, list_series(tx));
  const Actor& actor = actor_of(request);
  Table table("Series", {"Series", "Address"});
  table.when_empty("There are no series that you may change.");
  for (const auto& series : all)
    if (may(actor, Right::organise, scope_of(series))) table.row().link(series.title.in("en"), series_path(series)).cell(series.slug);
  std::string content = table.draw();
  if (may(actor, Right::organise, {})) {
    Form form(request, error);
    form.section("A new series");
    fill_series(form, {});
    content += form.draw("/organise/series", "Add the series");
  }
  OrganiserPage page{.title = "Series",
                     .here = "/organise/series",
                     .content = std::move(content),
                     .trail = {{"/organise", "Events"}},
                     .lead = {},
                     .button = {},
                     .button_href = {}};
  if (error != nullptr) return organiser_rejected(web, request, std::move(page));
  return organiser_response(web, request, std::move(page));
}

Result<http::Response> show_series(db::Tx& tx, const Web& web, const http::Request& request, const Series& series, const Error* error) {
  TRY_ASSIGN(auto events, list_events(tx, series.id));
  Table table("Events", {"Event", "When"});
  table.when_empty("There are no events in this series yet.");
  // The one that is worked on is the newest.
  for (const auto& event : events | std::views::reverse) table.row().link(event.title.in("en"), organiser_path(event)).cell(dates_of(event));
  Form form(request, error);
  form.hidden("version", series.version).section("The series");
  fill_series(form, series);
  OrganiserPage page{.title = series.title.in("en"),
                     .here = "/organise/series",
                     .content = table.draw() + form.draw(series_path(series), "Save"),
                     .trail = {{"/organise", "Events"}, {"/organise/series", "Series"}},
                     .lead = {},
                     .button = "New event",
                     .button_href = series_path(series) + "/new"};
  if (error != nullptr) return organiser_rejected(web, request, std::move(page));
  return organiser_response(web, request, std::move(page));
}

Event empty_event(const Series& series) {
  Event event;
  event.series = series.id;
  event.title = series.title;
  return event;
}

/// An event of its own, one inside an edition, or one that is only remembered: what the choice `kind` says ("summit:pycon-2027").
constexpr std::string_view summit_of = "summit:";
std::vector<Option> kinds_to_choose(const std::vector<Event>& events) {
  std::vector<Option> kinds{{"edition", "an edition: days, rooms and a programme of its own", true}};
  for (const auto& event : events)
    if (event.kind == EventKind::edition && event.start)
      kinds.push_back({std::string(summit_of) + event.slug, "a summit inside " + event.title.in("en") + ": its rooms and time zone, days of its own", false});
  kinds.push_back({"archived", "only archived: what is known of an event of the past", false});
  return kinds;
}

Result<void> take_kind(db::Tx& tx, std::string_view chosen, Event& event) {
  if (chosen == "archived") {
    event.kind = EventKind::archived;
  } else if (chosen.starts_with(summit_of)) {
    TRY_ASSIGN(Event parent, require_event(tx, chosen.substr(summit_of.size())));
    event.kind = EventKind::summit;
    event.parent = parent.id;
    event.zone = parent.zone;
  } else if (!chosen.empty() && chosen != "edition") {
    return fail(Error{ErrorCode::invalid, "Some fields need another look.", {}, {}, {{"kind", "Choose one of these."}}});
  }
  return {};
}

/// Two forms: a copy of an edition, which is what one wants from the second year on, and an empty event.
Result<http::Response> show_new_event(db::Tx& tx, const Web& web, const http::Request& request, const Series& series, const Error* error) {
  TRY_ASSIGN(auto events, list_events(tx, series.id));
  const std::string here = series_path(series) + "/new";
  std::string content;
  std::vector<Option> editions;
  for (const auto& event : events)
    if (event.start && event.kind == EventKind::edition) editions.insert(editions.begin(), {event.slug, event.title.in("en") + ", " + dates_of(event), false});
  const bool copying = request.form.get("how") == "copy" && !editions.empty();
  if (!editions.empty()) {
    Form form(request, copying ? error : nullptr);
    form.hidden("how", "copy").section("Copy from an earlier edition");
    form.select("from", "Edition", std::move(editions), "Rooms, tracks, session types, pages and rules come along; all dates move.");
    // All that the editions speak; those that the copied one does not are left out.
    std::vector<std::string> languages;
    for (const auto& event : events)
      for (const auto& language : event.languages)
        if (std::ranges::find(languages, language) == languages.end()) languages.push_back(language);
    form.localized("copy_title", "Title", {}, languages)
        .text("copy_slug", "Address", "", "For example pycon-2028.")
        .input("date", "copy_start", "First day", "");
    content += form.draw(here, "Copy");
  }
  Form form(request, copying ? nullptr : error);
  form.hidden("how", "empty").section("Begin with an empty event");
  form.select("kind", "What it is", kinds_to_choose(events));
  fill_event(form, empty_event(series));
  content += form.draw(here, "Add the event");
  OrganiserPage page{.title = "New event of " + series.title.in("en"),
                     .here = "/organise/series",
                     .content = std::move(content),
                     .trail = {{"/organise", "Events"}, {series_path(series), series.title.in("en")}},
                     .lead = {},
                     .button = {},
                     .button_href = {}};
  if (error != nullptr) return organiser_rejected(web, request, std::move(page));
  return organiser_response(web, request, std::move(page));
}

/// A problem of "slug" stands at the copy form's "copy_slug".
Error at_copy_fields(Error error) {
  for (auto& problem : error.problems)
    if (problem.field == "slug" || problem.field == "title" || problem.field == "start") problem.field = "copy_" + problem.field;
  return error;
}

Result<Event> copied(db::Tx& tx, const http::Request& request, const Series& series) {
  TRY_ASSIGN(auto from, find_event(tx, request.form.get("from")));
  if (!from || from->series != series.id)
    return fail(Error{ErrorCode::invalid, "Some fields need another look.", {}, {}, {{"from", "Choose an edition of this series."}}});
  auto start = parse_date(trim(request.form.get("copy_start")));
  if (!start) return fail(Error{ErrorCode::invalid, "Some fields need another look.", {}, {}, {{"start", start.error().message}}});
  return copy_event(tx, actor_of(request), *from, std::string(trim(request.form.get("copy_slug"))),
                    localized_in(request.form, "copy_title", from->languages, {}), *start);
}

/// The form again, drawn after the transaction that failed has ended: what it asks for must not wait for its own connection.
template <class Show>
Result<http::Response> again(const Web& web, Error error, Show show) {
  if (!belongs_into_form(error)) return std::unexpected(std::move(error));
  TRY_ASSIGN(auto tx, web.db.begin_read());
  return show(tx, error);
}

}  // namespace

Result<http::Response> organiser_home(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(auto all, list_events(tx));
  const Actor& actor = actor_of(request);
  Table table("Events", {"Event", "When", "Kind", "Public"});
  table.when_empty("You are in no team yet. Ask the organisers of an event to add you to one.");
  for (const auto& event : all)
    if (belongs_to(actor, scope_of(event)))
      table.row()
          .link(event.title.in("en"), organiser_path(event))
          .cell(dates_of(event))
          .cell(event.kind == EventKind::summit     ? "summit"
                : event.kind == EventKind::archived ? "archived"
                                                    : "edition")
          .cell(event.is_public ? "yes" : "no");
  OrganiserPage page{
      .title = "Events", .here = "/organise", .content = table.draw(), .trail = {}, .lead = "What you may work on.", .button = {}, .button_href = {}};
  return organiser_response(web, request, std::move(page));
}

Result<http::Response> organiser_series_list(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  return show_list(tx, web, request, nullptr);
}

Result<http::Response> organiser_series_add(const Web& web, http::Request& request) {
  auto done = in_transaction(web, [&](db::Tx& tx) { return save_series(tx, actor_of(request), series_in(request.form, {})); });
  if (!done) return again(web, std::move(done).error(), [&](db::Tx& tx, const Error& error) { return show_list(tx, web, request, &error); });
  return organiser_done("/organise/series", "added");
}

Result<http::Response> organiser_series(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(Series series, series_of_route(tx, request));
  return show_series(tx, web, request, series, nullptr);
}

Result<http::Response> organiser_series_submit(const Web& web, http::Request& request) {
  Series stored, asked;
  auto saved = in_transaction(web, [&](db::Tx& tx) -> Result<void> {
    TRY_ASSIGN(stored, series_of_route(tx, request));
    asked = series_in(request.form, stored);
    asked.version = number_in(request.form.get("version")).value_or(0);
    TRY(save_series(tx, actor_of(request), asked));
    return {};
  });
  if (!saved) return again(web, std::move(saved).error(), [&](db::Tx& tx, const Error& error) { return show_series(tx, web, request, stored, &error); });
  return organiser_done(series_path(asked), "saved");
}

Result<http::Response> organiser_new_event(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(Series series, series_of_route(tx, request));
  return show_new_event(tx, web, request, series, nullptr);
}

Result<http::Response> organiser_new_event_submit(const Web& web, http::Request& request) {
  const bool copying = request.form.get("how") == "copy";
  Series series;
  Event made;
  auto done = in_transaction(web, [&](db::Tx& tx) -> Result<void> {
    TRY_ASSIGN(series, series_of_route(tx, request));
    if (copying) {
      TRY_ASSIGN(made, copied(tx, request, series));
      return {};
    }
    Event event = empty_event(series);
    TRY(take_kind(tx, request.form.get("kind"), event));
    TRY_ASSIGN(event, event_in(request.form, std::move(event)));
    TRY_ASSIGN(made, save_event(tx, actor_of(request), std::move(event)));
    return {};
  });
  if (!done)
    return again(web, copying ? at_copy_fields(std::move(done).error()) : std::move(done).error(),
                 [&](db::Tx& tx, const Error& error) { return show_new_event(tx, web, request, series, &error); });
  return organiser_done(organiser_path(made, "settings"), copying ? "copied" : "added");
}

}  // namespace confer::events
