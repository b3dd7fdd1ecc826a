// The parsers: heads, targets, bodies, forms, negotiation, addresses.
#include <gtest/gtest.h>
#include "http/address.h"
#include "http/body.h"
#include "http/cookies.h"
#include "http/form.h"
#include "http/head.h"
#include "http/negotiate.h"
#include "http/router.h"

namespace confer::http {
namespace {

/// 0: complete, -1: incomplete, else the status of the refusal. Read whole and byte by byte: both must say the same.
int outcome(std::string_view bytes, RequestHead& head) {
  std::size_t searched = 0;
  HeadResult stepwise;
  for (std::size_t size = 1; size <= bytes.size() && stepwise.state == HeadState::incomplete; ++size)
    stepwise = read_head(bytes.substr(0, size), 16384, searched, head);
  searched = 0;
  const HeadResult whole = read_head(bytes, 16384, searched, head);
  EXPECT_EQ(whole.state, stepwise.state) << bytes;
  EXPECT_EQ(whole.size, stepwise.size) << bytes;
  if (whole.state == HeadState::refused) return whole.why->status;
  return whole.state == HeadState::complete ? 0 : -1;
}
int outcome(std::string_view bytes) {
  RequestHead head;
  return outcome(bytes, head);
}

TEST(Head, what_is_well_formed_is_read) {
  RequestHead head;
  ASSERT_EQ(outcome("POST /a/b?c=d HTTP/1.1\r\nHost: x.org:80\r\nContent-Length: 12\r\nACCEPT-encoding:  br \t\r\nExpect: 100-continue\r\n\r\n", head), 0);
  EXPECT_EQ(head.method, "POST");
  EXPECT_EQ(head.path, "/a/b");
  EXPECT_EQ(head.query, "c=d");
  EXPECT_EQ(head.host, "x.org:80");
  EXPECT_EQ(head.content_length, 12U);
  EXPECT_EQ(head.accept_encoding, "br");
  EXPECT_TRUE(head.expects_continue);
  EXPECT_TRUE(head.keep_alive);
  ASSERT_EQ(outcome("\r\nGET / HTTP/1.1\r\nHost: x\r\nConnection: TE, Close\r\n\r\n", head), 0);
  EXPECT_FALSE(head.keep_alive);
  ASSERT_EQ(outcome("GET http://other.org?q HTTP/1.1\r\nHost: x\r\n\r\n", head), 0);
  EXPECT_EQ(head.host, "other.org");
  EXPECT_EQ(head.path, "/");
  EXPECT_EQ(head.query, "q");
  ASSERT_EQ(outcome("GET / HTTP/1.0\r\n\r\n", head), 0);
  EXPECT_FALSE(head.keep_alive);
  ASSERT_EQ(outcome("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: Chunked\r\n\r\n", head), 0);
  EXPECT_TRUE(head.chunked);
}

TEST(Head, what_two_programs_could_read_differently_is_refused) {
  const std::string start = "GET / HTTP/1.1\r\nHost: x\r\n";
  const std::vector<std::pair<std::string, int>> table{{"GET / HTTP/1.1\nHost: x\n\n", 400},
                                                       {"GET / HTTP/1.1\r\nHost: x\n\r\n", 400},
                                                       {start + "A: b\r\n c\r\n\r\n", 400},  // folded
                                                       {"GET / HTTP/1.1\r\n Host: x\r\n\r\n", 400},
                                                       {start + "A : b\r\n\r\n", 400},
                                                       {start + "A: b\rc\r\n\r\n", 400},
                                                       {start + std::string("A: b\0c\r\n\r\n", 10), 400},
                                                       {start + "no colon\r\n\r\n", 400},
                                                       {start + ": empty\r\n\r\n", 400},
                                                       {start + "Content-Length: 1\r\nContent-Length: 1\r\n\r\n", 400},
                                                       {start + "Content-Length: 1, 1\r\n\r\n", 400},
                                                       {start + "Content-Length: +1\r\n\r\n", 400},
                                                       {start + "Content-Length: -1\r\n\r\n", 400},
                                                       {start + "Content-Length: 0x1\r\n\r\n", 400},
                                                       {start + "Content-Length: 99999999999999999999\r\n\r\n", 400},
                                                       {start + "Content-Length:\r\n\r\n", 400},
                                                       {start + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
                                                       {start + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
                                                       {start + "Transfer-Encoding: gzip, chunked\r\n\r\n", 501},
                                                       {start + "Transfer-Encoding: xchunked\r\n\r\n", 501},
                                                       {"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
                                                       {start + "Host: y\r\n\r\n", 400},
                                                       {"GET / HTTP/1.1\r\n\r\n", 400},
                                                       {"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400},
                                                       {"GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
                                                       {"GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", 400},
                                                       {"GET  / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
                                                       {"GET / HTTP/1.1 \r\nHost: x\r\n\r\n", 400},
                                                       {"GET /\tx HTTP/1.1\r\nHost: x\r\n\r\n", 400},
                                                       {"GET x HTTP/1.1\r\nHost: x\r\n\r\n", 400},
                                                       {"GET /#a HTTP/1.1\r\nHost: x\r\n\r\n", 400},
                                                       {"GET /\r\nHost: x\r\n\r\n", 400},
                                                       {"G(T / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
                                                       {"GET / HTTP/2.0\r\nHost: x\r\n\r\n", 505},
                                                       {"GET / http/1.1\r\nHost: x\r\n\r\n", 400},
                                                       {start + "Expect: something\r\n\r\n", 417},
                                                       {"\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
                                                       {"GET /" + std::string(9000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n", 414},
                                                       {"GET /" + std::string(20000, 'a'), 414},
                                                       {start + "A: " + std::string(20000, 'a'), 431},
                                                       {start +
                                                            [] {
                                                              std::string many;
                                                              for (int i = 0; i < 100; ++i) many += "A: b\r\n";
                                                              return many;
                                                            }() +
                                                            "\r\n",
                                                        431},
                                                       {start, -1},
                                                       {"GET / HT", -1}};
  for (const auto& [bytes, status] : table) EXPECT_EQ(outcome(bytes), status) << bytes.substr(0, 200);
}

TEST(Path, is_decoded_once_and_dots_are_resolved) {
  const std::vector<std::pair<std::string, std::optional<std::string>>> table{{"/", "/"},
                                                                              {"/a/b", "/a/b"},
                                                                              {"/a%20b", "/a b"},
                                                                              {"/%c3%a4", "/ä"},
                                                                              {"/a/./b", "/a/b"},
                                                                              {"/a/../b", "/b"},
                                                                              {"/a/%2e%2e/b", "/b"},
                                                                              {"/a/..", "/"},
                                                                              {"/a/.", "/a/"},
                                                                              {"/..", std::nullopt},
                                                                              {"/../a", std::nullopt},
                                                                              {"/a/../../b", std::nullopt},
                                                                              {"/a%2fb", std::nullopt},
                                                                              {"/a%5cb", std::nullopt},
                                                                              {"/a%00", std::nullopt},
                                                                              {"/a%0a", std::nullopt},
                                                                              {"/a%", std::nullopt},
                                                                              {"/a%4", std::nullopt},
                                                                              {"/a%4g", std::nullopt},
                                                                              {"/%ff", std::nullopt},
                                                                              {"/a%252fb", "/a%2fb"},
                                                                              {"/a//b", "/a//b"},
                                                                              {"/a/", "/a/"},
                                                                              {"/...", "/..."},
                                                                              {"a", std::nullopt},
                                                                              {"/\\a", std::nullopt}};
  for (const auto& [path, decoded] : table) {
    EXPECT_EQ(decode_path(path), decoded) << path;
    if (is_plain_path(path)) EXPECT_EQ(decoded, path) << path;
  }
}

/// The body and how it ended, read in pieces of `step` bytes.
std::pair<std::string, BodyState> decode_chunked(std::string_view bytes, std::size_t step) {
  RequestHead head;
  head.chunked = true;
  BodyDecoder decoder(head);
  std::string out;
  BodyState state = BodyState::more;
  while (!bytes.empty() && state == BodyState::more) {
    std::string_view piece = bytes.substr(0, step);
    bytes.remove_prefix(piece.size());
    while (!piece.empty() && state == BodyState::more) state = decoder.decode(piece, out, 3);
  }
  return {out, state};
}

TEST(Body, chunks_are_decoded_strictly_in_pieces_of_any_size) {
  const std::vector<std::tuple<std::string, std::string, BodyState>> table{
      {"3\r\nabc\r\n0\r\n\r\n", "abc", BodyState::done},
      {"3;a=b\r\nabc\r\nA\r\n0123456789\r\n0\r\nX: y\r\n\r\n", "abc0123456789", BodyState::done},
      {"0\r\n\r\n", "", BodyState::done},
      {"3\r\nab", "ab", BodyState::more},
      {"3\nabc\r\n0\r\n\r\n", "", BodyState::broken},
      {"3\r\nabcd\r\n0\r\n\r\n", "abc", BodyState::broken},
      {"g\r\nabc", "", BodyState::broken},
      {"\r\n", "", BodyState::broken},
      {"-3\r\nabc\r\n", "", BodyState::broken},
      {"0x3\r\nabc\r\n", "", BodyState::broken},
      {"3 \r\nabc\r\n", "", BodyState::broken},
      {"ffffffffffffffff\r\n", "", BodyState::broken},
      {"3\r\nabc\n0\r\n\r\n", "abc", BodyState::broken}};
  for (const auto& [bytes, body, state] : table)
    for (const std::size_t step : {1U, 2U, 7U, 1000U}) EXPECT_EQ(decode_chunked(bytes, step), std::pair(body, state)) << bytes << " by " << step;
}

TEST(Form, multipart_is_read_in_pieces_of_any_size) {
  const std::string body =
      "preamble\r\n--b\r\nContent-Disposition: form-data; name=\"t\xc3\xa4g\"\r\n\r\none\r\ntwo\r\n"
      "--b\r\ncontent-disposition: form-data; name=\"f\"; filename=\"a %22x%22.txt\"\r\nContent-Type: text/plain\r\n\r\nbytes\r\n-- b\r\n\r\n"
      "--b\r\nContent-Disposition: form-data; name=none; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n"
      "--b\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--b--\r\nepilogue";
  for (const std::size_t step : {1U, 5U, 64U, 10000U}) {
    MultipartParser parser("b", testing::TempDir());
    for (std::size_t at = 0; at < body.size(); at += step) ASSERT_TRUE(parser.write(std::string_view(body).substr(at, step)).has_value());
    ASSERT_TRUE(parser.end().has_value());
    const std::vector<std::pair<std::string, std::string>> fields{{"täg", "one\r\ntwo"}, {"empty", ""}};
    EXPECT_EQ(parser.fields().all(), fields);
    ASSERT_EQ(parser.uploads().size(), 1U);
    const Upload& upload = parser.uploads()[0];
    EXPECT_EQ(upload.field, "f");
    EXPECT_EQ(upload.file_name, "a \"x\".txt");
    EXPECT_EQ(upload.content_type, "text/plain");
    EXPECT_EQ(upload.size_bytes, 13U);
    std::string content(20, '\0');
    FILE* file = fopen(upload.path.c_str(), "r");
    content.resize(fread(content.data(), 1, content.size(), file));
    fclose(file);
    EXPECT_EQ(content, "bytes\r\n-- b\r\n");
    remove(upload.path.c_str());
  }
}

TEST(Form, broken_multipart_is_refused) {
  const auto fine = [](std::string_view body) {
    MultipartParser parser("b", testing::TempDir());
    return parser.write(body).has_value() && parser.end().has_value();
  };
  const std::string name = "Content-Disposition: form-data; name=\"a\"\r\n";
  EXPECT_TRUE(fine("--b\r\n" + name + "\r\nx\r\n--b--"));
  EXPECT_FALSE(fine("--b\r\n" + name + "\r\nx\r\n--b"));
  EXPECT_FALSE(fine("--b\r\n" + name + "\r\nx"));
  EXPECT_FALSE(fine(""));
  EXPECT_FALSE(fine("--b\r\n\r\nx\r\n--b--"));
  EXPECT_FALSE(fine("--b\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--b--"));
  EXPECT_FALSE(fine("--b\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--b--"));
  EXPECT_FALSE(fine("--b\r\n" + name + name + "\r\nx\r\n--b--"));
  EXPECT_FALSE(fine("--b\r\n" + name + "Content-Transfer-Encoding: base64\r\n\r\nx\r\n--b--"));
  EXPECT_FALSE(fine("--b\r\n" + name + "\r\n\xff\r\n--b--"));
  EXPECT_FALSE(fine("--b\r\n" + name + "\r\n" + std::string(1, '\0') + "\r\n--b--"));
  EXPECT_FALSE(fine("--b\r\n" + name + "\r\n" + std::string((1 << 20) + 1, 'x') + "\r\n--b--"));
  EXPECT_FALSE(fine("--b\r\n" + name + "X: " + std::string(9000, 'x') + "\r\n\r\nx\r\n--b--"));
  EXPECT_FALSE(fine("--bx\r\n" + name + "\r\nx\r\n--b--"));
}

TEST(Form, a_boundary_is_found_or_not) {
  EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=abc"), "abc");
  EXPECT_EQ(multipart_boundary("Multipart/Form-Data; charset=utf-8; Boundary=\"a b\""), "a b");
  EXPECT_EQ(multipart_boundary("multipart/mixed; boundary=abc"), std::nullopt);
  EXPECT_EQ(multipart_boundary("multipart/form-data"), std::nullopt);
  EXPECT_EQ(multipart_boundary("multipart/form-data; boundary="), std::nullopt);
  EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=" + std::string(71, 'x')), std::nullopt);
}

TEST(Negotiate, the_best_coding_by_weight) {
  const std::vector<std::pair<std::string, Coding>> table{{"", Coding::identity},
                                                          {"gzip, deflate, br", Coding::brotli},
                                                          {"gzip", Coding::gzip},
                                                          {"X-GZIP", Coding::gzip},
                                                          {"br;q=0.5, gzip;q=0.8", Coding::gzip},
                                                          {"br;q=0, gzip;q=0", Coding::identity},
                                                          {"*", Coding::brotli},
                                                          {"br;q=0, *", Coding::gzip},
                                                          {"identity, gzip;q=0.5", Coding::identity},
                                                          {"gzip;q=0.001", Coding::gzip},
                                                          {"gzip;q=x", Coding::identity},
                                                          {"gzip;q=2", Coding::identity},
                                                          {"gzipx, brx", Coding::identity},
                                                          {"gzip ; q=1.000", Coding::gzip}};
  for (const auto& [header, coding] : table) EXPECT_EQ(choose_coding(header, true, true), coding) << header;
  EXPECT_EQ(choose_coding("br", true, false), Coding::identity);
}

TEST(Negotiate, ranges) {
  const auto chosen = [](std::string_view header, std::uint64_t size) {
    ByteRange range;
    const RangeAnswer answer = choose_range(header, size, range);
    return std::tuple(answer, answer == RangeAnswer::part ? range.first : 0, answer == RangeAnswer::part ? range.count : 0);
  };
  const auto part = [](std::uint64_t first, std::uint64_t count) { return std::tuple(RangeAnswer::part, first, count); };
  const auto whole = std::tuple(RangeAnswer::whole, std::uint64_t{0}, std::uint64_t{0}),
             not_there = std::tuple(RangeAnswer::unsatisfiable, std::uint64_t{0}, std::uint64_t{0});
  EXPECT_EQ(chosen("bytes=0-", 100), part(0, 100));
  EXPECT_EQ(chosen("bytes=10-19", 100), part(10, 10));
  EXPECT_EQ(chosen("bytes=90-200", 100), part(90, 10));
  EXPECT_EQ(chosen("bytes=-5", 100), part(95, 5));
  EXPECT_EQ(chosen("bytes=-500", 100), part(0, 100));
  EXPECT_EQ(chosen("bytes=100-", 100), not_there);
  EXPECT_EQ(chosen("bytes=0-", 0), not_there);
  EXPECT_EQ(chosen("bytes=-0", 100), not_there);
  EXPECT_EQ(chosen("bytes=5-4", 100), whole);
  EXPECT_EQ(chosen("bytes=0-1,5-6", 100), whole);
  EXPECT_EQ(chosen("lines=0-1", 100), whole);
  EXPECT_EQ(chosen("bytes=a-b", 100), whole);
  EXPECT_EQ(chosen("", 100), whole);
}

TEST(Address, the_client_is_found_behind_trusted_proxies_only) {
  const auto trusted = parse_networks({"127.0.0.1", "10.0.0.0/8", "::1", "2001:db8::/32"}).value();
  const auto client = [&](std::string_view peer, std::string_view forwarded) {
    return to_text(client_address(parse_address(peer).value(), forwarded, trusted));
  };
  EXPECT_EQ(client("198.51.100.1", "1.2.3.4"), "198.51.100.1");
  EXPECT_EQ(client("127.0.0.1", "1.2.3.4"), "1.2.3.4");
  EXPECT_EQ(client("127.0.0.1", "6.6.6.6, 1.2.3.4, 10.1.1.1"), "1.2.3.4");
  EXPECT_EQ(client("::ffff:127.0.0.1", "[2001:67c::1]:443"), "2001:67c::1");
  EXPECT_EQ(client("127.0.0.1", "6.6.6.6, unknown"), "127.0.0.1");
  EXPECT_EQ(client("127.0.0.1", ""), "127.0.0.1");
  EXPECT_FALSE(parse_network("10.0.0.0/33").has_value());
  EXPECT_FALSE(parse_network("10.0.0.0/").has_value());
  EXPECT_FALSE(parse_network("ten").has_value());
  EXPECT_EQ(limit_key(parse_address("2001:db8:1:2::1").value()), limit_key(parse_address("2001:db8:1:2:ffff::9").value()));
  EXPECT_NE(limit_key(parse_address("2001:db8:1:2::1").value()), limit_key(parse_address("2001:db8:1:3::1").value()));
  EXPECT_NE(limit_key(parse_address("192.0.2.1").value()), limit_key(parse_address("192.0.2.2").value()));
}

TEST(Address, internal_ones_are_known) {
  for (const char* text : {"127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "::1", "::", "fe80::1", "fd00::1",
                           "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "224.0.0.1", "255.255.255.255", "::127.0.0.1"})
    EXPECT_TRUE(is_internal(parse_address(text).value())) << text;
  for (const char* text : {"1.1.1.1", "172.32.0.1", "11.0.0.1", "2606:4700::1", "2a00:1450::1"}) EXPECT_FALSE(is_internal(parse_address(text).value())) << text;
}

TEST(Cookie, is_found_by_its_whole_name) {
  EXPECT_EQ(cookie_in("a=1; bc=2; c=\"3\"", "c"), "3");
  EXPECT_EQ(cookie_in("xc=1;c=2", "c"), "2");
  EXPECT_EQ(cookie_in("c", "c"), "");
  EXPECT_EQ(cookie_in("c=a=b", "c"), "a=b");
  EXPECT_EQ(set_cookie({.name = "c", .value = "v", .max_age = std::chrono::seconds(5), .script_may_read = true}, true),
            "c=v; Path=/; SameSite=Lax; Max-Age=5; Secure");
}

TEST(Router, the_most_literal_route_wins_and_dead_ends_are_left) {
  const Handler handler = [](Request&) -> Result<Response> { return Response::nothing(); };
  std::vector<Route> routes;
  for (const char* pattern : {"/", "/{event}", "/about", "/{event}/talks", "/{event}/talks/new", "/{event}/talks/{code}", "/{event}/talks/{code}.ics",
                              "/{event}/talks/{code}/edit", "/static/{path...}", "/about/{page}/x"})
    routes.push_back({.method = Method::get, .pattern = pattern, .handler = handler});
  routes.push_back({.method = Method::post, .pattern = "/{event}/talks/{code}", .csrf = Csrf::origin, .handler = handler});
  const Router router(std::move(routes));
  const auto found = [&](std::string_view path) {
    const Router::Match match = router.match(Method::get, path);
    std::string text = match.route == nullptr ? "none" : match.route->pattern;
    for (const auto& [name, value] : match.values) text += " " + name + "=" + value;
    return text;
  };
  EXPECT_EQ(found("/"), "/");
  EXPECT_EQ(found("/about"), "/about");
  EXPECT_EQ(found("/pycon"), "/{event} event=pycon");
  EXPECT_EQ(found("/pycon/talks/new"), "/{event}/talks/new event=pycon");
  EXPECT_EQ(found("/pycon/talks/ABC"), "/{event}/talks/{code} code=ABC event=pycon");
  EXPECT_EQ(found("/pycon/talks/ABC.ics"), "/{event}/talks/{code}.ics code=ABC event=pycon");
  EXPECT_EQ(found("/pycon/talks/.ics"), "/{event}/talks/{code} code=.ics event=pycon");
  EXPECT_EQ(found("/pycon/talks/new/edit"), "/{event}/talks/{code}/edit code=new event=pycon");
  EXPECT_EQ(found("/about/talks"), "/{event}/talks event=about");
  EXPECT_EQ(found("/static/a/b.js"), "/static/{path...} path=a/b.js");
  EXPECT_EQ(found("/static/"), "none");
  EXPECT_EQ(found("/pycon/talks/"), "none");
  EXPECT_EQ(found("//talks"), "none");
  EXPECT_EQ(found("/pycon/rooms"), "none");
  const std::vector<Method> both{Method::get, Method::head, Method::post};
  EXPECT_EQ(router.match(Method::put, "/pycon/talks/ABC").allowed, both);
  EXPECT_EQ(router.match(Method::head, "/pycon").route->pattern, "/{event}");
}

TEST(RouterDeathTest, routes_that_cannot_be_are_a_programmers_error) {
  const Handler handler = [](Request&) -> Result<Response> { return Response::nothing(); };
  EXPECT_DEATH(Router({{.method = Method::get, .pattern = "/a", .handler = handler}, {.method = Method::get, .pattern = "/a", .handler = handler}}), "");
  EXPECT_DEATH(Router({{.method = Method::post, .pattern = "/a", .csrf = Csrf::none, .handler = handler}}), "");
}

}  // namespace
}  // namespace confer::http
