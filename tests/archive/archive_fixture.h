// A small data tree of ours with every irregularity, in a folder of its own, on both databases.
#pragma once
#include <stdlib.h>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include "archive/archive.h"
#include "archive/exchange.h"
#include "people/people.h"
#include "support/database.h"

namespace confer::test {

namespace fs = std::filesystem;
using Json = nlohmann::json;

inline void write_text(const fs::path& path, const std::string& bytes) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}
inline std::string read_text(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return std::move(out).str();
}
/// All files below, by path.
inline std::map<std::string, std::string> files_in(const fs::path& root) {
  std::map<std::string, std::string> files;
  if (fs::exists(root))
    for (const auto& entry : fs::recursive_directory_iterator(root))
      if (entry.is_regular_file()) files[fs::relative(entry.path(), root).generic_string()] = read_text(entry.path());
  return files;
}

class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "confer-archive-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) std::abort();
    path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

/// A record that has nothing odd, with `fields` put over it.
inline Json record(const Json& fields = Json::object()) {
  Json json = {{"title", "A talk"},
               {"speakers", {"Ada Lovelace"}},
               {"description", "About *looms*."},
               {"recorded", "2012-03-09"},
               {"duration", 1800},
               {"language", "eng"},
               {"slug", "a-talk"},
               {"tags", {"weaving"}},
               {"videos", {{{"type", "youtube"}, {"url", "https://www.youtube.com/watch?v=gznPQpZH1Yc"}}}}};
  json.update(fields);
  return json;
}

class ArchiveTest : public DatabaseTest {
 protected:
  void event(const std::string& folder, const Json& category) { write_text(source.path() / folder / "category.json", category.dump(2) + "\n"); }
  void talk(const std::string& folder, const std::string& name, const Json& json) {
    write_text(source.path() / folder / "videos" / (name + ".json"), json.dump(2) + "\n");
  }
  /// Two editions of one series, and a channel.
  void small_tree() {
    event("loomcon-2012", {{"title", "LoomCon 2012"}});
    talk("loomcon-2012", "a-talk", record({{"id", 7}, {"alias", "/video/7/a-talk"}}));
    talk("loomcon-2012", "b-talk",
         record({{"title", "Kräne & Türme"},
                 {"slug", "b-talk"},
                 {"duration", 1800000},
                 {"language", "deu"},
                 {"speakers", {"Ada Lovelace", "Jacquard"}},
                 {"tags", {"Weaving", "C++"}},
                 {"videos", {{{"type", "mp4"}, {"url", "http://example.org/b.mp4"}, {"size", 5}}}},
                 {"abstract", "kept"}}));
    event("loomcon-2013", {{"title", "LoomCon 2013"}, {"description", "The second."}});
    talk("loomcon-2013", "c-talk",
         record({{"title", "Threads"},
                 {"slug", "c-talk"},
                 {"recorded", "2013-03-09"},
                 {"speakers", Json::array()},
                 {"id", 9},
                 {"videos", {{{"type", "vimeo"}, {"url", "https://vimeo.com/1"}}}}}));
    event("loom-school", {{"title", "Loom School"}});
    talk("loom-school", "d-talk",
         record({{"title", "Knots"}, {"slug", "d-talk"}, {"recorded", "2010-01-01"}, {"description", nullptr}, {"language", nullptr}}));
    talk("loom-school", "e-talk", record({{"title", "Nets"}, {"slug", "e-talk"}, {"recorded", "2016-01-01"}}));
  }
  archive::ImportReport import() { return ok(archive::import_archive(db(), keeper, {.path = source.path().string()})); }
  static std::int64_t count(const archive::ImportReport& report, const std::string& name) {
    const auto found = report.run.counts.find(name);
    return found == report.run.counts.end() ? 0 : found->second;
  }
  static std::map<std::string, std::int64_t> kinds(const archive::ImportReport& report) {
    std::map<std::string, std::int64_t> counts;
    for (const auto& finding : report.findings) counts[finding.kind] = finding.count;
    return counts;
  }
  std::string code_of(const std::string& title) {
    auto tx = ok(db().begin_read());
    for (const auto& row : ok(archive::list_talks(tx, {}, {.number = 1, .size = 200})).rows)
      if (row.title == title) return row.code;
    return "";
  }
  const Actor keeper = system_actor("test");
  Folder source;
};

}  // namespace confer::test
