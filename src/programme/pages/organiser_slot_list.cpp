// The draft's slots as a list: filters, bulk changes and swaps that can be taken back (organiser_pages.h).
#include <algorithm>
#include <map>
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

/// More slots than this in one change get no "undo": it would not fit into an address.
constexpr std::size_t most_to_undo = 200;
constexpr std::int64_t longest_shift = 7 * 24 * 60;

struct Listed {
  Event event;
  Programme draft;
  std::vector<Clash> clashes;  ///< of slots only
  std::vector<events::Room> rooms;
};

/// What the list shows; read from the query.
struct Filter {
  std::string day, room, kind;

  explicit Filter(const http::Fields& query) : day(query.get("day")), room(query.get("room")), kind(query.get("kind")) {}
  bool matches(const Slot& slot, int day_start_hour) const {
    if (!day.empty() && day != to_text(day_of(slot.start, day_start_hour))) return false;
    if (!room.empty() && room != slot.room) return false;
    return kind.empty() || kind == words_of(slot.kind);
  }
  std::string query() const {
    std::string out;
    for (const auto& [name, value] : {std::pair<std::string_view, const std::string&>{"day", day}, {"room", room}, {"kind", kind}})
      if (!value.empty()) out.append(out.empty() ? "?" : "&").append(name).append("=").append(percent_encoded(value));
    return out;
  }
};

Result<Listed> load(db::Tx& tx, const http::Request& request, const std::string& base_url) {
  Listed l;
  TRY_ASSIGN(l.event, events::event_of_route(tx, request));
  TRY_ASSIGN(l.draft, load_draft(tx, l.event, base_url));
  TRY_ASSIGN(auto rules, rule_settings(tx, l.event));
  TRY_ASSIGN(auto around, surroundings(tx, l.event));
  TRY_ASSIGN(l.rooms, events::list_rooms(tx, l.event));
  l.clashes = find_clashes(l.draft, rules, around);
  std::erase_if(l.clashes, [](const Clash& c) { return c.slot == 0; });
  return l;
}

Result<Listed> load(const Web& web, const http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  return load(tx, request, web.sign_in.base_url);
}

void option(html::View& view, std::string_view section, std::string_view value, std::string_view text, std::string_view chosen) {
  view.add(section).set("OPTION_VALUE", value).set("OPTION_TEXT", text).show_if(value == chosen, "CHOSEN");
}

/// `typed`: what a bulk change asked that was refused.
void show_filter(html::View& view, const Listed& l, const std::set<Date>& days, const Filter& filter, const http::Fields& typed) {
  for (Date day : days) option(view, "FILTER_DAY", to_text(day), format_date(day, "en", "MMMEd"), filter.day);
  for (const auto& room : l.draft.rooms) option(view, "FILTER_ROOM", room.code, room_name(l.draft, room.code), filter.room);
  for (SlotKind kind : {SlotKind::talk, SlotKind::break_, SlotKind::social, SlotKind::blocker})
    option(view, "FILTER_KIND", words_of(kind), words_of(kind), filter.kind);
  for (const auto& room : l.rooms) option(view, "SET_ROOM", std::to_string(room.id.value), room.name.in(l.event.languages.front()), typed.get("set_room"));
  for (SlotState state : {SlotState::planned, SlotState::cancelled}) option(view, "SET_STATE", words_of(state), words_of(state), typed.get("set_state"));
  view.set("SHIFT", typed.get("shift")).show_if(typed.has("all"), "ALL_TICKED");
}

void show_slot(html::View& day, const Listed& l, const Slot& slot, const std::vector<std::string>& ticked) {
  auto& row = day.add("SLOT");
  row.show_if(std::ranges::find(ticked, std::to_string(slot.number)) != ticked.end(), "TICKED");
  row.set("NUMBER", slot.number).set("SLOT_TITLE", slot_title(l.draft, slot)).set("SLOT_HREF", organiser_path(l.event, "slots/" + std::to_string(slot.number)));
  row.set("SLOT_TIME", clock_text(slot.start) + "–" + clock_text(slot.start + slot.length)).set("SLOT_ROOM", room_name(l.draft, slot.room));
  row.set("SLOT_MINUTES", slot.length.count()).set("SLOT_KIND", words_of(slot.kind));
  if (slot.state == SlotState::planned)
    row.set("SLOT_STATE", words_of(slot.state));
  else
    row.add("BADGE").set("BADGE_TEXT", words_of(slot.state)).set("BADGE_CLASS", "badge-" + std::string(words_of(slot.state)));
  const auto clashes = std::ranges::count_if(l.clashes, [&](const Clash& c) { return c.slot == slot.number || c.other == slot.number; });
  if (clashes > 0) row.add("CLASHING").set("CLASHING_TEXT", std::to_string(clashes) + (clashes == 1 ? " clash" : " clashes"));
}

