// The server's insides: what all loops share, a loop, a connection. Includes Asio: only connection*.cpp and server.cpp may include this.
#pragma once
#include <sys/uio.h>
#include <array>
#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>
#include "http/address.h"
#include "http/event_hub_inside.h"
#include "http/exchange.h"
#include "http/head.h"
#include "http/limits.h"
#include "http/server.h"
#include "http/tls.h"
#include "http/workers.h"

namespace confer::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using Steady = std::chrono::steady_clock;

/// What all loops of one server share.
struct Core {
  Core(ServerOptions o, Application a) : options(std::move(o)), app(std::move(a)), workers(options.worker_threads) {}
  ServerOptions options;
  Application app;
  std::vector<Network> trusted, venue;
  RateLimiter limiter;
  Workers workers;
  /// Threads of their own for what waits for another machine: one that is slow keeps no page waiting.
  Workers fetchers{8};
  void stop_workers();
  std::atomic<bool> draining = false;
  std::atomic<std::size_t> connections = 0, streams = 0;

  std::shared_ptr<const TlsContext> tls() const;  ///< null: plain HTTP
  void set_tls(std::shared_ptr<const TlsContext> context);
  /// Counts a connection of that address in; false when it has too many.
  bool enter(const Address& peer);
  void leave(const Address& peer);
  bool is_venue(const Address& address) const { return is_in(venue, address); }
  /// Waits until no connection is left.
  bool wait_until_empty(std::chrono::milliseconds most);

 private:
  mutable std::mutex tls_mutex_;
  std::shared_ptr<const TlsContext> tls_;
  std::mutex mutex_;
  std::condition_variable emptied_;
  std::unordered_map<std::uint64_t, std::size_t> per_address_;
};

/// A counter with one writer: no locked instruction is needed.
class Counter {
 public:
  void add(std::uint64_t n) { value_.store(value_.load(std::memory_order_relaxed) + n, std::memory_order_relaxed); }
  std::uint64_t get() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_ = 0;
};

/// Pieces of answers on their way out, written by gathering. What they point into is owned by `owners`, or outlives the write.
struct Output {
  static constexpr std::size_t most_pieces = 64, most_owners = 16;
  std::array<iovec, most_pieces> pieces;
  std::array<const PageFile*, most_pieces> files;  ///< that a piece lies in, to its end; null: in memory alone
  std::size_t first = 0, count = 0;
  std::array<std::shared_ptr<const void>, most_owners> owners;
  std::size_t owner_count = 0;

  bool empty() const { return first == count; }
  bool is_full() const { return count + 6 > most_pieces || owner_count + 2 > most_owners; }
  void add(std::string_view piece, const PageFile* file = nullptr) {
    if (piece.empty()) return;
    files[count] = file;
    pieces[count++] = {const_cast<char*>(piece.data()), piece.size()};  // iovec has no const form
  }
  void own(std::shared_ptr<const void> owner) { owners[owner_count++] = std::move(owner); }
  void advance(std::size_t bytes);
  void clear();
};

class Connection;

/// One thread with its own acceptor, connections and streams; nothing here is touched by another thread but the counters.
class Loop final : public StreamLoop {
 public:
  explicit Loop(Core& core_) : core(core_) {}
  ~Loop() = default;
  void listen(const tcp::endpoint& endpoint);
  void run();
  /// From any thread: no more connections; idle ones close, streams are told to come back.
  void drain();
  /// From any thread: closes all connections at once.
  void close_all();
  /// From any thread, once no connection is left.
  void stop();
  void deliver(const std::string& topic, std::shared_ptr<const std::string> message) override;

  Core& core;
  Counter requests, ready_hits, errors_4xx, errors_5xx, rate_limited, bytes_sent;
  std::vector<Connection*> connections;
  std::unordered_map<std::string, std::vector<Connection*>> streams;
  Steady::time_point now = Steady::now();   ///< as of the last tick (250 ms): good enough for deadlines
  std::shared_ptr<const std::string> date;  ///< "Date: …\r\n", of this second
  RequestHead head;                         ///< scratch, and so are these: used between two suspensions only
  Output output;
  std::array<char, 64 << 10> input;
  std::string tls_output;
  asio::io_context context{1};

