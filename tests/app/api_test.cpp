// The read API: real answers against its document, what stays hidden from whom, paging, conditions, errors.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include "app/gate.h"
#include "app/routes.h"
#include "base/embedded.h"
#include "base/text.h"
#include "html/template.h"
#include "http/answer.h"
#include "http/form.h"
#include "http/head.h"
#include "people/people.h"
#include "site/sample.h"

namespace confer::app {
namespace {

using site::sample::both;
using site::sample::organiser;
using test::ok;
using Json = nlohmann::json;

struct Got {
  int status = 0;
  std::string type, text, head;
  Json body;
  bool has_header(std::string_view line) const { return head.contains(std::string(line) + "\r\n"); }
};

class ApiTest : public test::DatabaseTest {
 protected:
  void SetUp() override {
    DatabaseTest::SetUp();
    if (IsSkipped()) return;
    ok(html::use_catalogues(embedded::catalogues()));
    html::use_templates(embedded::templates());
    clock().set(parse_instant("2027-04-01T08:00:00Z").value());
    sample_ = std::make_unique<site::sample::Sample>(db(), folder_.path());
    fill();
    site_ = std::make_unique<site::RenderedSite>(sample_->web());
    metrics_ = std::make_unique<Metrics>(Metrics{.site = *site_, .server = server_, .token = "metrics"});
    router_ = std::make_unique<http::Router>(all_routes(here_, sample_->web(), *site_, *metrics_));
    gate_ = make_gate(sample_->web());
    error_page_ = make_error_page(sample_->web());
  }

  /// What the sample lacks: an attachment, a second slot of a talk, a person with an account, a second release and a draft beyond it, a hidden event.
  void fill() {
    {
      auto tx = ok(db().begin_write());
      const auto event = ok(events::require_event(tx, "harbour-2027"));
      people::PersonForm form;
      form.name = "Wanja Okoye";
      form.contact_email = "wanja.contact@example.org";
      speaker_ = ok(people::add_account(tx, "Wanja Okoye", "wanja@example.org"));
      auto person = ok(people::find_person(tx, speaker_)).value();
      ok(people::change_person(tx, speaker_, person.version, form));
      for (auto talk : ok(talks::list_talks(tx, event.id))) {
        if (talk.title != "Ships in Python") continue;
        talk.attachments = {{.url = "https://example.org/slides.pdf", .title = "Slides", .kind = 1}};
        talk.tags = {"boats"};
        talk.credits.front().person = speaker_;
        ships_ = talk.code;
        talk = ok(talks::save_talk(tx, organiser, event, talk));
        const auto rooms = ok(events::list_rooms(tx, event));
        ok(programme::save_slot(tx, organiser, event,
                                {.talk = talk.id, .room = rooms.front().id, .start = site::sample::wall("2027-05-05T14:00"), .length = minutes{30}}));
      }
      events::Event hidden;
      hidden.series = event.series;
      hidden.slug = "hidden-2028";
      hidden.title = {"en", "CANARY-EVENT"};
      hidden.zone = "UTC";
      hidden.start = hidden.end = parse_date("2028-05-04").value();
      hidden_ = ok(events::save_event(tx, organiser, hidden)).id;
      events::Event old;
      old.series = event.series;
      old.slug = "harbour-1999";
      old.kind = events::EventKind::archived;
      old.title = {"en", "Harbour Conf 1999"};
      old.year = 1999;
      old.is_public = true;
      ok(events::save_event(tx, organiser, old));
      ok(tx.commit());
    }
    ok(programme::release_schedule(db(), organiser, sample_->id(), "1.1", "More ships.", site::sample::Sample::base_url));
    auto tx = ok(db().begin_write());
    const auto event = ok(events::require_event(tx, "harbour-2027"));
    auto slots = ok(programme::list_slots(tx, event));
    for (auto slot : slots)
      if (slot.start == site::sample::wall("2027-05-05T10:00")) {
        slot.note = "CANARY-NOTE";
        ok(programme::save_slot(tx, organiser, event, slot));
      }
    ok(tx.commit());
  }

