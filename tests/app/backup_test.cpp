// Backups: nobody else may read them, a disk's error is told, and what is damaged is refused with nothing stored.
#include "app/backup.h"
#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <set>
#include "events/events.h"
#include "files/durable.h"
#include "people/people.h"
#include "support/database.h"

namespace {
/// The next fsync that this thread asks for fails as a broken disk's does.
thread_local int fsyncs_until_failure = -1;
}  // namespace

/// Instead of the C library's, for the whole of this test program.
extern "C" int fsync(int file) {
  if (fsyncs_until_failure >= 0 && fsyncs_until_failure-- == 0) {
    errno = EIO;
    return -1;
  }
  return static_cast<int>(::syscall(SYS_fsync, file));
}

namespace confer::app {
namespace {

namespace fs = std::filesystem;
using test::ok;
using Entries = std::vector<std::pair<std::string, std::string>>;

/// What others than the owner may do with a file or folder.
unsigned others_may(const fs::path& path) {
  struct stat about{};
  if (::lstat(path.c_str(), &about) != 0) throw std::runtime_error("no " + path.string());
  return about.st_mode & 0077U;
}

/// Looks around whenever it is asked for something: backup and restore ask while their parts lie on disk.
class WatchingStore final : public files::Store {
 public:
  WatchingStore(files::Store& store, std::function<void()> look) : store_(store), look_(std::move(look)) {}
  Result<files::Hash> put(std::string_view bytes) override { return store_.put(bytes); }
  Result<files::Hash> put_file(const std::string& path) override {
    look_();
    return store_.put_file(path);
  }
  Result<std::string> get(const files::Hash& hash) const override { return store_.get(hash); }
  Result<std::string> path(const files::Hash& hash) const override { return store_.path(hash); }
  bool has(const files::Hash& hash) const override { return store_.has(hash); }
  Result<bool> is_whole(const files::Hash& hash) const override { return store_.is_whole(hash); }
  Result<void> remove(const files::Hash& hash) override { return store_.remove(hash); }
  Result<void> each(const std::function<Result<void>(const files::Hash&, std::uint64_t)>& file) const override {
    look_();
    return store_.each(file);
  }
  Result<std::int64_t> forget_others(const std::set<std::string>& kept, std::chrono::hours age) override { return store_.forget_others(kept, age); }
  Result<std::vector<files::Hash>> damaged() const override { return store_.damaged(); }
  Result<void> deliver(const files::Hash& hash, const files::Watch& watch) override { return store_.deliver(hash, watch); }
  Result<void> name(db::Tx& tx, const files::Hash& hash) override { return store_.name(tx, hash); }
  Result<files::Place> find(db::Tx& tx, const files::Hash& hash) const override { return store_.find(tx, hash); }
  Result<std::string> fetch(const files::Hash& hash, const files::Watch& watch) override { return store_.fetch(hash, watch); }
  Result<std::int64_t> withdraw_others(const std::set<std::string>& kept, const files::Watch& watch) override { return store_.withdraw_others(kept, watch); }
  Result<std::int64_t> forget_copies() override { return store_.forget_copies(); }
  bool is_shared() const override { return store_.is_shared(); }

 private:
  files::Store& store_;
  std::function<void()> look_;
};

Entries read_archive(const std::string& path) {
  std::unique_ptr<archive, decltype(&archive_read_free)> a(archive_read_new(), &archive_read_free);
  archive_read_support_filter_zstd(a.get());
  archive_read_support_format_tar(a.get());
  if (archive_read_open_filename(a.get(), path.c_str(), 1 << 16) != ARCHIVE_OK) throw std::runtime_error(archive_error_string(a.get()));
  Entries entries;
  archive_entry* entry = nullptr;
  while (archive_read_next_header(a.get(), &entry) == ARCHIVE_OK) {
    std::string bytes(static_cast<std::size_t>(archive_entry_size(entry)), '\0');
    archive_read_data(a.get(), bytes.data(), bytes.size());
    entries.emplace_back(archive_entry_pathname(entry), std::move(bytes));
  }
  return entries;
}

/// A name that ends with "/" is a folder.
void write_archive(const std::string& path, const Entries& entries) {
  std::unique_ptr<archive, decltype(&archive_write_free)> a(archive_write_new(), &archive_write_free);
  archive_write_add_filter_zstd(a.get());
  archive_write_set_format_pax(a.get());
  archive_write_set_options(a.get(), "hdrcharset=BINARY");  // names go in as they are, whatever the locale
  if (archive_write_open_filename(a.get(), path.c_str()) != ARCHIVE_OK) throw std::runtime_error(archive_error_string(a.get()));
  for (const auto& [name, bytes] : entries) {
    std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(), &archive_entry_free);
    archive_entry_set_pathname(entry.get(), name.c_str());
    archive_entry_set_filetype(entry.get(), name.ends_with("/") ? AE_IFDIR : AE_IFREG);
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(bytes.size()));
    archive_entry_set_perm(entry.get(), 0700);
    archive_write_header(a.get(), entry.get());
    archive_write_data(a.get(), bytes.data(), bytes.size());
  }
}

