// Covers the wanted time with files, the one that began last first; then plans each part.
#include "media/line.h"
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <numeric>
#include "media/recode.h"
#include "media/times.h"
#include "media/video_reader.h"

namespace confer::media {

namespace {

/// How much is read behind a piece, so that the plan sees where pictures that are shown earlier end. More than files may overlap and still follow each other.
constexpr double beyond_seconds = 4;
constexpr double most_joins_within = 2;
constexpr std::size_t most_files = 1000;

/// A stretch of the line that no file was found for yet.
struct Bare {
  double from = 0, to = 0;
  std::size_t kept = 0;
  bool is_border = false;  ///< a file goes on at `to`
};

std::string name_of(const Laid& file) { return "“" + std::filesystem::path(file.source.path).filename().string() + "”"; }

class Layer {
 public:
  explicit Layer(const LineWish& wish) : wish_(wish) {}

  Result<Line> run() {
    TRY(check());
    const auto ns = [](double seconds) { return static_cast<std::int64_t>(std::llround(seconds * 1e9)); };
    std::vector<Span> dropped;
    for (const auto& piece : wish_.dropped) dropped.push_back({ns(piece.from), ns(piece.to)});
    TRY_ASSIGN(const auto kept, kept_spans({ns(wish_.whole.from), ns(wish_.whole.to)}, dropped));
    for (std::size_t i = 0; i < kept.size(); ++i) bare_.push_back({static_cast<double>(kept[i].from) / 1e9, static_cast<double>(kept[i].to) / 1e9, i});
    std::vector<std::size_t> order(wish_.sources.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, std::greater<>(), [&](std::size_t i) { return wish_.sources[i].begins; });
    line_.files.resize(order.size());
    for (const std::size_t i : order) TRY(cover(i));
    if (line_.parts.empty())
      return fail(ErrorCode::invalid, "The recording shows no frame from " + time_text(wish_.whole.from) + " to " + time_text(wish_.whole.to) + ".");
    std::ranges::sort(line_.parts, {}, [&](const Part& part) { return begin_of(part); });
    TRY(choose_like());
    TRY(plan_parts());
    tell_gaps();
    return std::move(line_);
  }

 private:
  Result<void> check() const {
    if (wish_.sources.size() > most_files) return fail(ErrorCode::invalid, "These are more than 1000 files.");
    if (!(wish_.joins_within >= 0 && wish_.joins_within <= most_joins_within))
      return fail(ErrorCode::invalid, "Files can follow each other within 0 to 2 seconds.");
    for (std::size_t i = 0; i < wish_.sources.size(); ++i)
      for (std::size_t k = 0; k < i; ++k)
        if (std::fabs(wish_.sources[i].begins - wish_.sources[k].begins) < 0.001)
          return fail(ErrorCode::invalid, "“" + wish_.sources[k].path + "” and “" + wish_.sources[i].path + "” would begin at the same time.");
    return {};
  }

  double begin_of(const Part& part) const { return line_.files[part.file].seconds(part.plan.begins); }
  double end_of(const Part& part) const { return line_.files[part.file].seconds(part.plan.ends); }

  /// Gives what is bare to this file, as far as it has frames there.
  Result<void> cover(std::size_t index) {
    Laid& file = line_.files[index];
    file.source = wish_.sources[index];
    if (std::ranges::none_of(bare_, [&](const Bare& bare) { return bare.to > file.source.begins; })) return {};
    TRY_ASSIGN(auto reader, VideoReader::open(file.source.path));
    const AVStream& stream = reader.stream();
    file.base = stream.time_base;
    file.zero = reader.zero();
    file.codec = stream.codecpar->codec_id;
    file.width = stream.codecpar->width;
    file.height = stream.codecpar->height;
    file.format = stream.codecpar->format;
    file.why_not = wish_.encode_everything_because.empty() ? why_not_joined(stream) : wish_.encode_everything_because;
    file.frame = stream.avg_frame_rate.num > 0 && stream.avg_frame_rate.den > 0 ? 1 / av_q2d(stream.avg_frame_rate) : 0.04;
    if (reader.nal_codec() != nullptr && stream.codecpar->extradata_size > 0 && stream.codecpar->extradata[0] != 1)
      file.sets.add({stream.codecpar->extradata, static_cast<std::size_t>(stream.codecpar->extradata_size)}, *reader.nal_codec());
    std::vector<Bare> rest;
    for (const Bare& bare : bare_) {
      if (bare.to <= file.source.begins) {
        rest.push_back(bare);
        continue;
      }
      Part part{.file = index, .kept = bare.kept, .span = {file.ticks(std::max(bare.from, file.source.begins)), file.ticks(bare.to)}};
      TRY_ASSIGN(const bool is_at_end, read_around(reader, file, part));
      if (bare.is_border) end_at_border(file, part, bare.to, is_at_end);
      // What is copied of it is decided when all parts are known; this tells from when to when.
      auto planned = plan_span(part.packets, part.span, false, "");
      if (!planned) {
        rest.push_back(bare);
        continue;
      }
      part.plan = *std::move(planned);
      const double begins = begin_of(part), ends = part.until ? bare.to : end_of(part);
      if (begins - bare.from > 1.5 * file.frame) rest.push_back({bare.from, begins, bare.kept, true});
      if (bare.to - ends > 1.5 * file.frame) rest.push_back({ends, bare.to, bare.kept, bare.is_border});
      file.frames += static_cast<std::int64_t>(part.plan.frames());
      line_.parts.push_back(std::move(part));
    }
    bare_ = std::move(rest);
    return {};
  }

