// Reads around the pieces, plans, writes picture and sound, proves the result, and only then gives it its name.
#include "media/cut.h"
#include <sys/resource.h>
#include <unistd.h>
#include <algorithm>
#include <filesystem>
#include <set>
#include <thread>
#include "base/json_writer.h"
#include "base/text.h"
#include "files/durable.h"
#include "media/line.h"
#include "media/muxer.h"
#include "media/proof.h"
#include "media/recode.h"
#include "media/still.h"
#include "media/video_reader.h"

namespace confer::media {

namespace {

double cpu_now() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto of = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

std::vector<Source> sources_of(const CutWish& wish) { return wish.sources.empty() ? std::vector<Source>{{wish.in, 0}} : wish.sources; }

/// How much of the work the sound is, by what each costs on one core: 0.03 s for a second of sound, 0.16 ms for a frame that is copied and looked at again, and
/// 17 ns for each pixel that is encoded (0.4 s for a second of 720p).
double part_of_sound(const CutReport& report, const AVCodecParameters& picture) {
  constexpr double a_second = 0.03, a_copy = 0.00016, a_pixel = 17e-9;
  const double pixels = static_cast<double>(picture.width) * static_cast<double>(picture.height);
  const double sound = a_second * report.length;
  const double all = sound + a_copy * static_cast<double>(report.copied) + a_pixel * pixels * static_cast<double>(report.encoded);
  return all > 0 ? sound / all : 0;
}

class Cutter {
 public:
  /// `because`: why all of it is encoded; empty: what can be copied is.
  Cutter(const CutWish& wish, std::string because, const std::function<void(double)>& progress)
      : wish_(wish), because_(std::move(because)), progress_(progress) {
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
      sound_part_ = part_of_sound(report_, *like_->stream().codecpar);
      std::function<void(double)> told;
      if (progress_) told = [&](double part) { progress_(sound_part_ * part); };
      TRY_ASSIGN(sound, cut_sound(paths(), stretches(), wish_.sound, told));
    }
    if (sound) report_.sound = sound->report;
    report_.cpu_sound = lap();
    TRY_ASSIGN(auto muxer, open_muxer(sound ? &*sound : nullptr));
    TRY(draw_plate());
    for (auto& card : before_) TRY(write_still(card, muxer));
    for (std::size_t i = 0; i < line_.parts.size(); ++i) TRY(write(i, muxer));
    for (auto& card : after_) TRY(write_still(card, muxer));
    TRY(muxer.finish());
    report_.cpu_picture = lap();
    const std::string part = muxer.part();
    const auto recording = paths();
    const auto proved = prove(part, {recording, stills_, plate_ ? &*plate_ : nullptr}, written_, line_.base, sound.has_value(), threads_, report_);
    report_.cpu_proof = lap();
    if (!proved || !report_.objections.empty()) {
      unlink(part.c_str());
      if (!proved) return std::unexpected(proved.error());
      return fail(ErrorCode::invalid, "The cut is not what was planned: " + join(report_.objections, " "));
    }
    if (auto moved = files::move_durably(part, wish_.out); !moved) {
      unlink(part.c_str());
      return std::unexpected(std::move(moved).error());
    }
    return std::move(report_);
  }
  /// It was written, and is not like the recording where something was copied.
  bool is_copy_wrong() const { return report_.copied > 0 && !report_.objections.empty(); }

 private:
  Result<void> plan() {
    LineWish wish{sources_of(wish_), wish_.whole, wish_.dropped, wish_.joins_within, because_};
    if (const auto& plate = wish_.name_plate) wish.covered = Piece{plate->at, plate->at + plate->card.seconds};
    TRY_ASSIGN(line_, lay_out(wish));
    report_.gaps = line_.gaps;
    report_.video_codec = avcodec_get_name(like().codec);
    TRY_ASSIGN(like_, VideoReader::open(like().source.path));
    TRY(plan_card(wish_.title_card, before_));
    TRY(plan_card(wish_.apology_card, before_));
    TRY(plan_card(wish_.end_card, after_));
    std::vector<SpanPlan> plans;
    std::set<unsigned> ids;
    for (const auto& card : before_) plans.push_back(card.plan);
    for (const auto& part : line_.parts) {
      const Laid& file = line_.files[part.file];
      const SpanPlan& plan = part.plan;
      if (!plan.whole_because.empty() && std::ranges::find(report_.encoded_in_full_because, plan.whole_because) == report_.encoded_in_full_because.end())
        report_.encoded_in_full_because.push_back(plan.whole_because);
      report_.frames += static_cast<std::int64_t>(plan.frames());
      report_.copied += static_cast<std::int64_t>(plan.copied());
      report_.pieces.push_back({file.seconds(plan.begins), file.seconds(plan.ends), part.file});
      report_.length += static_cast<double>(plan.ends - plan.begins) * av_q2d(file.base);
      plans.push_back(in_base(plan, file.base, line_.base));
      ids.insert(file.sets.ids.begin(), file.sets.ids.end());
    }
    for (const auto& card : after_) plans.push_back(card.plan);
    for (const auto& [cards, lasts] : {std::pair{&before_, &report_.title_lasts}, {&after_, &report_.end_lasts}})
      for (const auto& card : *cards) {
        *lasts += lasts_of(card);
        report_.frames += static_cast<std::int64_t>(card.plan.frames());
        report_.length += lasts_of(card);
      }
    report_.encoded = report_.frames - report_.copied;
    placed_ = place_frames(plans);
    is_joined_ = like().why_not.empty();
    for (unsigned id = 0; id < 32 && ids.contains(parameter_set_); ++id) parameter_set_ = id;
    return {};
  }

