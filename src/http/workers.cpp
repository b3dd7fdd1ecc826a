// The threads that run handlers, which may block.
#include "http/workers.h"
#include <algorithm>

namespace confer::http {

void Workers::begin() {
  while (threads_.size() < static_cast<std::size_t>(std::max(1, count_))) threads_.emplace_back([this] { run(); });
}

bool Workers::push(Work work) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || queue_.size() >= longest_queue) return false;
    begin();
    queue_.push_back(std::move(work));
  }
  changed_.notify_one();
  return true;
}

void Workers::push_always(Work work) {
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_) {
      begin();
      queue_.push_back(std::move(work));
      work = nullptr;
    }
  }
  changed_.notify_one();
  if (work) work();
}

void Workers::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_)
    if (thread.joinable()) thread.join();
}

void Workers::run() {
  while (true) {
    Work work;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;
      work = std::move(queue_.front());
      queue_.pop_front();
    }
    work();
  }
}

}  // namespace confer::http
