// A request that a handler answers: its body piece by piece, the handler on a worker, the answer.
#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>
#include "base/log.h"
#include "http/connection_inside.h"

namespace confer::http {

namespace {

constexpr std::size_t body_piece = 256 << 10;  ///< what a worker is given at once
/// Held in memory for each client while it is sent; a store is asked as often.
constexpr std::size_t source_piece = 1 << 20;
constexpr std::size_t small_body = 64 << 10;  ///< read whole before a worker is bothered

}  // namespace

/// Runs `work` on a worker; false (and nothing run) when too much waits already.
asio::awaitable<bool> Connection::on(Workers& workers, std::move_only_function<void()> work) {
  auto start = [this, &workers, &work](auto handler) {
    auto waiting = std::make_shared<decltype(handler)>(std::move(handler));
    const bool queued = workers.push([loop = &loop_, waiting, todo = std::move(work)]() mutable {
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

/// The next bytes of what lies elsewhere; false when they cannot be had.
asio::awaitable<bool> Connection::fetch_piece(Answer& answer, std::string& piece) {
  const std::size_t count = static_cast<std::size_t>(std::min<std::uint64_t>(answer.file_count, source_piece));
  Result<std::string> read;
  deadline_ = Steady::time_point::max();
  const bool queued = co_await on(loop_.core.fetchers, [&] { read = answer.source->read(answer.file_first, count); });
  if (!queued) co_return false;
  if (!read) {
    log(LogTopic::http, LogLevel::warning, "stored bytes cannot be fetched", {{"message", read.error().message}, {"detail", read.error().detail}});
    co_return false;
  }
  piece = std::move(*read);
  answer.file_first += piece.size();
  answer.file_count -= piece.size();
  co_return !closed_;
}

/// `piece` first, then the rest. What was begun and cannot be ended is broken off: the client must see a broken answer, not a wrong one.
asio::awaitable<bool> Connection::send_source(Answer& answer, std::string piece) {
  while (true) {
    const auto output = std::make_unique<Output>();
    output->add(piece);
    const bool sent = co_await send(*output);
    if (!sent) co_return false;
    if (answer.file_count == 0) co_return true;
    const bool fetched = co_await fetch_piece(answer, piece);
    if (!fetched) co_return false;
  }
}

asio::awaitable<bool> Connection::send_answer(Exchange& exchange, bool keep_alive) {
  std::string piece;
  if (exchange.answer.source) {
    // Before the head says that all is well.
    const bool fetched = co_await fetch_piece(exchange.answer, piece);
    if (!fetched) exchange.answer = refuse(refusal::store_away, std::chrono::seconds(30));
  }
  const auto output = std::make_unique<Output>();
  add_answer(*output, exchange.answer, keep_alive);
  const bool sent = co_await send(*output);
  if (!sent) co_return false;
  if (exchange.answer.source) co_return co_await send_source(exchange.answer, std::move(piece));
  if (!exchange.answer.file) co_return true;
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

}  // namespace confer::http
