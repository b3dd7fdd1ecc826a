// What viewers are told of one talk's recording, and from when it may be shown (organiser_pages.h).
#include <algorithm>
#include <array>
#include "base/text.h"
#include "events/organiser_form.h"
#include "events/organiser_frame.h"
#include "html/template.h"
#include "recordings/embargo.h"
#include "recordings/organiser_pages.h"
#include "talks/talks.h"

namespace confer::recordings {
namespace {

struct Told {
  events::Event event;
  Zone zone;
  talks::Talk talk;
  Recording recording;
  std::string path;
};

Result<Told> load_told(db::Tx& tx, const http::Request& request) {
  Told told;
  TRY_ASSIGN(told.event, events::event_of_route(tx, request));
  TRY(require(actor_of(request), Right::media, events::scope_of(told.event)));
  TRY_ASSIGN(told.talk, talks::require_talk(tx, told.event.id, request.param("code")));
  if (!told.event.zone.empty()) {
    TRY_ASSIGN(told.zone, events::zone_of(told.event));
  }
  TRY_ASSIGN(auto recording, find_recording(tx, told.talk.id));
  told.recording = recording ? std::move(*recording) : Recording{.talk = told.talk.id};
  told.path = events::organiser_path(told.event, "talks/" + told.talk.code + "/recording");
  return told;
}

constexpr std::array<std::pair<Status, std::string_view>, 7> told_choices{{{Status::unknown, "Nothing"},
                                                                           {Status::published, "It may be shown"},
                                                                           {Status::pending, "It is not ready yet"},
                                                                           {Status::embargoed, "It is shown from a moment on (embargo)"},
                                                                           {Status::not_recorded, "The talk was not recorded"},
                                                                           {Status::lost, "The recording was lost"},
                                                                           {Status::not_allowed, "It may not be shown"}}};

Result<http::Response> show_told(const Web& web, const http::Request& request, const Error* error) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto told, load_told(tx, request));
  const Recording& recording = told.recording;
  std::vector<events::Option> options;
  for (const auto& [status, words] : told_choices) options.push_back({std::string(name_of(status)), std::string(words), status == recording.status});
  events::Form form(request, error);
  form.hidden("version", recording.version);
  form.select("status", "What viewers are told", std::move(options),
              "Links and files are kept whatever you choose. Under an embargo, or when it may not be shown, nobody is led to them.");
  const bool has_moment = recording.status == Status::embargoed && recording.available_from;
  form.input("datetime-local", "until", "Embargo until (optional)", has_moment ? to_text(told.zone.to_wall(*recording.available_from)) : "",
             "By the clock at the venue (" + told.zone.name() + "). It is shown by itself then; without a moment, when you say so.");
  form.text("note", "More about it (optional)", recording.status_note, "Shown to everybody below that sentence.");
  form.area("quality", "What is wrong with it (optional)", recording.quality_notes,
            "Such as: the first ten minutes have no sound. Viewers read it beside the video; in the video, where the event shows an apology card.", 2);
  html::View view;
  view.set_html("FORM", form.draw(told.path, "Save", events::organiser_path(told.event, "recordings")));
  if (recording.is_refused) view.add("REFUSED").set("CONSENT", talks::in_words(talks::consent_of(told.talk)));
  if (has_moment && recording.is_embargo_of_event) view.add("OF_EVENT");
  events::OrganiserPage page{.title = "Recording of “" + told.talk.title + "”",
                             .here = "recordings",
                             .content = html::render("recordings/organiser/recording.html", view, "en"),
                             .trail = {{events::organiser_path(told.event, "recordings"), "Recordings"}},
                             .lead = {},
                             .button = {},
                             .button_href = {}};
  if (error != nullptr) return events::organiser_rejected(web, request, told.event, std::move(page));
  return events::organiser_response(web, request, told.event, std::move(page));
}

std::unexpected<Error> wrong_telling(std::string_view field, std::string sentence) {
  return std::unexpected(Error{ErrorCode::invalid, "Some fields need another look.", {}, {}, {{std::string(field), std::move(sentence)}}});
}

/// Into `recording`, what the form says. Errors: invalid.
Result<void> take_told(const http::Fields& form, const Told& told, Instant now, Recording& recording) {
  const auto chosen = std::ranges::find(told_choices, form.get("status"), [](const auto& choice) { return name_of(choice.first); });
  if (chosen == told_choices.end()) return wrong_telling("status", "Choose one of the list.");
  if (chosen->first == Status::published && recording.is_refused)
    return wrong_telling("status", "The talk’s speakers do not allow it to be shown. When they do again, change that at the talk first.");
  std::optional<Instant> until;
  const auto words = trim(form.get("until"));
  const bool is_as_it_was = recording.available_from && words == to_text(told.zone.to_wall(*recording.available_from));
  if (chosen->first != Status::embargoed && !words.empty() && !is_as_it_was)
    return wrong_telling("until", "To hold it back until then, choose the embargo above.");
  if (!words.empty() && chosen->first == Status::embargoed) {
    const auto wall = parse_wall_time(words);
    if (!wall) return wrong_telling("until", wall.error().message);
    const auto moment = told.zone.to_instant(*wall);
    if (!moment) return wrong_telling("until", moment.error().message);
    if (*moment <= now) return wrong_telling("until", "This moment is over. Choose “It may be shown”, or a later one.");
    until = *moment;
  }
  recording.is_embargo_of_event = recording.is_embargo_of_event && chosen->first == Status::embargoed && until == recording.available_from;
  recording.status = chosen->first;
  recording.available_from = until;
  recording.status_note = tidy_line(form.get("note"));
  recording.quality_notes = std::string(trim(replace_all(form.get("quality"), "\r", "")));
  return {};
}

}  // namespace

Result<http::Response> organiser_recording(const Web& web, http::Request& request) { return show_told(web, request, nullptr); }

Result<http::Response> organiser_recording_submit(const Web& web, http::Request& request) {
  std::string here;
  const auto saved = events::in_transaction(web, [&](db::Tx& tx) -> Result<void> {
    TRY_ASSIGN(auto told, load_told(tx, request));
    here = told.path;
    Recording recording = std::move(told.recording);
    TRY(take_told(request.form, told, tx.now(), recording));
    if (events::number_in(request.form.get("version")).value_or(-1) != recording.version)
      return fail(ErrorCode::conflict, "Someone else changed this recording meanwhile. Load the page again to see how it is now, then make your change.");
    TRY(save_recording(tx, actor_of(request), told.event, told.talk.code, std::move(recording)));
    return {};
  });
  if (!saved) {
    if (!events::belongs_into_form(saved.error())) return std::unexpected(saved.error());
    return show_told(web, request, &saved.error());
  }
  return events::organiser_done(here, "saved");
}

}  // namespace confer::recordings
