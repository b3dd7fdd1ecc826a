// The one connection that writes to a SQLite file, and the group commit on it.
#pragma once
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include "base/result.h"
#include "db/connection.h"

namespace confer::db::sqlite {

/// Writers take turns in the order they came. The first action opens the physical transaction, each further one is a SAVEPOINT inside it; whoever commits
/// while others wait hands the turn on and sleeps until somebody commits for the whole group, so that one fsync serves many.
/// Invariant: only who has the turn touches `connection_`, `group_` and `has_savepoint_`.
class Writer {
 public:
  /// A group ends at this many actions or this age, whichever is first: nobody waits long for those behind.
  struct Limits {
    int actions = 64;
    std::chrono::milliseconds age{5};
  };
  explicit Writer(std::unique_ptr<Connection> connection) : Writer(std::move(connection), Limits{}) {}
  Writer(std::unique_ptr<Connection> connection, Limits limits) : connection_(std::move(connection)), limits_(limits) {}

  /// Waits for the turn, then opens the physical transaction if there is none, and the savepoint.
  /// Errors: unavailable – 30 s passed, or another process holds the file; internal – this thread already has the turn.
  Result<void> enter();
  Connection& connection() { return *connection_; }
  /// Ends the action; returns when it is on disk. Errors: conflict – a deferred foreign key is violated; else the group's COMMIT failed.
  Result<void> commit();
  void roll_back();
  /// Runs `work` with the turn and no transaction open.
  Result<void> alone(const std::function<Result<void>(Connection&)>& work);
  /// As `alone`, but returns false at once when somebody has the turn.
  bool try_alone(const std::function<void(Connection&)>& work);
  /// How many wait for the turn now, and how many groups have ended so far: for tests and measurements.
  std::size_t waiting() const;
  std::int64_t groups_ended() const;

 private:
  struct Waiter {
    std::condition_variable granted_signal;
    bool granted = false;
  };
  struct Group {
    std::chrono::steady_clock::time_point started;
    int actions = 0;
    bool done = false;  // guarded by mutex_, like error
    std::optional<Error> error;
    std::condition_variable ended;
  };

  Result<void> take_turn();
  /// With mutex_ held.
  void pass_turn();
  enum class Part : unsigned char { committed, undone };
  Result<void> leave(Part part);
  void end_group();

  std::unique_ptr<Connection> connection_;
  const Limits limits_;
  std::shared_ptr<Group> group_;
  bool has_savepoint_ = false;  ///< of the action whose turn it is: undoing it leaves the group's others alone
  mutable std::mutex mutex_;
  std::int64_t groups_ended_ = 0;
  std::deque<Waiter*> queue_;
  bool taken_ = false;
  std::thread::id owner_;
};

}  // namespace confer::db::sqlite
