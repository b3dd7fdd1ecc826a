// Every export is valid against the schemas of the field, by validators that others wrote (python3-jsonschema, xmllint).
#include <gtest/gtest.h>
#include <cstdlib>
#include <filesystem>
#include <string>
#include "programme/format.h"
#include "random_programme.h"
#include "shared_data.h"

namespace confer::programme {
namespace {

namespace fs = std::filesystem;
const Generator generator{.version = "1.0", .url = "https://conf.example.org"};

void write_all(const fs::path& folder, const std::string& name, const Programme& p) {
  testing::write_file(folder / (name + ".schedule.json"), write_schedule_json(p, generator));
  testing::write_file(folder / (name + ".schedule2.json"), write_schedule2_json(p, generator));
  testing::write_file(folder / (name + ".schedule.xml"), write_schedule_xml(p, generator));
}

/// The validators' words; "" when all is well.
std::string complaints(const fs::path& folder) {
  const fs::path log = folder / "log.txt";
  const std::string command = "/usr/bin/python3 " + std::string(CONFER_SOURCE_DIR) + "/tests/programme/validate_exports.py " + folder.string() + " " +
                              (testing::shared_data() / "schedules").string() + " > " + log.string() + " 2>&1";
  return std::system(command.c_str()) == 0 ? "" : testing::read_file(log);
}

TEST(ExportSchema, of_invented_programmes) {
  CONFER_NEEDS_SHARED_DATA();
  const testing::TemporaryFolder folder;
  for (std::uint64_t seed = 0; seed < 200; ++seed) write_all(folder.path(), std::to_string(seed), testing::random_programme(seed));
  EXPECT_EQ(complaints(folder.path()), "");
}

TEST(ExportSchema, of_an_empty_programme) {
  CONFER_NEEDS_SHARED_DATA();
  const testing::TemporaryFolder folder;
  write_all(folder.path(), "empty", Programme{});
  EXPECT_EQ(complaints(folder.path()), "");
}

TEST(ExportSchema, of_the_real_exports_written_again) {
  CONFER_NEEDS_SHARED_DATA();
  const testing::TemporaryFolder folder;
  for (const char* name : {"frab-camp2019", "pretalx-democon", "invalid-example"}) {
    const auto imported = read_schedule_json(testing::read_file(testing::shared_data() / "schedules" / (std::string(name) + ".json")));
    ASSERT_TRUE(imported) << imported.error().message;
    write_all(folder.path(), name, imported->programme);
  }
  EXPECT_EQ(complaints(folder.path()), "");
}

TEST(ExportSchema, the_validators_find_what_is_wrong) {
  CONFER_NEEDS_SHARED_DATA();
  const testing::TemporaryFolder folder;
  write_all(folder.path(), "good", testing::random_programme(1));
  std::string json = write_schedule_json(testing::random_programme(1), generator);
  json.insert(json.find("\"title\""), "\"surprise\":1,");
  testing::write_file(folder.path() / "bad.schedule.json", json);
  EXPECT_NE(complaints(folder.path()).find("surprise"), std::string::npos);
}

}  // namespace
}  // namespace confer::programme
