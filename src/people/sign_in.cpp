// Signing up and in: links, passwords, sessions (people.h).
#include <algorithm>
#include <map>
#include <mutex>
#include "base/log.h"
#include "base/random.h"
#include "base/text.h"
#include "html/template.h"
#include "mail/sent.h"
#include "people/actor_cache.h"
#include "people/password.h"
#include "people/people.h"
#include "people/store.h"

namespace confer::people {
namespace {

using std::chrono::hours;

constexpr std::chrono::minutes link_lifetime{15};
constexpr hours command_link_lifetime{24};
constexpr hours session_lifetime{30 * 24};   ///< without being used
constexpr hours longest_session{180 * 24};   ///< however much it is used
constexpr hours replace_password_within{1};  ///< of coming by a mailed link
constexpr int mails_an_hour = 5;             ///< that somebody who is not signed in may cause to one address
constexpr hours touch_after{1};              ///< a session's last-seen time is written at most this often
constexpr std::chrono::seconds cache_lifetime{10};

struct Remembered {
  std::shared_ptr<const Actor> actor;
  std::chrono::steady_clock::time_point until;
};
/// Sessions and API tokens in one map: the key says which, so that neither is taken for the other.
struct Cache {
  std::mutex mutex;
  std::uint64_t forgotten = 0;  ///< how often it was emptied
  std::map<std::string, Remembered> by_key;
};
Cache& cache() {
  static Cache it;
  return it;
}

struct Looked {
  std::optional<Actor> actor;
  std::uint64_t forgotten = 0;
};

Looked remembered(const std::string& key) {
  std::scoped_lock lock(cache().mutex);
  auto found = cache().by_key.find(key);
  if (found == cache().by_key.end() || found->second.until < std::chrono::steady_clock::now()) return {std::nullopt, cache().forgotten};
  return {*found->second.actor, cache().forgotten};
}

/// Not when the cache was emptied since the look-up: what was read then may be what was just revoked.
void remember(const std::string& key, const Actor& actor, std::uint64_t forgotten) {
  std::scoped_lock lock(cache().mutex);
  if (cache().forgotten != forgotten) return;
  if (cache().by_key.size() > 10'000) cache().by_key.clear();
  cache().by_key[key] = {std::make_shared<const Actor>(actor), std::chrono::steady_clock::now() + cache_lifetime};
}

std::string link_address(const std::string& base_url, const std::string& token) { return base_url + "/sign-in/link?token=" + token; }

Result<std::string> new_link(db::Tx& tx, const Email& email, std::string_view return_to, std::chrono::milliseconds lifetime) {
  std::string token = random_token();
  TRY(store::add_link(tx, sha256_hex(token), email, safe_return(return_to), tx.now() + lifetime));
  return token;
}

std::unexpected<Error> link_gone() {
  return fail(ErrorCode::gone, std::string(html::translatable("This link was used already or is too old. Ask for a new one.")));
}

enum class By : unsigned char { password, link };

Result<SignedIn> open_session(db::Tx& tx, PersonId person, std::string device, By by, std::string return_to) {
  std::string token = random_token();
  TRY(store::remove_expired(tx));
  TRY(store::add_session(tx, sha256_hex(token), person, ellipsis(tidy_line(device), 80), by == By::link, tx.now() + session_lifetime));
  return SignedIn{Secret<std::string>(std::move(token)), person, std::move(return_to), std::chrono::duration_cast<std::chrono::seconds>(longest_session)};
}

Result<Actor> actor_of_person(db::Tx& tx, PersonId id) {
  TRY_ASSIGN(auto person, store::find_person(tx, id));
  if (!person) return Actor{};
  Actor actor;
  actor.person = person->id;
  actor.name = person->name;
  actor.code = person->code;
  TRY_ASSIGN(actor.memberships, store::memberships(tx, id));
  return actor;
}

Result<void> send(db::Tx& tx, const SignIn& context, const Email& to, PersonId person, std::string_view language, std::string_view subject, std::string text,
                  std::string kind) {
  mail::Message message{.to = to,
                        .to_name = {},
                        .person = person.value,
                        .event = 0,
                        .subject = std::string(html::translate(subject, language)),
                        .text = std::move(text),
                        .language = std::string(language),
                        .attachments = {},
                        .kind = std::move(kind)};
  TRY(mail::queue(tx, message, context.mail));
  return {};
}

/// Whether somebody has had this address written to often enough for now: nobody's mailbox is filled from here.
Result<bool> has_mails_enough(db::Tx& tx, const Email& to) {
  std::int64_t count = 0;
  for (const std::string_view kind : {"sign_up", "sign_in_link", "sign_in_unknown"}) {
    TRY_ASSIGN(const auto of_kind, mail::count_mails(tx, to, kind, tx.now() - hours(1)));
    count += of_kind;
  }
  if (count < mails_an_hour) return false;
  log(LogTopic::people, LogLevel::warning, "no further sign-in mail to one address within the hour");
  return true;
}

}  // namespace

void forget_actors() {
  std::scoped_lock lock(cache().mutex);
  cache().by_key.clear();
  ++cache().forgotten;
}

std::string safe_return(std::string_view path, std::string_view otherwise) {
  // Browsers read "\\" as "/" and drop tabs and line breaks within an address: "/\t/elsewhere" is another site.
  const bool plain = std::ranges::none_of(path, [](unsigned char c) { return c <= ' ' || c == '\\' || c == 0x7f; });
  const bool here = path.starts_with("/") && !path.starts_with("//") && path.size() <= 1000;
  return std::string(plain && here ? path : otherwise);
}

Result<void> sign_up(db::Database& db, const SignIn& context, std::string name, std::string email_text, Secret<std::string> password, std::string language,
                     std::string return_to) {
  std::vector<FieldProblem> problems;
  auto email = Email::parse(email_text);
  if (!email) problems.push_back({"email", std::string(html::translatable("This is not an e-mail address. Please write it as name@example.org."))});
  name = tidy_line(name);
  if (name.empty()) problems.push_back({"name", std::string(html::translatable("Please give a name."))});
  if (auto ok = check_text(name, "name", 200); !ok) problems.push_back(ok.error().problems.front());
  const bool with_password = !password.reveal().empty();
  if (with_password)
    if (auto ok = check_password(password); !ok) problems.push_back({"password", ok.error().message});
  if (!problems.empty())
    return std::unexpected(Error{ErrorCode::invalid, std::string(html::translatable("Some fields need another look.")), {}, {}, std::move(problems)});
  // Hashed before the transaction, also when the address is known: the time must not tell.
  std::string hash;
  if (with_password) {
    TRY_ASSIGN(hash, hash_password(password));
  }
  TRY_ASSIGN(auto tx, db.begin_write());
  TRY_ASSIGN(const bool enough, has_mails_enough(tx, *email));
  if (enough) return {};
  TRY_ASSIGN(auto known, store::find_account(tx, email->folded()));
  PersonId person = known ? known->person : PersonId{};
  if (!known) {
    TRY_ASSIGN(Person added, add_person(tx, {.name = name, .language = language}));
    person = added.id;
    TRY(store::add_account(tx, person, *email, std::nullopt, hash));
  } else if (!known->verified_at) {
    TRY(store::set_password(tx, person, hash));
  }
  TRY_ASSIGN(std::string token, new_link(tx, *email, return_to, link_lifetime));
  const std::string link = link_address(context.base_url, token);
  const bool has_one = known && known->verified_at;
  const auto text = has_one ? html::translate(
                                  "Hello,\n\nsomebody asked for a new account with this address, but you have one already. This link signs you in:\n\n%1\n\nIt "
                                  "works once, within "
                                  "15 minutes. If it was not you who asked, ignore this mail.\n",
                                  language, {link})
                            : html::translate(
                                  "Hello,\n\nthis link confirms your address and signs you in:\n\n%1\n\nIt works once, within 15 minutes. If it was not you "
                                  "who asked, ignore this "
                                  "mail.\n",
                                  language, {link});
  TRY(send(tx, context, *email, person, language, has_one ? html::translatable("Your link to sign in") : html::translatable("Confirm your address"), text,
           "sign_up"));
  return tx.commit();
}

Result<void> send_sign_in_link(db::Database& db, const SignIn& context, std::string email_text, std::string return_to, std::string language) {
  TRY_ASSIGN(Email email, Email::parse(email_text));
  TRY_ASSIGN(auto tx, db.begin_write());
  TRY_ASSIGN(const bool enough, has_mails_enough(tx, email));
  if (enough) return {};
  TRY_ASSIGN(auto account, store::find_account(tx, email.folded()));
  if (!account) {
    const auto text = html::translate(
        "Hello,\n\nsomebody wanted to sign in with this address, but there is no account with it. You can make one here:\n\n%1\n\nIf it was not you, ignore "
        "this mail.\n",
        language, {context.base_url + "/sign-up"});
    TRY(send(tx, context, email, {}, language, html::translatable("No account with this address"), text, "sign_in_unknown"));
    return tx.commit();
  }
  TRY_ASSIGN(std::string token, new_link(tx, email, return_to, link_lifetime));
  const auto text =
      html::translate("Hello,\n\nthis link signs you in:\n\n%1\n\nIt works once, within 15 minutes. If it was not you who asked, ignore this mail.\n", language,
                      {link_address(context.base_url, token)});
  TRY(send(tx, context, email, account->person, language, html::translatable("Your link to sign in"), text, "sign_in_link"));
  return tx.commit();
}

Result<std::string> make_sign_in_link(db::Database& db, const std::string& base_url, std::string email_text) {
  TRY_ASSIGN(Email email, Email::parse(email_text));
  TRY_ASSIGN(auto tx, db.begin_write());
  TRY_ASSIGN(auto account, store::find_account(tx, email.folded()));
  if (!account) {
    TRY(add_account(tx, std::string(email.address().substr(0, email.address().find('@'))), email_text));
  }
  TRY_ASSIGN(std::string token, new_link(tx, email, "/organise", command_link_lifetime));
  TRY(tx.commit());
  return link_address(base_url, token);
}

Result<LinkFound> peek_sign_in_link(db::Database& db, std::string_view token) {
  TRY_ASSIGN(auto tx, db.begin_read());
  TRY_ASSIGN(auto link, store::find_link(tx, sha256_hex(token)));
  if (!link) return link_gone();
  TRY_ASSIGN(Email email, Email::parse(link->email));
  TRY_ASSIGN(auto account, store::find_account(tx, email.folded()));
  if (!account) return link_gone();
  return LinkFound{link->email, !account->verified_at && !account->password_hash.empty()};
}

Result<SignedIn> use_sign_in_link(db::Database& db, std::string_view token, std::string device, Secret<std::string> password) {
  const std::string token_hash = sha256_hex(token);
  // Verified before the transaction: hashing takes long, and one writer at a time writes.
  std::string kept;
  if (!password.reveal().empty()) {
    TRY_ASSIGN(auto tx, db.begin_read());
    TRY_ASSIGN(auto link, store::find_link(tx, token_hash));
    if (!link) return link_gone();
    TRY_ASSIGN(Email email, Email::parse(link->email));
    TRY_ASSIGN(auto account, store::find_account(tx, email.folded()));
    if (account && !account->verified_at) kept = account->password_hash;
  }
  if (!kept.empty() && !verify_password(password, kept)) {
    const std::string message(
        html::translatable("This is not the password that was chosen when the account was made. Leave it empty to sign in now and choose one later."));
    return std::unexpected(Error{ErrorCode::invalid, message, {}, {}, {{"password", message}}});
  }
  TRY_ASSIGN(auto tx, db.begin_write());
  TRY_ASSIGN(auto link, store::find_link(tx, token_hash));
  if (!link) return link_gone();
  TRY_ASSIGN(bool mine, store::use_link(tx, link->id));
  if (!mine) return link_gone();
  TRY_ASSIGN(Email email, Email::parse(link->email));
  TRY_ASSIGN(auto account, store::find_account(tx, email.folded()));
  if (!account) return link_gone();
  if (!account->verified_at) {
    if (account->password_hash != kept) TRY(store::set_password(tx, account->person, ""));
    TRY(store::verify(tx, account->person));
  }
  TRY_ASSIGN(SignedIn in, open_session(tx, account->person, std::move(device), kept.empty() ? By::link : By::password, link->return_to));
  TRY(tx.commit());
  return in;
}

Result<SignedIn> sign_in_with_password(db::Database& db, std::string email_text, Secret<std::string> password, std::string device) {
  const auto refused = [] {
    return fail(ErrorCode::unauthenticated,
                std::string(html::translatable("Address and password do not fit, or the address is not confirmed yet. A link by e-mail always works.")));
  };
  auto email = Email::parse(email_text);
  std::optional<store::AccountRow> account;
  if (email) {
    TRY_ASSIGN(auto tx, db.begin_read());
    TRY_ASSIGN(account, store::find_account(tx, email->folded()));
  }
  const bool right = verify_password(password, account ? account->password_hash : "");
  if (!right || !account->verified_at) return refused();
  TRY_ASSIGN(auto tx, db.begin_write());
  // Changed or taken away while it was compared: not this one any more.
  TRY_ASSIGN(auto now, store::find_account(tx, email->folded()));
  if (!now || now->password_hash != account->password_hash) return refused();
  TRY_ASSIGN(SignedIn in, open_session(tx, account->person, std::move(device), By::password, "/"));
  TRY(tx.commit());
  return in;
}

Result<void> sign_out(db::Database& db, std::int64_t session) {
  TRY_ASSIGN(auto tx, db.begin_write());
  TRY(store::remove_session(tx, session));
  tx.after_commit(forget_actors);
  return tx.commit();
}

Result<void> revoke_session(db::Database& db, const Actor& actor, std::int64_t session) {
  TRY(require(actor, Right::signed_in, {}));
  TRY_ASSIGN(auto tx, db.begin_write());
  TRY_ASSIGN(bool done, store::remove_session(tx, session, actor.person));
  if (!done) return fail(ErrorCode::not_found, std::string(html::translatable("This session has ended already.")));
  tx.after_commit(forget_actors);
  return tx.commit();
}

Result<void> revoke_other_sessions(db::Database& db, const Actor& actor) {
  TRY(require(actor, Right::signed_in, {}));
  TRY_ASSIGN(auto tx, db.begin_write());
  TRY(store::remove_other_sessions(tx, actor.person, actor.session));
  tx.after_commit(forget_actors);
  return tx.commit();
}

Result<std::vector<Session>> list_sessions(db::Tx& tx, const Actor& actor) {
  TRY(require(actor, Right::signed_in, {}));
  return store::list_sessions(tx, actor.person);
}

bool may_replace_password(const Session& session, Instant now) { return session.by_link && now - session.created_at < replace_password_within; }

Result<void> change_password(db::Database& db, const Actor& actor, Secret<std::string> current, Secret<std::string> next) {
  TRY(require(actor, Right::signed_in, {}));
  if (actor.session == 0) return fail(ErrorCode::forbidden, "An API token cannot change the password.");
  TRY(check_password(next));
  const auto wrong = [] {
    const std::string message(html::translatable("The current password is not right."));
    return std::unexpected(Error{ErrorCode::invalid, message, {}, {}, {{"current", message}}});
  };
  std::optional<store::AccountRow> account;
  bool may_replace = false;
  {
    TRY_ASSIGN(auto tx, db.begin_read());
    TRY_ASSIGN(account, store::find_account(tx, actor.person));
    TRY_ASSIGN(const auto sessions, store::list_sessions(tx, actor.person));
    for (const auto& session : sessions) may_replace = may_replace || (session.id == actor.session && may_replace_password(session, tx.now()));
  }
  if (!account) return fail(ErrorCode::not_found, std::string(html::translatable("This account is not there any more.")));
  if (!account->password_hash.empty() && !may_replace && !verify_password(current, account->password_hash)) return wrong();
  TRY_ASSIGN(std::string hash, hash_password(next));
  TRY_ASSIGN(auto tx, db.begin_write());
  TRY_ASSIGN(auto now, store::find_account(tx, actor.person));
  if (!now || now->password_hash != account->password_hash) return wrong();
  TRY(store::set_password(tx, actor.person, hash));
  TRY(store::remove_other_sessions(tx, actor.person, actor.session));
  // Who changes it because somebody else got in leaves no door open: links lie in mailboxes.
  TRY_ASSIGN(Email email, Email::parse(now->email));
  TRY(store::remove_links(tx, email.folded()));
  tx.after_commit(forget_actors);
  return tx.commit();
}

Result<Actor> actor_of_session(db::Database& db, std::string_view token) {
  const std::string hash = sha256_hex(token);
  const std::string key = "session " + hash;
  auto looked = remembered(key);
  if (looked.actor) return std::move(*looked.actor);
  Actor actor;
  std::optional<Session> session;
  bool touch = false;
  {
    TRY_ASSIGN(auto tx, db.begin_read());
    TRY_ASSIGN(session, store::find_session(tx, hash));
    if (!session) return Actor{};
    TRY_ASSIGN(actor, actor_of_person(tx, session->person));
    actor.session = session->id;
    touch = tx.now() - session->last_seen_at > touch_after;
  }
  if (touch) {
    TRY_ASSIGN(auto tx, db.begin_write());
    TRY(store::touch_session(tx, session->id, std::min(tx.now() + session_lifetime, session->created_at + longest_session)));
    TRY(tx.commit());
  }
  remember(key, actor, looked.forgotten);
  return actor;
}

Result<Actor> actor_of_token(db::Database& db, std::string_view token) {
  const std::string hash = sha256_hex(token);
  const std::string key = "token " + hash;
  auto looked = remembered(key);
  if (looked.actor) return std::move(*looked.actor);
  Actor actor;
  std::optional<store::TokenRow> row;
  {
    TRY_ASSIGN(auto tx, db.begin_read());
    TRY_ASSIGN(row, store::find_token(tx, hash));
    if (!row) return fail(ErrorCode::unauthenticated, "This token is not (or no longer) valid.");
    TRY_ASSIGN(actor, actor_of_person(tx, row->person));
  }
  // A token can do no more than its person, and of that only what it was made for, where it was made for.
  TRY_ASSIGN(const auto scopes, scopes_from_text(row->scopes));
  std::set<Right> rights;
  for (const TokenScope scope : scopes)
    if (right_of(scope) != Right::anyone) rights.insert(right_of(scope));
  std::vector<Membership> narrowed;
  for (auto m : actor.memberships) {
    std::set<Right> kept;
    for (Right right : rights) {
      Actor alone;
      alone.person = actor.person;
      alone.memberships = {m};
      alone.memberships.front().limited_to_tracks = false;
      if (may(alone, right, Scope{.series = m.series, .event = m.event, .parent = {}, .track = {}, .is_public = false})) kept.insert(right);
    }
    m.rights = std::move(kept);
    if (!m.rights.empty()) narrowed.push_back(std::move(m));
  }
  actor.memberships = std::move(narrowed);
  actor.limited_to = row->event;
  {
    TRY_ASSIGN(auto tx, db.begin_write());
    TRY(store::touch_token(tx, row->id));
    TRY(tx.commit());
  }
  remember(key, actor, looked.forgotten);
  return actor;
}

}  // namespace confer::people
