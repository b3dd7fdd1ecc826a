// What is kept of a credited person: texts and address to change, everything to hand out, and erasing it (organiser_pages.h).
#include <algorithm>
#include <set>
#include "base/json_writer.h"
#include "base/text.h"
#include "events/organiser_form.h"
#include "events/organiser_frame.h"
#include "html/template.h"
#include "journal/journal.h"
#include "people/people.h"
#include "people/who.h"
#include "programme/organiser_pages.h"
#include "talks/talks.h"

namespace confer::programme {
namespace {

using events::Event;
using events::Form;
using events::organiser_path;

struct Known {
  Event event;
  people::Person person;
  std::vector<EventId> events;  ///< all in which they are credited
  bool has_account = false;
  bool may_see_address = false;  ///< and export and erase, as far as the other events allow
  std::string keeps_texts;       ///< why this organiser may not change name, texts and picture; empty: they may
  bool may_change_address = false;
};

/// Whether the actor has the right in every event in which they are credited. What stands here is one for all of these.
Result<bool> may_everywhere(db::Tx& tx, const Actor& actor, Right right, const std::vector<EventId>& events) {
  for (const EventId id : events) {
    TRY_ASSIGN(auto event, events::find_event(tx, id));
    if (event && !may(actor, right, events::scope_of(*event))) return false;
  }
  return true;
}

/// A team can credit anybody, by their code: it must not become the author of what they say of themselves, nor get mails that are theirs.
Result<std::string> what_keeps_texts(db::Tx& tx, const Actor& actor, const Known& k) {
  if (may(actor, Right::operate, {})) return std::string();
  if (!may(actor, Right::programme, events::scope_of(k.event)))
    return "Your team works on some tracks only: whoever makes the whole programme can change what stands here of " + k.person.name + ".";
  if (k.has_account) return k.person.name + " has an account here, and changes this on the account’s page. Else ask whoever runs this installation.";
  TRY_ASSIGN(const bool everywhere, may_everywhere(tx, actor, Right::programme, k.events));
  if (everywhere) return std::string();
  return k.person.name + " is credited in another event, too, whose programme you may not change. Ask whoever runs this installation.";
}

/// Whoever is credited in this event.
Result<Known> known_of_route(db::Tx& tx, const http::Request& request) {
  Known k;
  TRY_ASSIGN(k.event, events::event_of_route(tx, request));
  TRY_ASSIGN(auto person, people::find_person_by_code(tx, request.param("person")));
  if (person) {
    TRY_ASSIGN(auto talks, talks::talks_of(tx, person->id));
    std::set<EventId> events;
    for (const auto& talk : talks) events.insert(talk.event);
    k.events.assign(events.begin(), events.end());
  }
  if (!person || std::ranges::find(k.events, k.event.id) == k.events.end()) return fail(ErrorCode::not_found, "Nobody of that code is credited in this event.");
  k.person = std::move(*person);
  TRY_ASSIGN(auto account, people::find_account(tx, k.person.id));
  k.has_account = account.has_value();
  const Actor& actor = actor_of(request);
  k.may_see_address = may(actor, Right::people, events::scope_of(k.event));
  TRY_ASSIGN(k.keeps_texts, what_keeps_texts(tx, actor, k));
  TRY_ASSIGN(k.may_change_address, may_everywhere(tx, actor, Right::people, k.events));
  return k;
}

/// Why this person cannot be erased or handed out by this organiser; empty when they can.
/// Who has an account does that themselves, or asks the operator: else a team could make an end of anybody whom it credits.
Result<std::string> what_forbids(db::Tx& tx, const Actor& actor, const Known& k) {
  if (may(actor, Right::operate, {})) return std::string();
  if (k.has_account) return k.person.name + " has an account here, and can do this on the account’s page. Else ask whoever runs this installation.";
  TRY_ASSIGN(const bool everywhere, may_everywhere(tx, actor, Right::people, k.events));
  if (everywhere) return std::string();
  return k.person.name + " is credited in another event, too, whose people you may not see. Ask whoever runs this installation.";
}

std::string person_path(const Known& k, std::string_view below) { return organiser_path(k.event, "speakers/" + k.person.code + "/" + std::string(below)); }

std::string drawn_form(const http::Request& request, const Known& k, const Error* error) {
  const auto& p = k.person;
  Form form(request, error);
  form.hidden("version", p.version).text("name", "Name", p.name).area("biography", "About them (optional)", p.biography, "Public with the next release.", 6);
  form.input("url", "avatar_url", "Address of a picture (optional)", p.avatar_url);
  if (k.may_change_address)
    form.input("email", "contact_email", "E-mail (optional)", p.contact_email,
               k.has_account ? "Instead of the account’s address." : "To be told when their sessions change.");
  return form.draw(person_path(k, "details"), "Save", organiser_path(k.event, "speakers/" + p.code));
}

std::string drawn_texts(const Known& k) {
  html::View view;
  view.set("REASON", k.keeps_texts).set("NAME", k.person.name);
  if (!k.person.biography.empty()) view.add("BIOGRAPHY").set("BIOGRAPHY_TEXT", k.person.biography);
  if (!k.person.avatar_url.empty()) view.add("PICTURE").set("PICTURE_ADDRESS", k.person.avatar_url);
  if (k.may_see_address && !k.person.contact_email.empty()) view.add("EMAIL").set("EMAIL_ADDRESS", k.person.contact_email);
  return html::render("programme/organiser/person_texts.html", view, "en");
}

Result<http::Response> show(db::Tx& tx, const Web& web, const http::Request& request, const Known& k, const Error* error) {
  const auto& p = k.person;
  std::string content = k.keeps_texts.empty() ? drawn_form(request, k, error) : drawn_texts(k);
  if (k.may_see_address) {
    TRY_ASSIGN(const std::string forbidden, what_forbids(tx, actor_of(request), k));
    html::View view;
    if (!forbidden.empty())
      view.add("FORBIDDEN").set("FORBIDDEN_TEXT", forbidden);
    else
      view.add("ALLOWED")
          .set("EXPORT_HREF", person_path(k, "export"))
          .set_html("ERASE", events::confirm_button(person_path(k, "erase"), "Erase this person…",
                                                    "Name, texts, address and mails are gone from all editions of the series and their releases, also where "
                                                    "the name was only typed; the sessions stay. "
                                                    "This cannot be undone.",
                                                    "Erase " + p.name));
    content += html::render("programme/organiser/person.html", view, "en");
  }
  events::OrganiserPage page{.title = p.name,
                             .here = "speakers",
                             .content = std::move(content),
                             .trail = {{organiser_path(k.event, "speakers"), "Speakers"}},
                             .lead = "Code " + p.code + ": links a name in a talk’s form to this person.",
                             .button = {},
                             .button_href = {}};
  if (error != nullptr) return events::organiser_rejected(web, request, k.event, std::move(page));
  return events::organiser_response(web, request, k.event, std::move(page));
}

}  // namespace

Result<http::Response> organiser_person(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(Known k, known_of_route(tx, request));
  return show(tx, web, request, k, nullptr);
}

Result<http::Response> organiser_person_submit(const Web& web, http::Request& request) {
  Error refused;
  {
    TRY_ASSIGN(auto tx, web.db.begin_write());
    TRY_ASSIGN(Known k, known_of_route(tx, request));
    TRY(require(actor_of(request), Right::programme, events::scope_of(k.event)));
    if (!k.keeps_texts.empty()) return fail(ErrorCode::forbidden, k.keeps_texts);
    const auto& form = request.form;
    people::PersonForm asked{.name = tidy_line(form.get("name")),
                             .biography = std::string(trim(form.get("biography"))),
                             .avatar_url = std::string(trim(form.get("avatar_url"))),
                             .contact_email = k.may_change_address ? std::string(trim(form.get("contact_email"))) : k.person.contact_email,
                             .language = k.person.language};
    auto saved = [&]() -> Result<void> {
      TRY(people::change_person(tx, k.person.id, events::number_in(form.get("version")).value_or(0), asked));
      TRY(journal::record(tx, who(actor_of(request)), "person.changed", k.event.series.value, k.event.id.value, "person:" + k.person.code));
      return tx.commit();
    }();
    if (saved) return events::organiser_done(person_path(k, "details"), "saved");
    if (!events::belongs_into_form(saved.error())) return std::unexpected(std::move(saved).error());
    refused = std::move(saved).error();
  }
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(Known k, known_of_route(tx, request));
  return show(tx, web, request, k, &refused);
}

Result<http::Response> organiser_person_export(const Web& web, const people::AccountActions& actions, http::Request& request) {
  PersonId person;
  {
    TRY_ASSIGN(auto tx, web.db.begin_read());
    TRY_ASSIGN(Known k, known_of_route(tx, request));
    TRY_ASSIGN(const std::string forbidden, what_forbids(tx, actor_of(request), k));
    if (!forbidden.empty()) return fail(ErrorCode::forbidden, forbidden);
    person = k.person.id;
  }
  TRY_ASSIGN(std::string json, actions.export_all(person));
  return http::Response::content("application/json", std::move(json)).with_header("Content-Disposition", "attachment; filename=\"person.json\"");
}

Result<http::Response> organiser_person_erase(const Web& web, const people::AccountActions& actions, http::Request& request) {
  Known k;
  {
    TRY_ASSIGN(auto tx, web.db.begin_read());
    TRY_ASSIGN(k, known_of_route(tx, request));
    TRY_ASSIGN(const std::string forbidden, what_forbids(tx, actor_of(request), k));
    if (!forbidden.empty()) return fail(ErrorCode::forbidden, forbidden);
  }
  TRY(actions.erase_all(actor_of(request), k.person.id));
  return events::organiser_done(organiser_path(k.event, "speakers"), "erased");
}

}  // namespace confer::programme
