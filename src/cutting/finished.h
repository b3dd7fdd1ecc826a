// Inside of cutting/: what was made, and has not come to where it is seen yet. For jobs.cpp and encoding.cpp.
#pragma once
#include <optional>
#include <string>
#include <vector>
#include "cutting/jobs.h"
#include "cutting/store.h"

namespace confer::cutting {

/// Written down beside what is not finished, so that an attempt which goes on makes nothing again: bringing it to a store may take days when that is away.
struct Finished {
  std::string of;                        ///< what it was made from, beside the plan: another one's is not taken
  Made made;                             ///< its paths are gone: the bytes lie in files/
  std::vector<store::MadeFile> files;    ///< the first is what was made; the others were made of it
  std::optional<std::size_t> poster_at;  ///< which of them
  double length = 0;                     ///< of an encoded one, in seconds
  const std::string& hash() const { return files.front().hash; }
  std::string poster() const { return poster_at ? files[*poster_at].hash : std::string(); }
};
Result<void> keep_finished(const std::string& path, const Finished& finished);
/// Nothing when there is none of this, or a file of it is not there any more.
std::optional<Finished> find_finished(const Workshop& shop, const std::string& path, std::string_view of);
void forget_finished(const std::string& path);

/// Into files/, each under its name.
Result<std::vector<store::MadeFile>> put_all(const Workshop& shop, const std::vector<std::string>& paths);
/// To where they are seen from; the job's progress goes from `from` to 1.
Result<void> deliver(const Workshop& shop, const std::vector<store::MadeFile>& files, double from, jobs::Running& running);
/// In the transaction whose rows name them.
Result<void> name_all(const Workshop& shop, db::Tx& tx, const std::vector<store::MadeFile>& files);
/// How much of a job is the making, where the result is brought elsewhere.
double part_of_making(const Workshop& shop);

/// What a job's end is when its files cannot be brought now: the cut says why, and the job waits without end. Always an error.
Result<void> not_delivered(const Workshop& shop, CutId cut, std::string_view what, const Error& error, jobs::Running& running);
/// What it needs lies on another machine: the cut says so, and the job is left to a worker there. Always an error.
Result<void> left_to_others(const Workshop& shop, CutId cut, std::string_view what, jobs::Running& running);

/// Whether that is what the cut says: it is over when the work is done.
bool tells_of_waiting(std::string_view problem);

}  // namespace confer::cutting
