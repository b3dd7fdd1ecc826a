// Making a cut: “confer cut” as a process of its own (jobs.h).
#include <algorithm>
#include <charconv>
#include <filesystem>
#include <nlohmann/json.hpp>
#include "base/text.h"
#include "cutting/jobs.h"
#include "files/files.h"
#include "media/probe.h"
#include "media/process.h"

namespace confer::cutting {
namespace {

constexpr double ms_per_s = 1000;
constexpr std::size_t largest_report = 16 << 20;

std::string seconds_text(milliseconds time) { return fixed(static_cast<double>(time.count()) / ms_per_s, 3); }

std::vector<std::string> command_of(const Input& input, const Plan& plan, const std::string& out, const std::string& report) {
  const auto on_file = [&](Instant at) { return seconds_text(std::max(milliseconds(0), at - input.begins)); };
  std::vector<std::string> command{media::own_program(), "cut", input.path, "--from", on_file(plan.span.from), "--to", on_file(plan.span.to)};
  for (const auto& dropped : plan.dropped) {
    command.emplace_back("--drop");
    command.push_back(on_file(dropped.from) + "-" + on_file(dropped.to));
  }
  for (const auto& word : {std::string("--channels"), std::string(media::name_of(plan.channels)), std::string("--sound-offset"),
                           std::to_string(plan.sound_offset.count()), std::string("--out"), out, std::string("--report"), report, std::string("--progress")})
    command.push_back(word);
  return command;
}

/// Where its first and last frames lie, and the sound, out of the report.
Result<void> read_report(const std::string& path, Instant begins, Made& made) {
  TRY_ASSIGN(const auto text, files::read_file(path, largest_report));
  try {
    const auto json = nlohmann::json::parse(text);
    const auto& pieces = json.at("pieces");
    const auto at = [&](double seconds) { return begins + milliseconds(static_cast<std::int64_t>(seconds * ms_per_s + 0.5)); };
    made.span = {at(pieces.front().at("from").get<double>()), at(pieces.back().at("to").get<double>())};
    if (json.contains("sound")) made.sound = json.at("sound").dump();
    return {};
  } catch (const nlohmann::json::exception& e) {
    return fail(ErrorCode::internal, "The report of a cut cannot be read.", e.what());
  }
}

}  // namespace

Result<Made> make_cut(const std::vector<Input>& inputs, const Plan& plan, const std::string& out, const std::function<void(double)>& progress,
                      const std::function<bool()>& stopping) {
  if (inputs.empty()) return fail(ErrorCode::invalid, "There is no footage to cut from.");
  const std::filesystem::path folder = std::filesystem::path(out).parent_path();
  const std::string report = out + ".json";
  media::Limits limits;
  // An encode in full of a long talk on a slow machine.
  limits.cpu = std::chrono::hours(12);
  limits.wall = std::chrono::hours(12);
  limits.writes = {folder.string()};
  for (const auto& input : inputs) limits.reads.push_back(input.path);
  const auto on_line = [&](std::string_view line) {
    constexpr std::string_view told = "progress ";
    double part = 0;
    if (line.starts_with(told) && std::from_chars(line.data() + told.size(), line.data() + line.size(), part).ec == std::errc{}) progress(part);
  };
  TRY_ASSIGN(const auto ended, media::run_limited(command_of(inputs.front(), plan, out, report), limits, on_line, stopping));
  if (!ended.is_well()) {
    if (ended.was_stopped) return fail(ErrorCode::unavailable, "The cut was interrupted, and begins again.");
    const std::string reason = media::reason_of(ended);
    return fail(ended.exit_code == 2 ? ErrorCode::invalid : ErrorCode::unavailable, reason.starts_with("confer: ") ? reason.substr(8) : reason);
  }
  Made made{.path = out, .span = {}, .frame_rate = 0, .width = 0, .height = 0, .size_bytes = 0, .length = {}, .sound = {}};
  TRY(read_report(report, inputs.front().begins, made));
  TRY_ASSIGN(const auto probed, media::probe(out));
  if (const auto* picture = probed.find(media::StreamKind::video)) {
    made.frame_rate = picture->frame_rate.value();
    made.width = picture->width;
    made.height = picture->height;
  }
  made.size_bytes = probed.size_bytes;
  made.length = std::chrono::duration_cast<milliseconds>(probed.length);
  std::error_code gone;
  std::filesystem::remove(report, gone);
  return made;
}

}  // namespace confer::cutting
