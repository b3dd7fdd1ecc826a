// The archive's pages: made when asked for, whole, linked, kept while they are true, and nothing private in them.
#include "site/archive_pages.h"
#include <gtest/gtest.h>
#include <set>
#include "archive/archive.h"
#include "base/embedded.h"
#include "base/text.h"
#include "html/template.h"
#include "markup.h"
#include "recordings/recordings.h"
#include "sample.h"

namespace confer::site {
namespace {

using sample::Sample;
using test::ok;

class ArchivePagesTest : public test::DatabaseTest {
 protected:
  void SetUp() override {
    DatabaseTest::SetUp();
    if (IsSkipped()) return;
    ok(html::use_catalogues(embedded::catalogues()));
    html::use_templates(embedded::templates());
    folder_ = std::make_unique<test::TestFolder>();
    clock().set(parse_instant("2027-05-04T08:10:00Z").value());
    sample_ = std::make_unique<Sample>(db(), folder_->path());
    pages_ =
        std::make_unique<ArchivePages>(sample_->web(), std::vector<std::pair<std::string, std::string>>{{"Content-Security-Policy", "default-src 'self'"}});
    add_edition(2011, false);
    add_edition(2012, true);
    add_edition(2013, false);
  }
  /// An archived edition with three talks; the first has a video, and of 2012 one is private to nobody but held back.
  void add_edition(int year, bool has_held_back) {
    auto tx = ok(db().begin_write());
    const auto series = ok(events::find_series(tx, "harbour"));
    events::Event event;
    event.series = series->id;
    event.kind = events::EventKind::archived;
    event.slug = "harbour-" + std::to_string(year);
    event.title = LocalizedText("en", "Harbour Conf " + std::to_string(year));
    event.year = year;
    event.is_public = true;
    event = ok(events::save_event(tx, sample::organiser, event));
    for (const std::string title : {"Knots & <ropes>", "Lighthouses at night", "Tides for beginners"}) {
      talks::Talk talk;
      talk.event = event.id;
      talk.title = title;
      talk.abstract = "About *" + title + "*.";
      talk.tags = {"sea", title == "Lighthouses at night" ? "light" : "water"};
      talk.language = title == "Tides for beginners" ? "de" : "en";
      talk.state = talks::State::archived;
      talk.credits = {{.name = "Wanja Okoye"}};
      talk = ok(talks::save_talk(tx, sample::organiser, event, talk));
      if (title != "Knots & <ropes>" && !(has_held_back && title == "Tides for beginners")) continue;
      recordings::Recording recording;
      recording.talk = talk.id;
      recording.duration = std::chrono::seconds(1934);
      recordings::Video video;
      video.url = "https://www.youtube.com/watch?v=abcdefghij" + std::to_string(year % 10);
      recordings::recognise(video);
      recording.videos = {video};
      if (title == "Tides for beginners") {
        recording.status = recordings::Status::not_allowed;
        recording.status_note = "The speaker asked for it.";
      }
      ok(recordings::save_recording(tx, sample::organiser, event, talk.code, recording));
    }
    ok(archive::index_event(tx, event.id));
    ok(tx.commit());
  }
  http::Request request(const std::string& path, std::map<std::string, std::string, std::less<>> route = {}) {
    http::Request r;
    r.path = path;
    r.route = std::move(route);
    return r;
  }
  Result<http::Response> ask(MakePage make, const std::string& path, std::map<std::string, std::string, std::less<>> route = {}) {
    return pages_->answer(make, request(path, std::move(route)));
  }
  std::string body(MakePage make, const std::string& path, std::map<std::string, std::string, std::less<>> route = {}) {
    const auto response = ask(make, path, std::move(route));
    if (!response) return "(" + response.error().message + ")";
    if (!response->ready_) return "(not a page)";
    return response->ready_->identity;
  }
  archive::Row row(const std::string& title, int year = 2012) {
    auto tx = ok(db().begin_read());
    for (auto& one : ok(archive::list_talks(tx, {.year = year})).rows)
      if (one.title == title) return one;
    return {};
  }

