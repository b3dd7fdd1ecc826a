// The outbox, and delivery to a real SMTP server on loopback, on both databases.
#include "mail/mail.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "support/database.h"

namespace confer::mail {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using test::ok;

/// tests/mail/smtp_server.py as a child process.
class SmtpServer {
 public:
  /// Listens when it returns. Not any python3 of the PATH: the one that the Debian package is for.
  explicit SmtpServer(std::vector<std::string> options = {}) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
    std::vector<std::string> words{"/usr/bin/python3", CONFER_SOURCE_DIR "/tests/mail/smtp_server.py"};
    words.insert(words.end(), options.begin(), options.end());
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    const int spawned = ::posix_spawn(&process_, "/usr/bin/python3", &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    said_ = ::fdopen(ends[0], "r");
    if (spawned != 0) throw std::runtime_error("python3 cannot be started");
    const std::string port = next_line();
    if (port.empty()) throw std::runtime_error("the SMTP server did not start: is python3-aiosmtpd installed (script/setup)?");
    port_ = std::stoi(port);
  }
  ~SmtpServer() { stop(); }
  SmtpServer(const SmtpServer&) = delete;
  SmtpServer& operator=(const SmtpServer&) = delete;

  int port() const { return port_; }
  /// The next message it took. Waits: ask only when one was acknowledged.
  json next_message() { return json::parse(next_line()); }
  /// Stops it and returns what it had taken and nobody asked for.
  std::string stop() {
    if (said_ == nullptr) return {};
    ::kill(process_, SIGTERM);
    ::waitpid(process_, nullptr, 0);
    std::string rest = next_line();
    std::fclose(said_);
    said_ = nullptr;
    return rest;
  }

