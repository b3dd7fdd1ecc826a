// Into the outbox, and from there to the server.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/log.h"
#include "mail/compose.h"
#include "mail/mail.h"
#include "mail/smtp.h"
#include "mail/store.h"

namespace confer::mail {
namespace {

constexpr const char* job_kind = "mail.deliver";
/// 10 s · (1² + 2² + … + 29²) is 23.8 hours: a mail server that is down over night costs no mail.
constexpr int delivery_attempts = 30;
constexpr std::string_view secret_name = "token=", blot = "…";

Result<std::int64_t> mail_of(const std::string& input) {
  const auto json = nlohmann::json::parse(input, nullptr, false);
  if (!json.is_object() || !json.contains("mail") || !json["mail"].is_number_integer())
    return fail(ErrorCode::internal, "The job does not say which mail.", input);
  return json["mail"].get<std::int64_t>();
}

/// What becomes of the links in it that sign somebody in.
enum class Links : unsigned char { keep, blot_out };

Result<void> note(db::Database& db, std::int64_t mail, const Draft& draft, State state, std::string_view problem, Links links) {
  TRY_ASSIGN(db::Tx tx, db.begin_write());
  TRY(set_state(tx, mail, state, problem));
  if (links == Links::blot_out && draft.text.contains("token=")) TRY(set_text(tx, mail, without_secrets(draft.text)));
  return tx.commit();
}

bool is_blotted(const Draft& draft) { return draft.text.contains(std::string(secret_name) + std::string(blot)); }

Result<void> work(db::Database& db, const Settings& settings, jobs::Running& running) {
  TRY_ASSIGN(const std::int64_t mail, mail_of(running.job().input));
  std::optional<ToDeliver> found;
  {
    TRY_ASSIGN(db::Tx tx, db.begin_read());
    TRY_ASSIGN(found, find_to_deliver(tx, mail));
  }
  // Erased with its person, or delivered by an earlier run whose end was not stored.
  if (!found || found->state == State::sent || found->state == State::kept) return {};
  if (settings.smtp_url.empty()) return note(db, mail, found->draft, State::kept, "", Links::keep);
  if (is_blotted(found->draft))
    return note(db, mail, found->draft, State::failed, "The link in this mail is not stored any more, so it cannot be sent again: ask for a new link.",
                Links::keep);

  const auto message = compose(found->draft, settings, found->created_at);
  if (!message) {
    log(LogTopic::mail, LogLevel::error, "mail cannot be composed", {{"mail", mail}});
    return note(db, mail, found->draft, State::failed, message.error().message, Links::blot_out);
  }
  const Delivery delivery = deliver(settings, found->draft.to, *message);
  switch (delivery.outcome) {
    case Delivery::Outcome::sent:
      // Nobody needs the link any more, and what is not there is not stolen.
      TRY(note(db, mail, found->draft, State::sent, "", Links::blot_out));
      log(LogTopic::mail, "mail sent", {{"mail", mail}});
      return {};
    case Delivery::Outcome::refused:
      log(LogTopic::mail, LogLevel::warning, "mail refused for good", {{"mail", mail}, {"code", delivery.code}});
      return note(db, mail, found->draft, State::failed, delivery.answer, Links::blot_out);
    case Delivery::Outcome::later:
      break;
  }
  const bool last = running.job().attempts >= running.job().max_attempts;
  // Given up, it can still be told to try again: it keeps its links.
  TRY(note(db, mail, found->draft, last ? State::failed : State::waiting, delivery.answer, Links::keep));
  if (delivery.code == 0) return fail(ErrorCode::unavailable, "The mail server could not be used; the outbox says why.", "mail " + std::to_string(mail));
  return fail(ErrorCode::unavailable, "The mail server answered " + std::to_string(delivery.code) + ".", "mail " + std::to_string(mail));
}

}  // namespace

std::string without_secrets(std::string_view text) {
  constexpr std::string_view name = secret_name;
  std::string out;
  while (true) {
    const auto at = text.find(name);
    if (at == std::string_view::npos) return out.append(text);
    out.append(text.substr(0, at + name.size())).append(blot);
    text.remove_prefix(at + name.size());
    text.remove_prefix(std::min(text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), text.size()));
  }
}

Result<std::int64_t> queue(db::Tx& tx, const Message& message, const Settings& settings) {
  const Draft draft = draft_of(message);
  TRY(compose(draft, settings, tx.now()));
  const bool deliverable = !settings.smtp_url.empty();
  TRY_ASSIGN(const std::int64_t id, insert_mail(tx, message, draft, deliverable ? State::waiting : State::kept));
  if (deliverable) {
    TRY(jobs::enqueue(tx, {.kind = job_kind, .input = "{\"mail\":" + std::to_string(id) + "}", .max_attempts = delivery_attempts, .event = message.event}));
  }
  return id;
}

void add_worker(jobs::Workers& workers, db::Database& db, Settings settings) {
  workers.add(job_kind, [&db, settings = std::move(settings)](jobs::Running& running) { return work(db, settings, running); });
}

}  // namespace confer::mail
