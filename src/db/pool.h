// Connections that are lent out one at a time and come back.
#pragma once
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>
#include "base/result.h"
#include "db/connection.h"

namespace confer::db {

/// Opens connections when they are first needed, at most `limit` of them. Must outlive its leases.
class Pool {
 public:
  using Open = std::function<Result<std::unique_ptr<Connection>>()>;
  Pool(int limit, Open open) : open_(std::move(open)), free_places_(limit) {}

  /// A borrowed connection; goes back when this ends, or is closed when it is dead.
  class Lease {
   public:
    Lease(Pool& pool, std::unique_ptr<Connection> connection) : pool_(&pool), connection_(std::move(connection)) {}
    Lease(Lease&& other) noexcept : pool_(other.pool_), connection_(std::move(other.connection_)) {}
    Lease& operator=(Lease&&) = delete;
    ~Lease() { give_back(); }
    Connection& operator*() const { return *connection_; }
    Connection* operator->() const { return connection_.get(); }
    void give_back() {
      if (connection_) pool_->give_back(std::move(connection_));
    }

   private:
    Pool* pool_;
    std::unique_ptr<Connection> connection_;
  };

  /// Waits for a free one for at most `longest_wait`. Errors: unavailable.
  Result<Lease> borrow();
  /// Closes those that nobody is using: after a migration their prepared statements may be out of date.
  void close_idle();

 private:
  void give_back(std::unique_ptr<Connection> connection);

  Open open_;
  std::mutex mutex_;
  std::condition_variable freed_;
  int free_places_;  // connections that may still be lent out or opened; the idle ones are among them
  std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace confer::db
