// One client's connection: reading requests, answering, streaming.
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <charconv>
#include <random>
#include "base/log.h"
#include "http/characters.h"
#include "http/connection_inside.h"
#include "http/cookies.h"

namespace confer::http {

namespace {

constexpr std::size_t body_piece = 256 << 10;  ///< what a worker is given at once
constexpr std::size_t small_body = 64 << 10;   ///< read whole before a worker is bothered
constexpr std::size_t file_piece = 512 << 10;  ///< sent between two turns of other connections
constexpr std::size_t most_stream_backlog = 256 << 10;
constexpr std::chrono::seconds linger_time{2};
constexpr std::size_t most_lingering = 4 << 20;

std::size_t random_below(std::size_t n) {
  static thread_local std::minstd_rand engine(std::random_device{}());
  return std::uniform_int_distribution<std::size_t>(0, n - 1)(engine);
}

/// When a stream's client should come back: 8 to 15 s, each its own, so that they do not come all at once.
std::string retry_line() { return "retry: " + std::to_string(8000 + random_below(7001)) + "\n"; }

}  // namespace

void Output::advance(std::size_t bytes) {
  while (bytes > 0) {
    iovec& piece = pieces[first];
    const std::size_t step = std::min(bytes, piece.iov_len);
    piece.iov_base = static_cast<char*>(piece.iov_base) + step;
    piece.iov_len -= step;
    bytes -= step;
    if (piece.iov_len == 0) ++first;
  }
}

void Output::clear() {
  first = count = 0;
  for (std::size_t i = 0; i < owner_count; ++i) owners[i].reset();
  owner_count = 0;
}

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

// ---- moving bytes

Io Connection::read_some(std::string_view& got) {
  std::size_t count = 0;
  if (tls_) {
    const Io io = tls_->read(loop_.input.data(), loop_.input.size(), count);
    got = {loop_.input.data(), count};
    return io;
  }
  while (true) {
    const ssize_t received = recv(socket_.native_handle(), loop_.input.data(), loop_.input.size(), 0);
    if (received < 0 && errno == EINTR) continue;
    if (received < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return Io::want_read;
    if (received <= 0) return Io::closed;
    got = {loop_.input.data(), static_cast<std::size_t>(received)};
    return Io::done;
  }
}

Io Connection::write_some(Output& output) {
  while (!output.empty()) {
    std::size_t written = 0;
    if (tls_) {  // small pieces together in one record
      constexpr std::size_t record = 16 << 10;
      std::string& buffer = loop_.tls_output;
      buffer.clear();
      for (std::size_t i = output.first; i < output.count && buffer.size() < record; ++i)
        buffer.append(static_cast<const char*>(output.pieces[i].iov_base), std::min(output.pieces[i].iov_len, record - buffer.size()));
      const Io io = tls_->write(buffer.data(), buffer.size(), written);
      if (io != Io::done) return io;
    } else {
      msghdr message{};
      message.msg_iov = &output.pieces[output.first];
      message.msg_iovlen = output.count - output.first;
      const ssize_t sent = sendmsg(socket_.native_handle(), &message, MSG_NOSIGNAL);
      if (sent < 0 && errno == EINTR) continue;
      if (sent < 0) return errno == EAGAIN || errno == EWOULDBLOCK ? Io::want_write : Io::closed;
      written = static_cast<std::size_t>(sent);
    }
    loop_.bytes_sent.add(written);
    output.advance(written);
  }
  return Io::done;
}

asio::awaitable<bool> Connection::wait(tcp::socket::wait_type what) {
  if (closed_) co_return false;
  boost::system::error_code error;
  co_await socket_.async_wait(what, asio::redirect_error(asio::use_awaitable, error));
  co_return !error && !closed_;
}

asio::awaitable<bool> Connection::wait_for(Io io) {
  if (io == Io::closed || closed_) co_return false;
  if (tls_ && io == Io::want_read && tls_->has_pending()) co_return true;
  const auto what = io == Io::want_write ? tcp::socket::wait_write : tcp::socket::wait_read;
  co_return co_await wait(what);
}

asio::awaitable<bool> Connection::handshake() {
  deadline_ = Steady::now() + loop_.core.options.header_timeout;
  while (true) {
    const Io io = tls_->handshake();
    if (io == Io::done) co_return true;
    const bool goes_on = co_await wait_for(io);
    if (!goes_on) co_return false;
  }
}

asio::awaitable<bool> Connection::send(Output& output) {
  const auto began = Steady::now();
  std::uint64_t before = loop_.bytes_sent.get(), sent = 0;
  while (true) {
    before = loop_.bytes_sent.get();
    const Io io = write_some(output);
    sent += loop_.bytes_sent.get() - before;
    if (io == Io::done) co_return true;
    deadline_ = began + loop_.core.options.write_timeout + std::chrono::seconds(sent / std::max<std::size_t>(1, loop_.core.options.slowest_bytes_per_second));
    const bool goes_on = co_await wait_for(io);
    if (!goes_on) co_return false;
  }
}

asio::awaitable<bool> Connection::send_file(Answer& answer) {
  const auto began = Steady::now();
  std::uint64_t sent_bytes = 0;
  auto offset = static_cast<off_t>(answer.file_first);
  std::string buffer;
  while (answer.file_count > 0) {
    Io io = Io::done;
    const std::size_t room = static_cast<std::size_t>(std::min<std::uint64_t>(answer.file_count, file_piece));
    std::size_t moved = 0;
    if (tls_) {
      buffer.resize(std::min<std::size_t>(room, 64 << 10));
      const ssize_t count = pread(answer.file.descriptor(), buffer.data(), buffer.size(), offset);
      if (count <= 0) co_return false;  // the file became shorter: the client must see a broken answer, not a wrong one
      auto piece = std::make_unique<Output>();
      piece->add(std::string_view(buffer).substr(0, static_cast<std::size_t>(count)));
      const bool sent = co_await send(*piece);
      if (!sent) co_return false;
      moved = static_cast<std::size_t>(count);
      offset += count;
    } else {
      const ssize_t count = sendfile(socket_.native_handle(), answer.file.descriptor(), &offset, room);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) io = errno == EAGAIN || errno == EWOULDBLOCK ? Io::want_write : Io::closed;
      if (count == 0) co_return false;
      if (count > 0) {
        moved = static_cast<std::size_t>(count);
        loop_.bytes_sent.add(moved);
      }
    }
    answer.file_count -= moved;
    sent_bytes += moved;
    deadline_ =
        began + loop_.core.options.write_timeout + std::chrono::seconds(sent_bytes / std::max<std::size_t>(1, loop_.core.options.slowest_bytes_per_second));
    if (io == Io::done && moved > 0 && moved < file_piece && answer.file_count > 0) io = Io::want_write;
    if (io == Io::done) {
      co_await asio::post(loop_.context, asio::use_awaitable);  // others' turn
      if (closed_) co_return false;
    } else {
      const bool goes_on = co_await wait_for(io);
      if (!goes_on) co_return false;
    }
  }
  co_return true;
}

/// Sends the end and reads what is still coming for a while: closing at once would reset the connection and take the answer with it.
asio::awaitable<void> Connection::linger() {
  if (closed_) co_return;
  if (tls_) tls_->close();
  boost::system::error_code ignored;
  socket_.shutdown(tcp::socket::shutdown_send, ignored);
  deadline_ = Steady::now() + linger_time;
  std::size_t dropped = 0;
  while (dropped < most_lingering) {
    const bool goes_on = co_await wait(tcp::socket::wait_read);
    if (!goes_on) co_return;
    const ssize_t count = recv(socket_.native_handle(), loop_.input.data(), loop_.input.size(), 0);
    if (count == 0 || (count < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)) co_return;
    if (count > 0) dropped += static_cast<std::size_t>(count);
  }
}

// ---- requests

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
    while (true) {
      if (!tls_ || !tls_->has_pending()) {
        boost::system::error_code error;
        co_await socket_.async_wait(tcp::socket::wait_read, asio::redirect_error(asio::use_awaitable, error));
        if (error || closed_) co_return;
      }
      const Io io = read_some(got);
      if (io == Io::done) break;
      if (io == Io::want_write) {
        const bool goes_on = co_await wait(tcp::socket::wait_write);
        if (!goes_on) co_return;
      }
      if (io == Io::closed) co_return;
    }
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
        if (is_get) output.add(choice.body);
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

/// Runs `work` on a worker; false (and nothing run) when too much waits already.
asio::awaitable<bool> Connection::on_worker(std::move_only_function<void()> work) {
  auto start = [this, &work](auto handler) {
    auto waiting = std::make_shared<decltype(handler)>(std::move(handler));
    const bool queued = loop_.core.workers.push([loop = &loop_, waiting, todo = std::move(work)]() mutable {
      todo();
      todo = nullptr;
      asio::post(loop->context, [resumed = std::move(waiting)]() mutable { std::move (*resumed)(true); });
    });
    if (!queued) asio::post(loop_.context, [waiting]() mutable { std::move (*waiting)(false); });
  };
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(bool)>(start, asio::use_awaitable);
}

/// Reads until `into` holds `room` bytes or the body has ended. `broken` also when the client went away.
asio::awaitable<BodyState> Connection::read_body(Exchange& exchange, std::string& into, std::size_t room) {
  const ServerOptions& options = loop_.core.options;
  while (true) {
    if (!in_.empty()) {
      std::string_view bytes = in_;
      const std::size_t before = into.size();
      const BodyState state = exchange.decoder.decode(bytes, into, room - into.size());
      body_bytes_ += into.size() - before;
      keep(bytes);
      if (state != BodyState::more || into.size() >= room) co_return state;
    } else if (exchange.decoder.done()) {
      co_return BodyState::done;
    }
    deadline_ = body_began_ + options.body_grace + std::chrono::seconds(body_bytes_ / std::max<std::size_t>(1, options.slowest_bytes_per_second));
    std::string_view got;
    const Io io = read_some(got);
    if (io == Io::done) {
      in_.append(got);
      continue;
    }
    const bool goes_on = co_await wait_for(io);
    if (!goes_on) {
      closed_ = true;
      co_return BodyState::broken;
    }
  }
}

/// The body of a request that has one. False: the connection is of no more use. When `exchange.answer` has a head, it is the answer already.
asio::awaitable<bool> Connection::receive_body(Exchange& exchange) {
  body_began_ = Steady::now();
  body_bytes_ = 0;
  std::string piece;
  BodyState state = BodyState::more;
  if (!exchange.expects_continue) {
    state = co_await read_body(exchange, piece, small_body);
    if (state == BodyState::done && piece.size() <= exchange.max_body_bytes) {
      const bool queued = co_await on_worker([&exchange, &piece] {
        if (exchange.admit() && (piece.empty() || exchange.take(piece))) exchange.respond();
      });
      if (!queued) exchange.answer = refuse(refusal::overloaded, std::chrono::seconds(10));
      deadline_ = Steady::time_point::max();
      co_return true;
    }
  }
  bool fine = false;
  if (state == BodyState::more) {  // large or slow: who may not is told before the rest comes
    deadline_ = Steady::time_point::max();
    const bool queued = co_await on_worker([&] { fine = exchange.admit(); });
    if (!queued) exchange.answer = refuse(refusal::overloaded, std::chrono::seconds(10));
    if (!queued || !fine) {
      exchange.keep_alive = false;
      co_return true;
    }
    if (exchange.expects_continue && in_.empty()) {
      const auto output = std::make_unique<Output>();
      output->add("HTTP/1.1 100 Continue\r\n\r\n");
      const bool sent = co_await send(*output);
      if (!sent) co_return false;
    }
    body_began_ = Steady::now();
  }
  bool too_large = false;
  while (true) {
    if (body_bytes_ > exchange.max_body_bytes) too_large = true;
    if (too_large || state == BodyState::broken) break;
    fine = true;
    if (!piece.empty()) {
      deadline_ = Steady::time_point::max();
      const bool queued = co_await on_worker([&] { fine = exchange.take(piece); });
      if (!queued) exchange.answer = refuse(refusal::overloaded, std::chrono::seconds(10));
      if (!queued || !fine) {
        exchange.keep_alive = false;
        co_return true;
      }
      piece.clear();
    }
    if (state == BodyState::done) co_return true;
    state = co_await read_body(exchange, piece, body_piece);
  }
  exchange.keep_alive = false;
  if (closed_) {
    if (exchange.keeps_what_came() && !piece.empty())
      co_await on_worker([&] {
        if (exchange.admit()) exchange.take(piece);
      });
    co_return false;
  }
  exchange.answer = refuse(too_large ? refusal::too_large : refusal::bad_request);
  co_return true;
}

asio::awaitable<bool> Connection::send_answer(Exchange& exchange, bool keep_alive) {
  const auto output = std::make_unique<Output>();
  add_answer(*output, exchange.answer, keep_alive);
  const bool sent = co_await send(*output);
  if (!sent || !exchange.answer.file) co_return sent;
  co_return co_await send_file(exchange.answer);
}

asio::awaitable<Connection::After> Connection::handle(Exchange& exchange) {
  const auto began = Steady::now();
  bool received = true;
  deadline_ = Steady::time_point::max();  // handlers take their time; what reads and writes sets its own
  if (const Refusal* why = exchange.refused()) {
    const bool queued = co_await on_worker([&exchange, why] { exchange.respond_refused(*why); });
    if (!queued) exchange.answer = refuse(*why);
  } else if (exchange.has_body) {
    received = co_await receive_body(exchange);
  }
  if (received && exchange.answer.head.empty()) {
    deadline_ = Steady::time_point::max();
    const bool queued = co_await on_worker([&exchange] { exchange.respond(); });
    if (!queued) exchange.answer = refuse(refusal::overloaded, std::chrono::seconds(10));
  }
  const bool whole = exchange.decoder.done();
  const bool keep_alive = received && whole && exchange.keep_alive && !exchange.answer.close && !loop_.core.draining;
  const bool sent = received && !closed_ && co_await send_answer(exchange, keep_alive);
  count_answer(exchange.answer.status);
  if (loop_.core.options.access_log) {
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - began);
    log(LogTopic::http, "request",
        {{"method", name_of(exchange.request.method)},
         {"route", exchange.route != nullptr ? std::string_view(exchange.route->pattern) : std::string_view("none")},
         {"status", exchange.answer.status},
         {"bytes", exchange.answer.body.size()},
         {"us", took.count()}});
  }
  if (sent && !exchange.answer.topic.empty()) {
    stream_ = std::make_unique<Stream>();
    stream_->topic = std::move(exchange.answer.topic);
    std::int64_t last_id = 0;
    const std::string_view sent_id = exchange.request.header("Last-Event-ID");
    const auto [end, error] = std::from_chars(sent_id.data(), sent_id.data() + sent_id.size(), last_id);
    if (!sent_id.empty()) stream_->last_id = error == std::errc{} && end == sent_id.data() + sent_id.size() ? last_id : -1;  // an odd one is told to reset
    co_return After::stream;
  }
  if (!whole) loop_.core.workers.push_always([abandoned = std::move(exchange_)] { abandoned->abandon(); });
  if (!sent) co_return After::close;
  if (!keep_alive) co_await linger();
  co_return keep_alive ? After::next_request : After::close;
}

// ---- streams

asio::awaitable<void> Connection::stream() {
  ASSERT(loop_.core.app.events != nullptr);
  EventHub::Impl& hub = loop_.core.app.events->impl();
  in_ = {};
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
  deadline_ = Steady::now() + linger_time;
}

}  // namespace confer::http
