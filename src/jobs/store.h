// The queue's rows.
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jobs/jobs.h"

namespace confer::jobs {

/// How long a worker has a job to itself without renewing.
inline constexpr std::chrono::seconds lease_length{60};

/// Kinds as the statements want them: ",mail.deliver,site.render,".
std::string list_of_kinds(const std::vector<std::string>& kinds);

/// The next job that is due, now leased under `token`: a waiting one, or one whose lease has ended. Buries what died too often.
/// `left`: what this process leaves to others, ",12,15,".
Result<std::optional<Job>> claim(db::Tx& tx, const std::string& kinds, std::string_view token, const std::string& left = ",");
/// When something will be due: a waiting job, or a lease that ends.
Result<std::optional<Instant>> next_due(db::Tx& tx, const std::string& kinds, const std::string& left = ",");

/// These four change only a job that is still leased under `token`, and say whether it was.
Result<bool> renew(db::Tx& tx, std::int64_t job, std::string_view token, double progress);
Result<bool> finish(db::Tx& tx, std::int64_t job, std::string_view token);
Result<bool> bury(db::Tx& tx, std::int64_t job, std::string_view token, std::string_view problem);
/// Waits again until `run_at`; `uncounted` takes the attempt back. When another job with the same key waits by now, that one will do and this one is done.
enum class Attempt : unsigned char { counted = 0, uncounted = 1 };
Result<bool> put_back(db::Tx& tx, std::int64_t job, std::string_view token, Instant run_at, Attempt attempt, std::string_view problem);

/// True for the one caller over all processes whose turn it is: `every` has passed since the last turn. Then the next is `every` from now.
Result<bool> take_turn(db::Tx& tx, std::string_view kind, std::chrono::seconds every);
/// When the next turn is; none before the first.
Result<std::optional<Instant>> find_turn(db::Tx& tx, std::string_view kind);

}  // namespace confer::jobs
