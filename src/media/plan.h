// Which packets of a video are copied and which pictures are encoded anew, so that a cut is exact to the frame (rules).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>
#include "base/result.h"

namespace confer::media {

/// One coded picture, in the order of its file. Times count the stream's time base.
struct Coded {
  std::int64_t shown_at = 0;  ///< presentation time
  std::int64_t lasts = 0;     ///< 0: not known
  bool is_start = false;      ///< a decoder can begin here, and nothing after it refers to anything before it (IDR)
};

/// From the first frame shown at or after `from` to the last one before `to`.
struct Span {
  std::int64_t from = 0, to = 0;
  bool operator==(const Span&) const = default;
};

/// Frames that come out one after the other by the same means.
struct Run {
  enum class Means : unsigned char { copy, encode };
  Means means = Means::copy;
  std::size_t first = 0, end = 0;    ///< copy: packets [first, end). encode: what the decoder is fed with, from a start on
  std::vector<std::int64_t> frames;  ///< when each is shown, in the order in which it is written
  bool operator==(const Run&) const = default;
};

/// What becomes of one span: a body that is copied, encoded where its ends lie within groups of pictures, and where something is laid over it.
struct SpanPlan {
  std::vector<Run> runs;
  std::int64_t begins = 0;    ///< when its first frame is shown
  std::int64_t ends = 0;      ///< when its last frame has been shown
  std::string whole_because;  ///< why all of it is encoded; empty where a part is copied
  std::size_t frames() const;
  std::size_t copied() const;
};

/// `packets`: what stands in the file around the span, from a start at or before `span.from` (else from the file's beginning) to beyond `span.to` (or the
/// file's end). `may_copy` false encodes everything, for the reason `why`. `covered`: frames over which something is laid, which are encoded. Errors: invalid
/// – no frame is shown within the span.
Result<SpanPlan> plan_span(const std::vector<Coded>& packets, Span span, bool may_copy, const std::string& why, std::optional<Span> covered = {});

/// Where each frame stands in the finished file.
struct Placed {
  std::int64_t shown_at = 0, decoded_at = 0, lasts = 0;
  bool operator==(const Placed&) const = default;
};
/// In the order of writing, over all spans; the first frame that is shown is shown at 0. Decoding times rise, and none is later than its frame is shown.
std::vector<Placed> place_frames(const std::vector<SpanPlan>& spans);

/// The pieces of [from, to) that are left when `dropped` pieces go (in any order, overlapping or not). Errors: invalid – nothing is left, or a piece is turned
/// round.
Result<std::vector<Span>> kept_spans(Span whole, std::vector<Span> dropped);

}  // namespace confer::media
