// Signing up and in: links, passwords, sessions.
#include "people/pages/device.h"
#include "people/password.h"
#include "people/people_fixture.h"

namespace confer::people {
namespace {

class SignInTest : public PeopleTest {};
ON_BOTH_DATABASES(SignInTest);

TEST_P(SignInTest, sign_up_when_confirmed_with_the_password_then_both_ways_sign_in) {
  ok(sign_up(db(), context, "  Ada   Quist ", "Ada@Example.org", secret(password), "en"));
  const auto sent = mails();
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent[0].to, "Ada@Example.org");
  EXPECT_EQ(sent[0].subject, "Confirm your address");
  EXPECT_EQ(sent[0].kind, "sign_up");
  const auto token = mailed_token();
  const auto found = ok(peek_sign_in_link(db(), token));
  EXPECT_EQ(found.email, "Ada@Example.org");
  EXPECT_TRUE(found.asks_password);
  EXPECT_EQ(error_of(sign_in_with_password(db(), "ada@example.org", secret(password), "")).code, ErrorCode::unauthenticated) << "not confirmed yet";
  const auto in = ok(use_sign_in_link(db(), token, "Firefox, Linux", secret(password)));
  EXPECT_EQ(in.return_to, "/account");
  EXPECT_EQ(in.lifetime, 180 * 24h) << "as long as a session can last: the cookie is not renewed";
  const auto ada = actor(in.session_token.reveal());
  EXPECT_EQ(ada.name, "Ada Quist");
  EXPECT_EQ(ada.person, in.person);
  EXPECT_EQ(ok(sign_in_with_password(db(), " ADA@example.ORG ", secret(password), "")).person, in.person);
  EXPECT_EQ(error_of(sign_in_with_password(db(), "ada@example.org", secret("seven quiet lighthousez"), "")).code, ErrorCode::unauthenticated);
  EXPECT_EQ(error_of(sign_in_with_password(db(), "bob@example.org", secret(password), "")).code, ErrorCode::unauthenticated);
  EXPECT_EQ(error_of(sign_in_with_password(db(), "no address", secret(password), "")).code, ErrorCode::unauthenticated);
}

TEST_P(SignInTest, stranger_who_typed_anothers_address_when_it_is_confirmed_then_their_password_is_nothing) {
  ok(sign_up(db(), context, "Not Ada", "ada@example.org", secret("chosen by a stranger"), "en"));
  const auto token = mailed_token();
  EXPECT_EQ(error_of(use_sign_in_link(db(), token, "", secret(password))).problems,
            (std::vector<FieldProblem>{
                {"password", "This is not the password that was chosen when the account was made. Leave it empty to sign in now and choose one later."}}));
  const auto in = ok(use_sign_in_link(db(), token, ""));
  EXPECT_EQ(error_of(sign_in_with_password(db(), "ada@example.org", secret("chosen by a stranger"), "")).code, ErrorCode::unauthenticated);
  EXPECT_FALSE(read([&](db::Tx& tx) { return find_account(tx, in.person); })->has_password);
}

TEST_P(SignInTest, stranger_who_signs_up_after_me_when_i_confirm_then_not_with_their_password) {
  ok(sign_up(db(), context, "Ada", "ada@example.org", secret(password), "en"));
  const auto mine = mailed_token();
  ok(sign_up(db(), context, "Not Ada", "ada@example.org", secret("chosen by a stranger"), "en"));
  EXPECT_EQ(error_of(use_sign_in_link(db(), mine, "", secret(password))).code, ErrorCode::invalid);
  const auto in = ok(use_sign_in_link(db(), mine, ""));
  EXPECT_EQ(actor(in.session_token.reveal()).name, "Ada");
  EXPECT_EQ(error_of(sign_in_with_password(db(), "ada@example.org", secret("chosen by a stranger"), "")).code, ErrorCode::unauthenticated);
}

TEST_P(SignInTest, sign_up_when_the_address_has_an_account_then_it_stays_as_it_is) {
  join("ada@example.org", "Ada");
  ok(sign_up(db(), context, "Not Ada", "ADA@example.org", secret("chosen by a stranger"), "en"));
  EXPECT_EQ(mails().back().subject, "Your link to sign in");
  EXPECT_NE(mails().back().text.find("you have one already"), std::string::npos);
  EXPECT_FALSE(ok(peek_sign_in_link(db(), mailed_token())).asks_password);
  EXPECT_EQ(actor(ok(use_sign_in_link(db(), mailed_token(), "")).session_token.reveal()).name, "Ada");
  ok(sign_in_with_password(db(), "ada@example.org", secret(password), ""));
}

TEST_P(SignInTest, sign_up_when_fields_are_wrong_then_all_are_told_and_nothing_is_written) {
  const auto error = error_of(sign_up(db(), context, " ", "ada.example.org", secret("short"), "en"));
  EXPECT_EQ(error.code, ErrorCode::invalid);
  EXPECT_EQ(error.problems, (std::vector<FieldProblem>{{"email", "This is not an e-mail address. Please write it as name@example.org."},
                                                       {"name", "Please give a name."},
                                                       {"password", "The password needs at least 10 characters. A few words in a row are easy to remember."}}));
  EXPECT_TRUE(mails().empty());
  EXPECT_TRUE(read([](db::Tx& tx) { return list_people(tx, "", 10, 0); }).empty());
}

TEST_P(SignInTest, sign_up_when_without_password_then_the_link_asks_for_none) {
  ok(sign_up(db(), context, "Ada", "ada@example.org", {}, "en", "/pycon/talks/QX7T9M"));
  EXPECT_FALSE(ok(peek_sign_in_link(db(), mailed_token())).asks_password);
  EXPECT_EQ(ok(use_sign_in_link(db(), mailed_token(), "")).return_to, "/pycon/talks/QX7T9M");
  EXPECT_EQ(error_of(sign_in_with_password(db(), "ada@example.org", {}, "")).code, ErrorCode::unauthenticated);
}

TEST_P(SignInTest, link_when_used_then_gone) {
  join("ada@example.org", "Ada");
  ok(send_sign_in_link(db(), context, "ada@example.org", "/here", "en"));
  const auto token = mailed_token();
  EXPECT_FALSE(ok(peek_sign_in_link(db(), token)).asks_password);
  EXPECT_FALSE(ok(peek_sign_in_link(db(), token)).asks_password) << "looking does not use it";
  EXPECT_EQ(ok(use_sign_in_link(db(), token, "")).return_to, "/here");
  EXPECT_EQ(error_of(use_sign_in_link(db(), token, "")).code, ErrorCode::gone);
  EXPECT_EQ(error_of(peek_sign_in_link(db(), token)).code, ErrorCode::gone);
  EXPECT_EQ(error_of(peek_sign_in_link(db(), "")).code, ErrorCode::gone);
}

TEST_P(SignInTest, link_when_fifteen_minutes_old_then_gone) {
  join("ada@example.org", "Ada");
  ok(send_sign_in_link(db(), context, "ada@example.org", "/", "en"));
  const auto token = mailed_token();
  clock().advance(15min - 1ms);
  ok(peek_sign_in_link(db(), token));
  clock().advance(1ms);
  EXPECT_EQ(error_of(peek_sign_in_link(db(), token)).code, ErrorCode::gone);
  EXPECT_EQ(error_of(use_sign_in_link(db(), token, "")).code, ErrorCode::gone);
}

TEST_P(SignInTest, link_request_when_the_address_is_unknown_then_a_mail_says_so) {
  ok(send_sign_in_link(db(), context, "nobody@example.org", "/", "en"));
  ASSERT_EQ(mails().size(), 1U);
  EXPECT_EQ(mails()[0].subject, "No account with this address");
  EXPECT_EQ(mails()[0].text.find("token="), std::string::npos);
}

TEST_P(SignInTest, command_line_link_when_there_is_no_account_then_makes_one_and_works_for_a_day) {
  const auto link = ok(make_sign_in_link(db(), "http://localhost:8012", "operator@example.org"));
  const std::string before = "http://localhost:8012/sign-in/link?token=";
  ASSERT_TRUE(link.starts_with(before));
  clock().advance(23h);
  const auto in = ok(use_sign_in_link(db(), link.substr(before.size()), ""));
  EXPECT_EQ(in.return_to, "/organise");
  EXPECT_EQ(actor(in.session_token.reveal()).name, "operator");
}

TEST_P(SignInTest, session_when_signed_out_or_expired_then_anonymous) {
  const auto token = join("ada@example.org", "Ada");
  const auto ada = actor(token);
  EXPECT_TRUE(ada.signed_in());
  ok(sign_out(db(), ada.session));
  EXPECT_FALSE(actor(token).signed_in());
  const auto again = ok(sign_in_with_password(db(), "ada@example.org", secret(password), "")).session_token.reveal();
  EXPECT_TRUE(actor(again).signed_in());
  forget_actors();
  clock().advance(30 * 24h);
  EXPECT_FALSE(actor(again).signed_in());
  EXPECT_FALSE(actor("").signed_in());
}

TEST_P(SignInTest, session_when_used_then_lives_on_for_thirty_days) {
  const auto token = join("ada@example.org", "Ada");
  clock().advance(29 * 24h);
  EXPECT_TRUE(actor(token).signed_in());
  forget_actors();
  clock().advance(29 * 24h);
  EXPECT_TRUE(actor(token).signed_in());
  const auto sessions = read([&](db::Tx& tx) { return list_sessions(tx, actor(token)); });
  ASSERT_EQ(sessions.size(), 1U);
  EXPECT_EQ(sessions[0].device, "Firefox, Linux");
  EXPECT_EQ(sessions[0].last_seen_at - sessions[0].created_at, 58 * 24h);
}

TEST_P(SignInTest, session_when_revoked_then_ends_at_once_and_only_ones_own) {
  const auto first = join("ada@example.org", "Ada");
  const auto second = ok(sign_in_with_password(db(), "ada@example.org", secret(password), "")).session_token.reveal();
  const auto third = ok(sign_in_with_password(db(), "ada@example.org", secret(password), "")).session_token.reveal();
  const auto bob = actor(join("bob@example.org", "Bob"));
  EXPECT_EQ(error_of(revoke_session(db(), bob, actor(first).session)).code, ErrorCode::not_found);
  EXPECT_TRUE(actor(first).signed_in());
  ok(revoke_session(db(), actor(second), actor(first).session));
  EXPECT_FALSE(actor(first).signed_in());
  ok(revoke_other_sessions(db(), actor(second)));
  EXPECT_TRUE(actor(second).signed_in());
  EXPECT_FALSE(actor(third).signed_in());
  EXPECT_EQ(error_of(revoke_session(db(), Actor{}, bob.session)).code, ErrorCode::unauthenticated);
}

TEST_P(SignInTest, session_when_used_for_half_a_year_then_ends_all_the_same) {
  const auto token = join("ada@example.org", "Ada");
  for (int days = 20; days < 180; days += 20) {
    clock().advance(20 * 24h);
    forget_actors();
    ASSERT_TRUE(actor(token).signed_in()) << days;
  }
  clock().advance(20 * 24h);
  forget_actors();
  EXPECT_FALSE(actor(token).signed_in());
}

TEST_P(SignInTest, mails_when_five_went_to_an_address_within_the_hour_then_no_more_and_the_same_answer) {
  join("ada@example.org", "Ada");  // 1
  for (int i = 0; i < 6; ++i) ok(send_sign_in_link(db(), context, i % 2 == 0 ? "Ada@example.org" : "ada@EXAMPLE.org", "/", "en"));
  ok(sign_up(db(), context, "Ada", "ada@example.org", {}, "en"));
  EXPECT_EQ(mails().size(), 5U);
  for (int i = 0; i < 6; ++i) ok(send_sign_in_link(db(), context, "nobody@example.org", "/", "en"));
  EXPECT_EQ(mails().size(), 10U) << "one without an account is no other, and has a count of its own";
  clock().advance(1h);
  ok(send_sign_in_link(db(), context, "ada@example.org", "/", "en"));
  EXPECT_EQ(mails().size(), 11U);
}

TEST_P(SignInTest, password_when_changed_then_the_old_one_and_other_sessions_end) {
  const auto here = join("ada@example.org", "Ada");
  const auto elsewhere = ok(sign_in_with_password(db(), "ada@example.org", secret(password), "")).session_token.reveal();
  EXPECT_TRUE(actor(elsewhere).signed_in());
  ok(send_sign_in_link(db(), context, "ada@example.org", "/", "en"));
  const auto link = mailed_token();
  EXPECT_EQ(error_of(change_password(db(), actor(here), secret("wrong wrong wrong"), secret("nine loud harbours"))).problems,
            (std::vector<FieldProblem>{{"current", "The current password is not right."}}));
  EXPECT_EQ(error_of(change_password(db(), actor(here), secret(password), secret("aaaaaaaaaaaa"))).problems.front().field, "password");
  ok(change_password(db(), actor(here), secret(password), secret("nine loud harbours")));
  EXPECT_TRUE(actor(here).signed_in());
  EXPECT_FALSE(actor(elsewhere).signed_in());
  EXPECT_EQ(error_of(peek_sign_in_link(db(), link)).code, ErrorCode::gone) << "whoever reads the mailbox does not come in by it any more";
  EXPECT_EQ(error_of(sign_in_with_password(db(), "ada@example.org", secret(password), "")).code, ErrorCode::unauthenticated);
  ok(sign_in_with_password(db(), "ada@example.org", secret("nine loud harbours"), ""));
}

TEST_P(SignInTest, password_when_forgotten_then_a_mailed_link_lets_it_be_replaced_for_an_hour) {
  const auto elsewhere = join("ada@example.org", "Ada");
  const auto by_link = [&] {
    ok(send_sign_in_link(db(), context, "ada@example.org", "/", "en"));
    return ok(use_sign_in_link(db(), mailed_token(), "")).session_token.reveal();
  };
  const auto late = by_link();
  clock().advance(1h);
  EXPECT_EQ(error_of(change_password(db(), actor(late), secret(""), secret("nine loud harbours"))).problems.front().field, "current");
  const auto here = by_link();
  EXPECT_EQ(error_of(change_password(db(), actor(elsewhere), secret(""), secret("nine loud harbours"))).problems.front().field, "current")
      << "only where the link was used";
  ok(change_password(db(), actor(here), secret(""), secret("nine loud harbours")));
  EXPECT_FALSE(actor(elsewhere).signed_in());
  ok(sign_in_with_password(db(), "ada@example.org", secret("nine loud harbours"), ""));
}

TEST_P(SignInTest, reset_when_done_then_password_sessions_and_links_are_void) {
  const auto token = join("ada@example.org", "Ada");
  const auto person = actor(token).person;
  ok(send_sign_in_link(db(), context, "ada@example.org", "/", "en"));
  const auto link = mailed_token();
  const Actor ada = actor(token);
  const auto api_token = written([&](db::Tx& tx) { return make_api_token(tx, ada, "laptop", {}, {TokenScope::read_draft}, std::nullopt); }).reveal();
  EXPECT_EQ(ok(actor_of_token(db(), api_token)).person, person);
  written([&](db::Tx& tx) { return reset_account(tx, person); });
  EXPECT_EQ(error_of(actor_of_token(db(), api_token)).code, ErrorCode::unauthenticated);
  const auto tokens = read([&](db::Tx& tx) { return list_api_tokens(tx, ada); });
  ASSERT_EQ(tokens.size(), 1U) << "it stays listed";
  EXPECT_EQ(tokens[0].revoked_at.has_value(), true);
  EXPECT_FALSE(actor(token).signed_in());
  EXPECT_EQ(error_of(peek_sign_in_link(db(), link)).code, ErrorCode::gone);
  EXPECT_EQ(error_of(sign_in_with_password(db(), "ada@example.org", secret(password), "")).code, ErrorCode::unauthenticated);
  EXPECT_EQ(read([](db::Tx& tx) { return list_accounts(tx); }).size(), 1U);
}

TEST_P(SignInTest, secrets_when_stored_then_not_as_they_are) {
  const auto session = join("ada@example.org", "Ada");
  ok(send_sign_in_link(db(), context, "ada@example.org", "/", "en"));
  const auto link = mailed_token();
  auto tx = ok(db().begin_read());
  for (const char* column : {"SELECT token_hash FROM sessions", "SELECT token_hash FROM sign_in_links", "SELECT password_hash FROM accounts"})
    for (const auto& stored : ok(tx.all<std::string>(db().dynamic(column, column)))) {
      EXPECT_EQ(stored.find(session), std::string::npos);
      EXPECT_EQ(stored.find(link), std::string::npos);
      EXPECT_EQ(stored.find(password), std::string::npos);
      EXPECT_FALSE(stored.empty());
    }
}

TEST(SafeReturn, path_when_it_could_lead_elsewhere_then_refused) {
  for (const char* path : {"/", "/account", "/pycon-2027/talks/QX7T9M?x=1#top", "/de/organise"}) EXPECT_EQ(safe_return(path), path);
  for (const char* path : {"", "account", "//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", "\\\\elsewhere.example",
                           "/\t/elsewhere.example", "/\n/elsewhere.example", " /account", "/a b", "javascript:alert(1)", "/x\r\nSet-Cookie: a=b"})
    EXPECT_EQ(safe_return(path), "/") << path;
  EXPECT_EQ(safe_return("/" + std::string(1000, 'a')), "/");
  EXPECT_EQ(safe_return("//elsewhere.example", "/account"), "/account");
}

TEST(Password, check_when_first_to_be_tried_then_refused) {
  for (const char* bad : {"short", "aaaaaaaaaaaa", "1212121212", "1234567890", "Password12345", "qwertyuiop", "passwordpassword", "ünïcödé"})
    EXPECT_FALSE(check_password(Secret<std::string>(bad)).has_value()) << bad;
  for (const char* good : {"seven quiet lighthouses", "zehn grüne äpfel", "päßwörtér!"})
    EXPECT_TRUE(check_password(Secret<std::string>(good)).has_value()) << good;
  EXPECT_FALSE(check_password(Secret<std::string>(std::string(600, 'a') + std::string(401, 'b') + "cde")).has_value());
}

TEST(Password, hash_when_compared_then_only_the_right_one_fits) {
  const auto hash = hash_password(Secret<std::string>("seven quiet lighthouses")).value();
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << hash;
  EXPECT_TRUE(verify_password(Secret<std::string>("seven quiet lighthouses"), hash));
  EXPECT_FALSE(verify_password(Secret<std::string>("seven quiet lighthouse"), hash));
  EXPECT_FALSE(verify_password(Secret<std::string>("nobody has this password"), "")) << "the decoy is nobody's";
}

TEST(Device, user_agent_when_known_then_in_a_word) {
  const std::vector<std::pair<const char*, const char*>> rows{
      {"Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0", "Firefox, Android"},
      {"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
       "Safari, iPhone"},
      {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0", "Edge, Windows"},
      {"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36", "Chrome, Linux"},
      {"curl/7.88.1", "curl"},
      {"", ""}};
  for (const auto& [agent, word] : rows) EXPECT_EQ(device_of(agent), word);
}

}  // namespace
}  // namespace confer::people
