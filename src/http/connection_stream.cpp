// A connection that became a stream of events: its beginning, its messages, its heartbeat.
#include <sys/socket.h>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <random>
#include "http/connection_inside.h"

namespace confer::http {

namespace {

constexpr std::size_t most_stream_backlog = 256 << 10;
constexpr std::chrono::seconds last_word_time{2};  ///< for a drained stream's client to hear of it

std::size_t random_below(std::size_t n) {
  static thread_local std::minstd_rand engine(std::random_device{}());
  return std::uniform_int_distribution<std::size_t>(0, n - 1)(engine);
}

/// When a stream's client should come back: 8 to 15 s, each its own, so that they do not come all at once.
std::string retry_line() { return "retry: " + std::to_string(8000 + random_below(7001)) + "\n"; }

}  // namespace

void Connection::check(Steady::time_point now) {
  if (now >= deadline_) {
    close();
    return;
  }
  if (!stream_ || !stream_->begun || now < stream_->next_heartbeat) return;
  static const auto heartbeat = std::make_shared<const std::string>(": \n\n");
  stream_->next_heartbeat = now + loop_.core.options.stream_heartbeat;
  push(heartbeat);
}

void Connection::drain() {
  if (stream_ && stream_->begun) {
    push(std::make_shared<const std::string>(retry_line() + "\n"));
    stream_->ending = true;
    write_stream();
  } else if (!busy_ && in_.empty()) {
    if (served_)
      close();
    else
      deadline_ = std::min(deadline_, Steady::now() + std::chrono::seconds(1));  // its first request may be on its way
  }
}

asio::awaitable<void> Connection::stream() {
  ASSERT(loop_.core.app.events != nullptr);
  EventHub::Impl& hub = loop_.core.app.events->impl();
  in_ = {};
  begun_.reset();
  deadline_ = Steady::time_point::max();
  const std::string topic = stream_->topic;
  const std::string opening = hub.subscribe(loop_, topic, stream_->last_id);
  loop_.streams[topic].push_back(this);
  ++loop_.core.streams;
  stream_->begun = true;
  stream_->next_heartbeat =
      Steady::now() + std::chrono::milliseconds(1 + random_below(static_cast<std::size_t>(loop_.core.options.stream_heartbeat.count()) * 1000));
  push(std::make_shared<const std::string>(retry_line() + (opening.empty() ? "\n" : opening)));
  if (loop_.core.draining) drain();
  std::size_t said = 0;  // a client has nothing to say on a stream
  while (!closed_ && said < (64U << 10)) {
    const bool goes_on = co_await wait(tcp::socket::wait_read);
    if (!goes_on) break;
    std::string_view got;
    const Io io = read_some(got);
    if (io == Io::closed) break;
    said += got.size();
  }
  closed_ = true;
  hub.unsubscribe(loop_, topic);
  --loop_.core.streams;
  std::vector<Connection*>& listeners = loop_.streams[topic];
  std::erase(listeners, this);
  if (listeners.empty()) loop_.streams.erase(topic);
  boost::system::error_code ignored;
  socket_.cancel(ignored);  // a write that waits
}

void Connection::push(const std::shared_ptr<const std::string>& message) {
  if (closed_ || stream_->ending) return;
  if (stream_->pending_bytes + message->size() > most_stream_backlog) {  // it comes back with its Last-Event-ID
    close();
    return;
  }
  stream_->pending_bytes += message->size();
  stream_->pending.push_back(message);
  write_stream();
}

void Connection::write_stream() {
  Stream& stream = *stream_;
  if (stream.writing || closed_) return;
  while (!stream.pending.empty()) {
    Output output;
    for (std::size_t i = 0; i < stream.pending.size() && !output.is_full(); ++i)
      output.add(std::string_view(*stream.pending[i]).substr(i == 0 ? stream.offset : 0));
    const std::uint64_t before = loop_.bytes_sent.get();
    const Io io = write_some(output);
    std::size_t written = static_cast<std::size_t>(loop_.bytes_sent.get() - before);
    stream.pending_bytes -= written;
    written += stream.offset;
    std::size_t gone = 0;
    while (gone < stream.pending.size() && written >= stream.pending[gone]->size()) written -= stream.pending[gone++]->size();
    stream.pending.erase(stream.pending.begin(), stream.pending.begin() + static_cast<std::ptrdiff_t>(gone));
    stream.offset = written;
    if (io == Io::closed) {
      close();
      return;
    }
    if (io != Io::done) {
      stream.writing = true;
      deadline_ = Steady::now() + loop_.core.options.write_timeout;
      const auto what = io == Io::want_read ? tcp::socket::wait_read : tcp::socket::wait_write;
      socket_.async_wait(what, [self = shared_from_this()](const boost::system::error_code& error) {
        self->stream_->writing = false;
        if (error || self->closed_) return;
        self->deadline_ = Steady::time_point::max();
        self->write_stream();
      });
      return;
    }
  }
  if (!stream.ending) return;
  if (tls_) tls_->close();
  boost::system::error_code ignored;
  socket_.shutdown(tcp::socket::shutdown_send, ignored);
  deadline_ = Steady::now() + last_word_time;
}

}  // namespace confer::http
