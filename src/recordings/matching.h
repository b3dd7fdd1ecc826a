// Which video is which talk's recording, told from titles, speakers, lengths, days and order. Rules: plain data in, plain data out.
#pragma once
#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include "base/time.h"

namespace confer::recordings {

/// A talk of the event, in the order they were given.
struct TalkToMatch {
  std::string title;
  std::vector<std::string> speakers;
  std::vector<std::string> keys;  ///< what may stand in an address: its code, its number
  std::optional<Date> day;
  std::optional<std::chrono::seconds> length;
  bool length_is_exact = false;  ///< of the recording; else of the slot, which a talk seldom fills
};
struct VideoToMatch {
  std::string title, description, url;
  std::optional<Date> day;
  std::optional<std::chrono::seconds> length;
};

enum class Certainty : unsigned char { none, guess, likely, sure };
/// How far to trust a confidence: bench/results/match.txt says how often each was right.
Certainty certainty_of(double confidence);
std::string_view in_words(Certainty certainty);  ///< "sure", "likely", "a guess", "none"

/// What speaks for a pair.
struct Evidence {
  double title = 0;      ///< 0 to 1: how much of the titles is the same
  double explained = 0;  ///< 0 to 1: how much of the video's title the talk's words and speakers explain
  double speakers = 0;   ///< 0 to 1: how many of the talk's speakers are named at the video
  bool other_speakers = false;
  std::optional<std::chrono::seconds> apart;  ///< of an exact length
  bool same_day = false, by_address = false, by_order = false;
};
std::string in_words(const Evidence& evidence);  ///< "title 96 %, speaker named, same length"

/// What was found for one video.
struct FoundTalk {
  std::optional<std::size_t> talk;
  double confidence = 0;
  Evidence why;
  std::vector<std::size_t> nearest;  ///< the talks most like it, best first, at most five; the chosen one too
};
/// One answer a video; no talk is given twice. `event_words`: the event's and series' names, which stand in every title.
/// 200 talks and 2,000 videos take less than a second.
std::vector<FoundTalk> match_videos(std::span<const TalkToMatch> talks, std::span<const VideoToMatch> videos, std::string_view event_words);

}  // namespace confer::recordings
