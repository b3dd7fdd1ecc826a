// Who did what, which mails were written, which jobs wait (organiser_pages.h).
#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include "base/text.h"
#include "events/organiser_form.h"
#include "events/organiser_frame.h"
#include "events/organiser_pages.h"
#include "events/organiser_table.h"
#include "html/template.h"
#include "jobs/jobs.h"
#include "journal/journal.h"
#include "mail/mail.h"
#include "people/people.h"

namespace confer::events {
namespace {

constexpr int per_page = 100;

std::string moment(const Zone& zone, Instant t) {
  const auto wall = zone.to_wall(t);
  return format_date(std::chrono::floor<std::chrono::days>(wall), "en", "yMMMd") + ", " + clock_text(wall);
}

Zone zone_or_utc(const Event& event) {
  auto zone = zone_of(event);
  return zone ? *zone : Zone();
}

std::string_view words_of(mail::State state) {
  switch (state) {
    case mail::State::waiting:
      return "waiting";
    case mail::State::sent:
      return "sent";
    case mail::State::failed:
      return "refused";
    case mail::State::kept:
      return "kept: no mail server is configured";
  }
  return "";
}

std::string mail_table(const Zone& zone, const std::vector<mail::Stored>& mails, const std::string& below) {
  Table table("Mails", {"Subject", "To", "Written", "State", "Problem"});
  table.when_empty(
      "No mails were written yet. Confer writes one when a release moves a session of somebody whose address is known, and when somebody is invited into a "
      "team.");
  for (const auto& mail : mails) {
    table.row();
    table.link(mail.subject, below + "/" + std::to_string(mail.id));
    table.cell(mail.to_name.empty() ? mail.to : mail.to_name + " <" + mail.to + ">").cell(moment(zone, mail.created_at));
    table.badge(words_of(mail.state), mail.state == mail::State::failed ? "error" : mail.state == mail::State::sent ? "good" : "");
    table.cell(mail.problem);
  }
  return table.draw();
}

/// `secrets`: with the links that sign somebody in.
Result<std::string> mail_view(db::Tx& tx, const http::Request& request, const Zone& zone, const mail::Stored& mail, bool secrets) {
  TRY_ASSIGN(const auto attachments, mail::attachments_of(tx, mail.id));
  html::View view;
  if (!attachments.empty()) {
    auto& list = view.add("ATTACHMENTS");
    for (std::size_t i = 0; i < attachments.size(); ++i)
      list.add("ATTACHMENT")
          .set("HREF", request.path + "/" + std::to_string(i + 1))
          .set("NAME", attachments[i].name)
          .set("SIZE", std::to_string(attachments[i].bytes.size()));
  }
  view.set("TO", mail.to_name.empty() ? mail.to : mail.to_name + " <" + mail.to + ">")
      .set("STATE", words_of(mail.state))
      .set("WRITTEN", moment(zone, mail.created_at))
      .set("TEXT", secrets ? mail.text : mail::without_secrets(mail.text));
  if (!mail.problem.empty()) view.add("PROBLEM").set("PROBLEM_TEXT", mail.problem);
  return html::render("events/organiser/mail.html", view, "en");
}

/// What facts are about, by the beginning of their names.
constexpr std::array<std::pair<std::string_view, std::string_view>, 15> subjects{{{"talk.", "talks"},
                                                                                  {"slot.", "slots"},
                                                                                  {"schedule.released", "releases"},
                                                                                  {"draft.", "resets of the draft"},
                                                                                  {"schedule.imported", "imports"},
                                                                                  {"sync.", "the followed address"},
                                                                                  {"availability.", "speakers’ times"},
                                                                                  {"rule.", "rules"},
                                                                                  {"room.", "rooms"},
                                                                                  {"track.", "tracks"},
                                                                                  {"type.", "session types"},
                                                                                  {"page.", "information pages"},
                                                                                  {"banner.", "the banner"},
                                                                                  {"event.", "settings"},
                                                                                  {"team.", "teams"}}};

/// "schedule.released" as people say it.
std::string fact_in_words(std::string name) {
  for (char& c : name)
    if (c == '.' || c == '_') c = ' ';
  return name;
}

/// A list as "title and state", a text in several languages as "Hello / Hallo".
std::string value_in_words(const nlohmann::json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
  if (!value.is_structured()) return value.dump();
  std::vector<std::string> words;
  for (const auto& one : value) words.push_back(value_in_words(one));
  return join(words, value.is_array() ? " and " : " / ");
}

using RoomNames = std::map<std::int64_t, std::string>;

Result<RoomNames> room_names(db::Tx& tx, const Event& event) {
  RoomNames names{{0, "all"}};
  TRY_ASSIGN(const auto rooms, list_rooms(tx, event));
  for (const auto& room : rooms) names[room.id.value] = "“" + room.name.in(event.languages.front()) + "”";
  TRY_ASSIGN(const auto removed, removed_rooms(tx, event));
  for (const auto& room : removed) names[room.id.value] = "“" + room.name.in(event.languages.front()) + "”";
  return names;
}

/// {"revision":3,"name":"1.1"} as "revision 3, name 1.1".
std::string data_in_words(const std::string& data, const RoomNames& rooms) {
  const auto json = nlohmann::json::parse(data, nullptr, false);
  if (!json.is_object()) return data;
  std::vector<std::string> words;
  for (const auto& [name, value] : json.items()) {
    const auto room = name == "room" && value.is_number_integer() ? rooms.find(value.get<std::int64_t>()) : rooms.end();
    words.push_back(fact_in_words(name) + " " + (room != rooms.end() ? room->second : value_in_words(value)));
  }
  return join(words, ", ");
}

/// Errors: not_found.
Result<mail::Stored> mail_of_route(db::Tx& tx, const http::Request& request) {
  TRY_ASSIGN(auto id, number_of_route(request, "mail"));
  TRY_ASSIGN(auto mail, mail::find_mail(tx, id));
  if (!mail) return fail(ErrorCode::not_found, "There is no such mail.");
  return std::move(*mail);
}
/// Errors: not_found; also for the mail of another event.
Result<mail::Stored> mail_of_route(db::Tx& tx, const http::Request& request, const Event& event) {
  TRY_ASSIGN(auto mail, mail_of_route(tx, request));
  if (mail.event != event.id.value) return fail(ErrorCode::not_found, "There is no such mail.");
  return mail;
}

/// Mails have no track: whoever sees people's addresses in some tracks only sees none of them.
Result<Event> event_of_outbox(db::Tx& tx, const http::Request& request) {
  TRY_ASSIGN(Event event, event_of_route(tx, request));
  TRY(require(actor_of(request), Right::people, scope_of(event)));
  return event;
}

Result<http::Response> file_of_mail(db::Tx& tx, const http::Request& request, const mail::Stored& mail) {
  TRY_ASSIGN(const auto number, number_of_route(request, "number"));
  TRY_ASSIGN(auto attachments, mail::attachments_of(tx, mail.id));
  if (number < 1 || number > static_cast<std::int64_t>(attachments.size())) return fail(ErrorCode::not_found, "There is no such file in this mail.");
  auto& file = attachments[static_cast<std::size_t>(number) - 1];
  // Whatever it says it is: it is kept, never shown in our place.
  return http::Response::content(std::move(file.content_type), std::move(file.bytes)).as_download(std::move(file.name));
}

std::string older_link(const std::string& address, std::int64_t before) {
  html::View view;
  view.set("HREF", address + std::to_string(before));
  return html::render("events/organiser/older.html", view, "en");
}

std::string_view words_of(jobs::State state) {
  switch (state) {
    case jobs::State::waiting:
      return "waiting";
    case jobs::State::running:
      return "running";
    case jobs::State::done:
      return "done";
    case jobs::State::dead:
      return "given up";
  }
  return "";
}

}  // namespace

Result<http::Response> organiser_audit(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(Event event, event_of_route(tx, request));
  journal::Query query;
  query.event = event.id.value;
  query.name_prefix = std::string(trim(request.query.get("what")));
  query.subject = std::string(trim(request.query.get("subject")));
  query.before = number_in(request.query.get("before")).value_or(0);
  query.limit = per_page;
  TRY_ASSIGN(auto facts, journal::list_facts(tx, query));
  std::vector<PersonId> ids;
  for (const auto& fact : facts)
    if (fact.person != 0) ids.emplace_back(fact.person);
  TRY_ASSIGN(auto people, people::people_with_ids(tx, ids));
  TRY_ASSIGN(const auto rooms, room_names(tx, event));
  const Zone zone = zone_or_utc(event);
  Table table("Audit trail", {"When", "Who", "What", "Of what", "Details"});
  table.when_empty("Nothing was done, or nothing that fits the filter.");
  for (const auto& fact : facts) {
    auto person = std::ranges::find(people, PersonId{fact.person}, &people::Person::id);
    table.row().cell(moment(zone, fact.at)).cell(person != people.end() ? person->name : fact.by).cell(fact_in_words(fact.name));
    std::string about = fact.subject;
    std::ranges::replace(about, ':', ' ');
    table.link(about, organiser_path(event, "audit?subject=" + percent_encoded(fact.subject))).cell(ellipsis(data_in_words(fact.data, rooms), 200));
  }
  html::View view;
  view.set("ACTION", organiser_path(event, "audit")).set("SUBJECT", query.subject);
  for (const auto& [prefix, text] : subjects)
    view.add("ABOUT").set("ABOUT_VALUE", prefix).set("ABOUT_TEXT", text).show_if(prefix == query.name_prefix, "CHOSEN");
  std::string content = html::render("events/organiser/audit_filter.html", view, "en") + table.draw();
  if (facts.size() == static_cast<std::size_t>(per_page))
    content += older_link(organiser_path(event, "audit?what=" + percent_encoded(query.name_prefix) + "&subject=" + percent_encoded(query.subject) + "&before="),
                          facts.back().position);
  OrganiserPage page{.title = "Audit trail",
                     .here = "audit",
                     .content = std::move(content),
                     .trail = {},
                     .lead = "Who did what, and when. Times are in " + zone.name() + ".",
                     .button = {},
                     .button_href = {}};
  return organiser_response(web, request, event, std::move(page));
}

Result<http::Response> organiser_outbox(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(Event event, event_of_outbox(tx, request));
  TRY_ASSIGN(auto mails, mail::list_outbox(tx, event.id.value, per_page, number_in(request.query.get("before")).value_or(0)));
  std::string content = mail_table(zone_or_utc(event), mails, organiser_path(event, "outbox"));
  if (mails.size() == static_cast<std::size_t>(per_page)) content += older_link(organiser_path(event, "outbox?before="), mails.back().id);
  OrganiserPage page{.title = "Outbox",
                     .here = "outbox",
                     .content = std::move(content),
                     .trail = {},
                     .lead = "Mails of this event, newest first.",
                     .button = {},
                     .button_href = {}};
  return organiser_response(web, request, event, std::move(page));
}

Result<http::Response> organiser_mail(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(Event event, event_of_outbox(tx, request));
  TRY_ASSIGN(const auto mail, mail_of_route(tx, request, event));
  // A link in it signs somebody in: it is the recipient's, or an organiser could become anybody whom they invite.
  TRY_ASSIGN(auto content, mail_view(tx, request, zone_or_utc(event), mail, false));
  OrganiserPage page{.title = mail.subject,
                     .here = "outbox",
                     .content = std::move(content),
                     .trail = {{organiser_path(event, "outbox"), "Outbox"}},
                     .lead = {},
                     .button = {},
                     .button_href = {}};
  return organiser_response(web, request, event, std::move(page));
}

Result<http::Response> installation_outbox(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(auto mails, mail::list_outbox(tx, 0, per_page, number_in(request.query.get("before")).value_or(0)));
  std::string content = mail_table(Zone(), mails, "/admin/outbox");
  if (mails.size() == static_cast<std::size_t>(per_page)) content += older_link("/admin/outbox?before=", mails.back().id);
  OrganiserPage page{.title = "Outbox of all",
                     .here = "/admin/outbox",
                     .content = std::move(content),
                     .trail = {{"/organise", "Events"}},
                     .lead = "Newest first. Times are in UTC.",
                     .button = {},
                     .button_href = {}};
  return organiser_response(web, request, std::move(page));
}

Result<http::Response> installation_mail(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto mail, mail_of_route(tx, request));
  // Whoever runs the installation can read it in the database, too. Not so a program that was given a token: it would become anybody.
  TRY_ASSIGN(auto content, mail_view(tx, request, Zone(), mail, actor_of(request).session != 0));
  OrganiserPage page{.title = mail.subject,
                     .here = "/admin/outbox",
                     .content = std::move(content),
                     .trail = {{"/organise", "Events"}, {"/admin/outbox", "Outbox of all"}},
                     .lead = {},
                     .button = {},
                     .button_href = {}};
  return organiser_response(web, request, std::move(page));
}

