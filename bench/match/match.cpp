// Matches the lists of videos in a file of cases, one JSON object a line, and prints what was found: for bench/match/run.
#include <fmt/format.h>
#include <time.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>
#include "recordings/listing.h"
#include "recordings/matching.h"

using namespace confer;
using nlohmann::json;

namespace {

double cpu_ms() {
  timespec at{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
  return static_cast<double>(at.tv_sec) * 1e3 + static_cast<double>(at.tv_nsec) / 1e6;
}

std::optional<std::chrono::seconds> seconds_in(const json& entry, const char* name) {
  const auto found = entry.find(name);
  return found != entry.end() && found->is_number() ? std::optional(std::chrono::seconds(found->get<std::int64_t>())) : std::nullopt;
}
std::optional<Date> day_in(const json& entry, const char* name) {
  const auto day = parse_date(entry.value(name, std::string()));
  return day ? std::optional(*day) : std::nullopt;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    fmt::print(stderr, "bench_match CASES\n");
    return 2;
  }
  std::ifstream file(argv[1]);
  for (std::string line; std::getline(file, line);) {
    const json one = json::parse(line);
    std::vector<recordings::TalkToMatch> talks;
    for (const auto& t : one["talks"])
      talks.push_back({.title = t["title"],
                       .speakers = t["speakers"],
                       .keys = {},
                       .day = day_in(t, "day"),
                       .length = seconds_in(t, "length"),
                       .length_is_exact = t.value("exact", false)});
    const std::string list = one["list"];
    const double start = cpu_ms();
    const auto read = recordings::read_video_list(list);
    if (!read) {
      fmt::print(stderr, "{}: {}\n", std::string(one["event"]), read.error().message);
      return 1;
    }
    std::vector<recordings::VideoToMatch> videos;
    for (const auto& v : read->videos) videos.push_back({.title = v.title, .description = v.description, .url = v.url, .day = v.day, .length = v.length});
    const auto found = recordings::match_videos(talks, videos, std::string(one["event"]));
    const double took = cpu_ms() - start;
    json out = {{"event", one["event"]}, {"ms", took}, {"found", json::array()}};
    for (std::size_t v = 0; v < found.size(); ++v)
      out["found"].push_back({read->videos[v].url, found[v].talk ? json(*found[v].talk) : json(), found[v].confidence, recordings::in_words(found[v].why)});
    fmt::print("{}\n", out.dump());
  }
  return 0;
}
