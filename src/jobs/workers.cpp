// Workers: one thread that claims what is due, some that run it.
#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "base/log.h"
#include "base/random.h"
#include "jobs/jobs.h"
#include "jobs/leases.h"
#include "jobs/store.h"

namespace confer::jobs {
namespace {

using SteadyClock = std::chrono::steady_clock;
using std::chrono::milliseconds;

/// Words wake the claimer at once. These are for what comes without one: on SQLite a command may queue from another process; on PostgreSQL
/// a process may die between commit and notify. Each costs a look-up in two indexes.
constexpr milliseconds looks_sqlite{2'000}, looks_postgres{30'000};
/// How often, and after what pauses, a finished job's end is tried to be stored; then its lease ends and it runs again.
constexpr int tries_to_store = 5;
constexpr milliseconds pause_between_tries{500};

/// 10 s · attempt²: 10 s, 40 s, 90 s, …
std::chrono::seconds backoff(int attempts) { return std::chrono::seconds{10} * attempts * attempts; }

/// Outlives the workers, as the database's listener does.
struct Signal {
  std::mutex mutex;
  std::condition_variable changed;
  std::uint64_t words = 0;
};

void speak(Signal& signal) {
  std::lock_guard lock(signal.mutex);
  ++signal.words;
  signal.changed.notify_all();
}

}  // namespace

struct Workers::Impl {
  Impl(db::Database& database, int count) : db(database), thread_count(std::max(1, count)), leases(database) {}

  db::Database& db;
  const int thread_count;
  Leases leases;
  std::map<std::string, Work, std::less<>> work;
  std::vector<Periodic> periodic;
  std::string kinds;

  std::shared_ptr<Signal> signal = std::make_shared<Signal>();
  // Guarded by signal->mutex:
  std::deque<std::shared_ptr<Leased>> claimed;
  int busy = 0;  ///< claimed or running
  bool stopping = false, claimer_ended = false;
  std::map<std::int64_t, SteadyClock::time_point> left;  ///< jobs that others may take, and until when they alone

  std::thread claimer;
  std::vector<std::thread> threads;

  bool is_stopping() const {
    std::lock_guard lock(signal->mutex);
    return stopping;
  }

  void list_kinds() {
    std::vector<std::string> names;
    for (const auto& [kind, unused] : work) names.push_back(kind);
    kinds = list_of_kinds(names);
  }

  /// As the statements want it; what is over is forgotten. And when the next is over.
  std::pair<std::string, milliseconds> list_left() {
    std::lock_guard lock(signal->mutex);
    const auto now = SteadyClock::now();
    std::erase_if(left, [&](const auto& one) { return one.second <= now; });
    std::string list = ",";
    auto soonest = milliseconds::max();
    for (const auto& [job, until] : left) {
      list += std::to_string(job) + ",";
      soonest = std::min(soonest, std::chrono::ceil<milliseconds>(until - now));
    }
    return {std::move(list), soonest};
  }

  // ---- claiming

  /// Queues the periodic jobs whose turn it is. Returns when the next turn is.
  Result<std::optional<Instant>> queue_periodic() {
    std::optional<Instant> soonest;
    for (const Periodic& p : periodic) {
      std::optional<Instant> turn;
      Instant now;
      {
        TRY_ASSIGN(db::Tx tx, db.begin_read());
        TRY_ASSIGN(turn, find_turn(tx, p.kind));
        now = tx.now();
      }
      if (!turn || *turn <= now) {
        TRY_ASSIGN(db::Tx tx, db.begin_write());
        TRY_ASSIGN(const bool ours, take_turn(tx, p.kind, p.every));
        if (ours) TRY(enqueue(tx, NewJob{.kind = p.kind, .unique_key = "periodic " + p.kind}));
        TRY_ASSIGN(turn, find_turn(tx, p.kind));
        TRY(tx.commit());
      }
      if (turn && (!soonest || *turn < *soonest)) soonest = turn;
    }
    return soonest;
  }

