// confer probe, card, cut, encode, listen, pictures, samples: work on media files alone, without an installation.
#include <CLI/CLI.hpp>
#include <charconv>
#include <filesystem>
#include <functional>
#include <iostream>
#include <limits>
#include <memory>
#include <utility>
#include "app/commands/commands.h"
#include "app/progress_line.h"
#include "base/text.h"
#include "files/files.h"
#include "media/card.h"
#include "media/cut.h"
#include "media/encode.h"
#include "media/listen.h"
#include "media/pictures.h"
#include "media/probe.h"
#include "media/samples.h"

namespace confer::app {

namespace {

struct CutOptions {
  std::string out, from, to, report, channels = "auto", title_card, apology_card, end_card, name_plate, card_words, chapters;
  std::vector<std::string> in, dropped;
  double loudness = -16, offset_ms = 0, joins_within = 0.1, title_seconds = 5, apology_seconds = 5, end_seconds = 5, plate_at = 3, plate_seconds = 6;
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

Result<media::CardWords> read_words(const std::string& path) {
  TRY_ASSIGN(const auto json, files::read_file(path, media::largest_card));
  return media::words_of_json(json);
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
  media::CardWords words;
  if (!options.card_words.empty()) {
    TRY_ASSIGN(words, read_words(options.card_words));
  }
  if (!options.title_card.empty()) wish.title_card = media::CardWish{options.title_card, words, options.title_seconds};
  if (!options.apology_card.empty()) wish.apology_card = media::CardWish{options.apology_card, words, options.apology_seconds};
  if (!options.name_plate.empty()) wish.name_plate = media::PlateWish{{options.name_plate, words, options.plate_seconds}, options.plate_at};
  if (!options.end_card.empty()) wish.end_card = media::CardWish{options.end_card, std::move(words), options.end_seconds};
  if (!options.chapters.empty()) {
    TRY_ASSIGN(const auto json, files::read_file(options.chapters, media::largest_card));
    TRY_ASSIGN(wish.chapters, media::chapters_of_json(json));
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

struct LookOptions {
  std::vector<std::string> in;
  std::string out, from = "0", to, at, planned_from, planned_to;
  int stream = 0, width = 160, poster_width = 1280;
  double every = 10, length = 10;
  bool has_no_picture = false;
};

Result<media::Piece> piece_of(const LookOptions& options) {
  media::Piece out{0, std::numeric_limits<double>::infinity()};
  TRY_ASSIGN(out.from, media::parse_time(options.from));
  if (!options.to.empty()) {
    TRY_ASSIGN(out.to, media::parse_time(options.to));
  }
  return out;
}

Result<void> listen(const LookOptions& options) {
  media::ListenWish wish{.has_picture = !options.has_no_picture, .stream = options.stream};
  TRY_ASSIGN(wish.sources, sources_of(options.in));
  TRY_ASSIGN(wish.whole, piece_of(options));
  if (options.planned_from.empty() != options.planned_to.empty()) return fail(ErrorCode::invalid, "A plan has both, a beginning and an end.");
  media::ProposeWish planned;
  if (!options.planned_from.empty()) {
    TRY_ASSIGN(planned.begins, media::parse_time(options.planned_from));
    TRY_ASSIGN(planned.ends, media::parse_time(options.planned_to));
    if (planned.ends <= planned.begins) return fail(ErrorCode::invalid, "The planned end is not after the planned beginning.");
  }
  TRY_ASSIGN(const auto listening, media::listen(wish));
  const auto proposal = options.planned_from.empty() ? std::nullopt : std::optional(media::propose(listening, planned));
  const auto json = media::to_json(listening, proposal) + "\n";
  if (!options.out.empty()) return files::write_durably(options.out, json);
  std::cout << json;
  return {};
}

Result<void> take_pictures(const LookOptions& options) {
  media::PicturesWish wish{
      .path = options.in.front(), .folder = options.out, .every = options.every, .thumbnail_width = options.width, .poster_width = options.poster_width};
  TRY_ASSIGN(wish.whole, piece_of(options));
  if (!options.at.empty()) {
    TRY_ASSIGN(wish.poster_at, media::parse_time(options.at));
  }
  TRY_ASSIGN(const auto pictures, media::take_pictures(wish));
  std::cout << media::to_json(pictures) << "\n";
  return {};
}

Result<void> make_samples(const LookOptions& options) {
  media::SamplesWish wish{.path = options.in.front(), .folder = options.out, .length = options.length, .stream = options.stream};
  TRY_ASSIGN(wish.whole, piece_of(options));
  if (!options.at.empty()) {
    TRY_ASSIGN(wish.at, media::parse_time(options.at));
  }
  TRY_ASSIGN(const auto samples, media::make_samples(wish));
  std::cout << media::to_json(samples) << "\n";
  return {};
}

enum class Files : unsigned char { one, several };

/// A command that looks at recordings, within times where they are given.
void add_look(CLI::App& app, int& code, const char* name, const char* what, Files files, Result<void> (*run)(const LookOptions&),
              const std::function<void(CLI::App&, LookOptions&)>& add_options) {
  auto options = std::make_shared<LookOptions>();
  auto* command = app.add_subcommand(name, what);
  auto* in = command->add_option("file", options->in, "The recording")->required();
  if (files == Files::one) in->expected(1);
  command->add_option("--from", options->from, "Look from this time on, as 97.36, 1:37.36 or 0:01:37.360 (default: 0, the file’s beginning)");
  command->add_option("--to", options->to, "Look to this time (default: the file’s end)");
  add_options(*command, *options);
  command->callback([&code, options, run] {
    if (const auto done = run(*options); !done) code = report_error(done.error());
  });
}

void add_looks(CLI::App& app, int& code) {
  add_look(app, code, "listen", "Say where a recording has speech, applause, silence and other pictures, as JSON", Files::several, listen,
           [](CLI::App& command, LookOptions& o) {
             command.add_option("--planned-from", o.planned_from, "When a talk should begin: where it does is proposed");
             command.add_option("--planned-to", o.planned_to, "When it should end");
             command.add_option("--sound-stream", o.stream, "Which of the file’s sound streams, from 0")->check(CLI::Range(0, 63));
             command.add_flag("--no-picture", o.has_no_picture, "Listen only");
             command.add_option("--out", o.out, "Write to this file");
           });
  add_look(app, code, "pictures", "Make a poster and a storyboard of a recording, as JPEG", Files::one, take_pictures, [](CLI::App& command, LookOptions& o) {
    command.add_option("--out", o.out, "The folder for them")->required();
    command.add_option("--every", o.every, "Seconds between the storyboard’s pictures (default: 10)")->check(CLI::Range(1.0, 3600.0));
    command.add_option("--width", o.width, "Of the storyboard’s pictures (default: 160)")->check(CLI::Range(32, 640));
    command.add_option("--poster-width", o.poster_width, "At most (default: 1280)")->check(CLI::Range(32, 8192));
    command.add_option("--poster-at", o.at, "The poster is of this time");
  });
  add_look(app, code, "samples", "Write a short sample of each choice of channels, where somebody speaks", Files::one, make_samples,
           [](CLI::App& command, LookOptions& o) {
             command.add_option("--out", o.out, "The folder for them")->required();
             command.add_option("--at", o.at, "From this time on");
             command.add_option("--length", o.length, "Seconds (default: 10)")->check(CLI::Range(1.0, 60.0));
             command.add_option("--sound-stream", o.stream, "Which of the file’s sound streams, from 0")->check(CLI::Range(0, 63));
           });
}

Result<void> make_file(const media::EncodeWish& wish) {
  ProgressLine line;
  const auto tell = line.teller();
  TRY_ASSIGN(const auto made, media::encode(wish, [&](double part) { tell("per cent", static_cast<std::int64_t>(part * 100), 100); }));
  std::cout << wish.out << ": " << media::time_text(made.length) << ", " << made.size_bytes << " bytes";
  if (made.chunks > 0) std::cout << ", " << made.chunks << " parts, of which " << made.chunks_kept << " were there";
  std::cout << "\n";
  return {};
}

struct CardOptions {
  std::string in, words, size = "1920x1080", out;
  bool is_check = false;
};

/// "1280x720".
Result<std::pair<int, int>> size_of(const std::string& text) {
  const auto parts = split(text, 'x');
  int width = 0, height = 0;
  const auto read = [](std::string_view part, int& number) {
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
    return error == std::errc{} && end == part.data() + part.size() && number >= 16 && number <= 8192;
  };
  if (parts.size() != 2 || !read(parts[0], width) || !read(parts[1], height))
    return fail(ErrorCode::invalid, "“" + text + "” is no size such as 1920x1080 (16 to 8192 each).");
  return std::pair{width, height};
}

Result<void> make_card(const CardOptions& options) {
  TRY_ASSIGN(const auto size, size_of(options.size));
  media::CardWords words;
  if (!options.words.empty()) {
    TRY_ASSIGN(words, read_words(options.words));
  }
  TRY_ASSIGN(const auto svg, files::read_file(options.in, media::largest_card));
  if (options.is_check) return media::check_card(svg, words);
  if (options.out.empty()) return fail(ErrorCode::invalid, "Say where the picture goes: --out card.png");
  TRY_ASSIGN(const auto card, media::fill_card(svg, words));
  for (const auto& text : card.texts) {
    if (text.missing > 0)
      std::cout << "“" << text.words << "” has " << text.missing << " characters that no font of this machine has: install fonts-noto, or another that does\n";
    if (text.is_shortened) std::cout << "“" << ellipsis(text.words, 40) << "” does not fit into its box, and was shortened\n";
  }
  if (ascii_lower(options.out).ends_with(".svg")) return files::write_durably(options.out, card.svg);
  TRY_ASSIGN(const auto frame, media::draw_card(card.svg, size.first, size.second, {1, 1}));
  TRY_ASSIGN(const auto png, media::to_png(*frame));
  return files::write_durably(options.out, png);
}

void add_card(CLI::App& app, int& code) {
  auto options = std::make_shared<CardOptions>();
  auto* command = app.add_subcommand("card", "Draw a title card from an SVG template");
  command->add_option("template", options->in, "The template: an SVG file with places such as {{title}}")->required();
  command->add_option("--words", options->words, "What stands in the places: a JSON file such as {\"title\": \"Sheep and Types\"}");
  command->add_option("--size", options->size, "Of the picture, in pixels (default: 1920x1080)");
  command->add_option("--out", options->out, "The picture: .png; or .svg, with the words in it");
  command->add_flag("--check", options->is_check, "Draw nothing: only say whether it can be drawn, and no text runs off");
  command->callback([&code, options] {
    if (const auto done = make_card(*options); !done) code = report_error(done.error());
  });
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

  add_looks(app, code);
  add_card(app, code);
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
  cutting->add_option("--chapters", options->chapters, "Written into the file: JSON, [{\"at\": 12.5, \"title\": \"Questions\"}]");
  cutting->add_option("--title-card", options->title_card, "A picture shown first: .svg with places for words, or .png");
  cutting->add_option("--title-seconds", options->title_seconds, "How long (default: 5)")->check(CLI::Range(0.04, media::longest_card));
  cutting->add_option("--apology-card", options->apology_card, "A picture shown after it: what is wrong with the recording");
  cutting->add_option("--apology-seconds", options->apology_seconds, "How long (default: 5)")->check(CLI::Range(0.04, media::longest_card));
  cutting->add_option("--end-card", options->end_card, "A picture shown last");
  cutting->add_option("--end-seconds", options->end_seconds, "How long (default: 5)")->check(CLI::Range(0.04, media::longest_card));
  cutting->add_option("--name-plate", options->name_plate, "A picture on no ground, laid over the recording: .svg or .png; what lies below it is encoded");
  cutting->add_option("--plate-at", options->plate_at, "From when on, in seconds of what is shown of the recording (default: 3)")
      ->check(CLI::Range(0.0, media::latest_plate));
  cutting->add_option("--plate-seconds", options->plate_seconds, "How long (default: 6)")->check(CLI::Range(0.04, media::longest_card));
  cutting->add_option("--card-words", options->card_words, "What stands in the places of cards and plate: a JSON file (see confer card)");
  cutting->add_flag("--no-sound", options->is_silent, "Picture only");
  cutting->add_flag("--encode-everything", options->encodes_all, "Copy nothing: for comparing");
  cutting->add_flag("--progress", options->tells_progress, "Say how far it is, a line each: progress 0.42");
  cutting->add_option("--threads", options->threads, "Processors to use (default: all)")->check(CLI::Range(1, 256));
  cutting->callback([&code, options] {
    if (const auto done = cut(*options); !done) code = report_error(done.error());
  });

  auto wish = std::make_shared<media::EncodeWish>();
  auto profile = std::make_shared<std::string>();
  auto* encoding = app.add_subcommand("encode", "Make files of a cut for the web: WebM, sound alone, HLS");
  encoding->add_option("in", wish->in, "The cut")->required();
  encoding->add_option("--profile", *profile, "What to make of it: " + join(media::profile_names(), ", "))
      ->required()
      ->check(CLI::IsMember(media::profile_names()));
  encoding->add_option("--out", wish->out, "The result: a file; for hls a new folder")->required();
  encoding->add_option("--work", wish->work, "Folder for what is finished of it, to go on from after a crash (default: beside the result)");
  encoding->add_option("--chunk", wish->chunk_seconds, "Seconds of a part (default: 60)")->check(CLI::Range(1.0, 3600.0));
  encoding->callback([&code, wish, profile] {
    wish->profile = *media::find_profile(*profile);
    if (const auto done = make_file(*wish); !done) code = report_error(done.error());
  });
}

}  // namespace confer::app
