// The keeper's first page (organiser_pages.h).
#include "archive/archive.h"
#include "base/text.h"
#include "events/organiser_frame.h"
#include "events/organiser_table.h"
#include "keeping/organiser_pages.h"

namespace confer::keeping {
namespace {

using events::Table;

std::string moment(Instant t) {
  const auto wall = Zone().to_wall(t);
  return format_date(std::chrono::floor<std::chrono::days>(wall), "en", "yMMMd") + ", " + clock_text(wall);
}

std::int64_t count_in(const archive::Run& run, const std::string& name) {
  const auto found = run.counts.find(name);
  return found == run.counts.end() ? 0 : found->second;
}

Result<std::string> last_imports(db::Tx& tx) {
  constexpr int few = 5;
  TRY_ASSIGN(const auto runs, archive::list_runs(tx, {.number = 1, .size = few}));
  Table table("Last imports", {"When", "From", "Who", "State", "Talks added", "Talks changed"});
  table.when_empty("Nothing was imported yet. “confer archive import FOLDER” brings the talks of other archives.");
  for (const auto& run : runs) {
    table.row().cell(moment(run.started_at)).cell(run.source + " " + run.origin).cell(run.done_by);
    table.badge(archive::name_of(run.state), run.state == archive::RunState::failed ? "error" : "");
    table.number(count_in(run, "talks added")).number(count_in(run, "talks changed"));
  }
  return table.draw();
}

}  // namespace

Result<http::Response> organiser_archive(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto totals, archive::totals(tx));
  TRY_ASSIGN(std::string content, last_imports(tx));
  events::OrganiserPage page{.title = "Archive",
                             .here = "/organise/archive",
                             .content = std::move(content),
                             .trail = {{"/organise", "Events"}},
                             .lead = std::to_string(totals.talks) + " talks of " + std::to_string(totals.events) + " events, " +
                                     std::to_string(totals.with_video) + " of them with a video. Times are in UTC.",
                             .button = "Open the archive",
                             .button_href = "/archive"};
  return organiser_response(web, request, std::move(page));
}

}  // namespace confer::keeping
