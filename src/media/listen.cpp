// Measures moments of sound and differences of key frames.
#include "media/listen.h"
#include <sys/resource.h>
#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include "base/json_writer.h"
#include "media/key_frames.h"
#include "media/limiter.h"
#include "media/sound_reader.h"
#include "media/times.h"

namespace confer::media {

namespace {

constexpr std::size_t moment_samples = sound_rate / moments_per_second;
constexpr std::size_t thinned_by = 12;  ///< to 4 kHz, for what is voiced
/// More than a day's recording is a mistake, and its curve would be too long for a report.
constexpr double longest_seconds = 26.0 * 3600;
constexpr int look_width = 32, look_height = 18;

double cpu_now() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto of = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

float to_db(double square) { return static_cast<float>(square <= 1e-12 ? -120 : 10 * std::log10(square)); }

/// How alike the sound is to itself one period later, at the period where it is most so.
float voiced(const std::array<float, moment_samples / thinned_by>& thin) {
  constexpr std::size_t shortest = 10, longest = 50, count = moment_samples / thinned_by - longest;  // 400 to 80 Hz at 4 kHz
  double best = 0, here = 0;
  for (std::size_t i = 0; i < count; ++i) here += static_cast<double>(thin[i]) * thin[i];
  for (std::size_t lag = shortest; lag <= longest; ++lag) {
    float product = 0, there = 0;
    for (std::size_t i = 0; i < count; ++i) {
      product += thin[i] * thin[i + lag];
      there += thin[i + lag] * thin[i + lag];
    }
    if (here > 1e-12 && there > 1e-12F) best = std::max(best, product / std::sqrt(here * there));
  }
  return static_cast<float>(std::clamp(best, 0.0, 1.0));
}

Moment measure(const float* samples) {
  Moment out;
  double square = 0, thin_square = 0, mean = 0;
  float peak = 0;
  std::array<float, moment_samples / thinned_by> thin{};
  for (std::size_t k = 0; k < thin.size(); ++k) {
    float sum = 0;
    for (std::size_t i = k * thinned_by; i < (k + 1) * thinned_by; ++i) {
      sum += samples[i];
      square += static_cast<double>(samples[i]) * samples[i];
      peak = std::max(peak, std::fabs(samples[i]));
    }
    thin[k] = sum / thinned_by;
    mean += thin[k];
    thin_square += static_cast<double>(thin[k]) * thin[k];
  }
  mean /= static_cast<double>(thin.size());
  for (auto& value : thin) value -= static_cast<float>(mean);
  square /= moment_samples;
  thin_square /= static_cast<double>(thin.size());
  out.level_db = to_db(square);
  out.peak_db = to_db(static_cast<double>(peak) * peak);
  out.bright = square <= 0 ? 0 : static_cast<float>(std::clamp(1 - thin_square / square, 0.0, 1.0));
  out.voiced = voiced(thin);
  return out;
}

Result<void> hear(SoundReader& reader, double zero, Listening& out) {
  std::array<std::vector<float>, 2> waiting;
  double left_square = 0, right_square = 0, product = 0;
  std::size_t count = 0;
  const auto total = static_cast<std::size_t>(std::max(0.0, std::floor((out.to - out.from) * moments_per_second))) * moment_samples;
  TRY(reader.read(zero + out.from, total, [&](const float* left, const float* right, std::size_t some, bool) -> Result<void> {
    waiting[0].insert(waiting[0].end(), left, left + some);
    waiting[1].insert(waiting[1].end(), right, right + some);
    std::size_t at = 0;
    for (; waiting[0].size() - at >= moment_samples; at += moment_samples) {
      double l = 0, r = 0;
      for (std::size_t i = at; i < at + moment_samples; ++i) {
        const double one = waiting[0][i], other = waiting[1][i];
        l += one * one;
        r += other * other;
        product += one * other;
      }
      left_square += l;
      right_square += r;
      count += moment_samples;
      out.moments.push_back(measure(waiting[l >= r ? 0 : 1].data() + at));
    }
    for (auto& channel : waiting) channel.erase(channel.begin(), channel.begin() + static_cast<std::ptrdiff_t>(at));
    return {};
  }));
  const double samples = std::max<double>(1, static_cast<double>(count)), power = std::sqrt(left_square * right_square);
  out.level_left = to_db(left_square / samples);
  out.level_right = to_db(right_square / samples);
  out.correlation = power > 0 ? product / power : 0;
  return {};
}

Result<void> look(KeyFrames& frames, Listening& out) {
  std::vector<KeyLook> looks;
  std::optional<Gray> last;
  TRY(frames.each({out.from, out.to}, 1, [&](const AVFrame& frame, double at) -> Result<void> {
    TRY_ASSIGN(auto gray, shrink(frame, look_width, look_height));
    looks.push_back({at, last ? difference(*last, gray) : 0});
    last = std::move(gray);
    return {};
  }));
  out.changes = find_changes(looks);
  return {};
}

/// Empty when the file ends before.
Result<std::optional<Listening>> listen_to(const std::string& path, Piece whole, const ListenWish& wish) {
  auto frames = KeyFrames::open(path, wish.threads);
  if (!frames && frames.error().code == ErrorCode::not_found) return std::unexpected(std::move(frames).error());
  auto sound = SoundReader::open(path, wish.stream);
  if (!sound && (sound.error().code != ErrorCode::not_found || wish.stream > 0)) return std::unexpected(std::move(sound).error());
  if (!sound && !frames) return fail(ErrorCode::invalid, "“" + path + "” has neither picture nor sound.");
  TRY_ASSIGN(const auto extent, extent_of(path));
  const double zero = frames ? frames->zero_seconds() : extent.from;
  Listening out;
  out.from = whole.from;
  out.to = std::min(whole.to, extent.to - zero);
  if (out.to <= out.from) return std::nullopt;
  if (out.to - out.from > longest_seconds) return fail(ErrorCode::invalid, "“" + path + "” is longer than a day: say from when to when.");
  double cpu = cpu_now();
  const auto lap = [&] {
    const double before = std::exchange(cpu, cpu_now());
    return cpu - before;
  };
  if (sound) {
    TRY(hear(*sound, zero, out));
    out.has_sound = true;
    understand(out);
  }
  out.cpu_sound = lap();
  if (frames && wish.has_picture) TRY(look(*frames, out));
  out.cpu_picture = lap();
  return std::optional(std::move(out));
}

std::vector<Heard> read_pieces(const nlohmann::json& root, const char* name) {
  std::vector<Heard> out;
  if (const auto list = root.find(name); list != root.end() && list->is_array())
    for (const auto& one : *list)
      if (one.is_object() && one.contains("from") && one.contains("to") && one["from"].is_number() && one["to"].is_number())
        out.push_back({one["from"].get<double>(), one["to"].get<double>()});
  return out;
}

double number(const nlohmann::json& object, const char* name, double otherwise) {
  const auto at = object.find(name);
  return at != object.end() && at->is_number() ? at->get<double>() : otherwise;
}

double rounded(double value) { return std::round(value * 1000) / 1000; }

}  // namespace

Result<Listening> listen(const ListenWish& wish) {
  if (!(wish.whole.from >= 0) || wish.whole.from >= wish.whole.to) return fail(ErrorCode::invalid, "The end is not after the beginning.");
  auto sources = wish.sources.empty() ? std::vector<Source>{{wish.path, 0}} : wish.sources;
  std::ranges::sort(sources, {}, &Source::begins);
  Listening out;
  bool is_first = true;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const double begins = sources[i].begins;
    // Where files overlap the one that began last is heard, as in a cut.
    const double to = std::min(wish.whole.to, i + 1 < sources.size() ? sources[i + 1].begins : wish.whole.to) - begins,
                 from = std::max(0.0, wish.whole.from - begins);
    if (to <= from) continue;
    TRY_ASSIGN(const auto part, listen_to(sources[i].path, {from, to}, wish));
    if (!part) continue;
    append(out, *part, begins);
    is_first = false;
  }
  if (is_first) return fail(ErrorCode::invalid, "Nothing was recorded from " + time_text(wish.whole.from) + " on.");
  return out;
}

