// What every command opens: settings, database, files, templates.
#pragma once
#include <memory>
#include <string>
#include "app/config.h"
#include "db/database.h"
#include "files/files.h"

namespace confer::app {

struct Installation {
  Config config;
  std::unique_ptr<db::Database> db;
  std::unique_ptr<files::Store> files;
};

/// Makes the data directory when it is missing, opens and migrates (a backup precedes every migration of existing data).
/// Errors: conflict – a newer Confer wrote the data; unavailable – cannot be opened.
Result<Installation> open_installation(Config config);
/// Makes it when it is missing, for this user alone. What is there keeps its permissions. Errors: unavailable.
Result<void> make_private_folder(const std::string& path);
/// Gives the embedded catalogues, assets and templates to html/. Once a process. A template is compiled when it is first drawn: most commands draw none;
/// `confer serve` compiles all of them.
Result<void> load_templates();

}  // namespace confer::app