  /// A token of a new person with these rights in these events.
  std::string token(const std::set<Right>& rights, std::vector<EventId> where, std::set<TokenScope> scopes, EventId limit = {}) {
    auto tx = ok(db().begin_write());
    const PersonId person = ok(people::add_account(tx, "Somebody", "p" + std::to_string(++people_) + "@example.org"));
    for (const EventId event : where) ok(people::grant(tx, person, rights, {}, event));
    Actor actor = system_actor("test");
    actor.person = person;
    auto made = ok(people::make_api_token(tx, actor, "test", limit, std::move(scopes), {}));
    ok(tx.commit());
    return made.reveal();
  }
  std::string draft_token() { return token({Right::programme}, {sample_->id(), hidden_}, {TokenScope::read_draft}); }
  std::string people_token() { return token({Right::people}, {sample_->id()}, {TokenScope::read_people}); }

  /// As the server asks: route, gate, handler, error page, answer.
  Got ask(const std::string& target, const std::string& bearer = {}, std::vector<std::pair<std::string, std::string>> headers = {}) {
    http::Request request;
    request.target = target;
    const auto question = target.find('?');
    request.path = http::decode_path(target.substr(0, question)).value();
    if (question != std::string::npos) request.query = ok(http::parse_urlencoded(target.substr(question + 1)));
    request.headers = std::move(headers);
    if (!bearer.empty()) request.headers.emplace_back("Authorization", "Bearer " + bearer);
    const auto match = router_->match(http::Method::get, request.path);
    Result<http::Response> response = fail(ErrorCode::not_found, "There is no such page.");
    if (match.route != nullptr) {
      request.route = match.values;
      if (auto passed = gate_(request, *match.route); !passed)
        response = fail(passed.error());
      else
        response = match.route->handler(request);
    }
    const auto answer = http::finish(response ? std::move(*response) : error_page_(request, response.error()), request, {});
    Got got{.status = answer.status, .type = {}, .text = answer.body, .head = answer.head, .body = {}};
    constexpr std::string_view name = "\r\nContent-Type: ";
    if (const auto at = got.head.find(name); at != std::string::npos) {
      const auto from = at + name.size();
      got.type = got.head.substr(from, got.head.find('\r', from) - from);
    }
    got.body = Json::parse(got.text, nullptr, false);
    if (match.route != nullptr && target.starts_with("/api/"))
      answers_ += Json{{"pattern", match.route->pattern}, {"target", target}, {"status", got.status}, {"type", got.type}, {"body", got.text}}.dump() + "\n";
    return got;
  }
  int status(const std::string& target, const std::string& bearer = {}) { return ask(target, bearer).status; }

