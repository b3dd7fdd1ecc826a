// Running a configured program for a talk (running.h).
#include "cutting/running.h"
#include <filesystem>
#include <nlohmann/json.hpp>
#include "base/text.h"
#include "cutting/store.h"
#include "recordings/recordings.h"

namespace confer::cutting {

Result<std::optional<RunTask>> run_task_of(const Workshop& shop, const jobs::Job& job) {
  const auto json = nlohmann::json::parse(job.input, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  TRY_ASSIGN(auto tx, shop.db.begin_read());
  TRY_ASSIGN(auto run, store::find_run(tx, json.value("run", std::int64_t{0})));
  if (!run || run->state == RunState::done || run->state == RunState::needless) return std::nullopt;
  TRY_ASSIGN(auto cut, store::find(tx, run->cut));
  if (!cut) return std::nullopt;
  TRY_ASSIGN(auto event, events::find_event(tx, cut->event));
  TRY_ASSIGN(auto talk, talks::find_talk(tx, cut->talk_code));
  if (!event || !talk) return std::nullopt;
  TRY_ASSIGN(auto recording, recordings::find_recording(tx, cut->talk));
  RunTask task{.run = std::move(*run), .cut = std::move(*cut), .event = std::move(*event), .talk = std::move(*talk), .recording = std::move(recording)};
  task.run.attempts = job.attempts;
  return std::optional(std::move(task));
}

Result<void> settle_run(const Workshop& shop, RunTask& task, RunState state, std::string words) {
  TRY_ASSIGN(auto tx, shop.db.begin_write());
  task.run.state = state;
  task.run.words = std::move(words);
  task.run.ended_at = tx.now();
  TRY(store::change(tx, task.run));
  return tx.commit();
}

RunFolder::RunFolder(const Workshop& shop, std::int64_t run) : path_(shop.folder + "/run-" + std::to_string(run)) {
  std::error_code error;
  std::filesystem::remove_all(path_, error);  // what a crash left
  std::filesystem::create_directories(path_, error);
}
RunFolder::~RunFolder() {
  std::error_code error;
  std::filesystem::remove_all(path_, error);
}

Result<std::string> RunFolder::bring(const Workshop& shop, const std::string& hash, const std::string& name) const {
  TRY_ASSIGN(const auto stored, shop.files.fetch(files::Hash{hash}, {}));
  std::string place = path_ + "/" + name;
  std::error_code error;
  std::filesystem::create_hard_link(stored, place, error);
  if (error) std::filesystem::copy_file(stored, place, error);
  if (error) return fail(ErrorCode::unavailable, "A file could not be laid ready for a program.", place + ": " + error.message());
  return place;
}

Result<media::Ended> run_program(std::vector<std::string> command, const std::map<std::string, std::string>& values, std::chrono::minutes timeout,
                                 const jobs::Running& running) {
  for (auto& word : command) {
    // One pass: what is put in is never looked into again.
    std::string filled;
    for (std::size_t at = 0; at < word.size();) {
      const auto end = word[at] == '{' ? word.find('}', at) : std::string::npos;
      const auto value = end == std::string::npos ? values.end() : values.find(word.substr(at + 1, end - at - 1));
      if (value == values.end()) {
        filled += word[at++];
        continue;
      }
      filled += value->second;
      at = end + 1;
    }
    word = std::move(filled);
  }
  media::Limits limits;
  limits.wall = timeout;
  limits.cpu = timeout * 64;
  limits.memory_bytes = std::uint64_t{64} << 30U;
  limits.is_of_operator = true;
  limits.has_network = true;
  limits.grace = std::chrono::seconds(5);
  return media::run_limited(command, limits, {}, [&] { return running.stopping(); });
}

Result<void> run_failed(const Workshop& shop, RunTask& task, const jobs::Running& running, std::string words, std::optional<int> exit_code) {
  const bool is_last = running.job().attempts >= running.job().max_attempts;
  task.run.exit_code = exit_code;
  const std::string sentence = "The program for “" + task.run.target + "” failed" + (exit_code ? " (" + std::to_string(*exit_code) + ")." : ".");
  TRY(settle_run(shop, task, is_last ? RunState::given_up : RunState::failed, std::move(words)));
  return fail(ErrorCode::unavailable, sentence);
}

}  // namespace confer::cutting
