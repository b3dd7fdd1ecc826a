// What is made and cannot be brought, or cannot be made here: it waits, says why, and is made once.
#include "cutting/cutting_fixture.h"

namespace confer::cutting {
namespace {

/// A store elsewhere, of which a test says how it is.
class Elsewhere final : public files::Store {
 public:
  explicit Elsewhere(files::Store& here) : here_(here) {}
  Result<files::Hash> put(std::string_view bytes) override { return here_.put(bytes); }
  Result<files::Hash> put_file(const std::string& path) override { return here_.put_file(path); }
  Result<std::string> get(const files::Hash& hash) const override { return here_.get(hash); }
  Result<std::string> path(const files::Hash& hash) const override { return here_.path(hash); }
  bool has(const files::Hash& hash) const override { return here_.has(hash); }
  Result<bool> is_whole(const files::Hash& hash) const override { return here_.is_whole(hash); }
  Result<void> remove(const files::Hash& hash) override { return here_.remove(hash); }
  Result<void> each(const std::function<Result<void>(const files::Hash&, std::uint64_t)>& file) const override { return here_.each(file); }
  Result<std::int64_t> forget_others(const std::set<std::string>& kept, std::chrono::hours age) override { return here_.forget_others(kept, age); }
  Result<std::vector<files::Hash>> damaged() const override { return here_.damaged(); }
  Result<void> deliver(const files::Hash& hash, const files::Watch& watch) override {
    if (error) return std::unexpected(*error);
    brought.insert(hash.hex);
    return here_.deliver(hash, watch);
  }
  Result<void> name(db::Tx& tx, const files::Hash& hash) override {
    EXPECT_TRUE(brought.contains(hash.hex));
    named.insert(hash.hex);
    return here_.name(tx, hash);
  }
  Result<files::Place> find(db::Tx& tx, const files::Hash& hash) const override { return here_.find(tx, hash); }
  Result<std::string> fetch(const files::Hash& hash, const files::Watch& watch) override { return here_.fetch(hash, watch); }
  Result<std::int64_t> withdraw_others(const std::set<std::string>& kept, const files::Watch& watch) override { return here_.withdraw_others(kept, watch); }
  Result<std::int64_t> forget_copies() override { return here_.forget_copies(); }
  bool is_shared() const override { return true; }

  std::optional<Error> error;
  std::set<std::string> brought, named;

