// The pages of signing in and of one's account, asked as a browser asks them.
#include <algorithm>
#include <optional>
#include "base/embedded.h"
#include "base/text.h"
#include "html/template.h"
#include "people/people_fixture.h"
#include "people/people_pages.h"

namespace confer::people {
namespace {

class PagesTest : public PeopleTest {
 protected:
  void SetUp() override {
    PeopleTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    ok(html::use_catalogues(embedded::catalogues()));
    html::use_templates(embedded::templates());
    files_ = ok(files::open_folder(folder_.path().string()));
    web_.emplace(Web{.db = db(),
                     .files = *files_,
                     .events = hub_,
                     .chrome = [](const html::Page& page) { return page.language + "|" + page.signed_in_as + "|" + page.title + "\n" + page.body; },
                     .sign_in = context,
                     .data_dir = folder_.path().string(),
                     .programme_changed = {}});
    actions_.export_all = [](PersonId id) -> Result<std::string> { return "{\"person\":" + std::to_string(id.value) + "}"; };
    actions_.erase_all = [this](const Actor&, PersonId id) -> Result<void> {
      erased_ = id;
      return {};
    };
    actions_.events_for_tokens = [this](const Actor&) { return events_; };
  }
  void TearDown() override {
    html::use_templates({});
    ok(html::use_catalogues({}));
    web_.reset();
    PeopleTest::TearDown();
  }
  const Web& web() { return *web_; }
  /// A request as the gate passes it on: by whoever the session belongs to (empty: nobody).
  http::Request request(const std::string& session = {}, std::vector<std::pair<std::string, std::string>> form = {}) {
    http::Request r;
    r.language = "en";
    r.received = clock().now();
    r.headers = {{"user-agent", "Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0"}};
    for (auto& [name, value] : form) r.form.add(name, value);
    r.actor = std::make_shared<const Actor>(actor(session));
    return r;
  }
  static http::Request asking(http::Request r, std::string name, std::string value) {
    r.query.add(std::move(name), std::move(value));
    return r;
  }
  static bool shows(const http::Response& response, std::string_view text) { return response.body_.find(text) != std::string::npos; }
  static std::string location(const http::Response& response) {
    for (const auto& [name, value] : response.headers_)
      if (ascii_lower(name) == "location") return value;
    return {};
  }
  static std::string first_line(const http::Response& response) { return response.body_.substr(0, response.body_.find('\n')); }

  AccountActions actions_;
  std::optional<PersonId> erased_;
  std::vector<std::pair<EventId, std::string>> events_;

