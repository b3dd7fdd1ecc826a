// The server as a client sees it: routes, keep-alive, pipelining, conditional answers, forms, refusals.
#include "http/server.h"
#include <gtest/gtest.h>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>
#include "client.h"
#include "site.h"

namespace confer::http {
namespace {

Handler says(std::string text) {
  return [text](Request&) -> Result<Response> { return Response::text(text); };
}

TEST(Server, a_route_answers_and_the_connection_stays_open) {
  Site site;
  site.on(Method::get, "/{event}/talks/{code}", [](Request& request) -> Result<Response> {
    return Response::text(request.param("event") + "+" + request.param("code") + "+" + request.query.get("q"));
  });
  site.start();
  Client client(site.port);
  for (int i = 0; i < 3; ++i) {
    const Got got = client.get("/pycon/talks/QX7T9M?q=a%20b");
    EXPECT_EQ(got.status, 200);
    EXPECT_EQ(got.body, "pycon+QX7T9M+a b");
    EXPECT_EQ(got.headers.at("content-type"), "text/plain; charset=utf-8");
    EXPECT_EQ(got.headers.at("cache-control"), "no-store");
    EXPECT_EQ(got.headers.count("connection"), 0U);
  }
  EXPECT_EQ(site.server->numbers().requests, 3U);
}

TEST(Server, unknown_paths_and_methods_get_404_405_and_501_on_the_apps_page) {
  Site site;
  site.on(Method::get, "/here", says("here"));
  site.on(Method::post, "/here", says("posted"));
  site.start();
  Client client(site.port);
  const Got missing = client.get("/there");
  EXPECT_EQ(missing.status, 404);
  EXPECT_EQ(missing.body, "page: There is no such page.");
  const Got wrong = client.ask("PUT /here HTTP/1.1\r\nHost: test\r\n\r\n");
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(wrong.headers.at("allow"), "GET, HEAD, POST, OPTIONS");
  const Got options = client.ask("OPTIONS /here HTTP/1.1\r\nHost: test\r\n\r\n");
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.headers.at("allow"), "GET, HEAD, POST, OPTIONS");
  EXPECT_EQ(client.ask("BREW /here HTTP/1.1\r\nHost: test\r\n\r\n").status, 501);
  const Got slash = client.get("/here/?a=1");
  EXPECT_EQ(slash.status, 301);
  EXPECT_EQ(slash.headers.at("location"), "/here?a=1");
  EXPECT_EQ(client.get("/here").body, "here");
}

TEST(Server, head_has_the_headers_of_get_and_no_body) {
  Site site;
  site.on(Method::get, "/", says("twelve bytes"));
  site.start();
  Client client(site.port);
  client.send("HEAD / HTTP/1.1\r\nHost: test\r\n\r\n");
  const Got head = client.response(true);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.headers.at("content-length"), "12");
  Got get = client.get("/");
  EXPECT_EQ(get.body, "twelve bytes");
  get.headers.erase("date");
  Got without_date = head;
  without_date.headers.erase("date");
  EXPECT_EQ(get.headers, without_date.headers);
}

TEST(Server, pipelined_requests_are_answered_in_order) {
  Site site;
  const auto ready = make_ready("text/plain", "ready", "no-cache");
  site.app.ready = [&](std::string_view path, std::string_view, std::string_view, std::string_view) { return path == "/ready" ? ready : nullptr; };
  site.on(Method::get, "/n/{n}", [](Request& request) -> Result<Response> { return Response::text(request.param("n")); });
  site.start();
  Client client(site.port);
  std::string all;
  for (int i = 0; i < 60; ++i) all += "GET " + (i % 3 == 0 ? "/n/" + std::to_string(i) : std::string("/ready")) + " HTTP/1.1\r\nHost: test\r\n\r\n";
  client.send(all);
  for (int i = 0; i < 60; ++i) ASSERT_EQ(client.response().body, i % 3 == 0 ? std::to_string(i) : "ready") << i;
}

