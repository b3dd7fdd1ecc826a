// Chooses channels, measures, brings to loudness, encodes, and decodes again to see what came out.
#include "media/sound.h"
#include <ebur128.h>
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>
extern "C" {
#include <libavutil/channel_layout.h>
#include <libavutil/opt.h>
}
#include "media/gain_search.h"
#include "media/limiter.h"
#include "media/sound_line.h"

namespace confer::media {

namespace {

constexpr double silence_lufs = -60, most_gain_db = 40;
/// Codecs overshoot: the limiter stops this much below what the result may reach.
constexpr double ceiling_dbtp = -2.0, most_dbtp = -1.0;
/// A channel that is this much quieter is not meant to be heard.
constexpr double lost_channel_db = 12;

double to_db(double linear) { return linear <= 0 ? -120 : std::max(-120.0, 20 * std::log10(linear)); }
double from_db(double db) { return std::pow(10, db / 20); }

class Meter {
 public:
  explicit Meter(bool with_peak) : state_(ebur128_init(2, sound_rate, EBUR128_MODE_I | (with_peak ? EBUR128_MODE_TRUE_PEAK : 0))) { ASSERT(state_ != nullptr); }
  ~Meter() { ebur128_destroy(&state_); }
  Meter(const Meter&) = delete;
  Meter& operator=(const Meter&) = delete;
  void add(const float* left, const float* right, std::size_t count) {
    both_.resize(2 * count);
    for (std::size_t i = 0; i < count; ++i) {
      both_[2 * i] = left[i];
      both_[2 * i + 1] = right[i];
    }
    ebur128_add_frames_float(state_, both_.data(), count);
  }
  double loudness() const {
    double value = -HUGE_VAL;
    ebur128_loudness_global(state_, &value);
    return std::isfinite(value) ? value : -120;
  }
  double true_peak_db() const {
    double peak = 0, most = 0;
    for (unsigned c = 0; c < 2; ++c)
      if (ebur128_true_peak(state_, c, &peak) == EBUR128_SUCCESS) most = std::max(most, peak);
    return to_db(most);
  }

 private:
  ebur128_state* state_;
  std::vector<float> both_;
};

/// What is heard of two channels.
void mix(Channels channels, const float* left, const float* right, std::size_t count, std::vector<float>& out_left, std::vector<float>& out_right) {
  out_left.assign(left, left + count);
  out_right.assign(right, right + count);
  switch (channels) {
    case Channels::left:
      out_right = out_left;
      break;
    case Channels::right:
      out_left = out_right;
      break;
    case Channels::inverted:
      for (auto& value : out_right) value = -value;
      break;
    case Channels::mono:
      for (std::size_t i = 0; i < count; ++i) out_left[i] = out_right[i] = (left[i] + right[i]) / 2;
      break;
    case Channels::automatic:
    case Channels::both:
      break;
  }
}

/// How far one round through all the sound is: part of a whole, told every two seconds of it.
class Round {
 public:
  Round(const std::function<void(double)>& progress, double from, double to, std::size_t samples)
      : progress_(progress), from_(from), to_(to), samples_(static_cast<double>(std::max<std::size_t>(1, samples))) {}
  void add(std::size_t count) {
    done_ += count;
    if (!progress_ || done_ < next_) return;
    next_ = done_ + told_every;
    progress_(from_ + (to_ - from_) * std::min(1.0, static_cast<double>(done_) / samples_));
  }

