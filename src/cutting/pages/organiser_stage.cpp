// The stage timer of a room: who is there says when a talk begins and ends (stage.h).
#include <algorithm>
#include "base/text.h"
#include "cutting/organiser_pages.h"
#include "cutting/stage.h"
#include "events/organiser_frame.h"
#include "events/organiser_table.h"
#include "footage/footage.h"
#include "html/template.h"

namespace confer::cutting {
namespace {

using events::organiser_path;

struct OnStage {
  events::Event event;
  Zone zone;
  footage::RoomFootage room;
  std::vector<StageMarks> marks;
  Instant now{};
  std::string room_name() const { return room.room.name.in(event.languages.front()); }
  std::string path() const { return organiser_path(event, "stage/" + room.room.code); }
  bool is_of_today(const footage::PlannedSlot& slot) const {
    return day_of(zone.to_wall(slot.span.from), event.day_start_hour) == day_of(zone.to_wall(now), event.day_start_hour);
  }
};

Result<OnStage> stage_of_route(db::Tx& tx, const http::Request& request) {
  OnStage stage;
  TRY_ASSIGN(stage.event, events::event_of_route(tx, request));
  TRY(require(actor_of(request), Right::media, events::scope_of(stage.event)));
  stage.now = tx.now();
  TRY_ASSIGN(auto all, footage::load_footage(tx, stage.event, stage.now));
  stage.zone = all.zone;
  const auto room = std::ranges::find_if(all.rooms, [&](const auto& one) { return one.room.code == request.param("room"); });
  if (room == all.rooms.end()) return fail(ErrorCode::not_found, "There is no such room with talks.");
  stage.room = std::move(*room);
  TRY_ASSIGN(stage.marks, stage_marks_of(tx, stage.event.id));
  return stage;
}

/// A slot, or a part of it.
struct Item {
  const footage::PlannedSlot* slot = nullptr;
  const footage::PlannedPart* part = nullptr;
  std::string code() const { return part != nullptr ? part->talk : std::string(); }
  const std::string& title() const { return part != nullptr ? part->title : slot->title; }
  const footage::Span& span() const { return part != nullptr ? part->span : slot->span; }
};
StageMarks marks_of(const OnStage& stage, const Item& item) { return cutting::marks_of(stage.marks, item.slot->number, item.code()); }
bool is_on(const StageMarks& marks) { return marks.began && !marks.ended; }

/// The slot itself, then its parts.
std::vector<Item> items_of(const footage::PlannedSlot& slot) {
  std::vector<Item> items{{.slot = &slot}};
  for (const auto& part : slot.parts) items.push_back({.slot = &slot, .part = &part});
  return items;
}
std::optional<Item> find_item(const OnStage& stage, std::int64_t slot, std::string_view part) {
  for (const auto& one : stage.room.slots)
    for (const auto& item : items_of(one))
      if (one.number == slot && item.code() == part) return item;
  return std::nullopt;
}
/// The part after it that was not marked yet; of a slot itself the first such.
std::optional<Item> next_part(const OnStage& stage, const Item& item) {
  bool is_after = item.part == nullptr;
  for (const auto& part : item.slot->parts) {
    const Item one{.slot = item.slot, .part = &part};
    if (is_after && !marks_of(stage, one).began) return one;
    is_after = is_after || &part == item.part;
  }
  return std::nullopt;
}

/// Of a block that has begun: the part that is on, else the next one, else the end of the whole.
Item within(const OnStage& stage, const footage::PlannedSlot& slot) {
  const auto items = items_of(slot);
  if (std::ranges::none_of(items, [&](const Item& item) { return marks_of(stage, item).began.has_value(); })) return items.front();
  const auto on = std::find_if(items.begin() + 1, items.end(), [&](const Item& item) { return is_on(marks_of(stage, item)); });
  return on != items.end() ? *on : next_part(stage, items.front()).value_or(items.front());
}

/// Who has begun and not ended; else who comes next. Nobody: all of the day are over.
std::optional<Item> on_stage(const OnStage& stage) {
  const footage::PlannedSlot* next = nullptr;
  for (const auto& slot : stage.room.slots) {
    if (!stage.is_of_today(slot)) continue;
    const auto items = items_of(slot);
    if (std::ranges::any_of(items, [&](const Item& item) { return is_on(marks_of(stage, item)); })) return within(stage, slot);
    if (next == nullptr && !marks_of(stage, items.front()).ended && slot.span.to > stage.now) next = &slot;
  }
  return next == nullptr ? std::nullopt : std::optional(within(stage, *next));
}

std::string clock_or_nothing(const OnStage& stage, const std::optional<Instant>& at) {
  return at ? footage::clock_with_seconds(*at, stage.zone) : std::string();
}

std::string draw_day(const OnStage& stage) {
  events::Table table(stage.room_name(), {"Talk", "Planned", "Began", "Ended"});
  for (const auto& slot : stage.room.slots) {
    if (!stage.is_of_today(slot)) continue;
    for (const auto& item : items_of(slot)) {
      const auto marks = marks_of(stage, item);
      const std::string query = "?slot=" + std::to_string(slot.number) + (item.part != nullptr ? "&part=" + item.code() : std::string());
      table.row().link((item.part != nullptr ? "Part: " : "") + item.title(), stage.path() + query);
      table.cell(clock_text(stage.zone.to_wall(item.span().from)) + "–" + clock_text(stage.zone.to_wall(item.span().to)));
      table.cell(clock_or_nothing(stage, marks.began)).cell(clock_or_nothing(stage, marks.ended));
    }
  }
  return table.empty() ? std::string() : table.draw();
}

/// The last that was pressed, which may have been a mistake.
void offer_back(html::View& view, const OnStage& stage) {
  std::optional<Item> last;
  Instant at{};
  for (const auto& slot : stage.room.slots) {
    if (!stage.is_of_today(slot)) continue;
    // What was ended by another press comes before that one: a part by the next, and by the whole.
    auto items = items_of(slot);
    std::ranges::rotate(items, items.begin() + 1);
    for (const auto& item : items) {
      const auto marks = marks_of(stage, item);
      const Instant pressed = std::max(marks.began.value_or(Instant{}), marks.ended.value_or(Instant{}));
      if (pressed == Instant{} || pressed < at) continue;
      last = item;
      at = pressed;
    }
  }
  if (!last) return;
  const auto marks = marks_of(stage, *last);
  view.add("BACK")
      .set("ACTION", stage.path())
      .set("SLOT", last->slot->number)
      .set("PART", last->code())
      .set("DO", marks.ended ? "ended_back" : "began_back")
      .set("BACK_TEXT", (marks.ended ? "End of “" : "Beginning of “") + last->title() + "”, " + footage::clock_with_seconds(at, stage.zone));
}

void add_button(html::View& talk, const OnStage& stage, const Item& item, const char* what, std::string words, bool is_quiet = false) {
  talk.add("PRESS")
      .set("ACTION", stage.path())
      .set("SLOT", item.slot->number)
      .set("PART", item.code())
      .set("DO", what)
      .set("BUTTON", std::move(words))
      .show_if(is_quiet, "QUIET");
}

void draw_item(html::View& view, const OnStage& stage, const Item& item) {
  const auto marks = marks_of(stage, item);
  const bool on = is_on(marks);
  auto& talk = view.add("TALK");
  const auto clock = [&](Instant at) { return clock_text(stage.zone.to_wall(at)); };
  talk.set("TITLE", item.title()).set("TIMES", clock(item.span().from) + "–" + clock(item.span().to)).show_if(on, "ON");
  if (item.part != nullptr) {
    const auto number = item.part - item.slot->parts.data() + 1;
    talk.add("PART").set("WHICH", std::to_string(number) + " of " + std::to_string(item.slot->parts.size()) + " of “" + item.slot->title + "”");
  }
  // A part has its minutes whenever it begins.
  const Instant until = item.part != nullptr && on ? *marks.began + item.span().length() : item.span().to;
  if (item.part == nullptr || on) talk.add("COUNTDOWN").set("LEFT_S", std::chrono::floor<seconds>(until - stage.now).count());
  add_button(talk, stage, item, on ? "ended" : "began", on ? "It ends now" : "It begins now");
  if (const auto next = next_part(stage, item); on && next) add_button(talk, stage, *next, "began", "“" + next->title() + "” begins now", true);
  const Item whole{.slot = item.slot};
  if (item.part != nullptr && is_on(marks_of(stage, whole))) add_button(talk, stage, whole, "ended", "All of “" + whole.title() + "” ends now", true);
}

}  // namespace

Result<http::Response> organiser_stage(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto stage, stage_of_route(tx, request));
  html::View view;
  const auto chosen = find_item(stage, events::number_in(request.query.get("slot")).value_or(0), request.query.get("part"));
  if (const auto item = chosen ? chosen : on_stage(stage))
    draw_item(view, stage, *item);
  else
    view.add("NOBODY");
  offer_back(view, stage);
  view.set_html("DAY_TABLE", draw_day(stage));
  events::OrganiserPage page{.title = "Stage timer: " + stage.room_name(),
                             .here = "cuts",
                             .content = html::render("cutting/organiser/stage.html", view, "en"),
                             .trail = {{organiser_path(stage.event, "cuts"), "Cuts"}},
                             .lead = "Whoever is in the room presses when a talk begins and ends: its recording is cut there.",
                             .scripts = {"stage.js"},
                             .button = {},
                             .button_href = {}};
  return events::organiser_response(web, request, stage.event, std::move(page));
}

Result<http::Response> organiser_stage_submit(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_write());
  TRY_ASSIGN(const auto stage, stage_of_route(tx, request));
  const auto& what = request.form.get("do");
  const auto slot = events::number_in(request.form.get("slot")).value_or(0);
  const auto item = find_item(stage, slot, request.form.get("part"));
  if (!item) return fail(ErrorCode::not_found, "There is no such talk in this room. The schedule may have changed: open the page again.");
  const bool is_back = what == "began_back" || what == "ended_back";
  if (!is_back && what != "began" && what != "ended") return fail(ErrorCode::invalid, "This form does not say what is to be marked.");
  TRY(mark(tx, actor_of(request), stage.event, slot, item->code(), what.starts_with("began") ? Mark::began : Mark::ended, is_back));
  TRY(tx.commit());
  return events::organiser_done(stage.path(), is_back ? "mark_taken_back" : "marked");
}

}  // namespace confer::cutting
