// Finding and changing people; the answers every slice gives (people.h).
#include "people/people.h"
#include <algorithm>
#include <map>
#include "base/json_writer.h"
#include "base/random.h"
#include "base/text.h"
#include "html/template.h"
#include "people/actor_cache.h"
#include "people/store.h"

namespace confer::people {
namespace {

Result<void> check_form(const PersonForm& form) {
  std::vector<FieldProblem> p;
  auto text = [&](std::string_view value, std::string_view field, std::size_t max) {
    if (auto ok = check_text(value, field, max); !ok) p.push_back(ok.error().problems.front());
  };
  if (tidy_line(form.name).empty()) p.push_back({"name", std::string(html::translatable("Please give a name."))});
  text(form.name, "name", 200);
  text(form.biography, "biography", 20'000);
  if (!form.language.empty() && !is_language_tag(form.language))
    p.push_back({"language", std::string(html::translatable("This is not a language code such as en or pt-BR."))});
  if (!form.contact_email.empty() && !Email::parse(form.contact_email))
    p.push_back({"contact_email", std::string(html::translatable("This is not an e-mail address. Please write it as name@example.org."))});
  if (!form.avatar_url.empty() && !form.avatar_url.starts_with("https://") && !form.avatar_url.starts_with("http://") && !form.avatar_url.starts_with("/"))
    p.push_back({"avatar_url", std::string(html::translatable("A picture’s address starts with https://."))});
  if (!p.empty()) return std::unexpected(Error{ErrorCode::invalid, std::string(html::translatable("Some fields need another look.")), {}, {}, std::move(p)});
  return {};
}

Result<std::string> free_code(db::Tx& tx) {
  for (;;) {
    std::string code = random_code();
    TRY_ASSIGN(bool taken, store::is_code_taken(tx, code));
    if (!taken) return code;
  }
}

Account account_of(const store::AccountRow& row) {
  Account account{
      .person = row.person, .email = {}, .verified = row.verified_at.has_value(), .has_password = !row.password_hash.empty(), .created_at = row.created_at};
  if (auto email = Email::parse(row.email)) account.email = *email;
  return account;
}

}  // namespace

Result<Person> add_person(db::Tx& tx, const PersonForm& form, std::string guid) {
  PersonForm tidy = form;
  tidy.name = tidy_line(tidy.name);
  // A picture elsewhere that is no web address is left out, not refused: imports bring all kinds.
  if (!tidy.avatar_url.starts_with("http")) tidy.avatar_url.clear();
  TRY(check_form(tidy));
  Person person{.id = {},
                .code = {},
                .guid = guid.empty() ? random_uuid() : ascii_lower(guid),
                .name = tidy.name,
                .biography = tidy.biography,
                .avatar_url = tidy.avatar_url,
                .contact_email = tidy.contact_email,
                .language = tidy.language,
                .created_at = tx.now(),
                .version = 1};
  TRY_ASSIGN(person.code, free_code(tx));
  TRY_ASSIGN(person.id, store::add(tx, person));
  return person;
}

Result<std::optional<Person>> find_person(db::Tx& tx, PersonId id) { return store::find_person(tx, id); }
Result<std::optional<Person>> find_person_by_code(db::Tx& tx, std::string_view code) { return store::find_person_by_code(tx, code); }
Result<std::optional<Person>> find_person_by_email(db::Tx& tx, const Email& email) { return store::find_person_by_email(tx, email.folded()); }

Result<std::optional<Account>> find_account(db::Tx& tx, PersonId id) {
  TRY_ASSIGN(auto row, store::find_account(tx, id));
  if (!row) return std::nullopt;
  return std::optional(account_of(*row));
}

Result<std::optional<Email>> address_of(db::Tx& tx, const Person& person) {
  TRY_ASSIGN(auto account, find_account(tx, person.id));
  if (account && account->verified) return account->email;
  if (auto email = Email::parse(person.contact_email); email) return *email;
  return std::nullopt;
}

Result<std::vector<Account>> accounts_with_ids(db::Tx& tx, const std::vector<PersonId>& ids) {
  std::vector<Account> accounts;
  if (ids.empty()) return accounts;
  TRY_ASSIGN(const auto rows, store::accounts_with_ids(tx, ids));
  for (const auto& row : rows) accounts.push_back(account_of(row));
  return accounts;
}

Result<std::vector<Person>> find_people_by_name(db::Tx& tx, std::string_view name) {
  TRY_ASSIGN(auto all, store::all_people(tx));
  const std::string wanted = fold(name);
  std::erase_if(all, [&](const Person& p) { return fold(p.name) != wanted; });
  return all;
}

Result<std::vector<Person>> list_people(db::Tx& tx, std::string_view name_part, int limit, int offset) {
  TRY_ASSIGN(auto all, store::all_people(tx));
  const std::string wanted = fold(name_part);
  std::erase_if(all, [&](const Person& p) { return !wanted.empty() && fold(p.name).find(wanted) == std::string::npos; });
  const auto first = std::min(all.size(), static_cast<std::size_t>(std::max(offset, 0)));
  const auto last = std::min(all.size(), first + static_cast<std::size_t>(std::max(limit, 0)));
  return std::vector<Person>(all.begin() + static_cast<std::ptrdiff_t>(first), all.begin() + static_cast<std::ptrdiff_t>(last));
}

Result<std::vector<Person>> people_with_ids(db::Tx& tx, const std::vector<PersonId>& ids) {
  if (ids.empty()) return std::vector<Person>{};
  return store::people_with_ids(tx, ids);
}

Result<std::vector<Person>> people_with_guids(db::Tx& tx, const std::vector<std::string>& guids) {
  if (guids.empty()) return std::vector<Person>{};
  std::vector<std::string> lower;
  lower.reserve(guids.size());
  for (const auto& guid : guids) lower.push_back(ascii_lower(guid));
  return store::people_with_guids(tx, lower);
}

Result<void> change_person(db::Tx& tx, PersonId id, std::int64_t version, const PersonForm& form) {
  TRY(check_form(form));
  TRY_ASSIGN(auto person, store::find_person(tx, id));
  if (!person) return fail(ErrorCode::not_found, "There is no such person.");
  person->version = version;
  person->name = tidy_line(form.name);
  person->biography = form.biography;
  person->avatar_url = form.avatar_url;
  person->contact_email = form.contact_email;
  person->language = form.language;
  TRY_ASSIGN(bool done, store::change(tx, *person));
  if (!done)
    return fail(ErrorCode::conflict,
                std::string(html::translatable("Someone else changed this meanwhile. Load the page again to see how it is now, then make your change.")));
  tx.after_commit(forget_actors);
  return {};
}

Result<PersonId> add_account(db::Tx& tx, std::string name, std::string email) {
  TRY_ASSIGN(Email address, Email::parse(email));
  TRY_ASSIGN(auto taken, store::find_account(tx, address.folded()));
  if (taken) return fail(ErrorCode::conflict, "There is an account with this address already.");
  TRY_ASSIGN(Person person, add_person(tx, {.name = std::move(name)}));
  TRY(store::add_account(tx, person.id, address, tx.now(), ""));
  return person.id;
}

Result<std::vector<std::pair<Account, Person>>> list_accounts(db::Tx& tx) {
  TRY_ASSIGN(auto rows, store::list_accounts(tx));
  std::vector<PersonId> ids;
  for (const auto& row : rows) ids.push_back(row.person);
  TRY_ASSIGN(auto people, people_with_ids(tx, ids));
  std::map<PersonId, Person> by_id;
  for (auto& person : people) by_id.emplace(person.id, std::move(person));
  std::vector<std::pair<Account, Person>> out;
  for (const auto& row : rows)
    if (auto person = by_id.find(row.person); person != by_id.end()) out.emplace_back(account_of(row), std::move(person->second));
  return out;
}

Result<void> reset_account(db::Tx& tx, PersonId person) {
  TRY_ASSIGN(auto account, store::find_account(tx, person));
  if (!account) return fail(ErrorCode::not_found, "This person has no account.");
  TRY(store::set_password(tx, person, ""));
  TRY(store::remove_other_sessions(tx, person, 0));
  TRY_ASSIGN(Email email, Email::parse(account->email));
  TRY(store::remove_links(tx, email.folded()));
  TRY(store::revoke_tokens(tx, person));
  tx.after_commit(forget_actors);
  return {};
}

Result<std::string> export_person(db::Tx& tx, PersonId id) {
  TRY_ASSIGN(auto person, store::find_person(tx, id));
  if (!person) return fail(ErrorCode::not_found, "There is no such person.");
  JsonWriter w;
  w.begin_object().field("code", person->code).field("name", person->name).field("biography", person->biography).field("picture", person->avatar_url);
  w.field("contact_email", person->contact_email).field("language", person->language).field("known_since", to_text(person->created_at));
  TRY_ASSIGN(auto account, store::find_account(tx, id));
  w.key("account");
  if (account)
    w.begin_object()
        .field("email", account->email)
        .field("verified", account->verified_at.has_value())
        .field("made", to_text(account->created_at))
        .end_object();
  else
    w.null();
  TRY_ASSIGN(auto sessions, store::list_sessions(tx, id));
  w.key("sessions").begin_array();
  for (const auto& s : sessions)
    w.begin_object().field("device", s.device).field("since", to_text(s.created_at)).field("last_seen", to_text(s.last_seen_at)).end_object();
  w.end_array();
  TRY_ASSIGN(auto tokens, store::list_tokens(tx, id));
  w.key("api_tokens").begin_array();
  for (const auto& t : tokens)
    w.begin_object().field("label", t.label).field("scopes", scopes_to_text(t.scopes)).field("made", to_text(t.created_at)).end_object();
  w.end_array();
  TRY_ASSIGN(auto memberships, store::memberships(tx, id));
  w.key("teams").begin_array();
  for (const auto& m : memberships)
    w.begin_object().field("rights", rights_to_text(m.rights)).field("event", m.event.value).field("series", m.series.value).end_object();
  return w.end_array().end_object().take();
}

Result<void> erase_person(db::Tx& tx, PersonId id) {
  TRY_ASSIGN(auto person, store::find_person(tx, id));
  if (!person) return fail(ErrorCode::not_found, "There is no such person.");
  TRY_ASSIGN(auto account, store::find_account(tx, id));
  if (account) {
    TRY_ASSIGN(Email email, Email::parse(account->email));
    TRY(store::remove_links(tx, email.folded()));
    TRY(mail::erase_address(tx, email));
  }
  TRY(mail::erase_person(tx, id.value));
  TRY(store::remove_other_sessions(tx, id, 0));
  TRY(store::remove_tokens(tx, id));
  TRY(store::leave_all_teams(tx, id));
  TRY(store::remove_account(tx, id));
  // A GUID from elsewhere may identify the person there: it goes too.
  TRY(store::blank(tx, id, random_uuid()));
  tx.after_commit(forget_actors);
  return {};
}

Result<std::vector<std::string>> check(db::Tx& tx) {
  std::vector<std::string> problems;
  TRY_ASSIGN(auto lost, store::accounts_without_person(tx));
  for (PersonId id : lost) problems.push_back("people: the account of person " + std::to_string(id.value) + " is left, but the person was erased");
  return problems;
}

}  // namespace confer::people