 private:
  const std::function<void(double)>& progress_;
  double from_, to_, samples_;
  static constexpr std::size_t told_every = std::size_t{2} * sound_rate;
  std::size_t done_ = 0, next_ = told_every;
};

/// Everything about the recorded sound that decides what is heard.
struct Measured {
  double left_square = 0, right_square = 0, product = 0;
  std::size_t count = 0;
  std::map<Channels, double> loudness;
};

Result<Measured> measure(SoundLine& line, const SoundWish& wish, Round round) {
  Measured out;
  std::map<Channels, Meter> meters;
  if (wish.channels == Channels::automatic && !line.is_mono()) {
    for (const auto channels : {Channels::both, Channels::left, Channels::right}) meters.try_emplace(channels, false);
  } else {
    meters.try_emplace(wish.channels == Channels::automatic ? Channels::both : wish.channels, false);
  }
  std::vector<float> left_heard, right_heard;
  TRY(line.read([&](const float* left, const float* right, std::size_t count, std::size_t, std::size_t) -> Result<void> {
    for (std::size_t k = 0; k < count; ++k) {
      const double l = left[k], r = right[k];
      out.left_square += l * l;
      out.right_square += r * r;
      out.product += l * r;
    }
    out.count += count;
    round.add(count);
    for (auto& [channels, meter] : meters) {
      mix(channels, left, right, count, left_heard, right_heard);
      meter.add(left_heard.data(), right_heard.data(), count);
    }
    return {};
  }));
  for (const auto& [channels, meter] : meters) out.loudness[channels] = meter.loudness();
  // Turned round, both channels are as loud as before.
  if (out.loudness.contains(Channels::both)) out.loudness[Channels::inverted] = out.loudness[Channels::both];
  return out;
}

void decide(const Measured& measured, const SoundWish& wish, bool is_mono, SoundReport& report) {
  const double count = std::max<double>(1, static_cast<double>(measured.count));
  report.level_left = to_db(std::sqrt(measured.left_square / count));
  report.level_right = to_db(std::sqrt(measured.right_square / count));
  const double power = std::sqrt(measured.left_square * measured.right_square);
  report.correlation = power > 0 ? measured.product / power : 0;
  report.channels = wish.channels;
  if (wish.channels == Channels::automatic) {
    const double difference = report.level_left - report.level_right;
    report.channels = Channels::both;
    report.because = "Both channels have sound.";
    if (is_mono) {
      report.because = "The recording has one channel.";
    } else if (difference > lost_channel_db) {
      report.channels = Channels::left;
      report.because = "The right channel is " + std::to_string(std::lround(difference)) + " dB quieter.";
    } else if (difference < -lost_channel_db) {
      report.channels = Channels::right;
      report.because = "The left channel is " + std::to_string(std::lround(-difference)) + " dB quieter.";
    } else if (report.correlation < -0.7) {
      report.channels = Channels::inverted;
      report.because = "One channel is the other turned round: together they would cancel each other.";
    }
  }
  const auto found = measured.loudness.find(report.channels);
  report.loudness_before = found == measured.loudness.end() ? -120 : found->second;
  report.is_silent = report.loudness_before < silence_lufs;
  if (wish.loudness && !report.is_silent) report.gain_db = std::min(*wish.loudness - report.loudness_before, most_gain_db);
}

class Encoder {
 public:
  static Result<Encoder> open(bool is_opus) {
    Encoder out;
    const AVCodec* codec = avcodec_find_encoder_by_name(is_opus ? "libopus" : "aac");
    if (codec == nullptr) return fail(ErrorCode::unavailable, "An encoder for sound is not installed.", is_opus ? "libopus" : "aac");
    out.context_.reset(avcodec_alloc_context3(codec));
    ASSERT(out.context_ != nullptr);
    out.is_opus_ = is_opus;
    out.context_->sample_rate = sound_rate;
    out.context_->sample_fmt = is_opus ? AV_SAMPLE_FMT_FLT : AV_SAMPLE_FMT_FLTP;
    out.context_->bit_rate = is_opus ? 112000 : 160000;
    const AVChannelLayout stereo = AV_CHANNEL_LAYOUT_STEREO;
    av_channel_layout_copy(&out.context_->ch_layout, &stereo);
    out.context_->time_base = {1, sound_rate};
    out.context_->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    if (!is_opus) av_opt_set(out.context_->priv_data, "aac_coder", "fast", 0);
    if (const int opened = avcodec_open2(out.context_.get(), codec, nullptr); opened < 0)
      return av_failure(ErrorCode::internal, "The encoder for sound does not start", opened);
    return out;
  }
  const AVCodecContext& context() const { return *context_; }

  /// Encodes what there is in whole frames; the rest stays. `is_last`: the rest as well.
  Result<void> take(std::array<std::vector<float>, 2>& sound, bool is_last, std::vector<Packet>& out) {
    const auto size = static_cast<std::size_t>(context_->frame_size > 0 ? context_->frame_size : 960);
    std::size_t at = 0;
    for (; sound[0].size() - at >= size || (is_last && at < sound[0].size()); at += std::min(size, sound[0].size() - at))
      TRY(encode(sound, at, std::min(size, sound[0].size() - at), out));
    for (auto& channel : sound) channel.erase(channel.begin(), channel.begin() + static_cast<std::ptrdiff_t>(at));
    if (!is_last) return {};
    avcodec_send_frame(context_.get(), nullptr);
    return drain(out);
  }