class BackupTest : public test::DatabaseTest {
 protected:
  void SetUp() override {
    DatabaseTest::SetUp();
    if (!IsSkipped()) store_ = ok(files::open_folder(folder.path() / "files"));
  }
  /// Somebody with an account and a public event, and a stored file.
  void fill() {
    auto tx = ok(db().begin_write());
    ok(people::add_account(tx, "Ada", "ada@example.org"));
    auto series = ok(events::save_series(tx, system_actor("test"), {.id = {}, .slug = "barn", .title = {"en", "Barn"}, .description = {}}));
    events::Event event;
    event.series = series.id;
    event.slug = "barn-2027";
    event.title = {"en", "Barn Days"};
    event.zone = "UTC";
    event.start = event.end = parse_date("2027-05-04").value();
    event.is_public = true;
    ok(events::save_event(tx, system_actor("test"), event));
    ok(tx.commit());
    ok(files().put("a picture"));
  }
  files::Store& files() { return *store_; }
  std::string path(const std::string& name) const { return folder.path() / name; }
  test::TestFolder folder;

 private:
  std::unique_ptr<files::Store> store_;
};
ON_BOTH_DATABASES(BackupTest);

/// An installation that nothing was stored in.
struct Empty {
  explicit Empty(db::Backend backend) : base(backend), files(ok(files::open_folder(folder.path() / "files"))) {}
  test::TestDatabase base;
  test::TestFolder folder;
  std::unique_ptr<files::Store> files;
  Result<BackupNumbers> restore(const std::string& from) { return restore_backup(base.database(), *files, from); }
  std::vector<std::string> what_is_stored() {
    std::vector<std::string> found;
    auto& db = base.database();
    auto tables = ok(db.tables());
    auto tx = ok(db.begin_read());
    for (const auto& table : tables)
      // A counter that every database has from the beginning.
      if (table.name != "search_state" && ok(tx.one<std::int64_t>(db.count_rows(table))) > 0) found.push_back(table.name);
    ok(files->each([&](const files::Hash& hash, std::uint64_t) -> Result<void> {
      found.push_back(hash.hex);
      return {};
    }));
    return found;
  }
};

TEST_P(BackupTest, backup_when_written_or_restored_then_nobody_else_may_read_it_or_its_parts) {
  fill();
  const auto before = ::umask(0);
  fs::create_directory(path("backups"));
  int looks = 0;
  const auto look = [&] {
    for (const auto& entry : fs::directory_iterator(path("backups"))) EXPECT_EQ(others_may(entry.path()), 0U) << entry.path() << ++looks;
    for (const auto& entry : fs::directory_iterator(fs::temp_directory_path()))
      if (entry.path().filename().string().starts_with("confer-restore")) EXPECT_EQ(others_may(entry.path()), 0U) << entry.path() << ++looks;
  };
  WatchingStore watching(files(), look);
  const std::string file = path("backups/all.tar.zst");
  ok(write_backup(db(), watching, file));
  EXPECT_EQ(others_may(file), 0U);
  Empty other(GetParam());
  WatchingStore watching_other(*other.files, look);
  ok(restore_backup(other.base.database(), watching_other, file));
  ::umask(before);
  std::vector<std::string> left;
  for (const auto& entry : fs::directory_iterator(path("backups"))) left.push_back(entry.path().filename());
  EXPECT_EQ(left, std::vector<std::string>{"all.tar.zst"});
}

