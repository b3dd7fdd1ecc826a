// Reads around the pieces, plans, writes picture and sound, proves the result, and only then gives it its name.
#include "media/cut.h"
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <set>
#include <thread>
#include "base/json_writer.h"
#include "base/text.h"
#include "files/durable.h"
#include "media/muxer.h"
#include "media/plan.h"
#include "media/proof.h"
#include "media/recode.h"
#include "media/video_reader.h"

namespace confer::media {

namespace {

/// How much is read behind a piece, so that the plan sees where pictures that are shown earlier end.
constexpr double beyond_seconds = 4;

double cpu_now() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto of = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

/// One span as it stands in the file: where reading begins, what is read, what becomes of it.
struct SpanRead {
  std::optional<std::int64_t> seek;  ///< empty: from the file's beginning
  std::vector<Coded> packets;
  SpanPlan plan;
};

struct Headers {
  std::vector<std::uint8_t> sets;  ///< of the recording
  std::set<unsigned> ids;          ///< H.264: in use
};

void add_headers(Headers& headers, std::span<const std::uint8_t> bytes, NalCodec codec) {
  const auto sets = parameter_sets(bytes, codec);
  if (sets.empty()) return;
  std::vector<std::uint8_t> all = headers.sets;
  all.insert(all.end(), sets.begin(), sets.end());
  headers.sets = parameter_sets(all, codec);
  if (codec == NalCodec::h264)
    for (const unsigned id : parameter_set_ids(sets)) headers.ids.insert(id);
}

class Cutter {
 public:
  Cutter(const CutWish& wish, const std::function<void(double)>& progress) : wish_(wish), progress_(progress) {
    threads_ = wish.threads > 0 ? wish.threads : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  }

  Result<CutReport> run() {
    double cpu = cpu_now();
    const auto lap = [&] {
      const double before = std::exchange(cpu, cpu_now());
      return cpu - before;
    };
    TRY(plan());
    report_.cpu_plan = lap();
    std::optional<Sound> sound;
    if (wish_.has_sound) {
      TRY_ASSIGN(sound, cut_sound(wish_.in, stretches(), wish_.sound));
    }
    if (sound) report_.sound = sound->report;
    report_.cpu_sound = lap();
    TRY_ASSIGN(auto muxer, open_muxer(sound ? &*sound : nullptr));
    for (const auto& span : spans_) TRY(write(span, muxer));
    TRY(muxer.finish());
    report_.cpu_picture = lap();
    const std::string part = muxer.part();
    const auto proved = prove(part, wish_.in, written_, base_, sound.has_value(), threads_, report_);
    report_.cpu_proof = lap();
    if (!proved || !report_.objections.empty()) {
      unlink(part.c_str());
      if (!proved) return std::unexpected(proved.error());
      return fail(ErrorCode::internal, "The cut is not what was planned: " + join(report_.objections, " "));
    }
    if (auto moved = files::move_durably(part, wish_.out); !moved) {
      unlink(part.c_str());
      return std::unexpected(std::move(moved).error());
    }
    return std::move(report_);
  }

