// LISTEN and NOTIFY on connections of their own.
#pragma once
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

struct pg_conn;

namespace confer::db::postgres {

/// Channels are those of one schema: two installations in one database do not hear each other.
class Listener {
 public:
  Listener(std::string url, const std::string& schema);
  ~Listener();
  /// Sends on a connection kept for this; reconnects once. What cannot be sent is logged: listeners look again when they reconnect.
  void notify(std::string_view channel, std::string_view payload);
  /// Returns when the server listens, so that whatever is told afterwards is heard; without a connection it goes on trying in the background.
  void listen(std::string_view channel, std::function<void(std::string_view)> heard);

 private:
  std::string physical_name(std::string_view channel) const;
  void run();
  bool connect();
  void tell(const std::string& physical, std::string_view payload);
  void wake();

  const std::string url_;
  const std::string schema_;

  std::mutex sending_mutex_;
  pg_conn* sender_ = nullptr;

  std::mutex mutex_;
  std::multimap<std::string, std::function<void(std::string_view)>> heard_;
  std::condition_variable listening_;
  std::size_t wanted_ = 0, active_ = 0;  // number of listeners asked for, and known to the server
  bool connection_failed_ = false;
  bool stopping_ = false;
  int wake_pipe_[2] = {-1, -1};
  pg_conn* receiver_ = nullptr;  // only the thread touches it
  std::thread thread_;
};

}  // namespace confer::db::postgres