 private:
  test::TestFolder folder_;
  std::unique_ptr<files::Store> files_;
  http::EventHub hub_;
  std::optional<Web> web_;
};
ON_BOTH_DATABASES(PagesTest);

TEST_P(PagesTest, sign_in_when_the_password_is_right_then_a_cookie_and_on_to_where_one_came_from) {
  join("ada@example.org", "Ada");
  auto asked = request({}, {{"email", "ada@example.org"}, {"password", std::string(password)}, {"return_to", "/pycon-2027/my?x=1"}});
  const auto answer = ok(sign_in_submit(web(), asked));
  EXPECT_EQ(answer.status(), 303);
  EXPECT_EQ(location(answer), "/pycon-2027/my?x=1");
  ASSERT_EQ(answer.cookies_.size(), 1U);
  const auto& cookie = answer.cookies_.front();
  EXPECT_EQ(cookie.name, "confer_session");
  EXPECT_EQ(cookie.max_age, 180 * 24h);
  EXPECT_FALSE(cookie.script_may_read);
  EXPECT_EQ(actor(cookie.value).name, "Ada");
  const auto sessions = read([&](db::Tx& tx) { return list_sessions(tx, actor(cookie.value)); });
  EXPECT_EQ(std::ranges::count(sessions, "Firefox, Android", &Session::device), 1);
}

TEST_P(PagesTest, return_to_when_it_leads_elsewhere_then_to_the_account) {
  const auto session = join("ada@example.org", "Ada");
  for (const char* elsewhere : {"//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", "/\t/elsewhere.example"}) {
    auto posted = request({}, {{"email", "ada@example.org"}, {"password", std::string(password)}, {"return_to", elsewhere}});
    EXPECT_EQ(location(ok(sign_in_submit(web(), posted))), "/account");
    auto signed_in_already = asking(request(session), "return_to", elsewhere);
    EXPECT_EQ(location(ok(sign_in_page(web(), signed_in_already))), "/account");
    auto read_by_nobody = asking(request(), "return_to", elsewhere);
    EXPECT_FALSE(shows(ok(sign_in_page(web(), read_by_nobody)), "elsewhere"));
    auto mailed = request({}, {{"email", "ada@example.org"}, {"return_to", elsewhere}});
    ok(link_request(web(), mailed));
    auto used = request({}, {{"token", mailed_token()}});
    EXPECT_EQ(location(ok(link_submit(web(), used))), "/account");
  }
  auto kept = asking(request(), "return_to", "/pycon-2027/my?x=1&y=2");
  const auto page = ok(sign_in_page(web(), kept));
  EXPECT_TRUE(shows(page, "name=\"return_to\" value=\"/pycon-2027/my?x=1&amp;y=2\""));
  EXPECT_TRUE(shows(page, "href=\"/sign-up?return_to=%2Fpycon-2027%2Fmy%3Fx%3D1%26y%3D2\""));
}

TEST_P(PagesTest, sign_in_when_refused_then_the_form_again_with_the_address_but_never_the_password) {
  join("ada@example.org", "Ada");
  auto wrong = request({}, {{"email", "ada@example.org"}, {"password", "not my password"}});
  const auto answer = ok(sign_in_submit(web(), wrong));
  EXPECT_EQ(answer.status(), 422);
  EXPECT_TRUE(answer.cookies_.empty());
  EXPECT_TRUE(shows(answer, "value=\"ada@example.org\""));
  EXPECT_TRUE(shows(answer, "Address and password do not fit"));
  EXPECT_FALSE(shows(answer, "not my password"));
  auto empty = request({}, {{"email", "ada@example.org"}});
  EXPECT_TRUE(shows(ok(sign_in_submit(web(), empty)), "Type your password, or let us send you a link."));
  auto in_german = request({}, {{"email", "ada@example.org"}, {"password", "x"}, {"language", "de"}});
  EXPECT_EQ(first_line(ok(sign_in_submit(web(), in_german))), "de||Anmelden");
}

TEST_P(PagesTest, password_fields_when_shown_then_may_be_pasted_into_and_filled) {
  auto nobody = request();
  const auto sign_in = ok(sign_in_page(web(), nobody)), sign_up = ok(sign_up_page(web(), nobody));
  EXPECT_TRUE(shows(sign_in, "type=\"password\" autocomplete=\"current-password\""));
  EXPECT_TRUE(shows(sign_in, "type=\"email\" autocomplete=\"username\""));
  EXPECT_TRUE(shows(sign_up, "type=\"password\" autocomplete=\"new-password\""));
  EXPECT_TRUE(shows(sign_up, "autocomplete=\"name\""));
  for (const auto* page : {&sign_in, &sign_up}) EXPECT_FALSE(shows(*page, "onpaste"));
}

TEST_P(PagesTest, link_request_when_answered_then_known_and_unknown_look_alike) {
  join("ada@example.org", "Ada");
  auto known = request({}, {{"email", "ada@example.org"}}), unknown = request({}, {{"email", "nobody@example.org"}}),
       wrong = request({}, {{"email", "nobody"}});
  EXPECT_EQ(location(ok(link_request(web(), known))), "/check-your-mail");
  EXPECT_EQ(location(ok(link_request(web(), unknown))), "/check-your-mail");
  const auto answer = ok(link_request(web(), wrong));
  EXPECT_EQ(answer.status(), 422);
  EXPECT_TRUE(shows(answer, "id=\"email-error\""));
  EXPECT_TRUE(shows(answer, "aria-invalid=\"true\""));
  auto nobody = request();
  EXPECT_TRUE(shows(ok(check_your_mail_page(web(), nobody)), "finds your link in the outbox")) << "no SMTP is set here";
}

TEST_P(PagesTest, link_when_opened_then_asks_for_a_click_and_works_once) {
  auto joined = request({}, {{"name", "Ada"}, {"email", "ada@example.org"}, {"password", std::string(password)}, {"return_to", "/here"}});
  EXPECT_EQ(location(ok(sign_up_submit(web(), joined))), "/check-your-mail");
  const auto token = mailed_token();
  for (int scanner = 0; scanner < 3; ++scanner) {
    auto opened = asking(request(), "token", token);
    const auto page = ok(link_page(web(), opened));
    EXPECT_EQ(page.status(), 200);
    EXPECT_TRUE(page.cookies_.empty());
    EXPECT_TRUE(shows(page, "<b>ada@example.org</b>"));
    EXPECT_TRUE(shows(page, "value=\"" + token + "\""));
    EXPECT_TRUE(shows(page, "Password, once more"));
  }
  auto wrong = request({}, {{"token", token}, {"password", "not this one at all"}});
  const auto refused = ok(link_submit(web(), wrong));
  EXPECT_EQ(refused.status(), 422);
  EXPECT_TRUE(shows(refused, "id=\"password-error\""));
  auto right = request({}, {{"token", token}, {"password", std::string(password)}});
  const auto in = ok(link_submit(web(), right));
  EXPECT_EQ(location(in), "/here");
  ASSERT_EQ(in.cookies_.size(), 1U);
  auto again = request({}, {{"token", token}});
  const auto gone = ok(link_submit(web(), again));
  EXPECT_EQ(gone.status(), 410);
  EXPECT_TRUE(gone.cookies_.empty());
  EXPECT_TRUE(shows(gone, "action=\"/sign-in/link-request\""));
  auto opened = asking(request(), "token", token);
  EXPECT_EQ(ok(link_page(web(), opened)).status(), 410);
}

TEST_P(PagesTest, sign_up_when_wrong_then_every_field_is_told_and_kept) {
  auto asked = request({}, {{"name", "<b>Ada"}, {"email", "ada"}, {"password", "short"}});
  const auto answer = ok(sign_up_submit(web(), asked));
  EXPECT_EQ(answer.status(), 422);
  EXPECT_TRUE(shows(answer, "value=\"&lt;b&gt;Ada\""));
  EXPECT_TRUE(shows(answer, "id=\"email-error\""));
  EXPECT_TRUE(shows(answer, "id=\"password-error\""));
  EXPECT_FALSE(shows(answer, "id=\"name-error\""));
  EXPECT_FALSE(shows(answer, "value=\"short\""));
}

TEST_P(PagesTest, sign_out_when_posted_then_the_session_is_over_and_the_cookie_gone) {
  const auto session = join("ada@example.org", "Ada");
  auto asked = request(session);
  const auto answer = ok(sign_out_submit(web(), asked));
  EXPECT_EQ(location(answer), "/sign-in?done=signed-out");
  ASSERT_EQ(answer.cookies_.size(), 1U);
  EXPECT_EQ(answer.cookies_.front().max_age, 0s);
  EXPECT_FALSE(actor(session).signed_in());
  auto nobody = asking(request(), "done", "signed-out");
  EXPECT_EQ(ok(sign_out_submit(web(), nobody)).status(), 303);
  EXPECT_TRUE(shows(ok(sign_in_page(web(), nobody)), "You are signed out."));
}

TEST_P(PagesTest, account_when_shown_then_sessions_cost_no_more_statements) {
  const auto session = join("ada@example.org", "Ada");
  auto asked = request(session);
  const auto count = [&] {
    const auto before = db::Database::statement_count();
    ok(account_page(web(), actions_, asked));
    return db::Database::statement_count() - before;
  };
  const auto with_one = count();
  EXPECT_EQ(first_line(ok(account_page(web(), actions_, asked))), "en|Ada|Your account");
  EXPECT_FALSE(shows(ok(account_page(web(), actions_, asked)), "End all other sessions"));
  for (int i = 0; i < 2; ++i) ok(sign_in_with_password(db(), "ada@example.org", secret(password), ""));
  EXPECT_EQ(count(), with_one);
  const auto page = ok(account_page(web(), actions_, asked));
  EXPECT_TRUE(shows(page, "End all other sessions"));
  EXPECT_TRUE(shows(page, "Firefox, Linux"));
  EXPECT_TRUE(shows(page, "Unknown device"));
  EXPECT_TRUE(shows(page, "4 May 2027, 08:00 UTC"));
  EXPECT_FALSE(shows(page, "Tokens for programs")) << "there is nothing to give";
}

TEST_P(PagesTest, account_when_asked_by_nobody_or_a_token_then_refused) {
  const auto ada = actor(join("ada@example.org", "Ada"));
  const auto token = written([&](db::Tx& tx) { return make_api_token(tx, ada, "t", {}, {Right::site}, {}); }).reveal();
  auto nobody = request(), by_token = request({}, {{"confirm", "Ada"}, {"name", "Eve"}, {"label", "wider"}, {"rights", "site"}});
  by_token.actor = std::make_shared<const Actor>(ok(actor_of_token(db(), token)));
  by_token.route["id"] = "1";
  const auto codes = [&](http::Request& r) {
    return std::vector{
        error_of(account_page(web(), actions_, r)).code, error_of(profile_submit(web(), actions_, r)).code, error_of(password_submit(web(), actions_, r)).code,
        error_of(session_revoke(web(), r)).code,         error_of(sessions_revoke_others(web(), r)).code,   error_of(token_submit(web(), actions_, r)).code,
        error_of(token_revoke(web(), r)).code,           error_of(account_export(web(), actions_, r)).code, error_of(account_erase(web(), actions_, r)).code};
  };
  EXPECT_EQ(codes(nobody), std::vector(9, ErrorCode::unauthenticated));
  EXPECT_EQ(codes(by_token), std::vector(9, ErrorCode::forbidden));
  EXPECT_FALSE(erased_);
}

TEST_P(PagesTest, profile_when_saved_then_kept_and_when_wrong_then_told) {
  const auto session = join("ada@example.org", "Ada");
  auto asked =
      request(session, {{"name", "Ada Quist"}, {"biography", "Sails."}, {"avatar_url", ""}, {"contact_email", ""}, {"language", "de"}, {"version", "1"}});
  EXPECT_EQ(location(ok(profile_submit(web(), actions_, asked))), "/account?done=profile");
  EXPECT_EQ(actor(session).name, "Ada Quist");
  auto late = request(session, {{"name", "Ada the Late"}, {"language", "en"}, {"version", "1"}});
  const auto conflict = ok(profile_submit(web(), actions_, late));
  EXPECT_EQ(conflict.status(), 409);
  EXPECT_TRUE(shows(conflict, "value=\"Ada the Late\"")) << "what was typed is not lost";
  auto wrong = request(session, {{"name", ""}, {"contact_email", "nowhere"}, {"language", "en"}, {"version", "2"}});
  const auto refused = ok(profile_submit(web(), actions_, wrong));
  EXPECT_EQ(refused.status(), 422);
  EXPECT_TRUE(shows(refused, "id=\"name-error\""));
  EXPECT_TRUE(shows(refused, "<a href=\"#contact_email\">"));
}

TEST_P(PagesTest, password_when_changed_on_the_page_then_notice) {
  const auto session = join("ada@example.org", "Ada");
  auto wrong = request(session, {{"current", "not my password"}, {"password", "nine loud harbours"}});
  const auto refused = ok(password_submit(web(), actions_, wrong));
  EXPECT_EQ(refused.status(), 422);
  EXPECT_TRUE(shows(refused, "id=\"current-error\""));
  auto right = request(session, {{"current", std::string(password)}, {"password", "nine loud harbours"}});
  EXPECT_EQ(location(ok(password_submit(web(), actions_, right))), "/account?done=password");
  auto shown = asking(request(session), "done", "password");
  EXPECT_TRUE(shows(ok(account_page(web(), actions_, shown)), "Your password is changed. All other sessions have ended."));
}

TEST_P(PagesTest, session_when_revoked_on_the_page_then_only_ones_own) {
  const auto session = join("ada@example.org", "Ada"), foreign = join("bob@example.org", "Bob");
  const auto other = ok(sign_in_with_password(db(), "ada@example.org", secret(password), "")).session_token.reveal();
  auto asked = request(session);
  asked.route["id"] = std::to_string(actor(other).session);
  EXPECT_EQ(location(ok(session_revoke(web(), asked))), "/account?done=session");
  EXPECT_FALSE(actor(other).signed_in());
  asked.route["id"] = std::to_string(actor(foreign).session);
  EXPECT_EQ(error_of(session_revoke(web(), asked)).code, ErrorCode::not_found);
  asked.route["id"] = "12; DROP";
  EXPECT_EQ(error_of(session_revoke(web(), asked)).code, ErrorCode::not_found);
  EXPECT_TRUE(actor(foreign).signed_in());
}

TEST_P(PagesTest, token_when_made_on_the_page_then_shown_once_and_holds_what_was_ticked) {
  const auto event = add_event(add_series("pycon"), "pycon-2027");
  const auto session = join("ada@example.org", "Ada");
  grant_rights(actor(session).person, {Right::programme}, {}, event);
  events_ = {{event, "PyCon 2027"}};
  auto asked =
      request(session, {{"label", "import script"}, {"rights", "programme"}, {"rights", "operate"}, {"event", std::to_string(event.value)}, {"days", "30"}});
  const auto page = ok(token_submit(web(), actions_, asked));
  EXPECT_EQ(page.status(), 200);
  const std::string before = "id=\"new_token\" readonly autocomplete=\"off\" spellcheck=\"false\" value=\"";
  const auto at = page.body_.find(before);
  ASSERT_NE(at, std::string::npos);
  const auto token = page.body_.substr(at + before.size(), 43);
  const auto by_token = ok(actor_of_token(db(), token));
  EXPECT_TRUE(may(by_token, Right::programme, {.event = event}));
  EXPECT_EQ(by_token.limited_to, event);
  const auto stored = read([&](db::Tx& tx) { return list_api_tokens(tx, actor(session)); });
  ASSERT_EQ(stored.size(), 1U);
  EXPECT_EQ(stored[0].rights, std::set<Right>{Right::programme}) << "operate was not theirs to give";
  EXPECT_EQ(stored[0].expires_at, clock().now() + 30 * 24h);
  auto shown = request(session);
  EXPECT_FALSE(shows(ok(account_page(web(), actions_, shown)), token));
  auto nothing = request(session, {{"label", ""}, {"days", "30"}});
  const auto refused = ok(token_submit(web(), actions_, nothing));
  EXPECT_EQ(refused.status(), 422);
  EXPECT_TRUE(shows(refused, "id=\"label-error\""));
  EXPECT_TRUE(shows(refused, "id=\"rights-error\""));
  auto elsewhere = request(session, {{"label", "x"}, {"rights", "programme"}, {"event", "999"}});
  EXPECT_TRUE(shows(ok(token_submit(web(), actions_, elsewhere)), "id=\"event-error\""));
  auto revoke = request(session);
  revoke.route["id"] = std::to_string(stored[0].id);
  EXPECT_EQ(location(ok(token_revoke(web(), revoke))), "/account?done=token");
  EXPECT_EQ(error_of(actor_of_token(db(), token)).code, ErrorCode::unauthenticated);
}

TEST_P(PagesTest, data_when_asked_for_then_a_file_and_erased_only_when_confirmed) {
  const auto session = join("ada@example.org", "Ada Quist");
  const auto person = actor(session).person;
  auto asked = request(session);
  const auto file = ok(account_export(web(), actions_, asked));
  EXPECT_EQ(file.body_, "{\"person\":" + std::to_string(person.value) + "}");
  EXPECT_EQ(file.cache_control_, "no-store");
  for (const char* typed : {"", "no", "Ada"}) {
    auto unsure = request(session, {{"confirm", typed}});
    const auto refused = ok(account_erase(web(), actions_, unsure));
    EXPECT_EQ(refused.status(), 422);
    EXPECT_TRUE(shows(refused, "<details class=\"confirm\" open>"));
    EXPECT_TRUE(shows(refused, "<h2><a href=\"#confirm\">Nothing was erased"));
    EXPECT_FALSE(erased_);
  }
  for (const char* typed : {"ada  quist", "ERASE"}) {
    erased_.reset();
    auto sure = request(session, {{"confirm", typed}});
    const auto answer = ok(account_erase(web(), actions_, sure));
    EXPECT_EQ(location(answer), "/sign-in?done=erased");
    EXPECT_EQ(answer.cookies_.front().max_age, 0s);
    EXPECT_EQ(erased_, person);
  }
  erased_.reset();
  auto in_german = request(session, {{"confirm", "löschen"}});
  in_german.language = "de";
  ok(account_erase(web(), actions_, in_german));
  EXPECT_EQ(erased_, person);
}

TEST_P(PagesTest, pages_when_read_in_german_then_german) {
  const auto session = join("ada@example.org", "Ada");
  auto nobody = request();
  nobody.language = "de";
  EXPECT_EQ(first_line(ok(sign_in_page(web(), nobody))), "de||Anmelden");
  EXPECT_TRUE(shows(ok(sign_up_page(web(), nobody)), "Konto anlegen"));
  auto ada = request(session);
  ada.language = "de";
  EXPECT_TRUE(shows(ok(account_page(web(), actions_, ada)), "Meine Daten herunterladen"));
}

}  // namespace
}  // namespace confer::people
