// What was decided, by whom and when, and taking it back (organiser_pages.h).
#include <algorithm>
#include "base/text.h"
#include "events/organiser_frame.h"
#include "events/organiser_table.h"
#include "keeping/corrections.h"
#include "keeping/keeping.h"
#include "keeping/organiser_pages.h"
#include "keeping/words.h"

namespace confer::keeping {
namespace {

constexpr int per_page = 50;

std::string what_of(const Case& c) {
  switch (c.kind) {
    case Kind::names:
      return c.state == State::accepted ? "One person" : "Two people";
    case Kind::correction:
      return c.state == State::accepted ? "Correction applied" : "Correction declined";
    case Kind::claim:
      return c.state == State::accepted ? "Claim accepted" : "Claim declined";
    case Kind::removal:
      return c.state == State::accepted ? "Removed" : "Removal declined";
  }
  return {};
}

bool may_be_taken_back(const Case& c) { return c.state == State::declined || !c.undo.empty(); }

void add_row(events::Table& table, const Case& c) {
  table.row().cell(c.decided_at ? moment(*c.decided_at) : "").cell(c.decider.empty() ? "the machine" : c.decider);
  table.badge(what_of(c), c.state == State::accepted ? "good" : "");
  if (c.talk)
    table.link(c.talk_title.empty() ? "Untitled" : c.talk_title, c.talk_path);
  else if (c.speaker_name.empty())
    table.cell("a name that was erased");
  else
    table.link(c.speaker_name, "/archive/speakers/" + c.speaker_slug);
  std::vector<std::string> words;
  for (const auto& change : c.changes) words.emplace_back(words_of_field(change.field));
  table.cell(words.empty() ? ellipsis(c.answer, 100) : join(words, ", ") + (c.answer.empty() ? "" : ": " + ellipsis(c.answer, 100)));
  if (may_be_taken_back(c))
    table.button(c.state == State::declined ? "Open again" : "Take back", "/organise/archive/decided", "case", std::to_string(c.id.value));
  else
    table.cell("for ever");
}

Result<http::Response> show(const Web& web, http::Request& request, const Error* error, const std::vector<std::string>& left) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  constexpr std::int64_t last_page = 100'000;
  const int page_number = static_cast<int>(std::clamp<std::int64_t>(events::number_in(request.query.get("page")).value_or(1), 1, last_page));
  TRY_ASSIGN(auto cases, list_cases(tx, {.state = State::accepted, .kind = {}, .one = {}, .limit = per_page + 1, .offset = (page_number - 1) * per_page}));
  const bool has_more = cases.size() > static_cast<std::size_t>(per_page);
  if (has_more) cases.pop_back();
  events::Table table("Decided", {"When", "Who", "What", "Of what", "Fields, answer", "Take back"});
  table.when_empty("Nothing was decided yet.");
  for (const auto& c : cases) add_row(table, c);
  html::View view;
  if (error != nullptr) view.add("PROBLEM").set("PROBLEM_TEXT", error->message);
  if (!left.empty()) view.add("LEFT").set("LEFT_TEXT", join(left, ", "));
  view.set_html("TABLE", table.draw());
  if (page_number > 1) view.add("NEWER").set("HREF", "/organise/archive/decided?page=" + std::to_string(page_number - 1));
  if (has_more) view.add("OLDER").set("HREF", "/organise/archive/decided?page=" + std::to_string(page_number + 1));
  events::OrganiserPage page{.title = "Decided",
                             .here = "/organise/archive/decided",
                             .content = html::render("keeping/organiser/decided.html", view, "en"),
                             .trail = {{"/organise", "Events"}, {"/organise/archive", "Archive"}},
                             .lead = "The last first. What people wrote is forgotten " + std::to_string(kept_for.count()) +
                                     " days after the answer, and a correction cannot be taken back after that. Times are in UTC.",
                             .button = {},
                             .button_href = {}};
  if (error != nullptr) return events::organiser_rejected(web, request, std::move(page));
  return events::organiser_response(web, request, std::move(page));
}

}  // namespace

Result<http::Response> organiser_decided(const Web& web, http::Request& request) { return show(web, request, nullptr, {}); }

Result<http::Response> organiser_take_back(const Web& web, http::Request& request) {
  const auto left = take_back(web.db, actor_of(request), KeeperCaseId{events::number_in(request.form.get("case")).value_or(0)});
  if (left && left->empty()) return events::organiser_done("/organise/archive/decided", "taken-back");
  if (left) return show(web, request, nullptr, *left);
  if (!events::belongs_into_form(left.error())) return std::unexpected(left.error());
  return show(web, request, &left.error(), {});
}

}  // namespace confer::keeping
