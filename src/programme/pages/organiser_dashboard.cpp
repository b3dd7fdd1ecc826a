// What an event's organisers should do next (organiser_pages.h).
#include <algorithm>
#include <array>
#include "events/organiser_frame.h"
#include "events/organiser_pages.h"
#include "html/template.h"
#include "mail/mail.h"
#include "programme/organiser_pages.h"
#include "programme/organiser_words.h"
#include "programme/programme.h"
#include "talks/talks.h"

namespace confer::programme {
namespace {

using events::Event;
using events::organiser_path;

constexpr std::size_t most_clashes = 20;  ///< on the dashboard; the release page has all of them
constexpr int most_mails = 200;

/// What the dashboard is drawn from.
struct State {
  Programme draft;
  std::optional<Programme> released;
  std::vector<Clash> clashes;
  std::vector<Change> changes;
  std::size_t rooms = 0, tracks = 0;
  std::ptrdiff_t without_files = 0;  ///< talks that are over
  std::ptrdiff_t unplaced = 0, unconfirmed = 0, mails = 0, failed_mails = 0;
};

bool wants_a_slot(const talks::Talk& talk) { return talk.state == talks::State::accepted || talk.state == talks::State::confirmed; }

/// Talks whose last slot has ended and that have no slides yet: people ask for them that evening.
Result<std::ptrdiff_t> over_without_files(db::Tx& tx, const Event& event, const std::vector<talks::Talk>& talks, const std::vector<DraftSlot>& slots) {
  if (event.zone.empty()) return 0;
  TRY_ASSIGN(const Zone zone, events::zone_of(event));
  const WallTime now = zone.to_wall(tx.now());
  return std::ranges::count_if(talks, [&](const talks::Talk& talk) {
    if (talk.state != talks::State::confirmed || talk.credits.empty() || !talk.files.empty() || !talk.attachments.empty()) return false;
    bool was_held = false;
    for (const auto& slot : slots) {
      if (slot.talk != talk.id || slot.state == SlotState::cancelled) continue;
      if (slot.start + slot.length > now) return false;
      was_held = true;
    }
    return was_held;
  });
}

Result<State> state_of(db::Tx& tx, const Event& event, const std::string& base_url) {
  State s;
  TRY_ASSIGN(s.draft, load_draft(tx, event, base_url));
  TRY_ASSIGN(s.released, current_programme(tx, event, base_url));
  TRY_ASSIGN(auto rules, rule_settings(tx, event));
  TRY_ASSIGN(auto around, surroundings(tx, event));
  s.clashes = find_clashes(s.draft, rules, around);
  s.changes = difference(s.released.value_or(Programme{}), s.draft);
  TRY_ASSIGN(auto talks, talks::list_talks(tx, event.id));
  TRY_ASSIGN(auto slots, list_slots(tx, event));
  s.unplaced = std::ranges::count_if(talks, [&](const auto& t) { return wants_a_slot(t) && std::ranges::find(slots, t.id, &DraftSlot::talk) == slots.end(); });
  TRY_ASSIGN(s.without_files, over_without_files(tx, event, talks, slots));
  s.unconfirmed = std::ranges::count(talks, talks::State::accepted, &talks::Talk::state);
  s.rooms = s.draft.rooms.size();
  s.tracks = s.draft.tracks.size();
  TRY_ASSIGN(auto mails, mail::list_outbox(tx, event.id.value, most_mails));
  s.mails = std::ranges::count(mails, mail::State::waiting, &mail::Stored::state);
  s.failed_mails = std::ranges::count(mails, mail::State::failed, &mail::Stored::state);
  return s;
}

enum class Urgency : unsigned char { wrong, open, done };

void todo(html::View& view, Urgency urgency, const std::string& text, const std::string& href = {}, std::string_view step = {}) {
  auto& item = view.add("TODO");
  item.set("TODO_TEXT", text).set("TODO_CLASS", urgency == Urgency::wrong ? "is-wrong" : urgency == Urgency::done ? "is-done" : "");
  item.show(urgency == Urgency::wrong ? "WRONG" : urgency == Urgency::done ? "DONE" : "OPEN");
  if (!href.empty()) item.add("STEP").set("STEP_HREF", href).set("STEP_TEXT", step);
}

std::string counted(std::ptrdiff_t n, std::string_view one, std::string_view many) { return std::to_string(n) + " " + std::string(n == 1 ? one : many); }

void list_todos(html::View& view, const Event& event, const State& s) {
  if (!event.is_public) todo(view, Urgency::open, "The event is not public: only its teams see it.", organiser_path(event, "settings"), "Settings");
  if (s.rooms == 0) todo(view, Urgency::wrong, "There are no rooms yet.", organiser_path(event, "rooms/new"), "Add a room");
  if (s.draft.talks.empty()) todo(view, Urgency::open, "There are no talks yet.", organiser_path(event, "import"), "Import a programme");
  const auto blocking = std::ranges::count_if(s.clashes, [](const Clash& c) { return c.severity >= Severity::block_release; });
  const auto warnings = static_cast<std::ptrdiff_t>(s.clashes.size()) - blocking;
  if (blocking > 0)
    todo(view, Urgency::wrong, counted(blocking, "clash stops", "clashes stop") + " the next release.", organiser_path(event, "release"), "Look");
  if (warnings > 0) todo(view, Urgency::open, counted(warnings, "warning", "warnings") + " about the draft.", organiser_path(event, "release"), "Look");
  if (s.unplaced > 0)
    todo(view, Urgency::open, counted(s.unplaced, "talk has", "talks have") + " no slot yet.", organiser_path(event, "talks?placed=no"), "Place");
  if (s.unconfirmed > 0)
    todo(view, Urgency::open, counted(s.unconfirmed, "accepted talk is", "accepted talks are") + " not confirmed.",
         organiser_path(event, "talks?state=accepted"), "Look");
  if (s.failed_mails > 0) todo(view, Urgency::wrong, counted(s.failed_mails, "mail was", "mails were") + " refused.", organiser_path(event, "outbox"), "Open");
  if (s.mails > 0) todo(view, Urgency::open, counted(s.mails, "mail waits", "mails wait") + " in the outbox.", organiser_path(event, "outbox"), "Open");
  if (s.without_files > 0)
    todo(view, Urgency::open, counted(s.without_files, "talk is over and has", "talks are over and have") + " no slides or other files yet.",
         organiser_path(event, "talks?files=no&placed=yes"), "Upload");
  const auto changes = static_cast<std::ptrdiff_t>(s.changes.size());
  if (!s.released)
    todo(view, Urgency::open, "Nothing is released yet: visitors see no schedule.", organiser_path(event, "release"), "Release");
  else if (changes > 0)
    todo(view, Urgency::open, counted(changes, "change", "changes") + " since release " + s.released->version + ".", organiser_path(event, "release"), "Look");
  else
    todo(view, Urgency::done, "The draft is what release " + s.released->version + " says.");
  if (s.clashes.empty() && !s.draft.slots.empty()) todo(view, Urgency::done, "No clashes.");
}

/// Its transaction has ended when the action begins its own.
Result<Event> event_asked(const Web& web, const http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  return events::event_of_route(tx, request);
}

}  // namespace

Result<http::Response> organiser_dashboard(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(Event event, events::event_of_route(tx, request));
  TRY_ASSIGN(State state, state_of(tx, event, web.sign_in.base_url));
  html::View view;
  list_todos(view, event, state);
  // Who may not see a page gets no link to it.
  const auto figure = [&](std::string_view name, std::size_t value, std::string_view below, Right right = Right::programme) {
    auto& one = view.add("FIGURE");
    one.set("FIGURE_NAME", name);
    if (may_somewhere(actor_of(request), right, events::scope_of(event)))
      one.add("LINKED").set("FIGURE_VALUE", value).set("FIGURE_HREF", organiser_path(event, below));
    else
      one.add("PLAIN").set("FIGURE_VALUE", value);
  };
  figure("Talks", state.draft.talks.size(), "talks");
  figure("Slots", state.draft.slots.size(), "slots");
  figure("Rooms", state.rooms, "rooms", Right::organise);
  figure("Tracks", state.tracks, "tracks", Right::organise);
  figure("Releases", static_cast<std::size_t>(state.released ? state.released->revision : 0), "release");
  if (!state.clashes.empty()) {
    const std::size_t all = state.clashes.size();
    if (all > most_clashes) {
      state.clashes.resize(most_clashes);
      view.add("MORE_CLASHES").set("MORE_TEXT", "… and " + std::to_string(all - most_clashes) + " more: see the page of the release.");
    }
    view.show("CLASHES").set_html("CLASH_LIST", clash_list(event, state.clashes));
  }
  events::OrganiserPage page{.title = "What to do next",
                             .here = "",
                             .content = html::render("programme/organiser/dashboard.html", view, "en"),
                             .trail = {},
                             .lead = {},
                             .button = {},
                             .button_href = {}};
  if (state.released) {
    page.button = "Today, quick changes";
    page.button_href = organiser_path(event, "now");
  }
  return events::organiser_response(web, request, event, std::move(page));
}

Result<http::Response> organiser_restore(const Web& web, http::Request& request) {
  const std::string& what = request.form.get("what");
  const auto colon = what.find(':');
  const auto rest = colon == std::string::npos ? std::string_view() : std::string_view(what).substr(colon + 1);
  const auto id = events::number_in(rest);
  const std::string kind = what.substr(0, colon);
  constexpr std::array<std::string_view, 8> changes{"talks", "slots", "swap", "speakers", "rooms", "tracks", "types", "pages"};  // all else was removed
  if (kind == "correction" && id) {
    TRY_ASSIGN(const Event corrected, event_asked(web, request));
    TRY(undo_correction(web.db, actor_of(request), corrected.id, static_cast<int>(*id)));
    return events::organiser_done(organiser_path(corrected, "now"), "undone");
  }
  if (!id && kind != "file" && std::ranges::find(changes, kind) == changes.end())
    return fail(ErrorCode::invalid, "It is not clear what to bring back. Go to the page where you removed it, and try there.");
  std::string back;
  TRY_ASSIGN(auto tx, web.db.begin_write());
  TRY_ASSIGN(Event event, events::event_of_route(tx, request));
  const Actor& actor = actor_of(request);
  if (kind == "talk") {
    TRY(talks::restore_talk(tx, actor, event, TalkId{*id}));
    back = "talks";
  } else if (kind == "file") {
    TRY_ASSIGN(const auto file, talks::restore_file(tx, actor, event, rest));
    TRY_ASSIGN(const std::string code, talks::code_of_talk(tx, file.talk));
    back = "talks/" + code + "/files";
  } else if (kind == "slots") {
    TRY(undo_slots_change(tx, actor, event, rest));
    back = "slots";
  } else if (kind == "swap") {
    const auto comma = std::min(rest.find(','), rest.size());
    const auto a = events::number_in(rest.substr(0, comma)), b = events::number_in(rest.substr(std::min(comma + 1, rest.size())));
    TRY(swap_slots(tx, actor, event, SlotId{a.value_or(0)}, SlotId{b.value_or(0)}));
    back = "slots";
  } else if (kind == "talks") {
    TRY(undo_talks_change(tx, actor, event, rest));
    back = "talks";
  } else if (kind == "rooms" || kind == "tracks" || kind == "types" || kind == "pages") {
    TRY(events::undo_list_change(tx, actor, event, kind, rest));
    back = kind;
  } else if (kind == "speakers") {
    TRY(undo_speakers_change(tx, actor, event, rest));
    back = "speakers";
  } else if (kind == "slot") {
    TRY(restore_slot(tx, actor, event, SlotId{*id}));
    back = "slots";
  } else if (kind == "room") {
    TRY(events::restore_room(tx, actor, event, RoomId{*id}));
    back = "rooms";
  } else if (kind == "track") {
    TRY(events::restore_track(tx, actor, event, TrackId{*id}));
    back = "tracks";
  } else if (kind == "type") {
    TRY(events::restore_session_type(tx, actor, event, SessionTypeId{*id}));
    back = "types";
  } else if (kind == "page") {
    TRY(events::restore_page(tx, actor, event, PageId{*id}));
    back = "pages";
  } else {
    return fail(ErrorCode::invalid, "Talks, their files, slots, rooms, tracks, session types and pages can be brought back, nothing else.");
  }
  TRY(tx.commit());
  return events::organiser_done(organiser_path(event, back), std::ranges::find(changes, kind) == changes.end() ? "restored" : "changed-back");
}

}  // namespace confer::programme
