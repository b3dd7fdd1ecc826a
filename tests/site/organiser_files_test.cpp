// The page of a talk's files, and who may fetch them.
#include <fstream>
#include "organiser_fixture.h"
#include "programme/organiser_pages.h"
#include "talks/files.h"

namespace confer::site {
namespace {

class OrganiserFilesTest : public OrganiserPagesTest {
 protected:
  std::string talk() { return sample_->code_of("Ropes"); }
  http::Request asked(Form form = {}) { return request({{"code", talk()}}, std::move(form)); }
  Result<http::Response> upload(std::string name, std::string_view bytes, std::string title = {}) {
    const std::string path = folder_.path() / "came.upload";
    std::ofstream(path, std::ios::binary) << bytes;
    auto r = asked({{"title", std::move(title)}});
    r.uploads.push_back({.field = "file", .file_name = std::move(name), .content_type = "application/pdf", .path = path, .size_bytes = bytes.size()});
    return programme::organiser_file_upload(web(), r);
  }
  talks::StoredFile file() {
    auto tx = ok(db().begin_read());
    return ok(talks::require_talk(tx, sample_->id(), talk())).files.at(0);
  }
  http::Request fetching(const talks::StoredFile& f, bool as_organiser) {
    auto r = request({{"file", f.code}, {"name", f.name}});
    if (!as_organiser) r.actor = {};
    return r;
  }
  static std::string header(const http::Response& response, std::string_view wanted) {
    for (const auto& [name, value] : response.headers_)
      if (name == wanted) return value;
    return {};
  }
};
ON_BOTH_DATABASES(OrganiserFilesTest);

TEST_P(OrganiserFilesTest, page_when_there_are_no_files_then_the_next_step_is_said) {
  auto r = asked();
  const auto page = ok(programme::organiser_files(web(), r));
  EXPECT_TRUE(shows(page, "No files yet"));
  EXPECT_TRUE(shows(page, "up to 100 MB"));
  EXPECT_TRUE(shows(page, "accept=\".pdf,"));
}

TEST_P(OrganiserFilesTest, file_when_refused_then_said_beside_the_field_and_the_title_stays) {
  for (const auto& [name, bytes] : {std::pair<std::string, std::string>{"page.html", "<script>"}, {"lies.pdf", "<script>"}, {"empty.pdf", ""}}) {
    const auto page = ok(upload(name, bytes, "What I typed"));
    EXPECT_EQ(page.status(), 422) << name;
    EXPECT_TRUE(shows(page, "id=\"file-error\"")) << name;
    EXPECT_TRUE(shows(page, "value=\"What I typed\"")) << name;
  }
  auto nothing = asked({{"title", "x"}});
  EXPECT_TRUE(shows(ok(programme::organiser_file_upload(web(), nothing)), "Choose a file first."));
  std::int64_t stored = 0;
  ok(web().files.each([&](const files::Hash&, std::uint64_t) -> Result<void> {
    ++stored;
    return {};
  }));
  EXPECT_EQ(stored, 0);
}

TEST_P(OrganiserFilesTest, file_when_not_released_then_only_its_organisers_fetch_it) {
  RenderedSite site(web());
  ok(upload("ropes.pdf", "%PDF-1.7 ropes", "Slides"));
  const auto f = file();
  auto visitor = fetching(f, false);
  EXPECT_EQ(talk_file(web(), site, visitor).error().code, ErrorCode::not_found);
  auto organiser = fetching(f, true);
  const auto private_answer = ok(talk_file(web(), site, organiser));
  EXPECT_EQ(private_answer.cache_control_, "private, no-store");
  EXPECT_EQ(private_answer.download_name_, "ropes.pdf");
  EXPECT_EQ(header(private_answer, "Content-Security-Policy"), "sandbox; default-src 'none'");
  auto publish = asked({{"x", ""}});
  EXPECT_EQ(location(ok(programme::organiser_files_publish(web(), publish))), "/organise/harbour-2027/talks/" + talk() + "/files?done=corrected");
  const auto public_answer = ok(talk_file(web(), site, visitor));
  EXPECT_EQ(public_answer.cache_control_, "public, no-cache");
  EXPECT_EQ(public_answer.content_type_, "application/pdf");
  auto again = asked({{"x", ""}});
  EXPECT_TRUE(shows(ok(programme::organiser_files_publish(web(), again)), "This changes nothing"));
}

TEST_P(OrganiserFilesTest, file_when_its_talk_stands_in_a_hidden_room_or_the_event_is_not_public_then_no_visitor_gets_it) {
  RenderedSite site(web());
  const std::string hidden = sample_->code_of("CANARY-HIDDEN in the cellar");
  talks::StoredFile f;
  {
    const auto hash = ok(web().files.put("secret"));
    auto tx = ok(db().begin_write());
    const auto event = ok(events::require_event(tx, sample_->id()));
    const auto t = ok(talks::require_talk(tx, event.id, hidden));
    f = ok(talks::add_file(tx, sample::organiser, event, t.id, {.title = {}, .name = "secret.txt", .hash = hash, .size_bytes = 6}));
    ok(tx.commit());
  }
  ok(upload("ropes.pdf", "%PDF-1.7 ropes"));
  const auto open = file();
  ok(programme::release_schedule(db(), sample::organiser, sample_->id(), "2.0", "", sample::Sample::base_url));
  auto visitor = fetching(f, false), other = fetching(open, false);
  EXPECT_EQ(talk_file(web(), site, visitor).error().code, ErrorCode::not_found);
  EXPECT_TRUE(talk_file(web(), site, other));
  {
    auto tx = ok(db().begin_write());
    auto event = ok(events::require_event(tx, sample_->id()));
    event.is_public = false;
    ok(events::save_event(tx, sample::organiser, event));
    ok(tx.commit());
  }
  EXPECT_EQ(talk_file(web(), site, other).error().code, ErrorCode::not_found);
}

TEST_P(OrganiserFilesTest, file_when_removed_then_undone_from_the_notice) {
  ok(upload("ropes.pdf", "%PDF-1.7 ropes", "Slides"));
  const std::string code = file().code;
  auto remove = asked({{"file_code", code}, {"file_title", "Better title"}, {"file_place", "1"}, {"remove", code}});
  EXPECT_EQ(location(ok(programme::organiser_files_submit(web(), remove))),
            "/organise/harbour-2027/talks/" + talk() + "/files?done=removed&undo=file%3A" + code);
  auto page = asked();
  EXPECT_TRUE(shows(ok(programme::organiser_files(web(), page)), "Put back"));
  auto undo = request({}, {{"what", "file:" + code}});
  EXPECT_EQ(location(ok(programme::organiser_restore(web(), undo))), "/organise/harbour-2027/talks/" + talk() + "/files?done=restored");
  EXPECT_EQ(file().title, "Better title");
}

TEST_P(OrganiserFilesTest, talk_page_when_released_then_shows_the_file_with_its_kind_and_size) {
  ok(upload("ropes.pdf", "%PDF-1.7 ropes", "Slides"));
  ok(programme::release_schedule(db(), sample::organiser, sample_->id(), "2.0", "", sample::Sample::base_url));
  RenderedSite site(web());
  ok(site.render_event(sample_->id()));
  const auto page = site.find("/harbour-2027/talks/" + talk() + "-ropes");
  ASSERT_TRUE(page);
  EXPECT_TRUE(page->identity.contains("Slides</a> <span class=\"muted\">PDF, 1 kB</span>")) << page->identity;
}

TEST_P(OrganiserFilesTest, pieces_when_they_are_whole_then_a_file_and_another_event_s_people_are_not_asked_in) {
  auto r = asked({{"x", ""}});
  EXPECT_TRUE(ok(programme::owner_of_pieces(web(), r)).contains(talk()));
  http::UploadState state;
  state.file_name = "page.html";
  EXPECT_EQ(programme::pieces_begin(web(), r, state).error().code, ErrorCode::invalid);
  state.file_name = "ropes.pdf";
  ok(programme::pieces_begin(web(), r, state));
  state.path = folder_.path() / "whole.part";
  std::ofstream(state.path, std::ios::binary) << "%PDF-1.7 by pieces";
  state.length = 18;
  state.title = "By pieces";
  ok(programme::pieces_finished(web(), r, state));
  EXPECT_EQ(file().title, "By pieces");
  Actor stranger = member_of(EventId{sample_->id().value + 1000});
  stranger.system.clear();
  stranger.person = PersonId{77};
  r.actor = std::make_shared<const Actor>(stranger);
  EXPECT_FALSE(programme::owner_of_pieces(web(), r));
}

}  // namespace
}  // namespace confer::site
