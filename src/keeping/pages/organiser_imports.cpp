// Imports into the archive: what each did and found, and taking one back (organiser_pages.h).
#include <algorithm>
#include "archive/exchange.h"
#include "base/text.h"
#include "events/organiser_form.h"
#include "events/organiser_frame.h"
#include "events/organiser_table.h"
#include "keeping/organiser_pages.h"
#include "keeping/run_table.h"
#include "keeping/words.h"

namespace confer::keeping {
namespace {

using events::Table;

constexpr int per_page = 50, changes_shown = 200;
constexpr std::size_t places_shown = 100;

std::int64_t count_in(const archive::Run& run, const std::string& name) {
  const auto found = run.counts.find(name);
  return found == run.counts.end() ? 0 : found->second;
}

std::string run_path(ImportRunId run) { return "/organise/archive/imports/" + std::to_string(run.value); }

std::string state_of(const archive::Run& run) { return run.undone_at ? "taken back" : std::string(archive::name_of(run.state)); }

std::string_view words_of(archive::Change change) {
  switch (change) {
    case archive::Change::added:
      return "added";
    case archive::Change::changed:
      return "changed";
    case archive::Change::removed:
      return "removed";
    case archive::Change::conflict:
      return "changed, but for what was edited here";
  }
  return "";
}

std::string counts_table(const archive::Run& run) {
  Table table("Counts", {"What", "Number"});
  table.when_empty("Nothing was counted: the import did not come to its end.");
  for (const auto& [name, count] : run.counts) table.row().cell(name).number(count);
  return table.draw();
}

void fill_findings(html::View& view, const std::vector<archive::Finding>& findings) {
  view.show_if(findings.empty(), "NO_FINDINGS");
  for (const auto& finding : findings) {
    auto& item = view.add("FINDING");
    item.set("KIND", finding.kind).set("COUNT", finding.count).set("MESSAGE", finding.message);
    if (finding.places.empty()) continue;
    auto& places = item.add("PLACES");
    for (std::size_t i = 0; i < std::min(finding.places.size(), places_shown); ++i) places.add("PLACE").set("PLACE_TEXT", finding.places[i]);
    if (finding.places.size() > places_shown) places.add("MORE").set("MORE_COUNT", finding.places.size() - places_shown);
  }
}

Result<std::string> changes_table(db::Tx& tx, const archive::Run& run) {
  TRY_ASSIGN(const auto changes, archive::list_changes(tx, run.id, {.number = 1, .size = changes_shown}));
  Table table("Talks that it touched", {"Talk", "Event", "What"});
  table.when_empty("It touched no talk.");
  for (const auto& change : changes) {
    table.row().link(change.title.empty() ? "Untitled" : change.title, "/" + change.event_slug + "/talks/" + change.code).cell(change.event_slug);
    table.badge(words_of(change.change), change.change == archive::Change::conflict ? "warning" : "");
  }
  return table.draw();
}

/// Errors: not_found.
Result<archive::Run> run_of_route(db::Tx& tx, const http::Request& request) {
  TRY_ASSIGN(const auto id, events::number_of_route(request, "run"));
  TRY_ASSIGN(auto run, archive::find_run(tx, ImportRunId{id}));
  if (!run) return fail(ErrorCode::not_found, "There is no such import.");
  return std::move(*run);
}

Result<http::Response> show(const Web& web, http::Request& request, const Error* error) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto run, run_of_route(tx, request));
  TRY_ASSIGN(const auto findings, archive::list_findings(tx, run.id));
  TRY_ASSIGN(const auto changes, changes_table(tx, run));
  html::View view;
  if (error != nullptr) view.add("PROBLEM").set("PROBLEM_TEXT", error->message);
  if (!run.message.empty()) view.add("FAILED").set("FAILED_TEXT", run.message);
  view.set_html("COUNTS", counts_table(run)).set_html("CHANGES", changes);
  fill_findings(view, findings);
  if (run.undone_at) {
    auto& undone = view.add("UNDONE");
    undone.set("UNDONE_TEXT", "Taken back on " + moment(*run.undone_at) + " by " + run.undone_by + ".");
    if (!run.left_alone.empty()) {
      auto& left = undone.add("LEFT");
      for (const auto& sentence : run.left_alone) left.add("LEFT_ITEM").set("LEFT_TEXT", sentence);
    }
  } else if (run.state != archive::RunState::running) {
    view.set_html("UNDO", events::confirm_button(
                              run_path(run.id) + "/undo", "Take it back…",
                              "Talks that it added go until they are imported again; fields that it changed are as before. What was edited here or imported "
                              "again since is left alone and named. Titles and days of events stay.",
                              "Take this import back"));
  }
  events::OrganiserPage page{.title = "Import " + std::to_string(run.id.value) + ": " + run.origin,
                             .here = "/organise/archive/imports",
                             .content = html::render("keeping/organiser/import.html", view, "en"),
                             .trail = {{"/organise", "Events"}, {"/organise/archive", "Archive"}, {"/organise/archive/imports", "Imports"}},
                             .lead = "From " + run.source + ", " + moment(run.started_at) + " UTC, by " + run.done_by + ": " + state_of(run) + ".",
                             .button = {},
                             .button_href = {}};
  if (error != nullptr) return events::organiser_rejected(web, request, std::move(page));
  return events::organiser_response(web, request, std::move(page));
}

}  // namespace

