// The HTTP/1.1 server: connections, TLS, limits, conditional answers, streams.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>
#include "http/event_hub.h"
#include "http/router.h"

namespace confer::http {

struct ServerOptions {
  std::string address = "127.0.0.1";
  unsigned short port = 8012;            ///< 0: any free port
  int io_threads = 0;                    ///< 0: one a core
  int worker_threads = 4;                ///< run handlers, which may block
  std::string tls_certificate, tls_key;  ///< PEM files; empty: plain HTTP. Read again when they change (checked each minute) and on `reload()`
  std::vector<std::string> trusted_proxies = {"127.0.0.1", "::1"};  ///< addresses or networks whose X-Forwarded-For and -Proto are believed
  std::vector<std::string> venue_networks;  ///< addresses behind which many people sit: their per-address limits are multiplied by `venue_factor`
  int venue_factor = 500;
  std::string upload_dir;                         ///< for streamed bodies
  std::string session_cookie = "confer_session";  ///< limits count by session first, then by address
  std::chrono::seconds header_timeout{10}, idle_timeout{60}, write_timeout{30};
  std::chrono::seconds body_grace{20};         ///< a body may take this long and a second more for each `slowest_bytes_per_second` that came
  std::size_t slowest_bytes_per_second = 500;  ///< of bodies and of answers (answers: after `write_timeout`); Apache's mod_reqtimeout has the same
  std::chrono::seconds stream_heartbeat{25};   ///< a comment line, so that proxies and phones keep the stream open
  std::chrono::milliseconds certificate_check{60000};
  std::size_t max_connections = 20000;
  std::size_t max_connections_per_address = 2000;  ///< not for trusted proxies; times `venue_factor` for venue networks
  std::size_t max_header_bytes = 16 << 10;
  bool access_log = false;  ///< one line a request: method, route, status, bytes, duration; no address, no query
  bool rate_limits = true;
};

/// Asked on the I/O thread before anything else, for GET and HEAD: bytes that are ready, or null. Must not block.
using ReadyLookup =
    std::function<std::shared_ptr<const Ready>(std::string_view path, std::string_view query, std::string_view accept_language, std::string_view cookie)>;
/// Asked on a worker before the handler: puts the actor and language into the request, refuses by right.
using Gate = std::function<Result<void>(Request&, const Route&)>;
/// Turns an error into the page (or JSON) that the client is shown.
using ErrorPage = std::function<Response(const Request&, const Error&)>;

struct Application {
  const Router* router = nullptr;
  ReadyLookup ready;
  Gate gate;
  ErrorPage error_page;
  EventHub* events = nullptr;
  /// Headers of every handler's answer: CSP and its like.
  std::vector<std::pair<std::string, std::string>> common_headers;
};

/// Counters since the start, for /metrics.
struct ServerNumbers {
  std::uint64_t requests, ready_hits, errors_4xx, errors_5xx, rate_limited, bytes_sent;
  std::size_t connections, streams;
};

class Server {
 public:
  /// Binds at once, so that `port()` is known. Errors: unavailable – the address is taken (says which), a certificate cannot be read.
  static Result<std::unique_ptr<Server>> start(ServerOptions options, Application application);
  ~Server();
  unsigned short port() const;
  /// Reads the certificate again.
  Result<void> reload();
  /// Takes no more connections, lets running requests end (at most `grace`), tells streams to come back later, then stops.
  void drain(std::chrono::seconds grace);
  ServerNumbers numbers() const;

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl>);
  std::unique_ptr<Impl> impl_;
};

}  // namespace confer::http
