// Append-only facts: audit trail, live updates, reactions. Written in the transaction of what they tell.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include "base/result.h"
#include "base/time.h"
#include "db/database.h"

namespace confer::journal {

/// Who did it: a person's number, or 0 with the name of what did ("system", "import", "command line").
struct Who {
  std::int64_t person = 0;
  std::string_view by = "person";
};

/// One fact as it is stored. `data` is a JSON object of ids, codes and values that are not personal (those live in rows that can be erased).
struct Fact {
  std::int64_t position = 0;  ///< grows without holes that a reader could miss: no reader sees 2 before 1
  Instant at{};
  std::int64_t person = 0;
  std::string by;
  std::string name;                    ///< "schedule.released": the slice's noun and a verb in the past
  std::int64_t series = 0, event = 0;  ///< 0: none
  std::string subject;                 ///< "talk:QX7T9M": what it is about, kind and code
  std::string data = "{}";
};

/// Adds a fact within `tx`. It is written, and gets its position, as the last act of `commit()`: `tx` itself does not find it before.
/// Errors: internal – the name has no '.', or `data` is not a JSON object.
Result<void> record(db::Tx& tx, Who who, std::string_view name, std::int64_t series, std::int64_t event, std::string_view subject, std::string data = "{}");

struct Query {
  std::int64_t event = 0, series = 0;  ///< 0: any
  std::string subject, name_prefix;    ///< empty: any
  std::int64_t before = 0;             ///< position; 0: from the newest
  int limit = 100;
};
/// Newest first.
Result<std::vector<Fact>> list_facts(db::Tx& tx, const Query& query);
/// In order, after `position`, at most `limit`.
Result<std::vector<Fact>> facts_after(db::Tx& tx, std::int64_t position, int limit);
Result<std::int64_t> last_position(db::Tx& tx);
/// What is wrong with the stored journal, a sentence each.
Result<std::vector<std::string>> check(db::Tx& tx);

/// Reads facts after commit and hands each to the subscribers in order, in this process, wherever it was written (PostgreSQL: LISTEN/NOTIFY; else at once).
/// A subscriber here sees every fact while the process lives; what must not be missed over a restart is a durable reaction.
class Feed {
 public:
  explicit Feed(db::Database& db);
  ~Feed();
  /// Called on the feed's thread. Add all before `start`.
  void subscribe(std::function<void(const Fact&)> subscriber);
  /// A reaction: runs for every fact exactly in order, over all processes; what it writes with `tx` is committed together with its stored
  /// position (`journal_cursors`), so once. What it does besides may happen more than once. A new one starts with the first fact there is.
  /// A failing one is tried again with backoff (0.5 s doubling to 60 s) and holds up only itself. Keep it short: enqueue a job for work.
  void react(std::string name, std::function<Result<void>(db::Tx&, const Fact&)> reaction);
  Result<void> start();
  void stop();
  /// Waits until all facts written before the call were handed out (a failing reaction: once): for tests and orderly stops.
  void catch_up();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace confer::journal
