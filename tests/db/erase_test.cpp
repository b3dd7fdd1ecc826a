// What was erased is in no file any more.
#include <gtest/gtest.h>
#include <chrono>
#include <fstream>
#include <iterator>
#include <optional>
#include "support/database.h"

namespace confer::db {
namespace {

using test::ok;

bool file_holds(const std::string& path, const std::string& text) {
  std::ifstream in(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {}).find(text) != std::string::npos;
}

TEST(WipeErased, takes_erased_text_out_of_the_file_and_its_log) {
  test::TestDatabase test(Backend::sqlite, test::Schema::empty);
  auto& db = test.database();
  const auto path = test.url().substr(7);
  const std::string canary = "canary-of-a-person";
  auto write = [&](const std::string& sql, const std::string& text) {
    auto tx = ok(db.begin_write());
    const auto& statement = db.dynamic("test/erase", sql);
    if (text.empty())
      ok(tx.run(statement));
    else
      ok(tx.run(statement, text));
    ok(tx.commit());
  };
  write("CREATE TABLE person (name TEXT)", "");
  write("CREATE INDEX person_name ON person (name)", "");
  write("INSERT INTO person VALUES (:1)", canary);
  ok(db.wipe_erased());
  ASSERT_TRUE(file_holds(path, canary));
  write("DELETE FROM person WHERE name = :1", canary);
  ASSERT_TRUE(file_holds(path, canary));
  ok(db.wipe_erased());
  EXPECT_FALSE(file_holds(path, canary));
  EXPECT_FALSE(file_holds(path + "-wal", canary));
}

TEST(WipeErased, when_a_reader_holds_the_old_bytes_then_writers_go_on_and_a_later_wipe_succeeds) {
  test::TestDatabase test(Backend::sqlite, test::Schema::empty);
  auto& db = test.database();
  const std::string log = test.url().substr(7) + "-wal", canary = "canary-of-a-person";
  const auto write = [&](const std::string& sql) {
    auto tx = ok(db.begin_write());
    ok(tx.run(db.dynamic("test/erase", sql)));
    ok(tx.commit());
  };
  write("CREATE TABLE person (name TEXT)");
  write("INSERT INTO person VALUES ('" + canary + "')");
  {
    std::optional<Tx> reader = ok(db.begin_read());
    ASSERT_EQ(ok(reader->one<std::int64_t>(db.dynamic("test/count", "SELECT COUNT(*) FROM person"))), 1);
    write("DELETE FROM person");
    const auto begun = std::chrono::steady_clock::now();
    auto wiped = db.wipe_erased();
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(5)) << "everybody who writes waits meanwhile";
    ASSERT_FALSE(wiped);
    EXPECT_EQ(wiped.error().code, ErrorCode::unavailable);
    write("INSERT INTO person VALUES ('somebody else')");
  }
  ok(db.wipe_erased());
  EXPECT_FALSE(file_holds(log, canary));
}

}  // namespace
}  // namespace confer::db
