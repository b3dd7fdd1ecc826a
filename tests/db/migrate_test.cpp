// The schema's history, the tables it makes, and filling them from a backup.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <thread>
#include "support/database.h"

namespace confer::db {
namespace {

using embedded::File;
using test::ok;

constexpr Statement same(const char* name, const char* sql) { return {name, sql, sql}; }
constexpr auto insert_city = same("test/insert_city", "INSERT INTO city (name) VALUES (:1)");

const File first{"0001_city.sql", "CREATE TABLE city (id {{id}}, name TEXT NOT NULL UNIQUE);\nCREATE INDEX city_name ON city (name); -- one; \"two\"\n"};
const File second{"0002_venue.sql", "CREATE TABLE venue (id {{id}}, city BIGINT NOT NULL REFERENCES city (id) ON DELETE CASCADE);\n"};
const File broken{"0003_broken.sql", "CREATE TABLE half (id {{id}});\nCREATE TABLE nonsense (;\n"};

class MigrateTest : public test::DatabaseTest {
 protected:
  test::Schema schema() const override { return test::Schema::empty; }
  Result<void> migrate(std::vector<File> files, const BeforeMigration& before = {}) { return db().migrate(files, before); }
};
ON_BOTH_DATABASES(MigrateTest);

TEST_P(MigrateTest, history_when_new_then_applied_once_in_order) {
  EXPECT_EQ(ok(db().schema_version()), 0);
  ok(migrate({second, first}));
  EXPECT_EQ(ok(db().schema_version()), 2);
  ok(migrate({first, second}));
  auto tx = ok(db().begin_read());
  using Row = std::tuple<int, std::string, Instant>;
  EXPECT_EQ(ok(tx.all<Row>(same("test/history", "SELECT version, name, applied_at_ms FROM schema_migrations ORDER BY version"))),
            (std::vector<Row>{{1, "0001_city.sql", clock().now()}, {2, "0002_venue.sql", clock().now()}}));
}

TEST_P(MigrateTest, history_when_newer_than_the_program_then_conflict) {
  ok(migrate({first, second}));
  auto refused = migrate({first});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_THAT(refused.error().message, testing::HasSubstr("newer Confer (schema 2, this one knows 1)"));
}

TEST_P(MigrateTest, history_when_a_file_has_changed_then_internal) {
  ok(migrate({first}));
  auto refused = migrate({File{first.path, "CREATE TABLE town (id {{id}});"}, second});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::internal);
  EXPECT_THAT(refused.error().message, testing::HasSubstr("0001_city.sql"));
  EXPECT_EQ(ok(db().schema_version()), 1);
}

TEST_P(MigrateTest, history_when_misnamed_or_doubled_then_internal) {
  EXPECT_EQ(migrate({File{"city.sql", "SELECT 1"}}).error().code, ErrorCode::internal);
  EXPECT_EQ(migrate({first, File{"0001_other.sql", "SELECT 1"}}).error().code, ErrorCode::internal);
  ok(migrate({first, File{"0003_later.sql", "CREATE TABLE later (id {{id}});"}}));
  EXPECT_EQ(migrate({first, second, File{"0003_later.sql", "CREATE TABLE later (id {{id}});"}}).error().code, ErrorCode::internal);
}

TEST_P(MigrateTest, before_when_there_is_data_then_called_once_and_may_refuse) {
  std::vector<std::pair<int, int>> calls;
  auto note = [&](Database& database, int from, int to) -> Result<void> {
    calls.emplace_back(from, to);
    return ok(database.schema_version()) == from ? Result<void>() : fail(ErrorCode::internal, "Something was changed already.");
  };
  ok(migrate({first}, note));
  EXPECT_TRUE(calls.empty());
  ok(migrate({first}, note));
  EXPECT_TRUE(calls.empty());
  auto refused = migrate({first, second}, [](Database&, int, int) { return Result<void>(fail(ErrorCode::unavailable, "No room for a backup.")); });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "No room for a backup.");
  EXPECT_EQ(ok(db().schema_version()), 1);
  ok(migrate({first, second, File{"0003_more.sql", "CREATE TABLE more (id {{id}});"}}, note));
  EXPECT_EQ(calls, (std::vector<std::pair<int, int>>{{1, 3}}));
}

TEST_P(MigrateTest, script_when_it_fails_then_nothing_of_it_stays_and_what_came_before_does) {
  auto failed = migrate({first, second, broken});
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().where, "migration 0003_broken.sql");
  EXPECT_EQ(ok(db().schema_version()), 2);
  std::vector<std::string> names;
  for (const auto& table : ok(db().tables())) names.push_back(table.name);
  EXPECT_EQ(names, (std::vector<std::string>{"city", "venue"}));
  auto tx = ok(db().begin_write());
  ok(tx.run(insert_city, "Portland"));
  ok(tx.commit());
}

