// Server-sent events: topics, subscribers, and the last messages for those who come back.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace confer::http {

/// Thread-safe. Each topic keeps its last 256 messages, so that a client's Last-Event-ID is answered with what it missed,
/// or with one `reset` event when that is no longer known.
class EventHub {
 public:
  EventHub();
  ~EventHub();
  /// `id` grows within a topic (the journal's position). `data` has no line breaks.
  void publish(std::string_view topic, std::int64_t id, std::string_view event, std::string_view data);
  /// Everything after `id` will be published here: a client whose Last-Event-ID is `id` or later has missed nothing before the first message.
  /// Call it once at the start, with the journal's last position; without it, clients from before the start are told to reset.
  void complete_from(std::int64_t id);
  std::size_t subscribers() const;
  struct Impl;
  Impl& impl() { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace confer::http
