// The HTTP/1.1 server: its loops, their acceptors and clocks, starting and draining.
#include "http/server.h"
#include <netdb.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <thread>
#include "base/log.h"
#include "http/connection_inside.h"

namespace confer::http {

// ---- what loops share

std::shared_ptr<const TlsContext> Core::tls() const {
  if (options.tls_certificate.empty()) return nullptr;
  const std::lock_guard lock(tls_mutex_);
  return tls_;
}

void Core::set_tls(std::shared_ptr<const TlsContext> context) {
  const std::lock_guard lock(tls_mutex_);
  tls_ = std::move(context);
}

void Core::stop_workers() {
  workers.stop();
  fetchers.stop();
}

bool Core::enter(const Address& peer) {
  const bool counted = !is_in(trusted, peer);
  const std::size_t most = options.max_connections_per_address * static_cast<std::size_t>(is_venue(peer) ? std::max(1, options.venue_factor) : 1);
  const std::lock_guard lock(mutex_);
  if (connections >= options.max_connections) return false;
  if (counted) {
    std::size_t& here = per_address_[limit_key(peer)];
    if (here >= most) return false;
    ++here;
  }
  ++connections;
  return true;
}

void Core::leave(const Address& peer) {
  const std::lock_guard lock(mutex_);
  if (!is_in(trusted, peer)) {
    const auto here = per_address_.find(limit_key(peer));
    if (here != per_address_.end() && --here->second == 0) per_address_.erase(here);
  }
  if (--connections == 0) emptied_.notify_all();
}

bool Core::wait_until_empty(std::chrono::milliseconds most) {
  std::unique_lock lock(mutex_);
  return emptied_.wait_for(lock, most, [this] { return connections == 0; });
}

// ---- a loop

void Loop::listen(const tcp::endpoint& endpoint) {
  acceptor_.open(endpoint.protocol());
  acceptor_.set_option(tcp::acceptor::reuse_address(true));
  acceptor_.set_option(asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>(true));
  acceptor_.set_option(tcp::no_delay(true));  // accepted sockets inherit it
  acceptor_.bind(endpoint);
  acceptor_.listen(4096);
  acceptor_.non_blocking(true);
}

void Loop::run() {
  const auto guard = asio::make_work_guard(context);
  set_date();
  tick();
  accept();
  context.run();
}

void Loop::set_date() {
  const Instant at = Clock::system().now();
  const std::int64_t second = to_ms(at) / 1000;
  if (second == date_second_) return;
  date_second_ = second;
  date = std::make_shared<const std::string>("Date: " + http_date(at) + "\r\n");
}

void Loop::tick() {
  now = Steady::now();
  set_date();
  for (Connection* connection : connections) connection->check(now);  // only cancels and writes: no connection goes away here
  if (stopping_) return;
  ticker_.expires_after(std::chrono::milliseconds(250));
  ticker_.async_wait([this](const boost::system::error_code& error) {
    if (!error) tick();
  });
}

void Loop::accept() {
  acceptor_.async_accept(context, [this](const boost::system::error_code& error, tcp::socket socket) {
    if (error == asio::error::operation_aborted || !acceptor_.is_open()) return;
    if (error == asio::error::no_descriptors || error == asio::error::no_buffer_space || error == asio::error::no_memory) {
      log(LogTopic::http, LogLevel::error, "cannot accept a connection", {{"detail", error.message()}});
      accept_pause_.expires_after(std::chrono::milliseconds(100));
      accept_pause_.async_wait([this](const boost::system::error_code& stopped) {
        if (!stopped) accept();
      });
      return;
    }
    if (!error) take(std::move(socket));
    accept();
  });
}

void Loop::take(tcp::socket socket) {
  boost::system::error_code error;
  const tcp::endpoint remote = socket.remote_endpoint(error);
  if (!error) socket.native_non_blocking(true, error);
  if (error) return;
  Address peer;
  if (remote.address().is_v4()) {
    peer.bytes[10] = peer.bytes[11] = 0xff;
    const auto four = remote.address().to_v4().to_bytes();
    std::copy(four.begin(), four.end(), peer.bytes.begin() + 12);
  } else {
    const auto sixteen = remote.address().to_v6().to_bytes();
    std::copy(sixteen.begin(), sixteen.end(), peer.bytes.begin());
  }
  if (!core.enter(peer)) {
    static constexpr std::string_view full = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 10\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    if (core.options.tls_certificate.empty()) send(socket.native_handle(), full.data(), full.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    return;
  }
  const auto connection = std::make_shared<Connection>(*this, std::move(socket), peer);
  asio::co_spawn(context, connection->run(), asio::detached);
}

void Loop::drain() {
  asio::post(context, [this] {
    boost::system::error_code error;
    while (acceptor_.is_open()) {  // those whose connection stands already are still served
      tcp::socket socket(context);
      acceptor_.accept(socket, error);
      if (error) break;
      take(std::move(socket));
    }
    accept_pause_.cancel();
    acceptor_.close(error);
    for (Connection* connection : connections) connection->drain();
  });
}

void Loop::close_all() {
  asio::post(context, [this] {
    for (Connection* connection : connections) connection->close();
  });
}

void Loop::stop() {
  asio::post(context, [this] {
    stopping_ = true;
    ticker_.cancel();
    context.stop();
  });
}

void Loop::deliver(const std::string& topic, std::shared_ptr<const std::string> message) {
  asio::post(context, [this, topic, sent = std::move(message)] {
    const auto listeners = streams.find(topic);
    if (listeners == streams.end()) return;
    for (Connection* connection : listeners->second) connection->push(sent);
  });
}

// ---- the server

namespace {

/// Changes when a file is replaced or written.
std::string stamp_of(const std::string& path) {
  struct stat about{};
  if (stat(path.c_str(), &about) != 0) return "missing";
  return std::to_string(about.st_ino) + "." + std::to_string(about.st_size) + "." + std::to_string(about.st_mtim.tv_sec) + "." +
         std::to_string(about.st_mtim.tv_nsec);
}

/// Streams and phones need descriptors: as many as we may have.
void raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
  }
}

Result<tcp::endpoint> resolve(const ServerOptions& options) {
  boost::system::error_code error;
  const std::string host = options.address == "localhost" ? "127.0.0.1" : options.address;
  const asio::ip::address address = asio::ip::make_address(host, error);
  if (error) return fail(ErrorCode::invalid, "“" + options.address + "” is not an address to listen on: write it like 127.0.0.1, 0.0.0.0 or ::.");
  return tcp::endpoint(address, options.port);
}

}  // namespace

