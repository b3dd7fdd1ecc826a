// Counting views (views.h).
#include "recordings/views.h"
#include <mutex>
#include <string>
#include <unordered_set>
#include "base/random.h"
#include "recordings/store.h"

namespace confer::recordings {

struct ViewCounter::Today {
  std::mutex mutex;
  // Guarded by mutex:
  std::chrono::sys_days day;
  std::string salt;
  std::unordered_set<std::string> counted;
};

ViewCounter::ViewCounter() : today_(std::make_unique<Today>()) {}
ViewCounter::~ViewCounter() = default;

Result<bool> ViewCounter::count(db::Database& db, TalkId talk, std::string_view address, Instant at) {
  constexpr std::size_t salt_bytes = 16, kept_characters = 16, most = 1'000'000;
  const auto day = std::chrono::floor<std::chrono::days>(at);
  std::string mark;
  {
    const std::scoped_lock lock(today_->mutex);
    if (today_->salt.empty() || today_->day != day) {
      today_->day = day;
      today_->salt = random_bytes(salt_bytes);
      today_->counted.clear();
    }
    mark = sha256_hex(today_->salt + std::to_string(talk.value) + " " + std::string(address)).substr(0, kept_characters);
    if (today_->counted.size() >= most) return fail(ErrorCode::unavailable, "No more views are counted today.");
    if (!today_->counted.insert(mark).second) return false;
  }
  const auto counted = [&]() -> Result<void> {
    TRY_ASSIGN(auto tx, db.begin_write());
    TRY(store::count_view(tx, talk));
    return tx.commit();
  }();
  if (!counted) {
    const std::scoped_lock lock(today_->mutex);
    today_->counted.erase(mark);
    return std::unexpected(counted.error());
  }
  return true;
}

Result<std::map<TalkId, std::int64_t>> views_of(db::Tx& tx, std::span<const TalkId> talks) { return store::views_of(tx, talks); }

}  // namespace confer::recordings