TEST_P(MigrateTest, migration_when_it_rebuilds_a_table_then_rows_that_refer_to_it_stay) {
  ok(migrate({first, second}));
  auto tx = ok(db().begin_write());
  ok(tx.run(insert_city, "Portland"));
  ok(tx.run(same("test/insert_venue", "INSERT INTO venue (city) SELECT id FROM city")));
  ok(tx.commit());
  ok(migrate({first, second,
              File{"0003_rebuild.sql",
                   "-- @sqlite\nCREATE TABLE city_new (id {{id}}, name TEXT NOT NULL, country TEXT NOT NULL);\n"
                   "INSERT INTO city_new SELECT id, name, 'US' FROM city;\nDROP TABLE city;\nALTER TABLE city_new RENAME TO city;\n"
                   "-- @postgres\nALTER TABLE city ADD COLUMN country TEXT NOT NULL DEFAULT 'US';\n"}}));
  auto read = ok(db().begin_read());
  EXPECT_EQ((ok(read.one<std::tuple<std::int64_t, std::string>>(
                same("test/venues", "SELECT count(*), min(city.country) FROM venue JOIN city ON city.id = venue.city")))),
            (std::tuple<std::int64_t, std::string>(1, "US")));
}

TEST_P(MigrateTest, processes_when_migrating_at_once_then_each_file_is_applied_once) {
  std::vector<std::unique_ptr<Database>> others;
  for (int i = 0; i < 4; ++i) others.push_back(ok(Database::open(test_database().url())));
  std::vector<Result<void>> results(others.size());
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < others.size(); ++i) {
      threads.emplace_back([&, i] { results[i] = others[i]->migrate(std::vector<File>{first, second}); });
    }
  }
  for (const auto& result : results) ok(result);
  EXPECT_EQ(ok(db().schema_version()), 2);
}

TEST_P(MigrateTest, tables_come_after_those_they_refer_to_without_what_is_derived) {
  ok(migrate({File{"0001_all.sql",
                   "CREATE TABLE zebra (id {{id}}, name TEXT, weight DOUBLE PRECISION, count BIGINT);\n"
                   "CREATE TABLE animal (id {{id}}, zebra BIGINT REFERENCES zebra (id), parent BIGINT REFERENCES animal (id));\n"
                   "CREATE TABLE beast (animal BIGINT REFERENCES animal (id), zebra BIGINT REFERENCES zebra (id), PRIMARY KEY (animal, zebra));\n"
                   "-- @sqlite\nCREATE VIRTUAL TABLE found USING fts5(body);\n"
                   "-- @postgres\nALTER TABLE zebra ADD COLUMN words tsvector;\n"}}));
  auto tables = ok(db().tables());
  ASSERT_EQ(tables.size(), 3U);
  EXPECT_EQ(tables[0].name, "zebra");
  EXPECT_EQ(tables[1].name, "animal");
  EXPECT_EQ(tables[2].name, "beast");
  std::vector<std::pair<std::string, ColumnType>> columns;
  for (const auto& c : tables[0].columns) columns.emplace_back(c.name, c.type);
  EXPECT_EQ(columns, (std::vector<std::pair<std::string, ColumnType>>{
                         {"id", ColumnType::integer}, {"name", ColumnType::text}, {"weight", ColumnType::real}, {"count", ColumnType::integer}}));
}

TEST_P(MigrateTest, restore_when_rows_come_in_any_order_then_references_hold_and_new_ids_follow) {
  ok(migrate({File{"0001_tree.sql", "CREATE TABLE tree (id {{id}}, parent BIGINT REFERENCES tree (id));"}}));
  constexpr auto put = same("test/put", "INSERT INTO tree (id, parent) VALUES (:1, :2)");
  constexpr auto plant = same("test/plant", "INSERT INTO tree (parent) VALUES (:1) RETURNING id");
  {
    auto tx = ok(db().begin_write());
    ok(tx.before_restore());
    ok(tx.run(put, 5, 40));
    ok(tx.run(put, 40, std::optional<std::int64_t>()));
    ok(tx.after_restore());
    ok(tx.commit());
  }
  {
    auto tx = ok(db().begin_write());
    EXPECT_EQ(ok(tx.one<std::int64_t>(plant, 5)), 41);
    EXPECT_EQ(tx.run(put, 50, 999).error().code, ErrorCode::conflict);
  }
  auto tx = ok(db().begin_write());
  ok(tx.before_restore());
  ok(tx.run(put, 60, 999));
  auto ended = tx.after_restore();
  auto committed = ended ? tx.commit() : ended;
  ASSERT_FALSE(committed);
  EXPECT_EQ(committed.error().code, ErrorCode::conflict);
  auto read = ok(db().begin_read());
  EXPECT_EQ(ok(read.one<std::int64_t>(same("test/count_trees", "SELECT count(*) FROM tree"))), 2);
}

TEST_P(MigrateTest, migrations_of_this_source_tree_apply_and_are_what_tests_get) {
  ok(db().migrate(test::migrations_in_source()));
  test::TestDatabase copied(GetParam());
  EXPECT_EQ(ok(copied.database().schema_version()), ok(db().schema_version()));
}

}  // namespace
}  // namespace confer::db
