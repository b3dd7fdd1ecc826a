// The speller of a database, kept until a document changes.
#pragma once
#include <cstdint>
#include <memory>
#include <mutex>

#include "db/database.h"
#include "search/speller.h"

namespace confer::search {

/// Any thread.
class Vocabulary {
 public:
  /// A document changed: in this process, or in another one on the same database.
  void forget();
  /// Reads all documents' words when there is no speller. A reader with an old view of the data may keep words that were just removed; the next
  /// change drops them, and what is offered is tried before it is shown.
  Result<std::shared_ptr<const Speller>> speller(db::Tx& tx);
  /// True the first time.
  bool say_once();

 private:
  std::mutex mutex_;
  // Guarded by mutex_:
  std::uint64_t changes_ = 0;
  std::shared_ptr<const Speller> speller_;
  bool said_ = false;
};

/// Lives as long as the database.
std::shared_ptr<Vocabulary> vocabulary_of(db::Database& db);

}  // namespace confer::search
