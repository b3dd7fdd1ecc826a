// The queue: leases, retries, dead letters, periodic jobs, several workers.
#include "jobs/jobs.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <future>
#include <map>
#include <mutex>
#include <thread>

#include "jobs/store.h"
#include "support/database.h"

namespace confer::jobs {
namespace {

using namespace std::chrono_literals;
using test::ok;

Result<void> fails(std::string message) { return fail(ErrorCode::unavailable, std::move(message)); }

class JobsTest : public test::DatabaseTest {
 protected:
  std::int64_t queue(const NewJob& job) {
    auto tx = ok(db().begin_write());
    const auto id = ok(enqueue(tx, job));
    ok(tx.commit());
    return id;
  }
  Job stored(std::int64_t id) {
    auto tx = ok(db().begin_read());
    for (const Job& job : ok(list_jobs(tx, 0, {}, 1000))) {
      if (job.id == id) return job;
    }
    throw std::runtime_error("no such job");
  }
  std::optional<Job> claim_as(std::string_view token) {
    auto tx = ok(db().begin_write());
    auto job = ok(claim(tx, ",test.work,", token));
    ok(tx.commit());
    return job;
  }
  /// A worker of its own each time, as after a restart.
  int run(Work work) {
    Workers workers(db(), 1);
    workers.add("test.work", std::move(work));
    return ok(workers.run_due());
  }
  std::unique_ptr<db::Database> open_again() { return ok(db::Database::open(test_database().url(), {.clock = &clock()})); }
};
ON_BOTH_DATABASES(JobsTest);

TEST_P(JobsTest, job_when_it_succeeds_then_done_once) {
  const auto id = queue({.kind = "test.work", .input = R"({"a":1})", .event = 5});
  std::vector<std::string> inputs;
  const auto work = [&](Running& running) -> Result<void> {
    inputs.push_back(running.job().input);
    EXPECT_EQ(running.job().attempts, 1);
    EXPECT_EQ(running.job().event, 5);
    EXPECT_FALSE(running.stopping());
    return {};
  };
  EXPECT_EQ(run(work), 1);
  EXPECT_EQ(run(work), 0);
  EXPECT_EQ(inputs, std::vector<std::string>{R"({"a":1})"});
  const Job job = stored(id);
  EXPECT_EQ(job.state, State::done);
  EXPECT_EQ(job.progress, 1);
  EXPECT_EQ(job.finished_at, clock().now());
  EXPECT_EQ(job.created_at, clock().now());
}

TEST_P(JobsTest, job_when_rolled_back_then_never_there) {
  {
    auto tx = ok(db().begin_write());
    ok(enqueue(tx, {.kind = "test.work"}));
  }
  EXPECT_EQ(run([](Running&) -> Result<void> { return {}; }), 0);
}

TEST_P(JobsTest, job_when_due_later_or_of_another_kind_then_left) {
  queue({.kind = "test.work", .run_at = clock().now() + 1min});
  const auto other = queue({.kind = "test.other"});
  const auto work = [](Running&) -> Result<void> { return {}; };
  EXPECT_EQ(run(work), 0);
  clock().advance(1min);
  EXPECT_EQ(run(work), 1);
  EXPECT_EQ(stored(other).state, State::waiting);
}

TEST_P(JobsTest, job_when_it_fails_then_waits_longer_each_time_until_dead) {
  const auto id = queue({.kind = "test.work", .max_attempts = 3});
  int attempts = 0;
  const auto work = [&](Running&) { return fails("attempt " + std::to_string(++attempts)); };
  EXPECT_EQ(run(work), 1);
  EXPECT_EQ(stored(id).run_at, clock().now() + 10s);
  EXPECT_EQ(stored(id).problem, "attempt 1");
  EXPECT_EQ(run(work), 0);
  clock().advance(10s);
  EXPECT_EQ(run(work), 1);
  EXPECT_EQ(stored(id).run_at, clock().now() + 40s);
  EXPECT_EQ(stored(id).state, State::waiting);
  clock().advance(40s);
  EXPECT_EQ(run(work), 1);
  EXPECT_EQ(stored(id).state, State::dead);
  EXPECT_EQ(stored(id).attempts, 3);
  EXPECT_EQ(stored(id).problem, "attempt 3");
  clock().advance(24h);
  EXPECT_EQ(run(work), 0);

  auto tx = ok(db().begin_read());
  const auto dead = ok(list_jobs(tx, 0, State::dead, 10));
  ASSERT_EQ(dead.size(), 1U);
  EXPECT_EQ(dead[0].id, id);
}

TEST_P(JobsTest, job_when_it_waits_for_something_then_as_often_as_it_takes_and_no_attempt) {
  const auto id = queue({.kind = "test.work", .max_attempts = 2});
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(run([](Running& running) {
                running.wait(20s);
                return fails("It is away.");
              }),
              1);
    const Job job = stored(id);
    EXPECT_EQ(job.state, State::waiting);
    EXPECT_EQ(job.attempts, 0);
    EXPECT_EQ(job.problem, "It is away.");
    EXPECT_EQ(job.run_at, clock().now() + 20s);
    clock().advance(20s);
  }
  // What was done all the same is done.
  EXPECT_EQ(run([](Running& running) -> Result<void> {
              running.wait(20s);
              return {};
            }),
            1);
  EXPECT_EQ(stored(id).state, State::done);
}

TEST_P(JobsTest, job_when_left_to_others_then_they_have_it_at_once_and_this_one_not) {
  const auto id = queue({.kind = "test.work", .max_attempts = 1});
  Workers here(db(), 1), there(db(), 1);
  int tries = 0, done = 0;
  here.add("test.work", [&](Running& running) {
    ++tries;
    running.leave(60s);
    return fails("It is not here.");
  });
  there.add("test.work", [&](Running&) -> Result<void> {
    ++done;
    return {};
  });
  EXPECT_EQ(ok(here.run_due()), 1);
  EXPECT_EQ(ok(here.run_due()), 0);
  EXPECT_EQ(tries, 1);
  EXPECT_EQ(stored(id).state, State::waiting);
  EXPECT_EQ(stored(id).attempts, 0);
  EXPECT_EQ(stored(id).run_at, clock().now());
  const auto other = queue({.kind = "test.work"});
  EXPECT_EQ(ok(here.run_due()), 1) << "another job is another matter";
  EXPECT_EQ(ok(there.run_due()), 2);
  EXPECT_EQ(done, 2);
  EXPECT_EQ(stored(id).state, State::done);
  EXPECT_EQ(stored(other).state, State::done);
}

TEST_P(JobsTest, retry_when_dead_then_runs_again_else_refused) {
  const auto id = queue({.kind = "test.work", .max_attempts = 1});
  run([](Running&) { return fails("no"); });
  {
    auto tx = ok(db().begin_write());
    ok(retry(tx, id));
    EXPECT_EQ(retry(tx, id).error().code, ErrorCode::conflict);
    EXPECT_EQ(retry(tx, id + 1000).error().code, ErrorCode::not_found);
    ok(tx.commit());
  }
  EXPECT_EQ(run([](Running&) -> Result<void> { return {}; }), 1);
  EXPECT_EQ(stored(id).state, State::done);
}

TEST_P(JobsTest, job_when_it_throws_then_failed) {
  const auto id = queue({.kind = "test.work"});
  run([](Running&) -> Result<void> { throw std::runtime_error("thrown"); });
  EXPECT_EQ(stored(id).state, State::waiting);
  EXPECT_EQ(stored(id).attempts, 1);
}

TEST_P(JobsTest, key_when_one_waits_then_not_queued_twice) {
  const auto first = queue({.kind = "test.work", .unique_key = "render 1"});
  EXPECT_EQ(queue({.kind = "test.work", .unique_key = "render 1"}), first);
  EXPECT_NE(queue({.kind = "test.work", .unique_key = "render 2"}), first);
  EXPECT_NE(queue({.kind = "test.work"}), queue({.kind = "test.work"}));
  // While it runs the world may change again: then another one is wanted.
  ASSERT_EQ(claim_as("token")->id, first);
  const auto second = queue({.kind = "test.work", .unique_key = "render 1"});
  EXPECT_NE(second, first);
  // The first fails: the second will do.
  auto tx = ok(db().begin_write());
  EXPECT_TRUE(ok(put_back(tx, first, "token", tx.now(), Attempt::counted, "no")));
  ok(tx.commit());
  EXPECT_EQ(stored(first).state, State::done);
  EXPECT_EQ(stored(second).state, State::waiting);
}

TEST_P(JobsTest, key_when_one_runs_then_the_next_begins_after_its_end) {
  const auto first = queue({.kind = "test.work", .unique_key = "same file"});
  std::promise<void> begun, may_end, second_ran;
  auto may = may_end.get_future().share();
  std::atomic<int> at_once = 0, most = 0;
  Workers workers(db(), 2);
  workers.add("test.work", [&](Running& running) -> Result<void> {
    most = std::max(most.load(), ++at_once);
    if (running.job().id == first) {
      begun.set_value();
      may.wait_for(1min);
    }
    --at_once;
    if (running.job().id != first) second_ran.set_value();
    return {};
  });
  workers.add("test.other", [&](Running&) -> Result<void> {
    may_end.set_value();
    return {};
  });
  ok(workers.start());
  ASSERT_EQ(begun.get_future().wait_for(1min), std::future_status::ready);
  queue({.kind = "test.work", .unique_key = "same file"});
  // What was queued later, without that key, is done meanwhile, and lets the first one end.
  queue({.kind = "test.other"});
  EXPECT_EQ(second_ran.get_future().wait_for(1min), std::future_status::ready);
  EXPECT_EQ(most, 1);
}

TEST_P(JobsTest, key_when_dead_one_is_retried_beside_a_waiting_one_then_refused) {
  const auto dead = queue({.kind = "test.work", .max_attempts = 1, .unique_key = "k"});
  run([](Running&) { return fails("no"); });
  queue({.kind = "test.work", .unique_key = "k"});
  auto tx = ok(db().begin_write());
  EXPECT_EQ(retry(tx, dead).error().code, ErrorCode::conflict);
}

TEST_P(JobsTest, lease_when_it_ends_then_another_takes_over_and_the_first_cannot_store) {
  const auto id = queue({.kind = "test.work"});
  ASSERT_EQ(claim_as("first")->id, id);
  EXPECT_EQ(claim_as("second"), std::nullopt);
  clock().advance(lease_length - 1ms);
  EXPECT_EQ(claim_as("second"), std::nullopt);
  clock().advance(1ms);
  const auto taken = claim_as("second");
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->attempts, 2);
  auto tx = ok(db().begin_write());
  EXPECT_FALSE(ok(finish(tx, id, "first")));
  EXPECT_FALSE(ok(renew(tx, id, "first", 0.5)));
  EXPECT_FALSE(ok(bury(tx, id, "first", "late")));
  EXPECT_FALSE(ok(put_back(tx, id, "first", tx.now(), Attempt::counted, "late")));
  EXPECT_TRUE(ok(renew(tx, id, "second", 0.5)));
  EXPECT_TRUE(ok(finish(tx, id, "second")));
  EXPECT_FALSE(ok(finish(tx, id, "second")));
  ok(tx.commit());
  EXPECT_EQ(stored(id).state, State::done);
}

