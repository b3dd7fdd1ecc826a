// Releasing the draft, and going back to a release (organiser_pages.h).
#include <algorithm>
#include "base/text.h"
#include "events/organiser_form.h"
#include "events/organiser_frame.h"
#include "events/organiser_table.h"
#include "html/template.h"
#include "people/people.h"
#include "programme/organiser_pages.h"
#include "programme/organiser_words.h"
#include "programme/programme.h"
#include "programme/release_steps.h"

namespace confer::programme {
namespace {

using events::Event;
using events::Form;
using events::organiser_path;

constexpr std::string_view reset_word = "reset";

/// "1.0" first, then the next whole step: "2.0" after "1.3.1".
std::string next_name(const std::vector<Release>& releases) {
  if (releases.empty()) return "1.0";
  const auto number = events::number_in(std::string_view(releases.front().name).substr(0, releases.front().name.find('.')));
  return number ? std::to_string(*number + 1) + ".0" : "";
}

std::string moment(const Zone& zone, Instant t) { return day_and_time(zone.to_wall(t)); }

Result<std::string> list_of(db::Tx& tx, const Event& event, const std::vector<Release>& releases) {
  std::vector<PersonId> ids;
  for (const auto& release : releases) ids.push_back(release.released_by);
  TRY_ASSIGN(auto people, people::people_with_ids(tx, ids));
  TRY_ASSIGN(Zone zone, events::zone_of(event));
  events::Table table("Releases", {"Release", "When", "By", "Comment"});
  table.when_empty("Nothing is released yet.");
  for (const auto& release : releases) {
    auto person = std::ranges::find(people, release.released_by, &people::Person::id);
    table.row().link(release.name, "/" + event.slug + "/releases/" + percent_encoded(release.name)).cell(moment(zone, release.released_at));
    table.cell(person == people.end() ? "" : person->name).cell(release.comment);
  }
  return table.draw();
}

std::string reset_form(const http::Request& request, const Event& event, const std::vector<Release>& releases, const Error* error) {
  std::vector<events::Option> options;
  for (const auto& release : releases) options.push_back({release.name, release.name, false});
  Form form(request, error);
  form.select("to_release", "Release", std::move(options)).text("confirm", "Write “reset” to confirm", "");
  return form.draw(organiser_path(event, "release/reset"), "Reset the draft", {}, true);
}

enum class Sent : unsigned char { nothing, release, reset };

Result<http::Response> show(const Web& web, const http::Request& request, Sent sent, const Error* error) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(Event event, events::event_of_route(tx, request));
  TRY_ASSIGN(Programme draft, load_draft(tx, event, web.sign_in.base_url));
  TRY_ASSIGN(auto released, current_programme(tx, event, web.sign_in.base_url));
  TRY_ASSIGN(auto rules, rule_settings(tx, event));
  TRY_ASSIGN(auto around, surroundings(tx, event));
  TRY_ASSIGN(auto releases, list_releases(tx, event));
  const auto clashes = find_clashes(draft, rules, around);
  const Programme before = released.value_or(Programme{});
  const auto changes = difference(before, draft);

  html::View view;
  view.show(clashes.empty() ? "NO_CLASHES" : "CLASHES").set_html("CLASH_LIST", clash_list(event, clashes));
  view.set("DIFFERENCE_TITLE", released ? "What changes since release " + released->version : std::string("What will be public"));
  view.show(changes.empty() ? "NO_CHANGES" : "CHANGES").set_html("CHANGE_LIST", change_list(before, draft, changes));
  Form form(request, sent == Sent::release ? error : nullptr);
  form.text("name", "Name", next_name(releases), "Short, as it stands in the changelog: 1.0, or Saturday.");
  form.area("comment", "Comment (optional)", "", "Everybody reads it in the changelog.", 3);
  TRY_ASSIGN(const Programme next, releasable(tx, event, web.sign_in.base_url));
  const bool same = released && is_same_programme(*released, next);
  if (same && error == nullptr)
    view.add("UP_TO_DATE").set("CURRENT", released->version);
  else
    view.add("TO_RELEASE").set_html("RELEASE_FORM", form.draw(organiser_path(event, "release"), "Release"));
  TRY_ASSIGN(auto list, list_of(tx, event, releases));
  view.set_html("RELEASES", list);
  if (!releases.empty()) view.show("RESET").set_html("RESET_FORM", reset_form(request, event, releases, sent == Sent::reset ? error : nullptr));
  events::OrganiserPage page{.title = "Release",
                             .here = "release",
                             .content = html::render("programme/organiser/release.html", view, "en"),
                             .trail = {},
                             .lead = {},
                             .button = {},
                             .button_href = {}};
  page.lead = std::to_string(changes.size()) + (changes.size() == 1 ? " change, " : " changes, ") + std::to_string(clashes.size()) +
              (clashes.size() == 1 ? " clash" : " clashes");
  if (error != nullptr) return events::organiser_rejected(web, request, event, std::move(page));
  return events::organiser_response(web, request, event, std::move(page));
}

/// The draft is reset, but for what is not there any more.
Result<http::Response> show_missing(const Web& web, const http::Request& request, const Event& event, const std::vector<std::string>& missing) {
  html::View view;
  for (const auto& sentence : missing) view.add("MISSING").set("SENTENCE", sentence);
  view.set("RELEASE_HREF", organiser_path(event, "release"));
  events::OrganiserPage page{
      .title = "The draft was reset",
      .here = "release",
      .content = html::render("programme/organiser/not_restored.html", view, "en"),
      .trail = {{organiser_path(event, "release"), "Release"}},
      .lead = "It is as the release was, but for what was removed since: " + std::to_string(missing.size()) + (missing.size() == 1 ? " thing." : " things."),
      .button = {},
      .button_href = {}};
  return events::organiser_response(web, request, event, std::move(page));
}

Result<Event> event_asked(const Web& web, const http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  return events::event_of_route(tx, request);
}

}  // namespace

Result<http::Response> organiser_release(const Web& web, http::Request& request) { return show(web, request, Sent::nothing, nullptr); }

Result<http::Response> organiser_release_submit(const Web& web, http::Request& request) {
  TRY_ASSIGN(Event event, event_asked(web, request));
  auto done = release_schedule(web.db, actor_of(request), event.id, tidy_line(request.form.get("name")), std::string(trim(request.form.get("comment"))),
                               web.sign_in.base_url);
  if (!done) {
    if (!events::belongs_into_form(done.error())) return std::unexpected(std::move(done).error());
    return show(web, request, Sent::release, &done.error());
  }
  return events::organiser_done(organiser_path(event, "release"), "released");
}

Result<http::Response> organiser_reset_submit(const Web& web, http::Request& request) {
  TRY_ASSIGN(Event event, event_asked(web, request));
  if (ascii_lower(trim(request.form.get("confirm"))) != reset_word) {
    const Error error{ErrorCode::invalid, "Nothing was changed.", {}, {}, {{"confirm", "Write “reset” here, if you mean it."}}};
    return show(web, request, Sent::reset, &error);
  }
  auto done = reset_draft(web.db, actor_of(request), event.id, request.form.get("to_release"));
  if (!done) {
    if (!events::belongs_into_form(done.error())) return std::unexpected(std::move(done).error());
    return show(web, request, Sent::reset, &done.error());
  }
  if (done->empty()) return events::organiser_done(organiser_path(event, "release"), "reset");
  return show_missing(web, request, event, *done);
}

}  // namespace confer::programme
