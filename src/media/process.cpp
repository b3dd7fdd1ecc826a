// Starts a process with limits (setrlimit), without network (seccomp) and with few files in sight (Landlock), and reads what it prints.
#include "media/process.h"
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <mutex>
#include "base/log.h"
#include "base/text.h"
#include "files/durable.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define CONFER_SANITIZED 1
#else
#define CONFER_SANITIZED 0
#endif

namespace confer::media {

namespace {

constexpr std::size_t most_output = std::size_t{4} << 20U;

using files::Descriptor;

Result<std::array<Descriptor, 2>> open_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return fail(ErrorCode::unavailable, "No further process can be started now.", std::strerror(errno));
  return std::array{Descriptor(ends[0]), Descriptor(ends[1])};
}

constexpr std::uint64_t reading = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t on_files = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE;
/// Of Landlock's first version: what a kernel of Debian 12 knows.
constexpr std::uint64_t everything = (std::uint64_t{1} << 13U) - 1;

void allow(int rules, const std::string& path, std::uint64_t access) {
  const Descriptor file(open(path.c_str(), O_PATH | O_CLOEXEC));
  if (!file.is_open()) return;  // what is not there need not be allowed
  std::error_code ignored;
  landlock_path_beneath_attr rule{};
  rule.allowed_access = std::filesystem::is_directory(path, ignored) ? access : access & on_files;
  rule.parent_fd = file.number();
  syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
}

/// The rules for files; closed where the kernel has no Landlock, which is said once.
Descriptor file_rules(const Limits& limits, const std::string& program) {
  landlock_ruleset_attr attributes{};
  attributes.handled_access_fs = everything;
  Descriptor rules(static_cast<int>(syscall(SYS_landlock_create_ruleset, &attributes, sizeof(attributes.handled_access_fs), 0)));
  if (!rules.is_open()) {
    static std::once_flag said;
    std::call_once(said, [] { log(LogTopic::media, LogLevel::warning, "the kernel cannot limit which files a media process sees (no Landlock)"); });
    return rules;
  }
  for (const char* folder :
       {"/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/etc/fonts", "/etc/alternatives", "/etc/localtime", "/dev/urandom", "/sys/devices/system/cpu"})
    allow(rules.number(), folder, reading);
  if (CONFER_SANITIZED) allow(rules.number(), "/proc", reading);
  allow(rules.number(), program, reading);
  allow(rules.number(), "/dev/null", reading | LANDLOCK_ACCESS_FS_WRITE_FILE);
  for (const auto& path : limits.reads) allow(rules.number(), path, reading);
  for (const auto& path : limits.writes) allow(rules.number(), path, everything & ~LANDLOCK_ACCESS_FS_EXECUTE);
  return rules;
}

/// The filter, loaded into a pipe-less memory of the parent: the child only installs it, which is all that may be done between fork and exec.
std::vector<sock_filter> network_filter() {
  std::vector<sock_filter> filter;
  scmp_filter_ctx context = seccomp_init(SCMP_ACT_ALLOW);
  if (context == nullptr) return filter;
  // Sockets of the machine itself (AF_UNIX) cannot be reached without files.
  seccomp_rule_add(context, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(socket), 0);
  seccomp_rule_add(context, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(connect), 0);
  const Descriptor file(memfd_create("filter", MFD_CLOEXEC));
  if (file.is_open() && seccomp_export_bpf(context, file.number()) == 0) {
    const auto size = lseek(file.number(), 0, SEEK_END);
    filter.resize(static_cast<std::size_t>(std::max<off_t>(size, 0)) / sizeof(sock_filter));
    if (pread(file.number(), filter.data(), filter.size() * sizeof(sock_filter), 0) != size) filter.clear();
  }
  seccomp_release(context);
  return filter;
}

void limit(__rlimit_resource what, std::uint64_t value) {
  const rlimit both{value, value};
  setrlimit(what, &both);
}

/// In the child, between fork and exec: only system calls.
[[noreturn]] void become(char* const* words, char* const* environment, const char* program, const Limits& limits, int in, int out, int err, int rules,
                         const sock_fprog& filter, pid_t parent) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);  // a server that was killed leaves nothing running
  if (getppid() != parent) _exit(126);
  dup2(in, 0);
  dup2(out, 1);
  dup2(err, 2);
  if (limits.is_background) setpriority(PRIO_PROCESS, 0, 15);
  limit(RLIMIT_CPU, static_cast<std::uint64_t>(limits.cpu.count()));
  limit(RLIMIT_CORE, 0);
  if (!CONFER_SANITIZED) limit(RLIMIT_AS, limits.memory_bytes);
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  if (rules >= 0) syscall(SYS_landlock_restrict_self, rules, 0);
  if (!limits.has_network && filter.len > 0) prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  signal(SIGPIPE, SIG_DFL);
  execve(program, words, environment);
  _exit(127);
}

std::string find_program(const std::string& name) {
  if (name.contains('/')) return name;
  for (const char* folder : {"/usr/local/bin/", "/usr/bin/", "/bin/"})
    if (access((folder + name).c_str(), X_OK) == 0) return folder + name;
  return "";
}

std::vector<std::string> small_environment() {
  std::vector<std::string> out{"PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8", "HOME=/nonexistent"};
  if (CONFER_SANITIZED)
    for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "ASAN_SYMBOLIZER_PATH"})
      if (const char* value = std::getenv(name)) out.push_back(std::string(name) + "=" + value);
  return out;
}

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> out;
  for (auto& word : words) out.push_back(word.data());
  out.push_back(nullptr);
  return out;
}

