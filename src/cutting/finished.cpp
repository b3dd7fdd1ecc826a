// What was made and is on its way (finished.h).
#include "cutting/finished.h"
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include "base/json_writer.h"
#include "base/log.h"
#include "files/durable.h"

namespace confer::cutting {
namespace {

/// A store that is away is asked so often: with one small request each time.
constexpr seconds asked_again{20};
/// After so long a worker looks again whether it can read what it left to others.
constexpr seconds looked_again{60};
constexpr std::string_view until_there = "waits until the store is there again.", until_taken = "it is left to one that can.";
constexpr std::size_t largest_kept = 8 << 20;
/// What pages are drawn from; larger texts are none.
constexpr std::size_t largest_told = 1 << 20;

std::string told_by(const std::string& path) { return path.ends_with(".json") ? files::read_file(path, largest_told).value_or("") : std::string(); }

}  // namespace

Result<void> keep_finished(const std::string& path, const Finished& finished) {
  const Made& made = finished.made;
  JsonWriter w;
  w.begin_object().field("of", finished.of).field("from_ms", to_ms(made.span.from)).field("to_ms", to_ms(made.span.to));
  w.field("frame_rate", made.frame_rate).field("width", made.width).field("height", made.height);
  w.field("size_bytes", static_cast<std::int64_t>(made.size_bytes)).field("length_ms", made.length.count());
  w.field("title_ms", made.title_lasts.count()).field("end_ms", made.end_lasts.count()).field("sound", made.sound).field("wave", made.wave);
  w.field("length", finished.length).field("poster_at", finished.poster_at ? static_cast<std::int64_t>(*finished.poster_at) : -1);
  w.key("files").begin_array();
  for (const auto& file : finished.files) w.begin_object().field("name", file.name).field("hash", file.hash).field("told", file.told).end_object();
  return files::write_durably(path, w.end_array().end_object().take());
}

std::optional<Finished> find_finished(const Workshop& shop, const std::string& path, std::string_view of) {
  const auto text = files::read_file(path, largest_kept);
  if (!text) return std::nullopt;
  try {
    const auto json = nlohmann::json::parse(*text);
    if (json.at("of").get<std::string>() != of) return std::nullopt;
    const auto ms = [&](const char* name) { return milliseconds(json.at(name).get<std::int64_t>()); };
    Finished finished{.of = std::string(of),
                      .made = {.path = {},
                               .span = {instant_of_ms(json.at("from_ms").get<std::int64_t>()), instant_of_ms(json.at("to_ms").get<std::int64_t>())},
                               .frame_rate = json.at("frame_rate").get<double>(),
                               .width = json.at("width").get<int>(),
                               .height = json.at("height").get<int>(),
                               .size_bytes = json.at("size_bytes").get<std::uint64_t>(),
                               .length = ms("length_ms"),
                               .title_lasts = ms("title_ms"),
                               .end_lasts = ms("end_ms"),
                               .sound = json.at("sound").get<std::string>(),
                               .wave = json.at("wave").get<std::string>(),
                               .poster = {},
                               .beside = {}},
                      .files = {},
                      .poster_at = {},
                      .length = json.at("length").get<double>()};
    for (const auto& file : json.at("files"))
      finished.files.push_back({file.at("name").get<std::string>(), file.at("hash").get<std::string>(), file.at("told").get<std::string>()});
    if (const auto at = json.at("poster_at").get<std::int64_t>(); at >= 0) finished.poster_at = static_cast<std::size_t>(at);
    const bool is_whole = !finished.files.empty() && finished.poster_at.value_or(0) < finished.files.size() &&
                          std::ranges::all_of(finished.files, [&](const auto& file) { return shop.files.has(files::Hash{file.hash}); });
    return is_whole ? std::optional(std::move(finished)) : std::nullopt;
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;  // of an earlier version: made again
  }
}

void forget_finished(const std::string& path) {
  std::error_code gone;
  std::filesystem::remove(path, gone);
}

Result<std::vector<store::MadeFile>> put_all(const Workshop& shop, const std::vector<std::string>& paths) {
  std::vector<store::MadeFile> files;
  for (const auto& path : paths) {
    std::string told = told_by(path);
    TRY_ASSIGN(const auto hash, shop.files.put_file(path));
    files.push_back({std::filesystem::path(path).filename(), hash.hex, std::move(told)});
  }
  return files;
}

double part_of_making(const Workshop& shop) {
  constexpr double most_of_it = 0.9;
  return shop.files.is_shared() ? most_of_it : 1;
}

Result<void> deliver(const Workshop& shop, const std::vector<store::MadeFile>& files, double from, jobs::Running& running) {
  double done = 0;
  for (const auto& file : files) {
    const files::Watch watch{.progress = [&](double part) { running.progress(from + (1 - from) * (done + part) / static_cast<double>(files.size())); },
                             .stopping = [&] { return running.stopping(); }};
    const files::Hash hash{file.hash};
    auto delivered = shop.files.deliver(hash, watch);
    // A copy that does not hold what it should is made again.
    if (!delivered && delivered.error().code == ErrorCode::conflict && !shop.files.is_whole(hash).value_or(true)) static_cast<void>(shop.files.remove(hash));
    TRY(delivered);
    ++done;
  }
  return {};
}

Result<void> name_all(const Workshop& shop, db::Tx& tx, const std::vector<store::MadeFile>& files) {
  for (const auto& file : files) TRY(shop.files.name(tx, files::Hash{file.hash}));
  return {};
}

bool tells_of_waiting(std::string_view problem) { return problem.ends_with(until_there) || problem.ends_with(until_taken); }

Result<void> not_delivered(const Workshop& shop, CutId cut, std::string_view what, const Error& error, jobs::Running& running) {
  if (running.stopping()) return std::unexpected(error);
  const bool waits = error.code == ErrorCode::unavailable;
  std::string problem = error.message;
  if (waits) problem += " " + std::string(what) + " is ready, and " + std::string(until_there);
  TRY_ASSIGN(auto tx, shop.db.begin_write());
  TRY(store::set_problem(tx, cut, problem));
  TRY(tx.commit());
  if (waits) running.wait(asked_again);
  return std::unexpected(error);
}

Result<void> left_to_others(const Workshop& shop, CutId cut, std::string_view what, jobs::Running& running) {
  const std::string problem = "The worker on " + shop.machine + " cannot read " + std::string(what) + ": " + std::string(until_taken);
  TRY_ASSIGN(auto tx, shop.db.begin_write());
  TRY(store::set_problem(tx, cut, problem));
  TRY(tx.commit());
  running.leave(looked_again);
  return fail(ErrorCode::unavailable, problem);
}

}  // namespace confer::cutting
