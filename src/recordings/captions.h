// Captions as files: SubRip and WebVTT as they are in the wild are read, and written again without what no viewer needs. Pure rules.
#pragma once
#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>
#include "base/result.h"

namespace confer::recordings {

using std::chrono::milliseconds;

/// What is shown from one time to another.
struct Cue {
  milliseconds from{}, to{};
  std::string speaker;  ///< WebVTT's voice; empty where nobody is named
  std::string text;     ///< plain: no marks; lines separated by \n, none of them empty
  bool operator==(const Cue&) const = default;
};

struct Captions {
  std::vector<Cue> cues;           ///< by time; they may overlap
  std::vector<std::string> notes;  ///< what was put right while reading, for whoever gave the file
};

constexpr std::size_t largest_captions = std::size_t{4} << 20U;  ///< bytes of a file
constexpr milliseconds longest_captions = std::chrono::hours(100);

/// SubRip (.srt) or WebVTT (.vtt), whichever it is. Errors: invalid – with a sentence a line that cannot be read (at most ten, as problems of "captions"),
/// and what to write there.
Result<Captions> read_captions(std::string_view bytes);

std::string to_vtt(std::span<const Cue> cues);
/// SubRip has no voices: speakers are left out.
std::string to_srt(std::span<const Cue> cues);
/// Later by `by`, earlier where it is negative: what would end before 0 goes, what would begin before 0 begins there.
std::vector<Cue> shifted(std::span<const Cue> cues, milliseconds by);

/// Something that was said, and when it began.
struct Sentence {
  milliseconds from{};
  std::string text;
  bool operator==(const Sentence&) const = default;
};
/// The text in sentences: they end with a mark, at a silence of two seconds, where somebody else speaks, and after 300 bytes at the latest.
std::vector<Sentence> sentences_of(std::span<const Cue> cues);
/// The same in one piece.
std::string transcript_of(std::span<const Cue> cues);

/// "1:02:03.004", as WebVTT writes it: "01:02:03.004".
std::string cue_time(milliseconds time);

}  // namespace confer::recordings
