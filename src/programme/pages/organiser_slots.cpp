// The form of a slot, with its clashes as it is filled in (organiser_pages.h).
#include <algorithm>
#include "base/text.h"
#include "events/organiser_form.h"
#include "events/organiser_frame.h"
#include "events/organiser_pages.h"
#include "html/assets.h"
#include "html/template.h"
#include "programme/organiser_pages.h"
#include "programme/organiser_slot_form.h"
#include "programme/organiser_words.h"

namespace confer::programme {
namespace {

using events::Event;
using events::Form;
using events::Option;
using events::organiser_path;

/// All that the slot form shows and checks against.
struct Surrounding {
  Event event;
  Programme draft;
  RuleSettings rules;
  Surroundings around;
  std::vector<talks::Talk> talks;
  std::vector<events::Room> rooms;
  std::vector<DraftSlot> slots;
};

Result<Surrounding> load(db::Tx& tx, const http::Request& request, const std::string& base_url) {
  Surrounding s;
  TRY_ASSIGN(s.event, events::event_of_route(tx, request));
  TRY_ASSIGN(s.draft, load_draft(tx, s.event, base_url));
  TRY_ASSIGN(s.rules, rule_settings(tx, s.event));
  TRY_ASSIGN(s.around, surroundings(tx, s.event));
  TRY_ASSIGN(s.talks, talks::list_talks(tx, s.event.id));
  TRY_ASSIGN(s.rooms, events::list_rooms(tx, s.event));
  TRY_ASSIGN(s.slots, list_slots(tx, s.event));
  return s;
}

Result<Surrounding> load(const Web& web, const http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  return load(tx, request, web.sign_in.base_url);
}

/// How long a session of the talk's type takes.
std::optional<minutes> usual_length(const Surrounding& s, TalkId id) {
  auto talk = std::ranges::find(s.talks, id, &talks::Talk::id);
  const Talk* drafted = talk == s.talks.end() ? nullptr : s.draft.talk(talk->code);
  if (drafted == nullptr) return {};
  auto type = std::ranges::find(s.draft.types, drafted->type, &SessionType::code);
  return type == s.draft.types.end() ? std::nullopt : std::optional(type->length);
}
std::optional<minutes> usual_length(const Surrounding& s, const http::Fields& form) {
  return usual_length(s, TalkId{events::number_in(form.get("talk")).value_or(0)});
}

/// Talks without a slot come first: those are what one places.
std::vector<Option> talks_to_choose(const Surrounding& s, TalkId chosen) {
  std::vector<Option> unplaced, placed;
  for (const auto& talk : s.talks) {
    const bool has_slot = std::ranges::find(s.slots, talk.id, &DraftSlot::talk) != s.slots.end();
    (has_slot ? placed : unplaced).push_back({std::to_string(talk.id.value), talk.title + (has_slot ? "" : " (no slot yet)"), talk.id == chosen});
  }
  unplaced.insert(unplaced.end(), placed.begin(), placed.end());
  return events::with_none("none", std::move(unplaced));
}

std::vector<Option> rooms_to_choose(const Surrounding& s, RoomId chosen) {
  std::vector<Option> options;
  for (const auto& room : s.rooms) options.push_back({std::to_string(room.id.value), room.name.in(s.event.languages.front()), room.id == chosen});
  return events::with_none("all rooms", std::move(options));
}

template <class Enum>
std::vector<Option> choices(std::initializer_list<Enum> values, Enum chosen) {
  std::vector<Option> options;
  for (Enum value : values) options.push_back({std::to_string(static_cast<int>(value)), std::string(words_of(value)), value == chosen});
  return options;
}

std::string slot_form(const http::Request& request, const Surrounding& s, const DraftSlot& slot, const Error* error) {
  Form form(request, error);
  form.hidden("version", slot.version);
  form.select("kind", "Kind", choices({SlotKind::talk, SlotKind::break_, SlotKind::social, SlotKind::blocker}, slot.kind));
  form.select("talk", "Talk", talks_to_choose(s, slot.talk));
  form.select("room", "Room", rooms_to_choose(s, slot.room), "Breaks and blockers may stand in all rooms.");
  form.input("datetime-local", "start", "Start", to_text(slot.start), "By the clock at the venue (" + s.event.zone + ").");
  const bool open_length = !slot.id && !slot.talk;
  form.input("number", "length", "Minutes", open_length ? "" : std::to_string(slot.length.count()),
             open_length ? "Empty: as long as sessions of the talk’s type take, else 30." : "");
  form.select("state", "State", choices({SlotState::planned, SlotState::cancelled, SlotState::moved}, slot.state));
  form.localized("title", "Title of a break or blocker", slot.title, s.event.languages);
  form.text("note", "Note for visitors (optional)", slot.note);
  form.area("parts", "Parts of a block (optional)", parts_to_lines(slot.parts),
            "One line a part: minutes after the start, length in minutes, title, then | and the speakers. For example: 0 5 State of the compiler | Ada, Bob",
            5);
  form.other_button("check", "Check for clashes");
  const std::string below = slot.id ? "slots/" + std::to_string(slot.id.value) : "slots/new";
  return form.draw(organiser_path(s.event, below), "Save", organiser_path(s.event, "slots"));
}

/// What stands below the form: the clashes of the slot as it is asked for.
std::string clashes_found(const Surrounding& s, const DraftSlot& slot) {
  html::View view;
  const auto clashes = clashes_of(s.draft, as_planned(slot, s.talks, s.rooms), s.rules, s.around);
  view.show(clashes.empty() ? "NO_CLASHES" : "CLASHES").set_html("CLASH_LIST", clash_list(s.event, clashes));
  return html::render("programme/organiser/slot_clashes.html", view, "en");
}

/// From a slot to its talk; and from a new slot to the one that the talk has already, before it is placed twice.
void add_neighbours(events::OrganiserPage& page, const Surrounding& s, const DraftSlot& slot) {
  const auto talk = std::ranges::find(s.talks, slot.talk, &talks::Talk::id);
  if (!slot.talk || talk == s.talks.end()) return;
  if (slot.id) {
    page.button = "Edit the talk";
    page.button_href = organiser_path(s.event, "talks/" + talk->code);
    return;
  }
  const auto placed = std::ranges::find(s.draft.slots, talk->code, &Slot::talk);
  if (placed == s.draft.slots.end()) return;
  page.lead =
      "“" + talk->title + "” has a slot already: " + day_and_time(placed->start) + ", " + room_name(s.draft, placed->room) + ". This form makes another one.";
  page.button = "Change that slot";
  page.button_href = organiser_path(s.event, "slots/" + std::to_string(placed->number));
}

http::Response show_form(const Web& web, const http::Request& request, const Surrounding& s, const DraftSlot& slot, const Error* error) {
  html::View view;
  view.set_html("SLOT_FORM", slot_form(request, s, slot, error)).set("CHECK_HREF", organiser_path(s.event, "slots/check")).set("SLOT_NUMBER", slot.id.value);
  if (slot.id || slot.talk) view.set_html("FOUND", clashes_found(s, slot));
  if (slot.id)
    view.show("REMOVE").set_html("REMOVE_BUTTON", events::confirm_button(organiser_path(s.event, "slots/" + std::to_string(slot.id.value) + "/remove"),
                                                                         "Remove…", "The slot leaves the draft; its talk stays.", "Remove the slot"));
  events::OrganiserPage page{.title = slot.id ? slot_title(s.draft, as_planned(slot, s.talks, s.rooms)) : "New slot",
                             .here = "slots",
                             .content = html::render("programme/organiser/slot.html", view, "en"),
                             .trail = {{organiser_path(s.event, "slots"), "Slots"}},
                             .lead = {},
                             .button = {},
                             .button_href = {}};
  add_neighbours(page, s, slot);
  if (html::find_asset_by_name("slot_check.js") != nullptr) page.scripts = {"slot_check.js"};
  if (error != nullptr) return events::organiser_rejected(web, request, s.event, std::move(page));
  return events::organiser_response(web, request, s.event, std::move(page));
}

/// Where a new slot stands unless the address says otherwise: the first day at 10:00.
DraftSlot new_slot(const http::Request& request, const Surrounding& s) {
  DraftSlot slot;
  slot.talk = TalkId{events::number_in(request.query.get("talk")).value_or(0)};
  slot.length = usual_length(s, slot.talk).value_or(slot.length);
  slot.room = s.rooms.empty() ? RoomId{} : s.rooms.front().id;
  if (s.event.start) slot.start = WallTime(*s.event.start + std::chrono::hours(10));
  return slot;
}

/// The slot of the route, or a new one on "/slots/new".
Result<DraftSlot> stored_slot(db::Tx& tx, const http::Request& request, const Event& event) {
  if (!request.route.contains("slot")) return DraftSlot{};
  TRY_ASSIGN(auto number, events::number_of_route(request, "slot"));
  return require_slot(tx, event, SlotId{number});
}

}  // namespace

Result<http::Response> organiser_new_slot(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto s, load(web, request));
  return show_form(web, request, s, new_slot(request, s), nullptr);
}

