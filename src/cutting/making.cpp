// Making a cut: “confer cut” as a process of its own (jobs.h).
#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include "base/json_writer.h"
#include "base/text.h"
#include "cutting/jobs.h"
#include "files/durable.h"
#include "files/files.h"
#include "media/probe.h"
#include "media/process.h"

namespace confer::cutting {
namespace {

constexpr double ms_per_s = 1000;
constexpr std::size_t largest_report = 16 << 20;
constexpr int refused = 2;  ///< the exit code: trying again is no use

std::string seconds_text(milliseconds time) { return fixed(static_cast<double>(time.count()) / ms_per_s, 3); }

/// The common line of time begins with the first file. Starts that names tell are whole seconds: files that are no further apart follow each other.
constexpr const char* joins_within = "1";

std::vector<std::string> line_of(const std::vector<Input>& inputs) {
  if (inputs.size() == 1) return {inputs.front().path};
  std::vector<std::string> words;
  for (const auto& input : inputs) words.push_back(input.path + "@" + seconds_text(input.begins - inputs.front().begins));
  return words;
}
std::string on_line(Instant at, const std::vector<Input>& inputs) { return seconds_text(std::max(milliseconds(0), at - inputs.front().begins)); }

/// The files that a cut's cards are drawn from, which lie beside it while it is made.
struct CardFiles {
  std::vector<std::string> paths;
  std::vector<std::string> options;  ///< of `confer cut`
  CardFiles() = default;
  CardFiles(const CardFiles&) = delete;
  CardFiles& operator=(const CardFiles&) = delete;
  ~CardFiles() {
    std::error_code gone;
    for (const auto& path : paths) std::filesystem::remove(path, gone);
  }
  Result<std::string> put(std::string path, const std::string& text) {
    TRY(files::write_durably(path, text));
    paths.push_back(path);
    return path;
  }
  Result<void> write(const Cards& cards, const std::string& out) {
    if (!cards.chapters.empty()) {
      TRY_ASSIGN(auto chapters, put(out + ".chapters.json", media::to_json(cards.chapters)));
      options = {"--chapters", std::move(chapters)};
    }
    if (!cards.is_any_shown()) return {};
    TRY_ASSIGN(auto words, put(out + ".words.json", media::to_json(cards.words)));
    options.insert(options.end(), {"--card-words", std::move(words)});
    for (const auto kind : card_kinds) {
      const Card& card = cards.of(kind);
      if (card.lasts == seconds(0)) continue;
      const std::string name(name_of(kind));
      TRY_ASSIGN(auto path, put(out + "." + name + ".svg", card.svg));
      for (auto& word : {kind == CardKind::plate ? std::string("--name-plate") : "--" + name + "-card", std::move(path), "--" + name + "-seconds",
                         std::to_string(card.lasts.count())})
        options.push_back(word);
    }
    return {};
  }
};

std::vector<std::string> command_of(const std::vector<Input>& inputs, const Plan& plan, const std::string& out, const std::string& report) {
  std::vector<std::string> command{media::own_program(), "cut"};
  for (auto& word : line_of(inputs)) command.push_back(std::move(word));
  for (const auto& [option, at] : {std::pair{"--from", plan.span.from}, {"--to", plan.span.to}}) {
    command.emplace_back(option);
    command.push_back(on_line(at, inputs));
  }
  for (const auto& dropped : plan.dropped) {
    command.emplace_back("--drop");
    command.push_back(on_line(dropped.from, inputs) + "-" + on_line(dropped.to, inputs));
  }
  for (const auto& word :
       {std::string("--channels"), std::string(media::name_of(plan.channels)), std::string("--sound-offset"), std::to_string(plan.sound_offset.count()),
        std::string("--joins-within"), std::string(joins_within), std::string("--out"), out, std::string("--report"), report, std::string("--progress")})
    command.push_back(word);
  return command;
}

/// Beside a cut that is being made: what was asked for, and what came of it. The latter is written last.
std::string order_beside(const std::string& out) { return out + ".order"; }
std::string report_beside(const std::string& out) { return out + ".json"; }

/// A crash came between the cut's end and what follows it: the same order is not made again.
bool is_made(const std::string& out, const std::string& order) {
  std::error_code error;
  if (!std::filesystem::exists(out, error) || !std::filesystem::exists(report_beside(out), error)) return false;
  const auto before = files::read_file(order_beside(out), largest_report);
  return before && *before == order;
}

std::unexpected<Error> failed(const media::Ended& ended) {
  if (ended.was_stopped) return fail(ErrorCode::unavailable, "The work was interrupted, and begins again.");
  const std::string reason = media::reason_of(ended);
  return fail(ended.exit_code == refused ? ErrorCode::invalid : ErrorCode::unavailable, reason.starts_with("confer: ") ? reason.substr(8) : reason);
}

/// An encode in full of a long talk on a slow machine.
media::Limits limits_of(const std::vector<Input>& inputs, const std::string& folder) {
  media::Limits limits;
  limits.cpu = std::chrono::hours(12);
  limits.wall = std::chrono::hours(12);
  if (!folder.empty()) limits.writes = {folder};
  for (const auto& input : inputs) limits.reads.push_back(input.path);
  return limits;
}

/// As many peaks as a picture of the sound has columns.
std::string wave_of(const nlohmann::json& peaks) {
  constexpr std::size_t columns = 600;
  JsonWriter w;
  w.begin_array();
  const std::size_t count = peaks.size(), shown = std::min(columns, count);
  for (std::size_t i = 0; i < shown; ++i) {
    int most = -120;
    for (std::size_t j = i * count / shown; j < (i + 1) * count / shown; ++j) most = std::max(most, peaks[j].get<int>());
    w.value(most);
  }
  return w.end_array().take();
}

/// Where its first and last frames lie, and the sound, out of the report.
Result<void> read_report(const std::string& path, Instant begins, Made& made) {
  TRY_ASSIGN(const auto text, files::read_file(path, largest_report));
  try {
    const auto json = nlohmann::json::parse(text);
    const auto& pieces = json.at("pieces");
    const auto at = [&](double seconds) { return begins + milliseconds(static_cast<std::int64_t>(seconds * ms_per_s + 0.5)); };
    made.title_lasts = milliseconds(std::llround(json.at("title_lasts").get<double>() * ms_per_s));
    made.end_lasts = milliseconds(std::llround(json.at("end_lasts").get<double>() * ms_per_s));
    made.span = {at(pieces.front().at("from").get<double>()), at(pieces.back().at("to").get<double>())};
    if (json.contains("sound")) made.sound = json.at("sound").dump();
    return {};
  } catch (const nlohmann::json::exception& e) {
    return fail(ErrorCode::internal, "The report of a cut cannot be read.", e.what());
  }
}

}  // namespace

Result<Made> make_cut(const std::vector<Input>& inputs, const Plan& plan, const Cards& cards, const std::string& out,
                      const std::function<void(double)>& progress, const std::function<bool()>& stopping) {
  if (inputs.empty()) return fail(ErrorCode::invalid, "There is no footage to cut from.");
  const std::string report = report_beside(out);
  const auto on_word = [&](std::string_view line) {
    constexpr std::string_view told = "progress ";
    double part = 0;
    if (line.starts_with(told) && std::from_chars(line.data() + told.size(), line.data() + line.size(), part).ec == std::errc{}) progress(part);
  };
  CardFiles card_files;
  TRY(card_files.write(cards, out));
  std::vector<std::string> command = command_of(inputs, plan, out, report);
  command.insert(command.end(), card_files.options.begin(), card_files.options.end());
  const std::string order = join(command, "\n") + key_of(cards);
  if (!is_made(out, order)) {
    std::error_code gone;
    std::filesystem::remove(report, gone);
    TRY(files::write_durably(order_beside(out), order));
    media::Limits limits = limits_of(inputs, std::filesystem::path(out).parent_path());
    for (auto& folder : media::font_folders()) limits.reads.push_back(std::move(folder));
    TRY_ASSIGN(const auto ended, media::run_limited(command, limits, on_word, stopping));
    if (!ended.is_well()) {
      if (ended.exit_code == refused) forget_made(out);
      return failed(ended);
    }
  }
  Made made{.path = out,
            .span = {},
            .frame_rate = 0,
            .width = 0,
            .height = 0,
            .size_bytes = 0,
            .length = {},
            .title_lasts = {},
            .end_lasts = {},
            .sound = {},
            .wave = {},
            .poster = {},
            .beside = {}};
  TRY(read_report(report, inputs.front().begins, made));
  TRY_ASSIGN(const auto probed, media::probe(out));
  if (const auto* picture = probed.find(media::StreamKind::video)) {
    made.frame_rate = picture->frame_rate.value();
    made.width = picture->width;
    made.height = picture->height;
  }
  made.size_bytes = probed.size_bytes;
  made.length = std::chrono::duration_cast<milliseconds>(probed.length);
  return made;
}

void forget_made(const std::string& out) {
  std::error_code gone;
  for (const auto& path : {out, report_beside(out), order_beside(out)}) std::filesystem::remove(path, gone);
}

Result<Ends> listen(const std::vector<Input>& inputs, const Plan::Guess& guess, const std::function<bool()>& stopping) {
  if (inputs.empty()) return fail(ErrorCode::invalid, "There is no footage to listen to.");
  std::vector<std::string> command{media::own_program(), "listen"};
  for (auto& word : line_of(inputs)) command.push_back(std::move(word));
  for (const auto& [option, at] :
       {std::pair{"--from", guess.around.from}, {"--to", guess.around.to}, {"--planned-from", guess.slot.from}, {"--planned-to", guess.slot.to}}) {
    command.emplace_back(option);
    command.push_back(on_line(at, inputs));
  }
  TRY_ASSIGN(const auto ended, media::run_limited(command, limits_of(inputs, {}), {}, stopping));
  if (!ended.is_well()) return failed(ended);
  try {
    const auto heard = nlohmann::json::parse(ended.out);
    const auto& proposal = heard.at("proposal");
    const auto moment = [&](const nlohmann::json& s) { return inputs.front().begins + milliseconds(std::llround(s.get<double>() * ms_per_s)); };
    const auto found = [&](const char* side) {
      const auto& told = proposal.at(side);
      return Found{
          .at = moment(told.at("at")), .confidence = told.at("confidence").get<double>(), .because = told.at("because").get<std::vector<std::string>>()};
    };
    Ends ends{.begins = found("begins"), .ends = found("ends"), .changes = {}};
    for (const auto& one : heard.at("changes")) ends.changes.push_back({.at = moment(one.at("at")), .share = one.at("share").get<double>()});
    return ends;
  } catch (const nlohmann::json::exception& e) {
    return fail(ErrorCode::internal, "What was heard cannot be read.", e.what());
  }
}

void look_at(Made& made, const std::string& folder, const std::function<bool()>& stopping) {
  const std::vector<Input> input{{made.path, {}}};
  if (const auto heard = media::run_limited({media::own_program(), "listen", made.path, "--no-picture"}, limits_of(input, {}), {}, stopping);
      heard && heard->is_well()) {
    const auto json = nlohmann::json::parse(heard->out, nullptr, false);
    if (json.is_object() && json.contains("peak_db") && json["peak_db"].is_array()) made.wave = wave_of(json["peak_db"]);
  }
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  // Of what was recorded: a card is no poster.
  std::vector<std::string> pictures{media::own_program(), "pictures", made.path, "--out", folder};
  if (made.title_lasts + made.end_lasts > milliseconds(0))
    pictures.insert(pictures.end(), {"--from", seconds_text(made.title_lasts), "--to", seconds_text(made.length - made.end_lasts)});
  if (const auto drawn = media::run_limited(pictures, limits_of(input, folder), {}, stopping);
      drawn && drawn->is_well() && std::filesystem::exists(folder + "/poster.jpg", error)) {
    made.poster = folder + "/poster.jpg";
    for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
      if (const std::string name = entry->path().filename(); name == "storyboard.json" || (name.starts_with("storyboard-") && name.ends_with(".jpg")))
        made.beside.push_back(entry->path());
  }
}

std::vector<std::string> sample(const std::vector<Input>& inputs, const Plan& plan, const std::string& folder, const std::function<bool()>& stopping) {
  if (inputs.empty()) return {};
  // The file that was running in the middle, and some minutes around that.
  const Instant middle = plan.span.from + plan.span.length() / 2;
  const auto* input = &inputs.front();
  for (const auto& one : inputs)
    if (one.begins <= middle) input = &one;
  const auto probed = media::probe(input->path);
  const auto* sound = probed ? probed->find(media::StreamKind::audio) : nullptr;
  if (sound == nullptr || sound->channels < 2) return {};
  constexpr std::chrono::minutes around{2};
  const auto at = [&](Instant time) { return seconds_text(std::max(milliseconds(0), time - input->begins)); };
  std::error_code error;
  std::filesystem::remove_all(folder, error);  // of an attempt that was interrupted
  std::filesystem::create_directories(folder, error);
  const auto done = media::run_limited({media::own_program(), "samples", input->path, "--from", at(std::max(plan.span.from, middle - around)), "--to",
                                        at(std::min(plan.span.to, middle + around)), "--out", folder},
                                       limits_of({*input}, folder), {}, stopping);
  const std::string told = folder + "/samples.json";
  if (!done || !done->is_well() || !files::create_synced(told, done->out)) return {};
  std::vector<std::string> paths{told};
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
    if (entry->path().extension() == ".m4a") paths.push_back(entry->path());
  return paths;
}

}  // namespace confer::cutting
