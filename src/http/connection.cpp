// One client's connection: its life, the requests that it sends, and those that are answered at once.
#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include "base/log.h"
#include "http/characters.h"
#include "http/connection_inside.h"
#include "http/cookies.h"

namespace confer::http {

Connection::Connection(Loop& loop, tcp::socket socket, const Address& peer) : loop_(loop), socket_(std::move(socket)), peer_(peer) {
  place = loop_.connections.size();
  loop_.connections.push_back(this);
}

Connection::~Connection() {
  loop_.connections[place] = loop_.connections.back();
  loop_.connections[place]->place = place;
  loop_.connections.pop_back();
  tls_.reset();
  boost::system::error_code ignored;
  socket_.close(ignored);
  loop_.core.leave(peer_);
}

void Connection::close() {
  closed_ = true;  // whoever waits for the socket ends now, a running handler's answer is dropped
  boost::system::error_code ignored;
  socket_.cancel(ignored);
}

asio::awaitable<void> Connection::run() {
  const std::shared_ptr<Connection> self = shared_from_this();
  const ServerOptions& options = loop_.core.options;
  if (std::shared_ptr<const TlsContext> context = loop_.core.tls()) {
    tls_ = std::make_unique<TlsStream>(std::move(context), socket_.native_handle());
    const bool secured = co_await handshake();
    if (!secured) co_return;
  }
  deadline_ = Steady::now() + options.header_timeout;
  std::string_view bytes;
  while (!closed_) {
    const Step step = consume(bytes);
    keep(bytes);
    if (!loop_.output.empty()) {
      const Io io = write_some(loop_.output);
      if (io == Io::closed) {
        loop_.output.clear();
        co_return;
      }
      if (io != Io::done) {
        const auto rest = std::make_unique<Output>(std::move(loop_.output));
        loop_.output.owner_count = 0;
        loop_.output.clear();
        busy_ = true;
        const bool sent = co_await send(*rest);
        busy_ = false;
        if (!sent) co_return;
        deadline_ = loop_.now + options.idle_timeout;
      }
    }
    loop_.output.clear();
    if (step == Step::close) {
      co_await linger();
      co_return;
    }
    if (step == Step::handle) {
      busy_ = true;
      const After after = co_await handle(*exchange_);
      busy_ = false;
      exchange_.reset();
      served_ = true;
      if (after == After::stream) co_await stream();
      if (after != After::next_request) co_return;
      deadline_ = Steady::now() + (in_.empty() ? options.idle_timeout : options.header_timeout);
    }
    if (step != Step::more) {
      bytes = in_;
      continue;
    }
    if (loop_.core.draining && in_.empty() && served_) co_return;
    std::string_view got;
    const bool goes_on = tls_ ? co_await receive_secured(got) : co_await receive_plain(got);
    if (!goes_on) co_return;
    if (in_.empty()) {
      bytes = got;
    } else {
      in_.append(got);
      bytes = in_;
    }
  }
}

/// What stays of `bytes` is kept for the next turn; an idle connection holds no buffer.
void Connection::keep(std::string_view bytes) {
  if (bytes.empty()) {
    if (!in_.empty()) {
      in_.clear();
      if (in_.capacity() > 1024) in_.shrink_to_fit();
    }
    return;
  }
  if (!in_.empty() && bytes.data() >= in_.data() && bytes.data() < in_.data() + in_.size())
    in_.erase(0, static_cast<std::size_t>(bytes.data() - in_.data()));
  else
    in_.assign(bytes);
}

/// Answers requests from `bytes` (which is shortened) as long as their answers are ready.
Connection::Step Connection::consume(std::string_view& bytes) {
  const ServerOptions& options = loop_.core.options;
  const Application& app = loop_.core.app;
  RequestHead& head = loop_.head;
  while (true) {
    if (bytes.empty()) return Step::more;
    if (loop_.output.is_full()) return Step::again;
    if (searched_ == 0) deadline_ = loop_.now + options.header_timeout;  // a head has begun
    const HeadResult read = read_head(bytes, options.max_header_bytes, searched_, head);
    if (read.state == HeadState::incomplete) return Step::more;
    searched_ = 0;
    loop_.requests.add(1);
    if (read.state == HeadState::refused) {
      answer_on_loop(*read.why, {});
      bytes = {};
      return Step::close;
    }
    const bool is_get = head.method == "GET", is_head = !is_get && head.method == "HEAD";
    if (app.ready && (is_get || is_head) && !head.has_body()) {
      std::shared_ptr<const Ready> ready;
      if (is_plain_path(head.path))
        ready = app.ready(head.path, head.query, head.accept_language, head.cookie);
      else if (const std::optional<std::string> path = decode_path(head.path))
        ready = app.ready(*path, head.query, head.accept_language, head.cookie);
      if (ready) {
        const ReadyChoice choice = choose_form(*ready, head.accept_encoding, head.if_none_match, head.if_modified_since);
        const bool keep_alive = head.keep_alive && !loop_.core.draining.load(std::memory_order_relaxed);
        Output& output = loop_.output;
        output.own(std::move(ready));
        if (output.owner_count == 1) output.own(loop_.date);
        output.add(choice.head);
        output.add(*loop_.date);
        output.add(keep_alive ? "\r\n" : "Connection: close\r\n\r\n");
        if (is_get) output.add(choice.body, choice.pages);
        loop_.ready_hits.add(1);
        served_ = true;
        if (options.access_log)
          log(LogTopic::http, "request",
              {{"method", head.method}, {"ready", head.path}, {"status", choice.status}, {"bytes", is_get ? choice.body.size() : 0}});
        bytes.remove_prefix(read.size);
        deadline_ = loop_.now + options.idle_timeout;
        if (!keep_alive) return Step::close;
        continue;
      }
    }
    exchange_ = make_exchange();
    bytes.remove_prefix(read.size);
    const RateClass rate = exchange_->route != nullptr ? exchange_->route->rate : RateClass::page;
    if (options.rate_limits) {
      const Result<Address> client = parse_address(exchange_->request.remote_address);
      const double factor = client && loop_.core.is_venue(*client) ? options.venue_factor : 1;
      if (const auto wait_time = loop_.core.limiter.count(rate, session_of(head, rate), client.value_or(peer_), factor, Steady::now())) {
        loop_.rate_limited.add(1);
        answer_on_loop(refusal::too_many, wait_time, rate == RateClass::api ? Reader::program : Reader::person);
        const bool goes_on = !exchange_->has_body && exchange_->keep_alive && !loop_.core.draining;
        exchange_.reset();
        if (goes_on) continue;
        return Step::close;
      }
    }
    return Step::handle;
  }
}

void Connection::count_answer(int status) {
  if (status >= 500)
    loop_.errors_5xx.add(1);
  else if (status >= 400)
    loop_.errors_4xx.add(1);
}

void Connection::add_answer(Output& output, const Answer& answer, bool keep_alive) {
  if (output.owner_count == 0) output.own(loop_.date);
  output.add(answer.head);
  output.add(*loop_.date);
  output.add(keep_alive ? "\r\n" : "Connection: close\r\n\r\n");
  if (!answer.topic.empty()) return;
  output.add(answer.body);
  output.add(answer.ready_body);
}

/// A refusal that needs no page: it goes out with what is ready.
void Connection::answer_on_loop(const Refusal& why, std::optional<std::chrono::seconds> retry_after, Reader reader) {
  auto answer = std::make_shared<Answer>(refuse(why, retry_after, reader));
  count_answer(answer->status);
  const bool keep_alive = exchange_ && exchange_->keep_alive && !exchange_->has_body && !loop_.core.draining;
  if (loop_.output.owner_count == 0) loop_.output.own(loop_.date);
  add_answer(loop_.output, *answer, keep_alive);
  loop_.output.own(std::move(answer));
}

std::string_view Connection::session_of(const RequestHead& head, RateClass rate) const {
  if (rate == RateClass::api)
    for (std::size_t i = 0; i < head.header_count; ++i)
      if (same_name(head.headers[i].first, "Authorization")) return head.headers[i].second;
  return cookie_in(head.cookie, loop_.core.options.session_cookie);
}

std::unique_ptr<Exchange> Connection::make_exchange() {
  const RequestHead& head = loop_.head;
  Asked asked{.remote_address = {}, .secure = tls_ != nullptr};
  if (is_in(loop_.core.trusted, peer_)) {
    std::string forwarded_for;
    for (std::size_t i = 0; i < head.header_count; ++i) {
      const auto& [name, value] = head.headers[i];
      if (same_name(name, "X-Forwarded-For")) forwarded_for.append(forwarded_for.empty() ? "" : ",").append(value);
      if (same_name(name, "X-Forwarded-Proto")) asked.secure = same_name(value, "https");
    }
    asked.remote_address = to_text(client_address(peer_, forwarded_for, loop_.core.trusted));
  } else {
    asked.remote_address = to_text(peer_);
  }
  return std::make_unique<Exchange>(loop_.core.options, loop_.core.app, head, std::move(asked));
}

}  // namespace confer::http
