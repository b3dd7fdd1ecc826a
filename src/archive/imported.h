// What a reader of an archive's format understood: plain data, whatever the format. Nothing has been written yet.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>
#include "archive/archive.h"
#include "base/time.h"
#include "recordings/recordings.h"
#include "talks/talks.h"

namespace confer::archive {

/// Collects what was odd, by kind, with all its places.
class Findings {
 public:
  void add(std::string_view kind, std::string place, std::string_view message);
  /// A number without places: what is no irregularity, but is told ("related_urls as object").
  void count(std::string_view kind, std::int64_t number, std::string_view message);
  void add_all(Findings&& other);
  /// By kind; places in the order of their paths.
  std::vector<Finding> take();

 private:
  std::map<std::string, Finding, std::less<>> by_kind_;
};

struct ImportedTalk {
  std::string path;  ///< within the event's folder: "videos/a-talk.json"
  std::optional<std::int64_t> number;
  std::string guid, hash, raw;
  talks::Talk talk;  ///< without id, event and code
  recordings::Recording recording;
  std::vector<std::string> aliases;
  std::vector<std::string> repaired;
  std::string searched;  ///< `searched_text` of the talk, made while the event waits to be written
};

struct ImportedEvent {
  std::string folder;  ///< of the source: "pycon-us-2012"
  std::string slug, guid, title, description, url, hash, raw;
  std::optional<Date> start, end;
  std::optional<int> year;
  std::vector<std::string> languages;  ///< of its talks, the most frequent first
  std::vector<std::string> aliases;
  std::string series;  ///< its title
  std::vector<ImportedTalk> talks;
  Findings findings;
  bool is_unchanged = false;  ///< the database has it as it is: nothing to write
};

/// What a source's records become: for the importer, and again when it merges a record with what was edited here.
struct Format {
  std::string_view name;  ///< "pyvideo"
  Result<ImportedTalk> (*read_record)(std::string_view raw, std::string_view place, Findings& findings);
};

}  // namespace confer::archive
