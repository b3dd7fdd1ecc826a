// HLS of a cut: its own picture and sound as they are, smaller pictures below it, each in one file with a playlist of its pieces (encode_parts.h).
#include <cmath>
#include <filesystem>
#include <fstream>
#include "files/files.h"
#include "media/encode_parts.h"
#include "media/hls.h"

namespace confer::media {

namespace {

/// Where 0 of the cut is. Later than 0, so that no time of decoding is below it and nothing is moved against the sound.
constexpr std::int64_t begins_us = 1000000;
constexpr std::size_t head_bytes = 65536, most_playlist = std::size_t{4} << 20U;

std::string head_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes(head_bytes, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return bytes;
}

struct Rendition {
  std::string name, in;       ///< "720p"; a file or a list of chunks
  std::string reads;          ///< what is needed for it: a file or a folder
  std::int64_t moved_us = 0;  ///< what is added to its times
  bool is_list = false, is_sound = false;
};

/// Errors: internal – what was made is not right.
Result<MediaPlaylist> make_rendition(const Making& making, const Rendition& rendition) {
  const std::string base = making.unfinished + "/" + rendition.name;
  FfmpegCall call;
  call.words = {"-copyts", "-itsoffset", seconds_text(rendition.moved_us + begins_us)};
  if (rendition.is_list) append(call.words, {"-f", "concat"});
  append(call.words, {"-i", "file:" + rendition.in, "-map", rendition.is_sound ? "0:a:0" : "0:V:0"});
  append(call.words, rendition.is_sound ? sound_settings(Profile::hls, making.source.sound.codec) : std::vector<std::string>{"-c", "copy"});
  append(call.words, repeatable());
  append(call.words, {"-f", "hls", "-hls_time", std::to_string(static_cast<int>(segment_seconds)), "-hls_playlist_type", "vod", "-hls_list_size", "0"});
  append(call.words, {"-hls_segment_type", "fmp4", "-hls_flags", "single_file+independent_segments", "-hls_segment_options", "movflags=+frag_discont"});
  append(call.words, {"-hls_segment_filename", base + ".mp4", base + ".m3u8"});
  call.reads = {rendition.reads};
  call.writes = {making.unfinished};
  call.media_seconds = making.source.length();
  TRY(making.work.run(std::move(call), making.source.length(), making.stopping));
  TRY(check_made(making, base + ".mp4", rendition.is_sound ? Holds::sound : Holds::picture, begins_us));
  TRY_ASSIGN(const auto text, files::read_file(base + ".m3u8", most_playlist));
  TRY_ASSIGN(auto playlist, read_media_playlist(text));
  std::error_code error;
  const auto& last = playlist.segments.back();
  if (playlist.file != rendition.name + ".mp4" || last.from + last.bytes != std::filesystem::file_size(base + ".mp4", error))
    return fail(ErrorCode::internal, "The playlist of HLS does not name the whole file.", base);
  return playlist;
}

}  // namespace

Result<void> make_hls(const Making& making) {
  const Original& source = making.source;
  const auto& pictures = source.picture.pictures;
  const auto rungs = rungs_below(source.picture.height);
  const std::int64_t starts = source.picture.file_starts_us;
  making.work.expect(static_cast<double>(rungs.size() * pictures.size()) +
                     (static_cast<double>(rungs.size()) + (making.has_sound() ? 2 : 1)) * source.length());
  std::int64_t sound_peak = 0, sound_average = 0;
  if (making.has_sound()) {
    TRY_ASSIGN(const auto sound, make_rendition(making, {.name = "sound", .in = source.path, .reads = source.path, .moved_us = -starts, .is_sound = true}));
    sound_peak = sound.peak_bits_per_second();
    sound_average = sound.average_bits_per_second();
  }
  std::vector<Variant> variants;
  const auto add = [&](const Rendition& rendition) -> Result<void> {
    TRY_ASSIGN(const auto playlist, make_rendition(making, rendition));
    const std::string base = making.unfinished + "/" + rendition.name;
    TRY_ASSIGN(const auto listing, list_packets(base + ".mp4", "V:0", making.stopping));
    Variant variant{.playlist = rendition.name + ".m3u8", .codec = avc_codec_in(head_of(base + ".mp4"))};
    if (variant.codec.empty()) return fail(ErrorCode::internal, "A picture of HLS does not say what it is.", base);
    variant.width = listing.width;
    variant.height = listing.height;
    variant.frame_rate = source.picture.frame_rate;
    variant.peak = playlist.peak_bits_per_second() + sound_peak;
    variant.average = playlist.average_bits_per_second() + sound_average;
    variants.push_back(std::move(variant));
    return {};
  };
  // Segments of all pictures begin at the same times: where those of the cut can.
  const auto keys = segment_starts(pictures, segment_seconds);
  const auto chunks = plan_chunks(pictures, making.wish.chunk_seconds);
  for (const auto& rung : rungs) {
    TRY_ASSIGN(const auto list, making.work.encode_picture(source, rung.name(), picture_settings(rung), chunks, keys, making.stopping));
    TRY(add({.name = rung.name(), .in = list, .reads = making.work.folder(), .moved_us = pictures.front().at_us - starts, .is_list = true}));
  }
  TRY(add({.name = "source", .in = source.path, .reads = source.path, .moved_us = -starts}));
  return files::create_synced(making.unfinished + "/master.m3u8", master_playlist(variants, making.has_sound() ? "sound.m3u8" : ""));
}

}  // namespace confer::media
