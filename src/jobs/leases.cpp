// Heartbeats: leases renewed and progress stored while jobs run.
#include "jobs/leases.h"

#include <algorithm>
#include <chrono>

#include "base/log.h"
#include "jobs/store.h"

namespace confer::jobs {
namespace {

using SteadyClock = std::chrono::steady_clock;
/// Four times within a lease: one slow write does not lose it.
constexpr std::chrono::seconds renewed_every{15};
constexpr std::chrono::seconds progress_stored_every{1};

}  // namespace

void Leased::progress(double part) {
  progress_ = std::clamp(part, 0.0, 1.0);
  leases_.progress_made();
}
bool Leased::stopping() const { return lost_ || leases_.stopping(); }

Leases::~Leases() {
  {
    std::lock_guard lock(mutex_);
    ended_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

std::shared_ptr<Leased> Leases::add(Job job, std::string token) {
  auto leased = std::make_shared<Leased>(std::move(job), std::move(token), *this);
  std::lock_guard lock(mutex_);
  active_.push_back(leased);
  if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
  changed_.notify_all();
  return leased;
}

void Leases::remove(const std::shared_ptr<Leased>& leased) {
  std::lock_guard lock(mutex_);
  std::erase(active_, leased);
}

void Leases::progress_made() {
  std::lock_guard lock(mutex_);
  progress_made_ = true;
  changed_.notify_all();
}

void Leases::run() {
  auto next_renewal = SteadyClock::now() + renewed_every;
  auto next_progress = SteadyClock::now();
  std::unique_lock lock(mutex_);
  while (!ended_) {
    if (active_.empty()) {
      changed_.wait(lock, [&] { return ended_ || !active_.empty(); });
      next_renewal = SteadyClock::now() + renewed_every;
      continue;
    }
    const bool waits_to_store = progress_made_;
    const auto until = waits_to_store ? std::min(next_renewal, next_progress) : next_renewal;
    changed_.wait_until(lock, until, [&] { return ended_ || active_.empty() || progress_made_ != waits_to_store; });
    if (ended_ || active_.empty() || SteadyClock::now() < until) continue;
    const auto jobs = active_;
    progress_made_ = false;
    lock.unlock();
    renew_all(jobs);
    next_renewal = SteadyClock::now() + renewed_every;
    next_progress = SteadyClock::now() + progress_stored_every;
    lock.lock();
  }
}

void Leases::renew_all(const std::vector<std::shared_ptr<Leased>>& jobs) {
  std::vector<std::shared_ptr<Leased>> lost;
  const auto renewed = [&]() -> Result<void> {
    TRY_ASSIGN(db::Tx tx, db_.begin_write());
    for (const auto& leased : jobs) {
      TRY_ASSIGN(const bool ours, renew(tx, leased->job_.id, leased->token_, leased->progress_));
      if (!ours) lost.push_back(leased);
    }
    return tx.commit();
  }();
  if (!renewed) {
    log(LogTopic::jobs, LogLevel::warning, "leases could not be renewed", {{"jobs", jobs.size()}, {"detail", renewed.error().detail}});
    return;
  }
  for (const auto& leased : lost) {
    // A job that has just finished has no lease either, and nobody asks it any more.
    leased->lost_ = true;
  }
}

}  // namespace confer::jobs