TEST_P(JobsTest, lease_when_the_last_attempt_dies_too_then_dead) {
  const auto id = queue({.kind = "test.work", .max_attempts = 2});
  for (const char* token : {"first", "second"}) {
    ASSERT_TRUE(claim_as(token));
    clock().advance(lease_length);
  }
  EXPECT_EQ(claim_as("third"), std::nullopt);
  EXPECT_EQ(stored(id).state, State::dead);
  EXPECT_EQ(stored(id).attempts, 2);
  EXPECT_NE(stored(id).problem, "");
}

TEST_P(JobsTest, heartbeat_when_progress_is_made_then_stored_and_the_lease_renewed) {
  const auto id = queue({.kind = "test.work"});
  EXPECT_EQ(run([&](Running& running) -> Result<void> {
              clock().advance(lease_length);  // the lease has ended, but nobody has taken the job
              running.progress(0.25);
              while (stored(id).progress < 0.25) std::this_thread::yield();
              EXPECT_EQ(claim_as("other"), std::nullopt);
              return {};
            }),
            1);
  EXPECT_EQ(stored(id).state, State::done);
}

TEST_P(JobsTest, heartbeat_when_the_lease_is_lost_then_the_job_is_told_to_stop) {
  const auto id = queue({.kind = "test.work"});
  run([&](Running& running) -> Result<void> {
    clock().advance(lease_length);
    EXPECT_EQ(claim_as("other")->id, id);
    running.progress(0.5);
    while (!running.stopping()) std::this_thread::yield();
    return {};
  });
  EXPECT_EQ(stored(id).state, State::running) << "the other one's run";
  EXPECT_EQ(stored(id).attempts, 2);
}

