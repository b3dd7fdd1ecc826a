// A cut of a recording: exact to the frame, with as little as possible encoded a second time, and a report that proves it.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>
#include "base/result.h"
#include "media/chapter.h"
#include "media/line.h"
#include "media/plate.h"
#include "media/sound.h"
#include "media/still.h"
#include "media/times.h"

namespace confer::media {

struct CutWish {
  std::string in, out;          ///< `out`'s ending says the container: .mp4, .m4v, .mov, .mkv, .webm (VP9, AV1)
  std::vector<Source> sources;  ///< instead of `in`: several files of one recorder, on a common line of time
  Piece whole;                  ///< seconds; of one file 0 is its beginning (`VideoReader::zero`)
  std::vector<Piece> dropped;   ///< pieces that go, in the middle of it
  /// Seconds, at most 2: files whose end and beginning lie no further apart follow each other, and both are shown whole. Else an overlap is shown once, of the
  /// later file, and a gap is told.
  double joins_within = 0.1;
  bool has_sound = true;
  SoundWish sound;
  /// Shown before and after it, in silence; encoded like the pictures beside them.
  std::optional<CardWish> title_card, apology_card, end_card;  ///< the apology after the title
  std::optional<PlateWish> name_plate;                         ///< laid over the recording; the groups of pictures below it are encoded
  std::vector<Chapter> chapters;                               ///< written into the container; in order, from the result's beginning
  bool encode_everything = false;                              ///< no copying, for comparisons
  int threads = 0;                                             ///< 0: as many as there are processors
};

/// A part of the cut, from the first frame's time to the end of the last one.
struct CutPiece {
  double from = 0, to = 0;  ///< seconds on the common line
  std::size_t file = 0;     ///< which of the sources, from 0
  bool operator==(const CutPiece&) const = default;
};

/// Where copied and encoded frames meet, and how well.
struct Joint {
  double at = 0;            ///< seconds into the result
  std::int64_t frames = 0;  ///< decoded and compared, on both sides
  std::int64_t equal = 0;   ///< copied ones among them that are decoded to exactly the same pixels
  std::int64_t copied = 0;
  double worst_psnr = 0;  ///< dB of luma, of the encoded ones against the recording; 100 when there are none
  bool operator==(const Joint&) const = default;
};

struct CutReport {
  std::string video_codec;
  std::vector<CutPiece> pieces;  ///< as they were cut, in order
  std::vector<Gap> gaps;         ///< where nothing was recorded of what was wanted: left out
  std::int64_t frames = 0, copied = 0, encoded = 0;
  std::int64_t repeated = 0;  ///< frames that could not be decoded, and show their neighbour
  std::vector<std::string> encoded_in_full_because;
  double length = 0;                      ///< seconds, cards included
  double title_lasts = 0, end_lasts = 0;  ///< seconds of the cards before and after: what was recorded begins `title_lasts` after the beginning
  std::int64_t plated = 0;                ///< frames with a name plate over them
  std::optional<SoundReport> sound;
  double cpu_plan = 0, cpu_sound = 0, cpu_picture = 0, cpu_proof = 0;  ///< seconds
  // What the finished file was found to be.
  std::int64_t frames_found = 0, copied_equal = 0;  ///< copied_equal: copied frames whose coded bytes are the recording's
  std::vector<Joint> joints;
  double picture_begins = 0, picture_ends = 0, sound_begins = 0, sound_ends = 0;
  std::vector<std::string> objections;  ///< what is not as it must be; empty: proved
};

/// Writes `out` whole or not at all. Errors: not_found; invalid – the file or the times, with the reason; unavailable – disk; internal – the result is not what
/// was planned (nothing is left then).
Result<CutReport> cut(const CutWish& wish, const std::function<void(double part)>& progress = {});

std::string to_json(const CutReport& report, const CutWish& wish);

}  // namespace confer::media