  Result<void> plan_card(const std::optional<CardWish>& card, std::vector<Still>& into) const {
    if (!card) return {};
    TRY_ASSIGN(auto still, plan_still(*card, like_->stream(), line_.base));
    into.push_back(std::move(still));
    return {};
  }
  double lasts_of(const Still& card) const { return static_cast<double>(card.plan.ends) * av_q2d(line_.base); }

  Result<void> draw_plate() {
    if (!wish_.name_plate) return {};
    TRY_ASSIGN(const auto encoder, open_picture_encoder(form(), false));
    TRY_ASSIGN(plate_, Plate::draw(*wish_.name_plate, like_->stream(), *encoder));
    return {};
  }
  /// How much of the plate lies over a frame of this part.
  double plate_over(const Part& part, std::int64_t recorded_at) const {
    const double tick = av_q2d(line_.files[part.file].base);
    return plate_ ? wish_.name_plate->strength_at(part.after + static_cast<double>(recorded_at - part.plan.begins) * tick) : 0;
  }

  static SpanPlan in_base(const SpanPlan& plan, AVRational from, AVRational to) {
    if (av_cmp_q(from, to) == 0) return plan;
    SpanPlan out = plan;
    out.begins = av_rescale_q(plan.begins, from, to);
    out.ends = av_rescale_q(plan.ends, from, to);
    for (auto& run : out.runs)
      for (auto& frame : run.frames) frame = av_rescale_q(frame, from, to);
    return out;
  }

  const Laid& like() const { return line_.files[line_.like]; }

  std::vector<std::string> paths() const {
    std::vector<std::string> out;
    for (const auto& source : sources_of(wish_)) out.push_back(source.path);
    return out;
  }

  std::vector<Stretch> stretches() const {
    std::vector<Stretch> out;
    for (const auto& card : before_) out.push_back({0, lasts_of(card), 0, true, false});
    for (const auto& part : line_.parts) {
      const double tick = av_q2d(line_.files[part.file].base);
      out.push_back({static_cast<double>(part.plan.begins) * tick, static_cast<double>(part.plan.ends) * tick, part.file, false, part.follows});
    }
    for (const auto& card : after_) out.push_back({0, lasts_of(card), 0, true, false});
    return out;
  }

  Form form() const { return {like_->stream(), line_.base, is_joined_ ? Effort::joint : Effort::whole, parameter_set_}; }

  Result<Muxer> open_muxer(const Sound* sound) {
    const AVStream& stream = like_->stream();
    const Parameters parameters = new_parameters();
    std::vector<std::uint8_t> sets;
    if (report_.encoded > 0) {
      TRY_ASSIGN(const auto encoder, open_picture_encoder(form(), true));
      avcodec_parameters_from_context(parameters.get(), encoder.get());
      if (encoder->codec_id == AV_CODEC_ID_H264 || encoder->codec_id == AV_CODEC_ID_HEVC)
        sets.assign(encoder->extradata, encoder->extradata + encoder->extradata_size);
    }
    // Where something is copied, the recording says what all of it is.
    if (report_.copied > 0) {
      avcodec_parameters_copy(parameters.get(), stream.codecpar);
      if (like_->nal_codec() != nullptr) {
        std::vector<std::uint8_t> copied = like().sets.bytes;
        for (const auto& file : line_.files)
          if (file.frames > 0 && file.why_not.empty()) copied.insert(copied.end(), file.sets.bytes.begin(), file.sets.bytes.end());
        sets.insert(sets.begin(), copied.begin(), copied.end());
        sets = parameter_sets(sets, *like_->nal_codec());
      }
    }
    return Muxer::open(wish_.out, stream, line_.base, *parameters, sets, sound, wish_.chapters, report_.length);
  }

  Result<void> write_still(Still& still, Muxer& muxer) {
    TRY(encode_still(still, form(), [&](AVPacket& packet) -> Result<void> {
      TRY(put(packet, 0, packet.pts, false, nullptr, muxer));
      written_.back().still = stills_.size();
      return {};
    }));
    stills_.push_back(still.picture.get());
    return {};
  }

