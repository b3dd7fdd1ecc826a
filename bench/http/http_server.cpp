// Serves what the HTTP benchmark asks for, with src/http alone: `bench_http_server FOLDER` prints its port, reads commands from its input until "quit".
// FOLDER holds page.html and index.json. Commands: "publish" (an event to all streams), "streams" (prints how many), "memory" (prints resident KiB).
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>
#include "http/server.h"

using namespace confer;
using namespace confer::http;

namespace {

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string resident_kib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmRSS:")) return line.substr(line.find_first_of("0123456789"));
  return "unknown";
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "usage: bench_http_server FOLDER\n";
    return 2;
  }
  const std::string folder = arguments[1];
  const std::vector<std::pair<std::string, std::string>> headers{
      {"Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'"}, {"X-Content-Type-Options", "nosniff"}, {"Referrer-Policy", "same-origin"}};
  const auto page = make_ready("text/html; charset=utf-8", read_file(folder + "/page.html"), "no-cache", headers, Compression::thorough);
  const auto index = make_ready("application/json", read_file(folder + "/index.json"), "no-cache", headers, Compression::thorough);
  const auto short_answer = make_ready("text/plain", "ok\n", "no-cache");
  EventHub events;
  std::vector<Route> routes;
  routes.push_back({.method = Method::get, .pattern = "/live", .rate = RateClass::stream, .handler = [](Request&) -> Result<Response> {
                      return Response::events("changes");
                    }});
  routes.push_back({.method = Method::get, .pattern = "/handler", .handler = [](Request&) -> Result<Response> { return Response::text("ok\n"); }});
  const Router router(std::move(routes));
  Application app;
  app.router = &router;
  app.events = &events;
  app.ready = [&](std::string_view path, std::string_view, std::string_view, std::string_view) -> std::shared_ptr<const Ready> {
    if (path == "/page.html") return page;
    if (path == "/index.json") return index;
    if (path == "/short") return short_answer;
    return nullptr;
  };
  ServerOptions options;
  options.port = 0;
  options.io_threads = 1;
  options.worker_threads = 2;
  options.rate_limits = false;
  Result<std::unique_ptr<Server>> server = Server::start(options, app);
  if (!server) {
    std::cerr << server.error().message << "\n";
    return 1;
  }
  std::cout << (*server)->port() << " " << page->etag << " " << index->etag << std::endl;
  std::int64_t id = 0;
  for (std::string command; std::getline(std::cin, command) && command != "quit";) {
    if (command == "publish") events.publish("changes", ++id, "moved", "{\"talk\":\"QX7T9M\",\"room\":\"Pyramid\"}");
    if (command == "streams") std::cout << events.subscribers() << std::endl;
    if (command == "memory") std::cout << resident_kib() << std::endl;
  }
  (*server)->drain(std::chrono::seconds(1));
  return 0;
}