TEST_P(JobsTest, forget_when_finished_long_ago_then_removed) {
  const auto done = queue({.kind = "test.work"});
  run([](Running&) -> Result<void> { return {}; });
  const auto dead = queue({.kind = "test.work", .max_attempts = 1});
  run([](Running&) { return fails("no"); });
  clock().advance(14 * 24h);
  const auto forget = [&] {
    auto tx = ok(db().begin_write());
    const auto count = ok(forget_finished(tx));
    ok(tx.commit());
    return count;
  };
  EXPECT_EQ(forget(), 0);
  clock().advance(1ms);
  EXPECT_EQ(forget(), 1);
  EXPECT_THROW(stored(done), std::runtime_error);
  EXPECT_EQ(stored(dead).state, State::dead);
}

TEST_P(JobsTest, list_when_filtered_then_newest_first_of_those_only) {
  const auto a = queue({.kind = "test.work", .event = 1});
  const auto b = queue({.kind = "test.work", .event = 2});
  const auto c = queue({.kind = "test.other", .event = 1});
  ASSERT_EQ(claim_as("token")->id, a);
  const auto ids = [&](std::int64_t event, std::optional<State> state, int limit) {
    auto tx = ok(db().begin_read());
    std::vector<std::int64_t> found;
    for (const Job& job : ok(list_jobs(tx, event, state, limit))) found.push_back(job.id);
    return found;
  };
  using Ids = std::vector<std::int64_t>;
  EXPECT_EQ(ids(0, {}, 10), (Ids{c, b, a}));
  EXPECT_EQ(ids(0, {}, 2), (Ids{c, b}));
  EXPECT_EQ(ids(1, {}, 10), (Ids{c, a}));
  EXPECT_EQ(ids(0, State::running, 10), (Ids{a}));
  EXPECT_EQ(ids(1, State::waiting, 10), (Ids{c}));
}

