// The work of cutting: what proposes, makes, checks and publishes (docs/operating/jobs.md).
#pragma once
#include <functional>
#include <string>
#include <vector>
#include "cutting/cutting.h"
#include "files/files.h"
#include "jobs/jobs.h"
#include "people/people.h"

namespace confer::cutting {

extern const char* const preview_kind;
extern const char* const publish_kind;

/// A job is for one plan: of a cut that has another by now it does nothing.
Result<void> queue_preview(db::Tx& tx, const Cut& cut);
Result<void> queue_publishing(db::Tx& tx, const Cut& cut);
/// The cut that a job of these kinds works on.
CutId cut_of(const jobs::Job& job);

/// What a cut was made into.
struct Made {
  std::string path;
  footage::Span span;  ///< as its frames lie
  double frame_rate = 0;
  int width = 0, height = 0;
  std::uint64_t size_bytes = 0;
  milliseconds length{};
  std::string sound;  ///< JSON
};
/// A file to cut from.
struct Input {
  std::string path;
  Instant begins{};
};
/// `confer cut` as a process of its own; a test has its own. Writes `out`. Errors: invalid – it cannot be cut, and trying again is no use.
using MakeCut = std::function<Result<Made>(const std::vector<Input>& inputs, const Plan& plan, const std::string& out,
                                           const std::function<void(double)>& progress, const std::function<bool()>& stopping)>;
Result<Made> make_cut(const std::vector<Input>& inputs, const Plan& plan, const std::string& out, const std::function<void(double)>& progress,
                      const std::function<bool()>& stopping);

/// Where the work is done.
struct Workshop {
  db::Database& db;
  files::Store& files;
  std::string folder;  ///< for what is not finished; of ours alone
  people::SignIn sign_in;
  MakeCut make = make_cut;
};
/// Looks for talks that are over and have footage: proposes their cuts, and has those made that are whole.
Result<void> propose_due(const Workshop& shop, const std::function<bool()>& stopping);
/// Makes the preview of a cut, and tells its speakers.
Result<void> preview(const Workshop& shop, jobs::Running& running);
/// Makes the cut exactly, reads it back, and puts it online.
Result<void> publish(const Workshop& shop, jobs::Running& running);

}  // namespace confer::cutting
