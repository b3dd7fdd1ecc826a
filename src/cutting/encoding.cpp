// More files of what is online: one job a profile (jobs.h).
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include "base/json_writer.h"
#include "base/log.h"
#include "cutting/finished.h"
#include "cutting/jobs.h"
#include "cutting/store.h"
#include "recordings/recordings.h"

namespace confer::cutting {

const char* const encode_kind = "cutting.encode";

namespace {

namespace fs = std::filesystem;

/// Which file of which cut, in which form.
struct Order {
  CutId cut;
  std::string hash;
  media::Profile profile = media::Profile::mp4;
};

std::optional<Order> order_of(const jobs::Job& job) {
  const auto json = nlohmann::json::parse(job.input, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  const auto profile = media::find_profile(json.value("profile", std::string()));
  if (!profile) return std::nullopt;
  return Order{.cut = CutId{json.value("cut", std::int64_t{0})}, .hash = json.value("hash", std::string()), .profile = *profile};
}

Result<void> queue(db::Tx& tx, const Order& order, EventId event, std::chrono::seconds later) {
  const std::string profile(media::name_of(order.profile));
  TRY(jobs::enqueue(tx,
                    {.kind = encode_kind,
                     .input = JsonWriter().begin_object().field("cut", order.cut.value).field("hash", order.hash).field("profile", profile).end_object().take(),
                     .run_at = tx.now() + later,
                     .event = event.value,
                     .unique_key = std::string(encode_kind) + ":" + order.hash + ":" + profile}));
  return {};
}

/// The cut, when what is to be encoded is online still and not encoded yet.
Result<std::optional<Cut>> due(const Workshop& shop, const Order& order) {
  TRY_ASSIGN(auto tx, shop.db.begin_read());
  TRY_ASSIGN(auto cut, store::find(tx, order.cut));
  if (!cut || cut->published_hash != order.hash) return std::nullopt;
  TRY_ASSIGN(const auto files, store::files_of(tx, cut->id, order.hash, order.profile));
  return files.empty() ? std::move(cut) : std::nullopt;
}

/// People wait for these; nobody waits for another form of what is online.
bool cuts_wait(const Workshop& shop) {
  auto tx = shop.db.begin_read();
  if (!tx) return false;
  constexpr int most = 100;
  const auto waiting = jobs::list_jobs(*tx, 0, jobs::State::waiting, most);
  return waiting &&
         std::ranges::any_of(*waiting, [&](const jobs::Job& job) { return (job.kind == preview_kind || job.kind == publish_kind) && job.run_at <= tx->now(); });
}

/// Into files/, each under its name in the result.
Result<std::vector<store::MadeFile>> put(const Workshop& shop, const std::string& out, media::Profile profile) {
  std::vector<store::MadeFile> made;
  if (profile != media::Profile::hls) {
    TRY_ASSIGN(const auto hash, shop.files.put_file(out));
    made.push_back({"video" + std::string(media::ending_of(profile)), hash.hex, {}});
    return made;
  }
  std::vector<fs::path> paths;
  std::error_code error;
  for (fs::directory_iterator entry(out, error), end; !error && entry != end; entry.increment(error)) paths.push_back(entry->path());
  if (error) return fail(ErrorCode::unavailable, "What was encoded cannot be read.", error.message());
  std::ranges::sort(paths);
  for (const auto& path : paths) {
    TRY_ASSIGN(const auto hash, shop.files.put_file(path));
    made.push_back({path.filename(), hash.hex, {}});
  }
  fs::remove_all(out, error);
  return made;
}

/// Encodes it, into files/. Nothing when there is nothing left to do: it gave way and waits again, or cannot be made.
Result<std::optional<Finished>> encode(const Workshop& shop, const Cut& cut, const Order& order, const std::string& base, jobs::Running& running) {
  auto in = shop.files.fetch(files::Hash{order.hash}, {.progress = {}, .stopping = [&] { return running.stopping(); }});
  if (!in && in.error().code == ErrorCode::not_found && shop.has_colleagues) TRY(left_to_others(shop, cut.id, "the video", running));
  if (!in && in.error().code == ErrorCode::unavailable) TRY(not_delivered(shop, cut.id, media::name_of(order.profile), in.error(), running));
  TRY(in);
  std::error_code error;
  const std::string out = base + (order.profile == media::Profile::hls ? "" : std::string(media::ending_of(order.profile)));
  // A folder that a crash left between its name and its rows.
  if (order.profile == media::Profile::hls) fs::remove_all(out, error);
  bool gives_way = false;
  auto asked = std::chrono::steady_clock::now();
  const auto stopping = [&] {
    if (running.stopping()) return true;
    constexpr std::chrono::seconds now_and_then{5};
    if (const auto now = std::chrono::steady_clock::now(); now - asked > now_and_then) {
      asked = now;
      gives_way = gives_way || cuts_wait(shop);
    }
    return gives_way;
  };
  const media::EncodeWish wish{.in = std::move(*in), .out = out, .profile = order.profile, .work = base + ".work"};
  const auto encoded = shop.encode(wish, [&](double part) { running.progress(part * part_of_making(shop)); }, stopping);
  if (!encoded && gives_way) {
    constexpr std::chrono::seconds meanwhile{30};
    TRY_ASSIGN(auto tx, shop.db.begin_write());
    TRY(queue(tx, order, cut.event, meanwhile));
    TRY(tx.commit());
    return std::nullopt;
  }
  if (!encoded && encoded.error().code == ErrorCode::invalid) {
    // No second try would make it: the page says so, and the video stays online as it is.
    TRY_ASSIGN(auto tx, shop.db.begin_write());
    TRY(store::set_problem(tx, order.cut, std::string(media::name_of(order.profile)) + " was not made: " + encoded.error().message));
    TRY(tx.commit());
    return std::nullopt;
  }
  TRY(encoded);
  Finished finished{.of = order.hash, .made = {}, .files = {}, .poster_at = {}, .length = encoded->length};
  finished.made.size_bytes = encoded->size_bytes;
  TRY_ASSIGN(finished.files, put(shop, out, order.profile));
  return finished;
}

Result<void> show(db::Tx& tx, const events::Event& event, const Cut& cut, const Order& order, const Finished& finished) {
  const auto& files = finished.files;
  TRY_ASSIGN(auto recording, recordings::find_recording(tx, cut.talk));
  if (!recording) return {};
  const auto main = std::ranges::find(recording->videos, order.hash, &recordings::Video::file_hash);
  if (main == recording->videos.end()) return {};
  recordings::Video video = *main;
  video.id = {};
  const bool is_sound = order.profile == media::Profile::opus || order.profile == media::Profile::m4a;
  if (is_sound) {
    video.kind = recordings::MediaKind::audio;
    video.width.reset();
    video.height.reset();
    video.quality.clear();
  }
  const auto first = order.profile == media::Profile::hls ? std::ranges::find(files, "master.m3u8", &store::MadeFile::name) : files.begin();
  if (first == files.end()) return fail(ErrorCode::internal, "HLS was made without a master playlist.");
  video.file_hash = first->hash;
  video.media_type = media::media_type_of(order.profile);
  video.size_bytes = static_cast<std::int64_t>(finished.made.size_bytes);
  video.length = seconds(std::llround(finished.length));
  recording->videos.push_back(std::move(video));
  TRY(recordings::save_recording(tx, system_actor("cutting"), event, cut.talk_code, std::move(*recording)));
  return {};
}

}  // namespace

Result<void> queue_encoding(db::Tx& tx, const Cut& cut, const Settings& settings) {
  for (const auto profile : settings.profiles)
    if (profile != media::Profile::mp4) TRY(queue(tx, {.cut = cut.id, .hash = cut.published_hash, .profile = profile}, cut.event, {}));
  return {};
}

Result<void> encode_published(const Workshop& shop, jobs::Running& running) {
  const auto order = order_of(running.job());
  if (!order) return {};
  TRY_ASSIGN(const auto cut, due(shop, *order));
  if (!cut) return {};
  std::error_code error;
  fs::create_directories(shop.folder, error);
  const std::string base = shop.folder + "/" + order->hash + "-" + std::string(media::name_of(order->profile)), kept = base + ".finished.json";
  auto finished = find_finished(shop, kept, order->hash);
  if (!finished) {
    TRY_ASSIGN(finished, encode(shop, *cut, *order, base, running));
    if (!finished) return {};
    TRY(keep_finished(kept, *finished));
  }
  if (const auto delivered = deliver(shop, finished->files, part_of_making(shop), running); !delivered)
    return not_delivered(shop, cut->id, media::name_of(order->profile), delivered.error(), running);
  const auto& files = finished->files;
  TRY_ASSIGN(auto tx, shop.db.begin_write());
  TRY_ASSIGN(const auto now, store::find(tx, order->cut));
  TRY_ASSIGN(const auto event, events::find_event(tx, cut->event));
  if (!now || !event || now->published_hash != order->hash) {  // there is another revision by now
    forget_finished(kept);
    return {};
  }
  for (const auto& file : files) TRY(store::add(tx, cut->id, order->hash, order->profile, file));
  TRY(name_all(shop, tx, files));
  TRY(show(tx, *event, *now, *order, *finished));
  if (tells_of_waiting(now->problem)) TRY(store::set_problem(tx, cut->id, {}));
  TRY(tx.commit());
  forget_finished(kept);
  log(LogTopic::media, "encoded", {{"event", event->slug}, {"talk", now->talk_code}, {"profile", media::name_of(order->profile)}});
  return {};
}

}  // namespace confer::cutting