  std::unique_ptr<test::TestFolder> folder_;
  std::unique_ptr<Sample> sample_;
  std::unique_ptr<ArchivePages> pages_;
};
ON_BOTH_DATABASES(ArchivePagesTest);

TEST_P(ArchivePagesTest, home_when_asked_then_shows_newest_series_topics_languages_and_years_in_both_languages) {
  const auto home = body(archive_home, "/archive");
  for (const char* words :
       {"Knots &amp; &lt;ropes&gt;", "/archive/series/harbour", "/archive/tags/sea", "/archive/languages/de", "/archive/years/2012", "<svg"})
    EXPECT_TRUE(home.contains(words)) << words;
  EXPECT_TRUE(body(archive_home, "/de/archive").contains("Das Archiv"));
  EXPECT_TRUE(body(archive_home, "/de/archive").contains("href=\"/de/archive/tags/sea\""));
}

TEST_P(ArchivePagesTest, page_when_nothing_changed_then_is_the_same_bytes_and_after_a_fact_is_made_again) {
  const auto first = ok(ask(archive_home, "/archive")).ready_;
  EXPECT_EQ(ok(ask(archive_home, "/archive")).ready_, first);
  add_edition(2014, false);
  const auto second = ok(ask(archive_home, "/archive")).ready_;
  EXPECT_NE(second, first);
  EXPECT_NE(second->etag, first->etag);
  EXPECT_TRUE(second->identity.contains("/archive/years/2014"));
}

TEST_P(ArchivePagesTest, talk_when_its_video_is_elsewhere_then_a_click_loads_it_and_only_that_host_is_let_in) {
  const auto talk = row("Knots & <ropes>");
  const auto response = ok(ask(archived_talk, archive::path_of(talk), {{"event", talk.event_slug}, {"code", talk.code + "-" + talk.slug}}));
  const auto& page = response.ready_->identity;
  EXPECT_TRUE(page.contains("data-embed=\"https://www.youtube-nocookie.com/embed/abcdefghij2\"")) << page;
  EXPECT_FALSE(page.contains("<iframe"));
  EXPECT_FALSE(page.contains("<img"));
  EXPECT_TRUE(page.contains("Related talks"));
  EXPECT_TRUE(page.contains("@misc{okoye2012knots"));
  EXPECT_TRUE(page.contains("<em>Knots"));
  ASSERT_EQ(response.ready_->headers.size(), 1u);
  EXPECT_EQ(response.ready_->headers[0].second, "default-src 'self'; frame-src https://www.youtube-nocookie.com");
  EXPECT_EQ(ok(ask(archive_home, "/archive")).ready_->headers[0].second, "default-src 'self'");
}

TEST_P(ArchivePagesTest, talk_when_it_may_not_be_shown_then_says_so_and_has_no_player) {
  const auto talk = row("Tides for beginners");
  const auto page = body(archived_talk, archive::path_of(talk), {{"event", talk.event_slug}, {"code", talk.code + "-" + talk.slug}});
  EXPECT_TRUE(page.contains("This talk was recorded, but may not be shown.")) << page;
  EXPECT_TRUE(page.contains("The speaker asked for it."));
  EXPECT_FALSE(page.contains("youtube"));
}

TEST_P(ArchivePagesTest, talk_when_asked_by_an_old_address_then_leads_to_the_present_one_and_an_unknown_is_not_there) {
  const auto talk = row("Lighthouses at night");
  const auto old = ok(ask(archived_talk, "/harbour-2012/talks/" + talk.code, {{"event", "harbour-2012"}, {"code", talk.code}}));
  EXPECT_EQ(old.status(), 301);
  const auto other = ok(ask(archived_talk, "/harbour-2011/talks/" + talk.code, {{"event", "harbour-2011"}, {"code", talk.code}}));
  EXPECT_EQ(other.status(), 301) << "of another edition";
  EXPECT_FALSE(ask(archived_talk, "/harbour-2012/talks/NOSUCH", {{"event", "harbour-2012"}, {"code", "NOSUCH"}}));
}

TEST_P(ArchivePagesTest, edition_when_it_has_neighbours_then_leads_to_them_and_lists_its_talks) {
  const auto page = body(archived_event_page, "/harbour-2012");
  EXPECT_TRUE(page.contains("href=\"/harbour-2011\" rel=\"prev\"")) << page;
  EXPECT_TRUE(page.contains("href=\"/harbour-2013\" rel=\"next\""));
  EXPECT_TRUE(page.contains("Lighthouses at night"));
  EXPECT_TRUE(body(archived_event_page, "/de/harbour-2012").contains("href=\"/de/harbour-2011\""));
  EXPECT_TRUE(body(archived_event_page, "/harbour-2012/theme.css").contains("--accent-light"));
  EXPECT_FALSE(ask(archived_event_page, "/harbour-2012/pages/none"));
  EXPECT_FALSE(ask(archived_event_page, "/harbour-2027")) << "rendered, not made on demand";
}

TEST_P(ArchivePagesTest, event_when_it_is_not_public_then_is_nowhere) {
  {
    auto tx = ok(db().begin_write());
    auto event = ok(events::require_event(tx, "harbour-2012"));
    event.is_public = false;
    ok(events::save_event(tx, sample::organiser, event));
    ok(archive::index_event(tx, event.id));
    ok(tx.commit());
  }
  EXPECT_FALSE(ask(archived_event_page, "/harbour-2012"));
  EXPECT_FALSE(body(archive_home, "/archive").contains("harbour-2012"));
  EXPECT_FALSE(ask(archive_year, "/archive/years/2012", {{"year", "2012"}}));
}

TEST_P(ArchivePagesTest, lists_when_asked_then_show_their_talks_and_unknown_ones_are_not_there) {
  EXPECT_TRUE(body(archive_series, "/archive/series/harbour", {{"name", "harbour"}}).contains("Harbour Conf 2013"));
  EXPECT_TRUE(body(archive_tag, "/archive/tags/light", {{"name", "light"}}).contains("Lighthouses at night"));
  EXPECT_FALSE(body(archive_tag, "/archive/tags/light", {{"name", "light"}}).contains("Tides for beginners"));
  EXPECT_TRUE(body(archive_language, "/archive/languages/de", {{"name", "de"}}).contains("Tides for beginners"));
  EXPECT_TRUE(body(archive_year, "/archive/years/2011", {{"year", "2011"}}).contains("Harbour Conf 2011"));
  EXPECT_TRUE(body(archive_speakers, "/archive/speakers").contains("Wanja Okoye"));
  EXPECT_TRUE(body(archive_speaker, "/archive/speakers/wanja-okoye", {{"name", "wanja-okoye"}}).contains("Knots &amp;"));
  EXPECT_TRUE(body(archive_series_list, "/archive/series").contains("/archive/series/harbour"));
  EXPECT_TRUE(body(archive_tags, "/archive/tags").contains("/archive/tags/water"));
  for (const auto make : {archive_series, archive_tag, archive_language, archive_speaker}) EXPECT_FALSE(ask(make, "/archive/x", {{"name", "none"}}));
  for (const char* year : {"1899", "x", "2012x", "2040"}) EXPECT_FALSE(ask(archive_year, "/archive/years/x", {{"year", year}})) << year;
}

TEST_P(ArchivePagesTest, list_when_a_page_behind_the_last_is_asked_for_then_is_not_there) {
  auto asked = request("/archive/tags/sea", {{"name", "sea"}});
  asked.query.add("page", "2");
  EXPECT_FALSE(pages_->answer(archive_tag, asked));
}

TEST_P(ArchivePagesTest, every_link_of_the_archive_when_followed_then_leads_somewhere) {
  const std::map<std::string, MakePage, std::less<>> by_name = {
      {"series", archive_series}, {"speakers", archive_speaker}, {"tags", archive_tag}, {"languages", archive_language}};
  std::set<std::string> seen, due = {"/archive", "/de/archive"};
  while (!due.empty()) {
    const std::string path = *due.begin();
    due.erase(due.begin());
    if (!seen.insert(path).second) continue;
    const std::string plain = path.starts_with("/de/") ? path.substr(3) : path;
    const auto parts = split(plain, '/');
    std::string page;
    if (plain == "/archive")
      page = body(archive_home, path);
    else if (plain == "/archive/series")
      page = body(archive_series_list, path);
    else if (plain == "/archive/speakers")
      page = body(archive_speakers, path);
    else if (plain == "/archive/tags")
      page = body(archive_tags, path);
    else if (plain.starts_with("/archive/years/"))
      page = body(archive_year, path, {{"year", std::string(parts.back())}});
    else if (plain.starts_with("/archive/") && parts.size() == 4 && by_name.contains(parts[2]))
      page = body(by_name.find(parts[2])->second, path, {{"name", std::string(parts.back())}});
    else if (plain.contains("/talks/") && !plain.contains("harbour-2027") && !plain.ends_with(".bib"))
      page = body(archived_talk, path, {{"event", std::string(parts[1])}, {"code", std::string(parts[3])}});
    else if (plain.starts_with("/harbour-201") && parts.size() == 2)
      page = body(archived_event_page, path);
    else
      continue;
    EXPECT_FALSE(page.starts_with('(')) << path << " " << page;
    EXPECT_FALSE(page.contains("CANARY")) << path;
    for (std::size_t at = page.find("href=\"/"); at != std::string::npos; at = page.find("href=\"/", at + 1)) {
      const auto href = page.substr(at + 6, page.find('"', at + 6) - at - 6);
      if (!href.contains('?') && !href.contains(".atom") && !href.contains(".rss")) due.insert(href);
    }
  }
  EXPECT_GT(seen.size(), 40u);
}

TEST_P(ArchivePagesTest, sitemap_when_asked_then_has_each_talk_once_in_a_part_that_the_index_names) {
  const auto index = body(sitemap_index, "/sitemap.xml");
  EXPECT_TRUE(index.contains("/harbour-2027/sitemap.xml")) << index;
  EXPECT_FALSE(index.contains("/harbour-2012/sitemap.xml"));
  EXPECT_TRUE(index.contains("/archive/sitemap/0.xml"));
  const auto part = body(archive_sitemap, "/archive/sitemap/0.xml", {{"after", "0"}});
  EXPECT_TRUE(part.contains(archive::path_of(row("Tides for beginners")))) << part;
  EXPECT_TRUE(body(archive_sitemap, "/archive/sitemap.xml").contains("/archive/series/harbour"));
  EXPECT_FALSE(ask(archive_sitemap, "/archive/sitemap/x.xml", {{"after", "x"}}));
}

TEST_P(ArchivePagesTest, search_when_words_are_asked_then_marks_them_narrows_and_offers_what_was_meant) {
  const auto answer = [&](const std::string& q, std::vector<std::pair<std::string, std::string>> more = {}) {
    auto asked = request("/archive/search");
    asked.query.add("q", q);
    for (auto& [name, value] : more) asked.query.add(name, value);
    return ok(archive_search(sample_->web(), asked)).body_;
  };
  EXPECT_TRUE(answer("lighthouses").contains("<mark>Lighthouses</mark>")) << answer("lighthouses");
  EXPECT_TRUE(answer("lighthouses").contains("event=harbour-2012"));
  const auto narrowed = answer("lighthouses", {{"event", "harbour-2012"}});
  EXPECT_TRUE(narrowed.contains("/harbour-2012/talks/"));
  EXPECT_FALSE(narrowed.contains("/harbour-2011/talks/"));
  EXPECT_TRUE(answer("zzzqqqxxx").contains("Nothing found"));
  EXPECT_TRUE(answer("").contains("9 talks")) << "without words: everything, narrowed by links";
  EXPECT_TRUE(answer("<script>").contains("&lt;script&gt;"));
  auto typed = request("/archive/search.json");
  typed.query.add("q", "light");
  const auto json = ok(archive_search_as_typed(sample_->web(), typed)).body_;
  EXPECT_TRUE(json.contains("Lighthouses at night")) << json;
  EXPECT_TRUE(json.contains("\"lighthouses\",\"lighthouses\"")) << json;
  EXPECT_TRUE(json.contains(",\"word\"]")) << "a suggestion says what it is: " << json;
}

TEST_P(ArchivePagesTest, search_when_nothing_is_called_so_then_what_is_like_it) {
  auto asked = request("/archive/search");
  asked.query.add("q", "event:harbuor");
  const auto html = ok(archive_search(sample_->web(), asked)).body_;
  EXPECT_TRUE(html.contains("Nothing here is called")) << html;
  EXPECT_TRUE(html.contains("href=\"/archive/search?q=event%3A")) << html;
}

TEST_P(ArchivePagesTest, citation_when_asked_then_is_a_file) {
  const auto talk = row("Knots & <ropes>");
  const auto file = ok(ask(talk_citation, "/harbour-2012/talks/" + talk.code + "/cite.bib", {{"event", "harbour-2012"}, {"code", talk.code}}));
  EXPECT_EQ(file.download_name_, talk.code + ".bib");
  EXPECT_TRUE(file.body_.starts_with("@misc{okoye2012knots"));
  EXPECT_FALSE(ask(talk_citation, "/x", {{"event", "harbour-2011"}, {"code", talk.code}}));
}

}  // namespace
}  // namespace confer::site