std::string to_json(const Listening& listening, const std::optional<Proposal>& proposal) {
  JsonWriter w;
  w.begin_object().field("from", rounded(listening.from)).field("to", rounded(listening.to)).field("has_sound", listening.has_sound);
  w.field("level_left_dbfs", rounded(listening.level_left)).field("level_right_dbfs", rounded(listening.level_right));
  w.field("correlation", rounded(listening.correlation)).field("floor_dbfs", rounded(listening.floor_db));
  const auto pieces = [&](const char* name, const std::vector<Heard>& list) {
    w.key(name).begin_array();
    for (const auto& one : list) w.begin_object().field("from", rounded(one.from)).field("to", rounded(one.to)).end_object();
    w.end_array();
  };
  pieces("speech", listening.speech);
  pieces("applause", listening.applause);
  pieces("silences", listening.silences);
  w.key("changes").begin_array();
  for (const auto& one : listening.changes)
    w.begin_object().field("after", rounded(one.after)).field("at", rounded(one.at)).field("share", rounded(one.share)).end_object();
  w.end_array();
  if (proposal) {
    w.key("proposal").begin_object();
    const auto side = [&](const char* name, const Proposed& one) {
      w.key(name).begin_object().field("at", rounded(one.at)).field("confidence", rounded(one.confidence)).key("because").begin_array();
      for (const auto& why : one.because) w.value(why);
      w.end_array().end_object();
    };
    side("begins", proposal->begins);
    side("ends", proposal->ends);
    w.end_object();
  }
  w.key("cpu_seconds").begin_object().field("sound", rounded(listening.cpu_sound)).field("picture", rounded(listening.cpu_picture)).end_object();
  w.field("values_per_second", moments_per_second);
  const auto curve = [&](const char* name, float Moment::* value) {
    w.key(name).begin_array();
    for (const auto& moment : listening.moments) w.value(static_cast<int>(std::lround(moment.*value)));
    w.end_array();
  };
  curve("rms_db", &Moment::level_db);
  curve("peak_db", &Moment::peak_db);
  return w.end_object().take();
}

