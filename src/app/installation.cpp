// Opening what a command works on (installation.h).
#include "app/installation.h"
#include <filesystem>
#include "app/backup.h"
#include "base/embedded.h"
#include "base/log.h"
#include "events/events.h"
#include "html/assets.h"
#include "html/template.h"
#include "site/site.h"

namespace confer::app {
namespace {

LogLevel level_named(const std::string& name) {
  if (name == "debug") return LogLevel::debug;
  if (name == "warning") return LogLevel::warning;
  if (name == "error") return LogLevel::error;
  return LogLevel::info;
}

/// Since then the archive's lists stand in tables of their own.
constexpr int version_with_archive = 17;
Result<void> list_in_archive(db::Database& database) {
  TRY_ASSIGN(auto tx, database.begin_write());
  TRY_ASSIGN(const auto events, events::list_events(tx));
  for (const auto& event : events) TRY(site::index_event(tx, event.id));
  return tx.commit();
}

}  // namespace

/// Where it is made and tried: a request that would deadlock the connections fails instead, every time.
#ifdef NDEBUG
constexpr bool refuses_nested_transactions = false;
#else
constexpr bool refuses_nested_transactions = true;
#endif

Result<void> make_private_folder(const std::string& path) {
  std::error_code problem;
  const bool made = std::filesystem::create_directories(path, problem);
  if (!problem && made) std::filesystem::permissions(path, std::filesystem::perms::owner_all, problem);
  if (problem) return fail(ErrorCode::unavailable, "The folder " + path + " cannot be made: " + problem.message() + ".");
  return {};
}

Result<Installation> open_installation(Config config) {
  set_log_level(level_named(config.log_level));
  TRY(make_private_folder(config.data_dir));
  Installation here;
  TRY_ASSIGN(here.files, files::open_folder(config.files()));
  TRY_ASSIGN(here.db, db::Database::open(config.database(), {.one_a_thread = refuses_nested_transactions}));
  const std::string backups = config.data_dir + "/backups";
  auto before = [&](db::Database& database, int from, int to) -> Result<void> {
    TRY(make_private_folder(backups));
    const std::string path =
        backups + "/before-" + std::to_string(to) + "-from-" + std::to_string(from) + "-" + std::to_string(to_ms(Clock::system().now())) + ".tar.zst";
    TRY(write_backup(database, *here.files, path));
    log(LogTopic::db, "backup before migration", {{"file", path}});
    return {};
  };
  TRY_ASSIGN(const int version, here.db->schema_version());
  TRY(here.db->migrate(embedded::migrations(), before));
  if (version > 0 && version < version_with_archive) TRY(list_in_archive(*here.db));
  if (config.store) here.files = files::open_shared(std::move(here.files), config.files(), *config.store, *here.db);
  here.config = std::move(config);
  return here;
}

Result<void> load_templates() {
  TRY(html::use_catalogues(embedded::catalogues()));
  html::use_assets(embedded::assets());
  html::use_templates(embedded::templates());
  return {};
}

}  // namespace confer::app