std::string swap_form(const http::Request& request, const Listed& l, const Error* error) {
  std::vector<Option> options;
  for (const auto& slot : l.draft.slots)
    if (slot.kind == SlotKind::talk)
      options.push_back(
          {std::to_string(slot.number), day_and_time(slot.start) + " " + room_name(l.draft, slot.room) + ": " + slot_title(l.draft, slot), false});
  options.insert(options.begin(), {"", "Choose a session", false});
  Form form(request, error);
  form.select("a", "This session", options).select("b", "changes places with", std::move(options));
  return form.draw(organiser_path(l.event, "slots/swap"), "Swap");
}

enum class Sent : unsigned char { nothing, change, swap };

http::Response show(const Web& web, const http::Request& request, const Listed& l, Sent sent, const Error* error) {
  const Filter filter(request.query);
  html::View view;
  std::set<Date> days;
  for (const auto& slot : l.draft.slots) days.insert(day_of(slot.start, l.event.day_start_hour));
  view.set("LIST", organiser_path(l.event, "slots")).set("ACTION", organiser_path(l.event, "slots") + filter.query());
  if (sent == Sent::change && error != nullptr) {
    auto& problems = view.add("PROBLEMS");
    problems.set("PROBLEMS_TITLE", error->message);
    for (const auto& problem : error->problems)
      if (problem.message != error->message) problems.add("PROBLEM").set("PROBLEM_TEXT", problem.message);
  }
  const http::Fields typed = sent == Sent::change && error != nullptr ? request.form : http::Fields();
  const auto ticked = typed.every("slot");
  show_filter(view, l, days, filter, typed);
  std::size_t shown = 0;
  for (Date date : days) {
    html::View* day = nullptr;
    for (const auto& slot : l.draft.slots) {
      if (day_of(slot.start, l.event.day_start_hour) != date || !filter.matches(slot, l.event.day_start_hour)) continue;
      if (day == nullptr) {
        day = &view.add("DAY");
        day->set("DAY_TEXT", format_date(date, "en"));
      }
      show_slot(*day, l, slot, ticked);
      ++shown;
    }
  }
  view.set("SHOWN", shown).show(shown == 0 ? "NOTHING" : "SOME");
  if (!l.clashes.empty()) view.show("CLASHES").set("CLASH_COUNT", l.clashes.size()).set_html("CLASH_LIST", clash_list(l.event, l.clashes));
  if (l.draft.slots.size() > 1) view.show("SWAP").set_html("SWAP_FORM", swap_form(request, l, sent == Sent::swap ? error : nullptr));
  events::OrganiserPage page{.title = "Slots",
                             .here = "slots",
                             .content = html::render("programme/organiser/slots.html", view, "en"),
                             .trail = {},
                             .lead = "The draft. Visitors see it after the next release.",
                             .button = "New slot",
                             .button_href = organiser_path(l.event, "slots/new")};
  if (error != nullptr) return events::organiser_rejected(web, request, l.event, std::move(page));
  return events::organiser_response(web, request, l.event, std::move(page));
}

/// What is done with the chosen slots. Errors: invalid – minutes that are none.
struct BulkChange {
  std::optional<RoomId> room;
  std::optional<SlotState> state;
  minutes shift{0};
  bool is_any() const { return room || state || shift != minutes(0); }
};

Result<BulkChange> change_in(const http::Fields& form) {
  BulkChange change;
  if (auto room = events::number_in(form.get("set_room"))) change.room = RoomId{*room};
  for (SlotState state : {SlotState::planned, SlotState::cancelled})
    if (form.get("set_state") == words_of(state)) change.state = state;
  auto text = trim(form.get("shift"));
  if (text.starts_with('+')) text.remove_prefix(1);
  if (text.empty()) return change;
  const auto shift = events::number_in(text);
  if (!shift || *shift < -longest_shift || *shift > longest_shift)
    return fail(ErrorCode::invalid, "Write by how many minutes the slots move, such as 15 or -15. Nothing was changed.");
  change.shift = minutes(*shift);
  return change;
}