TEST_P(BackupTest, parts_when_a_killed_process_left_them_then_the_next_backup_removes_them_and_nothing_else) {
  const auto make = [&](const std::string& name, const std::string& inside, fs::perms perms = fs::perms::owner_all) {
    fs::create_directories(path("backups/" + name));
    fs::permissions(path("backups/" + name), perms);
    std::ofstream(path("backups/" + name + "/" + inside)) << "everybody's data";
  };
  make("monday.tar.zst.parts.Ab12Cd", "persons.jsonl");
  make("tuesday.tar.zst.parts.Ef34Gh", "archive");
  make("running.tar.zst.parts.Ij56Kl", "archive");
  make("mine.parts.Mn78Op", "letter.txt");
  make("others.tar.zst.parts.Qr90St", "archive", fs::perms::owner_all | fs::perms::group_read);
  make("half.parts.Uv", "archive");
  auto running = ok(files::Descriptor::open(path("backups/running.tar.zst.parts.Ij56Kl"), O_RDONLY | O_DIRECTORY));
  ASSERT_EQ(::flock(running.number(), LOCK_EX), 0);
  ok(write_backup(db(), files(), path("backups/all.tar.zst")));
  std::set<std::string> left;
  for (const auto& entry : fs::directory_iterator(path("backups"))) left.insert(entry.path().filename());
  EXPECT_EQ(left, (std::set<std::string>{"all.tar.zst", "running.tar.zst.parts.Ij56Kl", "mine.parts.Mn78Op", "others.tar.zst.parts.Qr90St", "half.parts.Uv"}));
}

TEST_P(BackupTest, backup_when_the_disk_does_not_sync_then_it_failed) {
  fill();
  for (int good : {0, 1}) {  // the archive, and the folder that its name stands in
    fsyncs_until_failure = good;
    const auto written = write_backup(db(), files(), path("all.tar.zst"));
    fsyncs_until_failure = -1;
    ASSERT_FALSE(written) << good;
    EXPECT_EQ(written.error().code, ErrorCode::internal) << good;
    fs::remove(path("all.tar.zst"));
  }
  ok(write_backup(db(), files(), path("all.tar.zst")));
}

TEST_P(BackupTest, restore_when_the_archive_is_crafted_then_one_sentence_and_nothing_stored) {
  const std::string good = R"({"confer_backup":1,"schema":1,"tables":{}})";
  const auto with_tables = [](const std::string& tables) { return Entries{{"manifest.json", R"({"confer_backup":1,"schema":1,"tables":)" + tables + "}"}}; };
  const auto with_row = [&](const std::string& columns, const std::string& row) {
    auto entries = with_tables(R"({"persons":{"rows":1,"columns":)" + columns + "}}");
    entries.emplace_back("tables/persons.jsonl", row + "\n");
    return entries;
  };
  const std::vector<std::pair<std::string, Entries>> cases{
      {"empty", {}},
      {"no JSON", {{"manifest.json", "{"}}},
      {"version is a text", {{"manifest.json", R"({"confer_backup":"1"})"}}},
      {"schema is a text", {{"manifest.json", R"({"confer_backup":1,"schema":"1","tables":{}})"}}},
      {"no tables", {{"manifest.json", R"({"confer_backup":1,"schema":1})"}}},
      {"tables is a list", with_tables("[1]")},
      {"table is a number", with_tables(R"({"x":5})")},
      {"rows is a text", with_tables(R"({"x":{"rows":"1","columns":["id"]}})")},
      {"columns is a text", with_tables(R"({"x":{"rows":1,"columns":"id"}})")},
      {"a column is a number", with_tables(R"({"x":{"rows":1,"columns":[1]}})")},
      {"no columns", with_row("[]", "[]")},
      {"unknown table", with_tables(R"({"x":{"rows":0,"columns":["id"]}})")},
      {"unknown column", with_row(R"(["nonsense"])", "[1]")},
      {"a column twice", with_row(R"(["name","name"])", R"(["Ada","Ada"])")},
      {"a text where a number belongs", with_row(R"(["id"])", R"(["one"])")},
      {"a number too large", with_row(R"(["id"])", "[18446744073709551615]")},
      {"a fraction where none belongs", with_row(R"(["id"])", "[1.5]")},
      {"a null character", with_row(R"(["name"])", R"(["a\u0000b"])")},
      {"an object", with_row(R"(["id"])", "[{}]")},
      {"no name", with_row(R"(["id"])", "[1]")},
      {"name that leaves the folder", {{"manifest.json", good}, {"../evil", "x"}}},
      {"name that this language cannot write", {{"manifest.json", good}, {"files/\xc3\xbc", "x"}}},
      {"file that is a folder, too", {{"tables/persons.jsonl/x", "x"}, {"tables/persons.jsonl", "x"}, {"manifest.json", good}}},
      {"folder that is a file, too", {{"files", "x"}, {"files/aa", "x"}, {"manifest.json", good}}},
      {"manifest that is a folder", {{"manifest.json/", ""}}},
      {"stored file that is not what its name says", {{"manifest.json", good}, {"files/" + std::string(64, 'a'), "x"}}},
  };
  Empty other(GetParam());
  for (const auto& [what, entries] : cases) {
    write_archive(path("crafted"), entries);
    const auto restored = other.restore(path("crafted"));
    ASSERT_FALSE(restored) << what;
    EXPECT_EQ(restored.error().code, ErrorCode::invalid) << what << ": " << restored.error().message << " " << restored.error().detail;
    EXPECT_FALSE(restored.error().message.empty()) << what;
    EXPECT_EQ(restored.error().message.find('\n'), std::string::npos) << what;
    EXPECT_EQ(other.what_is_stored(), std::vector<std::string>{}) << what;
  }
}