/// Reads both outputs until they end; kills the process when its time is over or somebody wants it to stop.
void watch(pid_t child, Descriptor& out, Descriptor& err, const Limits& limits, const std::function<void(std::string_view)>& on_line,
           const std::function<bool()>& stopping, Ended& ended) {
  const auto deadline = std::chrono::steady_clock::now() + limits.wall;
  auto killed_at = std::chrono::steady_clock::time_point::max();
  std::string line;
  std::array<char, 65536> buffer{};
  while (out.is_open() || err.is_open()) {
    std::array<pollfd, 2> waiting{pollfd{out.number(), POLLIN, 0}, pollfd{err.number(), POLLIN, 0}};
    poll(waiting.data(), waiting.size(), 200);
    for (std::size_t i = 0; i < 2; ++i) {
      Descriptor& from = i == 0 ? out : err;
      if (!from.is_open() || (waiting[i].revents & (POLLIN | POLLHUP | POLLERR)) == 0) continue;
      const ssize_t got = read(from.number(), buffer.data(), buffer.size());
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) {
        from.close();
        continue;
      }
      const std::string_view text(buffer.data(), static_cast<std::size_t>(got));
      if (i == 1) {
        ended.err.append(text);
        if (ended.err.size() > 2 * most_output) ended.err.erase(0, ended.err.size() - most_output);
        continue;
      }
      if (ended.out.size() < most_output) ended.out.append(text.substr(0, most_output - ended.out.size()));
      if (!on_line) continue;
      line.append(text);
      for (std::size_t end = line.find('\n'); end != std::string::npos; end = line.find('\n')) {
        on_line(std::string_view(line).substr(0, end));
        line.erase(0, end + 1);
      }
      if (line.size() > most_output) line.clear();
    }
    const bool is_late = std::chrono::steady_clock::now() > deadline;
    if ((is_late || (stopping && stopping())) && !ended.took_too_long && !ended.was_stopped) {
      (is_late ? ended.took_too_long : ended.was_stopped) = true;
      killed_at = std::chrono::steady_clock::now() + (is_late ? std::chrono::seconds(0) : limits.grace);
      if (!is_late && limits.grace.count() > 0) kill(child, SIGTERM);
    }
    if (std::chrono::steady_clock::now() >= killed_at) {
      kill(-child, SIGKILL);
      kill(child, SIGKILL);
    }
  }
}

std::mutex program_mutex;
std::string& program_path() {
  static std::string path;
  return path;
}

}  // namespace

Result<Ended> run_limited(const std::vector<std::string>& command, const Limits& limits, const std::function<void(std::string_view line)>& on_line,
                          const std::function<bool()>& stopping) {
  ASSERT(!command.empty());
  const std::string program = find_program(command.front());
  if (program.empty() || access(program.c_str(), X_OK) != 0) return fail(ErrorCode::unavailable, "The program “" + command.front() + "” is not installed.");
  TRY_ASSIGN(auto out, open_pipe());
  TRY_ASSIGN(auto err, open_pipe());
  const Descriptor nothing(open("/dev/null", O_RDONLY | O_CLOEXEC));
  const Descriptor rules = limits.is_of_operator ? Descriptor(-1) : file_rules(limits, program);
  static const std::vector<sock_filter> filter = network_filter();
  const sock_fprog loaded{static_cast<unsigned short>(filter.size()), const_cast<sock_filter*>(filter.data())};  // NOLINT: the kernel only reads it
  std::vector<std::string> words = command, environment = small_environment();
  const auto word_pointers = pointers(words), environment_pointers = pointers(environment);
  const pid_t parent = getpid(), child = fork();
  if (child < 0) return fail(ErrorCode::unavailable, "No further process can be started now.", std::strerror(errno));
  if (child == 0)
    become(word_pointers.data(), environment_pointers.data(), program.c_str(), limits, nothing.number(), out[1].number(), err[1].number(), rules.number(),
           loaded, parent);
  out[1].close();
  err[1].close();
  Ended ended;
  watch(child, out[0], err[0], limits, on_line, stopping, ended);
  int status = 0;
  rusage used{};
  while (wait4(child, &status, 0, &used) < 0 && errno == EINTR) continue;
  const auto seconds_of = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
  ended.cpu_seconds = seconds_of(used.ru_utime) + seconds_of(used.ru_stime);
  if (WIFEXITED(status)) ended.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) ended.signal = WTERMSIG(status);
  if (ended.signal == SIGXCPU || (ended.signal == SIGKILL && !ended.was_stopped && ended.cpu_seconds >= static_cast<double>(limits.cpu.count()) - 1))
    ended.took_too_long = true;
  if (ended.err.size() > most_output) ended.err.erase(0, ended.err.size() - most_output);
  return ended;
}

std::string reason_of(const Ended& ended) {
  if (ended.took_too_long) return "It took too long.";
  if (ended.was_stopped) return "It was stopped.";
  std::string_view words = trim(ended.err);
  if (const auto line = words.rfind('\n'); line != std::string_view::npos) words = words.substr(line + 1);
  if (!words.empty() && ended.signal == 0) return std::string(words.substr(0, 500));
  if (ended.signal != 0) return std::string("It ended by itself: ") + strsignal(ended.signal) + ".";
  return "It ended with " + std::to_string(ended.exit_code) + " and said nothing.";
}

std::string own_program() {
  {
    const std::scoped_lock lock(program_mutex);
    if (!program_path().empty()) return program_path();
  }
  std::error_code error;
  const auto path = std::filesystem::read_symlink("/proc/self/exe", error);
  return error ? "confer" : path.string();
}

void set_own_program(std::string path) {
  const std::scoped_lock lock(program_mutex);
  program_path() = std::move(path);
}

}  // namespace confer::media