Result<http::Response> organiser_slot(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(auto s, load(tx, request, web.sign_in.base_url));
  TRY_ASSIGN(auto slot, stored_slot(tx, request, s.event));
  return show_form(web, request, s, slot, nullptr);
}

Result<http::Response> organiser_slot_submit(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_write());
  TRY_ASSIGN(auto s, load(tx, request, web.sign_in.base_url));
  TRY_ASSIGN(auto stored, stored_slot(tx, request, s.event));
  auto asked = slot_in_form(request.form, s.event, stored, usual_length(s, request.form));
  if (!asked) return show_form(web, request, s, stored, &asked.error());
  if (request.form.has("check")) {
    const Error checked{ErrorCode::invalid, "Checked, not saved yet.", {}, {}, {}};
    return show_form(web, request, s, *asked, &checked);
  }
  auto saved = [&]() -> Result<void> {
    TRY(save_slot(tx, actor_of(request), s.event, *asked));
    return tx.commit();
  }();
  if (!saved) {
    if (!events::belongs_into_form(saved.error())) return std::unexpected(std::move(saved).error());
    return show_form(web, request, s, *asked, &saved.error());
  }
  return events::organiser_done(organiser_path(s.event, "slots"), "saved");
}

Result<http::Response> organiser_slot_remove(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_write());
  TRY_ASSIGN(Event event, events::event_of_route(tx, request));
  TRY_ASSIGN(auto slot, stored_slot(tx, request, event));
  TRY(remove_slot(tx, actor_of(request), event, slot.id));
  TRY(tx.commit());
  return events::organiser_done(organiser_path(event, "slots"), "removed", "slot:" + std::to_string(slot.id.value));
}

Result<http::Response> organiser_room_remove(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_write());
  TRY_ASSIGN(Event event, events::event_of_route(tx, request));
  TRY_ASSIGN(auto id, events::number_of_route(request, "id"));
  TRY(programme::remove_room(tx, actor_of(request), event, RoomId{id}));
  TRY(tx.commit());
  return events::organiser_done(organiser_path(event, "rooms"), "removed", "room:" + std::to_string(id));
}

Result<http::Response> organiser_slot_check(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto s, load(web, request));
  DraftSlot stored;
  stored.id = SlotId{events::number_in(request.query.get("slot")).value_or(0)};
  auto asked = slot_in_form(request.query, s.event, std::move(stored), usual_length(s, request.query));
  if (asked) return http::Response::html(clashes_found(s, *asked));
  html::View view;
  view.add("INCOMPLETE").set("MISSING", asked.error().problems.empty() ? asked.error().message : asked.error().problems.front().message);
  return http::Response::html(html::render("programme/organiser/slot_clashes.html", view, "en"));
}

}  // namespace confer::programme
