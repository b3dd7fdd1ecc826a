// Bytes that lie elsewhere, fetched while they are sent.
#include <algorithm>
#include <mutex>
#include "http/client.h"
#include "http/site.h"

namespace confer::http {
namespace {

/// Counts what it is asked for; fails from a byte on.
class Slow final : public Source {
 public:
  explicit Slow(std::string bytes) : bytes_(std::move(bytes)) {}
  std::uint64_t size() const override { return bytes_.size(); }
  Result<std::string> read(std::uint64_t first, std::size_t count) override {
    const std::lock_guard lock(mutex);
    most = std::max(most, count);
    ++times;
    if (first + count > fails_from) return fail(ErrorCode::unavailable, "It is away.");
    return bytes_.substr(first, count);
  }
  std::mutex mutex;
  std::size_t most = 0, times = 0;
  std::uint64_t fails_from = ~std::uint64_t{0};

 private:
  std::string bytes_;
};

class SourceTest : public testing::Test {
 protected:
  void SetUp() override {
    for (std::size_t i = 0; content.size() < 3'500'000; ++i) content += std::to_string(i) + ",";
    source = std::make_shared<Slow>(content);
    site.on(Method::get, "/v", [this](Request&) { return Response::remote(source, "abc", "video/mp4").with_cache("public, no-cache"); });
    site.on(Method::get, "/page", [](Request&) { return Response::text("here"); });
    site.start();
  }
  std::string content;
  std::shared_ptr<Slow> source;
  Site site;
};

TEST_F(SourceTest, bytes_then_sent_whole_and_in_ranges_and_fetched_in_pieces) {
  Client client(site.port);
  const Got whole = client.get("/v");
  EXPECT_EQ(whole.status, 200);
  EXPECT_TRUE(whole.body == content);
  EXPECT_EQ(whole.headers.at("content-type"), "video/mp4");
  EXPECT_EQ(whole.headers.at("etag"), "\"abc\"");
  EXPECT_EQ(whole.headers.at("accept-ranges"), "bytes");
  EXPECT_FALSE(whole.headers.contains("last-modified"));
  EXPECT_EQ(source->most, 1U << 20U);
  const Got part = client.get("/v", "Range: bytes=1000000-2999999\r\n");
  EXPECT_EQ(part.status, 206);
  EXPECT_TRUE(part.body == content.substr(1'000'000, 2'000'000));
  EXPECT_EQ(part.headers.at("content-range"), "bytes 1000000-2999999/" + std::to_string(content.size()));
  EXPECT_EQ(client.get("/v", "Range: bytes=-5\r\n").body, content.substr(content.size() - 5));
  EXPECT_EQ(client.get("/v", "Range: bytes=0-1\r\nIf-Range: \"abc\"\r\n").status, 206);
}

TEST_F(SourceTest, question_that_needs_no_bytes_then_none_are_fetched) {
  Client client(site.port);
  EXPECT_EQ(client.get("/v", "If-None-Match: \"abc\"\r\n").status, 304);
  EXPECT_EQ(client.get("/v", "Range: bytes=9999999-\r\n").status, 416);
  client.send("HEAD /v HTTP/1.1\r\nHost: test\r\n\r\n");
  EXPECT_EQ(client.response(true).headers.at("content-length"), std::to_string(content.size()));
  EXPECT_EQ(source->times, 0U);
}

TEST_F(SourceTest, source_when_away_then_said_before_anything_is_sent) {
  source->fails_from = 0;
  Client client(site.port);
  const Got got = client.get("/v", "Range: bytes=0-9\r\n");
  EXPECT_EQ(got.status, 503);
  EXPECT_EQ(got.headers.at("retry-after"), "30");
  EXPECT_EQ(got.headers.at("cache-control"), "no-store");
  EXPECT_EQ(got.body, "This recording cannot be fetched just now. Please try again in a minute.\n");
  EXPECT_EQ(client.get("/page").body, "here");  // the connection goes on
}

TEST_F(SourceTest, source_when_it_breaks_off_then_the_answer_is_broken_and_not_wrong) {
  source->fails_from = 2'000'000;
  Client client(site.port);
  client.send("GET /v HTTP/1.1\r\nHost: test\r\n\r\n");
  client.until("\r\n\r\n");
  EXPECT_TRUE(client.rest() == content.substr(0, 1 << 20));
}

TEST_F(SourceTest, source_when_slow_then_no_page_waits_for_it) {
  // More clients than there are threads that run handlers; none of them gets a byte until the lock goes.
  std::unique_lock lock(source->mutex);
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 12; ++i) {
    clients.push_back(std::make_unique<Client>(site.port));
    clients.back()->send("GET /v HTTP/1.1\r\nHost: test\r\nRange: bytes=0-9\r\n\r\n");
  }
  EXPECT_EQ(Client(site.port).get("/page").body, "here");
  lock.unlock();
  for (const auto& client : clients) EXPECT_EQ(client->response().body, content.substr(0, 10));
}

}  // namespace
}  // namespace confer::http
