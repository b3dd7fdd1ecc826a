// What is published, in a bucket: a real one on loopback that checks each signature, on both databases.
#include "files/shared.h"

#include <filesystem>
#include <fstream>

#include "base/random.h"
#include "files/bucket_server.h"
#include "support/database.h"

namespace confer::files {
namespace {

namespace fs = std::filesystem;
using test::ok;

class SharedTest : public test::DatabaseTest {
 protected:
  std::unique_ptr<Store> open(std::chrono::days copies_stay = std::chrono::days(30)) { return open_in("files", server.settings(), copies_stay); }
  std::unique_ptr<Store> open_in(const std::string& name, BucketSettings settings, std::chrono::days copies_stay = std::chrono::days(30)) {
    const std::string root = folder.path() / name;
    return open_shared(std::move(open_folder(root).value()), root, {.bucket = std::move(settings), .copies_stay = copies_stay}, db());
  }
  Result<void> name(Store& store, const Hash& hash) {
    TRY_ASSIGN(auto tx, db().begin_write());
    TRY(store.name(tx, hash));
    return tx.commit();
  }
  /// As a request reads it.
  std::string sent(const Store& store, const Hash& hash, std::uint64_t first, std::size_t count) {
    auto tx = ok(db().begin_read());
    const auto place = ok(store.find(tx, hash));
    EXPECT_TRUE(place.path.empty());
    return ok(place.source->read(first, count));
  }
  bool is_found(const Store& store, const Hash& hash) {
    auto tx = ok(db().begin_read());
    return store.find(tx, hash).has_value();
  }
  void deliver_and_name(Store& store, const Hash& hash) {
    ok(store.deliver(hash, {}));
    ok(name(store, hash));
  }
  /// Not what compresses, or repeats.
  static std::string bytes_of(std::size_t size) {
    std::string bytes;
    while (bytes.size() < size) bytes += random_uuid();
    bytes.resize(size);
    return bytes;
  }
  test::TestFolder folder;
  test::BucketServer server;
};
ON_BOTH_DATABASES(SharedTest);

TEST_P(SharedTest, file_when_delivered_then_there_and_sent_with_ranges_without_a_copy) {
  auto store = open();
  const std::string bytes = bytes_of(3000);
  const Hash hash = ok(store->put(bytes));
  EXPECT_EQ(name(*store, hash).error().code, ErrorCode::unavailable);  // nothing may name what was not read back
  deliver_and_name(*store, hash);
  EXPECT_EQ(server.tell("list"), "videos/" + hash.hex.substr(0, 2) + "/" + hash.hex.substr(2) + "=3000");
  ok(store->remove(hash));
  EXPECT_EQ(sent(*store, hash, 0, 3000), bytes);
  EXPECT_EQ(sent(*store, hash, 2990, 10), bytes.substr(2990));
  // A job fetches it, checked.
  EXPECT_EQ(ok(read_file(ok(store->fetch(hash, {})), 3000)), bytes);
  EXPECT_EQ(ok(missing_in_bucket(db(), server.settings())), std::vector<std::string>());
  server.tell("forget videos/" + hash.hex.substr(0, 2) + "/" + hash.hex.substr(2));
  EXPECT_EQ(ok(missing_in_bucket(db(), server.settings())), std::vector<std::string>{"store: " + hash.hex + " is not there"});
}

TEST_P(SharedTest, file_when_the_store_keeps_other_bytes_then_not_there_and_removed) {
  auto store = open();
  const Hash hash = ok(store->put(bytes_of(3000)));
  server.tell("corrupt");
  const auto delivered = store->deliver(hash, {});
  ASSERT_FALSE(delivered);
  EXPECT_EQ(delivered.error().code, ErrorCode::conflict);
  EXPECT_EQ(delivered.error().message, "What lies in the store is not what was sent there: it is sent again.");
  EXPECT_EQ(server.tell("list"), "");
  EXPECT_FALSE(name(*store, hash));
  ok(store->remove(hash));
  EXPECT_FALSE(is_found(*store, hash));
}

TEST_P(SharedTest, copy_when_what_is_fetched_is_not_what_it_was_then_refused) {
  auto store = open();
  const Hash hash = ok(store->put(bytes_of(3000)));
  deliver_and_name(*store, hash);
  ok(store->remove(hash));
  const Bucket bucket(server.settings());
  ok(bucket.put(hash.hex.substr(0, 2) + "/" + hash.hex.substr(2), bytes_of(3000)));
  EXPECT_EQ(store->fetch(hash, {}).error().message, "What the store gave is not what lies there.");
  EXPECT_FALSE(store->has(hash));
}

TEST_P(SharedTest, long_file_when_cut_off_then_goes_on_with_the_parts_that_lack) {
  auto store = open();
  const std::string bytes = bytes_of((16 << 20) + 17);
  const Hash hash = ok(store->put(bytes));
  server.tell("cut 3");  // the connection breaks within the third of four parts
  EXPECT_EQ(store->deliver(hash, {}).error().code, ErrorCode::unavailable);
  EXPECT_EQ(server.tell("uploads"), "1");
  server.tell("asked");
  double told = 0;
  ok(store->deliver(hash, {.progress = [&](double part) { told = part; }, .stopping = {}}));
  EXPECT_EQ(told, 1);
  const std::string key = hash.hex.substr(0, 2) + "/" + hash.hex.substr(2), at = "videos/" + key;
  EXPECT_EQ(server.tell("asked"), "HEAD " + at + "; GET " + at + "; PUT " + at + "; PUT " + at + "; POST " + at + "; GET " + at);
  EXPECT_EQ(server.tell("uploads"), "0");
  ok(name(*store, hash));
  ok(store->remove(hash));
  EXPECT_EQ(sent(*store, hash, 10'000'000, 100), bytes.substr(10'000'000, 100));
  EXPECT_EQ(ok(store->fetch(hash, {})), ok(store->path(hash)));
}

TEST_P(SharedTest, long_file_when_the_store_forgot_its_parts_then_all_is_sent_again) {
  auto store = open();
  const Hash hash = ok(store->put(bytes_of(26 << 20)));  // six parts: their list has several pages
  server.tell("cut 6");
  EXPECT_FALSE(store->deliver(hash, {}));
  // Five are there, in a list of three pages.
  server.tell("asked");
  ok(store->deliver(hash, {}));
  const std::string at = "videos/" + hash.hex.substr(0, 2) + "/" + hash.hex.substr(2);
  EXPECT_EQ(server.tell("asked"), "HEAD " + at + "; GET " + at + "; GET " + at + "; GET " + at + "; PUT " + at + "; POST " + at + "; GET " + at);
  ok(store->deliver(hash, {}));  // again: looked at, and not sent
  EXPECT_EQ(server.tell("asked"), "HEAD " + at + "; GET " + at);
}

TEST_P(SharedTest, store_when_away_or_refusing_then_said_in_words_without_the_key) {
  auto store = open();
  const Hash hash = ok(store->put("a talk"));
  server.tell("fail 1");
  EXPECT_EQ(store->deliver(hash, {}).error().message, "The store cannot do it now (503).");  // a HEAD has no words
  server.tell("away");
  const auto away = store->deliver(hash, {});
  EXPECT_EQ(away.error().message, "The store at " + server.settings().endpoint + "/ does not answer.");
  server.tell("back");
  auto settings = server.settings();
  settings.secret = Secret<std::string>("another");
  const auto refused = open_in("others", settings)->deliver(ok(open_in("others", settings)->put("a talk")), {});
  EXPECT_EQ(refused.error().message, "The store refuses our key (403).");
  const Bucket bucket(settings);
  EXPECT_EQ(bucket.put("a", "b").error().message, "The store refuses our key (403, SignatureDoesNotMatch).");
  settings = server.settings();
  settings.name = "nobodys";
  EXPECT_EQ(Bucket(settings).put("a", "b").error().message, "The store has no bucket “nobodys”.");
  ok(store->deliver(hash, {}));
}

TEST_P(SharedTest, file_when_nothing_names_it_any_more_then_gone_from_the_store) {
  auto store = open();
  const Hash kept = ok(store->put("kept")), gone = ok(store->put("gone")), coming = ok(store->put("coming"));
  deliver_and_name(*store, kept);
  deliver_and_name(*store, gone);
  ok(store->deliver(coming, {}));
  const std::set<std::string> names{kept.hex};
  server.tell("away");
  EXPECT_EQ(store->withdraw_others(names, {}).error().code, ErrorCode::unavailable);
  ok(store->remove(gone));
  EXPECT_FALSE(is_found(*store, gone));  // from the first moment on
  server.tell("back");
  EXPECT_EQ(ok(store->put("gone")), gone);
  EXPECT_EQ(store->deliver(gone, {}).error().message, "The same file is just being removed from the store: it is sent when that is done.");
  EXPECT_EQ(ok(store->withdraw_others(names, {})), 1);
  // What comes for a row that is not written yet has a day.
  EXPECT_EQ(ok(store->withdraw_others(names, {})), 0);
  clock().advance(std::chrono::hours(25));
  EXPECT_EQ(ok(store->withdraw_others(names, {})), 1);
  EXPECT_EQ(server.tell("list"), "videos/" + kept.hex.substr(0, 2) + "/" + kept.hex.substr(2) + "=4");
}

TEST_P(SharedTest, upload_when_never_completed_then_its_parts_go_as_well) {
  auto store = open();
  const Hash hash = ok(store->put(bytes_of(11 << 20)));
  server.tell("cut 2");
  EXPECT_FALSE(store->deliver(hash, {}));
  clock().advance(std::chrono::hours(25));
  EXPECT_EQ(ok(store->withdraw_others({}, {})), 1);
  EXPECT_EQ(server.tell("uploads"), "0");
}

TEST_P(SharedTest, copy_when_older_than_wanted_then_removed_and_still_sent) {
  auto store = open(std::chrono::days(2));
  const Hash old = ok(store->put("old")), young = ok(store->put("young")), alone = ok(store->put("alone"));
  deliver_and_name(*store, old);
  deliver_and_name(*store, young);
  for (const auto& hash : {old, alone}) fs::last_write_time(ok(store->path(hash)), fs::file_time_type::clock::now() - std::chrono::hours(49));
  EXPECT_EQ(ok(store->forget_copies()), 1);
  EXPECT_FALSE(store->has(old));
  EXPECT_TRUE(store->has(young));
  EXPECT_TRUE(store->has(alone));  // lies nowhere else
  EXPECT_EQ(sent(*store, old, 0, 3), "old");
}

TEST(BucketSettings, value_when_none_of_its_kind_then_a_sentence) {
  const BucketSettings good{
      .endpoint = "https://s3.example.org:9000", .name = "talks", .key = "k", .secret = Secret<std::string>("s"), .prefix = "conf/videos"};
  EXPECT_EQ(wrong_with(good), "");
  const auto with = [&](auto change) {
    BucketSettings settings = good;
    change(settings);
    return wrong_with(settings);
  };
  const std::string endpoint = "“store.endpoint” must be an address such as https://s3.example.org, without a path.";
  for (const char* wrong : {"", "s3.example.org", "https://", "https://s3.example.org/", "https://key:secret@s3.example.org", "ftp://s3.example.org"})
    EXPECT_EQ(with([&](auto& s) { s.endpoint = wrong; }), endpoint) << wrong;
  EXPECT_EQ(with([](auto& s) { s.name = "a/b"; }), "“store.bucket” must name a bucket.");
  EXPECT_EQ(with([](auto& s) { s.region = ""; }), "“store.region” must be a region such as us-east-1.");
  EXPECT_EQ(with([](auto& s) { s.secret = Secret<std::string>(); }), "The store needs “store.key” and “store.secret”.");
  for (const char* wrong : {"/a", "a b", "a/../b", "ä"})
    EXPECT_TRUE(with([&](auto& s) { s.prefix = wrong; }).starts_with("“store.prefix” may consist of")) << wrong;
  EXPECT_EQ(with([](auto& s) { s.part_bytes = 1000; }), "A part of a file must have 5 MiB at least.");
}

}  // namespace
}  // namespace confer::files
