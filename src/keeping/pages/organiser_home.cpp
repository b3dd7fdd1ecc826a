// The keeper's first page (organiser_pages.h).
#include "archive/archive.h"
#include "base/text.h"
#include "events/organiser_frame.h"
#include "events/organiser_table.h"
#include "keeping/keeping.h"
#include "keeping/organiser_pages.h"
#include "keeping/run_table.h"
#include "keeping/words.h"

namespace confer::keeping {
namespace {

using events::Table;

Result<std::string> what_waits(db::Tx& tx) {
  TRY_ASSIGN(const auto counts, count_waiting(tx));
  Table table("To be decided", {"What", "Waiting", "Since"});
  for (const Kind kind : all_kinds) {
    const auto found = counts.find(kind);
    const Waiting waiting = found == counts.end() ? Waiting{} : found->second;
    table.row().link(words_of(kind), "/organise/archive/queue?kind=" + std::string(name_of(kind))).number(waiting.count);
    table.cell(waiting.oldest ? age(*waiting.oldest, tx.now()) : "");
  }
  return table.draw() + html::render("keeping/organiser/look.html", {}, "en");
}

}  // namespace

Result<http::Response> organiser_archive(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto totals, archive::totals(tx));
  TRY_ASSIGN(const std::string content, what_waits(tx));
  TRY_ASSIGN(const std::string imports, run_table(tx, {.number = 1, .size = 5}, "Last imports"));
  html::View view;
  view.set_html("IMPORTS", imports).set_html("WAITING", content);
  events::OrganiserPage page{.title = "Archive",
                             .here = "/organise/archive",
                             .content = html::render("keeping/organiser/home.html", view, "en"),
                             .trail = {{"/organise", "Events"}},
                             .lead = std::to_string(totals.talks) + " talks of " + std::to_string(totals.events) + " events, " +
                                     std::to_string(totals.with_video) + " of them with a video. Times are in UTC.",
                             .button = "Open the archive",
                             .button_href = "/archive"};
  return organiser_response(web, request, std::move(page));
}

}  // namespace confer::keeping
