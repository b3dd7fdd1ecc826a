// Server-sent events: what comes, what was missed, heartbeat, draining.
#include <gtest/gtest.h>
#include <thread>
#include "client.h"
#include "site.h"

namespace confer::http {
namespace {

class Streams : public testing::Test {
 protected:
  void start() {
    site.on(Method::get, "/live/{topic}", [](Request& request) -> Result<Response> { return Response::events(request.param("topic")); });
    site.start();
  }
  /// Opens a stream and returns what stands before the first event: the line with the time to come back is checked and taken away.
  std::string open(Client& client, std::string_view headers = {}) {
    client.send("GET /live/a HTTP/1.1\r\nHost: x\r\n" + std::string(headers) + "\r\n");
    const std::string head = client.until("\r\n\r\n");
    EXPECT_NE(head.find("Content-Type: text/event-stream\r\n"), std::string::npos) << head;
    std::string opening = client.until("\n");
    int milliseconds = 0;
    std::from_chars(opening.data() + 7, opening.data() + opening.size(), milliseconds);
    EXPECT_TRUE(opening.starts_with("retry: ")) << opening;
    EXPECT_GE(milliseconds, 8000);
    EXPECT_LE(milliseconds, 15000);
    return client.until("\n");
  }
  Site site;
};

TEST_F(Streams, each_listener_of_a_topic_gets_each_message_once_in_order) {
  start();
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 20; ++i) {
    clients.push_back(std::make_unique<Client>(site.port));
    EXPECT_EQ(open(*clients.back()), "\n");
  }
  EXPECT_EQ(site.events.subscribers(), 20U);
  EXPECT_EQ(site.server->numbers().streams, 20U);
  std::string expected;
  for (int i = 1; i <= 50; ++i) {
    site.events.publish("a", i, "moved", "{\"n\":" + std::to_string(i) + "}");
    site.events.publish("b", i, "moved", "elsewhere");
    expected += "id: " + std::to_string(i) + "\nevent: moved\ndata: {\"n\":" + std::to_string(i) + "}\n\n";
  }
  for (const auto& client : clients) EXPECT_EQ(client->until("{\"n\":50}\n\n"), expected);
  clients.clear();
  while (site.events.subscribers() > 0) std::this_thread::yield();
}

TEST_F(Streams, who_comes_back_gets_what_was_missed_or_a_reset) {
  start();
  site.events.complete_from(100);
  {
    Client fresh(site.port);
    EXPECT_EQ(open(fresh), "id: 100\n") << "an idle client knows where it stands";
    Client current(site.port);
    EXPECT_EQ(open(current, "Last-Event-ID: 100\r\n"), "\n");
  }
  for (int i = 101; i <= 105; ++i) site.events.publish("a", i, "", std::to_string(i));
  Client missed(site.port);
  EXPECT_EQ(open(missed, "Last-Event-ID: 103\r\n"), "id: 104\n");
  EXPECT_EQ(missed.until("105\n\n"), "data: 104\n\nid: 105\ndata: 105\n\n");
  Client between(site.port);
  EXPECT_EQ(open(between, "Last-Event-ID: 100\r\n"), "id: 101\n");
  Client old(site.port);
  EXPECT_EQ(open(old, "Last-Event-ID: 99\r\n"), "id: 105\n");
  EXPECT_EQ(old.until("\n\n"), "event: reset\ndata: {}\n\n");
  Client odd(site.port);
  EXPECT_EQ(open(odd, "Last-Event-ID: x\r\n"), "id: 105\n");
  EXPECT_EQ(odd.until("\n\n"), "event: reset\ndata: {}\n\n");
  for (int i = 106; i <= 400; ++i) site.events.publish("a", i, "", "x");
  Client too_old(site.port);
  EXPECT_EQ(open(too_old, "Last-Event-ID: 105\r\n"), "id: 400\n") << "only the last 256 are kept";
  Client still_known(site.port);
  EXPECT_EQ(open(still_known, "Last-Event-ID: 144\r\n"), "id: 145\n");
}

TEST_F(Streams, a_quiet_stream_has_a_heartbeat) {
  site.options.stream_heartbeat = std::chrono::seconds(1);
  start();
  Client client(site.port);
  EXPECT_EQ(open(client), "\n");
  EXPECT_EQ(client.until("\n\n"), ": \n\n");
  EXPECT_EQ(client.until("\n\n"), ": \n\n");
}

TEST_F(Streams, draining_tells_them_to_come_back_later) {
  start();
  Client client(site.port);
  EXPECT_EQ(open(client), "\n");
  site.events.publish("a", 1, "", "last");
  // Read before draining begins: what is published while it does may come only after the client is back, by its Last-Event-ID.
  EXPECT_EQ(client.until("last\n\n"), "id: 1\ndata: last\n\n");
  std::thread drained([&] { site.server->drain(std::chrono::seconds(10)); });
  EXPECT_TRUE(client.until("\n\n").starts_with("retry: "));
  EXPECT_EQ(client.rest(), "");
  client.shut();
  drained.join();
}

TEST_F(Streams, a_listener_that_reads_nothing_is_dropped_and_harms_nobody) {
  start();
  Client stuck(site.port), reader(site.port);
  EXPECT_EQ(open(stuck), "\n");
  EXPECT_EQ(open(reader), "\n");
  const std::string data(60000, 'x');
  int id = 0;
  while (site.events.subscribers() == 2) {
    site.events.publish("a", ++id, "", data);
    EXPECT_EQ(reader.until("\n\n").size(), data.size() + 6 + 2 + 5 + std::to_string(id).size());
  }
  EXPECT_EQ(site.events.subscribers(), 1U);
}

}  // namespace
}  // namespace confer::http
