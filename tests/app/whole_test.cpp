// The program as a whole, without a socket: the demonstration, backups between databases, erasure.
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include "app/backup.h"
#include "app/demo.h"
#include "app/installation.h"
#include "events/events.h"
#include "people/people.h"
#include "programme/programme.h"
#include "programme/schemas.h"
#include "support/database.h"

namespace confer::app {
namespace {

using test::ok;

class WholeTest : public test::DatabaseTest {
 protected:
  test::TestFolder folder;
  /// An installation on the database that is already open, or on another one.
  Installation installation(const std::string& url) {
    Config config;
    config.data_dir = folder.path() / "data";
    config.database_url = url;
    return ok(open_installation(config));
  }
};
ON_BOTH_DATABASES(WholeTest);

/// What follows from the rest: here once the facts are followed, by a restore at once.
const std::set<std::string> made_by_reactions = {"archive_talks", "archive_credits", "archive_talk_tags", "archive_speakers", "archive_tags"};

std::int64_t rows_in(db::Database& db) {
  std::int64_t sum = 0;
  auto tx = ok(db.begin_read());
  for (const auto& table : ok(db.tables()))
    if (!table.name.starts_with("search_") && !made_by_reactions.contains(table.name))
      sum += ok(tx.one<std::int64_t>(db.dynamic("test/count/" + table.name, "SELECT COUNT(*) FROM " + table.name)));
  return sum;
}

TEST_P(WholeTest, demonstration_when_loaded_then_released_and_restored_on_the_other_database) {
  auto here = installation(test_database().url());
  const auto numbers = ok(load_demo(here, parse_date("2026-11-22").value()));
  EXPECT_EQ(numbers.events, 12);
  EXPECT_EQ(numbers.talks, 100 + 9 + 60 + 161 + 28);
  const auto exports = std::filesystem::path(folder.path()) / "exports";
  std::filesystem::create_directory(exports);
  {
    auto tx = ok(here.db->begin_read());
    for (const auto& event : ok(events::list_events(tx))) {
      if (event.kind == events::EventKind::archived) continue;
      auto p = ok(programme::current_programme(tx, event, "https://conf.example.org"));
      ASSERT_TRUE(p) << event.slug;
      EXPECT_GT(p->slots.size(), 10u) << event.slug;
      programme::testing::write_exports(exports, event.slug, *p);
    }
    for (auto check : {&people::check, &events::check, &programme::check}) EXPECT_EQ(ok(check(tx)), std::vector<std::string>{});
  }
  EXPECT_EQ(load_demo(here, parse_date("2026-11-22").value()).error().code, ErrorCode::conflict);
  if (!programme::testing::shared_data().empty()) {
    EXPECT_EQ(programme::testing::complaints(exports), "");
  }

  const std::string file = folder.path() / "all.tar.zst";
  const auto written = ok(write_backup(*here.db, *here.files, file));
  test::TestDatabase other(GetParam() == db::Backend::sqlite && test::has_postgres() ? db::Backend::postgres : db::Backend::sqlite);
  auto restored = ok(restore_backup(other.database(), *here.files, file));
  EXPECT_EQ(restored.rows, written.rows);
  EXPECT_EQ(
      rows_in(other.database()), rows_in(*here.db) - [&] {
        auto tx = ok(here.db->begin_read());
        return ok(tx.one<std::int64_t>(here.db->dynamic("test/schedules", "SELECT COUNT(*) FROM job_schedule")));
      }());
  auto tx = ok(here.db->begin_read());
  auto copy = ok(other.database().begin_read());
  auto event = ok(events::require_event(tx, "murmelconf-2026"));
  EXPECT_EQ(ok(programme::current_programme(tx, event, "")), ok(programme::current_programme(copy, ok(events::require_event(copy, "murmelconf-2026")), "")));
  EXPECT_EQ(restore_backup(other.database(), *here.files, file).error().code, ErrorCode::conflict);
}

TEST_P(WholeTest, backup_when_cut_off_then_refused_and_nothing_stored) {
  auto here = installation(test_database().url());
  const std::string file = folder.path() / "all.tar.zst";
  ok(write_backup(*here.db, *here.files, file));
  std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
  test::TestDatabase other(db::Backend::sqlite);
  auto refused = restore_backup(other.database(), *here.files, file);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::invalid);
  EXPECT_EQ(restore_backup(other.database(), *here.files, folder.path() / "none").error().code, ErrorCode::invalid);
}

}  // namespace
}  // namespace confer::app
