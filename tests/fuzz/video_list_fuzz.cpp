// Any bytes as a list of videos: what is read has web addresses and text that can be stored, and is matched to at most one talk each.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string_view>
#include "base/text.h"
#include "recordings/listing.h"
#include "recordings/matching.h"

using namespace confer::recordings;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto list = read_video_list(bytes);
  if (!list) return 0;
  std::vector<VideoToMatch> videos;
  for (const auto& video : list->videos) {
    if (!video.url.starts_with("http://") && !video.url.starts_with("https://")) std::abort();
    if (!confer::check_text(video.title, "title", 5000) || !confer::check_text(video.url, "url", 5000)) std::abort();
    if (video.length && video.length->count() <= 0) std::abort();
    videos.push_back({.title = video.title, .description = video.description, .url = video.url, .day = video.day, .length = video.length});
  }
  for (const auto& one : list->left_out)
    if (!confer::is_valid_utf8(one.text)) std::abort();
  if (videos.size() > 50) return 0;
  static const std::vector<TalkToMatch> talks{{.title = "Looms that count, part 1", .speakers = {"Ada Lovelace"}, .keys = {"QX7T9M"}},
                                              {.title = "Looms that count, part 2", .speakers = {"Ada Lovelace"}},
                                              {.title = "東京でのPython入門", .speakers = {"José Übel", "X"}}};
  std::set<std::size_t> taken;
  for (const auto& found : match_videos(talks, videos, "LoomCon 2012"))
    if (found.talk && !taken.insert(*found.talk).second) std::abort();
  return 0;
}
