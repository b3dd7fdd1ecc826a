// Uploaded files on their way to the public: releases, corrections, imports, going back, erasing. And a room that goes while a slot comes.
#include <algorithm>
#include <future>
#include "programme/event_fixture.h"
#include "programme/format.h"

namespace confer::programme {
namespace {

using test::ok;

class TalkFilesReleaseTest : public test::EventTest {
 protected:
  void SetUp() override {
    EventTest::SetUp();
    if (!IsSkipped()) store = ok(files::open_folder(folder.path() / "files"));
  }
  talks::StoredFile add(std::string_view bytes, std::string name) {
    const auto hash = ok(store->put(bytes));
    auto tx = ok(db().begin_write());
    auto file = ok(talks::add_file(tx, organiser, event, first.id, {.title = {}, .name = std::move(name), .hash = hash, .size_bytes = bytes.size()}));
    ok(tx.commit());
    return file;
  }
  std::vector<std::string> urls(const Programme& p) {
    std::vector<std::string> out;
    for (const auto& link : p.talk(first.code)->attachments) out.push_back(link.url);
    return out;
  }
  std::vector<std::string> draft_urls() {
    auto tx = ok(db().begin_read());
    return urls(ok(load_draft(tx, event, "https://conf.example.org")));
  }
  test::TestFolder folder;
  std::unique_ptr<files::Store> store;
};
ON_BOTH_DATABASES(TalkFilesReleaseTest);

using Urls = std::vector<std::string>;

TEST_P(TalkFilesReleaseTest, file_when_uploaded_then_in_the_draft_and_in_the_next_release_with_size_kind_and_full_address_in_exports) {
  place_and_release();
  const auto file = add("%PDF-1.7", "My slides.pdf");
  EXPECT_EQ(draft_urls(), Urls{talks::address_of(file)});
  EXPECT_EQ(urls(current()), Urls{});
  ok(release_schedule(db(), organiser, event.id, "2.0", "", "https://conf.example.org"));
  const Link link = current().talk(first.code)->attachments.front();
  EXPECT_EQ(link, (Link{.url = "/files/" + file.code + "/My%20slides.pdf", .title = "My slides", .kind = LinkKind::slides, .size_bytes = 8}));
  const std::string full = "https://conf.example.org" + link.url;
  EXPECT_TRUE(write_schedule_json(current(), {}).contains(full));
  EXPECT_TRUE(write_schedule_xml(current(), {}).contains(full));
  EXPECT_TRUE(write_schedule2_json(current(), {}).contains(full));
}

TEST_P(TalkFilesReleaseTest, files_when_put_online_then_nothing_else_of_the_draft_goes_with_them) {
  place_and_release();
  const auto file = add("notes", "notes.txt");
  {
    auto tx = ok(db().begin_write());
    first.title = "Not yet";
    ok(talks::save_talk(tx, organiser, event, first));
    ok(tx.commit());
  }
  EXPECT_EQ(ok(publish_files(db(), organiser, event.id, first.code, "https://conf.example.org")).name, "1.0.1");
  EXPECT_EQ(urls(current()), Urls{talks::address_of(file)});
  EXPECT_EQ(current().talk(first.code)->title, "First talk");
  {
    auto tx = ok(db().begin_read());
    EXPECT_EQ(ok(talks::require_talk(tx, event.id, first.code)).title, "Not yet");
  }
  EXPECT_EQ(publish_files(db(), organiser, event.id, first.code, "").error().code, ErrorCode::conflict);
  EXPECT_EQ(publish_files(db(), organiser, event.id, "NOSUCH", "").error().code, ErrorCode::not_found);
}

TEST_P(TalkFilesReleaseTest, import_when_an_export_comes_back_then_uploaded_files_stay_as_they_are) {
  place_and_release();
  const auto file = add("notes", "notes.txt");
  ok(release_schedule(db(), organiser, event.id, "2.0", "", "https://conf.example.org"));
  auto back = ok(read_schedule_json(write_schedule_json(current(), {})));
  for (auto& talk : back.programme.talks)
    if (talk.guid == first.guid) talk.attachments.push_back({.url = "https://elsewhere.example.org/paper.pdf", .title = "Paper"});
  ok(import_programme(db(), organiser, event.id, back));
  EXPECT_EQ(draft_urls(), (Urls{talks::address_of(file), "https://elsewhere.example.org/paper.pdf"}));
  auto tx = ok(db().begin_read());
  EXPECT_EQ(ok(talks::require_talk(tx, event.id, first.code)).attachments.size(), 1u);
}

TEST_P(TalkFilesReleaseTest, reset_when_files_changed_since_then_as_the_release_had_them) {
  place_and_release();
  const auto kept = add("a", "a.txt");
  ok(release_schedule(db(), organiser, event.id, "2.0", "", "https://conf.example.org"));
  add("b", "b.txt");
  {
    auto tx = ok(db().begin_write());
    ok(talks::remove_file(tx, organiser, event, kept.code));
    ok(tx.commit());
  }
  ok(reset_draft(db(), organiser, event.id, "2.0"));
  EXPECT_EQ(draft_urls(), Urls{talks::address_of(kept)});
}

TEST_P(TalkFilesReleaseTest, file_when_erased_then_no_release_names_it_and_its_bytes_are_gone) {
  place_and_release();
  const auto file = add("CANARY", "canary.txt"), other = add("other", "other.txt");
  ok(release_schedule(db(), organiser, event.id, "2.0", "", "https://conf.example.org"));
  ok(erase_file(db(), *store, organiser, event.id, file.code));
  EXPECT_EQ(urls(current()), Urls{talks::address_of(other)});
  EXPECT_FALSE(store->has(file.hash));
  EXPECT_TRUE(store->has(other.hash));
  EXPECT_EQ(erase_file(db(), *store, organiser, event.id, file.code).error().code, ErrorCode::gone);
  EXPECT_EQ(erase_file(db(), *store, organiser, event.id, "NOSUCH").error().code, ErrorCode::not_found);
}

TEST_P(TalkFilesReleaseTest, room_when_a_slot_comes_at_the_same_moment_then_the_room_stays) {
  auto placing = ok(db().begin_write());
  place(placing, first, cellar.id, "2027-05-04T10:00");
  auto removing = std::async(std::launch::async, [&]() -> Result<void> {
    TRY_ASSIGN(auto tx, db().begin_write());
    TRY(programme::remove_room(tx, organiser, event, cellar.id));
    return tx.commit();
  });
  // It has all the time it wants to be done too early: a remover that does not wait is found out, one that waits is waited for below.
  EXPECT_EQ(removing.wait_for(std::chrono::milliseconds(300)), std::future_status::timeout);
  ok(placing.commit());
  const auto refused = removing.get();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  auto tx = ok(db().begin_write());
  EXPECT_EQ(ok(events::list_rooms(tx, event)).size(), 2u);
  // And the other way round: who places a slot in a room that has gone is told.
  ok(events::remove_room(tx, organiser, event, hall.id));
  DraftSlot slot;
  slot.talk = second.id;
  slot.room = hall.id;
  slot.start = test::wall("2027-05-04T12:00");
  EXPECT_EQ(save_slot(tx, organiser, event, slot).error().code, ErrorCode::conflict);
}

}  // namespace
}  // namespace confer::programme
