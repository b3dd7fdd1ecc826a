// A small application behind a server on a free port, for the tests of http/.
#pragma once
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <utility>
#include <vector>
#include "http/server.h"

namespace confer::http {

/// Routes are added, then `start` is called; members may be changed before.
class Site {
 public:
  Site() {
    options.port = 0;
    options.io_threads = 2;
    options.worker_threads = 2;
    options.rate_limits = false;
    app.events = &events;
    app.error_page = [](const Request&, const Error& error) { return Response::of_error(error, "text/plain; charset=utf-8", "page: " + error.message); };
  }
  ~Site() { server.reset(); }
  void on(Method method, std::string pattern, Handler handler, BodyKind body = BodyKind::none, std::size_t max_body_bytes = 1 << 20) {
    const bool changes = method != Method::get && method != Method::head;
    routes.push_back({.method = method,
                      .pattern = std::move(pattern),
                      .csrf = changes ? Csrf::origin : Csrf::none,
                      .rate = changes ? RateClass::write : RateClass::page,
                      .handler = std::move(handler),
                      .body = body,
                      .max_body_bytes = max_body_bytes});
  }
  void start() {
    router = std::make_unique<Router>(std::move(routes));
    app.router = router.get();
    Result<std::unique_ptr<Server>> started = Server::start(options, app);
    ASSERT_TRUE(started.has_value()) << started.error().message << " " << started.error().detail;
    server = std::move(*started);
    port = server->port();
  }

  ServerOptions options;
  Application app;
  EventHub events;
  std::vector<Route> routes;
  std::unique_ptr<Router> router;
  std::unique_ptr<Server> server;
  unsigned short port = 0;
};

}  // namespace confer::http
