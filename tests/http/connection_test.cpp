// One connection's life: smuggling, slow clients, limits, files and ranges, uploads, draining.
#include <gtest/gtest.h>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <future>
#include <mutex>
#include <thread>
#include "base/log.h"
#include "client.h"
#include "http/uploads.h"
#include "site.h"

namespace confer::http {
namespace {

namespace fs = std::filesystem;

Handler says(std::string text) {
  return [text](Request&) -> Result<Response> { return Response::text(text); };
}

/// A folder of its own, removed at the end.
struct Folder {
  std::string path;
  Folder() : path(testing::TempDir() + "confer_http_XXXXXX") { EXPECT_NE(mkdtemp(path.data()), nullptr); }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  std::size_t files() const { return static_cast<std::size_t>(std::distance(fs::directory_iterator(path), fs::directory_iterator())); }
};

TEST(Connection, a_refused_head_is_answered_and_the_connection_closed) {
  Site site;
  site.on(Method::get, "/", says("root"));
  site.start();
  Client client(site.port);
  client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n");
  const Got got = client.response();
  EXPECT_EQ(got.status, 400);
  EXPECT_EQ(got.headers.at("connection"), "close");
  EXPECT_EQ(client.rest(), "");
  Client nul(site.port);
  EXPECT_EQ(nul.get("/a%00b").status, 400);
  EXPECT_EQ(nul.get("/a%2fb").status, 400);
  EXPECT_EQ(nul.get("/x/../").body, "root");
}

TEST(Connection, a_get_with_a_body_does_not_desynchronise) {
  Site site;
  site.on(Method::get, "/", says("root"));
  site.start();
  Client client(site.port);
  const std::string hidden = "GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n";
  client.send("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(hidden.size()) + "\r\n\r\n" + hidden +
              "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(client.response().body, "root");
  EXPECT_EQ(client.response().body, "root");
  EXPECT_EQ(client.rest(), "");
}

TEST(Connection, a_get_with_a_body_gets_what_is_ready_as_one_without) {
  Site site;
  const auto ready = make_ready("text/plain", "ready", "no-cache");
  site.app.ready = [&](std::string_view path, std::string_view query, std::string_view, std::string_view) {
    return path == "/" && query == "a=b" ? ready : nullptr;
  };
  site.start();
  Client client(site.port);
  client.send("GET /?a=b HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabcGET /?a=b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(client.response().body, "ready");
  EXPECT_EQ(client.response().body, "ready");
  EXPECT_EQ(client.rest(), "");
}

TEST(Connection, a_broken_chunk_is_refused_and_the_handler_does_not_run) {
  Site site;
  std::atomic<int> runs = 0;
  site.on(
      Method::post, "/",
      [&](Request&) -> Result<Response> {
        ++runs;
        return Response::nothing();
      },
      BodyKind::raw);
  site.start();
  Client client(site.port);
  const Got got = client.ask("POST / HTTP/1.1\r\nHost: x\r\nOrigin: http://x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcX\r\n0\r\n\r\n");
  EXPECT_EQ(got.status, 400);
  EXPECT_EQ(client.rest(), "");
  EXPECT_EQ(runs, 0);
}

TEST(Connection, expect_continue_is_answered_after_the_gate) {
  Site site;
  site.on(Method::post, "/", [](Request& request) -> Result<Response> { return Response::text(request.body); }, BodyKind::raw);
  site.app.gate = [](Request& request, const Route&) -> Result<void> {
    if (request.header("X-Key").empty()) return fail(ErrorCode::forbidden, "no");
    return {};
  };
  site.start();
  const std::string head = "POST / HTTP/1.1\r\nHost: x\r\nOrigin: http://x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n";
  Client client(site.port);
  client.send(head + "X-Key: k\r\n\r\n");
  EXPECT_EQ(client.until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_EQ(client.ask("body").body, "body");
  EXPECT_EQ(Client(site.port).ask(head + "\r\n").status, 403);
}

TEST(Connection, slow_clients_are_dropped) {
  Site site;
  site.options.header_timeout = std::chrono::seconds(1);
  site.options.body_grace = std::chrono::seconds(1);
  site.options.idle_timeout = std::chrono::seconds(1);
  site.options.write_timeout = std::chrono::seconds(1);
  site.options.slowest_bytes_per_second = 1 << 30;
  std::atomic<int> runs = 0;
  site.on(
      Method::post, "/",
      [&](Request&) -> Result<Response> {
        ++runs;
        return Response::nothing();
      },
      BodyKind::raw);
  site.on(Method::get, "/big", says(std::string(64 << 20, 'x')));
  site.on(Method::get, "/", says("root"));
  site.start();
  Client silent(site.port), half(site.port), body(site.port), idle(site.port), reader(site.port);
  half.send("GET / HTTP/1.1\r\nHo");
  body.send("POST / HTTP/1.1\r\nHost: x\r\nOrigin: http://x\r\nContent-Length: 100\r\n\r\nabc");
  EXPECT_EQ(idle.get("/").body, "root");
  reader.send("GET /big HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(silent.rest(), "");
  EXPECT_EQ(half.rest(), "");
  EXPECT_EQ(body.rest(), "");
  EXPECT_EQ(idle.rest(), "");
  // It reads nothing until the server, which has closed the four others by then, gives up; what is in buffers can still be read, but not all of it.
  while (site.server->numbers().connections > 0) std::this_thread::yield();
  EXPECT_LT(reader.rest().size(), std::size_t{64 << 20});
  EXPECT_EQ(runs, 0);
}

TEST(Connection, too_many_requests_get_a_sentence_and_when_to_come_back) {
  Site site;
  site.options.rate_limits = true;
  site.options.trusted_proxies = {"127.0.0.1"};
  site.options.venue_networks = {"192.0.2.0/24"};
  site.routes.push_back({.method = Method::post, .pattern = "/in", .csrf = Csrf::origin, .rate = RateClass::sign_in, .handler = says("in")});
  site.start();
  Client client(site.port);
  const auto ask = [&](std::string_view from) {
    return client.ask("POST /in HTTP/1.1\r\nHost: x\r\nOrigin: http://x\r\nContent-Length: 0\r\nX-Forwarded-For: " + std::string(from) + "\r\n\r\n");
  };
  for (int i = 0; i < 20; ++i) ASSERT_EQ(ask("198.51.100.1").status, 200) << i;
  const Got refused = ask("198.51.100.1");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.headers.at("retry-after"), "5");
  EXPECT_EQ(refused.body, "Too many requests came from you in a short time. Please wait a little and try again.\n");
  EXPECT_EQ(ask("198.51.100.2").status, 200);
  for (int i = 0; i < 100; ++i) ASSERT_EQ(ask("192.0.2.7").status, 200) << i;
  EXPECT_EQ(site.server->numbers().rate_limited, 1U);
}

TEST(Connection, api_is_counted_by_token_and_refuses_as_problem_details) {
  Site site;
  site.options.rate_limits = true;
  site.routes.push_back({.method = Method::get, .pattern = "/api/v1/x", .csrf = Csrf::none, .rate = RateClass::api, .handler = says("x")});
  site.start();
  Client client(site.port);
  Got last;
  for (int i = 0; i < 400 && last.status != 429; ++i) last = client.get("/api/v1/x", "Authorization: Bearer one\r\n");
  EXPECT_EQ(last.status, 429);
  EXPECT_EQ(last.headers.at("content-type"), "application/problem+json");
  EXPECT_EQ(last.headers.at("access-control-allow-origin"), "*");
  EXPECT_EQ(last.body,
            "{\"type\":\"about:blank\",\"title\":\"Too Many Requests\",\"status\":429,\"detail\":\"Too many requests came from you in a short time. "
            "Please wait a little and try again.\",\"code\":\"unavailable\",\"problems\":[]}");
  EXPECT_EQ(client.get("/api/v1/x", "Authorization: Bearer two\r\n").status, 200) << "another token has a limit of its own";
}

TEST(Connection, api_tells_a_browser_that_other_sites_may_send_a_token) {
  Site site;
  site.routes.push_back({.method = Method::get, .pattern = "/api/v1/x", .csrf = Csrf::none, .rate = RateClass::api, .handler = says("x")});
  site.on(Method::get, "/page", says("page"));
  site.start();
  const auto ask = [&](std::string_view path) {
    return Client(site.port).ask("OPTIONS " + std::string(path) +
                                 " HTTP/1.1\r\nHost: x\r\nOrigin: https://other.example\r\nAccess-Control-Request-Method: GET\r\n\r\n");
  };
  const Got got = ask("/api/v1/x");
  EXPECT_EQ(got.status, 204);
  EXPECT_EQ(got.headers.at("access-control-allow-origin"), "*");
  EXPECT_EQ(got.headers.at("access-control-allow-headers"), "Authorization, If-None-Match");
  EXPECT_FALSE(ask("/page").headers.contains("access-control-allow-origin"));
}

TEST(Connection, a_client_that_is_no_proxy_is_not_believed) {
  Site site;
  site.options.trusted_proxies = {"10.0.0.1"};
  site.on(Method::get, "/", [](Request& request) -> Result<Response> { return Response::text(request.remote_address + " " + request.origin()); });
  site.start();
  EXPECT_EQ(Client(site.port).get("/", "X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-Proto: https\r\n").body, "127.0.0.1 http://test");
  Site behind;
  behind.on(Method::get, "/", [](Request& request) -> Result<Response> { return Response::text(request.remote_address + " " + request.origin()); });
  behind.start();
  EXPECT_EQ(Client(behind.port).get("/", "X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-Proto: https\r\n").body, "1.2.3.4 https://test");
}

TEST(Connection, files_are_sent_whole_or_in_part) {
  Folder folder;
  const std::string path = folder.path + "/file";
  std::string content(3 << 20, '\0');
  for (std::size_t i = 0; i < content.size(); ++i) content[i] = static_cast<char>(i * 31 >> 8);
  std::ofstream(path) << content;
  Site site;
  site.on(Method::get, "/f", [&](Request&) -> Result<Response> { return Response::file(path, "video/mp4", "ä \"x\".mp4"); });
  site.start();
  Client client(site.port);
  const Got whole = client.get("/f");
  EXPECT_EQ(whole.status, 200);
  EXPECT_TRUE(whole.body == content);
  EXPECT_EQ(whole.headers.at("accept-ranges"), "bytes");
  EXPECT_EQ(whole.headers.at("content-disposition"), "attachment; filename=\"__ _x_.mp4\"; filename*=UTF-8''%C3%A4%20%22x%22.mp4");
  const Got part = client.get("/f", "Range: bytes=1000000-2999999\r\n");
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(part.headers.at("content-range"), "bytes 1000000-2999999/3145728");
  EXPECT_TRUE(part.body == content.substr(1000000, 2000000));
  const Got beyond = client.get("/f", "Range: bytes=3145728-\r\n");
  EXPECT_EQ(beyond.status, 416);
  EXPECT_EQ(beyond.headers.at("content-range"), "bytes */3145728");
  EXPECT_EQ(client.get("/f", "Range: bytes=0-1,5-6\r\n").body.size(), content.size());
  EXPECT_EQ(client.get("/f", "Range: bytes=0-1\r\nIf-Range: \"other\"\r\n").status, 200);
  EXPECT_EQ(client.get("/f", "Range: bytes=0-1\r\nIf-Range: " + whole.headers.at("etag") + "\r\n").status, 206);
  EXPECT_EQ(client.get("/f", "If-None-Match: " + whole.headers.at("etag") + "\r\n").status, 304);
  EXPECT_EQ(client.get("/f", "If-Modified-Since: " + whole.headers.at("last-modified") + "\r\n").status, 304);
  EXPECT_EQ(client.get("/f", "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT\r\nRange: bytes=-1\r\n").body, content.substr(content.size() - 1));
  client.send("HEAD /f HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(client.response(true).headers.at("content-length"), "3145728");
  fs::remove(path);
  EXPECT_EQ(client.get("/f").status, 404);
}

TEST(Connection, uploads_reach_the_disk_and_leave_nothing_behind) {
  Folder folder;
  Site site;
  site.options.upload_dir = folder.path;
  const Handler sizes = [&](Request& request) -> Result<Response> {
    std::string text;
    for (const Upload& upload : request.uploads)
      text += upload.field + ":" + upload.file_name + ":" + std::to_string(upload.size_bytes) + ":" + std::to_string(fs::file_size(upload.path)) + ";";
    return Response::text(text + request.form.get("a"));
  };
  site.on(Method::post, "/form", sizes, BodyKind::form, 8 << 20);
  site.on(Method::put, "/raw", sizes, BodyKind::streamed, 8 << 20);
  site.start();
  Client client(site.port);
  const std::string big(5 << 20, 'z');
  const std::string form = "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"big.bin\"\r\n\r\n" + big +
                           "\r\n--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nlast\r\n--B--\r\n";
  EXPECT_EQ(client
                .ask("POST /form HTTP/1.1\r\nHost: x\r\nOrigin: http://x\r\nContent-Type: multipart/form-data; boundary=B\r\nContent-Length: " +
                     std::to_string(form.size()) + "\r\n\r\n" + form)
                .body,
            "f:big.bin:5242880:5242880;last");
  EXPECT_EQ(client.ask("PUT /raw HTTP/1.1\r\nHost: x\r\nOrigin: http://x\r\nContent-Length: " + std::to_string(big.size()) + "\r\n\r\n" + big).body,
            "::5242880:5242880;");
  EXPECT_EQ(client.ask("PUT /raw HTTP/1.1\r\nHost: x\r\nOrigin: http://x\r\nContent-Length: 0\r\n\r\n").body, "::0:0;");
  EXPECT_EQ(folder.files(), 0U);
  {
    Client broken(site.port);
    broken.send("PUT /raw HTTP/1.1\r\nHost: x\r\nOrigin: http://x\r\nContent-Length: " + std::to_string(big.size()) + "\r\n\r\n" + big.substr(0, 1 << 20));
  }
  while (site.server->numbers().connections > 1) std::this_thread::yield();
  site.server->drain(std::chrono::seconds(5));  // what clears up has run then
  EXPECT_EQ(folder.files(), 0U);
}

TEST(Connection, an_upload_resumes_after_a_broken_connection_and_a_restart) {
  Folder folder;
  const std::string content = [] {
    std::string text(300000, '\0');
    for (std::size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>(i * 7 >> 3);
    return text;
  }();
  std::string location, taken;
  const auto serve = [&](const std::function<void(Site&)>& visit) {
    auto uploads = ResumableUploads::open({.folder = folder.path, .max_bytes = 1 << 20});
    ASSERT_TRUE(uploads.has_value());
    Site site;
    site.routes = upload_routes(**uploads, {.prefix = "/up",
                                            .owner = [](const Request& request) -> Result<std::string> { return std::string(request.header("X-Who")); },
                                            .finished = [&](Request&, const UploadState& state) -> Result<void> {
                                              std::ifstream in(state.path);
                                              taken = state.file_name + "|" + state.content_type + "|" + std::string(std::istreambuf_iterator<char>(in), {});
                                              return {};
                                            }});
    site.start();
    visit(site);
  };
  const std::string common = "Host: x\r\nOrigin: http://x\r\nTus-Resumable: 1.0.0\r\nX-Who: ada\r\n";
  const auto patch = [&](std::size_t offset, std::size_t announced) {
    return "PATCH " + location + " HTTP/1.1\r\n" + common + "Content-Type: application/offset+octet-stream\r\nUpload-Offset: " + std::to_string(offset) +
           "\r\nContent-Length: " + std::to_string(announced) + "\r\n\r\n";
  };
  const auto offset_of = [&](Client& client) {
    client.send("HEAD " + location + " HTTP/1.1\r\n" + common + "\r\n");
    const Got got = client.response(true);
    return got.status == 204 ? got.headers.at("upload-offset") : "status " + std::to_string(got.status);
  };
  serve([&](Site& site) {
    Client client(site.port);
    EXPECT_EQ(client.ask("POST /up HTTP/1.1\r\n" + common + "Upload-Length: 9999999\r\n\r\n").status, 413);
    const Got made = client.ask("POST /up HTTP/1.1\r\n" + common + "Upload-Length: 300000\r\nUpload-Metadata: filename w6QubXA0,filetype dmlkZW8vbXA0\r\n\r\n");
    ASSERT_EQ(made.status, 201);
    location = made.headers.at("location");
    EXPECT_EQ(offset_of(client), "0");
    {
      Client broken(site.port);
      broken.send(patch(0, 300000) + content.substr(0, 100000));
      broken.end();
      EXPECT_EQ(broken.rest(), "");  // the server has seen the end
    }
    while (site.server->numbers().connections > 1) std::this_thread::yield();
  });
  serve([&](Site& site) {
    Client client(site.port);
    EXPECT_EQ(offset_of(client), "100000");
    EXPECT_EQ(Client(site.port).ask(patch(5, 10) + "0123456789").status, 409);
    EXPECT_EQ(client.get(location, "X-Who: eve\r\n").status, 405);
    client.send("HEAD " + location + " HTTP/1.1\r\nHost: x\r\nX-Who: eve\r\n\r\n");
    EXPECT_EQ(client.response(true).status, 404);
    EXPECT_EQ(client.ask(patch(100000, 200000) + content.substr(100000)).status, 204);
    EXPECT_EQ(offset_of(client), "300000");
    EXPECT_TRUE(taken == "ä.mp4|video/mp4|" + content);
    EXPECT_EQ(client.ask("DELETE " + location + " HTTP/1.1\r\n" + common + "\r\n").status, 204);
    EXPECT_EQ(offset_of(client), "status 404");
  });
  EXPECT_EQ(folder.files(), 0U);
}

TEST(Uploads, expire_and_are_limited) {
  struct TestClock final : Clock {
    Instant at = Clock::system().now();
    Instant now() const override { return at; }
  } clock;
  Folder folder;
  auto uploads =
      ResumableUploads::open({.folder = folder.path, .max_bytes = 100, .most_open_per_owner = 2, .lifetime = std::chrono::hours(1), .clock = &clock}).value();
  const UploadState one = uploads->create("ada", 10, "a", "").value();
  ASSERT_TRUE(uploads->create("ada", 10, "b", "").has_value());
  EXPECT_EQ(uploads->create("ada", 10, "c", "").error().code, ErrorCode::conflict);
  EXPECT_EQ(uploads->create("bob", 101, "c", "").error().code, ErrorCode::invalid);
  ASSERT_TRUE(uploads->create("bob", 100, "c", "").has_value());
  auto first = uploads->append(one.id, "ada", 0).value();
  ASSERT_TRUE(first->write("12345").has_value());
  EXPECT_EQ(uploads->append(one.id, "ada", 4).error().code, ErrorCode::conflict);
  auto second = uploads->append(one.id, "ada", 5).value();
  EXPECT_EQ(first->write("6").error().code, ErrorCode::conflict);
  EXPECT_EQ(second->write("678901").error().code, ErrorCode::invalid);
  EXPECT_TRUE(second->write("67890").has_value());
  EXPECT_EQ(uploads->find(one.id, "ada")->offset, 10U);
  clock.at += std::chrono::hours(1);
  EXPECT_EQ(uploads->find(one.id, "ada").error().code, ErrorCode::gone);
  EXPECT_EQ(uploads->remove_expired(), 3U);
  EXPECT_EQ(folder.files(), 0U);
}

TEST(Connection, draining_lets_a_running_request_end_and_takes_no_new_ones) {
  Site site;
  std::promise<void> inside, go;
  site.on(Method::get, "/slow", [&](Request&) -> Result<Response> {
    inside.set_value();
    go.get_future().wait();
    return Response::text("done");
  });
  site.on(Method::get, "/", says("root"));
  site.start();
  Client slow(site.port), idle(site.port);
  EXPECT_EQ(idle.get("/").body, "root");
  slow.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  inside.get_future().wait();
  std::thread drained([&] { site.server->drain(std::chrono::seconds(20)); });
  EXPECT_EQ(idle.rest(), "");                                       // idle ones are closed at once
  while (Client(site.port).connected()) std::this_thread::yield();  // the other loop closes its door a moment later
  go.set_value();
  const Got got = slow.response();
  EXPECT_EQ(got.body, "done");
  EXPECT_EQ(got.headers.at("connection"), "close");
  drained.join();
}

TEST(Connection, logs_hold_no_query_and_no_address) {
  static std::mutex mutex;
  static std::string lines;
  set_log_sink([](std::string_view line) {
    const std::lock_guard lock(mutex);
    lines += line;
  });
  {
    Site site;
    site.options.access_log = true;
    site.on(Method::get, "/{name}", says("x"));
    site.start();
    Client(site.port).get("/canary-path?canary-query", "X-Forwarded-For: 203.0.113.77\r\nCookie: confer_session=canary-cookie\r\n");
  }
  set_log_sink(nullptr);
  EXPECT_NE(lines.find("\"route\":\"/{name}\""), std::string::npos) << lines;
  EXPECT_EQ(lines.find("canary"), std::string::npos) << lines;
  EXPECT_EQ(lines.find("203.0.113"), std::string::npos) << lines;
}

}  // namespace
}  // namespace confer::http