  /// Another file goes on at `border`. One that ends soon after it is shown to its end: begins are seldom known to the frame. Else this one stops there.
  void end_at_border(const Laid& file, Part& part, double border, bool is_at_end) const {
    std::int64_t last = std::numeric_limits<std::int64_t>::min();
    for (const auto& packet : part.packets) last = std::max(last, packet.shown_at);
    if (is_at_end && file.seconds(last) + file.frame <= border + wish_.joins_within + 0.0005) {
      part.span.to = std::max(part.span.to, last + 1);
    } else {
      part.until = part.span.to;
      part.span.to -= static_cast<std::int64_t>(file.frame / 2 / av_q2d(file.base));  // no frame for a moment
    }
  }

  /// Reads from a start at or before the span to beyond it. True when the file ended.
  Result<bool> read_around(VideoReader& reader, Laid& file, Part& out) const {
    TRY_ASSIGN(out.seek, reader.wind_before(out.span.from));
    const Packet packet = new_packet();
    const std::int64_t beyond = out.span.to + static_cast<std::int64_t>(beyond_seconds / av_q2d(file.base));
    std::optional<std::int64_t> last;
    while (true) {
      TRY_ASSIGN(const bool is_there, reader.read(*packet));
      if (!is_there) return true;
      const Coded coded = reader.describe(*packet);
      if (coded.shown_at == AV_NOPTS_VALUE) return fail(ErrorCode::invalid, "The recording has pictures without a time.");
      if (last && static_cast<double>(*last - coded.shown_at) * av_q2d(file.base) > 2)
        return fail(ErrorCode::invalid, "The recording's clock jumps back at " + time_text(static_cast<double>(*last - file.zero) * av_q2d(file.base)) +
                                            ": divide the file there first.");
      last = coded.shown_at;
      if (reader.nal_codec() != nullptr) file.sets.add({packet->data, static_cast<std::size_t>(packet->size)}, *reader.nal_codec());
      out.packets.push_back(coded);
      if (coded.shown_at > beyond) return false;
    }
  }

  /// The file that gives most sets the form, of those that can be copied.
  Result<void> choose_like() {
    const auto& files = line_.files;
    const auto worth = [&](std::size_t i) {
      return files[i].frames == 0 ? -1 : files[i].why_not.empty() ? files[i].frames + (std::int64_t{1} << 40) : files[i].frames;
    };
    for (std::size_t i = 1; i < files.size(); ++i)
      if (worth(i) > worth(line_.like)) line_.like = i;
    const Laid& like = files[line_.like];
    line_.base = like.base;
    for (auto& file : line_.files) {
      if (file.frames == 0 || &file == &like) continue;
      if (file.width != like.width || file.height != like.height)
        return fail(ErrorCode::invalid, name_of(file) + " has pictures of " + size_of(file) + " and " + name_of(like) + " of " + size_of(like) +
                                            ": they do not go into one video. Cut them one by one.");
      if (av_cmp_q(file.base, line_.base) < 0) line_.base = file.base;
      if (file.why_not.empty()) file.why_not = why_unlike(file, like);
    }
    return {};
  }

  static std::string size_of(const Laid& file) { return std::to_string(file.width) + "×" + std::to_string(file.height); }

  static std::string why_unlike(const Laid& file, const Laid& like) {
    if (file.codec != like.codec)
      return name_of(file) + " has pictures of the codec " + avcodec_get_name(file.codec) + ", " + name_of(like) + " of " + avcodec_get_name(like.codec) + ".";
    if (file.format != like.format) return name_of(file) + " stores its pixels otherwise than " + name_of(like) + ".";
    if (file.codec == AV_CODEC_ID_H264 && contradict(file.sets, like.sets))
      return name_of(file) + " was recorded with other settings than " + name_of(like) + ".";
    return "";
  }

  Result<void> plan_parts() {
    for (std::size_t i = 0; i < line_.parts.size(); ++i) {
      Part& part = line_.parts[i];
      const Laid& file = line_.files[part.file];
      std::optional<Span> covered;
      if (wish_.covered) {
        const auto at = [&](double seconds) { return part.plan.begins + static_cast<std::int64_t>(std::floor((seconds - part.after) / av_q2d(file.base))); };
        covered = Span{at(wish_.covered->from), at(wish_.covered->to) + 1};
      }
      TRY_ASSIGN(part.plan, plan_span(part.packets, part.span, file.why_not.empty(), file.why_not, covered));
      if (part.until) part.plan.ends = *part.until;
      if (i + 1 < line_.parts.size()) line_.parts[i + 1].after = part.after + static_cast<double>(part.plan.ends - part.plan.begins) * av_q2d(file.base);
      if (i == 0) continue;
      const Part& before = line_.parts[i - 1];
      part.follows =
          before.kept == part.kept && before.file != part.file && begin_of(part) - end_of(before) <= std::max(wish_.joins_within, 1.5 * file.frame) + 0.0005;
    }
    return {};
  }

  void tell_gaps() {
    std::ranges::sort(bare_, {}, &Bare::from);
    for (const Bare& bare : bare_)
      if (bare.to - bare.from > wish_.joins_within + 0.0005) line_.gaps.push_back({bare.from, bare.to - bare.from});
  }

  const LineWish& wish_;
  std::vector<Bare> bare_;
  Line line_;
};

}  // namespace

std::int64_t Laid::ticks(double seconds) const {
  // To half a millisecond, and to the nearest tick.
  return zero + static_cast<std::int64_t>(std::ceil((seconds - source.begins - 0.0005) / av_q2d(base)));
}

Result<Line> lay_out(const LineWish& wish) { return Layer(wish).run(); }

}  // namespace confer::media