struct Server::Impl {
  Core core;
  std::vector<std::unique_ptr<Loop>> loops;
  std::vector<std::thread> threads;
  unsigned short port = 0;
  std::mutex watch_mutex;
  std::condition_variable watch_changed;
  bool watch_stopping = false;
  std::thread watcher;
  std::string stamp;
  bool stopped = false;

  Impl(ServerOptions options, Application application) : core(std::move(options), std::move(application)) {}

  std::string certificate_stamp() const { return stamp_of(core.options.tls_certificate) + " " + stamp_of(core.options.tls_key); }

  Result<void> load_certificate() {
    stamp = certificate_stamp();
    TRY_ASSIGN(std::shared_ptr<const TlsContext> context, TlsContext::load(core.options.tls_certificate, core.options.tls_key));
    core.set_tls(std::move(context));
    return {};
  }

  void watch_certificate() {
    std::unique_lock lock(watch_mutex);
    while (!watch_changed.wait_for(lock, core.options.certificate_check, [this] { return watch_stopping; })) {
      if (certificate_stamp() == stamp) continue;
      if (Result<void> loaded = load_certificate())
        log(LogTopic::http, "certificate reloaded");
      else
        log(LogTopic::http, LogLevel::error, "certificate cannot be reloaded, the old one stays",
            {{"message", loaded.error().message}, {"detail", loaded.error().detail}});
    }
  }

