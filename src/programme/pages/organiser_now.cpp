// Quick changes on the day: a speaker is ill, a room is closed, two sessions swap (organiser_pages.h).
#include <algorithm>
#include <set>
#include "base/text.h"
#include "events/organiser_form.h"
#include "events/organiser_frame.h"
#include "html/template.h"
#include "programme/organiser_pages.h"
#include "programme/organiser_words.h"
#include "programme/programme.h"

namespace confer::programme {
namespace {

using events::Event;
using events::Form;
using events::Option;
using events::organiser_path;
using What = Correction::What;

/// What all pages here start from: the event, what is released, and what the clock on the venue's wall shows.
struct Venue {
  Event event;
  Programme programme;
  WallTime now{};
};

Result<Venue> venue_of(const Web& web, const http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(Event event, events::event_of_route(tx, request));
  TRY_ASSIGN(auto programme, current_programme(tx, event, web.sign_in.base_url));
  if (!programme) return fail(ErrorCode::conflict, "Nothing is released yet: change the draft and release it.");
  TRY_ASSIGN(Zone zone, events::zone_of(event));
  return Venue{std::move(event), std::move(*programme), zone.to_wall(request.received)};
}

std::vector<Date> days_of(const Programme& p) {
  std::set<Date> days;
  for (const auto& slot : p.slots) days.insert(day_of(slot.start, p.conference.day_start_hour));
  return {days.begin(), days.end()};
}

/// The day that was asked for, else today, else the first one to come, else the last.
Date shown_day(const http::Request& request, const Venue& venue, const std::vector<Date>& days) {
  const Date today = day_of(venue.now, venue.programme.conference.day_start_hour);
  if (auto asked = parse_date(request.query.get("day")); asked) return *asked;
  auto next = std::ranges::lower_bound(days, today);
  return days.empty() ? today : next != days.end() ? *next : days.back();
}

std::string speakers_of(const Programme& p, const Slot& slot) {
  const auto* talk = p.talk(slot.talk);
  std::vector<std::string> names;
  if (talk != nullptr)
    for (const auto& credit : talk->credits) names.push_back(credit.name);
  return join(names, ", ");
}

void add_slot(html::View& room, const Venue& venue, const Slot& slot) {
  auto& item = room.add("SLOT");
  const bool now = slot.start <= venue.now && venue.now < slot.start + slot.length;
  const bool cancelled = is_cancelled(venue.programme, slot);
  item.set("SLOT_TITLE", slot_title(venue.programme, slot)).set("SLOT_PEOPLE", speakers_of(venue.programme, slot));
  item.set("SLOT_TIME", clock_text(slot.start) + "–" + clock_text(slot.start + slot.length));
  item.set("SLOT_HREF", organiser_path(venue.event, "now/" + std::to_string(slot.number)));
  item.set("SLOT_CLASS", cancelled ? "is-cancelled" : now ? "is-now" : slot.start + slot.length <= venue.now ? "is-past" : "");
  item.show_if(cancelled, "CANCELLED");
  if (!slot.note.empty()) item.add("NOTE").set("NOTE_TEXT", slot.note);
}

std::vector<Option> rooms_to_choose(const Programme& p, const std::string& chosen) {
  std::vector<Option> options;
  for (const auto& room : p.rooms) options.push_back({room.code, room_name(p, room.code), room.code == chosen});
  return options;
}

Result<const Slot*> slot_of_route(const Venue& venue, const http::Request& request) {
  TRY_ASSIGN(auto number, events::number_of_route(request, "slot"));
  auto found = std::ranges::find(venue.programme.slots, number, &Slot::number);
  if (found == venue.programme.slots.end()) return fail(ErrorCode::not_found, "This session is not in the current release.");
  return &*found;
}

/// Sessions of the same day that this one could change places with.
std::vector<Option> partners(const Venue& venue, const Slot& slot) {
  const auto& p = venue.programme;
  std::vector<Option> options;
  for (const auto& other : p.slots)
    if (other.number != slot.number && other.kind == SlotKind::talk &&
        day_of(other.start, p.conference.day_start_hour) == day_of(slot.start, p.conference.day_start_hour))
      options.push_back({std::to_string(other.number), clock_text(other.start) + " " + room_name(p, other.room) + ": " + slot_title(p, other), false});
  return options;
}

constexpr std::string_view note_hint = "Everybody reads it beside the session, for example: The speaker is ill.";

/// The forms for one session. With an error, the form that was sent comes back with what was typed.
std::string slot_forms(const http::Request& request, const Venue& venue, const Slot& slot, const Error* error) {
  const std::string action = organiser_path(venue.event, "now/" + std::to_string(slot.number));
  const std::string& sent = request.form.get("what");
  const auto error_of = [&](std::string_view what) { return error != nullptr && sent == what ? error : nullptr; };
  std::string content;
  if (slot.state == SlotState::cancelled) {
    content += Form(request, error_of("reinstate"))
                   .hidden("what", "reinstate")
                   .section("It takes place after all")
                   .text("note", "Note for visitors (optional)", "")
                   .draw(action, "Reinstate");
    return content;
  }
  content += Form(request, error_of("cancel"))
                 .hidden("what", "cancel")
                 .section("Cancel")
                 .text("note", "Note for visitors (optional)", "", note_hint)
                 .draw(action, "Cancel this session", {}, true);
  content += Form(request, error_of("move"))
                 .hidden("what", "move")
                 .section("Move")
                 .select("room", "Room", rooms_to_choose(venue.programme, slot.room))
                 .input("datetime-local", "start", "Start", to_text(slot.start), "By the clock at the venue (" + venue.event.zone + ").")
                 .input("number", "length", "Minutes", std::to_string(slot.length.count()))
                 .text("move_note", "Note for visitors (optional)", slot.note)
                 .draw(action, "Move");
  if (auto others = partners(venue, slot); !others.empty())
    content += Form(request, error_of("swap"))
                   .hidden("what", "swap")
                   .section("Swap")
                   .select("other", "Change places with", std::move(others))
                   .text("swap_note", "Note for visitors (optional)", "")
                   .draw(action, "Swap the two");
  return content;
}

http::Response show_slot(const Web& web, const http::Request& request, const Venue& venue, const Slot& slot, const Error* error) {
  events::OrganiserPage page{.title = slot_title(venue.programme, slot),
                             .here = "now",
                             .content = slot_forms(request, venue, slot, error),
                             .trail = {{organiser_path(venue.event, "now"), "Today"}},
                             .lead = time_span(slot.start, slot.length) + ", " + room_name(venue.programme, slot.room),
                             .button = {},
                             .button_href = {}};
  if (error != nullptr) return events::organiser_rejected(web, request, venue.event, std::move(page));
  return events::organiser_response(web, request, venue.event, std::move(page));
}

/// What the form asks for. Errors: invalid, by field.
Result<Correction> correction_in(const http::Fields& form, const Slot& slot) {
  Correction c;
  c.slot = slot.number;
  const std::string& what = form.get("what");
  if (what == "cancel" || what == "reinstate") {
    c.what = what == "cancel" ? What::cancel : What::reinstate;
    c.note = tidy_line(form.get("note"));
  } else if (what == "move") {
    c.what = What::move;
    if (form.get("room") != slot.room) c.room = form.get("room");
    auto start = parse_wall_time(form.get("start"));
    if (!start) return fail(Error{ErrorCode::invalid, "The time needs another look.", {}, {}, {{"start", start.error().message}}});
    if (*start != slot.start) c.start = *start;
    auto length = events::number_in(trim(form.get("length")));
    if (!length || *length < 1 || *length > 24 * 60)
      return fail(Error{ErrorCode::invalid, "The length needs another look.", {}, {}, {{"length", "A session takes between 1 and 1440 minutes."}}});
    if (minutes(*length) != slot.length) c.length = minutes(*length);
    c.note = tidy_line(form.get("move_note"));
  } else if (what == "swap") {
    c.what = What::swap;
    c.other = events::number_in(form.get("other")).value_or(0);
    c.note = tidy_line(form.get("swap_note"));
  } else {
    return fail(ErrorCode::invalid, "Choose whether to cancel, move, swap or reinstate the session.");
  }
  return c;
}

/// Back to the day where it happened, with the offer to take it back.
http::Response corrected(const Venue& venue, const Release& release, WallTime there) {
  const Date day = day_of(there, venue.programme.conference.day_start_hour);
  return events::organiser_done(organiser_path(venue.event, "now?day=" + to_text(day)), "corrected", "correction:" + std::to_string(release.revision));
}

/// When the closing begins and what "this day" ends with: now, or the morning of the day that was asked for.
std::pair<WallTime, WallTime> closing_times(const http::Request& request, const Venue& venue) {
  const Date day = shown_day(request, venue, days_of(venue.programme));
  const WallTime morning = WallTime(day + std::chrono::hours(venue.programme.conference.day_start_hour));
  return {std::max(venue.now, morning), morning + std::chrono::days(1)};
}

/// The released sessions in the room from then on.
std::vector<const Slot*> sessions_in(const Venue& venue, const Room& room, WallTime from, WallTime until) {
  std::vector<const Slot*> found;
  for (const auto& slot : venue.programme.slots)
    if (slot.room == room.code && slot.kind == SlotKind::talk && slot.state != SlotState::cancelled && slot.start + slot.length > from && slot.start < until)
      found.push_back(&slot);
  return found;
}

/// Other rooms, those first that are free for all that is to come.
std::vector<Option> rooms_to_move_to(const Venue& venue, const Room& closed, WallTime from, WallTime until) {
  std::vector<Option> free, taken;
  for (const auto& room : venue.programme.rooms) {
    if (room.code == closed.code) continue;
    Correction c;
    c.what = What::close_room;
    c.room = closed.code;
    c.to_room = room.code;
    c.start = from;
    c.until = until;
    const bool fits = with_correction(venue.programme, c).has_value();
    std::string text = "moves to " + room_name(venue.programme, room.code);
    if (room.capacity) text += ", " + std::to_string(*room.capacity) + " seats";
    if (!fits) text += " (taken at times)";
    (fits ? free : taken).push_back({room.code, std::move(text), false});
  }
  free.insert(free.end(), taken.begin(), taken.end());
  return free;
}

Result<const Room*> room_of_route(const Venue& venue, const http::Request& request) {
  const auto* room = venue.programme.room(request.param("room"));
  if (room == nullptr) return fail(ErrorCode::not_found, "There is no such room in the current release.");
  return room;
}

/// "2 sessions are to come on this day: 10:30 Tides, 11:30 Ropes."
std::string closing_lead(const Venue& venue, const std::vector<const Slot*>& sessions) {
  if (sessions.empty()) return "No session is to come in this room on this day.";
  std::vector<std::string> names;
  for (const Slot* slot : sessions) names.push_back(clock_text(slot->start) + " " + slot_title(venue.programme, *slot));
  return std::to_string(sessions.size()) + (sessions.size() == 1 ? " session is" : " sessions are") + " to come on this day: " + join(names, ", ") + ".";
}

http::Response show_room(const Web& web, const http::Request& request, const Venue& venue, const Room& room, const Error* error) {
  const auto [from, until] = closing_times(request, venue);
  const auto sessions = sessions_in(venue, room, from, until);
  Form form(request, error);
  form.select("to_room", "What is to come", events::with_none("is cancelled", rooms_to_move_to(venue, room, from, until)));
  form.select("until", "Closed", {{to_text(until), "for this day", true}, {"", "for good", false}});
  form.input("datetime-local", "from", "From", to_text(from),
             "Sessions that have ended by then stay as they were. By the clock at the venue (" + venue.event.zone + ").");
  form.text("note", "Note for visitors (optional)", "", "For example: The ceiling drips.");
  const Date day = day_of(from, venue.programme.conference.day_start_hour);
  const auto action = organiser_path(venue.event, "now/rooms/" + room.code + "?day=" + to_text(day));
  events::OrganiserPage page{.title = "Close " + room_name(venue.programme, room.code),
                             .here = "now",
                             .content = form.draw(action, "Close the room", organiser_path(venue.event, "now"), true),
                             .trail = {{organiser_path(venue.event, "now"), "Today"}},
                             .lead = closing_lead(venue, sessions),
                             .button = {},
                             .button_href = {}};
  if (error != nullptr) return events::organiser_rejected(web, request, venue.event, std::move(page));
  return events::organiser_response(web, request, venue.event, std::move(page));
}

}  // namespace

Result<http::Response> organiser_now(const Web& web, http::Request& request) {
  TRY_ASSIGN(Venue venue, venue_of(web, request));
  const auto days = days_of(venue.programme);
  const Date day = shown_day(request, venue, days);
  html::View view;
  for (Date d : days)
    view.add("DAY")
        .set("DAY_HREF", organiser_path(venue.event, "now?day=" + to_text(d)))
        .set("DAY_TEXT", format_date(d, "en", "MMMEd"))
        .show_if(d == day, "DAY_HERE");
  bool any = false;
  for (const auto& room : venue.programme.rooms) {
    html::View* section = nullptr;
    for (const auto& slot : venue.programme.slots) {
      if (slot.room != room.code || slot.kind != SlotKind::talk || day_of(slot.start, venue.programme.conference.day_start_hour) != day) continue;
      if (section == nullptr) {
        section = &view.add("ROOM");
        section->set("ROOM_NAME", room_name(venue.programme, room.code))
            .set("ROOM_HREF", organiser_path(venue.event, "now/rooms/" + room.code + "?day=" + to_text(day)));
      }
      add_slot(*section, venue, slot);
      any = true;
    }
  }
  view.show_if(!any, "NOTHING");
  events::OrganiserPage page{
      .title = "Today, quick changes",
      .here = "now",
      .content = html::render("programme/organiser/now.html", view, "en"),
      .trail = {},
      .lead = "Release " + venue.programme.version + ". It is " + clock_text(venue.now) + " at the venue. Choose a session to cancel, move or swap it.",
      .button = {},
      .button_href = {}};
  return events::organiser_response(web, request, venue.event, std::move(page));
}

Result<http::Response> organiser_now_slot(const Web& web, http::Request& request) {
  TRY_ASSIGN(Venue venue, venue_of(web, request));
  TRY_ASSIGN(const Slot* slot, slot_of_route(venue, request));
  return show_slot(web, request, venue, *slot, nullptr);
}

Result<http::Response> organiser_now_slot_submit(const Web& web, http::Request& request) {
  TRY_ASSIGN(Venue venue, venue_of(web, request));
  TRY_ASSIGN(const Slot* slot, slot_of_route(venue, request));
  auto done = [&]() -> Result<Release> {
    TRY_ASSIGN(const Correction c, correction_in(request.form, *slot));
    return correct(web.db, actor_of(request), venue.event.id, c, web.sign_in.base_url);
  }();
  if (!done) {
    if (!events::belongs_into_form(done.error())) return std::unexpected(std::move(done).error());
    return show_slot(web, request, venue, *slot, &done.error());
  }
  return corrected(venue, *done, slot->start);
}

Result<http::Response> organiser_now_room(const Web& web, http::Request& request) {
  TRY_ASSIGN(Venue venue, venue_of(web, request));
  TRY_ASSIGN(const Room* room, room_of_route(venue, request));
  return show_room(web, request, venue, *room, nullptr);
}

Result<http::Response> organiser_now_room_submit(const Web& web, http::Request& request) {
  TRY_ASSIGN(Venue venue, venue_of(web, request));
  TRY_ASSIGN(const Room* room, room_of_route(venue, request));
  Correction c;
  c.what = What::close_room;
  c.room = room->code;
  c.to_room = request.form.get("to_room");
  c.note = tidy_line(request.form.get("note"));
  auto from = parse_wall_time(request.form.get("from"));
  if (!from) {
    const Error error{ErrorCode::invalid, "The time needs another look.", {}, {}, {{"from", from.error().message}}};
    return show_room(web, request, venue, *room, &error);
  }
  c.start = *from;
  if (auto until = parse_wall_time(request.form.get("until")); until) c.until = *until;
  auto done = correct(web.db, actor_of(request), venue.event.id, c, web.sign_in.base_url);
  if (!done) {
    if (!events::belongs_into_form(done.error())) return std::unexpected(std::move(done).error());
    return show_room(web, request, venue, *room, &done.error());
  }
  return corrected(venue, *done, *c.start);
}

}  // namespace confer::programme
