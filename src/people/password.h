// Passwords: hashed with Argon2id, compared in the same time whoever asks.
#pragma once
#include <string>
#include <string_view>
#include "base/result.h"
#include "base/secret.h"

namespace confer::people {

/// Argon2id, 19 MiB, two passes (OWASP's figures of 2024), as a PHC string. At most two at once in the process: 2 × 19 MiB.
Result<std::string> hash_password(const Secret<std::string>& password);
/// An empty hash is compared against a decoy, so that the time does not tell whether there is an account.
bool verify_password(const Secret<std::string>& password, const std::string& hash);
/// Errors: invalid – shorter than 10 characters, longer than 1,000 bytes, or one that everybody tries first: a run or repetition of few
/// characters, or a well-known word with digits behind it. The list is short and made by rule: it stops the worst, not the unwise.
Result<void> check_password(const Secret<std::string>& password);

}  // namespace confer::people