 private:
  Result<void> encode(const std::array<std::vector<float>, 2>& sound, std::size_t at, std::size_t count, std::vector<Packet>& out) {
    const Frame frame = new_frame();
    frame->nb_samples = static_cast<int>(count);
    frame->format = context_->sample_fmt;
    frame->sample_rate = sound_rate;
    av_channel_layout_copy(&frame->ch_layout, &context_->ch_layout);
    if (av_frame_get_buffer(frame.get(), 0) < 0) return fail(ErrorCode::unavailable, "There is not enough memory for the sound.");
    for (std::size_t c = 0; c < 2; ++c)
      for (std::size_t i = 0; i < count; ++i)
        reinterpret_cast<float*>(frame->data[is_opus_ ? 0 : c])[is_opus_ ? 2 * i + c : i] = std::clamp(sound[c][at + i], -1.0F, 1.0F);
    frame->pts = written_;
    written_ += static_cast<std::int64_t>(count);
    if (const int sent = avcodec_send_frame(context_.get(), frame.get()); sent < 0)
      return av_failure(ErrorCode::internal, "The sound could not be encoded", sent);
    return drain(out);
  }
  Result<void> drain(std::vector<Packet>& out) {
    while (true) {
      Packet packet = new_packet();
      const int got = avcodec_receive_packet(context_.get(), packet.get());
      if (got == AVERROR(EAGAIN) || got == AVERROR_EOF) return {};
      if (got < 0) return av_failure(ErrorCode::internal, "The sound could not be encoded", got);
      out.push_back(std::move(packet));
    }
  }

