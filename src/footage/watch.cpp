// What looks into watched folders and after registered files, by the clock (look.h).
#include <algorithm>
#include <filesystem>
#include <map>
#include "base/log.h"
#include "base/text.h"
#include "footage/look.h"
#include "footage/store.h"

namespace confer::footage {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t at_once = 20;  ///< files between two commits: what was looked into is not lost by a restart
constexpr int rows_at_once = 500;

const Actor& us() {
  static const Actor actor = system_actor("footage");
  return actor;
}

Result<void> keep(db::Database& db, const Recorder& recorder, std::vector<Looked> looked) {
  if (looked.empty()) return {};
  TRY_ASSIGN(auto tx, db.begin_write());
  // It may have been removed or moved to another room meanwhile.
  TRY_ASSIGN(const auto now, store::find_recorder(tx, recorder.id));
  if (!now) return {};
  TRY_ASSIGN(const auto event, events::require_event(tx, now->event));
  std::vector<Looked> still;
  for (auto& one : looked) {
    TRY_ASSIGN(const auto there, store::find_file(tx, one.found.path));
    // Taken off the list, or registered for another recorder, while it was looked at.
    if (there ? there->recorder == now->id : !one.was_registered) still.push_back(std::move(one));
  }
  TRY(keep_files(tx, us(), event, *now, still));
  return tx.commit();
}

Result<Instant> time_of(db::Database& db) {
  TRY_ASSIGN(auto tx, db.begin_read());
  return tx.now();
}

/// Looks at files of one recorder and registers them in portions. One that somebody else has, or that cannot be registered, does not stop the others.
Result<void> look_and_keep(db::Database& db, const Recorder& recorder, const std::vector<std::pair<Found, std::optional<MediaFile>>>& files, const Probe& probe,
                           const std::function<bool()>& stopping) {
  std::vector<Looked> looked;
  for (const auto& [found, before] : files) {
    if (stopping()) return fail(ErrorCode::unavailable, "Interrupted.");
    TRY_ASSIGN(const Instant now, time_of(db));
    looked.push_back(look(found, before, probe, now));
    if (looked.size() < at_once) continue;
    TRY(keep(db, recorder, looked));
    looked.clear();
  }
  return keep(db, recorder, looked);
}

Looked gone(const MediaFile& file) {
  Looked looked{.found = {file.path, file.size_bytes, file.modified_at},
                .state = FileState::missing,
                .length = file.length,
                .probed = file.probed,
                .reason = {},
                .was_registered = true};
  return looked;
}

/// Not a folder that may not be read just now.
bool is_gone(const std::string& path) {
  std::error_code problem;
  return fs::symlink_status(path, problem).type() != fs::file_type::none;
}

/// Where workers on other machines may have it: a folder that is not here is no reason, as a disk that is not mounted is none.
bool may_be_elsewhere(const db::Database& db, const std::string& path) {
  std::error_code problem;
  return db.backend() == db::Backend::postgres && !fs::is_directory(fs::path(path).parent_path(), problem);
}

/// Registered files, looked at where they lie.
Result<void> look_again(db::Database& db, const Recorder& recorder, const std::vector<MediaFile>& files, const Probe& probe,
                        const std::function<bool()>& stopping) {
  std::vector<std::pair<Found, std::optional<MediaFile>>> changed;
  std::vector<Looked> missing;
  for (const auto& file : files) {
    const auto found = find_file(file.path);
    if (found && found->path == file.path) {
      if (!is_known(*found, file)) changed.emplace_back(*found, file);
    } else if (file.state != FileState::missing && is_gone(file.path) && !may_be_elsewhere(db, file.path)) {
      missing.push_back(gone(file));
    }
  }
  TRY(keep(db, recorder, missing));
  return look_and_keep(db, recorder, changed, probe, stopping);
}

Result<void> set_note(db::Database& db, const Recorder& recorder, const std::string& note) {
  if (note == recorder.folder_note) return {};
  TRY_ASSIGN(auto tx, db.begin_write());
  TRY(store::set_folder_note(tx, recorder.id, note));
  return tx.commit();
}

Result<void> watch_folder(db::Database& db, const Places& places, const Recorder& recorder, const Probe& probe, const std::function<bool()>& stopping) {
  const auto folder = watched_folder(places, recorder);
  auto found = folder ? find_files(*folder) : std::unexpected(folder.error());
  if (!found) return set_note(db, recorder, found.error().message);
  std::map<std::string, MediaFile> known;
  std::vector<std::pair<Found, std::optional<MediaFile>>> news;
  std::vector<MediaFile> vanished;
  std::string note;
  {
    TRY_ASSIGN(auto tx, db.begin_read());
    TRY_ASSIGN(auto files, store::files_of(tx, recorder.id));
    for (auto& file : files) {
      std::string path = file.path;
      known.emplace(std::move(path), std::move(file));
    }
    for (auto& file : *found) {
      const auto before = known.find(file.path);
      if (before != known.end()) {
        if (!is_known(file, before->second)) news.emplace_back(std::move(file), before->second);
        known.erase(before);
        continue;
      }
      TRY_ASSIGN(const auto other, store::find_file(tx, file.path));
      if (other)
        note = "“" + file.path.substr(folder->size() + 1) + "” is registered for another recorder, and was left there.";
      else
        news.emplace_back(std::move(file), std::nullopt);
    }
    for (auto& [path, file] : known)
      if (path.starts_with(*folder + "/") && file.state != FileState::missing) vanished.push_back(std::move(file));
  }
  TRY(set_note(db, recorder, note));
  TRY(look_again(db, recorder, vanished, probe, stopping));
  return look_and_keep(db, recorder, news, probe, stopping);
}

Result<std::optional<Recorder>> recorder_of(db::Database& db, RecorderId id) {
  TRY_ASSIGN(auto tx, db.begin_read());
  return store::find_recorder(tx, id);
}

Result<void> look_again_at(db::Database& db, const Places& places, std::vector<MediaFile> files, const Probe& probe, const std::function<bool()>& stopping) {
  std::ranges::sort(files, {}, [](const MediaFile& f) { return std::pair(f.recorder.value, f.id.value); });
  for (auto at = files.begin(); at != files.end();) {
    const auto end = std::find_if(at, files.end(), [&](const MediaFile& f) { return f.recorder != at->recorder; });
    TRY_ASSIGN(const auto recorder, recorder_of(db, at->recorder));
    // A disk that is not mounted just now is no reason to call everything missing.
    const bool is_there = recorder && (recorder->folder.empty() || watched_folder(places, *recorder));
    if (is_there) TRY(look_again(db, *recorder, {at, end}, probe, stopping));
    at = end;
  }
  return {};
}

}  // namespace