TEST_P(JobsTest, periodic_when_many_processes_then_at_most_once_an_interval) {
  auto other = open_again();
  Workers here(db(), 1), there(*other, 1);
  int runs = 0;
  for (Workers* workers : {&here, &there}) {
    workers->every({.kind = "test.hourly", .every = 1h}, [&](Running&) -> Result<void> {
      ++runs;
      return {};
    });
  }
  const auto run_both = [&] { return ok(here.run_due()) + ok(there.run_due()); };
  EXPECT_EQ(run_both(), 1);
  EXPECT_EQ(run_both(), 0);
  clock().advance(59min + 59s);
  EXPECT_EQ(run_both(), 0);
  clock().advance(1s);
  EXPECT_EQ(run_both(), 1);
  clock().advance(10h);  // as after a long stop: once, not ten times
  EXPECT_EQ(run_both(), 1);
  EXPECT_EQ(run_both(), 0);
  EXPECT_EQ(runs, 3);
}

TEST_P(JobsTest, workers_when_job_is_queued_then_woken_and_each_runs_once) {
  auto other = open_again();
  std::mutex mutex;
  std::condition_variable changed;
  std::map<std::string, int> runs;
  const auto work = [&](Running& running) -> Result<void> {
    std::lock_guard lock(mutex);
    ++runs[running.job().input];
    changed.notify_all();
    return {};
  };
  Workers here(db(), 2), there(*other, 2);
  here.add("test.work", work);
  there.add("test.work", work);
  ok(here.start());
  ok(there.start());
  std::map<std::string, int> expected;
  for (int i = 0; i < 40; ++i) {
    const std::string input = "{\"n\":" + std::to_string(i) + "}";
    queue({.kind = "test.work", .input = input});
    expected[input] = 1;
  }
  {
    std::unique_lock lock(mutex);
    changed.wait_for(lock, 1min, [&] { return runs.size() == 40; });
  }
  here.stop(1min);
  there.stop(1min);
  EXPECT_EQ(runs, expected);
  auto tx = ok(db().begin_read());
  EXPECT_EQ(ok(list_jobs(tx, 0, State::done, 100)).size(), 40U);
}