  Codec context_;
  bool is_opus_ = false;
  std::int64_t written_ = 0;
};

/// Five milliseconds at the ends of what goes on without a break, so that a cut does not click.
void fade(std::vector<float>& left, std::vector<float>& right, std::size_t begins_at, std::size_t of) {
  constexpr std::size_t length = sound_rate / 200;
  for (std::size_t i = 0; i < left.size(); ++i) {
    const std::size_t at = begins_at + i, to_end = of - 1 - std::min(at, of - 1), edge = std::min(at, to_end);
    if (edge >= length) continue;
    const float part = static_cast<float>(edge) / length;
    left[i] *= part;
    right[i] *= part;
  }
}

using Pair = std::array<std::vector<float>, 2>;

/// All the sound as it is to be heard, in pieces; `take` leaves what it does not need yet, and `is_last` is the last one. Returns the limiter's least gain.
Result<float> bring_to(SoundLine& line, Channels channels, double gain_db, double ceiling_db, Round round,
                       const std::function<Result<void>(Pair& ready, bool is_last)>& take) {
  Limiter limiter(static_cast<float>(from_db(ceiling_db)));
  const auto gain = static_cast<float>(from_db(gain_db));
  Pair ready;
  std::vector<float> left_heard, right_heard;
  TRY(line.read([&](const float* left, const float* right, std::size_t count, std::size_t at, std::size_t of) -> Result<void> {
    round.add(count);
    mix(channels, left, right, count, left_heard, right_heard);
    fade(left_heard, right_heard, at, of);
    limiter.next(left_heard.data(), right_heard.data(), count, gain, ready);
    return take(ready, false);
  }));
  limiter.finish(ready);
  TRY(take(ready, true));
  return limiter.least_gain();
}

Result<void> encode_all(SoundLine& line, const SoundWish& wish, double gain_db, double ceiling_db, const Round& round, Sound& out) {
  TRY_ASSIGN(auto encoder, Encoder::open(wish.is_opus));
  out.packets.clear();
  out.parameters = new_parameters();
  const auto encode = [&](Pair& ready, bool is_last) { return encoder.take(ready, is_last, out.packets); };
  TRY_ASSIGN(const float least_gain, bring_to(line, out.report.channels, gain_db, ceiling_db, round, encode));
  avcodec_parameters_from_context(out.parameters.get(), &encoder.context());
  out.time_base = encoder.context().time_base;
  out.report.limited_db = -to_db(least_gain);
  return {};
}

/// How loud a gain makes it, without encoding: a fraction of the work, and within some hundredths what is heard afterwards.
Result<double> loudness_with(SoundLine& line, Channels channels, double gain_db, double ceiling_db, const Round& round) {
  Meter meter(false);
  const auto weigh = [&](Pair& ready, bool) -> Result<void> {
    meter.add(ready[0].data(), ready[1].data(), ready[0].size());
    for (auto& channel : ready) channel.clear();
    return {};
  };
  TRY(bring_to(line, channels, gain_db, ceiling_db, round, weigh));
  return meter.loudness();
}

/// Decodes what was encoded and measures that.
Result<void> hear(Sound& sound, Round round) {
  TRY_ASSIGN(const auto decoder, open_decoder(*sound.parameters, sound.time_base, 1));
  Meter meter(true);
  const Frame frame = new_frame();
  std::vector<float> left, right;
  const auto drain = [&] {
    while (avcodec_receive_frame(decoder.get(), frame.get()) == 0) {
      const auto count = static_cast<std::size_t>(frame->nb_samples);
      round.add(count);
      if (frame->format == AV_SAMPLE_FMT_FLTP) {
        meter.add(reinterpret_cast<const float*>(frame->data[0]), reinterpret_cast<const float*>(frame->data[1]), count);
      } else {
        const auto* both = reinterpret_cast<const float*>(frame->data[0]);
        left.resize(count);
        right.resize(count);
        for (std::size_t i = 0; i < count; ++i) {
          left[i] = both[2 * i];
          right[i] = both[2 * i + 1];
        }
        meter.add(left.data(), right.data(), count);
      }
    }
  };
  for (const auto& packet : sound.packets) {
    if (const int sent = avcodec_send_packet(decoder.get(), packet.get()); sent < 0)
      return av_failure(ErrorCode::internal, "The sound cannot be heard again", sent);
    drain();
  }
  avcodec_send_packet(decoder.get(), nullptr);
  drain();
  sound.report.loudness_after = meter.loudness();
  sound.report.true_peak_after = meter.true_peak_db();
  return {};
}

}  // namespace

std::string_view name_of(Channels channels) {
  switch (channels) {
    case Channels::automatic:
      return "auto";
    case Channels::both:
      return "both";
    case Channels::left:
      return "left";
    case Channels::right:
      return "right";
    case Channels::inverted:
      return "inverted";
    case Channels::mono:
      break;
  }
  return "mono";
}

std::optional<Channels> find_channels(std::string_view name) {
  for (const auto one : {Channels::automatic, Channels::both, Channels::left, Channels::right, Channels::inverted, Channels::mono})
    if (name == name_of(one)) return one;
  return std::nullopt;
}

Result<std::optional<Sound>> cut_sound(const std::vector<std::string>& paths, const std::vector<Stretch>& stretches, const SoundWish& wish,
                                       const std::function<void(double)>& progress) {
  auto line = SoundLine::open(paths, stretches, wish);
  if (!line) {
    if (line.error().code == ErrorCode::not_found && wish.stream == 0) return std::nullopt;
    return std::unexpected(std::move(line).error());
  }
  Sound out;
  // Measuring takes about a fifth; then a round of encoding and hearing again, or several: each is told as most of what is left.
  constexpr double measuring = 0.2, of_the_rest = 0.8, encoding = 0.7, searching = 0.2;
  constexpr int most_encodings = 4;
  const std::size_t samples = line->samples();
  double done = measuring;
  TRY_ASSIGN(const auto measured, measure(*line, wish, Round(progress, 0, measuring, samples)));
  decide(measured, wish, line->is_mono(), out.report);
  out.report.filled_seconds = line->filled_seconds();
  GainSearch search(wish.loudness.value_or(0), out.report.gain_db, most_gain_db);
  double ceiling = ceiling_dbtp;
  for (int attempt = 1;; ++attempt) {
    out.report.gain_db = search.gain();
    const double begins = std::exchange(done, done + (1 - done) * of_the_rest), heard = begins + (done - begins) * encoding;
    TRY(encode_all(*line, wish, search.gain(), ceiling, Round(progress, begins, heard, samples), out));
    TRY(hear(out, Round(progress, heard, done, samples)));
    if (!wish.loudness || out.report.is_silent || attempt == most_encodings) break;
    const double over = out.report.true_peak_after - most_dbtp;
    bool is_another = search.try_after(out.report.loudness_after);
    if (over <= 0 && !is_another) break;
    if (over > 0) ceiling -= over + 0.2;
    // Which gain it takes is found without encoding.
    for (int tried = 0; is_another && tried < GainSearch::most_attempts; ++tried) {
      const double from = std::exchange(done, done + (1 - done) * searching);
      TRY_ASSIGN(const double loudness, loudness_with(*line, out.report.channels, search.gain(), ceiling, Round(progress, from, done, samples)));
      is_another = search.try_after(loudness);
    }
  }
  return std::optional<Sound>(std::move(out));
}

}  // namespace confer::media
