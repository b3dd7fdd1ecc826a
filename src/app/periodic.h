// What runs when.
#pragma once
#include "app/installation.h"
#include "jobs/jobs.h"
#include "people/web.h"

namespace confer::app {

/// Takes out of a shared store what no row names any more.
extern const char* const files_withdraw_kind;
enum class Role : unsigned char {
  server,  ///< looks after its folders, too
  worker,
};
/// Every kind of job and every periodic one that a process of this role runs.
void add_jobs(jobs::Workers& workers, Installation& here, const Web& web, Role role);
/// Files in a folder of this process that no row names, and copies that are old: what `files.forget` does for the server.
Result<void> forget_files(Installation& here);

}  // namespace confer::app
