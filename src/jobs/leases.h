// Jobs that run in this process, and the thread that keeps their leases alive.
#pragma once
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "jobs/jobs.h"

namespace confer::jobs {

class Leases;

/// One job under one lease.
class Leased final : public Running {
 public:
  Leased(Job job, std::string token, Leases& leases) : job_(std::move(job)), token_(std::move(token)), leases_(leases) {}
  const Job& job() const override { return job_; }
  const std::string& token() const { return token_; }
  void progress(double part) override;
  bool stopping() const override;
  /// Somebody else has the job now: what this run says is not stored any more.
  bool lost() const { return lost_; }
  void wait(std::chrono::seconds pause) override { waits_ = pause; }
  void leave(std::chrono::seconds pause) override { left_ = pause; }
  /// For the thread that runs it.
  std::optional<std::chrono::seconds> waits() const { return waits_; }
  std::optional<std::chrono::seconds> left() const { return left_; }

 private:
  friend class Leases;
  const Job job_;
  const std::string token_;
  Leases& leases_;
  std::atomic<double> progress_ = 0;
  std::atomic<bool> lost_ = false;
  std::optional<std::chrono::seconds> waits_, left_;
};

/// Renews every 15 s, and stores progress at most once a second. A thread of its own: the thread of a job is busy, and may hold a transaction.
class Leases {
 public:
  explicit Leases(db::Database& db) : db_(db) {}
  ~Leases();
  /// The thread runs while there is a job.
  std::shared_ptr<Leased> add(Job job, std::string token);
  void remove(const std::shared_ptr<Leased>& leased);
  void ask_to_stop() { stopping_ = true; }
  bool stopping() const { return stopping_; }

 private:
  friend class Leased;
  void run();
  void renew_all(const std::vector<std::shared_ptr<Leased>>& jobs);
  void progress_made();

  db::Database& db_;
  std::atomic<bool> stopping_ = false;
  std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by mutex_:
  std::vector<std::shared_ptr<Leased>> active_;
  bool progress_made_ = false, ended_ = false;
  std::thread thread_;
};

}  // namespace confer::jobs
