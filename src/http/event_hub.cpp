// Server-sent events: topics, subscribers, and the last messages for those who come back.
#include "http/event_hub.h"
#include <algorithm>
#include "base/result.h"
#include "http/event_hub_inside.h"

namespace confer::http {

EventHub::EventHub() : impl_(std::make_unique<Impl>()) {}
EventHub::~EventHub() = default;

EventHub::Impl::Topic& EventHub::Impl::topic_of(std::string_view name) {
  const auto found = topics.find(name);
  if (found != topics.end()) return found->second;
  Topic& topic = topics[std::string(name)];
  topic.complete_from = complete_from;
  return topic;
}

void EventHub::publish(std::string_view topic, std::int64_t id, std::string_view event, std::string_view data) {
  ASSERT(event.find_first_of("\r\n") == std::string_view::npos && data.find_first_of("\r\n") == std::string_view::npos);
  auto bytes = std::make_shared<std::string>("id: " + std::to_string(id) + "\n");
  if (!event.empty()) bytes->append("event: ").append(event).append("\n");
  bytes->append("data: ").append(data).append("\n\n");
  const std::lock_guard lock(impl_->mutex);
  Impl::Topic& of = impl_->topic_of(topic);
  if (!of.last.empty() && of.last.back().id >= id) return;  // told already
  of.last.push_back({id, bytes});
  if (of.last.size() > Impl::kept) {
    of.complete_from = of.last.front().id;
    of.last.pop_front();
  }
  const std::string name(topic);
  for (const auto& [loop, count] : of.listeners) loop->deliver(name, bytes);
}

void EventHub::complete_from(std::int64_t id) {
  const std::lock_guard lock(impl_->mutex);
  impl_->complete_from = id;
  for (auto& [name, topic] : impl_->topics)
    if (topic.complete_from == Impl::unknown) topic.complete_from = id;
}

std::size_t EventHub::subscribers() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->count;
}

std::string EventHub::Impl::subscribe(StreamLoop& loop, const std::string& name, std::optional<std::int64_t> last_id) {
  const std::lock_guard lock(mutex);
  Topic& topic = topic_of(name);
  ++topic.listeners[&loop];
  ++count;
  const std::int64_t newest = !topic.last.empty() ? topic.last.back().id : topic.complete_from;
  const std::string here = newest == unknown ? "" : "id: " + std::to_string(newest) + "\n";
  if (!last_id) return here.empty() ? "" : here + "\n";  // from now on; the id is what an idle client comes back with
  const bool known =
      *last_id >= topic.complete_from || std::any_of(topic.last.begin(), topic.last.end(), [&](const Message& message) { return message.id == *last_id; });
  if (!known) return here + "event: reset\ndata: {}\n\n";
  std::string missed;
  for (const Message& message : topic.last)
    if (message.id > *last_id) missed += *message.bytes;
  return missed;
}

void EventHub::Impl::unsubscribe(StreamLoop& loop, const std::string& name) {
  const std::lock_guard lock(mutex);
  const auto topic = topics.find(name);
  ASSERT(topic != topics.end());
  const auto listeners = topic->second.listeners.find(&loop);
  ASSERT(listeners != topic->second.listeners.end());
  --count;
  if (--listeners->second == 0) topic->second.listeners.erase(listeners);
  if (topic->second.listeners.empty() && topic->second.last.empty()) topics.erase(topic);
}

}  // namespace confer::http
