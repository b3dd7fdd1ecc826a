// Captions by a configured recogniser of speech (jobs.h).
#include <algorithm>
#include <filesystem>
#include "base/log.h"
#include "base/text.h"
#include "cutting/jobs.h"
#include "cutting/running.h"
#include "cutting/store.h"
#include "media/ffmpeg.h"
#include "media/probe.h"
#include "recordings/tracks.h"

namespace confer::cutting {

const char* const recognise_kind = "cutting.recognise";

namespace {

/// What stands in the way of captions by a machine; empty: nothing.
std::string captioned_already(const std::vector<recordings::Track>& tracks, const std::string& language) {
  const auto same = std::ranges::find(tracks, language, &recordings::Track::language);
  if (same == tracks.end() || (same->source == recordings::TrackSource::recognised && !same->removed_at)) return {};
  return same->removed_at ? "Captions in this language were removed by somebody." : "Somebody has made captions in this language.";
}

std::string counted(std::size_t captions) {
  if (captions == 0) return "No speech was recognised.";
  return std::to_string(captions) + (captions == 1 ? " caption" : " captions") + ", for somebody to read and save.";
}

std::string language_of(const RunTask& task) { return task.talk.language.empty() ? task.event.languages.front() : task.talk.language; }

/// What the program wrote beside {captions}, or printed.
Result<std::string> written_captions(const std::string& base, const std::string& printed) {
  std::error_code error;
  for (const char* ending : {"", ".vtt", ".srt"})
    if (std::filesystem::is_regular_file(base + ending, error)) return files::read_file(base + ending, recordings::largest_captions);
  return printed;
}

Result<void> store_track(db::Tx& tx, const RunTask& task, const std::string& language, std::string vtt) {
  TRY_ASSIGN(const auto tracks, recordings::list_tracks(tx, task.talk.id));
  if (!captioned_already(tracks, language).empty()) return {};
  const auto same = std::ranges::find(tracks, language, &recordings::Track::language);
  recordings::Track track = same == tracks.end() ? recordings::Track{} : *same;
  track.talk = task.talk.id;
  track.language = language;
  track.source = recordings::TrackSource::recognised;
  track.vtt = std::move(vtt);
  return recordings::save_track(tx, system_actor("recogniser"), task.event, task.talk.code, std::move(track));
}

}  // namespace

Result<void> make_sound(const std::string& video, const std::string& out, double seconds_long, const std::function<bool()>& stopping) {
  TRY_ASSIGN(const auto probed, media::probe(video));
  if (probed.find(media::StreamKind::audio) == nullptr) return fail(ErrorCode::invalid, "It has no sound.");
  constexpr std::string_view rate = "16000";
  TRY(media::run_ffmpeg(
      {.words = {"-i", "file:" + video, "-vn", "-sn", "-dn", "-map", "a:0", "-ac", "1", "-ar", std::string(rate), "-c:a", "pcm_s16le", "file:" + out},
       .reads = {video},
       .writes = {std::filesystem::path(out).parent_path()},
       .media_seconds = seconds_long,
       .on_progress = {}},
      stopping));
  return {};
}

Result<void> recognise(const Workshop& shop, jobs::Running& running) {
  TRY_ASSIGN(auto task, run_task_of(shop, running.job()));
  if (!task) return {};
  if (task->cut.published_hash != task->run.hash) return settle_run(shop, *task, RunState::needless, "It is not online any more, or another revision is.");
  if (!shop.recogniser.is_there()) return settle_run(shop, *task, RunState::given_up, "The settings name no recogniser any more.");
  const std::string language = language_of(*task);
  {
    TRY_ASSIGN(auto tx, shop.db.begin_read());
    TRY_ASSIGN(const auto tracks, recordings::list_tracks(tx, task->talk.id));
    if (auto why = captioned_already(tracks, language); !why.empty()) return settle_run(shop, *task, RunState::needless, std::move(why));
  }
  const RunFolder folder(shop, task->run.id);
  TRY_ASSIGN(const auto video, shop.files.fetch(files::Hash{task->run.hash}, {.progress = {}, .stopping = [&] { return running.stopping(); }}));
  const std::string sound = folder.path() + "/sound.wav", captions = folder.path() + "/captions";
  const double seconds_long = task->recording && task->recording->duration ? static_cast<double>(task->recording->duration->count()) : 0;
  if (const auto made = shop.sound(video, sound, seconds_long, [&] { return running.stopping(); }); !made) {
    if (running.stopping()) return made;
    if (made.error().code == ErrorCode::invalid) return settle_run(shop, *task, RunState::needless, made.error().message);
    return run_failed(shop, *task, running, made.error().message, std::nullopt);
  }
  const std::map<std::string, std::string> values{{"sound", sound},       {"captions", captions},      {"file", video},          {"folder", folder.path()},
                                                  {"language", language}, {"event", task->event.slug}, {"talk", task->talk.code}};
  const auto ended = run_program(shop.recogniser.command, values, shop.recogniser.timeout, running);
  if (!ended) return run_failed(shop, *task, running, ended.error().message, std::nullopt);
  if (ended->was_stopped) return fail(ErrorCode::unavailable, "The work was interrupted, and begins again.");
  const auto exit_code = ended->exit_code < 0 ? std::nullopt : std::optional(ended->exit_code);
  if (!ended->is_well()) {
    std::string words = last_words(trim(ended->err).empty() ? ended->out : ended->err);
    return run_failed(shop, *task, running, words.empty() || ended->took_too_long ? media::reason_of(*ended) : std::move(words), exit_code);
  }
  const auto text = written_captions(captions, ended->out);
  if (!text) return run_failed(shop, *task, running, text.error().message, exit_code);
  const auto read = recordings::read_captions(*text);
  if (!read) {
    const auto& problems = read.error().problems;
    return run_failed(shop, *task, running, "What it made are no captions: " + (problems.empty() ? read.error().message : problems.front().message), exit_code);
  }
  TRY_ASSIGN(auto tx, shop.db.begin_write());
  TRY_ASSIGN(const auto now, store::find(tx, task->cut.id));
  if (!read->cues.empty() && now && now->published_hash == task->run.hash) TRY(store_track(tx, *task, language, recordings::to_vtt(read->cues)));
  task->run.state = RunState::done;
  task->run.exit_code = 0;
  task->run.words = counted(read->cues.size());
  task->run.ended_at = tx.now();
  TRY(store::change(tx, task->run));
  TRY(tx.commit());
  log(LogTopic::media, "speech recognised",
      {{"event", task->event.slug}, {"talk", task->talk.code}, {"captions", static_cast<std::int64_t>(read->cues.size())}});
  return {};
}

}  // namespace confer::cutting
