// Settings of encoders (profiles.h). Why these: docs/decisions/encoding.md.
#include "media/profiles.h"
#include <algorithm>
#include <array>
#include <cmath>

namespace confer::media {

namespace {

struct Named {
  Profile profile;
  std::string_view name, ending, media_type;
};

constexpr std::array profiles{Named{Profile::mp4, "mp4", ".mp4", "video/mp4"},
                              Named{Profile::webm_vp9, "webm-vp9", ".webm", "video/webm"},
                              Named{Profile::webm_av1, "webm-av1", ".webm", "video/webm"},
                              Named{Profile::opus, "opus", ".opus", "audio/ogg"},
                              Named{Profile::m4a, "m4a", ".m4a", "audio/mp4"},
                              Named{Profile::hls, "hls", ".m3u8", "application/vnd.apple.mpegurl"}};

const Named& named(Profile profile) { return profiles[static_cast<std::size_t>(profile)]; }

constexpr std::array rungs{Rung{720, 2500}, Rung{360, 700}};

}  // namespace

std::string_view name_of(Profile profile) { return named(profile).name; }
std::string_view ending_of(Profile profile) { return named(profile).ending; }
std::string_view media_type_of(Profile profile) { return named(profile).media_type; }

std::optional<Profile> find_profile(std::string_view name) {
  const auto found = std::ranges::find(profiles, name, &Named::name);
  return found == profiles.end() ? std::nullopt : std::optional(found->profile);
}

std::vector<std::string> profile_names() {
  std::vector<std::string> names;
  for (const auto& one : profiles) names.emplace_back(one.name);
  return names;
}

std::vector<Rung> rungs_below(int height) {
  std::vector<Rung> out;
  std::ranges::copy_if(rungs, std::back_inserter(out), [&](const Rung& rung) { return rung.height < height; });
  return out;
}

std::vector<std::string> picture_settings(Profile profile, double frame_rate) {
  const std::string group = std::to_string(std::max(1, static_cast<int>(std::lround(group_seconds * frame_rate))));
  const std::string threads = std::to_string(encoder_threads);
  if (profile == Profile::webm_vp9)
    return {"-c:v",     "libvpx-vp9", "-crf",          "33", "-b:v",    "0", "-deadline",     "good", "-cpu-used",      "4",  "-g",       group,
            "-threads", threads,      "-tile-columns", "2",  "-row-mt", "0", "-auto-alt-ref", "1",    "-lag-in-frames", "25", "-pix_fmt", "yuv420p"};
  if (profile == Profile::webm_av1)
    return {"-c:v", "libsvtav1", "-preset", "8", "-crf", "35", "-g", group, "-svtav1-params", "lp=" + threads, "-pix_fmt", "yuv420p"};
  return {};
}

std::vector<std::string> picture_settings(const Rung& rung) {
  const std::string most = std::to_string(rung.most_kbit) + "k", buffer = std::to_string(2 * rung.most_kbit) + "k";
  // Key frames stand where segments begin and nowhere else (encode.cpp forces them there).
  return {"-vf",
          "scale=-2:" + std::to_string(rung.height),
          "-c:v",
          "libx264",
          "-preset",
          "medium",
          "-profile:v",
          "high",
          "-crf",
          "23",
          "-maxrate",
          most,
          "-bufsize",
          buffer,
          "-g",
          "100000",
          "-sc_threshold",
          "0",
          "-threads",
          std::to_string(encoder_threads),
          "-pix_fmt",
          "yuv420p"};
}

std::vector<std::string> sound_settings(Profile profile, std::string_view codec) {
  const bool is_aac = codec == "aac";
  if (profile == Profile::webm_vp9 || profile == Profile::webm_av1 || profile == Profile::opus)
    return codec == "opus" ? std::vector<std::string>{"-c:a", "copy"}
                           : std::vector<std::string>{"-c:a", "libopus", "-b:a", "96k", "-ac", "2", "-ar", "48000", "-application", "audio"};
  return is_aac ? std::vector<std::string>{"-c:a", "copy"} : std::vector<std::string>{"-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", "48000"};
}

}  // namespace confer::media
