// Acknowledged writes per second on SQLite: ours (group commit) against raw sqlite3 with the same durability, in the same run.
// bench_writes [FOLDER] [SECONDS]: FOLDER on the disk to be measured (default: the current one), SECONDS a measurement (default 2).
#include <fmt/format.h>
#include <sqlite3.h>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>
#include "db/database.h"

namespace {

using namespace confer;
using Steady = std::chrono::steady_clock;
namespace fs = std::filesystem;

constexpr int rounds = 5;
const std::string body(200, 'x');
constexpr const char* create = "CREATE TABLE entry (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL)";
/// Grows the WAL past its checkpoint (1,000 pages) before anything is measured: while the file still grows, each fdatasync pays for ext4's journal
/// as well, several times the price of writing over what is there, and a slow candidate would spend its whole measurement in that phase.
constexpr const char* warm_up =
    "INSERT INTO entry (body) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000) SELECT printf('%0200d', i) FROM n";
constexpr const char* insert = "INSERT INTO entry (body) VALUES (:1)";

[[noreturn]] void stop(const std::string& why) {
  fmt::print(stderr, "bench_writes: {}\n", why);
  std::exit(1);
}
template <class T>
T ok(Result<T> result) {
  if (!result) stop(result.error().message + " " + result.error().detail);
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}
void must(int code, sqlite3* connection) {
  if (code != SQLITE_OK && code != SQLITE_DONE) stop(sqlite3_errmsg(connection));
}

/// Writes per second of `write(thread)`, called by that many threads until the time is up.
double measure(int threads, std::chrono::duration<double> length, const std::function<void(int)>& write) {
  std::atomic<std::int64_t> done = 0;
  const auto begin = Steady::now();
  const auto end = begin + length;
  {
    std::vector<std::jthread> running;
    for (int t = 0; t < threads; ++t) {
      running.emplace_back([&, t] {
        while (Steady::now() < end) {
          write(t);
          ++done;
        }
      });
    }
  }
  return static_cast<double>(done) / std::chrono::duration<double>(Steady::now() - begin).count();
}

/// A connection of raw sqlite3 with the same settings, its three statements prepared.
class Raw {
 public:
  explicit Raw(const fs::path& file) {
    must(sqlite3_open(file.c_str(), &connection_), connection_);
    sqlite3_busy_timeout(connection_, 30'000);
    must(sqlite3_exec(connection_, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON", nullptr, nullptr,
                      nullptr),
         connection_);
  }
  ~Raw() {
    for (auto* s : {begin_, insert_, commit_}) sqlite3_finalize(s);
    sqlite3_close(connection_);
  }
  Raw(const Raw&) = delete;
  Raw& operator=(const Raw&) = delete;
  void create_table() {
    for (const char* sql : {create, warm_up}) must(sqlite3_exec(connection_, sql, nullptr, nullptr, nullptr), connection_);
  }
  void prepare() {
    for (auto [text, statement] : {std::pair{"BEGIN IMMEDIATE", &begin_}, {"INSERT INTO entry (body) VALUES (?1)", &insert_}, {"COMMIT", &commit_}}) {
      must(sqlite3_prepare_v2(connection_, text, -1, statement, nullptr), connection_);
    }
  }
  void write() {
    step(begin_);
    must(sqlite3_bind_text(insert_, 1, body.data(), static_cast<int>(body.size()), SQLITE_STATIC), connection_);
    step(insert_);
    step(commit_);
  }

 private:
  void step(sqlite3_stmt* statement) {
    must(sqlite3_step(statement), connection_);
    sqlite3_reset(statement);
  }
  sqlite3* connection_ = nullptr;
  sqlite3_stmt *begin_ = nullptr, *insert_ = nullptr, *commit_ = nullptr;
};

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
  const fs::path base = argc > 1 ? argv[1] : ".";
  const std::chrono::duration<double> length(argc > 2 ? std::atof(argv[2]) : 2.0);
  const auto folder = base / ("bench-writes-" + std::to_string(std::chrono::system_clock::now().time_since_epoch().count()));
  fs::create_directories(folder);
  fmt::print("One INSERT of 200 bytes a write, WAL, synchronous=FULL; medians of {} rounds of {} s; SQLite {}\n", rounds, length.count(), sqlite3_libversion());
  fmt::print("{:>8} {:>12} {:>22} {:>26} {:>12}\n", "threads", "ours/s", "raw, one connection/s", "raw, connection a thread/s", "ours : best raw");
  for (int threads : {1, 8, 64}) {
    std::vector<double> ours, shared, separate;
    // Taking turns, so that a slow minute of the disk meets all three.
    for (int round = 0; round < rounds; ++round) {
      const auto name = [&](const char* kind) { return folder / (std::string(kind) + std::to_string(threads) + "-" + std::to_string(round) + ".db"); };
      {
        auto db = ok(db::Database::open("sqlite:" + name("ours").string()));
        auto tx = ok(db->begin_write());
        ok(tx.run(db->dynamic("bench/create", create)));
        ok(tx.run(db->dynamic("bench/warm_up", warm_up)));
        ok(tx.commit());
        const auto& statement = db->dynamic("bench/insert", insert);
        ours.push_back(measure(threads, length, [&](int) {
          auto writing = ok(db->begin_write());
          ok(writing.run(statement, body));
          ok(writing.commit());
        }));
      }
      {
        Raw raw(name("shared"));
        raw.create_table();
        raw.prepare();
        std::mutex mutex;
        shared.push_back(measure(threads, length, [&](int) {
          std::lock_guard lock(mutex);
          raw.write();
        }));
      }
      {
        const auto file = name("separate");
        std::vector<std::unique_ptr<Raw>> connections;
        for (int t = 0; t < threads; ++t) connections.push_back(std::make_unique<Raw>(file));
        connections.front()->create_table();
        for (auto& c : connections) c->prepare();
        separate.push_back(measure(threads, length, [&](int t) { connections[static_cast<std::size_t>(t)]->write(); }));
      }
    }
    const double a = median(ours), b = median(shared), c = median(separate);
    fmt::print("{:>8} {:>12.0f} {:>22.0f} {:>26.0f} {:>12.2f}\n", threads, a, b, c, a / std::max(b, c));
    std::fflush(stdout);
  }
  fs::remove_all(folder);
}
