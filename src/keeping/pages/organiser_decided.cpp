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

std::string_view kind_of(Kind kind) {
  switch (kind) {
    case Kind::names:
      return "Two names";
    case Kind::correction:
      return "Correction";
    case Kind::claim:
      return "Claim";
    case Kind::removal:
      return "Removal";
    case Kind::many:
      break;
  }
  return "Many changed";
}

std::string what_of(const Case& c) {
  if (c.state == State::open) return std::string(kind_of(c.kind)) + ": taken back, waits again";
  switch (c.kind) {
    case Kind::names:
      return c.state == State::accepted ? "One person" : "Two people";
    case Kind::correction:
      return c.state == State::accepted ? "Correction applied" : "Correction declined";
    case Kind::claim:
      return c.state == State::accepted ? "Claim accepted" : "Claim declined";
    case Kind::removal:
      return c.state == State::accepted ? "Removed" : "Removal declined";
    case Kind::many:
      return c.state == State::accepted ? "Many changed" : "Many changed, taken back";
  }
  return {};
}

bool may_be_taken_back(const Case& c) { return c.state != State::open && ((c.state == State::declined && c.kind != Kind::many) || !c.undo.empty()); }

std::string name_or_machine(const std::string& name) { return name.empty() ? "the machine" : name; }

void add_row(events::Table& table, const Case& c) {
  const bool waits_again = c.state == State::open;
  const auto when = waits_again ? c.taken_back_at : c.decided_at;
  table.row().cell(when ? moment(*when) : "").cell(name_or_machine(waits_again ? c.taken_back_name : c.decider));
  table.badge(what_of(c), c.state == State::accepted ? "good" : "");
  if (c.talk)
    table.link(c.talk_title.empty() ? "Untitled" : c.talk_title, c.talk_path);
  else if (c.kind == Kind::many)
    table.cell(c.note.empty() ? "a search that was forgotten with a name" : "found by “" + ellipsis(c.note, 100) + "”");
  else if (c.speaker_name.empty())
    table.cell("a name that was erased");
  else
    table.link(c.speaker_name, "/archive/speakers/" + c.speaker_slug);
  std::vector<std::string> words;
  for (const auto& change : c.changes) words.emplace_back(words_of_field(change.field));
  std::string said =
      words.empty() ? ellipsis(c.answer, c.kind == Kind::many ? 200 : 100) : join(words, ", ") + (c.answer.empty() ? "" : ": " + ellipsis(c.answer, 100));
  if (c.taken_back_at && !waits_again && c.kind != Kind::many)
    said += (said.empty() ? "" : "; ") + std::string("taken back before by ") + name_or_machine(c.taken_back_name) + ", " + moment(*c.taken_back_at);
  table.cell(said);
  if (waits_again)
    table.link("To be decided", std::string("/organise/archive/queue?kind=").append(name_of(c.kind)));
  else if (c.taken_back_at && c.kind == Kind::many)
    table.cell("by " + name_or_machine(c.taken_back_name) + ", " + moment(*c.taken_back_at));
  else if (may_be_taken_back(c))
    table.button(c.state == State::declined ? "Open again" : "Take back", "/organise/archive/decided", "case", std::to_string(c.id.value));
  else
    table.cell(c.kind == Kind::many ? "" : "for ever");
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
  if (!left.empty()) {
    constexpr std::size_t most_named = 20;
    const std::vector<std::string> first(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(std::min(left.size(), most_named)));
    view.add("LEFT").set("LEFT_TEXT", join(first, ", ") + (left.size() > most_named ? " and " + std::to_string(left.size() - most_named) + " more" : ""));
  }
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
  const KeeperCaseId id{events::number_in(request.form.get("case")).value_or(0)};
  const auto left = take_back(web.db, actor_of(request), id);
  if (left && left->empty()) {
    TRY_ASSIGN(auto tx, web.db.begin_read());
    TRY_ASSIGN(const auto still_decided, list_cases(tx, {.state = State::accepted, .kind = Kind::many, .one = id, .limit = 1, .offset = 0}));
    return events::organiser_done("/organise/archive/decided", still_decided.empty() ? "taken-back" : "many-undone");
  }
  if (left) return show(web, request, nullptr, *left);
  if (!events::belongs_into_form(left.error())) return std::unexpected(left.error());
  return show(web, request, &left.error(), {});
}

}  // namespace confer::keeping