Result<std::string> run_table(db::Tx& tx, archive::Page page, std::string_view caption) {
  TRY_ASSIGN(const auto runs, archive::list_runs(tx, page));
  Table table(caption, {"When", "From", "Who", "State", "Talks added", "Talks changed"});
  table.when_empty("Nothing was imported yet. “confer archive import FOLDER” brings the talks of other archives.");
  for (const auto& run : runs) {
    table.row().link(moment(run.started_at), run_path(run.id)).cell(run.source + " " + run.origin).cell(run.done_by);
    table.badge(state_of(run), run.state == archive::RunState::failed ? "error" : run.undone_at ? "cancelled" : "");
    table.number(count_in(run, "talks added")).number(count_in(run, "talks changed"));
  }
  return table.draw();
}

Result<http::Response> organiser_imports(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  constexpr std::int64_t last_page = 100'000;
  const int number = static_cast<int>(std::clamp<std::int64_t>(events::number_in(request.query.get("page")).value_or(1), 1, last_page));
  TRY_ASSIGN(const std::string table, run_table(tx, {.number = number, .size = per_page}, "Imports"));
  TRY_ASSIGN(const auto older, archive::list_runs(tx, {.number = number * per_page + 1, .size = 1}));
  html::View view;
  view.set_html("TABLE", table);
  if (number > 1) view.add("NEWER").set("HREF", "/organise/archive/imports?page=" + std::to_string(number - 1));
  if (!older.empty()) view.add("OLDER").set("HREF", "/organise/archive/imports?page=" + std::to_string(number + 1));
  events::OrganiserPage page{.title = "Imports",
                             .here = "/organise/archive/imports",
                             .content = html::render("keeping/organiser/decided.html", view, "en"),
                             .trail = {{"/organise", "Events"}, {"/organise/archive", "Archive"}},
                             .lead = "The last first. Times are in UTC.",
                             .button = {},
                             .button_href = {}};
  return events::organiser_response(web, request, std::move(page));
}

Result<http::Response> organiser_import_run(const Web& web, http::Request& request) { return show(web, request, nullptr); }

Result<http::Response> organiser_import_undo(const Web& web, http::Request& request) {
  TRY_ASSIGN(const auto id, events::number_of_route(request, "run"));
  const auto undone = archive::undo_run(web.db, actor_of(request), ImportRunId{id});
  if (undone) return events::organiser_done(run_path(ImportRunId{id}), "import-undone");
  if (!events::belongs_into_form(undone.error())) return std::unexpected(undone.error());
  return show(web, request, &undone.error());
}

}  // namespace confer::keeping
