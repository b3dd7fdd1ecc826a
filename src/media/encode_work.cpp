// Chunks on disk (encode_work.h).
#include "media/encode_work.h"
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>
#include <algorithm>
#include <filesystem>
#include "base/text.h"

namespace confer::media {

namespace {

/// Of the chunks themselves: a tick of the source's time base, rounded once.
constexpr std::int64_t chunk_tolerance_us = 100;

void append(std::vector<std::string>& words, const std::vector<std::string>& more) { words.insert(words.end(), more.begin(), more.end()); }

/// A time base that ffmpeg's MP4 muxer takes as it is.
std::string timescale_of(const Listing& picture) {
  return picture.time_base_num == 1 && picture.time_base_den >= 1000 ? std::to_string(picture.time_base_den) : "90000";
}

std::string forced_at(const Listing& picture, const Chunk& chunk, const std::vector<std::size_t>& key_frames) {
  std::vector<std::string> times;
  for (const auto i : key_frames)
    if (i >= chunk.first && i < chunk.first + chunk.count) times.push_back(seconds_text(picture.pictures[i].at_us - picture.pictures[chunk.first].at_us));
  return join(times, ",");
}

}  // namespace

std::vector<std::string> repeatable() {
  return {"-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact", "-map_metadata", "-1", "-map_chapters", "-1"};
}

std::vector<std::string> repeatable_with_chapters(int input) {
  // “-map_metadata -1” would take their titles as well.
  return {"-fflags",         "+bitexact", "-flags:v",        "+bitexact", "-flags:a",      "+bitexact",
          "-map_metadata:g", "-1",        "-map_metadata:s", "-1",        "-map_chapters", std::to_string(input)};
}

Result<Original> look_at_source(const std::string& path, const Stopping& stopping) {
  std::error_code error;
  Original source;
  source.path = std::filesystem::canonical(path, error).string();
  if (error || !std::filesystem::is_regular_file(source.path, error)) return fail(ErrorCode::not_found, "There is no file “" + path + "”.");
  TRY_ASSIGN(source.picture, list_packets(source.path, "V:0", stopping));
  TRY_ASSIGN(source.sound, list_packets(source.path, "a:0", stopping));
  if (source.picture.pictures.empty() && source.sound.pictures.empty()) return fail(ErrorCode::invalid, "“" + path + "” has neither picture nor sound.");
  return source;
}

Result<EncodeWork> EncodeWork::open(const std::string& root, const std::string& key) {
  TRY(files::ensure_folder(root));
  const std::string folder = std::filesystem::canonical(root).string() + "/" + key;
  TRY(files::ensure_folder(folder));
  TRY_ASSIGN(auto lock, files::Descriptor::open(folder + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (flock(lock.number(), LOCK_EX | LOCK_NB) != 0) return fail(ErrorCode::conflict, "This is being made already.", "lock " + folder);
  return EncodeWork(root, folder, std::move(lock));
}

void EncodeWork::tell(double parts) const {
  if (progress_) progress_(std::clamp(parts / all_, 0.0, 1.0));
}

void EncodeWork::remove() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
  std::filesystem::remove(root_, ignored);  // where nothing else is in it
}

Result<FfmpegEnded> EncodeWork::run(FfmpegCall call, double parts, const Stopping& stopping) {
  const double length = std::max(call.media_seconds, 0.001);
  if (parts > 0) call.on_progress = [&](double seconds, std::int64_t) { tell(done_ + parts * std::clamp(seconds / length, 0.0, 1.0)); };
  TRY_ASSIGN(auto ended, run_ffmpeg(call, stopping));
  cpu_seconds_ += ended.cpu_seconds;
  done_ += parts;
  tell(done_);
  return ended;
}

Result<std::string> EncodeWork::part(const std::string& name, double parts, const std::function<Result<void>(const std::string&)>& make) {
  std::string path = folder_ + "/" + name, unfinished = path + ".part";
  if (std::error_code error; std::filesystem::exists(path, error)) {
    ++kept_;
    done_ += parts;
    tell(done_);
    return path;
  }
  if (auto made = make(unfinished); !made) {
    unlink(unfinished.c_str());
    return std::unexpected(std::move(made).error());
  }
  TRY(files::sync_file(unfinished));
  TRY(files::move_durably(unfinished, path));
  ++made_;
  return path;
}

Result<std::string> EncodeWork::encode_picture(const Original& source, const std::string& name, const std::vector<std::string>& settings,
                                               const std::vector<Chunk>& chunks, const std::vector<std::size_t>& key_frames, const Stopping& stopping) {
  const auto& pictures = source.picture.pictures;
  std::string list = "ffconcat version 1.0\n";
  for (std::size_t n = 0; n < chunks.size(); ++n) {
    const Chunk& chunk = chunks[n];
    const std::string file = fmt::format("{}-{:04}.mp4", name, n);
    const auto wanted = std::span(pictures).subspan(chunk.first, chunk.count);
    const std::int64_t starts = wanted.front().at_us - source.picture.file_starts_us;
    TRY(part(file, static_cast<double>(chunk.count), [&](const std::string& path) -> Result<void> {
      if (stopping && stopping()) return fail(ErrorCode::unavailable, "It was stopped.");
      FfmpegCall call;
      if (chunk.first > 0) call.words = {"-ss", seconds_text(starts)};
      append(call.words, {"-i", "file:" + source.path, "-map", "0:V:0", "-frames:v", std::to_string(chunk.count)});
      // Each picture as it comes and at its own time: none is repeated or left out to keep a rate.
      append(call.words, {"-fps_mode", "passthrough", "-enc_time_base", "-1"});
      append(call.words, settings);
      if (const auto times = forced_at(source.picture, chunk, key_frames); !times.empty()) append(call.words, {"-force_key_frames", times});
      append(call.words, repeatable());
      append(call.words, {"-video_track_timescale", timescale_of(source.picture), "-f", "mp4", "file:" + path});
      call.reads = {source.path};
      call.writes = {folder_};
      call.media_seconds = static_cast<double>(wanted.back().at_us - wanted.front().at_us) / 1e6;
      TRY(run(std::move(call), static_cast<double>(chunk.count), stopping));
      TRY_ASSIGN(const auto made, list_packets(path, "V:0", stopping));
      if (const auto why = difference_of(wanted, made.pictures, chunk_tolerance_us); !why.empty())
        return fail(ErrorCode::internal, "A part was not encoded as it must be. " + why, file);
      return {};
    }));
    list += "file '" + file + "'\n";
    // From one chunk's first picture to the next one's, so that nothing adds up.
    if (n + 1 < chunks.size()) list += "duration " + seconds_text(pictures[chunks[n + 1].first].at_us - wanted.front().at_us) + "\n";
  }
  std::string path = folder_ + "/" + name + ".ffconcat";
  TRY(files::write_durably(path, list));
  return path;
}

Result<std::string> EncodeWork::encode_sound(const Original& source, const std::string& name, const std::vector<std::string>& settings,
                                             const std::string& format, const Stopping& stopping) {
  return part(name, source.sound.length(), [&](const std::string& path) -> Result<void> {
    FfmpegCall call;
    call.words = {"-i", "file:" + source.path, "-map", "0:a:0", "-vn"};
    append(call.words, settings);
    append(call.words, repeatable());
    append(call.words, {"-f", format, "file:" + path});
    call.reads = {source.path};
    call.writes = {folder_};
    call.media_seconds = source.sound.length();
    TRY(run(std::move(call), source.sound.length(), stopping));
    return {};
  });
}

}  // namespace confer::media
