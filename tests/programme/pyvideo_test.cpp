// PyVideo: each irregularity by example, and the whole public data to the last counter.
#include <gtest/gtest.h>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>
#include "programme/format.h"
#include "shared_data.h"

namespace confer::programme {
namespace {

namespace fs = std::filesystem;
using Counts = std::map<std::string, int>;

Counts kinds(const Imported& imported) {
  Counts counts;
  for (const Oddity& oddity : imported.oddities) ++counts[oddity.kind];
  return counts;
}

const NamedBytes category{"py-2012/category.json", "{\"title\": \"Py 2012\"}\n"};
/// A record that has nothing odd, with `fields` put over it.
std::string record(const nlohmann::json& fields = nlohmann::json::object()) {
  nlohmann::json json = {
      {"title", "A talk"}, {"speakers", {"Ada"}}, {"description", "About."}, {"recorded", "2012-03-09"},
      {"duration", 1800},  {"language", "eng"},   {"slug", "a-talk"},        {"videos", {{{"type", "youtube"}, {"url", "https://www.youtube.com/watch?v=x"}}}}};
  json.update(fields);
  return json.dump() + "\n";
}
Imported read(const std::string& bytes) {
  auto imported = read_pyvideo({category, {"py-2012/videos/a-talk.json", bytes}});
  EXPECT_TRUE(imported) << imported.error().message;
  return *std::move(imported);
}

TEST(PyVideo, a_good_record) {
  const Imported i = read(record());
  EXPECT_EQ(kinds(i), Counts{});
  const Conference& c = i.programme.conference;
  EXPECT_EQ(std::tuple(c.slug, c.title.in("en"), to_text(c.start), to_text(c.end)), std::tuple("py-2012", "Py 2012", "2012-03-09", "2012-03-09"));
  const Talk& talk = i.programme.talks.at(0);
  EXPECT_EQ(std::tuple(talk.title, talk.language, talk.slug, talk.state), std::tuple("A talk", "en", "a-talk", TalkState::archived));
  EXPECT_EQ(std::tuple(talk.extra.at("recorded"), talk.extra.at("duration_seconds")), std::tuple("\"2012-03-09\"", "1800"));
  EXPECT_EQ(talk.links, (std::vector<Link>{{"https://www.youtube.com/watch?v=x", "youtube", LinkKind::media}}));
  EXPECT_EQ(i.programme.slots.size(), 0U);
}

TEST(PyVideo, irregularities_one_by_one) {
  using Json = nlohmann::json;
  const std::vector<std::pair<Json, Counts>> rows{
      {{{"recorded", nullptr}}, {{"recorded = null", 1}}},
      {{{"recorded", "2012-03-09T10:00:00"}}, {{"recorded with time", 1}, {"no time zone", 1}}},
      {{{"recorded", "2012-03-09T10:00:00-08:00"}}, {{"recorded with time and zone", 1}, {"no time zone", 1}}},
      {{{"recorded", "spring"}}, {{"recorded unreadable", 1}}},
      {{{"speakers", Json::array()}}, {{"speakers = []", 1}}},
      {{{"speakers", {" ", "Ada  L", "Various speakers", "A and B", "x@example.org"}}},
       {{"blank-string speaker", 1},
        {"inner double space or tab in speaker", 1},
        {"placeholder speaker", 1},
        {"several people in one speaker", 1},
        {"'@' or 'http' in a speaker name", 1}}},
      {{{"duration", nullptr}}, {{"duration null", 1}}},
      {{{"duration", 1005.0}}, {{"duration as float", 1}}},
      {{{"duration", 1800000}}, {{"duration in milliseconds", 1}}},
      {{{"duration", 20000}}, {{"duration 4-24 h", 1}}},
      {{{"duration", 3}}, {{"duration under 60 s", 1}}},
      {{{"duration", -3}}, {{"impossible duration", 1}}},
      {{{"description", nullptr}}, {{"description null", 1}}},
      {{{"description", " "}}, {{"description empty", 1}}},
      {{{"description", "a <b>c</b>"}}, {{"HTML in rST text", 1}}},
      {{{"language", nullptr}}, {{"language null", 1}}},
      {{{"title2", "x"}, {",duration", 3}}, {{"unknown field", 2}}},
      {{{"category", "Other"}}, {{"category disagrees with the folder's title", 1}}},
      {{{"related_urls", {"https://example.org", {{"label", "x"}, {"url", "FILL"}}, {{"label", "y"}, {"url", "https://example.org/a b"}}}}},
       {{"related_urls as plain string", 1}, {"related URL not http(s)", 1}, {"related URL with white space", 1}}},
      {{{"videos", {{{"type", "mp4"}, {"url", "http://example.org/x.mp4"}, {"length", 0}}}}}, {{"length: 0 in videos[]", 1}, {"plain http media URL", 1}}},
      {{{"slug", ""}}, {{"slug absent", 1}}},
      {{{"slug", "A_b"}}, {{"slug not [a-z0-9-]", 1}}},
      {{{"title", " A "}}, {{"title padded", 1}}},
      {{{"title", "e\u0301"}}, {{"title not NFC", 1}, {"non-ASCII title", 1}}},
      {{{"title", "a\u200bb"}}, {{"zero-width or bidi character in title", 1}, {"non-ASCII title", 1}}},
      {{{"title", "a\ufffd"}}, {{"U+FFFD in title", 1}, {"non-ASCII title", 1}}},
      {{{"title", "It&apos;s &lt;x&gt; &amp; y"}}, {{"HTML entity in title", 1}}},
      {{{"title", "a\nb"}}, {{"newline or tab in title", 1}}},
      {{{"tags", {"a, b", "Web", "web"}}}, {{"comma in tag", 1}, {"tags that differ by case", 1}}}};
  for (const auto& [fields, expected] : rows) EXPECT_EQ(kinds(read(record(fields))), expected) << fields;
}

TEST(PyVideo, what_was_put_right) {
  EXPECT_EQ(read(record({{"duration", 1800000}})).programme.talks.at(0).extra.at("duration_seconds"), "1800");
  EXPECT_EQ(read(record({{"title", "It&apos;s &lt;x&gt; &amp;lt; y"}})).programme.talks.at(0).title, "It's <x> &lt; y");
  EXPECT_EQ(read(record({{"tags", {"a, b"}}})).programme.talks.at(0).tags, (std::vector<std::string>{"a", "b"}));
  const Imported timed = read(record({{"recorded", "2012-03-09T10:00:00-08:00"}}));
  EXPECT_EQ(timed.programme.conference.zone, "Etc/GMT+8");
  EXPECT_EQ(to_text(timed.programme.slots.at(0).start), "2012-03-09T10:00");
  EXPECT_EQ(timed.programme.slots.at(0).length, minutes{30});
}

TEST(PyVideo, files_themselves) {
  std::string bytes = record();
  bytes.pop_back();
  EXPECT_EQ(kinds(read(bytes)), (Counts{{"no final newline", 1}}));
  EXPECT_EQ(kinds(read("{\r\n" + record().substr(1))), (Counts{{"CRLF file", 1}}));
  const auto twice = read_pyvideo({category, {"videos/b.json", record()}, {"videos/a.json", record()}});
  EXPECT_EQ(kinds(*twice), (Counts{{"same video in two records", 1}}));
  const auto unpublished = read_pyvideo({category, {"NO_PUBLISH.json", "[7]"}, {"videos/a.json", record({{"id", 7}})}, {"videos/b.json", record({{"id", 8}})}});
  EXPECT_EQ(unpublished->programme.talks.size(), 1U);
  EXPECT_EQ(kinds(*unpublished), (Counts{{"never to publish", 1}}));
}

TEST(PyVideo, refused_with_the_file) {
  EXPECT_EQ(read_pyvideo({}).error().message, "This is not a PyVideo folder: it has no category.json. (category.json)");
  const auto cut = read_pyvideo({category, {"videos/a.json", "{\"title\":"}});
  EXPECT_EQ(cut.error().message, "videos/a.json: The file ends in the middle: it was cut off. (line 1, column 10)");
  EXPECT_EQ(cut.error().where, "videos/a.json");
}

TEST(PyVideo, an_edit_changes_only_its_field) {
  Imported i = read(record({{"title2", "kept"}, {"duration", 1800000}}));
  i.programme.talks[0].title = "New";
  const auto files = write_pyvideo(i.programme);
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[1].path, "videos/a-talk.json");
  EXPECT_EQ(nlohmann::json::parse(files[1].bytes), nlohmann::json::parse(record({{"title2", "kept"}, {"duration", 1800000}, {"title", "New"}})));
}

TEST(PyVideo, a_talk_of_ours_becomes_a_record) {
  Programme p;
  p.conference = {.title = {"en", "Py 2027"}, .start = *parse_date("2027-05-04"), .end = *parse_date("2027-05-05")};
  p.talks = {{.code = "A",
              .title = "Talk",
              .abstract = "Short.",
              .credits = {{.name = "Ada"}},
              .language = "de",
              .tags = {"web"},
              .links = {{"https://www.youtube.com/watch?v=1", "", LinkKind::media}, {"https://example.org", "Code"}}},
             {.code = "B", .title = "No video"}};
  p.slots = {{.number = 1, .talk = "A", .start = *parse_wall_time("2027-05-05T01:00"), .length = minutes{30}}};
  const auto files = write_pyvideo(p);
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[0].bytes, "{\n  \"end_date\": \"2027-05-05\",\n  \"start_date\": \"2027-05-04\",\n  \"title\": \"Py 2027\"\n}\n");
  EXPECT_EQ(nlohmann::json::parse(files[1].bytes),
            nlohmann::json::parse(
                R"({"title":"Talk","description":"Short.","speakers":["Ada"],"language":"deu","tags":["web"],"recorded":"2027-05-04","duration":1800,
            "videos":[{"type":"youtube","url":"https://www.youtube.com/watch?v=1"}],"related_urls":[{"label":"Code","url":"https://example.org"}]})"));
}

