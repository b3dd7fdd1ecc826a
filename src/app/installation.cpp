// Opening what a command works on (installation.h).
#include "app/installation.h"
#include <filesystem>
#include "app/backup.h"
#include "base/embedded.h"
#include "base/log.h"
#include "html/assets.h"
#include "html/template.h"

namespace confer::app {
namespace {

LogLevel level_named(const std::string& name) {
  if (name == "debug") return LogLevel::debug;
  if (name == "warning") return LogLevel::warning;
  if (name == "error") return LogLevel::error;
  return LogLevel::info;
}

}  // namespace

Result<Installation> open_installation(Config config) {
  set_log_level(level_named(config.log_level));
  std::error_code problem;
  std::filesystem::create_directories(config.data_dir, problem);
  if (problem) return fail(ErrorCode::unavailable, "The data directory " + config.data_dir + " cannot be made: " + problem.message() + ".");
  Installation here;
  TRY_ASSIGN(here.files, files::open_folder(config.data_dir + "/files"));
  TRY_ASSIGN(here.db, db::Database::open(config.database()));
  const std::string backups = config.data_dir + "/backups";
  auto before = [&](db::Database& database, int from, int to) -> Result<void> {
    std::filesystem::create_directories(backups, problem);
    const std::string path =
        backups + "/before-" + std::to_string(to) + "-from-" + std::to_string(from) + "-" + std::to_string(to_ms(Clock::system().now())) + ".tar.zst";
    TRY(write_backup(database, *here.files, path));
    log(LogTopic::db, "backup before migration", {{"file", path}});
    return {};
  };
  TRY(here.db->migrate(embedded::migrations(), before));
  here.config = std::move(config);
  return here;
}

Result<void> load_templates() {
  TRY(html::use_catalogues(embedded::catalogues()));
  html::use_assets(embedded::assets());
  html::use_templates(embedded::templates());
  return html::compile_templates();
}

}  // namespace confer::app
