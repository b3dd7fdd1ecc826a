// The queue's rows: the only file here that runs SQL.
#include "jobs/store.h"

#include <algorithm>
#include <tuple>

#include "jobs/sql.h"

namespace confer::jobs {
namespace {

constexpr std::chrono::hours finished_jobs_are_kept{14 * 24};

struct JobRow : Job {
  auto columns() { return std::tie(id, kind, input, state, attempts, max_attempts, run_at, created_at, finished_at, problem, event, progress, claimed_at); }
};

void wake_workers(db::Tx& tx, const std::string& kind) {
  db::Database& db = tx.database();
  tx.after_commit([&db, kind] { db.notify("jobs", kind); });
}

Result<bool> end(db::Tx& tx, std::int64_t job, std::string_view token, State state, std::string_view problem) {
  TRY_ASSIGN(const auto key, tx.find<std::optional<std::string>>(sql::jobs::finish_job, job, token, state, tx.now(), problem));
  if (!key) return false;
  if (*key) {
    TRY_ASSIGN(const auto waiting, tx.find<std::int64_t>(sql::jobs::find_waiting_with_key, **key));
    if (waiting) wake_workers(tx, "same key");
  }
  return true;
}

}  // namespace

Result<std::int64_t> enqueue(db::Tx& tx, const NewJob& job) {
  if (job.kind.empty() || job.kind.find(',') != std::string::npos || job.max_attempts < 1) {
    return fail(ErrorCode::internal, "A job needs a kind without commas and at least one attempt.", job.kind);
  }
  const std::optional<std::string> key = job.unique_key.empty() ? std::nullopt : std::optional(job.unique_key);
  const Instant run_at = job.run_at == Instant{} ? tx.now() : job.run_at;
  // On PostgreSQL the waiting job that was in the way may be claimed between the two statements: then there is room, and the next try has it.
  for (int attempt = 0; attempt < 10; ++attempt) {
    TRY_ASSIGN(const auto id, tx.find<std::int64_t>(sql::jobs::insert_job, job.kind, job.input, run_at, tx.now(), job.max_attempts, job.event, key));
    if (id) {
      wake_workers(tx, job.kind);
      return *id;
    }
    TRY_ASSIGN(const auto waiting, tx.find<std::int64_t>(sql::jobs::find_waiting_with_key, job.unique_key));
    if (waiting) return *waiting;
  }
  return fail(ErrorCode::unavailable, "The job could not be queued. Please try again.", job.kind + ": its key is always taken and never found");
}

Result<std::vector<Job>> list_jobs(db::Tx& tx, std::int64_t event, std::optional<State> state, int limit) {
  const int wanted = state ? static_cast<int>(*state) : -1;
  TRY_ASSIGN(auto rows, tx.all<JobRow>(sql::jobs::list_jobs, event, wanted, std::clamp(limit, 0, 10000)));
  return std::vector<Job>(std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
}

Result<void> retry(db::Tx& tx, std::int64_t job) {
  using Row = std::tuple<State, std::optional<std::string>>;
  TRY_ASSIGN(const auto row, tx.find<Row>(sql::jobs::find_job, job));
  if (!row) return fail(ErrorCode::not_found, "There is no such job.");
  const auto& [state, key] = *row;
  if (state != State::dead) return fail(ErrorCode::conflict, "This job is not dead: it needs no retry.");
  if (key) {
    TRY_ASSIGN(const auto waiting, tx.find<std::int64_t>(sql::jobs::find_waiting_with_key, *key));
    if (waiting) return fail(ErrorCode::conflict, "The same work waits already as job " + std::to_string(*waiting) + ".");
  }
  TRY_ASSIGN(const std::int64_t changed, tx.run(sql::jobs::revive_job, job, tx.now()));
  if (changed != 1) return fail(ErrorCode::conflict, "Somebody else has just retried this job.");
  wake_workers(tx, "retry");
  return {};
}

Result<std::int64_t> forget_finished(db::Tx& tx) { return tx.run(sql::jobs::forget_finished, Instant(tx.now() - finished_jobs_are_kept)); }

std::string list_of_kinds(const std::vector<std::string>& kinds) {
  std::string list = ",";
  for (const std::string& kind : kinds) list += kind + ",";
  return list;
}

Result<std::optional<Job>> claim(db::Tx& tx, const std::string& kinds, std::string_view token, const std::string& left) {
  const Instant until = tx.now() + lease_length;
  TRY_ASSIGN(auto waiting, tx.find<JobRow>(sql::jobs::claim_waiting, token, until, tx.now(), kinds, left));
  if (waiting) return std::optional<Job>(std::move(*waiting));
  TRY_ASSIGN(auto expired, tx.find<JobRow>(sql::jobs::claim_expired, token, until, tx.now(), kinds, left));
  if (expired) return std::optional<Job>(std::move(*expired));
  TRY(tx.run(sql::jobs::bury_expired, tx.now(), std::string_view("The process that ran this job ended without a word, at the last attempt too.")));
  return std::optional<Job>();
}

Result<std::optional<Instant>> next_due(db::Tx& tx, const std::string& kinds, const std::string& left) {
  return tx.one<std::optional<Instant>>(sql::jobs::next_due, kinds, left);
}

Result<bool> renew(db::Tx& tx, std::int64_t job, std::string_view token, double progress) {
  TRY_ASSIGN(const std::int64_t changed, tx.run(sql::jobs::renew_lease, job, token, Instant(tx.now() + lease_length), progress));
  return changed == 1;
}

Result<bool> finish(db::Tx& tx, std::int64_t job, std::string_view token) { return end(tx, job, token, State::done, ""); }
Result<bool> bury(db::Tx& tx, std::int64_t job, std::string_view token, std::string_view problem) { return end(tx, job, token, State::dead, problem); }

Result<bool> put_back(db::Tx& tx, std::int64_t job, std::string_view token, Instant run_at, Attempt attempt, std::string_view problem) {
  TRY_ASSIGN(const auto key, tx.find<std::optional<std::string>>(sql::jobs::find_leased_key, job, token));
  if (!key) return false;
  if (*key) {
    TRY_ASSIGN(const auto waiting, tx.find<std::int64_t>(sql::jobs::find_waiting_with_key, **key));
    if (waiting) return end(tx, job, token, State::done, std::string(problem) + " (job " + std::to_string(*waiting) + " with the same key tries next)");
  }
  TRY_ASSIGN(const std::int64_t changed, tx.run(sql::jobs::put_back_job, job, token, run_at, attempt, problem));
  if (changed == 1) wake_workers(tx, "put back");
  return changed == 1;
}

Result<bool> take_turn(db::Tx& tx, std::string_view kind, std::chrono::seconds every) {
  TRY_ASSIGN(const auto turn, tx.find<std::int64_t>(sql::jobs::take_turn, kind, tx.now(), Instant(tx.now() + every)));
  return turn.has_value();
}

Result<std::optional<Instant>> find_turn(db::Tx& tx, std::string_view kind) { return tx.find<Instant>(sql::jobs::find_turn, kind); }

Result<std::vector<std::string>> check(db::Tx& tx) {
  using Row = std::tuple<std::int64_t, std::string>;
  std::vector<std::string> problems;
  TRY_ASSIGN(const auto rows, tx.all<Row>(sql::jobs::running_without_lease));
  for (const auto& [id, kind] : rows)
    problems.push_back("jobs: " + std::to_string(id) + " (" + kind + ") is marked as running, but nobody has it: it would never end");
  return problems;
}

}  // namespace confer::jobs
