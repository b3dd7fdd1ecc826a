// What runs when.
#pragma once
#include "app/installation.h"
#include "jobs/jobs.h"
#include "people/web.h"

namespace confer::app {

/// Every kind of job and every periodic one, on a web process or a worker.
void add_jobs(jobs::Workers& workers, Installation& here, const Web& web);

}  // namespace confer::app