  /// The next due job, leased; none when nothing is due.
  Result<std::shared_ptr<Leased>> claim_next() {
    const std::string others = list_left().first;
    {
      // Asking first costs a read; claiming in vain would take the writer's turn.
      TRY_ASSIGN(db::Tx tx, db.begin_read());
      TRY_ASSIGN(const auto due, next_due(tx, kinds, others));
      if (!due || *due > tx.now()) return nullptr;
    }
    std::string token = random_uuid();
    TRY_ASSIGN(db::Tx tx, db.begin_write());
    TRY_ASSIGN(auto job, claim(tx, kinds, token, others));
    TRY(tx.commit());
    if (!job) return nullptr;
    return leases.add(std::move(*job), std::move(token));
  }

  /// Claims for every free thread. Returns how long nothing will be due.
  Result<milliseconds> claim_due() {
    while (true) {
      {
        std::lock_guard lock(signal->mutex);
        if (stopping || busy >= thread_count) break;
      }
      TRY_ASSIGN(auto leased, claim_next());
      if (!leased) break;
      std::lock_guard lock(signal->mutex);
      ++busy;
      claimed.push_back(std::move(leased));
      signal->changed.notify_all();
    }
    const auto [others, soonest] = list_left();
    TRY_ASSIGN(db::Tx tx, db.begin_read());
    TRY_ASSIGN(const auto due, next_due(tx, kinds, others));
    return due ? std::min(soonest, std::max(milliseconds{0}, *due - tx.now())) : soonest;
  }

  void run_claimer() {
    const milliseconds longest = db.backend() == db::Backend::sqlite ? looks_sqlite : looks_postgres;
    std::unique_lock lock(signal->mutex);
    while (!stopping) {
      const std::uint64_t words = signal->words;
      lock.unlock();
      milliseconds pause = longest;
      const auto looked = [&]() -> Result<void> {
        TRY_ASSIGN(const auto turn, queue_periodic());
        TRY_ASSIGN(const milliseconds nothing_due, claim_due());
        pause = std::min(pause, nothing_due);
        if (turn) {
          TRY_ASSIGN(db::Tx tx, db.begin_read());
          pause = std::min(pause, std::max(milliseconds{0}, *turn - tx.now()));
        }
        return {};
      }();
      if (!looked) {
        log(LogTopic::jobs, LogLevel::warning, "the queue could not be read", {{"detail", looked.error().detail}});
        pause = longest;
      }
      const auto until = SteadyClock::now() + pause;
      lock.lock();
      // With every thread busy only the end of one is worth waking for; it speaks.
      const bool full = busy >= thread_count;
      if (full) {
        signal->changed.wait(lock, [&] { return stopping || busy < thread_count; });
      } else {
        signal->changed.wait_until(lock, until, [&] { return stopping || signal->words != words; });
      }
    }
    claimer_ended = true;
    signal->changed.notify_all();
  }

  // ---- running

  Result<void> do_work(Leased& leased) {
    const auto found = work.find(leased.job().kind);
    ASSERT(found != work.end());
    try {
      return found->second(leased);
    } catch (const std::exception& thrown) {
      return fail(ErrorCode::internal, "The job failed.", thrown.what());
    }
  }

  /// Stores how the job ended. Returns false when it was somebody else's by then.
  Result<bool> store_end(const Leased& leased, const Result<void>& done) {
    const Job& job = leased.job();
    TRY_ASSIGN(db::Tx tx, db.begin_write());
    Result<bool> ours = false;
    if (done) {
      ours = finish(tx, job.id, leased.token());
    } else {
      const std::string problem = done.error().where.empty() ? done.error().message : done.error().where + ": " + done.error().message;
      if (leased.stopping()) {
        ours = put_back(tx, job.id, leased.token(), tx.now(), Attempt::uncounted, problem);
      } else if (leased.left() || leased.waits()) {
        ours = put_back(tx, job.id, leased.token(), tx.now() + leased.waits().value_or(std::chrono::seconds(0)), Attempt::uncounted, problem);
      } else if (job.attempts >= job.max_attempts) {
        ours = bury(tx, job.id, leased.token(), problem);
      } else {
        ours = put_back(tx, job.id, leased.token(), tx.now() + backoff(job.attempts), Attempt::counted, problem);
      }
    }
    if (ours) TRY(tx.commit());
    return ours;
  }

