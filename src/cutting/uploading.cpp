// Hooks: a program is given what is online of a talk, and says where it brought it (jobs.h).
#include <algorithm>
#include <fstream>
#include "base/json_writer.h"
#include "base/log.h"
#include "base/text.h"
#include "cutting/jobs.h"
#include "cutting/notices.h"
#include "cutting/running.h"
#include "cutting/store.h"
#include "recordings/recordings.h"
#include "recordings/tracks.h"

namespace confer::cutting {

const char* const hook_kind = "cutting.upload";

namespace {

std::string recorded_text(const recordings::Recorded& recorded) {
  if (recorded.wall) return to_text(*recorded.wall);
  return recorded.day ? to_text(*recorded.day) : std::string();
}

/// What lies ready for the program.
struct Ready {
  std::string video, poster, metadata;
  std::vector<std::pair<std::string, std::string>> captions;  ///< language and path
};

void write_metadata(const Workshop& shop, const RunTask& task, const Ready& ready) {
  const auto& talk = task.talk;
  const recordings::Recording recording = task.recording.value_or(recordings::Recording{});
  JsonWriter w;
  w.begin_object().field("occasion", name_of(task.run.occasion)).field("revision", task.cut.revision).field("previous_url", task.run.url);
  w.key("event").begin_object().field("slug", task.event.slug).field("title", task.event.title.in(task.event.languages.front())).end_object();
  w.field("code", talk.code).field("guid", talk.guid).field("title", talk.title).field("subtitle", talk.subtitle);
  w.field("abstract", talk.abstract).field("description", talk.description).field("language", talk.language);
  w.key("speakers").begin_array();
  for (const auto& credit : talk.credits)
    if (!credit.name.empty()) w.value(credit.name);
  w.end_array().key("tags").begin_array();
  for (const auto& tag : talk.tags) w.value(tag);
  w.end_array().field("licence", recording.license).field("copyright", recording.copyright);
  w.field("address", shop.sign_in.base_url + "/" + task.event.slug + "/talks/" + talk.code).field("recorded", recorded_text(recording.recorded));
  w.field("seconds", recording.duration ? recording.duration->count() : 0).field("video", ready.video).field("poster", ready.poster);
  w.key("captions").begin_array();
  for (const auto& [language, path] : ready.captions) w.begin_object().field("language", language).field("file", path).end_object();
  std::ofstream(ready.metadata) << w.end_array().end_object().take() << '\n';
}

/// Video, poster, shown captions and a description of it all. Of what was removed there is the description alone.
Result<Ready> lay_ready(const Workshop& shop, const RunTask& task, const RunFolder& folder) {
  Ready ready;
  ready.metadata = folder.path() + "/metadata.json";
  if (task.run.occasion != Occasion::removed) {
    const std::string name = task.event.slug + "-" + task.talk.code + (task.talk.slug.empty() ? "" : "-" + task.talk.slug.substr(0, 80));
    TRY_ASSIGN(ready.video, folder.bring(shop, task.run.hash, name + ".mp4"));
    if (!task.cut.poster_hash.empty()) {
      TRY_ASSIGN(ready.poster, folder.bring(shop, task.cut.poster_hash, name + ".jpg"));
    }
    TRY_ASSIGN(auto tx, shop.db.begin_read());
    TRY_ASSIGN(const auto tracks, recordings::list_tracks(tx, task.talk.id));
    for (const auto& track : tracks) {
      if (track.removed_at || track.source == recordings::TrackSource::recognised) continue;
      ready.captions.emplace_back(track.language, folder.path() + "/" + name + "." + track.language + ".vtt");
      std::ofstream(ready.captions.back().second) << track.vtt;
    }
  }
  write_metadata(shop, task, ready);
  return ready;
}

/// Why nothing is to be done any more; empty: it is.
std::string not_due(const RunTask& task) {
  const bool is_shown = task.recording && recordings::may_be_shown(*task.recording) && !task.cut.published_hash.empty();
  if (task.run.occasion == Occasion::removed) return is_shown ? "It is online again." : "";
  if (!is_shown) return "It is not online any more.";
  return task.cut.published_hash != task.run.hash ? "There is another revision by now." : "";
}

/// The latest address that the target told of this cut.
Result<std::string> known_url(const Workshop& shop, const Run& run) {
  TRY_ASSIGN(auto tx, shop.db.begin_read());
  TRY_ASSIGN(const auto runs, store::runs_of(tx, run.cut));
  for (const auto& other : runs)
    if (other.target == run.target && other.state == RunState::done && !other.url.empty()) return other.url;
  return std::string();
}

/// The talk leads to where it was brought, in the place of what the target told before.
Result<void> show_uploaded(db::Tx& tx, const RunTask& task) {
  TRY_ASSIGN(auto recording, recordings::find_recording(tx, task.cut.talk));
  if (!recording) return {};
  TRY_ASSIGN(const auto runs, store::runs_of(tx, task.cut.id));
  const auto is_known = [&](const std::string& url) { return std::ranges::any_of(recording->videos, [&](const auto& video) { return video.url == url; }); };
  if (is_known(task.run.url)) return {};
  std::erase_if(recording->videos, [&](const recordings::Video& video) {
    return std::ranges::any_of(runs, [&](const Run& run) { return run.target == task.run.target && !run.url.empty() && run.url == video.url; });
  });
  recordings::Video video;
  video.talk = task.cut.talk;
  video.url = task.run.url;
  video.license = recording->license;
  recording->videos.push_back(std::move(video));
  TRY(recordings::save_recording(tx, system_actor("cutting"), task.event, task.cut.talk_code, std::move(*recording)));
  return {};
}

}  // namespace

Result<void> take_out_links(db::Tx& tx, const Cut& cut, recordings::Recording& recording) {
  TRY_ASSIGN(const auto runs, store::runs_of(tx, cut.id));
  std::erase_if(recording.videos, [&](const recordings::Video& video) {
    return !video.url.empty() && std::ranges::any_of(runs, [&](const Run& run) { return run.url == video.url; });
  });
  return {};
}

Result<void> upload(const Workshop& shop, jobs::Running& running) {
  TRY_ASSIGN(auto task, run_task_of(shop, running.job()));
  if (!task) return {};
  if (auto why = not_due(*task); !why.empty()) return settle_run(shop, *task, RunState::needless, std::move(why));
  const auto hook = std::ranges::find(shop.hooks, task->run.target, &Hook::name);
  if (hook == shop.hooks.end()) return settle_run(shop, *task, RunState::given_up, "The settings have no such target any more.");
  TRY_ASSIGN(task->run.url, known_url(shop, task->run));
  const RunFolder folder(shop, task->run.id);
  TRY_ASSIGN(const auto ready, lay_ready(shop, *task, folder));
  const std::map<std::string, std::string> values{{"file", ready.video},
                                                  {"folder", folder.path()},
                                                  {"metadata", ready.metadata},
                                                  {"poster", ready.poster},
                                                  {"occasion", std::string(name_of(task->run.occasion))},
                                                  {"event", task->event.slug},
                                                  {"talk", task->talk.code},
                                                  {"address", shop.sign_in.base_url + "/" + task->event.slug + "/talks/" + task->talk.code},
                                                  {"url", task->run.url},
                                                  {"language", task->talk.language},
                                                  {"title", task->talk.title},
                                                  {"licence", task->recording ? task->recording->license : ""}};
  const auto ended = run_program(hook->command, values, hook->timeout, running);
  if (!ended) return run_failed(shop, *task, running, ended.error().message, std::nullopt);
  if (ended->was_stopped) return fail(ErrorCode::unavailable, "The work was interrupted, and begins again.");
  std::string url = ended->is_well() ? url_in(ended->out) : std::string();
  std::string_view said = trim(trim(ended->err).empty() || ended->is_well() ? ended->out : ended->err);
  if (!url.empty()) said.remove_suffix(said.size() - (said.contains('\n') ? said.rfind('\n') : 0));  // the address is told apart
  std::string words = last_words(said);
  if (!ended->is_well())
    return run_failed(shop, *task, running, words.empty() || ended->took_too_long ? media::reason_of(*ended) : std::move(words),
                      ended->exit_code < 0 ? std::nullopt : std::optional(ended->exit_code));
  TRY_ASSIGN(auto tx, shop.db.begin_write());
  task->run.state = RunState::done;
  task->run.exit_code = 0;
  task->run.words = std::move(words);
  if (task->run.occasion == Occasion::removed)
    task->run.url.clear();
  else if (!url.empty())
    task->run.url = std::move(url);
  task->run.ended_at = tx.now();
  TRY(store::change(tx, task->run));
  // What is true now decides whether the talk leads there: it may have been taken offline meanwhile.
  TRY_ASSIGN(const auto now, store::find(tx, task->cut.id));
  if (!task->run.url.empty() && now && !now->published_hash.empty()) TRY(show_uploaded(tx, *task));
  TRY(tx.commit());
  log(LogTopic::media, "given to a program", {{"event", task->event.slug}, {"talk", task->talk.code}, {"target", task->run.target}});
  return {};
}

}  // namespace confer::cutting
