// Following the schedule that another system publishes: its address, what came of the last fetch, fetching at once (organiser_pages.h).
#include <algorithm>
#include "base/text.h"
#include "events/organiser_form.h"
#include "events/organiser_frame.h"
#include "events/organiser_table.h"
#include "html/assets.h"
#include "html/template.h"
#include "jobs/jobs.h"
#include "programme/organiser_pages.h"
#include "programme/organiser_words.h"
#include "programme/sync.h"

namespace confer::programme {
namespace {

using events::Event;
using events::Form;
using events::organiser_path;

std::string form_of(const http::Request& request, const Event& event, const SyncSource& source, const Error* error) {
  Form form(request, error);
  form.section("The address");
  form.input("url", "url", "Address of the schedule", source.url, "A schedule.json, schedule2 or schedule.xml that another system publishes.");
  form.input("number", "every_minutes", "Minutes between two looks", std::to_string(source.every_minutes), "1 to 1440.");
  form.check("enabled", "Fetch and import by itself", source.enabled, "Without this it is only fetched when you say so below.");
  form.check("release_changes", "Release at once what changed", source.release_changes,
             "Without this, changes wait in the draft for your release. Clashes that stop a release stop it here too.");
  return form.draw(organiser_path(event, "follow"), "Save");
}

void list_more(html::View& section, int more) {
  if (more > 0) section.add("MORE").set("MORE_TEXT", "… and " + std::to_string(more) + " more.");
}

/// What the last fetch changed, or would change.
void show_report(html::View& last, const SyncReport& report) {
  auto& view = last.add("REPORT");
  view.set("CHANGES_TITLE", report.looked_only ? "What importing would change in the schedule" : "What it changed in the schedule");
  view.show_if(report.changes.empty(), "NO_CHANGES");
  if (!report.changes.empty()) {
    auto& changes = view.add("CHANGES");
    for (const auto& change : report.changes) {
      auto& item = changes.add("CHANGE");
      item.set("CHANGE_TITLE", change.title).set("KIND", change.kind);
      if (!change.was.empty()) item.add("WAS").set("WAS_TEXT", change.was);
      if (!change.will.empty()) item.add("WILL").set("WILL_TEXT", change.will);
    }
    list_more(changes, report.more_changes);
  }
  if (!report.conflicts.empty()) {
    events::Table table("Conflicts", {"What", "Field", "Here", "There"});
    for (const auto& c : report.conflicts) table.row().cell(c.title).cell(c.field).cell(c.here).cell(c.file);
    auto& conflicts = view.add("CONFLICTS");
    conflicts.set_html("CONFLICT_TABLE", table.draw());
    list_more(conflicts, report.more_conflicts);
  }
  if (!report.oddities.empty()) {
    events::Table table("Oddities", {"Place", "What was done"});
    for (const auto& o : report.oddities) table.row().cell(o.place).cell(o.message);
    auto& oddities = view.add("ODDITIES");
    oddities.set_html("ODDITY_TABLE", table.draw());
    list_more(oddities, report.more_oddities);
  }
}

/// True while a fetch that somebody asked for has not ended.
Result<bool> is_under_way(db::Tx& tx, const Event& event) {
  for (auto state : {jobs::State::waiting, jobs::State::running}) {
    TRY_ASSIGN(auto found, jobs::list_jobs(tx, event.id.value, state, 20));
    for (const auto& job : found)
      if (job.kind == sync_now_kind) return true;
  }
  return false;
}

Result<http::Response> show(const Web& web, const http::Request& request, const Error* error) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(Event event, events::event_of_route(tx, request));
  TRY_ASSIGN(Zone zone, events::zone_of(event));
  TRY_ASSIGN(auto source, find_sync_source(tx, event.id));
  TRY_ASSIGN(const bool under_way, is_under_way(tx, event));
  html::View view;
  SyncSource fresh;
  fresh.enabled = false;
  fresh.release_changes = false;
  view.set_html("FORM", form_of(request, event, source ? *source : fresh, error));
  if (source) {
    auto& last = view.add("LAST");
    last.set("ACTION", organiser_path(event, "follow/now")).set("HERE", organiser_path(event, "follow"));
    last.show(under_way ? "UNDER_WAY" : "IDLE");
    if (source->last_at)
      last.add("RESULT").set("RESULT_AT", day_and_time(zone.to_wall(*source->last_at))).set("RESULT_TEXT", source->last_result);
    else if (!under_way)
      last.show("NEVER");
    if (auto report = sync_report_of_json(source->last_report); report && !under_way) show_report(last, *report);
    view.show("STOP").set_html(
        "STOP_BUTTON", events::confirm_button(organiser_path(event, "follow/remove"), "Stop following…",
                                              "The address is forgotten. What was imported stays in the draft, and is yours to edit.", "Stop following"));
  }
  events::OrganiserPage page{.title = "Follow an address",
                             .here = "follow",
                             .content = html::render("programme/organiser/follow.html", view, "en"),
                             .trail = {},
                             .lead = "For a programme that is made in another system: it is fetched again and again. What is edited here is kept.",
                             .button = {},
                             .button_href = {}};
  if (under_way && html::find_asset_by_name("wait.js") != nullptr) page.scripts = {"wait.js"};
  if (error != nullptr) return events::organiser_rejected(web, request, event, std::move(page));
  return events::organiser_response(web, request, event, std::move(page));
}

}  // namespace

