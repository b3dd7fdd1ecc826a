// Handing facts out after commit: one thread for this process's subscribers, one for the durable reactions.
#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

#include "base/log.h"
#include "journal/journal.h"
#include "journal/store.h"

namespace confer::journal {
namespace {

using SteadyClock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr int facts_read_at_once = 200;
/// Facts a reaction handles in one transaction. On SQLite nobody else writes meanwhile.
constexpr int facts_reacted_to_at_once = 50;
constexpr milliseconds first_backoff{500}, longest_backoff{60'000};
/// From this many failures in a row a person should look.
constexpr int failures_until_error = 5;

/// Words wake the feed. These intervals are for what comes without one: on SQLite another process (a command) may write, on PostgreSQL
/// a process may die between commit and notify. The question costs one look-up in an index.
constexpr milliseconds asks_sqlite{2'000}, asks_postgres{15'000};

/// What the listener, both threads and `catch_up` share. It outlives the feed, as the database's listener does.
struct Shared {
  std::mutex mutex;
  std::condition_variable changed;
  std::uint64_t words = 0;  ///< how many there have been: a thread that saw fewer looks again
  bool stopping = false;
};

struct Reaction {
  std::string name;
  std::function<Result<void>(db::Tx&, const Fact&)> run;
  std::int64_t position = 0;  ///< guarded by Shared::mutex
  int failures = 0;           ///< in a row; guarded by Shared::mutex
  SteadyClock::time_point next_try;
};

}  // namespace

struct Feed::Impl {
  explicit Impl(db::Database& database) : db(database) {}

  db::Database& db;
  std::shared_ptr<Shared> shared = std::make_shared<Shared>();
  std::vector<std::function<void(const Fact&)>> subscribers;
  std::vector<std::unique_ptr<Reaction>> reactions;
  std::int64_t told = 0;  ///< the subscribers' position; guarded by Shared::mutex
  std::thread teller, reactor;

  milliseconds interval() const { return db.backend() == db::Backend::sqlite ? asks_sqlite : asks_postgres; }

  bool stopping() const {
    std::lock_guard lock(shared->mutex);
    return shared->stopping;
  }

  std::uint64_t words_so_far() const {
    std::lock_guard lock(shared->mutex);
    return shared->words;
  }

  void wait(std::uint64_t words_seen, SteadyClock::time_point until) const {
    std::unique_lock lock(shared->mutex);
    shared->changed.wait_until(lock, until, [&] { return shared->stopping || shared->words != words_seen; });
  }

  // ---- subscribers

  Result<void> tell() {
    while (!stopping()) {
      std::vector<Fact> facts;
      {
        // Ended before the subscribers work: they read for themselves, and connections are few.
        TRY_ASSIGN(db::Tx tx, db.begin_read());
        TRY_ASSIGN(facts, facts_after(tx, told, facts_read_at_once));
      }
      for (const Fact& fact : facts) {
        for (const auto& subscriber : subscribers) subscriber(fact);
      }
      if (facts.empty()) return {};
      std::lock_guard lock(shared->mutex);
      told = facts.back().position;
      shared->changed.notify_all();
    }
    return {};
  }

  void run_teller() {
    while (!stopping()) {
      const std::uint64_t words = words_so_far();
      if (auto done = tell(); !done) log(LogTopic::journal, LogLevel::warning, "facts could not be read", {{"detail", done.error().detail}});
      wait(words, SteadyClock::now() + interval());
    }
  }

  // ---- reactions

  struct Step {
    std::int64_t position = 0;
    bool more = false;
  };

  /// Hands at most `limit` facts to a reaction in one transaction. `failed_at`: the index of the fact that it failed on.
  Result<Step> react_once(Reaction& reaction, int limit, int& failed_at) {
    failed_at = 0;
    {
      TRY_ASSIGN(db::Tx tx, db.begin_read());
      TRY_ASSIGN(const std::int64_t at, find_cursor(tx, reaction.name));
      TRY_ASSIGN(const std::int64_t last, last_position(tx));
      if (at >= last) return Step{at, false};
    }
    TRY_ASSIGN(db::Tx tx, db.begin_write());
    // Another process with the same reaction waits here; when this one dies instead of committing, the other does its work.
    TRY_ASSIGN(const std::int64_t at, lock_cursor(tx, reaction.name));
    TRY_ASSIGN(const auto facts, facts_after(tx, at, limit));
    if (facts.empty()) return Step{at, false};
    for (const Fact& fact : facts) {
      try {
        TRY(reaction.run(tx, fact));
      } catch (const std::exception& thrown) {
        return fail(ErrorCode::internal, "A reaction failed.", thrown.what());
      }
      ++failed_at;
    }
    failed_at = 0;  // what fails from here on is not a fact's fault
    TRY(move_cursor(tx, reaction.name, facts.back().position));
    TRY(tx.commit());
    return Step{facts.back().position, true};
  }

