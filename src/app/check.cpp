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

Result<std::vector<std::string>> check_everything(Installation& here) {
  TRY_ASSIGN(auto tx, here.db->begin_read());
  std::vector<std::string> all;
  for (auto check : {&journal::check, &jobs::check, &mail::check, &people::check, &events::check, &talks::check, &programme::check, &footage::check,
                     &cutting::check, &recordings::check, &archive::check, &keeping::check, &site::check}) {
    TRY_ASSIGN(auto problems, check(tx));
    all.insert(all.end(), problems.begin(), problems.end());
  }
  TRY_ASSIGN(auto named, talks::named_hashes(tx));
  TRY_ASSIGN(const auto videos, recordings::named_hashes(tx));
  named.insert(named.end(), videos.begin(), videos.end());
  for (const auto& hash : named)
    if (!here.files->has({hash})) all.push_back("files: " + hash + ", which a talk names, is not there");
  TRY_ASSIGN(auto damaged, here.files->damaged());
  for (const auto& hash : damaged) all.push_back("files: " + hash.hex + " does not hold what its name says");
  return all;
}

}  // namespace confer::app
