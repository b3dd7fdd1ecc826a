// Speakers of an event: who they are, when they are there, and what clashes with that (organiser_pages.h).
#include <algorithm>
#include <map>
#include <set>
#include "base/text.h"
#include "events/organiser_form.h"
#include "events/organiser_frame.h"
#include "events/organiser_table.h"
#include "html/template.h"
#include "people/people.h"
#include "people/who.h"
#include "programme/organiser_availability_form.h"
#include "programme/organiser_pages.h"
#include "programme/organiser_words.h"
#include "programme/programme.h"

namespace confer::programme {
namespace {

using events::Event;
using events::Form;
using events::organiser_path;
using events::Table;

/// Somebody who is credited: a person, or a name alone.
struct Speaker {
  std::string name, code;  ///< no code: a name alone
  PersonId person;
  std::vector<const talks::Talk*> talks;
};

/// All of an event, by name.
std::vector<Speaker> speakers_of(const std::vector<talks::Talk>& talks) {
  std::map<std::pair<std::string, std::string>, Speaker> found;
  for (const auto& talk : talks)
    for (const auto& credit : talk.credits) {
      if (credit.name.empty()) continue;
      auto& speaker = found[{fold(credit.person_code.empty() ? credit.name : ""), credit.person_code}];
      if (speaker.name.empty()) speaker.name = credit.name;
      speaker.code = credit.person_code;
      speaker.person = credit.person;
      if (std::ranges::find(speaker.talks, &talk) == speaker.talks.end()) speaker.talks.push_back(&talk);
    }
  std::vector<Speaker> speakers;
  for (auto& [key, speaker] : found) speakers.push_back(std::move(speaker));
  std::sort(speakers.begin(), speakers.end(), [](const auto& a, const auto& b) { return fold(a.name) < fold(b.name); });
  return speakers;
}

/// Days of the event and of its slots.
std::vector<Date> days_of(const Event& event, const Programme& draft) {
  std::set<Date> days;
  if (event.start && event.end)
    for (Date day = *event.start; day <= *event.end; day += std::chrono::days(1)) days.insert(day);
  for (const auto& slot : draft.slots) days.insert(day_of(slot.start, event.day_start_hour));
  return {days.begin(), days.end()};
}

struct Loaded {
  Event event;
  std::vector<talks::Talk> talks;
  Programme draft;
  Surroundings around;
  std::vector<Clash> clashes;  ///< about speakers only
  std::vector<Date> days;

  DaysThere there(const Speaker& speaker) const {
    auto found = around.available.find(speaker.code);
    return days_there(found == around.available.end() ? std::vector<OpeningWindow>{} : found->second, days, event.day_start_hour);
  }
  std::vector<Clash> clashes_of(const Speaker& speaker) const {
    std::vector<Clash> own;
    for (const auto& clash : clashes) {
      auto slot = std::ranges::find(draft.slots, clash.slot, &Slot::number);
      const bool is_own = slot != draft.slots.end() && std::ranges::find(speaker.talks, slot->talk, &talks::Talk::code) != speaker.talks.end();
      if (is_own && clash.message.starts_with(speaker.name)) own.push_back(clash);
    }
    return own;
  }
};

Result<Loaded> load(db::Tx& tx, const http::Request& request, const std::string& base_url) {
  Loaded l;
  TRY_ASSIGN(l.event, events::event_of_route(tx, request));
  TRY_ASSIGN(l.talks, talks::list_talks(tx, l.event.id));
  TRY_ASSIGN(l.draft, load_draft(tx, l.event, base_url));
  TRY_ASSIGN(l.around, surroundings(tx, l.event));
  TRY_ASSIGN(auto rules, rule_settings(tx, l.event));
  l.clashes = find_clashes(l.draft, rules, l.around);
  std::erase_if(l.clashes, [](const Clash& c) { return c.rule != Rule::speaker_not_available && c.rule != Rule::speaker_twice; });
  l.days = days_of(l.event, l.draft);
  return l;
}

Result<Speaker> speaker_of_route(const Loaded& l, const http::Request& request) {
  const auto all = speakers_of(l.talks);
  auto found = std::ranges::find(all, request.param("person"), &Speaker::code);
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

http::Response show(const Web& web, const http::Request& request, const Loaded& l, const Speaker& speaker, const Error* error) {
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

Result<http::Response> organiser_speakers(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(Loaded l, load(tx, request, web.sign_in.base_url));
  Table table("Speakers", {"Name", "Sessions", "There", "Clashes"});
  table.when_empty("Nobody is credited yet: names stand in the talks’ forms.");
  for (const auto& speaker : speakers_of(l.talks)) {
    table.row();
    if (speaker.code.empty())
      table.cell(speaker.name);
    else
      table.link(speaker.name, organiser_path(l.event, "speakers/" + speaker.code));
    table.number(static_cast<std::int64_t>(speaker.talks.size()));
    if (speaker.code.empty())
      table.button("Set times for " + speaker.name, organiser_path(l.event, "speakers"), "name", speaker.name);
    else
      table.cell(in_words(l.there(speaker)));
    const auto clashes = l.clashes_of(speaker).size();
    if (clashes == 0)
      table.cell("");
    else
      table.badge(std::to_string(clashes) + (clashes == 1 ? " clash" : " clashes"), "warning");
  }
  events::OrganiserPage page{.title = "Speakers",
                             .here = "speakers",
                             .content = table.draw(),
                             .trail = {},
                             .lead = "When they are there. A session outside these times is a clash.",
                             .button = {},
                             .button_href = {}};
  return events::organiser_response(web, request, l.event, std::move(page));
}

/// A name alone becomes a person, so that times can be kept for them; every session of the name is theirs.
Result<http::Response> organiser_speaker_add(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_write());
  TRY_ASSIGN(Event event, events::event_of_route(tx, request));
  const Actor& actor = actor_of(request);
  TRY(require(actor, Right::programme, events::scope_of(event)));
  TRY_ASSIGN(auto all, talks::list_talks(tx, event.id));
  const std::string name = tidy_line(request.form.get("name"));
  const auto is_meant = [&](const talks::Credit& c) { return !c.person && !c.name.empty() && fold(c.name) == fold(name); };
  const bool credited = std::ranges::any_of(all, [&](const talks::Talk& t) { return std::ranges::any_of(t.credits, is_meant); });
  if (!credited) return fail(ErrorCode::not_found, "Nobody of that name is credited in this event.");
  TRY_ASSIGN(auto person, people::add_person(tx, {.name = name}));
  for (auto& talk : all) {
    if (!std::ranges::any_of(talk.credits, is_meant)) continue;
    for (auto& credit : talk.credits)
      if (is_meant(credit)) credit.person = person.id;
    TRY(talks::save_talk(tx, actor, event, std::move(talk)));
  }
  TRY(tx.commit());
  return http::Response::see_other(organiser_path(event, "speakers/" + person.code));
}

Result<http::Response> organiser_speaker(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(Loaded l, load(tx, request, web.sign_in.base_url));
  TRY_ASSIGN(Speaker speaker, speaker_of_route(l, request));
  return show(web, request, l, speaker, nullptr);
}

Result<http::Response> organiser_speaker_submit(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_write());
  TRY_ASSIGN(Loaded l, load(tx, request, web.sign_in.base_url));
  TRY_ASSIGN(Speaker speaker, speaker_of_route(l, request));
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
