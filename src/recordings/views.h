// How often a talk was watched, counted without knowing by whom.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string_view>
#include "base/time.h"
#include "db/database.h"
#include "ids/ids.h"

namespace confer::recordings {

/// Who was counted today, kept in memory only: hashes of address and talk under a salt that is made anew each day (UTC) and never written down. A restart
/// forgets it, which may count somebody twice. Thread-safe.
class ViewCounter {
 public:
  ViewCounter();
  ~ViewCounter();
  /// Counts one view of the talk at `at`, the first of a day (UTC) from this address. False: it was counted already.
  /// Errors: unavailable – a million were counted today: more would be a flood, or need more memory than they are worth.
  Result<bool> count(db::Database& db, TalkId talk, std::string_view address, Instant at);

 private:
  struct Today;
  std::unique_ptr<Today> today_;
};

/// Talks that nobody watched are left out.
Result<std::map<TalkId, std::int64_t>> views_of(db::Tx& tx, std::span<const TalkId> talks);

}  // namespace confer::recordings
