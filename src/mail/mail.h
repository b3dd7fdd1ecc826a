// Mail: composed into an outbox within a transaction, delivered by a job.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/secret.h"
#include "base/time.h"
#include "db/database.h"
#include "jobs/jobs.h"

namespace confer::mail {

struct Attachment {
  std::string name, content_type, bytes;
};

struct Message {
  Email to;
  std::string to_name;
  std::int64_t person = 0;  ///< for export and erasure; 0: nobody known
  std::int64_t event = 0;
  std::string subject;  ///< one line
  std::string text;     ///< plain text, wrapped by the reader
  std::string language = "en";
  std::vector<Attachment> attachments;
  std::string kind;  ///< "sign_in_link", "slot_changed": what it is for
};

enum class State : unsigned char { waiting = 0, sent = 1, failed = 2, kept = 3 };  ///< kept: no SMTP is configured; it stays readable in the outbox

struct Settings {
  std::string smtp_url;  ///< "smtp://host:587" or "smtps://host:465"; empty: mails are kept in the outbox
  std::string user;
  Secret<std::string> password;
  std::string from = "confer@localhost", from_name = "Confer";
  bool require_tls = true;  ///< false only for a server on this machine
};

/// Written in `tx`; delivery follows its commit. Errors: invalid – what cannot be put into a message: a subject or name with a line break or
/// other control character, no recipient, text that is not UTF-8, a content type that is none.
Result<std::int64_t> queue(db::Tx& tx, const Message& message, const Settings& settings);

struct Stored {
  std::int64_t id = 0, event = 0, person = 0;
  std::string to, to_name, subject, text, kind, problem;
  State state = State::waiting;
  Instant created_at{}, sent_at{};
};
/// Newest first, before the id `before` (0: from the newest), of one event (0: of all).
Result<std::vector<Stored>> list_outbox(db::Tx& tx, std::int64_t event, int limit, std::int64_t before = 0);
Result<std::optional<Stored>> find_mail(db::Tx& tx, std::int64_t id);
/// What was attached to a mail, in its order.
Result<std::vector<Attachment>> attachments_of(db::Tx& tx, std::int64_t mail);
Result<void> erase_person(db::Tx& tx, std::int64_t person);
/// One mail, with what was attached.
Result<void> erase_mail(db::Tx& tx, std::int64_t id);
/// What was written to an address before it was known whose it is.
Result<void> erase_address(db::Tx& tx, const Email& address);
Result<std::vector<Stored>> mails_of(db::Tx& tx, std::int64_t person);

/// What is wrong with the stored mails, a sentence each.
Result<std::vector<std::string>> check(db::Tx& tx);

/// Its links with their secrets blotted out ("token=…"): what anybody but the recipient may read of a mail. An outbox keeps no more than this of a mail
/// that has been sent, or refused for good.
std::string without_secrets(std::string_view text);
/// The job "mail.deliver": SMTP by libcurl. A recipient or message refused for good (5xx) is final; anything else is tried again for about a day.
/// A message may arrive twice (a crash between its delivery and our note of it), with the same Message-ID.
void add_worker(jobs::Workers& workers, db::Database& db, Settings settings);
/// The message as it is sent (RFC 5322, MIME): for tests and for reading. The same input gives the same bytes. Errors: invalid, as `queue`.
Result<std::string> compose(const Message& message, const Settings& settings, Instant date);

}  // namespace confer::mail
