// Finding and changing people, and the answers that every slice gives: export, erase, check.
#include "people/people.h"
#include <algorithm>
#include <map>
#include "base/random.h"
#include "base/text.h"
#include "people/people_fixture.h"

namespace confer::people {
namespace {

class PersonTest : public PeopleTest {
 protected:
  Person add(const std::string& name, std::string guid = {}) {
    return written([&](db::Tx& tx) { return add_person(tx, {.name = name}, std::move(guid)); });
  }
  std::string names(std::vector<Person> list) {
    std::ranges::sort(list, {}, &Person::name);
    std::string out;
    for (const auto& person : list) out += person.name + " ";
    return out;
  }
  /// table → how many of its cells hold the text, in any letter case.
  std::map<std::string, int> cells_with(std::string_view text) {
    std::map<std::string, int> found;
    auto tables = ok(db().tables());
    auto tx = ok(db().begin_read());
    for (const auto& table : tables) {
      std::string columns;
      std::vector<db::ColumnType> types;
      for (const auto& column : table.columns) {
        columns += (columns.empty() ? "" : ", ") + column.name;
        types.push_back(column.type);
      }
      ok(tx.each(db().dynamic("test/all_" + table.name, "SELECT " + columns + " FROM " + table.name), types, {},
                 [&](std::span<const db::Value> row) -> Result<void> {
                   for (const auto& cell : row)
                     if (const auto* s = std::get_if<std::string>(&cell); s != nullptr && ascii_lower(*s).find(text) != std::string::npos) ++found[table.name];
                   return {};
                 }));
    }
    return found;
  }
};
ON_BOTH_DATABASES(PersonTest);

TEST_P(PersonTest, people_when_asked_by_ids_or_guids_then_one_statement) {
  const auto ada = add("Ada", "3F2504E0-4F89-41D3-9A0C-0305E82C3301"), bob = add("Bob"), cem = add("Cem \"the\" 'quoted'");
  auto tx = ok(db().begin_read());
  const auto count = [&](auto ask) {
    const auto before = db::Database::statement_count();
    ask();
    return db::Database::statement_count() - before;
  };
  EXPECT_EQ(count([&] { EXPECT_EQ(names(ok(people_with_ids(tx, {ada.id}))), "Ada "); }), 1U);
  EXPECT_EQ(count([&] { EXPECT_EQ(names(ok(people_with_ids(tx, {cem.id, ada.id, bob.id, ada.id, PersonId{99}}))), "Ada Bob Cem \"the\" 'quoted' "); }), 1U);
  EXPECT_EQ(count([&] { EXPECT_EQ(names(ok(people_with_guids(tx, {bob.guid, "3f2504e0-4F89-41d3-9a0c-0305e82c3301", random_uuid()}))), "Ada Bob "); }), 1U);
  EXPECT_EQ(count([&] { EXPECT_EQ(names(ok(people_with_guids(tx, {"it's \"no\" guid", "ünïcödé"}))), ""); }), 1U);
  EXPECT_EQ(count([&] { EXPECT_TRUE(ok(people_with_ids(tx, {})).empty()); }), 0U);
  EXPECT_EQ(ok(find_person(tx, cem.id))->name, "Cem \"the\" 'quoted'");
  EXPECT_EQ(ok(find_person_by_code(tx, bob.code))->id, bob.id);
  EXPECT_FALSE(ok(find_person_by_code(tx, "NOBODY")));
}

TEST_P(PersonTest, accounts_when_listed_then_a_constant_number_of_statements) {
  const auto count = [&] {
    const auto before = db::Database::statement_count();
    read([](db::Tx& tx) { return list_accounts(tx); });
    return db::Database::statement_count() - before;
  };
  written([](db::Tx& tx) { return add_account(tx, "Cem", "cem@example.org"); });
  const auto with_one = count();
  written([](db::Tx& tx) { return add_account(tx, "Bob", "bob@example.org"); });
  written([](db::Tx& tx) { return add_account(tx, "Ada", "Ada@example.org"); });
  EXPECT_EQ(count(), with_one);
  std::string told;
  for (const auto& [account, person] : read([](db::Tx& tx) { return list_accounts(tx); })) told += account.email.address() + " " + person.name + "\n";
  EXPECT_EQ(told, "Ada@example.org Ada\nbob@example.org Bob\ncem@example.org Cem\n");
  auto tx = ok(db().begin_write());
  EXPECT_EQ(error_of(add_account(tx, "Another Ada", "ADA@example.org")).code, ErrorCode::conflict);
}

TEST_P(PersonTest, name_when_searched_then_folded) {
  add("Zoë Müller");
  add("Zoe Muller");
  add("Zoran");
  auto tx = ok(db().begin_read());
  EXPECT_EQ(ok(find_people_by_name(tx, "ZOE MULLER")).size(), 2U);
  EXPECT_EQ(ok(list_people(tx, "zo", 10, 0)).size(), 3U);
  EXPECT_EQ(ok(list_people(tx, "zo", 2, 2)).size(), 1U);
  EXPECT_EQ(ok(list_people(tx, "", 10, 5)).size(), 0U);
}

TEST_P(PersonTest, guid_when_taken_then_conflict) {
  add("Ada", "3f2504e0-4f89-41d3-9a0c-0305e82c3301");
  auto tx = ok(db().begin_write());
  EXPECT_EQ(error_of(add_person(tx, {.name = "Bob"}, "3F2504E0-4F89-41D3-9A0C-0305E82C3301")).code, ErrorCode::conflict);
}

TEST_P(PersonTest, change_when_of_an_older_version_or_wrong_then_refused) {
  const auto ada = add("Ada");
  const PersonForm form{
      .name = " Ada  Quist ", .biography = "Sails.", .avatar_url = "https://example.org/a.png", .contact_email = "a@example.org", .language = "de"};
  written([&](db::Tx& tx) { return change_person(tx, ada.id, 1, form); });
  const auto now = *read([&](db::Tx& tx) { return find_person(tx, ada.id); });
  EXPECT_EQ(std::tie(now.name, now.biography, now.avatar_url, now.contact_email, now.language, now.version),
            std::make_tuple("Ada Quist", form.biography, form.avatar_url, form.contact_email, form.language, 2));
  auto tx = ok(db().begin_write());
  EXPECT_EQ(error_of(change_person(tx, ada.id, 1, form)).code, ErrorCode::conflict);
  EXPECT_EQ(error_of(change_person(tx, PersonId{99}, 1, form)).code, ErrorCode::not_found);
  EXPECT_EQ(
      error_of(change_person(tx, ada.id, 2, {.name = "\t", .biography = {}, .avatar_url = "javascript:alert(1)", .contact_email = "x", .language = "EN_us"}))
          .problems,
      (std::vector<FieldProblem>{{"name", "Please give a name."},
                                 {"language", "This is not a language code such as en or pt-BR."},
                                 {"contact_email", "This is not an e-mail address. Please write it as name@example.org."},
                                 {"avatar_url", "A picture’s address starts with https://."}}));
}

TEST_P(PersonTest, export_when_asked_then_everything_of_theirs_and_nothing_of_others) {
  const auto event = add_event(add_series("pycon"), "pycon-2027");
  const auto ada = actor(join("ada@example.org", "Ada"));
  join("bob@example.org", "Bob");
  grant_rights(ada.person, {Right::programme}, {}, event);
  written([&](db::Tx& tx) { return make_api_token(tx, ada, "import script", event, {TokenScope::read_draft}, {}); });
  const auto json = read([&](db::Tx& tx) { return export_person(tx, ada.person); });
  const std::string expected =
      "{\"code\":\"" + ada.code +
      "\",\"name\":\"Ada\",\"biography\":\"\",\"picture\":\"\",\"contact_email\":\"\",\"language\":\"en\",\"known_since\":\"2027-05-04T08:00:00Z\","
      "\"account\":{\"email\":\"ada@example.org\",\"verified\":true,\"made\":\"2027-05-04T08:00:00Z\"},"
      "\"sessions\":[{\"device\":\"Firefox, Linux\",\"since\":\"2027-05-04T08:00:00Z\",\"last_seen\":\"2027-05-04T08:00:00Z\"}],"
      "\"api_tokens\":[{\"label\":\"import script\",\"scopes\":\"read_public read_draft\",\"made\":\"2027-05-04T08:00:00Z\"}],"
      "\"teams\":[{\"rights\":\"programme\",\"event\":" +
      std::to_string(event.value) + ",\"series\":0}]}";
  EXPECT_EQ(json, expected);
  auto tx = ok(db().begin_read());
  EXPECT_EQ(error_of(export_person(tx, PersonId{99})).code, ErrorCode::not_found);
}

TEST_P(PersonTest, person_when_erased_then_in_no_cell_of_any_table) {
  constexpr std::string_view canary = "kanarienvogel";
  const auto event = add_event(add_series("pycon"), "pycon-2027");
  const auto bob = join("bob@example.org", "Bob");
  // Somebody asked for a link before there was an account: that mail belongs to no person yet.
  ok(send_sign_in_link(db(), context, "Kanarienvogel@example.org", "/", "en"));
  ok(sign_up(db(), context, "Ada Kanarienvogel", "Kanarienvogel@example.org", secret(password), "en", "/kanarienvogel"));
  const auto in = ok(use_sign_in_link(db(), mailed_token(), "Kanarienvogel, Linux", secret(password)));
  const auto ada = actor(in.session_token.reveal());
  const PersonForm form{.name = "Ada Kanarienvogel",
                        .biography = "A kanarienvogel.",
                        .avatar_url = "https://example.org/kanarienvogel.png",
                        .contact_email = "k.kanarienvogel@example.org",
                        .language = "de"};
  written([&](db::Tx& tx) { return change_person(tx, ada.person, 1, form); });
  grant_rights(ada.person, {Right::programme}, {}, event);
  const auto api_token = written([&](db::Tx& tx) { return make_api_token(tx, ada, "kanarienvogel", event, {TokenScope::read_draft}, {}); }).reveal();
  ok(send_sign_in_link(db(), context, "kanarienvogel@example.org", "/kanarienvogel", "en"));
  const auto link = mailed_token();
  std::string holding;
  for (const auto& [table, cells] : cells_with(canary)) holding += table + " ";
  EXPECT_EQ(holding, "accounts api_tokens mail_outbox persons sessions sign_in_links ") << "the canary must be where it could leak from";
  const auto guid = read([&](db::Tx& tx) { return find_person(tx, ada.person); })->guid;

  written([&](db::Tx& tx) { return erase_person(tx, ada.person); });

  EXPECT_EQ(cells_with(canary), (std::map<std::string, int>{}));
  EXPECT_EQ(cells_with(guid), (std::map<std::string, int>{}));
  EXPECT_FALSE(actor(in.session_token.reveal()).signed_in());
  EXPECT_EQ(error_of(actor_of_token(db(), api_token)).code, ErrorCode::unauthenticated);
  EXPECT_EQ(error_of(peek_sign_in_link(db(), link)).code, ErrorCode::gone);
  EXPECT_EQ(error_of(sign_in_with_password(db(), "kanarienvogel@example.org", secret(password), "")).code, ErrorCode::unauthenticated);
  EXPECT_FALSE(read([&](db::Tx& tx) { return find_person(tx, ada.person); }));
  EXPECT_EQ(names(read([](db::Tx& tx) { return list_people(tx, "", 10, 0); })), "Bob ");
  EXPECT_TRUE(actor(bob).signed_in());
  EXPECT_TRUE(read([&](db::Tx& tx) { return list_teams(tx, {.event = event}); }).front().members.empty());
  EXPECT_TRUE(read([](db::Tx& tx) { return check(tx); }).empty());
  auto tx = ok(db().begin_write());
  EXPECT_EQ(error_of(erase_person(tx, ada.person)).code, ErrorCode::not_found);
}

TEST_P(PersonTest, check_when_an_erased_person_keeps_an_account_then_told) {
  const auto ada = actor(join("ada@example.org", "Ada")).person;
  written([&](db::Tx& tx) { return tx.run(db().dynamic("test/half_erased", "UPDATE persons SET deleted_at_ms = 1 WHERE id = :1"), ada); });
  EXPECT_EQ(read([](db::Tx& tx) { return check(tx); }),
            std::vector<std::string>{"people: the account of person " + std::to_string(ada.value) + " is left, but the person was erased"});
}

}  // namespace
}  // namespace confer::people
