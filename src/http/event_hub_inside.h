// The side of the event hub that the server's loops see.
#pragma once
#include <deque>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include "http/event_hub.h"

namespace confer::http {

/// A thread that holds streams.
class StreamLoop {
 public:
  /// Called under the hub's lock from any thread: hands the message over to the loop's own thread, in order.
  virtual void deliver(const std::string& topic, std::shared_ptr<const std::string> message) = 0;

 protected:
  ~StreamLoop() = default;
};

struct EventHub::Impl {
  static constexpr std::size_t kept = 256;
  static constexpr std::int64_t unknown = std::numeric_limits<std::int64_t>::max();
  struct Message {
    std::int64_t id;
    std::shared_ptr<const std::string> bytes;
  };
  struct Topic {
    std::deque<Message> last;
    std::int64_t complete_from = unknown;  ///< every message with a greater id is in `last`
    std::map<StreamLoop*, std::size_t> listeners;
  };
  mutable std::mutex mutex;
  std::map<std::string, Topic, std::less<>> topics;
  std::int64_t complete_from = unknown;
  std::size_t count = 0;

  /// Counts a stream in and returns what it is sent first: what it missed since `last_id`, or a reset, or where it begins.
  /// What is published later is delivered to `loop`, nothing twice and nothing lost between.
  std::string subscribe(StreamLoop& loop, const std::string& topic, std::optional<std::int64_t> last_id);
  void unsubscribe(StreamLoop& loop, const std::string& topic);

 private:
  Topic& topic_of(std::string_view name);
  friend class EventHub;
};

}  // namespace confer::http
