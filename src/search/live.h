// The index of a database, kept in memory and up to date with what a transaction sees.
#pragma once
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>

#include "db/database.h"
#include "search/index.h"

namespace confer::search {

/// Any thread.
class Live {
 public:
  /// An index to read; while one is held, it does not change.
  class Reading {
   public:
    const Index& operator*() const { return own_ ? *own_ : *shared_; }

   private:
    friend class Live;
    std::shared_lock<std::shared_mutex> lock_;
    std::shared_ptr<const Index> shared_;
    std::unique_ptr<const Index> own_;
  };
  /// At least as new as the transaction's view of the data, and no newer than the last commit: what was found and then removed has no row any more.
  /// Reads all documents when there is no index yet, and only the changed ones later. A transaction that has changed documents itself gets an index of its
  /// own (that reads everything: for tests, and the rare action that looks for what it has just put in).
  Result<Reading> read(db::Tx& tx);
  /// Drops the index; the next question makes it anew.
  void forget();

 private:
  Result<void> catch_up(db::Tx& tx, std::int64_t version);
  std::mutex updating_;  ///< one updates; taken before mutex_
  std::shared_mutex mutex_;
  // Guarded by mutex_; changed by who holds updating_ too:
  std::shared_ptr<Index> index_;
  std::int64_t version_ = -1;
};

/// Lives as long as the database.
std::shared_ptr<Live> live_of(db::Database& db);

}  // namespace confer::search