  void run_one(const std::shared_ptr<Leased>& leased) {
    const Job& job = leased->job();
    const Result<void> done = do_work(*leased);
    if (!done && leased->left()) {
      // Before it waits again: this process must not be the one that takes it.
      std::lock_guard lock(signal->mutex);
      left[job.id] = SteadyClock::now() + *leased->left();
    }
    Result<bool> stored = false;
    for (int tries = 0; tries < tries_to_store; ++tries) {
      stored = store_end(*leased, done);
      if (stored) break;
      std::unique_lock lock(signal->mutex);
      signal->changed.wait_for(lock, pause_between_tries, [] { return false; });
    }
    leases.remove(leased);
    if (!stored) {
      log(LogTopic::jobs, LogLevel::warning, "the end of a job could not be stored, it will run again",
          {{"job", job.id}, {"kind", job.kind}, {"detail", stored.error().detail}});
    } else if (!*stored) {
      log(LogTopic::jobs, LogLevel::warning, "a job took longer than its lease, somebody else has it", {{"job", job.id}, {"kind", job.kind}});
    } else if (!done && (leased->left() || leased->waits())) {
      log(LogTopic::jobs, leased->left() ? "job left to another process" : "job waits",
          {{"job", job.id}, {"kind", job.kind}, {"problem", done.error().message}});
    } else if (!done && !leased->stopping()) {
      const bool dead = job.attempts >= job.max_attempts;
      log(LogTopic::jobs, dead ? LogLevel::error : LogLevel::warning, dead ? "job is dead" : "job failed, will be tried again",
          {{"job", job.id}, {"kind", job.kind}, {"attempts", job.attempts}, {"problem", done.error().message}, {"detail", done.error().detail}});
    }
  }

  void run_worker() {
    std::unique_lock lock(signal->mutex);
    while (true) {
      signal->changed.wait(lock, [&] { return !claimed.empty() || (stopping && claimer_ended); });
      if (claimed.empty()) return;
      auto leased = std::move(claimed.front());
      claimed.pop_front();
      lock.unlock();
      run_one(leased);
      lock.lock();
      --busy;
      ++signal->words;
      signal->changed.notify_all();
    }
  }
};

Workers::Workers(db::Database& db, int threads) : impl_(std::make_unique<Impl>(db, threads)) {}

Workers::~Workers() { stop(std::chrono::hours(24 * 365)); }

void Workers::add(std::string kind, Work work) {
  ASSERT(!impl_->claimer.joinable());
  ASSERT(!kind.empty() && kind.find(',') == std::string::npos);
  const bool added = impl_->work.emplace(std::move(kind), std::move(work)).second;
  ASSERT(added);
  impl_->list_kinds();
}

void Workers::every(Periodic periodic, Work work) {
  add(periodic.kind, std::move(work));
  impl_->periodic.push_back(std::move(periodic));
}

Result<void> Workers::start() {
  ASSERT(!impl_->claimer.joinable());
  impl_->db.listen("jobs", [signal = impl_->signal](std::string_view) { speak(*signal); });
  for (int i = 0; i < impl_->thread_count; ++i) impl_->threads.emplace_back([impl = impl_.get()] { impl->run_worker(); });
  impl_->claimer = std::thread([impl = impl_.get()] { impl->run_claimer(); });
  return {};
}

void Workers::stop(std::chrono::seconds grace) {
  impl_->leases.ask_to_stop();
  if (!impl_->claimer.joinable()) return;
  {
    std::unique_lock lock(impl_->signal->mutex);
    impl_->stopping = true;
    impl_->signal->changed.notify_all();
    const bool quiet = impl_->signal->changed.wait_for(lock, grace, [&] { return impl_->claimer_ended && impl_->busy == 0; });
    if (!quiet) {
      // Their leases end when this process does, and others take them. The threads are waited for when the workers go.
      log(LogTopic::jobs, LogLevel::warning, "jobs still run at the end of the grace", {{"jobs", impl_->busy}});
      return;
    }
  }
  impl_->claimer.join();
  for (std::thread& thread : impl_->threads) thread.join();
  impl_->threads.clear();
}

Result<int> Workers::run_due() {
  ASSERT(!impl_->claimer.joinable());
  TRY(impl_->queue_periodic());
  int count = 0;
  while (!impl_->leases.stopping()) {
    TRY_ASSIGN(const auto leased, impl_->claim_next());
    if (!leased) break;
    impl_->run_one(leased);
    ++count;
  }
  return count;
}

}  // namespace confer::jobs
