// Every export is valid against the schemas of the field, by validators that others wrote (python3-jsonschema, xmllint).
#include <gtest/gtest.h>
#include <cstdlib>
#include <filesystem>
#include <string>
#include "programme/format.h"
#include "random_programme.h"
#include "schemas.h"
#include "shared_data.h"

namespace confer::programme {
namespace {

using testing::generator;

TEST(ExportSchema, of_invented_programmes) {
  CONFER_NEEDS_SHARED_DATA();
  const testing::TemporaryFolder folder;
  for (std::uint64_t seed = 0; seed < 200; ++seed) testing::write_exports(folder.path(), std::to_string(seed), testing::random_programme(seed));
  EXPECT_EQ(testing::complaints(folder.path()), "");
}

TEST(ExportSchema, of_an_empty_programme) {
  CONFER_NEEDS_SHARED_DATA();
  const testing::TemporaryFolder folder;
  testing::write_exports(folder.path(), "empty", Programme{});
  EXPECT_EQ(testing::complaints(folder.path()), "");
}

TEST(ExportSchema, of_the_real_exports_written_again) {
  CONFER_NEEDS_SHARED_DATA();
  const testing::TemporaryFolder folder;
  for (const char* name : {"frab-camp2019", "pretalx-democon"}) {
    const auto imported = read_schedule_json(testing::read_file(testing::shared_data() / "schedules" / (std::string(name) + ".json")));
    ASSERT_TRUE(imported) << imported.error().message;
    testing::write_exports(folder.path(), name, imported->programme);
  }
  EXPECT_EQ(testing::complaints(folder.path()), "");
}

TEST(ExportSchema, the_validators_find_what_is_wrong) {
  CONFER_NEEDS_SHARED_DATA();
  const testing::TemporaryFolder folder;
  testing::write_exports(folder.path(), "good", testing::random_programme(1));
  std::string json = write_schedule_json(testing::random_programme(1), generator);
  json.insert(json.find("\"title\""), "\"surprise\":1,");
  testing::write_file(folder.path() / "bad.schedule.json", json);
  EXPECT_NE(testing::complaints(folder.path()).find("surprise"), std::string::npos);
}

}  // namespace
}  // namespace confer::programme