Result<Listening> read_listening(std::string_view json) {
  const auto root = nlohmann::json::parse(json, nullptr, false);
  const auto refused = [&] { return fail(ErrorCode::invalid, "What was heard of the recording cannot be read.", std::string(json.substr(0, 200))); };
  if (!root.is_object() || !root.contains("rms_db") || !root.contains("peak_db")) return refused();
  const auto &levels = root["rms_db"], &peaks = root["peak_db"];
  if (!levels.is_array() || !peaks.is_array() || levels.size() != peaks.size()) return refused();
  Listening out;
  out.from = number(root, "from", 0);
  out.to = number(root, "to", 0);
  out.has_sound = root.contains("has_sound") && root["has_sound"].is_boolean() && root["has_sound"].get<bool>();
  out.level_left = number(root, "level_left_dbfs", -120);
  out.level_right = number(root, "level_right_dbfs", -120);
  out.correlation = number(root, "correlation", 0);
  out.floor_db = number(root, "floor_dbfs", -120);
  out.speech = read_pieces(root, "speech");
  out.applause = read_pieces(root, "applause");
  out.silences = read_pieces(root, "silences");
  if (const auto list = root.find("changes"); list != root.end() && list->is_array())
    for (const auto& one : *list)
      if (one.is_object()) out.changes.push_back({number(one, "after", 0), number(one, "at", 0), number(one, "share", 0)});
  for (std::size_t i = 0; i < levels.size(); ++i) {
    if (!levels[i].is_number() || !peaks[i].is_number()) return refused();
    out.moments.push_back({levels[i].get<float>(), peaks[i].get<float>(), 0, 0});
  }
  return out;
}

}  // namespace confer::media
