// Processes with limits: what they may not do, they cannot.
#include "media/process.h"
#include <gtest/gtest.h>
#include <csignal>
#include <filesystem>
#include <fstream>
#include "support/database.h"

namespace confer::media {
namespace {

Ended run(const std::vector<std::string>& command, const Limits& limits = {}) {
  const auto ended = run_limited(command, limits);
  EXPECT_TRUE(ended) << ended.error().message;
  return ended ? *ended : Ended{};
}

TEST(Process, output_and_exit_code_are_told) {
  std::vector<std::string> lines;
  const auto ended = run_limited({"sh", "-c", "echo one; echo two; echo bad >&2; exit 3"}, {}, [&](std::string_view line) { lines.emplace_back(line); });
  ASSERT_TRUE(ended);
  EXPECT_EQ(ended->exit_code, 3);
  EXPECT_EQ(ended->out, "one\ntwo\n");
  EXPECT_EQ(lines, (std::vector<std::string>{"one", "two"}));
  EXPECT_EQ(reason_of(*ended), "bad");
  EXPECT_EQ(run_limited({"no-such-program"}, {}).error().code, ErrorCode::unavailable);
}

TEST(Process, only_the_named_files_are_seen) {
  const test::TestFolder folder;
  const std::string allowed = (folder.path() / "allowed").string(), other = (folder.path() / "other").string();
  std::ofstream(allowed) << "yes";
  std::ofstream(other) << "no";
  Limits limits;
  limits.reads = {allowed};
  EXPECT_EQ(run({"cat", allowed}, limits).out, "yes");
  EXPECT_NE(run({"cat", other}, limits).exit_code, 0);
  EXPECT_NE(run({"cat", "/etc/passwd"}, limits).exit_code, 0);
  EXPECT_NE(run({"sh", "-c", "echo more >> " + allowed}, limits).exit_code, 0) << "reading is not writing";
  limits.writes = {folder.path().string()};
  EXPECT_EQ(run({"sh", "-c", "echo more >> " + other}, limits).exit_code, 0);
}

TEST(Process, there_is_no_network) {
  const std::string tries = "import socket\ntry:\n  socket.socket()\nexcept PermissionError:\n  print('none')\n";
  EXPECT_EQ(run({"python3", "-c", tries}).out, "none\n");
  Limits limits;
  limits.has_network = true;
  EXPECT_EQ(run({"python3", "-c", tries}, limits).out, "");
}

TEST(Process, time_ends_it) {
  Limits limits;
  limits.cpu = std::chrono::seconds(1);
  const auto busy = run({"sh", "-c", "while :; do :; done"}, limits);
  EXPECT_TRUE(busy.took_too_long);
  EXPECT_EQ(reason_of(busy), "It took too long.");
  limits.wall = std::chrono::seconds(1);
  EXPECT_TRUE(run({"sleep", "30"}, limits).took_too_long);
}

TEST(Process, it_may_end_by_itself_when_there_is_grace) {
  Limits limits;
  limits.grace = std::chrono::seconds(30);
  const std::string ends = "trap 'echo bye; exit 3' TERM; echo ready; while :; do sleep 0.05; done";
  bool is_ready = false;
  const auto told = run_limited({"bash", "-c", ends}, limits, [&](std::string_view line) { is_ready = is_ready || line == "ready"; }, [&] { return is_ready; });
  ASSERT_TRUE(told);
  EXPECT_TRUE(told->was_stopped);
  EXPECT_EQ(told->out, "ready\nbye\n");
  EXPECT_EQ(told->exit_code, 3);
  limits.grace = std::chrono::seconds(1);
  is_ready = false;
  const std::string stays = "trap '' TERM; echo ready; while :; do sleep 0.05; done";
  const auto killed =
      run_limited({"bash", "-c", stays}, limits, [&](std::string_view line) { is_ready = is_ready || line == "ready"; }, [&] { return is_ready; });
  ASSERT_TRUE(killed);
  EXPECT_EQ(killed->signal, SIGKILL);
}

TEST(Process, it_stops_when_told) {
  const auto ended = run_limited({"sleep", "30"}, {}, {}, [] { return true; });
  ASSERT_TRUE(ended);
  EXPECT_TRUE(ended->was_stopped);
  EXPECT_FALSE(ended->is_well());
}

}  // namespace
}  // namespace confer::media
