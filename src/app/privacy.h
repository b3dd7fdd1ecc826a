// A person's data across all slices: given out, and taken away for good.
#pragma once
#include <string>
#include "ids/ids.h"
#include "jobs/jobs.h"
#include "people/web.h"

namespace confer::app {

/// Everything that is stored about the person, as one JSON object.
Result<std::string> export_everything(db::Database& db, PersonId person);
/// Removes it from every table, renders pages again, and takes the old bytes out of the database's files.
/// Talks stay, without the name, also where it was only typed into a talk of the series in which the person is credited; the audit trail holds only numbers.
/// Where a reader holds the old bytes back, the job "db.wipe_erased" does the last part.
Result<void> erase_everything(const Web& web, const Actor& actor, PersonId person);
void add_wipe_worker(jobs::Workers& workers, db::Database& db);

}  // namespace confer::app
