// Settings: numbers that would wrap silently are refused with their line.
#include "app/config.h"
#include <fstream>
#include "support/database.h"

namespace confer::app {
namespace {

class ConfigTest : public testing::Test {
 protected:
  test::TestFolder folder;
  std::string file() const { return folder.path() / "confer.toml"; }
  Result<Config> read(const std::string& text) {
    std::ofstream(file()) << text;
    return read_config(file(), folder.path());
  }
};

TEST_F(ConfigTest, number_when_out_of_range_then_refused_with_its_line_and_range) {
  const std::vector<std::tuple<std::string, std::string, std::string>> cases{
      {"server", "port = 70000", "“server.port” must be a number from 1 to 65535."},
      {"server", "port = 0", "“server.port” must be a number from 1 to 65535."},
      {"server", "port = -1", "“server.port” must be a number from 1 to 65535."},
      {"server", "io_threads = 4294967297", "“server.io_threads” must be a number from 0 to 256."},
      {"server", "worker_threads = 0", "“server.worker_threads” must be a number from 1 to 1024."},
      {"server", "venue_factor = 0", "“server.venue_factor” must be a number from 1 to 100000."},
      {"server", "port = \"8012\"", "“server.port” has a value of the wrong kind."},
  };
  for (const auto& [table, line, message] : cases) {
    const auto config = read("\n[" + table + "]\n" + line + "\n");
    ASSERT_FALSE(config) << line;
    EXPECT_EQ(config.error().code, ErrorCode::invalid) << line;
    EXPECT_EQ(config.error().message, file() + ", line 3: " + message);
  }
  const auto config = read("job_threads = -2\n");
  ASSERT_FALSE(config);
  EXPECT_EQ(config.error().message, file() + ", line 1: “job_threads” must be a number from 1 to 64.");
}

TEST_F(ConfigTest, number_when_at_its_ends_then_taken) {
  EXPECT_EQ(test::ok(read("[server]\nport = 65535\n")).server.port, 65535);
  EXPECT_EQ(test::ok(read("[server]\nport = 1\nio_threads = 0\n")).server.port, 1);
  EXPECT_EQ(test::ok(read("job_threads = 64\n")).job_threads, 64);
}

TEST_F(ConfigTest, file_when_it_cannot_be_looked_for_or_read_then_a_sentence) {
  const std::string nowhere(300, 'a');  // longer than a name may be: the same as a folder that may not be entered, for root too
  const auto looked = read_config("", nowhere);
  ASSERT_FALSE(looked);
  EXPECT_EQ(looked.error().message, nowhere + "/confer.toml cannot be read: File name too long.");
  const auto missing = read_config(folder.path() / "missing.toml", folder.path());
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().message, (folder.path() / "missing.toml").string() + ": File could not be opened for reading");
}

TEST_F(ConfigTest, hooks_and_recogniser_then_read_or_refused_with_their_line) {
  const auto config = test::ok(read(R"([recogniser]
command = ["whisper-cli", "-f", "{sound}", "-of", "{captions}"]
timeout_minutes = 30

[[hooks]]
name = "archive.org"
command = ["/usr/local/bin/upload", "{file}", "--title={title}"]
occasions = ["published", "removed"]
licences = ["CC-BY-4.0"]

[[hooks]]
name = "mirror"
command = ["rsync", "{folder}", "mirror:"]
)"));
  ASSERT_EQ(config.hooks.size(), 2U);
  EXPECT_EQ(config.hooks[0].name, "archive.org");
  EXPECT_EQ(config.hooks[0].command.size(), 3U);
  EXPECT_EQ(config.hooks[0].occasions, (std::set{cutting::Occasion::published, cutting::Occasion::removed}));
  EXPECT_EQ(config.hooks[1].occasions, (std::set{cutting::Occasion::published, cutting::Occasion::revised}));
  EXPECT_EQ(config.recogniser.timeout, std::chrono::minutes(30));
  const std::vector<std::pair<std::string, std::string>> cases{
      {"[[hooks]]\nname = \"a\"\ncommand = [\"up\", \"{title}\"]\n",
       ", line 3: “hooks.command” has “{title}” at the beginning of a word, where a title could be read as an option: write --title={title}."},
      {"[[hooks]]\nname = \"a\"\n", ", line 1: a hook needs “name” and “command”."},
      {"[[hooks]]\nname = \"a\"\ncommand = [\"up\"]\noccasions = [\"sold\"]\n",
       ", line 4: “hooks.occasions” knows “published”, “revised” and “removed”, not “sold”."},
      {"[[hooks]]\nname = \"a\"\ncommand = [\"up\"]\nshell = true\n",
       ", line 4: there is no setting “hooks.shell”. docs/operating/settings.md lists them all."},
      {"[[hooks]]\nname = \"a\"\ncommand = [\"up\"]\n[[hooks]]\nname = \"a\"\ncommand = [\"up\"]\n", ", line 4: there are two hooks “a”."},
      {"[recogniser]\ncommand = [\"hear\", \"{poster}\"]\n", ", line 2: “recogniser.command” has a placeholder that does not exist here: “{poster}”."},
  };
  for (const auto& [text, message] : cases) {
    const auto refused = read(text);
    ASSERT_FALSE(refused) << text;
    EXPECT_EQ(refused.error().message, file() + message);
  }
}

TEST_F(ConfigTest, store_then_read_as_a_whole_or_refused_with_a_sentence) {
  EXPECT_FALSE(test::ok(read("")).store);
  const std::string store = R"([store]
endpoint = "https://s3.example.org"
bucket = "talks"
key = "K"
secret = "hush"
)";
  const auto plain = test::ok(read(store)).store.value();
  EXPECT_EQ(plain.bucket.region, "us-east-1");
  EXPECT_EQ(plain.bucket.secret.reveal(), "hush");
  EXPECT_EQ(plain.bucket.addressing, files::Addressing::path);
  EXPECT_EQ(plain.bucket.part_bytes, 16U << 20U);
  EXPECT_EQ(plain.copies_stay, std::chrono::days(30));
  const auto all = test::ok(read(store + "region = \"eu\"\nprefix = \"a/b\"\npath_style = false\npart_mib = 64\ncopies_stay_days = 0\n")).store.value();
  EXPECT_EQ(all.bucket.prefix, "a/b");
  EXPECT_EQ(all.bucket.addressing, files::Addressing::host);
  EXPECT_EQ(all.bucket.part_bytes, 64U << 20U);
  EXPECT_EQ(all.copies_stay, std::chrono::days(0));
  const std::vector<std::pair<std::string, std::string>> wrong{
      {store + "part_mib = 4\n", ", line 6: “store.part_mib” must be a number from 5 to 1024."},
      {store + "copies_stay_days = -1\n", ", line 6: “store.copies_stay_days” must be a number from 0 to 36500."},
      {store + "path_style = \"yes\"\n", ", line 6: “store.path_style” has a value of the wrong kind."},
      {store + "secrets = \"x\"\n", ", line 6: there is no setting “store.secrets”. docs/operating/settings.md lists them all."},
      {"[store]\nbucket = \"talks\"\n", ": “store.endpoint” must be an address such as https://s3.example.org, without a path."},
  };
  for (const auto& [text, message] : wrong) {
    const auto config = read(text);
    ASSERT_FALSE(config) << text;
    EXPECT_EQ(config.error().message, file() + message);
  }
}

}  // namespace
}  // namespace confer::app
