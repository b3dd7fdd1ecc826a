// Durable work: queued in a transaction, leased by workers, retried with backoff.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "db/database.h"

namespace confer::jobs {

enum class State : unsigned char { waiting = 0, running = 1, done = 2, dead = 3 };

struct Job {
  std::int64_t id = 0;
  std::string kind;   ///< "mail.deliver"
  std::string input;  ///< JSON object, no personal data
  State state = State::waiting;
  int attempts = 0, max_attempts = 0;
  Instant run_at{}, created_at{}, finished_at{};
  std::string problem;  ///< of the last attempt
  std::int64_t event = 0;
  double progress = 0;   ///< 0 to 1
  Instant claimed_at{};  ///< when its last attempt began
};

struct NewJob {
  std::string kind;
  std::string input = "{}";
  Instant run_at{};      ///< default: now
  int max_attempts = 8;  ///< waits 10 s, 40 s, 90 s, … (10 s · attempt²) between them
  std::int64_t event = 0;
  std::string unique_key;  ///< while a job with this key waits, another one is not queued; while one runs, the next one waits
};
/// Takes erased bytes out of the database's files too (app/privacy.h): queued by whatever erases.
inline constexpr const char* wipe_kind = "db.wipe_erased";
/// Queued when `tx` commits. Returns its id, or that of the waiting one with the same key.
Result<std::int64_t> enqueue(db::Tx& tx, const NewJob& job);
Result<std::vector<Job>> list_jobs(db::Tx& tx, std::int64_t event, std::optional<State> state, int limit);
/// A dead job waits again, with all its attempts. Errors: not_found; conflict – it is not dead, or the same work (unique_key) waits already.
Result<void> retry(db::Tx& tx, std::int64_t job);
/// Removes finished jobs older than 14 days. Returns how many.
Result<std::int64_t> forget_finished(db::Tx& tx);

/// What is wrong with the stored jobs, a sentence each.
Result<std::vector<std::string>> check(db::Tx& tx);

/// What a running job may tell and ask. A heartbeat thread keeps its lease (60 s) alive, and stores its progress once a second.
class Running {
 public:
  virtual ~Running() = default;
  virtual const Job& job() const = 0;
  virtual void progress(double part) = 0;
  /// True when the worker is to stop (or the lease was lost): return an error soon, the job will be resumed and this attempt not counted.
  virtual bool stopping() const = 0;
  /// What it waits for is away, which no attempt of its own mends: the error that it returns puts it back for so long, and counts as no attempt.
  virtual void wait(std::chrono::seconds) {}
  /// It cannot be done by this process, perhaps by another: the error that it returns puts it back for others at once, and for this one after so long.
  virtual void leave(std::chrono::seconds) {}
};
using Work = std::function<Result<void>(Running&)>;

/// Something that runs by the clock: at most once in each interval over all processes.
struct Periodic {
  std::string kind;
  std::chrono::seconds every;
};

class Workers {
 public:
  Workers(db::Database& db, int threads);
  ~Workers();
  /// Only jobs of added kinds are claimed; others wait for a process that knows them. Add all before `start`. Work may run twice (a lease that
  /// ended, a crash before the end was stored) and must bear it.
  void add(std::string kind, Work work);
  /// At once when it never ran, then at most once in `every` over all processes.
  void every(Periodic periodic, Work work);
  Result<void> start();
  /// Claims nothing more, lets running jobs see `stopping()`, waits at most `grace`. Cannot be started again. The destructor waits for all.
  void stop(std::chrono::seconds grace);
  /// Runs due jobs, periodic ones too, in this thread until there are none: for tests and commands. Not beside `start`.
  Result<int> run_due();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace confer::jobs
