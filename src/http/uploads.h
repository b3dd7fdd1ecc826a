// Resumable uploads (tus 1.0: core, creation, expiration, termination) as routes to mount. What was acknowledged is on disk and survives a restart.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>
#include "base/result.h"
#include "base/time.h"
#include "http/message.h"
#include "http/router.h"

namespace confer::http {

struct UploadRules {
  std::string folder;                                ///< holds "<id>.info" and "<id>.part"; made when missing
  std::uint64_t max_bytes = std::uint64_t{8} << 30;  ///< of one upload: two hours of 1080p at 8 Mbit/s
  std::size_t most_open_per_owner = 20;
  std::chrono::hours lifetime{72};  ///< after the last byte came
  const Clock* clock = &Clock::system();
};

struct UploadState {
  std::string id;     ///< 43 characters that cannot be guessed
  std::string owner;  ///< who made it, as the app names them
  std::uint64_t length = 0, offset = 0;
  std::string file_name, content_type;
  std::string title;  ///< what the person calls it; may be empty
  Instant expires{};
  bool finished = false;  ///< the app has taken it
  std::string path;       ///< of its bytes; an app that renames the file away keeps it
};

/// Thread-safe. One process a folder: behind a balancer, a client's pieces must reach the process that it began with.
class ResumableUploads {
 public:
  /// Reads what an earlier run left. Errors: unavailable – the folder cannot be made or read.
  static Result<std::unique_ptr<ResumableUploads>> open(UploadRules rules);
  ~ResumableUploads();

  /// Errors: invalid – longer than allowed; conflict – the owner has too many open ones; unavailable – no space.
  Result<UploadState> create(std::string_view owner, std::uint64_t length, std::string_view file_name, std::string_view content_type,
                             std::string_view title = {});
  /// Errors: not_found – no such upload, or somebody else's; gone – expired.
  Result<UploadState> find(std::string_view id, std::string_view owner) const;
  /// Takes bytes from `offset` on. A later sink of the same upload ends an earlier one: a client that lost its connection does not wait for our timeout.
  /// Errors: as find; conflict – it does not stand at `offset`.
  Result<std::unique_ptr<BodySink>> append(std::string_view id, std::string_view owner, std::uint64_t offset);
  /// The app has what it needs: the bytes go, the state stays until it expires, for a client that did not hear of it.
  Result<void> finish(std::string_view id, std::string_view owner);
  Result<void> remove(std::string_view id, std::string_view owner);
  /// Removes expired ones; `app/periodic.cpp` calls it. Returns how many.
  std::size_t remove_expired();
  const UploadRules& rules() const;

 private:
  struct Impl;
  explicit ResumableUploads(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

struct UploadMount {
  std::string prefix;  ///< "/{event}/uploads": POST creates there, the rest is below it
  int right = 0;
  /// Who asks, after the gate: uploads of others do not exist for them.
  std::function<Result<std::string>(const Request&)> owner;
  /// Called before the first byte comes, with what was announced: an error refuses it. May be empty.
  std::function<Result<void>(const Request&, const UploadState&)> announced = {};
  /// Called when all bytes are on disk; called again (by an empty PATCH) when it failed. What it calls `invalid` is forgotten: no second try would help.
  std::function<Result<void>(Request&, const UploadState&)> finished;
};
/// The routes; `uploads` must outlive them.
std::vector<Route> upload_routes(ResumableUploads& uploads, UploadMount mount);

}  // namespace confer::http
