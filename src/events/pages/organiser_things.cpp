// Rooms, tracks, session types and information pages (organiser_pages.h).
#include <fmt/format.h>
#include "base/text.h"
#include "events/organiser_pages.h"
#include "events/organiser_table.h"
#include "events/organiser_thing.h"

namespace confer::events {
namespace {

std::string href(const Event& event, std::string_view below, std::int64_t id) { return organiser_path(event, std::string(below) + "/" + std::to_string(id)); }

std::unexpected<Error> wrong(std::string field, std::string message) {
  return fail(Error{ErrorCode::invalid, "Some fields need another look.", {}, {}, {{std::move(field), std::move(message)}}});
}

/// A whole number or nothing at all. Errors: invalid, at `field`.
Result<std::optional<int>> optional_number(const http::Fields& form, std::string_view field) {
  const auto text = trim(form.get(field));
  if (text.empty()) return std::optional<int>();
  const auto number = number_in(text);
  if (!number || *number < 0 || *number > 1'000'000) return wrong(std::string(field), "Write a whole number, or nothing.");
  return std::optional<int>(static_cast<int>(*number));
}

Result<int> position_in(const http::Fields& form) {
  TRY_ASSIGN(const auto position, optional_number(form, "position"));
  return position.value_or(0);
}

void fill_guid(Form& form, std::string_view what, const std::string& guid) {
  form.text("guid", "GUID (optional)", guid,
            "Other programs know the " + std::string(what) + " by it: change it only to what they say. Empty: a new one is made.");
}

std::string guid_in(const http::Fields& form, const std::string& stored) { return form.has("guid") ? fold(trim(form.get("guid"))) : stored; }

// ---- rooms

std::string windows_to_lines(const std::vector<OpeningWindow>& windows) {
  std::string lines;
  for (const auto& window : windows) lines += window_to_line(window.from, window.to) + "\n";
  return lines;
}

Result<std::vector<OpeningWindow>> windows_of_lines(std::string_view lines) {
  std::vector<OpeningWindow> windows;
  for (std::string_view line : split(lines, '\n')) {
    if (trim(line).empty()) continue;
    auto window = window_of_line(line);
    if (!window) return wrong("open", window.error().message);
    windows.push_back({window->first, window->second});
  }
  return windows;
}

std::string room_table(const Event& event, const std::vector<Room>& rooms) {
  Table table("Rooms", {"Room", "Place", "Seats", "Accessibility", "Shown"});
  table.when_empty("There are no rooms yet. A talk needs one.");
  for (const auto& room : rooms) {
    table.row();
    if (room.event == event.id)
      table.link(room.name.in(event.languages.front()), href(event, "rooms", room.id.value));
    else
      table.cell(room.name.in(event.languages.front()) + " (of the edition)");
    table.number(room.position).cell(room.capacity ? std::to_string(*room.capacity) : "").cell(room.accessibility).cell(room.hidden ? "hidden" : "yes");
  }
  return table.draw();
}

void fill_room(Form& form, const Event& event, const Room& room) {
  form.localized("name", "Name", room.name, event.languages);
  form.input("number", "position", "Place in the order", std::to_string(room.position));
  form.input("number", "capacity", "Seats (optional)", room.capacity ? std::to_string(*room.capacity) : "");
  form.text("accessibility", "Accessibility (optional)", room.accessibility, "For example: step-free, induction loop.");
  form.check("hidden", "Hidden: from the next release on, neither the room nor its sessions are public", room.hidden);
  form.localized_area("description", "How to find it (optional)", room.description, event.languages, {}, 3);
  form.area("open", "Opening windows (optional)", windows_to_lines(room.open),
            "One a line, by the clock at the venue, such as " + to_text(event.start.value_or(Date{})) + " 09:00–18:00. Empty: always open.", 3);
  form.input("url", "stream_url", "Stream (optional)", room.stream_url).input("url", "captions_url", "Captions (optional)", room.captions_url);
  fill_guid(form, "room", room.guid);
}

Result<Room> read_room(const http::Fields& form, const Event& event, Room room) {
  room.name = localized_in(form, "name", event.languages, std::move(room.name));
  room.description = localized_in(form, "description", event.languages, std::move(room.description));
  TRY_ASSIGN(room.position, position_in(form));
  TRY_ASSIGN(room.capacity, optional_number(form, "capacity"));
  room.accessibility = tidy_line(form.get("accessibility"));
  room.hidden = form.has("hidden");
  TRY_ASSIGN(room.open, windows_of_lines(form.get("open")));
  room.stream_url = std::string(trim(form.get("stream_url")));
  room.captions_url = std::string(trim(form.get("captions_url")));
  room.guid = guid_in(form, room.guid);
  return room;
}

const Pages<Room> rooms{"rooms",     "Rooms",     "room",     "room",     "The room leaves the draft; releases keep it.",
                        &list_rooms, &room_table, &fill_room, &read_room, [](const Room& r) -> const LocalizedText& { return r.name; },
                        &save_room,  &remove_room};

// ---- tracks

std::string contrast_words(std::string_view color) {
  const auto contrast = contrast_of(color);
  if (!contrast) return "";
  return fmt::format("{:.1f} : 1 with white text, {:.1f} : 1 with black text", contrast->with_white, contrast->with_black);
}

std::string track_table(const Event& event, const std::vector<Track>& tracks) {
  Table table("Tracks", {"Track", "Place", "Colour", "Contrast"});
  table.when_empty("There are no tracks yet. A programme works without them, too.");
  for (const auto& track : tracks)
    table.row()
        .link(track.name.in(event.languages.front()), href(event, "tracks", track.id.value))
        .number(track.position)
        .cell(track.color)
        .cell(contrast_words(track.color));
  return table.draw();
}

void fill_track(Form& form, const Event& event, const Track& track) {
  form.localized("name", "Name", track.name, event.languages);
  form.input("number", "position", "Place in the order", std::to_string(track.position));
  std::string hint = "A bar in this colour marks the track’s sessions; it is made darker or lighter where it could not be seen.";
  if (!track.color.empty()) hint += " Now: " + contrast_words(track.color) + ".";
  form.input("color", "color", "Colour", track.color.empty() ? event.color : track.color, hint);
  form.localized_area("description", "Description (optional)", track.description, event.languages, {}, 3);
  fill_guid(form, "track", track.guid);
}

Result<Track> read_track(const http::Fields& form, const Event& event, Track track) {
  track.name = localized_in(form, "name", event.languages, std::move(track.name));
  track.description = localized_in(form, "description", event.languages, std::move(track.description));
  TRY_ASSIGN(track.position, position_in(form));
  track.color = std::string(trim(form.get("color")));
  track.guid = guid_in(form, track.guid);
  return track;
}

const Pages<Track> tracks{"tracks",     "Tracks",     "track",     "track",     "Its talks have no track then.",
                          &list_tracks, &track_table, &fill_track, &read_track, [](const Track& t) -> const LocalizedText& { return t.name; },
                          &save_track,  &remove_track};

// ---- session types

std::string type_table(const Event& event, const std::vector<SessionType>& types) {
  Table table("Session types", {"Type", "Place", "Minutes"});
  table.when_empty("There are no session types yet: talk, keynote, tutorial …");
  for (const auto& type : types)
    table.row().link(type.name.in(event.languages.front()), href(event, "types", type.id.value)).number(type.position).number(type.length.count());
  return table.draw();
}

void fill_type(Form& form, const Event& event, const SessionType& type) {
  form.localized("name", "Name", type.name, event.languages);
  form.input("number", "position", "Place in the order", std::to_string(type.position));
  form.input("number", "length", "Minutes", std::to_string(type.length.count()), "How long such a session takes when nothing else is said.");
}

Result<SessionType> read_type(const http::Fields& form, const Event& event, SessionType type) {
  type.name = localized_in(form, "name", event.languages, std::move(type.name));
  TRY_ASSIGN(type.position, position_in(form));
  TRY_ASSIGN(auto length, optional_number(form, "length"));
  type.length = minutes(length.value_or(0));
  return type;
}

const Pages<SessionType> types{"types",
                               "Session types",
                               "session type",
                               "type",
                               "Its talks have no type then.",
                               &list_session_types,
                               &type_table,
                               &fill_type,
                               &read_type,
                               [](const SessionType& t) -> const LocalizedText& { return t.name; },
                               &save_session_type,
                               &remove_session_type};

// ---- information pages

std::string page_table(const Event& event, const std::vector<InfoPage>& pages) {
  Table table("Information pages", {"Page", "Address", "Place", "Navigation", "Public"});
  table.when_empty("There are no pages yet: venue, travel, code of conduct …");
  for (const auto& page : pages)
    table.row()
        .link(page.title.in(event.languages.front()), href(event, "pages", page.id.value))
        .cell(page.slug)
        .number(page.position)
        .cell(page.in_navigation ? "yes" : "no")
        .cell(page.is_public ? "yes" : "no");
  return table.draw();
}

void fill_page(Form& form, const Event& event, const InfoPage& page) {
  form.localized("title", "Title", page.title, event.languages);
  form.text("slug", "Address", page.slug, "Small letters, digits and hyphens. Empty: made from the title.");
  form.localized_area("body", "Text", page.body, event.languages, "Markdown.", 14);
  form.input("number", "position", "Place in the order", std::to_string(page.position));
  form.check("in_navigation", "In the navigation", page.in_navigation).check("is_public", "Public", page.is_public);
}

Result<InfoPage> read_page(const http::Fields& form, const Event& event, InfoPage page) {
  page.title = localized_in(form, "title", event.languages, std::move(page.title));
  page.body = localized_in(form, "body", event.languages, std::move(page.body));
  page.slug = std::string(trim(form.get("slug")));
  TRY_ASSIGN(page.position, position_in(form));
  page.in_navigation = form.has("in_navigation");
  page.is_public = form.has("is_public");
  return page;
}

const Pages<InfoPage> pages{"pages",     "Information pages", "information page", "page",     "Its address answers “not found” then.",
                            &list_pages, &page_table,         &fill_page,         &read_page, [](const InfoPage& p) -> const LocalizedText& { return p.title; },
                            &save_page,  &remove_page};

}  // namespace

Result<http::Response> organiser_rooms(const Web& web, http::Request& request) { return list_page(rooms, web, request); }
Result<http::Response> organiser_room(const Web& web, http::Request& request) { return thing_page(rooms, web, request); }
Result<http::Response> organiser_room_submit(const Web& web, http::Request& request) { return thing_submit(rooms, web, request); }
Result<http::Response> organiser_tracks(const Web& web, http::Request& request) { return list_page(tracks, web, request); }
Result<http::Response> organiser_track(const Web& web, http::Request& request) { return thing_page(tracks, web, request); }
Result<http::Response> organiser_track_submit(const Web& web, http::Request& request) { return thing_submit(tracks, web, request); }
Result<http::Response> organiser_track_remove(const Web& web, http::Request& request) { return thing_remove(tracks, web, request); }
Result<http::Response> organiser_types(const Web& web, http::Request& request) { return list_page(types, web, request); }
Result<http::Response> organiser_type(const Web& web, http::Request& request) { return thing_page(types, web, request); }
Result<http::Response> organiser_type_submit(const Web& web, http::Request& request) { return thing_submit(types, web, request); }
Result<http::Response> organiser_type_remove(const Web& web, http::Request& request) { return thing_remove(types, web, request); }
Result<http::Response> organiser_pages(const Web& web, http::Request& request) { return list_page(pages, web, request); }
Result<http::Response> organiser_page(const Web& web, http::Request& request) { return thing_page(pages, web, request); }
Result<http::Response> organiser_page_submit(const Web& web, http::Request& request) { return thing_submit(pages, web, request); }
Result<http::Response> organiser_page_remove(const Web& web, http::Request& request) { return thing_remove(pages, web, request); }

}  // namespace confer::events