  void drain(std::chrono::seconds grace) {
    if (stopped) return;
    stopped = true;
    core.draining = true;
    for (const auto& loop : loops) loop->drain();
    if (!core.wait_until_empty(grace)) {
      for (const auto& loop : loops) loop->close_all();
      core.stop_workers();  // a handler that runs must end before its connection can
      for (const auto& loop : loops) loop->close_all();
      core.wait_until_empty(std::chrono::seconds(5));
    }
    core.stop_workers();
    for (const auto& loop : loops) loop->stop();
    for (std::thread& thread : threads) thread.join();
    {
      const std::lock_guard lock(watch_mutex);
      watch_stopping = true;
    }
    watch_changed.notify_all();
    if (watcher.joinable()) watcher.join();
  }
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Result<std::unique_ptr<Server>> Server::start(ServerOptions options, Application application) {
  raise_descriptor_limit();
  TRY_ASSIGN(tcp::endpoint endpoint, resolve(options));
  auto impl = std::make_unique<Impl>(std::move(options), std::move(application));
  Core& core = impl->core;
  TRY_ASSIGN(core.trusted, parse_networks(core.options.trusted_proxies));
  TRY_ASSIGN(core.venue, parse_networks(core.options.venue_networks));
  if (!core.options.upload_dir.empty()) remove_stale_temporary_files(core.options.upload_dir);
  if (!core.options.tls_certificate.empty()) TRY(impl->load_certificate());
  int count = core.options.io_threads > 0 ? core.options.io_threads : static_cast<int>(std::thread::hardware_concurrency());
  try {
    // With SO_REUSEPORT alone a second server would share the port unnoticed. Held until the loops listen: a port that the system chose is nobody else's.
    asio::io_context context;
    tcp::acceptor probe(context);
    probe.open(endpoint.protocol());
    probe.set_option(tcp::acceptor::reuse_address(true));
    probe.bind(endpoint);
    if (endpoint.port() == 0) endpoint.port(probe.local_endpoint().port());
    for (count = std::max(1, count); count > 0; --count) {
      impl->loops.push_back(std::make_unique<Loop>(core));
      impl->loops.back()->listen(endpoint);
    }
  } catch (const boost::system::system_error& error) {
    return fail(ErrorCode::unavailable,
                "Cannot listen on " + core.options.address + " port " + std::to_string(endpoint.port()) + ": " + error.code().message() +
                    ". Choose another port, or stop what uses this one.",
                error.what());
  }
  impl->port = endpoint.port();
  for (const auto& loop : impl->loops) impl->threads.emplace_back([raw = loop.get()] { raw->run(); });
  if (!core.options.tls_certificate.empty()) impl->watcher = std::thread([raw = impl.get()] { raw->watch_certificate(); });
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Server::~Server() {
  if (impl_) impl_->drain(std::chrono::seconds(0));
}

unsigned short Server::port() const { return impl_->port; }

Result<void> Server::reload() {
  if (impl_->core.options.tls_certificate.empty()) return {};
  const std::lock_guard lock(impl_->watch_mutex);
  TRY(impl_->load_certificate());
  log(LogTopic::http, "certificate reloaded");
  return {};
}

void Server::drain(std::chrono::seconds grace) { impl_->drain(grace); }

ServerNumbers Server::numbers() const {
  ServerNumbers sum{};
  for (const auto& loop : impl_->loops) {
    sum.requests += loop->requests.get();
    sum.ready_hits += loop->ready_hits.get();
    sum.errors_4xx += loop->errors_4xx.get();
    sum.errors_5xx += loop->errors_5xx.get();
    sum.rate_limited += loop->rate_limited.get();
    sum.bytes_sent += loop->bytes_sent.get();
  }
  sum.connections = impl_->core.connections;
  sum.streams = impl_->core.streams;
  return sum;
}

}  // namespace confer::http
