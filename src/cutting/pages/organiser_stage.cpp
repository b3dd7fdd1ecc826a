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

/// The one that was chosen; else who has begun and not ended; else who comes next. Nobody: all of the day are over.
const footage::PlannedSlot* on_stage(const OnStage& stage, std::int64_t chosen) {
  const footage::PlannedSlot* next = nullptr;
  for (const auto& slot : stage.room.slots)
    if (slot.number == chosen) return &slot;
  for (const auto& slot : stage.room.slots) {
    if (!stage.is_of_today(slot)) continue;
    const auto marks = marks_of(stage.marks, slot.number);
    if (marks.began && !marks.ended) return &slot;
    if (next == nullptr && !marks.ended && slot.span.to > stage.now) next = &slot;
  }
  return next;
}

std::string clock_or_nothing(const OnStage& stage, const std::optional<Instant>& at) {
  return at ? footage::clock_with_seconds(*at, stage.zone) : std::string();
}

std::string draw_day(const OnStage& stage) {
  events::Table table(stage.room_name(), {"Talk", "Planned", "Began", "Ended"});
  for (const auto& slot : stage.room.slots) {
    if (!stage.is_of_today(slot)) continue;
    const auto marks = marks_of(stage.marks, slot.number);
    table.row().link(slot.title, stage.path() + "?slot=" + std::to_string(slot.number));
    table.cell(clock_text(stage.zone.to_wall(slot.span.from)) + "–" + clock_text(stage.zone.to_wall(slot.span.to)));
    table.cell(clock_or_nothing(stage, marks.began)).cell(clock_or_nothing(stage, marks.ended));
  }
  return table.empty() ? std::string() : table.draw();
}

/// The last that was pressed, which may have been a mistake.
void offer_back(html::View& view, const OnStage& stage) {
  const StageMarks* last = nullptr;
  const auto pressed = [](const StageMarks& marks) { return std::max(marks.began.value_or(Instant{}), marks.ended.value_or(Instant{})); };
  for (const auto& slot : stage.room.slots)
    for (const auto& marks : stage.marks)
      if (marks.slot == slot.number && stage.is_of_today(slot) && pressed(marks) != Instant{} && (last == nullptr || pressed(marks) > pressed(*last)))
        last = &marks;
  if (last == nullptr) return;
  const auto slot = std::ranges::find(stage.room.slots, last->slot, &footage::PlannedSlot::number);
  view.add("BACK")
      .set("ACTION", stage.path())
      .set("SLOT", last->slot)
      .set("DO", last->ended ? "ended_back" : "began_back")
      .set("BACK_TEXT", (last->ended ? "End of “" : "Beginning of “") + slot->title + "”, " + footage::clock_with_seconds(pressed(*last), stage.zone));
}

}  // namespace

Result<http::Response> organiser_stage(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto stage, stage_of_route(tx, request));
  html::View view;
  if (const auto* slot = on_stage(stage, events::number_in(request.query.get("slot")).value_or(0))) {
    const auto marks = marks_of(stage.marks, slot->number);
    const bool is_on = marks.began && !marks.ended;
    view.add("TALK")
        .set("TITLE", slot->title)
        .set("TIMES", clock_text(stage.zone.to_wall(slot->span.from)) + "–" + clock_text(stage.zone.to_wall(slot->span.to)))
        .set("LEFT_S", std::chrono::floor<seconds>(slot->span.to - stage.now).count())
        .set("ACTION", stage.path())
        .set("SLOT", slot->number)
        .set("DO", is_on ? "ended" : "began")
        .set("BUTTON", is_on ? "It ends now" : "It begins now")
        .show_if(is_on, "ON");
  } else {
    view.add("NOBODY");
  }
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
  if (std::ranges::find(stage.room.slots, slot, &footage::PlannedSlot::number) == stage.room.slots.end())
    return fail(ErrorCode::not_found, "There is no such talk in this room. The schedule may have changed: open the page again.");
  const bool is_back = what == "began_back" || what == "ended_back";
  if (!is_back && what != "began" && what != "ended") return fail(ErrorCode::invalid, "This form does not say what is to be marked.");
  TRY(mark(tx, actor_of(request), stage.event, slot, what.starts_with("began") ? Mark::began : Mark::ended, is_back));
  TRY(tx.commit());
  return events::organiser_done(stage.path(), is_back ? "mark_taken_back" : "marked");
}

}  // namespace confer::cutting
