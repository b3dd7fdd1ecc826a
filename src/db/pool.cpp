// Connections that are lent out one at a time and come back.
#include "db/pool.h"
#include "db/engine.h"

namespace confer::db {

Result<Pool::Lease> Pool::borrow() {
  std::unique_ptr<Connection> connection;
  {
    std::unique_lock lock(mutex_);
    if (!freed_.wait_for(lock, longest_wait, [&] { return free_places_ > 0; })) {
      return fail(ErrorCode::unavailable, "The database is busy; please try again.", "no connection became free");
    }
    --free_places_;
    if (!idle_.empty()) {
      connection = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (!connection) {
    auto opened = open_();
    if (!opened) {
      give_back(nullptr);
      return std::unexpected(std::move(opened).error());
    }
    connection = *std::move(opened);
  }
  return Lease(*this, std::move(connection));
}

void Pool::give_back(std::unique_ptr<Connection> connection) {
  if (connection && connection->lost()) connection.reset();
  {
    std::lock_guard lock(mutex_);
    ++free_places_;
    if (connection) idle_.push_back(std::move(connection));
  }
  freed_.notify_one();
}

void Pool::close_idle() {
  std::vector<std::unique_ptr<Connection>> closing;
  std::lock_guard lock(mutex_);
  closing.swap(idle_);
}

}  // namespace confer::db