Result<http::Response> organiser_mail_file(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(Event event, event_of_outbox(tx, request));
  TRY_ASSIGN(const auto mail, mail_of_route(tx, request, event));
  return file_of_mail(tx, request, mail);
}

Result<http::Response> installation_mail_file(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto mail, mail_of_route(tx, request));
  return file_of_mail(tx, request, mail);
}

Result<http::Response> installation_jobs(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  Table table("Jobs", {"Job", "State", "Attempts", "Next", "Problem", "Again"});
  table.when_empty("No job waits, none was given up.");
  for (auto state : {jobs::State::dead, jobs::State::running, jobs::State::waiting}) {
    TRY_ASSIGN(auto jobs, jobs::list_jobs(tx, 0, state, per_page));
    for (const auto& job : jobs) {
      table.row().cell(job.kind).badge(words_of(state), state == jobs::State::dead ? "error" : "");
      table.cell(std::to_string(job.attempts) + " of " + std::to_string(job.max_attempts))
          .cell(state == jobs::State::dead ? "" : moment(Zone(), job.run_at))
          .cell(job.problem);
      if (state == jobs::State::dead)
        table.button("Try again", "/admin/jobs/retry", "job", std::to_string(job.id));
      else
        table.cell("");
    }
  }
  OrganiserPage page{.title = "Jobs",
                     .here = "/admin/jobs",
                     .content = table.draw(),
                     .trail = {{"/organise", "Events"}},
                     .lead = "Given up first. Times are in UTC.",
                     .button = {},
                     .button_href = {}};
  return organiser_response(web, request, std::move(page));
}

Result<http::Response> installation_retry(const Web& web, http::Request& request) {
  TRY(in_transaction(web, [&](db::Tx& tx) { return jobs::retry(tx, number_in(request.form.get("job")).value_or(0)); }));
  return organiser_done("/admin/jobs", "retried");
}

}  // namespace confer::events