/// One change somewhere: in bytes, in a value, in names or in what there is.
void mutate(Entries& entries, std::mt19937& random) {
  const auto below = [&](std::size_t n) { return n == 0 ? 0 : random() % n; };
  auto& [name, bytes] = entries[below(entries.size())];
  static const std::vector<std::string> odd{"null", "5", "-1", "[]", "{}", "\"x\"", "1e999", "18446744073709551615", "\"\\u0000\"", "\xff", ",", "]\n["};
  switch (random() % 7) {
    case 0:
      if (!bytes.empty()) bytes[below(bytes.size())] = static_cast<char>(random());
      break;
    case 1:
      bytes.erase(below(bytes.size()), below(20));
      break;
    case 2:
      bytes.insert(below(bytes.size()), odd[below(odd.size())]);
      break;
    case 3: {  // a whole value
      const auto at = bytes.find_first_of(",:[", below(bytes.size()));
      if (at == std::string::npos) break;
      const auto end = bytes.find_first_of(",]}", at + 1);
      bytes.replace(at + 1, end == std::string::npos ? 0 : end - at - 1, odd[below(odd.size())]);
      break;
    }
    case 4:
      name.insert(below(name.size() + 1), "/");
      break;
    case 5:
      entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(below(entries.size())));
      break;
    default:
      entries.push_back(entries[below(entries.size())]);
      if (!entries.back().second.empty()) entries.back().second.pop_back();
      break;
  }
}

TEST_P(BackupTest, restore_when_anything_is_damaged_then_refused_with_nothing_stored_or_whole) {
  fill();
  ok(write_backup(db(), files(), path("good")));
  const Entries good = read_archive(path("good"));
  const int rounds = GetParam() == db::Backend::sqlite ? 150 : 60;
  auto other = std::make_unique<Empty>(GetParam());
  int refused = 0;
  for (int seed = 0; seed < rounds; ++seed) {
    std::mt19937 random(static_cast<unsigned>(seed));
    Entries entries = good;
    for (auto changes = 1 + random() % 3; changes > 0 && !entries.empty(); --changes) mutate(entries, random);
    write_archive(path("damaged"), entries);
    if (random() % 8 == 0) fs::resize_file(path("damaged"), fs::file_size(path("damaged")) * (random() % 100) / 100);
    const auto restored = other->restore(path("damaged"));
    if (restored) {
      other = std::make_unique<Empty>(GetParam());
      continue;
    }
    ++refused;
    const auto code = restored.error().code;
    EXPECT_TRUE(code == ErrorCode::invalid || code == ErrorCode::conflict) << "seed " << seed << ": " << restored.error().message << restored.error().detail;
    ASSERT_EQ(other->what_is_stored(), std::vector<std::string>{}) << "seed " << seed;
  }
  EXPECT_GT(refused, rounds / 2);
}

}  // namespace
}  // namespace confer::app
