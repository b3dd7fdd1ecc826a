// Inside of cutting/: how a configured program is run for a talk (programs.h). For programs.cpp, uploading.cpp and recognising.cpp.
#pragma once
#include <map>
#include "cutting/jobs.h"
#include "cutting/programs.h"
#include "media/process.h"
#include "recordings/recordings.h"
#include "talks/talks.h"

namespace confer::cutting {

/// Stores a run, with its job.
Result<void> queue_run(db::Tx& tx, EventId event, const Run& run);
/// The job of one that is stored.
Result<void> enqueue_run(db::Tx& tx, EventId event, Occasion occasion, std::int64_t run);

/// What a run is about, as it stands when its job begins.
struct RunTask {
  Run run;
  Cut cut;
  events::Event event;
  talks::Talk talk;
  std::optional<recordings::Recording> recording;
};
/// Nothing when it is done already, or not known any more.
Result<std::optional<RunTask>> run_task_of(const Workshop& shop, const jobs::Job& job);
/// How it ended.
Result<void> settle_run(const Workshop& shop, RunTask& task, RunState state, std::string words);

/// A folder for one run, gone when it ends.
class RunFolder {
 public:
  RunFolder(const Workshop& shop, std::int64_t run);
  ~RunFolder();
  RunFolder(const RunFolder&) = delete;
  RunFolder& operator=(const RunFolder&) = delete;
  const std::string& path() const { return path_; }
  /// A stored file under a name of its own. Errors: not_found.
  Result<std::string> bring(const Workshop& shop, const std::string& hash, const std::string& name) const;

 private:
  std::string path_;
};

/// Runs a command with its placeholders filled.
Result<media::Ended> run_program(std::vector<std::string> command, const std::map<std::string, std::string>& values, std::chrono::minutes timeout,
                                 const jobs::Running& running);
/// What a job's end tells of a program that failed: the run is stored as failed or given up. Always an error.
Result<void> run_failed(const Workshop& shop, RunTask& task, const jobs::Running& running, std::string words, std::optional<int> exit_code);

}  // namespace confer::cutting
