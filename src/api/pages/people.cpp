// /api/v1/events/{event}/contacts: how the people of a programme are reached. For the right `people` alone.
#include "people/people.h"
#include <algorithm>
#include <map>
#include <set>
#include "api/api.h"
#include "api/asked.h"
#include "base/json_writer.h"
#include "talks/talks.h"

namespace confer::api {

Result<http::Response> list_contacts(const Web& web, http::Request& request) {
  TRY_ASSIGN(const auto asked, Asked::read(request, {"limit", "after"}));
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto event, require_event(tx, request));
  TRY_ASSIGN(const auto all, talks::list_talks(tx, event.id));
  const Actor& actor = actor_of(request);
  std::map<PersonId, std::set<std::string>> talks_of;
  for (const auto& talk : all) {
    // A team of some tracks knows how their people are reached, and nobody else's.
    Scope scope = events::scope_of(event);
    scope.track = talk.track;
    if (!may(actor, Right::people, scope)) continue;
    for (const auto& credit : talk.credits)
      if (credit.person) talks_of[credit.person].insert(talk.code);
  }
  std::vector<PersonId> ids;
  for (const auto& [person, codes] : talks_of) ids.push_back(person);
  TRY_ASSIGN(auto persons, people::people_with_ids(tx, ids));
  TRY_ASSIGN(const auto accounts, people::accounts_with_ids(tx, ids));
  std::ranges::sort(persons, {}, &people::Person::code);
  Pages pages(request, asked);
  for (const auto& person : persons)
    pages.item(person.code, [&](JsonWriter& w) {
      const auto account = std::ranges::find(accounts, person.id, &people::Account::person);
      w.begin_object().field("code", person.code).field("guid", person.guid).field("name", person.name).field("language", person.language).key("email");
      account == accounts.end() ? w.null() : w.value(account->email.address());
      w.field("email_verified", account != accounts.end() && account->verified).key("contact_email");
      person.contact_email.empty() ? w.null() : w.value(person.contact_email);
      w.key("talks").begin_array();
      for (const auto& code : talks_of[person.id]) w.value(code);
      w.end_array().end_object();
    });
  return pages.finish();
}

}  // namespace confer::api