TEST(Server, a_handlers_error_becomes_its_status_and_a_throw_500) {
  Site site;
  const std::vector<std::pair<ErrorCode, int>> table{{ErrorCode::invalid, 400},     {ErrorCode::unauthenticated, 401}, {ErrorCode::forbidden, 403},
                                                     {ErrorCode::not_found, 404},   {ErrorCode::conflict, 409},        {ErrorCode::gone, 410},
                                                     {ErrorCode::unavailable, 503}, {ErrorCode::internal, 500}};
  for (const auto& row : table)
    site.on(Method::get, "/" + std::string(name_of(row.first)),
            [code = row.first](Request&) -> Result<Response> { return fail(code, "so it is", "hidden detail"); });
  site.on(Method::get, "/throws", [](Request&) -> Result<Response> { throw std::runtime_error("hidden"); });
  site.start();
  Client client(site.port);
  for (const auto& [code, status] : table) {
    const Got got = client.get("/" + std::string(name_of(code)));
    EXPECT_EQ(got.status, status) << name_of(code);
    EXPECT_EQ(got.body, "page: so it is");
  }
  EXPECT_EQ(client.get("/throws").body, "page: Something went wrong here. It has been noted.");
}

TEST(Server, ready_bytes_are_chosen_by_coding_and_validated_by_every_form_of_the_etag) {
  Site site;
  const std::string text(5000, 'x');
  auto ready = make_ready("text/html; charset=utf-8", text, "public, max-age=60", {{"Content-Security-Policy", "default-src 'self'"}});
  site.app.ready = [&](std::string_view path, std::string_view, std::string_view, std::string_view) { return path == "/p" ? ready : nullptr; };
  site.start();
  Client client(site.port);
  const Got plain = client.get("/p");
  EXPECT_EQ(plain.body, text);
  EXPECT_EQ(plain.headers.at("vary"), "Accept-Encoding");
  EXPECT_EQ(plain.headers.at("etag"), "\"" + ready->etag + "\"");
  EXPECT_EQ(plain.headers.at("content-security-policy"), "default-src 'self'");
  EXPECT_TRUE(plain.headers.contains("date"));
  EXPECT_EQ(client.get("/p", "Accept-Encoding: gzip, br\r\n").body, ready->gzip) << "brotli comes later";
  ready = pressed(*ready);
  const Got brotli = client.get("/p", "Accept-Encoding: gzip, deflate, br\r\n");
  EXPECT_EQ(brotli.headers.at("content-encoding"), "br");
  EXPECT_EQ(brotli.body, ready->brotli);
  EXPECT_EQ(client.get("/p", "Accept-Encoding: br;q=0, gzip\r\n").body, ready->gzip);
  for (const std::string suffix : {"", "-gz", "-br"}) {
    const Got same = client.get("/p", "Accept-Encoding: br\r\nIf-None-Match: \"other\", W/\"" + ready->etag + suffix + "\"\r\n");
    EXPECT_EQ(same.status, 304);
    EXPECT_EQ(same.headers.at("etag"), "\"" + ready->etag + suffix + "\"");
    EXPECT_EQ(same.headers.count("content-length"), 0U);
  }
  EXPECT_EQ(client.get("/p", "If-None-Match: \"other\"\r\n").status, 200);
  EXPECT_EQ(client.get("/p", "If-None-Match: *\r\n").status, 304);
  EXPECT_EQ(client.get("/p", "If-None-Match: " + ready->etag + "\r\n").status, 200) << "an entity tag has quotes";
  EXPECT_EQ(site.server->numbers().ready_hits, site.server->numbers().requests);
}

TEST(Server, large_ready_bytes_arrive_whole_and_in_order_also_when_the_reader_is_slow) {
  Site site;
  std::string text;  // hardly shrinks: far more than a socket holds
  for (std::uint32_t x = 2012; text.size() < 3'000'000; x = x * 1664525U + 1013904223U) text += static_cast<char>('a' + (x >> 24U) % 26);
  const auto large = make_ready("text/plain", text, "no-cache", {}, Compression::good), small = make_ready("text/plain", "small", "no-cache");
  ASSERT_TRUE(large->gzip_pages != nullptr && large->brotli_pages != nullptr && small->gzip_pages == nullptr);
  site.app.ready = [&](std::string_view path, std::string_view, std::string_view, std::string_view) { return path == "/large" ? large : small; };
  site.start();
  Client client(site.port);
  std::string all;
  for (int i = 0; i < 12; ++i)
    all +=
        std::string("GET ") + (i % 2 == 0 ? "/large" : "/small") + " HTTP/1.1\r\nHost: test\r\nAccept-Encoding: " + (i % 4 == 0 ? "br" : "gzip") + "\r\n\r\n";
  client.send(all);
  for (int i = 0; i < 12; ++i) {
    const std::string body = client.response().body;
    EXPECT_TRUE(body == (i % 2 != 0 ? "small" : i % 4 == 0 ? large->brotli : large->gzip)) << i << ": " << body.size() << " bytes";
  }
}

