// What recorders wrote over the schedule: the event's page of footage (organiser_pages.h).
#include "events/organiser_form.h"
#include "events/organiser_frame.h"
#include "events/organiser_table.h"
#include "footage/disk.h"
#include "footage/organiser_pages.h"
#include "footage/pages/picture.h"
#include "html/template.h"

namespace confer::footage {
namespace {

using events::Event;
using events::organiser_path;

std::string path_of(const Recorder& recorder) { return "footage/recorders/" + std::to_string(recorder.id.value); }

std::string room_of(const EventFootage& all, const Event& event, const Recorder& recorder) {
  for (const auto& room : all.rooms)
    if (room.room.id == recorder.room) return room.room.name.in(event.languages.front());
  return "a removed room";
}

std::string draw_recorders(const EventFootage& all, const Event& event) {
  events::Table table("Recorders", {"Name", "Room", "Stream", "Clock", "Watched folder", "Files"});
  table.when_empty("There are no recorders yet. Add one for each stream of each room that is recorded, or register files by “confer recordings add”.");
  for (const auto& recorder : all.recorders) {
    std::int64_t files = 0;
    for (const auto& file : all.files) files += file.recorder == recorder.id ? 1 : 0;
    table.row().link(recorder.name, organiser_path(event, path_of(recorder))).cell(room_of(all, event, recorder)).cell(name_of(recorder.stream));
    table.cell(clock_error_in_words(recorder.offset));
    if (recorder.folder_note.empty())
      table.cell(recorder.folder.empty() ? "none" : recorder.folder);
    else
      table.badge(recorder.folder_note, "warning");
    table.number(files);
  }
  return table.draw();
}

std::string why_of(const ClockGuess& guess) {
  if (!guess.heard_with.empty())
    return guess.agreeing == 1 ? ": “" + guess.heard_with + "” heard the same in a recording."
                               : ": “" + guess.heard_with + "” heard the same, in " + std::to_string(guess.agreeing) + " pairs of recordings.";
  return guess.agreeing > 0 ? ": then " + std::to_string(guess.agreeing) + " recordings begin and end with a talk, to the second."
                            : ": then more of the talks is covered.";
}

void show_guesses(html::View& view, const EventFootage& all, const Event& event) {
  for (const auto& recorder : all.recorders) {
    const auto guess = guess_clock(all, recorder);
    if (!guess) continue;
    view.add("GUESS")
        .set("GUESS_ACTION", organiser_path(event, path_of(recorder) + "/clock"))
        .set("RECORDER_NAME", recorder.name)
        .set("ROOM_NAME", room_of(all, event, recorder))
        .set("GUESS_TEXT", clock_error_in_words(guess->offset))
        .set("GUESS_WHY", std::string(confidence_in_words(guess->confidence)) + why_of(*guess))
        .set("VERSION", recorder.version)
        .set("BY_MS", guess->offset.count());
  }
}

void show_odd_files(html::View& view, const EventFootage& all, const Event& event, const Places& places) {
  events::Table table("Files that need a look", {"File", "Recorder", "What is wrong"});
  for (const auto& file : all.files) {
    const Recorder* recorder = all.recorder(file.recorder);
    if (recorder == nullptr) continue;
    std::string wrong = file.reason;
    if (file.state == FileState::missing) wrong = "It is not there any more.";
    if (wrong.empty() && !file.told_at && file.state != FileState::growing) wrong = "Nothing tells when it began: give the recorder a pattern of its names.";
    if (wrong.empty()) wrong = file.doubt;
    if (wrong.empty()) continue;
    table.row().cell(short_path(file.path, places)).link(recorder->name, organiser_path(event, path_of(*recorder))).cell(wrong);
  }
  if (!table.empty()) view.add("ODD").set_html("ODD_FILES", table.draw());
}

}  // namespace

Result<http::Response> organiser_footage(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const Event event, events::event_of_route(tx, request));
  TRY(require(actor_of(request), Right::media, events::scope_of(event)));
  TRY_ASSIGN(const auto all, load_footage(tx, event, tx.now()));
  html::View view;
  TRY_ASSIGN(const auto disk, disk_to_warn_of(tx));
  if (disk) view.add("DISK").set("DISK_TEXT", in_words(*disk));
  view.set("PLAN", all.is_released ? "the released schedule" : "the draft, because nothing is released yet").set("ZONE", all.zone.name());
  show_guesses(view, all, event);
  show_odd_files(view, all, event, places_of(web));
  view.set_html("RECORDERS", draw_recorders(all, event)).set_html("COVERAGE", draw_coverage(all, event));
  return events::organiser_response(web, request, event,
                                    {.title = "Footage",
                                     .here = "footage",
                                     .content = html::render("footage/organiser/footage.html", view, "en"),
                                     .trail = {},
                                     .lead = {},
                                     .button = "New recorder",
                                     .button_href = organiser_path(event, "footage/recorders/new")});
}

}  // namespace confer::footage
