// What runs when (periodic.h). Each kind has its heading in docs/operating/jobs.md; a test checks that.
#include "app/periodic.h"
#include "base/log.h"
#include "mail/mail.h"

namespace confer::app {

void add_jobs(jobs::Workers& workers, Installation& here, const Web& web) {
  db::Database& db = *here.db;
  mail::add_worker(workers, db, web.sign_in.mail);
  workers.every({"jobs.forget", std::chrono::hours(24)}, [&db](jobs::Running&) -> Result<void> {
    TRY_ASSIGN(auto tx, db.begin_write());
    TRY(jobs::forget_finished(tx));
    return tx.commit();
  });
}

}  // namespace confer::app
