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

std::string room_table(const Event& event, const std::vector<Room>& rooms, const ListValues& values) {
  Table table("Rooms", {"Room", "Place", "Seats", "Accessibility", "Hidden"});
  table.when_empty("There are no rooms yet. A talk needs one.");
  for (const auto& room : rooms) {
    const std::string name = room.name.in(event.languages.front());
    const std::string seats = room.capacity ? std::to_string(*room.capacity) : "";
    table.row();
    if (room.event != event.id) {
      table.cell(name + " (of the edition)").number(room.position).cell(seats).cell(room.accessibility).cell(room.hidden ? "yes" : "");
      continue;
    }
    const auto id = room.id.value;
    table.link(name, href(event, "rooms", id))
        .input("number", row_field("position", id), values.text("position", id, std::to_string(room.position)), "Place of " + name)
        .input("number", row_field("capacity", id), values.text("capacity", id, seats), "Seats of " + name)
        .cell(room.accessibility)
        .check(row_field("hidden", id), values.is_on("hidden", id, room.hidden), name + " is hidden");
  }
  return table.draw();
}

Result<bool> read_room_row(const http::Fields& form, Room& room) {
  const Room before = room;
  TRY_ASSIGN(const auto position, optional_number(form, row_field("position", room.id.value)));
  TRY_ASSIGN(room.capacity, optional_number(form, row_field("capacity", room.id.value)));
  room.position = position.value_or(0);
  room.hidden = form.has(row_field("hidden", room.id.value));
  return room.position != before.position || room.capacity != before.capacity || room.hidden != before.hidden;
}

RowValues room_row_values(const Room& room) {
  return {{"position", std::to_string(room.position)}, {"capacity", room.capacity ? std::to_string(*room.capacity) : ""}, {"hidden", room.hidden ? "1" : ""}};
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

const Pages<Room> rooms{"rooms",
                        "Rooms",
                        "room",
                        "room",
                        "The room leaves the draft; releases keep it.",
                        &list_rooms,
                        &room_table,
                        &read_room_row,
                        &room_row_values,
                        &fill_room,
                        &read_room,
                        [](const Room& r) -> const LocalizedText& { return r.name; },
                        &save_room,
                        &remove_room};

// ---- tracks

std::string contrast_words(std::string_view color) {
  const auto contrast = contrast_of(color);
  if (!contrast) return "";
  return fmt::format("{:.1f} : 1 with white text, {:.1f} : 1 with black text", contrast->with_white, contrast->with_black);
}

std::string track_table(const Event& event, const std::vector<Track>& tracks, const ListValues& values) {
  Table table("Tracks", {"Track", "Place", "Colour", "Contrast"});
  table.when_empty("There are no tracks yet. A programme works without them, too.");
  for (const auto& track : tracks) {
    const auto id = track.id.value;
    const std::string name = track.name.in(event.languages.front());
    table.row()
        .link(name, href(event, "tracks", id))
        .input("number", row_field("position", id), values.text("position", id, std::to_string(track.position)), "Place of " + name)
        .input("color", row_field("color", id), values.text("color", id, track.color), "Colour of " + name)
        .cell(contrast_words(track.color));
  }
  return table.draw();
}

Result<bool> read_track_row(const http::Fields& form, Track& track) {
  const Track before = track;
  TRY_ASSIGN(const auto position, optional_number(form, row_field("position", track.id.value)));
  track.position = position.value_or(0);
  track.color = std::string(trim(form.get(row_field("color", track.id.value))));
  return track.position != before.position || fold(track.color) != fold(before.color);
}

RowValues track_row_values(const Track& track) { return {{"position", std::to_string(track.position)}, {"color", track.color}}; }

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

const Pages<Track> tracks{"tracks",
                          "Tracks",
                          "track",
                          "track",
                          "Its talks have no track then.",
                          &list_tracks,
                          &track_table,
                          &read_track_row,
                          &track_row_values,
                          &fill_track,
                          &read_track,
                          [](const Track& t) -> const LocalizedText& { return t.name; },
                          &save_track,
                          &remove_track};

// ---- session types

std::string type_table(const Event& event, const std::vector<SessionType>& types, const ListValues& values) {
  Table table("Session types", {"Type", "Place", "Minutes"});
  table.when_empty("There are no session types yet: talk, keynote, tutorial …");
  for (const auto& type : types) {
    const auto id = type.id.value;
    const std::string name = type.name.in(event.languages.front());
    table.row()
        .link(name, href(event, "types", id))
        .input("number", row_field("position", id), values.text("position", id, std::to_string(type.position)), "Place of " + name)
        .input("number", row_field("length", id), values.text("length", id, std::to_string(type.length.count())), "Minutes of " + name);
  }
  return table.draw();
}

Result<bool> read_type_row(const http::Fields& form, SessionType& type) {
  const SessionType before = type;
  TRY_ASSIGN(const auto position, optional_number(form, row_field("position", type.id.value)));
  TRY_ASSIGN(const auto length, optional_number(form, row_field("length", type.id.value)));
  type.position = position.value_or(0);
  type.length = minutes(length.value_or(0));
  return type.position != before.position || type.length != before.length;
}

RowValues type_row_values(const SessionType& type) { return {{"position", std::to_string(type.position)}, {"length", std::to_string(type.length.count())}}; }

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
                               &read_type_row,
                               &type_row_values,
                               &fill_type,
                               &read_type,
                               [](const SessionType& t) -> const LocalizedText& { return t.name; },
                               &save_session_type,
                               &remove_session_type};

