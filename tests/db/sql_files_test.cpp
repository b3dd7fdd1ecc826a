// Every statement in src/*/sql/ can be prepared on both databases.
#include <gtest/gtest.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include "support/database.h"

namespace confer::db {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class SqlFilesTest : public test::DatabaseTest {};
ON_BOTH_DATABASES(SqlFilesTest);

TEST_P(SqlFilesTest, every_statement_can_be_prepared) {
  const fs::path source = fs::path(CONFER_SOURCE_DIR) / "src";
  for (const auto& entry : fs::recursive_directory_iterator(source)) {
    const auto& path = entry.path();
    if (path.extension() != ".sql" || path.parent_path().filename() != "sql" || path.stem().extension() == ".postgres") continue;
    const auto other = path.parent_path() / (path.stem().string() + ".postgres.sql");
    const auto name = fs::relative(path, source).string();
    const auto sqlite = text_of(path), postgres = fs::exists(other) ? text_of(other) : sqlite;
    const auto prepared = db().try_prepare({name.c_str(), sqlite.c_str(), postgres.c_str()});
    EXPECT_TRUE(prepared) << name << ": " << prepared.error().detail;
  }
}

}  // namespace
}  // namespace confer::db