 private:
  std::string next_line() {
    std::string line;
    for (int c = std::fgetc(said_); c != EOF && c != '\n'; c = std::fgetc(said_)) line += static_cast<char>(c);
    return line;
  }
  pid_t process_ = 0;
  std::FILE* said_ = nullptr;
  int port_ = 0;
};

Settings settings_for(int port) {
  return {.smtp_url = "smtp://127.0.0.1:" + std::to_string(port), .from = "programme@confer.example", .from_name = "Programme team", .require_tls = false};
}

Message letter(std::string_view to = "ada@example.org") {
  Message message;
  message.to = ok(Email::parse(to));
  message.to_name = "Ada Lovelace";
  message.person = 7;
  message.event = 3;
  message.subject = "Your talk has moved";
  message.text = "Hello Ada,\n\nyour talk is at 10:30 now.\n";
  message.kind = "slot_changed";
  return message;
}

class MailTest : public test::DatabaseTest {
 protected:
  std::int64_t write(const Message& message, const Settings& settings) {
    auto tx = ok(db().begin_write());
    const auto id = ok(queue(tx, message, settings));
    ok(tx.commit());
    return id;
  }
  int deliver_due(const Settings& settings) {
    jobs::Workers workers(db(), 1);
    add_worker(workers, db(), settings);
    return ok(workers.run_due());
  }
  Stored stored(std::int64_t id) {
    auto tx = ok(db().begin_read());
    return ok(find_mail(tx, id)).value();
  }
  std::vector<jobs::Job> all_jobs() {
    auto tx = ok(db().begin_read());
    return ok(jobs::list_jobs(tx, 0, {}, 100));
  }
};
ON_BOTH_DATABASES(MailTest);

TEST_P(MailTest, deliver_when_server_takes_it_then_arrives_as_written) {
  SmtpServer server;
  Message message = letter();
  message.to_name = "Ada \"Countess\" Lovelace";
  message.subject = "Dein Vortrag „Über Äpfel & Öl\" ist jetzt um 10:30 in Raum Zürich – bitte lies die Nachricht bis zum Ende, 東京でも";
  message.text = "Grüße!\n.\n.. points\nFrom here = there \n" + std::string(300, 'x') + "\nhttps://confer.example/a?b=c&d=é\n";
  message.language = "de";
  const std::string calendar = "BEGIN:VCALENDAR\r\nSUMMARY:Käse\r\nEND:VCALENDAR\r\n";
  message.attachments = {{"talk.ics", "text/calendar; charset=utf-8; method=PUBLISH", calendar},
                         {"Übersicht mit \"Räumen\" und sehr langem Namen für die Anlage.bin", "application/octet-stream", std::string("\0\xff\r\n.\r\n", 7)}};
  const Settings settings = settings_for(server.port());
  const auto id = write(message, settings);
  EXPECT_EQ(stored(id).state, State::waiting);
  clock().advance(3s);
  EXPECT_EQ(deliver_due(settings), 1);

  const json got = server.next_message();
  EXPECT_EQ(got["mail_from"], "programme@confer.example");
  EXPECT_EQ(got["rcpt_to"], json::array({"ada@example.org"}));
  EXPECT_EQ(got["from"], json::parse(R"([["Programme team", "programme@confer.example"]])"));
  EXPECT_EQ(got["to"], json::parse(R"([["Ada \"Countess\" Lovelace", "ada@example.org"]])"));
  EXPECT_EQ(got["subject"], message.subject);
  EXPECT_EQ(got["date"], "2027-05-04T08:00:00+00:00") << "when it was written, not when it was sent";
  EXPECT_EQ(got["text"], message.text);
  EXPECT_EQ(got["defects"], json::array());
  EXPECT_EQ(got["user"], "");
  ASSERT_EQ(got["attachments"].size(), 2U);
  std::string hex;
  for (const char c : calendar) {
    char digits[3];
    std::snprintf(digits, sizeof digits, "%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
    hex += digits;
  }
  EXPECT_EQ(got["attachments"][0], json::array({"talk.ics", "text/calendar", "PUBLISH", hex}));
  EXPECT_EQ(got["attachments"][1], json::array({message.attachments[1].name, "application/octet-stream", "", "00ff0d0a2e0d0a"}));
  EXPECT_EQ(got["raw"], ok(compose(message, settings, clock().now() - 3s)));

  const Stored sent = stored(id);
  EXPECT_EQ(sent.state, State::sent);
  EXPECT_EQ(sent.sent_at, clock().now());
  EXPECT_EQ(sent.created_at, clock().now() - 3s);
  EXPECT_EQ(sent.to, "ada@example.org");
  EXPECT_EQ(sent.to_name, message.to_name);
  EXPECT_EQ(sent.text, message.text);
  EXPECT_EQ(sent.person, 7);
  EXPECT_EQ(sent.event, 3);
  EXPECT_EQ(sent.kind, "slot_changed");
  EXPECT_EQ(sent.problem, "");
  EXPECT_EQ(deliver_due(settings), 0);
  EXPECT_EQ(server.stop(), "");
}

TEST_P(MailTest, deliver_when_recipient_or_message_is_refused_then_final) {
  SmtpServer server;
  const Settings settings = settings_for(server.port());
  const auto nobody = write(letter("refused@example.org"), settings);
  const auto full = write(letter("full@example.org"), settings);
  EXPECT_EQ(deliver_due(settings), 2);
  EXPECT_EQ(stored(nobody).state, State::failed);
  EXPECT_EQ(stored(nobody).problem, "550 5.1.1 There is no refused@example.org here");
  EXPECT_EQ(stored(full).state, State::failed);
  EXPECT_EQ(stored(full).problem, "552 5.2.2 The mailbox is full");
  clock().advance(24h);
  EXPECT_EQ(deliver_due(settings), 0);
  EXPECT_EQ(server.stop(), "");
}

TEST_P(MailTest, deliver_when_put_off_then_tried_again) {
  SmtpServer server;
  const Settings settings = settings_for(server.port());
  const auto id = write(letter("later@example.org"), settings);
  EXPECT_EQ(deliver_due(settings), 1);
  EXPECT_EQ(stored(id).state, State::waiting);
  EXPECT_EQ(stored(id).problem, "451 4.7.1 Please try again later");
  EXPECT_EQ(all_jobs().at(0).problem, "The mail server answered 451.") << "a job's problem is no place for addresses";
  clock().advance(10s);
  EXPECT_EQ(deliver_due(settings), 1);
  EXPECT_EQ(server.next_message()["rcpt_to"], json::array({"later@example.org"}));
  EXPECT_EQ(stored(id).state, State::sent);
  EXPECT_EQ(stored(id).problem, "");
}

TEST_P(MailTest, link_when_delivered_then_the_outbox_forgets_its_secret) {
  SmtpServer server;
  Message message = letter();
  message.text = "Use http://localhost/sign-in/link?token=aB3-_9 or https://x.example/?token=Z.\n";
  const Settings settings = settings_for(server.port());
  const auto id = write(message, settings);
  EXPECT_EQ(stored(id).text, message.text);
  EXPECT_EQ(deliver_due(settings), 1);
  EXPECT_EQ(server.next_message()["text"], message.text);
  EXPECT_EQ(stored(id).text, "Use http://localhost/sign-in/link?token=… or https://x.example/?token=….\n");
}

TEST_P(MailTest, deliver_when_server_is_down_then_sent_once_it_is_up) {
  int port = 0;
  {
    SmtpServer server;
    port = server.port();
  }
  const Settings settings = settings_for(port);
  const auto id = write(letter(), settings);
  EXPECT_EQ(deliver_due(settings), 1);
  EXPECT_EQ(stored(id).state, State::waiting);
  EXPECT_NE(stored(id).problem, "");
  SmtpServer server({"--port", std::to_string(port)});
  EXPECT_EQ(deliver_due(settings), 0);
  clock().advance(10s);
  EXPECT_EQ(deliver_due(settings), 1);
  EXPECT_EQ(server.next_message()["subject"], "Your talk has moved");
  EXPECT_EQ(stored(id).state, State::sent);
}

TEST_P(MailTest, deliver_when_down_for_good_then_failed_and_dead_and_a_retry_sends_it) {
  int port = 0;
  {
    SmtpServer server;
    port = server.port();
  }
  const Settings settings = settings_for(port);
  Message message = letter();
  message.text = "Use http://localhost/sign-in/link?token=aB3-_9\n";
  const auto id = write(message, settings);
  int attempts = 0;
  while (deliver_due(settings) == 1) {
    ++attempts;
    clock().advance(3h);
  }
  EXPECT_EQ(attempts, 30);
  EXPECT_EQ(stored(id).state, State::failed);
  EXPECT_EQ(stored(id).text, message.text);
  const auto job = all_jobs().at(0);
  EXPECT_EQ(job.state, jobs::State::dead);
  {
    auto tx = ok(db().begin_write());
    ok(jobs::retry(tx, job.id));
    ok(tx.commit());
  }
  SmtpServer server({"--port", std::to_string(port)});
  EXPECT_EQ(deliver_due(settings), 1);
  EXPECT_EQ(stored(id).state, State::sent);
  EXPECT_EQ(server.next_message()["text"], message.text);
}

TEST_P(MailTest, deliver_when_the_link_was_blotted_out_then_not_sent_and_the_outbox_says_why) {
  SmtpServer server;
  Message message = letter();
  message.text = without_secrets("Use http://localhost/sign-in/link?token=aB3-_9\n");
  const Settings settings = settings_for(server.port());
  const auto id = write(message, settings);
  EXPECT_EQ(deliver_due(settings), 1);
  EXPECT_EQ(stored(id).state, State::failed);
  EXPECT_EQ(stored(id).problem, "The link in this mail is not stored any more, so it cannot be sent again: ask for a new link.");
  EXPECT_EQ(all_jobs().at(0).state, jobs::State::done);
  EXPECT_EQ(server.stop(), "");
}

TEST_P(MailTest, deliver_when_sign_in_is_needed_then_done_and_a_wrong_password_is_not_the_recipients_fault) {
  SmtpServer server({"--auth"});
  Settings settings = settings_for(server.port());
  const auto id = write(letter(), settings);
  EXPECT_EQ(deliver_due(settings), 1);
  EXPECT_EQ(stored(id).state, State::waiting) << stored(id).problem;  // 530: sign in first
  settings.user = "confer";
  settings.password = Secret<std::string>("wrong");
  clock().advance(10s);
  EXPECT_EQ(deliver_due(settings), 1);
  EXPECT_EQ(stored(id).state, State::waiting) << stored(id).problem;  // 535
  EXPECT_TRUE(stored(id).problem.starts_with("535")) << stored(id).problem;
  settings.password = Secret<std::string>("right");
  clock().advance(40s);
  EXPECT_EQ(deliver_due(settings), 1);
  EXPECT_EQ(server.next_message()["user"], "confer");
  EXPECT_EQ(stored(id).state, State::sent);
}

TEST_P(MailTest, deliver_when_tls_is_required_and_missing_then_nothing_is_sent) {
  SmtpServer server;
  Settings settings = settings_for(server.port());
  settings.require_tls = true;
  const auto id = write(letter(), settings);
  EXPECT_EQ(deliver_due(settings), 1);
  EXPECT_EQ(stored(id).state, State::waiting);
  EXPECT_NE(stored(id).problem, "");
  EXPECT_EQ(server.stop(), "");
}

TEST_P(MailTest, queue_when_no_server_is_configured_then_kept_and_readable) {
  const Settings none;
  const auto id = write(letter(), none);
  EXPECT_EQ(stored(id).state, State::kept);
  EXPECT_EQ(stored(id).text, letter().text);
  EXPECT_EQ(all_jobs().size(), 0U);
}

TEST_P(MailTest, deliver_when_the_server_was_unconfigured_meanwhile_then_kept) {
  const auto id = write(letter(), settings_for(1));
  EXPECT_EQ(deliver_due(Settings{}), 1);
  EXPECT_EQ(stored(id).state, State::kept);
}

TEST_P(MailTest, queue_when_rolled_back_then_no_mail_and_no_job) {
  {
    auto tx = ok(db().begin_write());
    ok(queue(tx, letter(), settings_for(1)));
  }
  auto tx = ok(db().begin_read());
  EXPECT_EQ(ok(list_outbox(tx, 0, 10)).size(), 0U);
  EXPECT_EQ(all_jobs().size(), 0U);
}

TEST_P(MailTest, queue_when_a_header_would_be_injected_then_refused_and_nothing_stored) {
  const std::vector<std::string> evil{"a\r\nBcc: everybody@example.org",
                                      "a\nb",
                                      "a\rb",
                                      "a\tb",
                                      std::string("a\0b", 3),
                                      "a\x7f",
                                      "a\xC2\x85"
                                      "b",
                                      "a\xE2\x80\xA8"
                                      "b",
                                      "a\xff"};
  for (const std::string& text : evil) {
    std::vector<Message> messages(4, letter());
    messages[0].subject = text;
    messages[1].to_name = text;
    messages[2].attachments = {{text, "text/plain", "x"}};
    messages[3].attachments = {{"a", "text/plain; name=" + text, "x"}};
    for (const Message& message : messages) {
      auto tx = ok(db().begin_write());
      EXPECT_EQ(queue(tx, message, Settings{}).error().code, ErrorCode::invalid) << json(text).dump(-1, ' ', true, json::error_handler_t::replace);
    }
  }
  Message nobody = letter();
  nobody.to = {};
  Message strange = letter();
  strange.language = "en\r\nX: y";
  Settings from = {};
  from.from_name = "a\nb";
  auto tx = ok(db().begin_write());
  EXPECT_EQ(queue(tx, nobody, Settings{}).error().code, ErrorCode::invalid);
  EXPECT_EQ(queue(tx, strange, Settings{}).error().code, ErrorCode::invalid);
  EXPECT_EQ(queue(tx, letter(), from).error().code, ErrorCode::invalid);
  EXPECT_EQ(ok(list_outbox(tx, 0, 10)).size(), 0U);
}

TEST_P(MailTest, list_when_many_then_newest_first_and_by_event) {
  Message other = letter();
  other.event = 4;
  const auto a = write(letter(), {}), b = write(other, {}), c = write(letter(), {});
  auto tx = ok(db().begin_read());
  const auto ids = [&](std::int64_t event, int limit, std::int64_t before) {
    std::vector<std::int64_t> found;
    for (const Stored& mail : ok(list_outbox(tx, event, limit, before))) found.push_back(mail.id);
    return found;
  };
  using Ids = std::vector<std::int64_t>;
  EXPECT_EQ(ids(0, 10, 0), (Ids{c, b, a}));
  EXPECT_EQ(ids(0, 2, 0), (Ids{c, b}));
  EXPECT_EQ(ids(0, 2, b), (Ids{a}));
  EXPECT_EQ(ids(3, 10, 0), (Ids{c, a}));
  EXPECT_EQ(ids(3, 10, c), (Ids{a}));
}

TEST_P(MailTest, erase_when_person_or_address_goes_then_their_mails_and_no_others) {
  Message with_file = letter();
  with_file.attachments = {{"talk.ics", "text/calendar", "x"}};
  write(with_file, {});
  Message unknown = letter("Ada@Example.org");
  unknown.person = 0;
  unknown.attachments = with_file.attachments;
  const auto to_address = write(unknown, {});
  Message somebody = letter("bob@example.org");
  somebody.person = 8;
  const auto kept = write(somebody, {});

  auto tx = ok(db().begin_write());
  EXPECT_EQ(ok(mails_of(tx, 7)).size(), 1U);
  EXPECT_EQ(ok(mails_of(tx, 0)).size(), 0U);
  ok(erase_person(tx, 0));
  ok(erase_person(tx, 7));
  EXPECT_EQ(ok(mails_of(tx, 7)).size(), 0U);
  auto left = ok(list_outbox(tx, 0, 10));
  ASSERT_EQ(left.size(), 2U);
  EXPECT_EQ(left[1].id, to_address);
  ok(erase_address(tx, ok(Email::parse("ada@example.org"))));
  left = ok(list_outbox(tx, 0, 10));
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].id, kept);
  ok(tx.commit());
}

TEST_P(MailTest, deliver_when_erased_meanwhile_then_job_is_done) {
  const auto id = write(letter(), settings_for(1));
  {
    auto tx = ok(db().begin_write());
    ok(erase_person(tx, 7));
    ok(tx.commit());
  }
  EXPECT_EQ(deliver_due(settings_for(1)), 1);
  EXPECT_EQ(all_jobs().at(0).state, jobs::State::done);
  auto tx = ok(db().begin_read());
  EXPECT_FALSE(ok(find_mail(tx, id)));
}

}  // namespace
}  // namespace confer::mail
