// Content-addressed storage and durable writing, on a real folder.
#include "files/files.h"
#include "files/durable.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <thread>

#include "base/random.h"

namespace confer::files {
namespace {

namespace fs = std::filesystem;

class FilesTest : public testing::Test {
 protected:
  FilesTest() : root_(fs::temp_directory_path() / ("confer-files-" + random_uuid())) { fs::create_directories(root_); }
  ~FilesTest() override { fs::remove_all(root_); }
  FilesTest(const FilesTest&) = delete;
  FilesTest& operator=(const FilesTest&) = delete;
  std::unique_ptr<Store> open() { return std::move(open_folder((root_ / "store").string()).value()); }
  std::string place(const Hash& hash) const { return (root_ / "store" / hash.hex.substr(0, 2) / hash.hex.substr(2)).string(); }
  std::string write(const std::string& name, std::string_view bytes) const {
    std::ofstream(root_ / name, std::ios::binary) << bytes;
    return (root_ / name).string();
  }
  std::map<std::string, std::uint64_t> listed(const Store& store) {
    std::map<std::string, std::uint64_t> all;
    auto done = store.each([&](const Hash& hash, std::uint64_t size) -> Result<void> {
      all[hash.hex] = size;
      return {};
    });
    EXPECT_TRUE(done);
    return all;
  }
  fs::path root_;
};

// SHA-256 of "abc", FIPS 180-2 appendix B.1.
constexpr const char* hash_of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

TEST_F(FilesTest, others_when_forgotten_then_named_and_young_ones_stay_and_putting_again_makes_young) {
  auto store = open();
  const auto named = store->put("named").value(), old = store->put("old").value(), again = store->put("again").value(), young = store->put("young").value();
  for (const auto& hash : {named, old, again}) fs::last_write_time(place(hash), fs::file_time_type::clock::now() - std::chrono::hours(30));
  ASSERT_TRUE(store->put("again"));
  EXPECT_EQ(store->forget_others({named.hex}, std::chrono::hours(24)).value(), 1);
  EXPECT_FALSE(store->has(old));
  for (const auto& hash : {named, again, young}) EXPECT_TRUE(store->has(hash));
}

TEST_F(FilesTest, put_when_new_then_found_under_its_hash) {
  auto store = open();
  auto hash = store->put("abc");
  ASSERT_TRUE(hash);
  EXPECT_EQ(hash->hex, hash_of_abc);
  EXPECT_EQ(store->get(*hash).value(), "abc");
  EXPECT_EQ(store->path(*hash).value(), place(*hash));
  EXPECT_TRUE(store->has(*hash));
  EXPECT_TRUE(fs::is_empty(root_ / "store" / "tmp"));
}

TEST_F(FilesTest, put_when_bytes_have_zeros_or_are_none_then_kept) {
  auto store = open();
  const std::string zeros("\0a\0\xff", 4);
  EXPECT_EQ(store->get(store->put(zeros).value()).value(), zeros);
  EXPECT_EQ(store->get(store->put("").value()).value(), "");
}

TEST_F(FilesTest, put_when_there_already_then_nothing_changes) {
  auto store = open();
  auto first = store->put("abc").value();
  struct stat before{}, after{};
  ASSERT_EQ(stat(place(first).c_str(), &before), 0);
  EXPECT_EQ(store->put("abc").value(), first);
  ASSERT_EQ(stat(place(first).c_str(), &after), 0);
  EXPECT_EQ(after.st_ino, before.st_ino);  // the same file, not another one in its place
  EXPECT_EQ(listed(*store), (std::map<std::string, std::uint64_t>{{hash_of_abc, 3}}));
}

TEST_F(FilesTest, put_file_when_new_then_moved) {
  auto store = open();
  const std::string upload = write("upload", "abc");
  EXPECT_EQ(store->put_file(upload).value().hex, hash_of_abc);
  EXPECT_FALSE(fs::exists(upload));
  EXPECT_EQ(store->get(Hash{hash_of_abc}).value(), "abc");
  const std::string again = write("again", "abc");
  EXPECT_EQ(store->put_file(again).value().hex, hash_of_abc);
  EXPECT_FALSE(fs::exists(again));
  EXPECT_EQ(store->put_file((root_ / "none").string()).error().code, ErrorCode::not_found);
}

TEST_F(FilesTest, put_file_when_on_another_file_system_then_copied) {
  struct stat here{}, shared{};
  if (::stat(root_.c_str(), &here) != 0 || ::stat("/dev/shm", &shared) != 0 || here.st_dev == shared.st_dev) GTEST_SKIP() << "needs a second file system";
  auto store = open();
  const std::string upload = "/dev/shm/confer-files-" + random_uuid();
  std::ofstream(upload) << "abc";
  EXPECT_EQ(store->put_file(upload).value().hex, hash_of_abc);
  EXPECT_FALSE(fs::exists(upload));
  EXPECT_EQ(store->get(Hash{hash_of_abc}).value(), "abc");
  EXPECT_TRUE(fs::is_empty(root_ / "store" / "tmp"));
}

TEST_F(FilesTest, get_when_missing_or_not_a_hash_then_not_found) {
  auto store = open();
  write("secret", "secret");
  for (const std::string& hex : std::vector<std::string>{std::string(64, 'a'), "../../secret", "abc", "", std::string(64, 'A'), "..", "ab/../../secret"}) {
    EXPECT_EQ(store->get(Hash{hex}).error().code, ErrorCode::not_found) << hex;
    EXPECT_EQ(store->path(Hash{hex}).error().code, ErrorCode::not_found) << hex;
    EXPECT_EQ(store->remove(Hash{hex}).error().code, ErrorCode::not_found) << hex;
    EXPECT_FALSE(store->has(Hash{hex})) << hex;
  }
}

TEST_F(FilesTest, remove_when_there_then_gone) {
  auto store = open();
  auto kept = store->put("abc").value();
  auto gone = store->put("gone").value();
  ASSERT_TRUE(store->remove(gone));
  EXPECT_FALSE(fs::exists(place(gone)));
  EXPECT_EQ(listed(*store), (std::map<std::string, std::uint64_t>{{kept.hex, 3}}));
}

TEST_F(FilesTest, damaged_when_bytes_changed_or_cut_then_both_are_named) {
  auto store = open();
  auto whole = store->put("whole").value(), changed = store->put("changed").value(), cut = store->put("cut short").value();
  EXPECT_EQ(store->damaged().value(), std::vector<Hash>{});
  std::ofstream(place(changed)) << "Changed";
  fs::resize_file(place(cut), 3);
  auto damaged = store->damaged().value();
  EXPECT_EQ(damaged.size(), 2U);
  EXPECT_EQ(std::set({damaged[0].hex, damaged[1].hex}), std::set({changed.hex, cut.hex}));
  ASSERT_TRUE(store->put("changed"));
  ASSERT_TRUE(store->put_file(write("upload", "cut short")));
  EXPECT_EQ(store->damaged().value(), std::vector<Hash>{});
  EXPECT_EQ(store->get(whole).value(), "whole");
}

TEST_F(FilesTest, open_when_old_unfinished_files_then_only_those_removed) {
  open();
  const fs::path old = root_ / "store" / "tmp" / "old", young = root_ / "store" / "tmp" / "young";
  std::ofstream(old) << "half";
  std::ofstream(young) << "half";
  fs::last_write_time(old, fs::file_time_type::clock::now() - std::chrono::hours(25));
  open();
  EXPECT_FALSE(fs::exists(old));
  EXPECT_TRUE(fs::exists(young));
}

TEST_F(FilesTest, put_when_many_at_once_then_each_whole) {
  auto store = open();
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 25; ++i) EXPECT_TRUE(store->put("file " + std::to_string(i)));
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(listed(*store).size(), 25U);
  EXPECT_EQ(store->damaged().value(), std::vector<Hash>{});
}

TEST_F(FilesTest, put_when_killed_then_what_was_acknowledged_is_whole) {
  int told[2];
  ASSERT_EQ(::pipe(told), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    auto store = open();
    for (std::uint32_t i = 0;; ++i) {
      if (!store->put("acknowledged " + std::to_string(i))) ::_exit(1);
      if (::write(told[1], &i, sizeof i) != sizeof i) ::_exit(2);
    }
  }
  ::close(told[1]);
  std::uint32_t last = 0;
  while (last < 40) ASSERT_EQ(::read(told[0], &last, sizeof last), static_cast<ssize_t>(sizeof last));
  ::kill(child, SIGKILL);
  while (::read(told[0], &last, sizeof last) == static_cast<ssize_t>(sizeof last)) {
  }
  ::close(told[0]);
  ::waitpid(child, nullptr, 0);
  auto store = open();
  for (std::uint32_t i = 0; i <= last; ++i) {
    const std::string bytes = "acknowledged " + std::to_string(i);
    EXPECT_EQ(store->get(Hash{sha256_hex(bytes)}).value_or("lost"), bytes);
  }
  EXPECT_EQ(store->damaged().value(), std::vector<Hash>{});
}

TEST_F(FilesTest, write_durably_when_there_then_replaced_and_nothing_left_beside) {
  const std::string path = (root_ / "settings").string();
  ASSERT_TRUE(write_durably(path, "old"));
  ASSERT_TRUE(write_durably(path, "new"));
  EXPECT_EQ(read_file(path, 100).value(), "new");
  EXPECT_EQ(std::distance(fs::directory_iterator(root_), fs::directory_iterator()), 1);
  EXPECT_EQ(write_durably((root_ / "none" / "file").string(), "x").error().code, ErrorCode::not_found);
}

TEST_F(FilesTest, read_file_when_longer_than_allowed_then_refused) {
  const std::string path = write("five", "12345");
  EXPECT_EQ(read_file(path, 5).value(), "12345");
  EXPECT_EQ(read_file(path, 4).error().code, ErrorCode::invalid);
  EXPECT_EQ(read_file(root_.string(), 4).error().code, ErrorCode::invalid);
  EXPECT_EQ(read_file((root_ / "none").string(), 4).error().code, ErrorCode::not_found);
  EXPECT_EQ(read_file("/proc/self/stat", 1 << 20).value().starts_with(std::to_string(::getpid())), true);
}

TEST(WriteDurably, a_pipe_is_written_to_and_stays_one) {
  const std::string path = (fs::temp_directory_path() / ("confer-pipe-" + random_uuid())).string();
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  const int reader = open(path.c_str(), O_RDONLY | O_NONBLOCK);
  ASSERT_TRUE(write_durably(path, "report"));
  EXPECT_TRUE(std::filesystem::is_fifo(path));
  std::array<char, 16> read_back{};
  EXPECT_EQ(read(reader, read_back.data(), read_back.size()), 6);
  EXPECT_STREQ(read_back.data(), "report");
  close(reader);
  fs::remove(path);
}

TEST(MoveDurablyNew, is_there_and_never_over_another_also_from_another_file_system) {
  for (const fs::path& source : {fs::temp_directory_path(), fs::path("/dev/shm")}) {
    const fs::path folder = fs::temp_directory_path() / ("confer-move-" + random_uuid()), from = source / ("confer-from-" + random_uuid());
    fs::create_directories(folder);
    const auto write = [](const fs::path& path, const char* words) { std::ofstream(path) << words; };
    const auto words_of = [](const fs::path& path) {
      std::string words;
      std::getline(std::ifstream(path), words);
      return words;
    };
    write(from, "first");
    ASSERT_TRUE(move_durably_new(from, folder / "talk.mkv"));
    EXPECT_FALSE(fs::exists(from));
    EXPECT_EQ(words_of(folder / "talk.mkv"), "first");
    write(from, "second");
    const auto refused = move_durably_new(from, folder / "talk.mkv");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::conflict);
    EXPECT_EQ(words_of(folder / "talk.mkv"), "first");
    EXPECT_EQ(words_of(from), "second");
    EXPECT_EQ(std::distance(fs::directory_iterator(folder), {}), 1) << "nothing half is left";
    fs::remove(from);
    fs::remove_all(folder);
  }
}

}  // namespace
}  // namespace confer::files