  Result<void> put(const AVPacket& packet, std::size_t file, std::int64_t recorded_at, bool is_copied, const NalCodec* nal_codec, Muxer& muxer) {
    const std::size_t at = written_.size();
    if (at >= placed_.size()) return fail(ErrorCode::internal, "There are more frames than were planned.");
    written_.push_back({placed_[at], std::nullopt, file, recorded_at, is_copied,
                        is_copied ? picture_hash({packet.data, static_cast<std::size_t>(packet.size)}, nal_codec) : "", 0});
    if (progress_ && at % 100 == 0) progress_(sound_part_ + (1 - sound_part_) * static_cast<double>(at) / static_cast<double>(placed_.size()));
    return muxer.write(packet, placed_[at]);
  }

  Result<void> write(std::size_t index, Muxer& muxer) {
    const Part& part = line_.parts[index];
    TRY_ASSIGN(auto reader, VideoReader::open(line_.files[part.file].source.path));
    if (part.seek) TRY(reader.seek(*part.seek));
    const auto& runs = part.plan.runs;
    Overlay overlay;
    if (plate_) overlay = {&*plate_, [&](std::int64_t at) { return plate_over(part, at); }};
    std::vector<std::optional<Recoder>> coders(runs.size());
    for (std::size_t r = 0; r < runs.size(); ++r) {
      if (runs[r].means == Run::Means::copy) continue;
      TRY_ASSIGN(coders[r], Recoder::open(reader, form(), runs[r].frames, threads_, overlay));
    }
    const auto sink = [&](AVPacket& packet) -> Result<void> {
      TRY(put(packet, part.file, packet.pts, false, nullptr, muxer));
      written_.back().plate = plate_over(part, packet.pts);
      report_.plated += written_.back().plate > 0 ? 1 : 0;
      return {};
    };
    // Runs end one after the other, but what feeds the last one may begin while the one before is copied.
    std::size_t current = 0, end = 0;
    for (const auto& run : runs) end = std::max(end, run.end);
    const Packet packet = new_packet();
    for (std::size_t i = 0; i < end; ++i) {
      TRY_ASSIGN(const bool is_there, reader.read(*packet));
      if (!is_there || reader.describe(*packet).shown_at != part.packets[i].shown_at)
        return fail(ErrorCode::unavailable, "The recording has changed while it was cut.");
      for (std::size_t r = current; r < runs.size(); ++r) {
        if (i < runs[r].first || i >= runs[r].end) continue;
        if (runs[r].means == Run::Means::copy) {
          if (plate_over(part, part.packets[i].shown_at) > 0) return fail(ErrorCode::internal, "A frame below the name plate would be copied.");
          TRY(put(*packet, part.file, part.packets[i].shown_at, true, reader.nal_codec(), muxer));
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
  std::string because_;
  const std::function<void(double)>& progress_;
  int threads_ = 1;
  bool is_joined_ = true;  ///< else all of it is encoded, by whatever every player takes
  unsigned parameter_set_ = 0;
  double sound_part_ = 0;  ///< of the work
  Line line_;
  std::optional<VideoReader> like_;  ///< of the file whose pictures the others are made like
  std::vector<Still> before_, after_;
  std::optional<Plate> plate_;
  std::vector<const AVFrame*> stills_;  ///< of those that were written, in order
  std::vector<Placed> placed_;
  std::vector<Written> written_;
  CutReport report_;
};

}  // namespace

Result<CutReport> cut(const CutWish& wish, const std::function<void(double part)>& progress) {
  std::error_code error;
  for (const auto& source : sources_of(wish))
    if (std::filesystem::equivalent(source.path, wish.out, error)) return fail(ErrorCode::invalid, "The result would replace the recording.");
  TRY(check_container(wish.out));
  Cutter cutter(wish, wish.encode_everything ? "It was asked for." : "", progress);
  auto report = cutter.run();
  if (report || !cutter.is_copy_wrong()) return report;
  // Of damaged pictures each decoder makes something else, by where it began. Encoded, they are what was seen here.
  return Cutter(wish, "The recording is damaged: what was copied of it looked different.", progress).run();
}

std::string to_json(const CutReport& report, const CutWish& wish) {
  JsonWriter w;
  w.begin_object().key("in").begin_array();
  for (const auto& source : sources_of(wish)) w.begin_object().field("path", source.path).field("begins", source.begins).end_object();
  w.end_array().field("out", wish.out).field("codec", report.video_codec).key("pieces").begin_array();
  for (const auto& piece : report.pieces) w.begin_object().field("from", piece.from).field("to", piece.to).field("file", piece.file).end_object();
  w.end_array().key("gaps").begin_array();
  for (const auto& gap : report.gaps) w.begin_object().field("at", gap.at).field("lasts", gap.lasts).end_object();
  w.end_array();
  w.field("title_lasts", report.title_lasts).field("end_lasts", report.end_lasts);
  w.field("length", report.length).field("frames", report.frames).field("copied", report.copied).field("encoded", report.encoded);
  w.field("plated", report.plated);
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

}  // namespace confer::media
