// One speaker of an event: when they are there, and what clashes with that (organiser_pages.h).
#include <algorithm>
#include "base/text.h"
#include "events/organiser_form.h"
#include "events/organiser_frame.h"
#include "html/template.h"
#include "programme/organiser_pages.h"
#include "programme/organiser_speakers.h"
#include "programme/organiser_words.h"

namespace confer::programme {
namespace {

using events::Event;
using events::Form;
using events::organiser_path;

Result<SpeakerList> load(db::Tx& tx, const http::Request& request) {
  TRY_ASSIGN(Event event, events::event_of_route(tx, request));
  return list_speakers(tx, std::move(event));
}

Result<CreditedSpeaker> speaker_of_route(const SpeakerList& l, const http::Request& request) {
  const auto all = l.speakers();
  auto found = std::ranges::find(all, request.param("person"), &CreditedSpeaker::code);
  if (found == all.end() || found->code.empty()) return fail(ErrorCode::not_found, "Nobody of that code is credited in this event.");
  return *found;
}

/// A row a day: away, or from when until when.
std::string days_table(const http::Request& request, const DaysThere& there, const Error* error) {
  html::View view;
  for (const auto& day : there.days) {
    const std::string key = to_text(day.day);
    const bool typed = error != nullptr;
    auto& row = view.add("DAY");
    row.set("DAY_KEY", key).set("DAY_TEXT", format_date(day.day, "en", "MMMEd"));
    row.show_if(typed ? request.form.has("away_" + key) : day.away, "AWAY");
    row.set("FROM", typed ? request.form.get("from_" + key) : day.from).set("UNTIL", typed ? request.form.get("until_" + key) : day.until);
    if (error == nullptr) continue;
    for (const auto& problem : error->problems)
      if (problem.field == "from_" + key || problem.field == "until_" + key) row.add("WRONG").set("WRONG_TEXT", problem.message);
  }
  return html::render("programme/organiser/days_there.html", view, "en");
}

http::Response show(const Web& web, const http::Request& request, const SpeakerList& l, const CreditedSpeaker& speaker, const Error* error) {
  const auto there = l.there(speaker);
  Form form(request, error);
  form.part(days_table(request, there, error));
  form.area("gaps", "Away in between (optional)", gaps_to_lines(there.gaps),
            "One a line, such as " + to_text(l.days.empty() ? Date{} : l.days.front()) + " 12:00–13:00.", 3);
  html::View view;
  view.set_html("FORM", form.draw(organiser_path(l.event, "speakers/" + speaker.code), "Save", organiser_path(l.event, "speakers")));
  const auto clashes = l.clashes_of(speaker);
  view.show(clashes.empty() ? "NO_CLASHES" : "CLASHES").set_html("CLASH_LIST", clash_list(l.event, clashes));
  for (const auto* talk : speaker.talks) {
    auto& item = view.add("TALK");
    item.set("TALK_TITLE", talk->title).set("TALK_HREF", organiser_path(l.event, "talks/" + talk->code));
    for (const auto& slot : l.draft.slots)
      if (slot.talk == talk->code) item.add("PLACE").set("PLACE_TEXT", time_span(slot.start, slot.length) + ", " + room_name(l.draft, slot.room));
  }
  events::OrganiserPage page{.title = speaker.name,
                             .here = "speakers",
                             .content = html::render("programme/organiser/speaker.html", view, "en"),
                             .trail = {{organiser_path(l.event, "speakers"), "Speakers"}},
                             .lead = "When " + speaker.name + " is there, by the clock at the venue (" + l.event.zone + "). Code " + speaker.code + ".",
                             .button = "Name, text and address",
                             .button_href = organiser_path(l.event, "speakers/" + speaker.code + "/details")};
  if (error != nullptr) return events::organiser_rejected(web, request, l.event, std::move(page));
  return events::organiser_response(web, request, l.event, std::move(page));
}

}  // namespace

Result<http::Response> organiser_speaker(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(SpeakerList l, load(tx, request));
  TRY_ASSIGN(CreditedSpeaker speaker, speaker_of_route(l, request));
  return show(web, request, l, speaker, nullptr);
}

Result<http::Response> organiser_speaker_submit(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_write());
  TRY_ASSIGN(SpeakerList l, load(tx, request));
  TRY_ASSIGN(CreditedSpeaker speaker, speaker_of_route(l, request));
  auto saved = [&]() -> Result<void> {
    TRY_ASSIGN(auto windows, windows_in_form(request.form, l.days, l.event.day_start_hour));
    TRY(set_availability(tx, actor_of(request), l.event, speaker.person, std::move(windows)));
    return tx.commit();
  }();
  if (!saved) {
    if (!events::belongs_into_form(saved.error())) return std::unexpected(std::move(saved).error());
    return show(web, request, l, speaker, &saved.error());
  }
  return events::organiser_done(organiser_path(l.event, "speakers/" + speaker.code), "saved");
}

}  // namespace confer::programme
