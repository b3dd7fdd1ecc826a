// The whole public data of PyVideo: imported without an abort, each irregularity counted, found, and given back as it was.
#include <gtest/gtest.h>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include "archive/series.h"
#include "archive/source.h"
#include "archive_fixture.h"
#include "html/restructured_text.h"
#include "programme/shared_data.h"
#include "search/search.h"

namespace confer::archive {
namespace {

using test::Json;
using test::ok;

class WholeDataTest : public test::ArchiveTest {};
INSTANTIATE_TEST_SUITE_P(Sqlite, WholeDataTest, ::testing::Values(db::Backend::sqlite));

/// By path within the data, as JSON in one form.
std::map<std::string, std::string> records_in(const std::string& path) {
  std::map<std::string, std::string> records;
  for (const auto& file : ok(read_source(path, {})))
    if (!file.path.starts_with('.')) records[file.path] = Json::parse(file.bytes).dump();
  return records;
}

std::int64_t how_many(const std::map<std::string, std::string>& records, std::string_view part) {
  return std::ranges::count_if(records, [&](const auto& record) { return record.first.contains(part); });
}

/// The data, or the events of them that `taken` takes, as a folder.
std::string source_of(const std::string& packed, const test::Folder& folder) {
  if (programme::testing::takes_whole_data()) return packed;
  for (const auto& file : ok(read_source(packed, {}))) {
    const auto slash = file.path.find('/');
    if (file.path.starts_with('.') || (slash != std::string::npos && !programme::testing::takes_event(file.path.substr(0, slash)))) continue;
    const auto path = folder.path() / file.path;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << file.bytes;
  }
  return folder.path().string();
}

TEST_P(WholeDataTest, comes_in_is_found_and_goes_out) {
  CONFER_NEEDS_SHARED_DATA();
  const test::Folder folder;
  const std::string source = source_of((programme::testing::shared_data() / "pyvideo.tar.zst").string(), folder);
  const auto before = records_in(source);
  const std::int64_t events = how_many(before, "/category.json"), records = how_many(before, "/videos/");
  const ImportReport report = ok(import_archive(db(), keeper, {.path = source}));
  EXPECT_EQ(report.failed.size(), 0U);
  const std::int64_t left_out = count(report, "talks left out"), talks = records - left_out;
  EXPECT_EQ(std::tuple(count(report, "events"), count(report, "talks"), count(report, "talks added")), std::tuple(events, records, talks));
  if (programme::testing::takes_whole_data()) {
    EXPECT_EQ(std::tuple(events, records, left_out), std::tuple(463, 18774, 1));
    std::string counted;
    for (const auto& [kind, number] : kinds(report)) counted += std::to_string(number) + " " + kind + "\n";
    EXPECT_EQ(counted, test::read_text(test::fs::path(CONFER_SOURCE_DIR) / "tests/archive/data/pyvideo_findings.txt"));
  }

  const ImportReport again = ok(import_archive(db(), keeper, {.path = source}));
  EXPECT_EQ(std::tuple(count(again, "events unchanged"), count(again, "talks added") + count(again, "talks changed")), std::tuple(events, 0));
  {
    auto tx = ok(db().begin_read());
    EXPECT_EQ(ok(totals(tx)).talks, talks);
    EXPECT_EQ(std::ssize(ok(search::keys(tx, "talk"))), talks);
    EXPECT_EQ(ok(check(tx)), std::vector<std::string>{});
    EXPECT_EQ(ok(recordings::check(tx)), std::vector<std::string>{});
  }
  const test::Folder out;
  const Exported done = ok(export_pyvideo(db(), out.path().string()));
  EXPECT_EQ(std::tuple(done.events, done.talks), std::tuple(events, talks));
  const auto after = records_in(out.path().string());
  std::int64_t different = 0, missing = 0;
  for (const auto& [path, record] : before) {
    const auto found = after.find(path);
    if (found == after.end())
      ++missing;
    else if (found->second != record)
      ++different;
  }
  EXPECT_EQ(std::tuple(std::ssize(after), missing, different), std::tuple(std::ssize(before) - left_out, left_out, std::int64_t{done.repaired}));
}

TEST(WholeData, every_description_is_read) {
  CONFER_NEEDS_SHARED_DATA();
  std::size_t read = 0;
  for (const auto& file : ok(read_source((programme::testing::shared_data() / "pyvideo.tar.zst").string(), {}))) {
    if (!programme::testing::takes_event(file.path.substr(0, file.path.find('/')))) continue;
    const Json json = Json::parse(file.bytes);
    const auto description = json.is_object() ? json.find("description") : json.end();
    if (!json.is_object() || description == json.end() || !description->is_string()) continue;
    const auto& text = description->get_ref<const std::string&>();
    const std::string html = html::rst(text);
    EXPECT_EQ(html.empty(), text.find_first_not_of(" \r\n\t") == std::string::npos) << file.path;
    ++read;
  }
  EXPECT_GT(read, programme::testing::takes_whole_data() ? 18'000U : 1'000U);
}

TEST(WholeData, every_edition_is_in_its_series) {
  CONFER_NEEDS_SHARED_DATA();
  std::vector<EditionName> names;
  for (const auto& file : ok(read_source((programme::testing::shared_data() / "pyvideo.tar.zst").string(), {})))
    if (file.path.ends_with("/category.json") && !file.path.starts_with('.'))
      names.push_back({Json::parse(file.bytes)["title"], file.path.substr(0, file.path.find('/'))});
  std::string listed;
  for (const auto& group : group_editions(names)) {
    listed += group.title + ":";
    for (const std::size_t i : group.members) listed += " " + names[i].folder;
    listed += "\n";
  }
  EXPECT_EQ(listed, test::read_text(test::fs::path(CONFER_SOURCE_DIR) / "tests/archive/data/pyvideo_series.txt"));
}

}  // namespace
}  // namespace confer::archive
