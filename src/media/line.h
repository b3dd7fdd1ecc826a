// Lays the files of one recorder on one line of time, and plans which file shows which time of a cut, and how.
#pragma once
#include <optional>
#include <string>
#include <vector>
#include "base/result.h"
#include "media/av.h"
#include "media/parameter_sets.h"
#include "media/plan.h"

namespace confer::media {

/// Times in seconds on the common line. A frame belongs to a piece when it is shown at or after `from` and before `to`, to half a millisecond.
struct Piece {
  double from = 0, to = 0;
};

/// A file, and when it begins on the common line (its zero: `VideoReader::zero`).
struct Source {
  std::string path;
  double begins = 0;
};

/// Nothing was recorded from `at` on, for `lasts` seconds.
struct Gap {
  double at = 0, lasts = 0;
  bool operator==(const Gap&) const = default;
};

/// One file of the line, as far as it was needed.
struct Laid {
  Source source;
  AVRational base{1, 1};
  std::int64_t zero = 0;
  double frame = 0;  ///< seconds that a frame usually lasts
  AVCodecID codec = AV_CODEC_ID_NONE;
  int width = 0, height = 0, format = -1;
  ParameterSets sets;       ///< of what was read
  std::string why_not;      ///< why nothing of it can be copied; empty: it can
  std::int64_t frames = 0;  ///< that are wanted of it; 0: it is not used

  double seconds(std::int64_t ticks) const { return source.begins + static_cast<double>(ticks - zero) * av_q2d(base); }
  std::int64_t ticks(double seconds) const;
};

/// What one file gives without a break: where reading begins, what is read, what becomes of it.
struct Part {
  std::size_t file = 0, kept = 0;    ///< indices of the file and of the piece that stays
  std::optional<std::int64_t> seek;  ///< empty: from the file's beginning
  std::vector<Coded> packets;
  Span span;                          ///< in the file's ticks
  std::optional<std::int64_t> until;  ///< the last frame is shown till then at most: another file goes on
  SpanPlan plan;
  double after = 0;      ///< seconds of the line that are shown before it
  bool follows = false;  ///< goes on, in another file, where the part before ends
};

struct LineWish {
  std::vector<Source> sources;
  Piece whole;
  std::vector<Piece> dropped;
  double joins_within = 0.1;              ///< seconds, see `CutWish`
  std::string encode_everything_because;  ///< empty: what can be copied is
  std::optional<Piece> covered = {};      ///< encoded, since something is laid over it; seconds that are shown before it, cut-outs not counted
};

struct Line {
  std::vector<Laid> files;
  std::vector<Part> parts;  ///< in the order of showing
  std::vector<Gap> gaps;
  std::size_t like = 0;  ///< the file whose pictures the others are made like
  /// The finest time base of the files that are used.
  AVRational base{1, 1};
};

/// Where files overlap the one that began last is shown. Errors: invalid – times, files that do not fit together, nothing is shown; not_found; unavailable.
Result<Line> lay_out(const LineWish& wish);

}  // namespace confer::media
