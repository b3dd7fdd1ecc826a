// The checker of links as this installation is set up: as a job, and by command.
#pragma once
#include "app/installation.h"
#include "jobs/jobs.h"
#include "recordings/links.h"

namespace confer::app {

recordings::LinkCheckSettings link_settings(const Config& config);
Result<void> check_links_job(Installation& here, jobs::Running& running);

}  // namespace confer::app
