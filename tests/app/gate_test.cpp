// What the gate, the error page and the outbox's pages must keep to themselves.
#include "app/gate.h"
#include <algorithm>
#include "app/installation.h"
#include "app/routes.h"
#include "base/log.h"
#include "events/organiser_pages.h"
#include "people/people.h"
#include "support/database.h"

namespace confer::app {
namespace {

using test::ok;

class GateTest : public test::DatabaseTest {
 protected:
  void SetUp() override {
    DatabaseTest::SetUp();
    if (IsSkipped()) return;
    ok(load_templates());
    store_ = ok(files::open_folder(folder.path() / "files"));
  }
  Web web() {
    return {.db = db(),
            .files = *store_,
            .events = hub_,
            .chrome = make_chrome(),
            .sign_in = {{}, "https://conf.example.org"},
            .data_dir = folder.path(),
            .programme_changed = {}};
  }
  test::TestFolder folder;

 private:
  std::unique_ptr<files::Store> store_;
  http::EventHub hub_;
};
ON_BOTH_DATABASES(GateTest);

TEST_P(GateTest, error_page_when_the_address_is_a_secret_then_the_log_does_not_hold_it) {
  static std::string lines;
  lines.clear();
  const Web web = this->web();
  const auto page = make_error_page(web);
  http::Request request;
  request.path = request.target = "/calendar/canary-token.ics";
  set_log_sink([](std::string_view line) { lines += line; });
  for (const auto code : {ErrorCode::internal, ErrorCode::unavailable}) (void)page(request, Error{code, "It did not work.", "the disk", "reading", {}});
  set_log_sink(nullptr);
  EXPECT_EQ(lines, "") << "the server logs the route's pattern, once";
}

TEST_P(GateTest, mail_when_read_by_a_program_with_a_token_then_without_the_link_that_signs_in) {
  const people::SignIn context{.mail = {}, .base_url = "https://conf.example.org"};
  ok(people::send_sign_in_link(db(), context, "olga@example.org", "/", "en"));
  std::int64_t mail = 0;
  {
    auto tx = ok(db().begin_write());
    ok(people::add_account(tx, "Olga", "olga@example.org"));
    ok(tx.commit());
  }
  ok(people::send_sign_in_link(db(), context, "olga@example.org", "/", "en"));
  {
    auto tx = ok(db().begin_read());
    mail = ok(mail::list_outbox(tx, 0, 1)).at(0).id;
  }
  const Web web = this->web();
  const auto shown = [&](std::int64_t session) {
    Actor actor;
    actor.person = PersonId{1};
    actor.memberships = {{.series = {}, .event = {}, .rights = {Right::operate}, .limited_to_tracks = false, .tracks = {}}};
    actor.session = session;
    http::Request request;
    request.route["mail"] = std::to_string(mail);
    request.actor = std::make_shared<const Actor>(actor);
    return ok(events::installation_mail(web, request)).body_;
  };
  EXPECT_TRUE(shown(5).contains("/sign-in/link?token="));
  EXPECT_FALSE(shown(5).contains("/sign-in/link?token=…"));
  EXPECT_TRUE(shown(0).contains("/sign-in/link?token=…"));
}

TEST_P(GateTest, metrics_when_asked_with_their_token_then_shown_and_with_another_not) {
  const Web web = this->web();
  site::RenderedSite site(web);
  http::ServerOptions options;
  options.port = 0;
  const auto server = ok(http::Server::start(options, {}));
  const Metrics metrics{.site = site, .server = server, .token = "a-long-secret"};
  Installation here;
  const auto routes = all_routes(here, web, site, metrics);
  const auto route = std::ranges::find(routes, "/metrics", &http::Route::pattern);
  ASSERT_NE(route, routes.end());
  const auto gate = make_gate(web);
  const auto ask = [&](const std::string& authorization) -> Result<http::Response> {
    http::Request request;
    request.path = "/metrics";
    if (!authorization.empty()) request.headers.emplace_back("Authorization", authorization);
    TRY(gate(request, *route));
    return route->handler(request);
  };
  EXPECT_TRUE(ok(ask("Bearer a-long-secret")).body_.contains("confer_rendered_documents 0"));
  for (const char* wrong : {"", "Bearer a-long-secreT", "Bearer a-long-secret ", "Bearer", "a-long-secret"}) {
    const auto refused = ask(wrong);
    ASSERT_FALSE(refused) << wrong;
    EXPECT_EQ(refused.error().code, ErrorCode::unauthenticated) << wrong;
  }
}

}  // namespace
}  // namespace confer::app
