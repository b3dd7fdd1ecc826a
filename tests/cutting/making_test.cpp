// Making a cut by a program of its own: what was finished before a crash is not made again.
#include <gtest/gtest.h>
#include <filesystem>
#include <fstream>
#include "cutting/jobs.h"
#include "media/process.h"
#include "support/database.h"

namespace confer::cutting {
namespace {

class Making : public testing::Test {
 protected:
  void SetUp() override {
    // In place of this program: counts how often it cuts.
    const std::string program = path("program");
    std::ofstream(program) << R"(#!/bin/sh
if [ "$1" = probe ]; then
  echo '{"container":"mov","size_bytes":6,"starts_us":0,"length_us":1000000,"streams":[]}'
  exit 0
fi
while [ $# -gt 0 ]; do
  case "$1" in --out) out=$2 ;; --report) report=$2 ;; esac
  shift
done
echo cut >> "$(dirname "$out")/runs"
[ -e "$(dirname "$out")/refuse" ] && exit 2
echo video > "$out"
echo '{"pieces":[{"from":0,"to":1}],"title_lasts":0,"end_lasts":0}' > "$report"
)";
    std::filesystem::permissions(program, std::filesystem::perms::owner_all);
    before_ = media::own_program();
    media::set_own_program(program);
  }
  void TearDown() override { media::set_own_program(before_); }

  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  Result<Made> make(const Cards& cards = {}) const {
    Plan plan;
    plan.span = {Instant{}, Instant{} + milliseconds(1000)};
    return make_cut({{path("in.ts"), Instant{}}}, plan, cards, path("cut-1.mp4"), [](double) {}, [] { return false; });
  }
  std::size_t runs() const {
    std::ifstream file(path("runs"));
    std::size_t count = 0;
    for (std::string line; std::getline(file, line);) ++count;
    return count;
  }

 private:
  test::TestFolder folder_;
  std::string before_;
};

TEST_F(Making, what_was_made_before_a_crash_is_not_made_again) {
  const auto made = make();
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(runs(), 1U);
  const auto again = make();
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(runs(), 1U);
  EXPECT_EQ(again->span, made->span);
  // Another card is another cut.
  Cards cards;
  cards.words = {{"title", "Sheep"}};
  ASSERT_TRUE(make(cards));
  EXPECT_EQ(runs(), 2U);
  // Taken into files/, and not stored: it is made again.
  std::filesystem::remove(path("cut-1.mp4"));
  ASSERT_TRUE(make(cards));
  EXPECT_EQ(runs(), 3U);
  // Interrupted before its end: no report.
  std::filesystem::remove(path("cut-1.mp4.json"));
  ASSERT_TRUE(make(cards));
  EXPECT_EQ(runs(), 4U);
  forget_made(path("cut-1.mp4"));
  for (const char* name : {"cut-1.mp4", "cut-1.mp4.json", "cut-1.mp4.order"}) EXPECT_FALSE(std::filesystem::exists(path(name))) << name;
}

TEST_F(Making, what_is_refused_leaves_nothing) {
  std::ofstream(path("refuse")) << "yes";
  const auto made = make();
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::invalid);
  EXPECT_FALSE(std::filesystem::exists(path("cut-1.mp4.order")));
}

}  // namespace
}  // namespace confer::cutting
