// Reads a PyVideo data tree: <event>/category.json and <event>/videos/*.json.
#pragma once
#include <functional>
#include <set>
#include <string>
#include <vector>
#include "archive/imported.h"
#include "archive/source.h"

namespace confer::archive {

extern const Format pyvideo_format;

/// One event's files, not read yet.
struct PyvideoFolder {
  std::string folder;
  SourceFile category;
  std::vector<SourceFile> records;
};
struct PyvideoTree {
  std::vector<PyvideoFolder> folders;  ///< by name
  std::set<std::int64_t> no_publish;
  Findings findings;  ///< files that are none of ours
};
/// Errors: invalid – there is no event folder in it.
Result<PyvideoTree> find_pyvideo_folders(std::vector<SourceFile> files);
/// Reads one folder. What cannot be read of it is a finding; a folder whose category.json cannot be read has its name as title.
ImportedEvent read_pyvideo_folder(const PyvideoFolder& folder);

/// What can only be seen of all folders together: one video in two records, one address for two talks, names and tags that are written in two ways.
class PyvideoOverview {
 public:
  void add(const ImportedEvent& event);
  Findings take();

 private:
  struct Told {
    std::string event, place;
  };
  std::map<std::string, std::vector<Told>> by_video_, by_slug_;
  std::map<std::string, std::set<std::string>> names_, tags_, licences_;
};

}  // namespace confer::archive