  void react(Reaction& reaction) {
    int limit = facts_reacted_to_at_once;
    while (!stopping()) {
      int failed_at = 0;
      auto step = react_once(reaction, limit, failed_at);
      if (step) {
        std::lock_guard lock(shared->mutex);
        reaction.position = step->position;
        reaction.failures = 0;
        shared->changed.notify_all();
        limit = facts_reacted_to_at_once;
        if (!step->more) return;
        continue;
      }
      if (failed_at > 0) {
        limit = failed_at;  // those before the one that fails, so that they are done with; then it stands first
        continue;
      }
      std::lock_guard lock(shared->mutex);
      const auto backoff = std::min(longest_backoff, first_backoff * (1 << std::min(reaction.failures, 10)));
      reaction.next_try = SteadyClock::now() + backoff;
      ++reaction.failures;
      log(LogTopic::journal, reaction.failures < failures_until_error ? LogLevel::warning : LogLevel::error, "reaction failed, will be tried again",
          {{"reaction", reaction.name}, {"after", reaction.position}, {"failures", reaction.failures}, {"detail", step.error().detail}});
      shared->changed.notify_all();
      return;
    }
  }

  void run_reactor() {
    while (!stopping()) {
      const std::uint64_t words = words_so_far();
      auto next = SteadyClock::now() + interval();
      for (const auto& reaction : reactions) {
        if (reaction->next_try <= SteadyClock::now()) react(*reaction);
        if (reaction->next_try > SteadyClock::now()) next = std::min(next, reaction->next_try);
      }
      wait(words, next);
    }
  }
};

Feed::Feed(db::Database& db) : impl_(std::make_unique<Impl>(db)) {}
Feed::~Feed() { stop(); }

void Feed::subscribe(std::function<void(const Fact&)> subscriber) {
  ASSERT(!impl_->teller.joinable());
  impl_->subscribers.push_back(std::move(subscriber));
}

void Feed::react(std::string name, std::function<Result<void>(db::Tx&, const Fact&)> reaction) {
  ASSERT(!impl_->teller.joinable());
  auto added = std::make_unique<Reaction>();
  added->name = std::move(name);
  added->run = std::move(reaction);
  impl_->reactions.push_back(std::move(added));
}

Result<void> Feed::start() {
  ASSERT(!impl_->teller.joinable());
  if (!impl_->reactions.empty()) {
    TRY_ASSIGN(db::Tx tx, impl_->db.begin_write());
    for (const auto& reaction : impl_->reactions) TRY(add_cursor(tx, reaction->name));
    TRY(tx.commit());
  }
  {
    TRY_ASSIGN(db::Tx tx, impl_->db.begin_read());
    TRY_ASSIGN(impl_->told, last_position(tx));
  }
  impl_->db.listen("journal", [shared = impl_->shared](std::string_view) {
    std::lock_guard lock(shared->mutex);
    ++shared->words;
    shared->changed.notify_all();
  });
  impl_->teller = std::thread([this] { impl_->run_teller(); });
  impl_->reactor = std::thread([this] { impl_->run_reactor(); });
  return {};
}

void Feed::stop() {
  {
    std::lock_guard lock(impl_->shared->mutex);
    impl_->shared->stopping = true;
    impl_->shared->changed.notify_all();
  }
  if (impl_->teller.joinable()) impl_->teller.join();
  if (impl_->reactor.joinable()) impl_->reactor.join();
}

void Feed::catch_up() {
  std::int64_t last = 0;
  {
    auto tx = impl_->db.begin_read();
    if (!tx) return;
    auto position = last_position(*tx);
    if (!position) return;
    last = *position;
  }
  Shared& shared = *impl_->shared;
  std::unique_lock lock(shared.mutex);
  ++shared.words;
  shared.changed.notify_all();
  shared.changed.wait(lock, [&] {
    // A reaction that fails has been handed the fact; how often it is tried again is not waited for.
    return shared.stopping ||
           (impl_->told >= last && std::ranges::all_of(impl_->reactions, [&](const auto& r) { return r->position >= last || r->failures > 0; }));
  });
}

}  // namespace confer::journal
