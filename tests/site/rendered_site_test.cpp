// The public site of a released event: every link leads somewhere, every page is whole, nothing private is in it, and it comes back from disk.
#include <gtest/gtest.h>
#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include "base/embedded.h"
#include "base/text.h"
#include "html/markdown.h"
#include "http/compress.h"
#include "markup.h"
#include "sample.h"
#include "site/archive_pages.h"
#include "site/content.h"
#include "site/pack.h"

namespace confer::site {
namespace {

using sample::look_at;
using sample::Sample;
using test::ok;

class RenderedSiteTest : public test::DatabaseTest {
 protected:
  void SetUp() override {
    DatabaseTest::SetUp();
    if (IsSkipped()) return;
    ok(html::use_catalogues(embedded::catalogues()));
    html::use_templates(embedded::templates());
    folder_ = std::make_unique<test::TestFolder>();
    clock().set(parse_instant("2027-05-04T08:10:00Z").value());  // 10:10 in Berlin: the keynote runs
    sample_ = std::make_unique<Sample>(db(), folder_->path());
    site_ = std::make_unique<RenderedSite>(sample_->web(), std::vector<std::pair<std::string, std::string>>{{"X-Test", "yes"}});
    ok(site_->load());
    do_all_that_can_wait(*site_);
  }
  static void do_all_that_can_wait(RenderedSite& site) {
    while (ok(site.bring_present()) || ok(site.do_what_can_wait())) continue;
  }
  std::string page(const std::string& path) {
    const auto ready = site_->find(path);
    return ready == nullptr ? "(no " + path + ")" : ready->identity;
  }
  http::Request request(const std::string& path, std::map<std::string, std::string, std::less<>> route) {
    http::Request r;
    r.path = path;
    r.route = std::move(route);
    return r;
  }
  /// An address that a handler answers, not ready bytes.
  static bool is_on_demand(std::string_view path) {
    return path.ends_with("/search") || path.starts_with("/archive") || path.starts_with("/de/archive") || path.ends_with("/cite.bib") ||
           path.contains("/releases/") || path.starts_with("/assets/") || path == "/sign-in";
  }
  /// The index is made on demand.
  std::string sitemap() {
    ArchivePages pages(sample_->web(), {});
    return ok(pages.answer(sitemap_index, request("/sitemap.xml", {}))).ready_->identity;
  }
  std::unique_ptr<test::TestFolder> folder_;
  std::unique_ptr<Sample> sample_;
  std::unique_ptr<RenderedSite> site_;
};
ON_BOTH_DATABASES(RenderedSiteTest);

TEST_P(RenderedSiteTest, pages_when_released_then_every_link_leads_to_a_document) {
  std::set<std::string> broken;
  for (const auto& path : site_->paths()) {
    const auto ready = site_->find(path);
    ASSERT_NE(ready, nullptr) << path;
    if (!ready->content_type.starts_with("text/html")) continue;
    for (const auto& link : look_at(ready->identity).links) {
      if (link.starts_with("https://") || link == "#" || link.starts_with("/assets/") || link.starts_with("/api") || link == "/account")
        continue;  // made on demand by others
      const auto hash = link.find('#');
      std::string target = link.substr(0, hash);
      if (link.empty()) broken.insert(path + " -> an empty link");
      if (target.empty()) target = path;
      target = target.substr(0, target.find('?'));
      if (is_on_demand(target)) continue;
      const auto found = site_->find(target);
      if (found == nullptr)
        broken.insert(path + " -> " + link);
      else if (hash != std::string::npos && !look_at(found->identity).ids.contains(link.substr(hash + 1)))
        broken.insert(path + " -> " + link + " (no such place)");
    }
  }
  EXPECT_EQ(join({broken.begin(), broken.end()}, "\n"), "");
}

TEST_P(RenderedSiteTest, pages_when_looked_at_then_tags_match_and_ids_are_unique) {
  std::vector<std::string> problems;
  for (const auto& path : site_->paths()) {
    const auto ready = site_->find(path);
    if (!ready->content_type.starts_with("text/html")) continue;
    for (const auto& problem : look_at(ready->identity).problems) problems.push_back(path + ": " + problem);
    if (ready->identity.contains("{{") || ready->identity.contains("[[")) problems.push_back(path + ": a template's mark is left");
  }
  EXPECT_EQ(join(problems, "\n"), "");
}

TEST_P(RenderedSiteTest, documents_when_draft_hidden_or_blocked_then_nothing_of_it_is_seen) {
  for (const auto& path : site_->paths()) EXPECT_FALSE(site_->find(path)->identity.contains("CANARY")) << path;
}

TEST_P(RenderedSiteTest, paths_when_two_languages_then_the_first_has_no_prefix_and_both_are_whole) {
  std::vector<std::string> english, german;
  for (const auto& path : site_->paths()) {
    const auto& type = site_->find(path)->content_type;
    if (!type.starts_with("text/html")) continue;
    if (path.starts_with("/de/harbour-2027"))
      german.push_back(path.substr(3));
    else if (path.starts_with("/harbour-2027"))
      english.push_back(path);
  }
  if (html::languages().size() > 1) EXPECT_EQ(german, english);
  const std::string ropes = sample_->code_of("Ropes");
  std::vector<std::string> expected = {"/harbour-2027",
                                       "/harbour-2027/changes",
                                       "/harbour-2027/exports",
                                       "/harbour-2027/list",
                                       "/harbour-2027/my",
                                       "/harbour-2027/now",
                                       "/harbour-2027/pages/venue",
                                       "/harbour-2027/print",
                                       "/harbour-2027/schedule",
                                       "/harbour-2027/schedule/2027-05-04",
                                       "/harbour-2027/schedule/2027-05-04/list",
                                       "/harbour-2027/schedule/2027-05-05",
                                       "/harbour-2027/schedule/2027-05-05/list",
                                       "/harbour-2027/speakers",
                                       "/harbour-2027/talks/" + ropes + "-ropes"};
  for (const auto& path : expected) EXPECT_TRUE(std::ranges::binary_search(english, path)) << path;
  EXPECT_TRUE(page("/harbour-2027/schedule/2027-05-04").contains("Great Hall"));
  if (html::languages().size() > 1) EXPECT_TRUE(page("/de/harbour-2027/schedule/2027-05-04").contains("Großer Saal"));
}

TEST_P(RenderedSiteTest, exports_when_released_then_equal_what_the_writers_say) {
  auto tx = ok(db().begin_read());
  const auto event = ok(events::require_event(tx, "harbour-2027"));
  const auto p = ok(programme::current_programme(tx, event, "https://conf.example.org"));
  ASSERT_TRUE(p.has_value());
  const programme::Generator generator{.name = "Confer", .version = {}, .url = Sample::base_url};
  EXPECT_EQ(page("/harbour-2027/schedule.json"), programme::write_schedule_json(*p, generator));
  EXPECT_EQ(page("/harbour-2027/schedule.xml"), programme::write_schedule_xml(*p, generator));
  EXPECT_EQ(page("/harbour-2027/schedule2.json"), programme::write_schedule2_json(*p, generator));
  EXPECT_EQ(page("/harbour-2027/schedule.csv"), programme::write_csv(*p));
  EXPECT_EQ(page("/harbour-2027/schedule.txt"), programme::write_text(*p, "en"));
  const auto ready = site_->find("/harbour-2027/schedule.json");
  EXPECT_TRUE(ready->head_identity.contains("Access-Control-Allow-Origin: *")) << ready->head_identity;
  EXPECT_EQ(ready->last_modified, p->released_at);
  EXPECT_TRUE(site_->find("/harbour-2027")->head_identity.contains("X-Test: yes"));
}

TEST_P(RenderedSiteTest, single_calendar_when_asked_then_has_one_event) {
  const auto calendar = page("/harbour-2027/talks/" + sample_->code_of("Ropes") + ".ics");
  std::size_t count = 0;
  for (std::size_t at = 0; (at = calendar.find("BEGIN:VEVENT", at)) != std::string::npos; ++at) ++count;
  EXPECT_EQ(count, 1U) << calendar;
}

TEST_P(RenderedSiteTest, talk_page_when_it_has_everything_then_shows_it_safely) {
  const auto ships = page("/harbour-2027/talks/" + sample_->code_of("Ships in Python") + "-ships-in-python");
  EXPECT_TRUE(ships.contains("do not record")) << ships;
  EXPECT_TRUE(ships.contains("11:30–12:00"));
  EXPECT_TRUE(ships.contains("Europe/Berlin"));
  EXPECT_TRUE(ships.contains("https://example.org/feedback?a=1&amp;b=2"));
  EXPECT_FALSE(ships.contains("javascript:alert"));
  const auto tides = page("/harbour-2027/talks/" + sample_->code_of("Tides & <series>") + "-tides-series");
  EXPECT_TRUE(tides.contains("Tides &amp; &lt;series&gt;")) << tides;
  EXPECT_FALSE(tides.contains("<b>no HTML"));
  EXPECT_TRUE(page("/harbour-2027/talks/" + sample_->code_of("Lightning talks") + "-lightning-talks").contains("id=\"p2-sails\""));
}

TEST_P(RenderedSiteTest, now_page_when_an_edge_passes_then_is_drawn_anew) {
  EXPECT_TRUE(page("/harbour-2027/now").contains("data-end=\"1809420300000\"")) << "the keynote ends at 10:45 in Berlin";
  const auto before = site_->find("/harbour-2027/now");
  ok(site_->render_now(clock().now()));
  EXPECT_EQ(site_->find("/harbour-2027/now"), before) << "no edge was passed";
  clock().set(parse_instant("2027-05-04T09:35:00Z").value());
  ok(site_->render_now(clock().now()));
  EXPECT_NE(site_->find("/harbour-2027/now"), before);
  EXPECT_TRUE(page("/harbour-2027/now").contains("Ships in Python"));
  EXPECT_FALSE(page("/harbour-2027/now").contains("Tides"));
}

TEST_P(RenderedSiteTest, schedule_when_the_next_day_begins_then_front_shows_it) {
  EXPECT_TRUE(page("/harbour-2027/schedule").contains("Tuesday, 4 May</h1>"));
  clock().set(parse_instant("2027-05-05T03:00:00Z").value());
  ok(site_->render_now(clock().now()));
  EXPECT_TRUE(page("/harbour-2027/schedule").contains("Wednesday, 5 May</h1>"));
}

TEST_P(RenderedSiteTest, load_when_kept_on_disk_then_same_bytes_without_rendering) {
  RenderedSite again(sample_->web());
  ok(again.load());
  ASSERT_EQ(again.paths(), site_->paths());
  // Headers are of the pack too: they show that nothing but the pages of the moment was drawn again.
  EXPECT_TRUE(again.find("/harbour-2027/list")->head_identity.contains("X-Test: yes"));
  for (const auto& path : site_->paths()) EXPECT_EQ(again.find(path)->identity, site_->find(path)->identity) << path;
}

TEST_P(RenderedSiteTest, load_when_the_pack_is_damaged_or_old_then_renders) {
  const auto pack = folder_->path() / "rendered/harbour-2027/pages.pack";
  ASSERT_TRUE(std::filesystem::exists(pack));
  std::filesystem::resize_file(pack, std::filesystem::file_size(pack) - 100);
  RenderedSite again(sample_->web());
  ok(again.load());
  EXPECT_EQ(again.find("/harbour-2027/list"), nullptr) << "the start does not wait for a rendering";
  EXPECT_FALSE(ok(again.wake("/harbour-2027/list"))->head_identity.contains("X-Test: yes"));
  {
    auto tx = ok(db().begin_write());
    const auto event = ok(events::require_event(tx, "harbour-2027"));
    ok(events::set_banner(tx, sample::organiser, event, LocalizedText("en", "The hall is closed"), 2));
    ok(tx.commit());
  }
  RenderedSite changed(sample_->web());
  ok(changed.load());
  do_all_that_can_wait(changed);
  EXPECT_TRUE(changed.find("/harbour-2027")->identity.contains("The hall is closed"));
}

TEST_P(RenderedSiteTest, documents_when_one_talk_moves_then_only_what_shows_it_is_made_again) {
  std::map<std::string, std::shared_ptr<const http::Ready>> before;
  for (const auto& path : site_->paths()) before[path] = site_->find(path);
  {
    auto tx = ok(db().begin_write());
    const auto event = ok(events::require_event(tx, sample_->id()));
    auto talk = ok(talks::require_talk(tx, sample_->id(), sample_->code_of("Ropes")));
    talk.abstract = "Knots, at last.";
    ok(talks::save_talk(tx, sample::organiser, event, talk));
    ok(tx.commit());
  }
  ok(programme::release_schedule(db(), sample::organiser, sample_->id(), "1.1", "", Sample::base_url));
  ok(site_->render_event(sample_->id()));
  std::set<std::string> pages;
  for (const auto& [path, ready] : before) {
    ASSERT_NE(site_->find(path), nullptr) << path;
    EXPECT_EQ(site_->find(path) == ready, site_->find(path)->identity == ready->identity) << path;
    if (site_->find(path) != ready && ready->content_type.starts_with("text/html") && path.starts_with("/harbour")) pages.insert(path);
  }
  const std::string ropes = "/harbour-2027/talks/" + sample_->code_of("Ropes") + "-ropes";
  EXPECT_TRUE(pages.contains(ropes));
  EXPECT_TRUE(pages.contains("/harbour-2027/changes"));
  EXPECT_FALSE(pages.contains("/harbour-2027/talks/" + sample_->code_of("Ships in Python") + "-ships-in-python"));
  EXPECT_FALSE(pages.contains("/harbour-2027/speakers"));
  EXPECT_FALSE(pages.contains("/harbour-2027/pages/venue"));
}

TEST_P(RenderedSiteTest, documents_when_nobody_waits_then_are_pressed_and_stay_the_same) {
  RenderedSite fresh(sample_->web());
  std::filesystem::remove_all(folder_->path() / "rendered");
  ok(fresh.load());
  ok(fresh.render_event(sample_->id()));
  const auto quick = fresh.find("/harbour-2027/list");
  EXPECT_FALSE(quick->is_pressed);
  while (!std::filesystem::exists(folder_->path() / "rendered" / "harbour-2027" / "pages.pack")) ok(fresh.do_what_can_wait());
  std::stop_source stopping;
  stopping.request_stop();
  ok(fresh.do_what_can_wait(stopping.get_token()));
  EXPECT_FALSE(fresh.find("/harbour-2027/list")->is_pressed) << "who wants to stop does not wait for it";
  do_all_that_can_wait(fresh);
  const auto pressed = fresh.find("/harbour-2027/list");
  EXPECT_TRUE(pressed->is_pressed);
  EXPECT_EQ(quick->brotli, "") << "what must be there at once is gzip alone";
  EXPECT_LT(pressed->gzip.size(), quick->gzip.size());
  EXPECT_LT(pressed->brotli.size(), pressed->gzip.size());
  EXPECT_NE(pressed->brotli, "");
  EXPECT_EQ(pressed->identity, quick->identity);
  EXPECT_EQ(pressed->etag, quick->etag);
  EXPECT_TRUE(pressed->head_brotli.contains("Content-Length: " + std::to_string(pressed->brotli.size()) + "\r\n")) << pressed->head_brotli;
  RenderedSite again(sample_->web());
  ok(again.load());
  EXPECT_EQ(again.find("/harbour-2027/list")->brotli, pressed->brotli) << "what was pressed is kept on disk";
}

TEST_P(RenderedSiteTest, event_when_long_over_then_sleeps_until_somebody_asks) {
  clock().set(parse_instant("2027-06-20T08:00:00Z").value());
  RenderedSite later(sample_->web());
  ok(later.load());
  do_all_that_can_wait(later);
  EXPECT_EQ(later.find("/harbour-2027/list"), nullptr);
  EXPECT_NE(later.find("/"), nullptr);
  EXPECT_EQ(ok(later.wake("/harbour-2027/no-such-page")), nullptr);
  const auto list = ok(later.wake("/harbour-2027/list"));
  ASSERT_NE(list, nullptr);
  EXPECT_EQ(later.find("/harbour-2027/list"), list);
  EXPECT_NE(later.find("/embed/harbour-2027.json"), nullptr);
  EXPECT_EQ(ok(later.wake("/nowhere/list")), nullptr);
}

TEST_P(RenderedSiteTest, sitemap_when_asked_then_names_each_event_and_its_pages_for_search_engines) {
  EXPECT_TRUE(sitemap().contains("<loc>https://conf.example.org/harbour-2027/sitemap.xml</loc>")) << sitemap();
  EXPECT_TRUE(page("/sitemap-home.xml").contains("<loc>https://conf.example.org/series/harbour</loc>"));
  const auto own = page("/harbour-2027/sitemap.xml");
  EXPECT_TRUE(own.contains("<loc>https://conf.example.org/harbour-2027/list</loc>"));
  EXPECT_TRUE(own.contains("<loc>https://conf.example.org/de/harbour-2027/list</loc>"));
  EXPECT_FALSE(own.contains("/my<"));
  EXPECT_FALSE(own.contains("/print"));
}

TEST_P(RenderedSiteTest, event_in_a_language_that_the_program_does_not_speak_then_its_pages_are_in_it_from_right_to_left) {
  {
    auto tx = ok(db().begin_write());
    auto event = ok(events::require_event(tx, sample_->id()));
    event.languages = {"he", "en"};
    ok(events::save_event(tx, sample::organiser, event));
    ok(tx.commit());
  }
  ok(site_->render_event(sample_->id()));
  EXPECT_TRUE(page("/harbour-2027/list").contains("<html lang=\"he\"")) << page("/harbour-2027/list").substr(0, 400);
  EXPECT_TRUE(page("/harbour-2027/manifest.webmanifest").contains("\"dir\":\"rtl\""));
  EXPECT_TRUE(page("/en/harbour-2027/list").contains("<html lang=\"en\"") || html::languages().front() == "en");
}

TEST_P(RenderedSiteTest, event_when_made_private_then_all_is_gone) {
  {
    auto tx = ok(db().begin_write());
    auto event = ok(events::require_event(tx, "harbour-2027"));
    event.is_public = false;
    ok(events::save_event(tx, sample::organiser, event));
    ok(tx.commit());
  }
  ok(site_->render_event(sample_->id()));
  for (const auto& path : site_->paths()) EXPECT_FALSE(path.contains("harbour-2027")) << path;
  EXPECT_FALSE(sitemap().contains("harbour-2027"));
  EXPECT_FALSE(std::filesystem::exists(folder_->path() / "rendered/harbour-2027/pages.pack"));
}

TEST_P(RenderedSiteTest, talk_when_retitled_and_released_then_old_address_redirects) {
  const std::string code = sample_->code_of("Ropes");
  {
    auto tx = ok(db().begin_write());
    const auto event = ok(events::require_event(tx, sample_->id()));
    auto talk = ok(talks::require_talk(tx, sample_->id(), code));
    talk.title = "Ropes and knots";
    talk.slug.clear();
    ok(talks::save_talk(tx, sample::organiser, event, talk));
    ok(tx.commit());
  }
  ok(programme::release_schedule(db(), sample::organiser, sample_->id(), "1.1", "", Sample::base_url));
  ok(site_->render_event(sample_->id()));
  EXPECT_EQ(site_->find("/harbour-2027/talks/" + code + "-ropes"), nullptr);
  EXPECT_NE(site_->find("/harbour-2027/talks/" + code + "-ropes-and-knots"), nullptr);
  auto asked = request("/harbour-2027/talks/" + code + "-ropes", {{"event", "harbour-2027"}, {"code", code + "-ropes"}});
  const auto answer = ok(talk_redirect(sample_->web(), asked));
  EXPECT_EQ(answer.status(), 301);
  EXPECT_TRUE(page("/harbour-2027/changes").contains("Ropes and knots"));
  EXPECT_TRUE(page("/harbour-2027/releases.atom").contains("<title>Programme 1.1</title>"));

  auto old = request("/harbour-2027/releases/1.0", {{"event", "harbour-2027"}, {"name", "1.0"}});
  const auto old_page = ok(old_release_page(sample_->web(), old));
  EXPECT_TRUE(old_page.body_.contains(">Ropes</a>"));
  EXPECT_FALSE(old_page.body_.contains("CANARY"));
}

TEST_P(RenderedSiteTest, search_when_words_are_folded_then_finds_talks_and_people) {
  {
    auto tx = ok(db().begin_write());
    ok(index_event(tx, ok(events::require_event(tx, "harbour-2027")).id));
    ok(tx.commit());
  }
  auto asked = request("/harbour-2027/search", {{"event", "harbour-2027"}});
  asked.query.add("q", "angstrom");
  EXPECT_TRUE(ok(search_page(sample_->web(), asked)).body_.contains("Ropes"));
  auto nothing = request("/harbour-2027/search", {{"event", "harbour-2027"}});
  nothing.query.add("q", "canary");
  const auto body = ok(search_page(sample_->web(), nothing)).body_;
  EXPECT_FALSE(body.contains("CANARY")) << body;
}

TEST_P(RenderedSiteTest, text_schedule_when_asked_by_curl_then_equals_the_writer) {
  auto asked = request("/harbour-2027/schedule.txt", {{"event", "harbour-2027"}});
  asked.query.add("width", "60");
  auto tx = ok(db().begin_read());
  const auto p = ok(programme::current_programme(tx, ok(events::require_event(tx, "harbour-2027")), "https://conf.example.org"));
  EXPECT_EQ(ok(text_schedule(sample_->web(), asked)).body_, programme::write_text(*p, "en", 60));
}

TEST_P(RenderedSiteTest, revision_when_there_is_a_banner_then_names_it_in_each_language) {
  const auto revision = page("/harbour-2027/revision.json");
  EXPECT_TRUE(revision.contains("\"banner\":{\"level\":0,\"text\":{\"en\":\"Doors open at 9\"")) << revision;
  EXPECT_TRUE(page("/harbour-2027/list").contains("Doors open at 9"));
}

TEST_P(RenderedSiteTest, home_when_running_then_says_so_and_series_has_the_table) {
  EXPECT_TRUE(page("/").contains("Running today")) << page("/");
  EXPECT_TRUE(page("/series/harbour").contains("<td class=\"number\" data-label=\"People\">300</td>")) << page("/series/harbour");
}

}  // namespace
}  // namespace confer::site
