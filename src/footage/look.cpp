// Looking at files, and registering what was seen (look.h).
#include "footage/look.h"
#include <sys/stat.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include "base/json_writer.h"
#include "base/text.h"
#include "footage/restart.h"
#include "footage/store.h"
#include "journal/journal.h"
#include "people/who.h"

namespace confer::footage {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 24> endings{"ts",  "m2ts", "mts", "mkv", "webm", "mp4",  "m4v", "mov", "flv", "avi", "mxf",  "dv",
                                                   "mpg", "mpeg", "ogv", "3gp", "wav",  "flac", "mp3", "m4a", "aac", "ogg", "opus", "mka"};

/// Symbolic links are told as what they are.
std::optional<Found> stat_of(const std::string& path, bool follow) {
  struct stat told{};
  if ((follow ? stat(path.c_str(), &told) : lstat(path.c_str(), &told)) != 0 || !S_ISREG(told.st_mode)) return std::nullopt;
  constexpr std::int64_t ms_per_s = 1000, ns_per_ms = 1'000'000;
  return Found{.path = path,
               .size_bytes = static_cast<std::uint64_t>(told.st_size),
               .modified_at = instant_of_ms(told.st_mtim.tv_sec * ms_per_s + told.st_mtim.tv_nsec / ns_per_ms)};
}

bool is_growing(const Found& found, const std::optional<MediaFile>& before, Instant now) {
  const bool is_same = before && before->size_bytes == found.size_bytes && before->modified_at == found.modified_at;
  // A file system whose clock is ahead: what has not changed since the last look does not grow.
  if (is_same && now - before->looked_at >= still_growing) return false;
  return found.modified_at > now - still_growing;
}

void fill(MediaFile& file, const Looked& looked) {
  file.path = looked.found.path;
  file.size_bytes = looked.found.size_bytes;
  file.modified_at = looked.found.modified_at;
  file.length = looked.length;
  file.probed = looked.probed;
  file.state = looked.state;
  file.reason = looked.reason;
}

}  // namespace

bool is_media_name(std::string_view name) {
  const auto dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return false;
  return std::ranges::find(endings, ascii_lower(name.substr(dot + 1))) != endings.end();
}

Result<void> check_media_name(std::string_view name) {
  if (is_media_name(name)) return {};
  return fail(ErrorCode::invalid, "“" + ellipsis(name, 300) + "” is no media file by its name: one ends in .ts, .mkv, .mp4, .mov, .wav or the like.");
}

Result<Found> find_file(const std::string& path) {
  std::error_code problem;
  const auto absolute = fs::canonical(path, problem);
  if (problem) return fail(ErrorCode::not_found, "There is no file “" + path + "”.");
  if (fs::is_directory(absolute, problem)) return fail(ErrorCode::invalid, "“" + path + "” is a folder.");
  if (!is_media_name(absolute.filename().string())) TRY(check_media_name(path));
  auto found = stat_of(absolute.string(), false);
  if (!found) return fail(ErrorCode::invalid, "“" + path + "” is not a plain file.");
  if (!is_valid_utf8(found->path)) return fail(ErrorCode::invalid, "“" + repair_utf8(path) + "” is not written in UTF-8: rename it.");
  return std::move(*found);
}

Result<std::vector<Found>> find_files(const std::string& folder) {
  std::error_code problem;
  const auto root = fs::canonical(folder, problem);
  if (problem || !fs::is_directory(root, problem)) return fail(ErrorCode::not_found, "There is no folder “" + folder + "”.");
  std::vector<Found> found;
  fs::recursive_directory_iterator at(root, fs::directory_options::skip_permission_denied, problem);
  for (; !problem && at != fs::recursive_directory_iterator(); at.increment(problem)) {
    const std::string name = at->path().filename().string();
    if (name.starts_with('.')) {
      at.disable_recursion_pending();
      continue;
    }
    if (!is_media_name(name) || !is_valid_utf8(at->path().string())) continue;
    if (auto file = stat_of(at->path().string(), false)) found.push_back(std::move(*file));
  }
  if (problem) return fail(ErrorCode::unavailable, "The folder “" + folder + "” cannot be read: " + problem.message() + ".");
  std::ranges::sort(found, {}, &Found::path);
  return found;
}

bool is_known(const Found& found, const MediaFile& before) {
  return before.size_bytes == found.size_bytes && before.modified_at == found.modified_at &&
         (before.state == FileState::whole || before.state == FileState::damaged);
}

Looked look(const Found& found, const std::optional<MediaFile>& before, const Probe& probe, Instant now) {
  Looked looked{.found = found, .state = FileState::whole, .length = {}, .probed = {}, .reason = {}, .was_registered = before.has_value()};
  const bool grows = is_growing(found, before, now);
  if (grows) looked.state = FileState::growing;
  auto probed = probe(found.path);
  if (!probed) {
    // What is written to just now may have no header yet; that is no damage.
    if (grows) return looked;
    looked.state = FileState::damaged;
    looked.reason = probed.error().message;
    return looked;
  }
  if (probed->length.count() > 0) looked.length = std::chrono::round<milliseconds>(probed->length);
  looked.probed = media::to_json(*probed);
  if (!grows && !looked.length) {
    looked.state = FileState::damaged;
    looked.reason = "Its length is not known: it was cut off before its end was written.";
  }
  return looked;
}

Result<std::vector<KeptFile>> keep_files(db::Tx& tx, const Actor& actor, const events::Event& event, const Recorder& recorder,
                                         const std::vector<Looked>& looked) {
  TRY(require(actor, Right::media, events::scope_of(event)));
  std::vector<KeptFile> kept;
  JsonWriter added, changed;
  added.begin_object().key("files").begin_array();
  changed.begin_object().key("files").begin_array();
  bool has_added = false, has_changed = false;
  for (const auto& one : looked) {
    TRY_ASSIGN(auto before, store::find_file(tx, one.found.path));
    if (before && before->recorder != recorder.id) {
      TRY_ASSIGN(const auto other, store::find_recorder(tx, before->recorder));
      const bool is_here = other && other->event == event.id;
      return fail(ErrorCode::conflict, "“" + one.found.path + "” is registered already, for " +
                                           (is_here ? "the recorder “" + other->name + "”. Take it off that list first." : "another event."));
    }
    MediaFile file = before.value_or(MediaFile{});
    file.recorder = recorder.id;
    fill(file, one);
    TRY(find_start(event, recorder, file));
    if (!before) {
      TRY_ASSIGN(file.id, store::add(tx, file));
      file.added_at = tx.now();
      added.value(file.id.value);
      has_added = true;
      kept.push_back({std::move(file), Kept::added});
      continue;
    }
    TRY(store::change(tx, file));
    const bool is_news = before->state != file.state;
    if (is_news) {
      changed.begin_object().field("file", file.id.value).field("state", name_of(file.state)).end_object();
      has_changed = true;
    }
    const bool is_same = !is_news && before->size_bytes == file.size_bytes && before->modified_at == file.modified_at;
    kept.push_back({std::move(file), is_same ? Kept::unchanged : Kept::changed});
  }
  const auto note = [&](std::string_view fact, JsonWriter& data) {
    return journal::record(tx, who(actor), fact, event.series.value, event.id.value, "recorder:" + std::to_string(recorder.id.value),
                           data.end_array().end_object().take());
  };
  if (has_added) TRY(note("footage.added", added));
  // How a growing file grows is no fact; that it is whole, damaged, missing or back is one.
  if (has_changed) TRY(note("footage.changed", changed));
  return kept;
}

}  // namespace confer::footage
