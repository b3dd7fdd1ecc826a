// Looks into media files, and asks a process of its own to do so.
#include "media/probe.h"
#include <filesystem>
#include <nlohmann/json.hpp>
#include "base/json_writer.h"
#include "base/text.h"
#include "media/av.h"
#include "media/process.h"

namespace confer::media {

namespace {

constexpr microseconds probe_most{std::chrono::hours(24 * 30)};

microseconds in_microseconds(std::int64_t time, AVRational base) {
  if (time == AV_NOPTS_VALUE || base.num <= 0 || base.den <= 0) return {};
  const microseconds value{av_rescale_q(time, base, AVRational{1, 1000000})};
  return value < -probe_most || value > probe_most ? microseconds{} : value;
}

StreamKind kind_of(AVMediaType type) {
  switch (type) {
    case AVMEDIA_TYPE_VIDEO:
      return StreamKind::video;
    case AVMEDIA_TYPE_AUDIO:
      return StreamKind::audio;
    case AVMEDIA_TYPE_SUBTITLE:
      return StreamKind::captions;
    default:
      return StreamKind::other;
  }
}

std::string tag_of(const AVDictionary* tags, const char* name) {
  const AVDictionaryEntry* entry = av_dict_get(tags, name, nullptr, 0);
  return entry == nullptr ? "" : ellipsis(tidy_line(entry->value), 200);
}

Stream read_stream(const AVStream& from) {
  const AVCodecParameters& codec = *from.codecpar;
  Stream out;
  out.index = from.index;
  out.kind = (from.disposition & AV_DISPOSITION_ATTACHED_PIC) != 0 ? StreamKind::other : kind_of(codec.codec_type);
  out.codec = avcodec_get_name(codec.codec_id);
  if (const char* profile = avcodec_profile_name(codec.codec_id, codec.profile)) out.profile = profile;
  out.language = tag_of(from.metadata, "language");
  out.starts = in_microseconds(from.start_time, from.time_base);
  out.length = in_microseconds(from.duration, from.time_base);
  out.bits_per_second = codec.bit_rate;
  out.width = codec.width;
  out.height = codec.height;
  out.frame_rate = {from.avg_frame_rate.num, from.avg_frame_rate.den == 0 ? 1 : from.avg_frame_rate.den};
  out.is_interlaced = codec.field_order != AV_FIELD_UNKNOWN && codec.field_order != AV_FIELD_PROGRESSIVE;
  out.sample_rate = codec.sample_rate;
  out.channels = codec.ch_layout.nb_channels;
  return out;
}

/// A member that is an integer in its bounds; anything else is an error.
template <class T>
Result<T> integer(const nlohmann::json& object, const char* name) {
  const auto at = object.find(name);
  if (at == object.end() || !at->is_number_integer()) return fail(ErrorCode::invalid, std::string("The report has no whole number “") + name + "”.");
  return at->get<T>();
}

std::string text(const nlohmann::json& object, const char* name) {
  const auto at = object.find(name);
  return at != object.end() && at->is_string() ? at->get<std::string>() : "";
}

}  // namespace

std::string_view name_of(StreamKind kind) {
  switch (kind) {
    case StreamKind::video:
      return "video";
    case StreamKind::audio:
      return "audio";
    case StreamKind::captions:
      return "captions";
    case StreamKind::other:
      break;
  }
  return "other";
}

const Stream* Probed::find(StreamKind kind) const {
  for (const auto& stream : streams)
    if (stream.kind == kind) return &stream;
  return nullptr;
}

Result<Probed> look_into(const std::string& path) {
  TRY_ASSIGN(const Input input, open_input(path));
  Probed out;
  out.container = input->iformat->name;
  std::error_code error;
  out.size_bytes = std::filesystem::file_size(path, error);
  out.starts = in_microseconds(input->start_time, AVRational{1, AV_TIME_BASE});
  out.length = in_microseconds(input->duration, AVRational{1, AV_TIME_BASE});
  if (auto told = parse_instant(tag_of(input->metadata, "creation_time"))) out.recorded_at = *told;
  for (unsigned i = 0; i < input->nb_streams; ++i) out.streams.push_back(read_stream(*input->streams[i]));
  if (out.find(StreamKind::video) == nullptr && out.find(StreamKind::audio) == nullptr)
    return fail(ErrorCode::invalid, "“" + path + "” has neither picture nor sound.");
  return out;
}

Result<Probed> probe(const std::string& path) {
  std::error_code error;
  const auto absolute = std::filesystem::canonical(path, error);
  if (error) return fail(ErrorCode::not_found, "There is no file “" + path + "”.");
  Limits limits;
  limits.cpu = std::chrono::seconds(60);
  limits.wall = std::chrono::seconds(120);
  limits.memory_bytes = std::uint64_t{2} << 30U;
  limits.reads = {absolute.string()};
  TRY_ASSIGN(const auto ended, run_limited({own_program(), "probe", absolute.string()}, limits));
  if (ended.is_well()) return read_probed(ended.out);
  const std::string reason = reason_of(ended);
  if (ended.exit_code == 2) return fail(ErrorCode::invalid, reason.starts_with("confer: ") ? reason.substr(8) : reason);
  return fail(ErrorCode::unavailable, "“" + path + "” could not be looked into. " + reason);
}

std::string to_json(const Probed& probed) {
  JsonWriter w;
  w.begin_object().field("container", probed.container).field("size_bytes", probed.size_bytes);
  w.field("starts_us", probed.starts.count()).field("length_us", probed.length.count());
  if (probed.recorded_at) w.field("recorded_at", to_text(*probed.recorded_at));
  w.key("streams").begin_array();
  for (const auto& stream : probed.streams) {
    w.begin_object().field("index", stream.index).field("kind", name_of(stream.kind)).field("codec", stream.codec).field("profile", stream.profile);
    w.field("language", stream.language).field("starts_us", stream.starts.count()).field("length_us", stream.length.count());
    w.field("bits_per_second", stream.bits_per_second);
    if (stream.kind == StreamKind::video) {
      w.field("width", stream.width).field("height", stream.height).field("interlaced", stream.is_interlaced);
      w.field("frame_rate", std::to_string(stream.frame_rate.num) + "/" + std::to_string(stream.frame_rate.den));
    }
    if (stream.kind == StreamKind::audio) w.field("sample_rate", stream.sample_rate).field("channels", stream.channels);
    w.end_object();
  }
  return w.end_array().end_object().take();
}

Result<Probed> read_probed(std::string_view json) {
  const auto root = nlohmann::json::parse(json, nullptr, false);
  if (!root.is_object() || !root.contains("streams") || !root["streams"].is_array())
    return fail(ErrorCode::invalid, "What was said of the recording cannot be read.", std::string(json.substr(0, 200)));
  Probed out;
  out.container = text(root, "container");
  TRY_ASSIGN(out.size_bytes, integer<std::uint64_t>(root, "size_bytes"));
  TRY_ASSIGN(const auto starts, integer<std::int64_t>(root, "starts_us"));
  TRY_ASSIGN(const auto length, integer<std::int64_t>(root, "length_us"));
  out.starts = microseconds(starts);
  out.length = microseconds(length);
  if (auto told = parse_instant(text(root, "recorded_at"))) out.recorded_at = *told;
  for (const auto& from : root["streams"]) {
    if (!from.is_object()) return fail(ErrorCode::invalid, "What was said of the recording cannot be read.");
    Stream& stream = out.streams.emplace_back();
    const std::string kind = text(from, "kind");
    for (const auto one : {StreamKind::video, StreamKind::audio, StreamKind::captions})
      if (kind == name_of(one)) stream.kind = one;
    TRY_ASSIGN(stream.index, integer<int>(from, "index"));
    stream.codec = text(from, "codec");
    stream.profile = text(from, "profile");
    stream.language = text(from, "language");
    TRY_ASSIGN(const auto from_us, integer<std::int64_t>(from, "starts_us"));
    TRY_ASSIGN(const auto for_us, integer<std::int64_t>(from, "length_us"));
    stream.starts = microseconds(from_us);
    stream.length = microseconds(for_us);
    TRY_ASSIGN(stream.bits_per_second, integer<std::int64_t>(from, "bits_per_second"));
    if (stream.kind == StreamKind::video) {
      TRY_ASSIGN(stream.width, integer<int>(from, "width"));
      TRY_ASSIGN(stream.height, integer<int>(from, "height"));
      stream.is_interlaced = from.value("interlaced", false);
      const std::string rate = text(from, "frame_rate");
      if (const auto slash = rate.find('/'); slash != std::string::npos)
        stream.frame_rate = {static_cast<int>(std::strtol(rate.c_str(), nullptr, 10)), static_cast<int>(std::strtol(rate.c_str() + slash + 1, nullptr, 10))};
    }
    if (stream.kind == StreamKind::audio) {
      TRY_ASSIGN(stream.sample_rate, integer<int>(from, "sample_rate"));
      TRY_ASSIGN(stream.channels, integer<int>(from, "channels"));
    }
  }
  return out;
}

}  // namespace confer::media
