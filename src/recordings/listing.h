// A list of videos as people have it: addresses, a table, a playlist, what yt-dlp prints. Rules: nothing is fetched.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include "base/result.h"
#include "base/time.h"

namespace confer::recordings {

/// One line of the list.
struct ListedVideo {
  std::string url;
  std::string title;        ///< empty: only the address was told
  std::string description;  ///< what stands below the video at its host
  std::optional<std::chrono::seconds> length;
  std::optional<Date> day;  ///< when it was uploaded
  std::size_t line = 0;     ///< where it stands, from 1; of JSON: which of the list
  bool operator==(const ListedVideo&) const = default;
};
/// What was read past, with a sentence why.
struct LeftOut {
  std::size_t line = 0;
  std::string text, why;
};
struct VideoList {
  std::string format;  ///< in words: "a table", "a playlist (M3U)", "yt-dlp’s list", "lines"
  std::vector<ListedVideo> videos;
  std::vector<LeftOut> left_out;
};

inline constexpr std::size_t most_listed_videos = 2000;
inline constexpr std::size_t largest_video_list = 8 << 20;  ///< bytes: 2,000 videos with their descriptions

/// Understands lines of "URL", "URL, title, 12:34, 2012-03-09" (tab, comma, semicolon), "title: URL", Markdown links, CSV with a header, M3U, and JSON of
/// `yt-dlp --flat-playlist` (`-J` or `-j`). Errors: invalid – no video in it, too many, or malformed JSON (message says where).
Result<VideoList> read_video_list(std::string_view text);

/// "1:02:03", "30:12", "PT30M12S", "1812", "1812.5", "30 min".
std::optional<std::chrono::seconds> read_length(std::string_view text);
/// What an address itself tells: "why-tides-matter.mp4" of ".../2012/why-tides-matter.mp4" as "why tides matter"; empty for YouTube's and other hosts' ids.
std::string words_of_address(std::string_view url);

}  // namespace confer::recordings
