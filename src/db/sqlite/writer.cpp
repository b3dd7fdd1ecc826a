// The one connection that writes to a SQLite file, and the group commit on it.
#include "db/sqlite/writer.h"
#include <algorithm>
#include "base/log.h"
#include "db/engine.h"
#include "db/sqlite/raw.h"

namespace confer::db::sqlite {

Result<void> Writer::take_turn() {
  std::unique_lock lock(mutex_);
  if (taken_ && owner_ == std::this_thread::get_id()) {
    return fail(ErrorCode::internal, "This action could not be completed.", "a write transaction was begun inside another one of the same thread");
  }
  if (taken_) {
    Waiter self;
    queue_.push_back(&self);
    if (!self.granted_signal.wait_for(lock, longest_wait, [&] { return self.granted; })) {
      queue_.erase(std::ranges::find(queue_, &self));
      return fail(ErrorCode::unavailable, "The database is busy; please try again.", "waited 30 s for the turn to write");
    }
  }
  taken_ = true;
  owner_ = std::this_thread::get_id();
  return {};
}

void Writer::pass_turn() {
  owner_ = {};
  if (queue_.empty()) {
    taken_ = false;
    return;
  }
  auto* next = queue_.front();
  queue_.pop_front();
  next->granted = true;
  next->granted_signal.notify_one();
}

Result<void> Writer::enter() {
  TRY(take_turn());
  auto* handle = connection_->sqlite();
  if (!group_) {
    if (auto begun = script(handle, "BEGIN IMMEDIATE"); !begun) {
      std::lock_guard lock(mutex_);
      pass_turn();
      return begun;
    }
    group_ = std::make_shared<Group>();
    group_->started = std::chrono::steady_clock::now();
    // Whoever opens the transaction is alone in it. A savepoint would keep a copy of every page that a large import changes, and each of its statements would
    // walk through all of them.
    has_savepoint_ = false;
    return {};
  }
  has_savepoint_ = true;
  if (auto saved = script(handle, "SAVEPOINT action"); !saved) {
    // Others of the group may have been acknowledged to nobody yet: they learn from the group's end.
    (void)leave(Part::undone);
    return saved;
  }
  return {};
}

Result<void> Writer::commit() {
  auto* handle = connection_->sqlite();
  if (in_transaction(handle)) {
    if (has_unresolved_references(handle)) {
      roll_back();
      return fail(ErrorCode::conflict, "Something that this refers to is missing, or still refers to it.", "FOREIGN KEY");
    }
    if (has_savepoint_) {
      if (auto released = script(handle, "RELEASE action"); !released) {
        roll_back();
        return released;
      }
    }
  }
  return leave(Part::committed);
}

void Writer::roll_back() {
  auto* handle = connection_->sqlite();
  if (in_transaction(handle) && has_savepoint_) {
    if (auto undone = script(handle, "ROLLBACK TO action; RELEASE action"); !undone) {
      // What cannot be undone alone must not be committed with the others.
      log(LogTopic::db, LogLevel::error, "savepoint could not be rolled back", {{"detail", undone.error().detail}});
      (void)script(handle, "ROLLBACK");
    }
  } else if (in_transaction(handle)) {
    (void)script(handle, "ROLLBACK");
  }
  (void)leave(Part::undone);
}

/// The physical end of the group: COMMIT, or ROLLBACK when nothing is left of it. Tells everybody who waits for it.
void Writer::end_group() {
  auto* handle = connection_->sqlite();
  std::optional<Error> error;
  if (!in_transaction(handle)) {
    error = Error{ErrorCode::unavailable, "The database could not store this; nothing was changed.", "SQLite rolled the transaction back by itself"};
  } else if (auto ended = script(handle, group_->actions == 0 ? "ROLLBACK" : "COMMIT"); !ended) {
    error = std::move(ended).error();
    if (in_transaction(handle)) (void)script(handle, "ROLLBACK");
  }
  auto group = std::move(group_);
  group_.reset();
  std::lock_guard lock(mutex_);
  ++groups_ended_;
  group->done = true;
  group->error = std::move(error);
  group->ended.notify_all();
}

Result<void> Writer::leave(Part part) {
  auto group = group_;
  if (part == Part::committed) ++group->actions;
  const bool may_go_on =
      group->actions < limits_.actions && std::chrono::steady_clock::now() - group->started < limits_.age && in_transaction(connection_->sqlite());
  std::unique_lock lock(mutex_);
  if (!may_go_on || queue_.empty()) {
    lock.unlock();
    end_group();
    lock.lock();
  }
  pass_turn();
  if (part == Part::undone) return {};
  group->ended.wait(lock, [&] { return group->done; });
  if (group->error) return std::unexpected(*group->error);
  return {};
}

Result<void> Writer::alone(const std::function<Result<void>(Connection&)>& work) {
  TRY(take_turn());
  // The turn may have been handed on with a group open: it ends first, with everything in it.
  if (group_) end_group();
  auto result = work(*connection_);
  std::lock_guard lock(mutex_);
  pass_turn();
  return result;
}

bool Writer::try_alone(const std::function<void(Connection&)>& work) {
  {
    std::lock_guard lock(mutex_);
    if (taken_) return false;
    taken_ = true;
    owner_ = std::this_thread::get_id();
  }
  work(*connection_);
  std::lock_guard lock(mutex_);
  pass_turn();
  return true;
}

std::size_t Writer::waiting() const {
  std::lock_guard lock(mutex_);
  return queue_.size();
}

std::int64_t Writer::groups_ended() const {
  std::lock_guard lock(mutex_);
  return groups_ended_;
}

}  // namespace confer::db::sqlite