TEST(Server, a_handlers_page_gets_an_etag_and_gzip) {
  Site site;
  site.app.common_headers = {{"X-Content-Type-Options", "nosniff"}};
  site.on(Method::get, "/long", says(std::string(3000, 'y')));
  site.on(Method::get, "/short", says("short"));
  site.start();
  Client client(site.port);
  const Got zipped = client.get("/long", "Accept-Encoding: gzip\r\n");
  EXPECT_EQ(zipped.headers.at("content-encoding"), "gzip");
  EXPECT_LT(zipped.body.size(), 100U);
  EXPECT_EQ(zipped.headers.at("x-content-type-options"), "nosniff");
  EXPECT_TRUE(zipped.headers.at("etag").ends_with("-gz\""));
  EXPECT_EQ(client.get("/long", "Accept-Encoding: gzip\r\nIf-None-Match: " + zipped.headers.at("etag") + "\r\n").status, 304);
  const Got plain = client.get("/short", "Accept-Encoding: gzip\r\n");
  EXPECT_EQ(plain.headers.count("content-encoding"), 0U);
  EXPECT_EQ(plain.body, "short");
}

std::string post(std::string_view path, std::string_view type, std::string_view body, std::string_view more = "Origin: http://test\r\n") {
  return "POST " + std::string(path) + " HTTP/1.1\r\nHost: test\r\nContent-Type: " + std::string(type) + "\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n" + std::string(more) + "\r\n" + std::string(body);
}
constexpr std::string_view urlencoded = "application/x-www-form-urlencoded";

TEST(Server, forms_are_parsed_and_bad_ones_refused) {
  Site site;
  site.on(
      Method::post, "/form",
      [](Request& request) -> Result<Response> {
        std::string text;
        for (const auto& [name, value] : request.form.all()) text += name + "=" + value + ";";
        return Response::text(text);
      },
      BodyKind::form, 2000);
  site.start();
  Client client(site.port);
  EXPECT_EQ(client.ask(post("/form", urlencoded, "a=1&b=%C3%A4+x&a=2&c=")).body, "a=1;b=ä x;a=2;c=;");
  EXPECT_EQ(client.ask(post("/form", "multipart/form-data; boundary=XX", "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\n--XX--\r\n")).body,
            "a=one;");
  EXPECT_EQ(client.ask(post("/form", urlencoded, "")).body, "");
  EXPECT_EQ(client.ask(post("/form", urlencoded, "a=%ff")).status, 422);
  EXPECT_EQ(client.ask(post("/form", urlencoded, "a=%00")).status, 422);
  EXPECT_EQ(client.ask(post("/form", urlencoded, "a=%4")).status, 400);
  EXPECT_EQ(client
                .ask("POST /form HTTP/1.1\r\nHost: test\r\nOrigin: http://test\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: "
                     "chunked\r\n\r\n"
                     "3\r\na=1\r\n2;x=y\r\n23\r\n0\r\nTrailer: t\r\n\r\n")
                .body,
            "a=123;");
  EXPECT_EQ(client.ask(post("/form", "application/json", "{}")).status, 415);
  EXPECT_EQ(Client(site.port).ask(post("/form", urlencoded, "a=" + std::string(3000, 'x'))).status, 413);
  EXPECT_EQ(Client(site.port)
                .ask("POST /form HTTP/1.1\r\nHost: test\r\nOrigin: http://test\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: "
                     "chunked\r\n\r\n"
                     "bb9\r\n" +
                     std::string(3001, 'x') + "\r\n0\r\n\r\n")
                .status,
            413);
}

