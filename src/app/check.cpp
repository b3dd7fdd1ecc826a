// Everybody is asked (check.h).
#include "app/check.h"
#include "archive/archive.h"
#include "cutting/cutting.h"
#include "events/events.h"
#include "footage/footage.h"
#include "jobs/jobs.h"
#include "journal/journal.h"
#include "keeping/keeping.h"
#include "mail/mail.h"
#include "people/people.h"
#include "programme/programme.h"
#include "recordings/recordings.h"
#include "site/site.h"
#include "talks/talks.h"

namespace confer::app {

namespace {

/// What rows say, and whether the files are there that they name.
Result<void> check_rows(const Installation& here, std::vector<std::string>& all) {
  TRY_ASSIGN(auto tx, here.db->begin_read());
  for (auto check : {&journal::check, &jobs::check, &mail::check, &people::check, &events::check, &talks::check, &programme::check, &footage::check,
                     &cutting::check, &recordings::check, &archive::check, &keeping::check, &site::check}) {
    TRY_ASSIGN(auto problems, check(tx));
    all.insert(all.end(), problems.begin(), problems.end());
  }
  TRY_ASSIGN(auto named, talks::named_hashes(tx));
  TRY_ASSIGN(const auto videos, recordings::named_hashes(tx));
  named.insert(named.end(), videos.begin(), videos.end());
  for (const auto& hash : named)
    if (!here.files->find(tx, {hash})) all.push_back("files: " + hash + ", which a talk names, is not there");
  return {};
}

}  // namespace

Result<std::vector<std::string>> check_everything(Installation& here) {
  std::vector<std::string> all;
  TRY(check_rows(here, all));
  TRY_ASSIGN(auto damaged, here.files->damaged());
  for (const auto& hash : damaged) all.push_back("files: " + hash.hex + " does not hold what its name says");
  if (here.config.store) {
    TRY_ASSIGN(const auto missing, files::missing_in_bucket(*here.db, here.config.store->bucket));
    all.insert(all.end(), missing.begin(), missing.end());
  }
  return all;
}

}  // namespace confer::app
