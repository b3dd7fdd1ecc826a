// confer probe, confer cut: work on media files alone, without an installation.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <memory>
#include "app/commands/commands.h"
#include "base/text.h"
#include "files/files.h"
#include "media/cut.h"
#include "media/probe.h"

namespace confer::app {

namespace {

struct CutOptions {
  std::string out, from, to, report, channels = "auto";
  std::vector<std::string> in, dropped;
  double loudness = -16, offset_ms = 0, joins_within = 0.1;
  int stream = 0, threads = 0;
  bool keeps_loudness = false, is_silent = false, encodes_all = false, tells_progress = false;
};

/// "b.mp4@30:00": the file, and when it begins. A file alone needs no beginning.
Result<std::vector<media::Source>> sources_of(const std::vector<std::string>& words) {
  std::vector<media::Source> out;
  for (const auto& word : words) {
    const auto at = word.rfind('@');
    std::error_code error;
    if (words.size() == 1 && (at == std::string::npos || std::filesystem::exists(word, error))) return std::vector<media::Source>{{word, 0}};
    if (at == std::string::npos)
      return fail(ErrorCode::invalid, "When does “" + word + "” begin? Of several files each says so: " + word + "@30:00 begins half an hour after 0.");
    TRY_ASSIGN(const double begins, media::parse_time(std::string_view(word).substr(at + 1)));
    out.push_back({word.substr(0, at), begins});
  }
  return out;
}

Result<media::CutWish> wish_of(const CutOptions& options) {
  media::CutWish wish;
  TRY_ASSIGN(wish.sources, sources_of(options.in));
  wish.joins_within = options.joins_within;
  wish.out = options.out;
  TRY_ASSIGN(wish.whole.from, media::parse_time(options.from));
  TRY_ASSIGN(wish.whole.to, media::parse_time(options.to));
  for (const auto& text : options.dropped) {
    const auto hyphen = text.find('-');
    if (hyphen == std::string::npos) return fail(ErrorCode::invalid, "“" + text + "” is not a piece; write 1:10-1:20.5.");
    media::Piece piece;
    TRY_ASSIGN(piece.from, media::parse_time(std::string_view(text).substr(0, hyphen)));
    TRY_ASSIGN(piece.to, media::parse_time(std::string_view(text).substr(hyphen + 1)));
    wish.dropped.push_back(piece);
  }
  const auto channels = media::find_channels(options.channels);
  if (!channels) return fail(ErrorCode::invalid, "“" + options.channels + "” is none of auto, both, left, right, inverted, mono.");
  wish.has_sound = !options.is_silent;
  wish.sound.channels = *channels;
  wish.sound.loudness = options.keeps_loudness ? std::nullopt : std::optional(options.loudness);
  wish.sound.offset_seconds = options.offset_ms / 1000;
  wish.sound.stream = options.stream;
  wish.sound.is_opus = ascii_lower(options.out).ends_with(".webm");
  wish.encode_everything = options.encodes_all;
  wish.threads = options.threads;
  return wish;
}

Result<void> cut(const CutOptions& options) {
  TRY_ASSIGN(const auto wish, wish_of(options));
  std::function<void(double)> progress;
  if (options.tells_progress) progress = [](double part) { std::cout << "progress " << part << std::endl; };
  TRY_ASSIGN(const auto report, media::cut(wish, progress));
  if (!options.report.empty()) TRY(files::write_durably(options.report, media::to_json(report, wish) + "\n"));
  std::cout << report.frames << " frames in " << media::time_text(report.length) << ": " << report.copied << " copied, " << report.encoded << " encoded\n";
  for (const auto& why : report.encoded_in_full_because) std::cout << "  encoded in full: " << why << "\n";
  for (const auto& gap : report.gaps) std::cout << "  nothing was recorded for " << media::time_text(gap.lasts) << " from " << media::time_text(gap.at) << "\n";
  if (report.repeated > 0) std::cout << "  " << report.repeated << " frames cannot be decoded and show their neighbour\n";
  if (report.sound && report.sound->is_silent) std::cout << "  the sound is silence\n";
  return {};
}

}  // namespace

void add_media_commands(CLI::App& app, int& code) {
  auto path = std::make_shared<std::string>();
  auto* probe = app.add_subcommand("probe", "Say what a media file holds, as JSON");
  probe->add_option("file", *path)->required();
  probe->callback([&code, path] {
    const auto probed = media::look_into(*path);
    if (!probed) {
      code = report_error(probed.error());
      return;
    }
    std::cout << media::to_json(*probed) << "\n";
  });

  auto options = std::make_shared<CutOptions>();
  auto* cutting = app.add_subcommand("cut", "Cut a recording exact to the frame, and encode only what must be");
  cutting->add_option("in", options->in, "The recording; of several files each with its beginning on a common line of time: a.mp4@0 b.mp4@30:00")->required();
  cutting->add_option("--from", options->from, "First frame, as 97.36, 1:37.36 or 0:01:37.360; 0 is the file’s beginning")->required();
  cutting->add_option("--to", options->to, "The first frame that is no longer wanted")->required();
  cutting->add_option("--drop", options->dropped, "A piece that goes, as 1:10-1:20.5; may be given again");
  cutting->add_option("--out", options->out, "The result: .mp4, .mkv, .mov or .webm")->required();
  cutting->add_option("--joins-within", options->joins_within, "Seconds: files that end and begin no further apart follow each other (default: 0.1)")
      ->check(CLI::Range(0.0, 2.0));
  cutting->add_option("--report", options->report, "Write what was done and proved as JSON to this file");
  cutting->add_option("--channels", options->channels, "auto (default), both, left, right, inverted or mono");
  cutting->add_option("--loudness", options->loudness, "LUFS of the result (default: -16)")->check(CLI::Range(-40.0, -5.0));
  cutting->add_flag("--keep-loudness", options->keeps_loudness, "As loud as it was recorded");
  cutting->add_option("--sound-offset", options->offset_ms, "Milliseconds that the sound comes later")->check(CLI::Range(-10000.0, 10000.0));
  cutting->add_option("--sound-stream", options->stream, "Which of the file’s sound streams, from 0")->check(CLI::Range(0, 63));
  cutting->add_flag("--no-sound", options->is_silent, "Picture only");
  cutting->add_flag("--encode-everything", options->encodes_all, "Copy nothing: for comparing");
  cutting->add_flag("--progress", options->tells_progress, "Say how far it is, a line each: progress 0.42");
  cutting->add_option("--threads", options->threads, "Processors to use (default: all)")->check(CLI::Range(1, 256));
  cutting->callback([&code, options] {
    if (const auto done = cut(*options); !done) code = report_error(done.error());
  });
}

}  // namespace confer::app