 private:
  Result<void> plan() {
    TRY_ASSIGN(auto reader, VideoReader::open(wish_.in));
    base_ = reader.stream().time_base;
    report_.video_codec = avcodec_get_name(reader.stream().codecpar->codec_id);
    std::string why = why_not_joined(reader.stream());
    if (wish_.encode_everything) why = "It was asked for.";
    const bool may_copy = why.empty();
    const std::int64_t zero = reader.zero();
    // To half a millisecond, and to the nearest tick.
    const auto ticks = [&](double seconds) { return zero + static_cast<std::int64_t>(std::ceil((seconds - 0.0005) / av_q2d(base_))); };
    std::vector<Span> dropped;
    for (const auto& piece : wish_.dropped) dropped.push_back({ticks(piece.from), ticks(piece.to)});
    TRY_ASSIGN(const auto kept, kept_spans({ticks(wish_.whole.from), ticks(wish_.whole.to)}, dropped));
    for (const auto& span : kept) {
      SpanRead read;
      TRY(read_around(reader, span, read));
      if (reader.nal_codec() != nullptr && reader.stream().codecpar->extradata_size > 0 && reader.stream().codecpar->extradata[0] != 1)
        add_headers(headers_, {reader.stream().codecpar->extradata, static_cast<std::size_t>(reader.stream().codecpar->extradata_size)}, *reader.nal_codec());
      auto planned = plan_span(read.packets, span, may_copy, why);
      if (!planned && kept.size() > 1) continue;  // a piece too short for a frame
      if (!planned)
        return fail(ErrorCode::invalid, "The recording shows no frame from " + time_text(wish_.whole.from) + " to " + time_text(wish_.whole.to) + ".");
      read.plan = *std::move(planned);
      if (!read.plan.whole_because.empty() &&
          std::ranges::find(report_.encoded_in_full_because, read.plan.whole_because) == report_.encoded_in_full_because.end())
        report_.encoded_in_full_because.push_back(read.plan.whole_because);
      spans_.push_back(std::move(read));
    }
    if (spans_.empty()) return fail(ErrorCode::invalid, "No frame is shown within what is kept.");
    std::vector<SpanPlan> plans;
    for (const auto& span : spans_) {
      plans.push_back(span.plan);
      report_.frames += static_cast<std::int64_t>(span.plan.frames());
      report_.copied += static_cast<std::int64_t>(span.plan.copied());
      report_.pieces.push_back({static_cast<double>(span.plan.begins - zero) * av_q2d(base_), static_cast<double>(span.plan.ends - zero) * av_q2d(base_)});
      report_.length += static_cast<double>(span.plan.ends - span.plan.begins) * av_q2d(base_);
    }
    report_.encoded = report_.frames - report_.copied;
    placed_ = place_frames(plans);
    is_joined_ = may_copy;
    for (unsigned id = 0; id < 32 && headers_.ids.contains(parameter_set_); ++id) parameter_set_ = id;
    return {};
  }

  /// Reads from a start at or before the span to beyond it.
  Result<void> read_around(VideoReader& reader, Span span, SpanRead& out) {
    TRY_ASSIGN(out.seek, reader.wind_before(span.from));
    const Packet packet = new_packet();
    const std::int64_t beyond = span.to + static_cast<std::int64_t>(beyond_seconds / av_q2d(base_));
    std::optional<std::int64_t> last;
    while (true) {
      TRY_ASSIGN(const bool is_there, reader.read(*packet));
      if (!is_there) return {};
      const Coded coded = reader.describe(*packet);
      if (coded.shown_at == AV_NOPTS_VALUE) return fail(ErrorCode::invalid, "The recording has pictures without a time.");
      if (last && static_cast<double>(*last - coded.shown_at) * av_q2d(base_) > 2)
        return fail(ErrorCode::invalid, "The recording's clock jumps back at " + time_text(static_cast<double>(*last - reader.zero()) * av_q2d(base_)) +
                                            ": divide the file there first.");
      last = coded.shown_at;
      if (reader.nal_codec() != nullptr) add_headers(headers_, {packet->data, static_cast<std::size_t>(packet->size)}, *reader.nal_codec());
      out.packets.push_back(coded);
      if (coded.shown_at > beyond) return {};
    }
  }

  std::vector<Stretch> stretches() const {
    std::vector<Stretch> out;
    for (const auto& span : spans_) out.push_back({static_cast<double>(span.plan.begins) * av_q2d(base_), static_cast<double>(span.plan.ends) * av_q2d(base_)});
    return out;
  }

  Effort effort() const { return is_joined_ ? Effort::joint : Effort::whole; }

