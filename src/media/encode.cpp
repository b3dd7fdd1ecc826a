// Makes files of a cut by the ffmpeg program, and looks at each before it gets its name (encode.h).
#include "media/encode.h"
#include <unistd.h>
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include "base/random.h"
#include "base/text.h"
#include "files/files.h"
#include "media/encode_parts.h"

namespace confer::media {

namespace {

namespace fs = std::filesystem;

/// WebM counts milliseconds: a picture's time is rounded in the source's, the chunk's and the result's.
constexpr std::int64_t picture_tolerance_us = 1500, sound_tolerance_us = 50000;

/// What libopus puts in front of the sound, 312 samples, in WebM's milliseconds: ffmpeg reads such sound as beginning that much before 0, and players throw it
/// away.
constexpr std::string_view opus_delay = "0.007";

bool has_picture(Profile profile) { return profile != Profile::opus && profile != Profile::m4a; }

Result<void> check_wish(const EncodeWish& wish, const Original& source, const std::string& out) {
  std::error_code error;
  if (fs::equivalent(source.path, out, error)) return fail(ErrorCode::invalid, "The result would replace the cut.");
  const std::string folder = files::folder_of(out);
  if (!fs::is_directory(folder, error)) return fail(ErrorCode::not_found, "There is no folder “" + folder + "”.");
  if (wish.profile == Profile::hls ? fs::exists(out, error) : fs::is_directory(out, error))
    return fail(ErrorCode::conflict, "“" + wish.out + "” is there already.");
  if (has_picture(wish.profile) && source.picture.pictures.empty()) return fail(ErrorCode::invalid, "“" + wish.in + "” has no picture.");
  if (!has_picture(wish.profile) && source.sound.pictures.empty()) return fail(ErrorCode::invalid, "“" + wish.in + "” has no sound.");
  if (wish.profile == Profile::hls && source.picture.codec != "h264")
    return fail(ErrorCode::invalid, "HLS is made of cuts in H.264; the picture of “" + wish.in + "” is " + source.picture.codec + ".");
  return {};
}

/// All that the chunks' bytes depend on.
Result<std::string> key_of(const EncodeWish& wish, const Original& source) {
  TRY_ASSIGN(const auto hash, files::hash_of_file(source.path));
  TRY_ASSIGN(const auto version, ffmpeg_version());
  std::string all = hash.hex + "\n" + version + "\n" + std::string(name_of(wish.profile)) + "\n" + std::to_string(wish.chunk_seconds) + "\n";
  all += join(picture_settings(wish.profile, source.picture.frame_rate), " ") + "\n" + join(sound_settings(wish.profile, source.sound.codec), " ") + "\n";
  if (wish.profile == Profile::hls)
    for (const auto& rung : rungs_below(source.picture.height)) all += join(picture_settings(rung), " ") + "\n";
  return sha256_hex(all).substr(0, 32);
}

Result<void> make_webm(const Making& making) {
  const Original& source = making.source;
  const auto chunks = plan_chunks(source.picture.pictures, making.wish.chunk_seconds);
  const auto pictures = static_cast<double>(source.picture.pictures.size());
  making.work.expect(pictures + (making.has_sound() ? 2 : 1) * source.length());
  std::string sound;
  if (making.has_sound()) {
    TRY_ASSIGN(sound, making.work.encode_sound(source, "sound.webm", sound_settings(making.wish.profile, source.sound.codec), "webm", making.stopping));
  }
  const auto settings = picture_settings(making.wish.profile, source.picture.frame_rate);
  TRY_ASSIGN(const auto list, making.work.encode_picture(source, "picture", settings, chunks, {}, making.stopping));
  FfmpegCall call;
  // Times as they are: the picture from where it begins in the source, which the sound's count from too.
  const auto begins = source.picture.pictures.front().at_us - source.picture.file_starts_us;
  call.words = {"-copyts", "-itsoffset", seconds_text(begins), "-f", "concat", "-i", "file:" + list};
  if (!sound.empty()) append(call.words, {"-itsoffset", std::string(opus_delay), "-i", "file:" + sound});
  // For its chapters alone.
  append(call.words, {"-i", "file:" + source.path});
  append(call.words, {"-map", "0:v:0"});
  if (!sound.empty()) append(call.words, {"-map", "1:a:0"});
  append(call.words, {"-c", "copy"});
  append(call.words, repeatable_with_chapters(sound.empty() ? 1 : 2));
  // Nothing is moved to make times positive: the picture stays at 0.
  append(call.words, {"-avoid_negative_ts", "disabled", "-cues_to_front", "1", "-f", "webm", "file:" + making.unfinished});
  call.reads = {making.work.folder(), source.path};
  call.writes = {making.unfinished};
  call.media_seconds = source.length();
  TRY(making.work.run(std::move(call), source.length(), making.stopping));
  return check_made(making, making.unfinished, making.has_sound() ? Holds::both : Holds::picture);
}

Result<void> make_sound(const Making& making) {
  const Original& source = making.source;
  making.work.expect(source.sound.length());
  FfmpegCall call;
  call.words = {"-i", "file:" + source.path, "-map", "0:a:0", "-vn"};
  append(call.words, sound_settings(making.wish.profile, source.sound.codec));
  append(call.words, repeatable());
  if (making.wish.profile == Profile::opus)
    append(call.words, {"-f", "ogg"});
  else
    append(call.words, {"-movflags", "+faststart", "-f", "ipod"});
  call.words.push_back("file:" + making.unfinished);
  call.reads = {source.path};
  call.writes = {making.unfinished};
  call.media_seconds = source.sound.length();
  TRY(making.work.run(std::move(call), source.sound.length(), making.stopping));
  return check_made(making, making.unfinished, Holds::sound);
}

/// The cut is what is wanted: it is copied, not encoded.
Result<void> make_copy(const Original& source, const std::string& unfinished) {
  std::error_code error;
  fs::copy_file(source.path, unfinished, fs::copy_options::overwrite_existing, error);
  if (error) return fail(ErrorCode::unavailable, "The cut could not be copied: " + error.message() + ".");
  TRY_ASSIGN(const auto before, files::hash_of_file(source.path));
  TRY_ASSIGN(const auto after, files::hash_of_file(unfinished));
  if (before != after) return fail(ErrorCode::unavailable, "The cut has changed while it was copied.");
  return {};
}

std::uint64_t size_of(const std::string& path) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return fs::file_size(path, error);
  std::uint64_t sum = 0;
  for (const auto& file : fs::directory_iterator(path, error)) sum += file.file_size(error);
  return sum;
}

Result<Encoded> make(const EncodeWish& wish, const Original& source, const std::string& out, const std::function<void(double)>& progress,
                     const Stopping& stopping) {
  const std::string unfinished = out + ".part";
  std::error_code ignored;
  fs::remove_all(unfinished, ignored);
  const auto finish = [&]() -> Result<void> {
    if (wish.profile != Profile::hls) TRY(files::sync_file(unfinished));
    return files::move_durably(unfinished, out);
  };
  Encoded made;
  made.length = has_picture(wish.profile) ? source.length() : source.sound.length();
  made.pictures = has_picture(wish.profile) ? static_cast<std::int64_t>(source.picture.pictures.size()) : 0;
  if (wish.profile == Profile::mp4) {
    TRY(make_copy(source, unfinished));
    TRY(finish());
    made.size_bytes = size_of(out);
    return made;
  }
  TRY_ASSIGN(const auto key, key_of(wish, source));
  TRY_ASSIGN(auto work, EncodeWork::open(wish.work.empty() ? out + ".work" : wish.work, key));
  work.tell_to(progress);
  const Making making{wish, source, unfinished, work, stopping};
  if (wish.profile == Profile::hls) {
    TRY(files::ensure_folder(unfinished));
    TRY(make_hls(making));
    for (const auto& file : fs::directory_iterator(unfinished, ignored)) TRY(files::sync_file(file.path().string()));
    TRY(files::sync_folder(unfinished));
  } else {
    TRY(files::create_synced(unfinished, ""));  // what may be written is named, and so must be there
    TRY(has_picture(wish.profile) ? make_webm(making) : make_sound(making));
  }
  TRY(finish());
  made.size_bytes = size_of(out);
  made.chunks = work.made() + work.kept();
  made.chunks_kept = work.kept();
  made.cpu_seconds = work.cpu_seconds();
  work.remove();
  return made;
}

}  // namespace

