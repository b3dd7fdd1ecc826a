// The table of routes: every route × every role, and how state-changing ones are protected.
#include "app/routes.h"
#include <algorithm>
#include <map>
#include "app/gate.h"
#include "events/events.h"
#include "people/people.h"
#include "support/database.h"

namespace confer::app {
namespace {

using test::ok;

enum class Role : unsigned char { nobody, stranger, programme_team, organiser, operator_ };
constexpr std::array roles{Role::nobody, Role::stranger, Role::programme_team, Role::organiser, Role::operator_};

class RoutesTest : public test::DatabaseTest {
 protected:
  void SetUp() override {
    DatabaseTest::SetUp();
    if (IsSkipped()) return;
    auto tx = ok(db().begin_write());
    const Actor system = system_actor("test");
    auto series = ok(events::save_series(tx, system, {.id = {}, .slug = "examplia", .title = {"en", "Examplia"}, .description = {}}));
    for (const char* slug : {"open-event", "hidden-event"}) {
      events::Event e;
      e.series = series.id;
      e.slug = slug;
      e.title = {"en", slug};
      e.zone = "UTC";
      e.start = e.end = parse_date("2027-05-04").value();
      e.is_public = e.slug == "open-event";
      events_[slug] = ok(events::save_event(tx, system, e)).id;
    }
    ok(tx.commit());
    for (Role role : roles)
      if (role != Role::nobody) sessions_[role] = session(role);
  }

  /// Signs somebody of that role in. Teams are of the hidden event and of the open one.
  std::string session(Role role) {
    const std::string email = "role" + std::to_string(static_cast<int>(role)) + "@example.org";
    {
      auto tx = ok(db().begin_write());
      const PersonId person = ok(people::add_account(tx, "Somebody", email));
      for (const auto& [slug, event] : events_) {
        if (role == Role::programme_team) ok(people::grant(tx, person, {Right::programme}, {}, event));
        if (role == Role::organiser) ok(people::grant(tx, person, {Right::organise}, {}, event));
      }
      if (role == Role::operator_) ok(people::grant(tx, person, {Right::operate}, {}, {}));
      ok(tx.commit());
    }
    const std::string link = ok(people::make_sign_in_link(db(), "https://conf.example.org", email));
    return ok(people::use_sign_in_link(db(), link.substr(link.find("token=") + 6), "test")).session_token.reveal();
  }

  std::map<std::string, EventId> events_;
  std::map<Role, std::string> sessions_;
};
ON_BOTH_DATABASES(RoutesTest);

/// What the gate must answer, written down apart from the code that decides it. Empty: let in.
std::optional<ErrorCode> expected(Right right, Role role, bool has_scope, bool is_public) {
  const bool signed_in = role != Role::nobody;
  const bool of_event = role == Role::programme_team || role == Role::organiser;
  const bool knows = role == Role::operator_ || (has_scope && of_event);
  if (has_scope && !is_public && !knows) return right == Right::anyone || signed_in ? ErrorCode::not_found : ErrorCode::unauthenticated;
  if (right == Right::anyone || role == Role::operator_) return std::nullopt;
  if (!signed_in) return ErrorCode::unauthenticated;
  if (right == Right::signed_in) return std::nullopt;
  if (has_scope && right == Right::programme && of_event) return std::nullopt;
  const bool part_of_organising =
      right == Right::organise || right == Right::site || right == Right::review || right == Right::media || right == Right::check_in;
  if (has_scope && role == Role::organiser && part_of_organising) return std::nullopt;
  return ErrorCode::forbidden;
}

TEST_P(RoutesTest, every_route_when_asked_by_every_role_then_only_those_with_the_right_pass) {
  test::TestFolder folder;
  auto files = ok(files::open_folder(folder.path() / "files"));
  http::EventHub hub;
  Web web{.db = db(),
          .files = *files,
          .events = hub,
          .chrome = {},
          .sign_in = {{}, "https://conf.example.org"},
          .data_dir = folder.path(),
          .programme_changed = {}};
  const auto uploads = ok(http::ResumableUploads::open({.folder = folder.path() / "unfinished"}));
  web.uploads = uploads.get();
  site::RenderedSite site(web);
  const std::unique_ptr<http::Server> server;
  const Metrics metrics{.site = site, .server = server, .token = {}};
  Installation here;
  const auto routes = all_routes(here, web, site, metrics);
  const auto gate = make_gate(web);
  EXPECT_GT(routes.size(), 100u);
  for (const auto& route : routes) {
    const auto right = static_cast<Right>(route.right);
    const bool changes = route.method != http::Method::get && route.method != http::Method::head;
    EXPECT_TRUE(!changes || route.csrf == http::Csrf::origin || route.rate == http::RateClass::api)
        << route.pattern << " changes something and does not ask where the form came from";
    const bool of_event = route.pattern.find("{event}") != std::string::npos;
    const bool of_series = !of_event && route.pattern.find("{series}") != std::string::npos;
    for (Role role : roles)
      for (const bool is_public : {true, false}) {
        http::Request request;
        request.method = route.method;
        request.path = route.pattern;
        if (of_event) request.route["event"] = is_public ? "open-event" : "hidden-event";
        if (of_series) request.route["series"] = "examplia";
        if (role != Role::nobody) request.headers.emplace_back("cookie", "confer_session=" + sessions_.at(role));
        const auto let = gate(request, route);
        const std::string what = std::string(http::name_of(route.method)) + " " + route.pattern + " by role " + std::to_string(static_cast<int>(role)) +
                                 (is_public ? "" : ", hidden event");
        const auto wanted = expected(right, role, of_event, is_public || !of_event);
        EXPECT_EQ(let ? std::nullopt : std::optional(let.error().code), wanted) << what;
        if (!of_event || is_public || let) continue;
        request.route["event"] = "no-such-event";
        const auto none = gate(request, route);
        ASSERT_FALSE(none) << what;
        if (wanted == ErrorCode::not_found || role == Role::nobody)
          EXPECT_EQ(none.error().message, let.error().message) << what << ": tells that there is an event";
      }
  }
}

}  // namespace
}  // namespace confer::app
