// Tests of base/log.h.
#include "base/log.h"
#include <gtest/gtest.h>
#include <fstream>
#include <limits>
#include <mutex>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <thread>
#include <vector>
#include "base/result.h"

namespace confer {
namespace {

std::mutex lines_mutex;
std::vector<std::string> lines;
void keep(std::string_view line) {
  const std::lock_guard lock(lines_mutex);
  lines.emplace_back(line);
}

class log_lines : public testing::Test {
 protected:
  void SetUp() override {
    lines.clear();
    set_log_sink(keep);
  }
  void TearDown() override {
    set_log_sink(nullptr);
    set_log_level(LogLevel::info);
  }
};

TEST_F(log_lines, are_json_with_fields) {
  log(LogTopic::jobs, LogLevel::warning, "job failed",
      {{"kind", "render"}, {"attempts", 3}, {"last", false}, {"seconds", 1.5}, {"odd", "a\"b\n\xff"}, {"nan", std::numeric_limits<double>::quiet_NaN()}});
  ASSERT_EQ(lines.size(), 1U);
  auto line = nlohmann::json::parse(lines[0]);
  EXPECT_EQ(line.at("time").get<std::string>().back(), 'Z');
  line.erase("time");
  EXPECT_EQ(
      line.dump(),
      R"({"fact":"job failed","fields":{"attempts":3,"kind":"render","last":false,"nan":null,"odd":"a\"b\n�","seconds":1.5},"level":"warning","topic":"jobs"})");
}

TEST_F(log_lines, below_the_level_are_dropped) {
  log(LogTopic::db, LogLevel::debug, "a detail");
  set_log_level(LogLevel::error);
  log(LogTopic::db, LogLevel::warning, "a warning");
  EXPECT_EQ(lines.size(), 0U);
  set_log_level(LogLevel::debug);
  log(LogTopic::db, LogLevel::debug, "a detail");
  EXPECT_EQ(lines.size(), 1U);
}

TEST(log_to_stderr, when_threads_write_then_lines_stay_whole) {
  testing::internal::CaptureStderr();
  {
    std::vector<std::jthread> threads;
    threads.reserve(4);
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([t] {
        for (int i = 0; i < 200; ++i) log(LogTopic::http, "line", {{"thread", t}, {"i", i}});
      });
  }
  std::istringstream written(testing::internal::GetCapturedStderr());
  std::vector<int> next(4, 0);
  for (std::string line; std::getline(written, line);) {
    const auto fields = nlohmann::json::parse(line).at("fields");
    EXPECT_EQ(fields.at("i").get<int>(), next.at(fields.at("thread").get<std::size_t>())++);
  }
  EXPECT_EQ(next, std::vector<int>(4, 200));
}

TEST(log_topics, each_has_its_heading_in_the_docs_and_no_other) {
  std::ifstream file(CONFER_SOURCE_DIR "/docs/operating/log.md");
  std::vector<std::string> headings, topics;
  for (std::string line; std::getline(file, line);)
    if (line.starts_with("## ")) headings.push_back(line.substr(3));
  for (int topic = 0; topic <= static_cast<int>(LogTopic::media); ++topic) topics.emplace_back(name_of(static_cast<LogTopic>(topic)));
  EXPECT_EQ(headings, topics);
}

TEST(assertion_death, logs_then_aborts) { EXPECT_DEATH(ASSERT(1 + 1 == 3), R"("level":"error","topic":"start","fact":"assertion failed".*1 \+ 1 == 3)"); }

}  // namespace
}  // namespace confer
