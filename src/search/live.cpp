// The index of a database, kept up to date.
#include "search/live.h"

#include <utility>
#include <vector>

#include "search/store.h"

namespace confer::search {
namespace {

Result<std::unique_ptr<Index>> read_all(db::Tx& tx) {
  auto index = std::make_unique<Index>();
  TRY(each_document(tx, [&](const Row& row) { index->put(row); }));
  index->prepare();
  return index;
}

}  // namespace

Result<Live::Reading> Live::read(db::Tx& tx) {
  Reading reading;
  if (has_changes(tx)) {
    TRY_ASSIGN(auto own, read_all(tx));
    reading.own_ = std::move(own);
    return reading;
  }
  TRY_ASSIGN(const std::int64_t version, read_version(tx));
  while (true) {
    reading.lock_ = std::shared_lock(mutex_);
    if (index_ && version_ >= version) {
      reading.shared_ = index_;
      return reading;
    }
    reading.lock_.unlock();
    TRY(catch_up(tx, version));
  }
}

Result<void> Live::catch_up(db::Tx& tx, std::int64_t version) {
  std::lock_guard updating(updating_);
  // Nobody else changes these while `updating_` is held.
  if (index_ && version_ >= version) return {};
  if (index_ && !index_->is_worn()) {
    TRY_ASSIGN(const auto changed, changes_between(tx, version_, version));
    if (changed) {
      TRY_ASSIGN(const auto rows, list_documents(tx, *changed));
      std::unique_lock lock(mutex_);
      for (const std::int64_t id : *changed) index_->remove(id);
      for (const Row& row : rows) index_->put(row);
      index_->prepare();
      version_ = version;
      return {};
    }
  }
  TRY_ASSIGN(auto made, read_all(tx));
  std::unique_lock lock(mutex_);
  index_ = std::move(made);
  version_ = version;
  return {};
}

void Live::forget() {
  std::lock_guard updating(updating_);
  std::unique_lock lock(mutex_);
  index_ = nullptr;
  version_ = -1;
}

std::shared_ptr<Live> live_of(db::Database& db) {
  return std::static_pointer_cast<Live>(db.kept("search", []() -> std::shared_ptr<void> { return std::make_shared<Live>(); }));
}

}  // namespace confer::search
