// confer check, backup, restore.
#include <iostream>
#include "app/backup.h"
#include "app/commands/commands.h"
#include "events/events.h"
#include "people/people.h"
#include "programme/programme.h"
#include "talks/talks.h"

namespace confer::app {
namespace {

Result<std::vector<std::string>> check_everything(Installation& here) {
  TRY_ASSIGN(auto tx, here.db->begin_read());
  std::vector<std::string> all;
  for (auto check : {&people::check, &events::check, &talks::check, &programme::check}) {
    TRY_ASSIGN(auto problems, check(tx));
    all.insert(all.end(), problems.begin(), problems.end());
  }
  TRY_ASSIGN(auto damaged, here.files->damaged());
  for (const auto& hash : damaged) all.push_back("files: " + hash.hex + " does not hold what its name says");
  return all;
}

void print(std::string_view done, const BackupNumbers& n, const std::string& path) {
  std::cout << done << " " << path << ": " << n.tables << " tables, " << n.rows << " rows, " << n.files << " files, schema " << n.schema_version << "\n";
}

}  // namespace

int run_check(Installation& here) {
  auto problems = check_everything(here);
  if (!problems) return report_error(problems.error());
  for (const auto& problem : *problems) std::cout << problem << "\n";
  std::cout << problems->size() << " problems\n";
  return problems->empty() ? 0 : 1;
}

int run_backup(Installation& here, const std::string& path) {
  auto numbers = write_backup(*here.db, *here.files, path);
  if (!numbers) return report_error(numbers.error());
  print("Wrote", *numbers, path);
  return 0;
}

int run_restore(Installation& here, const std::string& path) {
  auto numbers = restore_backup(*here.db, *here.files, path, here.config.data_dir);
  if (!numbers) return report_error(numbers.error());
  print("Restored", *numbers, path);
  return 0;
}

}  // namespace confer::app
