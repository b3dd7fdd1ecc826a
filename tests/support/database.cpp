// A fresh, migrated database for each test: made once a process as a template, then copied.
#include "support/database.h"
#include <libpq-fe.h>
#include <unistd.h>
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <list>
#include <mutex>
#include "base/random.h"

namespace confer::test {

namespace fs = std::filesystem;

namespace {

int next_number() {
  static std::atomic<int> number = 0;
  return ++number;
}

/// An administrator's connection to the PostgreSQL that tests were given.
class Administrator {
 public:
  Administrator() : connection_(PQconnectdb(base_url().c_str())) {
    if (PQstatus(connection_) != CONNECTION_OK) throw std::runtime_error("CONFER_TEST_POSTGRES: " + std::string(PQerrorMessage(connection_)));
    PQsetNoticeProcessor(connection_, [](void*, const char*) {}, nullptr);
  }
  ~Administrator() { PQfinish(connection_); }
  Administrator(const Administrator&) = delete;
  Administrator& operator=(const Administrator&) = delete;

  static std::string base_url() {
    const char* url = std::getenv("CONFER_TEST_POSTGRES");
    if (url == nullptr) throw std::runtime_error("CONFER_TEST_POSTGRES is not set");
    return url;
  }
  /// The same server, another database: postgresql://user@host:port/NAME?options.
  static std::string url_of(const std::string& database) {
    auto url = base_url();
    auto host = url.find("://") + 3;
    auto slash = std::min(url.find('/', host), url.size());
    auto query = std::min(url.find('?', host), url.size());
    return url.substr(0, std::min(slash, query)) + "/" + database + url.substr(query);
  }
  std::string ask(const std::string& sql) {
    auto* answer = PQexec(connection_, sql.c_str());
    const auto status = PQresultStatus(answer);
    std::string value = status == PGRES_TUPLES_OK && PQntuples(answer) > 0 ? PQgetvalue(answer, 0, 0) : "";
    PQclear(answer);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) throw std::runtime_error(sql + ": " + PQerrorMessage(connection_));
    return value;
  }

 private:
  PGconn* connection_;
};

void migrate(const std::string& url) {
  auto database = ok(db::Database::open(url));
  ok(database->migrate(migrations_in_source()));
}

/// A migrated SQLite file that lives as long as the process.
const fs::path& sqlite_template() {
  static TestFolder folder;
  static const fs::path path = [] {
    auto file = folder.path() / "template.db";
    migrate("sqlite:" + file.string());
    return file;
  }();
  return path;
}

/// A migrated PostgreSQL database named by the migrations' contents: every test program of this source tree uses the same one.
const std::string& postgres_template() {
  static const std::string name = [] {
    std::string all;
    for (const auto& file : migrations_in_source()) all.append(file.path).append(file.bytes);
    auto chosen = "confer_template_" + sha256_hex(all).substr(0, 16);
    Administrator administrator;
    administrator.ask("SELECT pg_advisory_lock(7274)");
    if (administrator.ask("SELECT count(*) FROM pg_database WHERE datname = '" + chosen + "'") == "0") {
      // Under another name until it is complete: what has the final name can be copied.
      const auto draft = chosen + "_draft";
      administrator.ask("DROP DATABASE IF EXISTS " + draft + " WITH (FORCE)");
      administrator.ask("CREATE DATABASE " + draft + " TEMPLATE template0 ENCODING 'UTF8'");
      migrate(Administrator::url_of(draft));
      administrator.ask("ALTER DATABASE " + draft + " RENAME TO " + chosen);
    }
    return chosen;
  }();
  return name;
}

}  // namespace

TestFolder::TestFolder() {
  static const fs::path base = fs::exists("/dev/shm") && ::access("/dev/shm", W_OK) == 0 ? "/dev/shm" : fs::temp_directory_path();
  path_ = base / ("confer-test-" + std::to_string(::getpid()) + "-" + std::to_string(next_number()));
  fs::create_directories(path_);
}

TestFolder::~TestFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

TestDatabase::TestDatabase(db::Backend backend, Schema schema, db::Options options) : options_(options) {
  options_.clock = &clock;
  if (backend == db::Backend::sqlite) {
    const auto file = folder_.path() / "confer.db";
    if (schema == Schema::migrated) fs::copy_file(sqlite_template(), file);
    url_ = "sqlite:" + file.string();
  } else {
    postgres_name_ = "confer_t_" + std::to_string(::getpid()) + "_" + std::to_string(next_number());
    Administrator administrator;
    administrator.ask("CREATE DATABASE " + postgres_name_ + " TEMPLATE " + (schema == Schema::migrated ? postgres_template() : "template0 ENCODING 'UTF8'"));
    url_ = Administrator::url_of(postgres_name_);
  }
  reopen();
}

TestDatabase::~TestDatabase() {
  close();
  if (postgres_name_.empty()) return;
  try {
    Administrator().ask("DROP DATABASE " + postgres_name_ + " WITH (FORCE)");
  } catch (const std::exception& e) {
    ADD_FAILURE() << e.what();
  }
}

void TestDatabase::reopen() {
  close();
  database_ = ok(db::Database::open(url_, options_));
}

std::span<const embedded::File> migrations_in_source() {
  static std::list<std::string> texts;
  static const std::vector<embedded::File> files = [] {
    std::vector<fs::path> paths;
    const auto folder = fs::path(CONFER_SOURCE_DIR) / "src/app/migrations";
    if (fs::exists(folder)) {
      for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() == ".sql") paths.push_back(entry.path());
      }
    }
    std::ranges::sort(paths);
    std::vector<embedded::File> out;
    for (const auto& path : paths) {
      std::ifstream in(path, std::ios::binary);
      const auto& name = texts.emplace_back(path.filename().string());
      const auto& text = texts.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
      out.push_back({name, text});
    }
    return out;
  }();
  return files;
}

bool has_postgres() { return std::getenv("CONFER_TEST_POSTGRES") != nullptr; }

void DatabaseTest::SetUp() {
  if (GetParam() == db::Backend::postgres && !has_postgres()) {
    if (std::getenv("CI") != nullptr) FAIL() << "CONFER_TEST_POSTGRES must name a PostgreSQL database (script/test starts one).";
    GTEST_SKIP() << "CONFER_TEST_POSTGRES is not set";
  }
  test_ = std::make_unique<TestDatabase>(GetParam(), schema());
}

void DatabaseTest::TearDown() { test_.reset(); }

}  // namespace confer::test
