// Finds where somebody speaks, and writes that as it would be heard.
#include "media/samples.h"
#include <algorithm>
#include <cmath>
#include "base/json_writer.h"
#include "files/durable.h"
#include "media/av.h"
#include "media/listen.h"
#include "media/muxer.h"
#include "media/video_reader.h"

namespace confer::media {

Result<Samples> make_samples(const SamplesWish& wish) {
  if (!(wish.length >= 1 && wish.length <= 60)) return fail(ErrorCode::invalid, "A sample is 1 to 60 seconds long.");
  Samples out;
  out.length = wish.length;
  ListenWish listening{.path = wish.path, .whole = wish.whole, .has_picture = false, .stream = wish.stream};
  if (wish.at) listening.whole = {*wish.at, *wish.at + wish.length};
  TRY_ASSIGN(const auto heard, listen(listening));
  if (!heard.has_sound) return fail(ErrorCode::invalid, "“" + wish.path + "” has no sound.");
  out.length = std::min(out.length, heard.to - heard.from);
  const auto found = find_speech(heard, out.length);
  out.is_speech = found.has_value();
  out.at = wish.at.value_or(found.value_or(heard.from + (heard.to - heard.from - out.length) / 2));
  TRY_ASSIGN(const auto extent, extent_of(wish.path));
  const auto reader = VideoReader::open(wish.path);
  const double zero = reader ? static_cast<double>(reader->zero()) * av_q2d(reader->stream().time_base) : extent.from;
  TRY(files::ensure_folder(wish.folder));
  for (const auto channels : {Channels::automatic, Channels::both, Channels::left, Channels::right, Channels::inverted, Channels::mono}) {
    SoundWish sound;
    sound.channels = channels;
    sound.stream = wish.stream;
    TRY_ASSIGN(const auto cut, cut_sound({wish.path}, {{zero + out.at, zero + out.at + out.length}}, sound));
    if (!cut) return fail(ErrorCode::invalid, "“" + wish.path + "” has no sound.");
    if (channels == Channels::automatic) {
      out.automatic = cut->report;
      continue;
    }
    const std::string name = std::string(name_of(channels)) + ".m4a";
    TRY(write_sound(wish.folder + "/" + name, *cut));
    out.samples.push_back({channels, name});
  }
  return out;
}

std::optional<double> find_speech(const Listening& listening, double length) {
  const double middle = (listening.from + listening.to - length) / 2;
  std::optional<double> best;
  double most = 0;
  const auto spoken = [&](double from) {
    double sum = 0;
    for (const auto& speech : listening.speech) sum += std::max(0.0, std::min(speech.to, from + length) - std::max(speech.from, from));
    return sum;
  };
  const auto consider = [&](double from) {
    from = std::clamp(from, listening.from, std::max(listening.from, listening.to - length));
    const double value = spoken(from);
    const bool is_better = value > most + 0.01 || (best && value > most - 0.01 && std::fabs(from - middle) < std::fabs(*best - middle));
    if (value <= 0 || !is_better) return;
    best = from;
    most = std::max(most, value);
  };
  for (const auto& speech : listening.speech) {
    consider(speech.from);
    consider(speech.to - length);
    if (speech.length() > length) consider(std::clamp(middle, speech.from, speech.to - length));
  }
  return best;
}

std::string to_json(const Samples& samples) {
  const auto rounded = [](double value) { return std::round(value * 1000) / 1000; };
  JsonWriter w;
  w.begin_object().field("at", rounded(samples.at)).field("length", rounded(samples.length)).field("speech", samples.is_speech);
  const SoundReport& s = samples.automatic;
  w.key("automatic").begin_object().field("channels", name_of(s.channels)).field("because", s.because).field("silent", s.is_silent);
  w.field("level_left_dbfs", rounded(s.level_left)).field("level_right_dbfs", rounded(s.level_right)).field("correlation", rounded(s.correlation)).end_object();
  w.key("samples").begin_array();
  for (const auto& one : samples.samples) w.begin_object().field("channels", name_of(one.channels)).field("file", one.file).end_object();
  return w.end_array().end_object().take();
}

}  // namespace confer::media
