// How often somebody was written to: for limits.
#pragma once
#include "mail/mail.h"

namespace confer::mail {

/// How many mails of this kind were written to the address since then, sent or not.
Result<std::int64_t> count_mails(db::Tx& tx, const Email& to, std::string_view kind, Instant since);

}  // namespace confer::mail
