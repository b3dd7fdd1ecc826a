// Validating exports against c3voc's schemas, by validators that others wrote.
#pragma once
#include <cstdlib>
#include <filesystem>
#include <string>
#include "programme/format.h"
#include "shared_data.h"

namespace confer::programme::testing {

inline const Generator generator{.version = "1.0", .url = "https://conf.example.org"};

inline void write_exports(const std::filesystem::path& folder, const std::string& name, const Programme& p) {
  write_file(folder / (name + ".schedule.json"), write_schedule_json(p, generator));
  write_file(folder / (name + ".schedule2.json"), write_schedule2_json(p, generator));
  write_file(folder / (name + ".schedule.xml"), write_schedule_xml(p, generator));
}

/// The validators' words about every export in the folder; "" when all is well. Needs the shared data.
inline std::string complaints(const std::filesystem::path& folder) {
  const std::filesystem::path log = folder / "log.txt";
  const std::string command = "/usr/bin/python3 " + std::string(CONFER_SOURCE_DIR) + "/tests/programme/validate_exports.py " + folder.string() + " " +
                              (shared_data() / "schedules").string() + " > " + log.string() + " 2>&1";
  return std::system(command.c_str()) == 0 ? "" : read_file(log);
}

}  // namespace confer::programme::testing
