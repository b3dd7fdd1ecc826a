// The event itself: settings and banner (organiser_pages.h).
#include <algorithm>
#include "base/text.h"
#include "events/organiser_event_form.h"
#include "events/organiser_form.h"
#include "events/organiser_frame.h"
#include "events/organiser_pages.h"
#include "html/theme.h"

namespace confer::events {
namespace {

std::string_view words_of(Feature feature) {
  switch (feature) {
    case Feature::stars:
      return "Stars: visitors gather their own schedule";
    case Feature::live:
      return "Live: open pages learn of changes at once";
    case Feature::search:
      return "Search";
    case Feature::speakers_page:
      return "A page of all speakers";
    case Feature::embed:
      return "The schedule may be embedded in other sites";
    case Feature::feedback_links:
      return "Links to feedback pages";
    case Feature::api:
      return "The public API";
  }
  return "";
}

std::string optional_text(const std::optional<int>& value) { return value ? std::to_string(*value) : ""; }

http::Response show_settings(const Web& web, const http::Request& request, const Event& event, const Error* error) {
  Form form(request, error);
  form.hidden("version", event.version);
  fill_event(form, event);
  OrganiserPage page{.title = "Settings",
                     .here = "settings",
                     .content = form.draw(organiser_path(event, "settings"), "Save"),
                     .trail = {},
                     .lead = {},
                     .button = {},
                     .button_href = {}};
  if (error != nullptr) return organiser_rejected(web, request, event, std::move(page));
  return organiser_response(web, request, event, std::move(page));
}

http::Response show_banner(const Web& web, const http::Request& request, const Event& event, const Error* error) {
  Form form(request, error);
  form.localized("banner", "Text", event.banner, event.languages, "One sentence on top of every page of the event. Empty: no banner.");
  const auto level = [&](int n, std::string text) { return Option{std::to_string(n), std::move(text), event.banner_level == n}; };
  form.select("level", "Level", {level(0, "information"), level(1, "warning"), level(2, "emergency")});
  std::string content = form.draw(organiser_path(event, "banner"), "Show it");
  if (!event.banner.empty()) {
    std::vector<std::pair<std::string, std::string>> nothing;
    for (const auto& language : event.languages) nothing.emplace_back("banner_" + language, "");
    content += confirm_button(organiser_path(event, "banner"), "Take it down…", "No page shows a banner any more.", "Take it down", nothing);
  }
  OrganiserPage page{.title = "Banner",
                     .here = "banner",
                     .content = std::move(content),
                     .trail = {},
                     .lead = "Open pages show it within seconds.",
                     .button = {},
                     .button_href = {}};
  if (error != nullptr) return organiser_rejected(web, request, event, std::move(page));
  return organiser_response(web, request, event, std::move(page));
}

std::optional<Date> day_in(const http::Fields& form, std::string_view field, std::vector<FieldProblem>& problems) {
  const auto text = trim(form.get(field));
  if (text.empty()) return {};
  auto day = parse_date(text);
  if (day) return *day;
  problems.push_back({std::string(field), day.error().message});
  return {};
}

std::optional<int> number_field(const http::Fields& form, std::string_view field, std::vector<FieldProblem>& problems) {
  const auto text = trim(form.get(field));
  if (text.empty()) return {};
  const auto number = number_in(text);
  if (number && *number >= 0 && *number <= 10'000'000) return static_cast<int>(*number);
  problems.push_back({std::string(field), "Write a whole number, or nothing."});
  return {};
}

}  // namespace

void fill_event(Form& form, const Event& event) {
  std::vector<Option> zones;
  for (const auto& name : Zone::all_names()) zones.push_back({name, name, name == event.zone});
  if (!event.zone.empty() && std::ranges::none_of(zones, &Option::chosen)) zones.insert(zones.begin(), {event.zone, event.zone, true});
  std::vector<Option> features;
  for (auto feature : all_features()) features.push_back({std::string(name_of(feature)), std::string(words_of(feature)), event.has(feature)});
  form.localized("title", "Title", event.title, event.languages).localized("subtitle", "Subtitle (optional)", event.subtitle, event.languages);
  form.localized("place", "Place", event.place, event.languages)
      .localized_area("description", "Description (optional)", event.description, event.languages, "Markdown, on the event’s first page.", 5);
  form.text("slug", "Address", event.slug, "In every address of the event: a change breaks links.");
  form.text("acronym", "Acronym in exports", event.acronym, "Small letters, digits and _, four at least. Empty: made from the address.");
  form.text("guid", "GUID in exports (optional)", event.guid,
            "Other programs know the event by it: change it only to what they say. Empty: a new one is made.");
  form.text("languages", "Languages", join(event.languages, ", "), "Codes with commas between them; the first one counts where a text is missing.");
  form.section("When")
      .input("date", "start", "First day", event.start ? to_text(*event.start) : "")
      .input("date", "end", "Last day", event.end ? to_text(*event.end) : "");
  if (event.kind != EventKind::summit) form.select("zone", "Time zone of the venue", with_none("not known", std::move(zones)), "A summit has its edition’s.");
  if (!event.id || event.kind == EventKind::archived)
    form.input("number", "year", "Year (optional)", optional_text(event.year), "Of an archived event whose days are not known.");
  form.input("number", "day_start_hour", "A day starts at", std::to_string(event.day_start_hour), "4: a party at 01:00 belongs to the evening before.");
  form.input("number", "change_over_minutes", "Minutes between two talks in a room", std::to_string(event.change_over_minutes), "A shorter gap is a clash.");
  form.section("What visitors see").check("is_public", "Public", event.is_public).input("color", "color", "Colour", event.color);
  if (event.kind == EventKind::summit) form.check("shown_merged", "Its sessions stand in the edition’s schedule, too", event.shown_merged);
  form.checks("features", "Switched on", std::move(features));
  form.section("Figures")
      .input("number", "capacity", "Places (optional)", optional_text(event.capacity))
      .input("number", "attendance", "People who came (optional)", optional_text(event.attendance));
}

Result<Event> event_in(const http::Fields& form, Event event) {
  std::vector<FieldProblem> problems;
  event.title = localized_in(form, "title", event.languages, std::move(event.title));
  event.subtitle = localized_in(form, "subtitle", event.languages, std::move(event.subtitle));
  event.place = localized_in(form, "place", event.languages, std::move(event.place));
  event.description = localized_in(form, "description", event.languages, std::move(event.description));
  event.slug = std::string(trim(form.get("slug")));
  event.acronym = std::string(trim(form.get("acronym")));
  if (form.has("guid")) event.guid = fold(trim(form.get("guid")));
  event.languages.clear();
  for (auto tag : split(form.get("languages"), ','))
    if (auto tidy = trim(tag); !tidy.empty()) event.languages.emplace_back(tidy);
  event.start = day_in(form, "start", problems);
  event.end = day_in(form, "end", problems);
  if (event.kind != EventKind::summit) event.zone = form.get("zone");
  if (form.has("year")) event.year = number_field(form, "year", problems);
  event.day_start_hour = number_field(form, "day_start_hour", problems).value_or(4);
  event.change_over_minutes = number_field(form, "change_over_minutes", problems).value_or(0);
  event.is_public = form.has("is_public");
  event.color = std::string(trim(form.get("color")));
  if (event.id && event.kind == EventKind::summit) event.shown_merged = form.has("shown_merged");
  event.off.clear();
  const auto on = form.every("features");
  for (auto feature : all_features())
    if (std::ranges::find(on, name_of(feature)) == on.end()) event.off.insert(feature);
  event.capacity = number_field(form, "capacity", problems);
  event.attendance = number_field(form, "attendance", problems);
  if (!problems.empty()) return fail(Error{ErrorCode::invalid, "Some fields need another look.", {}, {}, std::move(problems)});
  return event;
}

Result<http::Response> organiser_theme(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(Event event, event_of_route(tx, request));
  TRY_ASSIGN(auto tracks, list_tracks(tx, event));
  std::vector<html::NamedColour> colours;
  for (const auto& track : tracks) colours.push_back({track.code, track.color});
  // Asked again with each page, and answered 304: a colour that was just changed must be seen at once.
  return http::Response::content("text/css; charset=utf-8", html::theme_css(event.color, colours)).with_cache("private, no-cache");
}

Result<http::Response> organiser_settings(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(Event event, event_of_route(tx, request));
  return show_settings(web, request, event, nullptr);
}

Result<http::Response> organiser_settings_submit(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_write());
  TRY_ASSIGN(Event stored, event_of_route(tx, request));
  auto saved = [&]() -> Result<Event> {
    TRY_ASSIGN(Event asked, event_in(request.form, stored));
    asked.version = number_in(request.form.get("version")).value_or(0);
    TRY_ASSIGN(asked, save_event(tx, actor_of(request), std::move(asked)));
    TRY(tx.commit());
    return asked;
  }();
  if (!saved) {
    if (!belongs_into_form(saved.error())) return std::unexpected(std::move(saved).error());
    return show_settings(web, request, stored, &saved.error());
  }
  return organiser_done(organiser_path(*saved, "settings"), "saved");
}

Result<http::Response> organiser_banner(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(Event event, event_of_route(tx, request));
  return show_banner(web, request, event, nullptr);
}

Result<http::Response> organiser_banner_submit(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_write());
  TRY_ASSIGN(Event event, event_of_route(tx, request));
  auto saved = [&]() -> Result<void> {
    TRY(set_banner(tx, actor_of(request), event, localized_in(request.form, "banner", event.languages, event.banner),
                   static_cast<int>(number_in(request.form.get("level")).value_or(0))));
    return tx.commit();
  }();
  if (!saved) {
    if (!belongs_into_form(saved.error())) return std::unexpected(std::move(saved).error());
    return show_banner(web, request, event, &saved.error());
  }
  return organiser_done(organiser_path(event, "banner"), "banner");
}

}  // namespace confer::events