Result<http::Response> organiser_follow(const Web& web, http::Request& request) { return show(web, request, nullptr); }

Result<http::Response> organiser_follow_submit(const Web& web, http::Request& request) {
  std::string here;
  auto saved = events::in_transaction(web, [&](db::Tx& tx) -> Result<void> {
    TRY_ASSIGN(Event event, events::event_of_route(tx, request));
    here = organiser_path(event, "follow");
    TRY_ASSIGN(auto stored, find_sync_source(tx, event.id));
    SyncSource asked = stored.value_or(SyncSource{});
    asked.url = std::string(trim(request.form.get("url")));
    asked.every_minutes = static_cast<int>(std::clamp<std::int64_t>(events::number_in(trim(request.form.get("every_minutes"))).value_or(0), 0, 100'000));
    asked.enabled = request.form.has("enabled");
    asked.release_changes = request.form.has("release_changes");
    const bool new_address = !stored || stored->url != asked.url;
    TRY(save_sync_source(tx, actor_of(request), event, std::move(asked)));
    // A new address is looked at first: nobody should import a stranger's schedule by a slip of the hand.
    return new_address ? ask_for_sync(tx, actor_of(request), event, SyncMode::look) : Result<void>{};
  });
  if (!saved) {
    if (!events::belongs_into_form(saved.error())) return std::unexpected(std::move(saved).error());
    return show(web, request, &saved.error());
  }
  return events::organiser_done(here, "saved");
}

Result<http::Response> organiser_follow_now(const Web& web, http::Request& request) {
  std::string here;
  const auto mode = request.form.has("look") ? SyncMode::look : SyncMode::import;
  TRY(events::in_transaction(web, [&](db::Tx& tx) -> Result<void> {
    TRY_ASSIGN(Event event, events::event_of_route(tx, request));
    here = organiser_path(event, "follow");
    return ask_for_sync(tx, actor_of(request), event, mode);
  }));
  return http::Response::see_other(here);
}

Result<http::Response> organiser_follow_remove(const Web& web, http::Request& request) {
  std::string here;
  TRY(events::in_transaction(web, [&](db::Tx& tx) -> Result<void> {
    TRY_ASSIGN(Event event, events::event_of_route(tx, request));
    here = organiser_path(event, "follow");
    return remove_sync_source(tx, actor_of(request), event);
  }));
  return events::organiser_done(here, "removed");
}

}  // namespace confer::programme