 private:
  files::Store& here_;
};

class DeliveringTest : public CuttingTest {
 protected:
  void SetUp() override {
    CuttingTest::SetUp();
    if (IsSkipped()) return;
    elsewhere = std::make_unique<Elsewhere>(*store);
    // The workshop that jobs were given stays the same object.
    Workshop next{.db = shop->db, .files = *elsewhere, .folder = shop->folder, .sign_in = shop->sign_in};
    next.make = shop->make;
    next.listen = shop->listen;
    next.look_at = shop->look_at;
    next.sample = shop->sample;
    next.encode = shop->encode;
    next.machine = "hall-1";
    workers.reset();
    shop = std::make_unique<Workshop>(std::move(next));
    workers = new_workers();
  }
  void TearDown() override {
    CuttingTest::TearDown();
    elsewhere.reset();
  }
  std::unique_ptr<jobs::Workers> new_workers() {
    auto all = std::make_unique<jobs::Workers>(db(), 1);
    all->add(preview_kind, [this](jobs::Running& running) { return preview(*shop, running); });
    all->add(encode_kind, [this](jobs::Running& running) { return encode_published(*shop, running); });
    all->add(publish_kind, [this](jobs::Running& running) { return publish(*shop, running); });
    return all;
  }
  std::vector<jobs::Job> waiting() {
    auto tx = ok(db().begin_read());
    return ok(jobs::list_jobs(tx, 0, jobs::State::waiting, 10));
  }
  std::unique_ptr<Elsewhere> elsewhere;
};
ON_BOTH_DATABASES(DeliveringTest);

TEST_P(DeliveringTest, store_when_away_then_the_cut_waits_without_end_and_is_made_once) {
  ready();
  EXPECT_TRUE(elsewhere->brought.empty()) << "a preview is seen here, where nobody else works";
  ok(judge_as(team, good()));
  elsewhere->error = Error{ErrorCode::unavailable, "The store does not answer.", {}, {}, {}};
  for (int i = 0; i < 20; ++i) {
    work();
    ASSERT_EQ(waiting().size(), 1U);
    EXPECT_EQ(waiting().front().attempts, 0);
    EXPECT_EQ(waiting().front().run_at - clock().now(), std::chrono::seconds(20));
    clock().advance(std::chrono::seconds(20));
  }
  EXPECT_EQ(cut().stage, Stage::publishing);
  EXPECT_EQ(cut().problem, "The store does not answer. It is ready, and waits until the store is there again.");
  EXPECT_TRUE(!recording() || recording()->videos.empty());
  elsewhere->error.reset();
  work();
  EXPECT_EQ(cut().stage, Stage::published);
  EXPECT_EQ(cut().problem, "");
  EXPECT_EQ(made, 2) << "the preview, and the cut itself";
  EXPECT_EQ(elsewhere->named, (std::set<std::string>{cut().published_hash, cut().poster_hash}));
}

TEST_P(DeliveringTest, bytes_when_other_ones_came_back_then_sent_again_as_an_attempt_and_not_online) {
  ready();
  ok(judge_as(team, good()));
  elsewhere->error = Error{ErrorCode::conflict, "What lies in the store is not what was sent there: it is sent again.", {}, {}, {}};
  work();
  ASSERT_EQ(waiting().size(), 1U);
  EXPECT_EQ(waiting().front().attempts, 1);
  EXPECT_EQ(cut().problem, "What lies in the store is not what was sent there: it is sent again.");
  EXPECT_EQ(cut().published_hash, "");
  elsewhere->error.reset();
  clock().advance(std::chrono::seconds(10));
  work();
  EXPECT_EQ(cut().stage, Stage::published);
  EXPECT_EQ(made, 2);
}

TEST_P(DeliveringTest, copy_when_it_is_damaged_here_then_made_again) {
  ready();
  ok(judge_as(team, good()));
  elsewhere->error = Error{ErrorCode::unavailable, "The store does not answer.", {}, {}, {}};
  work();
  ok(store->each([&](const files::Hash& hash, std::uint64_t) -> Result<void> {
    std::ofstream(ok(store->path(hash)), std::ios::app) << "!";
    return {};
  }));
  elsewhere->error.reset();
  clock().advance(std::chrono::seconds(20));
  work();
  EXPECT_EQ(cut().stage, Stage::publishing);
  clock().advance(std::chrono::seconds(10));
  work();
  EXPECT_EQ(cut().stage, Stage::published);
  EXPECT_EQ(made, 3);
  EXPECT_TRUE(ok(store->is_whole({cut().published_hash})));
}

TEST_P(DeliveringTest, form_when_the_store_is_away_then_encoded_once_and_the_video_stays) {
  auto tx = ok(db().begin_write());
  ok(save_settings(tx, organiser, event, {.license = {}, .profiles = {media::Profile::hls}}));
  ok(tx.commit());
  ready();
  ok(judge_as(team, good()));
  shop->encode = [this, encode = shop->encode](const media::EncodeWish& wish, const auto& progress, const auto& stopping) {
    elsewhere->error = Error{ErrorCode::unavailable, "The store does not answer.", {}, {}, {}};
    return encode(wish, progress, stopping);
  };
  work();
  EXPECT_EQ(cut().stage, Stage::published);
  EXPECT_EQ(cut().problem, "The store does not answer. hls is ready, and waits until the store is there again.");
  EXPECT_EQ(recording()->videos.size(), 1U);
  elsewhere->error.reset();
  clock().advance(std::chrono::seconds(20));
  work();
  EXPECT_EQ(recording()->videos.size(), 2U);
  EXPECT_EQ(cut().problem, "");
  EXPECT_EQ(encoded, 1);
  EXPECT_TRUE(elsewhere->named.contains(recording()->videos.back().file_hash));
}

TEST_P(DeliveringTest, footage_when_only_another_machine_has_it_then_left_to_that_one) {
  shop->has_colleagues = true;
  record();
  propose_at("2027-05-04T08:33:00Z");
  const std::string path = folder.path() / "hall-2027-05-04_09-30-00.ts";
  std::filesystem::rename(path, path + ".away");
  work();
  EXPECT_EQ(cut().stage, Stage::making);
  EXPECT_EQ(cut().problem, "The worker on hall-1 cannot read " + path + ": it is left to one that can.");
  EXPECT_EQ(waiting().front().attempts, 0);
  EXPECT_EQ(made, 0);
  std::filesystem::rename(path + ".away", path);
  work();
  EXPECT_EQ(made, 0) << "this one left it to others, for a minute";
  auto other = new_workers();
  ok(other->run_due());
  EXPECT_EQ(cut().stage, Stage::review);
  EXPECT_EQ(cut().problem, "");
  EXPECT_TRUE(elsewhere->named.contains(cut().preview.hash)) << "others look at it, too";
}

}  // namespace
}  // namespace confer::cutting