// ---- information pages

std::string page_table(const Event& event, const std::vector<InfoPage>& pages, const ListValues& values) {
  Table table("Information pages", {"Page", "Address", "Place", "Navigation", "Public"});
  table.when_empty("There are no pages yet: venue, travel, code of conduct …");
  for (const auto& page : pages) {
    const auto id = page.id.value;
    const std::string name = page.title.in(event.languages.front());
    table.row()
        .link(name, href(event, "pages", id))
        .cell(page.slug)
        .input("number", row_field("position", id), values.text("position", id, std::to_string(page.position)), "Place of " + name)
        .check(row_field("in_navigation", id), values.is_on("in_navigation", id, page.in_navigation), name + " is in the navigation")
        .check(row_field("is_public", id), values.is_on("is_public", id, page.is_public), name + " is public");
  }
  return table.draw();
}

Result<bool> read_page_row(const http::Fields& form, InfoPage& page) {
  const InfoPage before = page;
  TRY_ASSIGN(const auto position, optional_number(form, row_field("position", page.id.value)));
  page.position = position.value_or(0);
  page.in_navigation = form.has(row_field("in_navigation", page.id.value));
  page.is_public = form.has(row_field("is_public", page.id.value));
  return page.position != before.position || page.in_navigation != before.in_navigation || page.is_public != before.is_public;
}

RowValues page_row_values(const InfoPage& page) {
  return {{"position", std::to_string(page.position)}, {"in_navigation", page.in_navigation ? "1" : ""}, {"is_public", page.is_public ? "1" : ""}};
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

const Pages<InfoPage> pages{"pages",
                            "Information pages",
                            "information page",
                            "page",
                            "Its address answers “not found” then.",
                            &list_pages,
                            &page_table,
                            &read_page_row,
                            &page_row_values,
                            &fill_page,
                            &read_page,
                            [](const InfoPage& p) -> const LocalizedText& { return p.title; },
                            &save_page,
                            &remove_page};

}  // namespace

Result<http::Response> organiser_rooms(const Web& web, http::Request& request) { return list_page(rooms, web, request); }
Result<http::Response> organiser_rooms_submit(const Web& web, http::Request& request) { return list_submit(rooms, web, request); }
Result<http::Response> organiser_room(const Web& web, http::Request& request) { return thing_page(rooms, web, request); }
Result<http::Response> organiser_room_submit(const Web& web, http::Request& request) { return thing_submit(rooms, web, request); }
Result<http::Response> organiser_tracks(const Web& web, http::Request& request) { return list_page(tracks, web, request); }
Result<http::Response> organiser_tracks_submit(const Web& web, http::Request& request) { return list_submit(tracks, web, request); }
Result<http::Response> organiser_track(const Web& web, http::Request& request) { return thing_page(tracks, web, request); }
Result<http::Response> organiser_track_submit(const Web& web, http::Request& request) { return thing_submit(tracks, web, request); }
Result<http::Response> organiser_track_remove(const Web& web, http::Request& request) { return thing_remove(tracks, web, request); }
Result<http::Response> organiser_types(const Web& web, http::Request& request) { return list_page(types, web, request); }
Result<http::Response> organiser_types_submit(const Web& web, http::Request& request) { return list_submit(types, web, request); }
Result<http::Response> organiser_type(const Web& web, http::Request& request) { return thing_page(types, web, request); }
Result<http::Response> organiser_type_submit(const Web& web, http::Request& request) { return thing_submit(types, web, request); }
Result<http::Response> organiser_type_remove(const Web& web, http::Request& request) { return thing_remove(types, web, request); }
Result<http::Response> organiser_pages(const Web& web, http::Request& request) { return list_page(pages, web, request); }
Result<http::Response> organiser_pages_submit(const Web& web, http::Request& request) { return list_submit(pages, web, request); }
Result<http::Response> organiser_page(const Web& web, http::Request& request) { return thing_page(pages, web, request); }
Result<http::Response> organiser_page_submit(const Web& web, http::Request& request) { return thing_submit(pages, web, request); }
Result<http::Response> organiser_page_remove(const Web& web, http::Request& request) { return thing_remove(pages, web, request); }

Result<void> undo_list_change(db::Tx& tx, const Actor& actor, const Event& event, std::string_view list, std::string_view before) {
  if (list == rooms.below) return undo_rows(rooms, tx, actor, event, before);
  if (list == tracks.below) return undo_rows(tracks, tx, actor, event, before);
  if (list == types.below) return undo_rows(types, tx, actor, event, before);
  return undo_rows(pages, tx, actor, event, before);
}

}  // namespace confer::events