  Result<Muxer> open_muxer(const Sound* sound) {
    TRY_ASSIGN(const auto reader, VideoReader::open(wish_.in));
    const Parameters parameters = new_parameters();
    std::vector<std::uint8_t> sets;
    if (report_.encoded > 0) {
      TRY_ASSIGN(const auto encoder, open_picture_encoder(reader.stream(), effort(), parameter_set_, true));
      avcodec_parameters_from_context(parameters.get(), encoder.get());
      if (encoder->codec_id == AV_CODEC_ID_H264 || encoder->codec_id == AV_CODEC_ID_HEVC)
        sets.assign(encoder->extradata, encoder->extradata + encoder->extradata_size);
    }
    // Where something is copied, the recording says what all of it is.
    if (report_.copied > 0) {
      avcodec_parameters_copy(parameters.get(), reader.stream().codecpar);
      if (reader.nal_codec() != nullptr) {
        sets.insert(sets.begin(), headers_.sets.begin(), headers_.sets.end());
        sets = parameter_sets(sets, *reader.nal_codec());
      }
    }
    return Muxer::open(wish_.out, reader.stream(), *parameters, sets, sound);
  }

  Result<void> put(const AVPacket& packet, std::int64_t recorded_at, bool is_copied, const NalCodec* nal_codec, Muxer& muxer) {
    const std::size_t at = written_.size();
    if (at >= placed_.size()) return fail(ErrorCode::internal, "There are more frames than were planned.");
    written_.push_back({placed_[at], recorded_at, is_copied, is_copied ? picture_hash({packet.data, static_cast<std::size_t>(packet.size)}, nal_codec) : ""});
    if (progress_ && at % 100 == 0) progress_(static_cast<double>(at) / static_cast<double>(placed_.size()));
    return muxer.write(packet, placed_[at]);
  }

  Result<void> write(const SpanRead& span, Muxer& muxer) {
    TRY_ASSIGN(auto reader, VideoReader::open(wish_.in));
    if (span.seek) TRY(reader.seek(*span.seek));
    const auto& runs = span.plan.runs;
    std::vector<std::optional<Recoder>> coders(runs.size());
    for (std::size_t r = 0; r < runs.size(); ++r) {
      if (runs[r].means == Run::Means::copy) continue;
      TRY_ASSIGN(coders[r], Recoder::open(reader, runs[r].frames, effort(), parameter_set_, threads_));
    }
    const auto sink = [&](AVPacket& packet) { return put(packet, packet.pts, false, nullptr, muxer); };
    // Runs end one after the other, but what feeds the last one may begin while the one before is copied.
    std::size_t current = 0, end = 0;
    for (const auto& run : runs) end = std::max(end, run.end);
    const Packet packet = new_packet();
    for (std::size_t i = 0; i < end; ++i) {
      TRY_ASSIGN(const bool is_there, reader.read(*packet));
      if (!is_there || reader.describe(*packet).shown_at != span.packets[i].shown_at)
        return fail(ErrorCode::unavailable, "The recording has changed while it was cut.");
      for (std::size_t r = current; r < runs.size(); ++r) {
        if (i < runs[r].first || i >= runs[r].end) continue;
        if (runs[r].means == Run::Means::copy) {
          TRY(put(*packet, span.packets[i].shown_at, true, reader.nal_codec(), muxer));
        } else if (r == current || i < runs[current].end) {
          TRY(coders[r]->feed(*packet, sink));
        }
      }
      while (current < runs.size() && i + 1 >= runs[current].end) {
        if (coders[current]) {
          TRY(coders[current]->finish(sink));
          report_.repeated += coders[current]->repeated();
        }
        ++current;
      }
    }
    return {};
  }