  /// What the validator says of all answers so far; "" when they are as the document says.
  std::string complaints(const std::string& document = {}) {
    const auto file = folder_.path() / "answers.jsonl", log = folder_.path() / "log.txt";
    std::ofstream(file) << answers_;
    const std::string command = "/usr/bin/python3 " + std::string(CONFER_SOURCE_DIR) + "/tests/api/validate_answers.py " + file.string() + " " + document +
                                " > " + log.string() + " 2>&1";
    if (std::system(command.c_str()) == 0) return {};
    std::ifstream in(log);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  /// Every path of the document, with what stands in this installation in the places of its names.
  std::vector<std::string> all_paths() {
    std::vector<std::string> paths;
    const auto speaker = ask("/api/v1/events/harbour-2027/speakers").body["items"][0]["code"].get<std::string>();
    for (const auto& [path, item] : Json::parse(embedded::api_documents().front().bytes)["paths"].items()) {
      std::string filled = replace_all(path, "{event}", "harbour-2027");
      filled = replace_all(filled, "{code}", filled.contains("/talks/") ? ships_ : speaker);
      paths.push_back(replace_all(replace_all(replace_all(filled, "{series}", "harbour"), "{page}", "venue"), "{name}", "1.1"));
    }
    return paths;
  }

  test::TestFolder folder_;
  std::unique_ptr<site::sample::Sample> sample_;
  Installation here_;
  std::unique_ptr<http::Server> server_;
  std::unique_ptr<site::RenderedSite> site_;
  std::unique_ptr<Metrics> metrics_;
  std::unique_ptr<http::Router> router_;
  http::Gate gate_;
  http::ErrorPage error_page_;
  PersonId speaker_;
  EventId hidden_;
  std::string ships_, answers_;
  int people_ = 0;
};
ON_BOTH_DATABASES(ApiTest);

const std::string harbour = "/api/v1/events/harbour-2027";

TEST_P(ApiTest, answers_when_real_then_just_what_the_document_says) {
  const auto draft = draft_token(), contacts = people_token();
  for (const auto& path : all_paths())
    for (const auto& bearer : {std::string(), draft, contacts, std::string("invented")}) {
      ask(path, bearer);
      ask(path + "?lang=de", bearer);
      ask(path + "?trak=web", bearer);
      for (const char* query : {"?draft=true", "?release=1.0", "?limit=1"}) ask(path + query, bearer);
      if (path.starts_with("/api/v1/events/")) ask(replace_all(path, "harbour-2027", "no-such-event"), bearer);
      if (path.starts_with("/api/v1/events/")) ask(replace_all(path, "harbour-2027", "harbour-1999"), bearer);
      if (path.starts_with("/api/v1/events/")) ask(replace_all(path, "harbour-2027", "hidden-2028"), bearer);
    }
  EXPECT_EQ(complaints(), "");
}

TEST_P(ApiTest, validator_when_an_answer_holds_more_than_the_document_then_says_so) {
  for (const auto& path : all_paths()) ask(path, path.ends_with("contacts") ? people_token() : draft_token());
  EXPECT_EQ(complaints(), "");
  auto document = Json::parse(embedded::api_documents().front().bytes);
  document["components"]["schemas"]["Talk"]["properties"].erase("abstract");
  std::ofstream(folder_.path() / "poorer.json") << document.dump();
  EXPECT_TRUE(complaints((folder_.path() / "poorer.json").string()).contains("'abstract' was unexpected"));
}

TEST_P(ApiTest, anybody_when_asking_everything_then_sees_what_is_public_and_nothing_else) {
  const auto mere = token({Right::programme, Right::people}, {sample_->id(), hidden_}, {});
  for (const auto& bearer : {std::string(), mere})
    for (const auto& path : all_paths())
      for (const char* query : {"", "?release=1.0", "?release=1.1"}) {
        const auto got = ask(path + query, bearer);
        EXPECT_FALSE(got.text.contains("CANARY")) << path << query << "\n" << got.text;
        EXPECT_FALSE(got.text.contains("@example.org")) << path << query;
      }
  EXPECT_TRUE(ask(harbour + "/schedule?draft=true", draft_token()).text.contains("CANARY-BLOCKER")) << "or else this test sees nothing";
}

TEST_P(ApiTest, draft_and_contacts_when_asked_then_for_right_and_scope_together) {
  using enum TokenScope;
  const auto event = sample_->id();
  const auto with_both = draft_token(), no_scope = token({Right::programme}, {event}, {}), no_right = token({Right::site}, {event}, {read_draft}),
             elsewhere = token({Right::programme}, {event}, {read_draft}, hidden_), stranger = token({}, {}, {read_draft, read_people}),
             contacts = people_token(), draft_only = token({Right::people, Right::programme}, {event}, {read_draft});
  for (const char* path : {"/schedule?draft=true", "/talks?draft=true", "/draft", "?draft=true", "/slots?draft=true"}) {
    EXPECT_EQ(status(harbour + path), 401) << path;
    EXPECT_EQ(status(harbour + path, with_both), 200) << path;
    for (const auto& refused : {no_scope, no_right, elsewhere, stranger, contacts}) EXPECT_EQ(status(harbour + path, refused), 403) << path;
  }
  EXPECT_EQ(status(harbour + "/contacts"), 401);
  EXPECT_EQ(status(harbour + "/contacts", contacts), 200);
  for (const auto& refused : {with_both, no_scope, stranger, draft_only}) EXPECT_EQ(status(harbour + "/contacts", refused), 403);
  const auto people = ask(harbour + "/contacts", contacts).body["items"];
  const auto one = std::ranges::find(people, Json("wanja@example.org"), [](const Json& person) { return person["email"]; });
  ASSERT_NE(one, people.end());
  EXPECT_EQ((*one)["contact_email"], "wanja.contact@example.org");
  EXPECT_EQ((*one)["talks"], Json::array({ships_}));
  EXPECT_EQ(std::ranges::count(people, Json(nullptr), [](const Json& person) { return person["email"]; }), 4) << "the import knew only their names";
}

TEST_P(ApiTest, contacts_when_asked_by_a_team_of_some_tracks_then_of_their_talks_alone) {
  std::string bearer;
  {
    auto tx = ok(db().begin_write());
    const auto event = ok(events::require_event(tx, "harbour-2027"));
    const auto track = ok(events::save_track(tx, organiser, event,
                                             {.id = {}, .event = {}, .code = {}, .guid = {}, .name = {"en", "Devroom"}, .description = {}, .color = "#1f5f8b"}))
                           .id;
    auto ships = ok(talks::require_talk(tx, event.id, ships_));
    ships.track = track;
    ok(talks::save_talk(tx, organiser, event, std::move(ships)));
    const auto person = ok(people::add_account(tx, "Devroom", "devroom@example.org"));
    const auto team =
        ok(people::add_team(tx, {.id = {}, .code = {}, .name = "Devroom", .series = {}, .event = event.id, .rights = {Right::people}, .tracks = {track}}));
    ok(people::add_member(tx, sample_->web().sign_in, team, "Devroom", "devroom@example.org"));
    Actor actor = system_actor("test");
    actor.person = person;
    bearer = ok(people::make_api_token(tx, actor, "test", {}, {TokenScope::read_people}, {})).reveal();
    ok(tx.commit());
  }
  std::set<std::string> shown;
  const auto people = ask(harbour + "/contacts", bearer).body["items"];
  for (const auto& person : people)
    for (const auto& talk : person["talks"]) shown.insert(talk.get<std::string>());
  EXPECT_EQ(shown, std::set<std::string>{ships_});
  EXPECT_GT(ask(harbour + "/contacts", people_token()).body["items"].size(), people.size());
}

TEST_P(ApiTest, hidden_event_when_asked_for_then_there_is_none_but_for_its_people) {
  const auto hidden = std::string("/api/v1/events/hidden-2028");
  for (const char* path : {"", "/talks", "/schedule", "/releases", "/facts", "/pages"}) {
    EXPECT_EQ(status(hidden + path), 404) << path;
    EXPECT_EQ(status(hidden + path, token({Right::programme}, {hidden_}, {})), 404) << path;
    EXPECT_EQ(status(hidden + path, token({Right::programme}, {sample_->id()}, {TokenScope::read_draft})), 404) << path;
    EXPECT_EQ(status(hidden + path, draft_token()), 200) << path;
  }
  EXPECT_EQ(status(hidden + "/draft", token({Right::programme}, {sample_->id()}, {TokenScope::read_draft})), 404);
  const auto slugs = [&](const std::string& bearer) {
    std::vector<std::string> out;
    const auto got = ask("/api/v1/events", bearer);
    for (const auto& e : got.body["items"]) out.push_back(e["slug"]);
    return out;
  };
  EXPECT_EQ(slugs({}), (std::vector<std::string>{"harbour-2027", "harbour-1999"}));
  EXPECT_EQ(slugs(draft_token()), (std::vector<std::string>{"harbour-2027", "hidden-2028", "harbour-1999"}));
}

TEST_P(ApiTest, series_when_nothing_of_it_is_public_then_like_one_that_is_not_there) {
  {
    auto tx = ok(db().begin_write());
    ok(events::save_series(tx, organiser, {.id = {}, .slug = "canary", .title = {"en", "Canary"}, .description = {}}));
    ok(tx.commit());
  }
  EXPECT_EQ(ask("/api/v1/series/canary").text, ask("/api/v1/series/no-such-series").text);
  EXPECT_EQ(status("/api/v1/series/canary"), 404);
  EXPECT_EQ(ask("/api/v1/series").body["items"].size(), 1U);
}

TEST_P(ApiTest, event_when_its_api_is_off_then_only_its_people_read_it) {
  {
    auto tx = ok(db().begin_write());
    auto event = ok(events::require_event(tx, "harbour-2027"));
    event.off.insert(events::Feature::api);
    ok(events::save_event(tx, organiser, event));
    ok(tx.commit());
  }
  EXPECT_EQ(status(harbour), 404);
  EXPECT_EQ(status(harbour + "/talks"), 404);
  EXPECT_EQ(status(harbour + "/talks", draft_token()), 200);
  EXPECT_EQ(ask("/api/v1/events").body["items"].size(), 1U);
}

TEST_P(ApiTest, talk_when_it_takes_place_twice_then_both_times_in_every_form) {
  const auto talk = ask(harbour + "/talks/" + ships_).body;
  ASSERT_EQ(talk["slots"].size(), 2U);
  EXPECT_EQ(talk["slots"][0]["start"], Json::parse(R"({"wall":"2027-05-04T11:30","zone":"Europe/Berlin","utc":"2027-05-04T09:30:00Z"})"));
  EXPECT_EQ(talk["slots"][1]["start"]["utc"], "2027-05-05T12:00:00Z");
  EXPECT_EQ(talk["slots"][0]["title"], Json::parse(R"({"de":"Ships in Python"})"));
  EXPECT_EQ(talk["attachments"], Json::parse(R"([{"url":"https://example.org/slides.pdf","title":"Slides","kind":"slides"}])"));
  EXPECT_EQ(talk["do_not_record"], true);
  EXPECT_EQ(talk["tags"], Json::array({"boats"}));
  EXPECT_EQ(ask(harbour + "/talks/" + ships_ + "?release=1.0").body["slots"].size(), 1U);
  EXPECT_EQ(status(harbour + "/talks/NOSUCH"), 404);
  const auto kinds = [&](const std::string& bearer, const std::string& query) {
    std::map<std::string, int> count;
    const auto got = ask(harbour + "/slots" + query, bearer);
    for (const auto& slot : got.body["items"]) ++count[slot["kind"]];
    return count;
  };
  EXPECT_EQ(kinds({}, ""), (std::map<std::string, int>{{"talk", 5}, {"break", 1}}));
  EXPECT_EQ(kinds(draft_token(), "?draft=true"), (std::map<std::string, int>{{"talk", 6}, {"break", 1}, {"blocker", 1}}));
  EXPECT_EQ(kinds({}, "?day=2027-05-05"), (std::map<std::string, int>{{"talk", 2}}));
}

TEST_P(ApiTest, texts_when_asked_in_one_language_then_that_alone) {
  const auto all = ask(harbour).body, german = ask(harbour + "?lang=de").body, french = ask(harbour + "?lang=fr").body;
  EXPECT_EQ(all["title"], Json::parse(R"({"en":"Harbour Conf 2027","de":"Hafenkonferenz 2027"})"));
  EXPECT_EQ(german["title"], Json::parse(R"({"de":"Hafenkonferenz 2027"})"));
  EXPECT_EQ(french["title"], Json::parse(R"({"fr":"Harbour Conf 2027"})"));
  EXPECT_EQ(german["rooms"][0]["name"], Json::parse(R"({"de":"Großer Saal"})"));
  EXPECT_EQ(german["subtitle"], Json::object());
}

TEST_P(ApiTest, list_when_read_in_pages_then_the_same_as_whole_even_if_it_changes_meanwhile) {
  for (const char* list : {"/talks", "/slots", "/speakers", "/releases", "/pages"}) {
    const auto whole = ask(harbour + list).body["items"];
    Json walked = Json::array();
    std::string next = harbour + list + "?limit=1";
    while (!next.empty()) {
      const auto got = ask(next);
      ASSERT_EQ(got.status, 200) << next;
      for (const auto& item : got.body["items"]) walked.push_back(item);
      EXPECT_EQ(got.body["next"].is_null(), !got.head.contains("\r\nLink: "));
      next = got.body["next"].is_null() ? "" : got.body["next"].get<std::string>();
      if (!next.empty()) EXPECT_TRUE(got.has_header("Link: <" + next + ">; rel=\"next\""));
    }
    EXPECT_EQ(walked, whole) << list;
    EXPECT_GE(whole.size(), 1U) << list;
  }
  const auto first = ask(harbour + "/talks?limit=2").body;
  {
    auto tx = ok(db().begin_write());
    const auto event = ok(events::require_event(tx, "harbour-2027"));
    auto talk = ok(talks::require_talk(tx, event.id, first["items"][0]["code"].get<std::string>()));
    talk.title = "ZZZ, so that an order by title would show it twice";
    ok(talks::save_talk(tx, organiser, event, talk));
    ok(tx.commit());
  }
  ok(programme::release_schedule(db(), organiser, sample_->id(), "1.2", "", site::sample::Sample::base_url));
  std::set<std::string> seen{first["items"][0]["code"], first["items"][1]["code"]};
  const auto rest = ask(first["next"].get<std::string>()).body["items"];
  for (const auto& item : rest) EXPECT_TRUE(seen.insert(item["code"]).second);
  EXPECT_EQ(seen.size(), ask(harbour + "/talks").body["items"].size());
}

TEST_P(ApiTest, list_when_filtered_then_only_what_fits) {
  const auto count = [&](const std::string& query) { return ask(harbour + query).body["items"].size(); };
  EXPECT_EQ(count("/talks?tag=boats"), 1U);
  EXPECT_EQ(count("/talks?tag=boat"), 0U);
  const auto one = ask(harbour + "/talks/" + ships_).body;
  EXPECT_EQ(count("/talks?speaker=" + one["credits"][0]["speaker"].get<std::string>()), 1U);
  EXPECT_EQ(count("/talks?track=" + one["track"].get<std::string>()), 4U);
  EXPECT_EQ(count("/slots?room=" + one["slots"][0]["room"].get<std::string>() + "&day=2027-05-04"), 1U);
}

TEST_P(ApiTest, answer_when_unchanged_then_304_and_caches_keep_people_apart) {
  const auto got = ask(harbour + "/schedule");
  EXPECT_TRUE(got.has_header("Access-Control-Allow-Origin: *"));
  EXPECT_TRUE(got.has_header("Cache-Control: no-cache"));
  EXPECT_TRUE(got.head.contains("Authorization, Cookie\r\n")) << got.head;
  const auto at = got.head.find("ETag: ") + 6;
  const auto etag = got.head.substr(at, got.head.find('\r', at) - at);
  const auto again = ask(harbour + "/schedule", {}, {{"If-None-Match", etag}});
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.text, "");
  EXPECT_EQ(ask(harbour + "/schedule", {}, {{"If-None-Match", "\"other\""}}).status, 200);
  const auto draft = ask(harbour + "/schedule?draft=true", draft_token());
  EXPECT_TRUE(draft.has_header("Cache-Control: private, no-cache"));
}

TEST_P(ApiTest, request_when_wrong_then_a_problem_that_says_what_to_do) {
  const auto wrong = ask(harbour + "/talks?trak=web");
  EXPECT_EQ(wrong.status, 422);
  EXPECT_EQ(wrong.type, "application/problem+json");
  EXPECT_EQ(wrong.body, Json::parse(R"({"type":"about:blank","title":"Unprocessable Content","status":422,"code":"invalid",
    "detail":"There is no parameter “trak” here. There are: lang, limit, after, draft, release, track, type, speaker, tag.",
    "problems":[{"field":"trak","message":"There is no parameter “trak” here. There are: lang, limit, after, draft, release, track, type, speaker, tag."}]})"));
  for (const char* query : {"/talks?limit=0", "/talks?limit=1001", "/talks?limit=x", "/talks?draft=yes", "/talks?lang=%20", "/talks?draft=true&release=1.0",
                            "/talks?track=a&track=b", "/slots?day=tomorrow", "/facts?after=-1", "/facts?after=x"})
    EXPECT_EQ(status(harbour + query), 422) << query;
  EXPECT_EQ(status(harbour + "/talks?release=9.9"), 404);
  EXPECT_EQ(status(harbour + "/releases/1.1?against=9.9"), 404);
  const auto unknown = ask("/api/v1/nothing");
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(unknown.type, "application/problem+json");
  const auto invented = ask("/api/v1", "invented");
  EXPECT_EQ(invented.status, 401);
  EXPECT_TRUE(invented.has_header("WWW-Authenticate: Bearer"));
  EXPECT_EQ(invented.body["detail"], "This token is not (or no longer) valid.");
  EXPECT_EQ(ask("/api/v1", {}, {{"Authorization", "Basic YTpi"}}).status, 401);
}

TEST_P(ApiTest, releases_when_asked_then_what_each_changed) {
  const auto second = ask(harbour + "/releases/1.1").body;
  EXPECT_EQ(second["against"], "1.0");
  EXPECT_EQ(second["is_current"], true);
  std::map<std::string, int> kinds;
  for (const auto& change : second["changes"]) ++kinds[change["kind"]];
  EXPECT_EQ(kinds, (std::map<std::string, int>{{"added", 1}, {"edited", 1}}));
  const auto first = ask(harbour + "/releases/1.0").body;
  EXPECT_EQ(first["against"], nullptr);
  EXPECT_EQ(first["changes"].size(), 5U);
  EXPECT_EQ(ask(harbour + "/releases/1.0?against=1.1").body["changes"].size(), 2U);
  const auto draft = ask(harbour + "/draft", draft_token()).body;
  EXPECT_EQ(draft["against"], "1.1");
  ASSERT_EQ(draft["changes"].size(), 1U);
  EXPECT_EQ(draft["changes"][0]["fields"], Json::array({"note"}));
  EXPECT_GE(draft["clashes"].size(), 1U);
}

TEST_P(ApiTest, facts_when_followed_then_each_once_and_the_organisers_work_only_for_them) {
  const auto names = [&](const std::string& bearer) {
    std::map<std::string, int> out;
    std::string next = harbour + "/facts?limit=3";
    std::int64_t last = 0;
    while (!next.empty()) {
      const auto got = ask(next, bearer).body;
      for (const auto& fact : got["items"]) {
        EXPECT_GT(fact["position"].get<std::int64_t>(), last);
        last = fact["position"];
        ++out[fact["name"]];
      }
      next = got["next"].is_null() ? "" : got["next"].get<std::string>();
    }
    return out;
  };
  EXPECT_EQ(names({}), (std::map<std::string, int>{{"banner.changed", 1}, {"schedule.released", 2}}));
  const auto whole = names(draft_token());
  EXPECT_EQ(whole.at("schedule.released"), 2);
  EXPECT_GT(whole.at("talk.changed"), 0);
  const auto end = ask(harbour + "/facts").body["position"].get<std::int64_t>();
  EXPECT_EQ(ask(harbour + "/facts?after=" + std::to_string(end)).body["items"], Json::array());
  ok(programme::release_schedule(db(), organiser, sample_->id(), "1.2", "", site::sample::Sample::base_url));
  EXPECT_EQ(ask(harbour + "/facts?after=" + std::to_string(end)).body["items"].size(), 1U);
}

TEST_P(ApiTest, token_when_shown_elsewhere_than_to_the_api_then_counts_for_nothing) {
  EXPECT_EQ(status("/organise/harbour-2027/talks", draft_token()), 401);
  http::Request metrics;
  metrics.path = "/metrics";
  metrics.headers = {{"Authorization", "Bearer metrics"}};
  EXPECT_TRUE(gate_(metrics, *router_->match(http::Method::get, "/metrics").route)) << "this one is a setting, not a person's";
}

TEST_P(ApiTest, list_when_longer_then_costs_no_more_statements) {
  const auto contacts = people_token();
  const auto cost = [&](const std::string& target, const std::string& bearer) {
    status(target, bearer);
    const auto before = db::Database::statement_count();
    status(target, bearer);
    return db::Database::statement_count() - before;
  };
  const auto talks = cost(harbour + "/talks", {}), people = cost(harbour + "/contacts", contacts), events = cost("/api/v1/events", {});
  {
    auto tx = ok(db().begin_write());
    const auto event = ok(events::require_event(tx, "harbour-2027"));
    for (auto talk : ok(talks::list_talks(tx, event.id)))
      for (std::size_t i = 0; i < talk.credits.size(); ++i) {
        talk.credits[i].person = ok(people::add_account(tx, "Another", "another" + std::to_string(++people_) + "@example.org"));
        if (i + 1 == talk.credits.size()) ok(talks::save_talk(tx, organiser, event, talk));
      }
    events::Event more;
    more.series = event.series;
    more.slug = "harbour-2000";
    more.kind = events::EventKind::archived;
    more.title = {"en", "Harbour Conf 2000"};
    more.year = 2000;
    more.is_public = true;
    ok(events::save_event(tx, organiser, more));
    ok(tx.commit());
  }
  EXPECT_GT(ask(harbour + "/contacts", contacts).body["items"].size(), 2U);
  EXPECT_EQ(cost(harbour + "/talks", {}), talks);
  EXPECT_EQ(cost(harbour + "/contacts", contacts), people);
  EXPECT_EQ(cost("/api/v1/events", {}), events);
}

TEST_P(ApiTest, reference_when_opened_then_has_every_resource_and_every_field) {
  const auto page = ask("/api");
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(page.type.starts_with("text/html"));
  const auto document = Json::parse(embedded::api_documents().front().bytes);
  for (const auto& [path, item] : document["paths"].items()) EXPECT_TRUE(page.text.contains("<code>GET " + path + "</code>")) << path;
  for (const auto& [name, schema] : document["components"]["schemas"].items()) {
    EXPECT_TRUE(page.text.contains("id=\"schema-" + name + "\"")) << name;
    for (const auto& [field, of] : schema.value("properties", Json::object()).items()) EXPECT_TRUE(page.text.contains("<code>" + field + "</code>")) << field;
  }
}

}  // namespace
}  // namespace confer::app
