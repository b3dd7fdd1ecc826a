// The threads that run handlers, which may block.
#pragma once
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace confer::http {

/// A bounded queue: when it is full the server is overloaded, and says so instead of answering minutes later.
/// The threads begin with the first work.
class Workers {
 public:
  explicit Workers(int count) : count_(count) {}
  ~Workers() { stop(); }
  using Work = std::move_only_function<void()>;
  /// False when the queue is full.
  bool push(Work work);
  /// For what must run whatever the load: clearing up after a broken upload.
  void push_always(Work work);
  /// Runs what is queued, then ends the threads.
  void stop();

 private:
  void run();
  void begin();  ///< under mutex_
  const int count_;
  static constexpr std::size_t longest_queue = 4096;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Work> queue_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace confer::http
