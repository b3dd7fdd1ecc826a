// Programs that read media run as processes of their own: limited in time and memory, without network, with few files in sight.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>
#include "base/result.h"

namespace confer::media {

struct Limits {
  std::chrono::seconds cpu{600}, wall{1800};
  std::uint64_t memory_bytes = std::uint64_t{4} << 30U;  ///< of address space; not applied to sanitizer builds, which reserve far more
  std::vector<std::string> reads, writes;                ///< files and folders; programs and libraries of the system are read anyway
  bool is_background = true;                             ///< lowest priority: a live recording on the same machine goes first
  bool has_network = false;                              ///< only for recording a stream that somebody configured, and for programs of the operator
  bool is_of_operator = false;                           ///< configured by whoever runs the installation: it sees the files that Confer sees
  std::chrono::seconds grace{0};                         ///< asked to stop (SIGTERM), it may take so long to end what it writes; 0: it is killed
};

struct Ended {
  int exit_code = -1;  ///< -1: it was killed
  int signal = 0;
  bool took_too_long = false, was_stopped = false;
  std::string out, err;  ///< at most 4 MiB of each, from the beginning of `out` and the end of `err`
  double cpu_seconds = 0;
  bool is_well() const { return exit_code == 0; }
};

/// Waits for its end. `command[0]` is searched in the system's folders for programs. `on_line` gets each line of its output, in this thread; `stopping` is
/// asked several times a second, and true ends it. Errors: unavailable – it could not be started.
Result<Ended> run_limited(const std::vector<std::string>& command, const Limits& limits, const std::function<void(std::string_view line)>& on_line = {},
                          const std::function<bool()>& stopping = {});

/// Why a process of ours failed, for a person: its last words, or that it took too much.
std::string reason_of(const Ended& ended);

/// This program, which runs itself for what reads media. Tests say where it is.
std::string own_program();
void set_own_program(std::string path);

}  // namespace confer::media
