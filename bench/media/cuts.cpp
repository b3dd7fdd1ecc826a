// Random cuts of recordings that carry their frame numbers: `bench_cuts COUNT [SEED]`. Each result is decoded by the ffmpeg program and its frames are counted.
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <vector>
#include "media/cut.h"
#include "support/property.h"
#include "support/recording.h"

namespace confer {
namespace {

struct Tally {
  int cuts = 0, exact = 0, in_full = 0, refused = 0;
  std::int64_t frames = 0, copied = 0;
};

struct Kind {
  std::string codec, container, rate;
  int group, b;
  bool is_open, is_variable;
};

std::vector<std::string> options(const Kind& kind) {
  const std::string group = std::to_string(kind.group), b = std::to_string(kind.b);
  if (kind.codec == "h264")
    return {"-c:v", "libx264", "-preset", "ultrafast", "-g", group, "-bf", b, "-x264-params", "open-gop=" + std::string(kind.is_open ? "1" : "0")};
  if (kind.codec == "hevc")
    return {"-c:v",         "libx265",
            "-preset",      "ultrafast",
            "-x265-params", "keyint=" + group + ":min-keyint=" + group + ":bframes=" + b + ":log-level=none:open-gop=" + (kind.is_open ? "1" : "0")};
  if (kind.codec == "vp9") return {"-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", group, "-b:v", "300k"};
  return {"-c:v", "libaom-av1", "-usage", "realtime", "-cpu-used", "8", "-g", group, "-b:v", "300k"};
}

Kind random_kind(test::Random& random) {
  Kind kind;
  const auto codec = random.between(1, 100);
  kind.codec = codec <= 60 ? "h264" : codec <= 80 ? "hevc" : codec <= 92 ? "vp9" : "av1";
  kind.container = kind.codec == "h264" || kind.codec == "hevc" ? random.pick(std::vector<std::string>{"mp4", "mkv", "ts"})
                                                                : random.pick(std::vector<std::string>{"mkv", "mp4"});
  kind.rate = random.pick(std::vector<std::string>{"24", "25", "30000/1001", "50", "60"});
  kind.group = random.pick(std::vector<int>{1, 12, 50, 250});
  kind.b = static_cast<int>(random.between(0, 3));
  kind.is_open = random.chance(25);
  kind.is_variable = kind.container == "mkv" && random.chance(25);
  return kind;
}

void run(int count, std::uint64_t seed) {
  const auto folder = std::filesystem::temp_directory_path() / ("confer-bench-cuts-" + std::to_string(seed));
  std::filesystem::create_directories(folder);
  test::Random random(seed);
  std::map<std::string, Tally> tallies;
  int wrong = 0;
  constexpr int cuts_of_one = 5;
  for (int done = 0; done < count;) {
    const Kind kind = random_kind(random);
    test::RecordingPlan plan;
    plan.rate = kind.rate;
    plan.frames = static_cast<int>(random.between(120, 400));
    plan.picture = options(kind);
    plan.is_variable = kind.is_variable;
    if (kind.codec == "vp9" || kind.codec == "av1") plan.sound = {"-c:a", "libopus", "-b:a", "64k"};
    const std::string in = (folder / ("in." + kind.container)).string();
    test::write_recording(in, plan);
    const double rate = test::rate_of(kind.rate);
    for (int i = 0; i < cuts_of_one && done < count; ++i, ++done) {
      const auto first = random.between(0, plan.frames - 2), end = random.between(first + 1, plan.frames);
      media::CutWish wish;
      wish.in = in;
      wish.out = (folder / (kind.codec == "vp9" && random.chance(50) ? "out.webm" : random.pick(std::vector<std::string>{"out.mp4", "out.mkv"}))).string();
      wish.whole = {static_cast<double>(first) / rate, static_cast<double>(end) / rate};
      wish.sound.is_opus = wish.out.ends_with(".webm");
      std::vector<int> wanted;
      for (auto n = static_cast<int>(first); n < end; ++n)
        if (!kind.is_variable || n % 7 != 3) wanted.push_back(n);
      // A first picture that was left out makes the next one the file's beginning only at frame 3, which no recording begins with.
      const auto report = media::cut(wish);
      Tally& tally = tallies[kind.codec + (kind.is_open ? " open groups" : "") + (kind.is_variable ? " uneven" : "")];
      ++tally.cuts;
      bool is_exact = false;
      std::string problem;
      if (report) {
        try {
          is_exact = test::read_numbers(wish.out) == wanted;
        } catch (const std::exception& thrown) {
          problem = thrown.what();
        }
        tally.in_full += report->copied == 0 ? 1 : 0;
        tally.frames += report->frames;
        tally.copied += report->copied;
      } else if (wanted.empty()) {
        is_exact = true;
      } else {
        ++tally.refused;
        problem = report.error().message;
      }
      tally.exact += is_exact ? 1 : 0;
      if (!is_exact) {
        ++wrong;
        std::printf("NOT EXACT: %s in %s, %s frames/s, group %d, %d B-frames%s%s, frames %d to %d of %d → %s: %s\n", kind.codec.c_str(), kind.container.c_str(),
                    kind.rate.c_str(), kind.group, kind.b, kind.is_open ? ", open" : "", kind.is_variable ? ", uneven" : "", static_cast<int>(first),
                    static_cast<int>(end), plan.frames, wish.out.c_str(), problem.c_str());
        std::fflush(stdout);
      }
      std::filesystem::remove(wish.out);
    }
  }
  std::printf("%-24s%6s%7s%9s%12s%9s%9s\n", "recordings", "cuts", "exact", "in full", "refused", "frames", "copied");
  for (const auto& [name, tally] : tallies)
    std::printf("%-24s%6d%7d%9d%12d%9lld%8.0f%%\n", name.c_str(), tally.cuts, tally.exact, tally.in_full, tally.refused, static_cast<long long>(tally.frames),
                tally.frames == 0 ? 0.0 : 100.0 * static_cast<double>(tally.copied) / static_cast<double>(tally.frames));
  std::printf("%d cuts, %d not exact\n", count, wrong);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace confer

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "bench_cuts COUNT [SEED]\n");
    return 1;
  }
  confer::run(std::atoi(argv[1]), argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 2012);
  return 0;
}