  const CutWish& wish_;
  const std::function<void(double)>& progress_;
  int threads_ = 1;
  AVRational base_{1, 1};
  bool is_joined_ = true;  ///< else all of it is encoded, by whatever every player takes
  unsigned parameter_set_ = 0;
  Headers headers_;
  std::vector<SpanRead> spans_;
  std::vector<Placed> placed_;
  std::vector<Written> written_;
  CutReport report_;
};

}  // namespace

Result<CutReport> cut(const CutWish& wish, const std::function<void(double part)>& progress) {
  std::error_code error;
  if (std::filesystem::equivalent(wish.in, wish.out, error)) return fail(ErrorCode::invalid, "The result would replace the recording.");
  TRY(check_container(wish.out));
  return Cutter(wish, progress).run();
}

std::string to_json(const CutReport& report, const CutWish& wish) {
  JsonWriter w;
  const auto pieces = [&](const char* name, const std::vector<Piece>& list) {
    w.key(name).begin_array();
    for (const auto& piece : list) w.begin_object().field("from", piece.from).field("to", piece.to).end_object();
    w.end_array();
  };
  w.begin_object().field("in", wish.in).field("out", wish.out).field("codec", report.video_codec);
  pieces("pieces", report.pieces);
  w.field("length", report.length).field("frames", report.frames).field("copied", report.copied).field("encoded", report.encoded);
  w.field("repeated", report.repeated).key("encoded_in_full_because").begin_array();
  for (const auto& why : report.encoded_in_full_because) w.value(why);
  w.end_array();
  if (report.sound) {
    const SoundReport& s = *report.sound;
    w.key("sound").begin_object().field("channels", name_of(s.channels)).field("because", s.because).field("silent", s.is_silent);
    w.field("level_left_dbfs", s.level_left).field("level_right_dbfs", s.level_right).field("correlation", s.correlation);
    w.field("loudness_before_lufs", s.loudness_before).field("gain_db", s.gain_db).field("limited_db", s.limited_db);
    w.field("loudness_lufs", s.loudness_after).field("true_peak_dbtp", s.true_peak_after).field("filled_seconds", s.filled_seconds).end_object();
  }
  w.key("proof").begin_object().field("frames_found", report.frames_found).field("copied_equal", report.copied_equal);
  w.field("picture_begins", report.picture_begins).field("picture_ends", report.picture_ends);
  if (report.sound) w.field("sound_begins", report.sound_begins).field("sound_ends", report.sound_ends);
  w.key("joints").begin_array();
  for (const auto& joint : report.joints)
    w.begin_object()
        .field("at", joint.at)
        .field("frames", joint.frames)
        .field("copied", joint.copied)
        .field("equal", joint.equal)
        .field("worst_psnr_db", joint.worst_psnr)
        .end_object();
  w.end_array().end_object();
  w.key("cpu_seconds").begin_object().field("plan", report.cpu_plan).field("sound", report.cpu_sound).field("picture", report.cpu_picture);
  w.field("proof", report.cpu_proof).field("all", report.cpu_plan + report.cpu_sound + report.cpu_picture + report.cpu_proof).end_object();
  return w.end_object().take();
}

Result<double> parse_time(std::string_view text) {
  const auto refused = [&] { return fail(ErrorCode::invalid, "“" + std::string(text) + "” is not a time; write 97.36, 1:37.36 or 0:01:37.360."); };
  const auto parts = split(text, ':');
  if (parts.empty() || parts.size() > 3) return refused();
  double seconds = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool is_last = i + 1 == parts.size();
    const auto digits = parts[i].substr(0, parts[i].find('.'));
    const auto fraction = digits.size() < parts[i].size() ? parts[i].substr(digits.size() + 1) : std::string_view{};
    const auto is_digits = [](std::string_view s) { return std::ranges::all_of(s, [](char c) { return c >= '0' && c <= '9'; }); };
    if (digits.empty() || digits.size() > 6 || fraction.size() > 9 || !is_digits(digits) || !is_digits(fraction)) return refused();
    if (!is_last && digits.size() != parts[i].size()) return refused();
    const double value = std::strtod(std::string(parts[i]).c_str(), nullptr);
    if (i > 0 && value >= 60) return refused();
    seconds = seconds * 60 + value;
  }
  return seconds;
}

std::string time_text(double seconds) {
  const auto ms = static_cast<std::int64_t>(std::llround(seconds * 1000));
  return fmt::format("{}:{:02}:{:02}.{:03}", ms / 3600000, ms / 60000 % 60, ms / 1000 % 60, ms % 1000);
}

}  // namespace confer::media
