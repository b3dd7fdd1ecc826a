// Many talks at once: which, what, what it would be, and only then the change (organiser_pages.h).
#include <algorithm>
#include <map>
#include <span>
#include "archive/archive.h"
#include "base/text.h"
#include "events/organiser_form.h"
#include "events/organiser_frame.h"
#include "events/organiser_table.h"
#include "keeping/many.h"
#include "keeping/organiser_pages.h"

namespace confer::keeping {
namespace {

constexpr std::size_t shown = 20;
constexpr const char* here = "/organise/archive/many";

ManyAsked asked_in(const http::Fields& fields) { return {fields.get("query"), deed_named(fields.get("deed")), fields.get("value"), most_at_once}; }

std::string address_of(const ManyAsked& asked) {
  return std::string(here) + "?query=" + percent_encoded(asked.query) + "&deed=" + std::string(name_of(*asked.deed)) + "&value=" + percent_encoded(asked.value);
}

std::string counted(std::int64_t n, std::string_view one, std::string_view many) { return std::to_string(n) + " " + std::string(n == 1 ? one : many); }

std::string summary_of(const ManyAsked& asked, const ManySeen& seen) {
  const auto count = std::ssize(seen.changing);
  std::string text = "The search finds " + counted(seen.found, "talk", "talks") + "; ";
  text += (*asked.deed == Deed::series ? counted(count, "event", "events") : std::to_string(count) + " of them") + " would change";
  if (seen.of_programmes > 0) text += ", " + std::to_string(seen.of_programmes) + " belong to programmes that their organisers keep, and stay";
  return text + ".";
}

Result<std::string> table_of(db::Tx& tx, const ManyAsked& asked, const ManySeen& seen) {
  const std::size_t rows = std::min(seen.changing.size(), shown);
  if (*asked.deed == Deed::series) {
    events::Table table("Events that would move", {"Event", "Series now", "Series then"});
    for (const auto& one : std::span(seen.changing).first(rows)) table.row().link(one.key, "/" + one.key).cell(one.was).cell(one.now);
    return table.draw();
  }
  std::vector<std::string> codes;
  std::map<std::string, const ManySeen::One*> by_code;
  for (const auto& one : std::span(seen.changing).first(rows)) {
    codes.push_back(one.key);
    by_code.emplace(one.key, &one);
  }
  TRY_ASSIGN(const auto talks, archive::rows_of(tx, codes));
  events::Table table("Talks that would change", {"Talk", "Event", "Now", "Then"});
  for (const auto& talk : talks) {
    const auto& one = *by_code.at(talk.code);
    table.row().link(talk.title.empty() ? "Untitled" : talk.title, archive::path_of(talk)).cell(talk.event_slug).cell(one.was).cell(one.now);
  }
  return table.draw();
}

Result<std::string> preview_of(db::Tx& tx, const ManyAsked& asked, const ManySeen& seen) {
  html::View view;
  view.set("SUMMARY", summary_of(asked, seen));
  if (seen.changing.empty()) return html::render("keeping/organiser/many.html", view, "en");
  TRY_ASSIGN(const auto table, table_of(tx, asked, seen));
  auto& some = view.add("SOME");
  some.set_html("TABLE", table);
  if (seen.changing.size() > shown) some.add("MORE").set("MORE_COUNT", seen.changing.size() - shown);
  const auto count = std::ssize(seen.changing);
  some.set("QUERY", asked.query).set("DEED", name_of(*asked.deed)).set("VALUE", asked.value).set("FINGERPRINT", seen.fingerprint);
  some.set("BUTTON", *asked.deed == Deed::series ? "Move " + counted(count, "event", "events") : "Change " + counted(count, "talk", "talks"));
  return html::render("keeping/organiser/many.html", view, "en");
}

std::string form_of(const http::Request& request, const ManyAsked& asked, const Error* error) {
  std::vector<events::Option> deeds;
  for (const Deed deed : all_deeds) deeds.push_back({std::string(name_of(deed)), std::string(words_of(deed)), deed == asked.deed});
  events::Form form(request, error);
  form.text("query", "Which talks", asked.query,
            "As in the archive's search: event:pycon-us-2012 -lang:en, year:2012-2015 tag:web, speaker:ada. Words find all talks that have some of them.");
  form.select("deed", "What to do", std::move(deeds));
  form.text("value", "With what", asked.value, "A language (de), a topic, a licence as it is printed, or the address of a series. For videos nothing.");
  form.hidden("look", "1");
  return form.draw(here, "See what would change");
}

http::Response page_of(const Web& web, const http::Request& request, const ManyAsked& asked, const std::string& preview, const Error* error) {
  events::OrganiserPage page{.title = "Many at once",
                             .here = here,
                             .content = form_of(request, asked, error) + preview,
                             .trail = {{"/organise", "Events"}, {"/organise/archive", "Archive"}},
                             .lead = "Choose archived talks by a search, see what would change, then change it: " + std::to_string(most_at_once) +
                                     " talks at most at a time. Imports leave it alone, and it can be taken back (Decided).",
                             .button = {},
                             .button_href = {}};
  if (error != nullptr) return events::organiser_rejected(web, request, std::move(page));
  return events::organiser_response(web, request, std::move(page));
}

}  // namespace

Result<http::Response> organiser_many(const Web& web, http::Request& request) {
  const ManyAsked asked = asked_in(request.query);
  if (!request.query.has("deed")) return page_of(web, request, asked, "", nullptr);
  TRY_ASSIGN(auto tx, web.db.begin_read());
  const auto seen = look_at_many(tx, actor_of(request), asked);
  if (!seen) {
    if (!events::belongs_into_form(seen.error())) return std::unexpected(seen.error());
    return page_of(web, request, asked, "", &seen.error());
  }
  TRY_ASSIGN(const auto preview, preview_of(tx, asked, *seen));
  return page_of(web, request, asked, preview, nullptr);
}

Result<http::Response> organiser_many_submit(const Web& web, http::Request& request) {
  const ManyAsked asked = asked_in(request.form);
  Result<void> done;
  if (request.form.has("look")) {
    TRY_ASSIGN(auto tx, web.db.begin_read());
    if (const auto seen = look_at_many(tx, actor_of(request), asked); !seen) done = std::unexpected(seen.error());
  } else if (const auto changed = change_many(web.db, actor_of(request), asked, request.form.get("as_seen")); !changed) {
    done = std::unexpected(changed.error());
  }
  if (!done) {
    if (!events::belongs_into_form(done.error())) return std::unexpected(done.error());
    return page_of(web, request, asked, "", &done.error());
  }
  // What would change has an address: it can be loaded again, and gone back to.
  if (request.form.has("look")) return http::Response::see_other(address_of(asked) + "#preview");
  return events::organiser_done("/organise/archive/decided", "many-changed");
}

}  // namespace confer::keeping
