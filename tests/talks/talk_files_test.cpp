// Files of talks: added, arranged, removed, brought back, erased.
#include "events/events.h"
#include "people/people.h"
#include "support/database.h"
#include "talks/files.h"
#include "talks/talks.h"

namespace confer::talks {
namespace {

using test::ok;

class TalkFilesTest : public test::DatabaseTest {
 protected:
  void SetUp() override {
    DatabaseTest::SetUp();
    if (IsSkipped()) return;
    store = ok(files::open_folder(folder.path() / "files"));
    auto tx = ok(db().begin_write());
    auto series = ok(events::save_series(tx, organiser, {.id = {}, .slug = "examplia", .title = {"en", "Examplia"}, .description = {}}));
    events::Event e;
    e.series = series.id;
    e.slug = "examplia-2027";
    e.title = {"en", "Examplia 2027"};
    e.zone = "Europe/Berlin";
    e.start = e.end = parse_date("2027-05-04").value();
    event = ok(events::save_event(tx, organiser, e));
    ada = ok(people::add_person(tx, {.name = "Ada Example"}));
    Talk t;
    t.title = "Tides";
    t.credits = {{.person = ada.id, .person_code = {}, .name = "Ada Example"}};
    talk = ok(save_talk(tx, organiser, event, t));
    ok(tx.commit());
  }
  StoredFile add(db::Tx& tx, std::string_view bytes, std::string name, std::string title = {}) {
    const auto hash = ok(store->put(bytes));
    return ok(add_file(tx, organiser, event, talk.id, {.title = std::move(title), .name = std::move(name), .hash = hash, .size_bytes = bytes.size()}));
  }
  std::vector<std::string> titles(db::Tx& tx) {
    std::vector<std::string> out;
    for (const auto& file : ok(require_talk(tx, event.id, talk.code)).files) out.push_back(file.title);
    return out;
  }
  const Actor organiser = system_actor("test");
  test::TestFolder folder;
  std::unique_ptr<files::Store> store;
  events::Event event;
  people::Person ada;
  Talk talk;
};
ON_BOTH_DATABASES(TalkFilesTest);

using Titles = std::vector<std::string>;

TEST_P(TalkFilesTest, file_when_added_then_last_of_its_talk_and_an_open_form_of_the_talk_is_not_outdated) {
  auto tx = ok(db().begin_write());
  const auto slides = add(tx, "%PDF-1", "My_slides.pdf");
  add(tx, "more", "notes.txt", "  Notes  ");
  EXPECT_EQ(slides.title, "My slides");
  EXPECT_EQ(slides.content_type, "application/pdf");
  EXPECT_EQ(titles(tx), (Titles{"My slides", "Notes"}));
  EXPECT_EQ(ok(list_talks(tx, event.id)).front().files, ok(require_talk(tx, event.id, talk.code)).files);
  EXPECT_EQ(file_code_of(address_of(slides)), slides.code);
  talk.subtitle = "Typed meanwhile";
  ok(save_talk(tx, organiser, event, talk));
  EXPECT_EQ(titles(tx), (Titles{"My slides", "Notes"}));
}

TEST_P(TalkFilesTest, file_when_the_same_bytes_come_again_then_it_is_the_same_file) {
  auto tx = ok(db().begin_write());
  const auto first = add(tx, "same", "a.txt");
  EXPECT_EQ(add(tx, "same", "a.txt").code, first.code);
  EXPECT_EQ(titles(tx).size(), 1u);
}

TEST_P(TalkFilesTest, files_when_there_are_too_many_then_refused) {
  auto tx = ok(db().begin_write());
  for (std::size_t i = 0; i < most_files; ++i) add(tx, std::to_string(i), "a.txt");
  const auto hash = ok(store->put("one more"));
  const auto refused = add_file(tx, organiser, event, talk.id, {.title = {}, .name = "b.txt", .hash = hash, .size_bytes = 8});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
}

TEST_P(TalkFilesTest, files_when_arranged_then_in_that_order_and_what_is_not_named_follows) {
  auto tx = ok(db().begin_write());
  const auto a = add(tx, "a", "a.txt"), b = add(tx, "b", "b.txt"), c = add(tx, "c", "c.txt");
  ok(arrange_files(tx, organiser, event, talk.id, {{c.code, "Third"}, {a.code, ""}, {"NOSUCH", "Nothing"}}));
  EXPECT_EQ(titles(tx), (Titles{"Third", "a", "b"}));
}

TEST_P(TalkFilesTest, file_when_removed_then_it_can_come_back_until_it_is_erased) {
  files::Hash hash;
  StoredFile file;
  {
    auto tx = ok(db().begin_write());
    file = add(tx, "CANARY-BYTES", "CANARY-NAME.txt", "CANARY-TITLE");
    ok(remove_file(tx, organiser, event, file.code));
    EXPECT_EQ(titles(tx), Titles{});
    EXPECT_EQ(remove_file(tx, organiser, event, file.code).error().code, ErrorCode::conflict);
    ok(restore_file(tx, organiser, event, file.code));
    EXPECT_EQ(titles(tx), Titles{"CANARY-TITLE"});
    hash = ok(erase_file(tx, organiser, event, file.code));
    EXPECT_EQ(hash, file.hash);
    EXPECT_EQ(erase_file(tx, organiser, event, file.code).error().code, ErrorCode::gone);
    EXPECT_EQ(restore_file(tx, organiser, event, file.code).error().code, ErrorCode::gone);
    ok(tx.commit());
  }
  EXPECT_TRUE(store->has(hash));
  ok(forget_bytes(db(), *store, {hash}));
  EXPECT_FALSE(store->has(hash));
  auto tx = ok(db().begin_read());
  const auto row = ok(find_file(tx, file.code)).value();
  EXPECT_TRUE(row.erased_at.has_value());
  EXPECT_EQ(row.name + row.title + row.hash.hex, "");
  EXPECT_EQ(ok(list_files(tx, talk.id)), std::vector<StoredFile>{});
}

TEST_P(TalkFilesTest, bytes_when_another_file_has_the_same_then_they_stay) {
  files::Hash hash;
  {
    auto tx = ok(db().begin_write());
    Talk other;
    other.title = "Other";
    other = ok(save_talk(tx, organiser, event, other));
    const auto file = add(tx, "shared", "a.txt");
    ok(add_file(tx, organiser, event, other.id, {.title = {}, .name = "b.txt", .hash = file.hash, .size_bytes = 6}));
    hash = ok(erase_file(tx, organiser, event, file.code));
    ok(tx.commit());
  }
  ok(forget_bytes(db(), *store, {hash}));
  EXPECT_TRUE(store->has(hash));
  auto tx = ok(db().begin_read());
  EXPECT_EQ(ok(named_hashes(tx)), std::vector<std::string>{hash.hex});
}

TEST_P(TalkFilesTest, files_when_a_release_is_gone_back_to_then_as_they_were_there) {
  auto tx = ok(db().begin_write());
  const auto a = add(tx, "a", "a.txt"), b = add(tx, "b", "b.txt"), c = add(tx, "c", "c.txt");
  ok(remove_file(tx, organiser, event, b.code));
  ok(erase_file(tx, organiser, event, c.code));
  ok(reset_files(tx, organiser, event, talk.id, {{b.code, "B then"}, {c.code, "C then"}}));
  EXPECT_EQ(titles(tx), Titles{"B then"});
}

TEST_P(TalkFilesTest, track_limited_actor_when_the_talk_is_of_another_track_then_refused) {
  auto tx = ok(db().begin_write());
  const auto web = ok(
      events::save_track(tx, organiser, event, {.id = {}, .event = {}, .code = {}, .guid = {}, .name = {"en", "Web"}, .description = {}, .color = "#1f5f8b"}));
  Actor limited;
  limited.person = ada.id;
  limited.memberships = {{.series = {}, .event = event.id, .rights = {Right::programme}, .limited_to_tracks = true, .tracks = {web.id.value}}};
  const auto file = add(tx, "a", "a.txt");
  EXPECT_FALSE(add_file(tx, limited, event, talk.id, {.title = {}, .name = "b.txt", .hash = file.hash, .size_bytes = 1}));
  EXPECT_FALSE(remove_file(tx, limited, event, file.code));
  EXPECT_FALSE(erase_file(tx, limited, event, file.code));
  EXPECT_FALSE(arrange_files(tx, limited, event, talk.id, {{file.code, "Mine"}}));
  talk.track = web.id;
  ok(save_talk(tx, organiser, event, talk));
  ok(remove_file(tx, limited, event, file.code));
}

TEST_P(TalkFilesTest, person_when_erased_then_files_of_talks_given_alone_go_and_those_of_others_stay) {
  auto tx = ok(db().begin_write());
  Talk together;
  together.title = "Together";
  together.credits = {{.person = ada.id, .person_code = {}, .name = "Ada Example"}, {.person = {}, .person_code = {}, .name = "Bo"}};
  together = ok(save_talk(tx, organiser, event, together));
  Actor by_ada = organiser;
  by_ada.person = ada.id;
  const auto alone = add(tx, "alone", "a.txt");
  const auto hash = ok(store->put("both"));
  const auto shared = ok(add_file(tx, by_ada, event, together.id, {.title = {}, .name = "b.txt", .hash = hash, .size_bytes = 4}));
  EXPECT_TRUE(ok(export_files(tx, ada.id)).contains(shared.code));
  EXPECT_TRUE(ok(export_files(tx, ada.id)).contains(alone.code));
  ASSERT_EQ(ok(files_of_person_alone(tx, ada.id)).size(), 1u);
  EXPECT_EQ(ok(erase_person(tx, ada.id)), std::vector<files::Hash>{alone.hash});
  EXPECT_TRUE(ok(find_file(tx, alone.code))->erased_at.has_value());
  EXPECT_FALSE(ok(find_file(tx, shared.code))->erased_at.has_value());
  EXPECT_EQ(ok(find_file(tx, shared.code))->uploaded_by, PersonId{});
}

}  // namespace
}  // namespace confer::talks