TEST_P(JobsTest, workers_when_clock_reaches_a_later_job_then_run_without_a_new_one) {
  std::promise<void> ran;
  Workers workers(db(), 1);
  workers.add("test.work", [&](Running&) -> Result<void> {
    ran.set_value();
    return {};
  });
  queue({.kind = "test.work", .run_at = clock().now() + 300ms});
  ok(workers.start());
  clock().advance(300ms);
  EXPECT_EQ(ran.get_future().wait_for(1min), std::future_status::ready);
}

TEST_P(JobsTest, workers_when_stopped_then_running_job_is_told_and_resumed_uncounted) {
  const auto id = queue({.kind = "test.work"});
  {
    std::promise<void> running_now;
    Workers workers(db(), 1);
    workers.add("test.work", [&](Running& running) -> Result<void> {
      running_now.set_value();
      while (!running.stopping()) std::this_thread::yield();
      return fails("stopped in the middle");
    });
    ok(workers.start());
    running_now.get_future().wait();
    workers.stop(1min);
  }
  EXPECT_EQ(stored(id).state, State::waiting);
  EXPECT_EQ(stored(id).attempts, 0);
  EXPECT_EQ(stored(id).run_at, clock().now());
  EXPECT_EQ(run([](Running&) -> Result<void> { return {}; }), 1);
}

/// The child of the test below: works on a job until it is killed. Without its environment there is nothing to do.
TEST(JobsChild, works_until_killed) {
  const char* url = std::getenv("CONFER_TEST_CHILD_DATABASE");
  if (url == nullptr) return;
  test::TestClock clock;
  auto db = ok(db::Database::open(url, {.clock = &clock}));
  Workers workers(*db, 1);
  workers.add("test.work", [](Running& running) -> Result<void> {
    running.progress(0.5);
    if (::write(3, "r", 1) != 1) ::_exit(1);
    while (true) ::pause();
  });
  (void)workers.run_due();
}

TEST_P(JobsTest, job_when_its_process_is_killed_then_resumed_by_another) {
  const auto id = queue({.kind = "test.work"});
  test_database().close();
  int pipe_ends[2];
  ASSERT_EQ(::pipe(pipe_ends), 0);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, pipe_ends[1], 3);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  std::string program = "/proc/self/exe", filter = "--gtest_filter=JobsChild.works_until_killed",
              variable = "CONFER_TEST_CHILD_DATABASE=" + test_database().url();
  std::vector<char*> arguments{program.data(), filter.data(), nullptr}, environment{variable.data()};
  for (char** e = environ; *e != nullptr; ++e) environment.push_back(*e);
  environment.push_back(nullptr);
  pid_t child = 0;
  ASSERT_EQ(::posix_spawn(&child, program.c_str(), &actions, nullptr, arguments.data(), environment.data()), 0);
  posix_spawn_file_actions_destroy(&actions);
  ::close(pipe_ends[1]);
  char word = 0;
  ASSERT_EQ(::read(pipe_ends[0], &word, 1), 1);
  ::kill(child, SIGKILL);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status));
  ::close(pipe_ends[0]);

  test_database().reopen();
  EXPECT_EQ(stored(id).state, State::running);
  const auto work = [](Running& running) -> Result<void> {
    EXPECT_EQ(running.job().attempts, 2);
    return {};
  };
  EXPECT_EQ(run(work), 0) << "its lease still holds";
  clock().advance(lease_length);
  EXPECT_EQ(run(work), 1);
  EXPECT_EQ(stored(id).state, State::done);
}

}  // namespace
}  // namespace confer::jobs
