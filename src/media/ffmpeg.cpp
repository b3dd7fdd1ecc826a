// Calls of ffmpeg and ffprobe (ffmpeg.h).
#include "media/ffmpeg.h"
#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <tuple>
#include <utility>
#include "base/text.h"
#include "media/process.h"

namespace confer::media {

namespace {

Limits limits_for(double media_seconds) {
  Limits limits;
  // A minute of full HD takes the slowest encoder some minutes of one processor; ten times that is a fault.
  limits.cpu = std::chrono::seconds(600 + static_cast<std::int64_t>(60 * std::max(0.0, media_seconds)));
  limits.wall = 4 * limits.cpu;
  limits.memory_bytes = std::uint64_t{8} << 30U;
  return limits;
}

/// "1.234567" as microseconds.
std::optional<std::int64_t> microseconds_in(std::string_view text) {
  double seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc{} || end != text.data() + text.size() || std::abs(seconds) > 1e9) return std::nullopt;
  return std::llround(seconds * 1e6);
}

/// What encoders print of themselves is no complaint.
std::string complaints_in(const std::string& text) {
  std::string out;
  for (const auto line : split(text, '\n'))
    if (!trim(line).empty() && !line.starts_with("Svt[info]")) out += std::string(line) + "\n";
  return out;
}

/// "packet|pts_time=0.040000|flags=K_" → the value of a name; empty when it is not there.
std::string_view value_in(std::string_view line, std::string_view name) {
  for (const auto field : split(line, '|'))
    if (field.size() > name.size() && field.starts_with(name) && field[name.size()] == '=') return field.substr(name.size() + 1);
  return {};
}

std::int64_t number_in(std::string_view text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// "30000/1001"; nothing where one half is no positive number.
std::optional<std::pair<int, int>> fraction_in(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const std::int64_t num = number_in(text.substr(0, slash)), den = number_in(text.substr(slash + 1));
  constexpr std::int64_t most = 1000000000;
  if (num <= 0 || den <= 0 || num > most || den > most) return std::nullopt;
  return std::pair(static_cast<int>(num), static_cast<int>(den));
}

void read_line(std::string_view line, Listing& listing) {
  if (line.starts_with("packet|")) {
    const auto at = microseconds_in(value_in(line, "pts_time"));
    const auto flags = value_in(line, "flags");
    if (!at || flags.contains('D')) return;
    listing.pictures.push_back({*at, flags.contains('K')});
    listing.ends_us = std::max(listing.ends_us, *at + microseconds_in(value_in(line, "duration_time")).value_or(0));
  } else if (line.starts_with("format|")) {
    listing.file_starts_us = microseconds_in(value_in(line, "start_time")).value_or(0);
  } else if (line.starts_with("stream|")) {
    std::tie(listing.time_base_num, listing.time_base_den) = fraction_in(value_in(line, "time_base")).value_or(std::pair(1, 1000));
    listing.codec = value_in(line, "codec_name");
    listing.width = static_cast<int>(number_in(value_in(line, "width")));
    listing.height = static_cast<int>(number_in(value_in(line, "height")));
    if (const auto rate = fraction_in(value_in(line, "avg_frame_rate"))) listing.frame_rate = static_cast<double>(rate->first) / rate->second;
  }
}

}  // namespace

Result<FfmpegEnded> run_ffmpeg(const FfmpegCall& call, const Stopping& stopping) {
  std::vector<std::string> words{"ffmpeg", "-hide_banner", "-nostdin", "-nostats", "-v", "error", "-progress", "pipe:1", "-y"};
  words.insert(words.end(), call.words.begin(), call.words.end());
  Limits limits = limits_for(call.media_seconds);
  limits.reads = call.reads;
  limits.writes = call.writes;
  FfmpegEnded out;
  bool has_ended = false;
  TRY_ASSIGN(const auto ended, run_limited(
                                   words, limits,
                                   [&](std::string_view line) {
                                     const auto equals = line.find('=');
                                     if (equals == std::string_view::npos) return;
                                     const auto name = line.substr(0, equals), value = trim(line.substr(equals + 1));
                                     if (name == "frame") out.pictures = number_in(value);
                                     if (name == "out_time_us") out.seconds = static_cast<double>(number_in(value)) / 1e6;
                                     has_ended = has_ended || (name == "progress" && value == "end");
                                     if (name == "progress" && call.on_progress) call.on_progress(out.seconds, out.pictures);
                                   },
                                   stopping));
  out.cpu_seconds = ended.cpu_seconds;
  out.complaints = complaints_in(ended.err);
  if (ended.was_stopped || ended.took_too_long) return fail(ErrorCode::unavailable, reason_of(ended));
  if (!ended.is_well() || !has_ended) return fail(ErrorCode::internal, "ffmpeg failed: " + reason_of(ended), ended.err);
  return out;
}

Result<std::string> ffmpeg_version() {
  TRY_ASSIGN(const auto ended, run_limited({"ffmpeg", "-version"}, limits_for(0)));
  if (!ended.is_well()) return fail(ErrorCode::unavailable, "ffmpeg cannot be started: " + reason_of(ended), ended.err);
  return ended.out.substr(0, ended.out.find('\n'));
}

Result<Listing> list_packets(const std::string& path, const std::string& stream, const Stopping& stopping) {
  Limits limits = limits_for(3600);
  limits.reads = {path};
  Listing listing;
  const std::vector<std::string> words{"ffprobe",
                                       "-v",
                                       "error",
                                       "-select_streams",
                                       stream,
                                       "-show_entries",
                                       "packet=pts_time,duration_time,flags:stream=codec_name,width,height,avg_frame_rate,time_base:format=start_time",
                                       "-of",
                                       "compact",
                                       "file:" + path};
  TRY_ASSIGN(const auto ended, run_limited(words, limits, [&](std::string_view line) { read_line(line, listing); }, stopping));
  if (ended.was_stopped || ended.took_too_long) return fail(ErrorCode::unavailable, reason_of(ended));
  if (!ended.is_well()) return fail(ErrorCode::invalid, "The file cannot be read: " + reason_of(ended), ended.err);
  std::ranges::sort(listing.pictures, {}, &Picture::at_us);
  // Not every container says how long its last packet is: as long as the one before it.
  if (const auto n = listing.pictures.size(); n > 1)
    listing.ends_us = std::max(listing.ends_us, 2 * listing.pictures[n - 1].at_us - listing.pictures[n - 2].at_us);
  return listing;
}

}  // namespace confer::media
