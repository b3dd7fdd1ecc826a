// tests/support/bucket.py as a child process: an S3-compatible store that checks signatures, and misbehaves when it is told to.
#pragma once
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <array>
#include <csignal>
#include <cstdio>
#include <stdexcept>
#include <string>
#include "files/bucket.h"

namespace confer::test {

class BucketServer {
 public:
  /// Listens when it returns.
  BucketServer();
  ~BucketServer();
  BucketServer(const BucketServer&) = delete;
  BucketServer& operator=(const BucketServer&) = delete;
  /// "away", "back", "corrupt", "cut 2", …; its answer.
  std::string tell(const std::string& words);
  files::BucketSettings settings() const;

 private:
  std::string next_line();
  pid_t process_ = 0;
  std::FILE *said_ = nullptr, *told_ = nullptr;
  std::string port_;
};

inline BucketServer::BucketServer() {
  std::array<int, 2> from{}, to{};
  if (::pipe2(from.data(), O_CLOEXEC) != 0 || ::pipe2(to.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe");
  std::string program = "/usr/bin/python3", script = CONFER_SOURCE_DIR "/tests/support/bucket.py";
  std::array<char*, 3> arguments{program.data(), script.data(), nullptr};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, from[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, to[0], STDIN_FILENO);
  const int spawned = ::posix_spawn(&process_, program.c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(from[1]);
  ::close(to[0]);
  said_ = ::fdopen(from[0], "r");
  told_ = ::fdopen(to[1], "w");
  if (spawned != 0) throw std::runtime_error("python3 cannot be started");
  port_ = next_line();
  if (port_.empty()) throw std::runtime_error("the store did not start");
}

inline BucketServer::~BucketServer() {
  ::kill(process_, SIGTERM);
  ::waitpid(process_, nullptr, 0);
  std::fclose(said_);
  std::fclose(told_);
}

inline std::string BucketServer::tell(const std::string& words) {
  std::fputs((words + "\n").c_str(), told_);
  std::fflush(told_);
  return next_line();
}

inline files::BucketSettings BucketServer::settings() const {
  return {.endpoint = "http://127.0.0.1:" + port_,
          .name = "talks",
          .region = "eu-test-1",
          .key = "TESTKEY",
          .secret = Secret<std::string>("a/secret+of 40 characters, or so"),
          .prefix = "videos",
          .part_bytes = 5 << 20};
}

inline std::string BucketServer::next_line() {
  std::string line;
  for (int c = std::fgetc(said_); c != EOF && c != '\n'; c = std::fgetc(said_)) line += static_cast<char>(c);
  return line;
}

}  // namespace confer::test