/// "7.3.2027-05-04T10:30.0": what a bulk change may have to give back.
std::string before_in_words(const DraftSlot& slot) {
  return std::to_string(slot.id.value) + "." + std::to_string(slot.room.value) + "." + to_text(slot.start) + "." + std::to_string(static_cast<int>(slot.state));
}

}  // namespace

Result<http::Response> organiser_slots(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto l, load(web, request));
  return show(web, request, l, Sent::nothing, nullptr);
}

Result<http::Response> organiser_slots_change(const Web& web, http::Request& request) {
  const Filter filter(request.query);
  std::string list, undo;
  bool changes = false;
  auto done = [&]() -> Result<void> {
    TRY_ASSIGN(auto tx, web.db.begin_write());
    TRY_ASSIGN(Listed l, load(tx, request, web.sign_in.base_url));
    list = organiser_path(l.event, "slots") + filter.query();
    TRY_ASSIGN(const BulkChange change, change_in(request.form));
    std::vector<SlotId> chosen;
    if (request.form.has("all")) {
      for (const auto& slot : l.draft.slots)
        if (filter.matches(slot, l.event.day_start_hour)) chosen.emplace_back(slot.number);
    } else {
      for (const auto& number : request.form.every("slot")) chosen.emplace_back(events::number_in(number).value_or(0));
    }
    changes = !chosen.empty() && change.is_any();
    if (!changes) return {};
    std::vector<DraftSlot> next;
    std::vector<std::string> before;
    for (SlotId id : chosen) {
      TRY_ASSIGN(DraftSlot slot, require_slot(tx, l.event, id));
      before.push_back(before_in_words(slot));
      if (change.room) slot.room = *change.room;
      if (change.state) slot.state = *change.state;
      slot.start += change.shift;
      next.push_back(std::move(slot));
    }
    TRY(save_slots(tx, actor_of(request), l.event, std::move(next)));
    if (before.size() <= most_to_undo) undo = "slots:" + join(before, ",");
    return tx.commit();
  }();
  if (!done) {
    if (!events::belongs_into_form(done.error())) return std::unexpected(std::move(done).error());
    TRY_ASSIGN(auto l, load(web, request));
    return show(web, request, l, Sent::change, &done.error());
  }
  return events::organiser_done(list, changes ? "saved" : "nothing", undo);
}

Result<void> undo_slots_change(db::Tx& tx, const Actor& actor, const Event& event, std::string_view before) {
  std::vector<DraftSlot> next;
  for (std::string_view one : split(before, ',')) {
    const auto parts = split(one, '.');
    const auto number = [&](std::size_t i) { return parts.size() == 4 ? events::number_in(parts[i]) : std::nullopt; };
    const auto id = number(0), room = number(1), state = number(3);
    auto start = parse_wall_time(parts.size() == 4 ? parts[2] : std::string_view());
    if (!id || !room || !state || *state < 0 || *state > static_cast<int>(SlotState::moved) || !start)
      return fail(ErrorCode::invalid, "It is not clear what to take back. Change the slots in the list.");
    TRY_ASSIGN(DraftSlot slot, require_slot(tx, event, SlotId{*id}));
    slot.room = RoomId{*room};
    slot.start = *start;
    slot.state = static_cast<SlotState>(*state);
    next.push_back(std::move(slot));
  }
  return save_slots(tx, actor, event, std::move(next));
}

Result<http::Response> organiser_swap(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto l, load(web, request));
  auto done = events::in_transaction(web, [&](db::Tx& tx) {
    return swap_slots(tx, actor_of(request), l.event, SlotId{events::number_in(request.form.get("a")).value_or(0)},
                      SlotId{events::number_in(request.form.get("b")).value_or(0)});
  });
  if (!done) {
    if (!events::belongs_into_form(done.error())) return std::unexpected(std::move(done).error());
    return show(web, request, l, Sent::swap, &done.error());
  }
  return events::organiser_done(organiser_path(l.event, "slots"), "swapped", "swap:" + request.form.get("a") + "," + request.form.get("b"));
}

}  // namespace confer::programme