void append(std::vector<std::string>& words, const std::vector<std::string>& more) { words.insert(words.end(), more.begin(), more.end()); }

Result<void> check_made(const Making& making, const std::string& path, Holds holds, std::int64_t begins_us) {
  const auto wrong = [&](const std::string& why) { return fail(ErrorCode::internal, "What was made is not what its source is. " + why, path); };
  const bool wants_picture = holds != Holds::sound, wants_sound = holds != Holds::picture;
  const Original& source = making.source;
  TRY_ASSIGN(const auto picture, list_packets(path, "V:0", making.stopping));
  TRY_ASSIGN(const auto sound, list_packets(path, "a:0", making.stopping));
  if (picture.pictures.empty() == wants_picture) return wrong(wants_picture ? "It has no picture." : "It has a picture.");
  if (sound.pictures.empty() == wants_sound) return wrong(wants_sound ? "It has no sound." : "It has sound.");
  // Where something is in the source, counted from its beginning, and in the result.
  const auto off = [&](std::int64_t in_source, std::int64_t in_result) {
    return std::abs((in_result - begins_us) - (in_source - source.picture.file_starts_us));
  };
  if (wants_picture) {
    if (const auto why = difference_of(source.picture.pictures, picture.pictures, picture_tolerance_us); !why.empty()) return wrong(why);
    if (off(source.picture.pictures.front().at_us, picture.pictures.front().at_us) > sound_tolerance_us) return wrong("Its picture begins at another time.");
  }
  if (wants_sound) {
    if (std::abs(sound.length() - source.sound.length()) * 1e6 > static_cast<double>(sound_tolerance_us)) return wrong("Its sound has another length.");
    if (wants_picture && off(source.sound.pictures.front().at_us, sound.pictures.front().at_us) > sound_tolerance_us)
      return wrong("Its sound begins at another time.");
  }
  FfmpegCall call;
  const double length = wants_picture ? source.length() : source.sound.length();
  call.words = {"-xerror",
                "-ss",
                seconds_text(static_cast<std::int64_t>(std::max(0.0, length - 2) * 1e6)),
                "-i",
                "file:" + path,
                "-map",
                wants_picture ? "0:v" : "0:a",
                "-fps_mode",
                "passthrough",
                "-enc_time_base",
                "-1",
                "-f",
                "null",
                "-"};
  // Chapters are a stream of their own in MP4, which nobody decodes.
  if (wants_picture && wants_sound) call.words.insert(call.words.begin() + 5, {"-map", "0:a"});
  call.reads = {path};
  call.media_seconds = 2;
  auto decoded = run_ffmpeg(call, making.stopping);
  if (!decoded && decoded.error().code == ErrorCode::unavailable) return std::unexpected(std::move(decoded).error());
  if (!decoded || !decoded->complaints.empty()) return wrong("Its end cannot be decoded. " + (decoded ? decoded->complaints : decoded.error().message));
  if (wants_picture ? decoded->pictures == 0 : decoded->seconds <= 0) return wrong("Nothing of its end can be decoded.");
  return {};
}

Result<Encoded> encode(const EncodeWish& wish, const std::function<void(double)>& progress, const std::function<bool()>& stopping) {
  TRY_ASSIGN(const auto source, look_at_source(wish.in, stopping));
  const std::string out = fs::absolute(wish.out).lexically_normal().string();
  TRY(check_wish(wish, source, out));
  auto made = make(wish, source, out, progress, stopping);
  if (!made) {
    std::error_code ignored;
    fs::remove_all(out + ".part", ignored);
  }
  return made;
}

}  // namespace confer::media