TEST(Server, forms_from_elsewhere_are_refused) {
  Site site;
  std::atomic<int> runs = 0;
  site.on(
      Method::post, "/form",
      [&](Request&) -> Result<Response> {
        ++runs;
        return Response::see_other("/done");
      },
      BodyKind::form);
  site.start();
  Client client(site.port);
  const auto status = [&](std::string_view headers) { return client.ask(post("/form", urlencoded, "a=1", headers)).status; };
  EXPECT_EQ(status("Origin: http://evil\r\n"), 403);
  EXPECT_EQ(status("Origin: null\r\n"), 403);
  EXPECT_EQ(status("Origin: http://test.evil\r\n"), 403);
  EXPECT_EQ(status("Origin: http://test:81\r\n"), 403);
  EXPECT_EQ(status("Sec-Fetch-Site: cross-site\r\n"), 403);
  EXPECT_EQ(status("Sec-Fetch-Site: same-site\r\n"), 403);
  EXPECT_EQ(status("Referer: http://evil/test\r\n"), 403);
  EXPECT_EQ(status(""), 403);
  EXPECT_EQ(runs, 0);
  EXPECT_EQ(status("Origin: http://test\r\n"), 303);
  EXPECT_EQ(status("Origin: http://test:80\r\n"), 303);
  EXPECT_EQ(status("Sec-Fetch-Site: same-origin\r\n"), 303);
  EXPECT_EQ(status("Referer: http://test/page?x\r\n"), 303);
  EXPECT_EQ(runs, 4);
}

TEST(Server, the_gate_runs_before_the_handler_and_its_refusal_counts) {
  Site site;
  site.on(Method::get, "/secret", says("secret"));
  site.app.gate = [](Request& request, const Route&) -> Result<void> {
    if (request.cookie("key") != "yes") return fail(ErrorCode::unauthenticated, "Please sign in.");
    return {};
  };
  site.start();
  Client client(site.port);
  const Got refused = client.get("/secret");
  EXPECT_EQ(refused.status, 401);
  EXPECT_EQ(refused.body, "page: Please sign in.");
  EXPECT_EQ(client.get("/secret", "Cookie: a=b; key=yes\r\n").body, "secret");
}

TEST(Server, handlers_run_on_workers_beside_each_other) {
  Site site;
  std::mutex mutex;
  std::condition_variable both;
  int inside = 0;
  site.on(Method::get, "/meet", [&](Request&) -> Result<Response> {
    std::unique_lock lock(mutex);
    ++inside;
    both.notify_all();
    both.wait(lock, [&] { return inside == 2; });
    return Response::text("met");
  });
  site.start();
  Client one(site.port), two(site.port);
  one.send("GET /meet HTTP/1.1\r\nHost: test\r\n\r\n");
  two.send("GET /meet HTTP/1.1\r\nHost: test\r\n\r\n");
  EXPECT_EQ(one.response().body, "met");
  EXPECT_EQ(two.response().body, "met");
}

TEST(Server, a_taken_port_is_named) {
  Site site;
  site.start();
  ServerOptions options;
  options.port = site.port;
  const Result<std::unique_ptr<Server>> second = Server::start(options, {});
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, ErrorCode::unavailable);
  EXPECT_EQ(second.error().message,
            "Cannot listen on 127.0.0.1 port " + std::to_string(site.port) + ": Address already in use. Choose another port, or stop what uses this one.");
}

TEST(Server, cookies_and_redirects_cannot_break_out_of_their_header) {
  Site site;
  site.on(Method::get, "/c", [](Request&) -> Result<Response> {
    return Response::see_other("//evil/x")
        .with_cookie({.name = "s", .value = "v"})
        .with_cookie({.name = "bad", .value = "a\r\nb"})
        .with_header("X-Bad", "a\r\nSet-Cookie: b");
  });
  site.on(Method::get, "/l", [](Request&) -> Result<Response> { return Response::see_other("/ä b?q=\r\nX: y"); });
  site.start();
  Client client(site.port);
  const Got got = client.get("/c");
  EXPECT_EQ(got.headers.at("location"), "/");
  EXPECT_EQ(got.headers.at("set-cookie"), "s=v; Path=/; SameSite=Lax; HttpOnly");
  EXPECT_EQ(got.headers.count("x-bad"), 0U);
  EXPECT_EQ(client.get("/l").headers.at("location"), "/%C3%A4%20b?q=%0D%0AX:%20y");
}

}  // namespace
}  // namespace confer::http
