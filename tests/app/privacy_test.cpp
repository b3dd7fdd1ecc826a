// Erasing a person, while others read.
#include "app/privacy.h"
#include <fstream>
#include <iterator>
#include <optional>
#include "base/log.h"
#include "people/people.h"
#include "support/database.h"

namespace confer::app {
namespace {

using test::ok;

bool file_holds(const std::string& path, const std::string& text) {
  std::ifstream in(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {}).find(text) != std::string::npos;
}

TEST(Privacy, erasure_when_a_reader_holds_old_bytes_then_done_and_a_job_takes_them_away_later) {
  test::TestDatabase test(db::Backend::sqlite);
  auto& db = test.database();
  test::TestFolder folder;
  auto files = ok(files::open_folder(folder.path() / "files"));
  http::EventHub hub;
  const Web web{
      .db = db, .files = *files, .events = hub, .chrome = {}, .sign_in = {{}, "https://conf.example.org"}, .data_dir = folder.path(), .programme_changed = {}};
  const std::string file = test.url().substr(7), canary = "canary-of-a-person";
  PersonId person;
  {
    auto tx = ok(db.begin_write());
    person = ok(people::add_account(tx, canary, "canary@example.org"));
    ok(tx.commit());
  }
  jobs::Workers workers(db, 1);
  add_wipe_worker(workers, db);
  set_log_sink([](std::string_view) {});
  {
    std::optional<db::Tx> reader = ok(db.begin_read());
    ASSERT_TRUE(ok(people::find_person(*reader, person)));
    ok(erase_everything(web, system_actor("test"), person));
    EXPECT_EQ(ok(workers.run_due()), 1) << "tried, and to be tried again";
  }
  set_log_sink(nullptr);
  ASSERT_TRUE(file_holds(file, canary) || file_holds(file + "-wal", canary)) << "else this test shows nothing";
  EXPECT_EQ(ok(workers.run_due()), 0);
  test.clock.advance(std::chrono::seconds(10));
  EXPECT_EQ(ok(workers.run_due()), 1);
  EXPECT_FALSE(file_holds(file, canary));
  EXPECT_FALSE(file_holds(file + "-wal", canary));
}

}  // namespace
}  // namespace confer::app
