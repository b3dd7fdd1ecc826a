// Making private folders, and removing those that a killed process left (private_folder.h).
#include "app/private_folder.h"
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>
#include "base/log.h"

namespace confer::app {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view random_part = ".XXXXXX";  ///< mkdtemp's

/// "x.tar.zst.parts" → "parts", "/data/confer-restore" → "confer-restore".
std::string mark_of(const fs::path& beside) {
  const std::string name = beside.filename();
  return name.substr(name.rfind('.') + 1);
}

bool is_named_so(std::string_view name, const std::string& mark) {
  if (name.size() <= random_part.size() || name[name.size() - random_part.size()] != '.') return false;
  const auto stem = name.substr(0, name.size() - random_part.size());
  return stem == mark || stem.ends_with("." + mark);
}

/// Nothing lies in it but what backups and restores put there.
bool holds_only_parts(const fs::path& folder) {
  std::error_code problem;
  for (fs::directory_iterator at(folder, problem), end; !problem && at != end; at.increment(problem)) {
    const std::string name = at->path().filename();
    if (name != "archive" && name != "manifest.json" && name != "tables" && name != "files" && !name.ends_with(".jsonl")) return false;
  }
  return !problem;
}

/// Ours alone to look into, and locked by nobody.
bool is_abandoned(const fs::path& folder) {
  auto opened = files::Descriptor::open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  struct stat about{};
  if (!opened || ::fstat(opened->number(), &about) != 0) return false;
  return about.st_uid == ::geteuid() && (about.st_mode & 0777U) == 0700U && ::flock(opened->number(), LOCK_EX | LOCK_NB) == 0;
}

void remove_abandoned(const fs::path& beside) {
  const std::string mark = mark_of(beside);
  std::error_code problem;
  std::vector<fs::path> found;
  for (fs::directory_iterator at(files::folder_of(beside), problem), end; !problem && at != end; at.increment(problem))
    if (is_named_so(at->path().filename().string(), mark)) found.push_back(at->path());
  for (const auto& folder : found) {
    if (!is_abandoned(folder) || !holds_only_parts(folder)) continue;
    fs::remove_all(folder, problem);
    log(LogTopic::files, LogLevel::warning, problem ? "parts of an unfinished backup cannot be removed" : "parts of an unfinished backup removed");
  }
}

}  // namespace

Result<PrivateFolder> PrivateFolder::make(const std::string& beside) {
  remove_abandoned(beside);
  constexpr int most_attempts = 3;
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    std::string name = beside + std::string(random_part);
    if (::mkdtemp(name.data()) == nullptr) return fail(ErrorCode::unavailable, beside + " cannot be written: " + std::generic_category().message(errno) + ".");
    TRY_ASSIGN(auto lock, files::Descriptor::open(name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
    // Another process may have taken it for abandoned before it was locked.
    if (::flock(lock.number(), LOCK_EX | LOCK_NB) == 0 && fs::exists(name)) return PrivateFolder(name, std::move(lock));
  }
  return fail(ErrorCode::unavailable, beside + " cannot be written: others remove what is made there.");
}

PrivateFolder::PrivateFolder(PrivateFolder&& other) noexcept : path_(std::exchange(other.path_, {})), lock_(std::move(other.lock_)) {}

PrivateFolder::~PrivateFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

}  // namespace confer::app