Result<std::string> watched_folder(const Places& places, const Recorder& recorder) {
  std::error_code problem;
  const auto root = fs::canonical(places.watched_root, problem);
  if (problem) return fail(ErrorCode::not_found, "The watched root is not there: ask the admin (media.watched_root).");
  const auto folder = fs::canonical(root / recorder.folder, problem);
  if (problem) return fail(ErrorCode::not_found, "There is no folder “" + recorder.folder + "” below the watched root yet.");
  if (!(folder.string() + "/").starts_with(root.string() + "/") || folder == root)
    return fail(ErrorCode::invalid, "The folder “" + recorder.folder + "” leads out of the watched root by a symbolic link.");
  return folder.string();
}

Result<void> watch(db::Database& db, const Places& places, const Probe& probe, const std::function<bool()>& stopping) {
  std::vector<Recorder> recorders;
  std::vector<MediaFile> growing;
  {
    TRY_ASSIGN(auto tx, db.begin_read());
    TRY_ASSIGN(recorders, store::recorders_with_folder(tx));
    TRY_ASSIGN(growing, store::files_in(tx, FileState::growing));
  }
  for (const auto& recorder : recorders) {
    if (stopping()) return fail(ErrorCode::unavailable, "Interrupted.");
    if (auto done = watch_folder(db, places, recorder, probe, stopping); !done) {
      if (stopping()) return done;
      log(LogTopic::media, LogLevel::warning, "watched folder not looked into",
          {{"recorder", recorder.id.value}, {"message", done.error().message}, {"detail", done.error().detail}});
    }
    if (const auto folder = watched_folder(places, recorder)) std::erase_if(growing, [&](const MediaFile& f) { return f.path.starts_with(*folder + "/"); });
  }
  return look_again_at(db, places, std::move(growing), probe, stopping);
}

Result<void> look_after_files(db::Database& db, const Places& places, const Probe& probe, const std::function<bool()>& stopping) {
  for (MediaFileId after;;) {
    std::vector<MediaFile> files;
    {
      TRY_ASSIGN(auto tx, db.begin_read());
      TRY_ASSIGN(files, store::list_files(tx, after, rows_at_once));
    }
    if (files.empty()) return {};
    after = files.back().id;
    TRY(look_again_at(db, places, std::move(files), probe, stopping));
  }
}

}  // namespace confer::footage