 private:
  void accept();
  void take(tcp::socket socket);
  void tick();
  void set_date();
  tcp::acceptor acceptor_{context};
  asio::steady_timer ticker_{context}, accept_pause_{context};
  std::int64_t date_second_ = 0;
  bool stopping_ = false;
};

/// One client. All of it runs on its loop's thread; only an Exchange's work is done elsewhere.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Loop& loop, tcp::socket socket, const Address& peer);
  ~Connection();
  /// Serves until the end; the loop spawns it.
  asio::awaitable<void> run();
  /// Ends it at once.
  void close();
  /// The loop's tick: ends what is past its deadline, keeps streams alive.
  void check(Steady::time_point now);
  /// A message for this stream.
  void push(const std::shared_ptr<const std::string>& message);
  void drain();

  std::size_t place = 0;  ///< in loop.connections

 private:
  enum class Step : unsigned char { more, again, handle, close };
  enum class After : unsigned char { next_request, close, stream };
  struct Stream {
    std::string topic;
    std::optional<std::int64_t> last_id;
    std::vector<std::shared_ptr<const std::string>> pending;
    std::size_t offset = 0, pending_bytes = 0;
    Steady::time_point next_heartbeat;
    bool begun = false, writing = false, ending = false;
  };

  // connection.cpp
  Step consume(std::string_view& bytes);
  void keep(std::string_view bytes);
  void answer_on_loop(const Refusal& why, std::optional<std::chrono::seconds> retry_after, Reader reader = Reader::person);
  void add_answer(Output& output, const Answer& answer, bool keep_alive);
  void count_answer(int status);
  /// Whose limit a request counts against; "" for nobody’s but the address’s. The API is asked by tokens.
  std::string_view session_of(const RequestHead& head, RateClass rate) const;
  std::unique_ptr<Exchange> make_exchange();

  // connection_bytes.cpp
  Io read_some(std::string_view& got);
  Io write_some(Output& output);
  ssize_t write_plain(const Output& output);
  /// Waits for bytes, which stay until the next call on this loop; false when there will be none.
  asio::awaitable<bool> receive_plain(std::string_view& got);
  asio::awaitable<bool> receive_secured(std::string_view& got);
  asio::awaitable<bool> wait(tcp::socket::wait_type what);
  asio::awaitable<bool> wait_for(Io io);
  asio::awaitable<bool> handshake();
  asio::awaitable<bool> send(Output& output);
  asio::awaitable<bool> send_file(Answer& answer);
  asio::awaitable<bool> fetch_piece(Answer& answer, std::string& piece);
  asio::awaitable<bool> send_source(Answer& answer, std::string piece);
  asio::awaitable<void> linger();
  // connection_exchange.cpp
  asio::awaitable<After> handle(Exchange& exchange);
  asio::awaitable<BodyState> read_body(Exchange& exchange, std::string& into, std::size_t room);
  asio::awaitable<bool> receive_body(Exchange& exchange);
  asio::awaitable<bool> on_worker(std::move_only_function<void()> work) { return on(loop_.core.workers, std::move(work)); }
  asio::awaitable<bool> on(Workers& workers, std::move_only_function<void()> work);
  asio::awaitable<bool> send_answer(Exchange& exchange, bool keep_alive);
  // connection_stream.cpp
  asio::awaitable<void> stream();
  void write_stream();

  Loop& loop_;
  tcp::socket socket_;
  std::unique_ptr<TlsStream> tls_;
  Address peer_;
  static constexpr std::size_t beginning = 2048;        ///< most requests are shorter
  std::unique_ptr<std::array<char, beginning>> begun_;  ///< what a plain connection waits with; a stream has none
  std::string in_;                                      ///< bytes read and not yet used
  std::size_t searched_ = 0;
  Steady::time_point deadline_ = Steady::time_point::max();
  Steady::time_point body_began_{};
  std::uint64_t body_bytes_ = 0;  ///< of the body being read, as they came
  std::unique_ptr<Exchange> exchange_;
  std::unique_ptr<Stream> stream_;
  bool busy_ = false, closed_ = false, served_ = false;
};

}  // namespace confer::http