/// Every public record: none refused, nothing lost, and exactly these oddities.
TEST(PyVideo, the_whole_public_data) {
  CONFER_NEEDS_SHARED_DATA();
  const testing::TemporaryFolder folder;
  const std::string command = "tar --zstd -xf " + (testing::shared_data() / "pyvideo.tar.zst").string() + " -C " + folder.path().string();
  ASSERT_EQ(std::system(command.c_str()), 0);
  fs::path root = folder.path();
  for (int depth = 0; depth < 3 && !fs::exists(root / "NO_PUBLISH.json"); ++depth)
    for (const auto& entry : fs::directory_iterator(root))
      if (entry.is_directory()) root = entry.path();
  ASSERT_TRUE(fs::exists(root / "NO_PUBLISH.json"));
  const NamedBytes unpublished{"NO_PUBLISH.json", testing::read_file(root / "NO_PUBLISH.json")};
  Counts counts;
  std::size_t events = 0, records = 0, talks = 0, written = 0;
  for (const auto& entry : fs::directory_iterator(root)) {
    // .schemas holds the schema of a category.json, not one.
    if (!fs::exists(entry.path() / "category.json") || entry.path().filename().string().starts_with('.')) continue;
    if (!testing::takes_event(entry.path().filename().string())) continue;
    ++events;
    std::vector<NamedBytes> files{unpublished, {"category.json", testing::read_file(entry.path() / "category.json")}};
    std::map<std::string, std::string> by_path;
    if (fs::is_directory(entry.path() / "videos"))
      for (const auto& video : fs::directory_iterator(entry.path() / "videos")) {
        files.push_back({"videos/" + video.path().filename().string(), testing::read_file(video.path())});
        by_path[files.back().path] = files.back().bytes;
      }
    records += by_path.size();
    const auto imported = read_pyvideo(files);
    ASSERT_TRUE(imported) << entry.path() << ": " << imported.error().message;
    talks += imported->programme.talks.size();
    for (const Oddity& oddity : imported->oddities) ++counts[oddity.kind];
    // Stored as a release and exported again, each record says what it said.
    const auto stored = from_json(to_json(imported->programme));
    ASSERT_TRUE(stored) << entry.path();
    for (const NamedBytes& file : write_pyvideo(*stored)) {
      if (file.path == "category.json") continue;
      ++written;
      EXPECT_EQ(nlohmann::json::parse(file.bytes), nlohmann::json::parse(by_path[file.path])) << entry.path() << file.path;
    }
  }
  EXPECT_EQ(written, talks);
  if (!testing::takes_whole_data()) return;
  EXPECT_EQ(std::tuple(events, records, talks), std::tuple(463U, 18774U, 18773U));
  std::string report;
  for (const auto& [kind, count] : counts) report += kind + ": " + std::to_string(count) + "\n";
  EXPECT_EQ(report, testing::read_file(fs::path(CONFER_SOURCE_DIR) / "tests/programme/data/pyvideo_oddities.txt"));
}

}  // namespace
}  // namespace confer::programme
