// The outbox's rows.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "mail/compose.h"
#include "mail/mail.h"

namespace confer::mail {

Result<std::int64_t> insert_mail(db::Tx& tx, const Message& message, const Draft& draft, State state);

struct ToDeliver {
  Draft draft;
  State state = State::waiting;
  Instant created_at{};
};
Result<std::optional<ToDeliver>> find_to_deliver(db::Tx& tx, std::int64_t mail);
/// `sent_at_ms` is noted for State::sent.
Result<void> set_state(db::Tx& tx, std::int64_t mail, State state, std::string_view problem);

Result<std::vector<std::int64_t>> waiting_mails(db::Tx& tx);
Result<void> set_text(db::Tx& tx, std::int64_t mail, std::string_view text);

}  // namespace confer::mail
