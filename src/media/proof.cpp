// Counts, compares hashes, decodes the joints on both sides.
#include "media/proof.h"
#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <set>
extern "C" {
#include <libavutil/pixdesc.h>
}

namespace confer::media {

namespace {

/// How many frames on each side of a joint are looked at.
constexpr std::size_t around = 12;
constexpr double least_psnr = 35;
/// Of a card that was encoded as all of a video is: letters on a plain ground.
constexpr double least_card_psnr = 30;

/// All pixels of a frame, of 8 or more bits.
struct Pixels {
  int width = 0, height = 0;
  std::vector<std::uint8_t> luma, rest;
  int bytes = 1;  ///< a sample
};

Pixels pixels_of(const AVFrame& frame) {
  Pixels out;
  const AVPixFmtDescriptor* format = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
  if (format == nullptr || (format->flags & AV_PIX_FMT_FLAG_PLANAR) == 0) return out;
  out.width = frame.width;
  out.height = frame.height;
  out.bytes = format->comp[0].depth > 8 ? 2 : 1;
  for (int p = 0; p < format->nb_components && p < 3; ++p) {
    const int width = p == 0 ? frame.width : AV_CEIL_RSHIFT(frame.width, format->log2_chroma_w),
              height = p == 0 ? frame.height : AV_CEIL_RSHIFT(frame.height, format->log2_chroma_h);
    auto& to = p == 0 ? out.luma : out.rest;
    for (int y = 0; y < height; ++y) {
      const std::uint8_t* line = frame.data[p] + static_cast<std::ptrdiff_t>(y) * frame.linesize[p];
      to.insert(to.end(), line, line + static_cast<std::ptrdiff_t>(width) * out.bytes);
    }
  }
  return out;
}

double psnr(const Pixels& a, const Pixels& b) {
  if (a.luma.size() != b.luma.size() || a.bytes != b.bytes || a.luma.empty()) return 0;
  double sum = 0;
  const std::size_t count = a.luma.size() / static_cast<std::size_t>(a.bytes);
  for (std::size_t i = 0; i < count; ++i) {
    const auto value = [&](const Pixels& p) { return p.bytes == 1 ? static_cast<int>(p.luma[i]) : p.luma[2 * i] + 256 * p.luma[2 * i + 1]; };
    const double difference = value(a) - value(b);
    sum += difference * difference;
  }
  const double most = a.bytes == 1 ? 255 : 1023;
  return sum == 0 ? 100 : std::min(100.0, 10 * std::log10(most * most * static_cast<double>(count) / sum));
}

/// Decodes the frames shown at these times (rising) of a file; `change` may change them before they are looked at. Those that are not there are missing in
/// the answer.
Result<std::map<std::int64_t, Pixels>> decode_at(const std::string& path, const std::set<std::int64_t>& times, int threads,
                                                 const std::function<void(AVFrame&)>& change = {}) {
  std::map<std::int64_t, Pixels> out;
  if (times.empty()) return out;
  TRY_ASSIGN(auto reader, VideoReader::open(path));
  const Packet packet = new_packet();
  const Frame frame = new_frame();
  TRY(reader.wind_before(*times.begin()));
  TRY_ASSIGN(const auto decoder, reader.decoder(threads));
  const auto drain = [&] {
    while (avcodec_receive_frame(decoder.get(), frame.get()) == 0)
      if (times.contains(frame->best_effort_timestamp)) {
        if (change) change(*frame);
        out[frame->best_effort_timestamp] = pixels_of(*frame);
      }
  };
  bool has_begun = false;
  while (out.size() < times.size()) {
    TRY_ASSIGN(const bool is_there, reader.read(*packet));
    if (!is_there) break;
    has_begun = has_begun || reader.describe(*packet).is_start;
    if (!has_begun) continue;
    if (avcodec_send_packet(decoder.get(), packet.get()) == AVERROR(EAGAIN)) {
      drain();
      avcodec_send_packet(decoder.get(), packet.get());
    }
    drain();
  }
  avcodec_send_packet(decoder.get(), nullptr);
  drain();
  return out;
}

/// Where the way or the file changes, a card or a plate comes or goes, from one written frame to the next shown: indices into `shown`, which is sorted by
/// showing.
std::vector<std::size_t> joints_of(const std::vector<Written>& shown) {
  std::vector<std::size_t> out;
  for (std::size_t i = 1; i < shown.size(); ++i)
    if (shown[i].is_copied != shown[i - 1].is_copied || shown[i].file != shown[i - 1].file || shown[i].still != shown[i - 1].still ||
        (shown[i].plate > 0) != (shown[i - 1].plate > 0))
      out.push_back(i);
  return out;
}

Result<void> prove_joints(const std::string& path, const Originals& originals, const std::vector<Written>& written, AVRational base, AVRational result_base,
                          std::int64_t result_shift, int threads, CutReport& report) {
  std::vector<Written> shown = written;
  std::ranges::sort(shown, {}, [](const Written& one) { return one.placed.shown_at; });
  for (const std::size_t at : joints_of(shown)) {
    const std::size_t first = at - std::min(at, around), end = std::min(shown.size(), at + around);
    std::set<std::int64_t> here;
    std::map<std::size_t, std::set<std::int64_t>> there;
    const auto in_result = [&](const Written& one) { return av_rescale_q(one.placed.shown_at, base, result_base) + result_shift; };
    for (std::size_t i = first; i < end; ++i) {
      here.insert(in_result(shown[i]));
      if (!shown[i].still) there[shown[i].file].insert(shown[i].recorded_at);
    }
    TRY_ASSIGN(const auto result, decode_at(path, here, threads));
    std::map<std::size_t, std::map<std::int64_t, Pixels>> recorded;
    for (const auto& [file, times] : there) {
      const auto lay_plate = [&](AVFrame& frame) {
        for (std::size_t i = first; i < end; ++i)
          if (!shown[i].still && shown[i].file == file && shown[i].recorded_at == frame.best_effort_timestamp && shown[i].plate > 0)
            originals.plate->lay_over(frame, shown[i].plate);
      };
      TRY_ASSIGN(recorded[file],
                 decode_at(originals.recording[file], times, threads, originals.plate != nullptr ? lay_plate : std::function<void(AVFrame&)>()));
    }
    Joint joint;
    joint.at = static_cast<double>(shown[at].placed.shown_at) * av_q2d(base);
    joint.worst_psnr = 100;
    double worst_card = 100;
    const bool is_at_picture = shown[at].still != shown[at - 1].still || (shown[at].plate > 0) != (shown[at - 1].plate > 0);
    for (std::size_t i = first; i < end; ++i) {
      const auto one = result.find(in_result(shown[i]));
      const auto& original = recorded[shown[i].file];
      const auto other = original.find(shown[i].recorded_at);
      if (one == result.end()) continue;
      ++joint.frames;
      if (shown[i].still) {
        worst_card = std::min(worst_card, psnr(one->second, pixels_of(*originals.stills[*shown[i].still])));
        continue;
      }
      if (other == original.end()) continue;  // the recording is damaged there
      if (shown[i].is_copied) {
        ++joint.copied;
        joint.equal += one->second.luma == other->second.luma && one->second.rest == other->second.rest ? 1 : 0;
      } else if (!is_at_picture || report.copied > 0) {
        // What is encoded in full is made as small as videos are: only beside copied pictures it must be like them.
        joint.worst_psnr = std::min(joint.worst_psnr, psnr(one->second, other->second));
      }
    }
    if (joint.frames != static_cast<std::int64_t>(end - first))
      report.objections.push_back(fmt::format("At {:.3f} s {} of {} frames can be decoded.", joint.at, joint.frames, end - first));
    if (joint.equal != joint.copied)
      report.objections.push_back(fmt::format("At {:.3f} s {} copied frames look different.", joint.at, joint.copied - joint.equal));
    if (joint.worst_psnr < least_psnr && report.repeated == 0)
      report.objections.push_back(fmt::format("At {:.3f} s an encoded frame is not like the recording's ({:.1f} dB).", joint.at, joint.worst_psnr));
    if (worst_card < least_card_psnr) report.objections.push_back(fmt::format("At {:.3f} s a card is not as it was drawn ({:.1f} dB).", joint.at, worst_card));
    report.joints.push_back(joint);
  }
  return {};
}

/// `picture_lasts`: by its packets, where the container says how long all of it is and not each stream (Matroska): its sound may be a packet longer.
void prove_times(const std::string& path, bool wants_sound, double length, double frame, double picture_lasts, CutReport& report) {
  const auto input = open_input(path);
  if (!input) return;
  bool has_sound = false;
  for (unsigned i = 0; i < (*input)->nb_streams; ++i) {
    const AVStream& stream = *(*input)->streams[i];
    const double begins = stream.start_time == AV_NOPTS_VALUE ? 0 : static_cast<double>(stream.start_time) * av_q2d(stream.time_base);
    const double lasts = stream.duration == AV_NOPTS_VALUE ? static_cast<double>((*input)->duration) / AV_TIME_BASE
                                                           : static_cast<double>(stream.duration) * av_q2d(stream.time_base);
    if (stream.codecpar->codec_type == AVMEDIA_TYPE_VIDEO) {
      report.picture_begins = begins;
      report.picture_ends = begins + (stream.duration == AV_NOPTS_VALUE ? picture_lasts : lasts);
    } else if (stream.codecpar->codec_type == AVMEDIA_TYPE_AUDIO) {
      has_sound = true;
      report.sound_begins = begins;
      report.sound_ends = begins + lasts;
    }
  }
  const double bearable = std::max(frame, 0.03);
  if (std::fabs(report.picture_ends - report.picture_begins - length) > bearable)
    report.objections.push_back(fmt::format("The picture lasts {:.3f} s instead of {:.3f}.", report.picture_ends - report.picture_begins, length));
  if (wants_sound && !has_sound) report.objections.emplace_back("The sound is missing.");
  if (!wants_sound || !has_sound) return;
  if (std::fabs(report.sound_begins - report.picture_begins) > 0.005 + 1024.0 / 48000)
    report.objections.push_back(fmt::format("The sound begins {:.3f} s after the picture.", report.sound_begins - report.picture_begins));
  if (std::fabs(report.sound_ends - report.picture_ends) > bearable + 1024.0 / 48000)
    report.objections.push_back(fmt::format("The sound ends {:.3f} s after the picture.", report.sound_ends - report.picture_ends));
}

}  // namespace

Result<void> prove(const std::string& path, const Originals& originals, const std::vector<Written>& written, AVRational base, bool wants_sound, int threads,
                   CutReport& report) {
  TRY_ASSIGN(auto reader, VideoReader::open(path));
  const AVRational result_base = reader.stream().time_base;
  std::vector<std::int64_t> shown;
  std::int64_t last_ends = 0;
  const Packet packet = new_packet();
  for (std::size_t i = 0;; ++i) {
    TRY_ASSIGN(const bool is_there, reader.read(*packet));
    if (!is_there) break;
    shown.push_back(packet->pts);
    last_ends = std::max(last_ends, packet->pts + packet->duration);
    if (i < written.size() && written[i].is_copied &&
        picture_hash({packet->data, static_cast<std::size_t>(packet->size)}, reader.nal_codec()) == written[i].hash)
      ++report.copied_equal;
  }
  report.frames_found = static_cast<std::int64_t>(shown.size());
  if (shown.size() != written.size()) {
    report.objections.push_back(fmt::format("{} frames were planned, {} are in the file.", written.size(), shown.size()));
    return {};
  }
  if (report.copied_equal != report.copied)
    report.objections.push_back(fmt::format("{} of {} copied frames are not those of the recording.", report.copied - report.copied_equal, report.copied));
  // Containers count in ticks of their own; a frame may be off by the rounding of both, and all by the same beginning.
  const std::int64_t shift = *std::ranges::min_element(shown);
  const double tick = std::max(av_q2d(base), av_q2d(result_base));
  double length = 0, frame = 0;
  std::int64_t misplaced = 0;
  for (std::size_t i = 0; i < written.size(); ++i) {
    const double wanted = static_cast<double>(written[i].placed.shown_at) * av_q2d(base), got = static_cast<double>(shown[i] - shift) * av_q2d(result_base);
    if (std::fabs(wanted - got) > tick) ++misplaced;
    length = std::max(length, wanted + static_cast<double>(written[i].placed.lasts) * av_q2d(base));
    frame = std::max(frame, static_cast<double>(written[i].placed.lasts) * av_q2d(base));
  }
  if (misplaced > 0) report.objections.push_back(fmt::format("{} frames are shown at another time than planned.", misplaced));
  prove_times(path, wants_sound, length, std::min(frame, 0.1), static_cast<double>(last_ends - shift) * av_q2d(result_base), report);
  return prove_joints(path, originals, written, base, result_base, shift, threads, report);
}

}  // namespace confer::media
