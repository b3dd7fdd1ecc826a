// What was erased is in no file any more.
#include <gtest/gtest.h>
#include <fstream>
#include <iterator>
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

}  // namespace
}  // namespace confer::db
