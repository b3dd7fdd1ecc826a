// Uploaded files do not stay.
#include "programme/import_files.h"
#include <sys/stat.h>
#include <filesystem>
#include "support/database.h"

namespace confer::programme {
namespace {

namespace fs = std::filesystem;
using test::ok;

class ImportFilesTest : public testing::Test {
 protected:
  test::TestFolder folder;
  std::string data() const { return folder.path(); }
  bool is_there(const files::Hash& file) const { return find_import_file(data(), file).has_value(); }
};

TEST_F(ImportFilesTest, file_when_kept_then_found_until_it_is_forgotten_and_nobody_else_sees_it) {
  const auto file = ok(keep_import_file(data(), "Ada,ada@example.org"));
  EXPECT_EQ(ok(find_import_file(data(), file)), "Ada,ada@example.org");
  struct stat about{};
  ASSERT_EQ(::stat((data() + "/imports").c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0077U, 0U);
  ok(forget_import_file(data(), file));
  ok(forget_import_file(data(), file));
  const auto gone = find_import_file(data(), file);
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().code, ErrorCode::not_found);
}

TEST_F(ImportFilesTest, files_when_old_then_forgotten_and_younger_ones_stay) {
  const auto old = ok(keep_import_file(data(), "old")), young = ok(keep_import_file(data(), "young"));
  fs::last_write_time(data() + "/imports/" + old.hex.substr(0, 2) + "/" + old.hex.substr(2), fs::file_time_type::clock::now() - import_file_lifetime);
  ok(forget_import_files(data(), Clock::system().now() - import_file_lifetime + std::chrono::minutes(1)));
  EXPECT_FALSE(is_there(old));
  EXPECT_TRUE(is_there(young));
  ok(forget_import_files(data(), Instant::max()));
  EXPECT_FALSE(is_there(young));
}

}  // namespace
}  // namespace confer::programme
